"""Headings, numbered items, tables, signature, attachments: the shape of one document.

An outline is a flat list of blocks in reading order; a block knows its parent by index. Offsets count in clean text.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from loaders.text import AMOUNT, line_spans

BlockKind = Literal["title", "number", "address", "heading", "item", "text", "table", "signature", "attachment"]


@dataclass(slots=True)
class Block:
    """One paragraph, heading, item or table row group.

    `number` is the numbering as written without its punctuation (`一`, `1`, `①`; brackets kept: `(一)`), `style` its
    rank in official numbering (0 第一章, 1 第一节, 2 一、, 3 (一), 4 1., 5 (1), 6 ①; -1 none), `depth` its nesting.
    `head_end` is where the title sentence ends (exclusive); equal to `start` when there is none. `body` is where the
    text after the number begins. `parent` indexes the enclosing heading or item in the outline, -1 at the top.
    """

    kind: BlockKind
    start: int
    end: int
    number: str | None = None
    style: int = -1
    depth: int = 0
    body: int = 0
    head_end: int = 0
    parent: int = -1


@dataclass(slots=True)
class GridCell:
    """A cell's text with its clean span; merged cells stand in every row and column they cover."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Grid:
    """A table: rows of cells, all of one width. `head` is the number of head rows. `parent` indexes a block.

    `lined`: its cells stood one a line, so that an empty one was lost, not merged with the one above.
    """

    start: int
    end: int
    head: int
    rows: list[list[GridCell]]
    parent: int = -1
    lined: bool = False


@dataclass(slots=True)
class Outline:
    """The shape of the document that stands at clean [start, end) of `text`."""

    text: str
    start: int
    end: int
    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    title: str | None = None
    issued_on: str | None = None  # ISO date of signature

    @property
    def year(self) -> int | None:
        """The document's own year."""
        return int(self.issued_on[:4]) if self.issued_on else None


# --- building it ------------------------------------------------------------------------------------------------

_CN = "一二三四五六七八九十百零〇"
# Numbering of official documents, highest rank first (GB/T 9704: 一、 (一) 1. (1)), with the marks that follow it; plans
# of rectification number what was found: 问题一.
_NUMBERED = re.compile(
    rf"(?:(?P<chapter>第[{_CN}\d]{{1,4}}[章编編篇])|(?P<section>第[{_CN}\d]{{1,4}}节)|(?P<article>第[{_CN}\d]{{1,5}}条)"
    rf"|(?P<cn>[{_CN}]{{1,4}})(?=[、.．，:：\s])|(?P<cnb>[(（〔【\[﹝]\s*[{_CN}]{{1,4}}\s*[)）〕】\]﹞]|[㈠-㈩])"
    rf"|(?P<sub>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,2}})(?![\d%％.．]|{AMOUNT})"
    r"(?=[\s\u3000\u4e00-\u9fff“《\"])|(?P<num>\d{1,3})(?:[.．、。](?!\d(?!\d{3}年))|(?=[\u3000\t](?!\d)))|(?P<dotted>[⒈-⒛])"
    r"|(?P<code>[A-Z]\d{1,2})(?=[\s\u3000\u4e00-\u9fff“《、.．])|(?P<numb>[(（]\s*\d{1,3}\s*[)）])|(?P<half>\d{1,3}[)）])|(?P<ring>[①-⑳❶-❿⑴-⒇])"
    r"|(?:项目|任务|问题|事项|工程)?(?:序号|编号)\s*[:：]\s*(?P<record>(?:[A-Z]{1,4}-?)?\d{1,4})(?=\s*$)"
    rf"|(?P<tag>第[{_CN}\d]{{1,3}}[项件](?![由、和及])|(?:整改|反馈)?(?:问题|任务|事项|项目|议题|举措|工程|行动)[{_CN}\d]{{1,3}}(?=\s*[:：、.．\u3000])))[、.．，,：:\s\u3000]*"
)
_TAG_SIGNS = "第整反问任事项议举工行"  # what 第三项 and 问题一 begin with
_NUMBER_SIGNS = frozenset(
    f"{_TAG_SIGNS}序编{_CN}(（〔【[﹝0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    + "".join(chr(c) for first, last in ("㈠㈩", "①⑳", "❶❿", "⑴⒛") for c in range(ord(first), ord(last) + 1))
)  # what a number begins with
_STYLE = {
    "chapter": 0,
    "section": 1,
    "article": 4,
    "cn": 2,
    "cnb": 3,
    "tag": 3,
    "sub": 5,
    "num": 4,
    "dotted": 4,
    "record": 4,
    "code": 4,
    "numb": 6,
    "half": 6,
    "ring": 7,
}
_ATTACHMENT = re.compile(r"(?:附\s*件|附\s*表|附\s*录)\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?\s*$")
_ATTACHMENT_LIST = re.compile(r"附\s*件\s*[:：]")
_DATE_LINE = re.compile(
    r"[\u4e00-\u9fff\u3000]{0,40}?[(（]?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|[二一][〇○零Ｏ九０O0][\u4e00-\u9fff〇○零O0]{2,3}年[\u4e00-\u9fff]{1,3}月[\u4e00-\u9fff]{1,3}日)[)）]?"
)
_TITLE_LINE = re.compile(
    r"(?:通知|意见|方案|规划|计划|要点|办法|规定|清单|纲要|名单|分工表?|分解表|一览表|任务表|安排表?|措施|制度|职责|体系|细则|表|预案|台账)(?:[(（][^()（）]{1,20}[)）])?$"
)
_ADDRESS_LINE = re.compile(r"(?:各|市|省|县|区|有关)[^。；;]{2,200}[:：]$")


