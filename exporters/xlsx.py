"""Excel annexes: every table of the document on its own sheet, with real numbers and print set-up.

Figures carry exactly the digits that stand on paper; text is written as text, whatever it says.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exporters.document import (
    Align,
    Cell,
    Document,
    Heading,
    Orientation,
    Paragraph,
    Part,
    RowRole,
    Table,
    TableRow,
    TextRole,
)
from forms.breathing import breathing

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")
# What no file can hold and what would turn a text around: the same as in Word.
_ILLEGAL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A
_NAME_REFUSED = re.compile(r"[\\/*?:\[\]']")
_FOOTER = "第 &P 页，共 &N 页"
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_MOST_DIGITS = 15
_DIGITS = 1.6  # widths of digits in a character of a column's width
_NARROWEST, _WIDEST = 6.0, 60.0
_LEGIBLE = 165  # digits across a landscape A4 sheet at some 80 % of the size
_LAST_NARROW = 0x2E80
_NOTE_PT = 13.0
_NAMED_FROM = 8  # columns, from which on number and name stay in sight
_FIXED_DATE = (2020, 1, 1, 0, 0, 0)
_CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LINE = Side(style="thin", color="000000")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SETTING = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table with the title its sheet carries."""

    title: str
    table: Table
    landscape: bool


def workbook(document: Document) -> bytes:
    """The tables of a document as an Excel file; the same document gives the same bytes."""
    book = Workbook()
    index = book.active
    assert isinstance(index, Worksheet)  # a new workbook has one sheet
    index.title = "目录"
    sheets = list(_sheets(document))
    names = list(_names([sheet.title for sheet in sheets]))
    _write_index(index, document.title, [sheet.title for sheet in sheets], names)
    for sheet, name in zip(sheets, names, strict=True):
        _write(book.create_sheet(name), sheet)
    book.properties.title = _plain(document.title)
    book.properties.creator = _plain(document.author)
    out = io.BytesIO()
    book.save(out)
    _let_go(book)
    return _with_fixed_dates(out.getvalue())


def _let_go(book: Workbook) -> None:
    """Cells and their sheet hold each other: of 2,000 projects 160 MB waited for a search."""
    for sheet in book.worksheets:
        sheet.delete_rows(1, sheet.max_row)


def cut_titles(document: Document) -> tuple[str, ...]:
    """The titles of tables with a text longer than a cell can hold: only its beginning stands."""
    return tuple(
        sheet.title
        for sheet in _sheets(document)
        if any(len(cell.text) > _LONGEST_TEXT for row in sheet.table.body for cell in row.cells)
    )


def _sheets(document: Document) -> Iterator[_Sheet]:
    for part in document.parts:
        yield from _sheets_of(part)


def _sheets_of(part: Part) -> Iterator[_Sheet]:
    heading = ""
    for block in part.blocks:
        if isinstance(block, Heading):
            heading = f"{block.number}{block.text}"
        elif isinstance(block, Paragraph) and block.role is TextRole.FRONT_TITLE:
            heading = block.text
        elif isinstance(block, Table):
            caption = block.caption
            title = f"{caption.label} {caption.text}" if caption else heading
            if title:
                yield _Sheet(title, block, part.orientation is Orientation.LANDSCAPE)


def _names(titles: list[str]) -> Iterator[str]:
    used: set[str] = {"目录"}
    for title in titles:
        base = _NAME_REFUSED.sub("", _plain(title)).strip()[:_LONGEST_NAME] or "表"
        name, number = base, 2
        while name.lower() in used:
            mark = f"({number})"
            name = f"{base[: _LONGEST_NAME - len(mark)]}{mark}"
            number += 1
        used.add(name.lower())
        yield name


def _write_index(sheet: Worksheet, title: str, titles: list[str], names: list[str]) -> None:
    sheet.column_dimensions["A"].width = 60
    _put(sheet, 1, 1, title).font = Font(name="黑体", size=16)
    for number, (text, name) in enumerate(zip(titles, names, strict=True), start=3):
        cell = _put(sheet, number, 1, text)
        cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{name}'!A1")
        cell.font = Font(name="宋体", size=11, underline="single", color="1E7B5A")
    _set_up_paper(sheet, "portrait")


def _write(sheet: Worksheet, source: _Sheet) -> None:
    table = source.table
    width = len(table.columns)
    _put(sheet, 1, 1, source.title).font = Font(name="黑体", size=14)
    if width > 1:
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    if table.unit:
        _put(sheet, 2, width, f"单位：{table.unit}").alignment = Alignment(horizontal="right")
    first = 3
    last = _write_rows(sheet, table, (*table.head, *table.body), first)
    widths = _widths(table)
    for number, each in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = each
    for number, note in enumerate(table.notes, start=last):
        _write_note(sheet, number, note, widths)
    _set_up_page(sheet, source, first + len(table.head), last + len(table.notes) - 1)


