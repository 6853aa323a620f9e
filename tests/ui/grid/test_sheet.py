"""Typing, moving, copying and pasting in sheets, as people do it in Excel."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from forms.edits import SetValue
from forms.values import YearMonth
from ui.dialogs.take_cells import TakeCellsDialog
from ui.grid.cell_editors import RoomyEditor
from ui.grid.delegate import SheetDelegate
from ui.grid.sheet_model import LOOK
from ui.grid.sheet_shape import ACCESSIBLE_TEXT
from ui.prose.edit import ProseEdit

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(make_session, open_page):
    session = make_session(
        {"steps/list/a/name": "甲", "steps/list/b/name": "乙", "steps/list/a/cost": "10"},
        rows=["steps/list/a", "steps/list/b"],
    )
    page = open_page(session, "steps")
    return page.blocks[0].panel


@pytest.fixture
def session(panel):
    return panel.model.session


def cell(panel, row, column):
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(row, column))


def test_that_return_commits_and_goes_down(panel, session, at, keys, qtbot):
    cell(panel, 0, 3)
    keys("1234.5", KEY.Key_Return)
    qtbot.waitUntil(panel.view.hasFocus)

    assert session.answers.get(at("steps/list/a/cost")) == Decimal("1234.5")
    assert panel.view.currentIndex().row() == 1
    keys(KEY.Key_F2)
    keys("7", KEY.Key_Tab)
    qtbot.waitUntil(lambda: session.answers.get(at("steps/list/b/cost")) == Decimal(7))


def test_that_tab_beyond_the_last_cell_adds_a_row(panel, session, at, keys, qtbot):
    cell(panel, 1, 3)
    keys(KEY.Key_Tab)

    assert len(session.view.rows(at("steps/list"))) == 3
    assert panel.view.currentIndex().row() == 2
    assert panel.view.currentIndex().column() == 0


def test_that_chinese_is_typed_straight_onto_a_cell(
    panel, session, at, write, compose, keys, qtbot
):
    cell(panel, 1, 0)
    compose("bing", panel.view)
    assert session.answers.get(at("steps/list/b/name")) == "乙"
    write("丙", panel.view)
    qtbot.waitUntil(lambda: not panel.view.hasFocus())
    keys(KEY.Key_Return)

    qtbot.waitUntil(lambda: session.answers.get(at("steps/list/b/name")) == "丙")


def test_that_a_bad_entry_stays_in_its_cell_with_the_reason(panel, session, at, keys, qtbot):
    cell(panel, 0, 3)
    keys("12a", KEY.Key_Return)
    place = panel.model.index(0, 3)
    qtbot.waitUntil(lambda: place.data() == "12a")

    assert session.answers.get(at("steps/list/a/cost")) == Decimal(10)
    assert place.data(LOOK).refused
    assert "甲 · 费用" in panel._foot.text()
    assert "未采纳" in place.data(Qt.ItemDataRole.ToolTipRole)

    cell(panel, 0, 3)
    keys(KEY.Key_F2)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == "12a"
    keys(KEY.Key_End, KEY.Key_Backspace, KEY.Key_Return)
    qtbot.waitUntil(lambda: session.answers.get(at("steps/list/a/cost")) == Decimal(12))
    assert panel._foot.isHidden()


def test_that_delete_empties_the_selection_as_one_step(panel, session, at, keys):
    cell(panel, 0, 0)
    panel.view.selectAll()
    keys(KEY.Key_Delete)
    assert session.view.text(at("steps/list/a/name")) == ""
    assert session.view.text(at("steps/list/b/name")) == ""

    session.undo_stack.undo()
    assert session.view.text(at("steps/list/a/cost")) == "10"
    assert session.undo_stack.index() == 0


def test_that_a_block_from_excel_is_one_undo_step_and_nothing_is_lost(
    panel, session, at, keys, qtbot
):
    block = (
        "甲一\t内容一\t2025-03\t1,000\r\n"
        '乙一\t"第一行\n第二行"\t2025年13月\t不详\r\n'
        "丙一\t\t2026.1\t0.5亿元\t多余\r\n"
    )
    QApplication.clipboard().setText(block)
    cell(panel, 0, 0)
    keys(KEY.Key_V, modifier=CTRL)
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, TakeCellsDialog)
    assert preview.says.text().startswith("将新增 1 行，将改写 2 行。2 格无法识别")
    assert [box.accessibleName() for box in preview.mapping.unplaced] == ["“E”放到"]
    assert (
        "“费用（万元）”由亿元换算为万元，1 格，如 0.5亿元 → 5000。" in preview.report.toPlainText()
    )
    assert session.undo_stack.index() == 0  # nothing is written before it was seen
    qtbot.waitUntil(preview.take.hasFocus)
    keys(KEY.Key_Return)
    third = session.view.rows(at("steps/list"))[2]

    assert session.view.text(at("steps/list/a/name")) == "甲一"
    assert session.answers.get(at("steps/list/a/cost")) == Decimal(1000)
    assert session.answers.get(at("steps/list/b/body")) == "第一行\n第二行"
    assert session.answers.get(at(f"steps/list/{third}/cost")) == Decimal(5000)
    assert session.answers.get(at(f"steps/list/{third}/done")) == YearMonth(2026, 1)
    assert panel.model.index(1, 2).data() == "2025年13月"
    assert panel.model.index(1, 3).data() == "不详"
    said = panel._foot.text()
    assert "新增 1 行" in said
    assert "2 格无法识别，原样留在格中待改" in said

    session.undo_stack.undo()
    assert session.undo_stack.index() == 0
    assert session.view.rows(at("steps/list")) == ("a", "b")
    assert session.view.text(at("steps/list/a/name")) == "甲"


def test_that_one_text_fills_all_selected_cells(panel, session, at, keys):
    QApplication.clipboard().setText("5")
    cell(panel, 0, 3)
    panel.view.selectColumn(3)
    keys(KEY.Key_V, modifier=CTRL)

    assert session.answers.get(at("steps/list/a/cost")) == Decimal(5)
    assert session.answers.get(at("steps/list/b/cost")) == Decimal(5)


def test_that_a_selection_is_copied_as_excel_takes_it(panel, session, at, keys):
    cell(panel, 0, 0)
    panel.view.selectAll()
    keys(KEY.Key_C, modifier=CTRL)

    assert QApplication.clipboard().text() == "甲\t\t\t10\r\n乙\t\t\t\r\n"


def test_that_rows_are_added_moved_copied_and_removed(panel, session, at):
    cell(panel, 0, 0)
    panel.move_down()
    assert session.view.rows(at("steps/list")) == ("b", "a")
    assert panel.current_row().row == "a"
    panel.copy_row()
    assert session.view.text(panel.current_row().table.at(panel.current_row().row, "name")) == "甲"
    assert len(session.view.rows(at("steps/list"))) == 3
    panel.remove_rows()
    assert session.view.rows(at("steps/list")) == ("b", "a")
    panel.add_row()
    assert panel.current_row().row == session.view.rows(at("steps/list"))[2]
    for _ in range(4):
        session.undo_stack.undo()
    assert session.view.rows(at("steps/list")) == ("a", "b")
    assert panel.model.rowCount() == 2


def test_that_totals_follow_live(panel, session, at, keys, qtbot):
    assert panel._totals.spoken() == "合计：费用（万元） 10"
    cell(panel, 1, 3)
    keys("2.5", KEY.Key_Return)
    qtbot.waitUntil(lambda: panel._totals.text_of("cost", 0) == "12.5")


def test_that_prose_in_a_cell_gets_a_roomy_editor(panel, session, at, keys, write, qtbot):
    cell(panel, 0, 1)
    height = panel.view.rowHeight(0)
    keys(KEY.Key_F2)
    edit = QApplication.focusWidget()
    assert edit is not None
    assert edit.width() > 300
    write("第一行", edit)
    keys(KEY.Key_Return)
    write("第二行" * 30, edit)
    keys(KEY.Key_Return, modifier=CTRL)

    qtbot.waitUntil(panel.view.hasFocus)
    assert session.answers.get(at("steps/list/a/body")).startswith("第一行\n第二行")
    assert panel.view.rowHeight(0) > height


def test_that_a_footnote_is_written_in_a_cell_too(panel, session, at, keys, write, qtbot):
    cell(panel, 0, 1)
    keys(KEY.Key_F2)
    edit = QApplication.focusWidget()
    assert isinstance(edit, ProseEdit)
    write("余热回收", edit)
    edit.ask_note()
    write("含冷凝水", QApplication.focusWidget())
    keys(KEY.Key_Return)
    assert QApplication.focusWidget() is edit
    keys(KEY.Key_Return, modifier=CTRL)

    qtbot.waitUntil(panel.view.hasFocus)
    assert session.answers.get(at("steps/list/a/body")) == "余热回收^[含冷凝水]"
    assert panel.model.index(0, 1).data() == "余热回收（注：含冷凝水）"


def test_that_an_empty_table_says_what_belongs_there_and_offers_the_first_step(
    make_session, open_page, at
):
    session = make_session()
    page = open_page(session, "steps")
    panel = page.blocks[0].panel
    assert panel.view.isHidden()
    assert panel.empty.button.text() == "新增措施"

    panel.empty.button.click()
    assert panel.empty.isHidden()
    assert not panel.view.isHidden()
    assert len(session.view.rows(at("steps/list"))) == 1
    assert panel.view.hasFocus()


def test_that_cells_tell_a_screen_reader_what_they_are(panel):
    place = panel.model.index(0, 3)

    assert place.data(ACCESSIBLE_TEXT) == "费用（万元）：10"
    assert panel.model.index(1, 3).data(ACCESSIBLE_TEXT) == "费用（万元）：空"
    assert panel.view.accessibleName() == "主要措施"
    assert isinstance(panel.view.itemDelegate(), SheetDelegate)


def test_that_a_roomy_editor_closes_when_the_keyboard_goes_elsewhere(
    panel, session, at, keys, write, qtbot
):
    cell(panel, 0, 1)
    keys(KEY.Key_F2)
    for part in ("一", "二", "三"):
        write(part)
    panel.tools[0].setFocus()

    qtbot.waitUntil(lambda: not panel.view.findChildren(RoomyEditor))
    assert session.answers.get(at("steps/list/a/body")) == "一二三"
    assert session.undo_stack.count() == 1  # quick typing is one step


def test_that_tool_tips_never_take_a_name_for_markup(panel, session, at):
    session.edit(SetValue(at("steps/list/a/name"), "<b>粗</b><img src=x>"))

    assert "&lt;b&gt;粗" in panel.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_that_ctrl_tab_leaves_a_sheet_and_shift_tab_at_its_start(panel, keys):
    cell(panel, 1, 3)
    keys(KEY.Key_Tab, modifier=CTRL)
    assert not panel.view.hasFocus()
    assert QApplication.focusWidget() is not None
    cell(panel, 0, 0)
    keys(KEY.Key_Backtab, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert not panel.view.hasFocus()


def test_that_what_is_typed_outlives_a_check_that_ends_meanwhile(panel, session, at, keys, qtbot):
    cell(panel, 0, 3)
    keys("12")
    panel.show_remarks({})
    keys("5", KEY.Key_Return)

    qtbot.waitUntil(lambda: session.answers.get(at("steps/list/a/cost")) == Decimal(125))
