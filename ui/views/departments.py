"""Departments: what one body is accountable for, as figures, table and picture, with the ledger to take away."""

from __future__ import annotations

import streamlit as st

from queries.run import Answer
from ui import links, models, page, parts, services
from ui.i18n import t

ROLES = ("LEADS", "RESPONSIBLE_FOR", "ASSISTS")
QUERY = "department-tasks"
# what else is known of a department: the canned query and the columns that would only repeat the page
MORE: dict[str, tuple[str, tuple[str, ...]]] = {
    "targets": ("year-targets", ("indicator", "departments")),
    "partners": ("partners", ()),
    "groups": ("department-groups", ("department",)),
    "lineage": ("lineage", ()),
}


def figures(answer: Answer) -> None:
    """Counts by role; a task may be held in two roles, so they need not add up to the tasks."""
    by_role = {role: {r["task_id"] for r in answer.rows if r["duty"] == role} for role in ROLES}
    items: list[tuple[str, int]] = [(t("departments.tasks"), len(set().union(*by_role.values())))]
    items += [(t(f"rel.{role}"), len(found)) for role, found in by_role.items()]
    items.append((t("departments.documents"), len({r["document_id"] for r in answer.rows})))
    page.html(parts.figures(items))


def chooser() -> str | None:
    """The department chosen, by any of its names: the list is searched letter by letter, region before name."""
    known = {e.id: e for e in services.entries("Department")}
    return page.pick("department", sorted(known, key=lambda i: (known[i].region, known[i].name)),
                     lambda i: f"{known[i].region} {known[i].name}" if known[i].region else known[i].name, t("departments.choose"),
                     placeholder=t("departments.placeholder"), filter_mode="fuzzy")


def directory() -> None:
    """Every department that has tasks, with how many in each role."""
    rows: list[list[models.Cell]] = [
        [{"t": d.name, "k": "Department", "h": links.node("Department", d.id), "s": "、".join(d.other_names[:3])}, d.region,
         *(d.by_role.get(role, 0) for role in ROLES)] for d in services.duties()]
    heads = [models.Column("name", t("departments.name"), "text", "34%"), models.Column("region", t("departments.region")),
             *(models.Column(role, t(f"rel.{role}"), "number", "7em") for role in ROLES)]
    page.table(models.Sheet(heads, rows, len(rows)), "directory", t("departments.directory"))


page.head("departments")
if page.ready():
    left, right = st.columns([0.62, 0.38], gap="medium", vertical_alignment="bottom")
    with left:
        department = chooser()
    if department:
        with right:
            role = page.pick("role", ("any", *ROLES), lambda r: t("departments.any") if r == "any" else t(f"rel.{r}"), t("departments.role"),
                             default="any", segments=True)
        everything = services.run(QUERY, {"department": department})
        answer = everything if role == "any" else services.run(QUERY, {"department": department, "role": str(role)})
        figures(everything)
        shown = page.pick("show", ("tasks", *MORE), lambda v: t(f"departments.show_{v}"), t("departments.show"), default="tasks", segments=True,
                          label_visibility="collapsed")
        if shown in MORE:
            query, without = MORE[shown]
            page.answer(services.run(query, {"department": department}), f"department_{shown}", without, [department])
        else:
            page.answer(answer, "department", ("department", "lineage", "section", "issued_on", "task_number"), [department])
    else:
        directory()
