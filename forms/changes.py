"""What an edit changed, as data that can be applied, inverted, logged, merged and shown.

Undo, the change log, autosave and the refresh of the window all read the same `ChangeSet`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias, cast, overload

from forms.address import Address
from forms.amending import Amending
from forms.answers import Answers
from forms.values import Value


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value before and after; None is empty."""

    address: Address
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class OrderChange:
    """The rows of one table before and after: rows added, removed or moved."""

    table: Address
    before: tuple[str, ...]
    after: tuple[str, ...]


Change: TypeAlias = ValueChange | OrderChange


class Inverse(Sequence[Change]):
    """What takes changes back, made when it is asked for: of a large step few are."""

    __slots__ = ("of",)

    def __init__(self, of: Sequence[Change]) -> None:
        self.of = of

    @overload
    def __getitem__(self, index: int) -> Change: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Change]: ...

    def __getitem__(self, index: int | slice) -> Change | Sequence[Change]:
        """The change at a place, the last of the others first."""
        if isinstance(index, slice):
            return tuple(self)[index]
        return _inverse(self.of[-1 - index])

    def __len__(self) -> int:
        """As many as there are others."""
        return len(self.of)

    def __iter__(self) -> Iterator[Change]:
        """From the last of the others to the first."""
        return map(_inverse, reversed(self.of))

    def __eq__(self, other: object) -> bool:
        """Whether the changes are the same, whoever holds them."""
        return isinstance(other, Sequence) and tuple(self) == tuple(cast("Sequence[Change]", other))

    def __hash__(self) -> int:
        """As that of a tuple."""
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The changes of one user action with the label the undo menu shows."""

    label: str
    changes: Sequence[Change] = ()
    _places: list[tuple[Address, ...]] = field(
        default_factory=list[tuple[Address, ...]], init=False, repr=False, compare=False
    )

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes)

    def inverted(self) -> ChangeSet:
        """The change set that takes this one back."""
        was = self.changes
        back = ChangeSet(self.label, was.of if isinstance(was, Inverse) else Inverse(was))
        back._places.append(self.places[::-1])
        return back

    def merged(self, later: ChangeSet) -> ChangeSet:
        """This change set followed by another, as one; values that return to start drop out."""
        first: dict[Address, ValueChange] = {}
        orders: dict[Address, OrderChange] = {}
        for change in (*self.changes, *later.changes):
            match change:
                case ValueChange():
                    old = first.get(change.address, change)
                    first[change.address] = ValueChange(change.address, old.before, change.after)
                case OrderChange():
                    was = orders.get(change.table, change)
                    orders[change.table] = OrderChange(change.table, was.before, change.after)
        kept = (
            *(order for order in orders.values() if order.before != order.after),
            *(value for value in first.values() if not same_value(value.before, value.after)),
        )
        return ChangeSet(later.label, kept)

    def count_emptied(self, most: int) -> int:
        """How many values are taken away, as far as that is not more than `most`."""
        of = self.changes
        if isinstance(of, Inverse):
            gone = (1 for c in of.of if isinstance(c, ValueChange) and c.before is None)
        else:
            gone = (1 for c in of if isinstance(c, ValueChange) and c.after is None)
        return sum(islice(gone, most))

    @property
    def places(self) -> tuple[Address, ...]:
        """The addresses that changed, in order; of many, gathered once for all who ask."""
        if not self._places:
            found = (
                change.address if isinstance(change, ValueChange) else change.table
                for change in self.changes
            )
            self._places.append(tuple(found))
        return self._places[0]


def apply_changes(answers: Answers, changes: ChangeSet) -> Answers:
    """The answers after these changes."""
    amending = Amending(answers)
    for change in changes.changes:
        put_change(amending, change)
    return amending.done()


def put_change(amending: Amending, change: Change) -> None:
    """Put one change into answers that are being amended."""
    match change:
        case ValueChange():
            amending.put_value(change.address, change.after)
        case OrderChange():
            amending.put_order(change.table, change.after)


def as_one_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The same changes, those to the order of one table told as one where it first changed."""
    orders: dict[Address, OrderChange] = {}
    for change in changes:
        if isinstance(change, OrderChange):
            was = orders.get(change.table, change)
            orders[change.table] = OrderChange(change.table, was.before, change.after)
    if not orders:
        return tuple(changes)
    kept: list[Change] = []
    for change in changes:
        if isinstance(change, ValueChange):
            kept.append(change)
        elif (now := orders.pop(change.table, None)) and now.before != now.after:
            kept.append(now)
    return tuple(kept)


def difference(before: Answers, after: Answers, label: str) -> ChangeSet:
    """The changes that lead from one version of the answers to another."""
    old_orders, new_orders = dict(before.orders()), dict(after.orders())
    old_values, new_values = dict(before.values()), dict(after.values())
    changes: list[Change] = [
        OrderChange(table, old_orders.get(table, ()), new_orders.get(table, ()))
        for table in old_orders | new_orders
        if old_orders.get(table, ()) != new_orders.get(table, ())
    ]
    changes += [
        ValueChange(address, old_values.get(address), new_values.get(address))
        for address in old_values | new_values
        if not same_value(old_values.get(address), new_values.get(address))
    ]
    return ChangeSet(label, tuple(changes))


def same_value(one: Value | None, other: Value | None) -> bool:
    """Whether two values are the same to the last digit: 1.0 and 1.00, or 1 and True, are not."""
    return type(one) is type(other) and str(one) == str(other)


def _inverse(change: Change) -> Change:
    match change:
        case ValueChange():
            return ValueChange(change.address, change.after, change.before)
        case OrderChange():
            return OrderChange(change.table, change.after, change.before)
