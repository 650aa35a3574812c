"""For offices with scripts on py2neo (extra `zeren[py2neo]`): pictures as its Subgraph, its Graph on a store's URL.

py2neo has reached its end of life (2021.2.4 is the last version; its authors recommend the official driver). It speaks
Bolt 4.3 and older, which Neo4j 5.26 and 2026 still accept and may drop with any version: then `graph` here fails and
nothing else does. It knows no element ids, no server routing, and its `py2neo.schema` module no longer works (use
`graph.run("CREATE CONSTRAINT …")`). Nothing in Zeren itself is built on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.errors import StoreError
from graph.export import EdgeLike, NodeLike
from graph.store.neo4j import address

if TYPE_CHECKING:
    from py2neo import Graph, Subgraph


def graph(url: str) -> Graph:
    """A `py2neo.Graph` on a store's URL, `neo4j://user@host[:port][/database]`.

    The password comes from ZEREN_NEO4J_PASSWORD. Raises StoreError when py2neo is missing or cannot connect.
    """
    try:
        import py2neo
    except ImportError:
        raise StoreError("py2neo is missing: install zeren[py2neo].", "缺少 py2neo:请安装 zeren[py2neo]。") from None
    at = address(url)
    # py2neo's routing fails on current servers: always one connection to the server named
    server = at.server.replace("neo4j", "bolt", 1)
    try:
        made = py2neo.Graph(server, auth=(at.user, at.password), name=at.database)
        made.run("RETURN 1").evaluate()
    except Exception as error:  # py2neo raises errors of many kinds, some of them strings of the server
        cause = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise StoreError(f"py2neo cannot use {at.shown}: {cause}", f"py2neo 无法使用 {at.shown}:{cause}") from error
    return made


def subgraph(nodes: Iterable[NodeLike], edges: Iterable[EdgeLike]) -> Subgraph:
    """Nodes and relationships, such as a query's picture has, as a `py2neo.Subgraph`.

    Each node is known by its label and `id`, so that `graph.merge(subgraph)` finds those that are there. Relationships
    whose ends are not among the nodes are left out. Raises StoreError when py2neo is missing.
    """
    try:
        from py2neo import Node, Relationship, Subgraph
    except ImportError:
        raise StoreError("py2neo is missing: install zeren[py2neo].", "缺少 py2neo:请安装 zeren[py2neo]。") from None
    made = {}
    for one in nodes:
        node = Node(one.label, **{**one.properties, "id": one.id})
        node.__primarylabel__, node.__primarykey__ = one.label, "id"
        made[one.id] = node
    kept = [e for e in edges if e.source in made and e.target in made]
    links = [Relationship(made[e.source], e.type, made[e.target], **e.properties) for e in kept]
    return Subgraph(list(made.values()), links)
