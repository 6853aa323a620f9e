"""Which factors the figures of a plan really take: of a choice, the branch that counted.

A factor whose computed value was replaced by a typed one is not in use there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from forms.address import Address
from forms.computed_places import computed_places
from forms.encoding import decimal_text
from forms.factors import Factor, FactorSet
from forms.places import slot_at
from forms.slots import SlotKey
from forms.standing import standing
from forms.tracing import sources
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class FactorInUse:
    """A factor in use, and the places that take it directly, in plan order."""

    factor_set: FactorSet
    factor: Factor
    places: tuple[Address, ...]

    @property
    def option(self) -> str:
        """Its name among the factors of all sets."""
        return self.factor_set.option(self.factor)

    @property
    def name(self) -> str:
        """What people call it; year and area are part of the name where it has them."""
        return f"{self.factor_set.title}：{self.factor.label}"

    @property
    def amount(self) -> str:
        """Its value with every published digit, and its unit."""
        return f"{decimal_text(self.factor.value)} {self.factor.unit}".strip()


def factors_in_use(view: PlanView) -> tuple[FactorInUse, ...]:
    """Every factor the visible figures take now, in the order they are first taken."""
    taking = view.once("slots that take factors", "", None, partial(_taking, view))
    given = standing(view, *sorted({section for section, _, _ in taking}))
    return view.once("factors in use", "", given, partial(_in_use, view, taking))


def _in_use(view: PlanView, taking: frozenset[SlotKey]) -> tuple[FactorInUse, ...]:
    found: dict[str, FactorInUse] = {}
    for address, _ in computed_places(view, taking):
        for used in factors_at(view, address):
            known = found.get(used.option)
            places = (*known.places, address) if known else (address,)
            found[used.option] = FactorInUse(used.factor_set, used.factor, places)
    return tuple(found.values())


def factors_at(view: PlanView, address: Address) -> tuple[FactorInUse, ...]:
    """The factors the formula at an address takes itself; none when its value is not the one used.

    Factors behind the values it reads are found where those values stand.
    """
    slot = slot_at(view.pack, address)
    if slot is None or slot.formula is None or view.is_overridden(address):
        return ()
    if view.value(address) is None:
        return ()
    return tuple(
        FactorInUse(found.factor_set, found.factor, (address,))
        for found in sources(view, address).factors
    )


def _taking(view: PlanView) -> frozenset[SlotKey]:
    """The slots with a factor in their formula."""
    return frozenset(
        slot.key
        for slot in view.pack.index.slots.values()
        if slot.formula is not None and "factor(" in slot.formula.text
    )
