"""Pictures in columns: which node stands in which row, so that few lines cross."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean

SWEEPS = 4  # measured: more change nothing on the chains of a corpus


def rows(columns: Sequence[Sequence[str]], links: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Where each node of some columns stands from the top, every column in the middle; one row is 1 high.

    Nodes stand near what they are linked to, left and right by turns; what is linked to nothing keeps its place.
    """
    order = [list(members) for members in columns]
    column = {node: x for x, members in enumerate(order) for node in members}
    linked: dict[str, list[str]] = {node: [] for node in column}
    for one, other in links:
        linked[one].append(other)
        linked[other].append(one)
    tallest = max(map(len, order), default=0)
    found: dict[str, float] = {}

    def place(members: Sequence[str]) -> None:
        found.update({node: y + (tallest - len(members)) / 2 for y, node in enumerate(members)})

    for members in order:
        place(members)
    for sweep in range(SWEEPS):
        back = sweep % 2
        for x in reversed(range(len(order))) if back else range(len(order)):
            beside = {
                node: [found[o] for o in linked[node] if (column[o] > x if back else column[o] < x)]
                for node in order[x]
            }
            order[x].sort(key=lambda node: fmean(beside[node] or [found[node]]))
            place(order[x])
    return found
