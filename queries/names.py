"""Names as people write them → ids of the graph: departments, documents, people, groups, tasks, regions.

The names come from the graph itself (`graph.identity` put them there: common name, full name, aliases) and are read
once per revision. A name is looked up step by step, the surest way first; the first step that finds anything decides,
and when it finds several, nobody guesses: the candidates are listed with their regions.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from graph.errors import UnknownName
from graph.store import Store
from graph.vocabulary import normal, vocabulary

# ways a name was understood, surest first
EXACT, ID, QUALIFIED, SHORT, ENGLISH, PART, SLIP = "name", "id", "region", "short", "english", "part", "slip"

_KINDS = {
    "Department": ("department", "单位"), "Document": ("document", "文件"), "Person": ("person", "人员"),
    "LeadingGroup": ("leading group", "领导小组"), "Task": ("task", "任务"), "Region": ("region", "地区"),
}  # fmt: skip
_LISTING = {
    "Department": "MATCH (n:Department) RETURN n.id AS entry_id, n.name AS title, coalesce(n.full_name, '') AS more, "
    "n.aliases AS aliases, coalesce(n.region, '') AS region, coalesce(n.function, '') AS function, "
    "coalesce(n.level, '') AS level, coalesce(n.kind, '') AS kind",
    "Document": "MATCH (n:Document) RETURN n.id AS entry_id, n.title AS title, coalesce(n.doc_number, '') AS more, "
    "coalesce(n.region, '') AS region, coalesce(n.level, '') AS level",
    "Person": "MATCH (n:Person) OPTIONAL MATCH (n)-[:HOLDS_POST]->(d:Department) RETURN n.id AS entry_id, "
    "n.name AS title, min(d.full_name) AS region",
    "LeadingGroup": "MATCH (n:LeadingGroup) RETURN n.id AS entry_id, n.name AS title",
    "Region": "MATCH (n:Document|Department) WHERE n.region <> '' RETURN DISTINCT n.region AS entry_id",
}
_TASK_BY_ID = "MATCH (n:Task {id: $given}) RETURN n.id AS entry_id, n.title AS title"
_TASK_BY_TITLE = (
    "MATCH (d:Document)-[:ASSIGNS]->(n:Task) WHERE n.title CONTAINS $given "
    "RETURN n.id AS entry_id, n.title AS title, d.title AS more ORDER BY entry_id LIMIT 20"
)
_LEVEL_OF_PREFIX = {
    "国": "national", "省": "provincial", "自治区": "provincial", "市": "municipal", "州": "municipal",
    "县": "district", "区": "district", "旗": "district", "镇": "township", "乡": "township", "街道": "township",
}  # fmt: skip
_PREFIX = re.compile("^(?:自治区|街道|[国省市州县区旗镇乡])(?=.{2})")
_DIVISION = re.compile(r".{2,}?(?:自治区|自治州|自治县|地区|街道|[省市州县区旗镇乡盟])")
ENGLISH_LEVELS = {
    "national": "national", "state": "national", "provincial": "provincial", "province": "provincial",
    "municipal": "municipal", "city": "municipal", "county": "district", "district": "district",
    "township": "township", "town": "township",
}  # fmt: skip
ENGLISH_BODIES = frozenset({"bureau", "department", "office", "commission", "committee", "administration", "ministry",
                             "authority", "division", "agency"})  # fmt: skip
_BRACKETS = str.maketrans(dict.fromkeys("[［【(", "〔") | dict.fromkeys("]］】)", "〕"))
_PASSED_OVER = re.compile(r"[\s“”‘’\"'「」『』]+")
_NUMBER = re.compile(r"^\D{1,20}〔\d{4}〕第?\d+号?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be named: `surfaces` are its names in the form `key` gives them."""

    id: str
    type: str
    name: str
    region: str = ""  # of a person: the body, if known
    level: str = ""
    function: str = ""
    surfaces: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()  # without region or level, 和 or 委员会: 民政局

    @property
    def label(self) -> str:
        """As shown to choose from: the name, and where it is."""
        return f"{self.name}（{self.region}）" if self.region and self.region not in self.name else self.name


@dataclass(frozen=True, slots=True)
class Resolved:
    """A parameter as it was understood. `how` is one of the steps, `default`, `any` or `value`."""

    given: str
    value: str | int
    name: str
    region: str = ""
    how: str = "value"


@dataclass(slots=True)
class Names:
    """All names of one type in one revision of the graph."""

    entries: list[Entry]
    by_id: dict[str, Entry]
    by_surface: dict[str, list[Entry]]
    by_base: dict[str, list[Entry]]
    by_function: dict[str, list[Entry]]


