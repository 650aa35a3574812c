"""Tasks and who answers for them: from items, headings, duty lists and tables.

A numbered item with a statement of responsibility is a task; in a list of tasks every item is one. A statement belongs
to the innermost numbered item it stands in; on a line of its own below the last of several sub-items that name nobody
it belongs to the item above them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

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
    role_of,
)
from loaders.extract.tables import Columns, line_tables, table_tasks
from loaders.extract.units import Name, bodies_only, is_body, is_collective, is_function, may_be_body, split_names
from loaders.facts import Role, Task, Warning_
from loaders.outline import Block, Outline
from loaders.text import after_last

_WORDS = "牵头|责任|主办|主责|承办|配合|协办|负责|落实|参与|参加|实施|协助|会同|主管|单位[:：]|部门[:：]"
_HINT = re.compile(_WORDS)
_BRACKETED = re.compile(
    r"[(（\[［【〔](?P<inside>(?:[^()（）\[\]［］【】〔〕]|[(（\[［【〔][^()（）\[\]［］【】〔〕]{0,60}[)）\]］】〕]){2,1200})[)）\]］】〕]"
)
_STATES = re.compile(
    rf"{LABEL.pattern}|{PERSON_LABEL.pattern}|(?:牵头|负责|配合|落实|协办|主办|承办|参与|参加|协助|组织实施|实施)(?:落实|实施|组织)?(?:[，,。；;]|$|\Z)|牵头[、，,；;]"
)
_LABEL_LINE = re.compile(rf"[(（\[［【〔]?\s*(?:{LABEL.pattern}|{PERSON_LABEL.pattern})")
_NO_STATEMENT = re.compile(r"责任编辑|负责解释|联系人[:：]|联系电话|责任人?追究|以下简称|简称|此件|下称")


@dataclass(slots=True)
class _Rules:
    """Standing rules of the document and where they begin to hold."""

    first_leads: int = -1
    all_lead: int = -1


@dataclass(slots=True)
class _Found:
    """What was read in one region, and which spans of it are statement, not work."""

    duties: list[tuple[Duty, int, int]] = field(default_factory=list)  # duty, span of its statement
    people: list[tuple[Person, int, int]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    own_line: bool = False
    unread: list[tuple[int, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.duties or self.people)


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
                    text[m.end() : m.end() + 12] + text[max(shape.start, m.start() - 14) : m.start()],
                )
            )
            alone = not re.search(r"[(（][^()（）]*$", text[line : m.start()])
            if everywhere:
                setattr(rules, name, shape.start)
            elif general or alone:
                setattr(rules, name, max(line, shape.start))
    return rules


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
    regions = _regions(shape)
    found: dict[int, _Found] = {}
    for i, (start, end) in regions.items():
        block = blocks[i]
        read = _read_region(shape, block, start, end, rules)
        if read:
            found[i] = read
        for a, b in read.unread:
            warnings.append(_warning(shape.text, "unread-statement", a, b))
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
            tasks.append(_task(shape, i, start, end, found.get(i) or _Found()))
    return tasks


def _fills(number: int, rows: set[int]) -> bool:
    """Whether a number is missing among those of table rows."""
    return len(rows) > 4 and number not in rows and min(rows) < number < max(rows)


def _regions(shape: Outline) -> dict[int, tuple[int, int]]:
    """For each numbered block, or unnumbered paragraph that may carry a statement, the span of its own text.

    A numbered block's own text goes on over unnumbered lines until the next numbered block, title or table.
    """
    regions: dict[int, tuple[int, int]] = {}
    text = shape.text
    owner = -1
    paragraph = -1  # the unnumbered paragraph that label lines below it belong to
    several = _headings_with_paragraphs(shape)
    for i, block in enumerate(shape.blocks):
        if block.style >= 0:
            owner, paragraph = i, -1
            regions[i] = (block.start, block.end)
        elif block.kind in ("title", "signature", "attachment", "address", "table"):
            owner, paragraph = -1 if block.kind != "table" else owner, -1
        elif block.kind == "text":
            label = _LABEL_LINE.match(text, block.start, block.end)
            alone = owner < 0 or owner in several
            if (label is None and _duty_head(text, block.start, block.end)) or (
                label is None and _duty_sentence(shape, block, owner)
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


_DUTY_HEADING = re.compile(r"职责|分工|责任")
_DUTY_SENTENCE = re.compile(
    r"(?P<names>[\u4e00-\u9fff()（）、，,]{3,60}?)(?:具体|主要|统一|共同)?(?:负责(?!人|同志|制)|牵头|承担)"
)


def _duty_sentence(shape: Outline, block: Block, owner: int) -> bool:
    """An unnumbered line under 职责分工 that begins with a body and what it does: `县民政局负责…`."""
    if owner < 0:
        return False
    head = shape.blocks[owner]
    if not _DUTY_HEADING.search(shape.text, head.body, head.end if head.kind == "heading" else head.head_end):
        return False
    m = _DUTY_SENTENCE.match(shape.text, block.start, block.end)
    return bool(m and bodies_only(shape.text, *m.span("names")))


def _ends_with_statement(text: str, block: Block) -> bool:
    """Whether a paragraph closes with a statement in brackets."""
    if text[block.end - 1] not in ")）]］】〕。":
        return False
    last = next(iter(reversed(list(_BRACKETED.finditer(text, max(block.start, block.end - 700), block.end)))), None)
    return bool(last and last.end() >= block.end - 1 and _STATES.search(last.group("inside")))


def _read_region(shape: Outline, block: Block, start: int, end: int, rules: _Rules) -> _Found:
    text = shape.text
    found = _Found()
    if not _HINT.search(text, start, end):
        if text[end - 1] in ")）]］】":
            _read_brackets(text, start, end, found, rules.first_leads >= 0 and rules.first_leads <= end)
        elif _duty_head(text, block.body, block.end) or _named_duty(text, block, end):
            _read_duty(text, block, start, end, found)
        elif block.kind == "item":
            _read_given(text, block.body, end, found, set())
            _read_parallel(text, block.body, end, found, set())
        return found
    first = rules.first_leads >= 0 and rules.first_leads <= end
    _read_brackets(text, start, end, found, first)
    _read_label_lines(text, start, end, found, first)
    item = text.startswith("关于", block.body) and end > block.end  # an item of a meeting's minutes
    if (not found.duties and block.kind != "heading") or (not found and (block.style >= 3 or item)):
        if _duty_names(shape, block, end):
            _read_duty(text, block, start, end, found)
        else:
            _read_prose(shape, block, start, end, found)
    if 0 <= rules.all_lead <= end:
        _all_lead(found)
    return found


def _all_lead(found: _Found) -> None:
    if found.duties and not any(d.role == "lead" for d, _, _ in found.duties):
        for d, _, _ in found.duties:
            if d.role == "responsible":
                d.role, d.rule = "lead", "order:responsible-leads"


def _read_brackets(text: str, start: int, end: int, found: _Found, first: bool) -> None:
    for m in _BRACKETED.finditer(text, start, end):
        a, b = m.span("inside")
        inside = m.group("inside")
        if not _HINT.search(inside):
            if _bare_list(text, a, b, m.end(), end):
                _keep(found, read_statement(text, a, b, "responsible", "list:bare", first), m.start(), m.end())
            continue
        if _NO_STATEMENT.search(inside) or not _STATES.search(inside):
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
    return bool(bodies_only(text, a, b))


def _keep(found: _Found, read: tuple[list[Duty], list[Person]], start: int, end: int) -> None:
    duties, people = read
    seen = {(d.name.text, d.role) for d, _, _ in found.duties}
    for d in duties:
        if (d.name.text, d.role) not in seen:
            seen.add((d.name.text, d.role))
            found.duties.append((d, start, end))
    found.people += [(p, start, end) for p in people]
    found.spans.append((start, end))


def _read_label_lines(text: str, start: int, end: int, found: _Found, first: bool) -> None:
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


_LABEL_TOP = re.compile(rf"[ \u3000]*(?P<label>{LABEL.pattern}|{PERSON_LABEL.pattern})")
_LABEL_START = re.compile(rf"[\n。；;！）)”\u3000\t\v]{_LABEL_TOP.pattern}")


# --- duty lists -------------------------------------------------------------------------------------------------

_DUTY_HEAD = re.compile(r"(?P<names>[\u4e00-\u9fff()（）、，,]{2,60}?)[:：\u3000](?=\S)")


_DUTY_VERB = re.compile(r"(?:具体|主要|统一)?(?:负责|牵头|承担|配合|协助|组织|指导|做好|会同|按照?职责)")


def _duty_head(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Span of the bodies that a duty line begins with (`县教育局：负责…`), None for any other line."""
    m = _DUTY_HEAD.match(text, start, min(end, start + 80))
    if not m or end - m.end() < 4:
        return None
    if text[m.end() - 1] == "\u3000" and bodies_only(text, m.end(), end):
        return None  # a line of names, as under a joint document
    sure = _DUTY_VERB.match(text, m.end()) is not None
    if not bodies_only(text, *m.span("names"), may_be_body if sure else is_body):
        return None
    if LABEL.match(text, start) or re.search(r"(?:电话|地址|邮箱|传真)$|^(?:主送|抄送|来源|附件)", m.group("names")):
        return None
    return m.span("names")


