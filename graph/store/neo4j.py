"""A Neo4j server (5.26 or newer) as the store, through the official driver (extra `zeren[neo4j]`).

Reading is here, writing in `graph.store.sync`. Community servers have no roles: every account may do everything. So
each statement is read in READ access mode, which the server enforces; what the mode lets through (LOAD CSV, SHOW …,
TERMINATE …, procedures of the server) the statement's plan shows, and it is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from graph.errors import QueryError, QueryTimeout, StoreError
from graph.store import TIMEOUT
from graph.store.values import adapt_row, check_params

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction

PASSWORD = "ZEREN_NEO4J_PASSWORD"  # the name of the environment variable, not a secret
OLDEST = (5, 26)
MARK = "ZerenLibrary"  # the one node beside the model's: which library's graph this is, and whether all of it is there
# properties that are searched, by label: their full-text index is `zeren_<label>`
FULL_TEXT: dict[str, tuple[str, ...]] = {
    "Task": ("title", "text", "section"),
    "Target": ("indicator", "text"),
    "Document": ("title",),
    "Department": ("name", "full_name"),
}
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "LockClientStopped")
# plan operators that read something other than the graph, or stop others' work
_BANNED = ("LoadCSV", "Show", "Terminate", "AdministrationCommand")
# without one of these words (or a \\u that spells one) there is nothing for the plan to show: the mode refuses the rest
_SUSPECT = re.compile(r"\\|\b(CALL|LOAD|SHOW|TERMINATE|USE|EXPLAIN|PROFILE|CYPHER)\b", re.I)
_PROCEDURES = re.compile(r"(db\.labels|db\.relationshipTypes|db\.propertyKeys|db\.schema\.\w+|"
                         r"db\.index\.fulltext\.query(Nodes|Relationships))\(")  # fmt: skip
# the first condition of a statement asks for a text in properties of one label's node
_SEARCH = re.compile(
    r"\s*MATCH [^\n]*?\((?P<var>\w+):(?P<label>\w+)\)[^\n]*\n?\s*WHERE \("
    r"(?P<any>(?P=var)\.\w+ CONTAINS \$(?P<param>\w+)(?: OR (?P=var)\.\w+ CONTAINS \$(?P=param))*)\)"
    r"(?P<rest>.*?)(?=\n\s*(?:MATCH|OPTIONAL|RETURN|WITH)\b)",
    re.S,
)
_BRACKETED = re.compile(r"\([^()]*\)")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and who asks: `neo4j://user@host[:port][/database]`, also bolt://, and +s or +ssc for TLS."""

    server: str
    user: str
    password: str
    database: str

    @property
    def shown(self) -> str:
        """For messages: without the user and the password."""
        return f"{self.server}/{self.database}"


