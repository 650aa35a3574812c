"""Steps of carrying out (实施步骤): the name of each and when it is, as written.

Steps stand as numbered items below a heading such as 实施步骤 or 进度安排, the time in brackets after the name
((一)宣传发动阶段(3月至4月)。), after a colon, or before the name (5月—6月,动员部署). A paragraph may hold several
(第一阶段,从3月至5月。…第二阶段,…). Below a heading of steps an item without a time is a step too.
"""

from __future__ import annotations

import re
from typing import Literal

from loaders.extract.dates import read_deadlines
from loaders.facts import Phase
from loaders.outline import Block, Outline

_STEPS = re.compile(r"步骤|阶段(?:划分|安排)|分阶段")
_SCHEDULE = re.compile(
    r"^(?:实施|工作|整治|推进)?阶段$|(?:时间|进度|进展|实施|阶段|步骤|活动|推进|工作|行动|日程|整治|创建)(?:进度|节点|安排|计划|步骤|进程|时序)|时间表|安排$"
    r"|(?:考核|考评|评定|评估|验收|检查)程序$"
)
_SCHEDULE_WORD = re.compile("程序|阶段|进度|节点|安排|计划|步骤|进程|时序|时间表")
_STAGE_NAME = re.compile(
    r"阶段|部署|发动|启动|准备|动员|摸底|排查|自查|整改|整治|推进|实施|攻坚|提升|巩固|验收|总结|评估|考核|申报|迎检|督查|检查|完善"
)
_TIME = re.compile(
    r"(?:\d{4}年|[一二][〇○零九][〇○零一二三四五六七八九]{2}年|\d{1,2}月|[一二三四五六七八九十]{1,2}月(?!会)|年底|全年|季度|半年|即日起|印发之日|上旬|中旬|下旬|长期|今年|明年|20\d\d\.\d)"
)
_BRACKET = re.compile(
    r"[(（〔【\[]\s*(?:时间(?:为|安排|节点)?[:：]?|期限[:：]|从现在起至?)?\s*(?P<when>[^()（）〔〕【】\[\]]{2,40}?)\s*[)）〕】\]]"
)
_STEPS_LINE = re.compile(r"[\u4e00-\u9fff]{0,12}(?:[施作改治动]步骤|[度间段骤]安排|阶段划分)[:：]?")
# a step of a list with dots
_TIMED_LINE = re.compile(rf"[\u4e00-\u9fff]{{2,12}}[(（][^()（）]*?{_TIME.pattern}[^()（）]*[)）]")
_STEPS_LINE_ENDS = frozenset("骤排分:：")
_ORDINAL = re.compile(r"第[一二三四五六七八九]阶段")
# A line without numbering, or one whose number runs into a year, that is a step all the same: 第一阶段:…; 1.2023年3月,…
_STEP_LINE = re.compile(
    r"(?:\d{1,2}[.．](?=(?:19|20)\d\d年))?(?=第[一二三四五六七八九]阶段|[\u4e00-\u9fff]{2,12}阶段[:：(（,，]|(?:19|20)\d\d年)"
)
_DUTY = re.compile(r"(?:责任|牵头|配合|主责)(?:单位|部门)[:：]|负责[)）]|牵头[)）]")
_LEAD_ORDINAL = re.compile(r"(?:第[一二三四五六七八九十]+(?:阶段|步)|[一二三四五]是)\s*[:：,，、]?\s*")
_DATE = (
    r"(?:(?:19|20)\d\d年?|今年|明年)?(?:\d{1,2}月(?:份)?(?:\d{1,2}日|上旬|中旬|下旬|初|底|末)?|年?底|年?末|全年|年内|(?:19|20)\d\d年?|第?[一二三四1-4]季度|[上下]半年|\d{1,2}日)"
    r"(?:之前|以前|前|起|开始|份)?"
)
_WHEN = rf"(?:从|自|于|在)?{_DATE}(?:\s*(?:[—–―－\-~～至到]{{1,2}})\s*{_DATE})?(?:底|止|前|完成)?"
# 第一阶段,从2023年3月至5月底。 and 2023年3月—5月,动员部署。 and 动员部署阶段:2023年3月至5月。
_AFTER_NAME = re.compile(rf"[,，:：]?\s*(?P<when>{_WHEN})(?=[。,，;；:：]|$)")
_BEFORE_NAME = re.compile(rf"(?P<when>{_WHEN})\s*[,，:：]\s*(?P<name>[\u4e00-\u9fff“”]{{2,20}})")
_RUN_ON = re.compile(
    r"(?P<name>(?:第[一二三四五六七八九]阶段[:：,，]?)?[\u4e00-\u9fff“”、]{0,20}?(?:阶段|步骤?))[(（](?P<when>[^()（）]{2,40})[)）]"
    rf"|(?P<ordinal>第[一二三四五六七八九]阶段)[,，:：]?(?P<ordinal_when>{_WHEN})(?=[。,，;；:：])"
)
# 年度评价从每年1月1日开始,3月底前完成
_FROM_TO = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,10}?)(?P<when>从每?[^,，。;；]{2,16}(?:开始|启动)[,，][^,，。;；]{2,16}(?:完成|结束))"
)


