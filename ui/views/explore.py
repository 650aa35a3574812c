"""Explore: a node and its surroundings, grown by double click; all of it is in the table beside the picture too.

The whole view stands in the address: `node` (where it began), `open` (what was opened since), `hide` (kinds left out),
`from` and `to` (the ends of a shortest path), `pin` (nodes kept in their places, as key@x@y).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import streamlit as st

from graph.model import NODE
from queries.run import Node, Picture
from ui import links, models, page, parts, services
from ui.i18n import t

KINDS = ("Department", "Document", "Person", "LeadingGroup", "Task")
VIEW = ("node", "open", "hide", "from", "to", "pin")  # what undo brings back
BETWEEN = "~"  # between keys in the address; in no id
STEPS = 50
ENDS = 30  # of a path, offered at once


def split(key: str) -> tuple[str, str] | None:
    """Kind and id of a key from an address; None when it is none of ours."""
    label, _, ident = key.partition(":")
    return (label, ident) if label in NODE and ident else None


def listed(param: str) -> list[str]:
    """The keys that stand in the address under `param`."""
    return [k for k in st.query_params.get(param, "").split(BETWEEN) if k]


def write(param: str, keys: list[str]) -> None:
    """Put keys into the address; what it was before can be brought back."""
    remember()
    if keys:
        st.query_params[param] = BETWEEN.join(dict.fromkeys(keys))
    else:
        st.query_params.pop(param, None)


def remember() -> None:
    """Keep the view as it is for undo."""
    held: list[dict[str, str]] = st.session_state.setdefault("explore_past", [])
    held.append({p: st.query_params[p] for p in VIEW if p in st.query_params})
    del held[:-STEPS]
    st.session_state["explore_future"] = []


def travel(back: str, forth: str) -> None:
    """Undo or redo: the last view of one pile comes back, the present one goes to the other."""
    past, future = st.session_state.get(back, []), st.session_state.setdefault(forth, [])
    future.append({p: st.query_params[p] for p in VIEW if p in st.query_params})
    view = past.pop()
    for param in VIEW:
        if param in view:
            st.query_params[param] = view[param]
        else:
            st.query_params.pop(param, None)
    st.session_state["explore_from"] = st.query_params.get("node", "")


def pins() -> dict[str, tuple[int, int]]:
    """Nodes that keep their places: id → x, y."""
    found = {}
    for entry in listed("pin"):
        front, _, y = entry.rpartition("@")  # from the end: ids of leading groups hold the sign too
        ident, _, x = front.rpartition("@")
        if x.lstrip("-").isdecimal() and y.lstrip("-").isdecimal():
            found[ident] = (int(x), int(y))
    return found


def set_pin(done: Mapping[str, Any]) -> None:
    """Pin a node to the place it is said to be at, or let it go."""
    held = {k: v for k, v in pins().items() if k != done["id"]}
    if "x" in done:
        held[done["id"]] = (int(done["x"]), int(done["y"]))
    write("pin", [f"{k}@{x}@{y}" for k, (x, y) in held.items()])


def grow(key: str) -> None:
    """Open one more node."""
    if key not in (st.query_params.get("node", ""), *listed("open")):
        write("open", [*listed("open"), key])
    st.session_state["explore_chosen"] = key


def shrink(key: str) -> None:
    """Close a node that was opened."""
    write("open", [k for k in listed("open") if k != key])


def toggle(kind: str) -> None:
    """Show or hide a kind of node."""
    hidden = listed("hide")
    if kind in models.KINDS:
        write("hide", [k for k in hidden if k != kind] if kind in hidden else [*hidden, kind])


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
    """The shortest way between the two ends that are asked for; empty when there is none."""
    start = split(st.query_params.get("from", "") or (opened[0] if opened else ""))
    end = split(st.query_params.get("to", ""))
    return services.shortest(start, end) if start and end else Picture([], [], False)


def scene(opened: list[str], way: Picture) -> Picture:
    """The nodes opened so far, each with its neighbours, and the way."""
    return models.joined([way, *(services.neighbours(*known) for key in opened if (known := split(key)))])


def tools(shown: Picture, opened: list[str], chosen: Node | None) -> None:
    """The same as the mouse does, for the keyboard: open the chosen node, close it, go back."""
    current = models.node_key(chosen) if chosen else None
    if current in opened[1:]:
        st.button(t("explore.collapse"), on_click=shrink, args=(str(current),))
    else:
        off = current is None or current in opened
        st.button(t("explore.expand"), disabled=off, on_click=grow, args=(str(current),))
    past, future = "explore_past", "explore_future"
    st.button(t("explore.undo"), disabled=not st.session_state.get(past), on_click=travel, args=(past, future))
    st.button(t("explore.redo"), disabled=not st.session_state.get(future), on_click=travel, args=(future, past))
    with st.popover(t("explore.path")):
        path(shown, current or opened[0])
    with st.popover(t("explore.save")):
        files(shown)


def path(shown: Picture, current: str) -> None:
    """The shortest way between two nodes, of the picture or found by name."""
    said = page.words()
    names = {models.node_key(n): (said.value("label", n.label), models.caption(n)) for n in shown.nodes}
    page.html(parts.note(t("explore.path_why", name=names.get(current, ("", current))[1])))

    def ends(typed: str) -> list[tuple[str, str]]:
        known = [(k, name, said.value("label", kind)) for k, name, kind in found(typed)] if typed else [
            (k, name, kind) for k, (kind, name) in names.items()
        ]  # fmt: skip
        return [(k, f"{kind} · {name}") for k, name, kind in known if k != current][:ENDS]

    end = st.session_state.get("explore_end", "")
    parted = split(end)
    node = services.node(*parted) if parted else None
    page.find(
        ends, t("explore.end"), "find_explore_end", models.caption(node) if node else "",
        partial(st.session_state.__setitem__, "explore_end"), t("explore.placeholder"),
    )  # fmt: skip
    off = node is None or end == current
    st.button(t("explore.path_find"), type="primary", disabled=off, on_click=join, args=(current, end))
    if "to" in st.query_params:
        st.button(t("explore.path_off"), on_click=join, args=("", ""))


def join(start: str, end: str) -> None:
    """Ask for the shortest way between two nodes, or for none."""
    write("to", [end] if end else [])
    if start:
        st.query_params["from"] = start
    else:
        st.query_params.pop("from", None)


def files(shown: Picture) -> None:
    """The picture as files for other programs, and the view by its address."""
    page.html(parts.note(t("explore.address")))
    page.html(parts.note(t("explore.take")))
    with st.container(horizontal=True):
        name = t("explore.title")
        page.take("HTML", lambda: page.picture_html(shown, name), f"{name}.html", "text/html", "explore_html")
        page.take("GraphML", lambda: services.graphml(shown), f"{name}.graphml", "application/xml", "explore_graphml")
        page.take("GEXF", lambda: services.gexf(shown), f"{name}.gexf", "application/xml", "explore_gexf")


def surroundings(bar: Any, opened: list[str], everything: Picture, way: Picture) -> None:  # noqa: ANN401
    """The picture, and beside it the node chosen in it."""
    on_way = [n.id for n in way.nodes]
    middle = list(dict.fromkeys([*(k.split(":", 1)[1] for k in opened), *on_way]))
    wanted = models.without(everything, listed("hide"), middle)
    shown = models.limited(wanted, middle)
    nodes = {models.node_key(n): n for n in shown.nodes}
    chosen = nodes.get(st.session_state.get("explore_chosen", "")) or nodes.get(opened[-1])
    with bar:
        tools(shown, opened, chosen)
    if "to" in st.query_params:
        steps = len(way.nodes) - 1
        page.html(parts.warning(t("explore.path_found", n=steps) if way.nodes else t("explore.no_path")))
    left, right = st.columns([0.66, 0.34], gap="medium")
    with left:
        page.more(wanted, shown)
        counted, said, hidden = Counter(n.label for n in everything.nodes), page.words(), set(listed("hide"))
        kinds = [
            {"key": k, "label": said.value("label", k), "n": counted[k], "hidden": k in hidden}
            for k in models.KINDS
            if counted[k]
        ]
        net = models.network(shown, said, middle, pins(), list(pairwise(on_way)))
        by_id = {n.id: models.node_key(n) for n in shown.nodes}

        def choose(ident: str) -> None:
            if ident in by_id:
                st.session_state["explore_chosen"] = by_id[ident]

        def expand(ident: str) -> None:
            if ident in by_id:
                grow(by_id[ident])

        page.graph(
            net, "explore_graph", t("explore.picture"), 640, chosen.id if chosen else None,
            opened[-1].split(":", 1)[1], kinds=kinds, lines=page.lines(shown),
            on_click=choose, on_expand=expand, on_hide=toggle, on_pin=set_pin,
        )  # fmt: skip
        page.html(parts.note(t("explore.keys"), screen=True))
    with right:
        if chosen:
            page.details(chosen, "explore", "explore_details")


@page.part
def view() -> None:
    """The search, and the picture around the node in the address: what is done here does not touch the rest."""
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    with bar:
        typed = st.text_input(
            t("explore.search"), key="find", bind="query-params", placeholder=t("explore.placeholder"), type="search"
        )
    if typed.strip():
        hits(typed.strip())
    address = st.query_params.get("node", "")
    if st.session_state.get("explore_from") != address:
        st.session_state.update(explore_from=address, explore_chosen=address, explore_past=[], explore_future=[])
    opened = [k for k in dict.fromkeys([address, *listed("open")]) if split(k)]
    way = route(opened)
    everything = scene(opened, way)
    if everything.nodes:
        surroundings(bar, opened, everything, way)
    else:
        page.html(parts.note(t("explore.gone" if address else "explore.hint")))


page.head("explore")
if page.ready():
    view()
