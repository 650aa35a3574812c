"""Ask: the start page. One question; the answer as sentence, table and picture, and how the question was understood."""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st

from graph.errors import ZerenError
from queries.ask import Suggestion, Understanding
from queries.catalog import Query, group_title, value_title
from queries.run import Answer
from ui import links, models, page, parts, services
from ui.i18n import language, t

# questions to begin with, one of each kind; their slots are filled from the library
STARTERS = (
    "department-tasks",
    "ledger",
    "partners",
    "department-groups",
    "year-tasks",
    "year-targets",
    "due",
    "compare-years",
    "citations-up",
    "policy-to-person",
    "document-tasks",
    "tasks-by-citation",
    "no-lead",
    "several-leads",
    "past-due",
    "leading-groups",
)
SLOT = re.compile(r"\{(\w+)\}")


def starters() -> None:
    """Questions that can be asked of this very library, by group."""
    lang = language()
    known = slots()
    groups: dict[str, list[str]] = {}
    for name in STARTERS:
        query = services.queries().get(name)
        fitting = [q for q in query.ask[lang] if set(SLOT.findall(q)) <= set(known)] if query else []
        if query and fitting:
            question = max(fitting, key=lambda q: len(SLOT.findall(q)))
            asked = SLOT.sub(lambda m: known[m[1]], question)
            groups.setdefault(query.group, []).append(asked[0].upper() + asked[1:])
    columns = st.columns(max(len(groups), 1), gap="medium")
    for column, (group, questions) in zip(columns, groups.items(), strict=False):
        with column:
            page.html(parts.subheading(group_title(group, lang)))
            for question in questions:
                page.goto(question, links.href("ask", q=question))


def holdings() -> None:
    """What the answers come from."""
    held = {r["item"]: int(r["amount"]) for r in services.run("overview").rows}
    page.figures(
        [
            (t("overview.documents"), held.get("Document", 0), links.href("documents")),
            (t("overview.tasks"), held.get("Task", 0), links.href("queries", query="ledger")),
            (t("overview.duties"), held.get("duty", 0), links.href("queries", query="workload")),
            (t("overview.departments"), held.get("Department", 0), links.href("departments")),
            (t("overview.targets"), held.get("Target", 0), links.href("targets")),
        ],
        "ask_holdings",
        t("overview.title"),
    )


def slots() -> dict[str, str]:
    """A department, a document and a year of this library to ask about."""
    found: dict[str, str] = {}
    if duties := services.duties():
        found["department"] = duties[0].name
    numbered = [d for d in services.documents().values() if d.doc_number]
    if busy := max(numbered, key=lambda d: d.tasks, default=None):
        found["document"] = busy.doc_number
    if years := services.target_years():
        ordered = sorted(years, key=lambda y: (abs(y - services.today().year), -y))
        found["year"] = t("ask.year", year=ordered[0])
        if len(ordered) > 1:
            found["other_year"] = t("ask.year", year=ordered[1])
    return found


def sentence(query: Query, found: Answer) -> str:
    """The answer in one sentence, from the rows alone."""
    names = t("app.and").join(
        r.name
        for r in found.params.values()
        if r.how not in ("any", "default") and r.name and not str(r.name).isdecimal()
    )
    about = t("ask.about", names=names) if names else ""
    if found.failing is not None:
        return about + t("ask.audit", title=query.title[language()], failing=found.failing, total=found.total)
    if not found.rows:
        return about + t("ask.nothing", title=query.title[language()])
    if "duty" in found.columns and "task_id" in found.columns:
        by_role = {role: len({r["task_id"] for r in found.rows if r["duty"] == role}) for role in models.EDGES}
        said = t("app.and").join(t("ask.role", role=t(f"rel.{role}"), n=n) for role, n in by_role.items() if n)
        return about + t(
            "ask.tasks",
            n=len({r["task_id"] for r in found.rows}),
            roles=said,
            documents=len({r["document_id"] for r in found.rows}),
        )
    if "via" in found.columns and "task_id" in found.columns:
        direct = {r["task_id"] for r in found.rows if r["via"] in ("target", "deadline", "task")}
        through = {r["task_id"] for r in found.rows} - direct
        return about + t("ask.via", direct=len(direct), through=len(through))
    return about + t("ask.found", title=query.title[language()], n=max(found.total, len(found.rows)))


def chips(query: Query, found: Answer) -> list[tuple[str, str]]:
    """The parameters as understood, in words; those left at "any" are not shown."""
    lang = language()
    shown = []
    for param in query.params:
        r = found.params[param.name]
        if r.how in ("any", "default"):
            continue
        value = value_title(param.name, r.value, lang) if param.type == "Choice" else str(r.name)
        shown.append(
            (
                param.title[lang],
                t("ask.placed", name=value, region=r.region) if r.region and r.region not in value else value,
            )
        )
    return shown


def answer(understood: Understanding, query: Query) -> None:
    """Run the query and show what it gives."""
    fixed = {p.name: st.query_params[f"p_{p.name}"] for p in query.params if f"p_{p.name}" in st.query_params}
    params = understood.params | fixed
    open_ = {name: found for name, found in understood.choices.items() if name not in fixed}
    for name, found in open_.items():
        page.html(parts.answer(t("ask.which", what=query.param(name).title[language()])))
        for entry in found[:12]:
            page.goto(entry.label, links.href("ask", q=understood.question, **{f"p_{name}": entry.id}))
    if open_:
        return
    missing = [p.title[language()] for p in query.params if p.required and p.name not in params]
    if missing:
        page.html(parts.answer(t("ask.missing", names=t("app.and").join(missing))))
        page.goto(t("ask.edit"), links.href("queries", query=query.name, **{f"p_{k}": v for k, v in params.items()}))
        return
    whole = services.run(query.name, params, page.ALL)
    page.html(parts.answer(sentence(query, whole)))
    with st.container(horizontal=True, vertical_alignment="center"):
        page.html(parts.understood(t("ask.understood"), query.title[language()], chips(query, whole)))
        page.goto(t("ask.edit"), links.href("queries", query=query.name, **{f"p_{k}": v for k, v in params.items()}))
    if whole.rows:
        page.answer(whole, f"ask_{query.name}")


def suggestions(title: str, found: Iterable[Suggestion]) -> None:
    """Other questions, as links."""
    offered = list(found)
    if not offered:
        return
    page.html(parts.subheading(title))
    with st.container(horizontal=True, gap="medium"):
        for s in offered:
            text = s.text[language()]
            page.goto(text, links.href("ask", q=text, **{f"p_{k}": v for k, v in s.params.items()}))


def forget() -> None:
    """A new question begins without the choices made for the last one."""
    for name in [n for n in st.query_params if n.startswith("p_")]:
        del st.query_params[name]


page.head("ask")
if page.ready():
    question = st.text_input(
        t("ask.box"),
        key="q",
        bind="query-params",
        placeholder=t("ask.placeholder"),
        type="search",
        on_change=forget,
        label_visibility="collapsed",
    ).strip()
    if not question:
        starters()
        holdings()
    else:
        page.html(parts.printed([question, services.today().isoformat()]))
        understood = services.ask(question)
        if understood.unknown:
            page.html(parts.note(t("ask.unknown", names=t("app.and").join(understood.unknown))))
        if understood.query is None:
            page.html(parts.answer(t("ask.not_understood")))
            suggestions(t("ask.nearest"), understood.alternatives)
        else:
            try:
                answer(understood, understood.query)
            except ZerenError as error:
                page.say(error)
            if understood.ready:
                suggestions(t("ask.next"), understood.follow_ups)
            suggestions(t("ask.or"), understood.alternatives)
