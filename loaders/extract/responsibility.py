"""Tasks and who answers for them: from items, headings, duty lists and tables.

A numbered item with a statement of responsibility is a task; in a list of tasks every item is one. A statement belongs
to the innermost numbered item it stands in; on a line of its own below the last of several sub-items that name nobody
it belongs to the item above them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from loaders.extract.duties import duty_head, duty_sentence, named_duty, read_duty, says_duty
from loaders.extract.prose import Found, read_given, read_parallel, read_prose
from loaders.extract.statements import (
    ALL_LEAD,
    LABEL,
    OTHER_LABEL,
    PERSON_LABEL,
    Duty,
    Person,
    fill,
    first_leads_rule,
    read_statement,
)
from loaders.extract.tables import Columns, line_tables, table_tasks
from loaders.extract.units import bodies_only, given_body, is_body, split_names
from loaders.facts import Task, Warning_
from loaders.outline import Block, Outline

_WORDS = "牵头|责任|责成|职责|各负其责|各司其职|统筹|主办|主责|承办|配合|协办|负责|落实|参与|参加|实施|协助|会同|主管|单位[:：]|部门[:：]"
_HINT = re.compile(_WORDS)
_BRACKETED = re.compile(
    r"[(（\[［【〔](?P<inside>(?:[^()（）\[\]［］【】〔〕]|[(（\[［【〔][^()（）\[\]［］【】〔〕]{0,60}[)）\]］】〕]){2,1200})[)）\]］】〕]"
)
_STATES = re.compile(
    rf"{LABEL.pattern}|{PERSON_LABEL.pattern}|(?:牵头|负责|配合|落实|协办|主办|承办|参与|参加|协助|组织实施|实施|监管|指导|统筹|起草)(?:落实|实施|组织)?(?:[，,。；;]|$|\Z)|牵头[、，,；;]|各负其责|各司其职|(?<=[局委办厅部])会同(?=[\u4e00-\u9fff]{3})"
)
_LABEL_LINE = re.compile(rf"[—–>-]{{0,3}}[(（\[［【〔]?\s*(?:{LABEL.pattern}|{PERSON_LABEL.pattern})")
_NO_STATEMENT = re.compile(r"责任编辑|负责解释|联系人[:：]|联系电话|责任人?追究|以下简称|简称|此件|下称")


@dataclass(slots=True)
class _Rules:
    """Standing rules of the document and where they begin to hold."""

    first_leads: int = -1
    all_lead: int = -1


def read_tasks(shape: Outline) -> tuple[list[Task], list[Warning_]]:
    """The tasks of a document in reading order, and statements that could not be read."""
    rules = _standing_rules(shape)
    warnings: list[Warning_] = []
    lined = line_tables(shape)
    tasks: list[Task] = []
    columns: Columns | None = None
    for grid in [*shape.grids, *lined]:
        rows, broken, columns = table_tasks(shape, grid, 0 <= rules.first_leads <= grid.end, columns)
        tasks += rows
        warnings += broken
    numbers = {_value(t.number) for t in tasks if t.number}
    items = _item_tasks(shape, rules, warnings, numbers)
    tasks += [t for t in items if not any(g.start <= t.start < g.end for g in lined)]
    tasks.sort(key=lambda t: t.start)
    _name_paths(tasks)
    return tasks, warnings


def _standing_rules(shape: Outline) -> _Rules:
    rules = _Rules()
    text = shape.text
    first = first_leads_rule(text, shape.start, shape.end)
    for name, m in (("first_leads", first), ("all_lead", ALL_LEAD.search(text, shape.start, shape.end))):
        if m:
            line = text.rfind("\n", shape.start, m.start()) + 1
            everywhere = re.match(r"\s*[(（]?(?:注|备注|说明)", text[line : m.start()]) is not None
            general = bool(
                re.search(
                    r"下同|以下|各项|均",
                    text[m.end() : m.end() + 12] + _to_bracket(text, m.end()) + text[max(shape.start, m.start() - 14) : m.start()],
                )
            )
            alone = not re.search(r"[(（][^()（）]*$", text[line : m.start()])
            if everywhere:
                setattr(rules, name, shape.start)
            elif general or alone:
                setattr(rules, name, max(line, shape.start))
    return rules


def _to_bracket(text: str, at: int) -> str:
    """What stands between a place and the end of the bracket it is in, at most a clause or two."""
    stop = re.compile(r"[)）。\n]").search(text, at, at + 60)
    return text[at : stop.start()] if stop else ""


# --- numbered items ---------------------------------------------------------------------------------------------

_TASK_HEADING = re.compile(r"任务|重点工作|工作重点|重点举措|重点事项")
_NOT_TASKS = re.compile(
    r"形势|背景|意义|原则|要求|思想|目标|保障(?:措施|机制)?$|(?:工作|组织|政策|强化|措施)保障|组织领导|组织实施|步骤|阶段|安排部署|附则|总则"
)
_CLOSING = re.compile(
    r"保障|要求|组织领导|组织实施|督导|监督|考核|附则|宣传|强化措施|措施保障|奖惩|其他|有关事项|注意事项"
)


def _item_tasks(shape: Outline, rules: _Rules, warnings: list[Warning_], rows: set[int]) -> list[Task]:
    """Tasks of numbered items and paragraphs. `rows` are the numbers of table rows: items that fill a gap in them are rows
    whose cells were lost.
    """
    blocks = shape.blocks
    chapters = _duty_chapters(shape)
    regions = _regions(shape, chapters)
    found: dict[int, Found] = {}
    for i, (start, end) in regions.items():
        block = blocks[i]
        read = _read_region(shape, block, start, end, rules, i in chapters)
        if read:
            found[i] = read
        for a, b in read.unread:
            warnings.append(_warning(shape.text, "unread-statement", a, b))
    loose = _loose_statements(shape, regions, rules)
    if found or rows:
        warnings += [
            _warning(shape.text, "unread-statement", a, b) for read in loose.values() for a, b in _said_at(read)
        ]
    else:
        regions |= {i: (blocks[i].start, blocks[i].end) for i in loose}
        found |= loose
    _lift(blocks, regions, found)
    listed = _listed(shape, regions, found)
    lost = {
        i for i in regions if blocks[i].style == 4 and i not in found and _fills(_value(blocks[i].number or ""), rows)
    }
    warnings += [_warning(shape.text, "broken-table", *regions[i]) for i in sorted(lost)]
    listed |= lost
    tasks = []
    for i, (start, end) in regions.items():
        if i in found or i in listed:
            tasks.append(_task(shape, i, start, end, found.get(i) or Found()))
    return tasks


def _loose_statements(shape: Outline, regions: dict[int, tuple[int, int]], rules: _Rules) -> dict[int, Found]:
    """What unnumbered paragraphs outside every item say of who leads or is charged (minutes, old notices)."""
    loose: dict[int, Found] = {}
    for i, block in enumerate(shape.blocks):
        if block.kind == "text" and i not in regions and block.parent < 0 and shape.text[block.start] != "《":
            read = _read_region(shape, block, block.start, block.end, rules)
            if any(_CHARGES.search(d.rule) for d, _, _ in read.duties):
                loose[i] = read
    return loose


_CHARGES = re.compile(r"牵头|负责|由|会同|label")


def _said_at(read: Found) -> list[tuple[int, int]]:
    return sorted({(a, b) for _, a, b in read.duties})


def _fills(number: int, rows: set[int]) -> bool:
    """Whether a number is missing among those of table rows."""
    return len(rows) > 4 and number not in rows and min(rows) < number < max(rows)


def _regions(shape: Outline, chapters: set[int]) -> dict[int, tuple[int, int]]:
    """For each numbered block, or unnumbered paragraph that may carry a statement, the span of its own text.

    A numbered block's own text goes on over unnumbered lines until the next numbered block, title or table.
    """
    regions: dict[int, tuple[int, int]] = {}
    text = shape.text
    owner = -1
    paragraph = -1  # the unnumbered paragraph that label lines below it belong to
    several = _headings_with_paragraphs(shape)
    titled = _titled_paragraphs(shape)
    for i, block in enumerate(shape.blocks):
        if i in chapters:
            owner, paragraph = i, -1
            regions[i] = (block.start, block.end)
        elif owner in chapters and (block.style > shape.blocks[owner].style or block.kind == "text"):
            regions[owner] = (regions[owner][0], block.end)
        elif block.style >= 0:
            owner, paragraph = i, -1
            regions[i] = (block.start, block.end)
        elif block.kind in ("title", "signature", "attachment", "address", "table"):
            owner, paragraph = -1 if block.kind != "table" else owner, -1
        elif block.kind == "text":
            label = _LABEL_LINE.match(text, block.start, block.end)
            alone = owner < 0 or owner in several
            if i in titled or (label is None and duty_head(text, block.start, block.end)) or (
                label is None and duty_sentence(shape, block, owner)
            ):
                regions[i] = (block.start, block.end)
                paragraph = i
            elif not alone and paragraph < 0:
                regions[owner] = (regions[owner][0], block.end)
            elif label is not None and paragraph >= 0:
                start = regions[paragraph][0] if paragraph in regions else shape.blocks[paragraph].start
                regions[paragraph] = (start, block.end)
            elif label is not None and owner >= 0:
                regions[owner] = (regions[owner][0], block.end)
            elif label is None:
                paragraph = i
                if _ends_with_statement(text, block):
                    regions[i] = (block.start, block.end)
    return regions


def _duty_chapters(shape: Outline) -> set[int]:
    """Headings that are a body's name and stand in a row of such: what stands below each is its duty."""
    heads = [
        i
        for i, b in enumerate(shape.blocks)
        if b.kind == "heading" and 2 <= b.style <= 4 and bodies_only(shape.text, b.body, b.end)
    ]
    rows: dict[tuple[int, int], list[int]] = {}
    for i in heads:
        below = shape.blocks[i + 1] if i + 1 < len(shape.blocks) else None
        if below is not None and (below.style > shape.blocks[i].style or below.kind == "text"):
            rows.setdefault((shape.blocks[i].parent, shape.blocks[i].style), []).append(i)
    return {i for row in rows.values() if len(row) > 1 for i in row}


