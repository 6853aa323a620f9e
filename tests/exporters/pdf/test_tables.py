"""Tables that go on over pages without losing their heads, their labels or a word."""

from __future__ import annotations

import re

import pytest

from exporters.document import (
    Align,
    Caption,
    Cell,
    Column,
    Orientation,
    RowRole,
    Table,
    TableRow,
)
from exporters.looks import official_look
from exporters.pdf.fonts import FontChoice
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.tables import set_table
from tests.exporters.pdf.reading import (
    MM,
    pages_by_pdfium,
    paragraph,
    rendered,
    rows_of,
    signs_on,
    squashed,
    without_replacement_text,
)

LOOK = official_look().table
MEASURE = 156 / 25.4 * 72
LANDSCAPE = 225 / 25.4 * 72


def cells_of(pages: list[str]) -> str:
    """The running text of a table's cells, without heads and page numbers."""
    bare = (re.sub("— [0-9]+ —", "", page) for page in pages)
    return "".join(squashed(page).replace("序号名称数值", "") for page in bare)


def row(*texts: str, role: RowRole = RowRole.NORMAL) -> TableRow:
    return TableRow(tuple(Cell(text) for text in texts), role)


def table(*rows: TableRow, shares: tuple[int, ...] = (1, 1, 1)) -> Table:
    return Table(tuple(Column(share) for share in shares), (row("序号", "名称", "数值"),), rows)


def test_the_head_is_repeated_on_every_page() -> None:
    file = rendered(table(*(row(str(at), f"企业{at}", "1.0") for at in range(90))))
    pages = pages_by_pdfium(file)
    assert len(pages) > 2
    assert all("序号" in page and "名称" in page and "数值" in page for page in pages)


def test_every_row_is_printed_once_and_in_order() -> None:
    rows = [row(f"R{at:03d}", f"企业{at}", "1.0") for at in range(120)]
    text = "".join(pages_by_pdfium(rendered(table(*rows))))
    places = [text.index(f"R{at:03d}") for at in range(120)]
    assert places == sorted(places)
    assert all(text.count(f"R{at:03d}") == 1 for at in range(120))


def test_a_row_taller_than_a_page_goes_on_with_nothing_lost() -> None:
    long = "".join(f"第{at}项内容，" for at in range(700))
    file = rendered(table(row("前", "甲", "1"), row("号", long, "2"), row("后", "乙", "3")))
    pages = pages_by_pdfium(file)
    assert len(pages) >= 3
    body = squashed("".join(pages))
    assert all(f"第{at}项内容" in body for at in range(0, 700, 50))
    assert sum(squashed(page).count("项内容") for page in pages) == 700


def test_a_label_over_many_rows_is_repeated_after_a_page_break() -> None:
    rows = [
        TableRow((Cell("资源循环利用类", rowspan=80), Cell("项目0"), Cell("1"))),
        *(TableRow((Cell(f"项目{at}"), Cell("1"))) for at in range(1, 80)),
    ]
    pages = pages_by_pdfium(rendered(table(*rows)))
    assert len(pages) > 1
    assert all("资源循环利用类" in squashed(page) for page in pages)
    assert all(f"项目{at}" in "".join(pages) for at in range(80))


def test_a_label_longer_than_a_page_is_printed_whole() -> None:
    label = "".join(f"说明{at}。" for at in range(900))
    rows = [
        TableRow((Cell(label, rowspan=3), Cell(""), Cell(""))),
        TableRow((Cell("项目1"), Cell("2"))),
        TableRow((Cell("项目2"), Cell("3"))),
    ]
    body = cells_of(pages_by_pdfium(rendered(table(*rows))))
    assert all(body.count(f"说明{at}。") == 1 for at in range(900))
    assert "项目2" in body


