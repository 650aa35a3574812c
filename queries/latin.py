"""Places and people as English questions spell them, by pinyin: Qinghe County, Gu Yunshu → entries of the graph."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator

from pypinyin import lazy_pinyin

from graph import regions
from graph.store import Store
from queries import names
from queries.names import ENGLISH_LEVELS, Entry

# names whose usual English form is no pinyin
_OWN = {
    "陕西": "shaanxi", "内蒙古": "innermongolia", "西藏": "tibet", "香港": "hongkong", "澳门": "macao",
    "哈尔滨": "harbin", "呼和浩特": "hohhot", "乌鲁木齐": "urumqi", "拉萨": "lhasa", "喀什": "kashgar",
    "齐齐哈尔": "qiqihar", "吐鲁番": "turpan",
}  # fmt: skip
_INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINAL = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ou|ia|ie|in|iu|ua|ue|ui|un|uo|a|e|i|o|u"
_SYLLABLES = re.compile(rf"(?:(?:{_INITIAL})?(?:{_FINAL})){{2,6}}")
_LEVEL_WORD = re.compile(r"\s+(county|city|province|district|town|township|municipality|prefecture)(?:['’]s)?\b", re.I)
_BEFORE = re.compile(r"([A-Z][a-z]+)(?:\s+[a-z]+)?\s+$")
_AFTER = re.compile(r"\s+(?:of|in)\s+([A-Z][a-z]+)")
_SHORTEST = 5  # letters; shorter ones are English words as often as not
_LONGEST = 4  # words of one name

_tables: dict[tuple[str, str], dict[str, list[Entry]]] = {}
_guard = threading.Lock()


def spelt(name: str) -> str:
    """A Chinese name in Latin letters, without tones, spaces or ü: 青禾 → qinghe."""
    return _OWN.get(name) or _plain("".join(lazy_pinyin(name)))


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return re.sub("[^a-z]", "", bare).replace("v", "u")


def _spellings(type_: str, entry: Entry) -> Iterator[str]:
    if type_ == "Person":
        yield spelt(entry.name)
        for family in (1, 2):  # the family name last, as English has it
            yield _plain("".join(lazy_pinyin(entry.name)[family:] + lazy_pinyin(entry.name)[:family]))
        return
    last = regions.parse(entry.id).names[-1:]
    for name in last:
        yield from (spelt(regions.short_name(name)), spelt(name))


def _table(store: Store, type_: str) -> dict[str, list[Entry]]:
    at = (store.revision, type_)
    with _guard:
        known = _tables.get(at)
    if known is None:
        known = {}
        for entry in names.names(store, type_).entries:
            for spelling in set(_spellings(type_, entry)):
                known.setdefault(spelling, []).append(entry)
        with _guard:
            for old in [k for k in _tables if k[1] == type_][:-1]:
                del _tables[old]
            _tables[at] = known
    return known


def find(store: Store, text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int, str, list[Entry]]]:
    """Places and people among the words of a text: start, end, `Region` or `Person`, what is meant; longest first."""
    tables = [(type_, _table(store, type_)) for type_ in ("Region", "Person")]
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + size - 1].end()
            spelling = _plain(text[start:end].removesuffix("'s").removesuffix("’s"))
            hits = [(type_, table[spelling]) for type_, table in tables if spelling in table]
            if hits and len(spelling) >= _SHORTEST:
                type_, entries = hits[0]
                if type_ == "Region":
                    entries, end = _of_level(text, end, entries)
                yield start, end, type_, entries
                at += size - 1
                break
        at += 1


def _of_level(text: str, end: int, entries: list[Entry]) -> tuple[list[Entry], int]:
    """`Qinghe County` is the county; and where the words end."""
    word = _LEVEL_WORD.match(text, end)
    if word is None:
        return entries, end
    level = ENGLISH_LEVELS.get(word[1].lower(), "municipal")
    return [e for e in entries if regions.parse(e.id).level == level] or entries, word.end()


def elsewhere(text: str, start: int, end: int) -> tuple[int, int]:
    """A body's English name together with a place, before or after it, that the library does not have: Hangzhou."""
    for match in (_BEFORE.search(text[:start]), _AFTER.match(text[end:])):
        if match and len(match[1]) >= _SHORTEST and _SYLLABLES.fullmatch(_plain(match[1])):
            return (match.start(), end) if match.endpos == start else (start, end + match.end())
    return start, end
