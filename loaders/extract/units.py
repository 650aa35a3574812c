"""Lists of bodies: where one name ends and the next begins, which of them name a class of bodies.

Names are kept as written. What is a body is told by how names of bodies end and begin, not by a list of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple


class Name(NamedTuple):
    """A body's name with its span in clean text."""

    text: str
    start: int
    end: int
    collective: bool


_STRONG_END = (
    "办公室|办公厅|委员会|管委会|党工委|工委|指挥部|领导小组|工作组|工作专班|专班|联席会议|事务所|研究院|设计院|科学院|检察院|法院|医院|学院|大学|学校|高校|院校|党校|中心校|小学|中学|幼儿园"
    "|中心|公司|集团|银行|支行|分行|联社|合作社|供销社|通讯社|报社|出版社|广播电视台|电视台|气象台|总队|支队|大队|中队|消防队|分局|总局|管理局|人民政府|政府|街道办事处|办事处|街道办|街道"
    "|工会|团委|团中央|妇联|残联|工商联|科协|文联|侨联|台联|社科联|作协|记协|摄协|书协|美协|音协|体协|足协|消协|律协|计生协|关工委|防指|贸促会|红十字会|基金会|协会|商会|学会|联合会|促进会|总会|联盟"
    "|公署|行署|海关|税务|军分区|警备区|人武部|武装部|事业部|运营商|管理处|管理所|管理站|监管组|银保监组"
    "|成员单位|主管部门|审批部门|监管部门|执法部门|部门|单位|机构"
    "|开发区|高新区|经开区|新区|园区|景区|示范区|保税区|度假区|化工区|农高区|功能区|保护区|管理区|片区"
    "|机关|联合体|共同体|医共体|局|厅|(?<!部)署|委|(?:(?<![交承主协举经代催领创兴包操帮])|(?<=经协))办|部|院|司|所|处|室|科|股|站|台|馆|队|组|会|社"
)
_WEAK_END = "镇|乡|县|市|区|州|盟|旗|省|村|社区|师|团|段|镇街|乡镇|企业|学校|农场|林场|(?<!市)场|厂|矿|港|机场|园|庭|局办|公署|供电|移动|联通|电信|铁塔|邮政|烟草|石化|电力|水务|燃气|农发行|农商行|农信社|人行|工行|农行|中行|建行|城投|国投|交投|文旅集团"
_BRACKET = r"(?:[(（\[［〔【][^()（）\[\]［］〔〕【】]{1,40}[)）\]］〕】])"
BODY_END = re.compile(rf"(?:{_STRONG_END}|{_WEAK_END}){_BRACKET}?$")
_ENDS = f"{_STRONG_END}|{_WEAK_END}".split("|")
_SURE_SIGN = frozenset(end for end in _ENDS if len(end) == 1)  # an end by itself
_END_SIGN = frozenset(end[-1] for end in _ENDS)
# Last sign → the ends that have it, where no other sign before them decides.
_PLAIN_ENDS = {
    sign: ends for sign in _END_SIGN if "(" not in "".join(ends := tuple(end for end in _ENDS if end[-1] == sign))
}
_PARTS = re.compile(r"[、,，;；/／\n\t\v\u3000|]+|(?<=[\u4e00-\u9fff)）])\s+(?=[\u4e00-\u9fff])")
_AND = re.compile(r"以及|和|及|与|暨")
_OPEN, _CLOSE = "(（[［〔【", ")）]］〕】"
_AFTER_END = frozenset(f"{_CLOSE}\n")  # a bracket; `$` lets a line end stand

