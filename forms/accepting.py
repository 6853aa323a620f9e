"""Whether a stored value plainly fits its kind: quick, and never wrong when it says yes.

Checking every cell of five thousand projects in words takes long; most cells need no words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeAlias, assert_never

from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Kind,
    Money,
    Month,
    Narrative,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
)
from forms.schema import Pack
from forms.values import Picture, Value, YearMonth

Accepts: TypeAlias = Callable[[Value], bool]
_FEW_DIGITS = 20  # with an exponent in this range, far inside what can be stored
_LARGE, _SMALL = 30, -15
_LEAST, _MOST = Decimal("-Infinity"), Decimal("Infinity")


def accepting(pack: Pack, kind: Kind) -> Accepts:
    """A test of values: yes means `forms.reading.check_value` takes it, no means ask there."""
    match kind:
        case Text() | Narrative():
            return _text(kind.max_length)
        case Reference():
            return _text(200)
        case Choice():
            keys = frozenset(o.key for o in pack.index.vocabularies[kind.vocabulary].options)
            return lambda value: isinstance(value, str) and value in keys
        case Choices():
            keys = frozenset(o.key for o in pack.index.vocabularies[kind.vocabulary].options)
            return lambda value: isinstance(value, tuple) and keys.issuperset(value)
        case Year():
            return lambda v: type(v) is int and kind.minimum <= v <= kind.maximum and v > 999
        case Integer():
            least = _LEAST if kind.minimum is None else Decimal(kind.minimum)
            most = _MOST if kind.maximum is None else Decimal(kind.maximum)
            return lambda value: type(value) is int and least <= value <= most
        case Quantity() | Money() | Percent():
            return _figure(kind.minimum, kind.maximum)
        case Month():
            return lambda value: isinstance(value, YearMonth)
        case Date():
            return lambda value: isinstance(value, date)
        case YesNo():
            return lambda value: isinstance(value, bool)
        case Image():
            return lambda value: isinstance(value, Picture)
        case _:
            assert_never(kind)


def _text(longest: int) -> Accepts:
    """Short enough, and starting with something that prints."""

    def accepts(value: Value) -> bool:
        if not isinstance(value, str) or not 0 < len(value) <= longest:
            return False
        first = value[0]
        return first.isprintable() and not first.isspace()

    return accepts


def _figure(minimum: Decimal | None, maximum: Decimal | None) -> Accepts:
    least = _LEAST if minimum is None else minimum
    most = _MOST if maximum is None else maximum

    def accepts(value: Value) -> bool:
        return (
            type(value) is Decimal
            and value.is_finite()
            and least <= value <= most
            and len(str(value)) <= _FEW_DIGITS
            and _SMALL <= value.adjusted() <= _LARGE
        )

    return accepts
