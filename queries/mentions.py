"""What a question names: bodies, people, documents, groups, regions, years and days, wherever they stand in it.

Names are those of the graph, in any form `queries.names` understands; English names of bodies come from the
vocabulary. A name one slip away is taken when nothing else fits, and says so.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import ahocorasick
from rapidfuzz import fuzz, process

from graph import regions
from graph.store import Store
from graph.vocabulary import ORGAN, vocabulary
from queries import days, latin, names
from queries.names import Entry, lookup

_HAN = "一-鿿〇"
_CJK = re.compile(f"[{_HAN}]")
_NUMBER = re.compile(rf"[{_HAN}]{{1,8}}\s*[〔(\[【]\s*(?:19|20)\d\d\s*[〕)\]】]\s*第?\s*\d+\s*号")
_TITLE = re.compile("《([^》]+)》")
_QUOTED = re.compile(r"[“\"「]([^”\"」]+)[”\"」]|(?<!\w)'([^']+)'(?!\w)")
_LEVEL = re.compile("(?:自治区|街道|[省市州县区旗镇乡])$")
# what a group and a document are called by their last word, to find names the question shortens
_GROUP = re.compile(rf"[{_HAN}“”]{{2,24}}?(?:领导小组|联席会议|专班|指挥部|工作小组|协调机制)")
_ONLY_GROUP = re.compile("(?<![些么几有个和、设类])(?:领导小组|联席会议|专班|指挥部)")  # where there is one of the kind
_ENGLISH_GROUP = re.compile(
    rf"([{_HAN}“”]{{2,24}})\s+(?:[a-z]+ )?(?:group|conference|committee|task force|headquarters)", re.I
)
_WORK = re.compile(
    rf"[{_HAN}\d“”]{{2,40}}?(?:实施方案|工作方案|方案|规划|实施意见|意见|办法|纲要|条例|行动计划|计划|要点|任务分工|分工|规定|通知|分解表|任务清单|制度|决定)"
)
_BODY = re.compile(rf"[{_HAN}]{{1,10}}?(?:局|委员会|委|办公室|办|厅|中心|政府)")
_SLIP = 80  # of 100; two characters of ten, one of five
_ENGLISH_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_LONGEST_ENGLISH = 9  # words
_NO_NAME = frozenset(
    ("the", "of", "and", "a", "in", "at", "on", "for", "to", "by",
     "is", "are", "was", "has", "have", "had", "with", "from")
)  # at neither end of a name  # fmt: skip
PLACE = "Place"  # type of a region that only says which body is meant


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing named in a question. `entries` are those it can mean; for a Year or Days `value` says it all.

    `days` is a first and a last day (ISO) for type `Days`. No entries: it has the form of a name, but of nothing here.
    """

    start: int
    end: int
    text: str
    type: str
    entries: tuple[Entry, ...] = ()
    how: str = names.EXACT
    value: str = ""
    days: tuple[str, str] = ("", "")


def tidy(question: str) -> str:
    """The question in half width, without the spaces that Chinese does not have."""
    text = unicodedata.normalize("NFKC", question).strip()
    return re.sub(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])", "", text)


def is_english(text: str, found: Iterable[Mention]) -> bool:
    """Whether the words around the names are English; for names alone, whether they are."""
    words = list(text)
    for mention in found:
        words[mention.start : mention.end] = " " * (mention.end - mention.start)
    rest = "".join(words)
    english, chinese = _ENGLISH_WORD.findall(rest), _CJK.findall(rest)
    if not english and not chinese:
        return not _CJK.search(text)
    # an English question may be about a long Chinese name, and begins in English
    return len(english) * 3 >= len(chinese) or (len(english) > 1 and rest.lstrip(" '\"")[:1].isascii())


def find(store: Store, text: str, today: date) -> list[Mention]:
    """Everything a tidied question names, in order, without overlaps; the longer and surer one stays."""
    found: list[Mention] = []
    for step in (_numbers, _titles, _known, _when, _quoted, _latin, _english, _parts, _slips):
        taken = [(m.start, m.end) for m in found]
        for mention in step(store, text, today, found):
            if all(mention.end <= s or mention.start >= e for s, e in taken):
                taken.append((mention.start, mention.end))
                found.append(mention)
    return _settled(sorted(found, key=lambda m: m.start))


def _settled(found: list[Mention]) -> list[Mention]:
    """A region named besides a body says which body of several is meant, and is no longer a question of its own."""
    settled = []
    said: set[int] = set()
    places = [m for m in found if m.type == "Region"]
    for mention in found:
        entries = mention.entries
        for place in places if mention.type == "Department" else ():
            ids = {e.id for e in place.entries}
            inside = [e for e in entries if e.region in ids] or [e for e in entries if _within(e.region, ids)]
            if inside:
                entries = tuple(inside)
                said.add(place.start)
        settled.append(replace(mention, entries=entries))
    return [replace(m, type=PLACE) if m.start in said else m for m in settled]


