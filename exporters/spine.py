"""书脊: title, draft stage, month and compiler one below the other on a strip to be cut out.

Characters stand upright, one below the other; brackets and dashes, which would lie across the line,
are drawn turned. Lengths are in millimetres, type sizes in points.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from exporters.document import Caption, Document, DrawnFigure, Part, PartRole
from exporters.drawing import Drawing, Hold, Label, Mark, Stroke
from exporters.look import Look

TITLE = "书脊"
SHEET_MM = 0.1  # a leaf of 80 g paper
NARROWEST_MM = 4.0  # a thinner back takes no text
WIDEST_MM = 100.0
_MM_PER_PT = 25.4 / 72
_MARGIN_MM = 5.0  # what printers leave white
_BELOW_MM = 30.0  # room for the line below the strip, in both renderers
_CUT_MM = 12.0  # length of a cut mark
_END_MM = 20.0  # left free at head and foot, where the cut marks stand
_LARGEST_PT = 20.0
_FILLED = 0.7  # of the thickness
_PITCH = 1.15  # from character to character, in ems
_GAP = 1.2  # between the pieces of text, in ems
_RISE = 0.88  # from base line to the top of a character, in ems
_OPENING, _CLOSING = "（(《〈〔", "）)》〉〕"
_DASHES = "—－-–~～"


@dataclass(frozen=True, slots=True)
class SpineText:
    """The back of one volume: what stands from its head on and at its foot, and how thick it is."""

    above: tuple[str, ...]
    foot: str
    thickness_mm: float
    remark: str  # printed below the strip, outside of it


def thickness_mm(pages: int, *, duplex: bool) -> float:
    """How thick so many sides of paper are."""
    return round(sheets_of(pages, duplex=duplex) * SHEET_MM, 1)


def sheets_of(pages: int, *, duplex: bool) -> int:
    """How many leaves so many sides take."""
    return math.ceil(pages / 2) if duplex else pages


def spine_document(title: str, spines: Iterable[SpineText], look: Look) -> Document:
    """One sheet for each volume with its strip in the middle."""
    parts = tuple(
        Part(PartRole.COVER, (_figure(spine, look, number),))
        for number, spine in enumerate(spines, start=1)
    )
    return Document(title=f"{title}{TITLE}", parts=parts)


def spine_look(look: Look) -> Look:
    """A house style with margins so narrow that the strip stands on the sheet in its true size."""
    edges = dict.fromkeys(("top_mm", "bottom_mm", "left_mm", "right_mm"), _MARGIN_MM)
    return replace(
        look,
        page=replace(look.page, **edges),
        figure_max_height_mm=look.page.height_mm,
        caption=replace(look.caption, size_pt=9, line_pt=13, before_pt=0, after_pt=0),
    )


def _figure(spine: SpineText, look: Look, number: int) -> DrawnFigure:
    width = look.page.width_mm - 2 * _MARGIN_MM
    height = look.page.height_mm - 2 * _MARGIN_MM - _BELOW_MM
    marks = (*_cut_marks(spine, width, height), *_text(spine, width / 2, height))
    caption = Caption(TITLE, spine.remark, f"spine/{number}")
    return DrawnFigure(Drawing(width, height, marks), caption, "".join(spine.above) + spine.foot)


def _cut_marks(spine: SpineText, width: float, height: float) -> Iterator[Mark]:
    for side in (-1, 1):
        x = width / 2 + side * spine.thickness_mm / 2
        yield Stroke(((x, 0.0), (x, _CUT_MM)), 0.3)
        yield Stroke(((x, height - _CUT_MM), (x, height)), 0.3)


def _text(spine: SpineText, middle: float, height: float) -> Iterator[Mark]:
    """The text from the head down, the compiler up from the foot, in one size that fits."""
    pieces = [text for text in (*spine.above, spine.foot) if text]
    ems = sum(map(len, pieces)) * _PITCH + _GAP * len(pieces)
    em = min(
        _LARGEST_PT * _MM_PER_PT, spine.thickness_mm * _FILLED, (height - 2 * _END_MM) / max(ems, 1)
    )
    y = _END_MM
    for text in spine.above:
        yield from _column(text, middle, y, em)
        y += (len(text) * _PITCH + _GAP) * em
    if spine.foot:
        start = height - _END_MM - len(spine.foot) * _PITCH * em
        yield from _column(spine.foot, middle, start, em)


def _column(text: str, middle: float, top: float, em: float) -> Iterator[Mark]:
    for number, character in enumerate(text):
        y = top + number * _PITCH * em
        if character in _DASHES:
            yield Stroke(((middle, y), (middle, y + em)), em / _MM_PER_PT * 0.06)
        elif character in _OPENING:
            yield _bracket(middle, y + 0.75 * em, em, -1)
        elif character in _CLOSING:
            yield _bracket(middle, y + 0.25 * em, em, 1)
        else:
            size = em / _MM_PER_PT
            yield Label(character, middle, y + _RISE * em, size, Hold.MIDDLE, strong=True)


def _bracket(middle: float, y: float, em: float, bulge: int) -> Stroke:
    """A flat arc over the text it opens (-1) or under the text it closes (1)."""
    points = tuple(
        (middle + (step / 4 - 1) * em * 0.4, y + bulge * em * 0.3 * (1 - (step / 4 - 1) ** 2))
        for step in range(9)
    )
    return Stroke(points, em / _MM_PER_PT * 0.05)
