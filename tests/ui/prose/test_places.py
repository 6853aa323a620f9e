"""What is meant by a point of a text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QInputMethodEvent, QPainter, QTextCursor
from PySide6.QtWidgets import QApplication

from ui.prose.edit import ProseEdit
from ui.prose.headings import paint_labels
from ui.prose.places import place_at


def test_that_a_word_being_composed_is_no_place_of_the_text(session, qtbot):
    edit = ProseEdit(session, 3)
    qtbot.addWidget(edit)
    with qtbot.waitExposed(edit):
        edit.show()
    edit.replace_text("园区")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    QApplication.sendEvent(edit, QInputMethodEvent("yuanqu", []))

    assert all(place_at(edit, QPoint(x, 12)) <= 2 for x in range(0, 400, 10))
    paper = QImage(400, 40, QImage.Format.Format_RGB32)
    with QPainter(paper) as painter:  # a complaint of Qt would fail the test
        paint_labels(edit, edit.rows, painter, QRect(200, 10, 10, 30))
