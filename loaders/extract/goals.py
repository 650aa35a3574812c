"""Dated goals of a document as a whole: 到2025年,…达到95%以上, sections of aims, indicator tables.

One goal per dated clause. A clause counts when it says what will be reached by a year, not who does what by when: dates
in items of work that name who is responsible belong to those items (`skip`), and so do dates of reports and meetings.
In a section of aims the date stated last holds for the paragraphs below that name a number and no date.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from loaders.extract.dates import read_dates, read_deadlines
from loaders.extract.phases import read_phases
from loaders.extract.targets import read_cell_quantity, read_quantities
from loaders.facts import Deadline, Goal, Phase, Quantity
from loaders.outline import Block, Grid, Outline
from loaders.text import after_last

# --- words ------------------------------------------------------------------------------------------------------

_AIMS = re.compile(r"目标|愿景|指标")
_NO_AIMS = re.compile(r"基础|成效|成就|现状|形势|背景|回顾|问题|原则|指导思想|保障|措施|机遇|挑战")
_AIMS_TEXT = re.compile(r"[^,，。；;]{0,6}(?:总体|工作|主要|发展|近期|中期|远期|具体|行动)目标(?:是|为|如下)?[:：。]")
# What may stand in a dated clause before its date.
_INTENT = re.compile(
    r"^\s*(?:——|[(（][一二三四五六七八九十\d]{1,3}[)）]|[^,，。；;:：\d]{2,8}目标[:：])?"
    r"(?:其中|并|再|要|将|力争|争取|确保|努力|计划|预期|实现|于|在|到|至|截至|经过.{1,10}努力|用.{1,6}时间)*$"
)
_PURPOSE = re.compile(r"(?:力争|争取|确保|努力)(?:于|在|到|至)?$")
_REACHED = re.compile(
    r"达|实现|形成|建成|建立|基本|全面|显著|明显|力争|突破|覆盖|健全|完善|提高|提升|超过|不低于|不少于|走在|进入|完成|控制在"
    r"|大幅|更加|取得|初步|成为|下降|降低|压减|保持|稳定|新增|增长|翻番|占"
)
_FORECAST = re.compile(r"预计|预测|测算|估计")
# What is due then is paper or a meeting, not a goal.
_ERRAND = re.compile(
    r"报送|上报|报告|报[区市县省州国][^,，。]{0,8}(?:备案|审批|审定)|印发|总结|考核|评估|检查|督查|抽查|会议|召开|填报|反馈|备案"
    r"|施行|有效期|报名|申报|汇总|公示|通报|验收"
)
_NEXT_RATE = re.compile(
    r"[^,，。；;\n]{2,40}(?:率|比例|占比|比重|数|量|面积|水平|规模|总额|总值|产值|收入)[^,，。；;\n]{0,6}"
    r"(?:达到?|不低于|不少于|超过|稳定在|保持在|控制在|[提高升][高升]?[到至])"
)
# 到2025年,主要目标如下: opens a list; 2023年,是…之年 speaks of the year itself.
_NO_AIM = re.compile(
    r"[,，]?(?:是|作为|为|[^。,，]{0,40}(?:(?:目标|指标|任务)(?:是|为|如下|包括)?[:：]|(?:目标|指标)(?:是|为|如下)?$))"
)
_COMPLETES = re.compile(r"(?:确保|力争|全面)*(?:完成|实现|达到|建成)")
_JOINTS = ("和", "、", "及", "与")
_TRIM = " ,，。；;:：、\n\t\u3000"

# Heads of the columns of indicator tables, and of tables that set no goals but tasks, scores or people.
_HEAD_NAME = re.compile(r"指标|项目|名称|内容")
_HEAD_UNIT = re.compile(r"(?:计量)?单位")
_HEAD_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_HEAD_AIM = re.compile(r"目标|规划值|预期|计划数|任务数|指标值")
_HEAD_PAST = re.compile(r"现状|基期|基准|基数|实际|完成值|完成情况|当前|上年|增[长速幅]|年均|属性|性质|备注|序号")
_HEAD_OTHER = re.compile(r"牵头|责任|负责|配合|部门|时限|分值|得分|评分|评价|姓名|职务|电话")
_UNIT_IN_NAME = re.compile(r"[(（]([\u4e00-\u9fff]{1,6}(?:/[\u4e00-\u9fff]{1,4})?|%|‰)[)）]$")
_ROW_NUMBER = re.compile(r"(?:\d{1,3}[.、．]?|[(（][\d一二三四五六七八九十]+[)）]|[①-⑳])(?=\D)")
_BLANK = re.compile(r"\s+")


def read_goals(
    outline: Outline, skip: Sequence[tuple[int, int]] = (), phases: Sequence[Phase] | None = None
) -> list[Goal]:
    """The document's dated goals in reading order.

    `skip` are the spans of its tasks: what they date is theirs. `phases` are its steps, where they are known already.
    """
    spans = sorted(skip)
    known = read_phases(outline) if phases is None else phases
    steps = sorted((p.start, int(p.ends_on[:4])) for p in known if p.ends_on)
    goals: list[Goal] = []
    years: dict[int, int] = {}  # the year last stated in each section of aims
    above: dict[int, int | None] = {}  # the section of aims of each heading looked at
    openings: list[Goal] = []  # 到2025年,主要目标如下: goals of their own when nothing below names a number
    for block in outline.blocks:
        if block.kind in ("title", "number", "address", "signature", "table") or _inside(spans, block.body):
            continue
        signed = _has_date_sign(outline, block)
        if not signed and not years and not steps:
            continue
        section = _section_of_aims(outline, block, above)
        dated = _dates(outline, block) if signed and (section is not None or _names_year(outline, block)) else []
        stated, read = _of_block(outline, block, dated, section is not None) if dated else (None, [])
        if section is not None:
            if stated:
                years[section] = stated
                openings += [] if read else [_opening(outline, block, stated)]
            if not read and section in years:
                read = _undated(outline, block, years[section])
        if not read and steps:
            read = _of_steps(outline, block, steps)
        goals += read
    goals = [g for g in goals if not _inside(spans, g.start)]
    goals += _of_grids(outline, [g for g in outline.grids if not _inside(spans, g.start)])
    goals += [o for o in openings if not any(g.year == o.year for g in goals)]
    goals.sort(key=lambda g: (g.start, g.end))
    return goals


# --- running text -----------------------------------------------------------------------------------------------


def _has_date_sign(outline: Outline, block: Block) -> bool:
    """Whether a paragraph has one of the signs that all dates of a year have."""
    said = outline.text[block.body : block.end]
    return "年" in said or "月" in said or "五" in said or "20" in said or "季度" in said


_WRITTEN_YEAR = re.compile("[12一二五明后](?:(?<=五)|(?<=1)9|(?<=2)0|(?<=[一二])[九〇○零OＯ0]|(?<=[明后])年)")


def _names_year(outline: Outline, block: Block) -> bool:
    """Whether a year, a plan or a range of years may be written out: other goals than among aims begin so."""
    return _WRITTEN_YEAR.search(outline.text, block.body, block.end) is not None


def _dates(outline: Outline, block: Block) -> list[Deadline]:
    """The dates of a paragraph that something may be reached by, in order."""
    found = read_dates(outline.text, block.body, block.end, outline.issued_on)
    return sorted([d for d in found if d.year is not None and d.ends_on], key=lambda d: (d.start, d.end))


def _of_block(outline: Outline, block: Block, dated: list[Deadline], aims: bool) -> tuple[int | None, list[Goal]]:
    """The last year a paragraph states, and its goals."""
    text, start, end = outline.text, block.body, block.end
    opening = [d for d in dated if _opens(text, start, d, aims)]
    goals: list[Goal] = []
    free = start
    for i, deadline in enumerate(opening):
        limit = opening[i + 1].start if i + 1 < len(opening) else end
        begin = max(free, _clause_start(text, start, deadline, aims))
        if joint := _paired(text, deadline, opening[i + 1 : i + 2]):
            goals += _respectively(outline, begin, deadline, joint, end)
            continue
        close = _scope(outline, deadline, limit, aims)
        goal = _goal(outline, begin, close, deadline, aims)
        if goal and not (goals and goals[-1].end > begin):
            goals.append(goal)
            free = goal.end
    return (opening[-1].year if opening else None), goals


def _opens(text: str, start: int, deadline: Deadline, aims: bool) -> bool:
    """Whether a goal may begin with the date; elsewhere than among aims a date inside a clause is of the work told."""
    if aims:
        return True
    if deadline.rule.startswith(("date:own", "date:relative", "date:after")):
        return False
    before = text[_comma_before(text, start, deadline.start) : deadline.start]
    return bool(deadline.text[0] in "到至" or _PURPOSE.search(before) or _INTENT.match(before))


def _clause_start(text: str, start: int, deadline: Deadline, aims: bool) -> int:
    """Where the dated clause begins: with its date or a word of intent before it; among aims as a whole."""
    comma = _comma_before(text, start, deadline.start)
    if aims and not _INTENT.match(text[comma : deadline.start]):
        return comma
    purpose = _PURPOSE.search(text, comma, deadline.start)
    return purpose.start() if purpose else deadline.start


def _scope(outline: Outline, deadline: Deadline, limit: int, aims: bool) -> int:
    """Where the clause ends: with its sentence, and the next ones that go on with numbers."""
    text = outline.text
    stop = _sentence_end(text, deadline.end, limit)
    if aims:
        more = read_quantities(text, stop, limit, [], outline.year) if stop < limit else []
        return _sentence_end(text, more[-1].end, limit) if more else stop
    while stop < limit and _NEXT_RATE.match(text, stop, limit):
        stop = _sentence_end(text, stop, limit)
    return stop


def _goal(outline: Outline, begin: int, close: int, deadline: Deadline, aims: bool) -> Goal | None:
    text = outline.text
    begin, close = _trimmed(text, begin, close)
    said, rest = text[begin:close], text[deadline.end : max(close, deadline.end)]
    if len(rest.strip(_TRIM)) < 4 or _FORECAST.search(text, max(0, begin - 8), deadline.start):
        return None
    quantities = read_quantities(text, begin, close, [deadline], outline.year)
    for quantity in quantities:
        quantity.year = deadline.year
    if not quantities and (_NO_AIM.match(rest) or (deadline.rule == "date:plan" and not aims)):
        return None
    if not quantities and not aims and (not _REACHED.search(rest) or _ERRAND.search(rest)):
        return None
    if not quantities and not aims and "月" in deadline.text:
        return None
    rule = "goal:aims" if aims else "goal:dated-clause"
    return Goal(
        start=begin, end=close, quote=said, rule=rule, year=deadline.year or 0, text=said, quantities=quantities
    )


def _paired(text: str, deadline: Deadline, after: list[Deadline]) -> Deadline | None:
    """The second year of 2025年和2030年分别达到…."""
    if not after or text[deadline.end : after[0].start] not in _JOINTS:
        return None
    return after[0] if "分别" in text[after[0].end : after[0].end + 60] else None


def _respectively(outline: Outline, begin: int, first: Deadline, second: Deadline, end: int) -> list[Goal]:
    """Two goals of one clause; its numbers belong to the two years by turns."""
    begin, close = _trimmed(outline.text, begin, _sentence_end(outline.text, second.end, end))
    said = outline.text[begin:close]
    goals: list[Goal] = []
    for i, deadline in enumerate((first, second)):
        quantities = read_quantities(outline.text, begin, close, [deadline], outline.year)[i::2]
        for quantity in quantities:
            quantity.year = deadline.year
        year = deadline.year or 0
        goals.append(
            Goal(start=begin, end=close, quote=said, rule="goal:paired", year=year, text=said, quantities=quantities)
        )
    return goals


def _undated(outline: Outline, block: Block, year: int) -> list[Goal]:
    """A paragraph among aims that names a number and no date: the date stated last holds."""
    quantities = read_quantities(outline.text, block.body, block.end, [], outline.year)
    return [_of_quantities(outline, quantities, year, "goal:lead-in")] if quantities else []


def _opening(outline: Outline, block: Block, year: int) -> Goal:
    begin, close = _trimmed(outline.text, block.body, _sentence_end(outline.text, block.body, block.end))
    said = outline.text[begin:close]
    return Goal(start=begin, end=close, quote=said, rule="goal:opening", year=year, text=said)


def _of_steps(outline: Outline, block: Block, steps: list[tuple[int, int]]) -> list[Goal]:
    """What a step of carrying out is to complete, due at the step's end."""
    inside = steps[bisect_left(steps, (block.start, 0)) : bisect_left(steps, (block.end, 0))]
    if not inside:
        return []
    starts = [start for start, _ in inside]
    found: dict[int, list[Quantity]] = {}
    for quantity in read_quantities(outline.text, block.body, block.end, [], outline.year):
        step = bisect_right(starts, quantity.start) - 1
        if step >= 0 and _COMPLETES.match(quantity.text):
            found.setdefault(step, []).append(quantity)
    return [_of_quantities(outline, quantities, inside[step][1], "goal:step") for step, quantities in found.items()]


