"""Tables of tasks: columns say what a cell is; merged cells hold for the rows they cover."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.extract.dates import read_deadlines
from loaders.extract.people import is_name
from loaders.extract.statements import LABEL, Duty, Person, fill, first_leads_rule, read_people, read_statement, role_of
from loaders.extract.units import Name, bodies_only, ends_as_body, split_names
from loaders.facts import Deadline, Role, Task, Warning_
from loaders.outline import Block, Grid, GridCell, Outline, number_of
from loaders.text import chinese_number

_NUMBER_HEAD = re.compile(r"序号|编号|序|号|项次|No\.?|项目序号|(?:提案|建议|议案|项目|任务|问题)编?号")
_PEOPLE_HEAD = re.compile(
    r"(?:牵头|责任|分管|包保|挂包|挂联|包联|联系|市级|县级|区级|省级|主管|主要|挂钩|督办|督导|部门|单位|局|直接|具体|省|市|县|区)*(?:责任人|负责人|领导|联系人|责任领导|人员|包抓人)(?:及职务|姓名|及联系方式)?"
)
_ROLE_HEAD = re.compile(
    r"(?:主要|第一|具体|市级|县级|区级|省级|本级|属地|总|协同|相关|有关|现|承接后|调整后|负责(?=考|督|验|评|指))?(?P<role>牵头|主办|领办|发起|行业主管|(?:结对)?帮扶|项目(?=单位|业主)|起草|编制|承接|责任|主责|承办|承担|实施|落实|执行|完成|负责|主管|配合|协办|会办|协同|协助|参与|参加|支持|监管|整改|建设|考核|督导|督查|督办|验收|评价|指导)"
    r"(?:[、和及与/（(]*(?:牵头|责任|配合|落实|实施|主办|协办)[)）]?)?(?:责任)?(?:部门|单位|业主|主体|机构|机关|处室|科室|地区|市县|县区|区县|镇街|厅局|委办局|村居|村社|村|社区|方)?(?:[及和与、](?:责任|负责)人)?(?:[(（].*[)）])?"
)
_UNIT_HEAD = re.compile(r"(?:成员|参与|市直|县直|区直|省直|相关)?(?:单位|部门)(?:名称)?|机构名称")
_PLACES = "县区|区县|县市区|市县|镇街|镇办|乡镇|园区|街道|开发区|功能区"
_PLACES_HEAD = re.compile(rf"各?(?:{_PLACES})(?:[及和、](?:{_PLACES}))+")
_DEADLINE_HEAD = re.compile(
    r"(?:完成|办结|整改|计划|工作|推进|落实)*(?:时限|时间|期限|节点|进度|年限|日期)(?:要求|节点|安排|进度)?"
)
_SECTION_HEAD = re.compile(
    r"类\s*别|领域|分类|方面|板块|一级指标|大项|类型|专题|项目类别|任务类别|工作类别|重点领域|主要方向"
)
_TEXT_HEAD = re.compile(
    r"(?:.*(?:任务|事项|内容|措施|举措|要求|指标|问题|目标|职责|工作|项目|行动|清单|标准|成果|要点|安排|情况|名称|改革|政策|建议|意见|承诺|条款|评分|节点|来源|依据|标题|题目|案由|议题))"
)
_TITLE_HEAD = re.compile(
    r".*(?:标题|题目|案由|议题|任务(?!来源|要求|目标)|事项|内容(?!要求)|项目(?!类别)|二级指标|问题|工作(?!要求|措施|目标|标准)|措施|举措|指标|行动|职责|清单|名称|要点)"
)
_DETAIL_HEAD = re.compile(r".*(?:要求|目标|标准|具体|措施|细则|成果|举措|备注|说明|依据|来源|分值|性质|进展)")
_HEAD_WORD = re.compile(r"[\u4e00-\u9fff]{0,4}(?:任务|事项|内容|指标|指标体系|目标|项目|名称|要求|单位|部门)")
_STATEMENT_CELL = re.compile(r"(?:牵头|负责|配合|落实)")


@dataclass(slots=True)
class Columns:
    """What each column of a table holds, by column number."""

    number: int = -1
    section: int = -1
    titles: list[int] = field(default_factory=list)
    details: list[int] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    rules: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    deadline: int = -1
    first_leads: bool = False
    dated: dict[int, list[Deadline]] = field(default_factory=dict)  # 2023年度目标 holds for what stands below it
    duty: bool = False  # 单位 | 职责: each row is a duty of its unit
    width: int = 0
    names: frozenset[str] = frozenset()
    items: bool = False  # rows are numbered 1. 2. in their title cell


def table_tasks(
    shape: Outline, grid: Grid, first_leads: bool, above: Columns | None = None
) -> tuple[list[Task], list[Warning_], Columns | None]:
    """The tasks of a table, warnings, and its columns for the next piece of it.

    A piece without a head goes on with the columns of the table above it, when its cells fit them. A table without a
    column for who or when is no table of tasks.
    """
    if not grid.rows:
        return [], [], None
    head, columns = read_head(grid)
    if columns is None and above is not None and len(grid.rows[0]) >= above.width - 1:
        head, columns = 0, above
    if columns is None:
        columns = _columns_by_content(shape.text, grid)
    if columns is None or not (columns.roles or columns.people or (columns.deadline >= 0 and columns.number >= 0)):
        return [], [], None
    if not (columns.titles or columns.details):
        return [], [], None
    _tell_section(grid.rows[head:], columns)
    if head:
        columns.dated = _dated(shape, grid.rows[:head], columns)
    columns.first_leads = columns.first_leads or first_leads
    styles = [
        f[1]
        for row in grid.rows[head:]
        if (t := _title_cell(row, columns)) and (f := number_of(shape.text, t.start, t.end))
    ]
    columns.items = columns.items or styles.count(4) * 2 > len(styles)
    tasks: list[Task] = []
    warnings: list[Warning_] = []
    section = _section_above(shape, grid)
    tied = _merged_with_section(grid.rows[head:], columns)
    blank: list[Task] = []  # rows that wait for a merged cell drawn below them
    numbered = columns.number >= 0 and any(row[columns.number].text.isdecimal() for row in grid.rows[head:])
    last: Task | None = None  # the row whose merged cell may go on below
    merged = not grid.lined and not any(
        a is b for above, below in pairwise(grid.rows) for a, b in zip(above, below, strict=True)
    )
    for r in range(head, len(grid.rows)):
        row = grid.rows[r]
        fresh = _columns([row]) if _looks_like_head(row) else None
        if fresh is None and _is_head(row, columns):
            continue
        if fresh is not None:  # the head again, or that of another table, with nothing but its heading between
            fresh.first_leads, fresh.items, columns, last = columns.first_leads, columns.items, fresh, None
            columns.dated = _dated(shape, [row], columns)
            continue
        named = _section_row(shape.text, row, columns)
        if named:
            section, blank, last = named, [], None
            continue
        if numbered and _heads_rows(row, columns):
            section, blank, last = _flat(_title_cell(row, columns).text), [], None  # type: ignore[union-attr]
            continue
        if last is not None and merged and _goes_on(shape.text, row, columns, last):
            continue
        task = _row_task(shape, row, columns, section, grid.rows[r - 1] if r else [])
        if task is None or _SUM.fullmatch(task.title or ""):
            continue
        if not task.number and not task.assignments and _HEAD_WORD.fullmatch(task.title or ""):
            continue  # the remains of a head
        if columns.section >= 0 and merged:
            section = task.section
        if task.number is None and last is not None and merged and not _title_cell(row, columns):
            _join(last, task)
            continue
        tasks.append(task)
        if tied and last is not None and not row[columns.section].text:
            _take_over(task, last, tied)
        if not merged or not columns.roles:
            continue
        if task.assignments:
            for waiting in blank:
                _share(waiting, task)
            blank, last = [], task
        elif last is not None and last.assignments and last.section == task.section:
            _share(task, last)
        else:
            blank.append(task)
    if columns.roles:
        warnings += [
            Warning_(
                start=t.start,
                end=t.end,
                quote=t.quote,
                rule="broken-table",
                kind="broken-table",
                text=t.title or t.quote[:60],
            )
            for t in tasks
            if not t.assignments and not t.answers
        ]
    return tasks, warnings, columns


def _dated(shape: Outline, rows: list[list[GridCell]], columns: Columns) -> dict[int, list[Deadline]]:
    """The years that heads of columns of work name, by column."""
    dated: dict[int, list[Deadline]] = {}
    for row in rows:
        for c in [*columns.titles, *columns.details]:
            if c < len(row) and _DATED_HEAD.fullmatch(_flat(row[c].text)):
                dated[c] = read_deadlines(shape.text, row[c].start, row[c].end, shape.issued_on)
    return dated


_DATED_HEAD = re.compile(r"(?:19|20)\d\d年度?(?:[\u4e00-\u9fff]{0,4})(?:目标|任务|计划|安排|内容|举措|重点|指标)")


def _tell_section(rows: list[list[GridCell]], columns: Columns) -> None:
    """Take a column of titles that is mostly merged or blank, beside one that never is, for the sections' column."""
    if columns.section >= 0 or not columns.titles or not columns.details or columns.number < columns.titles[0]:
        return
    first, title = columns.titles[0], columns.details[0]
    own = [
        row[first]
        for above, row in pairwise([[], *rows])
        if row[first].text and not (above and row[first] is above[first])
    ]
    before = first < columns.number and len(own) < len(rows)  # 项目 | 序号 | 年度任务
    if len(rows) > 3 and (before or len(own) * 2 < len(rows)) and all(row[title].text for row in rows):
        columns.section, columns.titles, columns.details = first, [title], columns.details[1:]


