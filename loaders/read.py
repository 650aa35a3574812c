"""A source → the documents it holds, with everything that was read from them."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import permutations
from typing import Any

from rapidfuzz.distance import Levenshtein

from graph import names, regions
from loaders.extract.appointments import read_appointments, read_divisions
from loaders.extract.citations import read_citations
from loaders.extract.dates import read_deadlines
from loaders.extract.goals import read_goals
from loaders.extract.groups import read_groups
from loaders.extract.phases import read_phases
from loaders.extract.responsibility import read_tasks
from loaders.extract.targets import read_quantities
from loaders.facts import Assignment, Document, Fact, Member, Mention, Task, Warning_
from loaders.names import issuers
from loaders.outline import Grid, GridCell, outline
from loaders.split import DOC_TYPES, Head, split
from loaders.text import CleanText, SourceText, clean

_KIND = re.compile(rf"({DOC_TYPES})(?:[(（][^()（）]*[)）])?[》”]?$")


def read_documents(source: SourceText) -> list[Document]:
    """Every document of a source with its facts. Spans are raw: half-open, in code points of `source.raw`."""
    text = clean(source)
    grids = _grids(source, text)
    noisy = _is_noisy(source.raw)
    heads = split(text)
    documents = [_read(source, text, head, grids, noisy) for head in heads]
    if heads and heads[0].start:  # the pages may begin within a document
        rest = _read(source, text, Head(0, heads[0].start, 0), grids, noisy)
        documents = [rest, *documents] if any(t.assignments for t in rest.tasks) or rest.appointments else documents
    original = _original(text)
    for document in documents:
        to_raw(document, text, original)
    return documents


def _original(text: CleanText) -> dict[int, str]:
    """The source's own characters for those that were read as simplified ones; empty for simplified sources."""
    if text.surface is text.text:
        return {}
    own = set(text.surface)
    return {ord(c): s for c, s in zip(text.text, text.surface, strict=True) if c != s and c not in own}


def _read(source: SourceText, clean_text: CleanText, head: Head, grids: list[Grid], noisy: bool) -> Document:
    text = clean_text.text
    shape = outline(text, head.body, head.end, grids, head.title)
    shape.issued_on = head.issued_on or _year_of(head.title)
    region = regions.place(
        head.issuer, head.title, head.doc_number, text[head.start : min(head.end, head.start + 6000)]
    )
    document = Document(
        start=head.start,
        end=max(head.end, head.start),
        quote=head.title or "",
        rule="document",
        source=source.name,
        title=head.title,
        doc_number=head.doc_number,
        issuer=head.issuer,
        issued_on=head.issued_on,
        kind=_kind(head.title),
        region=region.path or None,
        level=region.level,
    )
    document.issued_by = [_issuer(text, head, name) for name in issuers(document)]
    document.tasks, document.warnings = read_tasks(shape)
    _set_suspects_aside(document, region, noisy)
    for task in document.tasks:
        _read_targets(text, task, shape.issued_on)
    document.citations = read_citations(shape, title=head.title, doc_number=head.doc_number, region=document.region)
    document.groups = read_groups(shape)
    document.appointments = read_appointments(shape)
    document.divisions = read_divisions(shape)
    document.phases = read_phases(shape)
    document.goals = read_goals(shape, [(t.start, t.end) for t in document.tasks], document.phases)
    return document


def _issuer(text: str, head: Head, name: str) -> Mention:
    """Where an issuer is named: in the head, else in the text and its signature; the whole document when nowhere."""
    whole = head.start, max(head.end, head.start)
    span = _spaced(text, name, *whole)
    start, end = span or whole
    return Mention(start=start, end=end, quote=text[start:end] if span else head.title or "", rule="issuer")


def _spaced(text: str, name: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a name first stands in text[start:end], white space within it or not."""
    at = text.find(name, start, end)
    stop = at + len(name) if at >= 0 else end
    flat = "".join(text[start:stop].split())
    first = flat.find(name)
    if first < 0:
        return None
    if at >= 0 and first + len(name) == len(flat):
        return at, stop
    found = re.search(r"\s*".join(map(re.escape, name)), text[start:stop])
    return (start + found.start(), start + found.end()) if found else None


# Looked for by the blank. The sign behind it is not the one before the next: 甲 乙 丙 丁 are two gaps.
_GAP_IN_WORD = re.compile(r" (?<=[\u4e00-\u9fff] )[\u4e00-\u9fff](?: [\u4e00-\u9fff])?")


def _is_noisy(raw: str) -> bool:
    """Whether a text comes from character recognition: blanks stand inside its words."""
    enough = max(15, min(len(raw), 20000) // 500 + 1)
    return raw.count(" ", 0, 20000) >= enough and len(_GAP_IN_WORD.findall(raw, 0, 20000)) >= enough


def _set_suspects_aside(document: Document, region: regions.Region, noisy: bool) -> None:
    """Report names that look like a misread one and, where the text is noisy, take them out of the tasks.

    A name that the vocabulary does not know, that stands once, and that differs by one sign from a known name of the
    same document is a slip of print or recognition (区日政局), not a new body.
    """
    count = Counter(a.unit for t in document.tasks for a in t.assignments)
    pairs = [(name, other) for name, other in _one_sign_apart(count) if count[name] == 1 and len(name) >= 4]
    if not pairs:
        return
    home = names.Places([region])
    known = cache(lambda name: names.read(name, region, home).row is not None)
    suspects = {name for name, other in pairs if not known(name) and known(other)}
    if not suspects:
        return
    for task in document.tasks:
        for a in task.assignments:
            if a.unit in suspects:
                document.warnings.append(
                    Warning_(
                        start=a.name_start,
                        end=a.name_end,
                        quote=a.unit,
                        rule="suspect-name",
                        kind="suspect-name",
                        text=a.unit,
                    )
                )
        if noisy:
            task.assignments = [a for a in task.assignments if a.unit not in suspects]


def _one_sign_apart(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of words, both ways round, that differ by one sign: left out, added or another one."""
    first: dict[str, str] = {}  # a word, whole or without one sign → the first word with these signs
    alike: dict[str, list[str]] = {}  # the same → all words with them, two or more
    for word in words:
        for signs in (word, *[word[:i] + word[i + 1 :] for i in range(len(word))]):
            other = first.setdefault(signs, word)
            if other is not word:
                alike.setdefault(signs, [other]).append(word)
    pairs = {pair for same in alike.values() for pair in permutations(same, 2)}
    return (pair for pair in sorted(pairs) if Levenshtein.distance(*pair, score_cutoff=1) == 1)


def _read_targets(text: str, task: Task, issued_on: str | None) -> None:
    """When the task is due and what number it is to reach."""
    # a row of a table already has the deadlines of the merged cells it shares with rows above
    task.deadlines = [*task.deadlines, *read_deadlines(text, task.start, task.end, issued_on)]
    if not task.deadlines and task.section and _MONTH.match(task.section):
        at = text.rfind(task.section, 0, task.start)
        task.deadlines = read_deadlines(text, at, at + len(task.section), issued_on) if at >= 0 else []
    own = int(issued_on[:4]) if issued_on else None
    task.quantities = read_quantities(text, task.start, task.end, task.deadlines, own)


_MONTH = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:[:：]|$)")  # a heading dates the items below it


