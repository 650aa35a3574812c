"""Numbers to reach: quantities in running text and in the cells of indicator tables.

A number with a unit is read as a target unless what stands around it says otherwise: names (“四强”, 15分钟生活圈),
dates and ranks, statistics of what is or was (现有, 截至2020年), thresholds (30万千瓦以下机组), rates of subsidy and
prices, points of a score: the reasons are the table in `vetoes`. One number is one target; of 从…提高到… the second.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Literal

import cn2an

from loaders.extract.vetoes import HAN, veto, words
from loaders.facts import Deadline, Quantity

Comparator = Literal[">=", "<=", "=", "~", "range"]

# --- how quantities are written ---------------------------------------------------------------------------------

# Units by what they measure; the kind decides which vetoes apply.
UNITS: dict[str, str] = {
    "count": (
        "个 家 所 处 座 栋 幢 套 间 台 台套 台件 辆 艘 架 部 件 项 条 种 篇 本 册 份 株 棵 头 只 羽 片 块 根 口 眼 盏"
        " 支 门 对 组 段 宗 起 例 期 遍 轮 店 场 场次 次 批 批次 班次 人次 家次 户次 架次 车次 件次 个次 笔 道 枚 尾"
        " 颗 款 幅 节 课时 学时 具 标箱 标准箱 TEU 列 列次 顶 锭 台(套) 台（套）"
    ),
    "people": "人 名 位 户 张 床",
    "money": "元 美元 欧元",
    "measure": (
        "平方米 平方公里 平方千米 立方米 标准立方米 公里 千米 米 厘米 毫米 海里 亩 亩次 公顷 吨 公斤 千克 斤 微克"
        " 毫克 克 升 千瓦 千瓦时 兆瓦 兆瓦时 吉瓦 吉瓦时 度电 千伏安 吨标准煤 吨标煤 DDDs TB PB GB PFLOPS P"
    ),
    "share": "% ‰ 个百分点 百分点 倍",
    "time": "个工作日 工作日 个自然日 天 日 小时 分钟 秒 个月",
}
_KIND = {unit: kind for kind, units in UNITS.items() for unit in units.split()}


_OF_A_WORD = {"具": "(?![有体备])", "列": "(?![入为出示席明支举在])"}  # 2023年3列入预算


def _alternatives(units: Sequence[str]) -> str:
    latin = [re.escape(u) + ("(?![A-Za-z])" if u.isascii() and u.isalpha() else _OF_A_WORD.get(u, "")) for u in units]
    return "(?:" + "|".join(sorted(latin, key=len, reverse=True)) + ")"


_UNIT = _alternatives(list(_KIND))
_SCALE = "(?:千万|百万|十万|万亿|千亿|百亿|万|亿)"
# These begin with one plain sign or a choice of plain words: the search then skips to them at full speed.
# A number is taken whole: what follows it begins with no digit.
_VALUE = r"[0-9](?>[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]*)(?:\.[0-9]+)?+"
_UNIT_SIGNS = "".join(sorted({unit[0] for unit in _KIND} | set("千百十万亿余多")))
_PER = words("平方公里 平方米 立方米 千瓦时 公顷 小时 万人 千人 万元 人 户 亩 吨 年 月 日 天 升")
_NUMBER = re.compile(
    rf"(?P<value>{_VALUE})(?:[%‰]?(?:[-—–~～－至]{{1,2}}|到(?=[0-9]{{1,2}}[^0-9%]))(?P<high>{_VALUE}))?"
    rf"(?=[{_UNIT_SIGNS}])[余多]?(?P<unit>(?:{_SCALE}[余多]?)?{_UNIT}(?:/{_PER})?)"
)
_BEFORE_NUMBER = frozenset(".+＋#第每/×*_-")  # parts of a name, a ratio, an order: 3+2, 1/3, 第5, 每2年
_EARLIER = re.compile("[0-9]+(?![0-9A-Za-z])")  # a number, not the first sign of 5G
_CN = "一两二三四五六七八九十"
_SPELLED = re.compile(
    rf"(?:至少|不少于|不低于|不得少于|不能少于)[^,，。；;：:、\d\n“”]{{0,8}}?(?P<least>[{_CN}]{{1,3}})(?P<least_unit>{_UNIT})"
    r"|(?:轮训|培训|走访|排查|督查|检查)(?P<once>[一两三])(?P<once_unit>[遍轮])"
    r"|百分之(?P<hundredth>[一二三四五六七八九十百零点\d.]{1,8})"
    r"|千分之(?P<thousandth>[一二三四五六七八九十百零点\d.]{1,8})"
    rf"|(?P<days>[{_CN}])(?P<days_unit>个工作日)(?=(?:之|以)?内)"
)
_SPELLED_HINT = re.compile(
    "至少|不少于|不低于|不得少于|不能少于|百分之|千分之|个工作日|训[一两三]|访[一两三]|查[一两三]"
)
# Other numbers in Chinese numerals: large ones (五十万亩, 三百户), one that ends its clause (新建水厂两座), and one
# that sums up an enumeration (启动甲路、乙路两条主干道建设). The rest are names: 三大体系, 四个统一.
_COUNTED = (
    "人次 平方米 立方米 平方公里 公里 千瓦时? 吨 亩 公顷 元 人 户 名 米 个 家 所 处 座 条 台 部 支"
    " 辆 套 项 间 张 口 件 场"
)
_NUMERAL = re.compile(rf"(?P<number>[{_CN}][{_CN}百千零]{{0,6}})[余多]?(?P<unit>[万亿]?{words(_COUNTED)})")
# Each of these and of `_SPELLED` holds a numeral before the first sign of what is counted, or 分之 (one set of signs
# for both: the search then skips to them at full speed).
_COUNTED_SIGNS = "".join(sorted({unit[0] for unit in [*_COUNTED.split(), *_KIND]} | set("余多万亿")))
_IN_WORDS = re.compile(f"[{_CN}百千零分][{_COUNTED_SIGNS}之]")
_LARGE = re.compile("[百千万亿]")
_LISTED = re.compile(r"、[^,，。；;、\n“”《》\d]{1,24}$")
_STARTED = re.compile(words("启动 新建 建成 建设 打造 完成 推进 培育 创建 新增 改造 修建 兴建 组建 争创"))
_SUMMED = re.compile("[条座所家处]|个(?=项目|基地|园区|中心|工程|公园)")
_LAST = re.compile(r"(?:以上|左右)?(?=[,，。；;、\n]|\Z)")

# --- how a target is bound --------------------------------------------------------------------------------------

_AT_LEAST = re.compile(
    words("不少于 不低于 不小于 不得少于 不得低于 不能少于 至少 超过? 突破 达到? 高于 多于 大于 ≥ ＞ >")
    + r"[^\d,，。；;]{0,4}$"
)
_AT_MOST = re.compile(
    words(
        "控制在 不超过 不高于 不得超过 不大于 不多于 低于(?<![不得]低于) 小于(?<![不得]小于) 少于(?<![不得]少于)",
        "≤ ＜ < 最多",
        *(rf"{verb}[^\d,，。；;]{{0,3}}[至到]" for verb in "压缩降减"),
    )
    + r"[^\d,，。；;]{0,4}$"
)
_AT_LEAST_AFTER = re.compile("[及或含]?以上")
_AT_MOST_AFTER = re.compile("[及或含]?以[下内]|之内|内")
_ABOUT = re.compile("左右|上下")
_BOUND_SIGNS = frozenset("及或含以之内左上")  # what these three begin with
_BOUND_AFTER = re.compile("[及或]?以[上下内]|左右|上下|之内|内")

# --- where a target does not stand ------------------------------------------------------------------------------

# Titles, names in quotation marks, and what is in brackets, unless the bracket itself sets a target.
_SPEAKING = words("其中 含 不少于 不低于 ≥ 达到 力争 确保 新增 新建 累计")
_VEIL = re.compile(
    '《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]{0,40}”|"[^"“”。；\n]{0,30}"|「[^「」]{0,40}」'
    rf"|\((?!{_SPEAKING})[^()（）]{{0,400}}[)）]|（(?!{_SPEAKING})[^()（）]{{0,400}}[)）]|〔[^〔〕]{{0,300}}〕|【[^【】]{{0,60}}】"
)
# Spans of time are targets only where something must not take longer, must last, or happens within them.
_TIME_BOUND = re.compile(
    words(
        "不少于 不低于 不得少于 至少 不超过 不得超过 达到? 缩短 压缩 压减 缩减 控制在 减少 提前 延长 平均 提速 优于",
        "超过 保持 力争 优良天数 [减降][至到]",
    )
    + r"[^,，。；;\d]{0,8}$"
)
_TIME_EACH = re.compile(
    "每人?" + words("天 日 周 月 年 季度 学期 学年 人 生 名") + "[^,，。；;]{0,24}$"
)  # 每天校内1小时
_TIME_WITHIN = re.compile("[以之]?内(?!的)")
_COUNTED_FROM = re.compile(r"(?:印发|下发|施行|实施)(?:之日起?|后)[^\d,，。；;]{0,3}$")
# The sentence tells what is or was, unless it turns to what is to be.
_PAST = re.compile(
    "截至|截止|目前|去年|近年来|年以来|今年以来|前三季度|历年|现已|累计已|先后[建培引完获创]|已(?:有|经|累计)"
)
_DONE = re.compile(r"已[\u4e00-\u9fff](?!成的|的)")  # in the clause of the number itself
_AHEAD = re.compile(
    words("力争 确保 目标 计划 今后 未来 下一步 年底前 将达 提高[到至] 提升[到至] 增加[到至] 扩大[到至] 降[到至]")
    + "|基础上|[压缩][^,，。；;]?[到至]"
)
_YEAR = re.compile(r"[12][0-9]{3}年")
_COMPARED = re.compile(words("较 比 与 跟 以 相比 高于 低于 超过") + r"[^,，。；;\d]{0,2}$")

_SENTENCE_MARKS = "。；;！!？?\n\t\v"
_SENTENCE_MARK = re.compile(rf"[{_SENTENCE_MARKS}]")
# Greedy: the match ends right after the last mark.
_TO_SENTENCE = re.compile(rf"(?s:.*)[{_SENTENCE_MARKS}]")
_TO_CLAUSE = re.compile(rf"(?s:.*)(?:[{_SENTENCE_MARKS}，:：|]|,(?![0-9]{{3}}(?![0-9])))")
_CLAUSE_END = re.compile(rf"[{_SENTENCE_MARKS},，:：|(（〔]")

# --- what is measured -------------------------------------------------------------------------------------------

_NUMBERING = re.compile(
    r"\s*(?:\d{1,3}[.．、)）]|[(（][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]|——|[—-])?\s*"
)
_LEADING = re.compile(
    words(
        "其中 力争 确保 争取 努力 实现 使 并 同时 继续 持续 逐步 稳步 加快 全面 积极 推动 推进",
        "新改扩建 新改建 新建改造 新建续建 新建 建成投用 建成 建设 新增 完成 实施 打造 培育 引进 组织 开展 举办",
        "培训 发放 创建 争创 改造提升 改造 改善 选树 评选 推出 出台 制定 修订 发布 关停 淘汰 压减 整治 治理 绿化",
        "归集 汇聚 招聘 安置 提供 配备 配置 布设 设立 每年 全年 年内 年底前",
        r"[一二两三四五\d]+年内? [到至]?(?:19|20)\d\d年 年?底前? [末前] “[一二三四五六七八九十]+五”期间",
    )
    + "+(?![率量数额度比占面])"
)
_TRAILING_WORDS = (
    "力争 确保 均 分别 总计 共计 合计 累计 稳定 保持 继续 控制 维持 达到 达 提高 提升 增加 增长 扩大 发展"
    " 压缩 缩短 下降 降低 减少 压减 突破 超过 不低于 不少于 不超过 不高于 不得少于 不得低于 至少 约 近 在 到 至"
    " 为 占 由 从 : ： ≥ ≤ 每千人 每百人 每万人 每人 每百户 每千户 每户 每万名 百分之 千分之"
)
_TRAILING = re.compile(words(_TRAILING_WORDS[::-1]) + "+")  # read backwards, from the number on
# Words that end in a verb name nothing: what is measured then stands after the number.
_NAMELESS_WORDS = """
完成 打造 建成 启动 实施 新建 年度 公开 选派 具备 建立 提供 建设 开展 现有 省定 市定 县定 覆盖 实现 至少 至少有
全市 全县 全区 全省
"""
_NAMELESS = tuple(_NAMELESS_WORDS.split())
_NOUN_AFTER = re.compile(f"(?:{_BOUND_AFTER.pattern})?的?({HAN}{{2,24}})")


# --- public -----------------------------------------------------------------------------------------------------


def read_quantities(
    text: str, start: int, end: int, deadlines: Sequence[Deadline], own_year: int | None = None
) -> list[Quantity]:
    """Targets with a number in clean text[start:end), in reading order, one per number.

    `deadlines` are those of the same stretch; a target's year is that of the deadline before it in its sentence.
    `own_year` is the document's: numbers that follow an earlier year are statistics of the past.
    """
    numbers = list(_NUMBER.finditer(text, start, end))
    spelled: list[re.Match[str]] = []
    numerals: list[re.Match[str]] = []
    if _IN_WORDS.search(text, start, end):
        spelled = list(_SPELLED.finditer(text, start, end)) if _SPELLED_HINT.search(text, start, end) else []
        numerals = list(_NUMERAL.finditer(text, start, end))
    if not (numbers or spelled or numerals):
        return []
    place = _Place(text, start, end, deadlines, own_year)
    found: list[Quantity] = []
    for match in numbers:
        before = text[match.start() - 1 : match.start()]
        if before in _BEFORE_NUMBER or (before.isascii() and before.isalnum()) or _is_ratio(text, match.start()):
            continue
        unit = match.group("unit").replace("余", "").replace("多", "")
        if place.is_target(*match.span(), unit):
            found.append(place.quantity(*match.span(), match.group("value"), match.group("high"), unit))
    if spelled or numerals:
        taken = {m.end() for m in spelled}  # not twice
        found += filter(None, map(place.spelled, spelled))
        found += filter(None, (place.numeral(m) for m in numerals if m.end() not in taken))
        found.sort(key=lambda q: (q.start, q.end))
    return _without_repeats(text, found) if len(found) > 1 else found


_CELL = re.compile(
    r"\s*[\[〔【(（]?(?P<bound>(?:"
    + words(
        "[≥≤＞＜><≧≦] 达到? 不低于 不少于 不超过 不高于 控制在 提高[到至] 提升[到至] 降[到至] 约 力争 稳定在 保持在"
    )
    + r"|大于|小于|低于|高于|超过|突破|\s)*)"
    + rf"(?P<value>{_VALUE})(?:[%‰]?[-—–~～－至]{{1,2}}(?P<high>{_VALUE}))?"
    + rf"(?P<unit>{_SCALE}?(?:{_UNIT}(?:/{_PER})?|岁|年|分|级|位)?)"
    + r"\s*(?P<after>[及或]?以[上下内]|左右|上下)?\s*[\]〕】)）]?(?:[(（][^()（）]*[)）])?[。;；]?\s*"
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
    cell = match.group()
    at = start + len(cell) - len(cell.lstrip())
    said = cell.strip()
    return Quantity(
        start=at,
        end=at + len(said),
        quote=said,
        rule="quantity:cell",
        text=f"{indicator}{said}",
        value=_value(match.group("value")),
        value_max=_value(match.group("high")) if match.group("high") else None,
        unit=match.group("unit") or unit.strip(" —-－/()（）"),
        comparator=_cell_comparator(match),
        year=year,
        indicator=indicator or None,
    )


def _cell_comparator(match: re.Match[str]) -> Comparator:
    bound, after = match.group("bound").strip(), match.group("after") or ""
    if match.group("high"):
        return "range"
    if after in ("左右", "上下") or bound == "约":
        return "~"
    if (
        bound in ("≤", "＜", "<", "≦", "不超过", "不高于", "控制在", "小于", "低于")
        or bound[:1] == "降"
        or after[-1:] in tuple("下内")
    ):
        return "<="
    return ">=" if after or bound else "="


# --- one number -------------------------------------------------------------------------------------------------


class _Place:
    """The stretch of text that is read: where its clauses, sentences, titles and deadlines are."""

    def __init__(self, text: str, start: int, end: int, deadlines: Sequence[Deadline], own_year: int | None) -> None:
        self.text, self.start, self.end = text, start, end
        self.deadlines, self.own_year = deadlines, own_year
        self._clause = self._sentence = -1, start  # the place asked for last, and where its clause or sentence begins
        # ends of the deadlines, never falling
        self._reached = [*accumulate([d.end for d in deadlines], max)] if deadlines else []
        self._veils = [m.span() for m in _VEIL.finditer(text, start, end)]

    def clause(self, position: int) -> int:
        """Where the clause begins that holds `position`."""
        if position != self._clause[0]:
            before = _TO_CLAUSE.match(self.text, max(self.start, position - 200), position)
            self._clause = position, before.end() if before else self.start
        return self._clause[1]

    def sentence(self, position: int) -> int:
        """Where the sentence begins that holds `position`."""
        if position != self._sentence[0]:
            before = _TO_SENTENCE.match(self.text, max(self.start, position - 400), position)
            self._sentence = position, before.end() if before else self.start
        return self._sentence[1]

    def is_target(self, at: int, stop: int, unit: str) -> bool:
        """Whether the number and unit at [at, stop) are to be reached."""
        if self._veils:
            i = bisect_right(self._veils, at, key=itemgetter(0)) - 1
            if i >= 0 and at < self._veils[i][1]:
                return False
        kind, clause = _kind(unit), self.clause(at)
        if kind == "time" and not self._is_span(unit, clause, at, stop):
            return False
        return veto(self.text, clause, at, stop, self.end, kind) is None and not self._is_past(at)

    def _is_span(self, unit: str, clause: int, at: int, stop: int) -> bool:
        if _TIME_BOUND.search(self.text, clause, at):
            return True
        if unit in ("小时", "分钟") and _TIME_EACH.search(self.text, clause, at):
            return True
        within = unit != "个月" and _TIME_WITHIN.match(self.text, stop, self.end)
        return bool(within) and not _COUNTED_FROM.search(self.text, clause, at)

    def _is_past(self, at: int) -> bool:
        """Whether the sentence up to the number tells what is or was: 截至目前已建成, 2019年达到."""
        text, sentence = self.text, self.sentence(at)
        if self.own_year is not None and text.find("年", sentence, at) >= 0:
            for match in reversed(list(_YEAR.finditer(text, sentence, at))):
                if not _COMPARED.search(text, sentence, match.start()):
                    if int(match.group()[:4]) < self.own_year:
                        return not _AHEAD.search(text, match.end(), at)
                    break
        past = None
        for past in _PAST.finditer(text, sentence, at):  # noqa: B007  the last one counts
            pass
        if past is None and text.find("已", sentence, at) >= 0:
            past = _DONE.search(text, self.clause(at), at)
        return past is not None and not _AHEAD.search(text, past.end(), at)

    def quantity(self, at: int, stop: int, value: str, high: str | None, unit: str) -> Quantity:
        """The target whose number and unit stand at [at, stop); its span and text are the clause."""
        text = self.text
        begin = self.clause(at)
        if numbering := _NUMBERING.match(text, begin, at):
            begin = numbering.end()
        closing = _CLAUSE_END.search(text, stop, self.end)
        close = min(closing.start() if closing else self.end, stop + 80)
        before, after = text[begin:at], text[stop:close]
        bound = after[:1] in _BOUND_SIGNS
        limit = bool(_AT_MOST.search(text, max(begin, at - 14), at) or (bound and _AT_MOST_AFTER.match(after)))
        reach = not limit and bool(_AT_LEAST.search(text, max(begin, at - 14), at))
        comparator: Comparator = "<=" if limit else ">=" if reach or (bound and _AT_LEAST_AFTER.match(after)) else "="
        if high:
            comparator = "range"
        elif (bound and _ABOUT.match(after)) or before.endswith(("约", "近")):
            comparator = "~"
        return Quantity(
            start=begin,
            end=close,
            quote=text[begin:close],
            rule="quantity:limit" if limit else "quantity:count" if comparator == "=" else "quantity:reach",
            text=text[begin:close],
            value=_value(value),
            value_max=_value(high) if high else None,
            unit=unit,
            comparator=comparator,
            year=self._year(at),
            indicator=_indicator(before, after),
        )

    def _year(self, at: int) -> int | None:
        """The year of the last deadline before the number in its sentence; 每年 in between takes it away."""
        before = bisect_right(self._reached, at)
        nearest = self.deadlines[before - 1] if before else None
        return nearest.year if nearest is not None and nearest.end >= self.sentence(at) else None

    def spelled(self, match: re.Match[str]) -> Quantity | None:
        """A number in Chinese numerals. Few are targets: 至少一处, 轮训一遍, 百分之九十."""
        groups = match.groupdict()
        name = next(n for n in ("least", "once", "hundredth", "thousandth", "days") if groups[n])
        at = match.start(name)
        try:
            value = _value(groups[name].replace("两", "二"))
        except ValueError:
            return None
        unit = {"hundredth": "%", "thousandth": "‰"}.get(name) or groups[f"{name}_unit"]
        if name == "days" and self.text[max(at - 1, 0)] in _CN + "第每":
            return None
        if not self.is_target(at, match.end(), unit):
            return None
        return self.quantity(at, match.end(), str(value), None, unit)

    def numeral(self, match: re.Match[str]) -> Quantity | None:
        """A number of `_NUMERAL`, when it is one of the three sorts that are targets."""
        text, (at, stop), clause = self.text, match.span(), self.clause(match.start())
        number, unit = match.group("number"), match.group("unit")
        if at and (text[at - 1] in "第每同这几数百千万亿" or text[at - 1].isdigit()):
            return None
        if not _LARGE.search(number + unit[0]):
            summed = _SUMMED.match(text, match.start("unit")) and _LISTED.search(text, clause, at)
            last = at > clause and _LAST.match(text, stop, self.end) and "\u4e00" <= text[at - 1] <= "\u9fff"
            begun = _STARTED.search(text, clause, summed.start() if summed else at)
            if not (begun and (summed or last)):
                return None
        if not self.is_target(at, stop, unit):
            return None
        try:
            value = _value(number.replace("两", "二"))
        except ValueError:
            return None
        return self.quantity(at, stop, str(value), None, unit)


def _indicator(before: str, after: str) -> str | None:
    """What is measured: the words before the number; those after it when only a verb stands before (新建8处书屋)."""
    if other := _EARLIER.search(before):  # numbers share a clause: 达到10家、1家; 新建书屋8处、驿站3处
        rest = re.split("[、和及]", before)[-1]
        before = rest if not _EARLIER.search(rest) and _is_name(_without_verbs(rest)) else before[: other.start()]
    name = _without_verbs(before)
    if lead := _LEADING.match(name):
        name = name[lead.end() :]
    name = name.strip("的、, 等")
    if _is_name(name):
        return name
    noun = _NOUN_AFTER.match(after)
    return noun.group(1) if noun else name or None


def _without_verbs(words_before: str) -> str:
    trailing = _TRAILING.match(words_before[::-1])
    return words_before[: len(words_before) - trailing.end()] if trailing else words_before


def _is_name(name: str) -> bool:
    return len(name) >= 2 and not name.endswith(_NAMELESS)


def _without_repeats(text: str, found: list[Quantity]) -> list[Quantity]:
    """Drop a target that a later sentence or cell says again: same number, unit and name."""
    seen: dict[tuple[float, str, str], Quantity] = {}
    kept: list[Quantity] = []
    for quantity in found:
        key = (quantity.value, quantity.unit, (quantity.indicator or "")[-4:])
        first = seen.setdefault(key, quantity)
        if first is quantity and not key[2]:
            first = next((q for q in kept if (q.value, q.unit) == key[:2]), quantity)
        if first is quantity or not _SENTENCE_MARK.search(text, first.end, quantity.start):
            kept.append(quantity)
    return kept


# --- small tools ------------------------------------------------------------------------------------------------


def _is_ratio(text: str, at: int) -> bool:
    """Whether the number is the second of 1:1 or 10:30."""
    return at >= 2 and text[at - 1] in ":：" and text[at - 2].isdigit()


@lru_cache(maxsize=1024)
def _kind(unit: str) -> str:
    """What a unit measures, its scale (万, 亿) and what it is counted by (/人) left out."""
    return _KIND.get(unit) or _KIND.get(re.sub(f"^{_SCALE}", "", unit.split("/")[0]), "count")


@lru_cache(maxsize=1024)
def _value(written: str) -> float:
    plain = written.replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return 100.0 if plain == "百" else float(cn2an.cn2an(plain, "smart"))
