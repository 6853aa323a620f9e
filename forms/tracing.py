"""Tracing: the cells and the published factors one computed value really rests on.

Only what counted is named: of a choice the branch that was taken, of a sum the rows that hold a
figure and meet its condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from forms.address import Address
from forms.conditions import plain_text
from forms.evaluation import Here
from forms.factors import Factor, FactorSet
from forms.formula import Binary, Call, Formula, Literal, Negated, Node, Number, Ref
from forms.places import slot_at
from forms.schema import INDICATOR_BASE, INDICATOR_TARGET
from forms.values import Value
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class UsedFactor:
    """A published coefficient a value was computed with, and the set and edition it is from."""

    factor_set: FactorSet
    factor: Factor

    @property
    def option(self) -> str:
        """Its name among the factors of all sets."""
        return self.factor_set.option(self.factor)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the formula at one address read."""

    cells: tuple[Address, ...]
    factors: tuple[UsedFactor, ...]


def sources(view: PlanView, address: Address) -> Sources:
    """The cells and factors behind the value at an address; nothing for a typed value."""
    slot = slot_at(view.pack, address)
    if slot is None:
        return Sources((), ())
    if slot.formula is None:
        sides = (INDICATOR_BASE, INDICATOR_TARGET) if not slot.overridable else ()
        return Sources(tuple(address.table.at(address.row, side) for side in sides), ())
    walk = _Walk(view, Here(address.table, address.row, address.year))
    found = tuple(walk.through(slot.formula.node))
    cells = (each for each in found if isinstance(each, Address))
    factors = (each for each in found if isinstance(each, UsedFactor))
    return Sources(tuple(dict.fromkeys(cells)), tuple(dict.fromkeys(factors)))


def summed_cells(view: PlanView, call: Call, here: Here) -> tuple[Address, ...]:
    """The filled cells a `sum` or `count` adds up, seen from a place."""
    found = _Walk(view, here).summed(call)
    return tuple(
        dict.fromkeys(
            cell for cell in found if isinstance(cell, Address) and view.value(cell) is not None
        )
    )


_Found = Address | UsedFactor


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through one formula from one place."""

    view: PlanView
    here: Here

    def through(self, node: Node) -> Iterator[_Found]:
        """Everything an expression reads where it stands."""
        match node:
            case Ref():
                yield from self.view.figures.cells(node, self.here)
            case Negated():
                yield from self.through(node.operand)
            case Binary():
                yield from self.through(node.left)
                yield from self.through(node.right)
            case Call():
                yield from self._through_call(node)
            case Number() | Literal():
                return
            case _:
                assert_never(node)

    def _through_call(self, call: Call) -> Iterator[_Found]:
        match call.name:
            case "if":
                condition, one, other = call.arguments
                yield from self.through(one if self._value(condition) is True else other)
                yield from self.through(condition)
            case "sum" | "count":
                yield from self.summed(call)
            case "factor":
                for argument in call.arguments[1:]:
                    yield from self.through(argument)
                yield from self._factor(call)
            case _:
                for argument in call.arguments:
                    yield from self.through(argument)

    def summed(self, call: Call) -> Iterator[_Found]:
        """What a sum reads: the rows its condition keeps, empty cells only when all are."""
        *summed, last = call.arguments
        where = last if isinstance(last, Call) and last.name == "where" else None
        kept = self._kept(where) if where else None
        every: list[_Found] = []
        for argument in summed if where else call.arguments:
            every.extend(
                found
                for found in self.through(argument)
                if kept is None or not isinstance(found, Address) or found.row in kept
            )
        filled = [
            found
            for found in every
            if not isinstance(found, Address) or self.view.value(found) is not None
        ]
        if every or where is None:
            yield from filled or every  # when nothing is there, everything is what lacks
        else:
            yield from self.through(where.arguments[0])  # by which no row was kept

    def _kept(self, where: Call) -> frozenset[str]:
        column, option = where.arguments
        wanted = self._value(option)
        if not isinstance(column, Ref) or wanted is None:
            return frozenset()
        return self.view.figures.rows_with(column, wanted, self.here)

    def _factor(self, call: Call) -> Iterator[UsedFactor]:
        values = [self._value(argument) for argument in call.arguments]
        name, *keys = (plain_text(value) for value in values)
        factor_set = self.view.pack.index.factor_sets.get(name)
        factor = factor_set.factor("|".join(keys)) if factor_set else None
        if factor_set is not None and factor is not None:
            yield UsedFactor(factor_set, factor)

    def _value(self, node: Node) -> Value | None:
        return self.view.figures.ask(Formula("", node), self.here).value
