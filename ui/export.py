"""What people take away: tables as CSV, XLSX and JSON, the ledger an office keeps, the dossier of one department.

No cell becomes a formula and no text becomes markup, whatever a document says.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from graph.export import calculates, table
from graph.store import Store
from queries.catalog import column_title, value_title, visible
from queries.run import Answer, run

LEDGER = "ledger"  # the canned query behind the ledger
# heading, column of the query, width in characters
LEDGER_COLUMNS: tuple[tuple[str, str, str, int], ...] = (
    ("序号", "No.", "", 6), ("任务", "Task", "task", 34), ("牵头单位", "Leading bodies", "leads", 16),
    ("责任单位", "Responsible bodies", "responsible", 22), ("配合单位", "Assisting bodies", "assists", 22),
    ("完成时限", "Due", "due", 12), ("依据", "Document", "document", 28), ("文号", "Document number", "doc_number", 18),
    ("原文", "Sentence", "quote", 48),
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL = 32_767  # characters Excel allows in a cell
_WIDTHS = {"quote": 48, "task": 34, "document": 28, "target": 30, "targets": 30, "task_text": 48, "other_quote": 48}


def cell(column: str, value: object, language: str) -> str | int | float:
    """A value as people read it: lists joined, coded values in words, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ("、" if language == "zh" else "; ").join(str(cell(column, v, language)) for v in value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return value_title(column, value, language)


# --- tables -----------------------------------------------------------------------------------------------------------


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], language: str = "zh") -> bytes:
    """All columns, ids and places in the source too, for further work; opens rightly in Excel."""
    heads = (column_title(c, language) for c in columns)
    return table(heads, ([cell(c, r[c], language) for c in columns] for r in rows))


def to_json(answer: Answer) -> bytes:
    """The answer as it is: query, parameters as understood, counts, rows."""
    params = {n: {"given": r.given, "value": r.value, "name": r.name, "how": r.how} for n, r in answer.params.items()}
    return json.dumps(
        {
            "query": answer.query.name, "title": answer.query.title,
            "params": params, "total": answer.total, "failing": answer.failing, "truncated": answer.truncated,
            "columns": answer.columns, "rows": answer.rows,
        },
        ensure_ascii=False, indent=2,
    ).encode()  # fmt: skip


def to_xlsx(title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], language: str = "zh") -> bytes:
    """A workbook with the columns people read, filters on, ready to print."""
    shown = visible(columns)
    heads = [(column_title(c, language), _WIDTHS.get(c, 16)) for c in shown]
    return _workbook(title, heads, ([cell(c, r[c], language) for c in shown] for r in rows))


def ledger_xlsx(title: str, rows: Sequence[Mapping[str, Any]], language: str = "zh") -> bytes:
    """督查台账: rows of the `ledger` query in the columns an office keeps."""
    heads = [(zh if language == "zh" else en, width) for zh, en, _, width in LEDGER_COLUMNS]
    lines = ([n, *(cell(c, r[c], language) for _, _, c, _ in LEDGER_COLUMNS[1:])] for n, r in enumerate(rows, 1))
    return _workbook(title, heads, lines)