def _named_duty(text: str, block: Block, end: int) -> bool:
    """An item whose title is a body: `(一)县教育局。负责…`, or a heading that is one."""
    stop = block.head_end
    if block.style < 2 or stop <= block.body or stop - block.body > 40:
        return False
    if stop >= end and block.kind == "heading":
        return False
    names = bodies_only(text, block.body, stop) if stop + 4 < end else []
    return bool(names) and all(n.text[0] == "各" or not _PLACE_OR_GROUP.search(n.text) for n in names)


_PLACE_OR_GROUP = re.compile(r"(?:(?:工作组|领导小组|专班|指挥部|联席会议)$|[镇乡县市区州盟旗省村场园])$")


def _duty_names(shape: Outline, block: Block, end: int) -> bool:
    """Whether a block says a body's duty: `A局：…`, `(一)A局。…`, or `A局负责…` on a line under 职责分工."""
    text = shape.text
    if _duty_head(text, block.body, block.end) or _named_duty(text, block, end):
        return True
    return block.style < 0 and _duty_sentence(shape, block, block.parent)


_OWN_LEAD = re.compile(
    r"(?:^|[，,；;。:：])(?:负责|主要|要)?(?:按照[^，,；;。]{2,12}[，,])?(?:履行|发挥)?牵头(?!单位|部门|人)"
)
_TOGETHER = re.compile(
    r"会同|联合(?!会|社|体|国|执法|检查|惩戒|印发|下发|发文|监管|开展|督办|督查|整治|行动|会商|办案|审批|打击|验收|攻关|调查|办公|培养)|牵头组织(?=有关|相关|[省市县区各])|协同(?=有关|相关|[省市县区各])"
)
_HELPS = re.compile(r"(?P<names>[^，,；;。:：]{2,60}?)(?:积极|密切|共同|协同|做好|负责)*(?:配合|协助)")
_OTHERS = re.compile(r"(?:^|[；;。])(?P<names>[^；;。:：]{2,60}?)(?:等部门|等单位)?(?:要|应当?)(?!对|求|急)")


