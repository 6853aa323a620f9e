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
class Cut:
    """How a picture was made from another: turned clockwise, then a box of its pixels taken."""

    original: str  # SHA-256 (hex) of the picture it was made from
    turns: int  # quarters, 0 to 3
    left: int  # of the box, in pixels of the turned picture
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PaperWidth:
    """How wide a picture is to be on paper: in mm, or in percent of the width of the text."""

    amount: int
    is_percent: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; its bytes are kept apart, named by their SHA-256 (hex); size in pixels.

    One that was cropped or turned says from what it was made.
    """

    sha256: str
    name: str
    media_type: str
    width: int
    height: int
    cut: Cut | None = None
    printed: PaperWidth | None = None  # None: as wide as it is good for


Value: TypeAlias = str | int | Decimal | bool | date | YearMonth | Picture | tuple[str, ...]
