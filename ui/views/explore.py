"""Explore: a node and its surroundings, grown by double click; all of it is in the table beside the picture too."""

from __future__ import annotations

import streamlit as st

from graph.model import NODE
from queries.run import Node, Picture
from ui import links, models, page, parts, services
from ui.i18n import t

KINDS = ("Department", "Document", "Person", "LeadingGroup", "Task")


def split(key: str) -> tuple[str, str] | None:
    """Kind and id of a key from an address; None when it is none of ours."""
    label, _, ident = key.partition(":")
    return (label, ident) if label in NODE and ident else None


def found(typed: str) -> list[tuple[str, str, str]]:
    """Things whose names hold what was typed: (key, name, kind)."""
    return [(f"{kind}:{e.id}", e.label, kind) for kind in KINDS for e in services.matching(kind, typed, 12)]


def choose(key: str) -> None:
    """Begin anew from one node."""
    st.session_state["explore_open"] = [key]
    st.session_state["explore_chosen"] = key


def hits(typed: str) -> None:
    """What the search finds; any of it can be the node to begin with."""
    found_ = found(typed)
    if not found_:
        page.html(parts.note(t("explore.nothing", text=typed)))
        return
    said = page.words()
    lines: list[list[models.Cell]] = [
        [{"t": name, "k": kind, "h": links.href("explore", node=key)}, said.value("label", kind)]
        for key, name, kind in found_
    ]
    page.table(
        models.Sheet(
            [models.Column("name", t("explore.name")), models.Column("kind", t("explore.kind"), "short", "9em")],
            lines,
            len(lines),
        ),
        "explore_hits",
        t("explore.hits"),
        300,
    )


def scene(opened: list[str]) -> Picture:
    """The nodes opened so far, each with its neighbours."""
    return models.joined(services.neighbours(*parts_) for key in opened if (parts_ := split(key)))


def tools(picture: Picture, opened: list[str], chosen: Node | None) -> None:
    """The same as the mouse does, for the keyboard: choose a node, open it, take it back."""
    said = page.words()
    names = {
        models.node_key(n): f"{said.value('label', n.label)} · {models.short(models.caption(n), 40)}"
        for n in picture.nodes
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
        width=330,
    )
    if st.button(t("explore.expand"), disabled=current is None or current in opened):
        grow(current or "")
    if st.button(t("explore.back"), disabled=len(opened) < 2):
        st.session_state["explore_open"] = opened[:-1]
        st.rerun()


def grow(key: str) -> None:
    """Open one more node."""
    opened = st.session_state["explore_open"]
    if key not in opened:
        st.session_state["explore_open"] = [*opened, key]
    st.session_state["explore_chosen"] = key
    st.rerun()


def surroundings(opened: list[str], everything: Picture) -> None:
    """The picture, and beside it the node chosen in it."""
    middle = [k.split(":", 1)[1] for k in opened]
    shown = models.limited(everything, middle)
    nodes = {models.node_key(n): n for n in shown.nodes}
    chosen = nodes.get(st.session_state.get("explore_chosen", "")) or nodes.get(opened[-1])
    with bar:
        tools(shown, opened, chosen)
    left, right = st.columns([0.66, 0.34], gap="medium")
    with left:
        result = page.draw(
            everything,
            "explore_graph",
            t("explore.picture"),
            middle,
            640,
            chosen=chosen.id if chosen else None,
            origin=middle[-1],
        )
        by_id = {n.id: models.node_key(n) for n in shown.nodes}
        if result and result.expand in by_id:
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
    if address and split(address) and st.session_state.get("explore_from") != address:
        st.session_state["explore_from"] = address
        choose(address)
    opened: list[str] = [k for k in st.session_state.get("explore_open", []) if split(k)]
    everything = scene(opened)
    if everything.nodes:
        surroundings(opened, everything)
    else:
        page.html(parts.note(t("explore.gone" if address else "explore.hint")))
