"""Numbers to reach: quantities in running text and in the cells of indicator tables.

A number with a unit is read as a target unless what stands around it says otherwise: names (“四强”, 15分钟生活圈,
20条措施), dates and ranks, statistics of what is or was (现有, 截至2020年), thresholds (30万千瓦以下机组), rates of
subsidy and prices, points of a score. The first number of 从…提高到… is where one starts from, not the target. The
reasons to pass a number over are the table `_VETOES`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import cn2an

from loaders.facts import Deadline, Quantity

Comparator = Literal[">=", "<=", "=", "~", "range"]

# --- how quantities are written ---------------------------------------------------------------------------------

# Units by what they measure; the kind decides which vetoes apply.
_UNITS: dict[str, str] = {
    "count": "个 家 所 处 座 栋 幢 套 间 台 台套 台件 辆 艘 架 部 件 项 条 种 篇 本 册 份 株 棵 头 只 羽 片 块 根 口 眼 盏 支 门 对 组 段"
    " 宗 起 例 期 遍 轮 店 场 场次 次 批 批次 班次 人次 家次 户次 架次 车次 件次 个次 笔 道 枚 尾 颗 款 幅 节 课时 学时 标箱 标准箱 TEU",
    "people": "人 名 位 户 张 床",
    "money": "元 美元 欧元 元/人 元/年",
    "measure": "平方米 平方公里 平方千米 立方米 立方米/日 立方米/天 公里 千米 米 厘米 毫米 海里 亩 公顷 吨 吨/日 吨/天 吨/年 公斤 千克 斤"
    " 克 升 千瓦 千瓦时 兆瓦 兆瓦时 吉瓦 吉瓦时 度电 吨标准煤 吨标煤 标准立方米 微克/立方米 毫克/立方米 毫克/升 元/平方米 件/万人"
    " 人/平方公里 平方米/人 立方米/人 公里/小时 千伏安 TB PB GB PFLOPS P",
    "share": "% ‰ 个百分点 百分点 倍",
    "time": "个工作日 工作日 个自然日 天 日 小时 分钟 秒 个月",
}
_KIND = {unit: kind for kind, units in _UNITS.items() for unit in units.split()}


def _alternatives(units: Sequence[str]) -> str:
    latin = [re.escape(u) + "(?![A-Za-z])" if u.isascii() and u.isalpha() else re.escape(u) for u in units]
    return "|".join(sorted(latin, key=len, reverse=True))


_UNIT = _alternatives(list(_KIND))
_VALUE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"千万|百万|十万|万亿|千亿|百亿|万|亿"
_NUMBER = re.compile(
    rf"(?<![\dA-Za-z.+＋#第每/×*_])(?<!\d[:：])(?P<value>{_VALUE})(?:[%‰]?[-—–~～－至]{{1,2}}(?P<high>{_VALUE}))?"
    rf"[余多]?(?P<unit>(?:(?:{_SCALE})[余多]?)?(?:{_UNIT}))"
)
_CN = "一两二三四五六七八九十"
_SPELLED = re.compile(
    rf"(?:至少|不少于|不低于|不得少于|不能少于)[^,，。；;：:、\d\n“”]{{0,8}}?(?P<least>[{_CN}]{{1,3}})(?P<least_unit>{_UNIT})"
    rf"|、[^,，。；;、\n“”《》\d]{{1,24}}?(?P<listed>[{_CN[1:]}]{{1,2}})(?P<listed_unit>[条座所家处]|个(?=项目|基地|园区|中心|工程|公园))"
    r"|(?:轮训|培训|走访|排查|督查|检查)(?P<once>[一两三])(?P<once_unit>[遍轮])"
    r"|百分之(?P<hundredth>[一二三四五六七八九十百零点\d.]{1,8})|千分之(?P<thousandth>[一二三四五六七八九十百零点\d.]{1,8})"
    rf"|(?<![{_CN}第每])(?P<days>[{_CN}]{{1,3}})(?P<days_unit>个工作日)(?=(?:之|以)?内)"
)
_HINT = re.compile(r"\d[余多]?[\u4e00-\u9fff%‰]|\d[-—–~～－]\d|\d[TPG]|分之|至少|不少于|不低于|不得少于|[两三四五六七八九][条座所家处个]|[训访查][一两三][遍轮]|工作日")

# --- how a target is bound --------------------------------------------------------------------------------------

_AT_LEAST = re.compile(r"(?:不少于|不低于|不小于|不得少于|不得低于|不能少于|至少|超过?|突破|达到?|高于|多于|大于|≥|＞|>)[^\d,，。；;]{0,4}$")
_AT_MOST = re.compile(
    r"(?:控制在|不超过|不高于|不得超过|不大于|不多于|(?<![不得])(?:低于|小于|少于)|≤|＜|<|最多|[压缩降减][^\d,，。；;]{0,3}[至到])[^\d,，。；;]{0,4}$"
)
_AT_LEAST_AFTER = re.compile(r"[及或含]?以上")
_AT_MOST_AFTER = re.compile(r"[及或含]?以[下内]|之内|内")
_ABOUT = re.compile(r"左右|上下")
_BOUND_AFTER = re.compile(r"[及或]?以[上下内]|左右|上下|之内|内")

# --- what is no target ------------------------------------------------------------------------------------------

_HAN = r"[\u4e00-\u9fff]"
_VEIL = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]{0,40}”|\"[^\"“”。；\n]{0,30}\"|「[^「」]{0,40}」"
    r"|[(（](?!其中|含|不少于|不低于|≥|达到|力争|确保|新增|新建|累计)[^()（）]{0,400}[)）]|〔[^〔〕]{0,300}〕|【[^【】]{0,60}】"
)


@dataclass(frozen=True, slots=True)
class _Veto:
    """A reason not to read a number as a target: what stands before and after it, for some kinds of unit."""

    name: str
    kinds: str = ""  # of units, all when empty
    before: re.Pattern[str] | None = None  # searched in the clause up to the number
    after: re.Pattern[str] | None = None  # matched right after the unit
    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None


def _veto(name: str, kinds: str = "", before: str = "", after: str = "", unless_before: str = "", unless_after: str = "") -> _Veto:
    patterns = [re.compile(p) if p else None for p in (before, after, unless_before, unless_after)]
    return _Veto(name, kinds, *patterns)


_SOFT = r"[^\d,，。；;]"  # within a clause, no other number
_WORK = r"(?:推进|完成|实施|启动|改造|提升|整治|关停|淘汰)"
_VETOES = [
    # 第3, 前10, 近5, 这3项, 围绕8条产业链, 原有12所: an order, a means or what there is, not what is to be reached
    _veto("order", before=r"(?:[第前分近这该含由]|上述|以上|上列|下列|[^,，。；;]{0,3}等级|位居|位列|排名|排列|同比|环比|连续|历经|历时|为期)$",
          unless_before=r"[底日月年以之]前$"),
    _veto("means", before=r"(?:按照?|围绕|聚焦|用好|依托|借助|针对|涉及|包括|包含|除|附件|附表|序号|编号|型号|国道|省道|县道|电话|专线|频道|邮编)$"),
    _veto("existing", before=r"(?:现有|原有|已有|既有|现存|共有|目前有|下辖|共辖|辖区?)[^\d,，。；;]{0,4}$", unless_before=rf"{_WORK}{_SOFT}{{0,6}}(?:现有|既有|原有)$"),
    _veto("whole", before=r"全(?:市|县|区|省|镇|乡|州|旗|盟|国|自治区|自治州|域)的?$",
          after=r"个?(?:乡镇|镇街|镇(?!村)|街道|区县|县区|县|市|村|社区|区|设区市|市州|地市|州|开发区|旗|盟|乡|园区)",
          unless_after=rf"{_SOFT}{{0,40}}(?:全覆盖|全部|均|实现|建成)"),
    _veto("inspected", before=rf"(?:对|将|组织|联合)(?:全[市县区省]|辖区内?)?{_SOFT}{{0,6}}$",
          after=r"[^,，。；;]{0,30}(?:检查|排查|摸排|巡查|监管|监测|抽查|核查|摸底|普查|督查|督导|评估|考核|跟踪|调度|评价)"),
    # 8个方面, 3个环节, 29个部门, 4个100%, 15分钟圈, 12345热线
    _veto("aspect", after=r"方面|层面|维度|阶段|步骤|原则|坚持|统一|部门|字|子项目|统筹|结合|重点?领域|年度|季度|月份?|100|\d|大类|规定动作|级(?!平台|项目)"),
    _veto("steps", after=r"环节|程序", unless_before=r"(?:压减|减少|精简|缩减|取消)[^,，。；;]{0,4}$", unless_after=r"(?:环节|程序)?[压减以内]"),
    _veto("slogan", after=rf"见[绿园]|{_HAN}{{0,6}}圈|全天候|值班|值守|营业|开放|不间断|在线|在岗|{_HAN}{{0,3}}热线|自助|{_HAN}{{0,4}}预报|不打烊|无理由|半径|范围|禁令|红线"),
    _veto("sum-in-name", after=r"\+|[^,，。；;\d]{1,8}\+\d|节能|(?:设计)?标准(?:执行|设计|建设)|制(?![作造订定品剂])|工作法|标准地"),
    _veto("policies", "count", after=r"(?:[^,，。；;、的]{0,6})(?:措施|举措|政策|意见|规定|要求|条款|禁令)",
          unless_before=r"(?:出台|制定|推出|提出|新增|修订|发布|形成|谋划|复制推广|推广)[^,，。；;]{0,10}$"),
    _veto("policy-name", "count", before=r"(?:新政|政策|措施|意见|举措|规定|条例|办法)$", after=r"(?![\s\S])|[,，。；;、）)]",
          unless_before=r"(?:出台|制定|推出|提出|新增|修订|发布|形成|推广)[^,，。；;]{0,12}$"),
    # 30万千瓦以下机组, 10万元以上村, 产值达到10亿元的企业, 50户以上自然村
    _veto("threshold", "measure money", after=rf"[及或含]?以[上下内外]的?{_HAN}", unless_after=r"[及或含]?以[上下内外](?:实现|完成|达到|建成|全部|均|并|且|由|纳入|投入|用于)"),
    _veto("attribute", "measure money", after=rf"(?:左右|上下)?的[“\"]?{_HAN}",
          unless_before=r"(?:新建|建设|建成|新增|改造|完成|打造|建|发放|投用|提供|供应|盘活|出让|绿化|治理|修复|拆除|腾退|实施)[^\d,，。；;]{0,2}$"),
    _veto("attribute-of-count", "measure money", before=r"\d+[家个所][^\d,，。；;、]{0,12}(?:超过|达到?|过|突破|不低于)$", after=r"[、的]|以上的"),
    _veto("head-count", "people", after=rf"[及或]?以[上下]的?{_HAN}{{0,4}}(?:企业|单位|村|社区|学校|机构|场所|医院|项目|园区|规模|经营|聚居|集中居住|班额|建筑|作业|会议)"),
    _veto("capacity", "measure", after=rf"(?:级|/\d|{_HAN}{{0,4}}(?:变电站|输变电|储能|机组|装置|生产线|线路|电站|电厂|热电|风电|锅炉|泵站|码头|水库|专用线))",
          unless_before=r"(?:新增|关停|淘汰|达到?|累计)[^\d,，。；;]{0,4}$"),
    _veto("throughput", "measure", before=r"[^\d]*$", after=rf"(?<=[日天年]){_HAN}", unless_before=r"(?:达到?|不低于|新增|提升至|提高到)[^\d]{0,4}$"),
    _veto("near", "measure time", after=r"[以之]?内的?(?:范围|区域|居民|小区)|外"),
    # subsidies, awards, fines, prices, budgets
    _veto("rate", "money share", before=r"(?:给予|补助|补贴|奖励|奖补|贴息|资助|补偿|奖金|罚款|处以)[^,，。；;]*$", unless_before=r"(?:覆盖率|占比|比率|率)[^\d,，。；;]{0,8}$"),
    _veto("price", "money", before=r"(?:单价|收费|票价|最高|封顶|限额|标准为?|总投资额?|计划投资|投资额|概算|估算|造价|注册资本|每(?:人|户|亩|吨|小时|床|天|件|台|辆|次|名|个|人每[月年天]))[^,，。；;\d]{0,6}$"),
    _veto("rate-after", "money share", after=r"[/／]|的?(?:比例)?(?:给予)?(?:补助|补贴|奖励|奖补|罚款|资助|奖金|贴息|补偿|一次性)|每(?:人|户|亩|吨|小时|个|家|名|床|天|例|件|台|辆|次|平方米|月|年)"),
    _veto("from", after=rf"{_SOFT}{{0,8}}?(?:提高|提升|增加|增长|扩大|压缩|缩短|压减|下降|降低?|减少|上升|扩展|优化|精简|减|增)(?:到|至|为)[约近]?\d"),
    _veto("start", before=r"(?:从|由)[^,，。；;]{0,16}$", after=rf"{_SOFT}{{0,12}}(?:到|至|为)[约近]?\d"),
    _veto("alternative", before=r"或者?(?:至少|不少于)[^,，。；;\d]{0,4}$"),
    # what is said of the place itself
    _veto("statistic", before=r"(?:辖区面积|总面积|位于|距离|海拔|全长|长约|宽约)[约为达]{0,2}$"),
]  # fmt: skip
# Spans of time are targets only where something must not take longer, must last, or happens within them.
_TIME_BOUND = re.compile(
    r"(?:不少于|不低于|不得少于|至少|不超过|不得超过|达到?|缩短|压缩|压减|缩减|控制在|减少|提前|延长|平均|提速|优于|超过|保持|力争|优良天数|[减降][至到])"
    r"[^,，。；;\d]{0,8}$|每人?(?:天|日|周|月|年|季度|学期|学年|人|生|名)[^,，。；;]{0,24}$"
)
_TIME_WITHIN = re.compile(r"[以之]?内(?!的)")
_COUNTED_FROM = re.compile(r"(?:印发|下发|施行|实施)(?:之日起?|后)[^\d,，。；;]{0,3}$")

_PAST = re.compile(
    r"截至|截止|目前|去年|近年来|年以来|今年以来|前三季度|历年|现已|累计已|先后[建培引完获创]"
    r"|已(?:有|经|建成(?!的)|完成|实现|达|累计|培育|引进|发展|建立|开通|投入|改造|创建|形成|覆盖|落实|超)"
)
_AHEAD = re.compile(r"力争|确保|目标|计划|今后|未来|下一步|年底前|将达|提高[到至]|提升[到至]|增加[到至]|扩大[到至]|降[到至]|[压缩][^,，。；;]?[到至]")
_YEAR = re.compile(r"(?<![\d〔\[(（])((?:19|20)\d\d)(?=年)")
_COMPARED = re.compile(r"(?:较|比|与|跟|以|相比|高于|低于|超过)[^,，。；;\d]{0,2}$")
_MARKS = "。；;！!？?\n\t\v"
_CLAUSE_MARKS = _MARKS + ",，:：|"
_CLAUSE_END = re.compile(r"[。；;！!？?\n\t\v,，:：|(（〔]")

# --- what is measured -------------------------------------------------------------------------------------------

_NUMBERING = re.compile(r"\s*(?:\d{1,3}[.．、)）]|[(（][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]|——|[—-])?\s*")
_LEADING = re.compile(
    r"(?:其中|力争|确保|争取|努力|实现|使|并|同时|继续|持续|逐步|稳步|加快|全面|积极|推动|推进|新改扩建|新改建|新建改造|新建续建|新建|建成投用|建成|建设|新增|完成|实施|打造|培育|引进|组织"
    r"|开展|举办|培训|发放|创建|争创|改造提升|改造|改善|选树|评选|推出|出台|制定|修订|发布|关停|淘汰|压减|整治|治理|绿化|归集|汇聚|招聘|安置|提供|配备|配置|布设|设立|每年|全年|年内|年底前|[一二两三四五\d]+年内?|[到至]?(?:19|20)\d\d年|年?底前?|[末前])+(?![率量数额度比占])"
)
_TRAILING = re.compile(
    r"(?:力争|确保|均|分别|总计|共计|合计|累计|稳定|保持|继续|控制|维持|达到|达|提高|提升|增加|增长|扩大|发展|压缩|缩短|下降|降低|减少|压减|突破|超过|不低于|不少于|不超过|不高于|不得少于|不得低于"
    r"|至少|约|近|在|到|至|为|占|由|从|每[百千万]?[人户名]|≥|≤|[:：])+$"
)
_EARLIER = re.compile(r"\d")
# Words that end in a verb name nothing: what is measured then stands after the number.
_NAMELESS = re.compile(
    r"(?:^|完成|打造|建成|启动|实施|新建|年度|公开|选派|具备|建立|提供|建设|开展|现有|省定|市定|县定|全[市县区省]|覆盖|至少有?|实现|^.)$"
)
_NOUN_AFTER = re.compile(rf"(?:{_BOUND_AFTER.pattern})?的?({_HAN}{{2,24}})")


# --- public -----------------------------------------------------------------------------------------------------


def read_quantities(
    text: str, start: int, end: int, deadlines: Sequence[Deadline], own_year: int | None = None
) -> list[Quantity]:
    """Targets with a number in clean text[start:end), in reading order, one per number.

    `deadlines` are those of the same stretch; a target's year is that of the deadline before it in its sentence.
    `own_year` is the document's: numbers that follow an earlier year are statistics of the past.
    """
    if not _HINT.search(text, start, end):
        return []
    veils = [m.span() for m in _VEIL.finditer(text, start, end)]
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text, start, end):
        unit = match.group("unit").replace("余", "").replace("多", "")
        if not _veiled(veils, match.start()) and _is_target(text, start, end, match.span(), unit, own_year):
            found.append(_quantity(text, start, end, match.span(), match.group("value"), match.group("high"), unit, deadlines))
    spelled = [_spelled(text, start, end, m, veils, deadlines, own_year) for m in _SPELLED.finditer(text, start, end)]
    if any(spelled):
        found = sorted([*found, *filter(None, spelled)], key=lambda q: (q.start, q.end))
    return _without_repeats(text, found)


_CELL = re.compile(
    rf"\s*[\[〔【(（]?(?P<bound>[≥≤＞＜><≧≦]|达到?|不低于|不少于|不超过|不高于|控制在|提高[到至]|提升[到至]|降[到至]|约|力争|稳定在|保持在|大于|小于|低于|高于|超过|突破|\s)*"
    rf"(?P<value>{_VALUE})(?:[%‰]?[-—–~～－至]{{1,2}}(?P<high>{_VALUE}))?(?P<unit>(?:{_SCALE})?(?:{_UNIT}|岁|年|分|级|位)?)\s*(?P<after>[及或]?以[上下内]|左右|上下)?\s*[\]〕】)）]?"
    r"(?:[(（][^()（）]*[)）])?[。;；]?\s*"
)


def read_cell_quantity(
    text: str, start: int, end: int, *, indicator: str, unit: str = "", year: int | None = None
) -> Quantity | None:
    """The number of one cell of an indicator table, clean text[start:end), or None when it holds none.

    `indicator` is the row's name and `unit` its unit, from the column 单位 or brackets; a unit in the cell goes first.
    """
    match = _CELL.fullmatch(text, start, end)
    if not match:
        return None
    at = match.start() + len(match.group()) - len(match.group().lstrip())
    stop = match.start() + len(match.group().rstrip())
    written = match.group("unit") or unit.strip(" —-－/()（）")
    return Quantity(
        start=at,
        end=stop,
        quote=text[at:stop],
        rule="quantity:cell",
        text=f"{indicator}{text[at:stop]}" if not match.group("unit") and not written else f"{indicator}{text[at:stop]}",
        value=_value(match.group("value")),
        value_max=_value(match.group("high")) if match.group("high") else None,
        unit=written,
        comparator=_comparator(text[at : match.start("value")], match.group("after") or "", bool(match.group("high"))),
        year=year,
        indicator=indicator or None,
    )


# --- one number -------------------------------------------------------------------------------------------------


def _is_target(text: str, start: int, end: int, span: tuple[int, int], unit: str, own_year: int | None) -> bool:
    at, stop = span
    kind = _kind(unit)
    clause = _after_last(text, start, at, _CLAUSE_MARKS)
    before = text[max(clause, at - 60) : at]
    after = text[stop : min(end, stop + 48)]
    if kind == "time" and not _is_span(unit, before, after):
        return False
    for veto in _VETOES:
        if (
            (not veto.kinds or kind in veto.kinds)
            and (veto.before is None or veto.before.search(before))
            and (veto.after is None or veto.after.match(after))
            and not (veto.unless_before and veto.unless_before.search(before))
            and not (veto.unless_after and veto.unless_after.match(after))
        ):
            return False
    return not _is_past(text, start, at, own_year)


def _is_span(unit: str, before: str, after: str) -> bool:
    bound = _TIME_BOUND.search(before)
    if unit == "个月":
        return bool(bound)
    return bool(bound) or (bool(_TIME_WITHIN.match(after)) and not _COUNTED_FROM.search(before))


def _is_past(text: str, start: int, at: int, own_year: int | None) -> bool:
    """Whether the sentence up to the number tells what is or was: 截至目前已建成, 2019年达到."""
    sentence = _after_last(text, start, at, _MARKS)
    said = text[sentence:at]
    if own_year is not None and "年" in said:
        for match in reversed(list(_YEAR.finditer(said))):
            if not _COMPARED.search(said, 0, match.start()):
                if int(match.group(1)) < own_year:
                    return not _AHEAD.search(said, match.end())
                break
    past = None
    for past in _PAST.finditer(said):
        pass
    return past is not None and not _AHEAD.search(said, past.end())


def _quantity(
    text: str, start: int, end: int, span: tuple[int, int], value: str, high: str | None, unit: str, deadlines: Sequence[Deadline]
) -> Quantity:
    """The target whose number and unit stand at `span`; its span and text are the clause."""
    at, stop = span
    clause = _after_last(text, start, at, _CLAUSE_MARKS)
    begin = clause
    if numbering := _NUMBERING.match(text, clause, at):
        begin = numbering.end()
    closing = _CLAUSE_END.search(text, stop, end)
    close = min(closing.start() if closing else end, stop + 80)
    before, after = text[begin:at], text[stop:close]
    return Quantity(
        start=begin,
        end=close,
        quote=text[begin:close],
        rule=_rule(before, after),
        text=text[begin:close],
        value=_value(value),
        value_max=_value(high) if high else None,
        unit=unit,
        comparator=_comparator(before, after, bool(high)),
        year=_year_of(text, start, at, deadlines),
        indicator=_indicator(before, after),
    )


def _spelled(
    text: str, start: int, end: int, match: re.Match[str], veils: list[tuple[int, int]], deadlines: Sequence[Deadline], own_year: int | None
) -> Quantity | None:
    """A number in Chinese numerals. Few are targets: 至少一处, an enumeration's sum, 轮训一遍, 百分之九十."""
    groups = match.groupdict()
    name = next((n for n in ("least", "listed", "once", "hundredth", "thousandth", "days") if groups[n]))
    at = match.start(name)
    if _veiled(veils, at):
        return None
    try:
        value = _value(groups[name].replace("两", "二"))
    except ValueError:
        return None
    unit = {"hundredth": "%", "thousandth": "‰"}.get(name) or groups[f"{name}_unit"]
    if name == "listed":
        clause = _after_last(text, start, at, _CLAUSE_MARKS)
        if not re.search(r"启动|新建|建成|建设|打造|完成|推进|培育|创建", text[clause:at]):
            return None
    if name != "once" and not _is_target(text, start, end, (at, match.end()), unit, own_year):
        return None
    return _quantity(text, start, end, (at, match.end()), str(value), None, unit, deadlines)


