"""The same document told by several sources: which task of one is which task of the other.

Copies of one text differ in layout, in slips of print and in what was lost, so tasks are paired by what they say (text
without punctuation), then by their place in the outline where the texts are near, then by number and title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from loaders.facts import Task

_NOT_WORD = re.compile(r"[\W_]+")
_NEAR = 80.0  # of 100: the same passage printed twice, slips and all; neighbours of a list are below 60
_COMPARED = 300  # letters


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Letters and digits only, width folded: what two prints of one text have in common."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).lower()


def pair_tasks(claims: Sequence[Sequence[Task]]) -> list[list[tuple[int, Task]]]:
    """Tasks of one document as several sources tell them: one list per task of (number of the source, its telling).

    The first source's tasks come first and in its order; then those that only others have.
    """
    merged = [[(0, task)] for task in claims[0]]
    for number, tasks in enumerate(claims[1:], 1):
        alone = list(merged)
        over = list(tasks)
        for pass_ in _PASSES:
            over = _pair(alone, over, number, pass_)
        merged += [[(number, task)] for task in over]
    return merged


def _pair(alone: list[list[tuple[int, Task]]], tasks: list[Task], number: int, pass_: _Pass) -> list[Task]:
    """Put each of `tasks` to the one of `alone` it is; both lose what is paired. Returns those left over."""
    by_key: dict[Hashable, list[list[tuple[int, Task]]]] = {}
    for same in alone:
        by_key.setdefault(pass_.key(same[0][1]), []).append(same)
    over = []
    for task in tasks:
        key = pass_.key(task)
        fits = [same for same in by_key.get(key, ()) if key and pass_.agree(same[0][1], task)]
        if not fits:
            over.append(task)
            continue
        fits[0].append((number, task))
        by_key[key].remove(fits[0])
    alone[:] = [same for same in alone if same[-1][0] != number]
    return over


@dataclass(frozen=True, slots=True)
class _Pass:
    key: Callable[[Task], Hashable]
    agree: Callable[[Task, Task], bool]


def _near(one: Task, other: Task) -> bool:
    return fuzz.ratio(fold(one.quote)[:_COMPARED], fold(other.quote)[:_COMPARED]) >= _NEAR


_PASSES = (
    _Pass(lambda t: fold(t.text or t.quote), lambda a, b: True),
    _Pass(lambda t: t.path, _near),
    _Pass(lambda t: (t.number, fold(t.title)) if t.title else None, lambda a, b: True),
    _Pass(lambda t: fold(t.title or ""), _near),
)
