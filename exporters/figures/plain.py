"""A drawing brought down to what every backend can draw: filled outlines, lines and text.

Hatches become lines cut to their outline, ribbons become outlines, arrow heads small triangles: no
backend needs clipping, patterns or transparency, and all of them draw the very same lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, hypot, radians, sin
from typing import TypeAlias, assert_never

from exporters.drawing import Area, Drawing, Fill, Hatch, Label, Point, Ribbon, Stroke
from exporters.figures.palette import INK, PAPER
from exporters.figures.words import MM_PER_POINT

_HATCH_PT = 0.45
_GAP_MM = 1.3
_DOT_MM = 0.42
_DOT_GAP_MM = 1.5
_RIBBON_STEPS = 24
_RIBBON_PT = 0.5  # of its edges, which part neighbours of one tint
_HEAD_MM, _HEAD_SPREAD = 2.0, 20.0
_ANGLES: dict[Hatch, tuple[float, ...]] = {
    Hatch.NONE: (),
    Hatch.UP: (-45.0,),
    Hatch.DOWN: (45.0,),
    Hatch.CROSS: (-45.0, 45.0),
    Hatch.HORIZONTAL: (0.0,),
    Hatch.VERTICAL: (90.0,),
    Hatch.DOTS: (),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed outline: filled unless `colour` is empty, edged in ink where the edge has width."""

    points: tuple[Point, ...]
    colour: str
    edge_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one width and colour, each through its points."""

    lines: tuple[tuple[Point, ...], ...]
    width_pt: float
    colour: str
    dashed: bool = False


Plain: TypeAlias = Outline | Lines | Label


def plain_marks(drawing: Drawing) -> Iterator[Plain]:
    """The marks of a drawing in painting order, in the simplest terms."""
    for mark in drawing.marks:
        match mark:
            case Stroke():
                yield from _stroke(mark)
            case Area():
                yield from _filled(mark.points, mark.fill, mark.edge_pt)
            case Ribbon():
                points = ribbon_outline(mark)
                yield from _filled(points, mark.fill, 0.0)
                half = len(points) // 2
                yield Lines((points[:half], points[half:]), _RIBBON_PT, PAPER)
            case Label():
                yield mark
            case _:
                assert_never(mark)


def ribbon_outline(ribbon: Ribbon) -> tuple[Point, ...]:
    """The outline of a ribbon: along its upper edge and back along the lower one."""
    (x0, y0), (x1, y1) = ribbon.start, ribbon.end
    upper: list[Point] = []
    lower: list[Point] = []
    for step in range(_RIBBON_STEPS + 1):
        at = step / _RIBBON_STEPS
        ease = at * at * (3 - 2 * at)
        x = x0 + (x1 - x0) * at
        upper.append((x, y0 + (y1 - y0) * ease))
        end = y1 + ribbon.end_height
        lower.append((x, y0 + ribbon.start_height + (end - y0 - ribbon.start_height) * ease))
    return (*upper, *reversed(lower))


def _filled(points: tuple[Point, ...], fill: Fill, edge_pt: float) -> Iterator[Plain]:
    yield Outline(points, fill.colour)
    if fill.hatch is Hatch.DOTS:
        for dot in _dots(points):
            yield Outline(dot, INK)
    lines = tuple(line for angle in _ANGLES[fill.hatch] for line in _hatch(points, angle))
    if lines:
        yield Lines(lines, _HATCH_PT, INK)
    if edge_pt:
        yield Outline(points, "", edge_pt)


def _stroke(stroke: Stroke) -> Iterator[Plain]:
    yield Lines((stroke.points,), stroke.width_pt, stroke.colour, stroke.dashed)
    if stroke.arrow and len(stroke.points) > 1:
        yield Outline(_head(stroke.points[-2], stroke.points[-1]), stroke.colour)


def _head(before: Point, tip: Point) -> tuple[Point, ...]:
    length = hypot(tip[0] - before[0], tip[1] - before[1]) or 1.0
    back = ((before[0] - tip[0]) / length, (before[1] - tip[1]) / length)
    sides: list[Point] = []
    for angle in (radians(_HEAD_SPREAD), -radians(_HEAD_SPREAD)):
        x = back[0] * cos(angle) - back[1] * sin(angle)
        y = back[0] * sin(angle) + back[1] * cos(angle)
        sides.append((tip[0] + x * _HEAD_MM, tip[1] + y * _HEAD_MM))
    return (tip, *sides)


def _hatch(points: tuple[Point, ...], angle: float) -> Iterator[tuple[Point, Point]]:
    """Parallel lines at an angle inside an outline; the lines of all outlines lie on one grid."""
    along = (cos(radians(angle)), sin(radians(angle)))
    across = (-along[1], along[0])
    turned = [(x * along[0] + y * along[1], x * across[0] + y * across[1]) for x, y in points]
    low, high = min(v for _, v in turned), max(v for _, v in turned)
    for number in range(ceil(low / _GAP_MM), floor(high / _GAP_MM) + 1):
        v = number * _GAP_MM
        cuts = sorted(_crossings(turned, v))
        for first, last in zip(cuts[::2], cuts[1::2], strict=False):
            if last - first > _HATCH_PT * MM_PER_POINT:
                yield (_back(first, v, along, across), _back(last, v, along, across))


def _crossings(turned: list[Point], v: float) -> Iterator[float]:
    """Where an outline crosses a level; a corner counts for the edge that begins above it."""
    for (u0, v0), (u1, v1) in pairwise((*turned, turned[0])):
        if (v0 <= v) != (v1 <= v):
            yield u0 + (u1 - u0) * (v - v0) / (v1 - v0)


def _back(u: float, v: float, along: Point, across: Point) -> Point:
    return (u * along[0] + v * across[0], u * along[1] + v * across[1])


def _dots(points: tuple[Point, ...]) -> Iterator[tuple[Point, ...]]:
    """Small squares on a staggered grid, those that lie wholly inside."""
    low, high = min(y for _, y in points), max(y for _, y in points)
    half = _DOT_MM / 2
    for row in range(ceil(low / _DOT_GAP_MM), floor(high / _DOT_GAP_MM) + 1):
        y = row * _DOT_GAP_MM
        if y - half < low or y + half > high:
            continue
        cuts = sorted(_crossings(list(points), y))
        shift = (row % 2) * _DOT_GAP_MM / 2
        for first, last in zip(cuts[::2], cuts[1::2], strict=False):
            begin = ceil((first + half - shift) / _DOT_GAP_MM)
            for number in range(begin, floor((last - half - shift) / _DOT_GAP_MM) + 1):
                x = number * _DOT_GAP_MM + shift
                yield (
                    (x - half, y - half),
                    (x + half, y - half),
                    (x + half, y + half),
                    (x - half, y + half),
                )