def _read_duty(text: str, block: Block, start: int, end: int, found: _Found) -> None:
    """`县教育局:负责…,会同县财政局…`: the body is responsible, or leads; those it works with assist."""
    head = _duty_head(text, block.body, block.end)
    m = None if head or block.style >= 0 else _DUTY_SENTENCE.match(text, block.start, block.end)
    a, b = head or (m.span("names") if m else (block.body, block.head_end))
    begin = b if m else b + 1
    names = split_names(text, a, b)
    own = {n.text for n in names}
    duty = text[begin:end]
    leads = _OWN_LEAD.search(duty) is not None
    only_leads = leads and re.match(r"\s*(?:负责)?牵头(?!.{0,200}(?<!牵头)负责)", duty.replace("\n", "")) is not None
    for n in names:
        if leads:
            found.duties.append((Duty(n, "lead", "duty-list:牵头"), start, end))
        if not only_leads:
            found.duties.append((Duty(n, "responsible", "duty-list"), start, end))
    seen = set(own)
    for m in _TOGETHER.finditer(text, begin, end):
        for n in names_after(text, m.end(), end):
            if n.text not in seen:
                seen.add(n.text)
                found.duties.append((Duty(n, "assist", f"verb:{m.group()}"), start, end))
    for pattern, rule, verbs in ((_HELPS, "verb:配合", ("配合", "协助")), (_OTHERS, "duty-list:others", ("要", "应"))):
        if not any(verb in duty for verb in verbs):
            continue
        for m in pattern.finditer(text, begin, end):
            for n in _bodies_before(text, m.start("names"), m.end("names")):
                if n.text not in seen:
                    seen.add(n.text)
                    found.duties.append((Duty(n, "assist", rule), start, end))


