"""From query results to what the pages draw: tables, networks, text segments. Free of Streamlit.

A table cell is plain text or a number, or a dict: `t` text, `h` address it leads to, `r` role it is a mark of, `k` kind
of node it names, `s` small addition, `m` a mark after it, `q` a quote below it and `qh` where that leads, `o` what to
sort by.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from graph.model import NODE
from queries.chain import MISSING, STAGES, Chain
from queries.run import Edge, Node, Picture
from ui.columns import rows

if TYPE_CHECKING:
    from pyvis.network import Network

    from loaders.facts import Document, Fact

Cell = str | int | float | dict[str, Any] | None
ColumnKind = Literal["text", "short", "quote", "role", "number"]

NODE_LIMIT = 150  # more cannot be read (measured: at 150 ordinary labels already fade at fit zoom)
EDGE_LABELS = 12  # above it edges go without words: the legend tells them apart, and pointing at one names it
LABEL_LENGTH = 14
LINE_LENGTH = 8  # a name in a picture stands on two lines when it is longer
LIT = "#c2454a"  # a way between two nodes; reads on light and on dark paper


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of node is drawn: a shape and a colour that reads on light and on dark paper, and its size."""

    shape: str
    colour: str
    size: int


KINDS: dict[str, Kind] = {
    "Document": Kind("triangle", "#8467ae", 15),
    "Task": Kind("square", "#bd7d22", 11),
    "Department": Kind("dot", "#3c74b2", 17),
    "Target": Kind("diamond", "#429468", 13),
    "Period": Kind("star", "#868b93", 13),
    "Person": Kind("triangleDown", "#2c939b", 13),
    "LeadingGroup": Kind("hexagon", "#b95d82", 15),
    "Source": Kind("square", "#8d8678", 9),
}
# Lines of the three roles differ in width and pattern, not in colour.
EDGES: dict[str, dict[str, Any]] = {
    "LEADS": {"width": 3.5},
    "RESPONSIBLE_FOR": {"width": 1.6},
    "ASSISTS": {"width": 1.6, "dashes": [6, 5]},
}
# So do the others that are met often; what is left is a hairline.
LINES: dict[str, dict[str, Any]] = {
    **EDGES,
    "CITES": {"width": 1.4, "dashes": [1.5, 4]},
    "MEMBER_OF": {"width": 1.2, "dashes": [10, 4, 2, 4]},
}
EDGE_ROLES = ("lead", "responsible", "assist")
LINE_STYLE = {
    "LEADS": "lead",
    "RESPONSIBLE_FOR": "responsible",
    "ASSISTS": "assist",
    "CITES": "cites",
    "MEMBER_OF": "member",
}
ROLE_STYLE = {
    "LEADS": "lead",
    "RESPONSIBLE_FOR": "responsible",
    "ASSISTS": "assist",
    "MEMBER_OF": "member",
    "lead": "lead",
    "responsible": "responsible",
    "assist": "assist",
    "member": "member",
    "target": "direct",
    "deadline": "direct",
    "task": "direct",
    "document": "document",
}

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, sans-serif"
FORCE: dict[str, Any] = {
    "layout": {"improvedLayout": False, "randomSeed": 3},
    "physics": {
        "solver": "forceAtlas2Based",
        "stabilization": {"iterations": 200, "updateInterval": 200},
        "forceAtlas2Based": {"springLength": 120, "avoidOverlap": 0.5},
    },
    "edges": {
        "smooth": False,
        "font": {"size": 11, "face": FONT},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
    },
    "nodes": {"font": {"face": FONT, "size": 13}},
    "interaction": {
        "hover": True,
        "tooltipDelay": 150,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "keyboard": {"enabled": False},
    },
}


ROWS = {1: 37, 2: 50}  # height of a row of boxes by the lines of words in them
BOX_LINE = 10  # characters on a line in a box
SIGN = 13.5  # width of a Chinese character there, in pixels


def layered() -> dict[str, Any]:
    """Options for a picture in columns from left to right."""
    return {
        "physics": {"enabled": False},
        "edges": {
            "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5},
            "font": {"size": 11, "face": FONT},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        },
        "nodes": {
            "shape": "box",
            "color": {"background": "#ffffff"},
            "borderWidthSelected": 3,
            "font": {"face": FONT, "size": 13},
        },
        "interaction": {
            "hover": True,
            "tooltipDelay": 150,
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
            "keyboard": {"enabled": False},
        },
    }


