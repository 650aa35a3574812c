"""Overview: what the library holds; every figure leads on."""

from __future__ import annotations

import streamlit as st

from ui import links, models, page, parts, services
from ui.i18n import t

LEVELS = ("national", "provincial", "municipal", "district", "township")


def figures(findings: int | None, waiting: int | None) -> None:
    """How much there is, what is due, what needs a look; the last two are None while they are still counted."""
    held = {r["item"]: int(r["amount"]) for r in services.run("overview").rows}
    page.figures(
        [
            (t("overview.documents"), held.get("Document", 0), links.href("documents")),
            (t("overview.tasks"), held.get("Task", 0), links.href("queries", query="ledger")),
            (t("overview.departments"), held.get("Department", 0), links.href("departments")),
            (t("overview.duties"), held.get("duty", 0), links.href("queries", query="workload")),
            (t("overview.targets"), held.get("Target", 0), links.href("targets")),
            (t("overview.due"), services.run("due").total, links.href("queries", query="due")),
            (t("overview.findings"), "…" if findings is None else findings, links.href("audit")),
            (t("overview.waiting"), "…" if waiting is None else waiting, links.href("review")),
        ],
        f"overview_figures_{findings is None}",
        t("overview.title"),
    )


def documents() -> None:
    """Documents by level and year of issue."""
    held = services.documents().values()
    years = sorted({d.issued_on[:4] for d in held if d.issued_on}, reverse=True)
    levels = [lv for lv in LEVELS if any(d.level == lv for d in held)]
    rows: list[list[models.Cell]] = []
    for year in years:
        of_year = [d for d in held if d.issued_on.startswith(year)]
        rows.append(
            [
                {"t": year, "h": links.href("documents", issued=year)},
                *(sum(d.level == lv for d in of_year) for lv in levels),
                len(of_year),
                sum(d.tasks for d in of_year),
            ]
        )
    heads = [
        models.Column("year", t("overview.year"), "short"),
        *(models.Column(lv, t(f"level.{lv}"), "number") for lv in levels),
        models.Column("sum", t("overview.documents"), "number"),
        models.Column("tasks", t("overview.tasks"), "number"),
    ]
    page.table(models.Sheet(heads, rows, len(rows)), "overview_documents", t("overview.by_year"), search=False)


def departments() -> None:
    """The departments that lead most."""
    rows: list[list[models.Cell]] = [
        [
            {"t": d.name, "k": "Department", "h": links.node("Department", d.id), "s": d.region},
            *(d.by_role.get(role, 0) for role in ("LEADS", "RESPONSIBLE_FOR", "ASSISTS")),
        ]
        for d in services.duties()[:10]
    ]
    heads = [
        models.Column("name", t("departments.name")),
        *(models.Column(role, t(f"rel.{role}"), "number", "5em") for role in ("LEADS", "RESPONSIBLE_FOR", "ASSISTS")),
    ]
    page.table(models.Sheet(heads, rows, len(rows)), "overview_departments", t("departments.directory"), search=False)


page.head("overview")
if page.ready():
    top = st.empty()
    with top:
        figures(None, None)
    left, right = st.columns(2, gap="medium")
    with left:
        page.html(parts.subheading(t("overview.by_year")))
        documents()
    with right:
        page.html(parts.subheading(t("overview.busiest")))
        departments()
    failing = sum(not f.ok for f in services.audit())  # takes seconds on a large library, so it comes last
    waiting = sum(i.decision is None for i in services.review()[0])
    with top:
        figures(failing, waiting)
