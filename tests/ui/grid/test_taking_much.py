"""A block of many rows is looked at in turns: what is shown and taken is the same."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from forms.address import Address
from importers import placing
from importers.received import Cell, Sheet, Sort, Workbook
from ui.dialogs import take_cells
from ui.grid import taking

HOME = Address("works", "list")
BLOCK = [
    ["项目名称", "总投资（万元）", "是否新建"],
    *([f"项目{n}", str(n), "是" if n % 3 else "不知道"] for n in range(1, 24)),
    ["合计", "276", ""],
]


@pytest.fixture
def panel(sheet_of_one_row):
    return sheet_of_one_row


@pytest.fixture
def in_turns(monkeypatch):
    """Every row is read in a turn of its own, as hundreds are of a large block."""
    monkeypatch.setattr(take_cells, "_SLICE_S", 0)
    monkeypatch.setattr(taking, "_CELLS_AT_ONCE", 1)
    monkeypatch.setattr(placing, "_ROWS_AT_ONCE", 1)
    monkeypatch.setattr(placing, "_CELLS_AT_ONCE", 1)


def told(dialog):
    """All a planner sees of what would be taken."""
    return (
        dialog.says.text(),
        dialog.model.heads,
        dialog.model.rows,
        dialog.report.toPlainText(),
        [box.currentText() for box in (*dialog.columns, dialog.head, dialog.where)],
        dialog.sums.text(),
        dialog.rows,
    )


def is_read(dialog):
    return "正在核对" not in dialog.says.text()


@pytest.fixture
def at_once(panel):
    """What is told of the block when it is read in one go."""
    dialog = taking.show_block(panel, BLOCK)
    assert is_read(dialog)
    found = told(dialog)
    dialog.reject()
    return found


def test_that_the_same_is_told_as_of_a_block_read_in_one_go(panel, at_once, in_turns, qtbot):
    dialog = taking.show_block(panel, BLOCK)
    assert not is_read(dialog)

    qtbot.waitUntil(lambda: is_read(dialog))
    assert told(dialog) == at_once
    dialog.reject()


def workbook():
    cells = tuple(
        Cell(row, column, Sort.TEXT, text)
        for row, texts in enumerate(BLOCK, start=1)
        for column, text in enumerate(texts, start=1)
        if text
    )
    return Workbook((Sheet("汇总", cells),), ())


def test_that_a_choice_made_while_rows_are_read_counts(panel, in_turns, qtbot):
    dialog = taking.show_cells(panel, "汇总.xlsx", workbook())
    assert not dialog.head.count(), "not even the heads are read"
    dialog.where.setCurrentIndex(0)
    dialog.where.activated.emit(0)
    dialog.sums.setChecked(False)
    dialog.sums.setChecked(True)

    qtbot.waitUntil(lambda: is_read(dialog))
    assert len(dialog.rows) == len(BLOCK) - 2
    assert dialog.head.currentData() == 1
    dialog.sums.setChecked(False)
    qtbot.waitUntil(lambda: is_read(dialog))
    assert len(dialog.rows) == len(BLOCK) - 1
    dialog.reject()


def test_that_return_pressed_early_takes_all_rows_once_they_are_read(panel, in_turns, qtbot):
    view = panel.rows.session
    dialog = taking.show_block(panel, BLOCK)
    dialog.accept()
    assert dialog.isVisible()
    assert len(view.view.rows(HOME)) == 1

    qtbot.waitUntil(lambda: len(view.view.rows(HOME)) == 24)
    assert not dialog.isVisible()


def test_that_what_is_called_off_while_it_is_read_changes_nothing(panel, in_turns):
    session = panel.rows.session
    before = session.answers
    dialog = taking.show_block(panel, BLOCK)
    dialog.accept()
    QCoreApplication.processEvents()
    dialog.reject()
    for _ in range(4 * len(BLOCK)):
        QCoreApplication.processEvents()

    assert session.answers is before
    assert not session.undo_stack.count()
