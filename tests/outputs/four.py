"""One plan in its four forms, read back: screen, Word file, PDF and workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pypdfium2

from exporters import docx, pdf, xlsx
from exporters.compose import compose
from exporters.document import (
    Block,
    Contents,
    Document,
    DrawnFigure,
    Heading,
    Paragraph,
    Table,
    TableRow,
    TextRole,
)
from exporters.drawing import Drawing
from exporters.pdf import FontChoice
from exporters.preview import Preview
from forms.address import Address
from forms.schema import IndicatorTable, Listing, Summary, YearTable
from forms.schema import Table as RowTable
from forms.view import PlanView
from forms.wording import word
from tests.exporters.compose import filling, printed
from tests.exporters.docx.reading import WordFile
from ui.fields.standing import stand
from ui.grid.indicator_table import IndicatorModel
from ui.grid.overview_table import OverviewPanel
from ui.grid.rows_model import RowsModel
from ui.grid.year_table import YearModel
from ui.session import PlanSession

# A figure; years, months and the numbers of chapters, tables and clauses are none.
NUMBER = re.compile(r"(?<![0-9.\-〔])-?[0-9]+(?:\.[0-9]+)?(?![0-9.]*[0-9年月日-])")
FORMULA = re.compile("CO2|SO2|NH3|NO[x2]|H2O|PM2.5")  # a unit may end where a figure begins
PAGE_NUMBER = re.compile(r"^— [0-9ivx]+ —$", re.MULTILINE)
Grid = list[list[str]]
PictureBytes = Callable[[str], bytes]
SEAL = [["（盖章）"]]  # the box for the seal is a table in Word


@dataclass(frozen=True)
class Four:
    """A plan on screen and on paper."""

    view: PlanView
    document: Document
    word: WordFile
    pdf: pdf.PdfFile
    book: openpyxl.Workbook

    @property
    def tables(self) -> list[Table]:
        """The tables of the document, in order."""
        return [block for block in self.document.blocks() if isinstance(block, Table)]


def four_of(view: PlanView, pictures: PictureBytes = filling.pictures) -> Four:
    """Print a plan in every form; contents and drawn figures are left out, they repeat others."""
    document = only_values(compose(view, pictures))
    made = pdf.render(document, fonts=FontChoice.bundled())
    in_word = docx.render(document, made.pages, figures=docx.FigureForm(pdf.drawing_png))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(document)))
    return Four(view, document, WordFile(in_word), made, book)


def only_values(document: Document) -> Document:
    """The document without contents, and with drawn figures left blank."""
    return replace(
        document,
        parts=tuple(
            replace(
                part, blocks=tuple(blank(b) for b in part.blocks if not isinstance(b, Contents))
            )
            for part in document.parts
        ),
    )


def blank(block: Block) -> Block:
    if not isinstance(block, DrawnFigure):
        return block
    return replace(block, drawing=Drawing(150, 20, ()), chart=None)


# -- The screen ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Screen:
    """What the window shows: each value by its address, totals and overviews by their names."""

    values: dict[str, str]
    totals: dict[tuple[str, str, int], str]
    overviews: dict[str, Grid]


def screen_of(view: PlanView) -> Screen:
    """The texts of the models behind the window's sheets, fields and overviews."""
    session = PlanSession(view.pack, view.answers, None)  # type: ignore[arg-type]
    values: dict[str, str] = {}
    totals: dict[tuple[str, str, int], str] = {}
    overviews: dict[str, Grid] = {}
    for section in view.pack.sections():
        for item in section.items:
            home = Address(section.key, item.key)
            match item:
                case RowTable():
                    values |= cells_of(RowsModel(session, home, item))
                    for (key, year), total in session.view.totals(home).items():
                        text = word(view.pack, item.column(key).kind, total)
                        totals[str(home), key, year] = text
                case YearTable():
                    values |= cells_of(YearModel(session, home, item))
                case IndicatorTable():
                    values |= cells_of(IndicatorModel(session, home, item))
                case Summary() | Listing():
                    panel = OverviewPanel(session, item)
                    overviews[item.label] = [list(row) for row in panel.model.rows]
                    panel.deleteLater()
                case _:
                    values[str(home)] = stand(session.view, home).text
    return Screen(values, totals, overviews)


