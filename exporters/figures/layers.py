"""Puts the ends of links into layers from left to right, and in an order with few crossings."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T", bound=Hashable)
_SWEEPS = 6


def back_links(links: Sequence[tuple[_T, _T]]) -> set[int]:
    """The positions of the links that close a circle, followed in the order given."""
    outgoing: dict[_T, list[tuple[int, _T]]] = {}
    for at, (start, end) in enumerate(links):
        outgoing.setdefault(start, []).append((at, end))
    done: set[_T] = set()
    back: set[int] = set()
    for root, first in outgoing.items():
        if root in done:
            continue
        path = {root}
        stack = [(root, iter(first))]
        while stack:
            node, left = stack[-1]
            step = next(left, None)
            if step is None:
                path.discard(node)
                done.add(node)
                stack.pop()
            elif step[1] in path:
                back.add(step[0])
            elif step[1] not in done:
                path.add(step[1])
                stack.append((step[1], iter(outgoing.get(step[1], ()))))
    return back


def layers_of(links: Sequence[tuple[_T, _T]]) -> dict[_T, int]:
    """The layer of each end: one more than the farthest before it; the links close no circle."""
    before: dict[_T, list[_T]] = {}
    ends: dict[_T, None] = {}
    for start, end in links:
        ends.setdefault(start)
        ends.setdefault(end)
        before.setdefault(end, []).append(start)
    layers: dict[_T, int] = {}

    def layer(node: _T) -> int:
        if node not in layers:
            layers[node] = max((layer(each) + 1 for each in before.get(node, ())), default=0)
        return layers[node]

    for node in ends:
        layer(node)
    return {node: layers[node] for node in ends}


def ordered(columns: list[list[_T]], neighbours: Mapping[_T, Iterable[_T]]) -> list[list[_T]]:
    """The columns with their members moved towards the middle of their neighbours."""
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        numbers = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
        for number in numbers:
            other = columns[number - 1 if forward else number + 1]
            places = {node: at for at, node in enumerate(other)}
            own = {node: at for at, node in enumerate(columns[number])}

            def middle(node: _T, places: dict[_T, int] = places, own: dict[_T, int] = own) -> float:
                near = [places[each] for each in neighbours.get(node, ()) if each in places]
                return sum(near) / len(near) if near else own[node]

            columns[number].sort(key=middle)
    return columns
