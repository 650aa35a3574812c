"""Bring a library's graph to a Neo4j server, and tell whether the two agree.

The rows of the library's graph file are compared with those on the server, table by table, and only what differs is
written: relationships that are gone, nodes that are gone, nodes that are new or changed, new relationships; so a
changed source costs what it changed. Each batch is one transaction, bounded in rows and bytes, repeated by the driver
when the error is a passing one. One marker node says whose graph it is, and that it is complete; it is written first as
incomplete and last as complete, so an interrupted run is seen by readers and mended by the next run, whatever was done.
Every batch asks the marker whether another run has begun since, and ends this one if so: two never mix their rows.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from graph.errors import StoreError
from graph.model import NODES, RELS
from graph.store.ladybug import LadybugStore
from graph.store.neo4j import FULL_TEXT, MARK, Address, address, connect, refused
from graph.store.rows import TABLES, table_name

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction

Progress = Callable[[str, int, int, str], None]  # stage (`server`), rows done, rows in all, table
ROWS, BYTES = 5000, 2 << 20  # of one transaction
PASS = 600.0  # seconds that one transaction, or reading one table, may take
INDEXES = (
    ("Document", "issued_year"), ("Document", "region"), ("Department", "name"), ("Person", "name"), ("Target", "year"),
    ("Target", "indicator", "year", "unit"),  # targets of several documents compared: 0.1 s in place of 45 for 10,000
)  # fmt: skip


@dataclass(slots=True)
class Difference:
    """One table on both sides: rows in the library, rows on the server, and how many are only on one of them."""

    table: str
    library: int
    server: int
    missing: int = 0  # in the library, not on the server: to be written
    surplus: int = 0  # on the server only, or as they were before


@dataclass(slots=True)
class Comparison:
    """Whether server and library agree: the marker and every table. Revisions are those of the two graphs."""

    library: str
    server: str  # empty when no library's graph was brought there
    complete: bool
    tables: list[Difference] = field(default_factory=list)

    @property
    def agree(self) -> bool:
        """The same rows, all of them."""
        return self.complete and self.library == self.server and not any(t.missing or t.surplus for t in self.tables)


@dataclass(slots=True)
class Synced:
    """What a run wrote."""

    revision: str
    written: int = 0
    deleted: int = 0
    rows: int = 0  # of the whole graph


def schema() -> list[str]:
    """Statements for the constraints, indexes and names of the model; each does nothing where they are there."""
    made = [f"CREATE CONSTRAINT zeren_{n.label}_id IF NOT EXISTS FOR (n:{n.label}) REQUIRE n.id IS UNIQUE"
            for n in NODES]  # fmt: skip
    made.append(f"CREATE CONSTRAINT zeren_mark IF NOT EXISTS FOR (n:{MARK}) REQUIRE n.id IS UNIQUE")
    for label, *on in INDEXES:
        properties = ", ".join(f"n.{p}" for p in on)
        made.append(f"CREATE INDEX zeren_{'_'.join((label, *on))} IF NOT EXISTS FOR (n:{label}) ON ({properties})")
    for label, searched in FULL_TEXT.items():
        properties = ", ".join(f"n.{p}" for p in searched)
        made.append(f"CREATE FULLTEXT INDEX zeren_{label} IF NOT EXISTS FOR (n:{label}) ON EACH [{properties}] "
                    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: false}}")
    # a name that nothing has yet is unknown to the server, which warns of every query that uses it
    names = {
        "Label": [n.label for n in NODES], "RelationshipType": [r.name for r in RELS],
        "Property": sorted({p for columns in TABLES.values() for p in columns} - {"from", "to"}),
    }  # fmt: skip
    return [*made, *(f"UNWIND {known} AS name CALL db.create{what}(name)" for what, known in names.items())]


def reach(url: str) -> None:
    """Raise StoreError unless the server can be used and written to, and holds a library's graph or none."""
    with Remote(url) as remote:
        remote.check()


