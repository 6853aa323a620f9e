"""Tables set to a measure: the grid with its spans, column widths, and each cell's lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.document import Align, Cell, RowRole, Table, TableRow
from exporters.look import Face, TableLook
from exporters.pdf.decimals import decimal_padding
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.lines import break_lines
from exporters.pdf.prepared import Line, SetText, prepare
from exporters.pdf.widths import Demand, column_widths
from forms.breathing import breathing


@dataclass(frozen=True, slots=True)
class Box:
    """A cell in its place: it starts in the row that holds it and covers `rows` × `columns`."""

    column: int
    columns: int
    rows: int
    lines: tuple[Line, ...]
    align: Align
    at_top: bool = False  # a piece of a split row; whole cells are centred upright
    address: str = ""
    pad: float = 0.0  # em left free at the right, so that decimal points meet


@dataclass(frozen=True, slots=True)
class SetRow:
    """The boxes that start in a row, from left to right."""

    boxes: tuple[Box, ...]
    role: RowRole = RowRole.NORMAL


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table whose lines are broken; lengths in points."""

    widths: tuple[float, ...]
    head: tuple[SetRow, ...]
    body: tuple[SetRow, ...]
    size: float
    line_pt: float
    padding: float
    look: TableLook

    def height_of(self, box: Box) -> float:
        """What a cell's lines need with the padding above and below."""
        return max(len(box.lines), 1) * self.line_pt + 2 * self.look.padding_pt


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell with its place in the grid, before its lines are known."""

    column: int
    columns: int
    rows: int
    texts: tuple[SetText, ...]
    align: Align
    address: str


def set_table(case: GlyphCase, table: Table, measure: float, look: TableLook) -> SetTable:
    """Break every cell of a table into lines, all columns together as wide as `measure` points."""
    return _Setter(case, table, look).set_to(measure)


class _Setter:
    """One table on its way into the grid; texts met twice are prepared once."""

    def __init__(self, case: GlyphCase, table: Table, look: TableLook) -> None:
        self._case = case
        self._look = look
        self._table = table
        self._texts: dict[tuple[str, Face], tuple[SetText, ...]] = {}
        head = _placed(table.head)
        body = _placed(table.body)
        self._count = max(
            len(table.columns),
            *(column + cell.colspan for row in (*head, *body) for column, cell in row),
            1,
        )
        self._head = [
            self._slots(row, cells, len(table.head) - at, is_head=True)
            for at, (row, cells) in enumerate(zip(table.head, head, strict=True))
        ]
        self._body = [
            self._slots(row, cells, len(table.body) - at, is_head=False)
            for at, (row, cells) in enumerate(zip(breathing(table.body), body, strict=True))
        ]
        self._pads = decimal_padding(
            (slot.column, slot.texts)
            for slots in breathing(self._body)
            for slot in slots
            if slot.align is Align.RIGHT and slot.columns == 1
        )

    def set_to(self, measure: float) -> SetTable:
        """The table at a measure in points."""
        demands = [
            Demand(slot.column, slot.columns, slot.texts, self._pad(slot))
            for row in breathing((*self._head, *self._body))
            for slot in row
        ]
        shares = [max(column.width, 1) for column in self._table.columns]
        shares += [max(round(sum(shares) / max(len(shares), 1)), 1)] * (self._count - len(shares))
        fit = column_widths(shares, demands, measure, self._look)
        edges = [0.0]
        for width in fit.widths:
            edges.append(edges[-1] + width)

        def boxes(slots: Sequence[_Slot]) -> tuple[Box, ...]:
            return tuple(self._box(slot, edges, fit.size, fit.padding) for slot in slots)

        return SetTable(
            widths=fit.widths,
            head=tuple(SetRow(boxes(slots)) for slots in self._head),
            body=tuple(
                SetRow(boxes(slots), row.role)
                for slots, row in zip(breathing(self._body), self._table.body, strict=True)
            ),
            size=fit.size,
            line_pt=fit.size * self._look.line_factor,
            padding=fit.padding,
            look=self._look,
        )

    def _slots(
        self, row: TableRow, cells: Sequence[tuple[int, Cell]], rows_left: int, *, is_head: bool
    ) -> list[_Slot]:
        face = self._look.head_face if is_head else self._look.row_faces[row.role]
        slots: list[_Slot] = []
        for column, cell in cells:
            columns = max(cell.colspan, 1)
            align = cell.align or self._align(row, column, is_head)
            if row.role is RowRole.GROUP and len(row.cells) == 1:
                columns = self._count - column
            rows = min(max(cell.rowspan, 1), rows_left)
            texts = self._prepared(cell.text, face)
            slots.append(_Slot(column, columns, rows, texts, align, cell.address))
        return slots

    def _align(self, row: TableRow, column: int, is_head: bool) -> Align:
        if is_head:
            return Align.CENTRE
        if row.role is RowRole.GROUP or column >= len(self._table.columns):
            return Align.LEFT
        return self._table.columns[column].align

    def _prepared(self, text: str, face: Face) -> tuple[SetText, ...]:
        known = self._texts.get((text, face))
        if known is None:
            known = self._texts[text, face] = prepare(self._case, ((text, face),))
        return known

    def _box(self, slot: _Slot, edges: Sequence[float], size: float, padding: float) -> Box:
        pad = self._pad(slot)
        width = edges[slot.column + slot.columns] - edges[slot.column] - 2 * padding - pad * size
        lines = break_lines(slot.texts, max(width, size) / size) if slot.texts[0].text else ()
        return Box(
            slot.column, slot.columns, slot.rows, lines, slot.align, False, slot.address, pad
        )

    def _pad(self, slot: _Slot) -> float:
        if slot.align is not Align.RIGHT or slot.columns > 1:
            return 0.0
        return self._pads.get((slot.column, slot.texts), 0.0)


def _placed(rows: Sequence[TableRow]) -> list[list[tuple[int, Cell]]]:
    """Each row's cells with their columns, stepping over what spans from above cover."""
    covered: dict[int, int] = {}  # column -> rows still covered from above
    placed: list[list[tuple[int, Cell]]] = []
    for row in breathing(rows):
        cells: list[tuple[int, Cell]] = []
        fresh: dict[int, int] = {}
        column = 0
        for cell in row.cells:
            while covered.get(column, 0) > 0:
                column += 1
            cells.append((column, cell))
            for taken in range(column, column + max(cell.colspan, 1)):
                fresh[taken] = max(cell.rowspan, 1)
            column += max(cell.colspan, 1)
        placed.append(cells)
        covered = {at: left - 1 for at, left in {**covered, **fresh}.items() if left > 1}
    return placed
