"""Contributions: which project brings how much of a promised figure, and what else is in it.

The formulas of the pack are followed from the figure down to the columns of the project table, as
far as they only add and subtract; what else they add, and what somebody typed instead, is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import assert_never

from forms.address import Address
from forms.evaluation import Here, as_number, without_padding
from forms.formula import Binary, Call, Formula, Literal, Negated, Node, Number, Ref, references_in
from forms.kinds import is_numeric
from forms.places import slot_at
from forms.schema import INDICATOR_TARGET, IndicatorTable, Pack
from forms.slots import SlotKey, referenced_slot
from forms.tracing import sources
from forms.values import Value
from forms.view import PlanView
from forms.working import words_of

_PRECISION = 34
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """What one project brings, in the figure's unit, and how much of all projects that is."""

    project: Address  # its row
    amount: Decimal
    share: Decimal | None  # percent of what all projects bring


@dataclass(frozen=True, slots=True)
class Rest:
    """Something in a figure that no project brings: a base, an addition, a typed difference."""

    name: str
    amount: Decimal
    address: Address | None = None  # where it stands, when it is one value of the plan


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A project with such a benefit that the formula does not count, and what that rests on."""

    project: Address
    why: str
    column: str  # the column of the project table that decides


@dataclass(frozen=True, slots=True)
class Contributions:
    """A figure taken apart: `total` is the sum of the parts and the rests to the last digit."""

    address: Address
    total: Decimal
    parts: tuple[Part, ...]  # the largest first
    rests: tuple[Rest, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def from_projects(self) -> Decimal:
        """What all projects bring together."""
        whole = without_padding(sum((part.amount for part in self.parts), Decimal(0)))
        assert isinstance(whole, Decimal)
        return whole


def contributions(view: PlanView, address: Address) -> Contributions | None:
    """The figure at an address by project; None when it does not add up benefits of projects."""
    slot = slot_at(view.pack, address)
    total = view.number(address)
    if slot is None or slot.formula is None or total is None or not is_numeric(slot.kind):
        return None
    if not _reaches(view.pack, slot.formula.node, slot.key):
        return None
    gathering = _Gathering(view)
    with localcontext() as context:
        context.prec = _PRECISION
        try:
            gathering.follow(address, 1)
        except _NotAddedError:
            return None
        return gathering.taken_apart(address, total)


def all_contributions(view: PlanView, table: Address) -> tuple[Contributions, ...]:
    """Every saving of an indicator table that projects bring; figures with a base are no saving."""
    return tuple(_each_contribution(view, table))


def _each_contribution(view: PlanView, table: Address) -> Iterator[Contributions]:
    item = view.pack.index.items.get((table.section, table.item))
    if not isinstance(item, IndicatorTable):
        return
    for row in item.rows:
        if not row.has_base:
            found = contributions(view, table.at(row.key, INDICATOR_TARGET))
            if found is not None and (found.parts or found.total):
                yield found


def left_out_projects(view: PlanView) -> tuple[LeftOut, ...]:
    """The projects with a benefit that a shown saving does not count, each once."""
    found = {left.project: left for each in shown_contributions(view) for left in each.left_out}
    return tuple(found.values())


def shown_contributions(view: PlanView) -> Iterator[Contributions]:
    """Those of every indicator table that is shown, each worked out when it is asked for."""
    for home, _ in indicator_tables(view):
        yield from _each_contribution(view, home)


def indicator_tables(view: PlanView) -> Iterator[tuple[Address, IndicatorTable]]:
    """The indicator tables that are shown, in plan order."""
    for section in view.pack.sections():
        for item in section.items if view.shows_section(section) else ():
            if isinstance(item, IndicatorTable) and view.shows_item(item):
                yield Address(section.key, item.key), item


def indicator_name(pack: Pack, address: Address) -> str:
    """What people call the indicator a value belongs to; any other value by its own label."""
    item = pack.index.items.get((address.section, address.item))
    if isinstance(item, IndicatorTable):
        return item.row(address.row).label
    slot = slot_at(pack, address)
    return slot.label if slot else str(address)


class _NotAddedError(Exception):
    """A benefit of projects is multiplied or divided on the way to the figure."""


@dataclass(slots=True)
class _Gathering:
    """Collects what a figure is made of while its formulas are followed."""

    view: PlanView
    amounts: dict[Address, Decimal] = field(default_factory=dict[Address, Decimal])
    rests: list[Rest] = field(default_factory=list[Rest])
    left_out: dict[Address, LeftOut] = field(default_factory=dict[Address, LeftOut])

    def follow(self, address: Address, sign: int) -> None:
        """Take apart the value at an address; a typed one stands beside what it replaces."""
        view, slot = self.view, slot_at(self.view.pack, address)
        assert slot is not None
        assert slot.formula is not None
        self._add(slot.formula.node, sign, Here(address.table, address.row, address.year))
        if view.is_overridden(address):
            typed, computed = view.number(address), as_number(view.figure(address).value)
            if typed is not None:
                name = f"{slot.label}：填报值与计算值之差"
                self._rest(name, sign * (typed - (computed or Decimal(0))), address)

    def taken_apart(self, address: Address, total: Decimal) -> Contributions:
        """What was collected, the largest first."""
        whole = sum(self.amounts.values(), Decimal(0))
        parts = tuple(
            Part(row, amount, _percent(amount, whole))
            for row, amount in sorted(self.amounts.items(), key=lambda pair: -abs(pair[1]))
        )
        return Contributions(
            address, total, parts, tuple(self.rests), tuple(self.left_out.values())
        )

    def _add(self, node: Node, sign: int, here: Here) -> None:
        match node:
            case Negated():
                self._add(node.operand, -sign, here)
            case Binary(operator="+" | "-"):
                self._add(node.left, sign, here)
                self._add(node.right, sign if node.operator == "+" else -sign, here)
            case Call():
                self._add_call(node, sign, here)
            case Ref():
                self._add_reference(node, sign, here)
            case Binary() | Number() | Literal():
                self._add_plain(node, sign, here)
            case _:
                assert_never(node)

    def _add_call(self, node: Call, sign: int, here: Here) -> None:
        first = node.arguments[0]
        if node.name == "or_zero":
            self._add(first, sign, here)
        elif node.name == "if":
            holds = self._value(first, here) is True
            self._add(node.arguments[1 if holds else 2], sign, here)
        elif node.name == "sum":
            *summed, last = node.arguments
            where = last if isinstance(last, Call) and last.name == "where" else None
            for argument in summed if where else node.arguments:
                if isinstance(argument, Ref) and self._is_benefit(argument):
                    self._add_benefits(argument, where, sign, here)
                else:
                    self._add(argument, sign, here)
        else:
            self._add_plain(node, sign, here)

    def _is_benefit(self, reference: Ref) -> bool:
        projects = self.view.pack.roles.projects
        return (reference.section, reference.item) == (projects.section, projects.item)

    def _add_benefits(self, column: Ref, where: Call | None, sign: int, here: Here) -> None:
        kept = self._kept(where, here)
        for at, value in self._in_rows(column, here):
            amount = as_number(value)
            if not amount:
                continue
            if kept is None or at.row in kept:
                self.amounts[at] = self.amounts.get(at, _NOTHING) + sign * amount
            elif where is not None:
                self.left_out[at] = LeftOut(at, _why(self.view, where, at), _decides(where))

    def _in_rows(self, column: Ref, here: Here) -> Iterator[tuple[Address, Value | None]]:
        figures = self.view.figures
        for table, key, year in figures.columns_meant(column, here):
            values = figures.column(table, key, year)
            yield from zip(map(table.at_row, figures.rows(table)), values, strict=True)
        if column.row != "*":
            for cell in figures.cells(column, here):
                yield cell.at_row(cell.row), self.view.value(cell)

    def _kept(self, where: Call | None, here: Here) -> frozenset[str] | None:
        if where is None:
            return None
        column, option = where.arguments
        wanted = self._value(option, here)
        if not isinstance(column, Ref) or wanted is None:
            return frozenset()
        return self.view.figures.rows_with(column, wanted, here)

    def _add_reference(self, node: Ref, sign: int, here: Here) -> None:
        address = next(self.view.figures.cells(node, here), None)
        slot = slot_at(self.view.pack, address) if address else None
        if address is None or slot is None:
            return
        if slot.formula is not None and _reaches(self.view.pack, slot.formula.node, slot.key):
            self.follow(address, sign)
        else:
            self._add_plain(node, sign, here, address)

    def _add_plain(self, node: Node, sign: int, here: Here, address: Address | None = None) -> None:
        key = (here.table.section, here.table.item, "")
        if address is None and _reaches(self.view.pack, node, key):
            raise _NotAddedError
        amount = as_number(self._value(node, here))
        if amount is not None:
            self._rest(words_of(self.view, node, here), sign * amount, address)

    def _rest(self, name: str, amount: Decimal, address: Address | None) -> None:
        if amount:
            self.rests.append(Rest(name, amount, address))

    def _value(self, node: Node, here: Here) -> Value | None:
        return self.view.figures.ask(Formula("", node), here).value


def _why(view: PlanView, where: Call, row: Address) -> str:
    """What the condition of a sum reads in one row: 达产年2031, or that it is empty."""
    column = where.arguments[0]
    if not isinstance(column, Ref):
        return ""
    said: list[str] = []
    for cell in sources(view, row.table.at(row.row, column.column)).cells:
        slot = slot_at(view.pack, cell)
        if slot is not None and cell.table == row.table:
            said.append(f"{slot.label}{view.text(cell) or '未填'}")
    return "，".join(said)


def _decides(where: Call) -> str:
    column = where.arguments[0]
    return column.column if isinstance(column, Ref) else ""


def _percent(amount: Decimal, whole: Decimal) -> Decimal | None:
    share = without_padding(amount / whole * 100) if whole else None
    return share if isinstance(share, Decimal) else None


def _reaches(pack: Pack, node: Node, home: SlotKey) -> bool:
    """Whether an expression rests on figures of the project table, directly or further down."""
    seen: set[SlotKey] = set()
    stack = list(_targets(pack, node, home))
    while stack:
        key = stack.pop()
        if key in seen:
            continue
        seen.add(key)
        slot = pack.index.slots.get(key)
        if slot is None:
            continue
        if key[:2] == (pack.roles.projects.section, pack.roles.projects.item):
            if is_numeric(slot.kind):
                return True
        elif slot.formula is not None:
            stack.extend(_targets(pack, slot.formula.node, key))
    return False


def _targets(pack: Pack, node: Node, home: SlotKey) -> Iterator[SlotKey]:
    for reference in references_in(node):
        key = referenced_slot(pack, reference, home)
        if key is not None:
            yield key
