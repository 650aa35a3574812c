"""Years and days as questions name them: 2025年, 今年, 下个季度, 2025年6月底, this month, "十四五"末."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


class Said(NamedTuple):
    """A time in a text: `Year` with its `value`, or `Days` with the first and the last (ISO)."""

    start: int
    end: int
    type: str
    value: str = ""
    days: tuple[str, str] = ("", "")


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _quarter(day: date, ahead: int = 0) -> tuple[date, date]:
    month = (day.month - 1) // 3 * 3 + 1 + 3 * ahead
    first = date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first, _month_end(first + timedelta(days=62))


def _month(day: date, ahead: int = 0) -> tuple[date, date]:
    month = day.month + ahead
    first = date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first, _month_end(first)


_SPANS: tuple[tuple[re.Pattern[str], Callable[[date], tuple[date, date]]], ...] = tuple(
    (re.compile(pattern, re.I), span)
    for pattern, span in (
        ("本季度|这个?季度|当季|this quarter|the current quarter", _quarter),
        ("下个?季度|next quarter", lambda d: _quarter(d, 1)),
        ("上个?季度|last quarter", lambda d: _quarter(d, -1)),
        ("本月|这个月|当月|this month", _month),
        ("下个?月|next month", lambda d: _month(d, 1)),
        ("近期|最近|眼下|马上|soon|upcoming|in the near future", lambda d: (d, d + timedelta(days=90))),
        ("(?:今年)?上半年|(?:the )?first half of th(?:e|is) year", lambda d: (date(d.year, 1, 1), date(d.year, 6, 30))),
        ("(?:今年)?下半年|the second half of th(?:e|is) year", lambda d: (date(d.year, 7, 1), date(d.year, 12, 31))),
    )
)
_DAY = re.compile(r"((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?")
_MONTH = re.compile(r"((?:19|20)\d\d)[年.\-/](\d{1,2})月(底|末)?")
_QUARTER = re.compile(r"((?:19|20)\d\d)年?第?([一二三四1-4])季度|Q([1-4])\s+((?:19|20)\d\d)", re.I)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?|([二一][〇零九][〇零一二三四五六七八九]{2})年")
_RELATIVE = {
    "今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2,
    "this year": 0, "last year": -1, "next year": 1,
}  # fmt: skip
_RELATIVE_RE = re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True)), re.I)
_PLANS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}  # last years of the five-year plans
_PLAN = re.compile("[“\"]?(十[二三四五]五)[”\"]?(?:规划)?(?:期末|末|时期|期间)")


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


def _one_day(match: re.Match[str]) -> tuple[date, date] | None:
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return day, day


def _one_month(match: re.Match[str]) -> tuple[date, date] | None:
    if not 1 <= int(match[2]) <= 12:
        return None
    first = date(int(match[1]), int(match[2]), 1)
    return first, _month_end(first)


def _one_quarter(match: re.Match[str]) -> tuple[date, date] | None:
    number = "一二三四".find(match[2]) + 1 if match[2] and not match[2].isdigit() else int(match[2] or match[3])
    return _quarter(date(int(match[1] or match[4]), number * 3, 1))


_Reader = Callable[[re.Match[str], date], tuple[date, date] | str | None]
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_DAY, lambda m, today: _one_day(m)),
    (_MONTH, lambda m, today: _one_month(m)),
    (_QUARTER, lambda m, today: _one_quarter(m)),
    *((pattern, lambda m, today, made=made: made(today)) for pattern, made in _SPANS),
    (_PLAN, lambda m, today: str(_PLANS[m[1]])),
    (_RELATIVE_RE, lambda m, today: str(today.year + _RELATIVE[m[0].lower()])),
    (_YEAR, lambda m, today: m[1] or m[2].translate(_DIGITS)),
)