def test_a_tall_row_inside_a_label_keeps_the_label_on_each_page() -> None:
    long = "长内容，" * 900
    rows = [
        TableRow((Cell("类别甲", rowspan=2), Cell(long), Cell(""))),
        TableRow((Cell("末行"), Cell("2"))),
        row("类别乙", "尾", "3"),
    ]
    pages = pages_by_pdfium(rendered(table(*rows)))
    body = cells_of(pages).replace("类别甲", "")
    assert body.count("长内容，") == 900
    body = cells_of(pages)
    assert body.count("类别甲") >= len(pages) - 1
    assert body.count("类别乙") == body.count("末行") == 1


def test_a_group_name_is_not_left_at_the_foot_of_a_page() -> None:
    rows: list[TableRow] = []
    for group in range(40):
        rows.append(row(f"第{group}组", role=RowRole.GROUP))
        rows += [row(f"{group}", "项目", "1") for _ in range(group % 4 + 1)]
    for page in pages_by_pdfium(rendered(table(*rows))):
        lines = [line for line in page.split("\n") if line.strip()]
        assert not lines[-2].startswith("第")


def test_caption_and_unit_stand_with_the_table_and_notes_below() -> None:
    filled = [paragraph("行") for _ in range(20)]
    block = Table(
        (Column(1), Column(1)),
        (row("指标", "数值"),),
        (row("产值", "1.0"),),
        Caption("表3-1", "主要指标", "t"),
        "万元",
        ("注：当年价。",),
    )
    file = rendered(*filled, block)
    text = pages_by_pdfium(file)[-1]
    order = [text.index(word) for word in ("表3-1", "单位：万元", "指标\n", "产值", "注：")]
    assert order == sorted(order) or text.index("表3-1") < text.index("产值") < text.index("注：")
    assert file.pages.page_of("t") == "2"


def test_numbers_stand_at_the_right_edge_of_their_column() -> None:
    block = Table((Column(1), Column(1, Align.RIGHT)), (), (row("甲", "1"), row("乙", "22222")))
    signs = signs_on(rendered(block), 0)
    edges = [
        max(sign.right for sign in signs if sign.text == digit and sign.right > 150)
        for digit in ("1", "2")
        if any(sign.text == digit and sign.right > 150 for sign in signs)
    ]
    assert edges == pytest.approx([184 - LOOK.padding_pt / 72 * 25.4] * len(edges), abs=0.3)


@pytest.mark.parametrize("columns", [4, 9, 15])
def test_no_word_or_number_leaves_its_cell(columns: int) -> None:
    texts = ("1,234,567.89", "TOKEN0001", "主要资源产出率", "12.5 %", "2023-2025年")
    rows = tuple(row(*(texts[(at + by) % 5] for at in range(columns))) for by in range(3))
    block = Table(tuple(Column(1 + at % 3 * 5) for at in range(columns)), (), rows)
    measure = MEASURE if columns < 12 else LANDSCAPE
    ready = set_table(GlyphCase(FontChoice.bundled()), block, measure, LOOK)
    assert sum(ready.widths) == pytest.approx(measure, abs=0.5)
    for line in ready.body:
        for box in line.boxes:
            room = ready.widths[box.column] - 2 * ready.padding
            assert all(each.width * ready.size <= room + 0.05 for each in box.lines)
    printed = [each.characters for line in ready.body for box in line.boxes for each in box.lines]
    assert "1,234,567.89" in printed
    assert "TOKEN0001" in printed


def test_columns_keep_the_proportions_asked_for_when_words_fit() -> None:
    block = Table((Column(1), Column(2), Column(1)), (), (row("甲", "乙", "丙"),))
    widths = set_table(GlyphCase(FontChoice.bundled()), block, MEASURE, LOOK).widths
    assert widths == pytest.approx((MEASURE / 4, MEASURE / 2, MEASURE / 4), abs=0.1)


def test_spans_in_the_head_and_empty_rows_are_no_trouble() -> None:
    block = Table(
        (Column(1), Column(1), Column(1)),
        (
            TableRow((Cell("名称", rowspan=2), Cell("年度", colspan=2))),
            row("2020", "2023"),
        ),
        (row("", "", ""), TableRow(()), row("多", "出", "一", "格"), TableRow((Cell("宽", 9, 9),))),
    )
    body = squashed("".join(pages_by_pdfium(rendered(block))))
    assert all(word in body for word in ("名称", "年度", "2020", "2023", "多", "格", "宽"))