def address(url: str) -> Address:
    """The parts of a store's URL; the password from the URL or from ZEREN_NEO4J_PASSWORD. Raises StoreError."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "localhost", parts.port
    except ValueError as error:
        raise StoreError(f"The address {url} has no valid port: {error}.", f"地址 {url} 的端口无效。") from error
    server = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
    password = unquote(parts.password) if parts.password else os.environ.get(PASSWORD, "")
    return Address(server, unquote(parts.username or "neo4j"), password, parts.path.strip("/") or "neo4j")


def connect(at: Address) -> Driver:
    """A driver that has reached the server. Raises StoreError: no driver, no server, wrong password, old version."""
    try:
        import neo4j
    except ImportError:
        raise StoreError(
            "Neo4j needs its driver: install zeren[neo4j].", "使用 Neo4j 需安装驱动:zeren[neo4j]。"
        ) from None
    driver: Driver | None = None
    try:
        driver = _driver(at, notifications_min_severity="OFF")
        try:
            with driver.session(database=at.database, default_access_mode=neo4j.READ_ACCESS) as session:
                agent = str(session.run("RETURN 1").consume().server.agent)
        except neo4j.exceptions.ConfigurationError:
            # servers before 5.7 cannot be told to keep their notifications, and the driver says no more than that
            with _driver(at) as plain:
                agent = str(plain.get_server_info().agent)
        version = re.search(r"/(\d+)\.(\d+)", agent)
        if version and (int(version[1]), int(version[2])) < OLDEST:
            raise StoreError(
                f"{at.shown} is {agent}; Zeren needs Neo4j 5.26 or newer.",
                f"{at.shown} 的版本是 {agent},需要 Neo4j 5.26 或更高版本。",
            )
    except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, OSError, ValueError, StoreError) as error:
        if driver:
            driver.close()
        raise (error if isinstance(error, StoreError) else refused(at, error)) from error
    return driver


def _driver(at: Address, **settings: Any) -> Driver:  # noqa: ANN401
    import neo4j

    return neo4j.GraphDatabase.driver(
        at.server, auth=(at.user, at.password) if at.password else None, connection_timeout=10.0,
        connection_acquisition_timeout=15.0, max_transaction_retry_time=30.0, **settings,
    )  # fmt: skip


class Neo4jStore:
    """The graph in a Neo4j database. Raises StoreError when it cannot be used (see `connect`)."""

    def __init__(self, url: str) -> None:
        self.address = address(url)
        self._driver = connect(self.address)
        self._gated: set[str] = set()
        self._indexes: set[str] | None = None

    @property
    def revision(self) -> str:
        """The revision of the library whose graph was brought here; with a `~` while or when that is not complete."""
        rows = self._read(
            f"MATCH (m:{MARK}) RETURN m.revision AS revision, m.complete AS complete, m.run AS run", {}, TIMEOUT
        )
        if not rows:
            return ""
        return str(rows[0]["revision"]) if rows[0]["complete"] else f"{rows[0]['revision']}~{rows[0]['run']}"

    def run(
        self, cypher: str, params: Mapping[str, object] | None = None, *, timeout: float = TIMEOUT
    ) -> list[dict[str, Any]]:
        """Rows of one statement (see `Store.run`). Refuses what does not read, or reads other things than the graph."""
        given = check_params(cypher, params)
        statement = self._with_index(cypher, given)
        if statement not in self._gated and _SUSPECT.search(statement):
            self._gate(statement, given, timeout)
            self._gated.add(statement)
        return self._read(statement, given, timeout)

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _read(self, cypher: str, given: Mapping[str, object], timeout: float) -> list[dict[str, Any]]:
        import neo4j

        @neo4j.unit_of_work(timeout=timeout)
        def work(transaction: ManagedTransaction) -> list[dict[str, Any]]:
            result = transaction.run(cypher, given)  # type: ignore[arg-type]
            names = list(result.keys())
            return [adapt_row(names, list(record.values())) for record in result]

        try:
            with self._driver.session(database=self.address.database) as session:
                return session.execute_read(work)
        except neo4j.exceptions.ClientError as error:
            raise self._explained(error, timeout) from error
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise refused(self.address, error) from error

    def _gate(self, cypher: str, given: Mapping[str, object], timeout: float) -> None:
        """Raise QueryError unless the statement's plan reads the graph and nothing else."""
        import neo4j

        def work(transaction: ManagedTransaction) -> Any:  # noqa: ANN401
            return transaction.run("EXPLAIN " + cypher, given).consume()  # type: ignore[arg-type]

        try:
            with self._driver.session(database=self.address.database) as session:
                summary = session.execute_read(work)
        except neo4j.exceptions.ClientError as error:
            raise self._explained(error, timeout) from error
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise refused(self.address, error) from error
        bad = [o for o, details in _operators(summary.plan or {}) if o.startswith(_BANNED)
               or (o == "ProcedureCall" and not _PROCEDURES.match(details))]  # fmt: skip
        if summary.query_type != "r" or bad or not summary.plan:
            raise QueryError(
                "The query was refused: only reading the graph is allowed.", "查询未被接受:只允许读取图中的数据。"
            )

    def _with_index(self, cypher: str, given: Mapping[str, object]) -> str:
        """The statement with the full-text index in front where that finds the same.

        The `cjk` analyzer cuts Chinese text into pairs of characters, so a phrase of two characters or more, all
        Chinese, is found wherever it stands; anything else is looked for without the index. The statement's own
        condition stays, so that the index only chooses what it is tried on.
        """
        found = _SEARCH.match(cypher)
        if not found or not _HAN.fullmatch(str(given[found["param"]])):
            return cypher
        if re.search(r"\bOR\b", _BRACKETED.sub("", found["rest"])):  # then the condition need not hold
            return cypher
        asked = set(re.findall(r"\.(\w+) CONTAINS", found["any"]))
        if not asked <= set(FULL_TEXT.get(found["label"], ())) or found["label"] not in self._searchable():
            return cypher
        # the quotation marks make it a phrase; nothing in the parameter can end them: it is Chinese characters only
        call = f"""CALL db.index.fulltext.queryNodes('zeren_{found["label"]}', '"' + ${found["param"]} + '"')"""
        return f"{call} YIELD node AS {found['var']}\n{cypher}"

    def _searchable(self) -> set[str]:
        """Labels whose full-text index is there, complete and of the right kind."""
        if self._indexes is None:
            rows = self._read(
                "SHOW FULLTEXT INDEXES YIELD name, state, options WHERE state = 'ONLINE' "
                "RETURN name AS name, options.indexConfig['fulltext.analyzer'] AS analyzer", {}, TIMEOUT,
            )  # fmt: skip
            self._indexes = {str(r["name"]).removeprefix("zeren_") for r in rows if r["analyzer"] == "cjk"}
        return self._indexes

    def _explained(self, error: Any, timeout: float) -> StoreError | QueryError:  # noqa: ANN401
        code = error.code or ""
        if any(c in code for c in _TIMED_OUT):
            return QueryTimeout(timeout)
        if "Security" in code or "Database." in code:
            return refused(self.address, error)
        cause = error.message or str(error)
        return QueryError(f"The query was refused: {cause}", f"查询未被接受:{cause}")


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every operator of a plan with its details."""
    if plan:
        yield str(plan["operatorType"]).partition("@")[0], str(plan.get("args", {}).get("Details", ""))
        for child in plan.get("children", ()):
            yield from _operators(child)


# part of a status code or of a message → what to tell people
_CAUSES: tuple[tuple[str, str, str], ...] = (
    ("DatabaseNotFound", "there is no such database", "没有这个数据库"),
    ("ReadOnly", "the database is read-only", "数据库为只读"),
    ("read-only", "the database is read-only", "数据库为只读"),
    ("AuthenticationRateLimit", "too many wrong passwords; wait a moment", "密码错误次数过多,请稍后再试"),
    ("CredentialsExpired", "the password has expired; change it on the server", "密码已过期,请在服务器上修改"),
    ("MemoryPoolOutOfMemory", "the server has too little memory for a transaction", "服务器内存不足"),
    ("No space left", "the server's disk is full", "服务器磁盘已满"),
    ("Could not append transaction", "the server cannot write (is its disk full?)", "服务器无法写入(磁盘是否已满?)"),
    ("DatabaseUnavailable", "the database has stopped (is its disk full?)", "数据库已停止(磁盘是否已满?)"),
)


def refused(at: Address, error: Exception) -> StoreError:
    """What an error of the driver means, as one sentence for people."""
    import neo4j

    text = f"{getattr(error, 'code', '')} {error}"
    known = next(((en, zh) for part, en, zh in _CAUSES if part in text), None)
    if known:
        cause, cause_zh = known
    elif isinstance(error, neo4j.exceptions.AuthError):
        cause, cause_zh = f"wrong user or password (set {PASSWORD})", f"用户名或密码不对(请设置 {PASSWORD})"
    elif isinstance(error, neo4j.exceptions.ServiceUnavailable):
        cause, cause_zh = "no server answers there", "服务器没有应答"
    else:
        said = getattr(error, "message", None) or str(error) or type(error).__name__
        cause = cause_zh = str(said).splitlines()[0]
    return StoreError(f"Cannot use {at.shown}: {cause}.", f"无法使用 {at.shown}:{cause_zh}。")
