"""Periods: what `2025`, `2025-H1`, `2025-Q2`, `2025-06`, `2025-06-30`, `2024..2026` mean and which lies in which.

A range joins two of the others by `..`; a range that is exactly a month, quarter, half or year is written as that.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_ONE = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{2})(?:-(\d{2}))?))?")
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days. `id` is its canonical name, `label` what people read, both ends included (ISO dates)."""

    id: str
    label: str
    starts_on: str
    ends_on: str


@lru_cache(maxsize=4096)
def period(text: str) -> Period | None:
    """The period `text` names, None when it names none (wrong form, 31 June, end before start)."""
    first, dots, last = text.partition("..")
    if dots:
        start, end = _single(first), _single(last)
        return between(start.starts_on, end.ends_on) if start and end and start.starts_on <= end.ends_on else None
    return _single(text)


@lru_cache(maxsize=4096)
def between(starts_on: str, ends_on: str) -> Period | None:
    """The period from one ISO date to another, under its shortest name."""
    try:
        start, end = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    except ValueError:
        return None
    if end < start:
        return None
    if start == end:
        return _single(starts_on)
    if start.year == end.year:
        for name in (str(start.year), *_names_within(start)):
            found = _single(name)
            if found and (found.starts_on, found.ends_on) == (starts_on, ends_on):
                return found
    if starts_on.endswith("-01-01") and ends_on.endswith("-12-31"):
        return Period(f"{start.year}..{end.year}", f"{start.year}—{end.year}年", starts_on, ends_on)
    return Period(f"{starts_on}..{ends_on}", f"{_day(start)}至{_day(end)}", starts_on, ends_on)


def parents(inner: Period) -> list[str]:
    """Ids of the next larger calendar periods that `inner` lies in: day, month, quarter, half, year, one step up."""
    start, end = date.fromisoformat(inner.starts_on), date.fromisoformat(inner.ends_on)
    if start.year != end.year or inner.id == str(start.year):
        return []
    for name in (*_names_within(start), str(start.year)):
        outer = _single(name)
        if outer and outer.id != inner.id and outer.starts_on <= inner.starts_on and outer.ends_on >= inner.ends_on:
            return [outer.id]
    return []


def within(periods: Iterable[Period]) -> tuple[list[Period], list[tuple[str, str]]]:
    """All periods with the calendar periods above them, sorted, and the (inner, outer) pairs one step apart.

    Ranges of years hold their years and the narrower ranges of years (a plan's first half, say).
    """
    known = {p.id: p for p in periods}
    steps: set[tuple[str, str]] = set()
    todo = list(known.values())
    while todo:
        inner = todo.pop()
        for name in parents(inner):
            steps.add((inner.id, name))
            if name not in known and (outer := _single(name)):
                known[name] = outer
                todo.append(outer)
    years = [p for p in known.values() if p.id == p.starts_on[:4]]
    ranges = [p for p in known.values() if p.id.count("..") and len(p.id) == 10]
    for outer in ranges:
        for inner in (*years, *ranges):
            if inner.id != outer.id and outer.starts_on <= inner.starts_on and inner.ends_on <= outer.ends_on:
                steps.add((inner.id, outer.id))
    return sorted(known.values(), key=lambda p: p.id), sorted(steps)


@lru_cache(maxsize=4096)
def _single(text: str) -> Period | None:
    m = _ONE.fullmatch(text)
    if not m:
        return None
    year, half, quarter, month, day = (int(g) if g else 0 for g in m.groups())
    first, last, label = 1, 12, f"{year}年"
    if half:
        first, last, label = 6 * half - 5, 6 * half, f"{label}{'上下'[half - 1]}半年"
    elif quarter:
        first, last, label = 3 * quarter - 2, 3 * quarter, f"{label}第{_QUARTERS[quarter - 1]}季度"
    elif month:
        if not 1 <= month <= 12:
            return None
        first = last = month
        label = f"{label}{month}月"
    if not year or day > monthrange(year, last)[1] or (m[5] and not day):
        return None
    if day:
        iso = f"{year:04}-{month:02}-{day:02}"
        return Period(iso, f"{label}{day}日", iso, iso)
    return Period(text, label, f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-{monthrange(year, last)[1]}")


def _names_within(start: date) -> tuple[str, str, str]:
    year, month = start.year, start.month
    return f"{year:04}-{month:02}", f"{year:04}-Q{(month + 2) // 3}", f"{year:04}-H{(month + 5) // 6}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