def read_phases(outline: Outline) -> list[Phase]:
    """The steps of a document in reading order; each span is the step's name with its time."""
    phases: list[Phase] = []
    staged = outline.text.find("阶段", outline.start, outline.end) >= 0  # else nothing is a stage
    titles = {i: said for i, b in enumerate(outline.blocks) if b.style >= 0 and (said := _opens_steps(outline, b))}
    lines = {b.start for b in outline.blocks if b.style < 0 and _is_steps_line(outline, b)}
    if not (staged or titles or lines):
        return []
    children: dict[int, list[Block]] = {}
    for block in outline.blocks:
        children.setdefault(block.parent, []).append(block)
    sections: set[int] = set()
    top = [b for b in children.get(-1, []) if b.style >= 0]
    if staged and len(top) >= 2 and all(_is_stage(outline, b) for b in top):  # what stood above them is not there
        phases += [p for b in top if (p := _of_block(outline, b, timeless=False))]
    for i, block in enumerate(outline.blocks):
        if block.style < 0 or block.parent in sections:
            continue
        below = children.get(i, [])
        if not below and block.head_end >= block.end:
            continue
        said = titles.get(i)
        if not said:
            if (
                staged
                and len(below) >= 2
                and below[0].style >= 0
                and all(_is_stage(outline, b) for b in below if b.style >= 0)
            ):
                phases += [p for b in below if (p := _of_block(outline, b, timeless=False))]
            continue
        sections.add(i)
        phases += _in_paragraph(outline, block)
        for child in below:
            if (step := _step(outline, child, said == "steps")) is not None:
                phases.append(step)
            phases += _in_paragraph(outline, child)
    for row in children.values() if staged or lines else ():
        phases += _unnumbered(outline, row, staged, lines)
    return _without_overlaps(phases)


def _opens_steps(outline: Outline, block: Block) -> Literal["steps", "schedule"] | None:
    """What an item's title says stands below it."""
    end = block.head_end if block.head_end > block.body else min(block.end, block.body + 24)
    if not _SCHEDULE_WORD.search(outline.text, block.body, end):
        return None
    title = outline.text[block.body : end].rstrip("。:：")
    if len(title) > 24:
        return None
    return "steps" if _STEPS.search(title) else "schedule" if _SCHEDULE.search(title) else None


def _is_steps_line(outline: Outline, block: Block) -> bool:
    """Whether a line without a number says that steps stand below it."""
    if block.end - block.start > 20 or outline.text[block.end - 1] not in _STEPS_LINE_ENDS:
        return False
    return _STEPS_LINE.fullmatch(outline.text, block.start, block.end) is not None


def _unnumbered(outline: Outline, row: list[Block], staged: bool, heads: set[int]) -> list[Phase]:
    """Steps below a line such as 实施步骤 that has no number (`heads`, by their starts), and steps without numbers:
    准备阶段(3月至4月):…
    """
    lines = [b for b in row if b.style < 0 and b.kind == "text" and _is_stage(outline, b)] if staged else []
    found = [p for b in lines if len(lines) > 1 and (p := _step(outline, b, False))]
    for at, head in enumerate(row):
        if head.style >= 0 or head.start not in heads:
            continue
        for below in row[at + 1 :]:
            if below.style != row[at + 1].style:
                break
            if below.style < 0 and not _TIMED_LINE.match(outline.text, below.start, below.end):
                break
            found += [p for p in [_of_block(outline, below, timeless=False)] if p]
    return found


def _is_stage(outline: Outline, block: Block) -> bool:
    """Whether an item outside a section of steps is one all the same: 宣传发动阶段(3月至4月)."""
    stop = min(block.end, block.body + 48)
    if outline.text.find("阶段", block.body, stop) < 0:
        return False
    title = outline.text[block.body : stop]
    match = _BRACKET.search(title)
    return bool(match and "阶段" in title[: match.start()] and _TIME.search(match.group("when")))


