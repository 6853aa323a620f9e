"""The values a plan can hold; figures are `Decimal`, never `float`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A month of a year, as in 开工年月."""

    year: int
    month: int

    def __str__(self) -> str:
        """The month as stored: 2023-06."""
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; its bytes are kept apart, named by their SHA-256 (hex); size in pixels."""

    sha256: str
    name: str
    media_type: str
    width: int
    height: int


Value: TypeAlias = str | int | Decimal | bool | date | YearMonth | Picture | tuple[str, ...]
