"""Responsibility in running text: `由A牵头,会同B、C编制…`, `D负责…`, `由E审批`, `F要…`.

A verb is sought first, then the bodies that stand right before it, back to the start of the clause; where anything but
a body stands there, nobody is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.extract.statements import NO_TRADE, Duty, Person, first_signs, role_of
from loaders.extract.units import (
    LAST_SIGN,
    MANAGING,
    SHORT_NAME,
    Name,
    bodies_only,
    ends_as_body,
    given_body,
    is_body,
    is_collective,
    is_function,
    may_be_body,
    may_be_field,
    open_brackets,
    split_names,
)
from loaders.facts import Role
from loaders.text import after_last


@dataclass(slots=True)
class Found:
    """What was read in one region, and which spans of it are statement, not work."""

    duties: list[tuple[Duty, int, int]] = field(default_factory=list)  # duty, span of its statement
    people: list[tuple[Person, int, int]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    own_line: bool = False
    unread: list[tuple[int, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.duties or self.people)


TOGETHER = re.compile(
    rf"会同|会商(?=[省市县区州国有])|商(?<=[部委局厅办署院行]商){NO_TRADE}(?=[\u4e00-\u9fff、]{{1,40}}[部委局厅办署院会行])|联合(?!会|社|体|国|执法|检查|惩戒|印发|下发|发文|监管|开展|督办|督查|整治|行动|会商|办案|审批|打击|验收|攻关|调查|办公|培养)|牵头组织(?=有关|相关|[省市县区各])"
)

# Every alternative begins with a plain sign and what must not stand before it comes after, so that the search skips to
# these signs at full speed; one that begins with a group slows down them all.
_LEADS = r"牵头(?!单位|部门|人|作用|抓总|领导|的[^，,。；;]{0,24}(?:会议|机制|小组|专班))"
_BY_DUTY = r"(?:各自)?(?:的)?(?:法定)?职责(?:分工|权限|范围)?内?[，,]?"
_AS = "(?:总?牵头|责任|主责|主管|主办|承办|配合|协办)(?:责任)?(?:单位|部门)"
_OWNER = r"[\u4e00-\u9fff]{2,8}(?:主体|业主|法人|机构)(?:[，,](?:具体)?(?:负责|承担)|要)"
_TRIGGER = re.compile(
    rf"统筹(?=[，,；;。]|负责)|为主(?=[，,；;。])|负总责|负主要责任|牵头抓总(?!职责|作用|责任)|负责{_LEADS}|{_LEADS}|组织落实|抓好落实|具体落实"
    r"|协同(?<!职责[，,]协同)(?!监管|机制)|是[^，,。；;]{0,24}(?:责任主体|责任单位|主管(?:部门|机关)|管理机关|执法机关|协调(?:部门|单位|机构))|负责(?!人(?![口才民力大防社居均事身武工群类文])|同志|制|任|解释|的|领导|编辑)"
    r"|配合(?<![相互密切]配合)(?!单位|部门)|密切配合|给予(?:业务|技术|政策|资金)?(?:支持|协助|配合|指导)|予以(?:支持|协助|配合|指导)|全力支持|大力支持|积极支持"
    r"|会办(?=[，,；;。\n])|支持(?=[。；;\n])|密切协作|主责(?=[，,；;。])|具体抓|具体办|包干|扎口|归口(?=管理|负责|办理|受理|经营|统一)|把关(?=[，,；;。])|牵总|抓总|承接|主抓|联合开展|联合组织|联合实施|各负其责|各司其职|组织推动|具体组织|指导(?=[，,。；;\n])|协助|承办|协办|组织实施|落实|承担|参与(?!的)|参加(?!的)|具体实施|主办|组成(?=[，,；;。])"
    rf"|按照?{_BY_DUTY}|依[照据]{_BY_DUTY}|在{_BY_DUTY}|为{_AS}|是{_AS}|作为{_AS}|为[^，,。；;]{{1,20}}的({_AS})|是[^，,。；;]{{1,20}}的({_AS})|为组长单位|为成员单位"
    rf"|作为{_OWNER}|为(?<![成认称视列定变转]为){_OWNER}"
)
_WEAK_TRIGGER = ("落实", "参加", "组织实施", "组成")
_WEAK_OF_ALL = ("密切配合", "密切协作", "支持", "各负其责", "各司其职")  # of 各部门 they say nothing
# …部门牵头抓总、…的工作格局 tells an order of work, no task of anybody
_ORDER_OF_WORK = re.compile(r"牵头抓总[^。；;\n]{0,70}(?:格局|体制|机制)")
_EACH_FOR_ITSELF = re.compile("[，,、](?:各负其责|各司其职)")
_TEAM = re.compile(r"[\u4e00-\u9fff、]{2,16}[组队][:：。]")  # (2)抢险救援组。由县公安局…等单位组成,负责…
_LED = re.compile("牵头|组长单位")
_HOW = (
    "总|配套|自行|共同|分别|具体|统一|主要|全面|联合|分级|集中|统筹|直接|要|应当|应|依法|积极|密切|主动|协同|均|都|各自|属地"
    "|分路段|分片区|分区域|分级|分类|分头|分片|同志|予以|给予|做好|抓好"
)
_DUTIES, _RANGE = "职责|职能|责任|任务", "分工|职责|权限|范围"
_BEFORE_VERB = re.compile(
    rf"(?:{_HOW})*(?:(?:按照?|依照?|依据|根据|在)?(?:各自|本部门|有关)?(?:的)?(?:{_DUTIES})(?:{_RANGE})?(?:内|分别)?"
    r"|分工|各负其责|在[\u4e00-\u9fff]{2,6}(?:上|方面)|按照?[\u4e00-\u9fff]{2,6}权限)?(?:共同|分别|具体)*$"
)
# what these end with; where a clause ends otherwise, nothing of it stands before the verb
_BEFORE_VERB_ENDS = frozenset(w[-1] for w in f"{_HOW}|{_DUTIES}|{_RANGE}|内|各负其责|上|方面".split("|"))
_META = re.compile(
    r"^(?:主责|配合|参与|考核|考评|发起|检查|督查|评估|审批|监管|执法|业务|建设|施工|用人|运营|责任|牵头|挂钩|帮扶|包联|申报|多个|几个)(?:部门|单位|机构)$|联席会议|领导小组|专班|指挥部|会议$|工作组|成员单位"
)
BARE_GROUP = re.compile("领导小组|工作小组|联席会议|指挥部|专班|工作组")  # 领导小组负责统筹协调 charges nobody by name
_WHOLE = re.compile(r"(?:政府|(?<!团)[省市县区州盟旗]委|党委|党工委|公司|企业|学校|医院|单位|协会)$")
_DOES = (
    "负责(?!人(?![口才民力大防社居均事身武工群类文])|同志)|抽调|抽人|组织(?!部)|提供|制定|编制|开展|做好|抓好|落实|承担|会同|指导|督促|牵头|按|依法|依照|依据|依职权|要|定期|及时|根据|全程(?=监督|参与|跟踪|指导)|先行"
    "|就(?![业餐医读学近地])|对(?![外口])|每|将|研究(?![院所室])|开辟|派出(?!所)|搞好|优先|抽调|发动|安排|加强|推进|建立|完善|审核|监督|检查"
    "|实施|发放|拨付|履行|保证|保障(?![局厅部处]|中心)|统筹"
)
_CHARGE = "(?:会议)?(?:责成|要求|明确|议定|决定)"
_CHARGED = re.compile(_CHARGE)
_DOING = re.compile(
    rf"(?P<charge>{_CHARGE})?(?P<names>[\u4e00-\u9fff()（）、]{{3,60}}?)"
    rf"(?=[{first_signs(_DOES)}])(?={_DOES})"
)
_CLAUSE_MARKS = "，,；;。\n"
_TO_CLAUSE = re.compile(rf"(?s:.*)[{_CLAUSE_MARKS}]")  # all before the clause that a place is in
# the last sign of what may be a list of bodies, right before a verb
_BODY_DOES = re.compile(rf"[()（）、{''.join(sorted(LAST_SIGN))}](?=[{first_signs(_DOES)}])(?={_DOES})")
# 由 that is no end of a word (理由, 事由, 自由) but stands behind one: 污水治理由, 此事由
_BY_SIGN = rf"由(?<![自缘经来因现原]由)(?:(?<![理事]由)|(?<=[此该件]事由)|(?<=[{MANAGING}]理由))"
_GIVEN = re.compile(rf"(?:{_BY_SIGN}|责成|请(?<=[。；;\n]请))(?=[\u4e00-\u9fff])")
_GIVEN_NOT = re.compile(
    r"(?:等[\u4e00-\u9fff]{0,8})?(?:参加|参与|构成)的|组成|授予|颁发|签发|宣布|启动[^，,。；;]{0,8}响应|任|担任|兼任|代表|主持|召集|解释|印发|批准|同意|决定|聘任|推荐|提名|报请|提出(?![\u4e00-\u9fff]{0,4}(?:方案|草案|计划))|转|变|予以(?:通报|表扬|表彰|奖励|处)|牵头的|责令|[^，,。；;]{0,30}(?:处罚|罚款)|处(?:以|罚|[\d一二三四五])|吊销|没收|追究|约谈|给予(?:行政|党纪|政务|纪律)?(?:处分|处罚|警告|表彰|表扬)|[^，,。；;]{0,90}(?:担任|兼任)"
)
_SELF = re.compile(
    r"\s*(?:[一二三四五六七八九十]+是)?本(?:预案|方案|办法|规定|意见|通知|细则|制度|规则|清单|决定|计划)"
)
_HELPING = re.compile(
    r"(?:抽调[\u4e00-\u9fff]{2,6}|抽人)(?:帮助|协助|支持|配合|组成|参加|参与)|(?:积极|密切|主动|全力|做好|予以|给予)*(?:配合|协助|协同|支持|参与(?=[，,。；;]|$)|加强(?:业务|技术|政策|工作)?指导(?=[，,。；;]|$)|提供(?:方便|便利|[\u4e00-\u9fff]{0,4}(?:材料|资料|数据|指导|支持|支撑|协助|保障)))"
)
_HELPED = re.compile(r"(?:予以|给予|积极|密切)(?:配合|支持|协助)[^，,。；;]{0,2}[。；;]?\Z")  # A开辟专栏予以配合。
_ACTS = re.compile(
    r"[要应须务](?<![需主重将只还就首必].)(?:(?<=应)当|(?<=务)[必于]|(?<!务))(?!急|对|求|用|届|变)(?=[\u4e00-\u9fff]{2})"
)
_AUTHORITY = re.compile(r"[省市县区州盟旗][\u4e00-\u9fff]{2,16}主管部门$")  # of regulations: 市城市管理行政主管部门
_EXHORT = re.compile(
    r"(?:要|应当?)(?:进一步|切实|高度|充分|牢固|坚决|认真|严格)?(?:提高(?:思想|政治|认识)|增强(?:责任|大局|使命)|高度重视|重视|充分认识|统一思想|树立)"
)


def read_prose(text: str, begin: int, end: int, found: Found, closing: bool = False) -> None:
    """Statements in sentences: `由A牵头,会同B、C编制…`, `D负责…`, `E配合`.

    In `closing` sections (保障措施) what a body merely does (`D定期督查`) is no charge.
    """
    seen: set[tuple[str, Role]] = set()
    said = text[begin:end]
    passive = "由" in said or "请" in said or "责成" in said  # one of those `_BY` and `_GIVEN` seek
    for m in _TRIGGER.finditer(text, begin, end):
        word = m.group()
        at = m.start()
        if word == "组成" and not _TEAM.match(text, begin, at):
            continue
        by = word in _WEAK_TRIGGER and not _beside(text, begin, at, m.end(), found)  # A牵头,各镇落实。
        if by and not passive:
            continue
        team = bool(found.duties) and found.duties[-1][0].name.text[-1] == "组"
        names = bodies_before(text, max(begin, at - 200), at, by, team)
        if word == "为主" and (mainly := text.rfind("以", max(begin, at - 40), at)) >= 0:  # 以县水利局为主
            names = bodies_only(text, mainly + 1, at, may_be_body)
        if not names or (word in _WEAK_OF_ALL and any(n.collective for n in names)) or _quoted(text, begin, at):
            continue
        if "牵头" in word and _ORDER_OF_WORK.search(text, at, min(end, at + 80)):
            continue
        clause = _sentence(text, begin, end, at)
        if word == "为成员单位" and not _LED.search(text, *clause):
            continue
        role = role_of(m[m.lastindex or 0])
        if "职责" in word and _HELPING.match(text, m.end()) and not text.startswith("协同做好", m.end()):
            role = "assist"  # 按照各自职责密切配合
        if word == "密切配合" and _EACH_FOR_ITSELF.match(text, m.end()):
            role = "responsible"  # with each other
        if role == "responsible" and re.match(r"[^，,。；;]{0,12}解释", text[m.end() : m.end() + 16]):
            continue
        for n in names:
            if (n.text, role) not in seen:
                seen.add((n.text, role))
                found.duties.append((Duty(n, role, f"verb:{word}"), *clause))
    read_acts(text, begin, end, found, seen)
    together = "会同" in said or "联合" in said or "商" in said or "牵头组织" in said
    for m in TOGETHER.finditer(text, begin, end) if together else ():
        if _quoted(text, begin, m.start()):
            continue
        comma = after_last(text, "，,", max(begin, m.start() - 200), m.start())
        mains = bodies_before(text, max(begin, comma), m.start())
        clause = _sentence(text, begin, end, m.start())
        known = {n for n, role in seen if role != "assist"}
        if beside := names_beside(text, max(begin, comma), m.start()) if known else []:
            _help(found, seen, beside, m.group(), clause)
            continue
        if not mains and m.group() == "联合" and m.start() - comma > 6:  # 支持企业联合高校开展
            continue
        if (not mains and not known) or _SELF.match(text, clause[0]):
            continue
        if mains and _only_watches(text, mains, clause):
            continue
        for n in mains:
            if n.text not in known:
                seen.add((n.text, "responsible"))
                found.duties.append((Duty(n, "responsible", "verb:会同"), *clause))
        _help(found, seen, names_after(text, m.end(), end), m.group(), clause)
    if not closing:
        if passive:
            read_given(text, begin, end, found, seen)
        read_parallel(text, begin, end, found, seen)
    if len(found.duties) > 1:
        found.duties.sort(key=lambda d: d[0].name.start)


def _help(found: Found, seen: set[tuple[str, Role]], names: list[Name], word: str, clause: tuple[int, int]) -> None:
    """Let bodies assist in what a clause says, each once."""
    for n in names:
        if (n.text, "assist") not in seen:
            seen.add((n.text, "assist"))
            found.duties.append((Duty(n, "assist", f"verb:{word}"), *clause))


def _beside(text: str, begin: int, at: int, stop: int, found: Found) -> bool:
    """Whether a verb at [at, stop) closes its clause, in a sentence of which a duty has been read."""
    if not found.duties or text[stop : stop + 1] not in _ENDS_CLAUSE:
        return False
    mark = _TO_SENTENCE.match(text, begin, at)
    first = mark.end() if mark else begin
    return any(start == first for _, start, _ in found.duties) or TOGETHER.search(text, first, at) is not None


_ENDS_CLAUSE = ("", *"，,。；;\n")


def read_acts(text: str, begin: int, end: int, found: Found, seen: set[tuple[str, Role]]) -> None:
    """`A、B要开展…`: what a body is to do."""
    for m in _ACTS.finditer(text, begin, end):
        names = bodies_before(text, max(begin, m.start() - 120), m.start())
        if (
            not names
            or any((n.collective and not _AUTHORITY.match(n.text)) or _META.search(n.text) for n in names)
            or _EXHORT.match(text, m.start())
            or _quoted(text, begin, m.start())
        ):
            continue
        clause = _sentence(text, begin, end, m.start())
        if _only_watches(text, names, clause):
            continue
        for n in names:
            if not any(s.endswith(n.text) for s, _ in seen):  # 由县农业局负责,农业局要…
                seen.add((n.text, "responsible"))
                found.duties.append((Duty(n, "responsible", "verb:要"), *clause))


def read_given(text: str, begin: int, end: int, found: Found, seen: set[tuple[str, Role]]) -> None:
    """`由A实行审批管理`: what stands behind 由 does the work, whatever the verb."""
    said = text[begin:end]
    if "由" not in said and "请" not in said and "责成" not in said:
        return
    for m in _GIVEN.finditer(text, begin, end):
        names = names_after(text, m.end(), end)
        if not names or not all(given_body(n.text) for n in names) or _quoted(text, begin, m.start()):
            continue
        if m.group() == "请" and any(n.collective for n in names):  # 请各部门认真执行
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
        if _SELF.match(text, clause[0]) or _only_watches(text, names, clause):
            continue
        for n in names:
            seen.add((n.text, "responsible"))
            found.duties.append((Duty(n, "responsible", f"verb:{m.group()}"), *clause))
        if asked := TOGETHER.match(text, names[-1].end, end):  # 由A商B、C下达
            _help(found, seen, names_after(text, asked.end(), end), asked.group(), clause)


def read_parallel(text: str, begin: int, end: int, found: Found, seen: set[tuple[str, Role]]) -> None:
    """Beside `A负责…`, the clauses `B提供…，C开展…` say what B and C do."""
    sure = bool(found.duties)
    known = {n for n, _ in seen}
    before = text[begin - 1 : begin]
    numbered = before != "" and before in ")）.．"  # (三)A依法查处…
    whole = numbered or (before != "" and before in _CLAUSE_MARKS)  # the first clause has not begun before the region
    clause_at, m = -1, None
    for verb in _BODY_DOES.finditer(text, begin, end):
        b = verb.end()
        mark = _TO_CLAUSE.match(text, begin, b)
        at = mark.end() if mark else begin
        if at != clause_at:
            clause_at = at
            # beside no duty a clause counts where a sentence begins, or a charge
            counts = sure or text[at - 1] in "。\n" or _CHARGED.match(text, at) if at > begin else whole
            m = _DOING.match(text, at, end) if counts else None
        if m is None or m.end() != b:  # it is not the first verb
            continue
        names = bodies_only(text, m.start("names"), b, listed_body if text[b - 1] == "门" else may_be_body if sure else is_body)
        if not names or any(n.text in known for n in names) or _quoted(text, begin, at):
            continue
        if any(n.collective for n in names) and not (sure and text[at - 1] in "，," and _CARRIES_OUT.match(text, b)):
            continue
        if at == begin and numbered and any(_META.search(n.text) for n in names):
            continue
        if (
            not sure
            and not m.group("charge")
            and (
                (at > begin and text[at - 1] not in "。\n")
                or any(_WHOLE.search(n.text) or _META.search(n.text) for n in names)
            )
        ):
            continue
        clause = _sentence(text, begin, end, at)
        if sure and _only_watches(text, names, clause):
            continue
        role: Role = "assist" if _HELPING.match(text, b) or _HELPED.search(text, *clause) else "responsible"
        for n in names:
            known.add(n.text)
            found.duties.append((Duty(n, role, "verb:parallel"), *clause))


_CARRIES_OUT = re.compile("落实|承担|自行|具体|组织实施")  # A牵头排查，各乡镇落实巡查责任
_WATCHES = re.compile(r"(?:督查室|督办室|督查考核[局办])$")
_WATCHING = re.compile("督查|督办|跟踪|考核|通报|验收|公示|汇总|检查")


def _only_watches(text: str, names: list[Name], clause: tuple[int, int]) -> bool:
    """Whether a clause tells only how the work is watched: 由市政府督查室汇总通报."""
    return all(_WATCHES.search(n.text) for n in names) and _WATCHING.search(text, names[-1].end, clause[1]) is not None


def listed_body(name: str) -> bool:
    """Of a list before 部门, which holds short forms too: 工商、税务、城建部门."""
    return may_be_body(name) or is_function(name)


def _quoted(text: str, begin: int, at: int) -> bool:
    """Whether a place is inside the title of a work."""
    begin = max(begin, at - 4000)  # no title is longer, not even one that lost its end
    return text.rfind("《", begin, at) > text.rfind("》", begin, at)


def _sentence(text: str, begin: int, end: int, at: int) -> tuple[int, int]:
    """The span of the sentence in text[begin:end] that a place is in."""
    mark, rest = _TO_SENTENCE.match(text, begin, at), _SENTENCE.match(text, at, end)
    return mark.end() if mark else begin, rest.end() if rest else end


_TO_SENTENCE = re.compile(r"(?s:.*)[。；;\n]")
_SENTENCE = re.compile(r"[^。；;\n]*[。；;]?")


_OPEN_LIST = re.compile(r"(?:等[\u4e00-\u9fff]{0,8}(?:部门|单位|机构)|部门)(?:[(（](?:部门|单位)[)）])?$")
_BY_ROLE = re.compile(r"各?(?:牵头|责任|主办|会办|承办|协办|配合|参与)(?:单位|部门)")
_ROLE_WORD = re.compile(rf"{_BY_ROLE.pattern}|[省市县区]{{2,3}}")  # nobody in particular
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2}|[\u4e00-\u9fff](?<![和及与等暨])")
_CLAUSE = re.compile(r"(?s:.*)[。；;:：\n“”\"！？!?]")  # all before the clause that a place is in
_BY = re.compile(rf".*(?:{_BY_SIGN}|(?<![邀申提聘报])请|责成)")
_DONE = re.compile(r"(?:实施|开展|制定|研究|完成|办理|推进|编制)[\u4e00-\u9fff]{0,8}[，,](?=[^，,]*$)")  # 由A会同B实施,C协助
_GAP = re.compile(r"[，,]|(?<=^)、")
_WHOSE_BODY = re.compile(
    r"(?:所在|当地|本|[省市县区])[\u4e00-\u9fff]{0,4}的[\u4e00-\u9fff]{2,16}(?:部门|机构|政府|局|委|办)"
)  # 由所在区的交通主管部门负责
_UNDER = re.compile(r"在[^，,。；;]{2,30}(?:领导|指导|统筹|组织|协调|监督)下$")  # 县民政局在市民政局指导下,负责…
_FOR_WHAT = re.compile(r"(?<=[府局委办厅部处院司会])对[\u4e00-\u9fff“”]{2,16}$")  # 各市政府对项目落地负总责
_VERBS = re.compile("会办(?!公|事)|主抓|牵头|负责|负总责|承办|(?<!经)协办(?!公)|会同|联合(?!会|社|体|国|大学|工会)|配合|协助|协同|组织|参与|参加|落实|承担")
_SPOKEN = re.compile(f".*(?:{_VERBS.pattern})")
_LED_IN = re.compile(
    r".*?(?:建立|形成|构建|实行|完善|健全|明确|成立|其中|同时|工作|任务|中|后|时|的|对)(?=[省市县区州盟旗镇乡国各有相][\u4e00-\u9fff()（）]{2,20}$)"
)


def bodies_before(text: str, begin: int, at: int, by: bool = False, team: bool = False) -> list[Name]:
    """The bodies that stand right before a verb, back to the start of the clause; [] when something else stands there.

    `by` asks for 由 in front of them, for verbs that say little by themselves; `team`: teams help a team.
    """
    last = _CLAUSE.match(text, begin, at)
    if last:
        begin = last.end()
    clause = text[begin:at]
    given = "由" in clause or "请" in clause or "责成" in clause  # one of those `_BY` seeks
    if by and not given:
        return []
    adverbs = _BEFORE_VERB.search(clause) if clause[-1:] in _BEFORE_VERB_ENDS else None
    if adverbs:
        clause = clause[: adverbs.start()]
    clause = clause.rstrip("，,、")
    if text.startswith(("负总责", "负主要责任"), at) and (whole := _FOR_WHAT.search(clause)):
        clause = clause[: whole.start()]
    if clause[-1:] == "下":
        clause = _UNDER.sub("", clause)
    if clause[-1:] in ")）":
        clause = SHORT_NAME.sub("", clause)
    passive = _BY.match(clause) if given else None
    if passive:
        begin += passive.end()
        clause = clause[passive.end() :]
    if by and not passive:
        return []
    m = _SPOKEN.match(clause) if _VERBS.search(clause) else None
    if m and not clause.startswith(("部", "科", "处", "组"), m.end()):  # another verb's bodies stand before it
        gap = _GAP.search(clause[m.end() :])
        if clause[: m.end()].endswith(("会同", "联合")):
            gap = _DONE.search(clause[m.end() :])
        if gap is None:
            return []
        begin += m.end() + gap.end()
        clause = clause[m.end() + gap.end() :]
    if not clause or len(clause) > 160:
        return []
    names: list[Name] = []
    open_end = clause[-1] in "门位构)）" and _OPEN_LIST.search(clause) is not None
    after = begin + len(clause)
    listed = split_names(text, begin, begin + len(clause))
    for i, n in reversed([*enumerate(listed)]):
        if not names and (n.text in ("单位", "部门") or _BY_ROLE.fullmatch(n.text)):  # …等部门、单位
            after = n.start
            continue
        if (
            is_body(n.text)
            or (open_end and (is_function(n.text) or (names and may_be_field(n.text))))
            or (passive and given_body(n.text))
            or (may_be_body(n.text) and any(is_body(k.text) for k in listed[:i]))  # 市财政局、计委协办
            or (team and n.text.endswith("组") and may_be_body(n.text))  # 演练由安保组牵头，医疗组、宣传组参加
        ) and (not names or not _HAN_WORD.search(text, n.end, after)):
            names.append(n)
            after = n.start
            continue
        led = _LED_IN.match(n.text) if ends_as_body(n.text) and not passive else None
        if led:
            rest = n.text[led.end() :]
            if is_body(rest):
                names.append(Name(rest, n.start + led.end(), n.end, is_collective(rest)))
        break
    if not names and len(listed) > 1 and all(is_function(n.text) for n in listed):
        return listed  # 县公安局牵头,司法、信访配合
    if not names and passive and _WHOSE_BODY.fullmatch(clause):
        return [Name(clause, begin, begin + len(clause), is_collective(clause))]
    if not names or names[0].end < begin + len(clause) - 14 or any(_ROLE_WORD.fullmatch(n.text) for n in names):
        return []
    tail = text[names[0].end : begin + len(clause)]
    if tail and not re.fullmatch(
        r"等?[\u4e00-\u9fff]{0,10}(?:部门|单位|机构|企业|方面)?(?:[(（](?:部门|单位)[)）])?", tail
    ):
        return []
    return list(reversed(names))


STARTS_VERB = re.compile(
    rf"(?:自行|把关|建成|建好|搞好|举办|提供|保障(?![局厅部处]|中心)|保证|维护|维持|管护|救治|调拨|巡查|抽查|核查|核实|强制|商{NO_TRADE}|组织(?!部)|开展|编制|下达|受理|核定|核发|审定|统计|收集|推进|推动|加强|加快|制定|做好|负责|研究|对|建立|落实|完善|指导|督促|及时|按|在|根据|依法|定期|共同|进行|实施|抓|健全|强化|统筹|协调|深入|兑付|要|将|每|进一步|积极|全面|具体|提出|出台|拟订|拟定|起草|审核|审查|解决|查处|整治|打击|规范|提升|优化|完成|支持|配合|参与|监督|检查|评估|认定|发布|建设|设立|成立|召开|探索|争取|筹措|安排|明确|向|为|于|以|把|就|等|承担|处理|联合|形成|确保|严格|严厉|摸排|排查|梳理|细化|修订|印发|选派|培育|打造|引导|鼓励|办理|汇总|报|抽调|确定|分解|跟踪|调度|开发|利用|采取|通过|集中|牵头|持续|会同|下发|通报|汇总|适时|逐步|尽快|认真|切实|广泛|大力|合理|科学|统一|作为|公开|实行|依照)"
)


def names_after(text: str, start: int, end: int) -> list[Name]:
    """The bodies that follow 会同: up to the verb that says what they do together."""
    clause = _TO_MARK.match(text, start, min(end, start + 120))
    stop = clause.end() if clause else start
    names: list[Name] = []
    listed = _OPEN_FIELDS.search(text, start, stop) is not None
    for part in re.finditer(r"[^、]+", text[start:stop]):
        a, b = start + part.start(), start + part.end()
        chunk = text[a:b]
        field_ = is_function(chunk) or (listed and b < stop and may_be_field(chunk))
        cut = len(chunk) if field_ else body_prefix(chunk)
        if cut == 0:
            break
        names += [n for n in split_names(text, a, a + cut) if 2 <= len(n.text) <= 40]
        if cut < len(chunk):
            break
    return names


def names_beside(text: str, start: int, end: int) -> list[Name]:
    """The bodies that a clause up to 联合 names behind 与: `…，与县气象局联合发布预警`."""
    return bodies_only(text, start + 1, end) if text[start] in "与同和" else []


_TO_MARK = re.compile("[^。；;:：\n，,]*")
_OPEN_FIELDS = re.compile(r"[\u4e00-\u9fff]等(?:有关|相关)?部门")  # 城乡建设、住房保障管理等部门


_PREFIX_END = re.compile(
    r"(?:部门|单位|机构|机关|办公室|办公厅|委员会|管委会|中心(?:学校|小学|中学|校|幼儿园|卫生院|敬老院)?|分局|支队|大队|总队|公司|集团(?!公司)|军分区|警备区|所在(?:乡镇|镇街|街道|[村镇乡县区市])|学校|大学|学院|党校|团中央|政府|办事处|法院|检察院|银行|支行|分行|工会|团委|妇联|残联|工商联|社区(?!服务|矫正|教育)|科协|红十字会|宣传部|组织部|统战部|政法委|街道|乡镇|镇街|各方|各地|局|厅|委(?:会(?![议同商诊]))?|办(?!理|结)|部|院|署|司(?!法|机)|处(?![以罚\d一二三四五六七八九])|队|站|所(?![在属需])|社(?!区|会)|会(?!同)|行(?!动|业|政)|防指|[检化实]验室|督查室|研究室|监察室|纪检室|信息室|科教室|教研室"
    rf"|{'|'.join(f'{place}(?:(?<=各{place})|(?=$))' for place in '县区市镇乡矿厂校村')}|州(?<=各州)|电网|供电|企业)(?:[(（][^()（）]{{1,20}}[)）])?"
)
_NO_END = re.compile(r"组织部|宣传部|统战部|政法委|(?:及|和|与)(?!时)")  # what follows goes on the name


def body_prefix(chunk: str) -> int:
    """Length of the body that a phrase begins with, 0 when it begins with none."""
    best = 0
    for m in _PREFIX_END.finditer(chunk):
        rest = chunk[m.end() :]
        if open_brackets(chunk[: m.end()]) > 0:
            continue
        if _NO_END.match(rest):
            if rest[0] in "及和与":
                best = m.end()
            continue
        if best and m.start() - best > 5:
            break  # what follows the first body is work: 会同县水利局划定水源保护区
        if not rest or rest.startswith("等"):
            return m.end()
        if STARTS_VERB.match(rest):
            return m.end()
        inner = m.start() == best and m.group().startswith(
            ("办公", "部门", "机构", "督查", "研究")
        )  # 市政府, 市政府办公室
        if m.end() >= 3 and (best == 0 or inner):
            best = m.end()
    return best if best <= 30 else 0
