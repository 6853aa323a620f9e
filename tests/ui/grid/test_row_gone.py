"""A row may go while somebody is writing in it: undo, or another version taken over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from forms.edits import RemoveRow
from ui.grid.cell_editors import RoomyEditor
from ui.prose.edit import ProseEdit


def test_that_the_last_row_may_go_while_its_text_is_written(
    make_session, open_page, at, keys, write, qtbot
):
    session = make_session({"steps/list/a/name": "甲"}, rows=["steps/list/a"])
    panel = open_page(session, "steps").blocks[0].panel
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0, 1))
    keys(Qt.Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), ProseEdit)
    write("一句话")

    session.edit(RemoveRow(at("steps/list/a")))  # a complaint of Qt would fail the test

    qtbot.waitUntil(lambda: not panel.view.findChildren(RoomyEditor))
    assert panel.empty.isVisible()
    session.undo_stack.undo()
    assert session.view.text(at("steps/list/a/body")) == "一句话"
