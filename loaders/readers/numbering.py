"""Automatic list numbers of a Word document (ECMA-376 part 1, 17.9), as Word shows them: 一、, (一), 1., ①.

Chinese offices number with Word's lists as often as by hand; without the labels a document loses its items.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """一, 十, 十一, 二十一, 一百〇一."""
    if not 0 < number < 10_000:
        return str(number)
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit, number = divmod(number, 10**power)
        if digit:
            written += (digits[0] if gap and written else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = True
    return written.removeprefix(digits[1]) if written.startswith(digits[1] + units[0]) else written


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: "".join(chr(ord(d) + 0xFEE0) for d in str(n)),
    "decimalFullWidth2": lambda n: "".join(chr(ord(d) + 0xFEE0) for d in str(n)),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "taiwaneseDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "chineseLegalSimplified": lambda n: _chinese(n, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda n: _chinese(n, _LEGAL, "拾佰仟"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographEnclosedCircle": lambda n: chr(0x3280 + n - 1) if 1 <= n <= 10 else _chinese(n),
    "decimalEnclosedParen": lambda n: chr(0x2474 + n - 1) if 1 <= n <= 20 else f"({n})",
    "decimalEnclosedFullstop": lambda n: chr(0x2488 + n - 1) if 1 <= n <= 20 else f"{n}.",
    "ideographTraditional": lambda n: _STEMS[n - 1] if 1 <= n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if 1 <= n <= 12 else str(n),
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "bullet": lambda n: "",
    "none": lambda n: "",
}
_PLACE = re.compile(r"%([1-9])")
_DEPTH = 9  # levels of a list


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers in the label as 1, 2, 3
    restart: int = -1  # the level that sets this one back; -1: any above


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _DEPTH)


def _value(parent: _Element | None, tag: str, attribute: str = "w:val") -> str | None:
    child = parent.find(qn(tag)) if parent is not None else None
    return child.get(qn(attribute)) if child is not None else None


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def _level(element: _Element) -> _Level:
    fixed = element.find(qn("w:isLgl"))
    return _Level(
        start=_integer(_value(element, "w:start"), 0 if element.find(qn("w:start")) is None else 1),
        form=_value(element, "w:numFmt") or "decimal",
        text=_value(element, "w:lvlText") or "",
        legal=fixed is not None and fixed.get(qn("w:val")) not in ("0", "false", "off"),
        restart=_integer(_value(element, "w:lvlRestart"), -1),
    )


class Numbering:
    """The labels of a document's list paragraphs, asked for in reading order."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._styles = {s.get(qn("w:styleId")): s for s in styles.iterfind(qn("w:style"))} if styles is not None else {}
        abstract: dict[str | None, _Element] = {}
        self._numbers: dict[str | None, tuple[_List, dict[int, _Level], dict[int, int]]] = {}
        self._used: set[str] = set()
        if numbering is None:
            return
        for element in numbering.iterfind(qn("w:abstractNum")):
            abstract[element.get(qn("w:abstractNumId"))] = element
        lists: dict[str | None, _List] = {}
        for number in numbering.iterfind(qn("w:num")):
            abstract_id = _value(number, "w:abstractNumId")
            if abstract_id not in abstract:
                continue
            abstract_id = self._linked(numbering, abstract, abstract_id)
            if abstract_id not in lists:
                found = abstract[abstract_id].iterfind(qn("w:lvl"))
                lists[abstract_id] = _List({_integer(level.get(qn("w:ilvl")), 0): _level(level) for level in found})
            own: dict[int, _Level] = {}
            starts: dict[int, int] = {}
            for override in number.iterfind(qn("w:lvlOverride")):
                depth = _integer(override.get(qn("w:ilvl")), 0)
                if (replaced := override.find(qn("w:lvl"))) is not None:
                    own[depth] = _level(replaced)
                if (start := _value(override, "w:startOverride")) is not None:
                    starts[depth] = _integer(start, 1)
            self._numbers[number.get(qn("w:numId"))] = (lists[abstract_id], own, starts)

    def _linked(self, numbering: _Element, abstract: dict[str | None, _Element], abstract_id: str | None) -> str | None:
        """The list that holds the levels: a list may only point to a style that points to it."""
        style = self._styles.get(_value(abstract[abstract_id], "w:numStyleLink"))
        if style is None:
            return abstract_id
        number_id = _value(style.find(f"{qn('w:pPr')}/{qn('w:numPr')}"), "w:numId")
        for number in numbering.iterfind(qn("w:num")):
            if number.get(qn("w:numId")) == number_id and _value(number, "w:abstractNumId") in abstract:
                return _value(number, "w:abstractNumId")
        return abstract_id

    def label(self, properties: _Element | None) -> str:
        """The label of the paragraph with these properties (`w:pPr`); "" when it is in no list. Counts it."""
        number_id, depth = self._place(properties)
        entry = self._numbers.get(number_id)
        if number_id is None or entry is None or not 0 <= depth < _DEPTH:
            return ""
        listed, own, starts = entry
        counts = listed.counts
        if number_id not in self._used:
            self._used.add(number_id)
            for at, start in starts.items():
                if 0 <= at < _DEPTH:
                    counts[at] = start - 1
        level_of = {**listed.levels, **own}
        level = level_of.get(depth, _Level(text=f"%{depth + 1}."))
        previous = counts[depth]
        counts[depth] = level.start if previous is None else previous + 1
        for below in range(depth + 1, _DEPTH):
            restart = level_of[below].restart if below in level_of else -1
            if restart == -1 or (restart > 0 and depth < restart):
                counts[below] = None
        for above in range(depth):  # an item without its parents: these count from their start
            if counts[above] is None:
                counts[above] = level_of[above].start if above in level_of else 1

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            number = counts[at] or 0
            form = level_of[at].form if at in level_of else "decimal"
            if level.legal and form not in ("bullet", "none"):
                form = "decimal"
            return _FORMATS.get(form, str)(number)

        return "" if level.form == "bullet" else _PLACE.sub(shown, level.text)

    def _place(self, properties: _Element | None) -> tuple[str | None, int]:
        """List and level, of the paragraph itself or of its style."""
        if properties is None:
            return None, 0
        own = properties.find(qn("w:numPr"))
        number_id, depth = _value(own, "w:numId"), _value(own, "w:ilvl")
        style = self._styles.get(_value(properties, "w:pStyle"))
        for _ in range(20):  # styles rest on styles; a circle ends here
            if style is None or (number_id is not None and depth is not None):
                break
            listed = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            number_id = number_id or _value(listed, "w:numId")
            depth = depth or _value(listed, "w:ilvl")
            style = self._styles.get(_value(style, "w:basedOn"))
        return (None if number_id == "0" else number_id), _integer(depth, 0)
