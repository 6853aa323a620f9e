"""Rows from a workbook: shown first where they go, put in as one step, never lost on the way."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from forms.address import Address
from importers.errors import ReceivedError
from importers.received import Cell, Note, Sheet, Sort, Workbook
from tests.importers.packages import cells, sheet, xlsx
from ui.grid.taking import show_block, show_cells, take_workbook

HOME = Address("works", "list")


@pytest.fixture
def panel(sheet_of_one_row):
    return sheet_of_one_row


@pytest.fixture
def session(panel):
    return panel.rows.session


def workbook(*rows: tuple[str, ...], hidden: tuple[int, ...] = (), **more) -> Workbook:
    found = tuple(
        Cell(row, column, Sort.TEXT, text, row in hidden)
        for row, texts in enumerate(rows, start=1)
        for column, text in enumerate(texts, start=1)
        if text
    )
    return Workbook((Sheet("汇总", found, **more), Sheet("底稿", (), hidden=True)), ())


BOOK = workbook(
    ("某园区项目汇总表",),
    ("序号", "项目名称", "是否新建", "备注"),
    ("1", "中水项目", "是", "无"),
    ("2", "蒸汽项目", "不知道", "无"),
)


def names(session) -> list[str]:
    return [session.view.row_name(HOME.at_row(row)) for row in session.view.rows(HOME)]


def test_that_columns_are_found_by_the_heads_and_the_title_above_is_left(panel):
    dialog = show_cells(panel, "汇总.xlsx", BOOK)

    assert dialog.head.currentData() == 2
    named = {box.accessibleName(): box.currentText() for box in dialog.columns}
    assert named["“项目名称”取自"] == "B 项目名称"
    assert named["“是否新建”取自"] == "C 是否新建"
    assert dialog.says.text().startswith("将新增 2 行。1 格无法识别")
    assert dialog.model.rows == (("中水项目", "是"), ("蒸汽项目", "● 不知道"))
    dialog.reject()


def test_that_every_column_is_seen_in_the_preview_of_a_narrow_block(panel):
    dialog = show_block(panel, [["项目名称", "总投资"], ["一二三四五六七八九十一二三", "1"]])
    dialog.resize(dialog.width() + 200, dialog.height())
    view = dialog.preview
    head = view.horizontalHeader()

    assert head.count() == 2
    for place in range(head.count()):
        assert head.sectionSize(place) >= head.sectionSizeHint(place)
        assert (
            head.sectionSize(place) >= view.sizeHintForIndex(view.model().index(0, place)).width()
        )
    dialog.reject()


def test_that_nothing_changes_until_it_is_taken(panel, session):
    show_cells(panel, "汇总.xlsx", BOOK).reject()

    assert names(session) == ["余热项目"]


def test_that_rows_come_behind_the_last_one_as_one_step_of_undo(panel, session):
    show_cells(panel, "汇总.xlsx", BOOK).accept()

    assert names(session) == ["余热项目", "中水项目", "蒸汽项目"]
    assert "从 Excel 取" in session.undo_stack.undoText()
    refused = next(iter(panel.rows.refused.values()))
    assert refused.text == "不知道"
    session.undo_stack.undo()
    assert names(session) == ["余热项目"]


def test_that_another_column_can_be_chosen(panel, session):
    dialog = show_cells(panel, "汇总.xlsx", BOOK)
    box = next(box for box in dialog.columns if "项目名称" in box.accessibleName())
    box.setCurrentIndex(box.findText("D 备注"))
    dialog.accept()

    assert names(session)[1:] == ["无", "无"]


def test_that_hidden_rows_stay_out_until_they_are_asked_for(panel):
    book = workbook(*(("项目名称", "是否新建"), ("明", "是"), ("暗", "是")), hidden=(3,))
    dialog = show_cells(panel, "汇总.xlsx", book)

    assert [row[0] for row in dialog.model.rows] == ["明"]
    assert "隐藏的行和列中有 2 格没有取" in dialog.report.toPlainText()
    dialog.hidden.setChecked(True)
    assert [row[0] for row in dialog.model.rows] == ["明", "暗"]
    dialog.reject()


def test_that_a_unit_in_the_head_goes_with_its_figures(panel, session):
    book = workbook(("项目名称", "总投资（亿元）"), ("余热", "1.2"))
    dialog = show_cells(panel, "汇总.xlsx", book)
    dialog.accept()

    row = session.view.rows(HOME)[-1]
    assert session.view.text(HOME.at(row, "cost")).replace(",", "") == "12000"


def test_that_what_the_reader_has_to_say_is_shown_as_plain_text(panel):
    notes = (
        Note("汇总", "B5", "<b>是公式</b>"),
        Note("", "", "含宏，没有运行"),
        Note("底稿", "A1", "x"),
    )
    dialog = show_cells(panel, "<b>汇总</b>.xlsx", Workbook(BOOK.sheets, notes))

    assert dialog.report.toPlainText().split("\n")[-2:] == [
        "B5 格：<b>是公式</b>。",
        "含宏，没有运行。",
    ]
    dialog.reject()


def test_that_a_sheet_with_nothing_in_it_cannot_be_taken(panel):
    dialog = show_cells(panel, "空.xlsx", Workbook((Sheet("空", ()),), ()))

    assert not dialog.take.isEnabled()
    assert "没有可取的内容" in dialog.says.text()
    dialog.reject()


def test_that_every_choice_has_a_name_for_a_screen_reader(panel):
    dialog = show_cells(panel, "汇总.xlsx", BOOK)

    parts = (dialog.sheet, dialog.head, dialog.preview, dialog.report, *dialog.columns)
    assert all(part.accessibleName() for part in parts)
    dialog.reject()


def test_that_a_file_is_read_by_the_worker_and_a_refusal_names_it(panel, tmp_path):
    good, bad = tmp_path / "好.xlsx", tmp_path / "旧.xls"
    row = cells(1, '<c r="A1" t="inlineStr"><is><t>项目名称</t></is></c>')
    good.write_bytes(xlsx({"表": sheet(row)}))
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    take_workbook(panel, good)
    with pytest.raises(ReceivedError, match=r"旧\.xls.*旧的二进制格式"):
        take_workbook(panel, bad)
    with pytest.raises(ReceivedError, match="打不开"):
        take_workbook(panel, tmp_path / "没有.xlsx")


def test_that_a_row_that_a_filter_hides_is_not_taken_for_a_new_one(panel, session):
    panel.search.setText("没有这样的项目")
    dialog = show_cells(panel, "汇总.xlsx", workbook(("项目名称", "总投资"), ("余热项目", "50")))
    dialog.accept()

    assert names(session) == ["余热项目"]
    assert session.view.text(HOME.at("p1", "cost")) == "50"


def test_that_the_choices_go_on_below_where_a_large_text_leaves_no_room(panel):
    dialog = show_block(panel, [["项目名称", "总投资"], ["甲", "1"], ["合计", "1"]])
    dialog.setStyleSheet("* { font-size: 21pt }")
    dialog.resize(dialog.minimumSizeHint().width(), dialog.height())
    QApplication.processEvents()

    assert dialog.minimumSizeHint().width() < 1366
    right = dialog.sums.mapTo(dialog, dialog.sums.rect().topRight()).x()
    assert right <= dialog.width()
    dialog.reject()
