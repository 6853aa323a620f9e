"""Where a finding stands, in the words of the plan: chapter, section, row, value."""

from __future__ import annotations

from forms.address import Address
from forms.places import slot_at
from forms.schema import Table
from forms.view import PlanView


def whereabouts(view: PlanView, address: Address) -> str:
    """Chapter, section, row and value an address leads to, from the outside in."""
    parts: list[str] = []
    for chapter in view.pack.chapters:
        for section in chapter.sections:
            if section.key == address.section:
                parts += [chapter.title, section.title]
    item = view.pack.index.items.get((address.section, address.item))
    if isinstance(item, Table) and address.row:
        parts.append(view.row_name(address.at_row(address.row)))
    slot = slot_at(view.pack, address)
    if slot is not None:
        parts.append(f"{slot.label}（{address.year}年）" if address.year else slot.label)
    elif item is not None and not address.row:
        parts.append(item.label)
    return " › ".join(dict.fromkeys(parts))