def _titled_paragraphs(shape: Outline) -> set[int]:
    """Unnumbered paragraphs that begin with a title of their own (`总部经济。…由市商务局牵头…`), two of them or more in a
    row of which some say who is charged.
    """
    rows: dict[int, list[int]] = {}
    for i, block in enumerate(shape.blocks):
        if block.kind != "text" or (block.parent >= 0 and shape.blocks[block.parent].kind != "heading"):
            continue
        if _RUN_IN.match(shape.text, block.start, block.end) and _HINT.search(shape.text, block.start, block.end):
            rows.setdefault(block.parent, []).append(i)
    return {i for row in rows.values() if len(row) > 1 for i in row}


_RUN_IN = re.compile(r"[\u4e00-\u9fff“”、]{2,20}。(?=[^\n]{12})")


def _headings_with_paragraphs(shape: Outline) -> set[int]:
    """Headings of high rank below which several unnumbered paragraphs carry statements of their own."""
    count: dict[int, int] = {}
    owner = -1
    labelled = False
    for i, block in enumerate(shape.blocks):
        if block.style >= 0:
            owner, labelled = i if block.style <= 2 and block.kind == "heading" else -1, False
        elif block.kind == "text" and owner >= 0:
            label = _LABEL_LINE.match(shape.text, block.start, block.end) is not None
            if (label and not labelled) or (not label and _ends_with_statement(shape.text, block)):
                count[owner] = count.get(owner, 0) + 1
            labelled = label
    return {h for h, n in count.items() if n > 1}


