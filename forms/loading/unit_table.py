"""Reads the unit symbols of a pack, and works out which units prose may write for which."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from forms.kinds import unit_of
from forms.loading.node import Node
from forms.schema import Pack
from forms.units import ONE, Unit, UnitError, Units, as_decimals, declare


def read_units(top: Node) -> tuple[Units, tuple[str, ...]]:
    """The units of a pack, and the texts by which prose may call them."""
    node = top.child("units")
    if node is None:
        return declare((), (), ()), ()
    base, counted, also = node.texts("base"), node.texts("counted"), node.texts("also")
    equal = node.pairs("equal")
    node.done()
    try:
        units = declare(base, counted, equal)
        for text in also:
            units.parse(text)
    except UnitError as error:
        raise node.fail(str(error)) from None
    return units, (*base, *(symbol for symbol, _ in equal), *also)


def conversions_between(pack: Pack, spoken: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Source, target and factor for each two units, of prose or of values, of one dimension."""
    own = (unit_of(slot.kind) for slot in pack.index.slots.values())
    groups: dict[object, list[tuple[str, Unit]]] = {}
    for text in dict.fromkeys(filter(None, (*spoken, *own))):
        unit = pack.units.parse(text)
        if unit != ONE:
            groups.setdefault(unit.powers, []).append((text, unit))
    for group in groups.values():
        for (source, unit), (target, other) in permutations(group, 2):
            ratio = unit.times_to(other)
            if ratio is not None:
                multiply, divide = as_decimals(ratio)
                yield source, target, str(multiply if divide == Decimal(1) else multiply / divide)
