"""Bars: upright where few short names stand below them, else lying with their names on the left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from exporters.charts import Chart, ChartKind
from exporters.drawing import Drawing, Hold
from exporters.figures.axis import Scale, rounded, ticks_for, worded
from exporters.figures.canvas import MARGIN_MM, WIDTH_MM, Canvas, empty
from exporters.figures.palette import AXIS_PT, EDGE, INK, LABEL_PT, SMALL_PT, fill_of
from exporters.figures.words import block_mm, broken, line_mm, shortened, width_mm

_PLOT_MM = 62.0  # height of upright bars
_MOST_UPRIGHT = 10
_USED = 0.72  # of the room of a category; the rest parts it from the next
_WIDEST_BAR_MM = 16.0
_NAME_MM = 54.0
_VALUE_MM = 42.0
_TALLEST_MM = 188.0  # of all lying bars together: a page, its caption and a note
_BAR_MM, _GROUPED_MM, _GAP_MM = 5.2, 4.2, 2.6
_LEAST_PT = 5.5
_TICK_GAP_MM = 1.2
_NOTHING = Decimal(0)


def bars(chart: Chart) -> Drawing:
    """Bars of each category side by side or, of a stacked chart, end to end."""
    if not chart.categories or not chart.series:
        return empty()
    return _upright(chart) if is_upright(chart) else _lying(chart)


def is_upright(chart: Chart) -> bool:
    """Whether the names and figures of a chart have room below and above standing bars."""
    count = len(chart.categories)
    if count > _MOST_UPRIGHT:
        return False
    slot = (WIDTH_MM - MARGIN_MM - _axis_width(chart)) / count
    names = [broken(name, slot - 1.5, LABEL_PT, 9) for name in chart.categories]
    if any(len(lines) > 2 for lines in names):
        return False
    each = slot if chart.kind is ChartKind.STACKED else slot * _USED / len(chart.series)
    texts = _totals(chart) if chart.kind is ChartKind.STACKED else list(_texts(chart))
    return all(width_mm(text, SMALL_PT) + 0.8 <= each for text in texts)


def _texts(chart: Chart) -> Iterator[str]:
    for series in chart.series:
        for number in range(len(chart.categories)):
            yield series.text(number)


def _totals(chart: Chart) -> list[str]:
    return [_total(chart, number) for number in range(_count(chart))]


def _total(chart: Chart, number: int) -> str:
    """The sum of a category, with no more digits than its parts are printed with."""
    texts = [series.text(number) for series in chart.series]
    decimals = max(len(text.partition(".")[2]) for text in texts)
    return rounded(sum(_present(chart, number), _NOTHING), decimals)


def _count(chart: Chart) -> int:
    return len(chart.categories)


def _present(chart: Chart, number: int) -> list[Decimal]:
    values = (series.values[number] for series in chart.series)
    return [value for value in values if value is not None]


def _reach(chart: Chart) -> list[Decimal]:
    """The figures the axis must reach: each one, or the ends of stacked bars."""
    if chart.kind is not ChartKind.STACKED:
        return [v for number in range(_count(chart)) for v in _present(chart, number)]
    ends: list[Decimal] = []
    for number in range(_count(chart)):
        present = _present(chart, number)
        ends.append(sum((v for v in present if v > 0), _NOTHING))
        ends.append(sum((v for v in present if v < 0), _NOTHING))
    return ends


def _axis_width(chart: Chart) -> float:
    ticks = ticks_for(_reach(chart))
    return MARGIN_MM + max(width_mm(worded(tick), SMALL_PT) for tick in ticks) + _TICK_GAP_MM


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: from where to where its figure goes, which series it shows, what is written."""

    series: int
    start: Decimal
    end: Decimal
    text: str
    slot: int  # its place among the bars of the category


def bars_of(chart: Chart, number: int) -> Iterator[Bar]:
    """The bars of one category in the order of the series."""
    up = down = _NOTHING
    for place, series in enumerate(chart.series):
        value = series.values[number]
        if value is None:
            continue
        if chart.kind is not ChartKind.STACKED:
            yield Bar(place, _NOTHING, value, series.text(number), place)
        elif value >= 0:
            yield Bar(place, up, up + value, series.text(number), 0)
            up += value
        else:
            yield Bar(place, down, down + value, series.text(number), 0)
            down += value


def _side_by_side(chart: Chart) -> int:
    return 1 if chart.kind is ChartKind.STACKED else len(chart.series)