# --- running text -----------------------------------------------------------------------------------------------

_TRIGGER = re.compile(
    r"(?:负责)?牵头(?!单位|部门|人|作用|抓总|领导)|(?:组织|抓好|具体)落实|协同(?!监管|机制)|是[^，,。；;]{0,24}(?:责任主体|责任单位|主管部门)|负责(?!人|同志|制|任|解释|的|领导|编辑)|(?<![相互密切])配合(?!单位|部门)|协助|承办|协办|组织实施|落实|承担|参与|参加|具体实施|主办"
    r"|(?:按照?|依照|依据|在)(?:各自)(?:的)?(?:法定)?职责(?:分工|权限|范围)?内?[，,]?"
    r"|(?:为|是|作为)(?:总?牵头|责任|主责|主管|主办|承办|配合|协办)(?:责任)?(?:单位|部门)"
)
_WEAK_TRIGGER = ("落实", "参加", "组织实施")
_BEFORE_VERB = re.compile(
    r"(?:共同|分别|具体|统一|主要|全面|联合|分级|集中|统筹|直接|要|应当?|依法|积极|密切|协同|均|都|各自|同志)*"
    r"(?:(?:按照?|依照?|依据|根据|在)?(?:各自|本部门|有关)?(?:的)?(?:职责|职能|责任|任务)(?:分工|职责|权限|范围)?(?:内|分别)?|分工|各负其责)?(?:共同|分别|具体)*$"
)
_META = re.compile(
    r"^(?:考核|检查|督查|评估|审批|监管|执法|业务|建设|施工|用人|运营)(?:部门|单位|机构)$|联席会议|领导小组|专班|指挥部|会议$|工作组|成员单位"
)
_WHOLE = re.compile(r"(?:政府|[省市县区州盟旗]委|党委|党工委|公司|企业|学校|医院|单位|协会)$")
_PARALLEL = re.compile(
    r"(?:^|(?<=[，,；;。\n]))(?P<names>[\u4e00-\u9fff()（）、]{3,60}?)(?=(?:负责|组织(?!部)|提供|制定|编制|开展|做好|抓好|落实|承担|会同|指导|督促|牵头|按|要|定期|及时|对(?!外|口)|每|将|研究(?!院|所|室)|开辟|抽调|发动|安排|加强|推进|建立|完善|审核|监督|检查|保证|保障(?!局|厅|部|中心|处)|统筹))"
)
_GIVEN = re.compile(r"(?<![理自缘事经来因])由(?=[\u4e00-\u9fff])")
_GIVEN_NOT = re.compile(r"组成|任|担任|兼任|代表|主持|召集|解释|印发|批准|同意|决定|聘任|推荐|提名|报请|提出|转|变")
_ACTS = re.compile(r"(?<![需主重将只还就首])(?:要|应当?)(?!急|对|求|用|届|变)(?=[\u4e00-\u9fff]{2})")
_EXHORT = re.compile(
    r"(?:要|应当?)(?:进一步|切实|高度|充分|牢固|坚决|认真|严格)?(?:提高(?:思想|政治|认识)|增强(?:责任|大局|使命)|高度重视|重视|充分认识|统一思想|树立)"
)


