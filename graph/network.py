"""Which bodies hold the system together: measures of NetworkX on the network of bodies that share tasks."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from graph.store import Store

SAMPLE = 500  # starting points for betweenness in larger networks; the error shrinks with the number of bodies
_BODIES = "MATCH (d:Department) WHERE d.kind <> 'collective' RETURN d.id AS ident, d.name AS name, d.region AS region"
_SHARED = (
    "MATCH (a:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task) "
    "MATCH (t)<-[:LEADS|RESPONSIBLE_FOR|ASSISTS]-(b:Department) "
    "WHERE a.id < b.id AND a.kind <> 'collective' AND b.kind <> 'collective' "
    "RETURN a.id AS one, b.id AS other, count(DISTINCT t.id) AS shared ORDER BY one, other"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A body in the network. `between` (0 to 1) is the share of shortest ways between others that lead through it;
    `cut`: without it the network falls apart; `cluster` numbers bodies that work together most, the largest as 1.
    """

    id: str
    name: str
    region: str
    partners: int
    shared: int  # tasks, counted once for each partner
    between: float
    cut: bool
    cluster: int


def bodies(store: Store) -> nx.Graph[str]:
    """Bodies that share tasks, joined by how many (`shared`); `distance` is the shorter the more they share."""
    graph: nx.Graph[str] = nx.Graph()
    names = {r["ident"]: r for r in store.run(_BODIES)}
    for row in store.run(_SHARED):
        graph.add_edge(row["one"], row["other"], shared=row["shared"], distance=1 / row["shared"])
    for ident in graph:
        graph.nodes[ident].update(name=names[ident]["name"] or ident, region=names[ident]["region"] or "")
    return graph


def standings(store: Store) -> list[Standing]:
    """Every body that shares a task, those that hold the network together first."""
    graph = bodies(store)
    if not graph:
        return []
    sample = SAMPLE if len(graph) > 2 * SAMPLE else None
    between = nx.betweenness_centrality(graph, k=sample, weight="distance", seed=0)
    cut = set(nx.articulation_points(graph))
    clusters = sorted(nx.community.louvain_communities(graph, weight="shared", seed=0), key=lambda c: (-len(c), min(c)))
    number = {ident: n for n, cluster in enumerate(clusters, 1) for ident in cluster}
    found = [
        Standing(
            ident, data["name"], data["region"], graph.degree(ident), graph.degree(ident, weight="shared"),
            round(between[ident], 4), ident in cut, number[ident],
        )
        for ident, data in graph.nodes(data=True)
    ]
    return sorted(found, key=lambda s: (-s.between, -s.shared, s.id))
