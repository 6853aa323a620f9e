"""Moves things along a line so that none overlaps the next and each stays near where it belongs."""

from __future__ import annotations

from collections.abc import Sequence


def spread(
    wanted: Sequence[float], sizes: Sequence[float], limits: tuple[float, float]
) -> list[float]:
    """The middles of things of these sizes, in the order given, each near its wanted middle.

    They keep within the limits where all together fit between them, else they start at the first.
    """
    clusters: list[_Cluster] = []
    for middle, size in zip(wanted, sizes, strict=True):
        clusters.append(_Cluster([middle], [size]))
        while len(clusters) > 1 and clusters[-2].end(limits) > clusters[-1].start(limits):
            last = clusters.pop()
            clusters[-1].join(last)
    return [middle for cluster in clusters for middle in cluster.middles(limits)]


class _Cluster:
    """Neighbours that touch each other."""

    def __init__(self, wanted: list[float], sizes: list[float]) -> None:
        self._wanted, self._sizes = wanted, sizes

    def join(self, other: _Cluster) -> None:
        self._wanted += other._wanted
        self._sizes += other._sizes

    def start(self, limits: tuple[float, float]) -> float:
        """Where the first begins: each at its wanted place on average, kept within the limits."""
        offset = total = 0.0
        for wanted, size in zip(self._wanted, self._sizes, strict=True):
            total += wanted - offset - size / 2
            offset += size
        start = total / len(self._wanted)
        return max(limits[0], min(start, limits[1] - offset))

    def end(self, limits: tuple[float, float]) -> float:
        """Where the last ends."""
        return self.start(limits) + sum(self._sizes)

    def middles(self, limits: tuple[float, float]) -> list[float]:
        """The middle of each."""
        found: list[float] = []
        at = self.start(limits)
        for size in self._sizes:
            found.append(at + size / 2)
            at += size
        return found