def sync(library: LadybugStore, url: str, progress: Progress | None = None) -> Synced:
    """Make the graph on the server the library's. Raises StoreError; then run it again. The library is only read."""
    with Remote(url) as remote:
        here = {table: _count(library, table) for table in TABLES}
        done = Synced(library.revision, rows=sum(here.values()))
        remote.begin(library.revision)
        there = remote.counts()
        stale = {table: remote.differing(library, table, there[table]) for table in TABLES}
        total = sum(here[t] if w is None else sum(w.values()) for t, (w, _) in stale.items())
        # ends before nodes, nodes before their relationships
        for table in reversed(TABLES):
            wanted, surplus = stale[table]
            # a node that is only changed keeps its relationships
            kept = {r["id"] for r in _only(library, table, Counter(wanted))} if surplus and "." not in table else set()
            done.deleted += remote.delete(table, [key for key in surplus if key[0] not in kept])
        for table in TABLES:
            for batch in _batches(_only(library, table, stale[table][0])):
                done.written += remote.write(table, batch)
                if progress:
                    progress("server", done.written, total, table)
        there = remote.counts()
        if wrong := [f"{t}: {here[t]} sent, {there[t]} found" for t in TABLES if here[t] != there[t]]:
            raise StoreError(
                f"Counts differ on {remote.at.shown}; " + "; ".join(wrong),
                f"{remote.at.shown} 数量不符:" + ";".join(wrong),
            )
        remote.finish()
        return done


def compare(library: LadybugStore, url: str) -> Comparison:
    """Row by row, what the server lacks and what it has too much. Raises StoreError when it cannot be asked."""
    with Remote(url) as remote:
        mark = remote.marker()
        found = Comparison(library.revision, str(mark.get("revision", "")), bool(mark.get("complete")))
        there = remote.counts()
        for table in TABLES:
            missing, surplus = remote.differing(library, table, there[table])
            here = _count(library, table)
            absent = here if missing is None else sum(missing.values())
            found.tables.append(Difference(table, here, there[table], absent, len(surplus)))
        return found


# ---- the library's side --------------------------------------------------------------------------------------------

Row = dict[str, Any]  # a table's columns; relationships have `from` and `to` before their properties


def _statement(table: str) -> str:
    """Every row of a table, as maps without nulls."""
    if "." not in table:
        return f"MATCH (n:{table}) RETURN {', '.join(f'n.{p} AS n_{p}' for p in TABLES[table])}"
    name, start, end = table.split(".")
    properties = list(TABLES[table])[2:]
    columns = ["a.id AS n_from", "b.id AS n_to", *(f"r.{p} AS n_{p}" for p in properties)]
    return f"MATCH (a:{start})-[r:{name}]->(b:{end}) RETURN {', '.join(columns)}"


def library_rows(library: LadybugStore, table: str) -> Iterator[Row]:
    """The rows of one table of the library's graph, one after the other, without nulls."""
    columns = list(TABLES[table])
    for values in library.stream(_statement(table)):
        yield {c: v for c, v in zip(columns, values, strict=True) if v is not None}


def _count(library: LadybugStore, table: str) -> int:
    name, *ends = table.split(".")
    pattern = f"(a:{ends[0]})-[r:{name}]->(b:{ends[1]})" if ends else f"(n:{name})"
    return int(library.run(f"MATCH {pattern} RETURN count(*) AS n")[0]["n"])


