"""The graph, or a part of it, for other programs: NetworkX, GraphML, GEXF, CSV.

Nodes and edges are anything with the fields of `Node` and `Edge` here; the pictures of `queries.run` have them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import networkx as nx

from graph.model import NODE, NODES, RELS
from graph.store import Store

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class NodeLike(Protocol):
    """A node: its id, label and properties."""

    @property
    def id(self) -> str:
        """Unique in the graph."""

    @property
    def label(self) -> str:
        """One of the model's."""

    @property
    def properties(self) -> Mapping[str, Any]:
        """Without nulls."""


class EdgeLike(Protocol):
    """A relationship between the nodes with these ids."""

    @property
    def source(self) -> str:
        """Id of the node it starts from."""

    @property
    def target(self) -> str:
        """Id of the node it ends at."""

    @property
    def type(self) -> str:
        """One of the model's."""

    @property
    def properties(self) -> Mapping[str, Any]:
        """Without nulls."""


class GraphNode(NamedTuple):
    """A node of the whole graph."""

    id: str
    label: str
    properties: dict[str, Any]


class GraphEdge(NamedTuple):
    """A relationship of the whole graph."""

    source: str
    target: str
    type: str
    properties: dict[str, Any]


def whole_nodes(store: Store) -> Iterator[GraphNode]:
    """Every node of the graph, label by label, in the order of ids."""
    for kind in NODES:
        rows = store.run(f"MATCH (n:{kind.label}) RETURN n.id AS ident, properties(n) AS props ORDER BY ident")
        for row in rows:
            yield GraphNode(row["ident"], kind.label, row["props"])


def whole_edges(store: Store) -> Iterator[GraphEdge]:
    """Every relationship of the graph, type by type, in the order of its ends."""
    for rel in RELS:
        for start, end in rel.pairs:
            rows = store.run(
                f"MATCH (a:{start})-[r:{rel.name}]->(b:{end}) RETURN a.id AS source, b.id AS target, "
                "properties(r) AS props ORDER BY source, target"
            )
            for row in rows:
                yield GraphEdge(row["source"], row["target"], rel.name, row["props"])


def to_networkx(nodes: Iterable[NodeLike], edges: Iterable[EdgeLike]) -> nx.MultiDiGraph[str]:
    """A directed multigraph with the properties as they are.

    Nodes also have `entity` (the label in the model) and `label` (what people call them), edges `type`. An edge whose
    ends are not both among the nodes is left out.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        caption = NODE[node.label].caption if node.label in NODE else "name"
        named = node.properties.get(caption) or node.properties.get("text") or node.id
        graph.add_node(node.id, **{**node.properties, "entity": node.label, "label": named})
    for edge in edges:
        if edge.source in graph and edge.target in graph:
            graph.add_edge(edge.source, edge.target, **{**edge.properties, "type": edge.type})
    return graph


def to_graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    """GraphML as Gephi, yEd and Cytoscape read it; lists become text."""
    return "\n".join(nx.generate_graphml(_plain(graph))).encode()


def to_gexf(graph: nx.MultiDiGraph[str]) -> bytes:
    """GEXF as Gephi reads it; lists become text."""
    out = io.BytesIO()
    nx.write_gexf(_plain(graph), out)
    return out.getvalue()


def _plain(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph with values and names that XML can hold. GEXF keeps `id`, `type`, `label` … for itself."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for ident, properties in graph.nodes(data=True):
        plain.add_node(xml_text(ident), **{k: _scalar(v) for k, v in properties.items() if k != "id" and v is not None})
    for number, (source, target, properties) in enumerate(graph.edges(data=True)):
        given = {("relation" if k == "type" else k): _scalar(v) for k, v in properties.items() if v is not None}
        plain.add_edge(xml_text(source), xml_text(target), key=number, **given)
    return plain


def _scalar(value: object) -> str | int | float | bool:
    if isinstance(value, (bool, int, float)):
        return value
    return xml_text("; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value))


def xml_text(text: str) -> str:
    """The text without the signs that XML cannot hold."""
    return _NOT_XML.sub("", text)


def to_csv(nodes: Iterable[NodeLike], edges: Iterable[EdgeLike]) -> dict[str, bytes]:
    """Two tables, `nodes.csv` and `edges.csv`, in UTF-8 with a mark that spreadsheets know; lists joined by `; `."""
    listed = list(nodes)
    properties = sorted({p for n in listed for p in n.properties} - {"id"})
    links = list(edges)
    more = sorted({p for e in links for p in e.properties})
    return {
        "nodes.csv": table(["id", "entity", *properties],
                           ([n.id, n.label, *(n.properties.get(p) for p in properties)] for n in listed)),
        "edges.csv": table(["source", "type", "target", *more],
                           ([e.source, e.type, e.target, *(e.properties.get(p) for p in more)] for e in links)),
    }  # fmt: skip


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV file that opens rightly in spreadsheets and in which no cell becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([cell_text(v) for v in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def cell_text(value: object) -> str | int | float:
    """A value for a cell of a CSV file. Text a spreadsheet would calculate with gets a `'` in front."""
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    text = text.encode("utf-8", "replace").decode()
    return "'" + text if calculates(text) else text


def calculates(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula: it begins with = + - @, white space aside."""
    return text.lstrip()[:1] in tuple("=+-@＝＋－＠") or text[:1] in tuple("\t\r")
