"""Tables in Word: shape, repeated heads, whole rows, widths; and pictures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exporters.document import (
    Align,
    Caption,
    Cell,
    Column,
    Document,
    Figure,
    Orientation,
    PageMap,
    Part,
    PartRole,
    RowRole,
    Table,
    TableRow,
    WantedWidth,
)
from exporters.docx import render
from exporters.errors import ExportError
from tests.exporters import volume
from tests.exporters.docx.reading import WordFile, w
from tests.exporters.volume import row

EMU_PER_MM = 36_000


def of(*blocks, orientation: Orientation = Orientation.PORTRAIT) -> WordFile:
    part = Part(PartRole.BODY, blocks, orientation)
    return WordFile(render(Document("题", (part,)), PageMap()))


def rows(word: WordFile):
    return list(word.document.iter(w("tr")))


def marks(element, name: str) -> bool:
    return element.find(f".//{w(name)}") is not None


def styles(word: WordFile) -> list[str]:
    return [line.style for line in word.lines if line.in_table]


def test_that_spans_keep_every_cell_in_its_column():
    table = Table(
        tuple(Column(1) for _ in range(4)),
        (),
        (
            TableRow((Cell("a", rowspan=3), Cell("b", colspan=2), Cell("c"))),
            TableRow((Cell("d", colspan=2, rowspan=2), Cell("e"))),
            row("f"),
            row("g", "h", "i", "j"),
        ),
    )
    assert of(table).tables == [
        [
            ["a", "b", None, "c"],
            [None, "d", None, "e"],
            [None, None, None, "f"],
            ["g", "h", "i", "j"],
        ]
    ]


def test_that_a_row_too_short_is_filled_up_with_empty_cells():
    table = Table((Column(1), Column(1)), (), (row("甲"),))
    assert of(table).tables == [[["甲", ""]]]


def test_that_a_cell_beyond_the_last_column_is_printed_in_a_column_of_its_own():
    table = Table((Column(1),), (), (row("甲"), row("乙", "多出")))
    assert of(table).tables == [[["甲", ""], ["乙", "多出"]]]


def test_that_a_cell_never_reaches_into_one_from_above():
    above = TableRow((Cell("a"), Cell("b", rowspan=2), Cell("c")))
    table = Table((Column(1),) * 3, (), (above, TableRow((Cell("d", colspan=2), Cell("e")))))
    assert of(table).tables == [[["a", "b", "c"], ["d", None, "e"]]]


def test_that_a_table_without_rows_leaves_no_table():
    word = of(Table((Column(1),), (), (), Caption("表1-1", "空表", "x")))
    assert word.tables == []
    assert word.lines[0].text == "表1-1 空表"


def test_that_a_group_row_of_one_cell_goes_across_the_table():
    table = Table((Column(1), Column(1)), (), (row("第一组", role=RowRole.GROUP), row("甲", "乙")))
    assert of(table).tables == [[["第一组", None], ["甲", "乙"]]]


def test_that_head_rows_repeat_on_every_page_and_body_rows_do_not():
    repeated = [marks(each, "tblHeader") for each in rows(of(volume.projects_table()))]
    assert repeated == [True, True, False, False, False, False]


def test_that_rows_stay_whole_unless_they_would_leave_half_a_page_bare():
    table = Table((Column(1),), (), (row("短"), row("长" * 2000)))
    assert [marks(each, "cantSplit") for each in rows(of(table))] == [True, False]


def test_that_a_low_table_stays_on_one_page():
    word = of(Table((Column(1),), (row("甲"),), (row("乙"), row("丙"), row("丁"))))
    kept = [marks(word.style(line.style), "keepNext") for line in word.lines if line.in_table]
    assert kept == [True, True, True, False]


def test_that_heads_groups_and_totals_are_never_left_alone():
    low = volume.projects_table()
    group, first, *rest = low.body
    high = replace(first, cells=(*first.cells[:-1], Cell("长" * 2000)))
    word = of(replace(low, body=(group, high, *rest)))
    by_style = [marks(word.style(line.style), "keepNext") for line in word.lines if line.in_table]
    heads_and_group, first, before_total, total = 8, 4, 4, 3
    assert by_style == [
        *([True] * heads_and_group + [False] * first),
        *([True] * before_total + [False] * total),
    ]
    assert not any(marks(each, "keepNext") for each in word.document.iter(w("pPr")))


def test_that_the_columns_fill_the_measure_in_their_shares():
    for orientation, measure in ((Orientation.PORTRAIT, 156), (Orientation.LANDSCAPE, 225)):
        word = of(Table((Column(1), Column(3)), (), (row("甲", "乙"),)), orientation=orientation)
        widths = [int(each.get(w("w"))) for each in word.document.iter(w("gridCol"))]
        cells = [int(each.get(w("w"))) for each in word.document.iter(w("tcW"))]
        half_a_millimetre = 28
        assert sum(widths) == pytest.approx(measure / 25.4 * 1440, abs=half_a_millimetre)
        half_a_character = 105
        assert widths[1] == pytest.approx(measure / 25.4 * 1440 * 3 / 4, abs=half_a_character)
        assert cells == widths
        assert word.document.find(f".//{w('tblLayout')}").get(w("type")) == "fixed"


def widths_mm(word: WordFile) -> list[float]:
    columns = word.document.iter(w("gridCol"))
    return [int(each.get(w("w"))) / 1440 * 25.4 for each in columns]


def test_that_a_narrow_column_grows_until_its_numbers_fit_on_a_line():
    table = Table((Column(1), Column(40)), (), (row("1234567.89", "说明"),))
    number, text = widths_mm(of(table))
    assert number > 10 * 0.5 * 10.5 / 72 * 25.4  # ten digits of half an em at 10.5 pt
    assert number + text == pytest.approx(156, abs=0.1)


def test_that_a_crowded_table_gives_up_type_size_and_padding_before_numbers_break():
    numbers = ["1234567.89"] * 8
    table = Table((Column(1),) * 8, (), (row(*numbers),))
    word = of(table)
    assert set(styles(word)) == {"公文表小字文字左"}
    twelve = Table((Column(1),) * 12, (), (row(*numbers, *numbers[:4]),))
    assert sum(widths_mm(of(twelve))) == pytest.approx(156, abs=0.1)
    assert of(twelve).document.find(f".//{w('tblPr')}/{w('tblCellMar')}") is not None


def test_that_cells_are_set_as_their_column_or_as_they_ask():
    table = Table(
        (Column(1), Column(1, Align.RIGHT)),
        (row("甲", "乙"),),
        (
            row("文字", "1.5"),
            TableRow((Cell("中", align=Align.CENTRE), Cell("—", align=Align.CENTRE))),
            row("组", role=RowRole.GROUP),
            row("合计", "1.5", role=RowRole.TOTAL),
        ),
    )
    assert styles(of(table)) == [
        *("公文表表头中", "公文表表头中"),
        *("公文表文字左连下行", "公文表文字右连下行"),
        *("公文表文字中连下行", "公文表文字中连下行"),
        "公文表分组左",
        *("公文表合计左", "公文表合计右"),
    ]


def test_that_a_wide_table_is_set_in_smaller_type():
    word = of(volume.wide_table())
    assert set(styles(word)) == {"公文表小字表头中", "公文表小字文字左", "公文表小字文字右"}
    size = word.style("公文表小字文字右").find(f"{w('rPr')}/{w('sz')}")
    assert size.get(w("val")) == "18"


def test_that_caption_and_unit_stand_above_and_notes_below():
    word = of(volume.projects_table())
    outside = [(line.style, line.text) for line in word.lines if not line.in_table]
    assert outside == [
        ("公文表题", "表2-1 重点项目"),
        ("公文表单位", "单位：万元"),
        ("公文表注", "注：投资按当年价格计。"),
        ("公文表末注", "数据来源：园区统计年报。"),
    ]
    for name in ("公文表题", "公文表单位"):
        assert marks(word.style(name), "keepNext")


def test_that_two_tables_never_touch():
    table = Table((Column(1),), (), (row("甲"),))
    body = of(table, table).document[0]
    assert [each.tag for each in body] == [w("tbl"), w("p"), w("tbl"), w("p"), w("sectPr")]


def test_that_a_line_break_in_a_cell_stays_one():
    word = of(Table((Column(1),), (), (row("中水\n回用\r\n二期"),)))
    assert word.tables == [[["中水\n回用\n二期"]]]


@pytest.mark.parametrize(
    ("orientation", "pixels", "size_mm"),
    [
        (Orientation.PORTRAIT, (4000, 1500), (156, 58.5)),
        (Orientation.PORTRAIT, (600, 800), (82.5, 110)),
        (Orientation.LANDSCAPE, (4000, 1500), (225, 84.4)),
        (Orientation.PORTRAIT, (96, 48), (25.4, 12.7)),
    ],
)
def test_that_a_picture_is_as_wide_as_the_text_unless_too_high_or_too_coarse(
    orientation, pixels, size_mm
):
    word = of(volume.figure(Caption("图1-1", "区位", "x"), *pixels), orientation=orientation)
    [extent] = (each for each in word.document.iter() if each.tag.endswith("}extent"))
    printed = [int(extent.get(side)) / EMU_PER_MM for side in ("cx", "cy")]
    assert printed == pytest.approx(size_mm, abs=0.1)


@pytest.mark.parametrize(
    ("wanted", "size"),
    [
        (None, (156.0, 78.0)),
        (WantedWidth(50, is_percent=True), (78.0, 39.0)),
        (WantedWidth(80, is_percent=False), (80.0, 40.0)),
        (WantedWidth(300, is_percent=False), (156.0, 78.0)),
    ],
)
def test_that_a_picture_is_as_wide_as_somebody_wants(wanted, size):
    """The same size in Word and PDF: both ask the figure itself."""
    figure = Figure(b"", "image/png", 4000, 2000, Caption("图1-1", "图", "f"), "", wanted=wanted)
    assert figure.printed_mm(156.0, 120.0) == pytest.approx(size)


def test_that_a_wanted_width_goes_beyond_the_dots_of_a_screen_but_not_beyond_the_page():
    small = Figure(b"", "image/png", 100, 100, Caption("图1-1", "图", "f"), "")
    wide = replace(small, wanted=WantedWidth(100, is_percent=True))
    assert small.printed_mm(156.0, 120.0) == pytest.approx((26.46, 26.46), abs=0.01)
    assert wide.printed_mm(156.0, 120.0) == pytest.approx((120.0, 120.0))


def test_that_a_picture_is_not_cut_down_to_one_line_and_keeps_its_caption():
    word = of(volume.figure(Caption("图1-1", "区位", "x")))
    spacing = word.style("公文图").find(f"{w('pPr')}/{w('spacing')}")
    assert spacing.get(w("lineRule")) == "auto"
    assert marks(word.style("公文图"), "keepNext")
    assert [line.style for line in word.lines] == ["公文图", "公文图题"]


def test_that_a_picture_has_its_words_for_those_who_cannot_see_it():
    word = of(volume.figure(Caption("图1-1", "区位", "x")))
    [description] = (each for each in word.document.iter() if each.tag.endswith("}docPr"))
    assert description.get("descr") == "区位示意"


def test_that_equal_pictures_are_stored_once():
    figure = volume.figure(Caption("图1-1", "区位", "x"))
    other = volume.figure(Caption("图1-2", "管网", "y"), 30, 30)
    names = [name for name in of(figure, figure, other).names if "/media/" in name]
    assert names == ["word/media/image1.png", "word/media/image2.png"]


def test_that_a_picture_of_another_kind_is_refused_by_the_name_of_its_figure():
    figure = Figure(b"GIF89a", "image/png", 1, 1, Caption("图7-2", "坏图", "x"), "坏图")
    with pytest.raises(ExportError, match="图7-2"):
        of(figure)
