"""Makes the workbook that a person opens: `python -m tests.workbook.make_xlsx 手算.xlsx`.

One sheet for each CSV file, typed numbers in blue, formulas live and with their names, so that any
spreadsheet works them out again. The CSV files are the truth; the workbook is made from them.
"""

from __future__ import annotations

import ast
import sys
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook as Book
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from tests.workbook.sheets import Cell, read_sheets

HEADS = ("名称", "含义", "单位", "数值", "手算", "印出", "方案中的位置")
WIDTHS = (26, 54, 14, 24, 40, 18, 52)
VALUE = "D"


def make_book(cells: list[Cell]) -> Book:
    """A spreadsheet with a defined name for every cell."""
    book = Book()
    for sheet in book.worksheets:
        book.remove(sheet)
    for cell in cells:
        if cell.sheet not in book.sheetnames:
            _head(book, cell.sheet)
        sheet = book[cell.sheet]
        number = Decimal(cell.value) if not cell.formula else cell.formula
        sheet.append(
            [cell.name, cell.meaning, cell.unit, number, cell.value, cell.printed, cell.address]
        )
        row = sheet.max_row
        if not cell.formula:
            sheet[f"{VALUE}{row}"].font = Font(color="1F4E9E")
        place = f"'{cell.sheet}'!${VALUE}${row}"
        book.defined_names[cell.name] = DefinedName(cell.name, attr_text=place)
    return book


def _head(book: Book, name: str) -> None:
    sheet = book.create_sheet(name)
    sheet.append(list(HEADS))
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)


def names_in(formula: str) -> set[str]:
    """The cells a formula rests on."""
    tree = ast.parse(formula.removeprefix("="), mode="eval")
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - {"SUM"}


if __name__ == "__main__":
    make_book(read_sheets()).save(Path(sys.argv[1]))
