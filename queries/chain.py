"""On whose authority, and who answers: the ways from a node up to the policies it rests on and down to people.

A chain runs from authority to people: national → provincial → municipal → district (→ township) document → task →
body → person; a leading group stands where a task would. From the start, parents are followed upwards (a document's
are the works it cites that stand as high or higher) and children downwards. Every step carries the sentence that
links it to the step before; a step that the documents do not show is there too, marked as missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from graph.errors import UnknownName
from graph.model import NODE
from graph.store import Store
from queries.nodes import node as find_node
from queries.run import Edge, Node, Picture, collect

# columns of a chain, left to right; `unplaced` holds works whose level is not known
STAGES = ("unplaced", "national", "provincial", "municipal", "district", "township", "task", "group", "body", "person")
LEVELS = STAGES[1:6]
MISSING = "Missing"  # label of a step that is not there, and type of the links to it
_STAGE_OF = {"Task": "task", "Target": "task", "LeadingGroup": "group", "Department": "body", "Person": "person"}
MAX_WAYS = 200
_PER_STEP = 400  # relationships followed from one frontier
_MAX_STEPS = 8

_PICTURE = (
    "RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties, type(r) AS rel_type, "
    "properties(r) AS rel_properties, b.id AS target_id, labels(b) AS target_labels, "
    "properties(b) AS target_properties "
    "ORDER BY source_id, target_id, rel_type LIMIT $row_limit"
)
# (label of the frontier, direction) → patterns; the frontier's ids are in $ids
_UP = {
    "Document": ["(a:Document)-[r:CITES]->(b:Document) WHERE a.id IN $ids"],
    "Task": ["(a:Document)-[r:ASSIGNS]->(b:Task) WHERE b.id IN $ids"],
    "Target": [
        "(a:Task)-[r:AIMS_AT]->(b:Target) WHERE b.id IN $ids", "(a:Document)-[r:SETS]->(b:Target) WHERE b.id IN $ids",
    ],
    "LeadingGroup": ["(a:Document)-[r:ESTABLISHES]->(b:LeadingGroup) WHERE b.id IN $ids"],
    "Department": ["(a:Department)-[r:LEADS|RESPONSIBLE_FOR]->(b:Task) WHERE a.id IN $ids"],
    "Person": [
        "(a:Person)-[r:ANSWERS_FOR]->(b:Task) WHERE a.id IN $ids",
        "(a:Person)-[r:HOLDS_POST]->(b:Department) WHERE a.id IN $ids",
        "(a:Person)-[r:MEMBER_OF]->(b:LeadingGroup) WHERE a.id IN $ids",
    ],
}  # fmt: skip
_DOWN = {
    "Document": [
        "(a:Document)-[r:CITES]->(b:Document) WHERE b.id IN $ids",
        "(a:Document)-[r:ASSIGNS]->(b:Task) WHERE a.id IN $ids",
    ],
    "Task": [
        "(a:Department)-[r:LEADS|RESPONSIBLE_FOR]->(b:Task) WHERE b.id IN $ids",
        "(a:Person)-[r:ANSWERS_FOR]->(b:Task) WHERE b.id IN $ids",
    ],
    "Target": ["(a:Task)-[r:AIMS_AT]->(b:Target) WHERE b.id IN $ids"],
    "LeadingGroup": ["(a:Person|Department)-[r:MEMBER_OF]->(b:LeadingGroup) WHERE b.id IN $ids"],
    "Department": ["(a:Person)-[r:HOLDS_POST]->(b:Department) WHERE b.id IN $ids"],
    "Person": [],
}  # fmt: skip
# the end of a relationship that stands nearer to authority
_UPPER = {"ASSIGNS": "source", "ESTABLISHES": "source", "SETS": "source", "AIMS_AT": "source"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way. `node` is None where it is missing; `link` joins it to the step before it."""

    stage: str
    node: Node | None
    link: Edge | None = None

    @property
    def caption(self) -> str:
        """What people call it; empty when missing."""
        return caption(self.node) if self.node else ""


