"""Figures: evaluates the pack's formulas over the answers, in `Decimal`, naming what is missing.

An absent input never counts as zero: the result is absent too and lists the addresses to fill.
Results are handed on to the next version of the answers where no section they rest on changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from forms.address import Address
from forms.answers import Answers
from forms.calendar import Calendar
from forms.conditions import plain_text
from forms.evaluation import NOTHING, Figure, Here, evaluate, movement, without_padding
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
from forms.slots import Slot, SlotKey, referenced_slot
from forms.values import Value

_PLACEHOLDER = re.compile(  # one brace on either side: two are a live figure's
    r"(?<!\{)\{([a-z][a-z0-9_]*/[a-z0-9_/]+)\}(?!\})"
)
_UNKNOWN_YEARS = Calendar(0, 0, 0)


class Figures:
    """All figures of one version of the answers, evaluated when first asked for."""

    def __init__(self, pack: Pack, answers: Answers, before: Figures | None = None) -> None:
        self.pack = pack
        self.answers = answers
        self._known: dict[Address, Figure] = {}
        self._open: set[Address] = set()
        self.calendar = _UNKNOWN_YEARS
        self.calendar = self._calendar()
        self._known.clear()  # what was asked before the years were known
        if before is not None and before.pack is pack and before.calendar == self.calendar:
            self._known.update(self._still_valid(before))

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
            return self.figure(address).value
        return self._default(slot) if slot.default else None

    def figure(self, address: Address) -> Figure:
        """What the formula at an address gives, whether or not a typed value replaces it."""
        known = self._known.get(address)
        if known is not None:
            return known
        if address in self._open:
            return Figure(None, fault="公式循环引用")
        self._open.add(address)
        try:
            found = self._evaluate(address)
        finally:
            self._open.discard(address)
        self._known[address] = found
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

    def _years(self, ref: Ref, here: Here, base: Address, column: str) -> tuple[int, ...]:
        if ref.year != "*":
            return (self.calendar.resolve(ref.year, here.year),)
        item = self.pack.index.items.get((base.section, base.item))
        if isinstance(item, Table):
            period = item.column(column).years
        else:
            period = item.years if isinstance(item, YearTable) else None
        return self.calendar.years(period or Period.HISTORY)

    def _evaluate(self, address: Address) -> Figure:
        slot = slot_at(self.pack, address)
        if slot is None or not self._has_year(slot, address):
            return NOTHING
        if slot.formula is not None:
            found = evaluate(self, slot.formula, Here(address.table, address.row, address.year))
            return Figure(without_padding(found.value), found.missing, found.fault)
        if not slot.overridable:
            return self._movement(address)
        return NOTHING

    def _has_year(self, slot: Slot, address: Address) -> bool:
        """Whether a year is one of the plan's: nothing is computed for any other."""
        return slot.years is None or address.year in self.calendar.years(slot.years)

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

        filled = _PLACEHOLDER.sub(put, template)
        return None if missing else filled

    def _calendar(self) -> Calendar:
        roles = self.pack.roles
        numbers = (
            self.value(address)
            for address in (roles.base_year, roles.target_year, roles.history_years)
        )
        return Calendar(*(number if isinstance(number, int) else 0 for number in numbers))

    def _still_valid(self, before: Figures) -> Iterator[tuple[Address, Figure]]:
        keys = {*self.answers.sections, *before.answers.sections}
        changed = {
            key
            for key in keys
            if self.answers.sections.get(key) is not before.answers.sections.get(key)
        }
        for address, figure in before._known.items():
            slot = slot_at(self.pack, address)
            if slot is not None and changed.isdisjoint(sections_behind(self.pack, slot.key)):
                yield address, figure


SectionSet: TypeAlias = frozenset[str]


def sections_behind(pack: Pack, key: SlotKey) -> SectionSet:
    """The sections whose answers a slot's figure rests on, directly or through other figures."""
    known = pack.index.sections_behind.get(key)
    if known is not None:
        return known
    found: set[str] = set()
    seen: set[SlotKey] = set()
    stack = [key]
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        found.add(current[0])
        slot = pack.index.slots.get(current)
        stack.extend(_inputs(pack, slot) if slot else ())
    result = frozenset(found)
    pack.index.sections_behind[key] = result
    return result


def _inputs(pack: Pack, slot: Slot) -> Iterator[SlotKey]:
    if slot.formula is None:
        if not slot.overridable:
            row = slot.key[2].partition(".")[0]
            yield (slot.key[0], slot.key[1], f"{row}.{INDICATOR_BASE}")
            yield (slot.key[0], slot.key[1], f"{row}.{INDICATOR_TARGET}")
        for found in _PLACEHOLDER.finditer(slot.default):
            section, _, item = found[1].partition("/")
            yield (section, item, "")
        return
    for reference in slot.formula.references():
        key = referenced_slot(pack, reference, slot.key)
        if key is not None:
            yield key
