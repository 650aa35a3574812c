"""One statement of responsibility → who is in which role.

A statement is what stands in the brackets that close an item, on a label line, in a table cell or in a clause of
running text: `牵头部门:A,责任部门:B、C`, `A牵头,B、C配合,各县区落实`, `由A会同B组织实施`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from loaders.extract.units import BODY_END, Name, ends_as_body, split_names
from loaders.facts import Answer, Assignment, Role, Task
from loaders.text import after_last


@dataclass(slots=True)
class Duty:
    """One body in one role, with the span of its name and the rule that read it."""

    name: Name
    role: Role
    rule: str


@dataclass(slots=True)
class Person:
    """A person named as answering for the task."""

    name: str
    post: str | None
    start: int
    end: int
    rule: str


_LEAD = "总?牵头|主办|领办|领衔|统筹|发起"
_ASSIST = "协管|会签|指导|配合|协办|会办(?!公|事)|协同|协助|参与|参加|参建|支持|提供|协作"
_RESPONSIBLE = "主责|行业主管|行业监管|起草|调研|编制|承接|审批|受理|项目|帮扶|督办|督导|督查|监督|验收|考核|责任|主管|承办|承担|承接|实施|落实|执行|完成|负责|办理|分办|独办|监管|考核|组织|推进|建设|包保|落地|填报|直接责任|主体责任|任务|整改"
_BODY_NOUN = "部门|单位|机构|机关|主体|处室|科室|部委|厅局|司局|委办局|股站|站所|庭室|区县|县区|市县|镇街|乡镇|镇办|地区|企业|科室|股室|集体|局委|方"
_WHOSE = "业务|数据|资料|技术|第一|主要|整改|监管|承接后|调整后|变更后|现|结对|共同|具体|区级|市级|省级|县级|本级|属地|各|相关|镇级|总|部门|工作|任务"


def first_signs(*words: str) -> str:
    """The signs that alternatives of plain words begin with, `总?牵头` with two: a search is quick to leave the rest."""
    signs = {
        word[i] for several in words for word in several.split("|") for i in ((0, 2) if word[1:2] == "?" else (0,))
    }
    return "".join(sorted(signs))


def last_signs(*words: str) -> str:
    """The signs that alternatives of plain words end with; both where the last one may be missing (`人员?`)."""
    ends = [word for several in words for word in several.split("|")]
    return "".join(sorted({word.rstrip("?")[-1] for word in ends} | {word[-3] for word in ends if word[-1] == "?"}))


LABEL_SIGNS = rf"{first_signs(_WHOSE, _LEAD, _ASSIST, _RESPONSIBLE)}〔【\["
LABEL = re.compile(
    rf"(?<!原)(?=[{LABEL_SIGNS}])(?:(?:{_WHOSE})*(?P<role>{_LEAD}|{_ASSIST}|{_RESPONSIBLE})"
    rf"(?:[、和及与/（(]*(?P<second>{_LEAD}|{_ASSIST}|{_RESPONSIBLE})[)）]?)?(?:责任)?(?:{_BODY_NOUN})(?:[(（][^()（）:：]{{1,16}}[)）])?(?P<person>及?(?:责任)?(?:领导|人员?))?\s*(?:[:：]|(?<=\u3000)|均?[为是](?=[\u4e00-\u9fff]))"
    rf"|(?P<bare>{_LEAD}|{_ASSIST}|主责|(?:主体|监管|属地|行业|管理|直接)?责任|承办|分办|独办|负责|落实|督导|督办)\s*[:：]|(?<![\u4e00-\u9fff])[〔【\[](?P<boxed>{_LEAD}|{_ASSIST}|主责|责任|承办|负责|落实)(?:{_BODY_NOUN})?[〕】\]][:：]?)"
    rf"|(?<![\u4e00-\u9fff])(?P<joined>{_LEAD}|{_ASSIST}|责任|主责|承办)单位(?=[省市县区州盟旗镇乡][\u4e00-\u9fff])"
)
_PERSON_WHOSE = "牵头|责任|负责|配合|协助|分管|包保|挂包|包联|联系|市级|县级|区级|省级|主管|主要|第一|直接|具体|带班|督导|部门|单位|总|局|委|市政府|县政府|区政府|省政府|州政府|市|县|区|省|州"
_PERSON = "责任人|负责人|领导|联系人|联络员|包抓人|责任人员|经办人"
PERSON_SIGNS = first_signs(_PERSON_WHOSE, _PERSON) + "【"
PERSON_LABEL = re.compile(
    rf"(?=[{PERSON_SIGNS}])(?:(?:{_PERSON_WHOSE})*(?:{_PERSON})(?:及[^:：]{{1,6}})?\s*[:：]|【(?:{_PERSON_WHOSE})*(?:{_PERSON})】[:：]?)"
)
_TERM_WHOSE, _TERM = "完成|办结|整改|时限|时间|进度|推进|工作|任务|计划|目标", "时限|时间|期限|节点|要求|安排|进度|年限"
_ASIDE = "备注|说明|依据|目标|任务|内容|措施|联系电话|电话|标准|成果"
_OTHER_SIGNS = first_signs(_TERM_WHOSE, _TERM, _ASIDE)
OTHER_LABEL = re.compile(
    rf"(?=[{_OTHER_SIGNS}])(?:(?:{_TERM_WHOSE})*(?:{_TERM})(?:要求|节点|安排)?\s*[:：]|(?:{_ASIDE})\s*[:：])"
    r"|【[\u4e00-\u9fff]{2,8}】[:：]?"
)
MEMBERS = re.compile(
    r"成员单位(?:[:：]|[有为是](?=[\u4e00-\u9fff]))"
)  # beside a lead they assist; alone they make up a group
_ANY_LABEL = re.compile(
    rf"(?=[成{LABEL_SIGNS}{PERSON_SIGNS}{_OTHER_SIGNS}])(?:{LABEL.pattern}|(?P<members>{MEMBERS.pattern})|(?P<who>{PERSON_LABEL.pattern})|(?P<other>{OTHER_LABEL.pattern}))"
)

# Each label ends with a colon, a wide blank, a closing bracket, a word behind a noun (`责任单位为县民政局`), or with 单位
# before a place.
_NOUN_ENDS = last_signs(_BODY_NOUN, "领导|人员?", ")|）")
_SPOKEN_END = re.compile(
    rf"[为是位](?:(?<=[{_NOUN_ENDS}\s][为是])|(?<=[{_NOUN_ENDS}\s]均[为是])"
    r"|(?<=单位)(?:(?=[省市县区州盟旗镇乡][\u4e00-\u9fff])|(?=有)))"
)

_LABEL_ENDS = ":：\u3000】〕]"

# Behind its first sign a label is made of the signs of its words, and of what joins two of them, up to one of these.
LABEL_MARKS = r":：(（〔【\[〕】\]为是均及位\s"
LABEL_BODY = "".join(
    sorted(
        {*_WHOSE, *_LEAD, *_ASSIST, *_RESPONSIBLE, *_BODY_NOUN, *_PERSON_WHOSE, *_PERSON, *"、和与/)）"}
        - {*LABEL_MARKS}
    )
)


def labels_end(text: str, start: int, end: int) -> int:
    """How far text[start:end] need be searched for labels: none is told from what stands behind; `start` for nowhere."""
    said = text[start:end]
    last = max([said.rfind(mark) for mark in _LABEL_ENDS if mark in said], default=-1)
    if last >= 0:
        said = said[last:]
        last = start + last
    if "为" in said or "是" in said or "单位" in said:
        for spoken in _SPOKEN_END.finditer(text, max(start, last), end):
            last = spoken.start()
    return min(last + 4, end) if last >= 0 else start  # the patterns look at the three signs behind it


_ADVERB = (
    r"(?:共同|分别|具体|统一|主要|全面|联合|分级|集中|统筹|直接|均|都|要|应当?|依法|依职权|予以|给予|同|总体?|等(?:[\u4e00-\u9fff]{0,8}?(?:部门|单位|机构|地区|地方|企业|方面)(?:和(?:单位|部门|地方))?)?"
    r"|(?:按照?|依照?|依据|根据|结合|在)?(?:各自|本部门|本单位|有关|部门|法定)?(?:的)?(?:职责|职能|责任|权限|任务)(?:和?(?:分工|职责|权限|范围|要求))?(?:内|分别)?|(?:按照?|根据)?分工|各负其责|各司其职|密切|积极|做好|抓好|，|,)*"
)
_VERB_LEAD = r"(?:(?:负责)?(?:总?牵头|主办|领办|领衔|主抓|总?抓总|牵总)|统筹(?=$|[，,；;。]|负责|协调|推进|抓总))(?:主办|负责|落实|实施|推进|组织|抓好|协调|办理|承办|推动|开展|制定|完成|抓总|总)*"
_VERB_ASSIST = r"(?:负责)?(?:协同|配合|协助|协办|会办(?!公|事)|参与|参加|支持|协作)(?:配合|落实|实施|推进|做好|负责|组织|开展|完成|办理|支持|协助)*|(?:承担|提供|给予|予以)[\u4e00-\u9fff]{0,6}(?:支撑|支持|协助|指导)|(?:技术|资金|业务)(?:支持|支撑)(?=$|[，,；;。])|指导(?=$|[，,；;。])|协调(?:推动|推进|配合|指导)"
_VERB_RESPONSIBLE = (
    r"(?:分工|承担|组织|落实|实施|承办|主责|主抓|执行|办理|完成|推进|推动|抓好)*(?:负责|落实|承担|承办|实施|组织|主责|执行|办理|推进|抓好|完成|主管|督办|抓)"
    r"(?:组织|落实|实施|推进|办理|抓好|具体|执行|承办|完成|开展|做好|推动|协调|到位|建设|监管|督导|指导)*"
    r"|(?:做好|抓好|开展|提供|督促|指导|加强)[\u4e00-\u9fff]{2,20}|(?:先行|率先)?试点(?=$|[，,；;。])|先行先试|各负其责|各司其职|监[管督](?=$|[，,；;。])|保障(?:资金|经费|供应|用地|投入)|研究(?:提出|制定)"
)
_NOUN_FORM = r"(?:为|作为|是)(?:第一|共同|主要|直接|首要|具体)?(?P<noun>牵头|主办|责任|主责|承办|配合|协办|参与|实施|协同)(?:责任)?(?:单位|部门|主体|科室|处室)"
_VERB = re.compile(
    rf"(?P<adverb>{_ADVERB})(?:(?P<lead>{_VERB_LEAD})|(?P<assist>{_VERB_ASSIST})|{_NOUN_FORM}|(?P<responsible>{_VERB_RESPONSIBLE}))(?!单位|部门|[部局办委处科室站员人制党])"
)
_VERB_WORD = re.compile(
    "牵头|主办|领办|领衔|统筹|指导|支撑|协调|各负其责|各司其职|监管|协同|配合|协助|协办|会办|参与|参加|支持|协作|为|是|负责|落实|承担|承办|实施|组织|主责|执行|办理|推进|抓|完成|主管|督办"
    "|做好|开展|提供|督促|指导|加强|试点|先行先试|抓总|牵总|会商|监督|保障|研究"
)  # each verb holds one
# What may stand before a verb is a body's end; so 组织 in 组织部 is no verb.
_AFTER_BODY = re.compile(
    rf"(?:(?<=移动|联通|电信|铁塔|石化|石油|国网|邮政)|(?<=[局厅委办部院署所处室科站台馆队组会社心司团行政府道区县市州盟旗镇乡省村位门构家校联协商关税务运业企海级园场股校段厂矿学)）]))(?P<tail>{_VERB.pattern})"
)
# 商 that is no beginning or end of a word for trade: 省计委商省农业厅
NO_TRADE = "(?![务业会贸联品标户场店圈行])"
_JOINT = re.compile(
    rf"会同|联合(?!会|社|体|国|大学|执法|检查|调度)|会商(?=[省市县区国有])|商(?=[省市县区]|有关|(?<=[部委局厅办署院行]商){NO_TRADE}[\u4e00-\u9fff]{{1,12}}[部委局厅办署院会行])|会(?<=[部委局厅办署]会)(?<!常委会)(?![计同议商展员])(?=[\u4e00-\u9fff]{{2,14}}[部委局厅办署院会])"
)
# Where a list of names turns into a sentence on how they work.
_SENTENCE = re.compile(
    r"(?:按(?<=.按)(?:照|(?!照))|根(?<=.根)据|依(?<=.依)据|本(?<=.本)着|坚(?<=.坚)持)(?!(?:各自|本部门|本单位|有关|部门|法定)?的?(?:职责|职能|责任|权限|任务|分工))"
)
FIRST_LEADS = re.compile(
    r"(?:列|排|排列|排名|排序|名列|位列)(?:在)?(?:首位|第一位?|第1位?|首个|最前面?|最前列|前面|首)(?:的)?(?:者|单位|部门|责任单位|责任部门)?(?:的)?(?:，|,)?(?:为|是|即为|系|作为)?(?:该项|本项|工作|任务)*(?:总?牵头|主办|主责)"
    r"|(?:首位|第一(?:个|位|家|责任)?|第1(?:个|位)?|首个|打头)(?:的)?(?:责任)?(?:单位|部门|责任单位|者)?(?:为|是|即为|系|作为)(?:该项|本项|工作|任务)*(?:总?牵头|主办)"
    r"|(?:单位|部门)?(?:第一|首)(?:个|位|(?=[单部责]))(?:列出|列明|所列)?的?(?:责任)?(?:单位|部门)?(?:负责|为)?牵头"
)
_FIRST_WORD = re.compile("首|第一|第1|最前|前面|打头")  # each sentence that `FIRST_LEADS` finds holds one
_NO_LEAD = r"(?:无|未(?:明确|列|标明|注明|设)|没有)(?:明确)?(?:的)?"
_LEAD_OR = re.compile(r"牵头(?:单位|部门)的?[，,]?(?:由)?(?:其)?责任(?:单位|部门)")
_ALL_LEAD = re.compile(rf"{_NO_LEAD}{_LEAD_OR.pattern}(?:均)?(?:即)?(?:为|是|视为|作为|同时为)?(?:共同)?牵头")


def first_leads_rule(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first words in text[start:end] that make the first of a list the lead, None when there are none."""
    for word in _FIRST_WORD.finditer(text, start, end):
        if rule := FIRST_LEADS.search(text, max(start, word.start() - 4), min(end, word.start() + 48)):
            return rule
    return None


