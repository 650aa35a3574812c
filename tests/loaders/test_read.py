"""What must hold for every fact of every document, and of any text at all."""

from __future__ import annotations

import dataclasses
import os
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from graph.errors import ZerenError
from loaders.facts import Document, Fact
from loaders.facts_json import from_json, to_json
from loaders.read import read_documents
from loaders.readers import read, read_bytes
from loaders.text import SourceText

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FILES = [
    *samples.paths(),
    *sorted((SHARED / "corpus").glob("*.txt")),
    *sorted((SHARED / "gold" / "formats").glob("*.txt")),
]


def facts(fact: Fact) -> Iterator[Fact]:
    """The fact and every fact in it."""
    yield fact
    for f in dataclasses.fields(fact):
        value = getattr(fact, f.name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Fact):
                yield from facts(item)


def fold(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign)


def check(source: SourceText, document: Document) -> None:
    """The offset laws: the quote's signs occur in the raw span in order, its first and last are the span's."""
    raw = source.raw
    for fact in facts(document):
        assert 0 <= fact.start <= fact.end <= len(raw)
        assert fact.rule
        if isinstance(fact, Document) or not fact.quote:
            continue
        piece = raw[fact.start : fact.end]
        quote = [c for c in fact.quote if not c.isspace() and c != "\v"]
        assert fold(quote[0]) == fold(piece.lstrip()[0]) or (
            not raw.isascii() and _converted(source, quote[0], piece[0])
        )
        position = 0
        for sign in quote:
            at = piece.find(sign, position)
            if at < 0:
                at = next((i for i in range(position, len(piece)) if fold(piece[i]) == fold(sign)), -1)
            assert at >= 0 or source.markup, (fact.rule, fact.quote[:40], piece[:80])
            position = max(at, position) + (at >= 0)


def _converted(source: SourceText, sign: str, raw: str) -> bool:
    """Whether the sign is the simplified form of a Traditional one, or stands for an entity of a page."""
    return raw == "&" or ord(raw) > 0x3400


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_quote_stands_at_its_offset(path: Path) -> None:
    source = read(path)
    for document in read_documents(source):
        check(source, document)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_the_json_form_loses_nothing(path: Path) -> None:
    for document in read_documents(read(path)):
        assert from_json(to_json(document)) == document


def roles(raw: str) -> list[tuple[str | None, str, str]]:
    source = read_bytes("样例.txt", raw.encode())
    return sorted(
        (str(t.number), a.role, a.unit) for d in read_documents(source) for t in d.tasks for a in t.assignments
    )


PLAIN = [p for p in samples.paths() if p.suffix == ".txt" and "\t" not in read(p).raw]


@pytest.mark.parametrize("path", PLAIN, ids=lambda p: p.name)
@pytest.mark.parametrize("seed", range(3))
def test_page_furniture_at_random_line_ends_changes_nothing(path: Path, seed: int) -> None:
    raw = read(path).raw
    choice = random.Random(seed)
    lines: list[str] = []
    for line in raw.split("\n"):
        lines.append(line)
        if line.strip() and choice.random() < 0.15:
            lines += ["", choice.choice(["— {} —", "- {} -", "第 {} 页"]).format(choice.randint(2, 40)), ""]
    assert roles("\n".join(lines)) == roles(raw)


TASK_LIST = (
    "青禾县人民政府办公室关于印发青禾县养老服务重点任务的通知\n青政办发〔2023〕12号\n各乡镇人民政府,县政府各部门:\n现将重点任务印发给你们,请认真贯彻执行。\n青禾县人民政府办公室\n2023年5月6日\n"
    "青禾县养老服务重点任务\n为做好养老服务工作,制定本任务清单。\n一、完善设施网络\n"
    + "".join(
        f"{i}.推进第{i}项工作。完善服务设施，健全长效机制，持续提升服务质量和水平。(牵头部门:县民政局,责任部门:县财政局、县住建局)\n"
        for i in range(1, 9)
    )
    + "二、提升服务质量\n"
    + "".join(
        f"{i}.推进第{i}项工作。开展从业人员培训，提高持证率。(责任部门:县人社局、各镇、街道)\n" for i in range(9, 14)
    )
)


