"""What is typed in an open cell is in the plan before anything is done to the sheet's rows.

The window may not have the keyboard: then no editor loses it, and Qt takes nothing by itself.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from forms.address import Address
from tests.forms import samples
from tests.ui.fields.plans import Shelf
from ui.grid.cell_editors import RoomyEditor
from ui.grid.grid_view import delegate_of
from ui.prose.edit import ProseEdit
from ui.session import PlanSession

LIST, MAPS, WORKS = Address("steps", "list"), Address("maps", "pictures"), Address("works", "list")
NAME, BODY = 0, 1


@pytest.fixture
def plan(make_session):
    return make_session({"steps/list/a/name": "甲"}, rows=[f"steps/list/{row}" for row in "abc"])


@pytest.fixture
def sheet(plan, open_sheet, qtbot):
    """A sheet of three rows in a window that is not in front."""
    panel = open_sheet(plan, "steps", "list")
    front = QWidget()
    qtbot.addWidget(front)
    front.show()
    front.activateWindow()
    qtbot.waitUntil(front.isActiveWindow)
    panel.front = front
    return panel


@pytest.fixture
def typed(sheet, write):
    """Open a cell and type into it, and leave it open."""

    def do(column, text, row=0):
        view = sheet.view
        view.setFocus()
        view.setCurrentIndex(sheet.model.index(row, column))
        QTest.keyClick(view, Qt.Key.Key_F2)
        editor = view.findChild(RoomyEditor) or view.findChild(QLineEdit)
        line = editor.findChild(ProseEdit) or editor
        QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        write(text, line)

    return do


def press(panel, word):
    for button in panel.findChildren(QAbstractButton):
        if button.accessibleName().endswith(word):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def before_last_step(session, row="a", column="name"):
    """What stood in a cell just before the last step."""
    session.undo_stack.undo()
    return session.view.typed(LIST.at(row, column))


@pytest.mark.parametrize(("column", "key"), [(NAME, "name"), (BODY, "body")])
@pytest.mark.parametrize("more", [0, 1, 2])
def test_that_words_typed_in_a_row_are_in_the_plan_before_it_is_removed(
    sheet, plan, typed, column, key, more
):
    typed(column, "新写的话")
    below = sheet.model.index(more, column)
    chosen = sheet.view.selectionModel()
    for row in range(more + 1):
        chosen.select(below.siblingAtRow(row), chosen.SelectionFlag.Select)
    press(sheet, "删除选中的行")

    assert plan.view.rows(LIST) == ("a", "b", "c")[more + 1 :]
    assert before_last_step(plan, column=key) == "新写的话"


@pytest.mark.parametrize("word", ["下移选中的行", "复制选中的行", "新增措施"])
def test_that_they_are_before_rows_come_or_move(sheet, plan, typed, word):
    typed(NAME, "新名")
    press(sheet, word)

    assert plan.view.typed(LIST.at("a", "name")) == "新名"
    if word == "复制选中的行":
        copied = plan.view.rows(LIST)[1]
        assert plan.view.typed(LIST.at(copied, "name")) == "新名"
    assert before_last_step(plan) == "新名"


def test_that_fill_down_goes_on_from_what_is_being_typed(sheet, plan, typed):
    typed(NAME, "新名")
    chosen = sheet.view.selectionModel()
    for row in range(3):
        chosen.select(sheet.model.index(row, NAME), chosen.SelectionFlag.Select)
    QTest.keyClick(sheet.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    assert [plan.view.typed(LIST.at(row, "name")) for row in "abc"] == ["新名"] * 3


def test_that_a_paste_over_it_can_be_taken_back_to_it(sheet, plan, typed):
    typed(NAME, "新名")
    QGuiApplication.clipboard().setText("一\t\n二\t")
    QTest.keyClick(sheet.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert [plan.view.typed(LIST.at(row, "name")) for row in "ab"] == ["一", "二"]
    assert before_last_step(plan) == "新名"


def test_that_a_cleared_cell_can_be_taken_back_to_it(sheet, plan, typed):
    typed(NAME, "新名")
    QTest.keyClick(sheet.view, Qt.Key.Key_Delete)

    assert plan.view.typed(LIST.at("a", "name")) is None
    assert before_last_step(plan) == "新名"


def test_that_undo_takes_it_back_first(sheet, plan, typed):
    typed(NAME, "新名")
    sheet.commit_pending()  # as the window does before it undoes
    assert plan.view.typed(LIST.at("a", "name")) == "新名"
    assert delegate_of(sheet.view)._open is not None  # whoever comes back writes on

    plan.undo_stack.undo()

    assert plan.view.typed(LIST.at("a", "name")) == "甲"
    assert sheet.view.findChild(QLineEdit).text() == "甲"


@pytest.fixture
def maps(open_sheet):
    made = PlanSession(samples.PACK, samples.sample_answers(), Shelf())
    panel = open_sheet(made, "maps", "pictures")
    keys = [column.key for column in panel.model.sheet_columns]
    panel.view.setCurrentIndex(panel.model.index(0, keys.index("picture")))
    panel.view.setFocus()
    return panel


def test_that_a_row_goes_whose_picture_is_open(maps, qtbot):
    QTest.keyClick(maps.view, Qt.Key.Key_F2)
    assert maps.view.findChild(RoomyEditor) is not None
    rows = maps.rows.keys
    press(maps, "删除选中的行")  # a complaint of Qt would fail the test

    assert maps.rows.keys == rows[1:]
    qtbot.waitUntil(lambda: maps.view.findChild(RoomyEditor) is None)


def test_that_tab_leads_through_an_open_picture_to_the_next_cell(maps, keys, qtbot):
    QTest.keyClick(maps.view, Qt.Key.Key_F2)
    editor = maps.view.findChild(RoomyEditor)
    reached = [QApplication.focusWidget()]
    while editor.isAncestorOf(QApplication.focusWidget()) and len(reached) < 9:
        keys(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    picture = editor.editor
    assert reached == [picture.frame, picture.choose, picture.crop, picture.remove, maps.view]
    qtbot.waitUntil(lambda: maps.view.findChild(RoomyEditor) is None)
    assert maps.view.currentIndex().row() == 0
    keys(Qt.Key.Key_Backtab)
    QTest.keyClick(maps.view, Qt.Key.Key_F2)
    keys(Qt.Key.Key_Backtab)
    qtbot.waitUntil(lambda: maps.view.findChild(RoomyEditor) is None)


@pytest.mark.parametrize(
    ("key", "modifier", "row"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, 1),
    ],
)
def test_that_keys_end_an_open_picture(maps, keys, qtbot, key, modifier, row):
    QTest.keyClick(maps.view, Qt.Key.Key_F2)
    keys(key, modifier=modifier)

    qtbot.waitUntil(lambda: maps.view.findChild(RoomyEditor) is None)
    assert maps.view.currentIndex().row() == row