def _head(canvas: Canvas, chart: Chart) -> float:
    """Unit and legend; the height they end at."""
    top = canvas.unit(chart.unit, MARGIN_MM)
    if len(chart.series) > 1:
        names = [(series.name, fill_of(at)) for at, series in enumerate(chart.series)]
        top = canvas.legend(names, top)
    return top + line_mm(SMALL_PT) + 1.0


def _upright(chart: Chart) -> Drawing:
    canvas = Canvas()
    top = _head(canvas, chart)
    left, right = _axis_width(chart), WIDTH_MM - MARGIN_MM
    bottom = top + _PLOT_MM
    scale = Scale(ticks_for(_reach(chart)), bottom, -_PLOT_MM)
    for tick in scale.ticks:
        y = scale.at(tick)
        canvas.line((left, y), (right, y))
        canvas.lines((worded(tick),), (left - _TICK_GAP_MM, y), Hold.END, SMALL_PT)
    slot = (right - left) / _count(chart)
    used = min(slot * _USED, _WIDEST_BAR_MM * _side_by_side(chart))
    for number in range(_count(chart)):
        _stand(canvas, chart, number, scale, (left + slot * (number + 0.5), used))
    zero = scale.at(_NOTHING)
    canvas.line((left, zero), (right, zero), width=AXIS_PT, colour=INK)
    lowest = bottom + (line_mm(SMALL_PT) if min(_reach(chart), default=_NOTHING) < 0 else 0.0)
    tall = 0.0
    for number, name in enumerate(chart.categories):
        lines = broken(name, slot - 1.5, LABEL_PT)
        height = block_mm(len(lines), LABEL_PT)
        at = (left + slot * (number + 0.5), lowest + 1.4 + height / 2)
        canvas.lines(lines, at, Hold.MIDDLE)
        tall = max(tall, height)
    return canvas.drawing(lowest + 1.4 + tall + MARGIN_MM)


def _stand(
    canvas: Canvas, chart: Chart, number: int, scale: Scale, place: tuple[float, float]
) -> None:
    middle, used = place
    wide = used / _side_by_side(chart)
    stacked = chart.kind is ChartKind.STACKED
    for bar in bars_of(chart, number):
        x = middle - used / 2 + bar.slot * wide
        ends = sorted((scale.at(bar.start), scale.at(bar.end)))
        canvas.box(x, ends[0], wide, ends[1] - ends[0], fill_of(bar.series))
        if not stacked:
            above = bar.end >= 0
            y = ends[0] - line_mm(SMALL_PT) / 2 if above else ends[1] + line_mm(SMALL_PT) / 2
            canvas.patched(bar.text, (x + wide / 2, y), Hold.MIDDLE, SMALL_PT)
        elif _has_room(bar.text, wide, ends[1] - ends[0]):
            canvas.chip(bar.text, (x + wide / 2, (ends[0] + ends[1]) / 2))
    if stacked and len(chart.series) > 1 and _present(chart, number):
        high = sum((v for v in _present(chart, number) if v > 0), _NOTHING)
        y = scale.at(high) - line_mm(SMALL_PT) / 2
        canvas.patched(_total(chart, number), (middle, y), Hold.MIDDLE, SMALL_PT, strong=True)


def _has_room(text: str, wide: float, tall: float) -> bool:
    return width_mm(text, SMALL_PT) + 1.6 <= wide and line_mm(SMALL_PT) + 0.6 <= tall


@dataclass(frozen=True, slots=True)
class _Rows:
    """The measures of lying bars."""

    name: float  # width of the names
    before: float  # room for figures left of the axis' beginning
    after: float  # room for figures right of its end
    pitch: float
    thick: float
    size_pt: float
    name_lines: int
    value_pt: float  # 0 where figures have no room beside their bars


