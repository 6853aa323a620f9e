"""From a value to what people read on screen and paper; rounding happens here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import assert_never

from forms.encoding import decimal_text
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


def word(pack: Pack, kind: Kind, value: Value | None) -> str:
    """A value as people read it, without its unit; "" for empty."""
    if value is None:
        return ""
    match kind:
        case Integer() | Quantity() | Money() | Percent():
            return _figure(kind, value)
        case Choice():
            return pack.index.vocabularies[kind.vocabulary].label(str(value))
        case Choices():
            return _choices(pack, kind, value)
        case Text() | Narrative() | Reference():
            return str(value)
        case Year() | Month() | Date() | YesNo() | Image():
            return plain_words(value)
        case _:
            assert_never(kind)


def plain_words(value: Value) -> str:
    """A value in words, without knowing its kind."""
    match value:
        case bool():
            return "是" if value else "否"
        case YearMonth():
            return f"{value.year}年{value.month}月"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case Picture():
            return value.name
        case tuple():
            return "、".join(value)
        case Decimal():
            return decimal_text(value)
        case _:
            return str(value)


def figure_text(value: Decimal, decimals: int) -> str:
    """A figure rounded 四舍五入 to at most so many digits; typed digits are never padded away."""
    rounded = rounded_half_up(value, decimals)
    return decimal_text(abs(rounded) if rounded == 0 else rounded)


def rounded_half_up(value: Decimal, decimals: int) -> Decimal:
    """四舍五入: away from zero at five; fewer digits stay as they are."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= decimals:
        return value
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def decimals_of(kind: Kind) -> int:
    """How many decimals a value of this kind is printed with at most."""
    return kind.decimals if isinstance(kind, Quantity | Money | Percent) else 0


def is_tight(unit: str) -> bool:
    """Whether a unit follows its number without a blank in prose: 亿元, 万t and %, but not t."""
    return not unit or unit[0] in "%‰℃" or unit[0] >= "\u2e80"


def rounded_column(values: Iterable[Decimal | None], decimals: int) -> list[Decimal | None]:
    """Many figures rounded the same way, those with fewer digits filled up with zeros."""
    step = Decimal(1).scaleb(-decimals)
    with localcontext() as context:
        context.prec, context.rounding = 60, ROUND_HALF_UP
        return [None if value is None else value.quantize(step) for value in values]


def _figure(kind: Integer | Quantity | Money | Percent, value: Value) -> str:
    if isinstance(value, Decimal):
        return figure_text(value, 0 if isinstance(kind, Integer) else kind.decimals)
    return str(value)


def _choices(pack: Pack, kind: Choices, value: Value) -> str:
    vocabulary = pack.index.vocabularies[kind.vocabulary]
    keys = value if isinstance(value, tuple) else (str(value),)
    return "、".join(vocabulary.label(key) for key in keys)
