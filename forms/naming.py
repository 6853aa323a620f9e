"""What people call the value at an address."""

from __future__ import annotations

from forms.address import Address
from forms.places import slot_at
from forms.view import PlanView


def place_name(view: PlanView, address: Address) -> str:
    """What people call the value at an address: row, label and year."""
    slot = slot_at(view.pack, address)
    label = slot.label if slot else str(address)
    if address.row and address.column and slot and "." not in slot.key[2]:
        label = f"{view.row_name(address.table.at_row(address.row))} · {label}"
    return f"{label}（{address.year}年）" if address.year else label
