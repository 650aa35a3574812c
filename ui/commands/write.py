"""How the commands write an answer: as a table, CSV, JSON or XLSX."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph.errors import QueryError, ZerenError
from ui.commands.load import Lang

if TYPE_CHECKING:
    from queries.names import Resolved
    from queries.run import Answer, Picture


class Format(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    json = "json"
    xlsx = "xlsx"
    svg = "svg"


WORDS: dict[str, dict[Lang, str]] = {
    "rows": {Lang.zh: "共 {total} 条", Lang.en: "{total} in all"},
    "shown": {
        Lang.zh: "共 {total} 条，显示 {shown} 条（--limit 可增加）",
        Lang.en: "{shown} of {total} shown (see --limit)",
    },
    "failing": {Lang.zh: "{failing} 项有问题，共核查 {total} 项", Lang.en: "{failing} failing of {total}"},
    "nothing": {Lang.zh: "没有记录", Lang.en: "Nothing on record"},
    "written": {Lang.zh: "已写入 {path}", Lang.en: "Written to {path}"},
}


def write(answer: Answer, format_: Format, output: Path | None, lang: Lang) -> None:
    """Write an answer in one of the forms, to a file or to standard output."""
    from ui import export

    if format_ is Format.svg:
        raise QueryError("This has no picture; choose another form.", "此项没有图，请选其他输出形式。")
    if format_ is Format.table:
        _table(answer, lang)
    elif format_ is Format.json:
        out(export.to_json(answer), output, lang)
    elif format_ is Format.csv:
        out(export.to_csv(answer.columns, answer.rows, lang), output, lang)
    elif answer.query.name == export.LEDGER:
        out(export.ledger_xlsx(answer.query.title[lang], answer.rows, lang), needed(output), lang)
    else:
        out(export.to_xlsx(answer.query.title[lang], answer.columns, answer.rows, lang), needed(output), lang)


def draw(drawn: Picture, output: Path | None, lang: Lang, missing: str = "") -> None:
    """Write a picture as SVG. Raises QueryError when there is nothing to draw."""
    from ui.drawing import svg

    if not drawn.nodes:
        raise QueryError("There is nothing to draw.", "没有可以画的内容。")
    out(svg(drawn, lang, missing), output, lang)


def _table(answer: Answer, lang: Lang) -> None:
    from queries.catalog import column_title, visible
    from ui.export import cell

    console = console_()
    console.print(Text(answer.query.title[lang], style="bold"))
    given = {n: r for n, r in answer.params.items() if r.how not in ("any", "default")}
    colon = "：" if lang is Lang.zh else ": "
    if told := [f"{answer.query.param(n).title[lang]}{colon}{_told(n, r, lang)}" for n, r in given.items()]:
        console.print(Text("  ".join(told)))
    if answer.rows:
        shown = [c for c in visible(answer.columns) if any(r[c] not in (None, "", []) for r in answer.rows)]
        table = Table(*(column_title(c, lang) for c in shown))
        for row in answer.rows:
            table.add_row(*(Text(_short(cell(c, row[c], lang)), overflow="fold") for c in shown))
        console.print(table)
    else:
        console.print(WORDS["nothing"][lang])
    if answer.failing is not None:
        console.print(WORDS["failing"][lang].format(failing=answer.failing, total=answer.total))
    elif answer.truncated:
        console.print(WORDS["shown"][lang].format(total=answer.total, shown=len(answer.rows)))
    else:
        console.print(WORDS["rows"][lang].format(total=answer.total))


def _told(name: str, resolved: Resolved, lang: Lang) -> str:
    from queries.catalog import value_title

    around = "（）" if lang is Lang.zh else "()"
    where = resolved.region if resolved.region and resolved.region not in resolved.name else ""
    return value_title(name, resolved.name, lang) + (where and f"{around[0]}{where}{around[1]}")


def _short(value: object, longest: int = 160) -> str:
    text = str(value)
    return text if len(text) <= longest else text[:longest] + "…"


def needed(output: Path | None) -> Path:
    """The file to write to; raises QueryError when none was named."""
    if output is None:
        raise QueryError("XLSX is written to a file: give -o FILE.", "XLSX 须写入文件：请用 -o 指定文件。")
    return output


def out(data: bytes, output: Path | None, lang: Lang) -> None:
    """Write bytes to a file, or to standard output. Raises ZerenError when the file cannot be written."""
    if output is None:
        sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
        sys.stdout.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise ZerenError(f"Cannot write {output}: {error.strerror}", f"无法写入 {output}:{error.strerror}") from error
    console_(stderr=True).print(WORDS["written"][lang].format(path=output))


def console_(*, stderr: bool = False) -> Console:
    """A console that takes text as it is."""
    console = Console(stderr=stderr, markup=False, highlight=False)
    if not console.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        console.width = 200  # a pipe has no width; 80 columns would break every Chinese cell
    return console
