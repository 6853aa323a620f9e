"""Whether stored values plainly fit their kind: quick, and never wrong when it says yes.

Checking every cell of five thousand projects in words takes long; most columns need no words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Context, Decimal, localcontext
from functools import partial
from itertools import chain, filterfalse
from operator import itemgetter
from typing import TypeAlias, assert_never, cast

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

Accepts: TypeAlias = Callable[[Sequence[Value], frozenset[type]], bool]
_FIRST_YEAR = 1000
_FIRST = itemgetter(slice(1))  # the first letter, if there is one
_TEXT: frozenset[type] = frozenset((str,))
_FEW_DIGITS = 20  # before and behind the point: far inside what can be stored
_LARGE = Decimal(10) ** _FEW_DIGITS
_ADDING = Context(prec=60, traps=[])


def accepting(pack: Pack, kind: Kind) -> Accepts:
    """A test of values of known types: yes means `forms.reading.check_value` takes each of them.

    No means: ask there.
    """
    match kind:
        case Text() | Narrative():
            return partial(_are_texts, kind.max_length)
        case Reference():
            return partial(_are_texts, 200)
        case Choice():
            keys = frozenset(o.key for o in pack.index.vocabularies[kind.vocabulary].options)
            return lambda values, sorts: sorts <= _TEXT and keys.issuperset(frozenset(values))
        case Choices():
            keys = frozenset(o.key for o in pack.index.vocabularies[kind.vocabulary].options)
            return partial(_are_choices, keys)
        case Year():
            return partial(_are_whole, max(kind.minimum, _FIRST_YEAR), kind.maximum)
        case Integer():
            return partial(_are_whole, kind.minimum, kind.maximum)
        case Quantity() | Money() | Percent():
            return partial(_are_figures, kind.minimum, kind.maximum)
        case Month():
            return partial(_are, YearMonth)
        case Date():
            return partial(_are, date)
        case YesNo():
            return partial(_are, bool)
        case Image():
            return partial(_are, Picture)
        case _:
            assert_never(kind)


def _are(sort: type, values: Sequence[Value], sorts: frozenset[type]) -> bool:
    del values
    return sorts <= {sort}


def _are_texts(longest: int, values: Sequence[Value], sorts: frozenset[type]) -> bool:
    """Short enough, and starting with something that prints."""
    if not sorts <= _TEXT:
        return False
    texts = cast("Sequence[str]", values)
    firsts = set(map(_FIRST, texts))
    return all(first.isprintable() and first.strip() for first in firsts) and (
        max(map(len, texts), default=0) <= longest
    )


def _are_choices(keys: frozenset[str], values: Sequence[Value], sorts: frozenset[type]) -> bool:
    if not sorts <= {tuple}:
        return False
    return keys.issuperset(chain.from_iterable(cast("Sequence[tuple[str, ...]]", values)))


def _are_whole(
    minimum: int | None, maximum: int | None, values: Sequence[Value], sorts: frozenset[type]
) -> bool:
    if not sorts <= {int}:
        return False
    numbers = cast("Sequence[int]", values)
    return not numbers or (
        (minimum is None or minimum <= min(numbers))
        and (maximum is None or max(numbers) <= maximum)
    )


def _are_figures(
    minimum: Decimal | None,
    maximum: Decimal | None,
    values: Sequence[Value],
    sorts: frozenset[type],
) -> bool:
    if not sorts <= {Decimal}:
        return False
    numbers = cast("Sequence[Decimal]", values)
    return not numbers or (
        _have_few_decimals(numbers)
        and (-_LARGE if minimum is None else max(minimum, -_LARGE)) <= min(numbers)
        and max(numbers) <= (_LARGE if maximum is None else min(maximum, _LARGE))
        and all(zero.adjusted() <= _FEW_DIGITS for zero in filterfalse(None, numbers))
    )


def _have_few_decimals(numbers: Sequence[Decimal]) -> bool:
    """Whether none is NaN or infinite, or has many decimals: a sum has as many as any of them."""
    with localcontext(_ADDING):
        exponent = sum(numbers, Decimal(0)).as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_FEW_DIGITS
