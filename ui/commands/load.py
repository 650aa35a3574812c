"""`zeren load`, `remove`, `rebuild`, `sources`: the library from the command line."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from graph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.load import Progress as Told
    from loaders.load import Summary


class Lang(StrEnum):
    """Language of what is printed."""

    zh = "zh"
    en = "en"


LibraryOption = Annotated[
    Path | None, typer.Option("--library", envvar="ZEREN_LIBRARY", help="资料库文件夹 / folder of the library")
]
StoreOption = Annotated[
    str | None,
    typer.Option("--store", envvar="ZEREN_STORE", help="服务器 neo4j://用户@主机/数据库 / server: neo4j://user@host/database"),
]
LangOption = Annotated[Lang, typer.Option("--lang", envvar="ZEREN_LANG", help="输出语言 / language of the output")]
WorkersOption = Annotated[
    str,
    typer.Option(
        "--workers", metavar="N|tcp://HOST:PORT",
        help="读取进程数，或 Dask 调度器地址 / processes that read (default: all cores), or a Dask scheduler",
    ),
]

WORDS: dict[str, dict[Lang, str]] = {
    "read": {Lang.zh: "读取", Lang.en: "Reading"},
    "names": {Lang.zh: "核对名称", Lang.en: "Settling names"},
    "rows": {Lang.zh: "整理", Lang.en: "Sorting out"},
    "graph": {Lang.zh: "生成图", Lang.en: "Building the graph"},
    "server": {Lang.zh: "写入服务器", Lang.en: "Bringing it to the server"},
    "files": {
        Lang.zh: "新增 {added} 个文件，替换 {replaced} 个，未变 {unchanged} 个，移除 {removed} 个，"
        "无法读取 {unreadable} 个",
        Lang.en: "{added} files added, {replaced} replaced, {unchanged} unchanged, {removed} removed, "
        "{unreadable} could not be read",
    },
    "found": {
        Lang.zh: "本次读出：文件 {documents} 份，任务 {tasks} 项，责任 {assignments} 条；提示 {warnings} 条",
        Lang.en: "Read: {documents} documents, {tasks} tasks, {assignments} assignments; {warnings} warnings",
    },
    "holds": {
        Lang.zh: "资料库现有：文件 {documents} 份，任务 {tasks} 项，责任关系 {assignments} 条",
        Lang.en: "The library now holds {documents} documents, {tasks} tasks, {assignments} assignments",
    },
    "same": {Lang.zh: "没有变化，图保持不变", Lang.en: "Nothing has changed; the graph stays as it was"},
    "unreadable": {Lang.zh: "无法读取", Lang.en: "Could not be read"},
    "cause": {Lang.zh: "原因", Lang.en: "Cause"},
    "id": {Lang.zh: "编号", Lang.en: "Id"},
    "path": {Lang.zh: "位置", Lang.en: "Path"},
    "documents": {Lang.zh: "文件", Lang.en: "Documents"},
    "tasks": {Lang.zh: "任务", Lang.en: "Tasks"},
    "warnings": {Lang.zh: "提示", Lang.en: "Warnings"},
    "loaded_at": {Lang.zh: "载入时间", Lang.en: "Loaded"},
    "empty": {Lang.zh: "资料库中没有来源", Lang.en: "The library holds no sources"},
}


def load(
    paths: Annotated[list[Path], typer.Argument(help="文件、文件夹或 zip / files, folders or zip archives")],
    library: LibraryOption = None,
    store: StoreOption = None,
    workers: WorkersOption = "",
    lang: LangOption = Lang.zh,
) -> None:
    """把文件载入资料库并重建图 / Load files into the library and rebuild the graph.

    Ends with 3 when some file could not be read; the others are loaded all the same. With `--store` the graph is
    brought to a Neo4j server too; one that cannot be used is refused before anything is loaded.
    """
    from graph.library import Library
    from loaders.load import load as load_files
    from ui.commands.store import reach

    reach(store, lang)
    with shown(lang) as told:
        summary = load_files(Library.create(library), paths, workers=_workers(workers), progress=told)
    _summary(summary, lang, store, library)


def remove(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="来源编号、路径或文件名 / id, path or name of a source")
    ],
    library: LibraryOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """从资料库移除来源 / Take sources out of the library."""
    from graph.library import Library
    from loaders.load import remove as remove_source
    from ui.commands.store import reach

    reach(store, lang)
    with shown(lang) as told:
        summary = remove_source(Library(library), *sources, progress=told)
    _summary(summary, lang, store, library)


def rebuild(
    library: LibraryOption = None,
    store: StoreOption = None,
    reread: Annotated[bool, typer.Option("--reread", help="重新读取所有原文 / read every kept file again")] = False,
    workers: WorkersOption = "",
    lang: LangOption = Lang.zh,
) -> None:
    """仅凭资料库重建图 / Make the graph anew from the library alone."""
    from graph.library import Library
    from loaders.load import rebuild as rebuild_graph
    from ui.commands.store import reach

    reach(store, lang)
    with shown(lang) as told:
        summary = rebuild_graph(Library(library), reread=reread, workers=_workers(workers), progress=told)
    _summary(summary, lang, store, library)


def sources(library: LibraryOption = None, lang: LangOption = Lang.zh) -> None:
    """列出资料库中的来源 / List the sources of the library."""
    from graph.library import Library

    heads = sorted(Library(library).sources(), key=lambda h: (h.paths or [h.name], h.id))
    console = _console()
    if not heads:
        console.print(WORDS["empty"][lang])
        return
    table = Table(*(WORDS[c][lang] for c in ("id", "path", "documents", "tasks", "warnings", "loaded_at")))
    for head in heads:
        table.add_row(
            head.id, Text("\n".join(head.paths) or head.name, overflow="fold"), str(len(head.documents)),
            str(head.tasks), str(head.warnings), head.loaded_at,
        )
    console.print(table)


def _workers(given: str) -> int | str | None:
    """How many processes, or the address of a scheduler; None for as many as there are cores."""
    if not given:
        return None
    if given.isdecimal() and int(given) > 0:
        return int(given)
    if re.fullmatch(r"(tcp|tls|ws|wss)://\S+:\d+", given):
        return given
    raise typer.BadParameter(f"{given}: 应为进程数或 tcp://主机:端口 / a number, or tcp://host:port")


def _console() -> Console:
    """Standard output. In a file or pipe lines are as long as they need to be."""
    width = None if sys.stdout.isatty() else 1000
    return Console(markup=False, highlight=False, width=width)


@contextmanager
def shown(lang: Lang) -> Iterator[Told]:
    """A progress bar on standard error, gone when all is done; nothing where that is no terminal."""
    console = Console(stderr=True, markup=False, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bars = {}

        def told(stage: str, done: int, total: int, _: str) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(WORDS[stage][lang], total=total)
            progress.update(bars[stage], completed=done, total=total)

        yield told


def _summary(summary: Summary, lang: Lang, store: str | None, library: Path | None) -> None:
    console = _console()
    counted = {
        name: len(getattr(summary, name)) for name in ("added", "replaced", "unchanged", "removed", "unreadable")
    }
    console.print(WORDS["files"][lang].format(**counted))
    if counted["added"] or counted["replaced"]:
        console.print(
            WORDS["found"][lang].format(
                documents=summary.documents, tasks=summary.tasks, assignments=summary.assignments,
                warnings=summary.warnings,
            )
        )
    if summary.built:
        built = summary.built
        console.print(
            WORDS["holds"][lang].format(documents=built.documents, tasks=built.tasks, assignments=built.assignments)
        )
    else:
        console.print(WORDS["same"][lang])
    if store:
        from ui.commands.store import bring, opened

        with opened(library, None) as graph:
            bring(graph, store, lang)
    if summary.unreadable:
        table = Table(WORDS["unreadable"][lang], WORDS["cause"][lang])
        for failed in summary.unreadable:
            table.add_row(
                Text(failed.path, overflow="fold"), Text(failed.cause_zh if lang is Lang.zh else failed.cause)
            )
        console.print(table)
        raise typer.Exit(UnreadableFile.exit_code)