def _widths(table: Table) -> list[float]:
    """Column widths in digits: those of the paper, narrowed so that the sheet stays legible."""
    wanted = [max(_NARROWEST, min(_WIDEST, column.width * _DIGITS)) for column in table.columns]
    scale = min(1.0, _LEGIBLE / sum(wanted)) if wanted else 1.0
    return [max(_NARROWEST, round(width * scale, 1)) for width in wanted]


def _write_note(sheet: Worksheet, line: int, note: str, widths: list[float]) -> None:
    """A note across the whole table; merged cells do not find their height by themselves."""
    cell = _put(sheet, line, 1, note)
    cell.font = Font(name="宋体", size=9)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if len(widths) > 1:
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=len(widths))
    digits = sum(2 if ord(character) > _LAST_NARROW else 1 for character in note)
    sheet.row_dimensions[line].height = _NOTE_PT * max(1, math.ceil(digits / (sum(widths) * 1.05)))


def _write_rows(sheet: Worksheet, table: Table, rows: tuple[TableRow, ...], first: int) -> int:
    """Write rows from a line on; the line after the last one."""
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(breathing(rows), start=first):
        column = 1
        is_head = line - first < len(table.head)
        for cell in row.cells:
            while (line, column) in taken:
                column += 1
            _write_cell(sheet, table, cell, (line, column), row.role if not is_head else None)
            for down in range(cell.rowspan):
                taken |= {(line + down, column + right) for right in range(cell.colspan)}
            column += cell.colspan
    return first + len(rows)


def _write_cell(
    sheet: Worksheet, table: Table, cell: Cell, at: tuple[int, int], role: RowRole | None
) -> None:
    line, column = at
    align = cell.align or table.columns[column - 1].align
    text = cell.text.strip()
    is_figure = role is not None and align is Align.RIGHT and _NUMBER.fullmatch(text) is not None
    if is_figure and sum(char.isdigit() for char in text) <= _MOST_DIGITS:
        written = sheet.cell(line, column, Decimal(text))
        written.number_format = _format(text)
    else:
        written = _put(sheet, line, column, cell.text)
    strong = role is None or role is not RowRole.NORMAL
    for down in range(cell.rowspan):
        for right in range(cell.colspan):
            sheet.cell(line + down, column + right).border = _FRAME
    written.font = Font(name="黑体" if strong else "宋体", size=10)
    written.alignment = Alignment(
        horizontal="center" if role is None else _SETTING[align], vertical="center", wrap_text=True
    )
    if cell.colspan > 1 or cell.rowspan > 1:
        end_row, end_column = line + cell.rowspan - 1, column + cell.colspan - 1
        sheet.merge_cells(
            start_row=line, start_column=column, end_row=end_row, end_column=end_column
        )


def _format(text: str) -> str:
    places = len(text.partition(".")[2])
    return "0" if not places else "0." + "0" * places


def _put(sheet: Worksheet, line: int, column: int, text: str) -> SheetCell:
    """Write text as text: never a formula, a date or a link."""
    cell = sheet.cell(line, column)
    assert isinstance(cell, SheetCell)  # merged cells are made after their first cell is written
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", _plain(text)) or None
    if cell.value:
        cell.data_type = "s"
    return cell


def _plain(text: str) -> str:
    return _ILLEGAL.sub("", _LINE_END.sub("\n", text))[:_LONGEST_TEXT]


def _set_up_page(sheet: Worksheet, source: _Sheet, body: int, last: int) -> None:
    columns = len(source.table.columns)
    sheet.freeze_panes = f"{'C' if columns >= _NAMED_FROM else 'A'}{body}"
    sheet.print_title_rows = f"1:{body - 1}"
    sheet.print_area = f"A1:{get_column_letter(columns)}{max(last, body)}"
    _set_up_paper(sheet, "landscape" if source.landscape else "portrait")


def _set_up_paper(sheet: Worksheet, orientation: Literal["landscape", "portrait"]) -> None:
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = PageMargins(left=0.6, right=0.6, top=0.8, bottom=0.8)  # inches
    footer = sheet.oddFooter
    assert footer is not None  # openpyxl makes one with every sheet
    footer.center.text = _FOOTER


def _with_fixed_dates(content: bytes) -> bytes:
    """The same archive without the moment it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _CHANGED.sub(rb"\g<1>2020-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return out.getvalue()
