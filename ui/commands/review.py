"""`zeren review`: what is unsure, and what people decide about it, from the command line."""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from ui.commands.load import Lang, LangOption, LibraryOption, shown
from ui.commands.write import console_, out

if TYPE_CHECKING:
    from pathlib import Path

    from graph.decisions import Decision
    from graph.library import Library
    from graph.store import Store
    from loaders.review import Item


class Kind(StrEnum):
    """What may be unsure."""

    same_body = "same-body"
    slip = "slip"
    odd_name = "odd-name"
    same_person = "same-person"
    same_document = "same-document"
    citation = "citation"
    suspect_name = "suspect-name"
    unread = "unread"


class Role(StrEnum):
    """The part a department has in a task."""

    lead = "lead"
    responsible = "responsible"
    assist = "assist"
    none = "none"


IdsArgument = Annotated[list[str], typer.Argument(help="事项编号（可只写前几位） / ids of items, or their beginnings")]
WhoOption = Annotated[str, typer.Option("--who", help="署名 / who decides (default: the login name)")]
ITEM = re.compile("[0-9a-f]{4,10}")

WORDS: dict[str, dict[Lang, str]] = {
    "same-body": {Lang.zh: "疑为同一单位", Lang.en: "perhaps one body"},
    "slip": {Lang.zh: "疑为错字", Lang.en: "perhaps a slip"},
    "odd-name": {Lang.zh: "名称可疑", Lang.en: "odd name"},
    "same-person": {Lang.zh: "疑为同一人", Lang.en: "perhaps one person"},
    "same-document": {Lang.zh: "疑为同一文件", Lang.en: "perhaps one document"},
    "citation": {Lang.zh: "所引文件未载入", Lang.en: "cited, not held"},
    "suspect-name": {Lang.zh: "疑似误识的名称", Lang.en: "name perhaps misread"},
    "unread": {Lang.zh: "未能读懂的语句", Lang.en: "could not be read"},
    "id": {Lang.zh: "编号", Lang.en: "Id"},
    "kind": {Lang.zh: "疑点", Lang.en: "Doubt"},
    "about": {Lang.zh: "对象", Lang.en: "About"},
    "sentence": {Lang.zh: "原文", Lang.en: "Sentence"},
    "place": {Lang.zh: "位置", Lang.en: "Place"},
    "choices": {Lang.zh: "可作处理", Lang.en: "Choices"},
    "decided": {Lang.zh: "处理", Lang.en: "Decided"},
    "when": {Lang.zh: "时间(UTC)", Lang.en: "When (UTC)"},
    "who": {Lang.zh: "处理人", Lang.en: "Who"},
    "value": {Lang.zh: "结果", Lang.en: "Result"},
    "state": {Lang.zh: "状态", Lang.en: "State"},
    "holds": {Lang.zh: "有效", Lang.en: "holds"},
    "undone": {Lang.zh: "已撤销", Lang.en: "taken back"},
    "accept": {Lang.zh: "确认", Lang.en: "accept"},
    "reject": {Lang.zh: "否定", Lang.en: "reject"},
    "merge": {Lang.zh: "合并", Lang.en: "merge"},
    "split": {Lang.zh: "分开", Lang.en: "split"},
    "apart": {Lang.zh: "分开", Lang.en: "split"},
    "correct": {Lang.zh: "更正", Lang.en: "correct"},
    "role": {Lang.zh: "改责任", Lang.en: "role"},
    "date": {Lang.zh: "改时限", Lang.en: "date"},
    "undo": {Lang.zh: "撤销", Lang.en: "undo"},
    "count": {
        Lang.zh: "待处理 {open} 项，已处理 {decided} 项（--all 一并列出）",
        Lang.en: "{open} open, {decided} decided (--all lists both)",
    },
    "nothing": {Lang.zh: "没有待处理的事项", Lang.en: "Nothing is waiting for a decision"},
    "none_made": {Lang.zh: "还没有处理记录", Lang.en: "No decisions yet"},
    "made": {
        Lang.zh: "{who} 的处理已记录，图已更新；撤销：zeren review undo 编号",
        Lang.en: "Recorded for {who}, the graph is up to date; to take one back: zeren review undo ID",
    },
}

app = typer.Typer(invoke_without_command=True, help="复核：列出拿不准之处并处理 / What is unsure, and decisions on it")


