"""An empty table of projects says what to do in full, and has room as soon as there is a row."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


def test_that_the_first_project_has_room_and_what_came_before_was_whole(make_session, open_page):
    page = open_page(make_session(), "works", width=460)
    panel = page.blocks[0].panel
    QApplication.processEvents()
    button = panel.sheet.empty.button
    place = QRect(button.mapTo(panel, QPoint(0, 0)), button.size())
    assert panel.rect().contains(place)

    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    QApplication.processEvents()

    assert panel.height() > page.viewport().height() * 2 // 3
    assert panel.sheet.view.height() > 100


def test_that_a_copied_row_is_pasted_at_once_into_an_empty_table(make_session, open_sheet, at):
    session = make_session()
    panel = open_sheet(session, "works", "list")
    QApplication.clipboard().setText("余热项目")
    panel.empty.button.setFocus()
    QTest.keyClick(panel.empty.button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    (row,) = session.view.rows(at("works/list"))
    assert session.view.value(at(f"works/list/{row}/name")) == "余热项目"
    assert panel.view.isVisible()