def _read_prose(shape: Outline, block: Block, start: int, end: int, found: _Found) -> None:
    """Statements in sentences: `由A牵头,会同B、C编制…`, `D负责…`, `E配合`."""
    text = shape.text
    begin = block.body if block.start == start else start
    if block.style <= 2 and block.kind == "heading" and _CLOSING.search(text, block.body, block.head_end):
        return
    seen: set[tuple[str, Role]] = set()
    for m in _TRIGGER.finditer(text, begin, end):
        word = m.group()
        at = m.start()
        if _quoted(text, begin, at):
            continue
        weak = word in _WEAK_TRIGGER
        names = _bodies_before(text, max(begin, at - 200), at, by=weak)
        if not names:
            continue
        role = role_of(word)
        if role == "responsible" and re.match(r"[^，,。；;]{0,12}解释", text[m.end() : m.end() + 16]):
            continue
        clause = _sentence(text, begin, end, at)
        for n in names:
            if (n.text, role) not in seen:
                seen.add((n.text, role))
                found.duties.append((Duty(n, role, f"verb:{word}"), *clause))
    for m in _TOGETHER.finditer(text, begin, end):
        if _quoted(text, begin, m.start()):
            continue
        mains = _bodies_before(text, max(begin, m.start() - 200), m.start())
        clause = _sentence(text, begin, end, m.start())
        known = {n for n, _ in seen}
        if not mains and not known:
            continue
        for n in mains:
            if n.text not in known:
                seen.add((n.text, "responsible"))
                found.duties.append((Duty(n, "responsible", "verb:会同"), *clause))
        for n in names_after(text, m.end(), end):
            if (n.text, "assist") not in seen:
                seen.add((n.text, "assist"))
                found.duties.append((Duty(n, "assist", f"verb:{m.group()}"), *clause))
    for m in _ACTS.finditer(text, begin, end):
        names = _bodies_before(text, max(begin, m.start() - 120), m.start())
        if (
            not names
            or any(n.collective or _META.search(n.text) for n in names)
            or _EXHORT.match(text, m.start())
            or _quoted(text, begin, m.start())
        ):
            continue
        clause = _sentence(text, begin, end, m.start())
        for n in names:
            if n.text not in {s for s, _ in seen}:
                seen.add((n.text, "responsible"))
                found.duties.append((Duty(n, "responsible", "verb:要"), *clause))
    _read_given(text, begin, end, found, seen)
    _read_parallel(text, begin, end, found, seen)
    found.duties.sort(key=lambda d: d[0].name.start)


def _read_given(text: str, begin: int, end: int, found: _Found, seen: set[tuple[str, Role]]) -> None:
    """`由A实行审批管理`: what stands behind 由 does the work, whatever the verb."""
    for m in _GIVEN.finditer(text, begin, end):
        names = names_after(text, m.end(), end)
        if not names or not all(is_body(n.text) for n in names) or _quoted(text, begin, m.start()):
            continue
        if any(_META.search(n.text) for n in names) or _GIVEN_NOT.match(text, names[-1].end) or names[-1].end >= end:
            continue
        if re.search(
            r"解释|组成|任[\u4e00-\u9fff]{0,3}(?:组长|主任|召集人|指挥)|领导|同志|负责人",
            text[names[-1].end : names[-1].end + 16],
        ):
            continue
        if text[names[-1].end] in "，,。；;的" or any(n.text == s for n in names for s, _ in seen):
            continue
        clause = _sentence(text, begin, end, m.start())
        for n in names:
            seen.add((n.text, "responsible"))
            found.duties.append((Duty(n, "responsible", "verb:由"), *clause))


