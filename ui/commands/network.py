"""`zeren network`: which bodies hold the system together."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from ui.commands.load import Lang, LangOption, LibraryOption, StoreOption
from ui.commands.store import opened
from ui.commands.write import Format, console_, needed, out

COLUMNS: dict[str, dict[Lang, str]] = {
    "name": {Lang.zh: "单位", Lang.en: "Body"},
    "region": {Lang.zh: "地区", Lang.en: "Region"},
    "partners": {Lang.zh: "合作单位", Lang.en: "Partners"},
    "shared": {Lang.zh: "共同任务", Lang.en: "Shared tasks"},
    "between": {Lang.zh: "中介度", Lang.en: "Betweenness"},
    "cut": {Lang.zh: "缺之则断", Lang.en: "Holds parts together"},
    "cluster": {Lang.zh: "群", Lang.en: "Cluster"},
}


def network(
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多行数 / rows at most")] = 20,
    format_: Annotated[Format, typer.Option("--format", help="输出形式 / form of the output")] = Format.table,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写入文件 / write to a file")] = None,
    library: LibraryOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """哪些单位把体系连在一起 / Which bodies hold the system together.

    Bodies are joined when they share tasks. Betweenness is the share of shortest ways between others that lead through
    a body; bodies of one cluster work together more than with the rest.
    """
    from graph.network import standings
    from ui import export

    with opened(library, store, lang) as asked:
        rows = [asdict(s) for s in standings(asked)][:limit]
    columns = ["id", *COLUMNS]
    if format_ is Format.json:
        out(json.dumps(rows, ensure_ascii=False, indent=2).encode(), output, lang)
    elif format_ is Format.csv:
        out(export.to_csv(columns, rows, lang), output, lang)
    elif format_ is Format.xlsx:
        title = (network.__doc__ or "").split(" / ")[0]
        out(export.to_xlsx(title, columns, rows, lang), needed(output), lang)
    else:
        table = Table(*(title[lang] for title in COLUMNS.values()))
        for row in rows:
            shown = {**row, "cut": "✓" if row["cut"] else ""}
            table.add_row(*(Text(str(shown[c]), overflow="fold") for c in COLUMNS))
        console_().print(table)
