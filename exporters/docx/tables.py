"""Tables as WordprocessingML: fixed grid, repeated head rows, spans, rows that stay whole."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from exporters.document import Align, RowRole, SealBox, Table, TableRow
from exporters.docx import names
from exporters.docx.grid import Grid, Place, Places
from exporters.docx.markup import attribute, run
from exporters.docx.measures import Sheet, twips, twips_of_mm
from forms.breathing import breathing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.docx.anchors import Anchors


def table_xml(table: Table, grid: Grid, sheet: Sheet, anchors: Anchors) -> Iterator[str]:
    """The table across a sheet's measure, row by row; it has a row or more.

    Caption, unit and notes stand outside.
    """
    measure = sheet.text_width
    writer = _RowWriter(table, grid, twips_of_mm(sheet.text_height_mm), anchors)
    yield f"<w:tbl>{_properties(table, grid, measure)}{_columns(grid.edges)}"
    yield from writer.head()
    yield from writer.body()
    yield "</w:tbl>"


def _properties(table: Table, grid: Grid, measure: int) -> str:
    title = f"{table.caption.label} {table.caption.text}" if table.caption else ""
    caption = f'<w:tblCaption w:val="{attribute(title)}"/>' if title else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="{names.TABLE.id}"/><w:tblW w:w="{measure}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_padding(grid)}'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>{caption}</w:tblPr>'
    )


def _padding(grid: Grid) -> str:
    """What stands between text and rules, where a crowded table has less than its style says."""
    if grid.padding == twips(grid.look.padding_pt):
        return ""
    return (
        f'<w:tblCellMar><w:left w:w="{grid.padding}" w:type="dxa"/>'
        f'<w:right w:w="{grid.padding}" w:type="dxa"/></w:tblCellMar>'
    )


def _columns(edges: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{end - start}"/>' for start, end in pairwise(edges))
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def seal_xml(seal: SealBox, measure: int) -> str:
    """The place for a seal: a table of one cell at the right edge, as high as asked for."""
    width, height = twips_of_mm(seal.width_mm), twips_of_mm(seal.height_mm)
    width = min(width, measure)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{names.SEAL_BOX.id}"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="right"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0000"/><w:tblCaption w:val="{attribute(seal.text)}"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/>'
        f'<w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{names.SEAL.id}"/></w:pPr>{run(seal.text)}</w:p>'
        "</w:tc></w:tr></w:tbl>"
    )


class _RowWriter:
    """The rows of one table."""

    def __init__(self, table: Table, grid: Grid, page_height: int, anchors: Anchors) -> None:
        self._table = table
        self._grid = grid
        self._page_height = page_height
        self._anchors = anchors
        self._style_ids = {
            (role, align, kept): names.cell(role, align, wide=grid.is_wide, kept=kept).id
            for role in (None, *RowRole)
            for align in Align
            for kept in (False, True)
        }

    def head(self) -> Iterator[str]:
        """The rows repeated on every page."""
        for row, places in zip(self._table.head, self._grid.head, strict=True):
            yield self._row(row, None, places, keep=True)

    def body(self) -> Iterator[str]:
        """All other rows; a total or the notes never stand alone on a page."""
        rows = self._table.body
        for row, places, keep in zip(
            breathing(rows), self._grid.body, self._grid.keeps, strict=True
        ):
            yield self._row(row, row.role, places, keep=keep)

    def _row(self, row: TableRow, role: RowRole | None, places: Places, *, keep: bool) -> str:
        """A row; no role means the head, `keep` holds it on the page of what follows."""
        whole = self._grid.stays_whole(self._grid.row_lines(places), self._page_height)
        properties = ("<w:cantSplit/>" if whole else "") + ("" if role else "<w:tblHeader/>")
        key = row.key
        cells: list[str] = []
        for place in places:
            content = self._content(place)
            if key and place.cell is not None:
                content, key = self._anchors.row(key, content), ""
            cells.append(self._cell(place, self._style(place, role, keep=keep), content))
        marks = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        return f"<w:tr>{marks}{''.join(cells)}</w:tr>"

    def _content(self, place: Place) -> str:
        if place.cell is None:
            return ""
        return self._anchors.value(place.cell.address, run(place.cell.text))

    def _style(self, place: Place, role: RowRole | None, *, keep: bool) -> str:
        asked = place.cell.align if place.cell else None
        align = asked or self._usual_align(place.column, role)
        return self._style_ids[role, align, keep or role is RowRole.GROUP]

    def _usual_align(self, column: int, role: RowRole | None) -> Align:
        if role is None:
            return Align.CENTRE
        if role is RowRole.GROUP or column >= len(self._table.columns):
            return Align.LEFT
        return self._table.columns[column].align

    def _cell(self, place: Place, style: str, content: str) -> str:
        span = f'<w:gridSpan w:val="{place.columns}"/>' if place.columns > 1 else ""
        if place.cell is None:
            span += "<w:vMerge/>"
        elif place.cell.rowspan > 1:
            span += '<w:vMerge w:val="restart"/>'
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{self._grid.width(place)}" w:type="dxa"/>{span}'
            f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>'
            f"</w:pPr>{content}</w:p></w:tc>"
        )