def _read_parallel(text: str, begin: int, end: int, found: _Found, seen: set[tuple[str, Role]]) -> None:
    """Beside `A负责…`, the clauses `B提供…，C开展…` say what B and C do."""
    sure = bool(found.duties)
    known = {n for n, _ in seen}
    for m in _PARALLEL.finditer(text, begin, end):
        names = bodies_only(text, *m.span("names"))
        if not names or any(n.collective or n.text in known for n in names) or _quoted(text, begin, m.start()):
            continue
        if not sure and (
            (m.start() > begin and text[m.start() - 1] not in "。\n")
            or any(_WHOLE.search(n.text) or _META.search(n.text) for n in names)
        ):
            continue
        clause = _sentence(text, begin, end, m.start())
        for n in names:
            known.add(n.text)
            found.duties.append((Duty(n, "responsible", "verb:parallel"), *clause))


def _quoted(text: str, begin: int, at: int) -> bool:
    """Whether a place is inside the title of a work."""
    begin = max(begin, at - 4000)  # no title is longer, not even one that lost its end
    return text.rfind("《", begin, at) > text.rfind("》", begin, at)


def _sentence(text: str, begin: int, end: int, at: int) -> tuple[int, int]:
    stop = _SENTENCE_END.search(text, at, end)
    return after_last(text, "。；;\n", begin, at), stop.end() if stop else end


_SENTENCE_END = re.compile(r"[。；;]|(?=\n)")


_OPEN_LIST = re.compile(r"等[\u4e00-\u9fff]{0,8}(?:部门|单位|机构)$|部门$")
_CLAUSE = re.compile(r"[。；;:：\n“”\"！？!?]")
_BY = re.compile(r".*(?:(?<![理自缘事经])由|(?<![邀申提聘报])请|责成)")
_GAP = re.compile(r"[，,]|(?<=^)、")
_SPOKEN = re.compile(r".*(?:牵头|负责|会同|联合|配合|协助|协同|组织|参与|参加|落实|承担)")
_LED_IN = re.compile(
    r".*?(?:建立|形成|构建|实行|完善|健全|明确|成立|其中|同时|工作|任务|中|后|时|的|对)(?=[省市县区州盟旗镇乡国各有相][\u4e00-\u9fff()（）]{2,20}$)"
)


def _bodies_before(text: str, begin: int, at: int, by: bool = False) -> list[Name]:
    """The bodies that stand right before a verb, back to the start of the clause; [] when something else stands there.

    `by` asks for 由 in front of them, for verbs that say little by themselves.
    """
    for mark in _CLAUSE.finditer(text, begin, at):
        begin = mark.end()
    clause = text[begin:at]
    adverbs = _BEFORE_VERB.search(clause)
    if adverbs:
        clause = clause[: adverbs.start()]
    clause = clause.rstrip("，,、")
    passive = _BY.match(clause)
    if passive:
        begin += passive.end()
        clause = clause[passive.end() :]
    if by and not passive:
        return []
    m = _SPOKEN.match(clause)
    if m and not re.match(r"部|科|处", clause[m.end() :]):  # another verb's bodies stand before it
        if clause[: m.end()].endswith(("会同", "联合")):
            return []
        gap = _GAP.search(clause[m.end() :])
        if gap is None:
            return []
        begin += m.end() + gap.end()
        clause = clause[m.end() + gap.end() :]
    if not clause or len(clause) > 160:
        return []
    names: list[Name] = []
    open_end = _OPEN_LIST.search(clause) is not None
    for n in reversed(split_names(text, begin, begin + len(clause))):
        if is_body(n.text) or (open_end and is_function(n.text)):
            names.append(n)
            continue
        led = _LED_IN.match(n.text)
        if led and not passive:
            rest = n.text[led.end() :]
            if is_body(rest):
                names.append(Name(rest, n.start + led.end(), n.end, is_collective(rest)))
        break
    if not names or names[0].end < begin + len(clause) - 14:
        return []
    tail = text[names[0].end : begin + len(clause)]
    if tail and not re.fullmatch(r"等?[\u4e00-\u9fff]{0,10}(?:部门|单位|机构|企业|方面)?", tail):
        return []
    return list(reversed(names))


