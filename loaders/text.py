"""Raw text, the clean view of it that rules read, and the map between their offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(slots=True)
class Cell:
    """One cell of a table. Row and column count from 0; spans count in the text the table belongs to."""

    row: int
    column: int
    rowspan: int
    colspan: int
    start: int
    end: int


@dataclass(slots=True)
class Table:
    """A table whose grid the file format itself gives (HTML, DOCX). Offsets are raw."""

    start: int
    end: int
    cells: list[Cell]


@dataclass(slots=True)
class SourceText:
    """A file as it was read.

    `raw` is the decoded text exactly as read: the page source for HTML, the file for text and Markdown, paragraphs a
    line and cells by tabs for DOCX. `markup` lists what in it is not text: (start, end, stand-in), ordered, not
    overlapping; the stand-in is "" or what a reader sees there (a line break, a tab between cells, an entity's sign).
    """

    name: str
    path: str
    sha256: str
    media_type: str
    size: int
    raw: str
    markup: list[tuple[int, int, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def id(self) -> str:
        """First 16 hex digits of the file's sha256."""
        return self.sha256[:16]


@dataclass(slots=True)
class CleanText:
    """Text without furniture, and where each piece of it stands in the raw text.

    Piece i begins at clean offset `clean_at[i]` and raw offset `raw_at[i]`; within a piece offsets run in step.
    `surface` is the same text in the characters of the source; it differs from `text` where that is Traditional.
    """

    text: str
    clean_at: list[int]
    raw_at: list[int]
    surface: str = ""

    def raw(self, position: int) -> int:
        """Raw offset of the clean character at `position`."""
        i = bisect_right(self.clean_at, position) - 1
        return self.raw_at[i] + position - self.clean_at[i]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw span, half-open, of the clean span, half-open; empty spans stay empty."""
        if end <= start:
            at = self.raw(min(start, max(len(self.text) - 1, 0))) if self.text else 0
            return at, at
        clean_at = self.clean_at
        i = bisect_right(clean_at, start)
        begin = self.raw_at[i - 1] + start - clean_at[i - 1]
        if i == len(clean_at) or end <= clean_at[i]:  # all in one piece
            return begin, begin + end - start
        return begin, self.raw(end - 1) + 1


def after_last(text: str, marks: str, start: int, end: int) -> int:
    """Where the text after the last of `marks` in text[start:end] begins; `start` when none of them stands there.

    Looked for from the end in short windows, so that a mark that is missing is not looked for in all of a long text.
    """
    high = end
    while high > start:
        low = max(start, high - 256)
        at = max([text.rfind(mark, low, high) for mark in marks])
        if at >= 0:
            return at + 1
        high = low
    return start


def places_of(text: str, signs: str, start: int, end: int) -> list[int]:
    """Where any of the `signs` stands in text[start:end], in order: found one by one, much faster than by a pattern."""
    places: list[int] = []
    for sign in signs:
        at = text.find(sign, start, end)
        while at >= 0:
            places.append(at)
            at = text.find(sign, at + 1, end)
    places.sort()
    return places


# --- the clean view ---------------------------------------------------------------------------------------------

# Folded one sign to one sign, so that offsets stay: full-width digits and letters, odd spaces, Kangxi radicals that
# PDF converters write for common characters.
_FOLD: dict[int, str] = {
    **{0xFF10 + i: chr(0x30 + i) for i in range(10)},
    **{0xFF21 + i: chr(0x41 + i) for i in range(26)},
    **{0xFF41 + i: chr(0x61 + i) for i in range(26)},
    **{c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)},
    **dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F], " "),
    **{ord(c): r for c, r in zip("﹙﹚﹕﹔﹐﹑﹪％", "（）：；，、%%", strict=True)},
}
_NEEDS_FOLD = re.compile("[" + "".join(re.escape(chr(c)) for c in _FOLD) + "]")
_TRADITIONAL = re.compile("[國務區縣鄉鎮廳關發會業農門責級設進產辦]")

# Signs without width, Markdown emphasis, and pinyin that a mirror puts after a character: 自治區(qū).
_INVISIBLE = r"\u200b-\u200f\u2060\ufeff\u00ad\r\x00-\x08\x0c\x0e-\x1f"
_PINYIN = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}\)"
_SPACE = r"[ \u3000]"
# A space is kept between two ASCII words only: Chinese has none, OCR and page layout put them anywhere. The pattern
# begins with the signs that may be stray, so that the search skips to them; what they must stand behind comes second,
# blanks first, as they are the most.
_INLINE = re.compile(
    rf"[{_INVISIBLE} \u3000*(](?:(?<={_SPACE})(?:(?<![A-Za-z0-9,.].){_SPACE}*|(?<=\d.){_SPACE}*(?=\d(?:{_SPACE}\d){{0,2}}{_SPACE}*[年月日])|(?<=\d.){_SPACE}*(?=\d{{1,2}}{_SPACE}*号(?:$|\n))|{_SPACE}*(?![A-Za-z0-9]))"
    rf"|(?<=[{_INVISIBLE}])[{_INVISIBLE}]*|(?<=\*)\*+|(?<=[\u4e00-\u9fff]\(){_PINYIN})"
)
_INLINE_HINT = re.compile(rf"[{_INVISIBLE} \u3000*(](?:(?<!\()|(?=[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]))")

_PAGE_NUMBER = re.compile(
    r"[\s*]*(?:[-–—―－─·•~]+\s*(?:第\s*)?\d{1,4}\s*(?:页\s*)?[*\s]*[-–—―－─·•~]+"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|Page\s+\d+(?:\s+of\s+\d+)?)[\s*]*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
# 一、总体要求……………3: of a page of contents
_CONTENTS = re.compile(r"[^…。；;]{2,60}(?:…{2,}|[.．·⋯•]{4,})[ \u3000]*[(（]?\d{1,4}[)）]?")
_FOLIO_ENDS = frozenset("0123456789）)")  # what a line of it ends with
_RULE_LINE = re.compile(r"\||[-=_—－─━═*•·\s]{3,}|\|?[\s:|-]*-{3,}[\s:|-]*\|?")
_LEAD_MARK = re.compile(r"[ \t\u3000]*(?:(?:>[ \t]?)+|#{1,6}[ \t]+|[-*+•][ \t\u3000]+(?=\S)|\*\*)*[ \t\u3000]*")

_LEADING = frozenset(" \t\u3000>#-*+•")  # what `_LEAD_MARK` begins with

_NUMERAL = "一二三四五六七八九十百零〇○"
AMOUNT = "[万亿]|个百分点|公里|平方|立方|倍|亩|元|吨"  # behind a figure: 3.6万户 is no number of an item
STARTS_BLOCK = re.compile(
    rf"第[{_NUMERAL}\d]{{1,4}}[章节編编篇条條部]|[{_NUMERAL}]{{1,4}}[、.．，]|[(（〔【\[]\s*[{_NUMERAL}]{{1,4}}\s*[)）〕】\]]"
    rf"|\d{{1,3}}\s*[、.．。)）](?!\d(?!\d{{3}}年))|\d{{1,2}}\.\d{{1,2}}(?!{AMOUNT})[\s\u4e00-\u9fff]|[(（]\s*\d{{1,3}}\s*[)）]|[①-⑳㈠-㈩⒈-⒛]|——|附件|附表|附录"
    rf"|(?:整改|反馈)?(?:问题|任务|事项|项目|议题|举措|工程|行动)[{_NUMERAL}\d]{{1,3}}\s*[:：、.．]"
    r"|[(（〔【\[]?\s*(?:总?牵头|责任|主责|主办|主管|承办|承担|配合|协办|协同|参与|参加|落实|实施|完成|负责|督导|分管|包保|联系)"
    r"(?:部门|单位|处室|科室|领导|人员?|时限|时间)(?:及[^:：]{1,8})?\s*[:：]|【[\u4e00-\u9fff]{2,8}】"
    r"|[(（]?[\u4e00-\u9fff]{2,14}+[〔\[［（(]\s*(?:19|20)\d\d\s*[〕\]］）)]\s*第?\s*\d+\s*号"
    rf"|[(（]?(?:19|20)\d\d\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日[)）]?\s*$|(?:19|20)\d\d年(?:\d{{1,2}}月)?份?(?=\n|$)|[二〇○零一九]{{4}}年[{_NUMERAL}]+月"
    r"|(?:常务)?副?\s*(?:组\s*长|主\s*任|召\s*集\s*人|总?指挥|会\s*长)\s*[:：]|成\s*员(?:单位)?\s*[:：]|[|｜]|\[?(?:抄送|主送|印发)\s*[:：]?"
)
# What a line of running text holds and a heading, a title or a name does not.
_SENTENCE = re.compile(r"[,，。；;]")
_TITLE_END = tuple("通知 意见 方案 办法 规定 决定 规划 公告 通告 通报 细则 批复 要点 清单 计划 名单 函 表".split())  # noqa: SIM905
_CELL_TABLE = re.compile(r"序\s?号")
_SIGNER = re.compile(r"[\u4e00-\u9fff]{2,24}(?:人民政府|委员会|办公室|办公厅)")
_ANY_SIGNER = re.compile(r"[\u4e00-\u9fff]{2,24}(?:局|厅|学院|大学|学校|中学|小学|医院|公司|集团)")  # behind a statement
_TERMINAL = frozenset("。；;！!？?")
_ENDS = _TERMINAL | frozenset(":：")
_CLOSING = frozenset("'\"”’」）)】]")
_BRACKET = re.compile(r"[(（〔【\[《“)）〕】\]》”]")
_OPENING = frozenset("(（〔【[《“")
_CONTINUES = frozenset(",，、。；;:：)）》”】〕!！?？")
_DANGLING = frozenset(",，、(（《“〔【[和与及或的对为将以在把")
_LABEL = re.compile(r"[\u4e00-\u9fff]{4,8}[:：]")  # labelled lines come in rows
# Lists of names keep their gaps: `成 员：张 三  某局副局长`.
_ROSTER = re.compile(
    r"(?:[\u4e00-\u9fff \u3000]{2,12}[:：][ \u3000\t]*)?(?:[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff·]){1,3}[ \u3000\t]+|[\u4e00-\u9fff]{5,8}(?:\u3000|\t| {2}))[\u4e00-\u9fff（(]"
)
_GAP = re.compile(r"[ \u3000\t]+")
# Labels on one line are parted by wide gaps, and so is a body from its duty: `8.市体育局　加强场馆管理。`
_WIDE_GAP = re.compile(r"[ \u3000\t](?:(?<=\u3000)[ \u3000\t]*|(?<!\u3000)[ \t][ \u3000\t]*|(?<=\t))")
_LABELLED = re.compile(  # looked for by the mark it ends with
    r"[:：](?:(?<=(?:单位|部门|领导|时限|时间|任人).)(?<!(?<!责)任人.)|(?<=(?:单位|部门|领导|时限|时间|任人)\*\*.)(?<!(?<!责)任人\*\*.))"
    r"|[〕】\]](?:(?<=[〔【\[][\u4e00-\u9fff]{2}.)|(?<=[〔【\[][\u4e00-\u9fff]{3}.)|(?<=[〔【\[][\u4e00-\u9fff]{4}.))"
)
_DUTY_GAP = re.compile(
    r"(?:\d{1,3}[.．、]|[(（][一二三四五六七八九十]+[)）])?[\u4e00-\u9fff()（）、]{2,24}(?:局|委|办|厅|部|院|中心|政府|大队|支队|公司|办公室)(?:\u3000|[ ]{2})[ \u3000]*[\u4e00-\u9fff]{4}"
)


# The same with one blank, where it is the only one of the line: `县民政局 负责发放救助资金。`
_ONE_GAP = re.compile(
    r"[省市县区州旗镇乡][\u4e00-\u9fff、]{1,24}(?:局|委|办|厅|部|院|中心|政府|大队|支队|公司|办公室|总工会|法院|管委会) (?=[\u4e00-\u9fff、]{4}[^\n]{6})[^\n]*。$"
)


def clean(source: SourceText) -> CleanText:
    """The text of a source without furniture, broken lines, stray spaces and markup, mapped to its raw offsets."""
    text, at = _without_markup(source)
    for sign in set(_NEEDS_FOLD.findall(text)):
        text = text.replace(sign, _FOLD[ord(sign)])
    text = _with_stops(text)
    surface = text
    if _TRADITIONAL.search(text, 0, 4000):
        text = text.translate(_simplified(text))
    lines = _lines(text)
    pieces = _Pieces(text, surface, at)
    width = _wrap_width(text, lines)
    run: _Run | None = None
    cells = False
    columns: list[int] = []  # where the columns of a table drawn with blanks begin
    heads: list[str] = []  # the same of a table whose cells stand one blank apart
    drawn = "\t" in text or "|" in text  # without either no line is a row of a table
    commas = 0  # how many columns a table has whose cells commas part
    for line in lines:
        start, end = line
        said = text[start:end]
        if " " in said:
            heads = _spaced_head(said) or heads
        if "," in said:
            commas = _comma_head(said) or commas
        spaced = _spaced_cells(text, start, end, heads) if heads else _comma_cells(text, start, end, commas) if commas else []
        if spaced:
            if run is not None:
                pieces.add("\n", run.last[1])
            run = _Run(line, [line], row=True)
            pieces.cells(spaced)
            continue
        commas = 0
        below = columns and run and run.row and _column(text, start) in columns[1:] and not STARTS_BLOCK.match(text, start)
        if below or "\u3000" in said or "  " in said:
            columns = _aligned_head(text, start, end) or columns
            if columns and (below or _GAPS.search(text, start, end)):
                if run is not None:
                    pieces.add("\n", run.last[1])
                run = _Run(line, [line], row=True)
                pieces.row(start, end, columns)
                continue
        elif columns and ("。" in said or (end - start > 30 and STARTS_BLOCK.match(text, start))):
            columns = []
        cells = cells or (len(said) <= 4 and _CELL_TABLE.fullmatch(said) is not None)
        if run is None:
            run = _Run(line, [line])
        else:
            stop = run.last[1]
            if not run.row and _joins(text, run, line, width, cells, drawn):
                if text[start].isascii() and text[start].isalnum() and text[stop - 1].isascii():
                    pieces.add(" ", stop)
                run.add(line)
            else:
                pieces.add("\n", stop)
                run = _Run(line, [line])
        pieces.line(start, end)
    return pieces.finish()


def _with_stops(text: str) -> str:
    """The text with `。` where it ends its sentences with `.`, as many a page of before 2010 does."""
    dots = text.count(".")
    if dots < 4 or text.count("。") * 4 > dots:
        return text
    return _DOT_STOP.sub("。", text)


# Behind a number of a heading (一.) it is no stop, nor within a name (gov.cn) or a figure.
_DOT_STOP = re.compile(
    rf"(?<=[\u4e00-\u9fff)）”\"》%])(?<!\n[{_NUMERAL}])(?<!\n[{_NUMERAL}]{{2}})(?<![\n\u3000 ][{_NUMERAL}])\.(?=\s|[\u4e00-\u9fff《“\"(（]|$)"
)
_GAPS = re.compile(r"(?<=[^ \u3000])(?:[ \u3000]{2,}|\u3000)(?=[^ \u3000])")
_HEAD_CELL = re.compile(
    r"序号|编号|类别|.{0,8}(?:任务|事项|内容|项目|名称|标题|题目|案由|问题|措施|指标|目标|单位|部门|责任人|领导|时限|时间|机关|期限|备注|[^序编]号|者|电话|来源|进度|情况|类型|规模|地点)"
)


def _aligned_head(text: str, start: int, end: int) -> list[int]:
    """Where the columns of a table drawn with blanks begin, when this line is its head; else []. In widths of a letter."""
    if end - start > 300 or not _GAPS.search(text, start, end):
        return []
    cells = _aligned_cells(text, start, end)
    flat = ["".join(text[a:b].split()) for a, b, _ in cells]
    if len(cells) < 3 or not all(_HEAD_CELL.fullmatch(name) for name in flat):
        return []
    return [column for _, _, column in cells] if any(name.endswith(("单位", "部门", "机关", "责任人")) for name in flat) else []


def _spread(text: str, cells: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The cells of a row, those whose signs are set apart (`项  目  名  称`) put together again."""
    together: list[tuple[int, int, int]] = []
    for begin, stop, column in cells:
        near = together and begin - together[-1][1] <= 4 and stop - begin == 1
        if near and _SET_APART.fullmatch(text, together[-1][0], stop):
            together[-1] = (together[-1][0], stop, together[-1][2])
        else:
            together.append((begin, stop, column))
    return together


_SET_APART = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff])*")
_BODY_HEAD = re.compile(r".{0,6}(?:单位|部门|机关|责任人|领导|时限|时间|期限)")
_WORD = re.compile("[^ ]+")
_WORK_HEAD = re.compile(r".{0,6}(?:任务|事项|内容|项目|工作|措施)")