_OPEN_KINDS = "部门|单位|机构|企业|部委|厅局|委办局|方面|地区|地方|成员单位|高校|媒体|乡镇|镇街|县区|区县|街道"
_OPEN_END = re.compile(
    r"(?:等[\u4e00-\u9fff]{2,14}的(?:部门|单位|机构)$|等(?:(?:省|市|县|区|州|国务院|中央|党政|各)?[\u4e00-\u9fff]{0,6}?(?:有关|相关|责任|成员|职能|涉[\u4e00-\u9fff]{1,4}|主管|牵头|配合|其他|行业)*"
    rf"(?:{_OPEN_KINDS})(?:(?:和|及|、)(?:单位|部门|机构|地方|企业)|[(（](?:单位|部门)[)）])?)?)$"
)
_CLASS = re.compile(
    r"各(?!界)|(?:有关|相关|其他|其它|所有|全体|涉及|属地|所在地?|辖区|当地|基层|相应|下属|所属|市直|县直|区直|省直|州直|直属)[\u4e00-\u9fff]*(?:部门|单位|地区|地方|镇|乡|街道|政府|机构|企业|县|区|市|委|局)"
    r"|.*(?:有关|相关|各|直属|成员|主管|责任|牵头|职能|行业|监管|审批)(?:部门|单位|机构|企业|镇|乡|街道|县|区|市|地)|(?:镇|乡|街道|乡镇|镇街|村|社区|县区|区县|县级|市级)"
    r"(?:、?街道)?(?:人民政府|政府|办事处|党委)?$|.*(?:运营商|金融机构|学校|医院|企业)$"
)
_KIND_OF_PLACE = "街道|乡镇|镇街|镇乡|镇办|县区|区县|市州|州市|地市|市县|市地|旗县|县市|县级市|设区的?市|自治区|直辖市|自治州|乡|镇|县|市|区|省|州|旗|盟|师市"
_BARE_CLASS = re.compile(
    rf"(?:(?:{_KIND_OF_PLACE})(?:[(（][^()（）]+[)）])?(?:人民政府|政府|党委|管委会)?|(?:人民)?政府|办事处|街道办|街道办事处|园区|开发区|功能区|管委会|管理区|农场|林场|部门|单位|高校|企业)"
    r"(?:[(（][^()（）]+[)）])?"
)
_SHORT_CLASS = re.compile(
    rf"(?:(?:各|\d{{1,3}}个)(?:有关|相关|涉[\u4e00-\u9fff]{{1,2}})?|有关|相关)(?:{_KIND_OF_PLACE}|级|地区?|园区|功能区|开发区)(?:[、，](?:{_KIND_OF_PLACE}))*(?:[(（][^()（）]+[)）])?委?"
)
_RIDER = re.compile(
    r"(?:按照?|依照?|根据|依据|结合|会同|负责|牵头|配合|协助|要(?!素|闻|点)|应(?!急|用)|共同(?!体)|分别|具体|[列排](?=首|在|第|为|名|前)|下同|以下|为主|参与|落实|组织实施|分工).*"
)
_EMPTY = re.compile(r"[\s.。、,，;；:：\-—/／无〇○*…·]*|[^\u4e00-\u9fff]*")


def ends_as_body(name: str) -> bool:
    """Whether a name ends as `BODY_END` says: its last sign tells for most."""
    sign = name[-1:]
    if sign in _SURE_SIGN:
        return True
    if sign in _PLAIN_ENDS:
        return name.endswith(_PLAIN_ENDS[sign])
    return (sign in _END_SIGN or sign in _AFTER_END) and BODY_END.search(name) is not None


@lru_cache(maxsize=65536)
def is_collective(name: str) -> bool:
    """Whether a name means a class of bodies (各镇、街道; 有关部门), not one body."""
    return bool(_CLASS.match(name))