def outline(text: str, start: int, end: int, tables: list[Grid] | None = None, title: str | None = None) -> Outline:
    """The blocks and tables of the document at clean [start, end). `tables` are grids the file format itself gave."""
    shape = Outline(text, start, end, title=title)
    given = deque(sorted((g for g in tables or [] if g.start >= start and g.end <= end), key=lambda g: g.start))
    stack: list[int] = []  # open headings and items, by index of block
    lines: list[tuple[int, int]] = []
    numbers: dict[int, _Number | None] = {}  # of the lines that are whole
    for line in line_spans(text, start, end):
        pieces, number = _unglued(text, *line)
        lines += pieces
        if len(pieces) == 1:
            numbers[line[0]] = number
    bare = _bare_numbers(text, lines)
    drawn = text.find("\t", start, end) >= 0 or text.find("|", start, end) >= 0  # without either no line is a row
    i = 0
    while i < len(lines):
        begin, stop = lines[i]
        while given and given[0].end <= begin:
            given.popleft()
        grid = given[0] if given and given[0].start <= begin else None
        if grid is None and drawn and _is_row(text, begin, stop):
            last = i
            while True:
                while last + 1 < len(lines) and _is_row(text, *lines[last + 1]):
                    last += 1
                after = last + 1  # headings of sections between rows belong to the table
                while after < len(lines) and after <= last + 3 and _is_section_line(text, *lines[after]):
                    after += 1
                if after == last + 1 or after >= len(lines) or not _is_row(text, *lines[after]):
                    break
                if after + 1 < len(lines) and _PIPE_RULE.fullmatch(text, *lines[after + 1]):
                    break  # a table of its own, with a head
                last = after
            grid = _text_grid(text, lines[i : last + 1])
        if grid is not None:
            grid.parent = stack[-1] if stack else -1
            shape.grids.append(grid)
            shape.blocks.append(
                Block("table", grid.start, grid.end, parent=grid.parent, body=grid.start, head_end=grid.start)
            )
            while i < len(lines) and lines[i][0] < grid.end:
                i += 1
            continue
        found = numbers[begin] if begin in numbers else number_of(text, begin, stop)
        if begin in bare and (m := _BARE.match(text, begin, stop)):
            found = m.group("number"), _STYLE["num"], m.end("number")
        block = _block(text, begin, stop, found if stop - begin > 1 else None)
        if block.kind in ("attachment", "title", "signature"):
            stack.clear()
        elif block.style >= 0:
            if _is_tag(block) and any(shape.blocks[i].style == 3 and not _is_tag(shape.blocks[i]) for i in stack):
                block.style = 4  # 问题一 below (一)
            while stack and shape.blocks[stack[-1]].style >= block.style:
                stack.pop()
        block.parent = stack[-1] if stack else -1
        block.depth = len(stack)
        if block.style >= 0:
            stack.append(len(shape.blocks))
        shape.blocks.append(block)
        i += 1
    return shape


def _is_tag(block: Block) -> bool:
    """Whether a number is a word with a figure: 问题一, 第三项."""
    return block.style == _STYLE["tag"] and (block.number or "(")[0] in _TAG_SIGNS