_cache: dict[tuple[str, str], Names] = {}
_guard = threading.Lock()


def key(text: str) -> str:
    """A name as it is compared: width folded, no white space or quotation marks, 〔〕 around every number's year."""
    folded = _PASSED_OVER.sub("", unicodedata.normalize("NFKC", text)).casefold()
    numbered = folded.translate(_BRACKETS)
    return numbered if _NUMBER.match(numbered) else folded.strip("《》")


def names(store: Store, type_: str) -> Names:
    """The names of a type (`Department`, `Document`, `Person`, `LeadingGroup`, `Region`) in this revision."""
    at = (store.revision, type_)
    with _guard:
        known = _cache.get(at)
    if known is None:
        known = _index([_entry(type_, row) for row in store.run(_LISTING[type_])])
        with _guard:
            for old in [k for k in _cache if k[1] == type_][:-1]:  # keep this revision and the one before
                del _cache[old]
            _cache[at] = known
    return known


def options(store: Store, type_: str, typed: str = "", limit: int = 50) -> list[Entry]:
    """Entries whose name holds what was typed, for completion: names that begin with it first, then by name."""
    if type_ == "Task":
        return _tasks(store, typed) if typed else []
    needle = key(typed)
    hits = [e for e in names(store, type_).entries if any(needle in s for s in e.surfaces)]
    return sorted(hits, key=lambda e: (not e.name.startswith(typed), len(e.name), e.name, e.id))[:limit]


def resolve(store: Store, type_: str, given: str, *, slips: bool = False) -> Resolved:
    """The one entry that `given` names. With `slips` a name one slip away is taken too.

    Raises UnknownName with the nearest candidates when nothing fits, or with all that fit when several do.
    """
    kind, kind_zh = _KINDS[type_]
    found, how = lookup(store, type_, given)
    near = [] if found else _nearest(store, type_, given)
    if not found and slips and near and near[0][1] >= 85 and (len(near) == 1 or near[0][1] - near[1][1] >= 5):
        found, how = [near[0][0]], SLIP
    if len(found) == 1:
        entry = found[0]
        return Resolved(given, entry.id, entry.name, entry.region, how)
    candidates = found or [e for e, score in near if score >= 50]
    raise _unknown(kind, kind_zh, given, candidates, several=bool(found))


def _unknown(kind: str, kind_zh: str, given: str, candidates: list[Entry], *, several: bool) -> UnknownName:
    labels = [e.label for e in candidates[:12]]
    error = UnknownName(kind, given, labels)
    if not several:
        near, near_zh = ("; nearest: " + "、".join(labels), "，相近的有：" + "、".join(labels)) if labels else ("", "")
        error.message = f"No {kind} is called {given}{near}."
        error.zh = f"没有名为“{given}”的{kind_zh}{near_zh}。"
        error.args = (error.message,)
    else:
        error.zh = f"“{given}”可指多个{kind_zh}:{'、'.join(labels)}。请写明地区或全称。"
    return error


def lookup(store: Store, type_: str, given: str) -> tuple[list[Entry], str]:
    """Entries that `given` names by the surest step that finds any, and the step."""
    if type_ == "Task":
        return _tasks(store, given), PART
    index = names(store, type_)
    if given in index.by_id:
        return [index.by_id[given]], ID
    needle = key(given)
    if not needle:
        return [], EXACT
    if hits := index.by_surface.get(needle):
        return hits, EXACT
    if type_ == "Department":
        steps = ((ENGLISH, _english),) if given.isascii() else ((QUALIFIED, _qualified), (SHORT, _short))
        for step, find in steps:
            if hits := find(index, given if given.isascii() else needle):
                return hits, step
    if type_ in ("Document", "LeadingGroup", "Region") and len(needle) >= 2:
        hits = [e for e in index.entries if any(needle in s for s in e.surfaces)]
        if type_ == "Region":  # 青禾县 is the county, not its towns
            hits = [e for e in hits if e.id.endswith(given)] or hits
        return hits, PART
    return [], EXACT


def _tasks(store: Store, given: str) -> list[Entry]:
    rows = store.run(_TASK_BY_ID, {"given": given}) or (
        store.run(_TASK_BY_TITLE, {"given": given.strip()}) if given.strip() else []
    )
    return [Entry(r["entry_id"], "Task", r["title"] or r["entry_id"], r.get("more") or "") for r in rows]


def _qualified(index: Names, needle: str) -> list[Entry]:
    """`青禾县民政局`, `宁溪市青禾县民政局`: a region in front of a body of that region."""
    hits = []
    for match in _DIVISION.finditer(needle):
        region, base = needle[: match.end()], needle[match.end() :]
        hits += [e for e in _of_base(index, base) if e.region.endswith(region)]
    return _once(hits)