# A body named in running text begins like one and holds no word of a sentence.
_BEGINS = re.compile(
    r"[省市县区州盟旗镇乡国团]|地区|行署|各|领导小组|联席会议|专班|指挥部|工作组|有关|相关|自治|中共|中央|全国|人民|公安|党委|财政部|教育部|科技部|工业和信息化部|民政部|司法部|人力资源|自然资源|生态环境|住房|交通运输|水利|农业|商务|文化|卫生|应急|纪委|监委|纪检|审计|海关|税务|市场监管|国务院|最高|银保监|证监|气象|能源|林草|铁路|民航|邮政|文物|中医药|疾控|药监|知识产权|外交部|国防|发展改革|退役|广电|体育|统计|医保|国际|参事|机关|供销|金融监管|地震|中国|银监|保监|师市|兵团|党政|综治|派出所|司法所|财政所|卫生院|供电所|国土所|中心校|民政|信访|残联|妇联|工会|团委|团[省市县区州旗]委|共青团"
    r"|[\u4e00-\u9fff]{2,12}(?:省|市|县|区|州|盟|旗|镇|乡|街道|分局|公司|集团|支行|中心|大队|支队|总队|海关|管委会|办公室|领导小组|联席会议|专班|指挥部|委员会|联合会|协会|局|办|厅|部|报社|日报社|电视台|电台|广播站|派出所|供电所|司法所|财政所|支局|邮政局|车务段|海事处|边检站|气象站|卫生院|医院|大学|学院|学校|研究院|银行|农商行|农发行|联社|总站|火车站|汽车站|机场|司|股|机关|处$|科$|委$)"
)
_SENTENCE_WORD = re.compile(
    r"设在|设于|设置|提供|移交|移送|[的将把被向并且或是其]|对(?!外|口|台)|对口(?:支援|帮扶|协作)(?=[\u4e00-\u9fff]*[省市县区州旗镇乡]$)|以(?!上)|推进|推动|加强|加快|开展|做好|落实|负责|牵头|根据|按照|通过|结合|围绕|确保|完善|健全|强化|提升|积极|进一步|建立|制定|成立|召开|列入|纳入|报送|上报|呈报|(?<!农)经(?!济|信|开|营|贸|委|发|管|办|协)|由|请|会同|配合|督促|指导|及时|认真|切实"
    r"|负总责|主持|委托|此件|视情|谁|出席|本|该|我|作为|领导(?!小组)|人员|同志|主要|专人|专业(?!学校|技术|合作|(?<=[\u4e00-\u9fff]{4}专业)(?:单位|公司|机构|队伍))|第三方|(?<![中高初同平])等(?!部门|单位)|不|未|已|须|覆盖|全[市县区省](?!各)|我[市县区省]|示范单位|应(?!急)|[\d一二三四五六七八九十][年月日](?!级)|(?<![第一二三四五六七八九])一(?!体化|[一二三四五六七八九])|二是|三是|为(?=(?:总?牵头|责任|成员|组长|主管|主责|主办|承办|配合|协办|参与))"
)


# A phrase that begins with a verb is work, not a body: 建设服务中心; but 建设银行, 发展改革局.
_VERB_FIRST = re.compile(
    r"大力|兴办|开办|举办|全面(?!依法|深化)|切实|(?:新|改|扩|续|共|组|筹|创|搭|重|统)建|建设(?!银行|局|委|厅|部|集团|兵团)|建(?:好|强|成)|发展(?!改革|和改革|研究|规划)|打造|改造|培育|优化|规范|创新|深化|壮大|扩大|丰富|推广|引进|支持|鼓励|保障(?!局|中心|厅)|维护|整治|严打|实施|构建|夯实|做[强优大实]|抓[好实]|聚焦|突出|用好|发挥|保护(?!区|局)|改革(?!委|办|局)|拓展|布局|申报|协调(?!处|办|局|组|会|小组|中心|机构)|创建(?!办)|启动|迎接|分级|报(?=[省市县区州国])|组织(?=[省市县区各有相全迎开]|本|辖)|探索|编制(?!委|办)|管理(?!局|委|处|办|中心|区)|服务(?!中心|局)|运营|利用|依托|联系"
)
# Short forms that stand for bodies before 等部门: 工商、税务等部门.
_FUNCTION = re.compile(
    r"(?:省|市|县|区|州|各)?(?:财政|工商|工商行政管理|工商管理|税务|公安|民政|教育|教体|卫生|卫健|卫计|卫生健康|人社|劳动|人事|住建|城建|建设|规划|交通|交通运输|水利|水务|农业|农业农村|林业|林草|园林|环保|生态环境|自然资源|国土|国土资源|发改|发展改革|计划|经贸|经信|工信|商务|外贸|文旅|文化|文物|旅游|体育|审计|统计|物价|价格|安监|应急|应急管理|质监|质量技监|质量技术监督|安全生产监督管理|安全生产监管|环境保护|畜牧兽医|信息产业|食药监|药监|市场监管|司法|监察|纪检|信访|残联|妇联|工会|共青团|团委|科技|科协|气象|消防|消防救援|交警|城管|城市管理|(?:城市管理)?(?:综合|行政)执法|综合执法|行政执法|房管|医保|医疗保障|金融|通信|电力|供电|供水|燃气|邮政|海关|广电|广播电视|新闻|粮食|供销|扶贫|乡村振兴|大数据|政务服务|行政审批|宣传|组织|统战|政法|网信|编制|编办|机构编制|人民银行|银行|银监|银保监|证监|保险|铁路|民航|烟草|盐务|退役军人|法院|检察院|检察|武警|民族宗教|民宗|外事|侨务|台办|国资|国安|畜牧|兽医|农机|渔业|海洋|煤炭|能源|人防|地震|档案|史志|卫生计生|计生|人口计生|社保|住房公积金|机关事务|食品药品监管|新闻出版|知识产权|住房城乡建设|人力资源社会保障|农牧|水电|招商|投资促进|口岸|港航|航运|公用)(?:部门|系统|机关)?"
)


