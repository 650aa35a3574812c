"""Facts → rows of the graph.

Two passes. The first goes over the heads of all sources and settles who and what is meant (`loaders.names`). The
second reads the facts a batch of documents at a time, in several processes where that pays (`loaders.rows`): merges
what several sources say of a document, applies people's decisions and writes rows. What documents share is put together
here, in the order of the batches. Memory grows with the names in a library, not with its texts.

Sources are taken in the order of their ids, so the same library gives the same rows to the byte. Nothing is written
that no source supports: a body, person, group or period is in the graph only when a relationship needs it.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

from graph.decisions import Decision
from graph.errors import ZerenError
from graph.identity import Body, Work
from graph.library import read_head
from graph.store.rows import GraphRows, RowWriter
from loaders.names import Names, Written
from loaders.periods import Period, within
from loaders.rows import Batch, Built, Held, Meant, Place, Post, Said, write_rows, write_rows_of
from loaders.workers import Here, Team, few_collections

__all__ = ["Built", "build"]

Told = Callable[[str, int, int], None]
"""Told what is done: stage (`names`, `rows`), how much of how much."""

BATCH = 250  # documents a worker takes at once
FEW = 1000
COMPUTED = "calendar"  # the rule of what follows from the calendar alone


def build(
    files: Mapping[str, Path], decisions: Sequence[Decision], folder: Path, team: Team,
    told: Told = lambda stage, done, total: None,
) -> tuple[Built, GraphRows]:
    """Write the rows of all sources (`files`: their facts, in the order of the ids) to `folder`."""
    names, built = Names(decisions), Built()
    with few_collections(), RowWriter(folder, dedupe=()) as writer:
        for number, file in enumerate(files.values(), 1):
            source = read_head(file)
            names.register(source)
            writer.node(
                "Source", source.id, source.name, source.paths[0] if source.paths else None, source.media_type,
                source.bytes, source.loaded_at, source.extractor,
            )
            told("names", number, len(files))
        names.settle()
        shared = _Shared(writer, names)
        written = GraphRows(folder)
        for said in _in_order(_batches(names, files), names, folder, team):
            written.take(said.counts)
            built += said.built
            shared.take(said)
            told("rows", built.documents, len(names.groups))
        shared.finish()
    writer.rows.take(written.counts)
    return built, writer.rows


def _in_order(batches: Iterator[Batch], names: Names, folder: Path, team: Team) -> Iterator[Said]:
    """What each batch says, in the order of the batches."""
    meant = _meant(names)
    if len(names.groups) <= FEW or isinstance(team, Here):
        for batch in batches:
            yield write_rows(batch, folder, meant)
        return
    file = folder / "meant.pickle"
    file.write_bytes(pickle.dumps(meant, pickle.HIGHEST_PROTOCOL))
    waiting: dict[int, Said] = {}
    turn = 0
    for batch, said in team.map(partial(write_rows_of, folder=folder, meant=file), batches):
        if said is None:
            raise ZerenError("A process that wrote rows was ended (out of memory?).", "写入进程中断(内存不足?)。")
        waiting[batch.number] = said
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1


def _batches(names: Names, files: Mapping[str, Path]) -> Iterator[Batch]:
    waiting = iter(names.groups.items())
    for number in count():
        batch = Batch(number, [], {})
        for document_id, places in islice(waiting, BATCH):
            batch.documents.append(_held(document_id, places, names))
            batch.files.update((source, files[source]) for source, _ in places)
        if not batch.documents:
            return
        yield batch


def _held(document_id: str, places: Sequence[tuple[str, int]], names: Names) -> Held:
    same, held = names.rulings.same, []
    for source, at in places:
        place = names.places[source, at]
        people = {person.name: same(person.id) for person in place.people}
        held.append(Place(source, at, people, [same(cited.id) for cited in place.cites]))
    return Held(document_id, names.places[places[0]].document.work.region, held)


def _meant(names: Names) -> Meant:
    rulings = names.rulings
    ruled = {rulings.same(subject.rpartition("|")[2]).partition("~")[0] for subject in rulings.roles}
    return Meant(
        {written: mention.id for written, mention in names.bodies.items()},
        {id_: body.name for id_ in ruled if (body := names.by_id(id_))},
        rulings,
        rulings.rejected - names.groups.keys(),  # a document that is held is no slip of citing
    )


class _Shared:
    """The nodes that documents share, and what is computed of them."""

    def __init__(self, writer: RowWriter, names: Names) -> None:
        self._writer = writer
        self._names = names
        self._rulings = names.rulings
        self._surfaces: dict[str, set[str]] = {}
        self._bodies: dict[str, Body] = {}
        self._people: dict[str, str] = {}
        self._periods: dict[str, Period] = {}
        self._cited: dict[str, Work] = {}  # works that are not held
        self._posts: dict[tuple[str, str, str], list[Any]] = {}

    def take(self, said: Said) -> None:
        """What the next batch says."""
        names = self._names
        for body, first in said.bodies.items():
            if body not in self._bodies:
                known = names.by_id(first if isinstance(first, str) else body)
                self._bodies[body] = known or names.bodies[Written(*first)].body
        for body, surfaces in said.surfaces.items():
            self._surfaces.setdefault(body, set()).update(surfaces)
        for person, name in said.people.items():
            self._people.setdefault(person, name)
        self._periods |= said.periods
        for work, (source, at, number) in said.cited.items():
            if work not in names.groups and work not in self._cited:
                self._cited[work] = names.places[source, at].cites[number].work
        for post in said.posts:
            self._post(post)

    def _post(self, post: Post) -> None:
        row = self._posts.get((post.person, post.body, post.title))
        at = f"{post.source}:{post.start}:{post.end}"
        if row is None:
            self._surfaces.setdefault(post.body, set()).add(post.body_name)
            self._people.setdefault(post.person, post.person_name)
            self._posts[post.person, post.body, post.title] = [
                post.person, post.body, post.title, post.since, post.until, post.quote, [at], post.rule
            ]
            return
        row[3] = min(filter(None, (row[3], post.since)), default=None)
        row[4] = max(filter(None, (row[4], post.until)), default=None)
        # the quote is the first one's; another text says it in its own words
        if row[5] == post.quote and not any(e.startswith(post.source) for e in row[6]):
            row[6].append(at)

    def finish(self) -> None:
        """Write it all."""
        writer = self._writer
        for work_id, w in sorted(self._cited.items()):
            year = _number_year(w.doc_number)
            writer.node("Document", work_id, w.title, w.doc_number, None, w.level, w.region or None, None, year, False)
        for row in self._posts.values():
            writer.add("HOLDS_POST.Person.Department", tuple(row))
        for body, names in sorted(self._surfaces.items()):
            known = self._bodies[body]
            apart = body not in (known.id, self._rulings.same(known.id))  # kept apart by decision: a name of its own
            name = body.rpartition("~")[2] if apart else known.name
            writer.node(
                "Department", body, name, name if apart else known.full_name,
                sorted({*names, *(() if apart else known.aliases)} - {name}), known.function or None, known.level,
                known.region or None, known.kind, known.review and body not in self._rulings.accepted,
            )
        for person, name in sorted(self._people.items()):
            writer.node("Person", person, name)
        periods, steps = within(self._periods.values())
        for p in periods:
            writer.node("Period", p.id, p.label, p.starts_on, p.ends_on)
        for inner, outer in steps:
            writer.rel("WITHIN", "Period", "Period", inner, outer, COMPUTED)
        self._between_bodies()

    def _between_bodies(self) -> None:
        known, same = self._surfaces, self._rulings.same
        identity = self._names.identity
        successions = {
            (a, b): (s.year, s.basis, s.rule)
            for s in identity.successions()
            if (a := same(s.old)) != (b := same(s.new)) and a in known and b in known
        }
        for (a, b), properties in sorted(successions.items()):
            self._writer.rel("SUCCEEDED_BY", "Department", "Department", a, b, *properties)
        parts = {
            (a, b): p.rule
            for p in identity.parts()
            if (a := same(p.part)) != (b := same(p.whole)) and a in known and b in known
        }
        for (a, b), rule in sorted(parts.items()):
            self._writer.rel("PART_OF", "Department", "Department", a, b, rule)


def _number_year(number: str | None) -> int | None:
    """The year in 〔〕 of a document number."""
    year = (number or "").partition("〔")[2][:4]
    return int(year) if len(year) == 4 and year.isdecimal() else None