def _comparator(before: str, after: str, is_range: bool) -> Comparator:
    if is_range:
        return "range"
    if _ABOUT.match(after) or before.endswith(("约", "近")):
        return "~"
    if _AT_LEAST_AFTER.match(after):
        return ">="
    if _AT_MOST.search(before) or _AT_MOST_AFTER.match(after):
        return "<="
    return ">=" if _AT_LEAST.search(before) else "="


def _rule(before: str, after: str) -> str:
    if _AT_MOST.search(before):
        return "quantity:limit"
    if _AT_LEAST.search(before) or _BOUND_AFTER.match(after):
        return "quantity:reach"
    return "quantity:count"


def _indicator(before: str, after: str) -> str | None:
    """What is measured: the words before the number; those after it when only a verb stands before (新建8处书屋)."""
    if other := _EARLIER.search(before):  # numbers share a clause: 达到10家、1家; 新建书屋8处、驿站3处
        rest = re.split("[、和及]", before)[-1]
        before = rest if not _NAMELESS.search(_TRAILING.sub("", rest)) else before[: other.start()]
    name = _TRAILING.sub("", before)
    if lead := _LEADING.match(name):
        name = name[lead.end() :]
    name = name.strip("的、, 等")
    if not _NAMELESS.search(name):
        return name
    noun = _NOUN_AFTER.match(after)
    return noun.group(1) if noun else name or None


