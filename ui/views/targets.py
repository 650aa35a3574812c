"""Targets: what is to be reached in a year, and the tasks that depend on it, directly or through their document."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui import links, page, parts, services
from ui.i18n import t

QUERY = "year-tasks"

VIA = ("any", "direct", "document")


def choose_via() -> None:
    """All tasks, those that name a target themselves, or those whose document does."""
    page.pick(
        "via",
        VIA,
        lambda v: t(f"targets.via_{v}"),
        t("targets.via"),
        default="any",
        segments=True,
        label_visibility="collapsed",
    )


page.head("targets")
if page.ready():
    years = services.target_years()
    if not years:
        page.html(parts.note(t("targets.none")))
    else:
        this = services.today().year
        first = min(years, key=lambda y: (abs(y - this), -y))
        year = int(
            page.pick(
                "year",
                [str(y) for y in sorted(years)],
                lambda y: t("targets.year_n", year=y, n=years[int(y)]),
                t("targets.year"),
                default=str(first),
                segments=True,
            )
            or first
        )
        everything = services.run(QUERY, {"year": str(year)}, page.ALL)
        direct = {r["task_id"] for r in everything.rows if r["via"] != "document"}
        through = {r["task_id"] for r in everything.rows if r["via"] == "document"} - direct
        page.html(parts.printed([t("targets.year_n", year=year, n=years.get(year, 0)), services.today().isoformat()]))
        page.figures(
            [
                (t("targets.targets"), years.get(year, 0), links.href("queries", query="year-targets", p_year=year)),
                (t("targets.direct"), len(direct), links.href("targets", year=year, via="direct")),
                (t("targets.through"), len(through), links.href("targets", year=year, via="document")),
                (t("targets.documents"), len({r["document_id"] for r in everything.rows}), ""),
            ],
            "targets_figures",
            t("targets.title"),
        )
        page.html(parts.note(t("targets.meaning", year=year)))
        if others := sorted(set(years) - {year}, key=lambda y: (abs(y - year), y)):
            compared = links.href("queries", query="compare-years", p_year=year, p_other_year=others[0])
            page.goto(t("targets.compare", other=others[0]), compared)
        via = st.query_params.get("via", "any")
        rows = [r for r in everything.rows if via == "any" or (r["via"] == "document") == (via == "document")]
        rows.sort(key=lambda r: r["via"] == "document")  # what a task says itself comes first
        page.answer(replace(everything, rows=rows, total=len(rows)), "targets", first=choose_via)