def _short(index: Names, needle: str) -> list[Entry]:
    """`县民政局`: a level and a base; `民政局`, `民政部门`: a base alone."""
    prefix = _PREFIX.match(needle)
    if prefix and (hits := _of_base(index, needle[prefix.end() :])):
        level = _LEVEL_OF_PREFIX[prefix[0]]
        return [e for e in hits if e.level == level]
    return _of_base(index, needle)


def _of_base(index: Names, base: str) -> list[Entry]:
    """Bodies called so but for region and level; else those of the function the words stand for (发改委, 民政部门)."""
    known = normal(base)
    if hits := index.by_base.get(known):
        return hits
    words = vocabulary()
    row = words.names.get(known) or words.stems.get(re.sub("(?:部门|系统)$", "", known))
    return index.by_function.get(row.function, []) if row else []


@functools.cache
def english_functions() -> dict[str, frozenset[str]]:
    """English words for a function, in the form `english_key` gives them → functions of the vocabulary."""
    table: dict[str, set[str]] = {}
    for row in vocabulary().rows.values():
        for name in row.english:
            table.setdefault(english_key(name), set()).add(row.function)
    return {name: frozenset(functions) for name, functions in table.items() if name}


def _english(index: Names, given: str) -> list[Entry]:
    """`civil affairs bureau`, `County Finance Bureau`: the words for a function, with the level where it is said."""
    words = english_key(given).split()
    levels = {ENGLISH_LEVELS[w] for w in words if w in ENGLISH_LEVELS}
    core = " ".join(w for w in words if w not in ENGLISH_LEVELS)
    functions = english_functions().get(core) or english_functions().get(
        " ".join(w for w in core.split() if w not in ENGLISH_BODIES), frozenset()
    )
    hits = [e for f in sorted(functions) for e in index.by_function.get(f, ())]
    return [e for e in hits if e.level in levels] if levels else hits


def _nearest(store: Store, type_: str, given: str) -> list[tuple[Entry, float]]:
    if type_ == "Task":
        return []
    index = names(store, type_)
    table = index.by_surface | {b: e for b, e in index.by_base.items() if b not in index.by_surface}
    needle = key(given)
    if given.isascii() and type_ == "Department":
        table = {n: [e for f in fs for e in index.by_function.get(f, ())] for n, fs in english_functions().items()}
        needle = " ".join(w for w in english_key(given).split() if w not in (ENGLISH_BODIES | ENGLISH_LEVELS.keys()))
    near = process.extract(needle, list(table), scorer=fuzz.ratio, limit=8)
    best: dict[str, tuple[Entry, float]] = {}
    for surface, score, _ in near:
        for entry in table[surface]:
            best.setdefault(entry.id, (entry, score))
    return sorted(best.values(), key=lambda hit: -hit[1])[:8]


def english_key(text: str) -> str:
    """An English name as it is compared: lower case, letters and digits only, without articles."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return " ".join(w for w in words if w not in ("the", "a", "an", "of", "and", "s"))


def _entry(type_: str, row: dict[str, Any]) -> Entry:
    name = row.get("title") or row["entry_id"]
    written = [name, row.get("more") or "", *(row.get("aliases") or [])]
    surfaces = frozenset(filter(None, map(key, written)))
    region = row.get("region") or (row["entry_id"].rpartition("/")[0] if type_ == "Person" else "")
    level, function = row.get("level") or "", row.get("function") or ""
    bases: frozenset[str] = frozenset()
    if type_ == "Department":
        bases = frozenset(filter(None, (_base(s, region) for s in surfaces)))
    return Entry(row["entry_id"], type_, name, region, level, function, surfaces, bases)


def _base(surface: str, region: str) -> str:
    """The name without its region or its level: `宁溪市民政局`, `市民政局` → `民政局`."""
    rest = surface
    for part in _DIVISION.findall(region):
        rest = rest.removeprefix(part)
    if rest == surface:
        rest = _PREFIX.sub("", surface)
    return normal(rest)


def _index(entries: list[Entry]) -> Names:
    return Names(
        entries=entries,
        by_id={e.id: e for e in entries},
        by_surface=_table(entries, "surfaces"),
        by_base=_table(entries, "bases"),
        by_function=_by_function(entries),
    )


def _table(entries: Iterable[Entry], attribute: str) -> dict[str, list[Entry]]:
    table: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in getattr(entry, attribute):
            table.setdefault(name, []).append(entry)
    return table


def _by_function(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    table: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.function:
            table.setdefault(entry.function, []).append(entry)
    return table


def _once(entries: Iterable[Entry]) -> list[Entry]:
    return list({e.id: e for e in entries}.values())
