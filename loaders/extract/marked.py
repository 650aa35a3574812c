"""Statements set apart from the sentence: in brackets (`（县民政局牵头）`), behind labels (`牵头单位：县民政局`)."""

from __future__ import annotations

import re

from loaders.extract.prose import Found
from loaders.extract.statements import (
    LABEL,
    LABEL_BODY,
    LABEL_MARKS,
    LABEL_SIGNS,
    MEMBERS,
    OTHER_LABEL,
    PERSON_LABEL,
    PERSON_SIGNS,
    Duty,
    Person,
    first_leads_rule,
    first_signs,
    labels_end,
    read_statement,
)
from loaders.extract.units import bodies_only, given_body, is_body, split_names

_WORDS = "先行试点|先行先试|牵头|责任|责成|职责|各负其责|各司其职|统筹|主办|主责|承办|配合|协办|协同(?!发展|创新)|主抓|(?:联合|共同)(?=开展|组织|实施|推进|推动|办理)|会商|研究提出|抓总|牵总|协作|会办|具体抓|包干|归口|为主|全力支持|大力支持|积极支持|予以|给予|负责|落实|参与|参加|实施|协助|会同|主管|单位[:：]|部门[:：]"
HINT = re.compile(_WORDS)
_OPEN, _CLOSE, _PLAIN = "[(（\\[［【〔]", "[)）\\]］】〕]", r"[^()（）\[\]［］【】〔〕]"
# Most hold no brackets in them: these are read in one go.
BRACKETED = re.compile(
    rf"{_OPEN}(?P<inside>{_PLAIN}{{2,1200}}+(?={_CLOSE})|(?:{_PLAIN}|{_OPEN}{_PLAIN}{{0,60}}{_CLOSE}){{2,1200}}){_CLOSE}"
)
_SAYING = "抓总|牵总|主抓|监督|联合推进|共同推进|研究提出|先行试点|先行先试|牵头|负责|配合|落实|协办|主办|承办|参与|参加|协助|组织实施|实施|监管|指导|统筹|起草"
_CLOSES = r"(?:落实|实施|组织)?(?:[，,。；;]|$|\Z)"
# written out for each word: a search is quick to skip to the first signs of plain words, not of a group
_SAYS = re.compile(rf"{'|'.join(word + _CLOSES for word in _SAYING.split('|'))}|牵头[、，,；;]|会商(?=[省市县区州国有])|各负其责|各司其职")
_LABELS = re.compile(rf"{LABEL.pattern}|{PERSON_LABEL.pattern}")
STATES = re.compile(rf"{_LABELS.pattern}|{_SAYS.pattern}")
LABEL_LINE = re.compile(rf"[—–>-]{{0,3}}[(（\[［【〔]?\s*(?:{LABEL.pattern}|{PERSON_LABEL.pattern})")
_MORE_LABELS = re.compile(rf"{LABEL_LINE.pattern}|{MEMBERS.pattern}")  # lines that go on a statement
_NO_STATEMENT = re.compile(r"责任编辑|负责解释|联系人[:：]|联系电话|责任人?追究|以下简称|简称|此件|下称")


def read_brackets(text: str, start: int, end: int, found: Found, first: int) -> None:
    """Read the brackets of text[start:end] into `found`; `first`: a standing rule makes the first of so many bodies the lead."""
    for m in BRACKETED.finditer(text, start, end):
        a, b = m.span("inside")
        if _NO_STATEMENT.search(text, a, b):
            continue
        if not HINT.search(text, a, b) or not (_states(text, a, b) or first_leads_rule(text, a, b)):
            if not _may_be_list(text, a, b, m.end(), end):
                continue
            if term := _TERM.search(text, a, b):
                b = term.start()
            if _bare_list(text, a, b, m.end(), end):
                _keep(found, read_statement(text, a, b, "responsible", "list:bare", first), m.start(), m.end())
            continue
        read = read_statement(text, a, b, "responsible", "list:bracket", first)
        if any(read):
            _keep(found, read, m.start(), m.end())
        elif LABEL.match(text, a, b):
            found.unread.append((m.start(), m.end()))


def _states(text: str, a: int, b: int) -> bool:
    """Whether text[a:b], which a bracket opens, holds what `STATES` says: a verb, most of the time."""
    return bool(  # a label at the beginning is what most have
        _LABELS.match(text, a, b) or _SAYS.search(text, a, b) or _LABELS.search(text, a, labels_end(text, a, b))
    )


def _may_be_list(text: str, a: int, b: int, after: int, end: int) -> bool:
    """Whether a bracket stands where a list of bodies closes an item."""
    closes = after >= end or text[after] == "\n" or text[after : after + 2].rstrip("\n") == "。"
    return closes and (text[a - 1] in "【〔[" or text[a - 2 : a - 1] in "。；;\n" or text[after : after + 1] == "。")