_STARTS_VERB = re.compile(
    r"(?:组织(?!部)|开展|编制|推进|推动|加强|加快|制定|做好|负责|研究|对|建立|落实|完善|指导|督促|及时|按|在|根据|依法|定期|共同|进行|实施|抓|健全|强化|统筹|协调|深入|兑付|要|将|每|进一步|积极|全面|具体|提出|出台|拟订|拟定|起草|审核|审查|解决|查处|整治|打击|规范|提升|优化|完成|支持|配合|参与|监督|检查|评估|认定|发布|建设|设立|成立|召开|探索|争取|筹措|安排|明确|向|为|于|以|把|就|等|承担|处理|联合|形成|确保|严格|严厉|摸排|排查|梳理|细化|修订|印发|选派|培育|打造|引导|鼓励|办理|汇总|报|抽调|确定|分解|跟踪|调度|开发|利用|采取|通过|集中|牵头|持续|适时|逐步|尽快|认真|切实|广泛|大力|合理|科学|统一|作为|公开|实行|依照)"
)


def names_after(text: str, start: int, end: int) -> list[Name]:
    """The bodies that follow 会同: up to the verb that says what they do together."""
    stop = start
    while stop < end and stop - start < 120 and text[stop] not in "。；;:：\n，,":
        stop += 1
    names: list[Name] = []
    for part in re.finditer(r"[^、]+", text[start:stop]):
        a, b = start + part.start(), start + part.end()
        chunk = text[a:b]
        cut = _body_prefix(chunk)
        if cut == 0:
            break
        names += [n for n in split_names(text, a, a + cut) if 2 <= len(n.text) <= 40]
        if cut < len(chunk):
            break
    return names


_PREFIX_END = re.compile(
    r"(?:部门|单位|机构|办公室|委员会|管委会|中心|分局|支队|大队|总队|公司|集团|政府|办事处|法院|检察院|银行|支行|分行|工会|团委|妇联|残联|工商联|科协|红十字会|宣传部|组织部|统战部|政法委|街道|乡镇|镇街|各方|各地|局|厅|委|办|部|院|署|处|队|站|所|社|会|行|(?<=各)[县区市镇乡州]|[县区市镇乡](?=$)|电网|供电|企业)(?:[(（][^()（）]{1,20}[)）])?"
)


def _body_prefix(chunk: str) -> int:
    """Length of the body that a phrase begins with, 0 when it begins with none."""
    best = 0
    for m in _PREFIX_END.finditer(chunk):
        rest = chunk[m.end() :]
        if re.match(r"组织部|宣传部|统战部|政法委|(?:及|和|与)", rest) and not re.match(r"(?:及|和|与)时", rest):
            if rest[0] in "及和与":
                best = m.end()
            continue
        if not rest or rest.startswith("等"):
            return m.end()
        if _STARTS_VERB.match(rest):
            return m.end()
        if best == 0 and m.end() >= 3:
            best = m.end()
    return best if best <= 30 else 0


# --- which items are tasks ---------------------------------------------------------------------------------------


def _lift(blocks: list[Block], regions: dict[int, tuple[int, int]], found: dict[int, _Found]) -> None:
    """Give a statement that closes the last of several sub-items, which name nobody, to the item above them."""
    children: dict[int, list[int]] = {}
    for i in regions:
        if blocks[i].parent >= 0 and blocks[i].style >= 3:
            children.setdefault(blocks[i].parent, []).append(i)
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


def _listed(shape: Outline, regions: dict[int, tuple[int, int]], found: dict[int, _Found]) -> set[int]:
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
        heads = _ancestors(blocks, parent)
        names = [shape.text[blocks[h].body : blocks[h].head_end] for h in heads]
        if any(_TASK_HEADING.search(n) for n in names) and not any(_NOT_TASKS.search(n) for n in names):
            listed.update(items)
    return listed


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


def _task(shape: Outline, i: int, start: int, end: int, found: _Found) -> Task:
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
    if kind == "duty" and title is None:
        head = _duty_head(text, block.body, block.end)
        begin = head[1] + 1 if head else block.head_end + 1
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


def _prose_in(found: _Found, start: int, stop: int) -> bool:
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