def _columns_by_content(text: str, grid: Grid) -> Columns | None:
    """Columns of a table whose head cannot be read: those that hold bodies only or begin with a label (`责任单位：A`), and
    the text beside them.
    """
    width = len(grid.rows[0])
    if len(grid.rows) < 3 or width < 2:
        return None
    columns = Columns(width=width)
    lengths: list[float] = []
    for c in range(width):
        cells = [row[c] for row in grid.rows if row[c].text]
        named = sum(1 for cell in cells if _only_bodies(text, cell))
        lengths.append(sum(len(cell.text) for cell in cells) / len(cells) if cells else 0)
        labels = [m for cell in cells if (m := LABEL.match(text, cell.start, cell.end))]
        if labels and len(labels) * 2 > len(cells):
            columns.roles[c], columns.rules[c] = role_of(labels[0].group()), "table:label"
        elif named >= 3 and named * 10 >= len(cells) * 6:
            columns.roles[c], columns.rules[c] = "responsible", "table:by-content"
    texts = [c for c in range(width) if c not in columns.roles and lengths[c] >= 8]
    if not texts and "table:label" in columns.rules.values() and 0 not in columns.roles:
        texts = [0]  # rows of a list: 东岗村 | 责任单位:镇财政所
    if not columns.roles or not texts:
        return None
    numbered = [
        c
        for c in texts
        if sum(1 for row in grid.rows if number_of(text, row[c].start, row[c].end)) * 2 >= len(grid.rows)
    ]
    columns.titles = (numbered or texts)[:1]
    columns.details = [c for c in texts if c not in columns.titles]
    return columns