@dataclass(frozen=True, slots=True)
class Column:
    """A column as people see it."""

    key: str
    label: str
    kind: ColumnKind = "text"
    width: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for the screen; `total` counts the rows there are when not all are here."""

    columns: list[Column]
    rows: list[list[Cell]]
    total: int


@dataclass(frozen=True, slots=True)
class Words:
    """How values of the data are said in the language in use: a column's heading, and a value of a column."""

    column: Callable[[str], str]
    value: Callable[[str, object], str]


# the kind of node a column names, by the word it ends with; longer words first
OWNERS = {
    "leading_group": "LeadingGroup",
    "department": "Department",
    "document": "Document",
    "task": "Task",
    "person": "Person",
    "group": "LeadingGroup",
    "target": "Target",
    "period": "Period",
    "source": "Source",
}
HIDDEN = frozenset({"rule", "position", "rank"})
COLUMN_LIMIT = 7  # more cannot be read side by side on a small screen; these go first, downloads keep them
SPARE = ("section", "issued_on", "indicator", "region", "lineage", "doc_number", "other_comparator", "comparator")
LONG_QUOTE = 24
NUMBERED = {"document": "doc_number", "task": "task_number"}
NUMBERS = frozenset({"value", "value_max", "amount", "hops", "total"})
SHORT = frozenset(
    {
        "year",
        "level",
        "document_level",
        "kind",
        "doc_number",
        "document_number",
        "issued_on",
        "number",
        "task_number",
        "comparator",
        "unit",
        "years",
        "deadline",
    }
)


def owner(column: str, columns: Sequence[str]) -> tuple[str, str] | None:
    """(label, id column) of the node that `column` names, or None.

    `task` goes with `task_id`, `other_document` with `other_document_id`, `old_department` with `old_id`.
    """
    for word, label in OWNERS.items():
        if column == word or column.endswith("_" + word):
            front = column.removesuffix(word)
            tail = word.rsplit("_", 1)[-1]
            for ident in (f"{column}_id", f"{front}id" if front else f"{tail}_id"):
                if ident in columns:
                    return label, ident
    return None


def repeated(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], given: Iterable[object]) -> set[str]:
    """Columns that say the same in every row, and what was asked for: the department of a department's tasks."""
    asked = set(given)
    found = {
        c
        for c in columns
        if (o := owner(c, columns)) and rows and len({r[o[1]] for r in rows}) == 1 and rows[0][o[1]] in asked
    }
    return found | ({"lineage"} if "lineage" in columns and all(r["lineage"] == "self" for r in rows) else set())


def is_hidden(column: str) -> bool:
    """Whether a column is for machines: ids, places, rules."""
    return column in HIDDEN or column == "id" or column.endswith(("_id", "evidence", "_labels", "_properties"))


def sheet(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    words: Words,
    link: Callable[[str, str], str],
    sentence: Callable[[Any], str],
    total: int | None = None,
    without: Iterable[str] = (),
) -> Sheet:
    """A query's rows as a table: ids become addresses, quotes lead to their sentence, codes become words.
    A column without any value is left out.

    `link(label, id)` and `sentence(evidence)` give addresses. `without` names columns not to show.
    """
    hidden = set(without)
    # a number stands beside what it numbers, not in a column of its own
    merged = {
        name: number
        for name, number in NUMBERED.items()
        if name in columns and number in columns and name not in hidden
    }
    hidden |= set(merged.values())
    shown = [
        c for c in columns if not is_hidden(c) and c not in hidden and any(r[c] not in (None, "", [], 0) for r in rows)
    ]
    for name in SPARE:
        if len(shown) > COLUMN_LIMIT and name in shown:
            shown.remove(name)
    owners = {c: owner(c, columns) for c in shown}
    kinds: dict[str, ColumnKind] = {c: _column_kind(c, rows) for c in shown}
    heads = [Column(c, words.column(c), kinds[c], _width(c, kinds[c], bool(owners[c]), rows)) for c in shown]
    lines: list[list[Cell]] = []
    for row in rows:
        line: list[Cell] = []
        for c in shown:
            value = row[c]
            if kinds[c] == "quote":
                place = row.get("evidence" if c == "quote" else c.removesuffix("quote") + "evidence")
                line.append(_linked(str(value or ""), sentence(place)))
            elif kinds[c] == "role":
                line.append({"t": words.value(c, value), "r": ROLE_STYLE.get(str(value), "other")} if value else None)
            elif (found := owners[c]) and row.get(found[1]):
                number = str(row[merged[c]] or "") if c in merged else ""
                cell = _linked(_text(value), link(found[0], str(row[found[1]])))
                line.append({**cell, "s": number} if number and isinstance(cell, dict) else cell)
            elif kinds[c] == "number":
                line.append(value)
            else:
                line.append(_said(c, value, words))
        lines.append(line)
    return Sheet(heads, lines, len(lines) if total is None else total)