def _ends_with_statement(text: str, block: Block) -> bool:
    """Whether a paragraph closes with a statement in brackets."""
    if text[block.end - 1] not in ")）]］】〕。":
        return False
    last = next(iter(reversed(list(_BRACKETED.finditer(text, max(block.start, block.end - 700), block.end)))), None)
    return bool(last and last.end() >= block.end - 1 and _STATES.search(last.group("inside")))


def _read_region(shape: Outline, block: Block, start: int, end: int, rules: _Rules, chapter: bool = False) -> Found:
    """What one region says; `chapter`: its heading is a body and all below it is its duty."""
    text = shape.text
    found = Found()
    if not _HINT.search(text, start, end):
        if text[end - 1] in ")）]］】〕":
            _read_brackets(text, start, end, found, rules.first_leads >= 0 and rules.first_leads <= end)
        elif duty_head(text, block.body, block.end) or named_duty(text, block, end) or chapter:
            read_duty(text, block, start, end, found)
        elif block.kind == "item" and not _in_closing(shape, block):
            read_given(text, block.body, end, found, set())
            read_parallel(text, block.body, end, found, set())
        return found
    first = rules.first_leads >= 0 and rules.first_leads <= end
    _read_brackets(text, start, end, found, first)
    _read_label_lines(text, start, end, found, first)
    item = text.startswith("关于", block.body) and end > block.end  # an item of a meeting's minutes
    if chapter or (not found.duties and block.kind != "heading") or (not found and (block.style >= 3 or item)):
        if chapter or says_duty(shape, block, end):
            read_duty(text, block, start, end, found)
        elif not (block.style <= 2 and block.kind == "heading" and _CLOSING.search(text, block.body, block.head_end)):
            read_prose(text, block.body if block.start == start else start, end, found, _in_closing(shape, block))
    elif found.duties and block.style >= 3 and found.spans[0][0] != start:
        _read_beside(text, block, start, min(a for a, _ in found.spans), found)
    if 0 <= rules.all_lead <= end:
        _all_lead(found)
    return found