def _within(region: str, places: Iterable[str]) -> bool:
    return any(region.startswith(place) or region.endswith(place) for place in places)


# --- documents --------------------------------------------------------------------------------------------------------


def _numbers(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    for match in _NUMBER.finditer(text):
        # what stands before the number runs into it: 哪些文件引用了青政发〔2023〕5号
        for start in range(match.start(), match.end() - 10):
            entries, how = lookup(store, "Document", text[start : match.end()])
            if entries and how in (names.EXACT, names.ID):
                yield Mention(start, match.end(), text[start : match.end()], "Document", tuple(entries), how)
                break
        else:
            yield Mention(match.start(), match.end(), match[0], "Document", ())


def _titles(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    for match in _TITLE.finditer(text):
        entries, how = lookup(store, "Document", match[1])
        if not entries:
            entries, how = _like(store, "Document", match[1]), names.SLIP
        yield Mention(match.start(), match.end(), match[1], "Document", tuple(entries), how)


def _quoted(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    for match in _QUOTED.finditer(text):
        inner = next(g for g in match.groups() if g)
        for type_ in ("Department", "Person", "LeadingGroup", "Document"):
            entries, how = lookup(store, type_, inner)
            if entries and how != names.PART:
                yield Mention(match.start(), match.end(), inner, type_, tuple(entries), how)
                break
        else:
            yield Mention(match.start(), match.end(), inner, "Text", value=inner)


def _when(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    for said in days.find(text, today):
        yield Mention(said.start, said.end, text[said.start : said.end], said.type, value=said.value, days=said.days)


# --- names of the graph -----------------------------------------------------------------------------------------------

_TYPES = ("Department", "Person", "LeadingGroup", "Document", "Region")
_automata: dict[str, ahocorasick.Automaton] = {}
_guard = threading.Lock()


def _automaton(store: Store) -> ahocorasick.Automaton:
    """Every name of the graph, longest forms and short ones, to be found in one pass over a question."""
    with _guard:
        if store.revision in _automata:
            return _automata[store.revision]
    automaton = ahocorasick.Automaton()
    for type_ in _TYPES:
        index = names.names(store, type_)
        for entry in index.entries:
            for surface in _spellings(type_, entry):
                if len(surface) >= 2:
                    automaton.add_word(surface, (type_, surface))
    for function in names.names(store, "Department").by_function:
        for surface in _vocabulary_names(function):
            if not automaton.exists(surface):
                automaton.add_word(surface, ("Department", surface))
    automaton.make_automaton()
    with _guard:
        while len(_automata) > 1:
            del _automata[next(iter(_automata))]
        _automata[store.revision] = automaton
    return automaton


def _spellings(type_: str, entry: Entry) -> Iterator[str]:
    parts = regions.parse(entry.region).names if entry.region else ()
    for surface in entry.surfaces:
        yield surface
        if type_ == "Region":
            yield from regions.parse(entry.id).names[-1:]
        if type_ == "Person":
            continue
        bare = surface
        for part in parts:
            bare = bare.removeprefix(part)
        if type_ == "Department" and bare == surface:
            bare = re.sub("^(?:自治区|[省市州县区旗镇乡])(?=.{3})", "", bare)
        if type_ == "Document" and (inner := re.search("^关于(?:印发|转发|公布)?(.+?)的(?:通知|决定|意见)$", bare)):
            yield inner[1]
            bare = inner[1]
            for part in parts:
                bare = bare.removeprefix(part)
            yield bare.strip("《》")
        if len(bare) >= (3 if type_ == "Department" else 4):
            yield bare


def _vocabulary_names(function: str) -> Iterator[str]:
    row = vocabulary().rows.get(function)
    for stem in row.stems if row else ():
        ends = {*row.ends, *ORGAN, "委"} if row and any(e in ORGAN for e in row.ends) else set(row.ends if row else ())
        for end in ends:
            if len(stem) > 1:
                yield stem + end
        if len(stem) > 1:
            yield stem + "部门"


def _known(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    kept = [i for i, c in enumerate(text) if c not in "“”‘’\"'「」『』"]  # names are compared without quotation marks
    folded = "".join(text[i].casefold()[:1] for i in kept)
    hits = []
    for last, (type_, surface) in _automaton(store).iter(folded):
        hits.append((kept[last + 1 - len(surface)], kept[last] + 1, type_))
    # a longer name first; of equals the body
    hits.sort(key=lambda h: (-(h[1] - h[0]), _TYPES.index(h[2]), h[0]))
    taken: list[tuple[int, int]] = [(m.start, m.end) for m in found]
    for start, end, type_ in hits:
        if any(start < e and end > s for s, e in taken):
            continue
        begin = _extended(store, text, start, taken) if type_ == "Department" else start
        entries, how = lookup(store, type_, text[begin:end])
        if not entries:
            entries, how = lookup(store, type_, text[start:end])
            begin = start
        if type_ == "Department" and entries and (foreign := _elsewhere(store, text, begin)):
            entries, begin = [], begin - foreign
        if entries or begin != start:
            taken.append((begin, end))
            yield Mention(begin, end, text[begin:end], type_, tuple(entries), how)


def _extended(store: Store, text: str, start: int, taken: list[tuple[int, int]]) -> int:
    """Where a body's name begins when the regions or the level in front of it belong to it."""
    known = {part for e in names.names(store, "Region").entries for part in regions.parse(e.id).names}
    floor = max((e for _, e in taken if e <= start), default=0)
    begin = start
    while True:
        step = next((len(p) for p in sorted(known, key=len, reverse=True) if text[floor:begin].endswith(p)), 0)
        if not step:
            break
        begin -= step
    if begin == start and (level := _LEVEL.search(text[floor:begin])):
        begin -= len(level[0])
    return begin


def _elsewhere(store: Store, text: str, begin: int) -> int:
    """Length of a known region right before a name that the graph does not have: 北京市 before 民政局."""
    for size in range(9, 1, -1):
        name = text[max(begin - size, 0) : begin]
        # 区民政局: the level was taken with the name, so the region may end one character later
        for place in (name, text[max(begin - size, 0) : begin + 1]):
            if len(place) >= 3 and regions.named(place) and not lookup(store, "Region", place)[0]:
                return len(name)
    return 0


def _free_words(text: str, found: list[Mention]) -> list[re.Match[str]]:
    return [m for m in _ENGLISH_WORD.finditer(text) if all(m.end() <= f.start or m.start() >= f.end for f in found)]


def _latin(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    for start, end, type_, entries in latin.find(store, text, _free_words(text, found)):
        yield Mention(start, end, text[start:end], type_, tuple(entries), names.ENGLISH)


def _english(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    """English names of bodies: the longest run of words that names a function."""
    spans = _free_words(text, found)
    at = 0
    while at < len(spans):
        for size in range(min(_LONGEST_ENGLISH, len(spans) - at), 0, -1):
            start, end = spans[at].start(), spans[at + size - 1].end()
            if entries := _english_body(store, text[start:end]):
                how = names.ENGLISH if lookup(store, "Department", text[start:end])[0] else names.SLIP
                if not any(m.type == "Region" for m in found):
                    around = latin.elsewhere(text, start, end)
                    entries = entries if around == (start, end) else []
                    start, end = around
                yield Mention(start, end, text[start:end], "Department", tuple(entries), how)
                at += size - 1
                break
        at += 1


def _english_body(store: Store, phrase: str) -> list[Entry]:
    words = names.english_key(phrase).split()
    ends = (phrase.split()[0].lower(), phrase.split()[-1].lower())
    if not words or ends[0] in _NO_NAME or ends[1] in _NO_NAME:
        return []
    core = [w for w in words if w not in names.ENGLISH_LEVELS]
    bodies = [w for w in core if w in names.ENGLISH_BODIES]
    rest = [w for w in core if w not in names.ENGLISH_BODIES]
    if not rest or (len(rest) == 1 and not bodies and not (rest[0] == "government" and len(words) > 1)):
        return []  # health alone is a subject, not a bureau
    if found := lookup(store, "Department", phrase)[0]:
        return found
    if not bodies or len(bodies) == len(core):
        return []
    near = process.extractOne(" ".join(rest), list(names.english_functions()), scorer=fuzz.ratio, score_cutoff=88)
    if near is None:
        return []
    level = " ".join(w for w in words if w in names.ENGLISH_LEVELS)
    return lookup(store, "Department", f"{level} {near[0]}".strip())[0]


def _parts(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    """Groups and documents by a part of their name, found by their last word."""
    for type_, pattern in (("LeadingGroup", _GROUP), ("Document", _WORK)):
        for start, end in _open(pattern, text, found):
            for begin in range(start, end - 3):
                entries, how = lookup(store, type_, text[begin:end])
                if len(entries) == 1:
                    yield Mention(begin, end, text[begin:end], type_, tuple(entries), how)
                    break
            else:
                if near := _like(store, type_, text[start:end]):
                    begin = _begin_of(near[0], text, start, end)
                    yield Mention(begin, end, text[begin:end], type_, tuple(near), names.SLIP)


    for match in _ONLY_GROUP.finditer(text):
        entries, how = lookup(store, "LeadingGroup", match[0])
        if len(entries) == 1 and all(match.end() <= m.start or match.start() >= m.end for m in found):
            yield Mention(match.start(), match.end(), match[0], "LeadingGroup", tuple(entries), how)
    for match in _ENGLISH_GROUP.finditer(text):
        entries, how = lookup(store, "LeadingGroup", match[1])
        if entries and all(match.end() <= m.start or match.start() >= m.end for m in found):
            yield Mention(match.start(), match.end(), match[0], "LeadingGroup", tuple(entries), how)


def _begin_of(entry: Entry, text: str, start: int, end: int) -> int:
    """Where a shortened or slipped name begins: at the first two characters that the entry's name has."""
    name = max(entry.surfaces, key=len)
    return next((i for i in range(start, end - 1) if text[i : i + 2] in name), start)


_spellings_of: dict[tuple[str, str], dict[str, list[Entry]]] = {}


def _spelt(store: Store, type_: str) -> dict[str, list[Entry]]:
    """Every spelling of four characters or more → its entries, for this revision."""
    at = (store.revision, type_)
    with _guard:
        known = _spellings_of.get(at)
    if known is None:
        known = {}
        for entry in names.names(store, type_).entries:
            for surface in {s for s in _spellings(type_, entry) if len(s) >= 4}:
                known.setdefault(surface, []).append(entry)
        with _guard:
            for old in [k for k in _spellings_of if k[1] == type_][:-1]:
                del _spellings_of[old]
            _spellings_of[at] = known
    return known


def _like(store: Store, type_: str, name: str) -> list[Entry]:
    """The one entry whose name holds nearly all of `name` in order; nothing when two do about as well."""
    wanted = names.key(name)
    spelt = _spelt(store, type_)
    near = process.extract(wanted, list(spelt), scorer=fuzz.partial_ratio, limit=60, score_cutoff=40)
    scored: dict[str, tuple[float, Entry]] = {}
    for surface, ratio, _ in near:
        score = max(ratio, _in_order(wanted, surface))
        for entry in spelt[surface]:
            if score > scored.get(entry.id, (0.0, entry))[0]:
                scored[entry.id] = (score, entry)
    best = sorted(scored.values(), key=lambda s: (-s[0], s[1].id))[:2]
    if not best or best[0][0] < _SLIP or (len(best) > 1 and best[0][0] - best[1][0] < 8):
        return []
    return [best[0][1]]


def _in_order(short: str, long: str) -> float:
    """How much of `short` (without what precedes the name in the sentence) `long` holds, of 100; best in its order."""
    tail, letters = short, Counter(long)
    while len(tail) >= 5:
        worth = 100.0 * min(1.0, (len(tail) + 2) / len(short)) - (len(long) - len(tail)) * 0.5
        rest = iter(long)
        if all(c in rest for c in tail):
            return worth
        if len(tail) >= 7 and Counter(tail) <= letters and long.endswith(tail[-2:]):
            return worth - 5
        tail = tail[1:]
    return 0.0


def _slips(store: Store, text: str, today: date, found: list[Mention]) -> Iterator[Mention]:
    """Bodies and people written with a slip, when the question names no other."""
    if any(m.type == "Department" for m in found):
        return
    index = names.names(store, "Department")
    table = [s for s in (*index.by_surface, *index.by_base) if len(s) >= 3]
    for start, end in _open(_BODY, text, found):
        best: tuple[float, int, str] | None = None
        for begin in range(start, end - 2):
            near = process.extractOne(text[begin:end], table, scorer=fuzz.ratio, score_cutoff=_body_slip(end - begin))
            if near and abs(len(near[0]) - (end - begin)) <= 1 and (best is None or near[1] > best[0]):
                best = (near[1], begin, near[0])
        if best:
            entries, _ = lookup(store, "Department", best[2])
            if entries:
                yield Mention(best[1], end, text[best[1] : end], "Department", tuple(entries), names.SLIP)


def _body_slip(length: int) -> int:
    """How like a body's name a word of this length must be, of 100: one wrong character of three or more."""
    return 65 if length < 5 else 75


def _open(pattern: re.Pattern[str], text: str, found: Iterable[Mention]) -> Iterator[tuple[int, int]]:
    """Matches in the stretches of text between what has been found."""
    edges = [0, *(p for m in sorted(found, key=lambda m: m.start) for p in (m.start, m.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for match in pattern.finditer(text, start, end):
            yield match.span()
