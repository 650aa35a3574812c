"""A library's graph is brought to a real server: the same rows, only what changed, whatever happens in between."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from typer.testing import CliRunner

import samples
from graph.errors import StoreError
from graph.export import whole_edges, whole_nodes
from graph.library import Library
from graph.model import NODES, RELS
from graph.store import Store, open_store
from graph.store import sync as syncing
from graph.store.ladybug import LadybugStore
from graph.store.neo4j import MARK, PASSWORD, Neo4jStore
from graph.store.sync import compare, sync
from loaders.load import load
from ui.cli import app


def everything(store: Store) -> tuple[list[str], ...]:
    """Every node and relationship with all its properties, in one order."""
    return tuple(sorted(json.dumps(one, sort_keys=True) for one in side(store)) for side in (whole_nodes, whole_edges))


def on_server(url: str) -> tuple[list[str], ...]:
    store = open_store(url)
    try:
        return everything(store)
    finally:
        store.close()


def test_it_is_a_real_server(driver: neo4j.Driver) -> None:
    info = driver.get_server_info()
    assert info.agent.startswith("Neo4j/") and "compatible" not in info.agent
    records = driver.execute_query("CALL dbms.components() YIELD name, versions, edition").records
    print(records[0].data())
    assert records[0]["name"] == "Neo4j Kernel" and records[0]["versions"][0] in info.agent


def test_a_database_of_somebody_else_is_left_alone(
    server: str, bare: str, world: LadybugStore, driver: neo4j.Driver
) -> None:
    driver.execute_query("CREATE (:Task {id: 'theirs'})")
    with pytest.raises(StoreError, match="did not bring there"):
        sync(world, server)
    assert driver.execute_query("MATCH (n) RETURN count(*) AS n").records[0]["n"] == 1
    assert not driver.execute_query("SHOW CONSTRAINTS").records


def test_the_whole_graph_arrives_and_a_second_time_nothing_is_written(
    server: str, bare: str, loaded: LadybugStore, driver: neo4j.Driver
) -> None:
    assert not compare(loaded, server).agree
    first = sync(loaded, server)
    assert first.written == first.rows > 500 and first.revision == loaded.revision
    assert on_server(server) == everything(loaded)
    again = sync(loaded, server)
    assert (again.written, again.deleted) == (0, 0)
    found = compare(loaded, server)
    assert found.agree and sum(t.server for t in found.tables) == first.rows
    store = open_store(server)
    assert store.revision == loaded.revision
    store.close()
    rows = driver.execute_query("SHOW INDEXES YIELD type, labelsOrTypes, options, state").records
    unique = {r["labelsOrTypes"][0] for r in driver.execute_query("SHOW CONSTRAINTS YIELD labelsOrTypes").records}
    assert unique == {n.label for n in NODES} | {MARK}
    texts = [r for r in rows if r["type"] == "FULLTEXT"]
    assert {r["labelsOrTypes"][0] for r in texts} == {"Task", "Target", "Document", "Department"}
    assert {r["options"]["indexConfig"]["fulltext.analyzer"] for r in texts} == {"cjk"}
    assert {r["state"] for r in rows} == {"ONLINE"}


def test_a_changed_source_costs_what_it_changed(
    server: str, empty: str, loaded: LadybugStore, library: Path, tmp_path: Path
) -> None:
    sync(loaded, server)
    shutil.copytree(library, tmp_path / "lib")
    documents = tmp_path / "documents"
    shutil.copytree(Path(samples.__file__).parent / "documents", documents)
    first = next(p for p in sorted(documents.glob("*.txt")) if "养老".encode() in p.read_bytes())
    first.write_bytes(first.read_bytes().replace("养老".encode(), "助老".encode(), 1))
    mine = Library(tmp_path / "lib")
    load(mine, [first], base=documents, workers=1)
    with LadybugStore(mine.graph_file or "") as changed:
        assert not compare(changed, server).agree
        done = sync(changed, server)
        assert 0 < done.written < done.rows / 2
        assert on_server(server) == everything(changed)
    done = sync(loaded, server)
    assert done.deleted
    assert on_server(server) == everything(loaded)


def test_what_others_changed_on_the_server_is_found_and_mended(
    server: str, empty: str, world: LadybugStore, driver: neo4j.Driver
) -> None:
    sync(world, server)
    driver.execute_query("MATCH (t:Task) WITH t ORDER BY t.id LIMIT 1 SET t.title = '别的', t.extra = 1")
    driver.execute_query("MATCH (:Department)-[r:LEADS]->() WITH r LIMIT 1 DELETE r")
    driver.execute_query("CREATE (:Person {id: '外来'})")
    found = compare(world, server)
    wrong = {t.table: (t.missing, t.surplus) for t in found.tables if t.missing or t.surplus}
    assert wrong == {"Task": (1, 1), "LEADS.Department.Task": (1, 0), "Person": (0, 1)}
    done = sync(world, server)
    assert (done.written, done.deleted) == (2, 1)
    assert on_server(server) == everything(world)


def test_small_batches_write_the_same(
    server: str, empty: str, world: LadybugStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "ROWS", 3)
    monkeypatch.setattr(syncing, "BYTES", 700)
    told: list[tuple[str, int, int, str]] = []
    sync(world, server, lambda *a: told.append(a))
    assert on_server(server) == everything(world)
    assert len(told) > 30 and {t[0] for t in told} == {"server"}
    assert not [t for t in told if t[1] > t[2]]


def test_killed_three_times_and_run_again_it_equals_an_undisturbed_load(
    server: str, empty: str, loaded: LadybugStore, library: Path, driver: neo4j.Driver
) -> None:
    """The child writes ten rows at a time, so that there is something to kill; when it is killed is left to chance."""
    code = """
