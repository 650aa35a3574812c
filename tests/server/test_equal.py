"""Every canned query gives the same on the embedded engine and on Neo4j: rows, picture and count, with every kind of
parameter, on invented, sample, real and random graphs; and the server has nothing to say about the statements.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import graphs
import neo4j
import pytest

from graph.errors import QueryError
from graph.library import Library
from graph.store import Store, open_store
from graph.store.ladybug import LadybugStore
from graph.store.neo4j import Neo4jStore
from graph.store.sync import sync
from loaders.load import load
from queries import chain, names, path
from queries.catalog import Param, Query, catalog
from queries.run import MAX_ROWS, bind, clean, run, understand

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
GRAPHS, LESS, FEW = 20, 5, 3  # random graphs; the newer server runs fewer of them, CI a few others
DAY = date(2025, 5, 17)
_IDS = {"Region": "MATCH (n:Department|Document) WHERE n.region <> '' RETURN DISTINCT n.region AS ident ORDER BY ident"}
_BY_DEGREE = "MATCH (n:{0})-[r]-(m) RETURN n.id AS ident, count(*) AS n ORDER BY n DESC, ident LIMIT 4"
_OTHERS: dict[str, list[str]] = {
    "Year": ["2025", "2023", "0"], "Text": ["养老", "2025年", "’' OR 1=1 //"], "Int": ["1", "2", "0"],
    "Date": ["2025-06-30", "2019-01-01", "2025-01-01"],
}  # fmt: skip


@pytest.fixture
def opened(server: str) -> Iterator[Neo4jStore]:
    store = open_store(server)
    assert isinstance(store, Neo4jStore)
    yield store
    store.close()


@dataclass
class Patient:
    """A store that waits longer than people would: a server plans a statement for seconds when it first hears it."""

    store: Store

    @property
    def revision(self) -> str:
        return self.store.revision

    def run(
        self, cypher: str, params: Mapping[str, object] | None = None, *, timeout: float = 300
    ) -> list[dict[str, Any]]:
        return self.store.run(cypher, params, timeout=300)

    def close(self) -> None:
        self.store.close()


def values(store: Store, param: Param) -> list[str]:
    """What to ask with: things of this graph with many relationships, and other texts a person may give."""
    if param.type in _OTHERS:
        return [param.example, *_OTHERS[param.type]]
    if param.type == "Choice":
        return list(param.choices)
    rows = store.run(_IDS.get(param.type, _BY_DEGREE.format(param.type)))
    return [r["ident"] for r in rows]


def parameter_sets(store: Store, query: Query, count: int) -> Iterator[dict[str, str]]:
    """Required parameters alone, then all of them, each time with other values."""
    found = {p.name: values(store, p) for p in query.params}
    for number in range(count):
        chosen = [p for p in query.params if number or p.required]
        if all(found[p.name] for p in chosen):
            yield {p.name: found[p.name][number % len(found[p.name])] for p in chosen}


def plain(rows: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Rows without regard to order; maps without nulls, lists (which `collect` orders as it likes) sorted."""
    def value(v: Any) -> Any:
        if isinstance(v, dict):
            return {k: value(x) for k, x in clean(v).items()}
        return sorted(v, key=str) if isinstance(v, list) else v

    return Counter(json.dumps({k: value(v) for k, v in r.items()}, sort_keys=True, ensure_ascii=False) for r in rows)


def compared(embedded: Store, remote: Store, sets: int) -> str:
    """Compare every query; what was compared. Says all that differs at once."""
    remote, wrong, statements, asked, rows = Patient(remote), [], 0, 0, 0
    begun = time.monotonic()
    for query in catalog().values():
        for given in parameter_sets(embedded, query, sets):
            asked += 1
            try:
                resolved = understand(embedded, query, given, today=DAY)
            except QueryError as error:
                raise AssertionError((query.name, given)) from error
            for part in ("rows", "picture", "count"):
                statement = getattr(query, part)
                if not statement:
                    continue
                statements += 1
                bound = bind(statement, query, resolved, MAX_ROWS)
                one, other = plain(embedded.run(statement, bound)), plain(remote.run(statement, bound))
                rows += one.total()
                if one != other:
                    first = [list((a - b).items())[:1] for a, b in ((one, other), (other, one))]
                    wrong.append(f"{query.name} {part} {given}: {one.total()} / {other.total()} rows, {first}")
            mine, theirs = (run(s, query, given, limit=50, today=DAY) for s in (embedded, remote))
            if (mine.rows, mine.total, mine.failing) != (theirs.rows, theirs.total, theirs.failing):
                wrong.append(f"{query.name} {given}: cut at 50 rows, other rows or another order")
    assert not wrong, "\n" + "\n".join(wrong)
    assert rows, "nothing was compared"
    return f"{len(catalog())} queries, {asked:4} questions, {statements:4} statements, {rows:6} rows equal, " \
           f"{time.monotonic() - begun:5.1f} s"  # fmt: skip


