"""Departments: what one body is accountable for, as figures, table and picture, with the ledger to take away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from queries.run import Answer
from ui import export, links, models, page, parts, services
from ui.components import lineage as lineageview
from ui.i18n import language, t

ROLES = ("LEADS", "RESPONSIBLE_FOR", "ASSISTS")
QUERY = "department-tasks"
# what else is known of a department: the canned query and the columns that would only repeat the page
MORE: dict[str, tuple[str, tuple[str, ...]]] = {
    "targets": ("year-targets", ("indicator", "departments")),
    "partners": ("partners", ()),
    "groups": ("department-groups", ("department",)),
    "people": ("department-people", ("department",)),
    "due": ("due", ("leads",)),
}
ALWAYS = {"from_day": "1900-01-01", "until_day": "2999-12-31"}  # deadlines of any time
VIEWS = ("tasks", "picture", *MORE, "lineage")
STYLES = (("LEADS", "lead_tasks"), ("RESPONSIBLE_FOR", "responsible_tasks"), ("ASSISTS", "assist_tasks"))


def figures(answer: Answer, department: str) -> None:
    """Counts by role; a task may be held in two roles, so they need not add up to the tasks."""
    by_role = {role: {r["task_id"] for r in answer.rows if r["duty"] == role} for role in ROLES}
    items = [
        (t("departments.tasks"), len(set().union(*by_role.values())), links.href("departments", department=department))
    ]
    items += [
        (t(f"rel.{role}"), len(found), links.href("departments", department=department, role=role))
        for role, found in by_role.items()
    ]
    items.append((t("departments.documents"), len({r["document_id"] for r in answer.rows}), ""))
    page.figures(items, "department_figures", t("departments.title"))


def by_year(department: str, chosen: int, role: str) -> None:
    """Tasks by the year of their document and by role; a year may be chosen."""
    counted = sorted(services.run("workload", {"department": department}).rows, key=lambda r: r["issued_year"] or 0)
    if len(counted) < 2:
        return
    given = {"department": department, "role": "" if role == "any" else role}
    items = [
        {
            "year": str(r["issued_year"]),
            "parts": [{"style": models.ROLE_STYLE[rel], "n": r[c], "words": t(f"rel.{rel}")} for rel, c in STYLES],
            "on": r["issued_year"] == chosen,
            # chosen again, it is given up
            "h": links.href("departments", **given, year="" if r["issued_year"] == chosen else r["issued_year"]),
        }
        for r in counted
        if r["issued_year"]
    ]
    page.html(parts.note(t("departments.by_year")))
    page.years(items, "department_years", t("departments.by_year"))


def lineage(department: str) -> None:
    """What the department came from and what became of it, reform by reform."""
    found = services.run("lineage", {"department": department})
    steps: dict[tuple[int, str], dict[str, Any]] = {}
    for r in found.rows:
        year = r["succession_year"] or 0
        fresh = {"year": str(year or t("departments.undated")), "note": r["basis"], "before": [], "after": []}
        step = steps.setdefault((year, r["basis"]), fresh)
        for side, word in (("before", "old"), ("after", "new")):
            ident = r[f"{word}_id"]
            body = {"t": r[f"{word}_department"], "h": links.node("Department", ident), "on": ident == department}
            if body not in step[side]:
                step[side].append(body)
    if not steps:
        page.html(parts.note(t("departments.no_lineage")))
        return
    drawn = lineageview.lineage(
        [steps[k] for k in sorted(steps)], key="department_lineage", label=t("departments.show_lineage")
    )
    if drawn and drawn.open:
        links.follow(drawn.open)


def files(department: str, name: str) -> None:
    """The ledger (台账) and the dossier of the department."""
    lang = language()

    def ledger() -> bytes:
        rows = services.run(export.LEDGER, {"department": department}, page.ALL).rows
        return export.ledger_xlsx(t("departments.ledger_title", name=name), rows, lang)

    page.take(t("departments.ledger"), ledger, t("departments.ledger_title", name=name) + ".xlsx", page.XLSX, "ledger")
    page.take(
        t("departments.dossier"),
        lambda: export.dossier_html(services.store(), department, lang),
        f"{name}.html",
        "text/html",
        "dossier",
    )


def chooser() -> str:
    """The department chosen, by any of its names or its region."""
    return page.named("Department", t("departments.choose"), "department", placeholder=t("departments.placeholder"))


def directory() -> None:
    """Every department that has tasks, with how many in each role."""
    rows: list[list[models.Cell]] = [
        [
            {"t": d.name, "k": "Department", "h": links.node("Department", d.id), "s": "、".join(d.other_names[:3])},
            d.region,
            *(d.by_role.get(role, 0) for role in ROLES),
        ]
        for d in services.duties()[: services.ROW_LIMIT]
    ]
    heads = [
        models.Column("name", t("departments.name"), "text", "34%"),
        models.Column("region", t("departments.region")),
        *(models.Column(role, t(f"rel.{role}"), "number", "7em") for role in ROLES),
    ]
    page.table(models.Sheet(heads, rows, len(services.duties())), "directory", t("departments.directory"))


page.head("departments")
if page.ready():
    left, right = st.columns([0.62, 0.38], gap="medium", vertical_alignment="bottom")
    with left:
        department = chooser()
    if department:
        with right:
            role = page.pick(
                "role",
                ("any", *ROLES),
                lambda r: t("departments.any") if r == "any" else t(f"rel.{r}"),
                t("departments.role"),
                default="any",
                segments=True,
            )
        everything = services.run(QUERY, {"department": department}, page.ALL)
        asked = st.query_params.get("year", "")
        year = int(asked) if asked.isdecimal() and len(asked) == 4 else 0
        given = {"department": department} | ({"role": str(role)} if role != "any" else {})
        given |= {"year": str(year)} if year else {}
        answer = services.run(QUERY, given)
        known = everything.params["department"]
        said = t("departments.any") if role == "any" else t(f"rel.{role}")
        page.html(parts.printed([known.name, known.region, said, asked, services.today().isoformat()]))
        figures(everything, department)
        by_year(department, year, str(role))
        with st.container(horizontal=True, vertical_alignment="center"):
            shown = page.pick(
                "show",
                VIEWS,
                lambda v: t(f"departments.show_{v}"),
                t("departments.show"),
                default="tasks",
                segments=True,
                label_visibility="collapsed",
            )
            files(department, everything.params["department"].name)
        if shown == "picture":
            page.picture_with_details(
                services.picture(QUERY, given), "department_picture", t("departments.picture"), [department]
            )
        elif shown == "lineage":
            lineage(department)
        elif shown in MORE:
            query, without = MORE[shown]
            more = services.run(query, {"department": department} | (ALWAYS if query == "due" else {}))
            page.rows(more, f"department_{shown}", without)
            if not more.rows:
                page.html(parts.note(t("departments.nothing")))
        else:
            page.rows(answer, "department_rows", ("department", "lineage", "section", "issued_on"), late="due")
            page.cut(answer)
    else:
        directory()