import sys
from graph.library import Library
from graph.store import sync
sync.ROWS = 10
print("begun", flush=True)
sync.sync(Library(sys.argv[1]).store(), sys.argv[2], lambda *a: print(a[1], flush=True))"""
    held = []
    for written in (1, 15, 30):  # batches told of before the signal
        line = [sys.executable, "-c", code, str(library), server]
        with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout and child.stdout.readline() == "begun\n"
            for _ in range(written):
                child.stdout.readline()
            child.send_signal(signal.SIGKILL)
        store = Neo4jStore(server)
        assert "~" in store.revision, "readers can tell that the graph is not complete"
        store.close()
        held.append(driver.execute_query("MATCH (n) RETURN count(*) AS n").records[0]["n"])
    assert held == sorted(held) and held[0] < held[-1]
    found = compare(loaded, server)
    assert not found.agree and not found.complete
    done = sync(loaded, server)
    assert 0 < done.written < done.rows
    assert on_server(server) == everything(loaded)
    assert compare(loaded, server).agree


def test_a_second_load_ends_the_first(server: str, empty: str, loaded: LadybugStore, world: LadybugStore) -> None:
    begun = False

    def second(*_: object) -> None:
        nonlocal begun
        if not begun:
            begun = True
            sync(world, server)

    with pytest.raises(StoreError, match="Another load"):
        sync(loaded, server, second)
    assert on_server(server) == everything(world)


def test_passing_errors_are_tried_again(
    server: str, empty: str, world: LadybugStore, driver: neo4j.Driver
) -> None:
    """A transaction of somebody else's holds the marker; the server ends the wait, the driver tries again."""
    sync(world, server)
    driver.execute_query("MATCH (n:Task) SET n.title = 'x'")
    with driver.session() as session:
        blocking = session.begin_transaction()
        blocking.run(f"MATCH (m:{MARK}) SET m.held = 1").consume()
        timer = threading.Timer(1.5, blocking.rollback)
        timer.start()
        begun = time.monotonic()
        sync(world, server)
        timer.join()
    assert time.monotonic() - begun > 1
    assert on_server(server) == everything(world)


# ---- what goes wrong is one clear message, and the library is as it was ----------------------------------------------


def fingerprint(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(p.relative_to(folder)): (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*")
            if p.is_file() and p.name not in ("lock", "locked-by")}  # fmt: skip


@pytest.fixture
def untouched(library: Path) -> Iterator[Path]:
    before = fingerprint(library)
    yield library
    assert fingerprint(library) == before


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--lang", "en"])
    assert isinstance(result.exception, StoreError), result.output
    return str(result.exception)


COMMANDS = (("sync",), ("load", str(Path(samples.__file__).parent / "documents")), ("query", "overview"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_a_wrong_password(
    server: str, untouched: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "not-the-password")
    message = said(*command, "--store", server, "--library", str(untouched))
    assert "wrong user or password" in message and PASSWORD in message and "not-the-password" not in message


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_no_server_there(untouched: Path, command: tuple[str, ...]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"bolt://127.0.0.1:{closed.getsockname()[1]}"
        begun = time.monotonic()
        assert "no server answers there" in said(*command, "--store", url, "--library", str(untouched))
        assert time.monotonic() - begun < 15


def test_no_such_database(server: str, untouched: Path) -> None:
    assert "no such database" in said("sync", "--store", f"{server}/elsewhere", "--library", str(untouched))


@pytest.mark.parametrize("agent", ["Neo4j/4.4.40", "Neo4j/5.20.0"])
def test_a_server_of_an_old_version(untouched: Path, agent: str) -> None:
    with spoken(agent) as url:
        message = said("sync", "--store", url, "--library", str(untouched))
    assert agent in message and "5.26 or newer" in message


class spoken:  # noqa: N801
    """A port that speaks Bolt 4.4 as far as needed to say which server it is: the old ones are not run here."""

    def __init__(self, agent: str) -> None:
        self.agent = agent.encode()

    def __enter__(self) -> str:
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.serve, daemon=True).start()
        return f"bolt://127.0.0.1:{self.socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def serve(self) -> None:
        success = b"\xb1\x70" + b"\xa3\x86server" + bytes([0x80 + len(self.agent)]) + self.agent
        success += b"\x8dconnection_id\x81x" + b"\x86fields\x90"
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.recv(20)
                connection.sendall(b"\x00\x00\x04\x04")
                while data := connection.recv(4096):
                    for _ in range(data.count(b"\x00\x00")):  # one answer for each message's end
                        connection.sendall(struct.pack(">H", len(success)) + success + b"\x00\x00")


def test_relationship_tables_are_all_compared(world: LadybugStore) -> None:
    pairs = {f"{r.name}.{a}.{b}" for r in RELS for a, b in r.pairs}
    assert pairs | {n.label for n in NODES} == set(syncing.TABLES)
    for table in syncing.TABLES:
        assert list(syncing.library_rows(world, table)), "the invented graph has every table"