def _read_beside(text: str, block: Block, start: int, end: int, found: Found) -> None:
    """What the sentences before a statement charge other bodies with: `由A负责…。（责任单位：B）`."""
    more = Found()
    read_prose(text, block.body if block.start == start else start, end, more)
    known = {(d.name.text, d.role) for d, _, _ in found.duties}
    names = {name for name, _ in known}
    for said, a, b in more.duties:
        again = (said.name.text, said.role) in known or (said.role == "responsible" and said.name.text in names)
        if not again and (said.role == "assist" or _CHARGES.search(said.rule)):
            found.duties.append((said, a, b))


def _in_closing(shape: Outline, block: Block) -> bool:
    """Whether a block stands right under a closing heading (保障措施, 工作要求) and does not itself divide the work."""
    if block.parent < 0 or _DIVIDES.search(shape.text, block.body, block.head_end):
        return False
    head = shape.blocks[block.parent]
    return head.style <= 2 and _CLOSING.search(shape.text, head.body, head.head_end) is not None


_DIVIDES = re.compile("分工|职责|责任")


def _all_lead(found: Found) -> None:
    if found.duties and not any(d.role == "lead" for d, _, _ in found.duties):
        for d, _, _ in found.duties:
            if d.role == "responsible":
                d.role, d.rule = "lead", "order:responsible-leads"


def _read_brackets(text: str, start: int, end: int, found: Found, first: bool) -> None:
    for m in _BRACKETED.finditer(text, start, end):
        a, b = m.span("inside")
        inside = m.group("inside")
        if not _HINT.search(inside):
            if _bare_list(text, a, b, m.end(), end):
                _keep(found, read_statement(text, a, b, "responsible", "list:bare", first), m.start(), m.end())
            continue
        if _NO_STATEMENT.search(inside) or not (_STATES.search(inside) or first_leads_rule(inside, 0, len(inside))):
            continue
        read = read_statement(text, a, b, "responsible", "list:bracket", first)
        if any(read):
            _keep(found, read, m.start(), m.end())
        elif LABEL.match(inside):
            found.unread.append((m.start(), m.end()))


