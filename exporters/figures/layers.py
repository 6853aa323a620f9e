"""Puts the ends of links into layers from left to right, and in an order with few crossings."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T", bound=Hashable)
_SWEEPS = 6


def back_links(links: Sequence[tuple[_T, _T]]) -> set[int]:
    """The positions of the links that close a circle with those before them."""
    onward: dict[_T, set[_T]] = {}
    back: set[int] = set()
    for at, (start, end) in enumerate(links):
        if _leads(onward, end, start):
            back.add(at)
        else:
            onward.setdefault(start, set()).add(end)
    return back


def _leads(onward: Mapping[_T, set[_T]], start: _T, goal: _T) -> bool:
    seen: set[_T] = set()
    stack = [start]
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            stack.extend(onward.get(node, ()))
    return False


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
