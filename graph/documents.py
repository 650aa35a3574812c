"""Documents: when two texts are the same document, and which held document a citation means.

By number (文号) first, then by title, then by the title of the work that a notice carries (关于印发《…》的通知). A
title without its place (关于加强…的意见) fits every place that has one, so it counts only along the regions in which
the citing document lies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from graph import regions
from graph.clusters import Clusters
from graph.regions import LEVELS, NATION, NOWHERE, Level
from graph.suspects import Suspect

_SPACE = re.compile(r"[\s​-‏⁠﻿]+")
_NUMBER = re.compile(
    r"^[(\[〔【]?(.+?)[〔\[(【{〈<](?:公元)?((?:19|20)\d\d)年?[〕\])】}〉>](?:字?第)?0*(\d+(?:-\d+)?)号?(?:文件?)?[)\]〕】]?$"
)
_MARKS = re.compile(r"[“”\"'‘’《》〈〉<>「」『』]")
_YEARS = re.compile(r"((?:19|20)\d\d)年?[-—–―~～至]+((?:19|20)\d\d)年?")
_WRAP = re.compile(
    r"^(?P<issuer>.{0,60}?)关于(?:印发|发布|颁布|公布|下达|下发|批准)(?P<inner>.+?)的?(?:通知|公告|通告|决定|函|批复|公报)"
    r"(?:\([^()]{1,20}\))?$"
)
_ABOUT = re.compile(r"^(?P<issuer>[^关]{2,60}?)(?P<about>关于.+)$")
_GENERIC = re.compile(
    r"(?:工作|实施|行动|总体|具体|配套)*(?:方案|意见|办法|通知|规划|计划|纲要|要点|细则|规定|条例|任务清单)"
)
_SHORTEST = 8  # characters a title without number needs, to be taken for a work by itself
_ALIKE = 60.0  # two titles of one number below this are two documents
_SLIP = 92.0  # above this two titles may differ by a slip of reading


@lru_cache(maxsize=1 << 17)
def normal_number(number: str | None) -> str:
    """A document number in one form: `临x〔2023〕5号`, half width, 〔〕, no white space; "" for none."""
    if not number:
        return ""
    flat = _SPACE.sub("", unicodedata.normalize("NFKC", number)).strip("。.,;:、")
    match = _NUMBER.match(flat)
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else flat


@lru_cache(maxsize=1 << 17)
def normal_title(title: str | None) -> str:
    """A title without marks and white space, ranges of years in one form, without 中华人民共和国 before a law."""
    if not title:
        return ""
    flat = _MARKS.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", title)))
    flat = _YEARS.sub(r"\1-\2", flat)
    return flat.removeprefix("中华人民共和国") or flat


@lru_cache(maxsize=1 << 17)
def work_title(title: str | None) -> str:
    """The title of the work itself: what a notice carries (关于印发X的通知 → X), else the part from 关于 on."""
    flat = normal_title(title)
    match = _WRAP.match(flat)
    if match:
        inner = match["inner"].rstrip("的")
        again = work_title(inner)
        return again if len(again) > 3 else flat
    match = _ABOUT.match(flat)
    return match["about"] if match else flat


def same_title(one: str | None, other: str | None) -> bool:
    """Whether two titles name the same work: alike up to issuer, wrapper, marks and widths."""
    return bool(one and other) and work_title(one) == work_title(other)


def document_id(doc_number: str | None, issuer: str | None, title: str | None, issued_on: str | None) -> str:
    """The id of a document by itself: its number, else issuer/title/date."""
    return normal_number(doc_number) or "/".join(
        part for part in (normal_title(issuer), normal_title(title), issued_on or "") if part
    )


@dataclass(slots=True)
class Work:
    """One document, `held` when its text is loaded. `region` is where its issuer is, "" when that is not known."""

    id: str
    title: str | None
    doc_number: str | None
    level: Level | None
    region: str
    held: bool


@dataclass(slots=True, eq=False)
class DocumentMention:
    """A document whose text is in the library. `id` is there once `Identity.finish()` has run."""

    title: str | None
    doc_number: str
    issuer: str | None
    issued_on: str | None
    region: str
    level: Level | None
    work_: Work | None = None

    @property
    def work(self) -> Work:
        """The document this is a text of."""
        if self.work_ is None:
            raise RuntimeError("Identity.finish() has not run")
        return self.work_

    @property
    def id(self) -> str:
        """Its id."""
        return self.work.id


@dataclass(slots=True, eq=False)
class CitationMention:
    """A work named in a document. `id` is there once `Identity.finish()` has run."""

    title: str | None
    doc_number: str
    level: Level | None
    cited_in: DocumentMention
    work_: Work | None = None

    @property
    def work(self) -> Work:
        """The document that is meant."""
        if self.work_ is None:
            raise RuntimeError("Identity.finish() has not run")
        return self.work_

    @property
    def id(self) -> str:
        """Its id."""
        return self.work.id


class Works:
    """The documents of a library, held and cited."""

    def __init__(self) -> None:
        self._held: list[DocumentMention] = []
        self._cited: list[CitationMention] = []
        self.found: list[Work] = []

    def hold(
        self,
        title: str | None,
        number: str | None,
        issuer: str | None,
        issued_on: str | None,
        region: str,
        level: Level | None,
    ) -> DocumentMention:
        """A document whose text is loaded."""
        mention = DocumentMention(title, normal_number(number), issuer, issued_on, region, level)
        self._held.append(mention)
        return mention

    def cite(
        self, title: str | None, number: str | None, level: Level | None, cited_in: DocumentMention
    ) -> CitationMention:
        """A work named in a held document."""
        mention = CitationMention(title, normal_number(number), level, cited_in)
        self._cited.append(mention)
        return mention

    def finish(self, whole: Callable[[str], str]) -> None:
        """Decide which texts are one document and what every citation means."""
        held = sorted(
            self._held, key=lambda h: (h.doc_number, h.title or "", h.issuer or "", h.issued_on or "", h.region)
        )
        works = _held_works(held, {h.region: whole(h.region) for h in held})
        index = _Index(works)
        open_: list[tuple[CitationMention, str]] = []
        for cited in sorted(self._cited, key=lambda c: (c.doc_number, c.title or "", c.level or "", c.cited_in.id)):
            cited.work_ = None
            home = whole(cited.cited_in.region)
            scope = _scope(cited, home)
            found = index.find(cited, scope, home)
            if found:
                cited.work_ = found
            else:
                open_.append((cited, scope))
        works += _cited_works(open_, {w.id for w in works})
        self.found = sorted(works, key=lambda w: w.id)

    def suspects(self) -> Iterable[Suspect]:
        """Works that are cited and not held whose title is all but that of a held one."""
        held = [(w, work_title(w.title)) for w in self.found if w.held and w.title]
        for work in self.found:
            title = work_title(work.title)
            if work.held or len(title) < _SHORTEST:
                continue
            for other, known in held:
                if (work.doc_number and other.doc_number) or (work.region and work.region != other.region):
                    continue
                if abs(len(known) - len(title)) < 6 and fuzz.ratio(title, known, score_cutoff=_SLIP):
                    yield Suspect("same-document", work.id, other.id, f"{work.title}≈{other.title}")


def _held_works(held: Sequence[DocumentMention], region: dict[str, str]) -> list[Work]:
    """The documents of the texts: those of one number, or of one title, place and day, are one."""
    groups = Clusters(len(held))
    buckets: dict[tuple[str, str], list[int]] = {}
    for i, text in enumerate(held):
        for key in {("number", text.doc_number), ("title", work_title(text.title))}:
            if key[1]:
                buckets.setdefault(key, []).append(i)
    for bucket in buckets.values():
        before: dict[str, list[int]] = {}  # by number: many places give their documents one title
        for k, i in enumerate(bucket):
            number = held[i].doc_number
            for j in sorted((*before.get("", ()), *before.get(number, ()))) if number else bucket[:k]:
                if groups.of(i) != groups.of(j) and _same(held[i], held[j], region):
                    groups.join(i, j)
                    break
            before.setdefault(number, []).append(i)
    clusters = groups.all()
    numbers: dict[str, int] = {}
    for members in clusters:
        number = next((held[i].doc_number for i in members if held[i].doc_number), "")
        if number:
            numbers[number] = numbers.get(number, 0) + 1
    works: list[Work] = []
    taken: set[str] = set()
    for members in clusters:
        texts = [held[i] for i in members]
        first = max(texts, key=lambda t: (bool(t.doc_number), bool(t.title), bool(t.issued_on)))
        place = max((region[t.region] for t in texts), key=len)
        number = first.doc_number
        id_ = document_id(number, first.issuer or place, first.title, first.issued_on) or NOWHERE
        if number and numbers[number] > 1:
            id_ = f"{number}@{place or NOWHERE}"
        id_ = _free(id_, taken)
        work = Work(id_, first.title, number or None, next((t.level for t in texts if t.level), None), place, True)
        works.append(work)
        for text in texts:
            text.work_ = work
    return works


def _free(id_: str, taken: set[str]) -> str:
    """The id, or the next free one after it; taken from now on."""
    free, n = id_, 1
    while free in taken:
        n += 1
        free = f"{id_}~{n}"
    taken.add(free)
    return free


def _same(one: DocumentMention, other: DocumentMention, region: dict[str, str]) -> bool:
    """Whether two texts are one document."""
    here, there = region[one.region], region[other.region]
    if here and there and here != there and not (here.endswith(there) or there.endswith(here)):
        return False
    titles = work_title(one.title), work_title(other.title)
    if one.doc_number and other.doc_number:
        return one.doc_number == other.doc_number and (
            not all(titles) or titles[0] == titles[1] or fuzz.ratio(*titles) >= _ALIKE
        )
    if titles[0] != titles[1] or not titles[0]:
        return False
    return one.issued_on == other.issued_on or (
        len(titles[0]) >= _SHORTEST and not (one.issued_on and other.issued_on) and here == there
    )


def _scope(cited: CitationMention, home: str) -> str:
    """The region whose document is meant, by the title or the level; "" when neither tells."""
    flat = normal_title(cited.title)
    spelt, _ = regions.leading(re.sub(r"^(?:中共|(?:19|20)\d\d年?|[十“”\"]*十[三四五六]五[”\"]*)", "", flat))
    own = regions.parse(home) if home else regions.UNKNOWN
    if spelt is not None:
        if regions.in_order(spelt.names, own.names):
            return "".join(own.names[: own.names.index(spelt.name) + 1])
        known = regions.candidates(spelt)
        return known[0].path if len(known) == 1 else spelt.path
    if cited.level == "national":
        return NATION
    if cited.level and own.names and own.level != "national":
        step = LEVELS.index(own.level) - LEVELS.index(cited.level)
        for size in range(len(own.names), 0, -1):
            if regions.level_of(own.names[:size]) == cited.level:
                return "".join(own.names[:size])
        return f"{home}:{cited.level}" if step > 0 else home
    return ""


class _Index:
    """Held documents by number and by title."""

    def __init__(self, works: Sequence[Work]) -> None:
        self._number: dict[str, list[Work]] = {}
        self._title: dict[str, list[Work]] = {}
        for work in works:
            if work.doc_number:
                self._number.setdefault(work.doc_number, []).append(work)
            for title in {work_title(work.title), normal_title(work.title)} - {""}:
                self._title.setdefault(title, []).append(work)

    def find(self, cited: CitationMention, scope: str, home: str) -> Work | None:
        """The held document that is meant, when there is no doubt."""
        title = work_title(cited.title)
        by_number = [w for w in self._number.get(cited.doc_number, ()) if _compatible(title, scope, w)]
        if len(by_number) > 1:
            by_number = [w for w in by_number if home.startswith(w.region)]
        if len(by_number) == 1:
            return by_number[0]
        if not title or len(title) < _SHORTEST or _GENERIC.fullmatch(title):
            return None
        found = {
            w.id: w
            for key in (title, normal_title(cited.title))
            for w in self._title.get(key, ())
            if not (cited.doc_number and w.doc_number)
        }  # two numbers: two documents
        near = [
            w
            for w in found.values()
            if (w.region == scope if scope else home.startswith(w.region) or w.region == NATION)
            and w is not cited.cited_in.work
        ]
        return near[0] if len(near) == 1 else None


def _compatible(title: str, scope: str, work: Work) -> bool:
    """Whether a citation of the number of `work` can mean it."""
    known = work_title(work.title)
    if title and title == known:
        return True
    if title and known and title not in known and fuzz.ratio(title, known) < _ALIKE:
        return False
    place = work.region
    return not scope or ":" in scope or not place or place.endswith(scope) or scope.endswith(place)


def _cited_works(open_: Sequence[tuple[CitationMention, str]], taken: set[str]) -> list[Work]:
    """Works that are only cited: one for each number, else one for each title and place."""
    groups = Clusters(len(open_))
    number_of: dict[str, list[int]] = {}
    titled: dict[tuple[str, str], list[int]] = {}
    for i, (cited, scope) in enumerate(open_):
        title = work_title(cited.title)
        if cited.doc_number:
            for j in number_of.setdefault(cited.doc_number, []):
                known = work_title(open_[j][0].title)
                if not title or not known or title in known or known in title or fuzz.ratio(title, known) >= _ALIKE:
                    groups.join(i, j)
                    break
            number_of[cited.doc_number].append(i)
        if title:
            titled.setdefault((title, scope or f"{cited.cited_in.work.region}?"), []).append(i)
    for members in titled.values():
        numbers = {open_[i][0].doc_number for i in members} - {""}
        first: dict[str, int] = {}
        for i in members:  # a title with one number means that number wherever it stands without
            number = open_[i][0].doc_number if len(numbers) != 1 else ""
            groups.join(first.setdefault(number, i), i)
    works = []
    for members in groups.all():
        cited, scope = max(
            (open_[i] for i in members), key=lambda c: (bool(c[0].doc_number), bool(c[0].title), bool(c[0].level))
        )
        title = normal_title(cited.title)
        place = scope.partition(":")[0] if ":" not in scope else ""
        id_ = cited.doc_number or f"{scope or (cited.cited_in.work.region or NOWHERE) + '?'}/{title}"
        if cited.doc_number and id_ in taken:
            id_ = f"{id_}/{title}"
        id_ = _free(id_, taken)
        level = next((open_[i][0].level for i in members if open_[i][0].level), None)
        work = Work(id_, cited.title, cited.doc_number or None, level, place, False)
        works.append(work)
        for i in members:
            open_[i][0].work_ = work
    return works