def _width(column: str, kind: ColumnKind, named: bool, rows: Sequence[Mapping[str, Any]]) -> str:
    if kind == "quote":
        return "34%" if any(len(str(r[column] or "")) > LONG_QUOTE for r in rows) else ""
    return "20%" if named else ""


def _column_kind(column: str, rows: Sequence[Mapping[str, Any]]) -> ColumnKind:
    if column == "quote" or column.endswith("_quote"):
        return "quote"
    if column in ("role", "duty", "via", "through"):
        return "role"
    sample = next((row[column] for row in rows if row[column] not in (None, "")), None)
    if column in NUMBERS or (
        isinstance(sample, (int, float)) and not isinstance(sample, bool) and "year" not in column
    ):
        return "number"
    return "short" if column in SHORT or "year" in column else "text"


def _linked(text: str, address: str) -> Cell:
    return {"t": text, "h": address} if text and address else text


def _said(column: str, value: object, words: Words) -> Cell:
    if isinstance(value, (list, tuple)):
        return "、".join(words.value(column, v) for v in value if v not in (None, ""))
    if value in (None, "", 0) and not isinstance(value, bool):
        return ""
    return words.value(column, value)


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(str(v) for v in value)
    return "" if value is None else str(value)


def short(text: str, length: int = LABEL_LENGTH) -> str:
    """`text`, cut to `length` characters with a sign that more follows."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def wide(text: str) -> float:
    """How wide `text` is, in Chinese characters."""
    return sum(1.0 if ord(c) > 255 else 0.56 for c in text)


def two_lines(text: str, length: int = LINE_LENGTH) -> str:
    """`text` on one line of `length` Chinese characters, or on two of about the same length; cut when they end.

    Words of letters and numbers stay whole, and no line begins with a closing sign.
    """
    text = " ".join(text.split())
    if wide(text) <= length:
        return text
    ends = [i for i in range(1, len(text)) if _may_break(text[i - 1], text[i])]
    fits = [i for i in ends if wide(text[:i]) <= length + 0.8] or [min(length, len(text) - 1)]
    at = min(fits, key=lambda i: (abs(wide(text[:i]) - wide(text) / 2), -i))
    rest = text[at:].lstrip()
    while wide(rest) > length + 0.8:
        rest = rest.removesuffix("…")[:-1] + "…"
    return text[:at].rstrip() + "\n" + rest


def _may_break(one: str, other: str) -> bool:
    word = one.isascii() and other.isascii() and " " not in (one, other)
    return not word and other not in "，。、；：）》”’)…,.;:" and one not in "（《“‘("


def caption(node: Node) -> str:
    """The name people know a node by (its caption in `graph.model`, else the best there is)."""
    kind = NODE.get(node.label)
    names = [kind.caption if kind else "", "title", "name", "text", "label", "doc_number"]
    return next((str(node.properties[n]) for n in names if node.properties.get(n)), node.id)


def told_apart(nodes: Sequence[Node]) -> dict[str, str]:
    """The name of each node; people of one name come with the body that their id holds (`…/name@body`)."""
    names = {n.id: caption(n) for n in nodes}
    seen = Counter((n.label, names[n.id]) for n in nodes)
    twice = {n.id for n in nodes if n.label == "Person" and seen[n.label, names[n.id]] > 1}
    bodies = {i: i.rpartition("/")[2].partition("@")[2] for i in twice}
    return {i: f"{name}（{bodies[i]}）" if bodies.get(i) else name for i, name in names.items()}


def spoken_name(node: Node, name: str) -> str:
    """What tells documents apart at a glance: their title without 关于印发."""
    return re.sub("^关于(?:印发|公布|转发|下发)?《?", "", name) if node.label == "Document" else name


def node_key(node: Node) -> str:
    """Kind and id in one, as it stands in addresses."""
    return f"{node.label}:{node.id}"


def limited(picture: Picture, first: Iterable[str] = (), limit: int = NODE_LIMIT) -> Picture:
    """At most `limit` nodes, those with ids in `first` kept before all others, and the relationships among them."""
    if len(picture.nodes) <= limit:
        return picture
    by_id = {n.id: n for n in picture.nodes}
    kept = set(list(dict.fromkeys([*(i for i in first if i in by_id), *by_id]))[:limit])
    return Picture(
        [n for n in picture.nodes if n.id in kept],
        [e for e in picture.edges if e.source in kept and e.target in kept],
        True,
    )


def without(picture: Picture, labels: Iterable[str], kept: Iterable[str] = ()) -> Picture:
    """The picture without nodes of some kinds; those with ids in `kept` stay."""
    gone, stay = set(labels), set(kept)
    nodes = [n for n in picture.nodes if n.label not in gone or n.id in stay]
    ids = {n.id for n in nodes}
    return Picture(nodes, [e for e in picture.edges if e.source in ids and e.target in ids], picture.truncated)


def joined(pictures: Iterable[Picture]) -> Picture:
    """Several pictures as one, every node and relationship once, in the order they come."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, str, str], Edge] = {}
    cut = False
    for one in pictures:
        cut = cut or one.truncated
        for node in one.nodes:
            nodes.setdefault(node.id, node)
        for edge in one.edges:
            edges.setdefault((edge.source, edge.target, edge.type, str(edge.properties.get("quote", ""))), edge)
    return Picture(list(nodes.values()), list(edges.values()), cut)


