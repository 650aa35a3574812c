"""A picture as SVG: columns by kind of node, from documents to people; for reports, without a browser or a server."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from graph.export import xml_text
from queries.catalog import value_title
from queries.chain import MISSING, STAGES
from queries.chain import caption as named
from queries.run import Node, Picture
from ui.columns import rows
from ui.models import FONT, KINDS, short

_COLUMNS = ("Source", "Document", "Period", "LeadingGroup", "Task", "Target", "Department", "Person")
_WIDTH, _HEIGHT = 190, 30  # of a box
EDGE_LABELS = 40  # above it edges go without words
_STEP_X, _STEP_Y, _MARGIN = 290, 44, 24
_ARROW = "M0,0 L8,4 L0,8 z"


def svg(picture: Picture, language: str, missing: str = "") -> bytes:
    """The picture as one SVG file. `missing` stands in the boxes of a chain's missing steps."""
    places = _places(picture)
    width = max((x for x, _ in places.values()), default=0) + _WIDTH + _MARGIN
    height = max((y for _, y in places.values()), default=0) + _HEIGHT + _MARGIN
    root = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", width=str(width), height=str(height),
        viewBox=f"0 0 {width} {height}",
    )  # fmt: skip
    root.set("font-family", FONT)
    arrow = ET.SubElement(
        ET.SubElement(root, "defs"), "marker", id="arrow", markerWidth="8", markerHeight="8", refX="8", refY="4",
        orient="auto",
    )  # fmt: skip
    ET.SubElement(arrow, "path", d=_ARROW, fill="#8a8d93")
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    _edges(root, picture, places, language)
    for node in picture.nodes:
        _box(root, node, *places[node.id], missing)
    return ET.tostring(root, "unicode").encode()


def _places(picture: Picture) -> dict[str, tuple[int, int]]:
    """Left upper corner of each node: a column for each stage or kind in use, nodes near what they are linked to."""
    order: tuple[str, ...] = _COLUMNS
    column: Callable[[Node], str] = _label
    if any("stage" in n.properties for n in picture.nodes):
        order, column = STAGES, _stage
    found: dict[str, list[str]] = {}
    for node in picture.nodes:
        found.setdefault(column(node), []).append(node.id)
    columns = [found[name] for name in (*order, *sorted(found.keys() - set(order))) if name in found]
    if len(columns) == 1:  # bodies among themselves: as many columns as make a square, so that lines can be told apart
        size = max(1, round(len(columns[0]) ** 0.5))
        columns = [columns[0][i::size] for i in range(size)]
    at = rows(columns, ((e.source, e.target) for e in picture.edges))
    return {
        i: (_MARGIN + x * _STEP_X, _MARGIN + round(at[i] * _STEP_Y))
        for x, members in enumerate(columns)
        for i in members
    }


def _label(node: Node) -> str:
    return node.label


def _stage(node: Node) -> str:
    return str(node.properties["stage"])


def _edges(root: ET.Element, picture: Picture, places: dict[str, tuple[int, int]], language: str) -> None:
    lines = dict.fromkeys((e.source, e.target, e.type) for e in picture.edges)
    for source, target, kind in lines:
        (x1, y1), (x2, y2) = places[source], places[target]
        right = x2 > x1
        start, end = x1 + (_WIDTH if right or x1 == x2 else 0), x2 + (0 if right else _WIDTH)
        bend = 60 if x1 == x2 else (end - start) // 2
        y1, y2 = y1 + _HEIGHT // 2, y2 + _HEIGHT // 2
        leave, arrive = (start + bend, end + bend) if x1 == x2 else (start + bend, end - bend)
        line = ET.SubElement(root, "path", d=f"M{start},{y1} C{leave},{y1} {arrive},{y2} {end},{y2}", fill="none")
        line.set("stroke", "#8a8d93")
        line.set("marker-end", "url(#arrow)")
        if kind == MISSING:
            line.set("stroke-dasharray", "4 4")
            continue
        said = value_title("rel_type", kind, language)
        ET.SubElement(line, "title").text = said
        if len(lines) <= EDGE_LABELS:
            middle = start + 45 if x1 == x2 else (start + end) // 2
            words = ET.SubElement(root, "text", x=str(middle), y=str((y1 + y2) // 2 - 4), fill="#5d6066")
            words.set("font-size", "11")
            words.set("text-anchor", "middle")
            words.text = said


def _box(root: ET.Element, node: Node, x: int, y: int, missing: str) -> None:
    gone = node.label == MISSING
    name = missing if gone else xml_text(named(node))
    group = ET.SubElement(root, "g")
    ET.SubElement(group, "title").text = name
    colour = "#9a1f24" if gone else KINDS.get(node.label, KINDS["Source"]).colour
    box = ET.SubElement(
        group, "rect", x=str(x), y=str(y), width=str(_WIDTH), height=str(_HEIGHT), rx="4", fill="#ffffff", stroke=colour
    )
    box.set("stroke-width", "1.5")
    if gone:
        box.set("stroke-dasharray", "5 4")
    text = ET.SubElement(group, "text", x=str(x + _WIDTH // 2), y=str(y + 20), fill="#23272c")
    text.set("font-size", "13")
    text.set("text-anchor", "middle")
    text.text = short(name, 13)
