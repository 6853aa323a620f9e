"""Drawings as PDF operators: outlines, lines and text in their own small space, no transparency."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import assert_never

from exporters.drawing import Drawing, Hold, Label, Point
from exporters.figures.palette import INK
from exporters.figures.plain import Lines, Outline, plain_marks
from exporters.figures.words import MM_PER_POINT, width_mm
from exporters.look import Face
from exporters.pdf.canvas import PdfWriter
from exporters.pdf.fonts import FontChoice
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.ink import line_operators, number
from exporters.pdf.lines import break_lines
from exporters.pdf.pages import POINTS_PER_MM
from exporters.pdf.pixels import Pages
from exporters.pdf.prepared import prepare

_DASHES = "2.4 1.6"
_PRINT_DPI = 300
_FAST = 2  # Pillow's octree: many times faster than its median cut, and as good here
_COLOURS = 128  # flat fills and their soft edges need no more, and the file is a quarter

_Place = Callable[[Point], str]


def drawing_operators(
    drawing: Drawing, case: GlyphCase, corner: Point, scale: float = 1.0
) -> Iterator[str]:
    """The operators that draw it with its upper left corner at a place of the page, in points."""
    left, top = corner

    def place(point: Point) -> str:
        x, y = (each * POINTS_PER_MM * scale for each in point)
        return f"{number(left + x)} {number(top - y)}"

    yield "q 1 J 1 j"
    for mark in plain_marks(drawing):
        match mark:
            case Outline():
                yield _outline(mark, place, scale)
            case Lines():
                yield _lines(mark, place, scale)
            case Label():
                yield _label(mark, case, (left, top), scale)
            case _:
                assert_never(mark)
    yield "Q"


def drawing_png(drawing: Drawing, fonts: FontChoice | None = None, dpi: int = _PRINT_DPI) -> bytes:
    """A drawing at its printed size as PNG; the same drawing and fonts give the same bytes."""
    case = GlyphCase(fonts or FontChoice.of_this_machine())
    writer = PdfWriter()
    height = drawing.height_mm * POINTS_PER_MM
    writer.start_page(drawing.width_mm * POINTS_PER_MM, height)
    for operators in drawing_operators(drawing, case, (0.0, height)):
        writer.operators(operators)
    writer.end_page()
    with Pages(writer.finish(case.used_fonts)) as pages:
        picture = pages.image(0, dpi).picture()
    target = BytesIO()
    picture.quantize(_COLOURS, _FAST).save(target, "PNG", dpi=(dpi, dpi))
    return target.getvalue()


def _colour(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(map(number, parts))


def _path(points: tuple[Point, ...], place: _Place) -> str:
    first, *rest = map(place, points)
    return " ".join((f"{first} m", *(f"{point} l" for point in rest)))


def _outline(mark: Outline, place: _Place, scale: float) -> str:
    path = f"{_path(mark.points, place)} h"
    if mark.colour:
        return f"{_colour(mark.colour)} rg {path} f"
    return f"{_colour(INK)} RG {number(mark.edge_pt * scale)} w {path} S"


def _lines(mark: Lines, place: _Place, scale: float) -> str:
    paths = " ".join(f"{_path(line, place)} S" for line in mark.lines)
    body = f"{_colour(mark.colour)} RG {number(mark.width_pt * scale)} w {paths}"
    return f"[{_DASHES}] 0 d {body} [] 0 d" if mark.dashed else body


def _label(label: Label, case: GlyphCase, corner: Point, scale: float) -> str:
    """The text in its place; where a face is wider than reckoned with, a little smaller."""
    face = Face.HEI if label.strong else Face.SONG
    line = break_lines(prepare(case, ((label.text, face),)), float("inf"))[0]
    reckoned = width_mm(label.text, label.size_pt) / MM_PER_POINT
    size = label.size_pt * min(1.0, reckoned / max(line.width * label.size_pt, 0.001)) * scale
    before = {Hold.START: 0.0, Hold.MIDDLE: 0.5, Hold.END: 1.0}[label.hold] * line.width * size
    x = corner[0] + label.x * POINTS_PER_MM * scale
    y = corner[1] - label.y * POINTS_PER_MM * scale
    ink = f"{_colour(INK)} rg"
    if label.turned:
        body = line_operators(line, 0.0, 0.0, size)
        return f"q {ink} 0 1 -1 0 {number(x)} {number(y - before)} cm {body} Q"
    return f"{ink} {line_operators(line, x - before, y, size)}"
