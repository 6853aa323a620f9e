"""Cutting a table into the pieces that stand on pages.

The head is repeated on each piece. A row stays whole unless it is tall; a cell spanning rows is cut
where the page ends and its text repeated below, so no piece is without its label.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from exporters.document import RowRole
from exporters.pdf.pages import POINTS_PER_MM
from exporters.pdf.tables import Box, SetRow, SetTable
from forms.breathing import breathing

_TALL = 0.5  # of a page: rows above this may be split
_LONGEST_LABEL = 0.4  # of a page: longer spanning cells flow with their first row instead
_LEAST_LINES = 4  # of a split row at the bottom of a page
_EPSILON = 0.01


@dataclass(frozen=True, slots=True)
class Area:
    """A box on a piece: from row `top` to before row `bottom` of that piece."""

    box: Box
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a table on one page, with the heights of its rows in points."""

    areas: tuple[Area, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """The height of all rows."""
        return sum(self.heights)


@dataclass(slots=True)
class _Span:
    """A spanning box on its way down a page."""

    box: Box
    rows_left: int
    top: int = 0  # row of this piece where it starts
    above: float = 0.0  # height of the piece above it


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a page may end: before row `after`, with spans that go on below."""

    after: int
    extra: float  # what the last row grows so that cut labels have room
    spans: list[_Span]


class Cutter:
    """Hands out a table piece by piece; `page_room` is the height of an empty text area."""

    def __init__(self, table: SetTable, page_room: float) -> None:
        self._table = table
        self._page_room = page_room
        head, rows = list(table.head), list(table.body)
        self._head = self._measure(head)
        if sum(self._head.heights) > page_room * _TALL:
            rows, self._head = head + rows, Piece((), ())
        self._rows = _flowing_labels(rows, table, page_room)
        self._next = 0
        self._carried: list[_Span] = []

    @property
    def is_done(self) -> bool:
        """Whether every row has been handed out."""
        return self._next >= len(self._rows)

    def lead(self, tail: float = 0.0) -> float:
        """What the first piece needs at least: a low table all of it, others head and first row.

        The name of a group stays with the row after it, a low table with its notes, `tail` high.
        """
        whole = self._whole + tail
        if self._next == 0 and whole <= self._table.look.whole_up_to_mm * POINTS_PER_MM:
            return whole
        needed, at = self._head.height, self._next
        while at < len(self._rows):
            needed += min(self._natural(self._rows[at]), self._page_room * _TALL)
            if self._rows[at].role is not RowRole.GROUP:
                break
            at += 1
        return min(needed, self._page_room)

    @property
    def _whole(self) -> float:
        """All rows with their heads, roughly: cells that span rows may ask for a little more."""
        return self._head.height + sum(map(self._natural, self._rows))

    def take(self, room: float, tail: float = 0.0, *, must: bool = False) -> Piece | None:
        """The next piece no higher than `room`, or None when a new page is needed first.

        `tail` is the height of the notes: the last row stays with them if it can. `must` is for a
        page that has nothing on it and yet less room than an empty one.
        """
        space = room - self._head.height
        spans = [replace(span, top=0, above=0.0) for span in self._carried]
        is_fresh = must or room >= self._page_room - _EPSILON
        best: _Cut | None = None
        heights: list[float] = []
        areas: list[Area] = []
        total = 0.0
        at = self._next
        while at < len(self._rows):
            height = self._row_height(at, spans, total)
            if total + height > space + _EPSILON:
                is_first = is_fresh and at == self._next
                if not self._split(
                    at, space - total, [*spans, *(best.spans if best else ())], is_first
                ):
                    break
                height = self._row_height(at, spans, total)
            for box in self._rows[at].boxes:
                if box.rows > 1:
                    spans.append(_Span(box, box.rows, len(heights), total))
                else:
                    areas.append(Area(box, len(heights), len(heights) + 1))
            total += height
            heights.append(height)
            at += 1
            spans = self._closed(spans, areas, len(heights))
            extra = self._lacking(spans, total)
            below = tail if at == len(self._rows) else 0.0
            fits = total + extra + below <= space + _EPSILON
            if fits and (self._may_end(at) or (is_fresh and best is None)):
                best = _Cut(at, extra, [replace(span) for span in spans])
        if best is None and is_fresh and tail:
            return self.take(room, must=must)
        return self._finish(best, heights, areas)

    def _may_end(self, at: int) -> bool:
        return at >= len(self._rows) or self._rows[at - 1].role is not RowRole.GROUP

    def _natural(self, row: SetRow) -> float:
        least = self._table.line_pt + 2 * self._table.look.padding_pt
        return max(
            (self._table.height_of(box) for box in row.boxes if box.rows == 1), default=least
        )

    def _row_height(self, at: int, spans: list[_Span], total: float) -> float:
        """A row's height, with what cells that end in it still need."""
        height = self._natural(self._rows[at])
        for span in spans:
            if span.rows_left == 1:
                height = max(height, self._table.height_of(span.box) - (total - span.above))
        return height

    def _closed(self, spans: list[_Span], areas: list[Area], rows: int) -> list[_Span]:
        """Count the row just added; spans that end become areas."""
        still: list[_Span] = []
        for span in spans:
            span.rows_left -= 1
            if span.rows_left:
                still.append(span)
            else:
                areas.append(Area(span.box, span.top, rows))
        return still

    def _lacking(self, spans: list[_Span], total: float) -> float:
        """The height open spans still need if the page ended here."""
        need = (self._table.height_of(span.box) - (total - span.above) for span in spans)
        return max((*need, 0.0))

    def _finish(
        self,
        best: _Cut | None,
        heights: list[float],
        areas: list[Area],
    ) -> Piece | None:
        if best is None:
            return None
        rows = best.after - self._next
        kept = heights[:rows]
        kept[-1] += best.extra
        open_areas = [Area(span.box, span.top, rows) for span in best.spans]
        whole = [area for area in areas if area.bottom <= rows]
        self._next, self._carried = best.after, best.spans
        shift = len(self._head.heights)
        moved = (
            Area(area.box, area.top + shift, area.bottom + shift) for area in (*whole, *open_areas)
        )
        return Piece((*self._head.areas, *moved), (*self._head.heights, *kept))

    def _split(self, at: int, space: float, spans: list[_Span], must: bool) -> bool:
        """Cut a tall row in two so that its upper part fits; False when it must move as a whole."""
        row = self._rows[at]
        lines = int((space - 2 * self._table.look.padding_pt + _EPSILON) / self._table.line_pt)
        if must:
            lines = max(lines, 1)
        elif self._natural(row) < self._page_room * _TALL or lines < _LEAST_LINES:
            return False
        if max((len(box.lines) for box in row.boxes if box.rows == 1), default=0) <= lines:
            return False
        upper = tuple(_part(box, 0, lines) for box in row.boxes)
        lower = tuple(_part(box, lines, None) for box in row.boxes if box.rows == 1)
        self._rows[at : at + 1] = [SetRow(upper, row.role), SetRow(lower, row.role)]
        for span in spans:
            span.rows_left += 1
        return True

    def _measure(self, rows: list[SetRow]) -> Piece:
        """A run of rows that is never cut, as a piece."""
        areas: list[Area] = []
        heights: list[float] = []
        for at, row in enumerate(rows):
            heights.append(self._natural(row))
            areas += [Area(box, at, at + box.rows) for box in row.boxes]
        for area in sorted(areas, key=lambda area: area.bottom):
            lacking = self._table.height_of(area.box) - sum(heights[area.top : area.bottom])
            if lacking > 0:
                heights[area.bottom - 1] += lacking
        return Piece(tuple(areas), tuple(heights))


def _part(box: Box, start: int, end: int | None) -> Box:
    """A box's lines from `start`; a spanning box stays whole and covers one row more."""
    if box.rows > 1:
        return replace(box, rows=box.rows + 1)
    return replace(box, lines=box.lines[start:end], at_top=True)


def _flowing_labels(rows: list[SetRow], table: SetTable, page_room: float) -> list[SetRow]:
    """Rows in which no spanning cell is so long that repeating it would fill the page."""
    limit = page_room * _LONGEST_LABEL
    flowing = [list(row.boxes) for row in rows]
    for at, row in enumerate(breathing(rows)):
        for box in row.boxes:
            if box.rows > 1 and table.height_of(box) > limit:
                flowing[at][flowing[at].index(box)] = replace(box, rows=1, at_top=True)
                for below in range(at + 1, at + box.rows):
                    flowing[below].append(replace(box, rows=1, lines=()))
    return [
        SetRow(tuple(sorted(boxes, key=lambda box: box.column)), row.role)
        for boxes, row in zip(flowing, rows, strict=True)
    ]
