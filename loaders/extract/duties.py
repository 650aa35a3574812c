"""Duty lists: `县教育局：负责…`, `(一)县教育局。…`, `县教育局负责…` on a line under 职责分工. The duty is a task of its body."""

from __future__ import annotations

import re
from itertools import chain

from loaders.extract.prose import (
    STARTS_VERB,
    TOGETHER,
    Found,
    bodies_before,
    body_prefix,
    listed_body,
    names_after,
    names_beside,
    read_given,
)
from loaders.extract.statements import LABEL, Duty, first_signs
from loaders.extract.units import bodies_only, is_body, is_function, may_be_body, split_names
from loaders.facts import Role
from loaders.outline import Block, Outline
from loaders.text import after_last

_DUTY_HEADING = re.compile(r"职责|分工|责任")
_DONE_HOW = "具体|主要|统一|共同|分别|全面|依法"
# No sentence ends before the verb, and so most lines have none: that is looked at first.
_DUTY_SENTENCE = re.compile(
    rf"(?=[^。；;负牵承]*+[负牵承])(?P<names>[\u4e00-\u9fff()（）、，,]{{3,60}}?)(?=[{first_signs(_DONE_HOW, '按|依|根|为|负责|牵头|承担')}])"
    rf"(?:{_DONE_HOW}|(?:按照?|依据|根据)[^，,。；;]{{2,12}}|为[^，,。；;]{{2,20}}[，,])*"
    r"(?:负责(?!人(?![口才民力大防社居均事身武工群类文])|同志|制)|牵头|承担)"
)


_DUTY_CLAUSE = re.compile(
    r"(?P<names>[\u4e00-\u9fff()（）、，,]{3,60}?)(?:(?:等|具体|主要|统一|共同|分别|全面|依法|要|应当?|积极|(?:按照?|依据|根据)[^，,。；;]{2,12})[，,]?)*"
    r"(?=负责(?!人(?![口才民力大防社居均事身武工群类文])|同志|制)|牵头|承担|配合|协助|协同|组织|发挥|抓好|做好|加强|综合|对(?!外|口))"
)


def _sure_body(name: str) -> bool:
    return is_body(name) or is_function(name)


def begins_duty(text: str, block: Block) -> bool:
    """Whether a block begins with a body and what it does."""
    m = _DUTY_SENTENCE.match(text, block.body, block.end)
    return bool(m and bodies_only(text, *m.span("names"), listed_body))


def duty_sentence(shape: Outline, block: Block, owner: int) -> bool:
    """A line that begins with a body and what it does (`县民政局负责…`), under 职责分工 or in a row of such."""
    text = shape.text
    if text[block.start] in "(（[【〔":  # a statement set apart
        return False
    head = shape.blocks[owner] if owner >= 0 else None
    under = head is not None and _DUTY_HEADING.search(
        text, head.body, head.end if head.kind == "heading" else head.head_end
    )
    names = _named(text, block, bool(under))
    if names is None or _BARE_GROUP.fullmatch(text, *names):
        return False
    if under:
        return bool(bodies_only(text, *names, _sure_body))
    article = head is not None and (head.number or "").startswith("第")  # its paragraphs are its own
    return bool(not article and _in_row(text, block) and bodies_only(text, *names, listed_body))


# What may stand before the body: a dash, 按照职能分工, 在县政府的领导下,
_DASH = re.compile(r"[-—–―]{1,3}|(?:(?:按照?|根据)[^，,。；;]{2,12}[，,]|在[^，,。；;]{2,16}下[，,])+")


