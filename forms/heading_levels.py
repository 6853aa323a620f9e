"""At which level the headings of a narrative are printed, and so how they are numbered."""

from __future__ import annotations

from forms.address import Address
from forms.heading_numbers import LAST_LEVEL
from forms.kinds import Narrative
from forms.schema import Field, FieldPrint, Item, Place, Section
from forms.view import PlanView

UNNUMBERED = LAST_LEVEL + 1
_BELOW_CHAPTER = 2


def prose_level(view: PlanView, address: Address) -> int:
    """The level of the first headings of the narrative at an address; `UNNUMBERED` beyond 4."""
    section = view.pack.index.sections.get(address.section)
    if section is None or section.place is not Place.BODY or address.row:
        return UNNUMBERED
    item = view.pack.index.items.get((address.section, address.item))
    if not isinstance(item, Field) or item.printed is not FieldPrint.AUTO:
        return UNNUMBERED
    return section_level(section) + is_prose_headed(view, section)


def section_level(section: Section) -> int:
    """The level of headings in a section of a chapter: one deeper below a heading of its own."""
    return _BELOW_CHAPTER + section.headed


def is_prose_headed(view: PlanView, section: Section) -> bool:
    """Whether each narrative of a section has its own heading: not when it is the only one."""
    return sum(_is_told(view, item) for item in section.items) > 1


def _is_told(view: PlanView, item: Item) -> bool:
    return (
        isinstance(item, Field)
        and isinstance(item.kind, Narrative)
        and item.printed is FieldPrint.AUTO
        and view.shows_item(item)
    )
