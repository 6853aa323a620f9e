"""Factor sets: published coefficients with their edition, source and how far they are verified."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from forms.address import Address

SEEN_OFTEN = "found-multi"  # independent copies agree
FULLY_VERIFIED = (SEEN_OFTEN, "definition", "derived")


@dataclass(frozen=True, slots=True)
class Factor:
    """One coefficient; `verified` is carried through from the published copies as it stands."""

    key: str
    label: str
    value: Decimal
    unit: str
    source: str
    verified: str
    note: str
    edition: str = ""  # the publication this very value is taken from

    @property
    def is_confirmed(self) -> bool:
        """Whether independent copies agree; others ask the user to compare with the standard."""
        return self.verified in FULLY_VERIFIED


@dataclass(frozen=True, slots=True)
class FactorSet:
    """Coefficients of one sort, each with its edition; once released they never change."""

    key: str
    title: str
    edition: str
    factors: tuple[Factor, ...]
    by_key: dict[str, Factor] = field(default_factory=dict[str, Factor], compare=False, repr=False)

    def option(self, factor: Factor) -> str:
        """The name of a factor among the factors of all sets, as plans record it."""
        return f"{self.key}|{factor.key}"

    def factor(self, key: str) -> Factor | None:
        """The coefficient with this key ("|" joins several key columns), if the set has it."""
        return self.by_key.get(key)


@dataclass(frozen=True, slots=True)
class ConfirmationTable:
    """The table, and its columns, that records who compared a factor with its standard when."""

    table: Address
    factor: str  # a choice: factor set and key joined by "|"
    value: str
    unit: str
    edition: str
    person: str
    date: str