def _rows(chart: Chart) -> _Rows:
    beside = _side_by_side(chart)
    widest = max(width_mm(name, LABEL_PT) for name in chart.categories)
    name = min(_NAME_MM, widest)
    wrapped = max(len(broken(each, name, LABEL_PT)) for each in chart.categories)
    thick = _BAR_MM if beside == 1 else _GROUPED_MM
    pitch = max(thick * beside + _GAP_MM, block_mm(wrapped, LABEL_PT) + 1.2)
    size = LABEL_PT
    if pitch * _count(chart) > _TALLEST_MM:
        pitch = _TALLEST_MM / _count(chart)
        thick = pitch * 0.76 / beside
        wrapped = 2 if block_mm(2, LABEL_PT) + 0.4 <= pitch else 1
        while size > _LEAST_PT and block_mm(wrapped, size) + 0.3 > pitch:
            size -= 0.5
    room = pitch if beside == 1 else thick
    small = min(SMALL_PT, size, room / block_mm(1, 1.0))
    shows = small >= _LEAST_PT
    texts = _totals(chart) if chart.kind is ChartKind.STACKED else list(_texts(chart))
    beyond = min(_VALUE_MM, max(width_mm(text, small) for text in texts)) + 1.6 if shows else 2.0
    before = beyond if any(value < 0 for value in _reach(chart)) else 0.0
    value_pt = small if shows else 0.0
    return _Rows(name, before, beyond, pitch, thick, size, wrapped, value_pt)


def _fitting_ticks(chart: Chart, length: float) -> tuple[Decimal, ...]:
    """As many ticks as have room for their figures below the axis."""
    most = 6
    ticks = ticks_for(_reach(chart), most)
    while most > 1 and _crowded(ticks, length):
        most -= 1
        ticks = ticks_for(_reach(chart), most)
    return ticks if not _crowded(ticks, length) else (ticks[0], ticks[-1])


def _crowded(ticks: tuple[Decimal, ...], length: float) -> bool:
    widest = max(width_mm(worded(tick), SMALL_PT) for tick in ticks)
    return widest + 2.0 > length / (len(ticks) - 1)


def _lying(chart: Chart) -> Drawing:
    canvas = Canvas()
    top = _head(canvas, chart) - line_mm(SMALL_PT) + 0.6
    rows = _rows(chart)
    left = MARGIN_MM + rows.name + 2.0 + rows.before
    length = WIDTH_MM - MARGIN_MM - rows.after - left
    scale = Scale(_fitting_ticks(chart, length), left, length)
    bottom = top + rows.pitch * _count(chart) + 0.8
    for tick in scale.ticks:
        canvas.line((scale.at(tick), top), (scale.at(tick), bottom))
    for number, name in enumerate(chart.categories):
        middle = top + rows.pitch * (number + 0.5)
        lines = broken(name, rows.name, rows.size_pt, rows.name_lines)
        canvas.lines(lines, (MARGIN_MM + rows.name, middle), Hold.END, rows.size_pt)
        _lie(canvas, chart, number, scale, (middle, rows))
    zero = scale.at(_NOTHING)
    canvas.line((zero, top), (zero, bottom), width=AXIS_PT, colour=INK)
    canvas.line((left, bottom), (left + length, bottom), width=AXIS_PT, colour=EDGE)
    foot = bottom + line_mm(SMALL_PT) / 2 + 0.8
    last = float("-inf")
    for tick in scale.ticks:
        text, x = worded(tick), scale.at(tick)
        half = width_mm(text, SMALL_PT) / 2
        if x - half < last or x + half > WIDTH_MM:
            continue
        canvas.lines((text,), (x, foot), Hold.MIDDLE, SMALL_PT)
        last = x + half + 0.5
    return canvas.drawing(foot + line_mm(SMALL_PT) / 2 + MARGIN_MM)


def _lie(
    canvas: Canvas, chart: Chart, number: int, scale: Scale, place: tuple[float, _Rows]
) -> None:
    middle, rows = place
    thick = rows.thick
    first = middle - thick * _side_by_side(chart) / 2
    size = rows.value_pt
    stacked = chart.kind is ChartKind.STACKED
    for bar in bars_of(chart, number):
        y = first + bar.slot * thick
        ends = sorted((scale.at(bar.start), scale.at(bar.end)))
        canvas.box(ends[0], y, ends[1] - ends[0], thick, fill_of(bar.series))
        if stacked:
            if _has_room(bar.text, ends[1] - ends[0], thick):
                canvas.chip(bar.text, ((ends[0] + ends[1]) / 2, y + thick / 2))
        elif size:
            text = shortened(bar.text, _VALUE_MM, size)
            forward = bar.end >= 0
            x = ends[1] + 1.0 if forward else ends[0] - 1.0
            hold = Hold.START if forward else Hold.END
            canvas.patched(text, (x, y + thick / 2), hold, size)
    present = _present(chart, number)
    if stacked and size and present:
        high = scale.at(sum((v for v in present if v > 0), _NOTHING))
        total = _total(chart, number)
        canvas.patched(total, (high + 1.0, middle), Hold.START, size, strong=True)