def read_head(grid: Grid) -> tuple[int, Columns | None]:
    """(number of head rows, what the columns hold); None when the first rows are no head."""
    for rows in (1, 2, 3):
        if rows > len(grid.rows):
            break
        if grid.head and rows < grid.head:
            continue
        columns = _columns(grid.rows[:rows])
        if columns is not None:
            below = (
                _columns(grid.rows[: rows + 1]) if rows < len(grid.rows) and _looks_like_head(grid.rows[rows]) else None
            )
            return (rows + 1, below) if below is not None else (rows, columns)
    return 0, None


def _looks_like_head(row: list[GridCell]) -> bool:
    cells = [c.text for c in row if c.text]
    return (
        bool(cells)
        and all(len(c) <= 12 for c in cells)
        and sum(bool(_ROLE_HEAD.fullmatch(_flat(c)) or _NUMBER_HEAD.fullmatch(_flat(c))) for c in cells) >= 2
    )


def _flat(text: str) -> str:
    flat = "".join(text.split())
    for sign in "*—_":
        if sign in flat:
            flat = flat.replace(sign, "")
    return flat


def _columns(rows: list[list[GridCell]]) -> Columns | None:
    columns = Columns(width=len(rows[0]))
    names: list[str] = []
    for c in range(len(rows[0])):
        parts: list[str] = []
        for row in rows:
            part = _flat(row[c].text)
            if part and part not in parts:
                parts.append(part)
        names.append(parts[-1] if parts and (len(parts[-1]) > 1) else "".join(parts))
    if any(len(n) > 40 for n in names):
        return None
    known = 0
    texts: list[int] = []
    units: list[int] = []
    other: list[int] = []  # with a head that says nothing of tasks
    for c, name in enumerate(names):
        if not name:
            continue
        role = _ROLE_HEAD.fullmatch(name)
        if _NUMBER_HEAD.fullmatch(name):
            columns.number = c if columns.number < 0 else columns.number
        elif _PEOPLE_HEAD.fullmatch(name):
            columns.people[c] = name
        elif role and not (name in ("责任", "落实", "实施", "建设", "整改", "负责") and len(names) > 4):
            columns.roles[c] = role_of(role.group("role"))
            columns.rules[c] = f"table:{name}"
            columns.first_leads = columns.first_leads or first_leads_rule(name, 0, len(name)) is not None
        elif _DEADLINE_HEAD.fullmatch(name):
            columns.deadline = c if columns.deadline < 0 else columns.deadline
        elif _SECTION_HEAD.fullmatch(name):
            columns.section = c if columns.section < 0 else columns.section
        elif _PLACES_HEAD.fullmatch(name):
            columns.roles[c], columns.rules[c] = "responsible", f"table:{name}"
        elif _UNIT_HEAD.fullmatch(name):
            units.append(c)
        elif _TEXT_HEAD.fullmatch(name):
            texts.append(c)
        else:
            other.append(c)
            continue
        known += 1
    if units and not columns.roles and any(re.search(r"职责|任务|分工|工作|内容|事项", names[c]) for c in texts):
        for c in units[:1]:
            columns.roles[c], columns.rules[c] = "responsible", f"table:{names[c]}"
            columns.duty = True
    titles = [
        c for c in texts if _TITLE_HEAD.match(names[c]) and not (_DETAIL_HEAD.match(names[c]) and len(texts) > 1)
    ] or texts[:1]
    columns.titles = titles[:1] or other[:1]
    columns.details = [c for c in texts if c not in columns.titles]
    columns.names = frozenset(_flat(cell.text) for row in rows for cell in row if cell.text)
    filled = sum(1 for n in names if n)
    return (
        columns
        if known >= 2 and known * 2 >= filled and (columns.roles or columns.people or columns.deadline >= 0)
        else None
    )


