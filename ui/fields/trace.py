"""From what a computed value comes: the values its formula reads, and the factor sets it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from forms.address import Address
from forms.confirmations import Confirmation, confirmation_of, is_open
from forms.evaluation import Here
from forms.factors_in_use import UsedFactor, factors_at
from forms.kinds import unit_of
from forms.naming import place_name
from forms.overrides import Override, override_at
from forms.places import slot_at
from forms.schema import INDICATOR_BASE, INDICATOR_TARGET
from forms.slots import Slot
from forms.view import PlanView
from forms.working import Working, work_out
from ui.text import tr

_SHOWN_CELLS = 12


@dataclass(frozen=True, slots=True)
class Input:
    """One value a formula reads; `text` is "" when it is missing, `instead` what it replaced."""

    address: Address
    name: str
    text: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a computed value rests on; `more` counts the inputs left out."""

    inputs: tuple[Input, ...]
    factors: tuple[TracedFactor, ...]
    more: int = 0
    working: Working | None = None  # the formula in words and with its numbers
    override: Override | None = None  # the typed value in its place, with both numbers


@dataclass(frozen=True, slots=True)
class TracedFactor:
    """A factor behind a value, and how far it is proven."""

    used: UsedFactor
    record: Confirmation | None
    waits: bool


def trace(view: PlanView, address: Address) -> Trace:
    """The inputs of the formula at an address, a dozen at most."""
    slot = slot_at(view.pack, address)
    if slot is None:
        return Trace((), ())
    cells = list(islice(dict.fromkeys(_cells(view, slot, address)), _SHOWN_CELLS + 200))
    shown = tuple(_input(view, cell) for cell in cells[:_SHOWN_CELLS])
    factors = tuple(_factors(view, (address, *cells[:_SHOWN_CELLS])))
    more, override = len(cells) - len(shown), override_at(view, address)
    return Trace(shown, factors, more, work_out(view, address), override)


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
    return Input(
        address, place_name(view, address), f"{text} {unit}".strip(), _instead(view, address)
    )


def _instead(view: PlanView, address: Address) -> str:
    """What a typed value replaced, and why; "" when it replaced nothing."""
    found = override_at(view, address)
    return override_words(found) if found else ""


def override_words(found: Override) -> str:
    """Both numbers of an override and the reason."""
    computed = tr("计算值 {value}").format(value=found.computed) if found.computed else ""
    reason = found.reason or tr("未说明理由")
    words = tr("已改用填报值 {used}；{computed}；理由：{reason}")
    return words.format(used=found.used, computed=computed or tr("没有计算值"), reason=reason)


def _factors(view: PlanView, places: tuple[Address, ...]) -> Iterator[TracedFactor]:
    """The factors of a value and of the values it reads directly."""
    seen: set[str] = set()
    for place in places:
        for used in factors_at(view, place):
            if used.option not in seen:
                seen.add(used.option)
                yield TracedFactor(used, confirmation_of(view, used), is_open(view, used))