@pytest.mark.matrix
def test_the_invented_graph(server: str, empty: str, opened: Neo4jStore, world: LadybugStore) -> None:
    sync(world, server)
    print("world    ", compared(world, opened, 4))


def test_the_samples(server: str, empty: str, opened: Neo4jStore, loaded: LadybugStore) -> None:
    sync(loaded, server)
    print("samples  ", compared(loaded, opened, 4))
    for kind in ("Department", "Document", "Person", "LeadingGroup", "Region"):
        assert names.names(loaded, kind).by_id == names.names(opened, kind).by_id
    bodies = [r["ident"] for r in loaded.run(_BY_DEGREE.format("Department"))]
    assert chain.chain(loaded, "Department", bodies[0]).rows() == chain.chain(opened, "Department", bodies[0]).rows()
    ways = [path.shortest(s, ("Department", bodies[0]), ("Department", bodies[3])) for s in (loaded, opened)]
    assert ways[0] == ways[1] and ways[0].edges


@pytest.mark.matrix
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not part of the repository")
def test_the_corpus(server: str, empty: str, opened: Neo4jStore, tmp_path: Path) -> None:
    library = Library.create(tmp_path / "corpus")
    load(library, [CORPUS])
    with LadybugStore(library.graph_file or "") as store:
        print("corpus   ", sync(store, server))
        print("corpus   ", compared(store, opened, 3))


def test_a_few_graphs_made_by_chance(server: str, empty: str, opened: Neo4jStore, tmp_path: Path) -> None:
    by_chance(range(GRAPHS, GRAPHS + FEW), server, opened, tmp_path)


@pytest.mark.matrix
def test_graphs_made_by_chance(
    server: str, empty: str, opened: Neo4jStore, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    by_chance(range(LESS if "2026" in request.node.name else GRAPHS), server, opened, tmp_path)


def by_chance(seeds: range, server: str, opened: Neo4jStore, folder: Path) -> None:
    """Compare every query on the graphs of these numbers; say all that differs at once."""
    wrong = []
    for seed in seeds:
        with LadybugStore(graphs.build(folder / str(seed), seed)) as store:
            sync(store, server)
            try:
                print(f"chance {seed:2}", compared(store, opened, 2), flush=True)
            except AssertionError as error:
                wrong.append(f"graph {seed}: {error}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.matrix
def test_the_server_has_nothing_to_say_about_the_statements(
    server: str, empty: str, driver: neo4j.Driver, world: LadybugStore, tmp_path: Path
) -> None:
    """No deprecation, no unknown label, type or property, in any statement; on a server where all of them exist."""
    with LadybugStore(graphs.build(tmp_path, 0)) as store:  # its nodes have every property at least once
        sync(store, server)
    sync(world, server)
    said = []
    with driver.session(database=empty, notifications_min_severity="INFORMATION") as session:
        for query in catalog().values():
            given = next(parameter_sets(world, query, 2))
            resolved = understand(world, query, given, today=DAY)
            for part in ("rows", "picture", "count"):
                if statement := getattr(query, part):
                    summary = session.run("EXPLAIN " + statement, bind(statement, query, resolved, 10)).consume()
                    assert summary.query_type == "r"
                    said += [f"{query.name} {part}: {s.raw_classification}: {s.status_description}"
                             for s in summary.gql_status_objects
                             if s.is_notification and s.raw_classification in ("DEPRECATION", "UNRECOGNIZED")]
        # the check itself can fail
        for bad in ("MATCH (n:Tsak) RETURN n AS n", "MATCH (n:Task) RETURN n.tilte AS n",
                    "MATCH (n:Task) CALL { WITH n RETURN 1 AS x } RETURN x AS x"):  # fmt: skip
            found = session.run("EXPLAIN " + bad).consume().gql_status_objects
            assert any(s.raw_classification in ("DEPRECATION", "UNRECOGNIZED") for s in found), bad
    assert not said, "\n".join(said)
