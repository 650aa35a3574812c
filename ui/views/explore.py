"""Explore: a node and its surroundings, grown by double click; all of it is in the table beside the picture too.

The whole view stands in the address: `node` (where it began), `open` (what was opened since), `hide` (kinds left out),
`to` (the other end of a shortest path).
"""

from __future__ import annotations

import streamlit as st

from graph.model import NODE
from queries.run import Node, Picture
from ui import links, models, page, parts, services
from ui.i18n import t

KINDS = ("Department", "Document", "Person", "LeadingGroup", "Task")
BETWEEN = "~"  # between keys in the address; in no id


def split(key: str) -> tuple[str, str] | None:
    """Kind and id of a key from an address; None when it is none of ours."""
    label, _, ident = key.partition(":")
    return (label, ident) if label in NODE and ident else None


def listed(param: str) -> list[str]:
    """The keys that stand in the address under `param`."""
    return [k for k in st.query_params.get(param, "").split(BETWEEN) if k]


def write(param: str, keys: list[str]) -> None:
    """Put keys into the address."""
    if keys:
        st.query_params[param] = BETWEEN.join(dict.fromkeys(keys))
    else:
        st.query_params.pop(param, None)


def grow(key: str) -> None:
    """Open one more node."""
    write("open", [*listed("open"), key])
    st.session_state["explore_chosen"] = key
    st.rerun()


def shrink(key: str) -> None:
    """Close a node that was opened."""
    write("open", [k for k in listed("open") if k != key])
    st.rerun()


def found(typed: str) -> list[tuple[str, str, str]]:
    """Things whose names hold what was typed: (key, name, kind)."""
    return [(f"{kind}:{e.id}", e.label, kind) for kind in KINDS for e in services.matching(kind, typed, 12)]


def hits(typed: str) -> None:
    """What the search finds; any of it can be the node to begin with."""
    known = found(typed)
    if not known:
        page.html(parts.note(t("explore.nothing", text=typed)))
        return
    said = page.words()
    rows: list[list[models.Cell]] = [
        [{"t": name, "k": kind, "h": links.href("explore", node=key)}, said.value("label", kind)]
        for key, name, kind in known
    ]
    heads = [models.Column("name", t("explore.name")), models.Column("kind", t("explore.kind"), "short", "9em")]
    page.table(models.Sheet(heads, rows, len(rows)), "explore_hits", t("explore.hits"), 300)


def route(opened: list[str]) -> Picture:
    """The shortest way from where the view began to the other end that is asked for; empty when there is none."""
    start, end = split(opened[0]) if opened else None, split(st.query_params.get("to", ""))
    return services.shortest(start, end) if start and end else Picture([], [], False)


def scene(opened: list[str], way: Picture) -> Picture:
    """The nodes opened so far, each with its neighbours, and the way."""
    return models.joined([way, *(services.neighbours(*known) for key in opened if (known := split(key)))])


def tools(everything: Picture, shown: Picture, opened: list[str], chosen: Node | None) -> None:
    """The same as the mouse does, for the keyboard: choose a node, open it, close it."""
    said = page.words()
    names = {
        models.node_key(n): f"{said.value('label', n.label)} · {models.short(models.caption(n), 40)}"
        for n in shown.nodes
    }
    current = models.node_key(chosen) if chosen else None
    st.session_state["explore_pick"] = current

    def picked() -> None:
        st.session_state["explore_chosen"] = st.session_state["explore_pick"]

    st.selectbox(
        t("explore.node"),
        list(names),
        index=None,
        format_func=lambda k: names[k],
        placeholder=t("explore.choose"),
        key="explore_pick",
        on_change=picked,
        width=300,
    )
    if current in opened[1:]:
        if st.button(t("explore.collapse")):
            shrink(str(current))
    elif st.button(t("explore.expand"), disabled=current is None or current in opened):
        grow(str(current))
    if st.button(t("explore.back"), disabled=len(opened) < 2):
        shrink(opened[-1])
    with st.popover(t("explore.more")):
        hide(everything)
        path(opened)
        files(shown)


def hide(everything: Picture) -> None:
    """Kinds of node to leave out of the picture."""
    said = page.words()
    present = [k for k in models.KINDS if any(n.label == k for n in everything.nodes)]
    st.session_state["explore_hide"] = [k for k in listed("hide") if k in present]
    st.multiselect(
        t("explore.hide"),
        present,
        key="explore_hide",
        format_func=lambda k: said.value("label", k),
        placeholder=t("explore.hide_none"),
        select_all=False,
        on_change=lambda: write("hide", st.session_state["explore_hide"]),
    )


def path(opened: list[str]) -> None:
    """The shortest way from where the view began to another node."""
    typed = st.text_input(t("explore.to"), key="explore_to", placeholder=t("explore.placeholder"))
    for key, name, _ in found(typed.strip())[:6] if typed.strip() else []:
        page.goto(name, links.href("explore", node=opened[0], to=key))


def files(shown: Picture) -> None:
    """The picture as files for other programs."""
    page.html(parts.note(t("explore.take")))
    with st.container(horizontal=True):
        name = t("explore.title")
        page.take("HTML", lambda: page.picture_html(shown, name), f"{name}.html", "text/html", "explore_html")
        page.take("GraphML", lambda: services.graphml(shown), f"{name}.graphml", "application/xml", "explore_graphml")
        page.take("GEXF", lambda: services.gexf(shown), f"{name}.gexf", "application/xml", "explore_gexf")


def surroundings(opened: list[str], everything: Picture, way: Picture) -> None:
    """The picture, and beside it the node chosen in it."""
    middle = list(dict.fromkeys([*(k.split(":", 1)[1] for k in opened), *(n.id for n in way.nodes)]))
    shown = models.limited(models.without(everything, listed("hide"), middle), middle)
    nodes = {models.node_key(n): n for n in shown.nodes}
    chosen = nodes.get(st.session_state.get("explore_chosen", "")) or nodes.get(opened[-1])
    with bar:
        tools(everything, shown, opened, chosen)
    if st.query_params.get("to") and not way.nodes:
        page.html(parts.note(t("explore.no_path")))
    left, right = st.columns([0.66, 0.34], gap="medium")
    with left:
        result = page.draw(
            shown,
            "explore_graph",
            t("explore.picture"),
            middle,
            640,
            chosen=chosen.id if chosen else None,
            origin=opened[-1].split(":", 1)[1],
        )
        by_id = {n.id: models.node_key(n) for n in shown.nodes}
        if result and result.expand in by_id and by_id[result.expand] not in opened:
            grow(by_id[result.expand])
        if result and result.clicked in by_id and by_id[result.clicked] != st.session_state.get("explore_chosen"):
            st.session_state["explore_chosen"] = by_id[result.clicked]
            st.rerun()
        page.html(parts.note(t("explore.keys")))
    with right:
        if chosen:
            page.details(chosen, "explore", "explore_details")


page.head("explore")
if page.ready():
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    with bar:
        typed = st.text_input(
            t("explore.search"), key="find", bind="query-params", placeholder=t("explore.placeholder"), type="search"
        )
    if typed.strip():
        hits(typed.strip())
    address = st.query_params.get("node", "")
    if st.session_state.get("explore_from") != address:
        st.session_state["explore_from"] = address
        st.session_state["explore_chosen"] = address
    opened = [k for k in dict.fromkeys([address, *listed("open")]) if split(k)]
    way = route(opened)
    everything = scene(opened, way)
    if everything.nodes:
        surroundings(opened, everything, way)
    else:
        page.html(parts.note(t("explore.gone" if address else "explore.hint")))
