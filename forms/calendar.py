"""The years of a plan: its history up to the base year, and the period it promises for."""

from __future__ import annotations

from dataclasses import dataclass

from forms.schema import Period

_MOST_YEARS = 30


@dataclass(frozen=True, slots=True)
class Calendar:
    """Base year, target year and the number of history years (base year included)."""

    base: int
    target: int
    history: int

    def years(self, period: Period) -> tuple[int, ...]:
        """The years of a period in order; none when a year is not known yet."""
        match period:
            case Period.HISTORY:
                if not self.base:
                    return ()
                count = max(1, min(self.history, _MOST_YEARS))
                return tuple(range(self.base - count + 1, self.base + 1))
            case Period.PLAN:
                if not self.base or not self.target:
                    return ()
                last = min(self.target, self.base + _MOST_YEARS)
                return tuple(range(self.base + 1, last + 1))

    def resolve(self, token: str, current: int) -> int:
        """The year a formula's token means, 0 when it means none."""
        match token:
            case "":
                return 0
            case "@base":
                return self.base
            case "@target":
                return self.target
            case "@year":
                return current
            case "@prev":
                return current - 1 if current else 0
            case "@first":
                return next(iter(self.years(Period.HISTORY)), 0)
            case _:
                return int(token)