def _workbook(title: str, heads: Sequence[tuple[str, int]], lines: Iterable[Sequence[str | int | float]]) -> bytes:
    """Title, heads, lines; filters, frozen heads, A4 landscape, one page wide, heads on each page."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = re.sub(r"[\[\]:*?/\\']", " ", _CONTROL.sub("", title))[:31].strip() or "Zeren"
    _put(sheet, 1, 1, title)
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(heads))
    sheet.row_dimensions[1].height = 30
    thin = Side(style="thin", color="999999")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    for at, (head, width) in enumerate(heads, 1):
        _put(sheet, 2, at, head)
        sheet.cell(2, at).font = Font(bold=True)
        sheet.cell(2, at).fill = PatternFill("solid", fgColor="E8E8E8")
        sheet.cell(2, at).alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.cell(2, at).border = box
        sheet.column_dimensions[get_column_letter(at)].width = width
    last = 2
    for last, line in enumerate(lines, 3):
        for at, value in enumerate(line, 1):
            _put(sheet, last, at, value)
            sheet.cell(last, at).alignment = Alignment(vertical="top", wrap_text=True)
            sheet.cell(last, at).border = box
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(heads))}{last}"
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.print_area = f"A1:{get_column_letter(len(heads))}{last}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if sheet.oddFooter and sheet.oddFooter.center:
        sheet.oddFooter.center.text = "&P / &N"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Worksheet, row: int, column: int, value: str | int | float) -> None:
    target = sheet.cell(row, column)
    if not isinstance(value, str):
        target.value = value
        return
    text = _CONTROL.sub("", value)[:_CELL]
    target.value = text
    target.data_type = "s"  # never a formula
    target.quotePrefix = calculates(text)


# --- the dossier of a department --------------------------------------------------------------------------------------

# section title (zh, en), query, columns
_DOSSIER: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("历年工作量", "Workload by year", "workload",
     ("issued_year", "tasks", "lead_tasks", "responsible_tasks", "assist_tasks")),
    ("责任清单", "Tasks", "department-tasks", ("task", "duty", "due", "document", "doc_number", "quote")),
    ("量化目标", "Targets", "year-targets", ("target_year", "target", "task", "document", "quote")),
    ("领导小组", "Leading groups", "department-groups", ("leading_group", "via", "role", "person", "quote")),
    ("人员", "People", "department-people", ("person", "post", "via", "task", "quote")),
    ("协作单位", "Partners", "partners", ("department", "shared_tasks", "led_here", "led_there")),
    ("沿革", "Predecessors and successors", "lineage",
     ("old_department", "new_department", "succession_year", "basis")),
)  # fmt: skip
_STYLE = """
body{font:14px/1.7 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;color:#222;
  max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.7rem;margin:0}
h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:2px solid #a61b1b}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #bbb;padding:.3rem .5rem;vertical-align:top;text-align:left;overflow-wrap:anywhere}
th{background:#f1efec;white-space:nowrap}
td.n{text-align:right}
p.note{color:#555}
@media print{body{margin:0;max-width:none}thead{display:table-header-group}tr{break-inside:avoid}
  h2{break-after:avoid}@page{size:A4;margin:15mm}}
"""
_HEAD = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style></head>"""


def dossier_html(store: Store, department: str, language: str = "zh", today: date | None = None) -> str:
    """One department on one page that needs no other file: workload, tasks with sentences, targets, groups, people.

    `department` is a name as people write it. Raises UnknownName when it fits nothing or several bodies.
    """
    zh = language == "zh"
    answers = [
        (title if zh else title_en, run(store, query, {"department": department}, limit=5000), columns)
        for title, title_en, query, columns in _DOSSIER
    ]
    body = answers[0][1].params["department"]
    note = "据资料库中的文件整理" if zh else "from the documents of the library"
    head = _HEAD.format(language="zh-CN" if zh else "en", title=_text(body.name), style=_STYLE)
    sections = [_section(title, answer, columns, language) for title, answer, columns in answers]
    day = (today or date.today()).isoformat()
    lead = f'<h1>{_text(body.name)}</h1><p class="note">{_text(f"{body.region} · {note} · {day}")}</p>'
    return "\n".join([head, "<body>", lead, *sections, "</body></html>"])


def _section(title: str, answer: Answer, columns: Sequence[str], language: str) -> str:
    if not answer.rows:
        nothing = "没有记录" if language == "zh" else "Nothing on record"
        return f'<h2>{_text(title)}</h2><p class="note">{nothing}</p>'
    heads = "".join(f"<th>{_text(column_title(c, language))}</th>" for c in columns)
    lines = "\n".join(
        "<tr>" + "".join(_cell_html(cell(c, row[c], language)) for c in columns) + "</tr>" for row in answer.rows
    )
    grid = f"<table><thead><tr>{heads}</tr></thead><tbody>\n{lines}\n</tbody></table>"
    return f"<h2>{_text(title)} ({answer.total})</h2>\n{grid}"


def _cell_html(value: str | int | float) -> str:
    return f"<td>{_text(value)}</td>" if isinstance(value, str) else f'<td class="n">{value}</td>'


def _text(text: str) -> str:
    return html.escape(_CONTROL.sub("", text))
