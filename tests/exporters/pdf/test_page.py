"""The page of GB/T 9704: 22 lines of 28 characters, numbers outside, sheets turned as asked."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdf
import pypdfium2
import pytest

from exporters.document import (
    Caption,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Orientation,
    PageBreak,
    Part,
    PartRole,
    Table,
    TableRow,
    TextRole,
)
from exporters.pdf import FontChoice, PdfFile, render
from tests.exporters.pdf.reading import (
    pages_by_pdfium,
    paragraph,
    rendered,
    rows_of,
    signs_on,
)
from tests.exporters.volume import png

CAPTION = Caption("附件1-1", "批复", "f1")

HAN = "循环经济园区改造方案"


@pytest.fixture(scope="module")
def full() -> PdfFile:
    return rendered(paragraph(HAN * 140))


def body_rows(file: PdfFile, number: int) -> list[list[float]]:
    rows = rows_of([sign for sign in signs_on(file, number) if sign.text in HAN])
    return [[sign.left for sign in row] for row in rows]


def test_a_full_page_has_22_lines_of_28_characters(full: PdfFile) -> None:
    rows = body_rows(full, 1)
    assert [len(row) for row in rows] == [28] * 22


def test_lines_stand_28_95_points_apart(full: PdfFile) -> None:
    rows = rows_of([sign for sign in signs_on(full, 1) if sign.text in HAN])
    steps = [(below[0].base - above[0].base) * 72 / 25.4 for above, below in pairwise(rows)]
    assert steps == pytest.approx([28.95] * 21, abs=0.2)


def test_text_stands_between_the_margins(full: PdfFile) -> None:
    signs = [sign for sign in signs_on(full, 1) if sign.text in HAN]
    assert min(sign.left for sign in signs) == pytest.approx(28, abs=0.3)
    assert max(sign.right for sign in signs) == pytest.approx(210 - 26, abs=0.3)
    assert 37 < min(sign.base for sign in signs) < 37 + 10.3
    assert max(sign.base for sign in signs) < 297 - 35 + 1


def test_a_paragraph_begins_two_characters_in(full: PdfFile) -> None:
    first, second = body_rows(full, 0)[:2]
    assert first[0] - second[0] == pytest.approx(2 * 156 / 28, abs=0.1)
    assert len(first) == 26


def foot_ink(file: PdfFile, number: int) -> tuple[float, float]:
    """Where the ink of a page's foot begins and ends, in millimetres from the left edge."""
    document = pypdfium2.PdfDocument(file.content)
    try:
        picture = document[number].render(scale=4).to_pil().convert("L")
    finally:
        document.close()
    dots_per_mm = 4 * 72 / 25.4
    foot = picture.crop((0, round(262.5 * dots_per_mm), picture.width, picture.height))
    box = foot.point(lambda shade: 255 if shade < 128 else 0).getbbox()
    assert box is not None
    return box[0] / dots_per_mm, box[2] / dots_per_mm


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    file = rendered(paragraph("一"), PageBreak(), paragraph("二"))
    em = 14 / 72 * 25.4
    assert [page.split("\n")[-1] for page in pages_by_pdfium(file)] == ["— 1 —", "— 2 —"]
    assert foot_ink(file, 0)[1] == pytest.approx(184 - em, abs=1)
    assert foot_ink(file, 1)[0] == pytest.approx(28 + em, abs=1)


def volume() -> Document:
    def heading(number: int) -> Heading:
        return Heading(1, "一二三四"[number] + "、", f"第{number}个标题", f"h{number}")

    return Document(
        "方案",
        (
            Part(PartRole.COVER, (paragraph("封面", TextRole.COVER_TITLE),)),
            Part(PartRole.FRONT, (paragraph("承诺"), PageBreak(), paragraph("说明"))),
            Part(PartRole.FRONT, (paragraph("目录页"),)),
            Part(PartRole.BODY, (heading(0), PageBreak(), heading(1))),
            Part(PartRole.BODY, (heading(2),), Orientation.LANDSCAPE),
            Part(PartRole.ANNEX, (heading(3),)),
        ),
    )


def test_covers_have_no_number_front_pages_roman_ones_and_annexes_go_on() -> None:
    file = render(volume(), fonts=FontChoice.bundled())
    expected = ["", "i", "ii", "iii", "1", "2", "3", "4"]
    printed = [page.strip().split("\n")[-1] for page in pages_by_pdfium(file)]
    assert printed[1:] == [f"— {label} —" for label in expected[1:]]
    assert "—" not in printed[0]
    assert pypdf.PdfReader(io.BytesIO(file.content)).page_labels == expected
    assert [file.pages.page_of(f"h{number}") for number in range(4)] == ["1", "2", "3", "4"]
    assert file.pages.count == 8


def test_a_landscape_part_turns_its_sheets_only() -> None:
    file = render(volume(), fonts=FontChoice.bundled())
    sizes = [
        (
            round(float(page.mediabox.width) / 72 * 25.4),
            round(float(page.mediabox.height) / 72 * 25.4),
        )
        for page in pypdf.PdfReader(io.BytesIO(file.content)).pages
    ]
    assert sizes[6] == (297, 210)
    assert {size for at, size in enumerate(sizes) if at != 6} == {(210, 297)}


def test_a_heading_is_not_left_alone_at_the_foot_of_a_page() -> None:
    blocks = [paragraph("行") for _ in range(21)]
    file = rendered(*blocks, Heading(1, "一、", "总论", "a"), paragraph("正文"))
    assert file.pages.page_of("a") == "2"


def test_a_page_break_at_the_top_of_a_part_makes_no_empty_page() -> None:
    assert rendered(PageBreak(), paragraph("文")).pages.count == 1


def test_a_long_title_is_broken_in_even_lines() -> None:
    title = "示例经济技术开发区国家级园区循环化改造实施方案"
    file = rendered(paragraph(title, TextRole.COVER_TITLE))
    lines = pages_by_pdfium(file)[0].split("\n")[:-1]
    assert "".join(lines) == title
    assert max(map(len, lines)) - min(map(len, lines)) <= 1


def test_that_no_blank_page_comes_between_a_full_page_and_a_break() -> None:
    row = TableRow((Cell("一"),))
    for rows in range(20, 60):
        table = Table((Column(1),), (), (row,) * rows)
        full = len(pages_by_pdfium(rendered(table)))
        parted = pages_by_pdfium(rendered(table, PageBreak(), paragraph("二")))
        assert len(parted) == full + 1, f"{rows} rows"


def test_that_a_low_table_is_never_parted_by_the_end_of_a_page() -> None:
    rows = tuple(TableRow((Cell(f"第{number}行"),)) for number in range(6))
    for lines in range(12, 23):
        text = [paragraph("一")] * lines
        pages = pages_by_pdfium(rendered(*text, Table((Column(1),), (), rows)))
        holding = [page for page in pages if "行" in page]
        assert len(holding) == 1, f"after {lines} lines"


def test_that_a_scan_of_an_annex_fills_the_page_that_is_its_own() -> None:
    def height_mm(large: bool) -> float:
        figure = Figure(png(1200, 1700), "image/png", 1200, 1700, CAPTION, "批复", large=large)
        document = pypdfium2.PdfDocument(rendered(figure).content)
        try:
            _, bottom, _, top = next(iter(document[0].get_objects())).get_bounds()
        finally:
            document.close()
        return (top - bottom) / 72 * 25.4

    assert height_mm(large=False) == pytest.approx(110, abs=0.5)
    assert height_mm(large=True) == pytest.approx(175, abs=0.5)
