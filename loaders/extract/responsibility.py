"""Tasks and who answers for them: from items, headings, duty lists and tables.

A numbered item with a statement of responsibility is a task; in a list of tasks every item is one. A statement belongs
to the innermost numbered item it stands in; on a line of its own below the last of several sub-items that name nobody
it belongs to the item above them.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Literal

from loaders.extract.duties import duty_head, read_duty, read_team, says_duty
from loaders.extract.listing import CLOSING, ancestors, hand_out, lift, listed_items, name_closers, share
from loaders.extract.marked import BRACKETED, HINT, STATES, read_brackets, read_label_lines
from loaders.extract.prose import BARE_GROUP, Found, read_acts, read_given, read_parallel, read_prose
from loaders.extract.spans import duty_chapters, owned_items, spans_of
from loaders.extract.statements import ASSISTS, Duty, all_lead_rule, fill, first_leads_rule
from loaders.extract.tables import Columns, line_tables, lost_heads, table_tasks
from loaders.extract.units import Name
from loaders.facts import Role, Task, Warning_
from loaders.outline import Block, Outline, value_of


@dataclass(slots=True)
class _Rules:
    """Standing rules of the document and where they begin to hold."""

    first_leads: int = -1
    first_until: int = sys.maxsize  # where the part ends that a rule is for
    least: int = 1  # bodies that a list must have so that its first leads
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
    numbers = {value_of(t.number) for t in tasks if t.number}
    items = _item_tasks(shape, rules, warnings, numbers)
    tasks += [t for t in items if not any(g.start <= t.start < g.end for g in lined)] if lined else items
    warnings += [_warning(shape.text, "broken-table", a, b) for a, b in lost_heads(shape, [*shape.grids, *lined])]
    tasks.sort(key=lambda t: t.start)
    _name_paths(tasks)
    return tasks, warnings


def _standing_rules(shape: Outline) -> _Rules:
    rules = _Rules()
    text = shape.text
    first = first_leads_rule(text, shape.start, shape.end)
    if first and _OF_SEVERAL.search(text, max(shape.start, first.start() - 30), first.start()):
        rules.least = 2
    for name, m in (("first_leads", first), ("all_lead", all_lead_rule(text, shape.start, shape.end))):
        if m:
            line = text.rfind("\n", shape.start, m.start()) + 1
            everywhere = re.match(r"\s*[(（]?(?:注|备注|说明)", text[line : m.start()]) is not None
            general = bool(
                re.search(
                    r"下同|以下|各项|均",
                    text[m.end() : m.end() + 12]
                    + _to_bracket(text, m.end())
                    + text[max(shape.start, m.start() - 14) : m.start()],
                )
            )
            alone = not re.search(r"[(（][^()（）]*$", text[line : m.start()])
            if everywhere:
                setattr(rules, name, shape.start)
            elif general or alone:
                setattr(rules, name, max(line, shape.start))
    if first and _OF_THIS_PART.search(text, max(shape.start, first.start() - 30), first.start()):
        rules.first_until = _part_end(shape, first.start())
    return rules


_OF_THIS_PART = re.compile(r"[本此该](?:部分|章|节|类|条|大项)[^。；;]{0,24}$")


def _part_end(shape: Outline, at: int) -> int:
    """Where the part ends whose heading a place is in; the end of the document when it is in none."""
    head = next((b for b in shape.blocks if b.start <= at < b.end and 0 <= b.style <= 3), None)
    after = (b.start for b in shape.blocks if head and b.start > at and 0 <= b.style <= head.style)
    return next(after, shape.end)


_OF_SEVERAL = re.compile(r"(?:多个|几个|两个(?:及)?以上|[2两]家(?:及)?以上)[^。；;]{0,16}$")


def _to_bracket(text: str, at: int) -> str:
    """What stands between a place and the end of the bracket it is in, at most a clause or two."""
    stop = re.compile(r"[)）。\n]").search(text, at, at + 60)
    return text[at : stop.start()] if stop else ""


# --- numbered items ---------------------------------------------------------------------------------------------


def _item_tasks(shape: Outline, rules: _Rules, warnings: list[Warning_], rows: set[int]) -> list[Task]:
    """Tasks of numbered items and paragraphs. `rows` are the numbers of table rows: items that fill a gap in them are rows
    whose cells were lost.
    """
    blocks = shape.blocks
    chapters = duty_chapters(shape)
    owners = owned_items(shape, chapters)
    regions = spans_of(shape, chapters)
    found: dict[int, Found] = {}
    for i, (start, end) in regions.items():
        block = blocks[i]
        read = _read_region(shape, block, start, end, rules, i in chapters)
        if read.duties or read.people:
            found[i] = read
        for a, b in read.unread:
            warnings.append(_warning(shape.text, "unread-statement", a, b))
    for i, (head, names) in owners.items():
        if i in regions:
            _charge(found.setdefault(i, Found()), head, names, _role_of_owner(shape, head))
    name_closers(shape, regions, found)
    loose = _loose_statements(shape, regions, rules)
    if found or rows:
        warnings += [
            _warning(shape.text, "unread-statement", a, b) for read in loose.values() for a, b in _said_at(read)
        ]
    else:
        regions |= {i: (blocks[i].start, blocks[i].end) for i in loose}
        found |= loose
    hand_out(shape, regions, found)
    lift(shape.text, blocks, regions, found)
    share(shape, regions, found)
    listed = listed_items(shape, regions, found)
    lost = {
        i
        for i in (regions if len(rows) > 4 else ())
        if blocks[i].style == 4 and i not in found and _fills(value_of(blocks[i].number or ""), rows)
    }
    warnings += [_warning(shape.text, "broken-table", *regions[i]) for i in sorted(lost)]
    listed |= lost
    tasks = []
    places: dict[int, tuple[str | None, str]] = {}  # by what the items stand in
    for i, (start, end) in regions.items():
        if i in found or i in listed:
            parent = blocks[i].parent
            if parent not in places:
                places[parent] = _section(shape, parent), _path(shape, parent)
            tasks.append(_task(shape, i, start, end, found.get(i) or Found(), *places[parent]))
    return tasks


def _charge(read: Found, head: Block, names: list[Name], role: Role) -> None:
    """Charge an item to the bodies that its heading names, unless it says itself who leads or is responsible."""
    if any(d.role == "lead" or (role == "responsible" and d.role == role) for d, _, _ in read.duties):
        return
    read.duties = [*((Duty(n, role, "heading:body"), head.start, head.end) for n in names), *read.duties]


def _role_of_owner(shape: Outline, head: Block) -> Role:
    """The role of the bodies in headings: lead where the heading or a note of the document says so."""
    said = "牵头" in shape.text[head.body : head.end] or _OWNERS_LEAD.search(shape.text, shape.start, shape.end)
    return "lead" if said else "responsible"


_OWNERS_LEAD = re.compile(r"(?:所列|所示|标题|各部分)[^。；;\n]{0,12}(?:单位|部门)[^。；;\n]{0,16}牵头")


def _loose_statements(shape: Outline, regions: dict[int, tuple[int, int]], rules: _Rules) -> dict[int, Found]:
    """What unnumbered paragraphs outside every item say of who leads or is charged (minutes, old notices)."""
    loose: dict[int, Found] = {}
    for i, block in enumerate(shape.blocks):
        if block.kind == "text" and i not in regions and block.parent < 0 and shape.text[block.start] != "《":
            read = _read_region(shape, block, block.start, block.end, rules)
            if any(_CHARGES.search(d.rule) and not BARE_GROUP.fullmatch(d.name.text) for d, _, _ in read.duties):
                loose[i] = read
    return loose


_CHARGES = re.compile(r"牵头|负责|由|会同|label")
# Each rule that `_CHARGES` finds in prose is named for such a word; a body that assists stands beside one, or has it said
# of its 职责, right behind which the word may stand.
_CHARGES_OTHERS = re.compile(rf"{_CHARGES.pattern}|联合|职责|{ASSISTS.pattern}")


def _said_at(read: Found) -> list[tuple[int, int]]:
    return sorted({(a, b) for _, a, b in read.duties})


def _fills(number: int, rows: set[int]) -> bool:
    """Whether a number is missing among those of table rows."""
    return number not in rows and min(rows) < number < max(rows)


def _read_region(shape: Outline, block: Block, start: int, end: int, rules: _Rules, chapter: bool = False) -> Found:
    """What one region says; `chapter`: its heading is a body and all below it is its duty."""
    text = shape.text
    found = Found()
    first = rules.least if 0 <= rules.first_leads <= end and start < rules.first_until else 0
    if not HINT.search(text, start, end):
        if text[end - 1] in ")）]］】〕":
            read_brackets(text, start, end, found, first)
        elif chapter or says_duty(shape, block, end):
            read_duty(text, block, start, end, found)
        elif (block.kind == "item" or (block.style > 3 and end <= block.end)) and not _in_closing(shape, block):
            seen: set[tuple[str, Role]] = set()
            for read in (read_acts, read_given, read_parallel):
                read(text, block.body, end, found, seen)
        return found
    read_brackets(text, start, end, found, first)
    read_label_lines(text, start, end, found, first)
    if block.style >= 3:
        read_team(text, block, end, found)
    item = text.startswith("关于", block.body) and end > block.end  # an item of a meeting's minutes
    if chapter or (not found.duties and block.kind != "heading") or (not found and (block.style >= 3 or item)):
        if chapter or says_duty(shape, block, end):
            read_duty(text, block, start, end, found)
        elif not (block.style <= 2 and block.kind == "heading" and CLOSING.search(text, block.body, block.head_end)):
            read_prose(text, block.body if block.start == start else start, end, found, _in_closing(shape, block))
    elif found.duties and block.style >= 3 and found.spans and found.spans[0][0] != start:
        _read_beside(text, block.body if block.start == start else start, min(a for a, _ in found.spans), found)
    if found.spans and "措施" in text[start:end]:
        for measures in _MEASURES.finditer(text, start, end):
            if not any(a <= measures.start() < b for a, b in found.spans):
                _read_beside(text, measures.start("said"), measures.end("said"), found)
    if 0 <= rules.all_lead <= end:
        _all_lead(found)
    return found


_MEASURES = re.compile(r"\n(?:整改|工作|主要|具体|推进|落实)*措施[:：](?P<said>[^\n]+)")  # beside 责任单位：…


def _read_beside(text: str, start: int, end: int, found: Found) -> None:
    """What the sentences beside a statement charge other bodies with: `由A负责…。（责任单位：B）`."""
    if not _CHARGES_OTHERS.search(text, start, end):
        return
    more = Found()
    read_prose(text, start, end, more)
    known = {(d.name.text, d.role) for d, _, _ in found.duties}
    names = {name for name, _ in known}
    for said, a, b in more.duties:
        again = (said.name.text, said.role) in known or (said.role == "responsible" and said.name.text in names)
        if not again and (said.role == "assist" or _CHARGES.search(said.rule)):
            found.duties.append((said, a, b))


def _in_closing(shape: Outline, block: Block) -> bool:
    """Whether a block stands right under a closing heading (保障措施, 工作要求) and does not itself divide the work."""
    head = shape.blocks[block.parent] if block.parent >= 0 else None
    if head is None or head.style > 2 or not CLOSING.search(shape.text, head.body, head.head_end):
        return False
    return _DIVIDES.search(shape.text, block.body, block.head_end) is None


_DIVIDES = re.compile("分工|职责|责任")


def _all_lead(found: Found) -> None:
    if found.duties and not any(d.role == "lead" for d, _, _ in found.duties):
        for d, _, _ in found.duties:
            if d.role == "responsible":
                d.role, d.rule = "lead", "order:responsible-leads"


# --- tasks ------------------------------------------------------------------------------------------------------


def _task(shape: Outline, i: int, start: int, end: int, found: Found, section: str | None, path: str) -> Task:
    """The task of item `i`; `section` and `path` are those of what it stands in."""
    text = shape.text
    block = shape.blocks[i]
    body_end = min([a for a, b in found.spans if b >= end - 2 or text[b : b + 1] == "\n"], default=end)
    title = None
    stop = min(block.head_end, body_end) if block.style >= 0 else 0
    rules = {d.rule for d, _, _ in found.duties}
    kind: Literal["task", "duty"] = "task" if _DUTY_RULES.isdisjoint(rules) else "duty"
    if block.style >= 0 and stop > block.body:
        words = text[block.body : stop].rstrip("。:：,， ")
        heading = block.kind == "heading" or (text[stop : stop + 1] == "。" and (stop + 1 < body_end or found.spans))
        if kind == "duty":
            title = None
        elif len(words) <= 60 and (heading or len(words) <= 30) and not _prose_in(found, block.start, stop):
            title = words
        if title and "team:list" in rules:
            title = re.split("[:：]", title)[0]
    if (
        block.style >= 0
        and title is None
        and kind != "duty"
        and found.spans
        and body_end - block.body <= 40
        and block.head_end <= block.body
    ):
        title = text[block.body : body_end].strip("。\n ") or None
    if block.style >= 0 and block.body >= block.end and (named := _RECORD_TITLE.search(text, block.end, end)):
        title = named["title"]
    if kind == "duty" and title is None and block.kind != "heading":
        head = duty_head(text, block.body, block.end)
        begin = head[1] + 1 if head else block.head_end + 1 if block.style >= 0 else start
        m = re.search(r"[。；;\n]", text[begin:end])
        title = text[begin : begin + m.start() if m else end].strip() or None
    if block.style < 0 and kind != "duty":
        m = _PARAGRAPH_TITLE.match(text, start, body_end)
        title = m.group("title") if m and m.end() < end and not _prose_in(found, start, m.end()) else None
    task = Task(
        start=start,
        end=end,
        quote=text[start:end],
        rule="table" if block.kind == "table" else "item" if block.style >= 0 else "paragraph",
        number=block.number,
        title=title,
        section=section,
        kind=kind,
        path=path + (block.number or "-"),
        text=_without(text, block.body if block.style >= 0 else start, end, found.spans),
    )
    fill(task, text, found.duties, found.people)
    return task


_DUTY_RULES = frozenset(["duty-list", "duty-list:牵头", "duty-list:others"])
# A record of a list, each field on a line: 序号:1 / 项目:社区食堂
_RECORD_TITLE = re.compile(
    r"\n(?:(?:项目|任务|事项|工作|实事|建议|议题)(?:名称|内容|事项)?|名称|问题)\s*[:：]\s*(?P<title>[^\n]+)"
)
_PARAGRAPH_TITLE = re.compile(r"[—-]*(?P<title>[^。；;:：\n]{4,30})[。：:]")


def _prose_in(found: Found, start: int, stop: int) -> bool:
    return not found.spans and any(start <= d.name.start < stop for d, _, _ in found.duties)


def _without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    if not spans:
        return text[start:end].strip("\n \u3000")
    out, position = [], start
    for a, b in sorted(spans):
        if a >= position:
            out.append(text[position:a])
            position = b
    out.append(text[position:end])
    return "".join(out).strip("\n \u3000")


def _path(shape: Outline, parent: int) -> str:
    """The numbers of what an item stands in, outermost first, each with a slash behind it."""
    return "".join([f"{shape.blocks[h].number or ''}/" for h in reversed(ancestors(shape.blocks, parent))])


def _section(shape: Outline, parent: int) -> str | None:
    if parent < 0:
        return None
    b = shape.blocks[parent]
    line = shape.text[b.start : b.end]
    m = BRACKETED.search(line)
    if m and STATES.search(m.group("inside")):
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