@lru_cache(maxsize=65536)
def is_function(name: str) -> bool:
    """Whether a word is the short form of a body's field (工商, 市财政), as lists before 等部门 have it."""
    return bool(_FUNCTION.fullmatch(name))


@lru_cache(maxsize=65536)
def may_be_field(name: str) -> bool:
    """Whether a word of a list before 等部门 may be a field nobody listed: 文旅体, 住房保障管理."""
    return 2 <= len(name) <= 9 and not _SENTENCE_WORD.search(name) and not _VERB_FIRST.match(name)


@lru_cache(maxsize=65536)
def is_body(name: str) -> bool:
    """Whether a phrase of running text is the name of a body or of a class of bodies."""
    return may_be_body(name) and bool(_BEGINS.match(name) or _OF_BOTH.match(name.rpartition("、")[2]))


@lru_cache(maxsize=65536)
def may_be_body(name: str) -> bool:
    """The same where the place itself says that a body is named: at the head of a duty, before a colon."""
    return given_body(name) and not _VERB_FIRST.match(name)


@lru_cache(maxsize=65536)
def given_body(name: str) -> bool:
    """The same behind 由, where even a name that begins like a verb is one: 由建设管理办公室负责."""
    return 2 <= len(name) <= 40 and ends_as_body(name) and not _SENTENCE_WORD.search(name)


@lru_cache(maxsize=65536)
def _and_at(part: str) -> tuple[int, int] | None:
    """Where 和, 及 or 与 joins two bodies in a part, None when it is inside a name."""
    for m in _AND.finditer(part):
        left, right = part[: m.start()], part[m.end() :]
        if not left or not right or left.endswith("社会") or open_brackets(left):
            continue
        if (
            ends_as_body(left)
            and (ends_as_body(right) or right[0] == "各" or _OPEN_END.search(right))
            and (len(right) > 2 or right in ("政府", "企业", "单位", "学校", "街道", "乡镇"))
        ):
            return m.start(), m.end()
    return None


_BRACKETS = re.compile(r"[(（\[［〔【)）\]］】〕]")


def open_brackets(text: str) -> int:
    """How many brackets are open at the end of a text; below zero when more are closed."""
    found = _BRACKETS.findall(text)
    return 2 * sum(map(_OPEN.__contains__, found)) - len(found) if found else 0


def split_names(text: str, start: int, end: int) -> list[Name]:
    """The bodies of a list as it stands after a label or in a table cell, in order.

    What is no name (等部门, 下同, a clause on how they work together) is left out; the rest is kept as written.
    """
    return _shifted(*_listed(text, start, end))


def _listed(text: str, start: int, end: int) -> tuple[tuple[Name, ...], int]:
    """The bodies of a list, and how much is to be added to their offsets."""
    if text[start : start + 1].isspace():  # may part two names, which the sign before it tells
        return _names(text, start, end), 0
    return _names_of(text[start:end]), start


def _shifted(names: tuple[Name, ...], by: int) -> list[Name]:
    return [_name((name, a + by, b + by, is_class)) for name, a, b, is_class in names]


# `Name(…)` without a frame of its own: names are made by the thousand
_name: Callable[[tuple[str, int, int, bool]], Name] = partial(tuple.__new__, Name)