def _bare_list(text: str, a: int, b: int, after: int, end: int) -> bool:
    """A closing bracket that holds nothing but names of bodies: （民政部、财政部）."""
    if (
        b - a < 3
        or (after < end and text[after] not in "\n")
        or (text[a - 1] not in "【〔[" and text[a - 2 : a - 1] not in "。；;")
    ):
        return False
    return bool(bodies_only(text, a, b, given_body if text[a - 1] in "【〔[" else is_body)) or _mostly_bodies(
        text, a, b
    )


def _mostly_bodies(text: str, a: int, b: int) -> bool:
    """Whether two thirds of a list are bodies beyond doubt and the rest may be, or are places before `市政府`."""
    names = split_names(text, a, b)
    if _PLACES_OF.search(text, a, b):
        names = [n for n in names if len(n.text) > 4]
    sure = sum(is_body(n.text) for n in names)
    if not names or not all(given_body(n.text) for n in names):
        return False
    return (len(names) > 2 and sure * 3 >= len(names) * 2 - 1) or any(_OFFICE.search(n.text) for n in names)


_OFFICE = re.compile(r"(?:局|委|厅|办|办公室|委员会|政府|管委会)$")
_PLACES_OF = re.compile(r"[\u4e00-\u9fff]{2,4}、[\u4e00-\u9fff]{2,6}[省市县区州盟旗镇乡](?:人民)?政府")


def _keep(found: Found, read: tuple[list[Duty], list[Person]], start: int, end: int) -> None:
    duties, people = read
    seen = {(d.name.text, d.role) for d, _, _ in found.duties}
    for d in duties:
        if (d.name.text, d.role) not in seen:
            seen.add((d.name.text, d.role))
            found.duties.append((d, start, end))
    found.people += [(p, start, end) for p in people]
    found.spans.append((start, end))


def _read_label_lines(text: str, start: int, end: int, found: Found, first: bool) -> None:
    """Statements that begin a line or follow a full stop: `牵头单位：A　责任单位：B`."""
    position = start
    while position < end:
        m = _LABEL_START.search(text, position - 1, end) if position else _LABEL_TOP.match(text, 0, end)
        if m is None and not position:
            m = _LABEL_START.search(text, 0, end)
        if m is None:
            return
        at = m.start("label")
        if any(a <= at < b for a, b in found.spans):
            position = m.end()
            continue
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        while stop < end and (_LABEL_LINE.match(text, stop + 1, end) or text[stop - 1] in ":：、，,"):
            after = text.find("\n", stop + 1, end)
            stop = end if after < 0 else after
        tail = text.find("。", at, stop)
        if tail >= 0:
            stop = tail + 1
        read = read_statement(text, at, stop, "responsible", "", first)
        if any(read):
            _keep(found, read, at, stop)
            found.own_line = found.own_line or text[at - 1 : at] in ("\n", "")
        elif stop - at < 80 and not OTHER_LABEL.match(text, at):
            found.unread.append((at, stop))
        position = max(stop, m.end())


_LABEL_TOP = re.compile(rf"[ \u3000—–>-]*(?P<label>{LABEL.pattern}|{PERSON_LABEL.pattern})")
_LABEL_START = re.compile(rf"[\n。；;，！）)”\u3000\t\v]{_LABEL_TOP.pattern}")


# --- which items are tasks ---------------------------------------------------------------------------------------


