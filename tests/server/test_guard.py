"""What may be asked: only what reads the graph; and the full-text index finds what the search without it finds."""

from __future__ import annotations

from collections.abc import Iterator

import neo4j
import pytest

from graph.errors import QueryError, QueryTimeout
from graph.store import open_store
from graph.store.ladybug import LadybugStore
from graph.store.neo4j import Neo4jStore
from graph.store.sync import sync
from queries.run import run

REFUSED = [
    "CREATE (n:X) RETURN n.id AS i",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n:Task) SET n.title = 'x' RETURN n.id AS i",
    "MERGE (n:Task {id: 'x'}) RETURN n.id AS i",
    "CREATE INDEX FOR (n:X) ON (n.a)",
    "DROP CONSTRAINT zeren_Task_id",
    "CREATE USER x SET PASSWORD 'abcdefgh1'",
    "ALTER CURRENT USER SET PASSWORD FROM 'ci-password-1' TO 'abcdefgh1'",
    "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l AS l",
    "LOAD CSV FROM 'http://127.0.0.1:9/x' AS l RETURN l AS l",
    "MATCH (n:Task) CALL (n) { LOAD CSV FROM 'file:///x' AS l RETURN l AS l } RETURN l AS l",
    "SHOW TRANSACTIONS", "SHOW SETTINGS", "SHOW USERS", "SHOW DATABASES", "SHOW PROCEDURES",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CALL dbms.listConfig() YIELD name RETURN name AS name",
    "CALL dbms.killConnection('x')", "CALL db.clearQueryCaches()", "CALL db.prepareForReplanning()",
    "CALL tx.setMetaData({a: 1})", "CALL db.createLabel('X')",
    "EXPLAIN CREATE (n:X)", "PROFILE MATCH (n) DETACH DELETE n", "CYPHER 5 CREATE (n:X)",
    "CALL () { CREATE (n:X) } IN TRANSACTIONS",
    "RETURN 1 AS a; CREATE (n:X)", "\\u0053HOW SETTINGS", "show settings", "USE system SHOW DATABASES",
    "MATCH (n:Task) SET n.title = $x RETURN n.id AS i".replace("$x", "'y'"), "CREATE DATABASE other",
]  # fmt: skip


@pytest.fixture
def opened(server: str, empty: str, world: LadybugStore) -> Iterator[Neo4jStore]:
    sync(world, server)
    store = open_store(server)
    assert isinstance(store, Neo4jStore)
    yield store
    store.close()


def test_only_reading_the_graph_is_allowed(opened: Neo4jStore, driver: neo4j.Driver) -> None:
    def state() -> list[object]:
        return [r.data() for q in ("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r",
                                   "SHOW INDEXES YIELD name RETURN collect(name) AS names")
                for r in driver.execute_query(q).records]  # fmt: skip

    before = state()
    for statement in REFUSED:
        with pytest.raises(QueryError):
            opened.run(statement)
            pytest.fail(statement)
    assert state() == before
    for allowed in ("MATCH (n:Task) RETURN count(*) AS n", "CALL db.labels() YIELD label RETURN count(label) AS n",
                    "MATCH (a:Department)-[:LEADS]->+(t:Task) RETURN count(*) AS n"):  # fmt: skip
        assert opened.run(allowed)[0]["n"] > 0


def test_the_server_itself_refuses_to_write_in_read_mode(driver: neo4j.Driver, opened: Neo4jStore) -> None:
    """What the gate rests on; a server that only looks like Neo4j may let this through."""
    with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        for statement in ("CREATE (n:X)", "CREATE INDEX FOR (n:X) ON (n.a)"):
            with pytest.raises(neo4j.exceptions.ClientError) as caught:
                session.run(statement).consume()
            assert caught.value.code == "Neo.ClientError.Statement.AccessMode"


def test_a_slow_query_is_stopped(opened: Neo4jStore) -> None:
    slow = " ".join(f"UNWIND range(1, 100000) AS {x}" for x in "abc") + " RETURN sum(a + b + c) AS s"
    with pytest.raises(QueryTimeout):
        opened.run(slow, timeout=0.5)
    assert opened.run("RETURN 1 AS x") == [{"x": 1}]


@pytest.mark.parametrize(
    ("text", "indexed"),
    [("养老服务", True), ("服务", True), ("没有这样的词", True), ("养", False), ("养老服务中心12处", False),
     ("12处", False), ("2025年", False), ("助餐。", False), ('"养老" OR 服务', False), ("\\", False), ("养老*", False)],
)  # fmt: skip
def test_the_index_finds_what_the_search_without_it_finds(
    opened: Neo4jStore, world: LadybugStore, text: str, indexed: bool
) -> None:
    assert run(opened, "search", {"text": text}).rows == run(world, "search", {"text": text}).rows
    assert any("fulltext" in s for s in opened._gated) == indexed


def test_the_index_is_only_put_before_a_condition_that_must_hold(opened: Neo4jStore) -> None:
    given = {"text": "养老服务"}
    must = "MATCH (t:Task)\nWHERE (t.title CONTAINS $text) AND t.kind = 'task'\nRETURN count(*) AS n"
    assert opened._with_index(must, given) != must
    for may in (must.replace("AND", "OR"), must.replace("title", "number"), must.replace("Task", "Person"),
                must.replace("MATCH", "OPTIONAL MATCH", 1)):  # fmt: skip
        assert opened._with_index(may, given) == may
