"""Targets: what is to be reached in a year, and the tasks that depend on it, directly or through their document."""

from __future__ import annotations

from ui import page, parts, services
from ui.i18n import t

QUERY = "year-tasks"

page.head("targets")
if page.ready():
    years = services.target_years()
    if not years:
        page.html(parts.note(t("targets.none")))
    else:
        this = services.today().year
        first = min(years, key=lambda y: (abs(y - this), -y))
        year = int(page.pick("year", [str(y) for y in sorted(years)], lambda y: t("targets.year_n", year=y, n=years[int(y)]), t("targets.year"),
                             default=str(first), segments=True) or first)
        everything = services.run(QUERY, {"year": str(year)})
        direct = {r["task_id"] for r in everything.rows if r["via"] != "document"}
        through = {r["task_id"] for r in everything.rows if r["via"] == "document"} - direct
        page.html(parts.figures([
            (t("targets.targets"), years.get(year, 0)), (t("targets.direct"), len(direct)), (t("targets.through"), len(through)),
            (t("targets.documents"), len({r["document_id"] for r in everything.rows}))]))
        page.html(parts.note(t("targets.meaning", year=year)))
        page.answer(everything, "targets")
