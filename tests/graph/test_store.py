from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import ladybug
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.errors import QueryError, QueryTimeout, StoreError
from graph.model import NODES, RELS
from graph.store import Store, open_store
from graph.store.build import build_graph
from graph.store.ladybug import LadybugStore, address_space, ddl
from graph.store.rows import TABLES, GraphRows, RowWriter
from graph.store.values import adapt, adapt_row, check_params, parameter_names

QUOTES = '他说:"好\'好"\n\t\\ 𠮷'
DOCUMENT = ("青政发〔2023〕5号", "通知", "青政发〔2023〕5号", "通知", "district", "岚江省", None, 2023, True)


def write(folder: Path, *, dangling: bool = False, twice: bool = False) -> GraphRows:
    with RowWriter(folder) as writer:
        assert writer.node("Document", *DOCUMENT)
        assert not writer.node("Document", *DOCUMENT)
        writer.node("Document", "b", None, None, None, None, None, None, None, False)
        for _ in range(2 if twice else 1):
            writer.node("Task", "b#1", "1", "题", QUOTES, "", ["2025", "2026"], "task", 1, QUOTES, [], "r")
        writer.rel(
            "CITES", "Document", "Document", DOCUMENT[0], "nope" if dangling else "b", "根据", "q", ["s:1:2"], "r"
        )
        writer.rel("CITES", "Task", "Document", "b#1", "b", None, "q", ["s:1:2", "t:3:4"], "r")
    return writer.rows


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("graph")
    build_graph(write(folder / "rows"), folder / "graph-12ab.lbug")
    return open_store(folder / "graph-12ab.lbug")


def test_rows_come_back_as_they_went_in(store: Store) -> None:
    rows = store.run(
        "MATCH (n)-[r:CITES]->(m) RETURN n.id AS id, labels(n) AS node_labels, type(r) AS rel_type, "
        "properties(r) AS rel, properties(m) AS other ORDER BY id"
    )
    assert rows == [
        {
            "id": "b#1",
            "node_labels": "Task",
            "rel_type": "CITES",
            "other": {"id": "b", "held": False},
            "rel": {"quote": "q", "evidence": ["s:1:2", "t:3:4"], "rule": "r"},
        },
        {
            "id": DOCUMENT[0],
            "node_labels": "Document",
            "rel_type": "CITES",
            "other": {"id": "b", "held": False},
            "rel": {"basis": "根据", "quote": "q", "evidence": ["s:1:2"], "rule": "r"},
        },
    ]
    [task] = store.run("MATCH (t:Task) RETURN t.text AS text, t.section AS section, t.years AS years, t.evidence AS e")
    assert task == {"text": QUOTES, "section": "", "years": ["2025", "2026"], "e": []}
    assert store.run("MATCH (d:Document) RETURN sum(d.issued_year) AS total, count(*) AS n") == [
        {"total": 2023, "n": 2}
    ]
    assert store.revision == "12ab"


def test_the_macro_survives_opening_again(store: Store, tmp_path: Path) -> None:
    assert isinstance(store, LadybugStore)
    copy = tmp_path / "copy.lbug"
    copy.write_bytes(store.path.read_bytes())
    for _ in range(2):
        with LadybugStore(copy) as again:
            assert again.run("MATCH ()-[r]->() RETURN DISTINCT type(r) AS t") == [{"t": "CITES"}]
    assert [s for s in ddl() if "MACRO" in s] == ["CREATE MACRO type(r) AS label(r)"]


def test_every_label_and_type_of_the_model_has_its_table(store: Store) -> None:
    for node in NODES:
        store.run(f"MATCH (n:{node.label}) RETURN {', '.join(f'n.{p} AS n_{p}' for p in node.properties)}")
    for rel in RELS:
        for start, end in rel.pairs:
            names = ", ".join(f"r.{p} AS r_{p}" for p in rel.properties)
            store.run(f"MATCH (:{start})-[r:{rel.name}]->(:{end}) RETURN {names}")


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Document {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "CREATE MACRO f(x) AS x",
        "MATCH (n:Nothing) RETURN n",
        "MATCH (n RETURN n",
        "RETURN 1 AS a; RETURN 2 AS a",
    ],
)
def test_a_refused_query_is_one_clear_error(store: Store, cypher: str) -> None:
    with pytest.raises(QueryError):
        store.run(cypher)
    assert store.run("MATCH (d:Document) RETURN count(*) AS n") == [{"n": 2}]