def _of_quantities(outline: Outline, quantities: list[Quantity], year: int, rule: str) -> Goal:
    start, end = min(q.start for q in quantities), max(q.end for q in quantities)
    for quantity in quantities:
        quantity.year = year
    said = outline.text[start:end]
    return Goal(start=start, end=end, quote=said, rule=rule, year=year, text=said, quantities=quantities)


# --- indicator tables -------------------------------------------------------------------------------------------


def _of_grids(outline: Outline, grids: list[Grid]) -> list[Goal]:
    """One goal per table and year; a table that goes on with the same head on the next page is one table."""
    goals: list[Goal] = []
    last_heads: list[str] = []
    for grid in grids:
        heads, body = _heads(grid)
        if any(_HEAD_OTHER.search(h) for h in heads):
            continue
        caption = _caption(outline, grid)
        said = outline.text[caption[0] : caption[1]] if caption else ""
        if not _AIMS.search("".join(heads)) and not (_AIMS.search(said) and any(_HEAD_NAME.search(h) for h in heads)):
            continue
        goes_on = bool(goals) and heads == last_heads and caption is None
        for column, year in _value_columns(outline, grid, heads, said):
            quantities = _of_column(outline, grid, heads, body, column, year)
            same = next((g for g in goals if goes_on and g.year == year), None)
            if same:
                same.quantities += quantities
            elif quantities:
                start, end = caption or (grid.rows[0][0].start, grid.rows[0][-1].end)
                quote = outline.text[start:end]
                goals.append(
                    Goal(
                        start=start,
                        end=end,
                        quote=quote,
                        rule="goal:table",
                        year=year,
                        text=quote,
                        quantities=quantities,
                    )
                )
        last_heads = heads
    return goals


