"""Real Neo4j servers, one for each version and run; the external one that ZEREN_TEST_NEO4J names instead of both."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph.library import Library
from graph.store import open_store
from graph.store.ladybug import LadybugStore
from graph.store.neo4j import PASSWORD as VARIABLE
from graph.store.neo4j import address

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "queries"))
import servers
import world as invented

EXTERNAL = os.environ.get("ZEREN_TEST_NEO4J", "")
VERSIONS = [EXTERNAL] if EXTERNAL else [servers.LTS, servers.CURRENT]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "server" in metafunc.fixturenames:
        ids = ["external"] if EXTERNAL else VERSIONS
        metafunc.parametrize("server", VERSIONS, ids=ids, indirect=True, scope="session")


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server; its password is in the environment. Its one database is everybody's."""
    version: str = request.param
    if EXTERNAL:
        yield EXTERNAL
        return
    needs(version)
    with servers.started(tmp_path_factory.mktemp("neo4j"), version) as running:
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = servers.PASSWORD
        print(f"\nNeo4j {version} answered after {running.seconds:.1f} s, {running.megabytes()} MB resident")
        yield running.url
        print(f"\nNeo4j {version} ends with {running.megabytes()} MB resident")
        os.environ.pop(VARIABLE) if before is None else os.environ.update({VARIABLE: before})


def needs(version: str) -> None:
    """Skip where this version cannot be run; in CI that is a failure."""
    if trouble := servers.missing(version):
        assert not os.environ.get("CI"), trouble
        pytest.skip(trouble)


@pytest.fixture
def driver(server: str) -> Iterator[neo4j.Driver]:
    """The official driver, past our own code."""
    at = address(server)
    with neo4j.GraphDatabase.driver(at.server, auth=(at.user, at.password)) as made:
        yield made


@pytest.fixture
def empty(driver: neo4j.Driver) -> str:
    """The server without nodes; the name of its database."""
    with driver.session(database="neo4j") as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
    return "neo4j"


@pytest.fixture
def bare(driver: neo4j.Driver, empty: str) -> str:
    """The server without nodes, indexes and constraints; it forgets its plans, so few tests should ask for this."""
    with driver.session(database=empty) as session:
        for kind, kinds in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
            for row in list(session.run(f"SHOW {kinds} YIELD name, type WHERE type <> 'LOOKUP' RETURN name")):
                session.run(f"DROP {kind} `{row['name']}` IF EXISTS").consume()
    return empty


@pytest.fixture(scope="session")
def loaded(library: Path) -> Iterator[LadybugStore]:
    """The graph of the samples."""
    with LadybugStore(Library(library).graph_file or "") as store:
        yield store


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LadybugStore]:
    """The invented graph with every label and type."""
    store = open_store(invented.build(tmp_path_factory.mktemp("world")))
    assert isinstance(store, LadybugStore)
    yield store
    store.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and not item.get_closest_marker("timeout"):
            # a cold server plans slowly
            item.add_marker(pytest.mark.timeout(7200 if item.get_closest_marker("matrix") else 900))
