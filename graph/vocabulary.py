"""The vocabulary of bodies: which function a name stands for, at whatever level (`data/departments.tsv`).

A row gives stems (发展和改革, 发展改革, 发改) and endings (委员会, 局); any stem with any ending is a name of that body
in its region. 局, 委 and 厅 are one class: a region has one body for a function, whatever its rank. 中心 or 办 are
other bodies unless the row says so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from graph.regions import LEVELS, Level, table_rows

PLACED = "~"  # before a whole name: so called only after the short name of a place (宁溪金融监管局, not 市金融监管局)
ORGAN = ("局", "委员会", "厅")  # endings that a row with one of them takes as well
_SPACE = re.compile(r"[\s​-‏⁠﻿]+")
_EDGE = "、,;:。.·*-—_|/\"'“”‘’"
_LIKE = re.compile(r"委员会|办公室|办公厅|人民政府|[和与及暨、]")
_LIKE_TO = {"委员会": "委", "办公室": "办", "办公厅": "办", "人民政府": "政府"}


@dataclass(frozen=True, slots=True)
class Row:
    """One function's bodies. `ends` are by level, province to county; `national` names the national one, full first."""

    function: str
    kind: str
    stems: tuple[str, ...]
    ends: tuple[str, ...]
    whole: tuple[str, ...]
    national: tuple[str, ...]
    full: str
    english: tuple[str, ...]
    source: str

    def name(self, level: Level) -> str:
        """The official name at a level, without its region: 民政厅, 民政局; 国家… in full for the national body."""
        if level == "national" and self.national:
            return self.national[0]
        return self.stems[0] + self.end(level) if self.stems and self.ends else (self.whole or self.national)[0]

    def short(self, level: Level) -> str:
        """The usual abbreviation at a level: 发改委, 发改局; the official name when there is none."""
        if level == "national" and self.national:
            return min(self.national, key=len)
        end = _LIKE_TO.get(self.end(level), self.end(level))
        if self.stems and end:
            stem = min((s for s in self.stems[:2] if len(s) > 1), key=len)
            return min((stem + end, *(w for w in self.whole if w.endswith(end) and len(w) > 1)), key=len)
        return min((w for w in self.whole if len(w) > 1), key=len, default=self.name(level))

    def end(self, level: Level) -> str:
        """The ending at a level."""
        return self.ends[min(max(LEVELS.index(level) - 1, 0), len(self.ends) - 1)] if self.ends else ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Look-ups by normal form: names with their ending, bare stems, national names.

    `official` spells a name out as it was meant: 卫健委 → 卫生健康委员会, 卫健局 → 卫生健康局.
    """

    rows: dict[str, Row]
    names: dict[str, Row]
    stems: dict[str, Row]
    national: dict[str, Row]
    official: dict[str, str]


@lru_cache(maxsize=1 << 15)
def fold(name: str) -> str:
    """A name as written, without white space, in half width and simplified signs, without punctuation around it."""
    if name.isascii():
        return name.strip()
    return _simplified(_SPACE.sub("", unicodedata.normalize("NFKC", name)).strip(_EDGE))


def _simplified(name: str) -> str:
    try:
        name.encode("gb2312")  # holds every common simplified sign and no traditional one
    except UnicodeEncodeError:
        return str(_converter().convert(name))
    return name


@cache
def _converter() -> Any:  # noqa: ANN401  (opencc has no types)
    from opencc import OpenCC  # only where a mirror needs it: loading takes 50 ms

    return OpenCC("t2s")


def normal(name: str) -> str:
    """The form in which names are compared: 委员会 as 委, 办公室 as 办, without 和, 与, 及."""
    return _LIKE.sub(lambda m: _LIKE_TO.get(m[0], ""), name)


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell for cell in text.split("|") if cell)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the table. What a row says itself goes before what follows from the class of its ending."""
    rows: dict[str, Row] = {}
    names: dict[str, Row] = {}
    stems: dict[str, Row] = {}
    national: dict[str, Row] = {}
    implied: dict[str, Row] = {}
    official: dict[str, str] = {}
    for function, kind, stem, ending, whole, nation, full, english, source in table_rows("departments.tsv"):
        by_level, _, further = ending.partition(";")
        ends = tuple(e for e in by_level.split("/") if e)
        row = rows[function] = Row(
            function, kind, _cells(stem), ends, _cells(whole), _cells(nation), full, _cells(english), source
        )
        for name in row.whole:
            names.setdefault(normal(name), row)
            if not row.stems:
                official.setdefault(normal(name), max(name, row.whole[0], key=len))
        for name in row.national:
            national.setdefault(normal(name), row)
        every = (*ends, *_cells(further))
        for base in row.stems:
            if len(base) > 1:
                stems.setdefault(normal(base), row)
            for end in every:
                names.setdefault(normal(base + end), row)
            for end in ORGAN if any(e in ORGAN for e in ends) else ():
                implied.setdefault(normal(base + end), row)
            for end in (*every, *ORGAN):
                official.setdefault(normal(base + end), max(row.stems[0], base, key=len) + end)
    return Vocabulary(rows, implied | names, stems, national, official)
