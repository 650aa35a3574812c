"""Queries: every canned query with a form made from its parameters, its Cypher, its rows and its picture."""

from __future__ import annotations

import json

import streamlit as st

from graph.errors import ZerenError
from queries.catalog import Query, group_title, value_title
from queries.run import Answer, bind
from ui import page, parts, services
from ui.i18n import language, t

PYTHON = '''import ladybug

graph = ladybug.Connection(ladybug.Database({file!r}, read_only=True))
for row in graph.execute("""
{statement}
""", {params}).rows_as_dict():
    print(row)
'''


def form(query: Query) -> dict[str, str]:
    """One field for each parameter; what is left empty takes its default."""
    given: dict[str, str] = {}
    columns = st.columns(min(len(query.params), 4)) if query.params else []
    for i, param in enumerate(query.params):
        with columns[i % len(columns)]:
            value = page.field(param)
            if value:
                given[param.name] = value
    return given


def cypher(query: Query, found: Answer | None) -> None:
    """The query as it can be pasted into Neo4j Browser, or run in Python on the embedded graph."""
    with st.expander(t("queries.cypher")):
        target = page.pick(
            "form", ("neo4j", "ladybug"), lambda f: t(f"queries.form_{f}"), t("queries.cypher"),
            default="neo4j", segments=True, label_visibility="collapsed",
        )  # fmt: skip
        page.html(parts.note(t(f"queries.note_{target}")))
        for name, statement in (("rows", query.rows), ("picture", query.picture), ("count", query.count)):
            if not statement:
                continue
            given = bind(statement, query, found.params, services.ROW_LIMIT) if found else {}
            page.html(parts.note(t(f"queries.part_{name}")))
            if target == "neo4j":
                heads = [f":param {k} => {json.dumps(v, ensure_ascii=False)};\n" for k, v in sorted(given.items())]
                st.code("".join(heads) + statement.strip() + ";", language="sql", wrap_lines=True)
            else:
                said = PYTHON.format(file=services.graph_file(), params=given, statement=statement.strip())
                st.code(said, language="python", wrap_lines=True)


page.head("queries")
if page.ready():
    catalogue = services.queries()
    lang = language()
    name = page.pick(
        "query",
        list(catalogue),
        lambda n: f"{group_title(catalogue[n].group, lang)} · {catalogue[n].title[lang]}",
        t("queries.choose_query"),
        placeholder=t("queries.choose"),
    )
    if name:
        query = catalogue[name]
        page.html(parts.note(query.help[lang]))
        given = form(query)
        missing = [p.title[lang] for p in query.params if p.required and not given.get(p.name)]
        if missing:
            found = None
            page.html(parts.note(t("queries.missing", names=t("app.and").join(missing))))
        else:
            try:
                found = services.run(name, given)
                said = [
                    f"{p.title[lang]} {value_title(p.name, found.params[p.name].name, lang)}"
                    for p in query.params
                    if given.get(p.name)
                ]
                page.html(parts.printed([query.title[lang], *said, services.today().isoformat()]))
                page.answer(found, f"query_{name}")
            except ZerenError as error:
                found = None
                page.say(error)
        cypher(query, found)
    else:
        page.contents(catalogue)