def _bare_list(text: str, a: int, b: int, after: int, end: int) -> bool:
    """Whether a closing bracket holds nothing but names of bodies: （民政部、财政部）."""
    if b - a < 3:
        return False
    if after < end and text[after] == "。" and text.find("、", a, b) < 0:
        return False  # one name before a full stop may be an aside
    return bool(bodies_only(text, a, b, given_body if text[a - 1] in "【〔[" else is_body)) or _mostly_bodies(
        text, a, b
    )


# When a list of bodies is to be done with its task: （县民政局、县财政局，6月底前完成）
_TERM = re.compile(
    r"[，,；;。](?:(?:力争|计划|确保|于|在)?(?:\d{4}年|\d{1,2}月|每年|每月|每季|今年|本年|全年|[上下]半年|[一二三四]季度|“?十[一二三四五]五)[^，,；;。、]{0,16}|(?:长期|持续|常态化?)[^，,；;。、]{0,8}|年[底内][^，,；;。、]{0,6})。?\Z"
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
    classes = [said for said in seen if said[0][0] == "各"]
    for d in duties:
        said = name, own = d.name.text, d.role
        if said in seen:
            continue
        # 均需各县、区政府落实 says 区政府 again
        if not classes or not any(role == own and whole.endswith(name) for whole, role in classes):
            seen.add(said)
            if name[0] == "各":
                classes.append(said)
            found.duties.append((d, start, end))
    found.people += [(p, start, end) for p in people]
    found.spans.append((start, end))


def read_label_lines(text: str, start: int, end: int, found: Found, first: int) -> None:
    """Statements that begin a line or follow a full stop: `牵头单位：A　责任单位：B`."""
    position = start
    limit = labels_end(text, start, end)
    while position < limit:
        m = _LABEL_START.search(text, position - 1, limit) if position else _LABEL_TOP.match(text, 0, limit)
        if m is None and not position:
            m = _LABEL_START.search(text, 0, limit)
        if m is None:
            return
        at = m.start("label")
        if any(a <= at < b for a, b in found.spans):
            position = m.end()
            continue
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        while stop < end and (_MORE_LABELS.match(text, stop + 1, end) or text[stop - 1] in ":：、，,"):
            after = text.find("\n", stop + 1, end)
            stop = end if after < 0 else after
        tail = text.find("。", at, stop)
        if tail >= 0:
            stop = tail + 1
        if (not found.duties and _CONTACT.match(text, at, stop)) or _attended(text, at):  # of the document
            position = stop
            continue
        read = read_statement(text, at, stop, "responsible", "", first)
        if any(read):
            _keep(found, read, at, stop)
            found.own_line = found.own_line or text[at - 1 : at] in ("\n", "")
        elif stop - at < 80 and not OTHER_LABEL.match(text, at):
            found.unread.append((at, stop))
        position = max(stop, m.end())


def _attended(text: str, at: int) -> bool:
    """Whether a line lists who took part in the meeting whose minutes these are."""
    if not text.startswith(("参加", "参会"), at):
        return False
    return _MINUTES.search(text, max(0, at - 300), at) is not None or _MINUTES.search(text, at, at + 600) is not None


_MINUTES = re.compile(r"\n[ \u3000]*(?:主持|出席|列席|记录|缺席|请假)(?:人员?)?[:：]")
_CONTACT = re.compile(r"联系人\s*[:：][^\n]{2,30}(?:电话|手机|传真)")
# What a statement below several items holds for: 以上3项目标的责任单位均为…
_THESE, _OF_THEM, _TASKS = "以上|上述|前述?|该|此|本|这", "项条个", "目标|任务|工作|指标|内容|项目"
SEVERAL = re.compile(
    rf"(?:{_THESE})?(?:(?P<several>\d{{1,2}}|[二两三四五六七八九十]{{1,2}}))?[{_OF_THEM}]?(?:{_TASKS})+的?"
)
_TOP_RUN = rf"[{LABEL_BODY}{_THESE}{_OF_THEM}{_TASKS}的二两三四五六七八九十\d]*+[{LABEL_MARKS}]"
_TOP_SIGNS = rf"{LABEL_SIGNS}{PERSON_SIGNS}{first_signs(_THESE, _TASKS)}{_OF_THEM}二两三四五六七八九十\d"
_LABEL_TOP = re.compile(
    rf"[ \u3000—–>-]*+(?=[{_TOP_SIGNS}]{_TOP_RUN})(?:{SEVERAL.pattern})?(?P<label>{LABEL.pattern}|{PERSON_LABEL.pattern})"
)
_LABEL_START = re.compile(rf"[\n。；;，,:：！）)”\u3000\t\v]{_LABEL_TOP.pattern}")