def test_a_text_without_line_breaks_reads_the_same() -> None:
    assert roles(TASK_LIST.replace("\n", "")) == roles(TASK_LIST)


@pytest.mark.parametrize("width", range(24, 40, 5))
def test_hard_wrapped_lines_read_the_same(width: int) -> None:
    wrapped = "\n".join(
        "\n".join(line[i : i + width] for i in range(0, len(line), width)) for line in TASK_LIST.split("\n")
    )
    assert roles(wrapped) == roles(TASK_LIST)


PIECES = st.sampled_from(
    ["县民政局", "（牵头单位：", "责任单位:", "）", "、", "，", "。", "；", "\n", "一、", "（一）", "1.", "1.1", "①", "第一章", "由", "牵头", "负责", "会同", "配合",
     "2025年底前", "到2030年", "达到95%以上", "《国家规划》", "（国发〔2022〕11号）", "组长：张三 县长", "成员：", "\t", "|", "序号\t任务\t责任单位\n", "办公室设在县民政局", "任命李四为", "各镇、街道",
     "<table>", "</td>", "附件1", "青禾县人民政府", "2023年5月6日", "\u3000", "　　", "“", "”", "各乡镇人民政府：", "——", "\u0000", "𠀀", "🙂"]
)  # fmt: skip


@settings(max_examples=int(os.environ.get("ZEREN_FUZZ", "300")), deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        source = read_bytes("任意.txt", text.encode())
    except ZerenError:
        return
    for document in read_documents(source):
        assert from_json(to_json(document)) == document
        for fact in facts(document):
            assert 0 <= fact.start <= fact.end <= len(source.raw)


def test_mutated_documents_are_read_or_refused() -> None:
    """Cuts, repetitions and changed bytes of real documents end in facts or in one clear error."""
    choice = random.Random(7)
    originals = [p.read_bytes() for p in samples.paths() if p.suffix in (".txt", ".md", ".html")]
    for _ in range(int(os.environ.get("ZEREN_FUZZ", "300")) // 3):
        data = bytearray(choice.choice(originals))
        for _ in range(choice.randint(1, 8)):
            at = choice.randrange(len(data))
            kind = choice.random()
            if kind < 0.4:
                data[at] = choice.randrange(256)
            elif kind < 0.7:
                del data[at : at + choice.randint(1, 200)]
            else:
                data[at:at] = data[at : at + choice.randint(1, 200)]
        try:
            read_documents(read_bytes("变异.txt", bytes(data)))
        except ZerenError as error:
            assert re.search("变异.txt", str(error))


def test_each_issuer_has_its_own_place() -> None:
    raw = "青禾县民政局\n青禾县财政局\n关于做好困难群众救助工作的通知\n青民发〔2024〕9号\n\n各乡镇:\n一、由县民政局牵头做好摸底。\n\n2024年3月1日\n"
    (document,) = read_documents(read_bytes("通知.txt", raw.encode()))
    assert [raw[m.start : m.end] for m in document.issued_by] == ["青禾县民政局", "青禾县财政局"]


def test_the_head_of_a_column_and_the_title_tell_the_year_where_nobody_signed() -> None:
    rows = "序号\t工作任务\t2023年度目标\t牵头单位\t完成时限\n1\t治水\t清淤12公里\t县水利局\t9月底\n2\t修路\t打通断头路8条\t县住建局\t2024年6月底\n"
    (document,) = read_documents(read_bytes("a.txt", ("青禾县2023年重点工作任务分解表\n" + rows).encode()))
    assert [sorted({d.year for d in t.deadlines}) for t in document.tasks] == [[2023], [2023, 2024]]
    assert [d.ends_on for d in document.tasks[0].deadlines][-1] == "2023-09-30"