# A statement in brackets after which no sign stands: the line break behind it was lost.
_STATED = re.compile(
    r"(?:(?<![(（〔【\[])(?:牵头|负责|主办|协办|配合|落实|参与|参加)|(?:单位|部门)[:：][^()（）\n]{2,200})[)）〕】\]](?=[^\s。；;，,、:：)）〕】\]])"
)
_BEFORE_NEXT = re.compile(r"[。；;)）〕】](?=[\d(（一二三四五六七八九十①-⑳])")
_SAYS_WHO = re.compile(  # looked for by the mark it ends with
    r"[)）〕】\]:：](?:(?<=[:：])(?<=(?:单位|部门).)|(?<![:：])(?<=(?:牵头|负责|主办|协办|配合|落实|参与|参加).))"
)
_NAMED = r"[\u4e00-\u9fff()（）、]{1,40}(?:局|委|办|部|厅|院|署|行|社|会|中心|部门|单位|政府|公司|队|园区|开发区|街道|乡镇|办公室|处|科|股|站)(?:[(（][\u4e00-\u9fff]{2,8}[)）])?"
_DUTY = re.compile(
    rf"(?<=[；;:：。]){_NAMED}(?:(?:等|要|应当?|具体|分别|共同|统一|(?:根据|按照?)[^，,；;。]{{2,8}})[，,]?)*(?:负责(?!人(?![口才民力大防社居均事身武工群类文])|同志)|牵头|配合|协助|协同|组织|发挥|抓好|做好|加强|综合|对)"
)


_Number = tuple[str, int, int]  # as `number_of` gives it


def _unglued(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], _Number | None]:
    """The pieces of a line whose breaks were lost (items in a row, paragraphs behind a statement, duties of bodies), and
    the number of the line.
    """
    line = text[start:end]
    first = number = number_of(text, start, end)
    if "\t" in line or line[0] == "|":
        return [(start, end)], first
    cuts = [start]
    if number is None:
        if line[-1] in ")）〕】]":
            cuts += [stated.end() for stated in _STATED.finditer(text, start, end)]
    elif _SAYS_WHO.search(text, start, end):
        for sign in _BEFORE_NEXT.finditer(text, start, end):
            after = number_of(text, sign.end(), end)
            goes_on = after and after[1] == number[1] and value_of(after[0]) == value_of(number[0]) + 1
            if after and goes_on and _SAYS_WHO.search(text, cuts[-1], sign.end()):
                cuts.append(sign.end())
                number = after
    if len(cuts) == 1 and ("；" in line or ";" in line) and line.count("；") + line.count(";") > 1:
        cuts += _joined_duties(text, start, end)
    if len(cuts) == 1 and number is None and "。" in line and line.count("负责") + line.count("牵头") > 2:
        cuts += _charges(text, start, end)
    if len(cuts) == 1:
        return [(start, end)], first
    return [(a, b) for a, b in pairwise([*cuts, end]) if b > a], first


def _joined_duties(text: str, start: int, end: int) -> list[int]:
    """Where the duties of a line begin that semicolons join (`A负责…；B负责…；C牵头…。`), three or more."""
    duties = [m.start() for m in _DUTY.finditer(text, start, end)]
    joined = [a for a, b in pairwise(duties) if text[b - 1] in "；;"]
    if len(joined) < 2:
        return []
    rest = text.find("。", duties[-1], end) + 1  # what stands behind the last duty is none
    return [at for at in [*duties, rest] if start < at < end and at >= joined[0]]


