"""A time line: one bar a row on a scale of years, rows in groups, and what is due in which year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from exporters.drawing import Area, Drawing, Fill, Hold
from exporters.figures.canvas import MARGIN_MM, WIDTH_MM, Canvas, empty
from exporters.figures.palette import (
    AXIS_PT,
    EDGE,
    GRID_PT,
    INK,
    SMALL_PT,
    TINT,
    fill_of,
)
from exporters.figures.words import block_mm, broken, filled, line_mm, shortened, width_mm

_NAME_PT, _DATE_PT = 7.5, 7.0
_NAME_MM = 62.0
_ROW_AIR_MM = 1.3
_LEAST_ROW_MM = 4.3
_BAR_MM = 2.6
_HEAD_MM = 6.0
_TALLEST_MM = 190.0
_MONTHS = 12
_SIGN_MM = 1.2
_MOST_ROWS = 40  # beyond, each group is one row


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A row from one month to another, both counted as `month_number` does."""

    name: str
    start: int
    finish: int


@dataclass(frozen=True, slots=True)
class TimeGroup:
    """Rows that belong together; the name is "" where rows are not grouped."""

    name: str
    spans: tuple[TimeSpan, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Groups in order, what is due in which year, and what counts the rows: 个项目."""

    groups: tuple[TimeGroup, ...]
    milestones: tuple[tuple[int, str], ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class _Axis:
    """The scale of months, from January of the first year to December of the last."""

    first: int  # year
    last: int
    left: float
    right: float

    def at(self, month: int) -> float:
        """Where a month begins."""
        whole = (self.last - self.first + 1) * _MONTHS
        return self.left + (month - self.first * _MONTHS) / whole * (self.right - self.left)


def gantt(timeline: Timeline) -> Drawing:
    """The time line; of very many rows each group is drawn as one."""
    spans = [span for group in timeline.groups for span in group.spans]
    if not spans:
        return empty()
    if len(spans) > _MOST_ROWS and len(timeline.groups) > 1:
        timeline = _together(timeline)
        spans = [span for group in timeline.groups for span in group.spans]
    canvas = Canvas()
    years = [year for year, _ in timeline.milestones]
    axis = _Axis(
        min([span.start // _MONTHS for span in spans] + years),
        max([span.finish // _MONTHS for span in spans] + years),
        MARGIN_MM + _NAME_MM + 2.0,
        WIDTH_MM - MARGIN_MM,
    )
    top = MARGIN_MM + _HEAD_MM
    bottom = _rows(canvas, axis, timeline, top)
    if timeline.milestones:
        bottom = _milestones(canvas, axis, timeline, bottom)
    grid = Canvas()
    _years(grid, axis, MARGIN_MM, bottom)
    grid.marks.extend(canvas.marks)  # the bars stand on the grid
    if timeline.milestones:
        bottom = _key(grid, timeline, bottom + 1.5)
    return grid.drawing(bottom + MARGIN_MM)


def _together(timeline: Timeline) -> Timeline:
    rows = tuple(
        TimeSpan(
            f"{group.name or '其他'}（{len(group.spans)}{timeline.counted}）",
            min(span.start for span in group.spans),
            max(span.finish for span in group.spans),
        )
        for group in timeline.groups
        if group.spans
    )
    return Timeline((TimeGroup("", rows),), timeline.milestones, timeline.counted)


def _years(canvas: Canvas, axis: _Axis, top: float, bottom: float) -> None:
    wide = axis.at((axis.first + 1) * _MONTHS) - axis.at(axis.first * _MONTHS)
    every = max(1, -int(-(width_mm("2026年", SMALL_PT) + 1) // wide))
    for year in range(axis.first, axis.last + 2):
        x = axis.at(year * _MONTHS)
        canvas.line((x, top + (0 if year in (axis.first, axis.last + 1) else 1)), (x, bottom))
        if year <= axis.last - (every > 1) and (year - axis.first) % every == 0:
            half = width_mm(f"{year}年", SMALL_PT) / 2
            middle = min(axis.at(year * _MONTHS + _MONTHS // 2), axis.right - half)
            canvas.lines((f"{year}年",), (middle, top + _HEAD_MM / 2), Hold.MIDDLE, SMALL_PT)
        if year <= axis.last and wide > 8:
            half = axis.at(year * _MONTHS + 6)
            canvas.line((half, top + _HEAD_MM - 1.2), (half, top + _HEAD_MM), colour=EDGE)
    y = top + _HEAD_MM
    canvas.line((MARGIN_MM, y), (axis.right, y), width=AXIS_PT, colour=INK)
    canvas.line((MARGIN_MM, bottom), (axis.right, bottom), width=AXIS_PT, colour=INK)


def _rows(canvas: Canvas, axis: _Axis, timeline: Timeline, top: float) -> float:
    squeeze = _squeeze(timeline)
    y = top
    for group in timeline.groups:
        if group.name:
            head = _HEAD_MM * 0.82 * max(squeeze, 0.8)
            canvas.box(MARGIN_MM, y + 0.2, axis.right - MARGIN_MM, head - 0.4, Fill(TINT))
            count = f"（{len(group.spans)}{timeline.counted}）" if timeline.counted else ""
            text = shortened(f"{group.name}{count}", WIDTH_MM - 6, SMALL_PT)
            canvas.lines((text,), (MARGIN_MM + 1, y + head / 2), size=SMALL_PT, strong=True)
            y += head
        for span in group.spans:
            tall = _row_mm(span) * squeeze
            _row(canvas, axis, span, (y, tall))
            y += tall
    return y + 0.6


def _squeeze(timeline: Timeline) -> float:
    """How much rows are pressed together so that all fit on a page."""
    rows = sum(_row_mm(span) for group in timeline.groups for span in group.spans)
    heads = sum(_HEAD_MM for group in timeline.groups if group.name)
    return min(1.0, (_TALLEST_MM - heads - _HEAD_MM) / rows)


def _row_mm(span: TimeSpan) -> float:
    lines = broken(span.name, _NAME_MM, _NAME_PT)
    return max(_LEAST_ROW_MM, block_mm(len(lines), _NAME_PT) + _ROW_AIR_MM)


def _row(canvas: Canvas, axis: _Axis, span: TimeSpan, place: tuple[float, float]) -> None:
    y, tall = place
    middle = y + tall / 2
    size, most = _NAME_PT, 2
    while size > 4.5 and block_mm(most, size) > tall:
        most, size = (1, size) if most == 2 else (1, size - 0.5)
    canvas.lines(
        broken(span.name, _NAME_MM, size, most), (MARGIN_MM + _NAME_MM, middle), Hold.END, size
    )
    left, right = axis.at(span.start), axis.at(span.finish + 1)
    bar = min(_BAR_MM, tall * 0.7)
    canvas.box(left, middle - bar / 2, right - left, bar, fill_of(0))
    text = f"{_month(span.start)}—{_month(span.finish)}"
    small = min(_DATE_PT, size)
    wide = width_mm(text, small) + 1.2
    if right + wide <= axis.right:
        canvas.lines((text,), (right + 0.8, middle), Hold.START, small)
    elif left - wide >= axis.left:
        canvas.lines((text,), (left - 0.8, middle), Hold.END, small)
    elif wide + 1 <= right - left and tall >= line_mm(small):
        canvas.chip(text, ((left + right) / 2, middle), small)


def _month(month: int) -> str:
    return f"{month // _MONTHS}.{month % _MONTHS + 1}"


def _milestones(canvas: Canvas, axis: _Axis, timeline: Timeline, top: float) -> float:
    """A row of signs, numbered as in the key below."""
    canvas.line((MARGIN_MM, top), (axis.right, top), colour=EDGE)
    middle = top + _HEAD_MM / 2
    name = (MARGIN_MM + _NAME_MM, middle)
    wide = axis.at(_MONTHS) - axis.at(0)
    canvas.lines(("年度标志性成果",), name, Hold.END, _NAME_PT, strong=True)
    for year, numbers in _numbered(timeline):
        x = axis.at(year * _MONTHS + 6)
        said = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}—{numbers[-1]}"
        if width_mm(said, _DATE_PT) + 4 * _SIGN_MM > wide:
            said = ""  # the key below tells the year too
        half = width_mm(said, _DATE_PT) / 2
        corners = ((0, -1), (1, 0), (0, 1), (-1, 0))
        sign = tuple((x - half - 0.8 + dx * _SIGN_MM, middle + dy * _SIGN_MM) for dx, dy in corners)
        canvas.marks.append(Area(sign, fill_of(2), GRID_PT))
        canvas.lines((said,) if said else (), (x - half + 1.2, middle), Hold.START, _DATE_PT)
    return top + _HEAD_MM


def _numbered(timeline: Timeline) -> Iterator[tuple[int, list[int]]]:
    ordered = enumerate(timeline.milestones, 1)
    for year, members in groupby(ordered, key=lambda each: each[1][0]):
        yield year, [number for number, _ in members]


def _key(canvas: Canvas, timeline: Timeline, top: float) -> float:
    """What each numbered sign means."""
    for number, (year, text) in enumerate(timeline.milestones, 1):
        mark = f"{number}　"
        left = MARGIN_MM + width_mm("88　", _NAME_PT)
        said = filled(f"{year}年：{text}", WIDTH_MM - MARGIN_MM - left, _NAME_PT, 3)
        tall = block_mm(len(said), _NAME_PT)
        first = top + line_mm(_NAME_PT) / 2
        canvas.lines((mark.strip("　"),), (left - 1.2, first), Hold.END, _NAME_PT)
        canvas.lines(said, (left, first + tall / 2 - block_mm(1, _NAME_PT) / 2), size=_NAME_PT)
        top += tall + 0.7
    return top


def month_number(year: int, month: int) -> int:
    """A month of a year as time spans count it."""
    return year * _MONTHS + month - 1