@dataclass(frozen=True, slots=True)
class Chain:
    """All ways through the start, each from authority to people. `truncated`: there are more."""

    start: Node
    ways: list[tuple[Step, ...]]
    truncated: bool

    def rows(self) -> list[dict[str, object]]:
        """One row per step: way, stage, node, how it is linked to the step before, sentence and place."""
        return [
            {
                "way": number, "stage": step.stage, "missing": step.node is None,
                "node_id": step.node.id if step.node else "", "node_labels": step.node.label if step.node else "",
                "node": step.caption, "rel_type": step.link.type if step.link else "",
                "quote": step.link.properties.get("quote", "") if step.link else "",
                "evidence": step.link.properties.get("evidence", []) if step.link else [],
                "rule": step.link.properties.get("rule", "") if step.link else "",
            }
            for number, way in enumerate(self.ways, 1)
            for step in way
        ]  # fmt: skip

    def picture(self) -> Picture:
        """The ways as nodes and edges that run from authority to people.

        Each node has its `stage`, which is also its place from left to right (`STAGES`). A missing step is a node
        labelled `Missing`.
        """
        nodes: dict[str, Node] = {}
        edges: dict[tuple[str, str, str], Edge] = {}
        for way in self.ways:
            last = ""
            for step in way:
                ident = step.node.id if step.node else f"missing:{step.stage}:{last or _next_id(way, step)}"
                known = step.node or Node(ident, MISSING, {})
                nodes.setdefault(ident, Node(ident, known.label, known.properties | {"stage": step.stage}))
                if last:
                    kind = step.link.type if step.link else MISSING
                    properties = step.link.properties if step.link else {}
                    edges.setdefault((last, ident, kind), Edge(last, ident, kind, properties))
                last = ident
        return Picture(list(nodes.values()), list(edges.values()), self.truncated)


def caption(node: Node) -> str:
    """The property that names a node to people; a task without a title by its text."""
    named = node.properties.get(NODE[node.label].caption) or node.properties.get("text") or node.id
    return str(named)


def chain(store: Store, label: str, ident: str, through: Collection[str] = (), max_ways: int = MAX_WAYS) -> Chain:
    """The chain of a node. `through`: keep only ways that hold all these ids. Raises UnknownName for no such node."""
    start = find_node(store, ident, label)
    if start is None:
        raise UnknownName(label, ident)
    flow = _Flow(start)
    flow.follow(store, _UP, upwards=True)
    flow.follow(store, _DOWN, upwards=False)
    flow.reduce()
    ways: dict[tuple[str, ...], tuple[Step, ...]] = {}
    truncated = flow.truncated
    for way in flow.ways():
        ids = tuple(s.node.id if s.node else f"-{s.stage}" for s in way)
        if ids not in ways and all(t in ids for t in through):
            if len(ways) == max_ways:
                truncated = True
                break
            ways[ids] = way
    return Chain(start, list(ways.values()), truncated)


