"""When something is due: deadlines in running text and table cells, and days of signature.

A text says time in many ways (2025年底前, 6月底, 第三季度, “十四五”末, 2024—2026年, 每年6月底前); each becomes a
`Deadline` with the period it names. What looks like a date but sets none is passed over: titles in 《》, names in
quotation marks, years to compare with (较2020年), the past (2019年以来), forms of law (2018年修订), terms of validity.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter

import cn2an

from loaders.facts import Deadline
from loaders.text import after_last

# --- how dates are written --------------------------------------------------------------------------------------

_Y = r"(?:(?:19|20)\d\d|[一二][九〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2})"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[元一二三四五六七八九])"
_D = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_DASH = r"(?:[—–―－\-~～一]{1,2}|[至到])"
_PART = r"(?:底|末|初(?!步)|上旬|中旬|下旬)"
_MONTH = (
    rf"(?P<m0>{_M})月?(?:份)?{_DASH}(?P<m1>{_M})月份?(?P<mpart>{_PART})?(?!\d{{0,2}}[日号])"
    rf"|(?P<month>{_M})月份?(?:(?P<day>{_D})[日号]|(?P<part>{_PART}))?"
)
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度(?:末|底)?|(?P<half>[上下])半年(?!度)(?:末|底)?"

# What a date begins with. A year (or 今年) may go on in `_REST`; what follows in the last lines means the own year.
_HEAD = re.compile(
    rf"""
    (?: (?P<recur>每(?:年度?|半年|季度?|月度?|周|学期|学年|[两二三四五2-5]年|[两二三23]个月|个(?:季度|月))
            (?:的?(?:第[一二三]个月|首月|末月)?(?:{_M}月份?)?(?:{_D}[日号]|{_PART}|年?[底末])?)?(?:之前|以前|前)?)
      | (?<![\dA-Za-z.\-])(?P<nyear>20\d\d)(?P<nsep>[./\-])(?P<nmonth>1[0-2]|0?[1-9])
            (?:(?P=nsep)(?P<nday>3[01]|[12]\d|0?[1-9]))?(?![\d.%‰/\-]|[个亿万元吨户人家项])
      | (?<![\dA-Za-z])(?P<year>{_Y})(?:学?年度?|(?={_DASH}{_Y}学?年)|(?=[、和及]{_Y}年)|(?=全年))
      | (?P<rel>今年|本年度?|明年|后年)
      | [“"'‘]?(?P<plan>[八九]五|十[一二三四五六]?五)[”"'’]?(?P<plan_part>期?末|期间|时期|中期|期内)
      | (?:(?:印发|下发|发布|公布|出台|实施|施行)之日起|[印下]发后)[的,，]?
            (?P<after>{_N})个?(?P<after_unit>工作日|自然日|日|天|周|月|年)(?:之?内|以内)
      | 年(?P<edge>[底末]|内(?![容部外控需涵])) | (?P<whole>全年)
      | (?P<annual>年度)(?=[^,，。；;]{{0,2}}(?:目标|任务|计划|指标|\d|[一二三四五六七八九十两]+[项件大个]))
      | {_MONTH} | {_QUARTER}
    )""",
    re.VERBOSE,
)
_HEAD_SIGN = re.compile("[每0-9一二三四五六七八九十元今本明后“\"'‘印下发公出实施年全第上]")  # what `_HEAD` begins with
_REST = re.compile(
    rf"年?(?P<edge>[底末]|内(?![蒙容部外控需涵])|初(?![步级中始期]))|年?(?P<middle>中)(?![\u4e00-\u9fff])|(?P<whole>全年)|{_MONTH}|{_QUARTER}"
)
_TAIL = re.compile(r"之前|以前|前(?![一二三四五六七八九十\d])|以来|之后|以后|后(?!续)|起|止|开始")
# Every date holds one of these; looking for them first is what makes texts without dates cheap.
_ANCHOR = re.compile(r"年|月|季度|每周|每学期|20[0-9][0-9][./\-]|之日起|印发后|下发后|五[”\"'’]?[期时末中]")
_JOIN = re.compile(rf"(?:[(（][^()（）]{{0,6}}[)）])?(?:年?{_DASH})")
_DAY_AFTER = re.compile(rf"{_DASH}(?P<day>{_D})[日号]")

# A cell or a term in brackets that sets no date but says the work goes on.
_LASTING_WORDS = (
    r"(?:长期|持续|常态化?|常年|全程|贯穿全程|立行立改|立即(?:整改|执行|实施)?|即时|适时|实时|随时|按月|按季度?|按年|每日|每天|经常性?)"
    r"(?:坚持|推进|推动|实施|开展|落实|执行|任务|进行|完成|跟进|整改|抓好|保持|完善|更新)?"
)
_LASTING_CELL = re.compile(rf"\s*({_LASTING_WORDS}(?:[,，、]{_LASTING_WORDS})?)[。.]?\s*")
_LASTING = re.compile(rf"[(（:：\t|]\s*({_LASTING_WORDS})(?=\s*(?:[)）。;；,，\t\n\v|]|\Z))")
_TERM_LABEL = re.compile(r"(?:时限|时间|期限|进度|节点)(?:要求)?$")
_FOR_LONG = re.compile(r"长期坚持(?![^,，。;；])")

# --- what looks like a date and is none -------------------------------------------------------------------------

_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|[〈<][^〈〉<>]*[〉>]")
_QUOTED = re.compile(r"“[^“”]{1,40}”|「[^「」]{1,40}」|\"[^\"“”。；\n]{1,30}\"")
_COMPARED = re.compile(r"(?:较|比|相比|同比|与|跟|以|高于|低于|超过|不低于)(?:上年|[^,，。；;\d]{0,2})$")
_PAST = re.compile(r"(?:截至|截止|截止到|自|从)$")
_SINCE = re.compile(
    r"以来|来[,，]|(?:年)?(?:第[一二三四五六七八九十]+次)?(?:修订|修正|修改)|版|号|第\d+[期号]|中央一号文件|远景目标|以来|为基|的?基[数期础准]|基础上|水平(?:相比|上)"
    r"|相比|同期|数据显示|(?:第.次)?全国.{0,8}普查|新版|型号"
)
_DONE = re.compile(r"[^,，。；;]{0,14}?(?:已(?!建成的|有的)|累计(?:已|实现了)|完成了|达到了|荣获|被评为)")
_VALID_TERMS = ("有效期", "试行期")
_VALID = re.compile("|".join(_VALID_TERMS))
_IN_FORCE = re.compile(r"[^,，。；;]{0,4}(?:起)?(?:施行|生效|废止)")
_PLAN_NAME = re.compile(r"(?:计划|方案|规划|纲要|行动|意见|要点|安排|清单|办法)[(（]$")
_YEAR_TALLY = re.compile(r"总人口|常住|户籍|贷款余额|余额|结余|终")
_BEFORE_OWN = set("每各一二两三四五六七八九十百几多半跨当往近历上去前学数整隔逐满")
_REPORTED = re.compile(
    r"(?:完成|实现|推进|落实|下达的?|达到|控制在|执行|确保|按照|按|制定|的|本|纳入|全面)[^,，。；;]{0,8}$"
)
_ENDS_CELL = re.compile(r"[。 ]*(?:[\t\n\v|]|\Z)")
_BARE = ("date:month", "date:day", "date:months")  # 2023年1月, no 前 or 底: before the day of signature it is the past
_STOP = re.compile(r"[。；;！!？?\n\t\v|]")

# First and last year of the national five-year plans; the eighth is the first under the present names.
_PLANS = {"八五": 1991, "九五": 1996, "十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021}
_PLANS |= {"十五五": 2026, "十六五": 2031}
_RELATIVE = {"今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2}
_DIGITS = str.maketrans("〇○零OＯ一二三四五六七八九", "00000123456789")


@dataclass(slots=True)
class _Point:
    """One date as found: its place, year (None for an unknown own year), first and last month and day, and kind."""

    start: int
    end: int
    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    period: str  # without the year: "", "-Q2", "-06"
    rule: str
    tail: str = ""
    weak: bool = False  # counts only with 前, 起, 底 … or as part of a range
    own: bool = False  # no year is written


# --- public -----------------------------------------------------------------------------------------------------


def read_deadlines(text: str, start: int, end: int, issued_on: str | None) -> list[Deadline]:
    """Deadlines in clean text[start:end), in reading order.

    `issued_on` (ISO) is the document's day of signature, or only its year: 年底前, 6月底 and the like mean its year,
    and years before it are the past. Without it such deadlines have no year. Ranges are one deadline; see `years`
    for the years they name.
    """
    found = [*read_dates(text, start, end, issued_on), *_lasting(text, start, end)]
    found.sort(key=lambda d: (d.start, d.end))
    return found


def read_dates(text: str, start: int, end: int, issued_on: str | None) -> list[Deadline]:
    """The same without the words that set no date (长期坚持), in no order."""
    head = _next_head(text, start, end)
    if head is None:
        return []
    own = int(issued_on[:4]) if issued_on else None
    veiled = _Veil(text, start, end)
    points: list[_Point] = []
    found: list[Deadline] = []
    stated: _Point | None = None  # the last year written out
    cycle = -1  # where the sentence ends in which 每年 stands
    while head:
        position = head.end()
        if veiled.covers(head.start()):
            pass
        elif head.group("recur"):
            cycle = _sentence_end(text, position, end)
            found.append(_recurring(text, head.start(), position))
        elif head.group("after"):
            found.append(_after(text, head, issued_on))
        elif point := _point(text, head, end, own, stated):
            position = point.end
            if point.own and point.start < cycle:
                found.append(_recurring(text, point.start, point.end))
            else:
                points.append(point)
            if not point.own:
                stated = point
        head = _next_head(text, position, end)
    return found + _settle(text, start, end, points, issued_on)


def years(deadlines: Iterable[Deadline]) -> list[int]:
    """The distinct calendar years that deadlines name, in order; a range names its first and its last year."""
    named: set[int] = set()
    for deadline in deadlines:
        if deadline.year is not None:
            named.add(deadline.year)
            if deadline.rule == "date:range" and deadline.starts_on:
                named.add(int(deadline.starts_on[:4]))
    return sorted(named)


_DAY_LINE = re.compile(rf"(?P<y>{_Y})年(?P<m>{_M})月(?P<d>{_D})[日号]?")
_DAY_NUMERIC = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)([./\-])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)")
_WHITE = re.compile(r"\s+")


def parse_day(text: str) -> str | None:
    """The first day written out in a line (2023年8月28日, 二○二三年八月二十八日, 2023-08-28) as ISO date, or None."""
    line = _WHITE.sub("", text).replace("廿", "二十").replace("卅", "三十")
    match = _DAY_LINE.search(line) or _DAY_NUMERIC.search(text)
    if not match:
        return None
    try:
        return date(_year(match.group("y")), _number(match.group("m")), _number(match.group("d"))).isoformat()
    except ValueError:
        return None


def _next_head(text: str, position: int, end: int) -> re.Match[str] | None:
    """The next beginning of a date: at an anchor or up to a dozen characters before it (2024——2025年)."""
    while anchor := _ANCHOR.search(text, position, end):
        at = anchor.start()
        limit = min(end, at + 40)
        for sign in _HEAD_SIGN.finditer(text, max(position, at - 12), at + 1):
            if head := _HEAD.match(text, sign.start(), limit):
                return head
        position = anchor.end()
    return None


# --- reading one date -------------------------------------------------------------------------------------------


def _point(text: str, head: re.Match[str], end: int, own: int | None, stated: _Point | None) -> _Point | None:
    """The date that begins at `head`, or None when the words there set none."""
    at = head.start()
    if head.group("nyear"):
        month, day = _number(head.group("nmonth")), head.group("nday")
        point = _point_of(at, head.end(), int(head.group("nyear")), month, _number(day) if day else 0, "date:numeric")
    elif head.group("year") or head.group("rel"):
        written = head.group("year")
        year = _year(written) if written else None if own is None else own + _RELATIVE[head.group("rel")]
        rest = _REST.match(text, head.end(), end)
        within = _rest_of(rest, at, year) if rest else None
        point = within or _Point(at, head.end(), year, (1, 1), (12, 31), "", "date:year")
        if not written:
            point.rule = "date:relative-year"
    elif head.group("plan"):
        first = _PLANS[head.group("plan")]
        if head.group("plan_part").endswith("末"):
            point = _Point(at, head.end(), first + 4, (1, 1), (12, 31), "", "date:plan-end")
        elif head.group("plan_part") == "中期":
            point = _Point(at, head.end(), first + 2, (1, 1), (12, 31), "", "date:plan-middle")
        else:
            point = _Point(at, head.end(), first + 4, (1, 1), (12, 31), f"{first}..", "date:plan")
    else:
        return _own(text, head, end, own, stated)
    _take_tail(text, point, end)
    return point


def _own(text: str, head: re.Match[str], end: int, own: int | None, stated: _Point | None) -> _Point | None:
    """A date that names no year: the document's own, or for months the year last written in the same sentence."""
    at = head.start()
    before = text[at - 1] if at else ""
    if before in _BEFORE_OWN or before.isdigit():
        return None
    if head.group("annual"):
        if not _REPORTED.search(text, max(0, at - 12), at):
            return None
        return _Point(at, head.end(), own, (1, 1), (12, 31), "", "date:own-annual", own=True)
    if head.group("edge") or head.group("whole"):
        if head.group("edge") == "末" and _YEAR_TALLY.match(text, head.end()):
            return None
        if head.group("whole") and text[head.end() : head.end() + 1] in tuple("龄无候度开总不"):
            return None
        point = _Point(at, head.end(), own, (1, 1), (12, 31), "", "date:own-year", own=True)
    else:
        year = own
        if stated is not None and not _STOP.search(text, stated.end, at):
            year = stated.year
        read = _rest_of(head, at, year)
        if read is None:
            return None
        point = read
        point.own, point.rule = True, "date:own-" + point.rule.removeprefix("date:")
        bare_month = bool(head.group("month")) and not head.group("part")
        point.weak = bare_month
    _take_tail(text, point, end)
    if point.tail in ("前", "以前", "之前", "起", "止", "开始"):
        point.weak = False
    elif point.weak and before in tuple("于到至" if head.group("day") else "于在到至"):
        point.weak = not (head.group("day") or text.startswith("份", head.end() - 1))
    return point


def _rest_of(rest: re.Match[str], at: int, year: int | None) -> _Point | None:
    """The date that the groups of `_REST` say within a year."""
    end = rest.end()
    if edge := rest["edge"]:
        last = (3, 31) if edge == "初" else (12, 31)
        rule = {"底": "date:year-end", "末": "date:year-end", "内": "date:year", "初": "date:year-start"}[edge]
        return _Point(at, end, year, (1, 1), last, "-Q1" if edge == "初" else "", rule)
    if rest.re is _REST and rest["middle"]:
        return _Point(at, end, year, (1, 1), (6, 30), "-H1", "date:half")
    if rest["whole"]:
        return _Point(at, end, year, (1, 1), (12, 31), "", "date:year")
    if half := rest["half"]:
        first = half == "上"
        span = ((1, 1), (6, 30)) if first else ((7, 1), (12, 31))
        return _Point(at, end, year, *span, "-H1" if first else "-H2", "date:half")
    if quarter := rest["quarter"]:
        q = _number(quarter)
        return _Point(at, end, year, (3 * q - 2, 1), (3 * q, 31), f"-Q{q}", "date:quarter")
    if rest["m1"]:
        first_month, last_month = _number(rest["m0"]), _number(rest["m1"])
        if first_month > last_month:
            return None
        period = f"-{first_month:02}..{last_month:02}"
        return _Point(at, end, year, (first_month, 1), _part(last_month, rest["mpart"])[1], period, "date:months")
    month = _number(rest["month"])
    if day := rest["day"]:
        return _point_of(at, end, year, month, _number(day), "date:day")
    first_day, last_day = _part(month, rest["part"])
    rule = "date:month-part" if rest["part"] else "date:month"
    return _Point(at, end, year, first_day, last_day, f"-{month:02}", rule)


def _point_of(at: int, end: int, year: int | None, month: int, day: int, rule: str) -> _Point:
    span = ((month, day), (month, day)) if day else ((month, 1), (month, 31))
    return _Point(at, end, year, *span, f"-{month:02}", rule)


def _part(month: int, part: str | None) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last day of a third of a month. 月底 is the whole month up to its end."""
    first, last = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}.get(part or "", (1, 31))
    return (month, first), (month, last)


def _take_tail(text: str, point: _Point, end: int) -> None:
    tail = _TAIL.match(text, point.end, end)
    if tail:
        point.tail = tail.group()
        point.end = tail.end()


# --- from dates to deadlines ------------------------------------------------------------------------------------


def _settle(text: str, start: int, end: int, points: list[_Point], issued_on: str | None) -> list[Deadline]:
    """Join dates into ranges and drop those that set no deadline."""
    deadlines: list[Deadline] = []
    own = int(issued_on[:4]) if issued_on else None
    i = 0
    while i < len(points):
        point = points[i]
        i += 1
        if day := _DAY_AFTER.match(text, point.end, end) if point.rule.endswith("day") else None:
            until = (point.first[0], _number(day.group("day")))
            point = _Point(
                point.start, day.end(), point.year, point.first, until, point.period, point.rule, own=point.own
            )
            _take_tail(text, point, end)
        elif i < len(points) and (joint := _JOIN.match(text, point.end)) and joint.end() == points[i].start:
            last = points[i]
            i += 1
            if last.own:
                last.year = point.year
            if _is_deadline(text, start, last, own) and not _excluded_start(text, start, point):
                deadlines.append(_range(text, point, last))
            continue
        if point.weak and not _alone(text, start, end, point):
            continue
        if _is_deadline(text, start, point, own):
            deadline = _deadline(text, start, point)
            bygone = point.rule in _BARE and not point.tail and (deadline.ends_on or "9") <= (issued_on or "")
            if not bygone or _alone(text, start, end, point):
                deadlines.append(deadline)
    return deadlines


def _alone(text: str, start: int, end: int, point: _Point) -> bool:
    """Whether the date is all there is, as in a table cell, or stands in brackets or after 时限."""
    start = after_last(text, "\t\n\v|", start, point.start)
    at = point.start
    while at > start and text[at - 1].isspace():
        at -= 1
    before = text[at - 1] if at > start else ""
    if (before == "" or before in ":：") and _ENDS_CELL.match(text, point.end, end):
        return True
    return before in ("(", "（") and text[point.end : point.end + 1] in (")", "）")


def _is_deadline(text: str, start: int, point: _Point, own: int | None) -> bool:
    if point.tail == "以来" or _SINCE.match(text, point.end):
        return False
    if point.year is not None and own is not None and point.year < own:
        return False
    return not _excluded_start(text, start, point)


def _excluded_start(text: str, start: int, point: _Point) -> bool:
    """What stands before or after says that the date is a yardstick, a name's part, or a term of validity."""
    low = max(start, point.start - 8)
    if not point.own and _COMPARED.search(text, low, point.start):
        return True
    if _PLAN_NAME.search(text, low, point.start):
        return True
    for term in _VALID_TERMS:  # in the sentence of the date
        at = text.rfind(term, start, point.start)
        if at >= 0 and at >= _sentence_start(text, point.start, start):
            return True
    if point.tail == "起" and (_IN_FORCE.match(text, point.end) or _VALID.search(text, point.end, point.end + 24)):
        return True
    return point.rule in ("date:year", "date:month", "date:numeric") and bool(_DONE.match(text, point.end))


def _deadline(text: str, start: int, point: _Point) -> Deadline:
    at = point.start - 1 if point.start > start and text[point.start - 1] in "到至" else point.start
    year, period, first, last = point.year, None, None, None
    if year is not None:
        if point.rule == "date:plan":
            period, first = f"{point.period}{year}", date(int(point.period[:4]), 1, 1)
        elif ".." in point.period:
            low, high = point.period.removeprefix("-").split("..")
            period, first = f"{year}-{low}..{year}-{high}", _day(year, point.first)
        else:
            period, first = f"{year}{point.period}", _day(year, point.first)
        last = _day(year, point.last)
    opening = point.tail in ("起", "开始", "后", "以后", "之后")
    return Deadline(
        start=at,
        end=point.end,
        quote=text[at : point.end],
        rule=point.rule,
        text=text[at : point.end],
        year=year,
        period=period,
        starts_on=first.isoformat() if first else None,
        ends_on=last.isoformat() if last and not opening else None,
    )


def _range(text: str, first: _Point, last: _Point) -> Deadline:
    year, period, begins, ends = last.year, None, None, None
    if year is not None and first.year is not None:
        begins, ends = _day(first.year, first.first), _day(year, last.last)
        low, high = f"{first.year}{first.period.split('..')[0]}", f"{year}{last.period.split('..')[0]}"
        period = low if low == high else f"{low}..{high}"
    same = first.year == last.year
    return Deadline(
        start=first.start,
        end=last.end,
        quote=text[first.start : last.end],
        rule="date:own-range" if same else "date:range",
        text=text[first.start : last.end],
        year=year,
        period=period,
        starts_on=begins.isoformat() if begins else None,
        ends_on=ends.isoformat() if ends else None,
    )


def _recurring(text: str, start: int, end: int) -> Deadline:
    quote = text[start:end]
    return Deadline(start=start, end=end, quote=quote, rule="date:recurring", text=quote, recurring=quote)


def _after(text: str, match: re.Match[str], issued_on: str | None) -> Deadline:
    """印发之日起30日内: counted from the day of signature when the text says that the document's issue starts it."""
    start, end = match.start(), match.end()
    quote = text[start:end]
    number, unit = _number(match.group("after")), match.group("after_unit")
    last: date | None = None
    if issued_on and len(issued_on) > 4 and "行" not in text[start : start + 2] and "施" not in text[start : start + 2]:
        issued = date.fromisoformat(issued_on[:10])
        if unit == "年":
            last = _day(issued.year + number, (issued.month, issued.day))
        elif unit == "月":
            months = issued.month - 1 + number
            last = _day(issued.year + months // 12, (months % 12 + 1, issued.day))
        else:  # 工作日: five a week, holidays not known
            days = {"周": 7 * number, "工作日": number + 2 * ((number + issued.weekday()) // 5)}.get(unit, number)
            last = issued + timedelta(days=days)
    return Deadline(
        start=start,
        end=end,
        quote=quote,
        rule="date:after-issue",
        text=quote,
        period=f"{last.year}-{last.month:02}" if last else None,
        ends_on=last.isoformat() if last else None,
    )


def _lasting(text: str, start: int, end: int) -> list[Deadline]:
    """长期坚持, 持续推进 as a term: all of a cell, in brackets, or after 完成时限."""
    if end - start <= 24 and (cell := _LASTING_CELL.fullmatch(text, start, end)):
        return [_recurring(text, *cell.span(1))]
    found = [
        _recurring(text, *match.span(1))
        for match in _LASTING.finditer(text, start, end)
        if text[match.start()] in "(（\t|" or _TERM_LABEL.search(text, start, match.start())
    ]
    if found or text.find("长期坚持", start, end) < 0:
        return found
    return [_recurring(text, *match.span()) for match in _FOR_LONG.finditer(text, start, end)]


# --- small tools ------------------------------------------------------------------------------------------------


class _Veil:
    """Places inside titles and names, where no date counts. Looked for only where such marks stand."""

    def __init__(self, text: str, start: int, end: int) -> None:
        spans: list[tuple[int, int]] = []
        if text.find("《", start, end) >= 0 or text.find("〈", start, end) >= 0:
            spans += [m.span() for m in _TITLE.finditer(text, start, end)]
        if text.find("“", start, end) >= 0 or text.find('"', start, end) >= 0 or text.find("「", start, end) >= 0:
            spans += [m.span() for m in _QUOTED.finditer(text, start, end)]
        spans.sort()
        self._spans = spans

    def covers(self, position: int) -> bool:
        """Whether a date at `position` stands inside a title or a name (“十四五” itself begins at its mark)."""
        i = bisect_right(self._spans, position, key=itemgetter(0)) - 1 if self._spans else -1
        return i >= 0 and self._spans[i][0] < position < self._spans[i][1]


def _sentence_end(text: str, position: int, end: int) -> int:
    stop = _STOP.search(text, position, end)
    return stop.start() if stop else end


def _sentence_start(text: str, position: int, start: int) -> int:
    return after_last(text, "。；;\n", start, position)


@lru_cache(maxsize=256)
def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return 1 if written == "元" else int(cn2an.cn2an(written, "smart"))


@lru_cache(maxsize=256)
def _year(written: str) -> int:
    return int(written.translate(_DIGITS))


_MONTH_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _day(year: int, month_day: tuple[int, int]) -> date:
    """A date, the day drawn in to the end of its month."""
    month, day = month_day
    year = min(max(year, 1), 9999)
    last = 29 if month == 2 and isleap(year) else _MONTH_DAYS[month]
    return date(year, month, min(max(day, 1), last))
