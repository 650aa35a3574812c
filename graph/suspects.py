"""What looks like a slip of reading, or like one body under two names: for a person to decide, never merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import NamedTuple, Protocol

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from graph.regions import Level
from graph.vocabulary import vocabulary

_ALIKE = 0.8  # share of signs that two unknown names must have in common


class Suspect(NamedTuple):
    """Two ids that may be one, or a name that may be a slip of another."""

    kind: str  # same-body, slip, odd-name, same-person, same-document
    left: str
    right: str
    why: str


class Named(Protocol):
    """A body, as far as it matters here."""

    id: str
    name: str
    aliases: list[str]
    function: str
    level: Level
    region: str
    kind: str
    review: bool


def body_suspects(bodies: Collection[Named]) -> Iterator[Suspect]:
    """Slips, names no body bears, and pairs of unknown bodies that may be one."""
    found = list(slips(bodies))
    yield from found
    seen = {slip.left for slip in found}
    lengths: dict[int, list[str]] = {}
    for word in vocabulary().names:
        lengths.setdefault(len(word), []).append(word)
    for body in _unknown(bodies):
        if body.id in seen:
            continue
        key = _key(body)
        near = _nearest(key, lengths.get(len(key), ())) if len(key) > 3 else ""
        if near:
            right = f"{body.region}/{vocabulary().names[near].name(body.level)}"
            yield Suspect("slip", body.id, right, f"{key}→{near}")
        elif body.review:
            yield Suspect("odd-name", body.id, "", body.name)
    yield from _alike(bodies)


def slips(bodies: Collection[Named]) -> Iterator[Suspect]:
    """Unknown names one sign away from the name of a body of the same region: 县日政局 where there is a 县民政局."""
    known: dict[str, dict[str, str]] = {}
    for body in bodies:
        if body.function and body.kind != "collective":
            names = known.setdefault(body.region, {})
            for name in (body.name, *body.aliases):
                names.setdefault(name, body.id)
    for body in _unknown(bodies):
        names = known.get(body.region, {})
        near = _nearest(body.name, list(names)) if len(body.name) > 3 else ""
        if near:
            yield Suspect("slip", body.id, names[near], f"{body.name}→{near}")


def _unknown(bodies: Collection[Named]) -> Iterator[Named]:
    return (b for b in bodies if not b.function and b.kind not in ("collective", "group", "enterprise"))


def _key(body: Named) -> str:
    return body.id.rpartition("/")[2]


def _nearest(name: str, names: Collection[str]) -> str:
    """The first of `names` one sign away from `name` that ends like it; "" when there is none."""
    near = process.extract(name, names, scorer=Levenshtein.distance, score_cutoff=1, limit=None)
    return min((found for found, distance, _ in near if distance == 1 and found[-1] == name[-1]), default="")


def _alike(bodies: Collection[Named]) -> Iterator[Suspect]:
    """Unknown bodies of a region of which one name abbreviates, or all but equals, the other."""
    places: dict[str, list[Named]] = {}
    for body in bodies:
        if not body.function and body.kind != "collective":
            places.setdefault(body.region, []).append(body)
    for group in places.values():
        for one, other in combinations(group, 2):
            short, long = sorted((_key(one), _key(other)), key=lambda key: (len(key), key))
            if len(short) < 3 or short[-1] != long[-1]:
                continue
            alike = len(short) > 4 and Levenshtein.normalized_similarity(short, long) >= _ALIKE
            if alike or _abbreviates(short, long):
                yield Suspect("same-body", min(one.id, other.id), max(one.id, other.id), f"{short}≈{long}")


def _abbreviates(short: str, long: str) -> bool:
    """Whether the signs of `short` stand in `long` in the same order, the first and last in the same place."""
    rest = iter(long)
    return short[0] == long[0] and all(sign in rest for sign in short)