def _heads(grid: Grid) -> tuple[list[str], int]:
    """The heads of the columns without white space, and how many rows they take."""
    rows = max(grid.head, 1)
    columns = zip(*grid.rows[:rows], strict=False)
    return ["".join(dict.fromkeys(_BLANK.sub("", c.text) for c in column)) for column in columns], rows


def _value_columns(outline: Outline, grid: Grid, heads: list[str], caption: str) -> list[tuple[int, int]]:
    """(column, year) of the columns that hold values to reach; years before the document's are the past."""
    own = outline.year
    years = [
        (i, int(m.group(1))) for i, h in enumerate(heads) if (m := _HEAD_YEAR.search(h)) and not _HEAD_PAST.search(h)
    ]
    if years:
        first = own if own is not None else min(year for _, year in years) + (len(years) > 1)
        return [(i, year) for i, year in years if year >= first]
    year = _year_of_words(outline, caption) or _year_above(outline, grid)
    if year is None:
        return []
    return [(i, year) for i, h in enumerate(heads) if _HEAD_AIM.search(h) and not _HEAD_PAST.search(h)][-1:]


def _of_column(outline: Outline, grid: Grid, heads: list[str], body: int, column: int, year: int) -> list[Quantity]:
    unit_at = next((i for i, h in enumerate(heads) if _HEAD_UNIT.fullmatch(h)), None)
    named = [i for i, h in enumerate(heads) if i < column and _HEAD_NAME.search(h) and i != unit_at]
    name_at = named[-1] if named else max(0, min(column, unit_at if unit_at is not None else column) - 1)
    found: list[Quantity] = []
    for row in grid.rows[body:]:
        cell = row[column]
        name = _BLANK.sub("", row[name_at].text)
        if name in ("", heads[name_at]) or not cell.text:
            continue
        name = _ROW_NUMBER.sub("", name, count=1)
        unit = _BLANK.sub("", row[unit_at].text) if unit_at is not None else ""
        if not unit and (within := _UNIT_IN_NAME.search(name)):
            unit, name = within.group(1), name[: within.start()]
        if quantity := read_cell_quantity(outline.text, cell.start, cell.end, indicator=name, unit=unit, year=year):
            found.append(quantity)
    return found


