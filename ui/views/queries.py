"""Queries: every canned query with a form made from its parameters, its Cypher, its rows and its picture."""

from __future__ import annotations

import streamlit as st

from graph.errors import ZerenError
from queries.catalog import Param, Query, group_title, value_title
from ui import page, parts, services
from ui.i18n import language, t

NAMED = ("Department", "Document", "Person", "LeadingGroup", "Region")


def form(query: Query) -> dict[str, str]:
    """One field for each parameter; what is left empty takes its default."""
    given: dict[str, str] = {}
    lang = language()
    columns = st.columns(min(len(query.params), 4)) if query.params else []
    for i, param in enumerate(query.params):
        with columns[i % len(columns)]:
            value = field(param, lang)
            if value:
                given[param.name] = value
    return given


def field(param: Param, lang: str) -> str:
    """The field for one parameter, its value in the address."""
    label = param.title[lang] + ("" if param.required else t("queries.optional"))
    help_ = param.help[lang] if param.help != param.title else None
    key = "p_" + param.name  # a prefix of its own: pages bind other controls to such names
    if param.type == "Choice":
        return (
            page.pick(
                key,
                param.choices,
                lambda c: value_title(param.name, c, lang),
                label,
                default=param.default,
                help=help_,
                placeholder=t("queries.choose"),
            )
            or ""
        )
    if param.type in NAMED:
        known = {e.id: e.label for e in services.entries(param.type)}
        return page.pick(key, list(known), lambda i: known[i], label, help=help_, placeholder=t("queries.choose")) or ""
    return str(
        st.text_input(
            label, key=key, bind="query-params", help=help_, placeholder=t("queries.example", value=param.example)
        )
        or ""
    )


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
            page.html(parts.note(t("queries.missing", names=t("app.and").join(missing))))
        else:
            try:
                found = services.run(name, given)
                said = [f"{p.title[lang]} {found.params[p.name].name}" for p in query.params if given.get(p.name)]
                page.html(parts.printed([query.title[lang], *said, services.today().isoformat()]))
                page.answer(found, f"query_{name}")
            except ZerenError as error:
                page.say(error)
        with st.expander(t("queries.cypher")):
            page.html(parts.note(t("queries.cypher_note")))
            st.code(query.text, language="sql", wrap_lines=True)
    else:
        page.contents(catalogue)
