"""Ctrl+F searches where one is: rows of a table, pages, lists; the whole plan anywhere else."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit

from forms.edits import AddRow
from ui.panels.side import Tab
from ui.prose.plan_find import PlanFind


def find(window):
    window.actions_by_id["find"].trigger()
    within = QApplication.focusWidget()
    assert within is not None
    return within


def test_that_a_table_of_any_length_is_searched_from_its_cells(opened, at):
    session = opened.plan.session
    session.edit(AddRow(at("works/list"), "r1"))
    opened.bench.go_to(at("works/list/r1/name"))

    line = find(opened)

    assert isinstance(line, QLineEdit)
    assert line.accessibleName() == f"在“{session.pack.index.items['works', 'list'].label}”中查找"
    assert line.isVisible()


def test_that_the_panel_one_is_in_is_searched(opened, qtbot):
    for tab, name in ((Tab.NOTES, "查找备注"), (Tab.PREVIEW, "在页面中查找")):
        opened.bench.show_tab(tab)
        opened.bench.focus_panel()

        assert find(opened).accessibleName() == name


def test_that_the_whole_plan_is_searched_from_anywhere_else(opened):
    opened.bench.navigator.setFocus()
    find(opened)

    dialog = opened.findChild(PlanFind)
    assert dialog.isVisible()
    dialog.close()
