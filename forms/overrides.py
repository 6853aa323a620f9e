"""Overrides: typed values in the place of computed ones, with both numbers and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.address import Address
from forms.computed_places import computed_places
from forms.kinds import Narrative, unit_of
from forms.naming import place_name
from forms.narrative import plain_prose
from forms.places import slot_at
from forms.schema import INDICATOR_REASON, Field, IndicatorTable, Table
from forms.view import PlanView
from forms.wording import word


@dataclass(frozen=True, slots=True)
class Override:
    """A value that was typed where a formula stands; texts are as people read them."""

    address: Address
    name: str
    computed: str  # "" when the formula gives nothing
    used: str
    reason: str


def override_at(view: PlanView, address: Address) -> Override | None:
    """The override at an address; None when the formula's own value counts there."""
    slot = slot_at(view.pack, address)
    if slot is None or not view.is_overridden(address):
        return None
    unit = unit_of(slot.kind)
    computed = word(view.pack, slot.kind, view.figure(address).value)
    place = reason_place(view, address)
    return Override(
        address,
        place_name(view, address),
        f"{computed} {unit}".strip() if computed else "",
        f"{view.text(address)} {unit}".strip(),
        _reason_text(view, place) if place else "",
    )


def overrides(view: PlanView) -> Iterator[Override]:
    """Every override outside the indicators, in plan order; those stand in their own table."""
    for address, slot in computed_places(view):
        item = view.pack.index.items[address.section, address.item]
        if slot.overridable and not isinstance(item, IndicatorTable):
            found = override_at(view, address)
            if found is not None:
                yield found


def reason_place(view: PlanView, address: Address) -> Address | None:
    """Where the reason for overriding a value is written; None when none is asked for."""
    item = view.pack.index.items.get((address.section, address.item))
    match item:
        case Field() if item.computed and item.computed.reason:
            return Address(address.section, item.computed.reason)
        case Table():
            computed = item.column(address.column).computed
            reason = computed.reason if computed else ""
            return address.table.at(address.row, reason) if reason else None
        case IndicatorTable():
            return address.table.at(address.row, INDICATOR_REASON)
        case _:
            return None


def _reason_text(view: PlanView, place: Address) -> str:
    slot, text = slot_at(view.pack, place), view.text(place)
    return plain_prose(text) if slot and isinstance(slot.kind, Narrative) else text