def network(
    picture: Picture,
    words: Words,
    centre: Iterable[str] = (),
    pins: Mapping[str, tuple[int, int]] | None = None,
    lit: Iterable[tuple[str, str]] = (),
) -> Network:
    """The picture as a pyvis network, as our component draws it; nodes with ids in `centre` are larger.

    `pins` are the places of nodes that stay where they are; edges between the pairs of `lit` are drawn in the accent.

    Several statements of the same role between the same two nodes are one line, with their number in its title.
    """
    from pyvis.network import Network  # pulls IPython: 0.2 s that pages without a picture need not pay

    net = Network(directed=True)
    net.options = FORCE
    middle, way = set(centre), set(lit)
    names = told_apart(picture.nodes)
    for node in picture.nodes:
        kind = KINDS.get(node.label, KINDS["Source"])
        large = node.id in middle
        name = names[node.id]
        look: dict[str, Any] = {
            "shape": kind.shape,
            "color": kind.colour,
            "size": kind.size + (8 if large else 0),
            "font": {"size": 19 if large else 15 if node.label == "Department" else 13},
        }
        if pins and node.id in pins:
            x, y = pins[node.id]
            look |= {"x": x, "y": y, "fixed": {"x": True, "y": True}, "borderWidth": 4}
        net.add_node(
            node.id,
            label=two_lines(spoken_name(node, name)),
            title=f"{words.value('label', node.label)}:{name}",
            **look,
        )
    lines: dict[tuple[str, str, str], int] = {}
    for edge in picture.edges:
        lines[edge.source, edge.target, edge.type] = lines.get((edge.source, edge.target, edge.type), 0) + 1
    for (source, target, kind_of), n in lines.items():
        said = words.value("rel_type", kind_of)
        spoken = {"label": said} if len(lines) <= EDGE_LABELS else {}
        look = {**LINES.get(kind_of, {"width": 0.8})}
        if (source, target) in way or (target, source) in way:
            look |= {"color": {"color": LIT, "highlight": LIT, "hover": LIT}, "width": max(look["width"], 2.6)}
        net.add_edge(source, target, title=said + (f" ×{n}" if n > 1 else ""), **spoken, **look)
    return net


