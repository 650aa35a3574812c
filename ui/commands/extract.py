"""`zeren extract` and `zeren evaluate`: what is read from files, and how well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph.errors import ZerenError
from loaders.evaluate import KINDS, Evaluation, changes
from loaders.evaluate import evaluate as evaluate_gold
from loaders.facts import Document, Task
from loaders.facts_json import to_json
from loaders.read import read_documents
from loaders.readers import SUFFIXES, read
from ui.commands.load import Lang, LangOption

WORDS: dict[str, dict[Lang, str]] = {
    key: {Lang.zh: zh, Lang.en: en}
    for key, zh, en in (
        ("tasks", "任务", "tasks"), ("citations", "引用文件", "citations"), ("groups", "领导小组", "groups"),
        ("goals", "目标", "goals"), ("phases", "阶段", "phases"), ("appointments", "任免", "appointments"),
        ("warnings", "提示", "warnings"), ("number", "序号", "No."), ("task", "任务", "Task"),
        ("lead", "牵头", "Lead"), ("responsible", "责任", "Responsible"), ("assist", "配合", "Assist"),
        ("due", "时限", "Due"), ("unread-statement", "责任表述未能读出", "statement not read"),
        ("broken-table", "表格行没有责任单位", "table row without a body"),
        ("suspect-name", "单位名称疑似有误", "suspect name"),
        ("precision", "准确率", "precision"), ("recall", "召回率", "recall"), ("f1", "F1", "F1"),
        ("right", "正确", "right"), ("missed", "遗漏", "missed"), ("invented", "多出", "invented"),
        ("gains", "改进", "gains"), ("losses", "退步", "losses"),
    )
}  # fmt: skip


def t(key: str, lang: Lang) -> str:
    """The word for a key; the key itself when it is none of ours."""
    return WORDS[key][lang] if key in WORDS else key


def extract(
    files: Annotated[list[Path], typer.Argument(help="Files or folders / 文件或文件夹")],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON / 输出JSON")] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Print what is read from files / 显示从文件中读出的内容."""
    err = Console(stderr=True)
    documents: list[Document] = []
    failed = 0
    for file in _files(files):
        try:
            documents += read_documents(read(file))
        except ZerenError as error:
            failed = error.exit_code
            err.print(error.say(lang), style="red", markup=False)
    if as_json:
        print(json.dumps([to_json(d) for d in documents], ensure_ascii=False, indent=1))
    else:
        console = Console()
        for document in documents:
            _digest(console, document, lang)
    if failed:
        raise typer.Exit(failed)


def _files(paths: list[Path]) -> list[Path]:
    """The files named, and those in the folders named, in order of name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
        else:
            found.append(path)
    return found


def _digest(console: Console, document: Document, lang: Lang) -> None:
    """One document for people: its head, its tasks with who and when, and what could not be read."""
    head = [document.doc_number, document.issuer, document.issued_on, document.region]
    console.rule(Text(document.title or document.source))
    console.print(Text("  ".join(h for h in head if h), style="dim"))
    counts = [
        (name, len(getattr(document, name)))
        for name in ("tasks", "citations", "groups", "goals", "phases", "appointments", "warnings")
        if getattr(document, name)
    ]
    console.print(Text("  ".join(f"{t(name, lang)} {n}" for name, n in counts)))
    if document.tasks:
        table = Table(show_lines=False, box=None, pad_edge=False)
        for name in ("number", "task", "lead", "responsible", "assist", "due"):
            table.add_column(t(name, lang), overflow="fold")
        for task in document.tasks:
            table.add_row(*(Text(cell) for cell in _row(task)))
        console.print(table)
    for warning in document.warnings:
        where = f"{warning.start}–{warning.end}"
        console.print(Text(f"! {t(warning.kind, lang)} [{where}] {warning.text[:80]}", style="yellow"))


def _row(task: Task) -> list[str]:
    names = {
        role: "、".join(a.unit for a in task.assignments if a.role == role)
        for role in ("lead", "responsible", "assist")
    }
    due = "、".join(dict.fromkeys(d.text for d in task.deadlines))
    return [
        task.number or "",
        (task.title or task.text)[:40],
        names["lead"],
        names["responsible"],
        names["assist"],
        due,
    ]


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of annotations / 标注所在文件夹")],
    texts: Annotated[
        Path | None, typer.Option("--texts", help="Where the annotated texts lie / 原文所在文件夹")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="An earlier result to compare with / 与先前结果比较")
    ] = None,
    save: Annotated[Path | None, typer.Option("--save", help="Write the result here / 保存结果")] = None,
    min_f1: Annotated[
        list[str] | None, typer.Option("--min-f1", help="KIND=F1: exit 1 when lower / 低于则退出码1")
    ] = None,
    errors: Annotated[
        int, typer.Option("--errors", help="Print the first N errors of each kind / 每类显示前N个错误")
    ] = 0,
    lang: LangOption = Lang.zh,
) -> None:
    """Score the reading on annotations made by hand / 用人工标注检验识别效果."""
    result = evaluate_gold(gold, texts)
    _print_scores(result, lang)
    for kind in KINDS:
        for where, _, name, what in [e for e in result.errors if e[1] == kind][:errors]:
            print(f"  {kind} {t(name, lang)}: {where}: {what}")
    if against is not None:
        gains, losses = changes(_saved(against), result)
        for title, rows in (("gains", gains), ("losses", losses)):
            print(f"{t(title, lang)} {len(rows)}")
            for where, kind, name, what in rows:
                print(f"  {where}: {kind} {t(name, lang)}: {what}")
    if save is not None:
        save.write_text(json.dumps(result.as_json(), ensure_ascii=False, indent=1), "utf-8")
    short = _short(result, min_f1 or [])
    if short:
        print("; ".join(short))
        raise typer.Exit(1)


def _print_scores(result: Evaluation, lang: Lang) -> None:
    columns = ("precision", "recall", "f1", "right", "missed", "invented")
    print(f"{'':16}" + "".join(f"{t(c, lang):>9}" for c in columns))
    for kind, s in result.scores.items():
        print(f"{kind:16}{s.precision:9.3f}{s.recall:9.3f}{s.f1:9.3f}{s.right:9}{s.missed:9}{s.invented:9}")


def _saved(path: Path) -> dict[str, Any]:
    try:
        saved: dict[str, Any] = json.loads(path.read_text("utf-8"))
        _ = saved["errors"]
    except (OSError, ValueError, KeyError) as error:
        raise ZerenError(f"{path}: no saved result ({error})", f"{path}: 不是保存的结果({error})") from error
    return saved


def _short(result: Evaluation, rules: list[str]) -> list[str]:
    short = []
    for rule in rules:
        kind, _, least = rule.partition("=")
        if kind not in result.scores or not least.replace(".", "", 1).isdigit():
            raise ZerenError(f"--min-f1 {rule}: expected KIND=F1, KIND one of {', '.join(KINDS)}")
        if result.scores[kind].f1 < float(least):
            short.append(f"{kind} F1 {result.scores[kind].f1:.3f} < {least}")
    return short
