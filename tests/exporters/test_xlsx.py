"""The Excel annexes: figures are numbers with the digits of the paper, all else is text."""

from __future__ import annotations

import gc
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell import Cell

from exporters.compose import compose
from exporters.compose.volume import Volume
from exporters.document import (
    Align,
    Caption,
    Column,
    Contents,
    Document,
    Heading,
    Orientation,
    Paragraph,
    Part,
    PartRole,
    Run,
    Table,
    TextRole,
)
from exporters.workbooks import cut_texts
from exporters.xlsx import cut_titles, workbook
from forms.garbage import no_search_for_garbage
from forms.view import evaluate
from tests.exporters import volume
from tests.exporters.compose import filling
from tests.exporters.volume import heading, row
from tests.forms import plans
from tests.packs.loading import small_pack


def figures(*texts: str, caption: str = "表1-1", title: str = "投资") -> Table:
    return Table(
        (Column(10), Column(6, Align.RIGHT)),
        (row("项目", "金额"),),
        tuple(row(f"第{n}行", text) for n, text in enumerate(texts)),
        Caption(caption, title, "t") if caption else None,
        unit="万元",
        notes=("注：按当年价格。",),
    )


def book(*parts: Part | Table) -> openpyxl.Workbook:
    made = tuple(p if isinstance(p, Part) else Part(PartRole.BODY, (p,)) for p in parts)
    return openpyxl.load_workbook(io.BytesIO(workbook(Document("方案", made))))


def shown(cell) -> str:
    """A number as Excel prints it by its format."""
    places = len(cell.number_format.partition(".")[2])
    return format(Decimal(repr(cell.value)).quantize(Decimal(1).scaleb(-places)), "f")


@pytest.mark.parametrize(
    "text", ["12", "12.50", "0.0100", "-3.5", "0", "99999999.99", "123456789012345"]
)
def test_that_a_figure_is_a_number_with_the_digits_of_the_paper(text):
    cell = book(figures(text))["表1-1 投资"]["B4"]

    assert cell.data_type == "n"
    assert shown(cell) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "@SUM(A1)",
        "-",
        "—",
        "1,234",
        "12 万元",
        "1e5",
        "1234567890123456",
        "0.12345678901",
        "2026年3月",
        "TRUE",
        "#N/A",
        "http://a.b",
        "１２",
        "",
    ],
)
def test_that_anything_else_is_text_whatever_it_says(text):
    cell = book(figures(text))["表1-1 投资"]["B4"]

    assert (cell.value or "") == text
    assert cell.data_type == ("s" if text else "n")
    assert cell.hyperlink is None


def test_that_a_number_in_a_column_of_words_stays_a_word():
    sheet = book(
        Table(
            (Column(5), Column(5)),
            (row("文号", "年份"),),
            (row("007", "2026"),),
            Caption("表1", "文号", "t"),
        )
    )["表1 文号"]

    assert (sheet["A4"].value, sheet["B4"].value) == ("007", "2026")


def test_that_no_formula_reaches_the_file():
    with zipfile.ZipFile(
        io.BytesIO(workbook(Document("=1+1", (Part(PartRole.BODY, (figures("=1+1"),)),))))
    ) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]

    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_that_hostile_text_does_not_break_the_file():
    sheet = book(figures(*volume.HOSTILE))["表1-1 投资"]

    assert [sheet.cell(4 + n, 2).value for n, text in enumerate(volume.HOSTILE)] == [
        re.sub("[\x00\u200f\u202e]", "", text).replace("\x0b", "\n") for text in volume.HOSTILE
    ]


def test_that_a_text_too_long_for_a_cell_is_told():
    """Excel would cut it without a word."""
    long, short = figures("字" * 32_768, title="长"), figures("字" * 32_767, title="短")
    document = Document("方案", (Part(PartRole.BODY, (long, short)),))

    assert cut_titles(document) == ("表1-1 长",)
    (notice,) = cut_texts([Volume(document)])
    assert "《表1-1 长》" in notice.text


def test_that_a_text_that_looks_like_an_escaped_letter_is_escaped():
    """Excel reads _x0041_ as A; written as _x005F_x0041_ it reads as it was typed."""
    cell = book(figures("_x0041_", "_x41_"))["表1-1 投资"]

    assert (cell["B4"].value, cell["B5"].value) == ("_x005F_x0041_", "_x41_")


def test_that_the_same_plan_gives_the_same_bytes():
    document = compose(evaluate(small_pack(), plans.sample()), filling.pictures)

    assert workbook(document) == workbook(document)


def test_that_sheet_names_are_short_unlike_and_allowed():
    titles = [
        "很长的表名" * 9,
        "很长的表名" * 9,
        "a/b:c*d?e[f]'g",
        "Data",
        "data",
        "目录",
        "'",
        *["同名"] * 120,
    ]
    names = book(*(figures("1", caption="表", title=title) for title in titles)).sheetnames

    assert len({name.lower() for name in names}) == len(titles) + 1
    assert all(1 <= len(name) <= 31 for name in names)
    assert not any(set(name) & set("\\/*?:[]'") for name in names)


