"""Where the graph lives: one protocol, LadybugDB files and Neo4j servers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, runtime_checkable
from urllib.parse import urlsplit

from graph.errors import StoreError

NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
TIMEOUT = 20.0  # seconds a query may take unless the caller says otherwise


@runtime_checkable
class Store(Protocol):
    """A graph that can be asked. Read-only; safe to use from several threads."""

    @property
    def revision(self) -> str:
        """Changes whenever the graph has changed."""

    def run(
        self, cypher: str, params: Mapping[str, object] | None = None, *, timeout: float = TIMEOUT
    ) -> list[dict[str, Any]]:
        """Rows of one statement, values alike on every store.

        `params` must be exactly the names the text uses, none of them None. Raises QueryError, QueryTimeout.
        """

    def close(self) -> None:
        """Let go of the file or the connection; closing twice is harmless."""


def open_store(url: str | Path) -> Store:
    """The store at `url`: a graph file, the folder of a library, or `neo4j://user@host[:port][/database]`.

    Raises StoreError when there is none or it cannot be opened, LibraryError for a folder that is no library.
    """
    scheme = urlsplit(str(url)).scheme if "://" in str(url) else ""
    if scheme in NEO4J_SCHEMES:
        from graph.store.neo4j import Neo4jStore  # the driver is an extra

        return Neo4jStore(str(url))
    if scheme not in ("", "file"):
        raise StoreError(
            f"No store speaks {scheme}://. Use a graph file, a library folder or neo4j://user@host/database.",
            f"不支持 {scheme}:// 。请用图文件、资料库文件夹或 neo4j://用户@主机/数据库。",
        )
    path = Path(urlsplit(str(url)).path if scheme == "file" else url)
    if path.is_dir():
        from graph.library import Library  # the library opens stores itself

        return Library(path).store()
    from graph.store.ladybug import LadybugStore  # loads the engine's native code

    return LadybugStore(path)
