"""Received columns find their places: by heads, over two rows, with their units, turned about."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.loading import open_pack
from importers.placing import (
    Lines,
    Target,
    head_row,
    head_texts,
    in_order,
    is_sum,
    lines_of,
    lines_of_block,
    matched,
    read_head,
    rows_by_name,
    rows_of,
    turned,
    unplaced,
)
from importers.received import Cell, Sheet, Sort
from ui.grid.taking import fits_of

FITS = fits_of(open_pack("ndrc-2021-1004"))
PROJECTS = (
    Target("项目名称", "身份", names=True),
    Target("建设单位", "身份"),
    Target("总投资", "投资", is_numeric=True, unit="万元"),
    Target("节能量", "效益", is_numeric=True, unit="tce/a"),
    Target("2026年", "投资·计划投资", is_numeric=True, unit="万元"),
    Target("2027年", "投资·计划投资", is_numeric=True, unit="万元"),
)


def lines(*rows):
    return Lines(
        tuple(range(1, len(rows[0]) + 1)), tuple(range(1, len(rows) + 1)), tuple(map(tuple, rows))
    )


def taken(sheet, targets=PROJECTS):
    number = head_row(sheet, targets)
    head = read_head(sheet, number, targets, FITS)
    places = matched(head.texts, targets)
    return [row.texts for row in rows_of(sheet, head, places, targets, FITS)]


def test_that_the_order_of_the_columns_does_not_matter():
    sheet = lines(("总投资（亿元）", "备注", "项目名称"), ("1.2", "无", "余热"))

    assert taken(sheet) == [("余热", None, "1.2亿元", None, None, None)]


def test_that_a_head_over_two_rows_names_its_columns_together():
    sheet = lines(
        ("项目名称", "总投资", "分年度计划投资", ""),
        ("", "", "2026年", "2027年"),
        ("余热", "300", "100", "200"),
    )

    assert head_row(sheet, PROJECTS) == 2
    assert taken(sheet) == [("余热", None, "300", None, "100", "200")]


def test_that_a_unit_may_stand_above_all_below_the_head_or_behind_a_stroke():
    above = lines(("某园区项目表", "单位：亿元"), ("项目名称", "总投资"), ("余热", "1.5"))
    below = lines(("项目名称", "节能量"), ("", "万吨标煤"), ("余热", "0.1"))
    stroke = lines(("项目名称", "总投资/元"), ("余热", "5,000"))

    assert taken(above)[0][2] == "1.5亿元"
    assert taken(below) == [("余热", None, None, "0.1万tce", None, None)]
    assert taken(stroke)[0][2] == "5,000元"


def test_that_a_remark_in_brackets_is_no_unit_but_foreign_money_is_not_passed_over():
    guess = lines(("项目名称", "总投资（估算）"), ("余热", "500"))
    foreign = lines(("项目名称", "总投资（万美元）"), ("余热", "500"))

    assert taken(guess)[0][2] == "500"
    assert taken(foreign)[0][2] == "500万美元"  # refused with its reason when it is read


def test_that_a_unit_in_the_cell_counts_before_that_of_the_head():
    sheet = lines(("项目名称", "总投资（万元）"), ("余热", "1.2亿元"), ("中水", "(30)"))

    assert [row[2] for row in taken(sheet)] == ["1.2亿元", "-30万元"]


def test_that_sums_are_told_from_rows():
    sheet = lines(("1", "余热"), ("", "合  计"), ("（一）小计", ""), ("2", "合计制品厂扩建"))

    assert [is_sum(row) for row in sheet.rows] == [False, True, True, False]


def test_that_columns_without_a_place_are_named_but_not_the_row_numbers():
    sheet = lines(("序号", "项目名称", "联系人", "空"), ("1", "余热", "张三", ""))
    head = read_head(sheet, 1, PROJECTS, FITS)

    assert unplaced(sheet, head, matched(head.texts, PROJECTS)) == (2,)


def test_that_a_block_without_heads_goes_on_from_the_column_of_the_cursor():
    assert in_order(lines(("1", "2")), PROJECTS, (2, 3, 4, 5)) == [None, None, 0, 1, None, None]


def test_that_rows_of_a_fixed_table_are_known_by_their_names():
    names = ["地表水", "其中：工业用水", "工业用水重复利用率"]

    assert rows_by_name(["工业用水（万m³）", "雨水", " 地表水 "], names) == [1, None, 0]


@settings(max_examples=50)
@given(st.permutations(range(5)), st.lists(st.integers(1, 10**9), min_size=1, max_size=4))
def test_that_any_order_of_columns_gives_the_same_rows(order, amounts):
    heads = ["项目名称", "建设单位", "总投资（万元）", "节能量（tce）", "联系人"]
    rows = [[f"项目{n}", "甲", str(n), str(n + 1), "乙"] for n in amounts]
    mixed = lines(*[[row[at] for at in order] for row in (heads, *rows)])

    assert taken(mixed) == taken(lines(heads, *rows))


@settings(max_examples=40)
@given(st.lists(st.lists(st.text(max_size=4), min_size=3, max_size=3), min_size=1, max_size=5))
def test_that_any_block_is_answered_and_turning_twice_changes_nothing(rows):
    sheet = lines(*rows)

    assert turned(turned(sheet)).rows == sheet.rows
    assert len(head_texts(sheet, head_row(sheet, PROJECTS), PROJECTS)) == 3
    taken(sheet)


@given(st.lists(st.lists(st.sampled_from(["", " ", "余热", "1.2", "\n"]), max_size=4), max_size=5))
def test_that_a_copied_block_reads_as_a_sheet_that_holds_it(block):
    cells = tuple(
        Cell(row, column, Sort.TEXT, text)
        for row, texts in enumerate(block, start=1)
        for column, text in enumerate(texts, start=1)
        if text.strip()
    )
    assert lines_of_block(block) == lines_of(Sheet("剪贴板", cells), hidden=False)
