"""Slots: one entry for every sort of value in a pack, whatever its row and year.

A slot is what formulas, defaults and dependencies hang on: the field, the column, the row of a year
table, or one side of an indicator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from forms.address import Address
from forms.formula import Formula, Ref
from forms.kinds import Kind, Percent, Quantity, Text
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_CHANGE,
    INDICATOR_NOTE,
    INDICATOR_RATE,
    INDICATOR_REASON,
    INDICATOR_SOURCE,
    INDICATOR_TARGET,
    Computed,
    Diagram,
    Field,
    Indicator,
    IndicatorTable,
    Item,
    Listing,
    Pack,
    Period,
    Section,
    Summary,
    Table,
    YearTable,
)

SlotKey = tuple[str, str, str]  # section, item, and column, row, or row.column of an indicator


@dataclass(frozen=True, slots=True)
class Slot:
    """What every value of one sort has in common."""

    key: SlotKey
    kind: Kind
    label: str
    formula: Formula | None = None
    overridable: bool = True
    default: str = ""
    years: Period | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the value is nothing but what was typed."""
        return self.formula is None and self.overridable and not self.default

    @property
    def is_computed(self) -> bool:
        """Whether nobody may type here."""
        return not self.overridable


def slot_key(item: Item, address: Address) -> SlotKey:
    """The slot of an address in its item."""
    match item:
        case Field():
            return (address.section, address.item, "")
        case Table():
            return (address.section, address.item, address.column)
        case YearTable():
            return (address.section, address.item, address.row)
        case IndicatorTable():
            return (address.section, address.item, f"{address.row}.{address.column}")
        case Summary() | Listing() | Diagram():
            return (address.section, address.item, "")
        case _:
            assert_never(item)


def slots_of(section: Section, item: Item) -> Iterator[Slot]:
    """Every slot of one item."""
    match item:
        case Field():
            key = (section.key, item.key, "")
            yield _slot(key, item.kind, item.label, item.computed, item.default)
        case Table():
            for column in item.columns:
                key = (section.key, item.key, column.key)
                yield _slot(
                    key, column.kind, column.label, column.computed, column.default, column.years
                )
        case YearTable():
            for row in item.rows:
                key = (section.key, item.key, row.key)
                yield _slot(key, row.kind, row.label, row.computed, "", item.years)
        case IndicatorTable():
            for indicator in item.rows:
                yield from _indicator_slots(section.key, item.key, indicator)
        case Summary() | Listing() | Diagram():
            return
        case _:
            assert_never(item)


def fill_slots(pack: Pack) -> dict[SlotKey, Slot]:
    """All slots of a pack by key."""
    return {
        slot.key: slot
        for section in pack.sections()
        for item in section.items
        for slot in slots_of(section, item)
    }


def referenced_slot(pack: Pack, reference: Ref, home: SlotKey) -> SlotKey | None:
    """The slot a reference means, from where it stands; None when it dangles."""
    if reference.is_local:
        return (home[0], home[1], reference.item)
    item = pack.index.items.get((reference.section, reference.item))
    if item is None:
        return None
    address = Address(reference.section, reference.item, reference.row, reference.column)
    return slot_key(item, address)


def _slot(
    key: SlotKey,
    kind: Kind,
    label: str,
    computed: Computed | None,
    default: str,
    years: Period | None = None,
) -> Slot:
    if computed is None:
        return Slot(key, kind, label, default=default, years=years)
    return Slot(key, kind, label, computed.formula, computed.overridable, default, years)


_TEXT = Text(400)
POINTS = "个百分点"
_RATE = Percent(minimum=None, maximum=None)


def _indicator_slots(section: str, item: str, row: Indicator) -> Iterator[Slot]:
    def slot(column: str, kind: Kind, name: str) -> Slot:
        return Slot((section, item, f"{row.key}.{column}"), kind, f"{row.label}（{name}）")

    if row.has_base:
        base = slot(INDICATOR_BASE, row.kind, "基准年值")
        yield _with_formula(base, row.base)
        yield _computed(slot(INDICATOR_CHANGE, difference_kind(row.kind), "变化量"))
        if not isinstance(row.kind, Percent):  # a rate of a rate misleads: 百分点 say it all
            yield _computed(slot(INDICATOR_RATE, _RATE, "变化率"))
    yield _with_formula(slot(INDICATOR_TARGET, row.kind, "目标年值"), row.target)
    yield slot(INDICATOR_SOURCE, _TEXT, "数据来源")
    yield slot(INDICATOR_NOTE, _TEXT, "备注")
    yield slot(INDICATOR_REASON, _TEXT, "改用填报值的理由")


def _with_formula(slot: Slot, formula: Formula | None) -> Slot:
    return Slot(slot.key, slot.kind, slot.label, formula)


def _computed(slot: Slot) -> Slot:
    return Slot(slot.key, slot.kind, slot.label, None, overridable=False)


def difference_kind(kind: Kind) -> Kind:
    """The kind of the change between two values: that of a percentage counts in 百分点."""
    if isinstance(kind, Percent):
        return Quantity(POINTS, kind.decimals, None, None)
    return free_kind(kind)


def free_kind(kind: Kind) -> Kind:
    """The kind of a difference of two values: the same unit, no limits."""
    match kind:
        case Percent():
            return Percent(kind.decimals, None, None)
        case Quantity():
            return Quantity(kind.unit, kind.decimals, None, None)
        case _:
            return Quantity("", 2)
