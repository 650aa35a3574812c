"""The shortest way between two nodes. No syntax for it is common to both stores, so it is searched for here:
breadth first, from both ends, the smaller side first, neighbours in the order of their ids, so that the same way comes
back each time.
"""

from __future__ import annotations

from itertools import pairwise

from graph.model import NODES, RELS
from graph.store import Store
from queries.nodes import node
from queries.run import Edge, Node, Picture, clean

MAX_STEPS = 10
_BLOCK = 2000  # ids per statement
# these join almost everything, so a way through them says nothing
_NO_WAY = {"CARRIES", "DUE_IN", "WITHIN", "COVERS"}
_TYPES = "|".join(r.name for r in RELS if r.name not in _NO_WAY)
_FRONTIER = {
    n.label: f"MATCH (n:{n.label})-[r:{_TYPES}]-(m) WHERE n.id IN $ids "
    "RETURN DISTINCT n.id AS from_id, m.id AS to_id, labels(m) AS to_labels"
    for n in NODES
}
_BETWEEN = {
    n.label: f"MATCH (n:{n.label} {{id: $one}})-[r:{_TYPES}]->(m) WHERE m.id = $other "
    "RETURN type(r) AS rel_type, properties(r) AS props"
    for n in NODES
}
Ref = tuple[str, str]  # label, id


def shortest(store: Store, start: Ref, end: Ref, max_steps: int = MAX_STEPS) -> Picture:
    """Nodes in order from `start` to `end` and the relationships between neighbours; empty when there is no way."""
    way = _search(store, start, end, max_steps)
    nodes = [found for label, ident in way if (found := node(store, ident, label))]
    edges = [e for one, other in pairwise(nodes) for e in _edges(store, one, other)]
    return Picture(nodes, edges, False)


def _search(store: Store, start: Ref, end: Ref, max_steps: int) -> list[Ref]:
    if start == end:
        return [start]
    before: dict[Ref, Ref | None] = {start: None}  # seen from the start → the one it was reached from
    after: dict[Ref, Ref | None] = {end: None}
    near, far = [start], [end]
    for _ in range(max_steps):
        if not near or not far:
            return []
        if len(near) <= len(far):
            near = _step(store, near, before)
            met = [r for r in near if r in after]
        else:
            far = _step(store, far, after)
            met = [r for r in far if r in before]
        if met:
            return _joined(min(met), before, after)
    return []


def _step(store: Store, frontier: list[Ref], seen: dict[Ref, Ref | None]) -> list[Ref]:
    fresh: list[Ref] = []
    by_label: dict[str, list[str]] = {}
    for label, ident in frontier:
        by_label.setdefault(label, []).append(ident)
    for label, ids in sorted(by_label.items()):
        for at in range(0, len(ids), _BLOCK):
            rows = store.run(_FRONTIER[label], {"ids": ids[at : at + _BLOCK]})
            for row in sorted(rows, key=lambda r: (r["from_id"], r["to_labels"], r["to_id"])):
                ref = (row["to_labels"], row["to_id"])
                if ref not in seen:
                    seen[ref] = (label, row["from_id"])
                    fresh.append(ref)
    return fresh


def _joined(middle: Ref, before: dict[Ref, Ref | None], after: dict[Ref, Ref | None]) -> list[Ref]:
    way: list[Ref] = []
    at: Ref | None = middle
    while at:
        way.insert(0, at)
        at = before[at]
    at = after[middle]
    while at:
        way.append(at)
        at = after[at]
    return way


def _edges(store: Store, one: Node, other: Node) -> list[Edge]:
    found = []
    for a, b in ((one, other), (other, one)):
        rows = store.run(_BETWEEN[a.label], {"one": a.id, "other": b.id})
        found += [Edge(a.id, b.id, r["rel_type"], clean(r["props"])) for r in rows]
    return sorted(found, key=lambda e: (e.type, e.source))