def _named(text: str, block: Block, under: bool) -> tuple[int, int] | None:
    """Span of the bodies that a sentence on duties begins with. In the middle of a line, among clauses of duties, 要
    says enough; `under` a heading on duties any verb does.
    """
    dash = _DASH.match(text, block.start, block.end) if text[block.start] in "-—–―按根在" else None
    start = dash.end() if dash else block.start
    cut = block.start > 0 and text[block.start - 1] != "\n"
    m = (_DUTY_CLAUSE if cut else _ROW).match(text, start, block.end)
    if m and not m.group("names"):  # 县教育局要…
        return (start, m.end() - 1)
    if m and (not under or bodies_only(text, *m.span("names"), _sure_body)):
        return m.span("names")
    size = body_prefix(text[start : min(block.end, start + 60)]) if under else 0
    said = size and (STARTS_VERB.match(text, start + size) or text.startswith("是", start + size))
    return (start, start + size) if said else None


def _numbered(text: str, block: Block) -> tuple[int, int] | None:
    """Span of the bodies that a numbered sentence on duties begins with: `(一)县教育局负责…`."""
    m = _DUTY_SENTENCE.match(text, block.body, block.end) if block.kind == "item" else None
    return m.span("names") if m and m.end() < block.end and bodies_only(text, *m.span("names")) else None


_WHOSE_DUTY = re.compile(r"(?:的?(?:主要|工作|具体)*(?:职责|责任))?[。:：]?\Z")


def whose_duty(text: str, start: int, end: int) -> int:
    """Where the name ends in a heading such as 县教育局职责."""
    tail = _WHOSE_DUTY.search(text[start:end]) if text[end - 1] in "责任。:：" else None
    return start + tail.start() if tail else end


def _in_row(text: str, block: Block) -> bool:
    """Whether a duty is one of three or more in a row, on lines of their own or in one line."""
    if (block.start > 0 and text[block.start - 1] != "\n") or text[block.end : block.end + 1] not in ("", "\n"):
        return True
    count, at = 1, block.end + 1
    while count < 3 and _ROW.match(text, at):
        count, at = count + 1, text.find("\n", at) + 1 or len(text)
    at = block.start - 1
    while count < 3 and at > 0 and _ROW.match(text, line := text.rfind("\n", 0, at) + 1):
        count, at = count + 1, line - 1
    above = text[max(0, block.start - 8) : block.start].rstrip("\n")[-1:]
    return count > 2 or (count > 1 and above in tuple("；;"))


_ROW = re.compile(
    rf"{_DUTY_SENTENCE.pattern}|(?=.{{3,22}}要)[\u4e00-\u9fff]{{2,20}}(?:局|委|办|部|厅|院|社|会|中心|公司)要"
)
_BARE_GROUP = re.compile(
    r"(?:县|市|区|省|州)?(?:委员会|办公室)(?:办公室)?|[\u4e00-\u9fff]*(?:领导小组|指挥部|联席会议|专班|工作组)"
)


_DUTY_HEAD = re.compile(
    # a look ahead first: most lines have no such sign behind their first words
    r"(?=[\u4e00-\u9fff()（）、，,]{2,}+[:：\u3000—])(?P<names>[\u4e00-\u9fff()（）、，,]{2,60}?)(?P<duties>的?(?:主要|工作|具体)*职责)?(?:[:：\u3000]|——)(?=\S)"
)
# What follows the names of addressees in a letter, and of a committee in a list of its members.
NO_DUTY = re.compile(
    r"[\s。:：]*(?:现[将就]|项目|总投资|占地|位于|(?:牵头|参加|责任|主办|配合)单位|[\u4e00-\u9fff○〇]{4}年[\u4e00-\u9fff]{1,3}月|由(?=[^，,。；;]{2,60}(?:牵头|负责|组成))|你[们局委办厅部市县区省州院司单]|《[^》]+》(?:已|业)经?|经[^，,。]{2,20}(?:同意|研究)"
    r"|(?:名誉|常务|第一|执行)?副?\s*(?:组\s*长|主\s*任(?:\s*委\s*员)?|总?\s*指\s*挥(?:\s*长)?|召\s*集\s*人|会\s*长|成\s*员)\s*[:：])"
)
_PAGE_DATA = re.compile(
    r"(?:电话|地址|邮箱|传真|(?:发布|发文|制发|印发|签发|公开)(?:机关|机构|单位|部门))$|^(?:主送|抄送|来源|附件)"
)


