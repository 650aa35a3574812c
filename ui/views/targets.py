"""Targets: what is to be reached in which year, the tasks that depend on it, and two years side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from queries.catalog import value_title
from queries.run import Answer
from ui import links, models, page, parts, services
from ui.i18n import language, t

VIEWS = ("targets", "tasks", "compare")
VIA = ("any", "direct", "document")


def line(counts: Mapping[int, int], year: int, view: str) -> None:
    """The years with how many targets each has; years that are over are paler."""
    items = [
        {
            "year": str(y),
            "parts": [{"style": "all", "n": n, "words": t("targets.targets")}],
            "on": y == year,
            "past": y < services.today().year,
            "h": links.href("targets", year=y, show="" if view == VIEWS[0] else view),
        }
        for y, n in sorted(counts.items())
    ]
    page.years(items, "targets_years", t("targets.line"))


def amount(row: Mapping[str, Any], front: str = "") -> models.Cell:
    """A quantity as people read it, sorted by its value: 不低于 240 张. `front` begins the names of its columns."""
    value, comparator, highest = row[f"{front}amount"], row[f"{front}comparator"], row.get(f"{front}amount_max")
    if value is None:
        return None

    def number(value: float) -> str:
        return f"{value:,.10g}"

    said = "" if comparator in ("=", "range", None) else value_title("comparator", comparator, language())
    span = f"{number(value)}–{number(highest)}" if highest else number(value)
    unit = row["unit"] or ""
    text = " ".join(filter(None, [said, span + unit if unit in "%‰" else f"{span} {unit}".strip()]))
    return {"t": text, "o": value}


def indicators(found: Answer) -> None:
    """The targets with value, bodies, where they stand, and whether their time is over."""
    said, is_late = page.words(), page.lateness()
    rows: list[list[models.Cell]] = []
    for r in found.rows:
        over = is_late([r["target_id"]])
        direct = r["via"] == "task"
        by = {"t": r["task"], "k": "Task", "h": links.node("Task", r["task_id"])} if direct else None
        rows.append(
            [
                {"t": r["indicator"] or r["target"], "h": links.evidence(r["evidence"])},
                amount(r),
                {"t": t("targets.over" if over else "targets.open"), "r": "found" if over else "ok"},
                "、".join(r["departments"]),
                {"t": t("targets.direct" if direct else "targets.general"), "r": "direct" if direct else "document"},
                by or {"t": r["document"], "k": "Document", "h": links.node("Document", r["document_id"])},
                {"t": r["quote"], "h": links.evidence(r["evidence"])},
            ]
        )
    heads = [
        models.Column("target", said.column("indicator"), "text", "20%"),
        models.Column("amount", said.column("amount"), "number"),
        models.Column("state", t("targets.state"), "role"),
        models.Column("departments", said.column("departments"), "text", "14%"),
        models.Column("via", t("targets.via"), "role"),
        models.Column("task", t("targets.of"), "text", "20%"),
        models.Column("quote", said.column("quote"), "quote"),
    ]
    page.table(models.Sheet(heads, rows, max(found.total, len(rows))), "targets_table", t("targets.targets"))
    page.cut(found)


def tasks(everything: Answer, year: int) -> None:
    """The tasks that depend on the year, what they say themselves first."""

    def choose() -> None:
        page.pick(
            "via", VIA, lambda v: t(f"targets.via_{v}"), t("targets.via"),
            default="any", segments=True, label_visibility="collapsed",
        )  # fmt: skip

    page.html(parts.note(t("targets.meaning", year=year)))
    via = st.query_params.get("via", "any")
    rows = [r for r in everything.rows if via == "any" or (r["via"] == "document") == (via == "document")]
    rows.sort(key=lambda r: r["via"] == "document")
    page.answer(replace(everything, rows=rows, total=len(rows)), "targets", first=choose, late="targets")


def compare(years: Mapping[int, int], year: int) -> None:
    """The same indicators in another year."""
    others = sorted(set(years) - {year}, key=lambda y: (abs(y - year), y))
    if not others:
        page.html(parts.note(t("targets.only_year")))
        return
    known = [str(y) for y in sorted(others)]
    other = page.pick("with", known, str, t("targets.with"), default=str(others[0]), segments=True)
    found = services.run("compare-years", {"year": str(year), "other_year": str(other)})
    if not found.rows:
        page.html(parts.note(t("targets.no_pairs", year=year, other=other)))
        return
    rows: list[list[models.Cell]] = []
    for r in found.rows:
        one, two = amount(r), amount(r, "other_")
        change = (r["other_amount"] or 0) - (r["amount"] or 0)
        rows.append(
            [
                r["indicator"],
                {**one, "h": links.evidence(r["evidence"])} if isinstance(one, dict) else one,
                {**two, "h": links.evidence(r["other_evidence"])} if isinstance(two, dict) else two,
                {"t": f"{change:+,.10g}", "o": change},
                r["region"],
                {"t": r["document"], "k": "Document", "h": links.node("Document", r["document_id"])},
                {"t": r["other_document"], "k": "Document", "h": links.node("Document", r["other_document_id"])},
            ]
        )
    said = page.words()
    heads = [
        models.Column("indicator", said.column("indicator"), "text", "22%"),
        models.Column("one", str(year), "number"),
        models.Column("two", str(other), "number"),
        models.Column("change", t("targets.change"), "number"),
        models.Column("region", said.column("region"), "text", "12%"),
        models.Column("document", t("targets.document_of", year=year)),
        models.Column("other_document", t("targets.document_of", year=other)),
    ]
    with st.container(horizontal=True):
        page.downloads(found, "targets_compare")
    page.table(models.Sheet(heads, rows, max(found.total, len(rows))), "targets_compare", t("targets.show_compare"))
    page.cut(found)


page.head("targets")
if page.ready():
    years = services.target_years()
    if not years:
        page.html(parts.note(t("targets.none")))
    else:
        asked = st.query_params.get("year", "")
        year = int(asked) if asked.isdecimal() and int(asked) in years else services.nearest(years)
        everything = services.run("year-tasks", {"year": str(year)}, page.ALL)
        direct = {r["task_id"] for r in everything.rows if r["via"] != "document"}
        through = {r["task_id"] for r in everything.rows if r["via"] == "document"} - direct
        page.html(parts.printed([t("targets.year_n", year=year, n=years[year]), services.today().isoformat()]))
        line(years, year, st.query_params.get("show", VIEWS[0]))
        page.figures(
            [
                (t("targets.targets_of", year=year), years[year], links.href("targets", year=year)),
                (t("targets.direct_tasks"), len(direct), links.href("targets", year=year, show="tasks", via="direct")),
                (t("targets.through"), len(through), links.href("targets", year=year, show="tasks", via="document")),
                (t("targets.documents"), len({r["document_id"] for r in everything.rows}), ""),
            ],
            "targets_figures",
            t("targets.title"),
        )
        view = page.pick(
            "show", VIEWS, lambda v: t(f"targets.show_{v}"), t("view.label"),
            default=VIEWS[0], segments=True, label_visibility="collapsed",
        )  # fmt: skip
        if view == "tasks":
            tasks(everything, year)
        elif view == "compare":
            compare(years, year)
        else:
            indicators(services.run("year-targets", {"year": str(year)}))
