"""A pie with its names and figures beside it, each led to its slice; nothing depends on colour."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from exporters.charts import Chart
from exporters.drawing import Area, Drawing, Hold, Stroke
from exporters.figures.canvas import MARGIN_MM, WIDTH_MM, Canvas, empty
from exporters.figures.palette import GRID_PT, LABEL_PT, SOFT, fill_of
from exporters.figures.spreading import spread
from exporters.figures.words import block_mm, broken

_RADIUS_MM = 27.0
_LEAST_HEIGHT_MM = 66.0
_ARC_STEPS = 180  # of a whole circle
_NAME_GAP_MM = 15.0  # from the pie's edge to the names
_AIR_MM = 1.6
_NOTHING, _HUNDRED = Decimal(0), Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the whole: turns are counted clockwise from the top, from 0 to 1."""

    number: int
    start: float
    end: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Where it points to, in radians clockwise from the top."""
        return (self.start + self.end) * pi


def pie(chart: Chart) -> Drawing:
    """The first series as shares of its sum; figures not above zero have no slice."""
    slices = slices_of(chart)
    if not slices:
        return empty()
    canvas = Canvas()
    top = canvas.unit(chart.unit, MARGIN_MM)
    sides = [
        [each for each in slices if sin(each.middle) >= 0],
        [each for each in slices if sin(each.middle) < 0],
    ]
    needed = max(sum(map(_tall, side)) for side in sides)
    height = max(_LEAST_HEIGHT_MM, needed + 2 * MARGIN_MM)
    centre = (WIDTH_MM / 2, top + height / 2)
    for each in slices:
        canvas.marks.append(Area(_outline(each, centre), fill_of(each.number), GRID_PT))
    for side, forward in ((sides[0], True), (sides[1], False)):
        _name(canvas, side, centre, (top, top + height), forward=forward)
    return canvas.drawing(top + height + MARGIN_MM)


def slices_of(chart: Chart) -> list[Slice]:
    """The slices of the first series in order; none when there is nothing to share."""
    values = chart.series[0].values if chart.series else ()
    present = [(at, value) for at, value in enumerate(values) if value is not None and value > 0]
    whole = sum((value for _, value in present), _NOTHING)
    slices: list[Slice] = []
    gone = _NOTHING
    for at, value in present:
        share = (value / whole * _HUNDRED).quantize(_TENTH)
        said = f"{chart.series[0].text(at)}（{share}%）"
        lines = (*broken(chart.categories[at], _room(), LABEL_PT), *broken(said, _room(), LABEL_PT))
        ends = (float(gone / whole), float((gone + value) / whole))
        slices.append(Slice(at, *ends, lines))
        gone += value
    return slices


def _room() -> float:
    return WIDTH_MM / 2 - _RADIUS_MM - _NAME_GAP_MM - MARGIN_MM


def _tall(each: Slice) -> float:
    return block_mm(len(each.lines), LABEL_PT) + _AIR_MM


def _outline(each: Slice, centre: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    steps = max(1, round((each.end - each.start) * _ARC_STEPS))
    arc = [
        _on_circle(centre, _RADIUS_MM, 2 * pi * (each.start + (each.end - each.start) * at / steps))
        for at in range(steps + 1)
    ]
    is_whole = each.end - each.start >= 1
    return tuple(arc) if is_whole else (centre, *arc)


def _on_circle(centre: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    return (centre[0] + radius * sin(angle), centre[1] - radius * cos(angle))


def _name(
    canvas: Canvas,
    side: list[Slice],
    centre: tuple[float, float],
    limits: tuple[float, float],
    *,
    forward: bool,
) -> None:
    """Names of one side from top to bottom, as near to their slices as they have room."""
    ordered = sorted(side, key=lambda each: -cos(each.middle))
    wanted = [_on_circle(centre, _RADIUS_MM + 5, each.middle)[1] for each in ordered]
    places = spread(wanted, [_tall(each) for each in ordered], limits)
    turn = 1 if forward else -1
    x = centre[0] + turn * (_RADIUS_MM + _NAME_GAP_MM)
    hold = Hold.START if forward else Hold.END
    for each, y in zip(ordered, places, strict=True):
        edge = _on_circle(centre, _RADIUS_MM, each.middle)
        knee = (centre[0] + turn * (_RADIUS_MM + _NAME_GAP_MM - 4), y)
        canvas.marks.append(Stroke((edge, knee, (x - turn * 1.0, y)), GRID_PT, SOFT))
        canvas.lines(each.lines, (x, y), hold, LABEL_PT)
