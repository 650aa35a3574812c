"""Fills the tables of docs/reading.md with what is read from its examples: `python docs/make_reading.py`.

Each example is a `text` block; it is read as the body of one county document, and the table below it says what was
read and by which rule. A test checks that the tables are current.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from loaders.facts import Document, Fact
from loaders.read import read_documents
from loaders.readers import read_bytes

FILE = Path(__file__).with_name("reading.md")
# What stands before each example: issuer, number and date, against which words such as 年底前 are read.
HEAD = """青禾县人民政府办公室关于印发《青禾县养老服务提升行动方案》的通知
青政办发〔2024〕8号
各乡镇人民政府，县政府各部门：
现将《青禾县养老服务提升行动方案》印发给你们，请认真贯彻执行。
青禾县人民政府办公室
2024年3月5日
青禾县养老服务提升行动方案
为做好养老服务工作，制定本方案。
"""
_EXAMPLE = re.compile(r"(```text\n(?P<text>.*?)```\n)(?:\n\|.*?\|\n(?=\n|\Z))?", re.DOTALL)
TABLE = "| 读出 read | 内容 what | 规则 rule |\n| --- | --- | --- |\n"
NOTHING = "| 无 nothing | | |\n"
ROLES = {"lead": "牵头 lead", "responsible": "责任 responsible", "assist": "配合 assist"}
SIGNS = {">=": "≥ ", "<=": "≤ ", "=": "", "~": "≈ ", "range": ""}


def read(example: str) -> Document:
    """The one document that an example is the body of."""
    (document,) = read_documents(read_bytes("example.txt", (HEAD + example).encode()))
    return document


def filled(page: str) -> str:
    """The page with a current table below each example."""
    return _EXAMPLE.sub(lambda m: f"{m[1]}\n{TABLE}{''.join(_rows(read(m['text']))) or NOTHING}", page)


def _rows(document: Document) -> Iterator[str]:
    for task in document.tasks:
        name = (task.title or task.text)[:24]
        for a in task.assignments:
            also = "（统称 class of bodies）" if a.collective else ""
            yield _row(ROLES[a.role], f"{a.unit}{also} → {name}", a)
        for p in task.answers:
            yield _row("责任人 person", " ".join(filter(None, (p.name, p.post))) + f" → {name}", p)
        for d in task.deadlines:
            until = d.recurring or f"{d.text}: {d.period or d.ends_on or d.year}"
            yield _row("时限 deadline", until, d)
        for q in task.quantities:
            most = f"–{q.value_max:g}" if q.value_max is not None else ""
            yield _row("指标 quantity", f"{SIGNS[q.comparator]}{q.value:g}{most} {q.unit} ({q.text})", q)
    for c in document.citations:
        yield _row("引用 citation", " ".join(filter(None, (c.basis, f"《{c.title}》", c.doc_number))), c)
    for goal in document.goals:
        yield _row("目标 goal", f"{goal.year}: {goal.text}", goal)
    for step in document.phases:
        yield _row("阶段 phase", f"{step.name}: {step.starts_on or '…'} – {step.ends_on or '…'}", step)
    for group in document.groups:
        office = f"（办公室设在 office in {group.office_in}）" if group.office_in else ""
        yield _row("小组 group", group.name + office, group)
        for member in group.members:
            yield _row(member.role, f"{member.name} {'; '.join(p.title for p in member.posts)}", member)
        for unit in group.member_units:
            yield _row(unit.role, unit.unit, unit)
    for a in document.appointments:
        yield _row({"appointed": "任 appointed", "removed": "免 removed"}[a.action], f"{a.person} {a.post}", a)
    for warning in document.warnings:
        yield f"| 提示 warning | {warning.text or warning.quote} | `{warning.kind}` |\n"


def _row(kind: str, what: str, fact: Fact) -> str:
    return f"| {kind} | {what} | `{fact.rule}` |\n"


if __name__ == "__main__":
    FILE.write_text(filled(FILE.read_text("utf-8")), encoding="utf-8")
