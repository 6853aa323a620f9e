"""Figures of a column with their decimal points below each other.

A figure with fewer decimals than its neighbours is moved left by the width of what it lacks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from exporters.pdf.prepared import SetText

_FIGURE = re.compile(r"([+−-]?[0-9][0-9,，]*)(\.[0-9]+)?[%％‰]?")
_LONGEST_EM = 3.0  # of a fraction; a longer one would push its whole column aside

ColumnText = tuple[int, tuple[SetText, ...]]  # the column of a right-aligned cell, and its text


def decimal_padding(cells: Iterable[ColumnText]) -> dict[ColumnText, float]:
    """What is left free to the right of each figure, in em; only those that need any are in it."""
    fractions: dict[int, dict[tuple[SetText, ...], float]] = defaultdict(dict)
    for column, texts in cells:
        fraction = _fraction(texts)
        if fraction is not None:
            fractions[column][texts] = fraction
    return {
        (column, texts): longest - fraction
        for column, found in fractions.items()
        for longest in (max(found.values()),)
        for texts, fraction in found.items()
        if fraction < longest
    }


def _fraction(texts: tuple[SetText, ...]) -> float | None:
    """The width of a figure from its decimal point on; None for what is no figure."""
    found = _FIGURE.fullmatch(texts[0].text) if len(texts) == 1 else None
    if found is None:
        return None
    width = texts[0].width - texts[0].ends[found.end(1) - 1]
    return width if width <= _LONGEST_EM else None
