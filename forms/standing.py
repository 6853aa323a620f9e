"""Whether parts of a plan can have changed since an earlier view: told without looking at them."""

from __future__ import annotations

from functools import partial

from forms.conditions import addresses_in
from forms.schema import Item, Pack, Section, Table
from forms.view import PlanView


def standing(view: PlanView, *sections: str) -> tuple[object, ...]:
    """For `view.once`: equal while no value changed in these sections, nor what shows or hides."""
    deciding = view.once("deciding", "", None, partial(_deciding, view.pack))
    return tuple(map(view.figures.stamps.of, (*sections, *deciding)))


def _deciding(pack: Pack) -> tuple[str, ...]:
    """The sections with a value that shows or hides something elsewhere."""
    whole: list[Section | Item] = [*pack.sections(), *pack.index.items.values()]
    columns = (c for item in whole if isinstance(item, Table) for c in item.columns)
    conditions = (each.show_when for each in (*whole, *columns) if each.show_when is not None)
    asked = (text for condition in conditions for text in addresses_in(condition))
    return tuple(dict.fromkeys(text.partition("/")[0] for text in asked if text[0] != "."))