_NAMES_APART = re.compile(r"[\u4e00-\u9fff·]{1,16}(?:\u3000[\u4e00-\u9fff·]{1,16}){2,}")
_DUTY_VERB = re.compile(r"(?:具体|主要|统一)?(?:负责|牵头|承担|配合|协助|组织|指导|做好|会同|按照?(?:各自|有关)?职责)")


def duty_head(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Span of the bodies that a duty line begins with (`县教育局：负责…`), None for any other line."""
    m = _DUTY_HEAD.match(text, start, min(end, start + 80))
    if not m or end - m.end() < 4:
        return None
    if text[m.end() - 1] == "\u3000" and (_NAMES_APART.fullmatch(text, m.end(), end) or bodies_only(text, m.end(), end)):
        return None  # a line of names, as under a joint document or of who was present
    if NO_DUTY.match(text, m.end(), end) or (m.group("duties") and _BARE_GROUP.fullmatch(m.group("names"))):
        return None
    sure = m.group("duties") is not None or _DUTY_VERB.match(text, m.end()) is not None
    if not bodies_only(text, *m.span("names"), may_be_body if sure else is_body):
        return None
    if LABEL.match(text, start) or _PAGE_DATA.search(m.group("names")):
        return None
    return m.span("names")


def named_duty(text: str, block: Block, end: int, under: bool = False) -> bool:
    """An item whose title is a body: `(一)县教育局。负责…`, or a heading that is one; `under` a heading on duties any may be."""
    stop = block.head_end
    if block.style < 2 or stop <= block.body or stop - block.body > 80 or stop + 4 >= end:
        return False
    known = listed_body if under else _sure_body if text[stop - 1] == "门" else is_body
    names = bodies_only(text, block.body, stop, known)
    if not names or any(n.text[0] != "各" and _PLACE_OR_GROUP.search(n.text) for n in names):
        return False
    if NO_DUTY.match(text, stop, end):
        return False
    own = _DUTY_SENTENCE.match(text, stop + 1, end)  # those that the text names carry it, not the class in the heading
    return not (own and bodies_only(text, *own.span("names")))


_PLACE_OR_GROUP = re.compile(r"(?:(?:工作组|领导小组|专班|指挥部|联席会议)$|(?<!警备)[镇乡县市区州盟旗省村场园])$")


def says_duty(shape: Outline, block: Block, end: int) -> bool:
    """Whether a block says a body's duty: `A局：…`, `(一)A局。…`, or `A局负责…` on a line under 职责分工."""
    text = shape.text
    if duty_head(text, block.body, block.end):
        return True
    if block.style < 2:
        return block.style < 0 and duty_sentence(shape, block, block.parent)
    head = shape.blocks[block.parent] if block.parent >= 0 else None
    under = head is not None and _DUTY_HEADING.search(text, head.body, head.head_end) is not None
    return named_duty(text, block, end, under) or (under and _numbered(text, block) is not None)


_OWN_LEAD = re.compile(
    r"(?:^|[，,；;。:：.．、\n])(?:负责|主要|要|依法|具体)?(?:按照[^，,；;。]{2,12}[，,])?(?:履行|发挥)?牵头(?!单位|部门|人)"
)
_ONLY_HELPS = re.compile(r"(?:要|应当?|积极|密切|主动|全力|负责)*(?:配合|协助|支持)[^，,；;。]*[。；;]?")
_ALSO = re.compile(
    r"[，,；;。](?P<names>[\u4e00-\u9fff()（）、]{3,60}?)(?:具体|主要|分别|共同)*(?=负责(?!人(?![口才民力大防社居均事身武工群类文])|同志|制))"
)
_CLAUSE = re.compile("[^，,；;。:：]+")
_HELP = re.compile("配合|协助|参与|参加")
_HELPS = re.compile(
    rf"(?P<names>[^，,；;。:：]{{2,60}}?)(?:积极|密切|共同|协同|做好|负责|依法|予以)*(?:{_HELP.pattern})"
)
_OTHERS = re.compile(r"(?:^|[；;。])(?P<names>[^；;。:：]{2,60}?)(?:等部门|等单位)?(?:要|应当?)(?!对|求|急)")


_TEAM = re.compile(r"[\u4e00-\u9fff、]{2,16}[组队][:：](?:成员(?:单位)?[:：])?(?P<names>[^。；;:：\n]{4,300})[。；;\n]")


def read_team(text: str, block: Block, end: int, found: Found) -> None:
    """`救援组：A、B、C。负责…`: the bodies that make up a team are responsible for its work."""
    team = _TEAM.match(text, block.body, end)
    names = bodies_only(text, *team.span("names")) if team else []
    if team and len(names) > 1:
        known = {d.name.text for d, _, _ in found.duties if d.name.start < team.end()}
        at = block.start, team.end() - 1
        found.duties += [(Duty(n, "responsible", "team:list"), *at) for n in names if n.text not in known]


def read_duty(text: str, block: Block, start: int, end: int, found: Found) -> None:
    """`县教育局:负责…,会同县财政局…`: the body is responsible, or leads; those it works with assist."""
    head = duty_head(text, block.body, block.end)
    said = None if head else _named(text, block, under=True) if block.style < 0 else _numbered(text, block)
    a, b = head or said or (block.body, whose_duty(text, block.body, block.head_end))
    begin = b if said else b + 1
    names = split_names(text, a, b)
    own = {n.text for n in names}
    duty = text[begin:end]
    leads = _OWN_LEAD.search(duty) is not None
    only_leads = (
        leads
        and re.match(
            r"\s*(?:\d+[.．、])?(?:负责)?牵头(?:[，,](?:具体)?负责)?(?!.{0,200}(?<!牵头)负责)", duty.replace("\n", "")
        )
        is not None
    )
    for n in names:
        if leads:
            found.duties.append((Duty(n, "lead", "duty-list:牵头"), start, end))
        if not only_leads:
            role: Role = "assist" if _ONLY_HELPS.fullmatch(duty.strip()) else "responsible"
            found.duties.append((Duty(n, role, "duty-list"), start, end))
    seen = set(own)
    for m in TOGETHER.finditer(text, begin, end):
        comma = after_last(text, "，,；;。", max(begin, m.start() - 60), m.start())
        for n in names_beside(text, comma, m.start()) or names_after(text, m.end(), end):
            if n.text not in seen:
                seen.add(n.text)
                found.duties.append((Duty(n, "assist", f"verb:{m.group()}"), start, end))
    for m in _ALSO.finditer(text, begin, end):  # another body's own duty in the same line
        others = bodies_only(text, *m.span("names"), may_be_body)
        for n in others if any(is_body(o.text) for o in others) else ():
            if n.text not in seen:
                seen.add(n.text)
                found.duties.append((Duty(n, "responsible", "verb:负责"), start, end))
    given = Found()
    read_given(text, begin, min(end, block.end), given, {(name, "responsible") for name in seen})
    for charge in given.duties:
        if charge[0].name.text not in seen:
            seen.add(charge[0].name.text)
            found.duties.append(charge)
    # 配合 is sought within one clause: in those without it the search would begin at each sign in vain
    clauses = [c.span() for c in _CLAUSE.finditer(text, begin, end) if _HELP.search(c[0])]
    for pattern, rule, spans in (
        (_HELPS, "verb:配合", clauses),
        (_OTHERS, "duty-list:others", [(begin, end)] if "要" in duty or "应" in duty else []),
    ):
        for m in chain.from_iterable(pattern.finditer(text, *span) for span in spans):
            for n in bodies_before(text, m.start("names"), m.end("names")):
                if n.text not in seen:
                    seen.add(n.text)
                    found.duties.append((Duty(n, "assist", rule), start, end))