def _packed(row: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(row, order="sorted")


def _digest(row: Mapping[str, Any]) -> int:
    return int.from_bytes(hashlib.blake2b(_packed(row), digest_size=8).digest())


def _only(library: LadybugStore, table: str, wanted: Counter[int] | None) -> Iterator[Row]:
    """The rows of a table whose digests are wanted, as often as they are; all of them for None."""
    if wanted is not None and not wanted:
        return
    for row in library_rows(library, table):
        if wanted is None:
            yield row
        elif wanted[digest := _digest(row)] > 0:
            wanted[digest] -= 1
            yield row


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        length = len(_packed(row))
        if batch and (size + length > BYTES or len(batch) >= ROWS):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


# ---- the server's side ---------------------------------------------------------------------------------------------


class Remote:
    """A server that a library's graph is brought to. Use as a context manager; every method raises StoreError."""

    def __init__(self, url: str) -> None:
        self.at: Address = address(url)
        self._driver: Driver = connect(self.at)
        self.run_id = uuid.uuid4().hex[:8]

    def __enter__(self) -> Remote:
        return self

    def __exit__(self, *_: object) -> None:
        self._driver.close()

    def marker(self) -> dict[str, Any]:
        """The marker's properties; empty when no library's graph was brought here."""
        rows = self._rows(f"MATCH (m:{MARK}) RETURN properties(m) AS mark")
        return dict(rows[0][0]) if rows else {}

    def check(self) -> None:
        """Refuse a database that is read-only, or somebody else's."""
        if any(row[0] == "read-only" for row in self._rows(f"SHOW DATABASE `{self.at.database}` YIELD access")):
            raise StoreError(
                f"Cannot use {self.at.shown}: the database is read-only.", f"无法使用 {self.at.shown}:数据库为只读。"
            )
        theirs = [] if self.marker() else [t for t in self.counts() if "." not in t and t in TABLES]
        if theirs:
            raise StoreError(
                f"{self.at.shown} holds {', '.join(theirs)} nodes that Zeren did not bring there; nothing was changed. "
                "Name an empty database.",
                f"{self.at.shown} 中已有不是由本程序写入的 {'、'.join(theirs)} 节点,未作任何改动。请使用空数据库。",
            )

    def begin(self, revision: str) -> None:
        """Constraints and indexes, and the marker: incomplete from now on."""
        self.check()
        for statement in schema():
            self._auto(statement)
        self._auto("CALL db.awaitIndexes(300)")
        given = {"run": self.run_id, "revision": revision}
        statement = f"MERGE (m:{MARK} {{id: 'library'}}) SET m.run = $run, m.complete = false, m.revision = $revision"
        self._transaction(lambda tx: tx.run(statement, given).consume())

    def finish(self) -> None:
        """The marker: complete."""
        self._written(f"MATCH (m:{MARK} {{id: 'library', run: $run}}) SET m.complete = true", [], 1)

    def counts(self) -> Counter[str]:
        """Rows of every table on the server."""
        found: Counter[str] = Counter()
        for label, n in self._rows("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*)"):
            found[label] += n
        for start, name, end, n in self._rows(
            "MATCH (a)-[r]->(b) UNWIND labels(a) AS start UNWIND labels(b) AS end "
            "RETURN start, type(r), end, count(*)"
        ):
            found[table_name(name, start, end)] += n
        return found

    def differing(
        self, library: LadybugStore, table: str, count: int
    ) -> tuple[Counter[int] | None, list[tuple[str, ...]]]:
        """Digests of the rows that the server lacks (None for all), and keys of the rows that it has too much.

        `count` is how many the server has. The key of a node is its id, that of a relationship its ends and the
        server's id for it.
        """
        if not count:
            return None, []
        wanted = Counter(_digest(row) for row in library_rows(library, table))
        surplus: list[tuple[str, ...]] = []
        for key, row in self._server_rows(table):
            digest = _digest(row)
            if wanted[digest] > 0:
                wanted[digest] -= 1
            else:
                surplus.append(key)
        return +wanted, surplus

    def _server_rows(self, table: str) -> Iterator[tuple[tuple[str, ...], Row]]:
        if "." not in table:
            statement = f"MATCH (n:{table}) RETURN n.id, properties(n)"
        else:
            name, start, end = table.split(".")
            statement = f"MATCH (a:{start})-[r:{name}]->(b:{end}) RETURN a.id, b.id, elementId(r), properties(r)"
        for *key, properties in self._stream(statement):
            ends = {"from": key[0], "to": key[1]} if len(key) == 3 else {}
            yield tuple(key), {**ends, **properties}

    def delete(self, table: str, keys: Sequence[tuple[str, ...]]) -> int:
        """Delete rows by their keys (see `differing`)."""
        if "." in table:
            name, start, end = table.split(".")
            # by its ends too: the server may give the id of a deleted relationship to another
            statement = (f"UNWIND $rows AS row MATCH (a:{start} {{id: row[0]}})-[r:{name}]->(b:{end} {{id: row[1]}}) "
                         "WHERE elementId(r) = row[2] DELETE r")  # fmt: skip
        else:
            statement = f"UNWIND $rows AS row MATCH (n:{table} {{id: row[0]}}) DETACH DELETE n"
        for at in range(0, len(keys), ROWS):
            self._written(statement, [list(k) for k in keys[at : at + ROWS]])
        return len(keys)

    def write(self, table: str, rows: Sequence[Row]) -> int:
        """Write rows in one transaction. Raises StoreError when an end of a relationship is not there."""
        if "." not in table:
            self._written(f"UNWIND $rows AS row MERGE (n:{table} {{id: row.id}}) SET n = row", rows)
            return len(rows)
        name, start, end = table.split(".")
        parted = [[r["from"], r["to"], {k: v for k, v in r.items() if k not in ("from", "to")}] for r in rows]
        self._written(
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row[0]}}) MATCH (b:{end} {{id: row[1]}}) "
            f"CREATE (a)-[r:{name}]->(b) SET r = row[2]", parted, len(rows),
        )  # fmt: skip
        return len(rows)

    def _written(self, statement: str, rows: Sequence[Any], expected: int | None = None) -> None:
        """One transaction of this run. Raises StoreError when another run has begun or fewer rows were written."""

        def work(transaction: ManagedTransaction) -> int | None:
            # writing to the marker first keeps transactions of two runs one after the other
            ours = transaction.run(
                f"MATCH (m:{MARK} {{id: 'library', run: $run}}) SET m.run = $run RETURN m.run", {"run": self.run_id}
            ).single()
            if ours is None:
                return None
            given = {n: v for n, v in (("rows", rows), ("run", self.run_id)) if f"${n}" in statement}
            counters = transaction.run(statement, given).consume().counters
            return int(counters.relationships_created or counters.properties_set)

        written = self._transaction(work)
        if written is None:
            raise StoreError(
                f"Another load to {self.at.shown} began; this one has ended.",
                f"{self.at.shown} 已有新的载入开始,本次结束。",
            )
        if expected is not None and written < expected:
            raise StoreError(
                f"Only {written} of {expected} rows could be written to {self.at.shown}.",
                f"{expected} 行中只有 {written} 行写入 {self.at.shown}。",
            )

    def _transaction(self, work: Callable[[ManagedTransaction], Any]) -> Any:  # noqa: ANN401
        import neo4j

        timed = neo4j.unit_of_work(timeout=PASS)(work)
        try:
            with self._driver.session(database=self.at.database) as session:
                return session.execute_write(timed)
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise refused(self.at, error) from error

    def _auto(self, statement: str) -> None:
        """A statement by itself: schema and data are never in one transaction."""
        import neo4j

        try:
            with self._driver.session(database=self.at.database) as session:
                session.run(neo4j.Query(statement, timeout=PASS)).consume()
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise refused(self.at, error) from error

    def _rows(self, statement: str) -> list[list[Any]]:
        return list(self._stream(statement))

    def _stream(self, statement: str) -> Iterator[list[Any]]:
        import neo4j

        try:
            with self._driver.session(
                database=self.at.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=2000
            ) as session:
                for record in session.run(neo4j.Query(statement, timeout=PASS)):
                    yield list(record.values())
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise refused(self.at, error) from error
