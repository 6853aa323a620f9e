"""A word across every page, light and slanting below the text.

It is drawn as outlines: text would come up in every search and stand in every copy.
"""

from __future__ import annotations

from math import atan2, cos, hypot, sin

from exporters.look import Face
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.ink import number
from exporters.pdf.outlines import outline_operators

_GREY = 0.9
_REACH = 0.62  # of the page's diagonal
_LARGEST_PT = 130.0
_MIDDLE = 0.38  # of the em above the base line
_GAP_EM = 0.12


class Watermark:
    """The outlines of a word, made once for all pages."""

    def __init__(self, case: GlyphCase, text: str) -> None:
        self._paths: list[tuple[float, str]] = []
        self._width = -_GAP_EM
        for character in text:
            typeface, drawn = case.outline_source(Face.HEI, character)
            path = outline_operators(typeface, drawn) if drawn.strip() else ""
            self._paths.append((self._width + _GAP_EM, path))
            self._width += typeface.width(drawn) + _GAP_EM

    def operators(self, width: float, height: float) -> str:
        """What draws it on a page of a size in points; readers are told that it is no text."""
        angle = atan2(height, width)
        size = min(_REACH * hypot(width, height) / max(self._width, 1.0), _LARGEST_PT)
        turn = size * cos(angle), size * sin(angle)
        scaled = turn[0] / 100, turn[1] / 100
        left, base = -self._width / 2, -_MIDDLE
        x = width / 2 + left * turn[0] - base * turn[1]
        y = height / 2 + left * turn[1] + base * turn[0]
        matrix = " ".join(map(number, (scaled[0], scaled[1], -scaled[1], scaled[0], x, y)))
        signs = " ".join(
            f"q 1 0 0 1 {number(at * 100)} 0 cm {path} f Q" for at, path in self._paths if path
        )
        mark = "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC"
        return f"{mark} q {_GREY} g {matrix} cm {signs} Q EMC"