def _caption(outline: Outline, grid: Grid) -> tuple[int, int] | None:
    """The short line right before a table."""
    at = bisect_right(outline.blocks, grid.start, key=lambda b: b.start) - 1
    while at >= 0 and outline.blocks[at].start >= grid.start:
        at -= 1
    if at < 0 or outline.blocks[at].end - outline.blocks[at].start > 60 or outline.blocks[at].kind == "table":
        return None
    return outline.blocks[at].start, outline.blocks[at].end


def _year_of_words(outline: Outline, words: str) -> int | None:
    named = [d.year for d in read_deadlines(words, 0, len(words), outline.issued_on) if d.year is not None]
    return named[-1] if named else max((int(y) for y in re.findall(r"(20\d\d)年", words)), default=None)


def _year_above(outline: Outline, grid: Grid) -> int | None:
    """The year in the headings above a table, or in the document's title."""
    at = grid.parent
    while at >= 0:
        block = outline.blocks[at]
        if year := _year_of_words(outline, outline.text[block.start : max(block.head_end, block.body)]):
            return year
        at = block.parent
    return _year_of_words(outline, outline.title or "")


# --- sections and sentences -------------------------------------------------------------------------------------


def _section_of_aims(outline: Outline, block: Block, above: dict[int, int | None]) -> int | None:
    """Where the section of aims begins that holds the block: itself or a heading above; None outside of one.

    `above` keeps what was told of headings.
    """
    near = min(block.end, block.body + 10)  # the word ends there at the latest
    if outline.text.find("目标", block.body, near) >= 0 and _AIMS_TEXT.match(outline.text, block.body, block.end):
        return block.start
    return _section_of_heading(outline, block, above)


def _section_of_heading(outline: Outline, block: Block, above: dict[int, int | None]) -> int | None:
    text = outline.text
    if 0 < block.head_end - block.body <= 24:
        if _AIMS.search(text, block.body, block.head_end):
            return block.start
        if _NO_AIMS.search(text, block.body, block.head_end):
            return None
    if block.parent >= 0 and block.parent not in above:
        above[block.parent] = _section_of_heading(outline, outline.blocks[block.parent], above)
    return above.get(block.parent)


def _sentence_end(text: str, position: int, limit: int) -> int:
    """Just after the full stop that ends the sentence; a semicolon goes on with it."""
    stops = [at + 1 for mark in "。\n\v" if (at := text.find(mark, position, limit)) >= 0]
    return min(stops, default=limit)


def _comma_before(text: str, start: int, position: int) -> int:
    return after_last(text, ",，。；;:：\n", start, position)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _inside(spans: Sequence[tuple[int, int]], position: int) -> bool:
    i = bisect_right(spans, (position, 1 << 60)) - 1
    return i >= 0 and position < spans[i][1]
