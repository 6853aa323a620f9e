"""Which factors the figures of a plan really take: of a choice, the branch that counted.

A factor whose computed value was replaced by a typed one is not in use there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.address import Address
from forms.computed_places import computed_places
from forms.conditions import plain_text
from forms.encoding import decimal_text
from forms.evaluation import Here, evaluate
from forms.factors import Factor, FactorSet
from forms.formula import Binary, Call, Formula, Negated, Node
from forms.places import slot_at
from forms.slots import SlotKey
from forms.values import Value
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class UsedFactor:
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


def factors_in_use(view: PlanView) -> tuple[UsedFactor, ...]:
    """Every factor the visible figures take now, in the order they are first taken."""
    found: dict[str, UsedFactor] = {}
    for address, _ in computed_places(view, _taking(view)):
        for used in factors_at(view, address):
            known = found.get(used.option)
            places = (*known.places, address) if known else (address,)
            found[used.option] = UsedFactor(used.factor_set, used.factor, places)
    return tuple(found.values())


def factors_at(view: PlanView, address: Address) -> tuple[UsedFactor, ...]:
    """The factors the formula at an address takes itself; none when its value is not the one used.

    Factors behind the values it reads are found where those values stand.
    """
    slot = slot_at(view.pack, address)
    if slot is None or slot.formula is None or view.is_overridden(address):
        return ()
    if view.value(address) is None:
        return ()
    here = Here(address.table, address.row, address.year)
    found = dict.fromkeys(_taken(view, slot.formula.node, here))
    sets = view.pack.index.factor_sets
    return tuple(
        UsedFactor(sets[name], factor, (address,))
        for name, key in found
        if name in sets and (factor := sets[name].factor(key)) is not None
    )


def _taking(view: PlanView) -> frozenset[SlotKey]:
    """The slots with a factor in their formula."""
    return frozenset(
        slot.key
        for slot in view.pack.index.slots.values()
        if slot.formula is not None and "factor(" in slot.formula.text
    )


def _taken(view: PlanView, node: Node, here: Here) -> Iterator[tuple[str, str]]:
    """Set and key of each factor an expression looks up, seen from one place."""
    match node:
        case Negated():
            yield from _taken(view, node.operand, here)
        case Binary():
            yield from _taken(view, node.left, here)
            yield from _taken(view, node.right, here)
        case Call(name="if"):
            condition, first, second = node.arguments
            yield from _taken(view, condition, here)
            held = _value(view, condition, here)
            if held is not None:
                yield from _taken(view, first if held is True else second, here)
        case Call(name="factor"):
            parts = [plain_text(_value(view, part, here)) for part in node.arguments]
            if all(parts):
                yield parts[0], "|".join(parts[1:])
        case Call():
            for argument in node.arguments:
                yield from _taken(view, argument, here)
        case _:
            return


def _value(view: PlanView, node: Node, here: Here) -> Value | None:
    return evaluate(view.figures, Formula("", node), here).value