def chain_network(
    picture: Picture, words: Words, stage: Callable[[str], str], missing: Callable[[str], str], start: str
) -> tuple[Network, list[dict[str, Any]]]:
    """A chain from left to right, a column for each stage in use, and what stands above these.

    Steps that are missing are dashed boxes. Lines within a column are marked as such (`side`).
    """
    from pyvis.network import Network

    net = Network(directed=True)
    used = [s for s in STAGES if any(n.properties.get("stage") == s for n in picture.nodes)]
    net.options = layered()
    columns = [[n.id for n in picture.nodes if n.properties["stage"] == stage] for stage in used]
    row = rows(columns, ((e.source, e.target) for e in picture.edges))
    alike = told_apart(picture.nodes)
    names = {n.id: missing(str(n.properties["stage"])) if n.label == MISSING else alike[n.id] for n in picture.nodes}
    labels = {n.id: two_lines(spoken_name(n, names[n.id]), BOX_LINE) for n in picture.nodes}
    high = [ROWS[max(len(labels[i].splitlines()) for i in column)] for column in columns]
    middle = (max(map(len, columns), default=1) - 1) / 2
    heads = column_heads([stage(s) for s in used], [[labels[i] for i in column] for column in columns])
    for node in picture.nodes:
        at = str(node.properties["stage"])
        gone = node.label == MISSING
        kind = KINDS.get(node.label, KINDS["Source"])
        name = names[node.id]
        net.add_node(
            node.id,
            label=labels[node.id],
            title=name if gone else f"{stage(at)}：{name}",
            x=heads[used.index(at)]["x"],
            y=round((row[node.id] - middle) * high[used.index(at)]),
            shape="box",
            widthConstraint=heads[used.index(at)]["wide"] - 12,
            borderWidth=2.5 if node.id == start else 1.5,
            color={
                "border": "#9a1f24" if gone else kind.colour,
                "highlight": {"border": kind.colour},
                "hover": {"border": kind.colour},
            },
            font={"strokeWidth": 0},
            shapeProperties={"borderDashes": [5, 4] if gone else False},
        )
    at_column = {ident: x for x, column in enumerate(columns) for ident in column}
    for edge in picture.edges:
        gone = edge.type == MISSING
        said = "" if gone else words.value("rel_type", edge.type)
        style = {"dashes": [3, 4], "width": 1.0} if gone else EDGES.get(edge.type, {"width": 1.2})
        side = {"side": True} if at_column[edge.source] == at_column[edge.target] else {}
        net.add_edge(edge.source, edge.target, title=said, **style, **side)
    return net, heads


def column_heads(names: Sequence[str], columns: Sequence[Sequence[str]], gap: int = 44) -> list[dict[str, Any]]:
    """Where the columns of a chain stand, each as wide as its words need: `label`, `x` of its middle, `wide`."""
    found: list[dict[str, Any]] = []
    left = 0.0
    for name, labels in zip(names, columns, strict=True):
        width = max(wide(line) for label in [name, *labels] for line in label.splitlines()) * SIGN + 14
        found.append({"label": name, "x": round(left + width / 2), "wide": round(width)})
        left += width + gap
    return found


def steps_sheet(
    chain: Chain,
    words: Words,
    stage: Callable[[str], str],
    link: Callable[[str, str], str],
    sentence: Callable[[Any], str],
) -> Sheet:
    """One row for each step of each way, with its sentence."""
    rows: list[list[Cell]] = []
    for number, way in enumerate(chain.ways, 1):
        for step in way:
            cell = _linked(step.caption, link(step.node.label, step.node.id)) if step.node else None
            if step.node and isinstance(cell, dict):
                cell["k"] = step.node.label
            quote = str(step.link.properties.get("quote") or "") if step.link else ""
            rows.append(
                [
                    number,
                    stage(step.stage),
                    cell,
                    words.value("rel_type", step.link.type) if step.link else "",
                    _linked(quote, sentence(step.link.properties.get("evidence")) if step.link else ""),
                ]
            )
    heads = [
        Column("way", words.column("way"), "number", "4em"),
        Column("stage", words.column("stage"), "short"),
        Column("node", words.column("node")),
        Column("rel_type", words.column("rel_type"), "short"),
        Column("quote", words.column("quote"), "quote", "40%"),
    ]
    return Sheet(heads, rows, len(rows))


