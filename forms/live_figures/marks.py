"""How a live figure stands in a narrative: `{{address|unit,decimals}}`.

The part after `|` may be left out, and either half of it. Two braces around what could not be an
address are text like any other, and so is every single brace: the marks `{section/field}` of a
pack's defaults are another thing and never stand in what people type.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from forms.address import Address, AddressError, parse_address

NO_UNIT = "-"  # before the unit, or in its place: the number is printed without it
MOST_DECIMALS = 12
_KEY = r"[a-z][a-z0-9_]*"
_MARK = re.compile(
    rf"\{{\{{(?P<address>{_KEY}/{_KEY}(?:/[^{{}}|\n]*)?)(?:\|(?P<form>[^{{}}\n]*))?\}}\}}"
)
_FORM = re.compile(r"(?P<unit>[^|,\s]*)(?:,(?P<decimals>[0-9]{1,2})?)?")


@dataclass(frozen=True, slots=True)
class LiveFigure:
    """The value prose names, the unit it is written in ("": its own) and how many decimals."""

    address: Address
    unit: str = ""
    decimals: int | None = None  # None: as many as the value itself is printed with

    def __str__(self) -> str:
        """The mark as it is stored."""
        if self.decimals is not None:
            return f"{{{{{self.address}|{self.unit},{self.decimals}}}}}"
        return f"{{{{{self.address}{'|' if self.unit else ''}{self.unit}}}}}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark between `start` and `end` of a text; `figure` is None when it is malformed."""

    start: int
    end: int
    figure: LiveFigure | None
    source: str


def live_figures_in(text: str) -> tuple[Placed, ...]:
    """Every live figure of a text, from left to right; malformed ones too."""
    return _live_figures_in(text) if "{{" in text else ()


@lru_cache(maxsize=1024)
def _live_figures_in(text: str) -> tuple[Placed, ...]:
    return tuple(
        Placed(found.start(), found.end(), _read(found["address"], found["form"] or ""), found[0])
        for found in _MARK.finditer(text)
    )


def with_marks(text: str, put: Callable[[Placed], str]) -> str:
    """The text with each mark replaced by what `put` gives for it."""
    parts: list[str] = []
    end = 0
    for placed in live_figures_in(text):
        parts += (text[end : placed.start], put(placed))
        end = placed.end
    return "".join((*parts, text[end:]))


@lru_cache(maxsize=4096)
def _read(place: str, printed: str) -> LiveFigure | None:
    form = _FORM.fullmatch(printed)
    try:
        address = parse_address(place)
    except AddressError:
        return None
    if form is None or str(address) != place:
        return None
    decimals = int(form["decimals"]) if form["decimals"] else None
    if decimals is not None and decimals > MOST_DECIMALS:
        return None
    return LiveFigure(address, form["unit"], decimals)
