"""The embedded store: one LadybugDB file, opened read-only, rebuilt as a whole and never written in place.

What the engine forbids or gets wrong (measured on 0.22.0) is kept in here: one `Database` per file and process (two
would both be accepted and lose rows), a fresh `Connection` per request (its plan cache is never evicted), no fork
after opening, DDL and the one macro only while building (`graph.store.build`). A `Database` whose buffer has once been
too small for a statement is left for a new one: some ten such statements later the engine breaks down.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import ladybug

from graph.errors import QueryError, QueryTimeout, StoreError
from graph.model import NODES, RELS
from graph.store import TIMEOUT
from graph.store.values import adapt, adapt_row, check_params

POOL = 512 << 20  # bytes of buffer, the least; 256 MB serves all canned queries on 1,000 documents, 64 MB does not
FULL = "Buffer manager exception"
ADDRESS_SPACE = 1 << 34  # the least; the default of 8 TB fails under ulimit -v
MACRO = "CREATE MACRO type(r) AS label(r)"  # the only macro: one with a comparison makes the file unopenable


def ddl() -> list[str]:
    """Statements that make an empty graph of `graph.model`: node tables, relationship tables, the macro."""
    statements = []
    for node in NODES:
        columns = ", ".join(f"`{p}` {k}" for p, k in node.properties.items())
        statements.append(f"CREATE NODE TABLE `{node.label}` ({columns}, PRIMARY KEY (`id`))")
    for rel in RELS:
        parts = [f"FROM `{start}` TO `{end}`" for start, end in rel.pairs]
        parts += [f"`{p}` {k}" for p, k in rel.properties.items()]
        statements.append(f"CREATE REL TABLE `{rel.name}` ({', '.join(parts)})")
    return [*statements, MACRO]


def address_space(size: int) -> int:
    """Bytes of address space for a graph file of about `size` bytes: a file cannot grow beyond it. A power of two."""
    return max(ADDRESS_SPACE, 1 << (2 * size).bit_length())


def buffer(share: int, least: int, most: int) -> int:
    """Bytes of buffer: one part in `share` of the memory of this machine, or container, between `least` and `most`."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows
        return least
    with contextlib.suppress(OSError, ValueError):  # ValueError: "max"
        memory = min(memory, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return max(min(memory // share, most), least)


@dataclass(slots=True)
class _Shared:
    """A database with those who use it: stores that are open, and statements under way."""

    database: Any
    users: int = 0


_databases: dict[tuple[str, int, int], _Shared] = {}
_guard = threading.Lock()


class LadybugStore:
    """A graph file opened for reading. Raises StoreError when it is missing or cannot be opened.

    `pool`: bytes of buffer, by default what the size of the graph and the memory of the machine call for.
    """

    def __init__(self, path: str | Path, pool: int = 0) -> None:
        self.path = Path(path).resolve()
        if not self.path.is_file():
            raise StoreError(f"There is no graph at {path}.", f"{path} 没有图文件。")
        stat = self.path.stat()
        # a file put in the place of another one is another database
        self._key = (str(self.path), stat.st_ino, stat.st_mtime_ns)
        self._closed = False
        self._pool = pool or buffer(4, POOL, stat.st_size)
        with _guard:
            self._shared = self._join()

    @property
    def revision(self) -> str:
        """The hash in the name of a library's graph file; else name, size and time of the file."""
        stem = self.path.stem
        return stem.removeprefix("graph-") if stem.startswith("graph-") else f"{stem}-{self._key[2]:x}"

    def run(
        self, cypher: str, params: Mapping[str, object] | None = None, *, timeout: float = TIMEOUT
    ) -> list[dict[str, Any]]:
        """Rows of one statement (see `Store.run`)."""
        given = check_params(cypher, params)
        with self._connection(timeout) as connection:
            connection.set_query_timeout(int(timeout * 1000))
            result = connection.execute(cypher, given)
            if isinstance(result, list):
                raise QueryError("One statement at a time.", "一次只能运行一条语句。")
            names = result.get_column_names()
            # cast: get_all gives dicts only after rows_as_dict()
            return [adapt_row(names, row) for row in cast(list[list[Any]], result.get_all())]

    def stream(self, cypher: str, size: int = 5000) -> Iterator[list[Any]]:
        """The rows of one statement as lists of values, however many there are; without time limit."""
        with self._connection(TIMEOUT) as connection:
            result = connection.execute(cypher)
            assert not isinstance(result, list)
            while result.has_next():
                yield from ([adapt(v) for v in cast(list[Any], row)] for row in result.get_n(size))

    def close(self) -> None:
        """Let go of the file; the last one to do so closes it."""
        with _guard:
            if not self._closed:
                self._closed = True
                self._leave(self._shared)

    @contextlib.contextmanager
    def _connection(self, timeout: float) -> Iterator[ladybug.Connection]:
        """A connection for one statement. What the engine says against it is raised as QueryError."""
        with _guard:
            if self._closed:
                raise StoreError("The graph has been closed.", "图已关闭。")
            if _databases.get(self._key) is not self._shared:  # given up meanwhile
                before, self._shared = self._shared, self._join()
                self._leave(before)
            shared = self._shared
            shared.users += 1
        try:
            with contextlib.closing(ladybug.Connection(shared.database)) as connection:
                yield connection
        except RuntimeError as error:
            if FULL in str(error):
                with _guard:
                    if _databases.get(self._key) is shared:
                        del _databases[self._key]
            raise _explain(error, timeout) from error
        finally:
            with _guard:
                self._leave(shared)

    def _join(self) -> _Shared:
        """The database of this file, opened by the first who asks. Call with the guard held, as `_leave`."""
        shared = _databases.get(self._key)
        if shared is None:
            shared = _databases[self._key] = _Shared(_open(self.path, self._pool))
        shared.users += 1
        return shared

    def _leave(self, shared: _Shared) -> None:
        shared.users -= 1
        if not shared.users:
            if _databases.get(self._key) is shared:
                del _databases[self._key]
            shared.database.close()

    def __enter__(self) -> LadybugStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _open(path: Path, pool: int) -> Any:  # noqa: ANN401
    threads, space = min(4, os.cpu_count() or 1), address_space(path.stat().st_size)
    try:
        return ladybug.Database(
            str(path), read_only=True, buffer_pool_size=pool, max_db_size=space, max_num_threads=threads
        )
    except RuntimeError as error:
        cause = str(error).splitlines()[0]
        raise StoreError(
            f"The graph at {path} cannot be opened: {cause}. `zeren rebuild` makes it anew.",
            f"无法打开图文件 {path}:{cause}。`zeren rebuild` 可重新生成。",
        ) from error


def _explain(error: RuntimeError, timeout: float) -> QueryError:
    text = str(error).strip()
    if text.startswith("Interrupted"):
        return QueryTimeout(timeout)
    if FULL in text:
        return QueryError(
            "The query needs more memory than allowed; narrow it down.", "查询所需内存超过限制，请缩小范围。"
        )
    return QueryError(f"The query was refused: {text}", f"查询未被接受：{text}")