def _spaced_head(line: str) -> list[str]:
    """The heads of a table whose cells stand one blank apart, when this line is its head; else []."""
    heads = line.split(" ") if len(line) <= 80 else []
    if len(heads) < 4 or not _BODY_HEAD.fullmatch(heads[-1]) or not all(_HEAD_CELL.fullmatch(head) for head in heads):
        return []
    return heads if any(head.endswith(("单位", "部门", "机关")) for head in heads) else []


def _spaced_cells(text: str, start: int, end: int, heads: list[str]) -> list[tuple[int, int]]:
    """The cells of such a line, [] when it is no row: the last ones are who and when, what is between is the work."""
    words = [m.span() for m in _WORD.finditer(text, start, end)]
    if len(words) == len(heads):
        return words if _BARE_NUMBER.fullmatch(text, *words[0]) or text[start:end].split(" ") == heads else []
    ends = next((i for i, head in enumerate(reversed(heads)) if not _BODY_HEAD.fullmatch(head)), len(heads))
    middle = len(heads) - 1 - ends
    if not _BARE_NUMBER.fullmatch(text, *words[0]) or middle < 1 or len(words) < ends + 2:
        return []
    work = next((i for i, head in enumerate(heads[1 : 1 + middle]) if _WORK_HEAD.fullmatch(head)), middle - 1)
    between = [(words[1][0], words[1][0])] * middle
    between[work] = (words[1][0], words[-ends - 1][1])
    return [words[0], *between, *words[len(words) - ends :]]