def ways_sheet(
    chain: Chain, stage: Callable[[str], str], link: Callable[[str, str], str], sentence: Callable[[Any], str]
) -> Sheet:
    """One row for each way, a column for each stage in use; each step leads to its sentence where it has one."""
    used = [s for s in STAGES if any(step.stage == s for way in chain.ways for step in way)]
    rows: list[list[Cell]] = []
    for way in chain.ways:
        by_stage: dict[str, Cell] = {}
        for step in way:
            if step.node is None:
                continue
            place = sentence(step.link.properties.get("evidence")) if step.link else ""
            by_stage[step.stage] = {
                "t": step.caption,
                "k": step.node.label,
                "h": place or link(step.node.label, step.node.id),
            }
        rows.append([by_stage.get(s) for s in used])
    return Sheet([Column(s, stage(s)) for s in used], rows, len(rows))


def around(picture: Picture, ident: str) -> list[tuple[Edge, Node, bool]]:
    """What one node of a picture is related to: (relationship, other node, whether it leads away from the node)."""
    nodes = {n.id: n for n in picture.nodes}
    found = []
    for edge in picture.edges:
        if edge.source == ident and edge.target in nodes:
            found.append((edge, nodes[edge.target], True))
        elif edge.target == ident and edge.source in nodes:
            found.append((edge, nodes[edge.source], False))
    return found


# --- the reader -------------------------------------------------------------------------------------------------------