def _year_of(title: str | None) -> str | None:
    """The one year that a title names (2023年重点工作任务分解表); it is the document's own where no signature tells."""
    named = _TITLE_YEAR.findall(title or "")
    return named[0][:4] if len(named) == 1 and named[0].endswith("年") else None


_TITLE_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}年?(?![0-9])")


def _kind(title: str | None) -> str | None:
    m = _KIND.search(title) if title else None
    return m.group(1) if m else None


def to_raw(fact: Fact, text: CleanText, original: dict[int, str]) -> None:
    """Turn the clean spans of a fact and of every fact in it into raw spans, its words into those of the source."""
    if original:
        _restore(fact, text, original)
    fact.start, fact.end = text.raw_span(fact.start, fact.end)
    if isinstance(fact, Assignment):
        fact.name_start, fact.name_end = text.raw_span(fact.name_start, fact.name_end)
        return
    for name in _PARTS[type(fact)]:
        value = getattr(fact, name)
        if not value:
            continue
        if isinstance(value, list):
            for item in value:
                if isinstance(item, Fact):
                    to_raw(item, text, original)
                elif original:
                    _restore(item, text, original)
        else:
            to_raw(value, text, original)


_CODES = {"rule", "role", "kind", "level", "action", "comparator", "path", "source", "period", "recurring"}


def _restore(item: Any, text: CleanText, original: dict[int, str]) -> None:  # noqa: ANN401
    """Names, titles and quotes in the characters of the source."""
    for f in dataclasses.fields(item):
        value = getattr(item, f.name)
        if isinstance(value, str) and (f.name not in _CODES or (isinstance(item, Member) and f.name == "role")):
            setattr(item, f.name, value.translate(original))
    if isinstance(item, Fact) and not isinstance(item, Document) and item.quote:
        item.quote = text.surface[item.start : item.end]
    if isinstance(item, Assignment):
        item.unit = "".join(text.surface[item.name_start : item.name_end].split())


_PARTS = {  # names of a fact's fields that hold other facts
    kind: tuple(f.name for f in dataclasses.fields(kind) if "list[" in str(f.type) or "Mention" in str(f.type))
    for kind in Fact.__subclasses__()
}


def _grids(source: SourceText, text: CleanText) -> list[Grid]:
    """The tables that the file format gave, with clean offsets; merged cells stand wherever they reach."""
    if not source.tables:
        return []
    to_clean = _to_clean(text)
    grids: list[Grid] = []
    for table in source.tables:
        rows = max((c.row + c.rowspan for c in table.cells), default=0)
        columns = max((c.column + c.colspan for c in table.cells), default=0)
        start, end = to_clean(table.start), to_clean(table.end)
        empty = GridCell("", start, start)
        grid = [[empty] * columns for _ in range(rows)]
        for c in table.cells:
            a, b = to_clean(c.start), to_clean(c.end)
            while a < b and text.text[a] in "\n\t \u3000":
                a += 1
            while b > a and text.text[b - 1] in "\n\t \u3000":
                b -= 1
            cell = GridCell(text.text[a:b], a, b)
            for r in range(c.row, min(c.row + c.rowspan, rows)):
                for k in range(c.column, min(c.column + c.colspan, columns)):
                    grid[r][k] = cell
        if rows and columns:
            start = min((c.start for row in grid for c in row if c.text), default=start)  # behind the caption
            grids.append(Grid(start, max(end, start + 1), 0, grid))
    return grids


def _to_clean(text: CleanText) -> Callable[[int], int]:
    order = sorted(range(len(text.raw_at)), key=text.raw_at.__getitem__)
    raws = [text.raw_at[i] for i in order]
    size = len(text.text)

    def at(raw: int) -> int:
        """Clean offset of the first character at or after a raw offset."""
        k = bisect_left(raws, raw + 1) - 1
        if k < 0:
            return 0
        i = order[k]
        length = (text.clean_at[i + 1] if i + 1 < len(text.clean_at) else size) - text.clean_at[i]
        step = raw - text.raw_at[i]
        return min(text.clean_at[i] + min(step, length), size)

    return at
