"""Rows of the graph on their way to a store: Parquet files for each table, one from each part of the work.

A table is a label (`Task`) or a relationship type between two labels (`CITES.Task.Document`). Columns stand in the
order of `graph.model`, since Ladybug's COPY matches them by position, not by name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import StoreError
from graph.model import NODES, RELS, Kind

_ARROW: dict[Kind, pa.DataType] = {
    "STRING": pa.string(),
    "INT64": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOL": pa.bool_(),
    "STRING[]": pa.list_(pa.string()),
}
BATCH = 20_000  # rows held in memory per table


def table_name(rel: str, start: str, end: str) -> str:
    """Name of the table of one relationship type between two labels."""
    return f"{rel}.{start}.{end}"


def tables() -> dict[str, dict[str, Kind]]:
    """Every table with its columns in order: nodes first, then relationships (`from`, `to`, properties)."""
    found = {n.label: dict(n.properties) for n in NODES}
    for rel in RELS:
        for start, end in rel.pairs:
            found[table_name(rel.name, start, end)] = {"from": "STRING", "to": "STRING", **rel.properties}
    return found


TABLES = tables()
SCHEMAS = {name: pa.schema([(c, _ARROW[k]) for c, k in columns.items()]) for name, columns in TABLES.items()}


@dataclass(slots=True)
class GraphRows:
    """The rows of a whole graph on disk: `folder/<table>-<part>.parquet`, and how many rows each table has."""

    folder: Path
    counts: dict[str, int] = field(default_factory=dict)

    def files(self, table: str) -> list[Path]:
        """Where the rows of `table` are, in order; there are some when its count is above 0."""
        return sorted(self.folder.glob(f"{table}-*.parquet"))

    def take(self, counts: Mapping[str, int]) -> None:
        """Count the rows of one more part."""
        for table, count in counts.items():
            self.counts[table] = self.counts.get(table, 0) + count

    def check(self) -> None:
        """Raise StoreError unless every file has the model's columns in the model's order, all the counted rows."""
        for table, count in self.counts.items():
            found = 0
            for file in self.files(table):
                with pq.ParquetFile(file) as parquet:
                    schema, found = parquet.schema_arrow, found + parquet.metadata.num_rows
                if not schema.remove_metadata().equals(SCHEMAS[table]):
                    raise StoreError(
                        f"Rows of {table} have columns {', '.join(schema.names)}; the model has "
                        f"{', '.join(SCHEMAS[table].names)} in this order.",
                        f"{table} 的列与模型不符。",
                    )
            if found != count:
                raise StoreError(f"Rows of {table}: {count} sent, {found} in the files.", f"{table} 行数不符。")

    def fingerprint(self) -> str:
        """Sixteen hex digits that are the same for the same rows and the same model."""
        digest = hashlib.blake2b(repr(TABLES).encode(), digest_size=8)
        for table in TABLES:
            for path in self.files(table):
                digest.update(f"\0{path.name}\0".encode())
                with path.open("rb") as file:
                    while block := file.read(1 << 20):
                        digest.update(block)
        return digest.hexdigest()

    def read(self, table: str, size: int = 10_000) -> Iterator[list[dict[str, object]]]:
        """The rows of `table` as dicts, in batches."""
        for path in self.files(table):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(size):
                    yield batch.to_pylist()


class RowWriter:
    """Takes rows one by one, in any order of tables, and appends them to Parquet files batch by batch.

    Use as a context manager; `rows` is complete once it has closed. `part` names what several writers of one folder
    write; files are taken in the order of these names. A node whose id was taken already is dropped when
    its label is in `dedupe` (labels whose ids are unique by making need no memory for it). Relationships are not
    checked: both ends must be written, or the build fails.
    """

    def __init__(
        self, folder: Path, dedupe: Sequence[str] = ("Source", "Document", "Period"), part: str = "all"
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.rows = GraphRows(folder)
        self._part = part
        self._buffers: dict[str, list[tuple[object, ...]]] = {name: [] for name in TABLES}
        self._files: dict[str, pq.ParquetWriter] = {}
        self._seen: dict[str, set[str]] = {label: set() for label in dedupe}

    def node(self, label: str, *values: object) -> bool:
        """Add a node, its properties in the model's order, `id` first. False when the id was there already."""
        seen = self._seen.get(label)
        if seen is not None:
            key = str(values[0])
            if key in seen:
                return False
            seen.add(key)
        self.add(label, values)
        return True

    def rel(self, name: str, start: str, end: str, *values: object) -> None:
        """Add a relationship between labels `start` and `end`: id from, id to, then the properties in order."""
        self.add(f"{name}.{start}.{end}", values)

    def add(self, table: str, values: tuple[object, ...]) -> None:
        """Add one row to `table`."""
        buffer = self._buffers[table]
        buffer.append(values)
        if len(buffer) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        buffer, schema = self._buffers[table], SCHEMAS[table]
        if not buffer:
            return
        if table not in self._files:
            # plain small pages, no statistics: the file is read once, by COPY
            self._files[table] = pq.ParquetWriter(
                self.rows.folder / f"{table}-{self._part}.parquet", schema, compression="lz4",
                write_statistics=False, store_schema=False,
            )
        arrays = [pa.array(column, kind.type) for column, kind in zip(zip(*buffer, strict=True), schema, strict=True)]
        self._files[table].write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=BATCH)
        self.rows.counts[table] = self.rows.counts.get(table, 0) + len(buffer)
        buffer.clear()

    def __enter__(self) -> RowWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for table in TABLES:
                    self._flush(table)
        finally:
            for file in self._files.values():
                file.close()
