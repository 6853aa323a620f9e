"""Lines over years or other steps: told apart by dashes, signs and names at their ends."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from exporters.charts import Chart, Series
from exporters.drawing import Area, Drawing, Fill, Hold, Label, Point, Stroke
from exporters.figures.axis import Scale, ticks_for, worded
from exporters.figures.canvas import MARGIN_MM, WIDTH_MM, Canvas, empty
from exporters.figures.palette import (
    AXIS_PT,
    GRID_PT,
    INK,
    LABEL_PT,
    PAPER,
    SMALL_PT,
    SOFT,
    fill_of,
)
from exporters.figures.spreading import spread
from exporters.figures.words import block_mm, broken, line_mm, width_mm

_PLOT_MM = 62.0
_NAME_MM = 34.0
_BELOW_MM = 1.9  # from the axis to the names below it, clear of the lowest tick
_LINE_PT = 1.3
_SIGN_MM = 1.15
_CORNERS = (24, 4, 3, 5)  # of the signs: disc, square, triangle, pentagon


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the lines stand."""

    left: float
    right: float
    scale: Scale
    steps: int

    def at(self, number: int) -> float:
        """The x of a category."""
        return self.left + (number + 0.5) * (self.right - self.left) / self.steps


def lines(chart: Chart) -> Drawing:
    """One line a series; a line is broken where it has no figure."""
    values = [v for series in chart.series for v in series.values if v is not None]
    if not chart.categories or not values:
        return empty()
    canvas = Canvas()
    top = canvas.unit(chart.unit, MARGIN_MM) + line_mm(SMALL_PT) + 1
    room = min(_NAME_MM, max(width_mm(series.name, LABEL_PT) for series in chart.series))
    tall = sum(_tall(series, room) for series in chart.series)
    height = max(_PLOT_MM, tall)
    ticks = ticks_for(values)
    left = MARGIN_MM + max(width_mm(worded(tick), SMALL_PT) for tick in ticks) + 1.2
    right = WIDTH_MM - MARGIN_MM - room - 3
    plot = _Plot(left, right, Scale(ticks, top + height, -height), len(chart.categories))
    _grid(canvas, plot)
    for at, series in enumerate(chart.series):
        _trace(canvas, plot, at, series)
    _end_names(canvas, plot, chart, room)
    bottom = _steps(canvas, plot, chart, top + height)
    for series in chart.series:
        _figures(canvas, plot, series)
    return canvas.drawing(bottom + MARGIN_MM)


def _tall(series: Series, room: float) -> float:
    return block_mm(len(broken(series.name, room, LABEL_PT)), LABEL_PT) + 1


def _grid(canvas: Canvas, plot: _Plot) -> None:
    for tick in plot.scale.ticks:
        y = plot.scale.at(tick)
        canvas.line((plot.left, y), (plot.right, y))
        canvas.lines((worded(tick),), (plot.left - 1.2, y), Hold.END, SMALL_PT)
    zero = plot.scale.at(Decimal(0))
    canvas.line((plot.left, zero), (plot.right, zero), width=AXIS_PT, colour=INK)


def _points(plot: _Plot, series: Series) -> list[Point | None]:
    return [
        None if value is None else (plot.at(number), plot.scale.at(value))
        for number, value in enumerate(series.values)
    ]


def _trace(canvas: Canvas, plot: _Plot, at: int, series: Series) -> None:
    points = _points(plot, series)
    run: list[Point] = []
    for point in (*points, None):
        if point is not None:
            run.append(point)
            continue
        if len(run) > 1:
            canvas.marks.append(Stroke(tuple(run), _LINE_PT, INK if at == 0 else SOFT, at % 2 == 1))
        run = []
    for point in points:
        if point is not None:
            canvas.marks.append(Area(_sign(point, at), Fill(_colour(at)), GRID_PT))


def _colour(at: int) -> str:
    """Full and hollow signs take turns."""
    return fill_of(at).colour if at % 2 == 0 else PAPER


def _sign(point: Point, at: int) -> tuple[Point, ...]:
    corners = _CORNERS[at % len(_CORNERS)]
    turn = pi / 4 if corners == 4 else 0.0
    return tuple(
        (
            point[0] + _SIGN_MM * sin(turn + 2 * pi * corner / corners),
            point[1] - _SIGN_MM * cos(turn + 2 * pi * corner / corners),
        )
        for corner in range(corners)
    )


def _end_names(canvas: Canvas, plot: _Plot, chart: Chart, room: float) -> None:
    """The name of each line beside its last point, moved apart where lines end close together."""
    ends: list[tuple[float, Series, Point]] = []
    for series in chart.series:
        known = [point for point in _points(plot, series) if point is not None]
        if known:
            ends.append((known[-1][1], series, known[-1]))
    ends.sort(key=lambda end: end[0])
    limits = (plot.scale.start + plot.scale.length, plot.scale.start)
    places = spread([y for y, _, _ in ends], [_tall(series, room) for _, series, _ in ends], limits)
    for (y, series, point), place in zip(ends, places, strict=True):
        x = plot.right + 2.4
        canvas.marks.append(
            Stroke(
                ((point[0] + 1.6, y), (plot.right + 0.4, place), (x - 0.4, place)), GRID_PT, SOFT
            )
        )
        canvas.lines(broken(series.name, room, LABEL_PT), (x, place), Hold.START)


def _steps(canvas: Canvas, plot: _Plot, chart: Chart, bottom: float) -> float:
    """The names of the categories below; where they crowd, only every second, third … stands."""
    slot = (plot.right - plot.left) / plot.steps
    widest = max(width_mm(name, LABEL_PT) for name in chart.categories)
    every = max(1, -int(-(min(widest, 30.0) + 1.5) // slot)) if widest + 1.5 > slot * 2 else 1
    tall = 0.0
    for number in range(0, plot.steps, every):
        x = plot.at(number)
        room = min(slot * every - 1.5, 2 * x, 2 * (WIDTH_MM - x))
        named = broken(chart.categories[number], room, LABEL_PT)
        height = block_mm(len(named), LABEL_PT)
        canvas.lines(named, (x, bottom + _BELOW_MM + height / 2), Hold.MIDDLE)
        tall = max(tall, height)
    return bottom + _BELOW_MM + tall


def _figures(canvas: Canvas, plot: _Plot, series: Series) -> None:
    """The figure of each point above it, else below it, else, where neither is free, not at all."""
    for number, point in enumerate(_points(plot, series)):
        if point is None:
            continue
        text = series.text(number)
        up, down = point[1] - 2.0, point[1] + line_mm(SMALL_PT) + 0.6
        for y in (up, down):
            label = Label(text, point[0], y, SMALL_PT, Hold.MIDDLE)
            if canvas.is_free(label) and y < plot.scale.start:
                canvas.label(text, (point[0], y), Hold.MIDDLE, SMALL_PT)
                break