def _is_head(row: list[GridCell], columns: Columns) -> bool:
    """Whether a row repeats the head, as tables do on each page."""
    return sum(1 for c in {_flat(cell.text) for cell in row} if c and c in columns.names) >= 2


def _section_above(shape: Outline, grid: Grid) -> str | None:
    if grid.parent < 0:
        return None
    b = shape.blocks[grid.parent]
    return shape.text[b.start : b.end].strip().replace("\u3000", "") if b.end - b.start <= 60 else None


def _section_row(text: str, row: list[GridCell], columns: Columns) -> str | None:
    """The heading that a row holds: one cell, or one text in all its cells."""
    cells = {(c.start, c.end): c.text for c in row if c.text}
    if len(cells) != 1:
        return None
    cell = next(iter(cells.values()))
    (start, end) = next(iter(cells))
    covers = sum(1 for c in row if c.text)
    first = row[0].text or (len(row) > 1 and row[1].text)
    numbered = number_of(text, start, end)
    if len(cell) <= 60 and (covers > len(row) // 2 or (first and numbered and numbered[1] <= 3)):
        return cell.replace("\v", "")
    return None


def _heads_rows(row: list[GridCell], columns: Columns) -> bool:
    """Whether a row with a Chinese number, among others with digits, names no body: the heading of the rows below it."""
    return (
        columns.number >= 0
        and _CHINESE_NUMBER.fullmatch(_flat(row[columns.number].text)) is not None
        and _title_cell(row, columns) is not None
        and bool(columns.roles)
        and not any(row[c].text for c in columns.roles)
        and not any(row[c].text for c in columns.details)
    )


_CHINESE_NUMBER = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")
_SUM = re.compile("总分|合计|总计|小计|得分")


def _title_cell(row: list[GridCell], columns: Columns) -> GridCell | None:
    return next((row[c] for c in columns.titles if c < len(row) and row[c].text), None)


_ROW_NUMBER = re.compile(r"[\d.．一二三四五六七八九十()（）、]+|\d{1,3}[-－—]\d{1,3}|[\u4e00-\u9fffA-Z]{1,3}\d{1,4}号?")


def _row_task(
    shape: Outline, row: list[GridCell], columns: Columns, section: str | None, above: list[GridCell]
) -> Task | None:
    text = shape.text
    cell = _title_cell(row, columns)
    titled = cell is not None
    cell = cell or next((row[c] for c in columns.details if c < len(row) and row[c].text), None)
    if cell is None:
        return None
    number = _flat(row[columns.number].text) if columns.number >= 0 else ""
    begin = cell.start
    own = number_of(text, cell.start, cell.end)
    if (own and own[1] == 4) or not _ROW_NUMBER.fullmatch(number):
        lines = _cell_lines(text, cell)
        numbers = [number_of(text, a, b) for a, b in lines]
        found = numbers[0]
        if found and found[1] <= 3 and len(lines) > 1 and numbers[1] and numbers[1][1] > found[1]:
            section, found = (
                text[lines[0][0] : lines[0][1]],
                numbers[1],
            )  # the section's heading stands in its first row
        elif found and found[1] in (2, 3) and titled and columns.number < 0 and columns.items:
            section, found, titled = cell.text, None, False
        number, begin = (found[0], found[2]) if found else ("", cell.start)
    number = number.strip(".．、")
    title = text[begin : cell.end].replace("\v", "").replace("\n", "").replace("\u3000", "").strip("。 ")
    if columns.section >= 0 and row[columns.section].text:
        section = row[columns.section].text.replace("\v", "").replace("\n", "")
    present = [c for c in row if c.text]
    merged = {id(c) for c in above}  # those of them that begin in a row above
    shared = [c for c in present if id(c) in merged]
    own_cells = [c for c in present if id(c) not in merged] or present
    start, end = min(c.start for c in own_cells), max(c.end for c in own_cells)
    if end - start > 4000:  # merged cells far above: the row's own cells are enough
        near = [c for c in own_cells if c.start >= cell.start - 400] or own_cells
        start, end = min(c.start for c in near), max(c.end for c in near)
    duties: list[tuple[Duty, int, int]] = []
    people: list[tuple[Person, int, int]] = []
    for c, role in columns.roles.items():
        if c < len(row) and _reads_as_statement(text, row[c]):
            _read_cell(text, row[c], role, columns.rules[c], columns.first_leads, duties, people)
    if columns.roles and not duties:
        for c, other in enumerate(row):
            if (
                c not in (columns.number, columns.section)
                and other is not cell
                and _STATEMENT_CELL.search(other.text[-12:])
                and len(other.text) <= 120
            ):
                _read_cell(text, other, "responsible", "table:cell", columns.first_leads, duties, people)
        last = next((c for c in reversed(row) if c.text), None)
        if not duties and last is not None and last is not cell and _only_bodies(text, last):
            _read_cell(
                text,
                last,
                next(iter(columns.roles.values())),
                next(iter(columns.rules.values())),
                columns.first_leads,
                duties,
                people,
            )
    for c, name in columns.people.items():
        if c >= len(row):
            continue
        cell_ = row[c]
        people += [(p, cell_.start, cell_.end) for p in read_people(text, cell_.start, cell_.end, f"table:{name}")]
    task = Task(
        start=start,
        end=end,
        quote=text[start:end],
        rule="table",
        number=number or None,
        title=(title or None) if titled and not columns.duty else None,
        section=section and section.replace("\v", ""),
        kind="duty" if columns.duty else "indicator" if "指标" in (columns.rules.get(-1) or "") else "task",
        path="/".join([section or "", number or "-"]).strip("/"),
        text="。".join(
            dict.fromkeys(
                row[c].text.strip("。") for c in [*columns.titles, *columns.details] if c < len(row) and row[c].text
            )
        ),
        deadlines=[d for c in shared for d in read_deadlines(text, c.start, c.end, shape.issued_on)]
        + [d for c, dates in columns.dated.items() if row[c].text for d in dates],
    )
    fill(task, text, duties, people)
    if not task.number and duties and not any(ends_as_body(d.name.text) for d, _, _ in duties):
        return None  # the remains of a head that cannot be read
    return task


def _cell_lines(text: str, cell: GridCell) -> list[tuple[int, int]]:
    return [m.span() for m in _LINE.finditer(text, cell.start, cell.end)] or [(cell.start, cell.end)]


_LINE = re.compile(r"[^\n\v]+")


def _reads_as_statement(text: str, cell: GridCell) -> bool:
    """Whether a cell can be a list of bodies or a statement; a long text in its place is a shifted row."""
    if len(cell.text) <= 20:
        return bool(cell.text)
    names = split_names(text, cell.start, cell.end)
    return sum(1 for n in names if ends_as_body(n.text) or _person_behind(n.text)) * 2 >= len(names)


def _only_bodies(text: str, cell: GridCell) -> bool:
    return len(cell.text) <= 200 and bool(bodies_only(text, cell.start, cell.end))


def _read_cell(
    text: str,
    cell: GridCell,
    role: Role,
    rule: str,
    first_leads: bool,
    duties: list[tuple[Duty, int, int]],
    people: list[tuple[Person, int, int]],
) -> None:
    if not cell.text:
        return
    seen = {(d.name.text, d.role) for d, _, _ in duties}
    more, persons = read_statement(text, cell.start, cell.end, role, rule, first_leads)
    for d in more:
        if size := _person_behind(d.name.text):
            d.name, who = _cut(d.name, size)
            persons.append(Person(who.text, None, who.start, who.end, rule))
        if (d.name.text, d.role) not in seen:
            seen.add((d.name.text, d.role))
            duties.append((d, cell.start, cell.end))
    people += [(p, cell.start, cell.end) for p in persons]


def _person_behind(name: str) -> int:
    """Length of the person's name behind a body's, as in `县发改委 张三` under 责任单位及责任人; else 0."""
    if ends_as_body(name):
        return 0
    return next((n for n in (3, 2) if is_name(name[-n:]) and len(name) > n + 2 and ends_as_body(name[:-n])), 0)


def _cut(name: Name, size: int) -> tuple[Name, Name]:
    """A name in two, the second `size` signs long; blanks between them belong to neither."""
    kept, rest = name.text[:-size].rstrip(), name.text[-size:]
    return Name(kept, name.start, name.start + len(kept), name.collective), Name(rest, name.end - size, name.end, False)


def _share(task: Task, other: Task) -> None:
    """Give a row the assignments of the merged cell that covers it."""
    task.assignments = [dataclasses.replace(a, rule="table:merged") for a in other.assignments]


def _merged_with_section(rows: list[list[GridCell]], columns: Columns) -> set[Role]:
    """The roles whose column is blank just where that of the sections is: there both are one cell with those above."""
    if columns.section < 0:
        return set()
    blank = [not row[columns.section].text for row in rows]
    if sum(blank) < 2 or blank[0]:
        return set()
    return {role for c, role in columns.roles.items() if [not row[c].text for row in rows] == blank}


def _take_over(task: Task, above: Task, roles: set[Role]) -> None:
    """Give a row those in the given roles of the row above it."""
    held = [dataclasses.replace(a, rule="table:merged") for a in above.assignments if a.role in roles]
    task.assignments = held + task.assignments


def _goes_on(text: str, row: list[GridCell], columns: Columns, task: Task) -> bool:
    """Whether a line holds nothing but more bodies for the row above it, which then are its task's."""
    filled = [(c, cell) for c, cell in enumerate(row) if cell.text]
    if not filled or not all(c in columns.roles and _only_bodies(text, cell) for c, cell in filled):
        return False
    duties: list[tuple[Duty, int, int]] = []
    people: list[tuple[Person, int, int]] = []
    for c, cell in filled:
        _read_cell(text, cell, columns.roles[c], columns.rules[c], False, duties, people)
    fill(task, text, duties, people)
    task.end = max(task.end, filled[-1][1].end)
    return True


def _join(task: Task, more: Task) -> None:
    """A row without number and title goes on from the row above it."""
    known = {(a.unit, a.role) for a in task.assignments}
    task.assignments += [a for a in more.assignments if (a.unit, a.role) not in known]
    task.text = f"{task.text}。{more.text}" if more.text else task.text
    task.end = max(task.end, more.end)


# --- tables whose cells stand one a line --------------------------------------------------------------------------


def line_tables(shape: Outline) -> list[Grid]:
    """Tables that lost their grid: the head's cells one a line, then the rows' cells one a line.

    Rows are told apart by their running number; a row with another count of cells than the head is left out.
    """
    text = shape.text
    grids: list[Grid] = []
    blocks = [b for b in shape.blocks if b.kind != "table"]
    i = 0
    while i < len(blocks):
        head = _head_run(text, blocks, i)
        used = head[-1][1] - i if head else 1
        columns = _columns([[_cell(text, blocks[a:b]) for a, b in head]]) if len(head) > 2 else None
        if columns:
            rows, used = _line_rows(text, blocks, i, len(head), columns)
            if rows:
                top = [_cell(text, blocks[a:b]) for a, b in head]
                grids.append(Grid(top[0].start, rows[-1][-1].end, 1, [top, *rows], blocks[i].parent, lined=True))
        i += used
    return grids


def _cell(text: str, blocks: list[Block]) -> GridCell:
    start, end = blocks[0].start, blocks[-1].end
    return GridCell(text[start:end], start, end)


def lost_heads(shape: Outline, read: list[Grid]) -> list[tuple[int, int]]:
    """Spans of heads of a column of bodies (责任单位) that stand on a line of their own outside every table that was
    `read`: the rows below them could not be told apart.
    """
    heads: list[tuple[int, int]] = []
    for b in shape.blocks:
        if b.kind != "text" or b.end - b.start > 14 or (heads and b.start - heads[-1][1] < 40):
            continue
        m = _ROLE_HEAD.fullmatch(_flat(shape.text[b.start : b.end]))
        if not m or m.group("role") not in ("牵头", "主办", "责任", "主责", "承办", "负责", "配合", "协办"):
            continue
        if not any(g.start <= b.start < g.end for g in read):
            heads.append((b.start, b.end))
    return heads


def _head_run(text: str, blocks: list[Block], i: int) -> list[tuple[int, int]]:
    """The head that begins at a block: for each of its cells (first block, block behind the last); [] for none."""
    if blocks[i].end - blocks[i].start > 24:  # a number's head is short, whatever white space it holds
        return []
    if not _NUMBER_HEAD.fullmatch(_flat(text[blocks[i].start : blocks[i].end])):
        return []
    cells: list[tuple[int, int]] = []
    names: list[str] = []
    for k in range(i, min(i + 12, len(blocks))):
        name = _flat(text[blocks[k].start : blocks[k].end])
        if len(name) > 14 or blocks[k].style in (2, 3) or re.fullmatch(r"\d+|[一二三四五六七八九十]+", name):
            break
        if names and _BROKEN_HEAD.fullmatch(f"{names[-1]} {name}"):
            names[-1] += name
            cells[-1] = (cells[-1][0], k + 1)
        else:
            names.append(name)
            cells.append((k, k + 1))
    return cells if len(cells) < 10 and any(_ROLE_HEAD.fullmatch(n) for n in names) else []


# A cell of a head on two lines.
_BROKEN_HEAD = re.compile(
    "(?:牵头|责任|主办|协办|承办|配合|完成|办结|整改|项目|工作|任务|分管|主要|具体|目标) (?:部门|单位|时间|时限|期限|类别|内容|领导|名称|任务|要求)"
)


def _line_rows(
    text: str, blocks: list[Block], at: int, width: int, columns: Columns
) -> tuple[list[list[GridCell]], int]:
    """The rows below a head of `width` cells that begins at block `at`, and how many blocks it and they take.

    Rows may begin at any number and skip some, when the row above is whole; headings and heads stand between them.
    """
    rows: list[list[GridCell]] = []
    last = 0
    k = at
    while k < len(blocks):
        again = _head_run(text, blocks, k)
        if again and (k == at or len(again) == width):
            k = again[-1][1]
            continue
        number = _row_number(text, blocks[k])
        if not number:
            heading = blocks[k].style in (2, 3)
            if heading:
                rows.append(
                    [_cell(text, blocks[k : k + 1]), *[GridCell("", blocks[k].end, blocks[k].end)] * (width - 1)]
                )
            elif last or k > at + width + 4:
                break
            k += 1
            continue
        begin, k = k, k + 1
        while k < len(blocks) and k - begin < width + 6 and not _ends_row(text, blocks, k, k - begin, number, width):
            k += 1
        cells = _fit(text, blocks[begin:k], columns, width)
        if cells is None and not (k < len(blocks) and _row_number(text, blocks[k]) == number + 1):
            k = begin
            break
        if cells is None:  # cells are lost: the row stands without its bodies
            line = _cell(text, blocks[begin + 1 : begin + 2])
            cells = [_cell(text, blocks[begin : begin + 1]), *[line] * (width - 1)]
            cells = [
                c if i < 1 or i in columns.titles else GridCell("", line.start, line.start) for i, c in enumerate(cells)
            ]
        rows.append(cells)
        last = number
    while rows and not rows[-1][1].text and not any(c.text for c in rows[-1][1:]):
        rows.pop()
    return (rows, k - at) if last else ([], k - at)


def _ends_row(text: str, blocks: list[Block], k: int, count: int, number: int, width: int) -> bool:
    """Whether a row of `count` lines is over before block `k`."""
    after = _row_number(text, blocks[k])
    if after == number + 1 or (count >= 3 and blocks[k].style in (2, 3)):
        return True
    return (count == width and after > number) or (count >= 3 and bool(_head_run(text, blocks, k)))


def _row_number(text: str, block: Block) -> int:
    """The number that a line is (3, 三), 0 when it is none."""
    if block.end - block.start > 4:
        return 0
    word = _flat(text[block.start : block.end])
    return int(word) if word.isascii() and word.isdecimal() else chinese_number(word)


def _fit(text: str, lines: list[Block], columns: Columns, width: int) -> list[GridCell] | None:
    """The cells of one row. Where lines and columns differ in number, the lines that name bodies tell which is which:

    a body a line is one cell of the first columns of bodies, what is left of them the last one's; a text that is
    missing before them was a merged cell.
    """
    if len(lines) == width:
        return [_cell(text, [b]) for b in lines]
    roles = sorted(columns.roles)
    named = [k for k, b in enumerate(lines) if k and bodies_only(text, b.start, b.end)]
    lost = width - len(lines)
    empty = GridCell("", lines[0].start, lines[0].start)
    if roles and 0 < lost < roles[0] - 1 and roles[0] - lost in named and len(named) < len(roles):
        return [_cell(text, lines[:1]), *[empty] * lost, *(_cell(text, [b]) for b in lines[1:])]  # merged ones above
    if not roles or not named or roles != list(range(roles[0], roles[-1] + 1)):
        return None
    first = named[0]
    last = first
    while last + 1 in named:
        last += 1
    bodies = lines[first : last + 1]
    if len(bodies) < len(roles):
        return None
    cells = [_cell(text, [lines[0]])] + [empty] * (width - 1)
    texts = lines[1:first]
    for column in range(roles[0] - 1, 0, -1):
        if texts:
            cells[column] = _cell(text, texts if column == 1 else texts[-1:])
            texts = [] if column == 1 else texts[:-1]
    for column in roles[:-1]:
        cells[column] = _cell(text, [bodies[roles.index(column)]])
    cells[roles[-1]] = _cell(text, bodies[len(roles) - 1 :])
    for column, line in zip(range(roles[-1] + 1, width), lines[last + 1 :], strict=False):
        cells[column] = _cell(text, [line])
    return cells
