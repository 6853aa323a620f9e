"""Three-way merge of the order of rows: added rows stay, moves of different rows go together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

_Order = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedOrder:
    """The rows in their order; `contested` when both sides moved the same row elsewhere."""

    order: _Order
    contested: bool


def merge_order(base: _Order, mine: _Order, theirs: _Order, kept: Collection[str]) -> MergedOrder:
    """The rows that are `kept`, in my order with the rows added or moved by the other side."""
    before, ours, others = (_only(order, kept) for order in (base, mine, theirs))
    common = set(ours) & set(others)
    my_way, their_way = _only(ours, common), _only(others, common)
    mine_moved, theirs_moved = _moved(_only(before, common), my_way, their_way)
    fresh = common - set(before)
    contested = my_way != their_way and bool(
        mine_moved & theirs_moved or _differ(fresh, ours, others)
    )
    coming = set(others) - common | (theirs_moved - mine_moved)
    start = [row for row in ours if row not in coming]
    return MergedOrder(_put_in(start, others, coming, set(ours) - common), contested)


def like(order: _Order, other: _Order) -> _Order:
    """The same rows, those that stand in both in the order of the other."""
    common = set(order) & set(other)
    following = iter([row for row in other if row in common])
    return tuple(next(following) if row in common else row for row in order)


def _put_in(start: list[str], theirs: _Order, coming: set[str], added: set[str]) -> _Order:
    """Each run of coming rows after the row it follows on the other side.

    Where both sides added rows at one place, the run with the smaller id comes first: whoever
    merges, the order is the same.
    """
    placed = set(start)
    at = 0
    for run, before in _runs(theirs, coming):
        at = start.index(before) + 1 if before in placed else 0
        end = at
        while end < len(start) and start[end] in added:
            end += 1
        if end > at and min(start[at:end]) < min(run):
            at = end
        start[at:at] = run
        placed |= set(run)
    return tuple(start)


def _runs(theirs: _Order, coming: set[str]) -> Iterable[tuple[list[str], str]]:
    run: list[str] = []
    before = ""
    for row in theirs:
        if row in coming:
            run.append(row)
            continue
        if run:
            yield run, before
        run, before = [], row
    if run:
        yield run, before


def _moved(base: _Order, mine: _Order, theirs: _Order) -> tuple[set[str], set[str]]:
    """Which rows each side moved; of several readings that with the fewest rows in common."""
    places = {row: place for place, row in enumerate(base)}
    ours, others = _only(mine, places), _only(theirs, places)
    if ours == others:
        return set(), set()
    if ours == base or others == base:
        return _out_of_order(ours, places, ()), _out_of_order(others, places, ())
    first_guess = _out_of_order(others, places, ())
    mine_moved = _out_of_order(ours, places, first_guess)
    return mine_moved, _out_of_order(others, places, mine_moved)


def _out_of_order(order: _Order, places: Mapping[str, int], stay: Collection[str]) -> set[str]:
    """The fewest rows that must have moved, sparing those that should `stay` if possible."""
    heavy = 2 * len(order) + 1
    best: list[tuple[int, int]] = []  # increasing: place, and weight of the best row up to there
    links: dict[str, tuple[str, int]] = {}
    last: dict[int, str] = {}
    for row in order:
        place = places[row]
        found = bisect_right(best, (place, 0)) - 1
        weight = heavy + (row in stay) + (best[found][1] if found >= 0 else 0)
        links[row] = (last[best[found][0]] if found >= 0 else "", weight)
        if found >= 0 and best[found][1] >= weight:
            continue
        after = found + 1
        while after < len(best) and best[after][1] <= weight:
            del best[after]
        best.insert(after, (place, weight))
        last[place] = row
    unmoved: set[str] = set()
    row = last[best[-1][0]] if best else ""
    while row:
        unmoved.add(row)
        row = links[row][0]
    return set(order) - unmoved


def _differ(fresh: set[str], mine: _Order, theirs: _Order) -> bool:
    return _only(mine, fresh) != _only(theirs, fresh)


def _only(order: _Order, kept: Collection[str]) -> _Order:
    return tuple(row for row in order if row in kept)
