"""A Neo4j server as the store, through the official driver (extra `zeren[neo4j]`). Reading only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from graph.errors import QueryError, QueryTimeout, StoreError
from graph.store import TIMEOUT
from graph.store.values import adapt_row, check_params

if TYPE_CHECKING:
    from neo4j import Driver

PASSWORD = "ZEREN_NEO4J_PASSWORD"  # the name of the environment variable, not a secret
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "LockClientStopped")


class Neo4jStore:
    """The graph in a Neo4j database, `neo4j://user@host[:port][/database]`.

    The password comes from the address or from the environment variable ZEREN_NEO4J_PASSWORD. Raises StoreError when
    the driver is not installed or the server cannot be reached.
    """

    def __init__(self, url: str) -> None:
        try:
            import neo4j
        except ImportError:
            raise StoreError(
                "Neo4j needs its driver: install zeren[neo4j].", "使用 Neo4j 需安装驱动:zeren[neo4j]。"
            ) from None
        parts = urlsplit(url)
        host = parts.hostname or "localhost"
        self._database = parts.path.strip("/") or "neo4j"
        self._shown = f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}/{self._database}"
        user = unquote(parts.username or "neo4j")
        password = unquote(parts.password) if parts.password else os.environ.get(PASSWORD, "")
        address = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{f':{parts.port}' if parts.port else ''}"
        self._driver: Driver = neo4j.GraphDatabase.driver(
            address, auth=(user, password) if password else None, connection_timeout=10.0,
            notifications_min_severity="OFF",
        )
        try:
            self._driver.verify_connectivity()
        except Exception as error:
            self._driver.close()
            raise self._refused(error) from error

    @property
    def revision(self) -> str:
        """What the last load wrote down about the library's state; empty when the server holds none."""
        rows = self.run("MATCH (s:Source) RETURN count(*) AS sources, max(s.loaded_at) AS loaded_at")
        return f"{rows[0]['sources']}-{rows[0]['loaded_at'] or ''}" if rows else ""

    def run(
        self, cypher: str, params: Mapping[str, object] | None = None, *, timeout: float = TIMEOUT
    ) -> list[dict[str, Any]]:
        """Rows of one statement (see `Store.run`). Read access is enforced by the server."""
        import neo4j

        given = check_params(cypher, params)
        try:
            with self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session:
                result = session.run(neo4j.Query(cypher, timeout=timeout), given)
                names = list(result.keys())
                return [adapt_row(names, list(record.values())) for record in result]
        except neo4j.exceptions.ClientError as error:
            if any(code in (error.code or "") for code in _TIMED_OUT):
                raise QueryTimeout(timeout) from error
            if "Security" in (error.code or ""):
                raise self._refused(error) from error
            cause = error.message or str(error)
            raise QueryError(f"The query was refused: {cause}", f"查询未被接受:{cause}") from error
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise self._refused(error) from error

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _refused(self, error: Exception) -> StoreError:
        import neo4j

        cause, cause_zh = str(error).splitlines()[0] if str(error) else type(error).__name__, ""
        if isinstance(error, neo4j.exceptions.AuthError):
            cause, cause_zh = f"wrong user or password (set {PASSWORD})", f"用户名或密码不对(请设置 {PASSWORD})"
        elif isinstance(error, neo4j.exceptions.ServiceUnavailable):
            cause, cause_zh = "no server answers there", "服务器没有应答"
        return StoreError(f"Cannot use {self._shown}: {cause}.", f"无法使用 {self._shown}:{cause_zh or cause}。")
