"""People: the same name in the same body is one person; elsewhere they stay apart until somebody confirms it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.clusters import Clusters
from graph.suspects import Suspect


class HasBody(Protocol):
    """A mention of a body that is settled by the time people are."""

    @property
    def id(self) -> str:
        """Id of the body."""
        ...

    @property
    def region(self) -> str:
        """Path of the body's region."""
        ...

    @property
    def is_class(self) -> bool:
        """Whether it is a class of bodies: sharing one says nothing about two people."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """One person. `bodies` are the ids of the bodies in which posts are held."""

    id: str
    name: str
    region: str
    bodies: tuple[str, ...]


@dataclass(slots=True)
class PersonMention:
    """A person's name in a document. `id` is there once `Identity.finish()` has run."""

    name: str
    region: str
    document: str
    bodies: tuple[HasBody, ...] = ()
    person: Person | None = None

    @property
    def id(self) -> str:
        """The id of the person who is meant."""
        if self.person is None:
            raise RuntimeError("Identity.finish() has not run")
        return self.person.id


class People:
    """The people of a library."""

    def __init__(self) -> None:
        self._mentions: list[PersonMention] = []
        self.found: list[Person] = []

    def mention(self, name: str, bodies: Sequence[HasBody], region: str, document: str) -> PersonMention:
        """A name in a document, with the bodies of the posts that stand beside it."""
        mention = PersonMention(name, region, document, tuple(bodies))
        self._mentions.append(mention)
        return mention

    def finish(self, whole: Callable[[str], str]) -> None:
        """Decide who is who; `whole` completes a region's path."""
        by_name: dict[str, list[PersonMention]] = {}
        for mention in sorted(self._mentions, key=lambda m: (m.name, m.region, m.document)):
            by_name.setdefault(mention.name, []).append(mention)
        self.found = []
        for name, mentions in by_name.items():
            self._settle(name, mentions, whole)
        self.found.sort(key=lambda p: p.id)

    def _settle(self, name: str, mentions: list[PersonMention], whole: Callable[[str], str]) -> None:
        groups = Clusters(len(mentions))
        first: dict[object, int] = {}
        bodies = [sorted({b.id for b in m.bodies if not b.is_class}) for m in mentions]
        for i, ids in enumerate(bodies):
            for id_ in ids:
                groups.join(first.setdefault(id_, i), i)
        with_post: dict[str, list[int]] = {}  # by document
        for i, mention in enumerate(mentions):
            if bodies[i]:
                with_post.setdefault(mention.document, []).append(i)
        for i, mention in enumerate(mentions):
            if bodies[i]:
                continue
            # without a post: the one of that name in the same document, else the one of the region without a post
            beside = {groups.of(j) for j in with_post.get(mention.document, ())}
            groups.join(first.setdefault((whole(mention.region),), i) if len(beside) != 1 else beside.pop(), i)
        clusters = [(self._region([mentions[i] for i in members], whole), members) for members in groups.all()]
        in_region = Counter(region for region, _ in clusters)
        for region, members in clusters:
            held = sorted({id_ for i in members for id_ in bodies[i]})
            id_ = f"{region}/{name}"
            if held and in_region[region] > 1:
                id_ += f"@{held[0].removeprefix(region + '/')}"
            person = Person(id_, name, region, tuple(held))
            self.found.append(person)
            for i in members:
                mentions[i].person = person

    @staticmethod
    def _region(mentions: Iterable[PersonMention], whole: Callable[[str], str]) -> str:
        """Where somebody holds most posts; without posts, where the documents are from."""
        mentions = list(mentions)
        regions = Counter(b.region for m in mentions for b in m.bodies if not b.is_class)
        regions = regions or Counter(whole(m.region) for m in mentions)
        return min(regions, key=lambda r: (-regions[r], r))

    def suspects(self) -> Iterable[Suspect]:
        """People of one name in one region whom nothing joins yet."""
        places: dict[tuple[str, str], list[Person]] = {}
        for person in self.found:
            places.setdefault((person.region, person.name), []).append(person)
        for (_, name), group in places.items():
            for other in group[1:]:
                yield Suspect("same-person", group[0].id, other.id, name)
