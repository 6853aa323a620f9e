"""What an edit changed, as data that can be applied, inverted, logged, merged and shown.

Undo, the change log, autosave and the refresh of the window all read the same `ChangeSet`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
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

    @property
    def address(self) -> Address:
        """Where it is, as that of a value is called."""
        return self.table


Change: TypeAlias = ValueChange | OrderChange
_ADDRESS: Callable[[Change], Address] = attrgetter("address")  # in a third of the time


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
    _counts: list[tuple[int, int]] = field(
        default_factory=list[tuple[int, int]], init=False, repr=False, compare=False
    )

    @classmethod
    def counted(
        cls,
        label: str,
        changes: Sequence[Change],
        *,
        places: tuple[Address, ...],
        gone: int,
        new: int,
    ) -> ChangeSet:
        """One of which it is known where it is, and how many values go or come where none was."""
        made = cls(label, changes)
        made._places.append(places)
        made._counts.append((gone, new))
        return made

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes)

    def inverted(self) -> ChangeSet:
        """The change set that takes this one back."""
        was = self.changes
        back = ChangeSet(self.label, was.of if isinstance(was, Inverse) else Inverse(was))
        back._places.append(self.places[::-1])
        gone, new = self._counted()
        back._counts.append((new, gone))
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

    def count_emptied(self) -> int:
        """How many values are taken away."""
        return self._counted()[0]

    def _counted(self) -> tuple[int, int]:
        """How many values are taken away, and how many come where none was; counted once."""
        if not self._counts:
            was = self.changes
            of = was.of if isinstance(was, Inverse) else was
            gone = sum(change.after is None for change in of)
            new = sum(change.before is None for change in of)
            self._counts.append((new, gone) if of is not was else (gone, new))
        return self._counts[0]

    @property
    def places(self) -> tuple[Address, ...]:
        """The addresses that changed, in order; of many, gathered once for all who ask."""
        if not self._places:
            self._places.append(tuple(map(_ADDRESS, self.changes)))
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


class Gathering:
    """Changes one after the other, those to the order of one table as one where it first changed.

    What is asked of a step as a whole is noted on the way: one through a large table has 200,000.
    """

    def __init__(self) -> None:
        self._changes: list[Change] = []
        self._orders: dict[Address, int] = {}  # by table, where its change stands
        self._places: list[Address] = []
        self._gone = self._new = 0

    def take(self, change: Change) -> None:
        """The next one."""
        if isinstance(change, OrderChange):
            self._take_order(change)
            return
        self._gone += change.after is None
        self._new += change.before is None
        self._changes.append(change)
        self._places.append(change.address)

    def done(self, label: str) -> ChangeSet:
        """All of them as one step."""
        idle = {at for at in self._orders.values() if _is_idle(self._changes[at])}
        changes, places = self._changes, self._places
        if idle:
            changes = [each for at, each in enumerate(changes) if at not in idle]
            places = [each for at, each in enumerate(places) if at not in idle]
        return ChangeSet.counted(
            label, tuple(changes), places=tuple(places), gone=self._gone, new=self._new
        )

    def _take_order(self, change: OrderChange) -> None:
        at = self._orders.setdefault(change.table, len(self._changes))
        if at == len(self._changes):
            self._changes.append(change)
            self._places.append(change.table)
            return
        was = self._changes[at]
        assert isinstance(was, OrderChange)
        self._changes[at] = OrderChange(change.table, was.before, change.after)


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


def _is_idle(change: Change) -> bool:
    """Whether nothing is another for it."""
    return change.before == change.after


def _inverse(change: Change) -> Change:
    match change:
        case ValueChange():
            return ValueChange(change.address, change.after, change.before)
        case OrderChange():
            return OrderChange(change.table, change.after, change.before)
