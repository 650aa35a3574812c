"""First pass of a build: every name of a library handed to `graph.identity`, which settles who and what is meant.

It reads the heads of the sources alone (`graph.library.SourceHead`), so the facts of a library need be read only once
and one source at a time, and the order of loading does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern
from typing import NamedTuple, TypeVar

from graph.decisions import Decision, moved, rulings
from graph.identity import Body, CitationMention, DepartmentMention, DocumentMention, Identity, PersonMention
from graph.library import DocumentHead, SourceHead
from graph.vocabulary import vocabulary
from loaders import facts
from loaders.extract.units import ITS_GOVERNMENT, PARTY

_Unit = TypeVar("_Unit", facts.Assignment, facts.MemberUnit)
_PAIR = re.compile(rf"(?P<party>(?P<place>.*?){PARTY})、(?P<government>{ITS_GOVERNMENT})")


def bodies_of(said: facts.Assignment | facts.MemberUnit) -> list[str]:
    """The bodies a unit stands for: two where a party committee and its government are named as one (县委、县政府)."""
    pair = None if said.collective else _PAIR.fullmatch(said.unit)
    if pair is None:
        return [said.unit]
    own_tier = pair["government"][0] == pair["tier"]
    place = pair["place"] if own_tier else pair["place"] + (pair["tier"] or "")
    return [pair["party"], place + pair["government"]]


def each_body(units: Iterable[_Unit]) -> Iterator[tuple[_Unit, str]]:
    """The units with each of the bodies they stand for."""
    return ((unit, name) for unit in units for name in bodies_of(unit))


def head_of(document: facts.Document) -> DocumentHead:
    """The part of a document's facts that the first pass needs: who and what it names."""
    bodies: dict[str, bool] = {}
    people: dict[str, dict[str, None]] = {}

    def body(name: str | None, is_class: bool = False) -> None:
        if name:
            bodies[name] = bodies.get(name, True) and is_class

    def person(name: str, *posts: str | None) -> None:
        if name:
            people.setdefault(name, {}).update(dict.fromkeys(p for p in posts if p))

    for name in issuers(document):
        body(name)
    for task in document.tasks:
        for assignment, name in each_body(task.assignments):
            body(name, assignment.collective)
        for answer in task.answers:
            person(answer.name)
    for group in document.groups:
        body(group.office_in)
        for unit, name in each_body(group.member_units):
            body(name, unit.collective)
        for member in group.members:
            for post in member.posts:
                body(post.body)
            person(member.name, *(p.body for p in member.posts))
    for appointment in document.appointments:
        body(appointment.body)
        person(appointment.person, appointment.body)
    return DocumentHead(
        title=document.title, doc_number=document.doc_number, issuer=document.issuer, issued_on=document.issued_on,
        region=document.region, level=document.level, kind=document.kind,
        bodies=[n for n, is_class in bodies.items() if not is_class],
        classes=[n for n, is_class in bodies.items() if is_class],
        people=[[name, *posts] for name, posts in people.items()],
        cites=[(c.title, c.doc_number, c.level) for c in document.citations],
    )


def issuers(document: facts.Document) -> list[str]:
    """The bodies that issued it; several stand side by side."""
    return re.split(r"[、,,;;\s]+", document.issuer.strip()) if document.issuer else []


class Written(NamedTuple):
    """A body's name as a document of a region and level writes it."""

    name: str
    region: str | None
    level: str | None


@dataclass(slots=True)
class Place:
    """One document in one source, with its names as mentions of `Identity`."""

    document: DocumentMention
    people: list[PersonMention]
    cites: list[CitationMention]


class Names:
    """All names of a library, settled together."""

    def __init__(self, decisions: Sequence[Decision] = ()) -> None:
        self.identity = Identity()
        self.rulings = rulings(decisions)  # in terms of the ids there are, once settled
        self.places: dict[tuple[str, int], Place] = {}
        self.groups: dict[str, list[tuple[str, int]]] = {}  # document → its places, known once settled
        self._decisions = decisions
        self.bodies: dict[Written, DepartmentMention] = {}
        self._known: dict[str, Body] = {}

    def register(self, source: SourceHead) -> None:
        """Hand in the names of one source."""
        for at, head in enumerate(source.documents):
            self._register(source.id, at, head)

    def settle(self) -> None:
        """Decide who and what is meant; from here on mentions have their ids."""
        for target in self.rulings.merges.values():  # a slip's right name need not stand in any text
            region, _, name = target.rpartition("/")
            if region and name in vocabulary().names:
                self.identity.department(name, region=region, level=None)
        self.identity.finish()
        self._known = {body.id: body for body in self.identity.bodies()}
        people, works = self.identity.people(), self.identity.works()
        known = {*self._known, *(p.id for p in people), *(w.id for w in works)}
        self.rulings = rulings(moved(self._decisions, known))
        for key, place in self.places.items():
            self.groups.setdefault(self.rulings.same(place.document.id), []).append(key)

    def by_id(self, body_id: str) -> Body | None:
        """The body with this id, if any is so called."""
        return self._known.get(body_id)

    def _register(self, source_id: str, at: int, head: DocumentHead) -> None:
        year = int(head.issued_on[:4]) if head.issued_on else None
        head.region = head.region and intern(head.region)  # many documents share it
        document = self.identity.document(
            title=head.title, doc_number=head.doc_number, issuer=head.issuer, issued_on=head.issued_on,
            region=head.region, level=head.level,
        )
        for name in head.classes:
            self._body(name, head, year, True)
        for name in head.bodies:
            self._body(name, head, year)
        people, key = [], f"{source_id}.{at}"
        for name, *posts in head.people:
            bodies = [self._body(p, head, year) for p in posts]
            people.append(self.identity.person(intern(name), bodies=bodies, region=head.region, document=key))
        cites = [
            self.identity.citation(
                title=title and intern(title), doc_number=number, level=level, cited_in=document
            )
            for title, number, level in head.cites
        ]
        self.places[source_id, at] = Place(document, people, cites)

    def _body(self, name: str, head: DocumentHead, year: int | None, is_class: bool = False) -> DepartmentMention:
        mention = self.identity.department(name, region=head.region, level=head.level, year=year, collective=is_class)
        self.bodies[Written(name, head.region, head.level)] = mention
        return mention

    def meant(self, name: str, document: facts.Document | DocumentHead) -> DepartmentMention:
        """The body a document means by `name`; it was handed in with the heads."""
        return self.bodies[Written(name, document.region, document.level)]