class _Flow:
    """The nodes around a start and the links between them, turned so that they run from authority to people."""

    def __init__(self, start: Node) -> None:
        self.start = start
        self.nodes = {start.id: start}
        self.parents: dict[str, dict[str, Edge]] = {}
        self.children: dict[str, dict[str, Edge]] = {}
        self.truncated = False

    def follow(self, store: Store, patterns: dict[str, list[str]], *, upwards: bool) -> None:
        """Everything above (or below) the start, step by step."""
        frontier, seen = [self.start], {self.start.id}
        for _ in range(_MAX_STEPS):
            fresh: dict[str, Node] = {}
            for label in sorted({n.label for n in frontier}):
                ids = [n.id for n in frontier if n.label == label]
                for pattern in patterns.get(label, ()):
                    rows = store.run(f"MATCH {pattern} {_PICTURE}", {"ids": ids, "row_limit": _PER_STEP})
                    # several of one type between two nodes: the stores give them in different orders
                    rows.sort(key=lambda r: (r["source_id"], r["target_id"], r["rel_type"],
                                             str((r["rel_properties"] or {}).get("quote"))))  # fmt: skip
                    self.truncated |= len(rows) == _PER_STEP
                    drawn = collect(rows, 2 * _PER_STEP)
                    known = {n.id: n for n in drawn.nodes}
                    for edge in drawn.edges:
                        upper, lower = _turned(edge)
                        near, far = (lower, upper) if upwards else (upper, lower)
                        if near not in ids or not _descends(known[upper], known[lower]):
                            continue
                        self._link(known[upper], known[lower], edge)
                        if far not in seen:
                            seen.add(far)
                            fresh[far] = known[far]
            frontier = list(fresh.values())
            if not frontier:
                break

    def _link(self, upper: Node, lower: Node, edge: Edge) -> None:
        self.nodes.setdefault(upper.id, upper)
        self.nodes.setdefault(lower.id, lower)
        self.parents.setdefault(lower.id, {}).setdefault(upper.id, edge)
        self.children.setdefault(upper.id, {}).setdefault(lower.id, edge)

    def reduce(self) -> None:
        """Leave out a citation of a work that is reached through another cited work as well."""
        documents = [i for i, n in self.nodes.items() if n.label == "Document"]
        for ident in documents:
            cited = [p for p in self.parents.get(ident, ()) if self.nodes[p].label == "Document"]
            for far in cited:
                if any(far in self._above(near) for near in cited if near != far):
                    del self.parents[ident][far]
                    del self.children[far][ident]

    def _above(self, ident: str) -> set[str]:
        found: set[str] = set()
        todo = [ident]
        while todo:
            for parent in self.parents.get(todo.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    todo.append(parent)
        return found - {ident}

    def ways(self) -> Iterator[tuple[Step, ...]]:
        """Every way from a top through the start to a bottom, missing steps put in."""
        downs = list(islice(self._walks([self.start.id], self.children), MAX_WAYS))
        for up in self._walks([self.start.id], self.parents):
            for down in downs:
                ids = [*reversed(up), *down[1:]]
                if self._in_office(ids):
                    yield tuple(self._complete(ids))
                elif not any(self._in_office([*ids[:-1], p]) for p in self.children.get(ids[-2], ())):
                    yield tuple(self._complete(ids[:-1]))

    def _in_office(self, ids: list[str]) -> bool:
        """Whether the person at the end still held the post when the document above was issued."""
        link = self.parents.get(ids[-1], {}).get(ids[-2]) if len(ids) > 1 else None
        if link is None or link.type != "HOLDS_POST" or self.start.id == ids[-1]:
            return True
        until = link.properties.get("until_date")
        issued = [self.nodes[i].properties.get("issued_on") for i in ids if self.nodes[i].label == "Document"]
        return not until or not issued or not issued[-1] or until > issued[-1]

    def _walks(self, walked: list[str], links: dict[str, dict[str, Edge]]) -> Iterator[list[str]]:
        onward = sorted(set(links.get(walked[-1], ())) - set(walked), key=self._order)
        if not onward:
            yield walked
        for ident in onward:
            yield from self._walks([*walked, ident], links)

    def _order(self, ident: str) -> tuple[int, int, str]:
        node = self.nodes[ident]
        return STAGES.index(_stage(node)), node.properties.get("position") or 0, ident

    def _complete(self, ids: list[str]) -> Iterator[Step]:
        steps = [self._step(ident, ids[at - 1] if at else "") for at, ident in enumerate(ids)]
        stages = {s.stage for s in steps}
        lowest = max((LEVELS.index(s) for s in stages if s in LEVELS), default=-1)
        needed = [*LEVELS[: lowest + 1], *([] if "group" in stages else ["task"]), "body", "person"]
        if stages & {"person"} and not stages & {"body"}:  # named in the task or group himself
            needed.remove("body")
        gaps = [s for s in needed if s not in stages]
        for step in steps:
            while gaps and STAGES.index(gaps[0]) < STAGES.index(step.stage):
                yield Step(gaps.pop(0), None)
            yield step
        yield from (Step(stage, None) for stage in gaps)

    def _step(self, ident: str, above: str) -> Step:
        node = self.nodes[ident]
        return Step(_stage(node), node, self.parents.get(ident, {}).get(above))


def _stage(node: Node) -> str:
    if node.label == "Document":
        level = node.properties.get("level")
        return str(level) if level in LEVELS else "unplaced"
    return _STAGE_OF[node.label]


def _turned(edge: Edge) -> tuple[str, str]:
    """Ids of the end nearer to authority and of the other one."""
    return (edge.source, edge.target) if edge.type in _UPPER else (edge.target, edge.source)


def _descends(upper: Node, lower: Node) -> bool:
    """Whether the upper node stands at least as high; a work of unknown level does."""
    return STAGES.index(_stage(upper)) <= STAGES.index(_stage(lower))


def _next_id(way: tuple[Step, ...], step: Step) -> str:
    """The first node after a missing step at the top of a way: so that tops of different ways stay apart."""
    after = way[way.index(step) :]
    return next((s.node.id for s in after if s.node), "")

