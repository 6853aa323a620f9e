"""Three-way merge of the order of rows: added rows stay, moves go together unless they exclude."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

_MOST_COMPARED = 1_000  # rows, each with each
_Order = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedOrder:
    """The rows in their order; `contested` when no order suits both, and mine stands."""

    order: _Order
    contested: bool


def merge_order(base: _Order, mine: _Order, theirs: _Order, kept: Collection[str]) -> MergedOrder:
    """The rows that are `kept`, with the rows added by either side and the moves of both."""
    before, ours, others = (_only(order, kept) for order in (base, mine, theirs))
    common = set(ours) & set(others)
    together = _together(*(_only(order, common) for order in (before, ours, others)))
    rows = like(ours, together or ours)
    return MergedOrder(_put_in(rows, others, set(ours) - common), together is None)


def like(order: _Order, other: _Order) -> _Order:
    """The same rows, those that stand in both in the order of the other."""
    common = set(order) & set(other)
    following = iter([row for row in other if row in common])
    return tuple(next(following) if row in common else row for row in order)


def _together(base: _Order, mine: _Order, theirs: _Order) -> _Order | None:
    """The one order in which every two rows stand as whoever turned them wants; None if none is.

    Of two rows only one side can have turned what the other left, so a pair is never disputed.
    """
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    if len(base) != len(mine) or len(mine) > _MOST_COMPARED:
        return None
    was, now, there = (_places(order) for order in (base, mine, theirs))

    def is_ahead(row: str, other: str) -> bool:
        as_i_have_it = now[row] < now[other]
        i_turned_them = as_i_have_it != (was[row] < was[other])
        return as_i_have_it if i_turned_them else there[row] < there[other]

    ahead_of = {row: sum(is_ahead(row, other) for other in base) for row in base}
    if len(set(ahead_of.values())) != len(ahead_of):
        return None  # they go round in a circle
    return tuple(sorted(base, key=lambda row: -ahead_of[row]))


def _put_in(rows: _Order, theirs: _Order, added: set[str]) -> _Order:
    """Each run of rows the other side added, after the row it follows there.

    Where both sides added rows at one place, the run with the smaller id comes first: whoever
    merges, the order is the same.
    """
    found = list(rows)
    for run, after in _runs(theirs, set(rows)):
        at = end = found.index(after) + 1 if after else 0
        while end < len(found) and found[end] in added:
            end += 1
        if end > at and min(found[at:end]) < min(run):
            at = end
        found[at:at] = run
    return tuple(found)


def _runs(theirs: _Order, known: set[str]) -> Iterator[tuple[list[str], str]]:
    """Rows in a row that are not known, and the known one before them, "" at the start."""
    run: list[str] = []
    before = ""
    for row in (*theirs, ""):
        if row and row not in known:
            run.append(row)
            continue
        if run:
            yield run, before
        run, before = [], row


def _places(order: _Order) -> dict[str, int]:
    return {row: place for place, row in enumerate(order)}


def _only(order: _Order, kept: Collection[str]) -> _Order:
    return tuple(row for row in order if row in kept)
