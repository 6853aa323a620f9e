"""One evaluated version of a plan: what is visible, what counts, how it reads.

Navigation, pages, findings and exporters all read this same object, so what is hidden on screen is
hidden on paper. Nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TypeVar

from forms.address import Address
from forms.answers import Answers
from forms.calendar import Calendar
from forms.conditions import Condition, holds
from forms.evaluation import NOTHING, Figure, as_number, without_padding
from forms.figures import Figures
from forms.kinds import Reference
from forms.memory import Compute, Memory
from forms.places import slot_at
from forms.schema import (
    Column,
    Item,
    Pack,
    Period,
    Place,
    Section,
    Table,
)
from forms.values import Value
from forms.wording import word

_T = TypeVar("_T")


class PlanView:
    """A plan as it stands: pack, answers and figures with the questions everyone asks of them."""

    def __init__(
        self, pack: Pack, answers: Answers, figures: Figures, memory: Memory | None = None
    ) -> None:
        self.pack = pack
        self.answers = answers
        self.figures = figures
        self.memory = Memory() if memory is None else memory

    @property
    def calendar(self) -> Calendar:
        """The plan's years."""
        return self.figures.calendar

    def value(self, address: Address) -> Value | None:
        """The value that counts: typed, else computed, else the default."""
        return self.figures.value(address)

    def typed(self, address: Address) -> Value | None:
        """What somebody typed here, if anything."""
        return self.answers.get(address)

    def figure(self, address: Address) -> Figure:
        """What the formula here gives, whether or not a typed value replaces it."""
        slot = slot_at(self.pack, address)
        if slot is None or (slot.formula is None and slot.overridable):
            return NOTHING
        return self.figures.figure(address)

    def text(self, address: Address) -> str:
        """The value that counts as people read it, without unit; "" for empty."""
        slot = slot_at(self.pack, address)
        if slot is None:
            return ""
        value = self.figures.slot_value(slot, address)
        if isinstance(slot.kind, Reference) and value is not None:
            row = slot.kind.home.at_row(str(value))
            return self.row_name(row) if row.row in self.rows(row) else ""
        return word(self.pack, slot.kind, value)

    def number(self, address: Address) -> Decimal | None:
        """The figure that counts, None when empty or not a figure."""
        return as_number(self.value(address))

    def is_overridden(self, address: Address) -> bool:
        """Whether a typed value stands where a formula would give one."""
        slot = slot_at(self.pack, address)
        return bool(slot and slot.formula and slot.overridable and self.typed(address) is not None)

    def rows(self, table: Address) -> tuple[str, ...]:
        """The row ids of a table in order."""
        return self.figures.rows(table)

    def row_name(self, row: Address) -> str:
        """What people call a row: its naming column, else its number."""
        item = self.pack.index.items.get((row.section, row.item))
        if isinstance(item, Table):
            name = self.text(row.table.at(row.row, item.naming))
            if name:
                return name
            order = self.answers.order(row)
            number = order.index(row.row) + 1 if row.row in order else 0
            return f"第{number}{'行' if not item.row_name else f'个{item.row_name}'}"
        slot = next(
            (
                self.pack.index.slots[key]
                for key in self.pack.index.slots
                if key[:2] == (row.section, row.item) and key[2].partition(".")[0] == row.row
            ),
            None,
        )
        return slot.label if slot else row.row

    def has_name(self, row: Address) -> bool:
        """Whether the naming column of a row is filled."""
        item = self.pack.index.items.get((row.section, row.item))
        return isinstance(item, Table) and bool(self.text(row.table.at(row.row, item.naming)))

    def years(self, period: Period | None) -> tuple[int, ...]:
        """The years of a period; (0,) for a column without years."""
        return (0,) if period is None else self.calendar.years(period)

    def shows_section(self, section: Section) -> bool:
        """Whether a section is asked for; what is kept aside never is."""
        return section.place is not Place.NOWHERE and self._holds(section.show_when, None)

    def shows_item(self, item: Item) -> bool:
        """Whether an item is asked for, in a section that is."""
        return self._holds(item.show_when, None)

    def shows_cell(self, column: Column, row: Address) -> bool:
        """Whether a column is asked for in this row."""
        return self._holds(column.show_when, row)

    def totals(
        self, table: Address, rows: Sequence[str] | None = None
    ) -> dict[tuple[str, int], Decimal]:
        """The 合计 of each summed column of a table, by column and year; empty columns left out.

        Of some rows when they are given: one group after another costs as much as all at once.
        """
        item = self.pack.index.items.get((table.section, table.item))
        chosen = None if rows is None else _places(self, table, rows)
        found: dict[tuple[str, int], Decimal] = {}
        for column in item.columns if isinstance(item, Table) else ():
            for year in self.years(column.years) if column.total else ():
                values = self.figures.column(table, column.key, year)
                if chosen is None:
                    place = (table, column.key, year)
                    total = self.once("total", place, (values,), partial(_sum_of, values))
                else:
                    total = _sum_of(values[at] for at in chosen)
                if total is not None:
                    found[column.key, year] = total
        return found

    def total(
        self, table: Address, rows: tuple[str, ...], column: str, year: int = 0
    ) -> Decimal | None:
        """The sum of a column over some rows, None when none of them has a figure."""
        return _sum_of(self.figures.column_of(table, column, year, rows))

    def by_rows(
        self, what: str, table: Address, compute: Compute[_T], given: object = None
    ) -> Mapping[str, _T]:
        """Results for the rows of a table, worked out again only where their cells changed.

        `compute` takes row ids and may rest on the typed cells of those rows, on their names and
        on what is `given`, nothing else; rows it says nothing of are left out.
        """
        home = table.table
        item = self.pack.index.items.get((home.section, home.item))
        naming = item.naming if isinstance(item, Table) else ""
        answers = self.answers.table(home)
        names = _rows_named_after(self.answers, item) if isinstance(item, Table) else None
        return self.memory.by_rows(what, home, answers, naming, (given, names), compute)

    def once(self, what: str, key: object, given: object, compute: Callable[[], _T]) -> _T:
        """What was worked out in an earlier view, while what it rests on, `given`, is the same."""
        return self.memory.once(what, key, given, compute)

    def _holds(self, condition: Condition | None, row: Address | None) -> bool:
        if condition is None:
            return True

        def look_up(text: str) -> Value | None:
            if text.startswith("./") and row is not None:
                return self.value(row.table.at(row.row, text[2:]))
            section, _, item = text.partition("/")
            return self.value(Address(section, item))

        return holds(condition, look_up)


def evaluate(pack: Pack, answers: Answers, before: PlanView | None = None) -> PlanView:
    """The view of a plan; figures untouched since `before` are kept."""
    figures = Figures(pack, answers, before.figures if before else None)
    is_same = before is not None and before.pack is pack and before.calendar == figures.calendar
    return PlanView(pack, answers, figures, before.memory if before and is_same else None)


def _places(view: PlanView, table: Address, rows: Sequence[str]) -> list[int]:
    order = view.rows(table)
    places = view.once("row places", table, order, lambda: {row: n for n, row in enumerate(order)})
    return [places[row] for row in rows]


def _sum_of(values: Iterable[Value | None]) -> Decimal | None:
    numbers = [number for value in values if (number := as_number(value)) is not None]
    return as_number(without_padding(sum(numbers, Decimal(0)))) if numbers else None


def _rows_named_after(answers: Answers, table: Table) -> object:
    """The other rows after which a table calls its own, where its naming column refers to them."""
    kind = table.column(table.naming).kind if table.naming else None
    return answers.table(kind.home) if isinstance(kind, Reference) else None