def cells_of(model) -> dict[str, str]:
    places = (
        (row, column) for row in range(model.rowCount()) for column in range(model.columnCount())
    )
    return {
        str(address): model.data(model.index(row, column))
        for row, column in places
        if (address := model.address_at(row, column)) is not None
    }


# -- Paper ---------------------------------------------------------------------------------------


def grid_of(table: Table) -> Grid:
    """A table of the document cell by cell; what a cell covers is empty."""
    return [list(line) for line in expanded((*table.head, *table.body), len(table.columns))]


def expanded(rows: tuple[TableRow, ...], width: int) -> list[list[str]]:
    lines = [[""] * width for _ in rows]
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (line, column) in taken:
                column += 1
            lines[line][column] = cell.text
            taken |= {
                (line + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            }
            column += cell.colspan
    return lines


def word_grids(four: Four) -> list[Grid]:
    """Every table of the Word file cell by cell."""
    tables = [[[text or "" for text in row] for row in table] for table in four.word.tables]
    return [table for table in tables if table != SEAL]


def excel_grids(four: Four) -> list[Grid]:
    """Every sheet but the index, cell by cell, as Excel prints it."""
    grids: list[Grid] = []
    tables = sheeted(four.document)
    for sheet, table in zip(four.book.worksheets[1:], tables, strict=True):
        rows = range(3, 3 + len(table.head) + len(table.body))
        columns = range(1, len(table.columns) + 1)
        grids.append([[shown(sheet.cell(row, column)) for column in columns] for row in rows])
    return grids


def sheeted(document: Document) -> list[Table]:
    """The tables that have a title, and with it a sheet: their caption, or what stands above."""
    found: list[Table] = []
    for part in document.parts:
        titled = False
        for block in part.blocks:
            is_front = isinstance(block, Paragraph) and block.role is TextRole.FRONT_TITLE
            titled = titled or isinstance(block, Heading) or is_front
            if isinstance(block, Table) and (titled or block.caption):
                found.append(block)
    return found


def shown(cell) -> str:
    """A cell as Excel prints it: a number by its format, all else as it is."""
    if cell.value is None:
        return ""
    if cell.data_type != "n":
        return str(cell.value)
    places = len(cell.number_format.partition(".")[2])
    step = Decimal(1).scaleb(-places)
    return format(Decimal(repr(cell.value)).quantize(step, ROUND_HALF_UP), "f")


def pdf_pages(four: Four) -> list[str]:
    """The text of every page as pdfium reads it, without page numbers."""
    document = pypdfium2.PdfDocument(four.pdf.content)
    try:
        pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    finally:
        document.close()
    return [PAGE_NUMBER.sub("", page.replace("\r\n", "\n")) for page in pages]


def pdf_values(four: Four, addresses: list[str]) -> dict[str, str]:
    """The text that pdfium finds in the rectangle in which each value is printed."""
    found: dict[str, str] = {}
    document = pypdfium2.PdfDocument(four.pdf.content)
    try:
        with Preview(four.pdf) as preview:
            for address in addresses:
                spots = [s for s in preview.spots_of(address) if s.address == address]
                if spots:
                    found[address] = "".join(text_in(document, spot) for spot in spots)
    finally:
        document.close()
    return found


def text_in(document, spot) -> str:
    page = document[spot.page]
    text, height = page.get_textpage(), page.get_height()
    box = spot.box
    inside = text.get_text_bounded(box.left, height - box.bottom, box.right, height - box.top)
    return "".join(inside.split())


def numbers_of(texts: list[str]) -> list[str]:
    """Every figure of some texts in order."""
    return [number for text in texts for number in NUMBER.findall(FORMULA.sub(" ", text))]


def document_texts(four: Four) -> list[str]:
    return [text for text, _ in printed.all_texts(four.document)]
