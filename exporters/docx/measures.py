"""Lengths as Word counts them: twips (1/20 pt) on the page, EMU (1/36,000 mm) in pictures."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from exporters.document import Orientation
from exporters.look import PageLook

POINTS_PER_MM = 72 / 25.4
_TWIPS_PER_MM = 1440 / 25.4
_EMU_PER_MM = 36_000


def twips(points: float) -> int:
    """Points as whole twips."""
    return round(points * 20)


def twips_of_mm(length_mm: float) -> int:
    """Millimetres as whole twips."""
    return round(length_mm * _TWIPS_PER_MM)


def emu_of_mm(length_mm: float) -> int:
    """Millimetres as whole English metric units, the unit of drawings."""
    return round(length_mm * _EMU_PER_MM)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it lies before the reader, in millimetres."""

    width_mm: float
    height_mm: float
    top_mm: float
    right_mm: float
    bottom_mm: float
    left_mm: float

    @property
    def text_width_mm(self) -> float:
        """The measure: what is left of the width between the margins."""
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def text_width(self) -> int:
        """The measure in twips."""
        return twips_of_mm(self.text_width_mm)

    @property
    def text_height_mm(self) -> float:
        """The height between the margins."""
        return self.height_mm - self.top_mm - self.bottom_mm


def sheet(orientation: Orientation, page: PageLook) -> Sheet:
    """The sheet of a part; turned, its top is the binding edge (GB/T 9704-2012, 7.3.3 and 7.6)."""
    if orientation is Orientation.PORTRAIT:
        return Sheet(
            page.width_mm,
            page.height_mm,
            top_mm=page.top_mm,
            right_mm=page.right_mm,
            bottom_mm=page.bottom_mm,
            left_mm=page.left_mm,
        )
    return Sheet(
        page.height_mm,
        page.width_mm,
        top_mm=page.left_mm,
        right_mm=page.top_mm,
        bottom_mm=page.right_mm,
        left_mm=page.bottom_mm,
    )


def character_spacing(page: PageLook) -> int:
    """What each body character gives up, in twips, so that 28 of them fill the measure.

    The usual character grid is left alone: LibreOffice 7.4 sets half a line with it.
    """
    pitch_pt = page.text_width_mm * POINTS_PER_MM / page.characters
    return min(0, floor((pitch_pt - page.body_size_pt) * 20))