def test_that_every_table_of_the_plan_has_a_sheet_and_a_line_in_the_index():
    document = compose(evaluate(small_pack(), plans.sample()), filling.pictures)
    tables = [block for block in document.blocks() if isinstance(block, Table)]
    made = openpyxl.load_workbook(io.BytesIO(workbook(document)))
    index = made["目录"]
    links = [index.cell(line, 1) for line in range(3, 3 + len(tables))]

    assert len(made.sheetnames) == len(tables) + 1
    assert "编制期限" in made.sheetnames  # tables before the first chapter have no caption
    assert [link.location for cell in links if (link := cell.hyperlink)] == [
        f"'{name}'!A1" for name in made.sheetnames[1:]
    ]
    assert index["A1"].value == document.title


def test_that_a_sheet_prints_as_an_annex_does():
    wide = Part(PartRole.ANNEX, (figures("1", "2"),), Orientation.LANDSCAPE)
    sheet = book(wide)["表1-1 投资"]

    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.print_area == "'表1-1 投资'!$A$1:$B$6"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["B2"].value == "单位：万元"
    assert sheet["A6"].value == "注：按当年价格。"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def wide(columns: int, note: str = "") -> Table:
    return Table(
        tuple(Column(15, Align.RIGHT) for _ in range(columns)),
        (row(*map(str, range(columns))),),
        (row(*map(str, range(columns))),),
        Caption("表1", "宽表", "t"),
        notes=(note,) if note else (),
    )


def test_that_a_wide_table_stays_legible_when_it_is_fitted_to_the_sheet():
    sheet = book(wide(14))["表1 宽表"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKLMN"]

    assert sum(widths) <= 166
    assert min(widths) >= 6
    assert book(wide(3))["表1 宽表"].column_dimensions["A"].width == 24


def test_that_number_and_name_stay_in_sight_beside_many_columns():
    assert book(wide(8))["表1 宽表"].freeze_panes == "C4"
    assert book(wide(7))["表1 宽表"].freeze_panes == "A4"


def test_that_a_long_note_is_wrapped_within_the_table_and_not_cut_off():
    sheet = book(wide(3, "口径" * 200))["表1 宽表"]
    lines = 800 / (3 * 24 * 1.05)

    assert "A5:C5" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A5"].alignment.wrap_text
    assert sheet.row_dimensions[5].height >= lines * 12
    assert sheet.print_area == "'表1 宽表'!$A$1:$C$5"


def test_that_the_index_prints_on_a4_too():
    index = book(wide(3))["目录"]

    assert (str(index.page_setup.paperSize), index.page_setup.orientation) == ("9", "portrait")
    assert index.oddFooter is not None
    assert index.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_that_spans_become_merged_cells_and_nothing_is_written_under_them():
    sheet = book(volume.projects_table())["表2-1 重点项目"]

    assert {str(area) for area in sheet.merged_cells.ranges} == {
        "A1:D1",
        "A9:D9",
        "A10:D10",
        "A3:A4",
        "B3:B4",
        "C3:D3",
        "A5:D5",
        "A8:B8",
    }
    assert [sheet.cell(4, column).value for column in (3, 4)] == ["总投资", "其中：环保投资"]
    assert sheet["C8"].value == 2230.5
    assert sheet["C8"].font.name == "黑体"


def test_that_a_table_takes_the_heading_above_it_when_it_has_no_caption():
    bare = figures("1", caption="")
    parts = (
        Part(
            PartRole.FRONT, (Paragraph((Run("编制人员"),), TextRole.FRONT_TITLE), bare, Contents())
        ),
        Part(PartRole.ANNEX, (heading(1, "附表1　", "水平衡表"), bare)),
    )

    assert book(*parts).sheetnames == ["目录", "编制人员", "附表1　水平衡表"]


def test_that_every_figure_on_paper_is_the_same_number_in_excel():
    view = evaluate(small_pack(), plans.sample())
    document = compose(view, filling.pictures)
    made = openpyxl.load_workbook(io.BytesIO(workbook(document)))
    tables = [block for block in document.blocks() if isinstance(block, Table)]
    numbers = 0
    for name, table in zip(made.sheetnames[1:], tables, strict=True):
        cells = {
            c.coordinate: c
            for line in made[name].iter_rows()
            for c in line
            if c.data_type == "n" and c.value is not None
        }
        printed = {
            text.strip() for line in table.body for text in (cell.text for cell in line.cells)
        }
        assert {shown(cell) for cell in cells.values()} <= printed
        numbers += len(cells)

    assert numbers > 30


def test_that_a_document_without_tables_is_a_book_with_an_empty_index():
    assert book(Part(PartRole.BODY, (Heading(1, "一、", "概况", "h"),))).sheetnames == ["目录"]


def cells_in_memory() -> int:
    return sum(type(thing) is Cell for thing in gc.get_objects())


def test_that_the_cells_of_a_workbook_go_with_it_and_wait_for_no_search_for_garbage():
    gc.collect()
    with no_search_for_garbage():
        before = cells_in_memory()
        content = workbook(Document("方案", (Part(PartRole.BODY, (figures(*"1234567890" * 20),)),)))
        assert cells_in_memory() - before < 20
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    assert sheet.max_row > 200