def _step(outline: Outline, block: Block, steps: bool) -> Phase | None:
    """The step that a paragraph below a heading of steps or of a schedule is, or None.

    A schedule may hold work that names who is responsible: those are tasks with a date, not steps.
    """
    text = outline.text
    if block.kind == "table" or (not steps and _DUTY.search(text, block.body, block.end)):
        return None
    if block.style >= 0:
        return _of_block(outline, block, timeless=steps)
    opening = _STEP_LINE.match(text, block.start, block.end)
    if not opening:
        return None
    stop = text.find("。", block.start, block.end)
    line = Block("item", block.start, block.end, body=opening.end(), head_end=stop if stop >= 0 else block.end)
    return _of_block(outline, line, timeless=False)


def _of_block(outline: Outline, block: Block, timeless: bool) -> Phase | None:
    """The step a numbered item is, or None. `timeless`: an item without a time counts as well."""
    text = outline.text
    stop = block.head_end if block.head_end > block.body else block.end
    title = text[block.body : stop]
    bracket = _BRACKET.search(title)
    if bracket and _TIME.search(bracket.group("when")) and bracket.start() <= 40:
        name = title[: bracket.start()] or title[bracket.end() :]
        at = block.body + bracket.start("when")
        return _phase(
            outline,
            name,
            (at, block.body + bracket.end("when")),
            block.body,
            block.body + bracket.end(),
            "phase:bracket",
        )
    if before := _BEFORE_NAME.match(title):
        span = block.body + before.start("when"), block.body + before.end("when")
        return _phase(outline, before.group("name"), span, block.body, block.body + before.end(), "phase:time-first")
    cut = re.search(r"[:：,，]|$", title)
    name_end = cut.start() if cut else len(title)
    if after := _AFTER_NAME.match(title, name_end):
        span = block.body + after.start("when"), block.body + after.end("when")
        return _phase(outline, title[:name_end], span, block.body, span[1], "phase:time-after")
    if (after := _AFTER_NAME.match(text, stop + 1, block.end)) and _STAGE_NAME.search(title) and len(title) <= 20:
        return _phase(outline, title, after.span("when"), block.body, after.end("when"), "phase:time-opens")
    if timeless and len(title) <= 24:
        return _phase(outline, title, None, block.body, stop, "phase:untimed")
    return None


def _in_paragraph(outline: Outline, block: Block) -> list[Phase]:
    """Steps named in running text; the item's own title is not looked at."""
    text = outline.text
    start = block.head_end if block.style >= 0 and block.head_end > block.body else block.body
    end = block.end
    found: list[Phase] = []
    if "阶段" in (piece := text[start:end]) or "步" in piece:
        for match in _RUN_ON.finditer(text, start, end):
            key = "when" if match.group("when") else "ordinal_when"
            if _TIME.search(match.group(key)):
                name = match.group("name") or match.group("ordinal")
                found.append(_phase(outline, name, match.span(key), match.start(), match.end(key), "phase:run-on"))
    if "从" in piece and "始" in piece:
        for match in _FROM_TO.finditer(text, start, end):
            name, span = match.group("name"), match.span("when")
            found.append(_phase(outline, name, span, match.start(), match.end(), "phase:from-to"))
    return found


def _phase(outline: Outline, name: str, when: tuple[int, int] | None, start: int, end: int, rule: str) -> Phase:
    text = outline.text
    name = name.strip("。:：,，、;； ")
    plain = _LEAD_ORDINAL.sub("", name, count=1)
    if when and (ordinal := _ORDINAL.match(name)) and not plain:
        plain = ordinal.group()
    starts_on = ends_on = None
    written = text[when[0] : when[1]].strip() if when else None
    if when:
        deadlines = read_deadlines(text, *when, outline.issued_on)
        if deadlines:
            first, last = deadlines[0], deadlines[-1]
            starts_on = None if "前" in first.text else first.starts_on
            ends_on = last.ends_on
    return Phase(
        start=start,
        end=end,
        quote=text[start:end],
        rule=rule,
        name=plain or name,
        when=written,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _without_overlaps(phases: list[Phase]) -> list[Phase]:
    """In reading order; a step found by two rules counts once."""
    kept: list[Phase] = []
    for phase in sorted(phases, key=lambda p: (p.start, -p.end)):
        if not kept or phase.start >= kept[-1].end or (phase.start, phase.end) != (kept[-1].start, kept[-1].end):
            if kept and phase.start < kept[-1].end:
                continue
            kept.append(phase)
    return kept
