"""Union-find: things that are the same as a third are the same."""

from __future__ import annotations


class Clusters:
    """`size` things, numbered from 0, each alone at first. The lowest number of a cluster stands for it."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, i: int) -> int:
        """The number that stands for the cluster of `i`."""
        while self._above[i] != i:
            self._above[i] = self._above[self._above[i]]
            i = self._above[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make one cluster of two."""
        low, high = sorted((self.of(i), self.of(j)))
        self._above[high] = low

    def all(self) -> list[list[int]]:
        """The clusters, each in order, by their lowest number."""
        found: dict[int, list[int]] = {}
        for i in range(len(self._above)):
            found.setdefault(self.of(i), []).append(i)
        return [found[i] for i in sorted(found)]
