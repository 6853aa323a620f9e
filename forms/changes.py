"""What an edit changed, as data that can be applied, inverted, logged, merged and shown.

Undo, the change log, autosave and the refresh of the window all read the same `ChangeSet`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

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


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The changes of one user action with the label the undo menu shows."""

    label: str
    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes)

    def inverted(self) -> ChangeSet:
        """The change set that takes this one back."""
        return ChangeSet(self.label, tuple(_inverse(change) for change in reversed(self.changes)))

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

    @property
    def places(self) -> tuple[Address, ...]:
        """The addresses that changed, in order."""
        return tuple(
            change.address if isinstance(change, ValueChange) else change.table
            for change in self.changes
        )


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