def all_lead_rule(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first words in text[start:end] that let responsible bodies lead where no lead is named, None for none."""
    rare = _LEAD_OR.search(text, start, end)  # what `_NO_LEAD` says before it takes six signs at most
    return _ALL_LEAD.search(text, max(start, rare.start() - 6), end) if rare else None


_LABEL_TAIL = "：: \u3000为是"  # what ends a label
_LEADS = re.compile("牵头|牵总|抓总|主抓|为主(?!管|体|要)|主办|领办|领衔|统筹|发起|组长单位")
ASSISTS = re.compile(f"{_ASSIST}|成员单位")


@lru_cache(maxsize=1024)
def role_of(word: str) -> Role:
    """The role that a label's or verb's word gives."""
    if _LEADS.search(word):
        return "lead"
    if ASSISTS.search(word) and "责任单位" not in word:
        return "assist"
    return "responsible"


def read_statement(
    text: str, start: int, end: int, role: Role = "responsible", rule: str = "", first_leads: int = 0
) -> tuple[list[Duty], list[Person]]:
    """Who does what in text[start:end]; `role` and `rule` are what the place itself says (a column, a label).

    `first_leads`: a standing rule makes the first of a list of so many responsible bodies or more the lead; 0: none does.
    """
    duties: list[Duty] = []
    people: list[Person] = []
    ordered = first_leads_rule(text, start, end) is not None
    first_leads = first_leads or int(ordered)
    position = start
    label: Role = role
    name = rule
    kind = "role"
    for m in [*_ANY_LABEL.finditer(text, start, labels_end(text, start, end)), None]:
        stop = m.start() if m else end
        if stop > position:
            if kind == "role":
                duties += _read_clauses(text, position, stop, label, name, ordered)
            elif kind == "who":
                people += read_people(text, position, stop, name)
        if m is None:
            break
        position = m.end()
        word = m["role"] or m["bare"] or m["boxed"] or m["joined"] or (m["members"] and "成员单位")
        if word:
            kind, label = "role", role_of(word)
            name = f"label:{m.group().rstrip(_LABEL_TAIL)}"
        elif m.group("who"):
            kind, name = "who", f"label:{m.group().rstrip('：: ')}"
        else:
            kind = "other"
    if 0 < first_leads <= len(duties) and not any(d.role == "lead" for d in duties):
        first = min(duties, key=lambda d: d.name.start)
        if first.role == "responsible" and not first.name.collective:
            first.role, first.rule = "lead", "order:first-is-lead"
    return duties, people


def _read_clauses(text: str, start: int, end: int, role: Role, rule: str, ordered: bool) -> list[Duty]:
    m = first_leads_rule(text, start, end) if ordered else None
    if m:
        end = _clause_start(text, start, m.start())
    m = _SENTENCE.search(text, start, end)
    if m:
        end = m.start()
    verbs = _VERB_WORD.search(text, start, end) is not None
    joins = _JOINT.search(text, start, end) is not None
    # a mere list, as most are behind a label
    if not verbs and not joins and (rule.startswith("label") or not _HALTS.search(text, start, end)):
        listed = text[start:end]
        if not _BRACKET.search(listed):
            begin = end - len(listed.lstrip(_SEPARATORS))
            stop = start + len(listed.rstrip(_SEPARATORS))
            return _assign(text, [(begin, stop)], role, rule) if stop > begin else []
    duties: list[Duty] = []
    pending: list[tuple[int, int]] = []  # spans of names that wait for their verb
    joint: list[tuple[int, int]] = []  # the same behind 会同
    joined = False
    spoken = False
    for begin, stop in _atoms(text, start, end):
        if pending and not joined and text[begin - 1] in "；;" and not rule.startswith("label"):
            duties += _assign(text, pending, role, rule)
            pending = []
        while begin < stop:
            m = _JOINT.search(text, begin, stop) if joins else None
            v = None
            if verbs and _VERB_WORD.search(text, begin, stop):
                v = _AFTER_BODY.search(text, begin, stop)
                if v is None and (pending or joint):
                    v = _VERB.match(text, begin, stop)
            if (
                m
                and (v is None or m.start() < v.start())
                and (m.start() == begin or BODY_END.search(text, begin, m.start()) or text[begin] == "由")
            ):
                if m.start() > begin:
                    pending.append((begin, m.start()))
                joined = True
                begin = m.end()
                continue
            if v is None:
                (joint if joined else pending).append((begin, stop))
                break
            at = v.start() if v.re is _VERB else v.start("tail")
            if at > begin:
                (joint if joined else pending).append((begin, at))
            said = _said(v)
            if said == "lead" and len(pending) > 1:
                # `各镇街道，A局牵头`: a class before a comma carries out what A leads
                classes = _classes_before_comma(text, pending)
                duties += _assign(text, pending[:classes], "responsible", f"verb:{_word(v)}")
                pending = pending[classes:]
            if said == "assist" and role != "assist" and rule and not spoken:
                # `责任单位：A，B协助`: what stands before the comma is what the label says
                own = _before_last_comma(text, pending)
                duties += _assign(text, pending[:own], role, rule)
                pending = pending[own:]
            if said is not None:
                duties += _assign(text, pending, said, f"verb:{_word(v)}")
                duties += _assign(text, joint, "assist", "verb:会同")
                pending, joint, joined, spoken = [], [], False, True
            begin = v.end()
    duties += _assign(text, joint, "assist", "verb:会同")
    left = "responsible" if spoken and role == "lead" and not rule.startswith("label") else role
    duties += _assign(text, pending, left, "" if spoken else rule)
    return duties


def _before_last_comma(text: str, spans: list[tuple[int, int]]) -> int:
    """How many spans stand before the last comma between them."""
    return max((i + 1 for i, (_, end) in enumerate(spans[:-1]) if text[end] in ",，(（"), default=0)


def _classes_before_comma(text: str, spans: list[tuple[int, int]]) -> int:
    """How many spans at the beginning are classes of bodies set off by a comma from single bodies."""
    for i, (_, end) in enumerate(spans[:-1]):
        if text[end] in ",，":
            names = split_names(text, spans[0][0], end)
            rest = split_names(text, spans[i + 1][0], spans[-1][1])
            if names and all(n.collective for n in names) and not any(n.collective for n in rest):
                return i + 1
    return 0


def _clause_start(text: str, start: int, at: int) -> int:
    i = after_last(text, ",，;；。(（", start, at) - 1
    return i if i > start else at


# Who helps one body of a list: 县应急办（县疾控中心协助）
_INNER = re.compile(
    r"[(（](?<=[\u4e00-\u9fff].)[^()（）]{2,30}[局委办厅部院处室站队会社司政府心校](?:配合|协助|协办|参与|参加)[)）]"
)


def _atoms(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between separators outside brackets."""
    spans: list[tuple[int, int]] = []
    begin = start
    depth = 0
    asides = {at for m in _INNER.finditer(text, start, end) for at in (m.start(), m.end() - 1)}
    for m in _ATOM_SIGN.finditer(text, start, end):
        sign, i = m[0], m.start()
        if sign in "(（[［〔" and i not in asides:
            depth += 1
        elif sign in ")）]］〕" and i not in asides:
            depth = max(0, depth - 1)
        elif depth == 0:
            if i > begin:
                spans.append((begin, i))
            begin = i + 1
    if end > begin:
        spans.append((begin, end))
    return spans


_SEPARATORS = "，,；;。、\n\v\t\u3000"
_BRACKET = re.compile(r"[(（\[［〔)）\]］〕]")
_ATOM_SIGN = re.compile(rf"[{_SEPARATORS}]|{_BRACKET.pattern}")
_HALTS = re.compile("[；;]")


def _said(m: re.Match[str]) -> Role | None:
    if m.group("lead"):
        return "lead"
    if m.group("assist"):
        return "assist"
    if m.group("noun"):
        return role_of(m.group("noun"))
    return "responsible" if m.group("responsible") else None


def _word(m: re.Match[str]) -> str:
    return m.group("lead") or m.group("assist") or m.group("noun") or m.group("responsible") or ""


def _assign(text: str, spans: list[tuple[int, int]], role: Role, rule: str) -> list[Duty]:
    if not spans:
        return []
    plain = rule.startswith(("label", "table"))
    duties: list[Duty] = []
    marks = 0
    for n in split_names(text, spans[0][0], spans[-1][1]):
        d = _marked(n, role, rule) if n.text[-1] in ")）〕］]】" else Duty(n, role, rule)
        name = d.name.text
        if _is_name(name) and (plain or ends_as_body(name)):
            duties.append(d)
            marks += d.rule.startswith("mark:")
    if marks > 1:
        _share_marks(text, duties)
    if len(duties) > 2 and len({d.name.text for d in duties}) < len(duties):
        count = Counter(d.name.text for d in duties)
        duties = [d for d in duties if count[d.name.text] < 3]  # thrice in one list: broken print
    return duties


_REMARK = re.compile(r"(?<=[局委办部厅院队司中心])[(（](?P<inside>[^()（）]{2,60})[)）]$")
_MARK = re.compile(
    r"[(（〔［\[【](?P<word>总?牵头|主办|主|辅|负责|配合|协办|责任|主责|参与|参加|协助)(?:单位|部门)?[)）〕］\]】]$"
)


def _share_marks(text: str, duties: list[Duty]) -> None:
    """`A（牵头），B、C（配合）`: a mark that ends a clause holds for the names before it in that clause."""
    for earlier, d in zip(reversed(duties[:-1]), reversed(duties[1:]), strict=True):
        between = text[earlier.name.end : d.name.start]
        if d.rule.startswith("mark:") and not earlier.rule.startswith("mark:") and not _CLAUSE_MARK.search(between):
            earlier.role, earlier.rule = d.role, d.rule


_CLAUSE_MARK = re.compile("[，,；;。\n]")


def _qualifies(inside: str) -> bool:
    """Whether a bracket behind a name belongs to it: `市农业农村局(市乡村振兴局)`; not a remark on the list."""
    return ends_as_body(inside) and first_leads_rule(inside, 0, len(inside)) is None


def _marked(name: Name, role: Role, rule: str) -> Duty:
    """`县民政局（牵头）`: a remark in the brackets that close a name says the role."""
    m = _MARK.search(name.text)
    if not m:
        m = _REMARK.search(name.text)
        if m and ends_as_body(name.text[: m.start()]) and not _qualifies(m.group("inside")):
            kept = name.text[: m.start()]
            name = Name(kept, name.start, name.start + len(kept), name.collective)
        return Duty(name, role, rule)
    cut = Name(name.text[: m.start()], name.start, name.end - (len(name.text) - m.start()), name.collective)
    word = m.group("word")
    return Duty(cut, role_of({"主": "主办", "辅": "协助"}.get(word, word)), f"mark:{word}")


_NOT_A_NAME = re.compile(
    r"谁|原则|要求|履行|加强|下同|以下|负责制|法定|本(?:单位|部门|级|方案|意见)|[。！？]|的(?!.*(?:部门|单位|机构|企业)$)|年底|月底|持续|长期|^\d(?!\d*个[\u4e00-\u9fff]{0,2}[街乡镇县区市])|[%％]|完成|推进|时限|^(?:牵头|责任|配合|主办|承办|协办|其他|其它|协助|落实|负责|分工|无|略|等|同上|列|首位)(?:单位|部门)?$|^[(（][无略][)）]$"
)


@lru_cache(maxsize=65536)
def _is_name(name: str) -> bool:
    return 2 <= len(name) <= 45 and not _NOT_A_NAME.search(name)


_SURNAME_NAME = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff·]{1,3}")
_HAN = re.compile(r"[\u4e00-\u9fff][\u3000 ]?[\u4e00-\u9fff·]{1,3}(?:[\u3000 ]?[\u4e00-\u9fff])?")
_POST_FIRST = re.compile(
    r"(?P<post>[\u4e00-\u9fff]{0,20}?(?:书记|县长|市长|区长|省长|镇长|乡长|局长|主任|厅长|部长|主席|秘书长|处长|科长|常委|领导|负责人|院长|行长|总经理|董事长))(?P<name>[\u4e00-\u9fff]{2,4})?"
)


