"""Make a graph file from rows: in a child process, a new file, table after table, then checked from outside.

Why a child: a failed COPY corrupts the engine's session, so the process and the file are thrown away on any error.
Relationships are held in memory until they are sorted. A table that does not fit into the buffer is copied in parts,
which costs more than in proportion: each part writes anew what is there of its group of 131,072 starting nodes. So the
buffer grows with the machine's memory, to where the tables of 100,000 documents go in one part each. Node tables are
copied by one thread: with two, ladybug 0.22.0 stands still for ever on some keys (300,000 ids of Chinese text: each
thread waits for a lock of the other's in the building of the index). The child ends when its parent does, and when it
stands still all the same (it watches standard input and its own clock).
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import graph
from graph.errors import StoreError
from graph.model import NODES, RELS

if TYPE_CHECKING:  # the child does without pyarrow
    from graph.store.rows import GraphRows

GROWTH = 16  # a graph file is five times its rows as compressed in Parquet; to be sure
LEAST, MOST = 1 << 30, 5 << 29  # bytes of buffer; a third of the machine's memory in between
# bytes of buffer for each byte of relationships, as compressed, that are copied at once: 13.5 was enough and 10.8 too
# little for 100,000 documents; where it is too little, once more with the second
ROOM = (13, 52)
STANDSTILL = 120.0  # seconds without work, a slow disk's pauses allowed for


def build_graph(rows: GraphRows, path: Path) -> None:
    """Write `rows` as the graph file `path`, which must not exist. Raises StoreError and leaves no file behind."""
    from graph.store.ladybug import FULL, buffer
    from graph.store.rows import TABLES

    rows.check()
    counts = {table: rows.counts[table] for table in TABLES if rows.counts.get(table)}  # nodes first
    files = {table: [str(file) for file in rows.files(table)] for table in counts}
    pool, cause = buffer(3, LEAST, MOST), ""
    for room in ROOM:
        order = {"files": files, "path": str(path), "counts": counts, "pool": pool, "part": pool // room}
        cause = _ask_child(json.dumps(order))
        if not cause:
            return
        for leftover in path.parent.glob(path.name + "*"):
            leftover.unlink(missing_ok=True)
        if FULL not in cause:
            break
    if "No space left" in cause or "ENOSPC" in cause:
        raise StoreError(f"The disk is full; the graph could not be written to {path.parent}.",
                         f"磁盘已满，无法在 {path.parent} 写入图文件。")
    raise StoreError(f"The graph could not be built: {cause}", f"图文件生成失败：{cause}")


def _ask_child(order: str) -> str:
    """Have a child carry out the order. Returns why it could not, nothing when it could."""
    root = str(Path(graph.__file__).parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]),
        "MALLOC_TRIM_THRESHOLD_": str(128 << 10),  # without it glibc keeps what is freed: 0.8 of 3.6 GB
    }
    with subprocess.Popen(
        [sys.executable, "-m", "graph.store.build"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True,
    ) as child:
        assert child.stdin and child.stdout and child.stderr
        try:
            # stdin stays open: its end tells the child that this process has gone
            child.stdin.write(order + "\n")
            child.stdin.flush()
            answer = child.stdout.readline()
        except BrokenPipeError:
            answer = ""
        except BaseException:
            child.kill()
            raise
        if not answer:
            child.kill()
        trouble = child.stderr.read()
        child.stdin.close()
        code = child.wait()
    if answer.strip() == "built":
        return ""
    return answer.strip() or (trouble.strip().splitlines() or [f"the engine ended with code {code}"])[-1]


def _fill(path: Path, files: dict[str, list[str]], pool: int, part: int) -> None:
    import ladybug

    from graph.store.ladybug import address_space, ddl

    rows = sum(Path(file).stat().st_size for parts in files.values() for file in parts)
    space = address_space(GROWTH * rows)
    database = ladybug.Database(str(path), buffer_pool_size=pool, max_db_size=space)
    connection = ladybug.Connection(database)
    for statement in ddl():
        connection.execute(statement)
    for table, parts in files.items():
        # no index is built for relationships
        connection.set_max_threads_for_exec((os.cpu_count() or 1) if "." in table else 1)
        name, _, pair = table.partition(".")
        start, _, end = pair.partition(".")
        options = f" (from='{start}', to='{end}')" if pair else ""
        for some in _together(parts, part) if pair else [parts]:
            connection.execute(f"COPY `{name}` FROM [{', '.join(map(_quoted, some))}]{options}")
    connection.execute("CHECKPOINT")
    connection.close()
    database.close()


def _together(files: list[str], most: int) -> list[list[str]]:
    """The files in their order, as many at a time as make up `most` bytes, one at least."""
    parts: list[list[str]] = [[]]
    room = most
    for file in files:
        size = Path(file).stat().st_size
        if parts[-1] and size > room:
            parts.append([])
            room = most
        parts[-1].append(file)
        room -= size
    return parts


def _quoted(path: str) -> str:
    text = path.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"


def _compare(path: Path, counts: dict[str, int], pool: int) -> None:
    from graph.store.ladybug import LadybugStore

    with LadybugStore(path, pool) as store:
        found = {n.label: store.run(f"MATCH (n:{n.label}) RETURN count(*) AS n")[0]["n"] for n in NODES}
        for rel in RELS:
            for start, end in rel.pairs:
                # through the macro too: a file whose macro is lost would fail here, not at the first question
                rows = store.run(
                    f"MATCH (a:{start})-[r:{rel.name}]->(b:{end}) RETURN type(r) AS rel_type, count(*) AS n"
                )
                found[f"{rel.name}.{start}.{end}"] = sum(r["n"] for r in rows if r["rel_type"] == rel.name)
    wrong = [f"{t}: {counts.get(t, 0)} sent, {n} found" for t, n in found.items() if n != counts.get(t, 0)]
    if wrong:
        raise StoreError("Counts differ after the build; " + "; ".join(wrong), "写入后数量不符：" + ";".join(wrong))


def _watch() -> None:
    """End the process when its parent has gone, or when it has not worked for a while."""
    worked, since = time.process_time(), time.monotonic()
    while True:
        # the descriptor, not sys.stdin: a thread inside a buffered read would abort the interpreter's end
        if select.select([0], [], [], 1.0)[0]:
            os._exit(1)
        if time.process_time() - worked > 0.05:
            worked, since = time.process_time(), time.monotonic()
        elif time.monotonic() - since > STANDSTILL:
            print("the engine stands still", flush=True)
            os._exit(1)


def _child() -> None:
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_watch, daemon=True).start()
    counts = order["counts"]
    try:
        _fill(Path(order["path"]), order["files"], order["pool"], order["part"])
        _compare(Path(order["path"]), counts, order["pool"])
        answer = "built"
    except (RuntimeError, OSError, StoreError) as error:
        answer = " ".join(str(error).split())
    print(answer, flush=True)
    os._exit(0)  # after a failed COPY the engine may abort while it is taken down


if __name__ == "__main__":
    _child()
