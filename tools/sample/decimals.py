"""Exact figures for the sample: reading, rounding and writing them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

HISTORY = (2023, 2024, 2025)
PLAN = (2026, 2027, 2028, 2029, 2030)
WAN = Decimal(10000)


def dec(figure: str | int | Decimal) -> Decimal:
    """A figure; thousands separators are for the reader of this file."""
    return figure if isinstance(figure, Decimal) else Decimal(str(figure).replace(",", ""))


def rounded(figure: Decimal, places: int = 2) -> Decimal:
    """Rounded as people round."""
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def shown(figure: Decimal, places: int = 2) -> str:
    """As it stands in a sentence: at most so many decimals, no idle zeros."""
    text = f"{rounded(figure, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def stored(figure: str | int | Decimal) -> str:
    """As it stands in the JSON data: plain decimal text."""
    text = f"{dec(figure):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def by_year(years: Sequence[int], line: str) -> dict[str, str]:
    """“1 2 3” spread over the years."""
    figures = line.split()
    if len(figures) != len(years):
        raise ValueError(f"{line!r} has {len(figures)} figures for {len(years)} years")
    return {str(year): stored(figure) for year, figure in zip(years, figures, strict=True)}
