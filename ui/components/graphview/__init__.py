"""The picture: a pyvis network drawn by our own offline view, with clicks that come back to the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from pyvis.network import Network

HERE = Path(__file__).parent
# What may go from pyvis to the browser. No `image`: the browser would fetch it. No HTML option either.
NODE_KEYS = frozenset(
    {
        "id",
        "label",
        "title",
        "color",
        "shape",
        "size",
        "level",
        "x",
        "y",
        "font",
        "group",
        "borderWidth",
        "shapeProperties",
        "mass",
        "opacity",
        "fixed",
        "widthConstraint",
    }
)
EDGE_KEYS = frozenset(
    {"id", "from", "to", "label", "title", "color", "arrows", "width", "dashes", "smooth", "font", "side"}
)
SHAPES = frozenset({"dot", "square", "diamond", "triangle", "triangleDown", "star", "box", "ellipse", "hexagon"})

_HTML = """<div class="z-graph-kinds" role="group"></div>
<div class="z-graph-frame"><div class="z-graph" data-waiting></div>
<div class="z-graph-say" aria-live="polite"></div><img class="z-graph-print" alt=""></div>
<div class="z-graph-foot"><div class="z-graph-lines"></div><div class="z-graph-bar"></div></div>"""

_draw = st.components.v2.component(
    "zeren_graph",
    html=_HTML,
    css=(HERE / "graph.css").read_text("utf-8"),
    js=(HERE / "graph.js").read_text("utf-8"),
    isolate_styles=False,
)


def payload(net: Network) -> dict[str, Any]:
    """Nodes, edges and options of a pyvis network as plain data, with nothing but the keys and shapes allowed above.

    Parallel edges are bent apart, and every edge gets an id of its own: vis-network refuses two of one id.
    """
    nodes = [{k: v for k, v in node.items() if k in NODE_KEYS} for node in net.nodes]
    for node in nodes:
        if node.get("shape") not in SHAPES:
            node["shape"] = "dot"
    seen: dict[tuple[Any, Any], int] = {}
    edges = []
    for edge in net.edges:
        kept = {k: v for k, v in edge.items() if k in EDGE_KEYS}
        pair = (kept["from"], kept["to"])
        n = seen[pair] = seen.get(pair, -1) + 1
        kept.setdefault("id", f"{pair[0]}>{pair[1]}#{n}")
        if n:
            kept["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.15 * n}
        edges.append(kept)
    return {"nodes": nodes, "edges": edges, "options": net.options}


def graph(
    net: Network,
    *,
    key: str,
    rev: str,
    words: Mapping[str, str],
    label: str,
    height: int = 520,
    origin: str | None = None,
    chosen: str | None = None,
    file: str = "zeren",
    kinds: Sequence[Mapping[str, Any]] = (),
    lines: Sequence[Mapping[str, str]] = (),
    heads: Sequence[Mapping[str, Any]] = (),
    on_click: Callable[[str], None] | None = None,
    on_expand: Callable[[str], None] | None = None,
    on_hide: Callable[[str], None] | None = None,
    on_pin: Callable[[Mapping[str, Any]], None] | None = None,
) -> None:
    """Draw `net`; `on_click` and `on_expand` are told the id of a node that was clicked or double-clicked.

    What is told so is known before the page runs again, so it runs once. `kinds` (key, label) and `lines` (style,
    label) say what is drawn; `heads` (label, x, wide) stand above columns. With `on_hide`, told the kind, kinds (n,
    hidden) can be switched off; with `on_pin`, told the id, and x, y when it is now pinned, nodes can be pinned.

    `rev` must change when the set of nodes does. `origin` is the node new ones gather around. `words` name buttons.
    """
    data = {
        **payload(net),
        "rev": rev,
        "height": height,
        "label": label,
        "origin": origin,
        "chosen": chosen,
        "words": dict(words),
        "file": file,
        "kinds": list(kinds),
        "alive": on_pin is not None,
        "lines": list(lines),
        "heads": list(heads),
    }

    def told(name: str, act: Callable[[Any], None] | None) -> Callable[[], None]:
        def tell() -> None:
            if act and (value := getattr(st.session_state[key], name, None)):
                act(value)

        return tell

    _draw(
        key=key, data=data, on_clicked_change=told("clicked", on_click), on_expand_change=told("expand", on_expand),
        on_hide_change=told("hide", on_hide), on_pin_change=told("pin", on_pin),
    )  # fmt: skip
