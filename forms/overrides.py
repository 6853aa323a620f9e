"""Overrides: a typed value in place of a computed one, with both numbers and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from forms.address import Address
from forms.evaluation import as_number, without_padding
from forms.kinds import Integer, Kind, Money, Narrative, Percent, Quantity, unit_of
from forms.places import slot_at
from forms.row_units import kind_at
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_REASON,
    INDICATOR_TARGET,
    Field,
    IndicatorTable,
    Item,
    Pack,
    Table,
)
from forms.slots import POINTS, difference_kind
from forms.view import PlanView
from forms.wording import word

_SIDES = (INDICATOR_BASE, INDICATOR_TARGET)
_RATE = Percent(2, None, None)


@dataclass(frozen=True, slots=True)
class Override:
    """Both numbers as people read them; "" where there is none."""

    address: Address
    name: str
    unit: str
    computed: str  # what the formula gives
    typed: str  # what counts instead
    difference: str  # typed less computed, with sign and unit
    percent: str  # the same in percent of the computed value
    reason: str
    reason_place: Address | None  # where the reason stands or belongs


def override_at(view: PlanView, address: Address) -> Override | None:
    """The typed value at an address beside the computed one; None when nothing is overridden."""
    slot = slot_at(view.pack, address)
    if slot is None or not view.is_overridden(address):
        return None
    computed, typed = view.figure(address).value, view.value(address)
    kind = kind_at(view, address) or slot.kind
    unit, place = unit_of(kind), reason_place(view.pack, address)
    difference, percent = _apart(view.pack, kind, as_number(computed), as_number(typed))
    return Override(
        address,
        _name(view, address, slot.label),
        unit,
        word(view.pack, slot.kind, computed),
        word(view.pack, slot.kind, typed),
        difference,
        percent,
        _reason(view, place),
        place,
    )


def overrides(view: PlanView, home: Address) -> Iterator[Override]:
    """Every override of one field or table, in its order."""
    item = view.pack.index.items.get((home.section, home.item))
    for address in _overridable(view, item, home) if item else ():
        found = override_at(view, address)
        if found is not None:
            yield found


def override_sentence(override: Override) -> str:
    """One override as it is printed: both numbers, the difference, the reason."""
    unit = _spaced(override.unit)
    computed = f"{override.computed}{unit}" if override.computed else "无"
    percent = f"（{override.percent}）" if override.percent else ""
    apart = f"，相差 {override.difference}{percent}" if override.difference else ""
    reason = f"理由：{override.reason}" if override.reason else "未写明理由"
    said = f"{override.name}：计算值 {computed}，采用填报值 {override.typed}{unit}{apart}；{reason}"
    return said if said.endswith("。") else f"{said}。"


def reason_place(pack: Pack, address: Address) -> Address | None:
    """Where the reason for overriding the value at an address is written, if the pack asks it."""
    item = pack.index.items.get((address.section, address.item))
    if isinstance(item, Field) and item.computed and item.computed.reason:
        return Address(address.section, item.computed.reason)
    if isinstance(item, IndicatorTable) and address.column in _SIDES:
        return address.table.at(address.row, INDICATOR_REASON)
    if isinstance(item, Table):
        computed = item.column(address.column).computed
        if computed and computed.reason:
            return address.table.at(address.row, computed.reason)
    return None


def _apart(
    pack: Pack, kind: Kind, computed: Decimal | None, typed: Decimal | None
) -> tuple[str, str]:
    """The difference with sign and unit, and its percentage; "" where it says nothing."""
    if computed is None or typed is None:
        return "", ""
    sign = "+" if typed > computed else ""
    apart = _amount_kind(kind)
    words = f"{sign}{word(pack, apart, typed - computed)}{_spaced(unit_of(apart))}"
    if not computed or isinstance(kind, Percent):
        return words, ""
    return words, f"{sign}{word(pack, _RATE, _rate(computed, typed))}%"


def _amount_kind(kind: Kind) -> Kind:
    """The kind of a difference, of the same unit and without limits."""
    match kind:
        case Money():
            return Quantity(kind.unit, kind.decimals, None, None)
        case Integer():
            return Quantity(kind.unit, 0, None, None)
        case _:
            return difference_kind(kind)


def _overridable(view: PlanView, item: Item, home: Address) -> Iterator[Address]:
    if isinstance(item, Field):
        yield home
    elif isinstance(item, IndicatorTable):
        for row in item.rows:
            yield from (home.at(row.key, side) for side in _SIDES)
    elif isinstance(item, Table):
        columns = [c for c in item.columns if c.computed and c.computed.overridable]
        for row in view.rows(home) if columns else ():
            for column in columns:
                yield from (home.at(row, column.key, year) for year in view.years(column.years))


def _reason(view: PlanView, place: Address | None) -> str:
    slot = slot_at(view.pack, place) if place else None
    if place is None or slot is None or not view.text(place):
        return ""
    if isinstance(slot.kind, Narrative):  # an explanation of all of them: say where it stands
        return f"见“{slot.label}”"
    return view.text(place)


def _name(view: PlanView, address: Address, label: str) -> str:
    item = view.pack.index.items.get((address.section, address.item))
    name = (
        f"{view.row_name(address.at_row(address.row))} · {label}"
        if isinstance(item, Table)
        else label
    )
    return f"{name}（{address.year}年）" if address.year else name


def _rate(before: Decimal, after: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 34
        rate = without_padding((after - before) / abs(before) * 100)
    assert isinstance(rate, Decimal)
    return rate


def _spaced(unit: str) -> str:
    """A unit as it follows a number."""
    return f" {unit}" if unit and unit not in ("%", POINTS) else unit
