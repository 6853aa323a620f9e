"""Figures: evaluates the pack's formulas over the answers, in `Decimal`, naming what is missing.

An absent input never counts as zero: the result is absent too and lists the addresses to fill.
Results are handed on to the next version of the answers, all but those that rest on a changed cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from forms.address import Address
from forms.answers import Answers
from forms.calendar import Calendar
from forms.columns import ColumnPlace, Columns
from forms.columnwise import Column
from forms.conditions import plain_text
from forms.dependence import TEMPLATE_PLACE, Stamps, affected_by, changed_slots
from forms.evaluation import (
    NOTHING,
    Figure,
    Here,
    Where,
    as_text,
    by_option,
    evaluate,
    movement,
    without_padding,
)
from forms.formula import Formula, Ref
from forms.places import slot_at
from forms.reading import ReadingError, read_value
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_CHANGE,
    INDICATOR_TARGET,
    IndicatorTable,
    Pack,
    Period,
    Table,
    YearTable,
)
from forms.slots import Slot, SlotKey
from forms.values import Value

_UNKNOWN_YEARS = Calendar(0, 0, 0)


class Figures:
    """All figures of one version of the answers, evaluated when first asked for."""

    def __init__(self, pack: Pack, answers: Answers, before: Figures | None = None) -> None:
        self.pack = pack
        self.answers = answers
        self._known: dict[SlotKey, dict[Address, Figure]] = {}
        self.columns = Columns(self)
        self.stamps = Stamps()
        self._open: set[Address] = set()
        self.calendar = _UNKNOWN_YEARS
        self.calendar = self._calendar()
        self._known.clear()  # what was asked before the years were known
        if before is not None and before.pack is pack and before.calendar == self.calendar:
            self._take_over(before)

    def value(self, address: Address) -> Value | None:
        """The value that counts at an address: typed, else computed, else the default."""
        slot = slot_at(self.pack, address)
        return None if slot is None else self.slot_value(slot, address)

    def slot_value(self, slot: Slot, address: Address) -> Value | None:
        """As `value`, when the slot is already known."""
        if slot.overridable:
            typed = self.answers.get(address)
            if typed is not None:
                return typed
        if slot.formula is not None or not slot.overridable:
            return self._figure(slot, address).value
        return self._default(slot) if slot.default else None

    def figure(self, address: Address) -> Figure:
        """What the formula at an address gives, whether or not a typed value replaces it."""
        slot = slot_at(self.pack, address)
        return NOTHING if slot is None else self._figure(slot, address)

    def _figure(self, slot: Slot, address: Address) -> Figure:
        kept = self._known.setdefault(slot.key, {})
        known = kept.get(address)
        if known is not None:
            return known
        if address in self._open:
            return Figure(None, fault="公式循环引用")
        self._open.add(address)
        try:
            found = self._evaluate(slot, address)
        finally:
            self._open.discard(address)
        kept[address] = found
        return found

    def ask(self, formula: Formula, here: Here) -> Figure:
        """Evaluate a formula that stands outside any slot, such as a rule's."""
        return evaluate(self, formula, here)

    def rows(self, table: Address) -> tuple[str, ...]:
        """The row ids of a table, fixed or typed, in order."""
        item = self.pack.index.items.get((table.section, table.item))
        if isinstance(item, YearTable | IndicatorTable):
            return tuple(row.key for row in item.rows)
        return self.answers.order(table)

    def cells(self, reference: Ref, here: Here) -> Iterator[Address]:
        """Every address a reference means, seen from here."""
        if reference.is_local:
            base, rows, column = here.table, (here.row,), reference.item
        else:
            base = Address(reference.section, reference.item)
            rows = self.rows(base) if reference.row == "*" else (reference.row,)
            column = reference.column
        years = self._years(reference, here, base, column)
        for row in rows:
            for year in years:
                yield Address(base.section, base.item, row, column, year)

    def filled(self, reference: Ref, here: Here, where: Where | None = None) -> list[Value]:
        """What is filled at these addresses, in the same order; of some rows where so told."""
        place = _only(self.columns_meant(reference, here))
        if place and where is None:
            return self.columns.filled(place)
        chosen = _only(self.columns_meant(where.column, here)) if where else None
        if place and where and chosen and place[0] == chosen[0]:
            return self.columns.filled(place, self.columns.choosing(chosen, where.option))
        cells = self.cells(reference, here)
        kept = self.rows_with(where.column, where.option, here) if where else None
        values = (self.value(cell) for cell in cells if kept is None or cell.row in kept)
        return [value for value in values if value is not None]

    def columns_meant(self, reference: Ref, here: Here) -> tuple[ColumnPlace, ...]:
        """The whole columns a reference means, one a year; none when it means single cells."""
        if reference.row != "*" or reference.is_local:
            return ()
        table = Address(reference.section, reference.item)
        if not isinstance(self.pack.index.items.get((table.section, table.item)), Table):
            return ()
        years = self._years(reference, here, table, reference.column)
        return tuple((table, reference.column, year) for year in years)

    def column(self, table: Address, column: str, year: int = 0) -> Column:
        """What counts in each row of a table of rows, in their order; not to be changed."""
        return self.columns.whole((table, column, year))

    def column_of(self, table: Address, column: str, year: int, rows: Sequence[str]) -> Column:
        """What counts in some rows of a table; not to be changed."""
        return self.columns.part((table, column, year), rows)

    def rows_with(self, reference: Ref, option: Value, here: Here) -> frozenset[str]:
        """The rows of a table whose cell in this column is, or has among its choices, an option."""
        meant = self.columns_meant(reference, here)
        if len(meant) == 1:
            return self.columns.rows_with(meant[0], option)
        cells = tuple(self.cells(reference, here))
        chosen = by_option(self.value(cell) for cell in cells).get(as_text(option), ())
        return frozenset(cells[number].row for number in chosen)

    def _years(self, ref: Ref, here: Here, base: Address, column: str) -> tuple[int, ...]:
        if ref.year != "*":
            return (self.calendar.resolve(ref.year, here.year),)
        item = self.pack.index.items.get((base.section, base.item))
        if isinstance(item, Table):
            period = item.column(column).years
        else:
            period = item.years if isinstance(item, YearTable) else None
        return self.calendar.years(period or Period.HISTORY)

    def _evaluate(self, slot: Slot, address: Address) -> Figure:
        if slot.years is not None and address.year not in self.calendar.years(slot.years):
            return NOTHING  # nothing is computed for a year that is not the plan's
        if slot.formula is not None:
            found = evaluate(self, slot.formula, Here(address.table, address.row, address.year))
            return Figure(without_padding(found.value), found.missing, found.fault)
        if not slot.overridable:
            return self._movement(address)
        return NOTHING

    def _movement(self, address: Address) -> Figure:
        """Change and rate of an indicator from its base and target."""
        base = address.table.at(address.row, INDICATOR_BASE)
        target = address.table.at(address.row, INDICATOR_TARGET)
        return movement(
            self.value(base), self.value(target), (base, target), address.column == INDICATOR_CHANGE
        )

    def _default(self, slot: Slot) -> Value | None:
        text = self.filled_template(slot.default)
        try:
            return None if text is None else read_value(self.pack, slot.kind, text)
        except ReadingError:
            return None

    def filled_template(self, template: str) -> str | None:
        """A template with its addresses replaced; None when one of them is empty."""
        missing = False

        def put(found: re.Match[str]) -> str:
            nonlocal missing
            section, _, item = found[1].partition("/")
            if section == "pack":
                return dict(self.pack.variables).get(item, "")
            text = plain_text(self.value(Address(section, item)))
            missing = missing or not text
            return text

        filled = TEMPLATE_PLACE.sub(put, template)
        return None if missing else filled

    def _calendar(self) -> Calendar:
        roles = self.pack.roles
        numbers = (
            self.value(address)
            for address in (roles.base_year, roles.target_year, roles.history_years)
        )
        return Calendar(*(number if isinstance(number, int) else 0 for number in numbers))

    def _take_over(self, before: Figures) -> None:
        """Keep every result that rests on nothing that changed since."""
        affected = affected_by(self.pack, changed_slots(self.pack, before.answers, self.answers))
        for key, figures in before._known.items():
            rows = affected.get(key, frozenset())
            if rows is not None:
                self._known[key] = (
                    {place: f for place, f in figures.items() if place.row not in rows}
                    if rows
                    else figures
                )
        self.columns.take_over(before.columns, affected)
        self.stamps.take_over(before.stamps, affected)


def _only(places: tuple[ColumnPlace, ...]) -> ColumnPlace | None:
    """The one column among these; None when there are none or several."""
    return places[0] if len(places) == 1 else None
