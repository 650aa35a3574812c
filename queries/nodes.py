"""Single nodes: what an id is, and what it is directly related to. For pictures that grow by clicking.

The statements are made once per label of the model, never from what a person typed.
"""

from __future__ import annotations

from graph.model import NODES
from graph.store import Store
from queries.run import PICTURE_NODES, Node, Picture, clean, collect

_RETURN = (
    "RETURN {0}.id AS source_id, labels({0}) AS source_labels, properties({0}) AS source_properties, "
    "type(r) AS rel_type, properties(r) AS rel_properties, "
    "{1}.id AS target_id, labels({1}) AS target_labels, properties({1}) AS target_properties "
    "ORDER BY rel_type, {2} LIMIT $row_limit"
)
_ONE = {n.label: f"MATCH (n:{n.label} {{id: $ident}}) RETURN properties(n) AS props" for n in NODES}
_OUT = {
    n.label: f"MATCH (n:{n.label} {{id: $ident}})-[r]->(m) " + _RETURN.format("n", "m", "target_id") for n in NODES
}
_IN = {
    n.label: f"MATCH (n:{n.label} {{id: $ident}})<-[r]-(m) " + _RETURN.format("m", "n", "source_id") for n in NODES
}
# where an id of each shape is likely: `document#task`, `owner!target`, `document@group`, `region/body`
_MARKS = (("#", "Task"), ("!", "Target"), ("@", "LeadingGroup"), ("/", "Department"))


def node(store: Store, ident: str, label: str = "") -> Node | None:
    """The node with this id, of `label` if given; None when there is none."""
    likely = [kind for mark, kind in reversed(_MARKS) if mark in ident]
    labels = [label] if label else [*likely, *(n.label for n in NODES if n.label not in likely)]
    for kind in labels:
        if rows := store.run(_ONE[kind], {"ident": ident}):
            return Node(ident, kind, clean(rows[0]["props"]))
    return None


def neighbours(store: Store, label: str, ident: str, limit: int = PICTURE_NODES) -> Picture:
    """A node and what it is directly related to, at most `limit` nodes in all; empty when there is no such node."""
    found = node(store, ident, label)
    if found is None:
        return Picture([], [], False)
    given: dict[str, object] = {"ident": ident, "row_limit": limit * 4}
    rows = [*store.run(_OUT[label], given), *store.run(_IN[label], given)]
    near = collect(rows, limit, more=len(rows) >= limit * 4)
    return near if near.nodes else Picture([found], [], False)