_COMMA_HEAD = re.compile(r"[\u4e00-\u9fff]{2,10}(?:,[\u4e00-\u9fff]{2,10}){3,}")
_COMMA_CELL = re.compile(r'"(?P<quoted>[^"]*)"(?=,|$)|(?P<plain>[^,"]*)(?=,|$)')


def _comma_head(line: str) -> int:
    """How many columns the table has whose cells commas part, when this line is its head; else 0."""
    if len(line) > 160 or line.count(",") < 3 or not _COMMA_HEAD.fullmatch(line):
        return 0
    heads = line.split(",")
    return len(heads) if any(_BODY_HEAD.fullmatch(h) and h.endswith(("单位", "部门", "机关")) for h in heads) else 0


def _comma_cells(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    """The cells of such a line without their quotation marks, [] when it is no row."""
    spans: list[tuple[int, int]] = []
    at = start
    while at <= end and (cell := _COMMA_CELL.match(text, at, end)):
        spans.append(cell.span(cell.lastgroup or 0))
        at = cell.end() + 1
    return spans if at == end + 1 and len(spans) == count else []


def _column(text: str, start: int) -> int:
    """How far into its line a place is, in widths of a letter; a Chinese sign is two wide."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return len(before) + sum(c > "\u2e80" for c in before)


def _aligned_cells(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """(start, end, column) of the pieces of a line that wide gaps part; see `_column`."""
    cells = []
    begin = start
    for stop in [*(m.start() for m in _GAPS.finditer(text, start, end)), end]:
        while begin < stop and text[begin] in " \u3000":
            begin += 1
        cells.append((begin, stop, _column(text, begin)))
        begin = stop
    return _spread(text, cells)


@dataclass(slots=True)
class _Run:
    """Lines that go on one another: the last one, and how many brackets are open, counted when that is asked."""

    last: tuple[int, int]
    uncounted: list[tuple[int, int]]
    opened: int = 0
    row: bool = False  # of a table drawn with blanks

    def add(self, line: tuple[int, int]) -> None:
        self.last = line
        self.uncounted.append(line)

    def depth(self, text: str) -> int:
        """How many brackets are open after the last line."""
        for start, end in self.uncounted:
            for bracket in _BRACKET.findall(text, start, end):
                self.opened += 1 if bracket in _OPENING else -1
            self.opened = max(0, self.opened)
        self.uncounted.clear()
        return self.opened


class _Pieces:
    """Collects clean text and where each piece of it begins in the raw text."""

    def __init__(self, text: str, surface: str, at: list[tuple[int, int]]) -> None:
        self.text = text
        self.surface = surface
        self.marks = [a for a, _ in at]
        self.raws = [b for _, b in at]
        self.parts: list[tuple[int, int, str]] = []  # a stretch of the text, or the sign that stands for it
        self.stray = -1  # where the next sign stands that may be stray; lines come in order

    def line(self, start: int, end: int) -> None:
        """Add a line without its inner stray spaces."""
        text = self.text
        if self.stray < start:
            hint = _INLINE_HINT.search(text, start)
            self.stray = hint.start() if hint else len(text)
        if self.stray >= end:
            self.parts.append((start, end, ""))
            return
        line = text[start:end]
        kept = _GAP if end - start <= 60 and line[0] != "第" and "。" not in line and _ROSTER.match(line) else None
        if kept is None:
            wide = "\u3000" in line or "  " in line
            if (wide and _DUTY_GAP.match(line)) or _LABELLED.search(line):
                kept = _WIDE_GAP
            elif line[-1] == "。" and line.count(" ") == 1 and _ONE_GAP.match(line):
                kept = _GAP
        if kept is not None:
            self._with_gaps(start, end, kept)
            return
        self._plain(start, end)

    def row(self, start: int, end: int, columns: list[int]) -> None:
        """Add a row of a table drawn with blanks: a tab before each cell, empty ones told by where the others stand."""
        cells = _aligned_cells(self.text, start, end)
        full = len(cells) >= len(columns)
        at = 0
        for begin, stop, column in cells:
            here = at if full else max(at, min(range(len(columns)), key=lambda i: abs(columns[i] - column)))
            for _ in range(here - at + (at > 0)):
                self.add("\t", begin)
            self._plain(begin, stop)
            at = here + 1

    def cells(self, spans: list[tuple[int, int]]) -> None:
        """Add a row of cells, tabs between them."""
        for i, (begin, stop) in enumerate(spans):
            if i:
                self.add("\t", begin)
            self._plain(begin, stop)

    def _with_gaps(self, start: int, end: int, gaps: re.Pattern[str]) -> None:
        """Add a line whose wide gaps part names or labels."""
        text = self.text
        begin = start
        for gap in gaps.finditer(text, start, end):
            self._plain(begin, gap.start())
            self.add("\t" if "\t" in gap.group() else "\u3000", gap.start())
            begin = gap.end()
        self._plain(begin, end)

    def _plain(self, start: int, end: int) -> None:
        """Add a stretch without its stray spaces."""
        parts = self.parts
        begin = start
        for stray in _INLINE.finditer(self.text, start, end):
            at, after = stray.span()
            if at > begin:
                parts.append((begin, at, ""))
            begin = after
        if begin < end:
            parts.append((begin, end, ""))

    def add(self, sign: str, position: int) -> None:
        """Add one sign that stands for what is at `position`."""
        self.parts.append((position, position + 1, sign))

    def finish(self) -> CleanText:
        """The text of all parts; those that go on where the last one ended are one piece with it."""
        text, surface, marks, raws = self.text, self.surface, self.marks, self.raws
        out: list[str] = []
        original: list[str] | None = None if surface is text else []
        clean_at: list[int] = []
        raw_at: list[int] = []
        size = 0
        shift: int | None = None  # how far the last piece stands behind its place in the raw text
        since, until, stands = -1, -1, ""
        for start, end, sign in [*self.parts, (-2, -2, "")]:
            if start == until and not stands and (not sign or text[start] == sign):
                until = end
                continue
            if since >= 0:
                out.append(stands or text[since:until])
                if original is not None:
                    original.append(stands or surface[since:until])
                # where the markup parts what is added, a new piece begins, unless it goes on there
                i = bisect_right(marks, since) - 1 if marks else 0
                raw = raws[i] + since - marks[i] if marks else since
                if raw - size != shift:
                    shift = raw - size
                    clean_at.append(size)
                    raw_at.append(raw)
                if marks and not stands:
                    for k in range(i + 1, bisect_left(marks, until)):
                        raw, at = raws[k], size + marks[k] - since
                        if raw - at != shift:
                            shift = raw - at
                            clean_at.append(at)
                            raw_at.append(raw)
                size += 1 if stands else until - since
            since, until, stands = start, end, sign
        whole = "".join(out)
        return CleanText(whole, clean_at or [0], raw_at or [0], whole if original is None else "".join(original))


def _without_markup(source: SourceText) -> tuple[str, list[tuple[int, int]]]:
    """The raw text with each piece of markup replaced by its stand-in, and (offset here, raw offset) of each piece.

    A page source breaks its lines anywhere, so there only markup breaks lines. Text files may carry stray tags of a
    converter; inside a table row a paragraph's end is no row's end and becomes a vertical tab.
    """
    raw = source.raw
    markup = source.markup
    if not markup:
        return raw, []
    is_html = source.media_type == "text/html"
    out: list[str] = []
    at: list[tuple[int, int]] = []
    size = position = 0
    for start, end, stand_in in markup:
        if start > position:
            out.append(raw[position:start])
            at.append((size, position))
            size += start - position
        if stand_in:
            if stand_in == "\n" and not is_html and _in_row(raw, start):
                stand_in = "\v"
            out.append(stand_in)
            at.append((size, start))
            size += len(stand_in)
        position = max(position, end)
    if position < len(raw):
        out.append(raw[position:])
        at.append((size, position))
    if is_html:
        out = [p if p == "\n" else p.replace("\n", " ").replace("\r", " ") if len(p) > 1 else p for p in out]
    return "".join(out), at


def _in_row(raw: str, position: int) -> bool:
    """Whether a place of a text file is in a line that is a row of a table."""
    start = raw.rfind("\n", 0, position) + 1
    end = raw.find("\n", position)
    return raw.startswith("|", start) or raw.find("\t", start, end if end >= 0 else len(raw)) >= 0


def _simplified(text: str) -> dict[int, str]:
    """Simplified forms of the Traditional characters in the text, one sign for one sign."""
    from opencc import OpenCC  # only where a mirror needs it: loading takes 50 ms

    convert = OpenCC("t2s").convert
    signs = [c for c in set(text) if c > "\u3400"]
    return {ord(c): s for c in signs if len(s := convert(c)) == 1 and s != c}


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that carry text, without page furniture and list marks."""
    spans: list[tuple[int, int]] = []
    folios: list[int] = []  # index in spans before which a page number stood
    row = -1  # the last row of a table whose cells stand one a line
    start = 0
    size = len(text)
    led = "……" in text or "...." in text or "····" in text
    barred = "|" in text and _BAR_END.search(f"\n{text}") is not None
    while start < size:
        end = text.find("\n", start)
        if end < 0:
            end = size
        if start == end:
            start += 1
            continue
        begin = start
        if text[start] in _LEADING:
            begin = _LEAD_MARK.match(text, start, end).end()  # type: ignore[union-attr]
            tab = text.find("\t", start, begin)
            if tab >= 0 and (text.find("\t", begin, end) >= 0 or (spans and text.find("\t", *spans[-1]) >= 0)):
                begin = tab  # an empty first cell, not an indent
            if barred and text.startswith("|", begin) and text[start] in "-—":
                begin = start  # a cell without a value, not a list
        stop = end
        while stop > begin and text[stop - 1] in " \u3000\r\v":
            stop -= 1
        if barred and text[stop - 1] == "|" and text.find("|", begin, stop) == stop - 1:
            while stop > begin and text[stop - 1] in " \u3000|":
                stop -= 1
        if stop > begin:
            short = stop - begin <= 40 and (text[start] == "第" or not "\u4e00" <= text[start] <= "\u9fff")
            if stop - begin <= 4:
                if row >= 0 and _next_row(text, spans, row, begin, stop):
                    row, short = int(text[begin:stop]), False
                elif _CELL_TABLE.fullmatch(text, begin, stop):
                    row = 0
            if (short and _PAGE_NUMBER.fullmatch(text, start, stop)) or (short and _is_folio(text, spans, begin, stop)):
                folios.append(len(spans))
            elif not ((short or text[begin] in "─━═") and _RULE_LINE.fullmatch(text, start, stop)) and not (
                led and text[stop - 1] in _FOLIO_ENDS and _CONTENTS.fullmatch(text, begin, stop)
            ):
                spans.append((begin, stop))
        start = end + 1
    if folios:
        spans = _without_running_heads(text, spans, folios)
    if size > _LONG * len(spans) or len(spans) < 4:  # on the average
        spans = [piece for span in spans for piece in _unfold(text, *span)]
    return spans


def _next_row(text: str, spans: list[tuple[int, int]], row: int, begin: int, stop: int) -> bool:
    """Whether a line of digits numbers the row after `row`: the first one and one below a heading may be any."""
    if not _BARE_NUMBER.fullmatch(text, begin, stop):
        return False
    number = int(text[begin:stop])
    return number == row + 1 or (number > row and (row == 0 or STARTS_BLOCK.match(text, spans[-1][0]) is not None))


# Cells one a line, each with the bar that parted it from the next one on a web page.
_BAR_CELL = r"\n[^|\n]{1,40}\|[ \u3000]*(?:\n\s*)?(?=\n)"
_BAR_END = re.compile(rf"{_BAR_CELL}(?:{_BAR_CELL}){{3}}")  # written out, so that the search skips to line breaks
_LONG = 400  # characters; a line of an official document is shorter on the average, unless it lost its line breaks
_GOV = r"[\u4e00-\u9fff]{2,24}?(?:人民政府|委员会|办公室|办公厅|局|厅)(?:办公室|办公厅)?"
_DAY = r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
# Where a line may begin in a text without line breaks. Numbers count only when they go on from the last one.
_INNER = re.compile(
    rf"(?P<cn>(?<![{_NUMERAL}第十])[{_NUMERAL}]{{1,3}})、(?=[\u4e00-\u9fff“])|[(（](?P<cnb>[{_NUMERAL}]{{1,3}})[)）](?=[\u4e00-\u9fff“])"
    r"|(?<![\d.．第年月至—–-])(?P<num>\d{1,3})[.．、](?=[\u4e00-\u9fff“])"
    rf"|(?P<day>(?<=[。号:：])(?:{_GOV})?{_DAY})|(?P<after_day>(?<=日)(?={_GOV}|[\u4e00-\u9fff]{{4,60}}(?:方案|计划|意见|办法|规划|要点|清单|措施)(?:为|根据|按照)))"
    r"|(?P<number>[(（]?[\u4e00-\u9fff]{2,10}[〔\[［（(](?:19|20)\d\d[〕\]］）)]\d{1,4}号[)）]?(?=各|[\u4e00-\u9fff]{2,40}(?:方案|计划|意见|办法|规划|要点|清单|措施)|为|根据|按照))"
    r"|(?P<opening>(?<=[案划见法点单施排知表])(?:为|根据|按照)[^。]{8,80}[,，])|(?P<address>(?<=号|\)|）)各[^。；;]{4,120}[:：])"
    r"|(?P<label>(?<=[。；;])(?:牵头|责任|主责|主办|配合|协办)(?:单位|部门)[:：])"
    r"|(?P<aside>(?<=[。；;][ \u3000])[\u4e00-\u9fff、]{2,24}(?:局|委|办|部|厅|社|会|院|政府|公司|银行|中心|大队|总队|支队|部门|单位)[:：])"
    r"|(?P<duty>(?<=。|责|工)(?:[\u4e00-\u9fff]{2,14}(?:局|委|办|部|厅|中心|大队|支队|分局)|各[\u4e00-\u9fff、]{2,24})[:：](?=负责|牵头|承担|配合))|(?P<roster>(?<![副\u4e00-\u9fff])副?(?:组长|主任|召集人)[:：]|(?<=[\u4e00-\u9fff)）])成员(?:单位)?[:：])"
)


def _unfold(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a long line: numbered items that follow one another, labels, heads and signatures begin new ones."""
    if end - start <= _LONG or "\t" in text[start:end] or text[start] == "|":
        return [(start, end)]
    cuts: list[int] = []
    last = {"cn": 0, "cnb": 0, "num": 0}
    for m in _INNER.finditer(text, start, end):
        kind = str(m.lastgroup)
        if kind in last:
            value = int(m.group(kind)) if kind == "num" else chinese_number(m.group(kind))
            if value not in (1, last[kind] + 1) or not value:
                continue
            last[kind] = value
        cuts.append(m.start())
        if kind in ("number", "day", "address"):
            cuts.append(m.end())
    cuts = sorted({c for c in cuts if start < c < end})
    if len(cuts) < 4:
        return [(start, end)]
    return [(a, a + len(text[a:b].rstrip(" \u3000"))) for a, b in pairwise([start, *cuts, end])]


def chinese_number(numeral: str) -> int:
    """1–99 of 一 … 九十九; 0 for anything else."""
    tens, ten, ones = numeral.partition("十")
    digits = "零一二三四五六七八九"
    if not all(c in digits for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    value = digits.index(tens) if tens else 0
    return (value or 1) * 10 + (digits.index(ones) if ones else 0) if ten else value


def _is_folio(text: str, spans: list[tuple[int, int]], begin: int, stop: int) -> bool:
    """Whether a line of digits only is a page number: it stands in the middle of a sentence."""
    if stop - begin > 4 or not spans or not _BARE_NUMBER.fullmatch(text, begin, stop):
        return False
    start, end = spans[-1]
    return end - start >= 15 and not _is_ended(text, start, end) and text.find("\t", start, end) < 0


_GAZETTE = re.compile(
    r"[\u4e00-\u9fff ]{2,20}(?:公报|政报)[ \u3000]*(?:\d{4}[ ]*年)?[ \u3000]*(?:第[ ]*[\d一二三四五六七八九十]+[ ]*[期号])?"
)


def _without_running_heads(text: str, spans: list[tuple[int, int]], folios: list[int]) -> list[tuple[int, int]]:
    """Drop short lines beside page numbers that stand beside another page number too.

    A head's two ends are set apart with any number of spaces, which don't count.
    """
    beside: dict[str, list[int]] = {}
    for f in folios:
        for i in (f - 1, f):
            if 0 <= i < len(spans) and spans[i][1] - spans[i][0] <= 120:
                line = _GAP.sub(" ", text[slice(*spans[i])])
                if len(line) <= 30:
                    beside.setdefault(line, []).append(i)
    heads = {i for head, same in beside.items() if len(set(same)) > 1 or _GAZETTE.fullmatch(head) for i in same}
    return [s for i, s in enumerate(spans) if i not in heads] if heads else spans


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The length at which this text breaks its lines, 0 when it does not."""
    lengths: Counter[int] = Counter()
    for (start, end), (after, _) in pairwise(lines):
        if (
            12 <= end - start <= 60
            and text[end - 1] not in "。；;：:！!？?、"
            and _SENTENCE.search(text, start, end)
            and not STARTS_BLOCK.match(text, after)
            and text.find("\t", start, end) < 0
        ):
            lengths[end - start - text.count(" ", start, end)] += 1
    total = sum(lengths.values())
    if total < 3:
        return 0
    near = {n: sum(lengths[k] for k in range(n - 2, n + 3)) for n in lengths}
    width = max(near, key=lambda n: (near[n], n))
    return width if near[width] >= max(3, 0.4 * total) else 0


def _is_ended(text: str, start: int, end: int) -> bool:
    """Whether a line ends where a sentence does."""
    last = text[end - 1]
    return last in _ENDS or (last in _CLOSING and end - start > 1 and text[end - 2] in _TERMINAL)


def _joins(text: str, run: _Run, line: tuple[int, int], width: int, cells: bool, drawn: bool) -> bool:
    """Whether a line goes on where the last of a `run` of lines was broken. Among `cells` one a line only punctuation
    tells. Only in a `drawn` text, one with tabs or bars, may either be a row.
    """
    start, end = run.last
    after = line[0]
    ended = _is_ended(text, start, end) and not (width and text[end - 3 : end] in ("其中：", "其中:", "包括：", "包括:"))
    goes_on = text[after] in _CONTINUES  # with none of which a block starts
    if ended and not goes_on:  # most lines
        return False
    if drawn and (text[after] == "|" or text[end - 1] == "|" or "\t" in text[start:end] or "\t" in text[slice(*line)]):
        return False
    if cells and _BARE_NUMBER.fullmatch(text, *line):
        return False
    if goes_on:
        return True
    dangling = text[end - 1] in _DANGLING
    if STARTS_BLOCK.match(text, after):
        return dangling and end - start < 400 and run.depth(text) > 0
    if end - start < 400 and run.depth(text):
        return True
    if dangling and not (cells and text[end - 1] > "\u4e00"):
        return True
    if cells:
        return _cut_name(text, start, end, line)
    length = end - start - text.count(" ", start, end)
    full = bool(width) and length >= width - 2
    sentences = text.find("。", start, end) >= 0
    if (text.endswith(_TITLE_END, start, end) and not sentences) or _ROSTER.match(text, start, end):
        return False
    if _LABEL.match(text, start, end) and _LABEL.match(text, *line):
        return False
    if text[end - 1] in "】〕" and _ANY_SIGNER.fullmatch(text, *line):
        return False
    if _SIGNER.fullmatch(text, *line) and not (full and text.find("、", start, end) >= 0):
        return False
    if sentences:
        return length >= 12
    heading = STARTS_BLOCK.match(text, start) is not None
    if _SENTENCE.search(text, start, end):
        return full or length >= (40 if heading else 15)
    return full and (not heading or length >= width)


def _cut_name(text: str, start: int, end: int, line: tuple[int, int]) -> bool:
    """Whether a cell ends within the last name of its list, which the line below ends: `县商务局、县工业` / `园区管委会`."""
    listed = _CUT_LIST.fullmatch(text, start, end)
    return (
        listed is not None
        and listed["last"] != "企业"
        and listed["last"][-1] not in _BODY_SIGN
        and text[line[1] - 1] in _BODY_SIGN
        and _CUT_REST.fullmatch(text, *line) is not None
    )


_BODY_SIGN = "局委办厅部院会司社处站所队心府道镇乡区县市位门构关团校行村台馆组室科"  # as names of bodies end
_CUT_LIST = re.compile(rf"(?:[\u4e00-\u9fff]{{1,14}}[{_BODY_SIGN}]、)+[\u4e00-\u9fff]{{0,13}}(?P<last>[\u4e00-\u9fff]{{2}})")
_CUT_REST = re.compile("[\u4e00-\u9fff]{1,12}(?:、[\u4e00-\u9fff、]{2,60})?")


def line_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the non-empty lines of text[start:end]."""
    end = len(text) if end is None else end
    return [m.span() for m in _LINE.finditer(text, start, end)]


_LINE = re.compile(r"[^\n]+")
