"""Filling, typing into many cells, changing many rows: each one step of undo."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.address import Address
from forms.values import YearMonth
from ui.dialogs.bulk_edit import BulkEditDialog
from ui.fields.choosing import ChoiceEditor
from ui.fields.lines import LineEditor
from ui.grid.filling import continued
from ui.grid.row_steps import copy_steps, move_steps
from ui.grid.sheet_model import Refused

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
HOME = Address("works", "list")
ROWS = ("p1", "p2", "p3", "p4")


@pytest.fixture
def panel(make_session, open_sheet):
    texts = {f"works/list/{row}/name": f"项目{row}" for row in ROWS}
    texts |= {"works/list/p1/cost": "100", "works/list/p1/task": "推动节能降碳"}
    texts |= {"works/list/p1/invest/2023": "30", "works/list/p2/invest/2023": "7"}
    session = make_session(texts, rows=[f"works/list/{row}" for row in ROWS])
    return open_sheet(session, "works", "list")


@pytest.fixture
def session(panel):
    return panel.rows.session


def place(panel, key, year=0):
    columns = panel.rows.sheet_columns
    return next(n for n, c in enumerate(columns) if (c.key, c.year) == (key, year))


def choose(panel, top, left, bottom, right):
    view, index = panel.view, panel.rows.index
    view.setFocus()
    select = view.selectionModel()
    view.setCurrentIndex(index(top, left))
    span = QItemSelection(index(top, left), index(bottom, right))
    select.select(span, select.SelectionFlag.ClearAndSelect)


def values(session, key, year=0):
    return [session.answers.get(HOME.at(row, key, year)) for row in session.view.rows(HOME)]


def test_that_ctrl_d_fills_the_first_cell_down_as_one_step(panel, session, keys):
    cost, task = place(panel, "cost"), place(panel, "task")
    choose(panel, 0, task, 2, task)
    keys(KEY.Key_D, modifier=CTRL)
    choose(panel, 0, cost, 3, cost)
    keys(KEY.Key_D, modifier=CTRL)

    assert values(session, "task") == ["carbon", "carbon", "carbon", None]
    assert values(session, "cost") == [Decimal(100)] * 4
    assert panel._foot.text() == "已填充 3 格。"
    session.undo_stack.undo()
    assert values(session, "cost") == [Decimal(100), None, None, None]


def test_that_ctrl_d_on_one_row_takes_the_row_above(panel, session, keys):
    cost = place(panel, "cost")
    choose(panel, 1, cost, 1, cost)
    keys(KEY.Key_D, modifier=CTRL)

    assert values(session, "cost")[1] == Decimal(100)


def test_that_ctrl_r_fills_the_years_and_leaves_what_is_computed(panel, session, keys):
    first, computed = place(panel, "invest", 2023), place(panel, "planned")
    choose(panel, 0, first, 1, computed)
    keys(KEY.Key_R, modifier=CTRL)

    for year in (2024, 2025):
        assert values(session, "invest", year)[:2] == [Decimal(30), Decimal(7)]
    assert "已填充 4 格；2 格不能填写" in panel._foot.text()


def test_that_a_refused_entry_is_neither_spread_nor_run_over(panel, session, keys):
    cost = place(panel, "cost")
    panel.rows.refuse({HOME.at("p3", "cost"): Refused("约5", "不是数字。")})
    choose(panel, 0, cost, 3, cost)
    keys(KEY.Key_D, modifier=CTRL)

    assert values(session, "cost") == [Decimal(100), Decimal(100), None, Decimal(100)]
    assert panel.rows.refused[HOME.at("p3", "cost")].text == "约5"


def test_that_ctrl_enter_puts_what_is_typed_into_all_chosen_cells(panel, session, keys, qtbot):
    cost = place(panel, "cost")
    choose(panel, 0, cost, 2, cost)
    keys("12.5")
    keys(KEY.Key_Return, modifier=CTRL)

    qtbot.waitUntil(panel.view.hasFocus)
    assert values(session, "cost") == [Decimal("12.5")] * 3 + [None]
    assert session.undo_stack.undoText() == "填入 3 格"
    session.undo_stack.undo()
    assert values(session, "cost") == [Decimal(100), None, None, None]


def test_that_a_figure_in_another_unit_is_filled_converted(panel, session, keys, write, qtbot):
    cost = place(panel, "cost")
    choose(panel, 1, cost, 2, cost)
    keys("1.2")
    write("亿元")
    keys(KEY.Key_Return, modifier=CTRL)

    qtbot.waitUntil(panel.view.hasFocus)
    assert values(session, "cost")[1:3] == [Decimal(12000)] * 2


def test_that_the_handle_fills_what_it_is_dragged_over(panel, session, qtbot):
    view, cost = panel.view, place(panel, "cost")
    view.scrollTo(panel.rows.index(0, cost))
    choose(panel, 0, cost, 0, cost)
    handle = panel.editing.filling.handle
    qtbot.waitUntil(handle.isVisible)
    target = view.visualRect(panel.rows.index(2, cost)).center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    QTest.mouseMove(handle, handle.mapFrom(view.viewport(), target))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))

    assert values(session, "cost") == [Decimal(100)] * 3 + [None]
    assert len(view.selectedIndexes()) == 3


def test_that_an_even_series_goes_on():
    assert continued([2025, 2026], 3) == [2027, 2028, 2029]
    assert continued([Decimal("0.1"), Decimal("0.3")], 2) == [Decimal("0.5"), Decimal("0.7")]
    assert continued([YearMonth(2026, 9), YearMonth(2026, 12)], 1) == [YearMonth(2027, 3)]
    assert continued([2025], 2) == [2025, 2025]
    assert continued([1, 2, 4], 2) == [1, 2]
    assert continued(["甲", "乙"], 3) == ["甲", "乙", "甲"]
    assert continued([True, False], 2) == [True, False]


@settings(max_examples=30)
@given(st.integers(-99, 99), st.integers(-9, 9), st.integers(2, 4), st.integers(0, 5))
def test_that_a_series_is_what_counting_on_gives(first, step, known, count):
    whole = [first + step * n for n in range(known + count)]

    assert continued(whole[:known], count) == whole[known:]


def test_that_many_rows_are_changed_at_once_after_a_look(panel, session, keys, qtbot):
    task = place(panel, "task")
    choose(panel, 0, task, 2, task)
    panel.editing.filling.change_many()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BulkEditDialog)
    assert dialog.column.currentText() == "身份 · 对应任务"
    assert isinstance(dialog.editor, ChoiceEditor)
    box = dialog.editor.box
    box.setCurrentIndex(box.findText("推动节能降碳"))
    box.activated.emit(box.currentIndex())

    assert dialog.says.text() == "将修改 2 行，1 行已经是这样。"
    lines = dialog.lines.model()
    shown = [lines.index(row, 0).data() for row in range(lines.rowCount())]
    assert shown == ["项目p2", "项目p3"]
    dialog.do.click()
    assert values(session, "task") == ["carbon", "carbon", "carbon", None]
    session.undo_stack.undo()
    assert values(session, "task") == ["carbon", None, None, None]


def test_that_changing_many_refuses_what_is_no_value_and_can_clear(panel, session, keys):
    cost = place(panel, "cost")
    choose(panel, 0, cost, 3, cost)
    panel.editing.filling.change_many()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BulkEditDialog)
    assert "请填写新的内容" in dialog.says.text()
    assert not dialog.do.isEnabled()
    assert isinstance(dialog.editor, LineEditor)
    dialog.editor.focus_editor()
    QTest.keyClicks(dialog.editor.line, "12x")
    dialog.editor.finish()
    assert "单位应为万元" in dialog.says.text()
    assert not dialog.do.isEnabled()

    dialog.editor.line.clear()
    dialog.editor.finish()
    dialog.clears.setChecked(True)
    assert dialog.says.text() == "将修改 1 行，3 行已经是这样。"
    dialog.do.click()
    assert values(session, "cost") == [None] * 4


def test_that_several_rows_move_and_are_copied_together(panel, session):
    list(move_steps(panel.rows, ["p2", "p3"], -1))
    assert session.view.rows(HOME) == ("p2", "p3", "p1", "p4")
    list(move_steps(panel.rows, ["p2", "p1"], -1))  # the first is at the top already
    assert session.view.rows(HOME) == ("p2", "p1", "p3", "p4")
    list(move_steps(panel.rows, ["p1", "p3"], 1))
    assert session.view.rows(HOME) == ("p2", "p4", "p1", "p3")
    made: list[str] = []
    list(copy_steps(panel.rows, ["p4", "p1"], made))
    assert session.view.rows(HOME) == ("p2", "p4", "p1", *made, "p3")
    assert values(session, "cost")[3:5] == [None, Decimal(100)]
    for _ in range(4):
        session.undo_stack.undo()
    assert session.view.rows(HOME) == ROWS


def test_that_the_chosen_rows_stay_chosen_while_they_move(panel, session):
    choose(panel, 0, 0, 1, 0)
    panel.move_down()

    assert session.view.rows(HOME) == ("p3", "p1", "p2", "p4")
    assert {cell.row() for cell in panel.view.selectedIndexes()} == {1, 2}
    panel.copy_row()
    panel.view.selectAll()
    panel.remove_rows()
    assert session.view.rows(HOME) == ()