MARK_KINDS = (
    "task",
    "lead",
    "responsible",
    "assist",
    "person",
    "deadline",
    "quantity",
    "goal",
    "citation",
    "group",
    "warning",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something read from the text: raw span, kind (one of `MARK_KINDS`), what it says, and the rule that read it."""

    start: int
    end: int
    kind: str
    text: str

    @property
    def id(self) -> str:
        """Its span as it stands in addresses."""
        return f"{self.start}-{self.end}"


def marks(document: Document) -> list[Mark]:
    """Everything read from a document, in reading order."""
    found: list[Mark] = []

    def add(fact: Any, kind: str, text: str) -> None:  # noqa: ANN401
        if fact.end > fact.start:
            found.append(Mark(fact.start, fact.end, kind, text))

    for task in document.tasks:
        add(task, "task", " ".join(filter(None, [task.number, task.title or short(task.text or task.quote, 40)])))
        for a in task.assignments:
            start, end = (a.name_start, a.name_end) if a.name_end > a.name_start else (a.start, a.end)
            if end > start:
                found.append(Mark(start, end, a.role, a.unit))
        for answer in task.answers:
            add(answer, "person", answer.name)
        for deadline in task.deadlines:
            add(deadline, "deadline", deadline.text)
        for quantity in task.quantities:
            add(quantity, "quantity", quantity.text)
    for goal in document.goals:
        add(goal, "goal", goal.text)
        for quantity in goal.quantities:
            add(quantity, "quantity", quantity.text)
    for citation in document.citations:
        places: list[Fact] = [*citation.mentions] or [citation]
        for place in places:
            add(place, "citation", citation.title)
    for group in document.groups:
        add(group, "group", group.name)
        for member in group.members:
            add(member, "person", f"{member.role} {member.name}")
        for unit in group.member_units:
            add(unit, "group", unit.unit)
    for appointment in document.appointments:
        add(appointment, "person", f"{appointment.person} {appointment.post}")
    for division in document.divisions:
        add(division, "person", division.person)
    for phase in document.phases:
        add(phase, "deadline", " ".join(filter(None, [phase.name, phase.when])))
    for warning in document.warnings:
        add(warning, "warning", warning.text or warning.quote)
    return sorted(set(found), key=lambda m: (m.start, -m.end, m.kind))


def segments(
    text: str,
    found: Sequence[Mark],
    markup: Sequence[tuple[int, int, str]] = (),
    focus: tuple[int, int] | None = None,
    window: tuple[int, int] | None = None,
    tips: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The text cut where marks begin and end: `t` text, `k` kinds, `id` of the innermost mark, `tip`, `on` in focus.

    Spans are in code points and may overlap. `markup` (start, end, stand-in) is left out and its stand-in shown
    instead. Only the part within `window` is given. Cut here, not in the browser, which counts UTF-16 units.
    """
    low, high = window or (0, len(text))
    inside = [m for m in found if m.end > low and m.start < high]
    hidden = [(a, b, s) for a, b, s in markup if b > low and a < high]
    points = {low, high}
    for a, b in [*((m.start, m.end) for m in inside), *((a, b) for a, b, _ in hidden), *([focus] if focus else [])]:
        points.update((min(max(a, low), high), min(max(b, low), high)))
    cuts = sorted(points)
    begins: dict[int, list[Mark]] = {}
    for m in inside:
        begins.setdefault(max(m.start, low), []).append(m)
    gone = {max(a, low): (min(b, high), stand) for a, b, stand in hidden}
    active: list[Mark] = []
    out: list[dict[str, Any]] = []
    skip_to = low
    for a, b in pairwise(cuts):
        active = [m for m in active if m.end > a] + begins.get(a, [])
        piece = text[a:b]
        if a in gone:
            skip_to, piece = max(skip_to, gone[a][0]), gone[a][1]
        elif a < skip_to:
            continue
        if not piece:
            continue
        made: dict[str, Any] = {"t": piece}
        if active:
            inner = min(active, key=lambda m: m.end - m.start)
            made["k"] = list(
                dict.fromkeys([m.kind for m in active if m.kind in ("task", "goal", "group")] + [inner.kind])
            )
            if inner.kind not in ("task", "goal", "group"):
                made["id"] = inner.id
            made["tip"] = f"{(tips or {}).get(inner.kind, '')} {inner.text}".strip()
        if focus and focus[0] <= a and b <= focus[1]:
            made["on"] = True
        if out and not made.keys() - {"t"} and not out[-1].keys() - {"t"}:
            out[-1]["t"] += piece
        else:
            out.append(made)
    return out


READER_LIMIT = 120_000  # characters sent at once: 1.4 MB over the wire for 300,000 is too slow


def reader_window(
    length: int, focus: tuple[int, int] | None, start: int = 0, limit: int = READER_LIMIT
) -> tuple[int, int]:
    """The part of a long text to send: around the focus, or from `start`."""
    if length <= limit:
        return 0, length
    low = max(0, focus[0] - limit // 2) if focus else start
    low = min(low, length - limit)
    return low, low + limit


# --- two copies of one document ---------------------------------------------------------------------------------------

_BREAK = re.compile(r"(?<=[。；！？\n])")
_FOLD = str.maketrans("，、；：？！（）［］“”‘’", ",,;:?!()[]\"\"''")
Piece = tuple[str, bool]  # text, whether it differs


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of two copies side by side; `same` when they say the same, up to spaces and widths of signs."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    same: bool


def folded(text: str) -> str:
    """What two copies are compared by: no spaces, signs of one width."""
    return re.sub(r"[\s#*|_>-]+", "", unicodedata.normalize("NFKC", text).translate(_FOLD))


def compared(left: str, right: str) -> list[Pair]:
    """Two copies of a document passage by passage, differing characters marked."""
    a, b = ([p for p in _BREAK.split(text) if folded(p)] for text in (left, right))
    matcher = SequenceMatcher(None, [folded(p) for p in a], [folded(p) for p in b], autojunk=False)
    pairs: list[Pair] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            for x, y in zip(a[i1:i2], b[j1:j2], strict=True):
                pairs.append(Pair(((x.strip(), False),), ((y.strip(), False),), True))
        else:
            pairs.append(_differing("".join(a[i1:i2]).strip(), "".join(b[j1:j2]).strip()))
    return pairs


CLOSE = 4000  # characters of a passage that are still compared one by one


def _differing(left: str, right: str) -> Pair:
    if folded(left) == folded(right):  # only broken elsewhere
        return Pair(((left, False),), ((right, False),), True)
    if not left or not right or max(len(left), len(right)) > CLOSE:
        return Pair(((left, True),) if left else (), ((right, True),) if right else (), False)
    mine: list[Piece] = []
    other: list[Piece] = []
    matcher = SequenceMatcher(lambda c: c.isspace(), left, right, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        for pieces, text in ((mine, left[i1:i2]), (other, right[j1:j2])):
            if text:
                pieces.append((text, kind != "equal" and bool(folded(text))))
    return Pair(tuple(mine), tuple(other), False)
