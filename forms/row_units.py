"""The unit of a value whose rows differ in it: from the option chosen in its own row.

A fuel's amount is in t in one row and in 万m³ in the next; the pack says so by `row_unit`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from forms.address import Address
from forms.kinds import Choice, Kind, Quantity, unit_of
from forms.places import slot_at
from forms.schema import Pack
from forms.values import Value
from forms.view import PlanView

CHOSEN = re.compile(r"\{([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)\}")


def kind_at(view: PlanView, address: Address) -> Kind | None:
    """The kind of a value with the unit of its own row; None where no value can stand."""
    return kind_in(view.pack, view.value, address)


def unit_at(view: PlanView, address: Address) -> str:
    """The unit a value is written in, or "" for none and while the row does not say."""
    kind = kind_at(view, address)
    return unit_of(kind) if kind else ""


def kind_in(
    pack: Pack, value_of: Callable[[Address], Value | None], address: Address
) -> Kind | None:
    """`kind_at` where there is no view: `value_of` gives the option chosen in a column."""
    slot = slot_at(pack, address)
    if slot is None:
        return None
    kind = slot.kind
    if not isinstance(kind, Quantity) or not kind.row_unit:
        return kind
    unit = kind.row_unit
    for column, name in CHOSEN.findall(kind.row_unit):
        part = _attribute(pack, value_of, address.table.at(address.row, column), name)
        if not part:
            return kind  # nothing is chosen yet
        unit = unit.replace(f"{{{column}.{name}}}", part)
    return replace(kind, unit=unit, row_unit="")


def _attribute(
    pack: Pack, value_of: Callable[[Address], Value | None], place: Address, name: str
) -> str:
    slot, chosen = slot_at(pack, place), value_of(place)
    if slot is None or not isinstance(slot.kind, Choice) or chosen is None:
        return ""
    option = pack.index.vocabularies[slot.kind.vocabulary].option(str(chosen))
    return dict(option.attributes).get(name, "") if option else ""