def _lift(blocks: list[Block], regions: dict[int, tuple[int, int]], found: dict[int, Found]) -> None:
    """Give a statement that closes the last of several sub-items, which name nobody, to the item above them."""
    children: dict[int, list[int]] = {}
    for i in regions:
        if blocks[i].parent >= 0 and blocks[i].style >= 3:
            children.setdefault(blocks[i].parent, []).append(i)
    for style in sorted({blocks[parent].style for parent in children}, reverse=True):  # the innermost items first
        _lift_to({p: kids for p, kids in children.items() if blocks[p].style == style}, blocks, regions, found)


def _lift_to(
    children: dict[int, list[int]], blocks: list[Block], regions: dict[int, tuple[int, int]], found: dict[int, Found]
) -> None:
    candidates = []
    plain = 0
    for parent, kids in children.items():
        stated = [k for k in kids if k in found]
        if len(kids) > 1 and stated == [kids[-1]] and parent not in found and blocks[parent].style >= 2:
            candidates.append((parent, kids[-1]))
        elif stated:
            plain += 1
    if not candidates:
        return
    direct = sum(1 for i in found if blocks[i].style == blocks[candidates[0][0]].style)
    for parent, kid in candidates:
        read = found[kid]
        if read.spans and (read.own_line or direct or len(candidates) > 1) and plain <= len(candidates):
            found[parent] = found.pop(kid)
            if read.own_line:  # the labels below the last step are the task's, and so are its term and its target
                regions[parent] = (regions[parent][0], regions[kid][1])


def _listed(shape: Outline, regions: dict[int, tuple[int, int]], found: dict[int, Found]) -> set[int]:
    """Items that name nobody but stand in a list of tasks."""
    blocks = shape.blocks
    parents = {blocks[i].parent for i in regions if blocks[i].style >= 3}
    leaves = [i for i in regions if blocks[i].style >= 3 and i not in parents and not _trivial(blocks[i])]
    leaves = [i for i in leaves if not (blocks[i].number or "").startswith("第")]  # articles of regulations
    groups: dict[int, list[int]] = {}
    for i in leaves:
        groups.setdefault(blocks[i].parent, []).append(i)
    listed: set[int] = set()
    runs = _runs(blocks, leaves)
    for run in runs:
        stated = sum(1 for i in run if i in found)
        if len(run) > 2 and stated * 2 > len(run):
            listed.update(i for i in run if not _closes(shape, i))
    for parent, items in groups.items():
        if parent in found and not any(i in found for i in items) and _closes_steps(found[parent], blocks[items[-1]]):
            continue
        heads = _ancestors(blocks, parent)
        names = [shape.text[blocks[h].body : blocks[h].head_end] for h in heads]
        if any(_TASK_HEADING.search(n) for n in names) and not any(_NOT_TASKS.search(n) for n in names):
            listed.update(items)
    return listed


def _closes_steps(read: Found, last: Block) -> bool:
    """Whether a statement on its own lines stands below the last of the steps of one task."""
    return read.own_line and all(a >= last.start for a, _ in read.spans)


def _closes(shape: Outline, i: int) -> bool:
    """Whether an item stands under a closing heading (保障措施, 工作要求), where naming nobody means nothing."""
    heads = _ancestors(shape.blocks, shape.blocks[i].parent)
    return (
        any(_CLOSING.search(shape.text[shape.blocks[h].body : shape.blocks[h].head_end]) for h in heads)
        and shape.blocks[i].style == 3
    )


def _trivial(block: Block) -> bool:
    return block.end - block.body < 6


def _runs(blocks: list[Block], leaves: list[int]) -> list[list[int]]:
    """Leaves of one style whose numbers go on, across headings too (1–67 over twelve sections)."""
    runs: list[list[int]] = []
    last: dict[int, tuple[int, list[int]]] = {}
    for i in leaves:
        style = blocks[i].style
        value = _value(blocks[i].number or "")
        if style in last and value == last[style][0] + 1:
            last[style][1].append(i)
        else:
            runs.append([i])
            last[style] = (value, runs[-1])
        last[style] = (value, last[style][1])
    return runs


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


def _value(number: str) -> int:
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


