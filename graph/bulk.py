"""Files for `neo4j-admin database import full`: the way into an empty Neo4j database for millions of rows.

One headed CSV file for each table, the marker that `zeren sync` looks for, the options in `import.args`, and
`after.cypher` with what the import cannot do: constraints, indexes, and empty lists, for which CSV has no form.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.errors import ZerenError
from graph.model import NODES, RELS, Kind
from graph.store.ladybug import LadybugStore
from graph.store.neo4j import MARK
from graph.store.rows import TABLES
from graph.store.sync import library_rows, schema

_TYPES: dict[Kind, str] = {
    "STRING": "string", "INT64": "long", "DOUBLE": "double", "BOOL": "boolean", "STRING[]": "string[]",
}  # fmt: skip
_BETWEEN = "\x1f"  # list items; a control character no text keeps
OPTIONS = ("--id-type=string", "--array-delimiter=U+001F", "--multiline-fields=true", "--strict=true",
           "--bad-tolerance=0", "--max-off-heap-memory=1G")  # fmt: skip


def write(library: LadybugStore, folder: Path) -> int:
    """Write all files into `folder`; how many rows. Raises ZerenError when they cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        arguments = [*OPTIONS, f"--nodes={MARK}=./{MARK}.csv"]
        _file(folder / f"{MARK}.csv", "id:ID(mark),revision:string,complete:boolean,run:string",
              iter([f'"library","{library.revision}",true,"import"']))  # fmt: skip
        rows = 0
        for table in TABLES:
            name, *ends = table.split(".")
            lines = _lines(library, table)
            rows += _file(folder / f"{table}.csv", _head(table, ends), lines)
            arguments.append(f"--{'relationships' if ends else 'nodes'}={name}=./{table}.csv")
        (folder / "import.args").write_text("\n".join(arguments) + "\n", "utf-8")
        (folder / "after.cypher").write_text("".join(f"{s};\n" for s in after()), "utf-8")
    except OSError as error:
        raise ZerenError(f"Cannot write {folder}: {error.strerror}", f"无法写入 {folder}:{error.strerror}") from error
    return rows


def after() -> list[str]:
    """Statements to run once after the import, each by itself."""
    fill = "MATCH {0} WHERE x.{1} IS NULL CALL (x) {{ SET x.{1} = [] }} IN TRANSACTIONS OF 10000 ROWS"
    nodes = [fill.format(f"(x:{n.label})", p) for n in NODES for p, k in n.properties.items() if k == "STRING[]"]
    rels = [fill.format(f"()-[x:{r.name}]->()", p) for r in RELS for p, k in r.properties.items() if k == "STRING[]"]
    return [*schema(), *nodes, *rels]


def _head(table: str, ends: list[str]) -> str:
    columns = TABLES[table]
    if not ends:
        typed = [f"{p}:{_TYPES[k]}" for p, k in columns.items() if p != "id"]
        return ",".join([f"id:ID({table})", *typed])
    typed = [f"{p}:{_TYPES[k]}" for p, k in list(columns.items())[2:]]
    return ",".join([f":START_ID({ends[0]})", f":END_ID({ends[1]})", *typed])


def _lines(library: LadybugStore, table: str) -> Iterator[str]:
    columns = list(TABLES[table])
    for row in library_rows(library, table):
        yield ",".join(_cell(row.get(c)) for c in columns)


def _cell(value: object) -> str:
    """Nothing for null and for an empty list; text always quoted, so that it is not nothing when it is empty."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = _BETWEEN.join(value) if isinstance(value, list) else str(value)
    return '"' + text.replace('"', '""') + '"'


def _file(path: Path, head: str, lines: Iterator[str]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(head + "\n")
        for line in lines:
            file.write(line + "\n")
            count += 1
    return count
