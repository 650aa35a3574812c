"""Which graph a command asks, the library's or a server's; and `zeren sync`, which brings the one to the other."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.table import Table

from graph.errors import StoreError
from ui.commands.load import Lang, LangOption, LibraryOption, shown
from ui.commands.write import console_

if TYPE_CHECKING:
    from graph.store import Store
    from graph.store.ladybug import LadybugStore

WORDS: dict[str, dict[Lang, str]] = {
    "password": {Lang.zh: "{url} 的密码:", Lang.en: "Password for {url}: "},
    "synced": {
        Lang.zh: "{url} 已与资料库一致:共 {rows} 行,写入 {written} 行,删除 {deleted} 行(版本 {revision})",
        Lang.en: "{url} now holds the library's graph: {rows} rows, {written} written, {deleted} deleted "
        "(revision {revision})",
    },
    "agree": {Lang.zh: "一致(版本 {revision})", Lang.en: "Server and library agree (revision {revision})"},
    "differ": {
        Lang.zh: "不一致:资料库版本 {library},服务器版本 {server}。`zeren sync` 可更新服务器。",
        Lang.en: "Server and library differ: revision {library} here, {server} there. `zeren sync` brings it there.",
    },
    "none": {Lang.zh: "无", Lang.en: "none"},
    "unfinished": {Lang.zh: "{revision}(未完成)", Lang.en: "{revision} (unfinished)"},
    "table": {Lang.zh: "表", Lang.en: "Table"},
    "library": {Lang.zh: "资料库", Lang.en: "Library"},
    "server": {Lang.zh: "服务器", Lang.en: "Server"},
    "missing": {Lang.zh: "缺少", Lang.en: "Missing"},
    "surplus": {Lang.zh: "多余", Lang.en: "Surplus"},
}


@contextmanager
def opened(library: Path | None, store: str | None, lang: Lang = Lang.zh) -> Iterator[Store]:
    """The graph to ask: the server's when one is named, else the library's."""
    from graph.library import Library
    from graph.store import open_store

    found = open_store(with_password(store, lang)) if store else Library(library).store()
    try:
        yield found
    finally:
        found.close()


def with_password(url: str, lang: Lang = Lang.zh) -> str:
    """The address; for a server, a password that is not in the environment is asked for where somebody can answer."""
    from urllib.parse import urlsplit

    from graph.store import NEO4J_SCHEMES
    from graph.store.neo4j import PASSWORD

    parts = urlsplit(url)
    if parts.scheme in NEO4J_SCHEMES and not parts.password and PASSWORD not in os.environ and sys.stdin.isatty():
        # in the environment, so that the app, a process of its own, has it too
        os.environ[PASSWORD] = getpass.getpass(WORDS["password"][lang].format(url=url))
    return url


def sync(
    store: Annotated[
        str, typer.Option("--store", envvar="ZEREN_STORE", help="neo4j://用户@主机/数据库 / neo4j://user@host/database")
    ],
    check: Annotated[bool, typer.Option("--check", help="只比较,不写入 / only compare, write nothing")] = False,
    library: LibraryOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """把资料库的图同步到 Neo4j / Bring the library's graph to a Neo4j server.

    Only what differs is written; safe to run again after an interruption. With `--check` ends with 1 when the two
    differ.
    """
    with opened(library, None) as graph:
        if check:
            _check(graph, with_password(store, lang), lang)
        else:
            bring(graph, store, lang)


def reach(store: str | None, lang: Lang) -> None:
    """Before anything is changed: raise StoreError unless the server that is named can be written to."""
    from graph.store import NEO4J_SCHEMES

    if store:
        if not store.startswith(tuple(f"{s}://" for s in NEO4J_SCHEMES)):
            raise StoreError(
                f"--store {store}: a server is needed here, such as neo4j://user@host/database.",
                f"--store {store}:此处须为服务器地址,如 neo4j://用户@主机/数据库。",
            )
        from graph.store import sync as syncing

        syncing.reach(with_password(store, lang))


def bring(graph: Store, store: str, lang: Lang) -> None:
    """Bring the graph to the server and say what was written."""
    from graph.store import sync as syncing
    from graph.store.neo4j import address

    reach(store, lang)
    with shown(lang) as told:
        done = syncing.sync(cast("LadybugStore", graph), store, told)
    console_().print(
        WORDS["synced"][lang].format(
            url=address(store).shown, rows=done.rows, written=done.written, deleted=done.deleted, revision=done.revision
        )
    )


def _check(graph: Store, store: str, lang: Lang) -> None:
    from graph.store.sync import compare

    found = compare(cast("LadybugStore", graph), store)
    if found.agree:
        console_().print(WORDS["agree"][lang].format(revision=found.library))
        return
    server = found.server or WORDS["none"][lang]
    if found.server and not found.complete:
        server = WORDS["unfinished"][lang].format(revision=found.server)
    console_().print(WORDS["differ"][lang].format(library=found.library, server=server))
    table = Table(*(WORDS[c][lang] for c in ("table", "library", "server", "missing", "surplus")))
    for one in found.tables:
        if one.missing or one.surplus:
            table.add_row(one.table, *map(str, (one.library, one.server, one.missing, one.surplus)))
    if table.row_count:
        console_().print(table)
    raise typer.Exit(1)
