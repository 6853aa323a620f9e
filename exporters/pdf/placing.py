"""A piece of a table as strokes and lines in their places on the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import assert_never

from exporters.document import Align
from exporters.look import TableLook
from exporters.pdf.cutting import Area, Piece
from exporters.pdf.pages import Link, Placed, PlacedLine, PlacedValue, Rule, base_line
from exporters.pdf.tables import SetTable
from forms.breathing import breathing


def placed_piece(table: SetTable, piece: Piece, left: float, top: float) -> list[Placed]:
    """The text row by row, as it is read, then the rules; (left, top) is the upper left corner."""
    across = [left + offset for offset in accumulate(table.widths, initial=0.0)]
    down = [top - offset for offset in accumulate(piece.heights, initial=0.0)]
    placed: list[Placed] = []
    for area in breathing(sorted(piece.areas, key=lambda area: (area.top, area.box.column))):
        placed.extend(_lines(table, area, across, down))
    placed.extend(_rules(table.look, piece, across, down))
    return placed


def values_of(table: SetTable, piece: Piece, left: float, top: float) -> Iterator[PlacedValue]:
    """Where the piece prints values of the plan: the cells that have an address."""
    across = [left + offset for offset in accumulate(table.widths, initial=0.0)]
    down = [top - offset for offset in accumulate(piece.heights, initial=0.0)]
    for area in piece.areas:
        box = area.box
        if box.address:
            right = across[box.column + box.columns]
            yield PlacedValue(
                box.address, across[box.column], down[area.bottom], right, down[area.top]
            )


def line_places(
    placed: PlacedLine, top: float, bottom: float
) -> tuple[tuple[PlacedValue, ...], tuple[Link, ...]]:
    """Where a line prints values of the plan, and where it leads to other places."""
    line, values, links = placed.line, list[PlacedValue](), list[Link]()
    for span in line.text.spans:
        start, end = max(span.start, line.start), min(span.end, line.end)
        if start >= end:
            continue
        left = placed.x + line.offset(start) * placed.size
        right = placed.x + line.reach(end) * placed.size
        if span.address:
            values.append(PlacedValue(span.address, left, bottom, right, top))
        if span.target:
            links.append(Link(span.target, left, bottom, right, top))
    return tuple(values), tuple(links)


def _lines(
    table: SetTable, area: Area, across: list[float], down: list[float]
) -> Iterator[PlacedLine]:
    box = area.box
    left, right = across[box.column], across[box.column + box.columns]
    height = down[area.top] - down[area.bottom]
    free = height - len(box.lines) * table.line_pt
    top = down[area.top] - (table.look.padding_pt if box.at_top else max(free / 2, 0.0))
    for line in box.lines:
        width = line.width * table.size
        match box.align:
            case Align.LEFT:
                x = left + table.padding
            case Align.CENTRE:
                x = (left + right - width) / 2
            case Align.RIGHT:
                x = right - table.padding - width - box.pad * table.size
            case _:
                assert_never(box.align)
        yield PlacedLine(line, x, base_line(top, table.line_pt, table.size), table.size)
        top -= table.line_pt


def _rules(look: TableLook, piece: Piece, across: list[float], down: list[float]) -> Iterator[Rule]:
    """Thin strokes between cells that differ, joined into long ones, and the thicker frame."""
    rows, columns = len(down) - 1, len(across) - 1
    owners = [[-1] * columns for _ in range(rows)]
    for number, area in enumerate(piece.areas):
        for row in range(area.top, area.bottom):
            for column in range(area.box.column, area.box.column + area.box.columns):
                owners[row][column] = number
    thin = look.line_width_pt
    for row, (above, below) in enumerate(pairwise(owners), 1):
        marks = [a != b or a < 0 for a, b in zip(above, below, strict=True)]
        for first, end in _stretches(marks):
            yield Rule(across[first], down[row], across[end], down[row], thin)
    for column in range(1, columns):
        marks = [row[column - 1] != row[column] or row[column] < 0 for row in owners]
        for first, end in _stretches(marks):
            yield Rule(across[column], down[first], across[column], down[end], thin)
    frame = look.frame_width_pt
    for y in (down[0], down[-1]):
        yield Rule(across[0] - frame / 2, y, across[-1] + frame / 2, y, frame)
    for x in (across[0], across[-1]):
        yield Rule(x, down[0], x, down[-1], frame)


def _stretches(marks: list[bool]) -> Iterator[tuple[int, int]]:
    """Runs of True as (first, end) pairs."""
    first = None
    for at, mark in enumerate((*marks, False)):
        if mark and first is None:
            first = at
        elif not mark and first is not None:
            yield first, at
            first = None
