"""From what a computed value comes: the values its formula reads, and the factor sets it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from forms.address import Address
from forms.evaluation import Here
from forms.kinds import unit_of
from forms.places import slot_at
from forms.schema import INDICATOR_BASE, INDICATOR_TARGET
from forms.slots import Slot
from forms.view import PlanView
from forms.working import Working, work_out
from forms.naming import place_name

_SHOWN_CELLS = 12
_FACTOR = re.compile(r'factor\(\s*"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Input:
    """One value a formula reads; `text` is "" when it is missing."""

    address: Address
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What a computed value rests on; `more` counts the inputs left out."""

    inputs: tuple[Input, ...]
    factors: tuple[str, ...]
    more: int = 0
    working: Working | None = None  # the formula in words and with its numbers


def trace(view: PlanView, address: Address) -> Trace:
    """The inputs of the formula at an address, a dozen at most."""
    slot = slot_at(view.pack, address)
    if slot is None:
        return Trace((), ())
    cells = list(islice(dict.fromkeys(_cells(view, slot, address)), _SHOWN_CELLS + 200))
    shown = tuple(_input(view, cell) for cell in cells[:_SHOWN_CELLS])
    factors = tuple(_factors(view, slot))
    return Trace(shown, factors, len(cells) - len(shown), work_out(view, address))


def _cells(view: PlanView, slot: Slot, address: Address) -> Iterator[Address]:
    if slot.formula is None:
        yield address.table.at(address.row, INDICATOR_BASE)
        yield address.table.at(address.row, INDICATOR_TARGET)
        return
    here = Here(address.table, address.row, address.year)
    for reference in slot.formula.references():
        yield from view.figures.cells(reference, here)


def _input(view: PlanView, address: Address) -> Input:
    slot = slot_at(view.pack, address)
    text = view.text(address)
    unit = unit_of(slot.kind) if slot and text else ""
    return Input(address, place_name(view, address), f"{text} {unit}".strip())


def _factors(view: PlanView, slot: Slot) -> Iterator[str]:
    for key in dict.fromkeys(_FACTOR.findall(slot.formula.text if slot.formula else "")):
        factor_set = view.pack.index.factor_sets.get(key)
        if factor_set is not None:
            yield f"{factor_set.title}（{factor_set.edition}）"