@app.callback()
def review(
    context: typer.Context,
    kind: Annotated[Kind | None, typer.Option("--kind", help="只列一类 / one kind only")] = None,
    all_: Annotated[bool, typer.Option("--all", help="连同已处理的 / decided ones too")] = False,
    json_: Annotated[bool, typer.Option("--json", help="以 JSON 输出 / as JSON")] = False,
    library: LibraryOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """列出拿不准之处 / List what is unsure. The id in the first column is what the other commands take."""
    if context.invoked_subcommand:
        sources = [context.get_parameter_source(name) for name in context.params]
        if any(source and source.name == "COMMANDLINE" for source in sources):  # they would be lost
            raise typer.BadParameter(f"选项请写在 {context.invoked_subcommand} 之后 / put options after the command")
        return
    from loaders.review import review as listed

    found = [item for item in listed(_library(library)) if kind in (None, item.kind)]
    items = [item for item in found if all_ or item.decision is None]
    if json_:
        plain = [_plain(item) for item in items]
        out(json.dumps(plain, ensure_ascii=False, indent=2).encode(), None, lang)
        return
    console = console_()
    if items:
        heads = ("id", "kind", "about", "sentence", "place", "decided" if all_ else "choices")
        table = Table(*(WORDS[h][lang] for h in heads))
        for item in items:
            table.add_row(*_row(item, lang))
        console.print(table)
    else:
        console.print(WORDS["nothing"][lang])
    waiting = sum(item.decision is None for item in found)
    console.print(WORDS["count"][lang].format(open=waiting, decided=len(found) - waiting))


def _row(item: Item, lang: Lang) -> list[Text]:
    said = [s for s in item.sides if s.evidence]
    done = item.decision
    last = f"{WORDS[done.kind][lang]} {done.who} {done.id}" if done else " ".join(item.choices)
    return [
        Text(item.id, no_wrap=True),
        Text(WORDS[item.kind][lang]),
        Text("\n".join(s.name[:80] for s in item.sides), overflow="fold"),
        Text("\n".join(_line(s.quote) for s in said), overflow="fold"),
        Text("\n".join(s.evidence for s in said), overflow="fold"),
        Text(last, overflow="fold"),
    ]


def _line(quote: str, longest: int = 80) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= longest else flat[:longest] + "…"


def _plain(item: Item) -> dict[str, Any]:
    return {
        "id": item.id, "kind": item.kind, "why": item.why, "choices": item.choices,
        "about": [asdict(side) | {"label": item.label} for side in item.sides],
        "decision": asdict(item.decision) if item.decision else None,
    }  # fmt: skip


# ---- decisions -------------------------------------------------------------------------------------------------------


@app.command()
def accept(
    ids: IdsArgument, who: WhoOption = "", library: LibraryOption = None, lang: LangOption = Lang.zh
) -> None:
    """确认:疑点属实(同一单位、错字则合并;名称、引文则认可) / The doubt is right, or the name or citation is."""
    _choose("accept", ids, "", who, library, lang)


@app.command()
def reject(
    ids: IdsArgument, who: WhoOption = "", library: LibraryOption = None, lang: LangOption = Lang.zh
) -> None:
    """否定:疑点不成立,两者不同;不是单位或引文的不入图 / The doubt is wrong; what is no body or citation goes."""
    _choose("reject", ids, "", who, library, lang)


@app.command()
def merge(
    ids: Annotated[list[str], typer.Argument(help="事项编号，或单位名称 / ids of items, or names of departments")],
    to: Annotated[str, typer.Option("--to", help="并入哪一个 / the one it is, by any of its names")] = "",
    who: WhoOption = "",
    library: LibraryOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """合并:两者实为一个 / The two are one."""
    _choose("merge", ids, to, who, library, lang)


@app.command()
def split(
    ids: Annotated[list[str], typer.Argument(help="事项编号，或单位名称 / ids of items, or the name of a department")],
    surface: Annotated[
        str, typer.Option("--surface", help="要分出的写法 / the way of writing that means another body")
    ] = "",
    to: Annotated[str, typer.Option("--to", help="分出后的名称 / what that body is called")] = "",
    who: WhoOption = "",
    library: LibraryOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """分开:两者不是一个;把一种写法从单位中分出 / They are two; or one way of writing means another body."""
    if not surface:
        _choose("split", ids, "", who, library, lang)
        return
    from loaders import review as reviewing

    with _changing(library, who, lang) as (opened, signed, store):
        bodies = [_resolved(store, "Department", given) for given in ids]
        made = [reviewing.split(opened, b, surface, who=signed, name=to) for b in bodies]
        _made(made, lang)


@app.command()
def correct(
    ids: Annotated[list[str], typer.Argument(help="事项编号，或任务编号、标题 / ids of items, ids or titles of tasks")],
    role: Annotated[Role | None, typer.Option("--role", help="责任;none 为无 / its part; none for none")] = None,
    department: Annotated[str, typer.Option("--department", help="哪个单位 / which department")] = "",
    date: Annotated[
        str, typer.Option("--date", help="时限 2025、2025-Q2、2025-06、2025-06-30;none 为无 / when it is due")
    ] = "",
    who: WhoOption = "",
    library: LibraryOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """更正任务的责任单位或时限 / Correct who is responsible for a task, or when it is due."""
    from loaders import review as reviewing

    with _changing(library, who, lang) as (opened, signed, store):
        body = _resolved(store, "Department", department) if department else ""
        items = reviewing.review(opened) if any(ITEM.fullmatch(given) for given in ids) else []
        tasks = []
        for given in ids:
            item = reviewing.find(items, given) if ITEM.fullmatch(given) else None
            task = reviewing.task_of(store, item) if item else _resolved(store, "Task", given)
            tasks.append((task, item.key if item else ""))
        made = []
        for task, key in tasks:
            made += reviewing.correct(
                opened, task, who=signed, body=body, role=role.value if role else "", date=date, item=key
            )
        _made(made, lang)


@app.command()
def undo(
    ids: Annotated[list[str], typer.Argument(help="处理编号（见 log） / ids of decisions (see log)")],
    who: WhoOption = "",
    library: LibraryOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """撤销处理;撤销本身也可撤销 / Take decisions back; taking back can be taken back."""
    from loaders import review as reviewing

    with _changing(library, who, lang) as (opened, signed, _):
        _made([reviewing.undo(opened, given, who=signed) for given in ids], lang)


@app.command()
def log(
    json_: Annotated[bool, typer.Option("--json", help="以 JSON 输出 / as JSON")] = False,
    library: LibraryOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """列出所有处理,最近的在前 / List all decisions, the newest first."""
    from graph.decisions import read, taken_back

    made = read(_library(library).decisions_file)
    gone = taken_back(made)
    if json_:
        plain = [asdict(d) | {"holds": d.id not in gone} for d in reversed(made)]
        out(json.dumps(plain, ensure_ascii=False, indent=2).encode(), None, lang)
    elif made:
        _made(list(reversed(made)), lang, gone)
    else:
        console_().print(WORDS["none_made"][lang])


def _choose(choice: str, ids: Sequence[str], to: str, who: str, library: Path | None, lang: Lang) -> None:
    from loaders import review as reviewing

    with _changing(library, who, lang) as (opened, signed, store):
        listed = reviewing.review(opened)
        items = [reviewing.find(listed, given) for given in ids if ITEM.fullmatch(given)]
        names = [given for given in ids if not ITEM.fullmatch(given)]
        if names and not (choice == "merge" and to):
            reviewing.find(listed, names[0])  # says that there is no such item
        pairs = [(item, _resolved(store, item.label or "Department", to) if to else "") for item in items]
        bodies = [(_resolved(store, "Department", n), _resolved(store, "Department", to)) for n in names]
        reviewing.check([(item, choice, other) for item, other in pairs])
        made = [d for item, other in pairs for d in reviewing.decide(opened, [item], choice, who=signed, to=other)]
        made += [reviewing.merge(opened, one, other, who=signed) for one, other in bodies]
        _made(made, lang)


def _resolved(store: Callable[[], Store], label: str, given: str) -> str:
    from queries.names import resolve

    return str(resolve(store(), label, given).value)


def _library(path: Path | None) -> Library:
    from graph.library import Library

    return Library(path)


@contextmanager
def _changing(path: Path | None, who: str, lang: Lang) -> Iterator[tuple[Library, str, Callable[[], Store]]]:
    """The library, who signs, and its graph when asked for; afterwards the graph is made anew, once."""
    from loaders.load import rebuild

    library = _library(path)
    signed = who or getpass.getuser()
    opened: list[Store] = []

    def store() -> Store:
        if not opened:
            opened.append(library.store())
        return opened[0]

    try:
        with library.writing():  # nothing is recorded while another process builds
            yield library, signed, store
    finally:
        for graph in opened:
            graph.close()
    with shown(lang) as told:
        rebuild(library, progress=told)
    console_().print(WORDS["made"][lang].format(who=signed))


def _made(made: Sequence[Decision], lang: Lang, gone: set[str] | None = None) -> None:
    heads = ["id", "when", "who", "decided", "about", "value", *(["state"] if gone is not None else [])]
    table = Table(*(WORDS[h][lang] for h in heads))
    for d in made:
        cells = [d.id, d.when, d.who, WORDS[d.kind][lang], d.subject or d.undoes, d.value]
        if gone is not None:
            cells.append(WORDS["undone" if d.id in gone else "holds"][lang])
        table.add_row(*(Text(c, overflow="fold") for c in cells))
    console_().print(table)
