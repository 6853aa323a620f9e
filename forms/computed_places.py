"""Every place of a plan where a formula stands, in the order of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from forms.address import Address
from forms.schema import (
    Diagram,
    Field,
    IndicatorTable,
    Item,
    Listing,
    Summary,
    Table,
    YearTable,
)
from forms.slots import Slot, SlotKey, slots_of
from forms.view import PlanView


def computed_places(
    view: PlanView, wanted: frozenset[SlotKey] | None = None
) -> Iterator[tuple[Address, Slot]]:
    """The visible places whose value a formula gives or would give; of these slots when named."""
    homes = None if wanted is None else {key[:2] for key in wanted}
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            if homes is not None and (section.key, item.key) not in homes:
                continue
            home = Address(section.key, item.key)
            slots = [
                slot
                for slot in slots_of(section, item)
                if (slot.formula is not None or not slot.overridable)
                and (wanted is None or slot.key in wanted)
            ]
            if slots and view.shows_item(item):
                yield from _places(view, item, home, slots)


def _places(
    view: PlanView, item: Item, home: Address, slots: list[Slot]
) -> Iterator[tuple[Address, Slot]]:
    match item:
        case Field():
            yield from ((home, slot) for slot in slots)
        case Table():
            for row in view.rows(home):
                here = home.at_row(row)
                for slot in slots:
                    if view.shows_cell(item.column(slot.key[2]), here):
                        for year in view.years(slot.years):
                            yield home.at(row, slot.key[2], year), slot
        case YearTable():
            for slot in slots:
                for year in view.years(slot.years):
                    yield home.at(slot.key[2], year=year), slot
        case IndicatorTable():
            for slot in slots:
                row, _, column = slot.key[2].partition(".")
                yield home.at(row, column), slot
        case Summary() | Listing() | Diagram():
            return
        case _:
            assert_never(item)
