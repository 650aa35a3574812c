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
    with st.container(key="starters"):
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
        for n, r in found.params.items()
        if r.how not in ("any", "default") and r.name and not r.name.isdecimal() and query.param(n).type != "Choice"
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


def chips(query: Query, understood: Understanding, params: dict[str, str]) -> None:
    """How the question was taken, each part open to change: the canned query, its parameters, further conditions."""
    lang = language()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chips"):
        page.html(parts.note(t("ask.understood")))
        with st.popover(page.plain(query.title[lang])):
            known = services.queries()
            page.pick(
                "as", list(known), lambda n: f"{group_title(known[n].group, lang)} · {known[n].title[lang]}",
                t("queries.choose_query"), default=query.name if not understood.query else understood.query.name,
            )  # fmt: skip
            page.html(parts.note(query.help[lang]))
        rest = []
        for param in query.params:
            value = spoken(query, param.name, params.get(param.name, ""))
            if not value:
                rest.append(param)
                continue
            with st.popover(page.plain(t("ask.chip", name=param.title[lang], value=value))):
                page.field(param, understood.params.get(param.name, ""))
        if rest:
            with st.popover(t("ask.add")):
                for param in rest:
                    page.field(param, understood.params.get(param.name, ""))


def spoken(query: Query, name: str, given: str) -> str:
    """A parameter's value in words; "" for one that is left open."""
    param = query.param(name)
    if not given or given == param.default or (param.type == "Year" and given == "0"):
        return ""
    if param.type == "Choice":
        return value_title(name, given, language())
    if param.type in page.NAMED and (entry := services.entry(param.type, given)):
        return entry.label
    return given


def asked_query(understood: Understanding) -> Query | None:
    """The canned query: the one chosen in the chip, else the one understood."""
    return services.queries().get(st.query_params.get("as", "")) or understood.query


def answer(understood: Understanding, query: Query) -> None:
    """Run the query and show what it gives."""
    declared = {p.name for p in query.params}
    fixed = {n: st.query_params[f"p_{n}"] for n in declared if f"p_{n}" in st.query_params}
    given = {n: str(v) for n, v in understood.params.items() if n in declared} | fixed
    params = {n: v for n, v in given.items() if v}
    open_ = {name: found for name, found in understood.choices.items() if name in declared and name not in fixed}
    for name, found in open_.items():
        page.html(parts.answer(t("ask.which", what=query.param(name).title[language()])))
        for entry in found[:12]:
            page.goto(entry.label, links.href("ask", q=understood.question, **{f"p_{name}": entry.id}))
    if open_:
        return
    missing = [p.title[language()] for p in query.params if p.required and p.name not in params]
    if missing:
        page.html(parts.answer(t("ask.missing", names=t("app.and").join(missing))))
        chips(query, understood, params)
        return
    whole = services.run(query.name, params, page.ALL)
    page.html(parts.answer(sentence(query, whole)))
    chips(query, understood, params)
    numbers(whole)
    if whole.rows:
        page.answer(whole, f"ask_{query.name}")


def numbers(found: Answer) -> None:
    """What the rows come to: tasks by role, documents, bodies, what is over."""
    if not found.rows:
        return
    counted: list[tuple[str, int | str, str]] = []

    def add(label: str, column: str) -> None:
        if column in found.columns and len(ids := {r[column] for r in found.rows if r[column]}) > 1:
            counted.append((label, len(ids), ""))

    add(t("overview.tasks"), "task_id")
    if "duty" in found.columns and "task_id" in found.columns:
        for role in models.EDGES:
            if n := len({r["task_id"] for r in found.rows if r["duty"] == role}):
                counted.append((t(f"rel.{role}"), n, ""))
    add(t("overview.targets"), "target_id")
    add(t("overview.departments"), "department_id")
    add(t("overview.documents"), "document_id")
    is_late = page.lateness()
    if "task_id" in found.columns and (over := {r["task_id"] for r in found.rows if is_late([r["task_id"]])}):
        counted.append((t("ask.over"), len(over), ""))
    if len(counted) > 1:
        page.figures(counted, "ask_numbers", t("ask.numbers"))


def suggestions(title: str, found: Iterable[Suggestion]) -> None:
    """Other questions, as links."""
    offered = list(found)
    if not offered:
        return
    page.html(parts.subheading(title, screen=True))
    with st.container(horizontal=True, gap="medium"):
        for s in offered:
            text = s.text[language()]
            page.goto(text, links.href("ask", q=text, **{f"p_{k}": v for k, v in s.params.items()}))


def forget() -> None:
    """A new question begins without the choices made for the last one."""
    for name in [n for n in st.query_params if n.startswith("p_") or n == "as"]:
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
        query = asked_query(understood)
        if query is None:
            page.html(parts.answer(t("ask.not_understood")))
            suggestions(t("ask.nearest"), understood.alternatives)
        else:
            try:
                answer(understood, query)
            except ZerenError as error:
                page.say(error)
            if understood.ready:
                suggestions(t("ask.next"), understood.follow_ups)
            suggestions(t("ask.or"), understood.alternatives)
