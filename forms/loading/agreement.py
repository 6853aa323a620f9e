"""Which measures go together, and how errors speak of those that do not."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from forms.units import ONE, Unit, Units


class Loose(Enum):
    """What has no unit of its own."""

    TEXT = "文字"
    TRUTH = "是否成立"
    NUMBER = "不带单位的数"  # written in the formula
    COUNT = "个数"  # fits every unit that numbers things
    ANY = "零"  # fits every unit; so does a factor the set does not have


Measure: TypeAlias = Unit | Loose


class MismatchError(ValueError):
    """The units of an expression do not go together; the message is for the pack's author."""


def common(units: Units, one: Measure, other: Measure) -> Measure | None:
    """What two parts of a sum are both measured in; None when they do not go together."""
    if one == other or other is Loose.ANY:
        return one
    if one is Loose.ANY:
        return other
    if isinstance(one, Loose):
        one, other = other, one
    if isinstance(one, Loose):
        return Loose.COUNT if {one, other} == {Loose.COUNT, Loose.NUMBER} else None
    if other is Loose.NUMBER and one == ONE:
        return one
    is_count = other is Loose.COUNT and (one == ONE or units.is_counted(one))
    return one if is_count else None


def is_comparable(units: Units, one: Measure, other: Measure) -> bool:
    """Whether two sides may be held against each other; a bare number fits every unit."""
    if common(units, one, other) is not None:
        return True
    words = [measure in (Loose.TEXT, Loose.TRUTH) for measure in (one, other)]
    return all(words) or (not any(words) and Loose.NUMBER in (one, other))


def number(measure: Measure) -> Measure:
    """The measure of something to calculate with; `MismatchError` for texts."""
    if measure in (Loose.TEXT, Loose.TRUTH):
        raise MismatchError(f"{measure.value}不能参与加减乘除")
    return measure


def as_unit(measure: Measure) -> Unit:
    """The unit in products: what has none of its own multiplies as a number."""
    return measure if isinstance(measure, Unit) else ONE


def said(units: Units, measure: Measure) -> str:
    """A measure as errors name it."""
    if isinstance(measure, Loose):
        return measure.value
    return "无单位" if measure == ONE else units.name(measure)


def hint(units: Units, one: Measure, other: Measure) -> str:
    """How a formula may be mended in which these two meet."""
    if isinstance(one, Unit) and isinstance(other, Unit):
        if one.times_to(other) is None:
            return ""
        target = units.name(one if other == ONE else other)
        return f'，请用 to(…, "{target}") 换算，不要自己乘倍数'
    unit = one if isinstance(one, Unit) else other
    if Loose.NUMBER not in (one, other) or not isinstance(unit, Unit):
        return ""
    return f'，请写 quantity(数, "{said(units, unit)}")'
