"""What an enterprise sends: every cell comes in as it stands, or a line of the report names it."""

from __future__ import annotations

import re

import pytest

from importers.guard.deadline import Deadline
from importers.guard.package import open_package
from importers.reading.workbook import read_workbook
from importers.received import Sort, Workbook
from tests.importers.enterprise_books import FORMATS, Book, books
from tests.importers.packages import cells, sheet, xlsx
from tests.reliability.counts import record


def read(content: bytes) -> Workbook:
    """Read without a worker: what is asked here is what a cell becomes."""
    return read_workbook(open_package(content, "xlsx", Deadline(20_000)), 0)


def one(cell: str, **more) -> tuple[Workbook, list[str]]:
    """A workbook of one row, and its texts."""
    book = read(xlsx({"表一": sheet(cells(1, cell))}, formats=FORMATS, **more))
    return book, [each.text for each in book.sheets[0].cells]


def style(code: str) -> int:
    return FORMATS.index(code) + 1


def unaccounted(book: Book, found: Workbook) -> list[str]:
    """The cells that are neither as expected nor named in the report."""
    told = {(note.sheet, note.cell) for note in found.notes}
    wrong: list[str] = []
    for at, written in enumerate(found.sheets):
        got = {(cell.row, cell.column): cell for cell in written.cells}
        expected = {key[1:]: cell for key, cell in book.expected.items() if key[0] == at}
        for (row, column), cell in expected.items():
            name = f"{chr(64 + column)}{row}"
            here = got.pop((row, column), None)
            text = here.text if here else ""
            if text != cell.text:
                wrong.append(f"{book.name} {name}: {text!r}, not {cell.text!r}")
            if (text != cell.shown or cell.is_odd) and (written.name, name) not in told:
                wrong.append(f"{book.name} {name}: changed without a word")
            if here is not None and here.hidden != cell.hidden:
                wrong.append(f"{book.name} {name}: hidden is {here.hidden}")
        wrong += [f"{book.name}: {place} was never written" for place in got]
    return wrong


def test_that_no_cell_of_sixty_workbooks_is_dropped_or_changed_without_a_line():
    made = list(books())
    wrong = [problem for book in made for problem in unaccounted(book, read(book.content))]

    assert len(made) >= 60
    assert wrong == []
    cells_read = sum(len(book.expected) for book in made)
    record("R15", f"{len(made)} workbooks, {cells_read:,} cells: 0 dropped or changed unsaid")


def test_that_a_reader_that_drops_cells_is_noticed():
    """Known to be bad: the same comparison over a workbook from which cells are gone."""
    book = next(books())
    found = read(book.content)
    first = found.sheets[0]
    less = Workbook((type(first)(first.name, first.cells[1:]), *found.sheets[1:]), found.notes)

    assert unaccounted(book, less)


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("8.5000000000000006E-2", "", "0.085"),
        ("1234.5599999999999", "", "1234.56"),
        ("0.1", "", "0.1"),
        ("1E+3", "", "1000"),
        ("-0", "", "0"),
        ("12.50", "", "12.5"),
        ("123456789012345", "", "123456789012345"),
        ("8.5000000000000006E-2", "0.0%", "8.5%"),
        ("12.5", '0.00"万元"', "12.5万元"),
        ("12.5", 'General"吨"', "12.5吨"),
        ("45000", "yyyy-mm-dd", "2023-03-15"),
        ("45000", 'yyyy"年"m"月"d"日"', "2023-03-15"),
        ("45000", 'yyyy"年"m"月"', "2023-03"),
        ("45000.5", "yyyy/m/d h:mm", "2023-03-15 12:00:00"),
        ("0.75", "h:mm", "18:00:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
    ],
)
def test_that_a_number_is_taken_as_a_person_would_type_it(stored, code, text):
    index = style(code) if code else 0
    book, texts = one(f'<c r="A1" s="{index}"><v>{stored}</v></c>')

    assert texts == [text]
    assert book.notes == ()


@pytest.mark.parametrize(
    ("stored", "text", "words"),
    [
        ("0.30000000000000004", "0.3", "0.30000000000000004"),
        ("12345678901234567890", "12345678901234567890", "15 位"),
        ("1e999999", "1e999999", "按文字取"),
        ("1_000", "1_000", "按文字取"),
        ("NaN", "NaN", "按文字取"),
        ("１２", "１２", "按文字取"),
    ],
)
def test_that_an_odd_number_is_taken_with_a_line(stored, text, words):
    book, texts = one(f'<c r="A1"><v>{stored}</v></c>')

    assert texts == [text]
    assert words in book.notes[0].words
    assert book.notes[0].cell == "A1"


def test_that_dates_of_1904_are_four_years_and_a_day_later():
    content = f'<c r="A1" s="{style("yyyy-mm-dd")}"><v>43538</v></c>'

    _, texts = one(content, properties='<workbookPr date1904="1"/>')

    assert texts == ["2023-03-15"]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f>SUM(B1:B9)</f></c>',
        '<c r="A1"><f>SUM(B1:B9)</f><v></v></c>',
        '<c r="A1" t="str"><f>B1&amp;C1</f></c>',
    ],
)
def test_that_a_formula_without_a_result_is_named_and_not_taken_as_empty(cell):
    book, texts = one(cell)

    assert texts == [""]
    assert book.sheets[0].cells[0].sort is Sort.UNCALCULATED
    assert "打开并保存一次" in book.notes[0].words


def test_that_a_result_of_a_formula_is_taken_and_another_files_is_told():
    own, texts = one('<c r="A1"><f>1+1</f><v>2</v></c>')
    other, others = one('<c r="A1"><f>[1]表!A1</f><v>3</v></c>')

    assert (texts, own.notes) == (["2"], ())
    assert others == ["3"]
    assert "其他文件" in other.notes[0].words


def test_that_an_error_is_named_and_never_taken_as_text():
    book, texts = one('<c r="A1" t="e"><v>#DIV/0!</v></c>')

    assert texts == [""]
    assert "#DIV/0!" in book.notes[0].words


def test_that_a_sheet_as_large_as_allowed_is_read():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 5_001))

    found = read(xlsx({"表一": sheet(rows)}))

    assert len(found.sheets[0].cells) == 5_000
    assert re.fullmatch("5000", found.sheets[0].cells[-1].text)