@pytest.mark.parametrize(
    ("cypher", "params", "said"),
    [
        ("RETURN $a AS x", {}, "missing: a"),
        ("RETURN 1 AS x", {"a": 1}, "not used: a"),
        ("RETURN $a AS x", {"a": None}, "no value"),
        ("RETURN $a AS x", {"a": [1, None]}, "no value"),
        ("RETURN $a AS x", {"a": 1 << 63}, "out of range"),
        ("RETURN $a AS x", {"a": "\ud800"}, "not valid text"),
    ],
)
def test_parameters_must_fit(store: Store, cypher: str, params: dict[str, Any], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        store.run(cypher, params)


@pytest.mark.parametrize(
    "value", ["'); MATCH (n) DETACH DELETE n; //", QUOTES, "\x00", "$a", "", 7, True, 2.5, ["甲", "乙"]]
)
def test_parameters_are_values(store: Store, value: object) -> None:
    assert store.run("RETURN $a AS x", {"a": value}) == [{"x": value}]


def test_parameter_names() -> None:
    text = 'MATCH (n {id: $one}) /* $no */ WHERE n.`$no` = \'$no\' AND n.x = "$no\\"$no" AND n.y = $two // $no\n'
    text += "RETURN $one"
    assert parameter_names(text) == {"one", "two"}
    with pytest.raises(QueryError):
        check_params(text, {"one": 1})


def test_values_are_alike_on_every_store() -> None:
    class Date:  # as the Neo4j driver has it
        def iso_format(self) -> str:
            return "2025-06-30"

    given = [
        Decimal("12"),
        Decimal("1.5"),
        {"a": None, "b": (1, Decimal("2"))},
        datetime.date(2025, 6, 30),
        Date(),
        True,
    ]
    assert adapt(given) == [12, 1.5, {"b": [1, 2]}, "2025-06-30", "2025-06-30", True]
    assert adapt_row(["n_labels", "labels"], [["Task"], "Task"]) == {"n_labels": "Task", "labels": "Task"}


def test_a_slow_query_is_stopped(store: Store) -> None:
    unwound = " ".join(f"UNWIND range(1, 100000) AS {x}" for x in "abc")
    slow = f"{unwound} RETURN sum(a + b + c) AS s"
    with pytest.raises(QueryTimeout, match=r"0\.2 s"):
        store.run(slow, timeout=0.2)
    assert store.run("RETURN 1 AS x") == [{"x": 1}]


def test_one_database_serves_all_openings(store: Store) -> None:
    assert isinstance(store, LadybugStore)
    second = LadybugStore(store.path)
    assert second._shared is store._shared
    second.close()
    second.close()
    with pytest.raises(StoreError):
        second.run("RETURN 1 AS x")
    with pytest.raises(StoreError):
        next(second.stream("RETURN 1 AS x"))
    assert store.run("RETURN 1 AS x") == [{"x": 1}]


def test_a_statement_too_large_for_the_buffer_costs_nobody_else(store: Store, tmp_path: Path) -> None:
    """Statements under way and other openings go on; the next statements have a database of their own."""
    assert isinstance(store, LadybugStore)
    file = Path(shutil.copy(store.path, tmp_path / "g.lbug"))
    large = "UNWIND range(1, 3000000) AS n RETURN n, n % 7 AS m ORDER BY m, n DESC"
    with LadybugStore(file, 48 << 20) as one, LadybugStore(file) as two:
        before = one._shared
        under_way = two.stream("MATCH (d:Document) RETURN d.id AS id ORDER BY id", 1)
        first = next(under_way)
        for _ in range(12):
            with pytest.raises(QueryError, match="more memory"):
                one.run(large)
            assert one.run("RETURN 1 AS x") == two.run("RETURN 1 AS x") == [{"x": 1}]
        assert one._shared is two._shared is not before
        assert [first, *under_way] == [[r["id"]] for r in two.run("MATCH (d:Document) RETURN d.id AS id ORDER BY id")]


def test_many_query_texts_do_not_fill_the_pool(store: Store) -> None:
    for n in range(300):
        assert store.run(f"MATCH (d:Document) WHERE d.id <> $x RETURN count(*) AS n{n}", {"x": "b"})


@pytest.mark.parametrize("spoil", [{"dangling": True}, {"twice": True}])
def test_a_build_that_fails_leaves_nothing(tmp_path: Path, spoil: dict[str, bool]) -> None:
    with pytest.raises(StoreError, match="could not be built"):
        build_graph(write(tmp_path / "rows", **spoil), tmp_path / "g.lbug")
    assert [p.name for p in tmp_path.iterdir()] == ["rows"]


def test_columns_in_another_order_are_refused(tmp_path: Path) -> None:
    rows = write(tmp_path / "rows")
    [file] = rows.files("Document")
    table = pq.read_table(file)
    names = [table.column_names[1], table.column_names[0], *table.column_names[2:]]  # both text: COPY would not notice
    pq.write_table(table.select(names), file)
    with pytest.raises(StoreError, match="in this order"):
        build_graph(rows, tmp_path / "g.lbug")
    rows = write(tmp_path / "rows")
    rows.counts["Document"] += 1
    with pytest.raises(StoreError, match="3 sent, 2 in the files"):
        build_graph(rows, tmp_path / "g.lbug")


def test_copy_goes_by_position(tmp_path: Path) -> None:
    """The defect the check above guards against is still there; when this fails, it may be dropped."""
    pq.write_table(pa.table({"s": ["text"], "id": ["key"]}), tmp_path / "t.parquet")
    with ladybug.Database(str(tmp_path / "d.lbug"), max_db_size=1 << 30) as db, ladybug.Connection(db) as connection:
        connection.execute("CREATE NODE TABLE T (id STRING PRIMARY KEY, s STRING)")
        connection.execute(f"COPY T FROM '{tmp_path}/t.parquet'")
        result = connection.execute("MATCH (t:T) RETURN t.id")
        assert not isinstance(result, list)
        assert result.get_all() == [["text"]]


def test_the_fingerprint_is_that_of_the_rows(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1"), write(tmp_path / "2")
    assert one.fingerprint() == two.fingerprint()
    with RowWriter(tmp_path / "3") as writer:
        writer.node("Document", *DOCUMENT)
    assert writer.rows.fingerprint() != one.fingerprint()
    assert [r["id"] for batch in one.read("Document") for r in batch] == [DOCUMENT[0], "b"]


def test_batches_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.rows.BATCH", 3)
    with RowWriter(tmp_path / "rows") as writer:
        for n in range(8):  # relationships are flushed before nodes; the build must not mind
            writer.rel("CITES", "Document", "Document", f"d{n}", f"d{n}", None, "q", [], "r")
        for n in range(8):
            writer.node("Document", f"d{n}", *[None] * 7, True)
    assert writer.rows.counts == {"Document": 8, "CITES.Document.Document": 8}
    build_graph(writer.rows, tmp_path / "g.lbug")
    with LadybugStore(tmp_path / "g.lbug") as store:
        assert store.run("MATCH (d:Document)-[:CITES]->(d) RETURN count(*) AS n") == [{"n": 8}]


def test_relationships_copied_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.build.ROOM", (1 << 40,))  # each file by itself
    rows = GraphRows(tmp_path / "rows")
    for part in range(4):
        with RowWriter(rows.folder, part=str(part)) as writer:
            for n in range(5):
                writer.node("Document", f"d{part}.{n}", *[None] * 7, True)
                # back to what an earlier part has
                ends = f"d{part}.{n}", f"d{part // 2}.{4 - n}"
                writer.rel("CITES", "Document", "Document", *ends, None, f"{part}.{n}", ["s:1:2"], "r")
        rows.take(writer.rows.counts)
    build_graph(rows, tmp_path / "g.lbug")
    with LadybugStore(tmp_path / "g.lbug") as store:
        found = store.run(
            "MATCH (a:Document)-[r:CITES]->(b:Document) RETURN a.id AS a, b.id AS b, r.quote AS q, r.evidence AS e"
        )
        cited = store.run("MATCH (a:Document {id: 'd1.4'})<-[:CITES]-(b:Document) RETURN b.id AS id ORDER BY id")
    assert sorted((r["a"], r["b"], r["q"]) for r in found) == [
        (f"d{p}.{n}", f"d{p // 2}.{4 - n}", f"{p}.{n}") for p in range(4) for n in range(5)
    ]
    assert all(r["e"] == ["s:1:2"] for r in found) and [r["id"] for r in cited] == ["d2.0", "d3.0"]


@pytest.mark.parametrize("rooms", [(1,), (1, 1 << 40)])
def test_more_relationships_than_the_buffer_holds(
    rooms: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied at once they fail, and are copied once more in parts."""
    monkeypatch.setattr("graph.store.build.ROOM", rooms)
    monkeypatch.setattr("graph.store.build.LEAST", 64 << 20)
    monkeypatch.setattr("graph.store.build.MOST", 64 << 20)
    rows = GraphRows(tmp_path / "rows")
    for part in range(8):
        with RowWriter(rows.folder, part=str(part)) as writer:
            for n in range(1500):
                writer.node("Document", f"d{part}.{n}", *[None] * 7, True)
                quote = f"{part}.{n}" * 150
                writer.rel("CITES", "Document", "Document", f"d{part}.{n}", f"d{part}.0", None, quote, ["s:1:2"], "r")
        rows.take(writer.rows.counts)
    if len(rooms) == 1:
        with pytest.raises(StoreError, match="Buffer manager"):
            build_graph(rows, tmp_path / "g.lbug")
        assert not list(tmp_path.glob("g.lbug*"))
    else:
        build_graph(rows, tmp_path / "g.lbug")
        with LadybugStore(tmp_path / "g.lbug") as store:
            assert store.run("MATCH (:Document)-[:CITES]->(:Document) RETURN count(*) AS n") == [{"n": 12000}]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nowhere.lbug", "no graph"),
        ("http://x", "No store speaks"),
        ("neo4j://u@127.0.0.1:1/x", "no server answers|needs its driver"),
    ],
)
def test_what_cannot_be_opened(tmp_path: Path, url: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=said):
        open_store(url)


def test_many_long_ids(tmp_path: Path) -> None:
    """With two threads the engine stands still on these."""
    with RowWriter(tmp_path / "rows", dedupe=()) as writer:
        for n in range(200_000):
            writer.node("Person", f"青禾政发〔2023〕{n // 20}号#一/{n % 20}", "辛禾")
    build_graph(writer.rows, tmp_path / "g.lbug")
    with LadybugStore(tmp_path / "g.lbug") as store:
        assert store.run("MATCH (p:Person {id: $id}) RETURN p.name AS name", {"id": "青禾政发〔2023〕7号#一/7"})


@pytest.mark.parametrize("orphaned", [True, False])
def test_a_builder_ends_with_its_parent_or_when_it_stands_still(orphaned: bool) -> None:
    code = f"""
import threading, time
from graph.store import build
build.STANDSTILL = {60 if orphaned else 0.2}
threading.Thread(target=build._watch, daemon=True).start()
print("begun", flush=True)
time.sleep(60)"""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin and child.stdout and child.stdout.readline() == "begun\n"
        if orphaned:
            child.stdin.close()
        assert child.wait(30) == 1
        assert child.stdout.read() == ("" if orphaned else "the engine stands still\n")


def test_a_damaged_graph(tmp_path: Path) -> None:
    (tmp_path / "g.lbug").write_bytes(b"no graph at all" * 1000)
    with pytest.raises(StoreError, match="rebuild"):
        open_store(tmp_path / "g.lbug")


def test_table_names_and_columns() -> None:
    assert "CITES.Task.Document" in TABLES
    assert list(TABLES["CITES.Task.Document"]) == ["from", "to", "basis", "quote", "evidence", "rule"]


def test_a_large_graph_has_room_to_grow() -> None:
    assert address_space(0) == address_space(1 << 30) == 1 << 34
    for size in (9 << 30, 100 << 30):
        assert address_space(size) >= 2 * size and address_space(size).bit_count() == 1
