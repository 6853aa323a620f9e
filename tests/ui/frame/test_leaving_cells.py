"""What stands in an open cell is taken when its page or plan is left, whoever has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from forms.edits import AddRow
from storage.draft import Draft
from ui.grid.grid_view import SheetView


@pytest.fixture
def cell(opened, at, qtbot):
    """The editor open in the first cell of a new row, the window being in the background."""
    opened.plan.session.edit(AddRow(at("works/list"), "r1"))
    opened.bench.open_section("works")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    view = opened.bench.page().findChild(SheetView)
    view.setCurrentIndex(view.model().index(0, 0))
    view.edit(view.currentIndex())
    (editor,) = view.viewport().findChildren(QLineEdit)
    editor.setText("余热利用")
    return editor


def test_that_another_section_takes_what_stands_in_a_cell(opened, cell, at):
    opened.bench.open_section("story")
    assert opened.plan.session.view.text(at("works/list/r1/name")) == "余热利用"


def test_that_leaving_the_plan_keeps_what_stands_in_a_cell(opened, cell, at, qtbot):
    folder = opened.plan.folder
    opened.leave_plan(opened.show_start)
    qtbot.waitUntil(lambda: opened.bench is None)
    with Draft.open(folder) as draft:
        assert draft.load().answers.get(at("works/list/r1/name")) == "余热利用"


def test_that_the_page_of_progress_takes_what_stands_in_a_cell(opened, cell, at):
    opened.actions_by_id["show_progress"].trigger()
    assert opened.plan.session.view.text(at("works/list/r1/name")) == "余热利用"
