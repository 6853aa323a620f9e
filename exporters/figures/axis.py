"""A scale for figures: round ticks worked out in exact numbers, and where a figure stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from its first tick to its last, drawn from `start` over `length` millimetres."""

    ticks: tuple[Decimal, ...]
    start: float
    length: float

    def at(self, value: Decimal) -> float:
        """Where a figure stands, in millimetres."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.start + float((value - low) / (high - low)) * self.length


def ticks_for(values: Iterable[Decimal], most: int = 6) -> tuple[Decimal, ...]:
    """Round numbers from nothing, or below, to above the largest figure; at least two."""
    present = [*values, _NOTHING]
    low, high = min(present), max(present)
    if low == high:
        return (_NOTHING, Decimal(1))
    step = _step((high - low) / most)
    first, last = (low / step).__floor__(), -((-high / step).__floor__())
    return tuple(step * number for number in range(first, last + 1))


def _step(least: Decimal) -> Decimal:
    """The smallest round number that is no less."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in _STEPS if step * power >= least)


def rounded(value: Decimal, decimals: int) -> str:
    """A sum as people read it: 四舍五入 to so many digits at most."""
    with localcontext() as context:
        context.prec = 60
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > decimals:
            value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return worded(value)


def worded(value: Decimal) -> str:
    """A figure as an axis shows it: no exponent, no idle zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