_WHO = re.compile(r"(?P<who>[^、,，;；\n\v\t()（）。]+)(?:[(（](?P<post>[^()（）]{2,30})[)）])?")
_NOT_OF_NAME = re.compile(r"[ \u3000]|同志$")


def read_people(text: str, start: int, end: int, rule: str) -> list[Person]:
    """People of a list that names who answers: `张三、李四`, `副县长王五`, `赵六（县教育局局长）`."""
    people: list[Person] = []
    for m in _WHO.finditer(text, start, end):
        who = m.group("who").strip(" \u3000")
        begin = m.start("who") + len(m.group("who")) - len(m.group("who").lstrip(" \u3000"))
        bare = _NOT_OF_NAME.sub("", who)
        post = m.group("post")
        titled = _POST_FIRST.fullmatch(bare)
        if titled and titled.group("name"):
            people.append(Person(titled.group("name"), titled.group("post"), begin, begin + len(who), rule))
        elif (
            2 <= len(bare) <= 4
            and _SURNAME_NAME.fullmatch(bare)
            and not ends_as_body(bare)
            and not _POST_FIRST.fullmatch(bare)
        ):
            people.append(Person(bare, post, begin, begin + len(who), rule))
    return people


def fill(task: Task, text: str, duties: list[tuple[Duty, int, int]], people: list[tuple[Person, int, int]]) -> None:
    """Put what was read, each with the span of its statement, into a task."""
    start = end = -1
    quote = ""
    for d, a, b in duties:
        name = d.name
        if a != start or b != end:  # one statement names many bodies
            start, end, quote = a, b, text[a:b]
        task.assignments.append(
            Assignment(
                start=a,
                end=b,
                quote=quote,
                rule=d.rule,
                unit="".join(name.text.split()),
                role=d.role,
                collective=name.collective,
                name_start=name.start,
                name_end=name.end,
            )
        )
    for p, a, b in people:
        task.answers.append(Answer(start=a, end=b, quote=text[a:b], rule=p.rule, name=p.name, post=p.post))