def _charges(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of a line begin that charge one body after the other (`A负责…。B负责…。C牵头…。`), three or more."""
    begins = [start, *(m.end() for m in _STOP.finditer(text, start, end) if m.end() < end)]
    said = [_CHARGE.match(text, at, end) is not None for at in begins]
    rows = [at for i, at in enumerate(begins) if said[i] and (said[i - 1 : i] == [True] or said[i + 1 : i + 2] == [True])]
    if len(rows) < 3 or len(rows) < sum(at >= rows[0] for at in begins) - 1:
        return []
    return [at for at in rows if at > start]


_STOP = re.compile("。")
_CHARGE = re.compile(rf"{_NAMED}(?:具体|主要|统一)?(?:负责(?!人(?![口才民力大防社居均事身武工群类文])|同志)|牵头)")


def number_of(text: str, start: int, end: int) -> _Number | None:
    """(number as written without punctuation, style, where the text after it begins) of a numbered line."""
    m = _NUMBERED.match(text, start, end) if start < end and text[start] in _NUMBER_SIGNS else None
    if not m:
        return None
    kind = str(m.lastgroup)
    number = "".join(m[kind].split())
    return number.rstrip(")）") if kind == "half" else number, _STYLE[kind], m.end()


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


def value_of(number: str) -> int:
    """What a number as written counts to: 12 of `(12)`, 3 of `三`."""
    digits = "".join(filter(str.isdecimal, number))
    if digits:
        return int(digits[:6])
    signs = [c for c in number if c in _DIGITS]
    if not signs:
        return ord(number[0]) if number else 0
    if "十" in signs:
        at = signs.index("十")
        tens = _DIGITS[signs[at - 1]] if at else 1
        return tens * 10 + (_DIGITS[signs[at + 1]] if at + 1 < len(signs) else 0)
    return int("".join(str(_DIGITS[c]) for c in signs))


_BARE = re.compile(
    r"(?P<number>\d{1,3})(?![年月日个项家万亿名人次条度所处座岁周天期时级号位])(?=[\u4e00-\u9fff“《\"])[^。；;，,：:、\n]{4,40}"
)


def _bare_numbers(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """Starts of short lines that begin with a number and no mark, three or more of them counting on: `3优化服务流程`."""
    heads = [
        (a, int(m.group("number")))
        for a, b in lines
        if b - a <= 44 and text[a].isdecimal() and (m := _BARE.fullmatch(text, a, b))
    ]
    runs: list[list[tuple[int, int]]] = []
    for head in heads:
        if runs and head[1] == runs[-1][-1][1] + 1:
            runs[-1].append(head)
        else:
            runs.append([head])
    return {at for run in runs if len(run) > 2 for at, _ in run}


def _block(text: str, start: int, end: int, numbered: _Number | None) -> Block:
    if numbered:
        number, style, body = numbered
        stop = text.find("。", body, end)
        is_heading = stop < 0 and end - body <= 50 and text[end - 1] not in "；;:："
        kind: BlockKind = "heading" if is_heading or style <= 1 else "item"
        return Block(
            kind, start, end, number, style, 0, body, end if kind == "heading" else (stop if stop >= 0 else body)
        )
    line = end - start
    kind = "text"
    if line <= 20 and text[start] == "附" and _ATTACHMENT.match(text, start, end):
        kind = "attachment"
    elif line <= 60 and text[end - 1] in "日)）" and _DATE_LINE.fullmatch(text, start, end):
        kind = "signature"
    elif text[end - 1] in ":：" and _ADDRESS_LINE.match(text, start, end):
        kind = "address"
    elif 6 <= line <= 80 and _TITLE_LINE.search(text, start, end) and not _LABEL_LINE.match(text, start, end):
        kind = "title"
    return Block(kind, start, end, body=start, head_end=start)


_LABEL_LINE = re.compile(r"[^,，。]{0,12}[:：]|[(（]|——|-|附件|依据|根据|按照")
_PIPE = re.compile(r"\|.*\|")
_PIPE_RULE = re.compile(r"[\s|:：-]+")


def _is_section_line(text: str, start: int, end: int) -> bool:
    found = number_of(text, start, end) if end - start <= 40 else None
    return bool(found and found[1] in (2, 3) and text[end - 1] not in "。；;：:")


def _is_row(text: str, start: int, end: int) -> bool:
    if text[start] == "|":
        return bool(_PIPE.match(text, start, end))
    return text.find("\t", start, end) >= 0 or _is_open_row(text, start, end)


def _is_open_row(text: str, start: int, end: int) -> bool:
    """Whether a line is a row whose cells end with bars but whose first bar was lost: `1|县民政局|6月底|`."""
    return text[end - 1] == "|" and text.count("|", start, end) > 2


def _text_grid(text: str, lines: list[tuple[int, int]]) -> Grid:
    """Rows of a table drawn with tabs or pipes. Rows shorter than the widest one are filled up with empty cells."""
    rows: list[list[GridCell]] = []
    for start, end in lines:
        if text[start] == "|":
            if _PIPE_RULE.fullmatch(text, start, end):
                continue
            cells = _cells(text, start + 1, end - 1 if text[end - 1] == "|" else end, "|")
        elif _is_open_row(text, start, end):
            cells = _cells(text, start, end - 1, "|")
        else:
            cells = _cells(text, start, end, "\t")
        rows.append(cells)
    width = max((len(r) for r in rows), default=0)
    for row in rows:
        at = row[-1].end if row else lines[0][0]
        row.extend(GridCell("", at, at) for _ in range(width - len(row)))
    return Grid(lines[0][0], lines[-1][1], 0, rows)


def _cells(text: str, start: int, end: int, mark: str) -> list[GridCell]:
    cells: list[GridCell] = []
    position = start
    while position <= end:
        stop = text.find(mark, position, end)
        if stop < 0:
            stop = end
        begin, last = position, stop
        while begin < last and text[begin] in " \u3000\v":
            begin += 1
        while last > begin and text[last - 1] in " \u3000\v":
            last -= 1
        cells.append(GridCell(text[begin:last], begin, last))
        position = stop + 1
    return cells
