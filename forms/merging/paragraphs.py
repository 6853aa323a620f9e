"""Narratives as units that merge apart: a paragraph, heading, list item, picture or table row.

A unit is a whole line, so footnotes and live figures in it stay whole. The number of a list item
is left out of it: whoever adds an item has not edited those below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from forms.prose_lines import numbered_items, starts_table

_INDENT = " \t\u3000"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as stored; `gap` is how many line ends stand before it, 0 where the text begins."""

    text: str
    gap: int = 0
    is_numbered: bool = False  # an item of a numbered list
    restarts: bool = False  # the first of a numbered list right after another one

    @property
    def key(self) -> str:
        """What two units have in common when they say the same."""
        return ("1. " if self.is_numbered else "") + self.text.strip(_INDENT)


def split_units(text: str) -> tuple[Unit, ...]:
    """The units of a narrative; `join_units` gives the narrative back."""
    items = numbered_items(text)
    lines = text.split("\n")
    units: list[Unit] = []
    gap = line = 0
    while line < len(lines):
        if not lines[line].strip(_INDENT):
            line, gap = line + 1, gap + 1
            continue
        height = 2 if line not in items and starts_table(text, line) else 1
        number, words = items.get(line, (0, ""))
        restarts = number == 1 and bool(units) and units[-1].is_numbered
        whole = words or "\n".join(lines[line : line + height])
        units.append(Unit(whole, gap, line in items, restarts))
        line, gap = line + height, 1
    return tuple(units)


def join_units(units: Sequence[Unit]) -> str:
    """The narrative of these units; items of one list are counted anew."""
    usual = _usual_gap(units)
    pieces: list[str] = []
    number = 0
    for place, unit in enumerate(units):
        number = (1 if unit.restarts else number + 1) if unit.is_numbered else 0
        if place:
            pieces.append("\n" * _gap(units[place - 1], unit, usual))
        pieces.append(f"{number}. {unit.text}" if number else unit.text)
    return "".join(pieces)


def _usual_gap(units: Sequence[Unit]) -> int:
    """How paragraphs of this narrative stand apart."""
    found = Counter(unit.gap for before, unit in pairwise(units) if unit.gap and before.gap)
    return max(found, key=lambda gap: (found[gap], gap)) if found else 2


def _gap(before: Unit, unit: Unit, usual: int) -> int:
    if _is_row(before) and _is_head(unit):
        return max(unit.gap, 2)  # or both tables would become one
    return unit.gap or usual


def _is_row(unit: Unit) -> bool:
    return unit.text.strip(_INDENT).startswith("|")


def _is_head(unit: Unit) -> bool:
    return "\n" in unit.text
