"""Years and days as questions name them: 2025年, 今年, 下个季度, 2025年6月底, this month, by June 2025, "十四五"末."""

# ruff: noqa: E501  (one reading a line)

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cn2an import cn2an

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_MONTHS = {m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_NUMBERS = {w: i for i, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


class Said(NamedTuple):
    """A time in a text: `Year` with its `value`, or `Days` with the first and the last (ISO)."""

    start: int
    end: int
    type: str
    value: str = ""
    days: tuple[str, str] = ("", "")


Days = tuple[date, date]


def _month(day: date, ahead: int = 0) -> Days:
    month = day.month - 1 + ahead
    first = date(day.year + month // 12, month % 12 + 1, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _quarter(day: date, ahead: int = 0) -> Days:
    first = _month(day, 3 * ahead - (day.month - 1) % 3)[0]
    return first, _month(first, 2)[1]


def _half(year: int, second: bool) -> Days:
    return (date(year, 7, 1), date(year, 12, 31)) if second else (date(year, 1, 1), date(year, 6, 30))


def _week(day: date, ahead: int = 0) -> Days:
    first = day + timedelta(days=7 * ahead - day.weekday())
    return first, first + timedelta(days=6)


def _until(days: Days, today: date) -> Days:
    """Up to the last of these days: from today, or for what is past from the year's first day."""
    return (today if today <= days[1] else date(days[1].year, 1, 1)), days[1]


def _count(word: str) -> int:
    if word.lower() in _NUMBERS:
        return _NUMBERS[word.lower()]
    return int(word) if word.isdigit() else int(cn2an(word.replace("两", "二"), "smart"))


def _ahead(number: int, unit: str, today: date) -> Days:
    days = {"天": 1, "日": 1, "d": 1, "周": 7, "星": 7, "w": 7}.get(unit[0].lower(), 30)
    return today, today + timedelta(days=number * days)


def _one_day(year: int, month: int, day: int) -> Days | None:
    try:
        return (date(year, month, day),) * 2
    except ValueError:
        return None


def _one_month(year: int, month: int, until: str | None, today: date) -> Days | None:
    if not 1 <= month <= 12:
        return None
    days = _month(date(year, month, 1))
    return _until(days, today) if until else days


def _english_day(match: re.Match[str], today: date) -> Days | None:
    """1 July 2025, July 1, 2025, June 2025, by the end of June; a month alone only with a word before it."""
    said = match.groupdict()
    month = _MONTHS[(said.get("m") or said["m2"])[:3].lower()]
    year = int(said.get("y") or said.get("y2") or today.year)
    day = said.get("d") or said.get("d2")
    days = _one_day(year, month, int(day)) if day else _month(date(year, month, 1))
    until = re.match("by|before|until|up to|no later", match[0], re.I)
    return _until(days, today) if days and until else days


_Reader = Callable[[re.Match[str], date], Days | str | None]
_RELATIVE = {
    "今年": 0, "本年": 0, "本年度": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2,
    "this year": 0, "the current year": 0, "last year": -1, "next year": 1,
}  # fmt: skip
_PLANS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}  # last years of the five-year plans
_ENGLISH_PLANS = {"12th": 2015, "13th": 2020, "14th": 2025, "15th": 2030}
_CN = "[一二三四五六七八九十]{1,3}"
_NAME = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_BEFORE = "(?:底|末)?(?:之前|以前|前)"
# the more exact form of a stretch stands before the less exact
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern, re.I), read)
    for pattern, read in (
        (r"((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?",
         lambda m, today: _one_day(int(m[1]), int(m[2]), int(m[3]))),
        (rf"(?:by |before |until |no later than )?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_NAME})\b(?:,?\s+(?P<y>20\d\d))?"
         rf"|\b(?P<m2>{_NAME})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>20\d\d))?)", _english_day),
        (rf"(?:(?:by|before|until|no later than) (?:the end of |end )?)?\b(?P<m>{_NAME})\.?,?\s+(?P<y>20\d\d)", _english_day),
        (rf"\b(?:in|during|by|before|until) (?:the end of |end )?(?P<m>{_NAME})\b", _english_day),
        (rf"((?:19|20)\d\d)[年.\-/](\d{{1,2}})月(?:份)?({_BEFORE})?(?:底|末)?",
         lambda m, today: _one_month(int(m[1]), int(m[2]), m[3], today)),
        (rf"(?:今年)?(?<!\d)(\d{{1,2}}|{_CN})月(\d{{1,2}}|{_CN})[日号]",
         lambda m, today: _one_day(today.year, _count(m[1]), _count(m[2]))),
        (rf"(?:今年)?(?<!\d)(\d{{1,2}}|{_CN})月(?:份)?({_BEFORE})?(?:底|末)?",
         lambda m, today: _one_month(today.year, _count(m[1]), m[2], today)),
        (r"((?:19|20)\d\d)年?第?([一二三四1-4])季度",
         lambda m, today: _quarter(date(int(m[1]), (_count(m[2])) * 3, 1))),
        (r"\bQ([1-4])\s+((?:19|20)\d\d)", lambda m, today: _quarter(date(int(m[2]), int(m[1]) * 3, 1))),
        (r"(?:the )?(first|second|third|fourth) quarter(?: of ((?:19|20)\d\d))?",
         lambda m, today: _quarter(date(int(m[2] or today.year), _ORDINALS[m[1].lower()] * 3, 1))),
        (r"(?:今年)?第?([一二三四1-4])季度", lambda m, today: _quarter(date(today.year, _count(m[1]) * 3, 1))),
        (r"((?:19|20)\d\d)年?(上|下)半年", lambda m, today: _half(int(m[1]), m[2] == "下")),
        (r"(?:今年)?(上|下)半年", lambda m, today: _half(today.year, m[1] == "下")),
        (r"(?:the )?(first|second) half of (?:(20\d\d)|th(?:e|is) year)",
         lambda m, today: _half(int(m[2] or today.year), m[1].lower() == "second")),
        (r"(?<!\d)(?:今年|本年)?年(?:底|末)(?:之前|以前|前)|(?:by|before) the end of (?:the|this) year|by year[- ]end",
         lambda m, today: (today, date(today.year, 12, 31))),
        ("本季度|这个?季度|这一季度|当季|this quarter|the current quarter", lambda m, today: _quarter(today)),
        ("下个?季度|next quarter", lambda m, today: _quarter(today, 1)),
        ("上个?季度|last quarter", lambda m, today: _quarter(today, -1)),
        ("(?:本|这个?|当)月(?:底|内|份)*|月底前?|this month", lambda m, today: _month(today)),
        ("下个?月(?:份|内)?|next month", lambda m, today: _month(today, 1)),
        ("上个?月|last month", lambda m, today: _month(today, -1)),
        ("(?:本|这个?)(?:周|星期)|this week", lambda m, today: _week(today)),
        ("下个?(?:周|星期)|next week", lambda m, today: _week(today, 1)),
        (r"(?:未来|接下来|今后|最近|近)?(\d{1,3}|[一二两三四五六七八九十]{1,3})(天|日|周|个?星期|个月)(?:之?内|以内|里)?",
         lambda m, today: _ahead(_count(m[1]), m[2].lstrip("个"), today)),
        (rf"(?:in |within |over |during )?(?:the )?(?:next|coming|following) (\d{{1,3}}|{'|'.join(_NUMBERS)}) (days?|weeks?|months?)"
         rf"|(?:within|in) (\d{{1,3}}|{'|'.join(_NUMBERS)}) (days?|weeks?|months?)",
         lambda m, today: _ahead(_count(m[1] or m[3]), m[2] or m[4], today)),
        ("近期|最近|眼下|马上|soon|upcoming|in the near future", lambda m, today: (today, today + timedelta(days=90))),
        ("[“\"]?(十[二三四五]五)[”\"]?(?:规划)?(?:期末|末|时期|期间|以来)", lambda m, today: str(_PLANS[m[1]])),
        ("(?:the )?(1[2345]th) five[- ]year(?: plan)?(?: period)?", lambda m, today: str(_ENGLISH_PLANS[m[1].lower()])),
        ("|".join(sorted(_RELATIVE, key=len, reverse=True)), lambda m, today: str(today.year + _RELATIVE[m[0].lower()])),
        (r"(?<!\d)((?:19|20)\d\d)(?!\d)年?|([二一][〇零九][〇零一二三四五六七八九]{2})年",
         lambda m, today: m[1] or m[2].translate(_DIGITS)),
    )
)  # fmt: skip


def find(text: str, today: date) -> Iterator[Said]:
    """Every time a text names, seen from `today`; the more exact reading of a stretch goes first, none overlap."""
    done: list[tuple[int, int]] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            said = read(match, today)
            if said and all(match.end() <= s or match.start() >= e for s, e in done):
                done.append(match.span())
                if isinstance(said, str):
                    yield Said(*match.span(), "Year", value=said)
                else:
                    yield Said(*match.span(), "Days", days=(said[0].isoformat(), said[1].isoformat()))
