"""Bringing back what was at an earlier moment: one value, one row, one table, or everything.

The result is a change set on the plan of now; nothing beyond the place asked for is touched.
"""

from __future__ import annotations

from forms.address import Address
from forms.answers import Answers
from forms.changes import Change, ChangeSet, OrderChange, ValueChange, difference, same_value


def restored(now: Answers, then: Answers, place: Address, label: str) -> ChangeSet:
    """The changes that bring one place back: a value, a row, else the whole field or table."""
    row_is_gone = place.row in then.order(place) and place.row not in now.order(place)
    if place.row and (row_is_gone or not (place.column or place.year)):
        return ChangeSet(label, _row(now, then, place.table.at_row(place.row)))
    if place.row:
        return ChangeSet(label, _values(now, then, (place,)))
    changes = difference(now, then, label)
    return ChangeSet(label, tuple(each for each in changes.changes if _home(each) == place))


def _home(change: Change) -> Address:
    return change.address.table if isinstance(change, ValueChange) else change.table


def _row(now: Answers, then: Answers, row: Address) -> tuple[Change, ...]:
    old, new = now.order(row), _order(now.order(row), then.order(row), row.row)
    moved = (OrderChange(row.table, old, new),) if old != new else ()
    cells = tuple({**now.row_values(row), **then.row_values(row)})
    return moved + _values(now, then, cells)


def _order(now: tuple[str, ...], then: tuple[str, ...], row: str) -> tuple[str, ...]:
    """The rows of now with one where it was: behind the nearest of those that stood before it."""
    others = tuple(each for each in now if each != row)
    if row not in then:
        return others
    before = then[: then.index(row)]
    last = next((each for each in reversed(before) if each in others), None)
    at = others.index(last) + 1 if last is not None else 0
    return (*others[:at], row, *others[at:])


def _values(now: Answers, then: Answers, places: tuple[Address, ...]) -> tuple[Change, ...]:
    return tuple(
        ValueChange(place, now.get(place), then.get(place))
        for place in places
        if not same_value(now.get(place), then.get(place))
    )