def _year_of(text: str, start: int, at: int, deadlines: Sequence[Deadline]) -> int | None:
    """The year of the last deadline before the number in its sentence; 每年 in between takes it away."""
    nearest = None
    for deadline in deadlines:
        if deadline.end > at:
            break
        nearest = deadline
    if nearest is None or nearest.end < _after_last(text, start, at, _MARKS):
        return None
    return nearest.year


def _without_repeats(text: str, found: list[Quantity]) -> list[Quantity]:
    """Drop a target that a later sentence or cell says again: same number, unit and name."""
    seen: dict[tuple[float, str, str], Quantity] = {}
    kept: list[Quantity] = []
    for quantity in found:
        key = (quantity.value, quantity.unit, (quantity.indicator or "")[-4:])
        first = seen.setdefault(key, quantity)
        if first is quantity and not key[2]:
            first = next((q for q in kept if (q.value, q.unit) == key[:2]), quantity)
        if first is quantity or not any(mark in text[first.end : quantity.start] for mark in _MARKS):
            kept.append(quantity)
    return kept


# --- small tools ------------------------------------------------------------------------------------------------


def _after_last(text: str, start: int, at: int, marks: str) -> int:
    """Where the stretch begins that ends at `at` and holds none of `marks`."""
    low = max(start, at - 200)
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in marks))


def _veiled(veils: list[tuple[int, int]], position: int) -> bool:
    i = bisect_right(veils, (position, 1 << 60)) - 1
    return i >= 0 and position < veils[i][1]


@lru_cache(maxsize=1024)
def _kind(unit: str) -> str:
    """What a unit measures, its scale (万, 亿) left out; a scale alone counts."""
    return _KIND.get(unit) or _KIND.get(re.sub(rf"^(?:{_SCALE})", "", unit), "count")


@lru_cache(maxsize=1024)
def _value(written: str) -> float:
    plain = written.replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return 100.0 if plain == "百" else float(cn2an.cn2an(plain, "smart"))