@lru_cache(maxsize=16384)
def _names_of(listed: str) -> tuple[Name, ...]:
    """The names of a list that stands by itself: the same lists come again and again."""
    return _names(listed, 0, len(listed))


def _names(text: str, start: int, end: int) -> tuple[Name, ...]:
    names: list[Name] = []
    for begin, stop in _parts(text, start, end):
        part, begin = _trim(text[begin:stop], begin)
        while part:
            at = _and_at(part)
            if at is None:
                _append(names, text, part, begin)
                break
            _append(names, text, part[: at[0]], begin)
            part, begin = _trim(part[at[1] :], begin + at[1])
    return tuple(names)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between separators that stand outside brackets."""
    spans: list[tuple[int, int]] = []
    begin = start
    for m in _PARTS.finditer(text, start, end):
        stop = m.start()
        if open_brackets(text[begin:stop]) > 0 and "\n" not in m.group():
            continue
        if stop > begin:
            spans.append((begin, stop))
        begin = m.end()
    if end > begin:
        spans.append((begin, end))
    return spans


def _trim(part: str, begin: int) -> tuple[str, int]:
    """A part without the open end (等部门), a rider (按职责分工负责) and stray signs, and where it begins."""
    cut, kept = _trimmed(part)
    return kept, begin + cut


@lru_cache(maxsize=65536)
def _trimmed(part: str) -> tuple[int, str]:
    """(signs cut off in front, what is kept)."""
    cut = (
        len(part) - len(part.lstrip(" \u3000.。:：由请(（[［"))
        if part[:1] not in "(（[［" or open_brackets(part) > 0
        else 0
    )
    part = part[cut:].rstrip(" \u3000。.;；:：")
    m = _RIDER.search(part)
    if m and m.start() > 1 and ends_as_body(part[: m.start()].removesuffix("等")):
        part = part[: m.start()]
    elif m and m.start() == 0:
        part = ""
    m = _OPEN_END.search(part)
    if m and not _SOME.match(part):
        part = part[: m.start()]
    part = SHORT_NAME.sub("", part).rstrip(_OPEN)
    while part and part[-1] in _CLOSE and open_brackets(part) < 0:
        part = part[:-1]
    return (cut, part) if part and not _EMPTY.fullmatch(part) else (cut, "")


SHORT_NAME = re.compile(r"[(（](?:以下|下|以下统)?简称[^()（）]*[)）]$")
_SOME = re.compile(r"[\u4e00-\u9fff]{0,3}(?<!等)(?:有关|相关)")


def _append(names: list[Name], text: str, part: str, begin: int) -> None:
    part, begin = _trim(part, begin)
    if not part:
        return
    stop = begin + len(part)
    beside = bool(names) and names[-1].text[0] in "各有相0123456789" and _BARE_CLASS.fullmatch(part) is not None
    if beside and begin - names[-1].end <= 2 and _SHORT_CLASS.fullmatch(names[-1].text):
        first = names[-1].start
        names[-1] = Name(text[first:stop], first, stop, True)
        return
    if (by := _GIVEN_TO.match(part)) and ends_as_body(part):  # 校舍工程由县教育局
        _append(names, text, part[by.end() :], begin + by.end())
        return
    glued = _GLUED.match(part)
    if _is_pair(names, part) and begin - names[-1].end <= 2:
        first = names[-1].start
        above = names[-1].text
        class_of = "各" in above or _COUNTY_OR.fullmatch(above) is not None or _LEVELS.fullmatch(above) is not None
        names[-1] = Name(text[first:stop], first, stop, class_of)
        return
    if glued:  # the gap between two names is gone: 市税务局市财政局
        names.append(Name(glued.group(), begin, begin + glued.end(), False))
        _append(names, text, part[glued.end() :], begin + glued.end())
        return
    collective = is_collective(part) or beside
    names.append(Name(part, begin, stop, collective))


_LEVELS = re.compile(r"各(?:省、自治区|省|设?区?市)|省|(?:省、)?市(?:、县)?")
_OF_A_LEVEL = re.compile(
    r"(?:自治区、)?直辖市[\u4e00-\u9fff]|[市县]$"
    r"|[市县区旗](?:[(（][市县区、]{1,5}[)）])?(?:人民政府|政府|党委|[\u4e00-\u9fff]{0,8}(?:主管)?(?:部门|机关))"
)


def _is_pair(names: list[Name], part: str) -> bool:
    """Whether a part goes on the name before it: 各中级、基层法院; 县委、县政府, which answer as one."""
    if not names:
        return False
    above = names[-1].text
    if _LEVELS.fullmatch(above):  # 各省、自治区、直辖市物价部门; 市、区人民政府
        return _OF_A_LEVEL.match(part) is not None and ends_as_body(part)
    if above[0] == "各" and len(above) <= 6 and not ends_as_body(above):
        return ends_as_body(part)
    if _OF_BOTH.match(part) and len(above) <= 4 and not ends_as_body(above):
        return True  # 河东、裕华两区政府
    if _COUNTY_OR.fullmatch(above):
        return part[0] in "区县市旗" and len(part) > 1
    if _PARTY.search(above) and _ITS_GOVERNMENT.fullmatch(part):
        return part[0] in "人政管行办" or part[0] == above[-2:-1] or above[-2:] in ("党委", "工委")
    return above.endswith("党委") and "各" in above and part == "纪委"


_OF_BOTH = re.compile(r"[\u4e00-\u9fff]{2,4}[两三][省市县区州盟旗镇乡地]")
_COUNTY_OR = re.compile(r"[县市区][(（][市区县旗、]+[)）]")  # 县（市）、区人民政府
PARTY = r"(?:(?P<tier>[省市县区州盟旗镇乡])委|党委|党工委|工委)"  # a committee of a place, as names end with it
ITS_GOVERNMENT = r"[省市县区州盟旗镇乡]?(?:人民政府|政府|管委会|行署|办事处)"
_PARTY = re.compile(rf"{PARTY}$")
_ITS_GOVERNMENT = re.compile(rf"{ITS_GOVERNMENT}(?:[(（][\u4e00-\u9fff]{{2,4}}[)）])?")


MANAGING = "治管办处整清监护受修代审"  # before 理 they make words for work: behind 治理 stands 由, no 理由
_GIVEN_TO = re.compile(
    rf"[\u4e00-\u9fff]{{3,16}}(?<![自缘事经来因])(?<!(?<![{MANAGING}])理)由(?=[\u4e00-\u9fff]{{3}})"
)
_GLUED = re.compile(
    r"([省市县区州旗镇])[\u4e00-\u9fff]{2,12}?(?:局|委|办|厅|中心|社)(?=\1[\u4e00-\u9fff]{2,12}(?:局|委|办|厅|中心|社|部)$)"
)


def bodies_only(text: str, start: int, end: int, known: Callable[[str], bool] = is_body) -> list[Name]:
    """The bodies of text[start:end] when nothing else stands there, else []; `known` tells whether a name is one."""
    last = text[end - 1 : end]
    if "一" <= last <= "鿿" and last not in _LAST_SIGNS.get(known, _ANY_LAST_SIGN):
        return []
    names, by = _listed(text, start, end)
    position = start
    for name, begin, stop, _ in names:
        if not known(name) or _WORDS.search(text, position, begin + by):
            return []
        position = stop + by
    return [] if not names or _WORDS.search(_OPEN_END.sub("", text[position:end])) else _shifted(names, by)


_JOINING = "和及与等暨由"
_WORDS = re.compile(rf"[\u4e00-\u9fff]{{2}}|[\u4e00-\u9fff](?<![{_JOINING}])")
# Han signs that a list of bodies may end with: those of the bodies, of the open end behind them, of what joins names.
# Short forms (工商、税务) end otherwise; of the questions below none lets them pass.
LAST_SIGN = _END_SIGN.union(_JOINING, (kind[-1] for kind in _OPEN_KINDS.split("|")))
_ANY_LAST_SIGN = LAST_SIGN.union(w.rstrip(")?")[-1] for w in _FUNCTION.pattern.split("|"))
_LAST_SIGNS: dict[Callable[[str], bool], frozenset[str]] = dict.fromkeys([is_body, may_be_body, given_body], LAST_SIGN)