def test_a_wide_table_fits_a_landscape_page() -> None:
    block = Table(
        tuple(Column(3 if at == 0 else 1, Align.RIGHT) for at in range(15)),
        (row(*(f"指标{at}" for at in range(15))),),
        tuple(row(*(f"{at * 1234.5:,.2f}" for at in range(15))) for _ in range(60)),
    )
    file = rendered(block, orientation=Orientation.LANDSCAPE)
    signs = signs_on(file, 0)
    assert max(sign.right for sign in signs) <= 297 - 36 + 0.5
    assert min(sign.left for sign in signs) >= 36 - 0.5
    assert file.pages.count > 1


def test_notes_are_not_parted_from_the_last_row() -> None:
    for count in range(20, 40):
        rows = tuple(row(str(at), f"R{at:03d}", "1") for at in range(count))
        block = Table((Column(1),) * 3, (), rows, notes=("注：甲。", "来源：乙。"))
        pages = pages_by_pdfium(rendered(block))
        (page,) = [page for page in pages if "注：" in page]
        assert "来源：" in page
        assert f"R{count - 1:03d}" in page


def test_an_address_without_blanks_does_not_make_the_whole_table_small() -> None:
    link = "https://example.gov.cn/" + "a1b2c3" * 40
    block = table(row("1", link, "2"), row("2", "TOKEN0001", "3"))
    ready = set_table(GlyphCase(FontChoice.bundled()), block, MEASURE, LOOK)
    assert ready.size == LOOK.size_pt
    assert link in cells_of(pages_by_pdfium(rendered(block)))


def points_of(*figures: str) -> list[float]:
    """Where the decimal point of each figure of a column stands, or would stand, in millimetres."""
    rows = tuple(row(f"甲{at}", figure) for at, figure in enumerate(figures))
    block = Table((Column(3), Column(1, Align.RIGHT)), (row("指标", "数值"),), rows)
    file = without_replacement_text(rendered(block))
    lines = [
        [sign for sign in line if sign.left > 120 and sign.text in "0123456789.,%+-—"]
        for line in rows_of([sign for sign in signs_on(file, 0) if sign.base < 250])
    ]
    places = []
    for line in filter(None, lines):
        point = next((sign.left for sign in line if sign.text == "."), None)
        whole = [sign.right for sign in line if sign.text in "0123456789"]
        places.append(max(whole) if point is None else point)
    return places


def test_that_decimal_points_stand_below_each_other() -> None:
    places = points_of("1,234.56", "328.7", "12", "99.63%", "-0.125", "8%")
    assert len(places) == 6
    assert max(places) - min(places) < 0.1


def test_that_whole_numbers_and_like_decimals_keep_to_the_right_edge() -> None:
    assert points_of("12", "1,345") == pytest.approx([184 - LOOK.padding_pt / MM] * 2, abs=0.15)


def test_that_one_endless_fraction_does_not_push_a_column_aside() -> None:
    places = points_of("12", "0.123456789012", "7")
    assert places[0] == pytest.approx(184 - LOOK.padding_pt / MM, abs=0.15)


def test_that_aligned_figures_stay_inside_a_narrow_column() -> None:
    figures = ("123,456.7", "0.12345", "1.5", "98.76%")
    block = Table((Column(30), Column(1, Align.RIGHT)), (), tuple(row("甲", f) for f in figures))
    ready = set_table(GlyphCase(FontChoice.bundled()), block, MEASURE, LOOK)
    for boxes in (line.boxes for line in ready.body):
        (line,) = boxes[1].lines
        assert (line.width + boxes[1].pad) * ready.size <= ready.widths[
            1
        ] - 2 * ready.padding + 0.05