def _ancestors(blocks: list[Block], i: int) -> list[int]:
    chain = []
    while i >= 0:
        chain.append(i)
        i = blocks[i].parent
    return chain


# --- tasks ------------------------------------------------------------------------------------------------------


def _task(shape: Outline, i: int, start: int, end: int, found: Found) -> Task:
    text = shape.text
    block = shape.blocks[i]
    body_end = min((a for a, b in found.spans if b >= end - 2 or text[b : b + 1] == "\n"), default=end)
    title = None
    stop = min(block.head_end, body_end) if block.style >= 0 else 0
    kind: Literal["task", "duty"] = (
        "duty" if any(d.rule.startswith("duty-list") for d, _, _ in found.duties) else "task"
    )
    if block.style >= 0 and stop > block.body:
        words = text[block.body : stop].rstrip("。:：,， ")
        heading = block.kind == "heading" or (text[stop : stop + 1] == "。" and (stop + 1 < body_end or found.spans))
        if kind == "duty":
            title = None
        elif len(words) <= 60 and (heading or len(words) <= 30) and not _prose_in(found, block.start, stop):
            title = words
    if (
        block.style >= 0
        and title is None
        and kind != "duty"
        and found.spans
        and body_end - block.body <= 40
        and block.head_end <= block.body
    ):
        title = text[block.body : body_end].strip("。\n ") or None
    if kind == "duty" and block.kind == "heading":
        title = text[block.body : block.end]
    elif kind == "duty" and title is None:
        head = duty_head(text, block.body, block.end)
        begin = head[1] + 1 if head else block.head_end + 1 if block.style >= 0 else start
        m = re.search(r"[。；;\n]", text[begin:end])
        title = text[begin : begin + m.start() if m else end].strip() or None
    if block.style < 0 and kind != "duty":
        m = _PARAGRAPH_TITLE.match(text, start, body_end)
        title = m.group("title") if m and m.end() < end and not _prose_in(found, start, m.end()) else None
    section = _section(shape, block.parent)
    task = Task(
        start=start,
        end=end,
        quote=text[start:end],
        rule="table" if block.kind == "table" else "item" if block.style >= 0 else "paragraph",
        number=block.number,
        title=title,
        section=section,
        kind=kind,
        path="/".join(
            [
                *(shape.blocks[h].number or "" for h in reversed(_ancestors(shape.blocks, block.parent))),
                block.number or "-",
            ]
        ),
        text=_without(text, block.body if block.style >= 0 else start, end, found.spans),
    )
    fill(task, text, found.duties, found.people)
    return task


_PARAGRAPH_TITLE = re.compile(r"[—-]*(?P<title>[^。；;:：\n]{4,30})[。：:]")


def _prose_in(found: Found, start: int, stop: int) -> bool:
    return any(not found.spans and start <= d.name.start < stop for d, _, _ in found.duties)


def _without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    out, position = [], start
    for a, b in sorted(spans):
        if a >= position:
            out.append(text[position:a])
            position = b
    out.append(text[position:end])
    return "".join(out).strip("\n \u3000")


def _section(shape: Outline, parent: int) -> str | None:
    if parent < 0:
        return None
    b = shape.blocks[parent]
    line = shape.text[b.start : b.end]
    m = _BRACKETED.search(line)
    if m and _STATES.search(m.group("inside")):
        line = line[: m.start()]
    stop = line.find("。")
    return (line[:stop] if stop > 0 else line).strip().replace("\u3000", "")


def _warning(text: str, kind: str, start: int, end: int) -> Warning_:
    return Warning_(start=start, end=end, quote=text[start:end], rule=kind, kind=kind, text=text[start:end][:200])


def _name_paths(tasks: list[Task]) -> None:
    """Make each task's path unique in its document."""
    seen: dict[str, int] = {}
    for t in tasks:
        n = seen.get(t.path, 0)
        seen[t.path] = n + 1
        if n:
            t.path = f"{t.path}~{n + 1}"
