"""Writing a footnote: a text below the one it belongs to, until Return puts it in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.inline.footnotes import Footnote, PlacedNote
from ui.fields.roles import FIND, HINT, TOOL, give_role
from ui.fields.small import plain_label, quiet_button
from ui.prose.asking import Asking
from ui.prose.edit import ProseEdit
from ui.prose.marked_text import NEW_NOTE
from ui.prose.text import Chip, chip_at
from ui.text import tr

_LINES = 2


class NoteBar(QWidget):
    """The text of one footnote of one text."""

    closed = Signal()

    def __init__(self, edit: ProseEdit) -> None:
        super().__init__()
        give_role(self, FIND)
        self._edit = edit
        self._is_new = True
        self._place = edit.textCursor()  # moves along with what is written meanwhile
        self.text = ProseEdit(edit.session, _LINES, plain=True)
        self.text.setUndoRedoEnabled(True)  # the plan does not hear of it until it is done
        self.text.setAccessibleName(tr("脚注的文字"))
        self.text.setPlaceholderText(tr("脚注的文字，印在本页下端"))
        self.text.jump_requested.connect(edit.jump_requested)
        self.text.caret_moved.connect(edit.caret_moved)
        self.asking = Asking(self.text)
        self.text.installEventFilter(self)
        self.done = quiet_button(tr("完成"), tr("放入脚注（Enter）"), TOOL)
        self.dropped = quiet_button(tr("取消"), tr("不改脚注（Esc）"), TOOL)
        self.done.clicked.connect(self.finish)
        self.dropped.clicked.connect(self.drop)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(plain_label(tr("脚注　Enter 完成　Esc 取消"), HINT))
        head.addStretch(1)
        head.addWidget(self.done)
        head.addWidget(self.dropped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(2)
        layout.addLayout(head)  # above, where it is in sight together with the text
        layout.addWidget(self.text)
        self.hide()

    def open_bar(self, place: int) -> None:
        """Write a new footnote, or the one that stands at a place of the text."""
        cursor = self._edit.textCursor()
        self._place = QTextCursor(self._edit.document())
        self._place.setPosition(cursor.selectionEnd() if place == NEW_NOTE else place)
        self._is_new = place == NEW_NOTE
        mark = chip.placed if (chip := self._chip()) else None
        self.text.replace_text(mark.note.text if isinstance(mark, PlacedNote) else "")
        self.show()
        self.text.setFocus()
        self.text.selectAll()

    def finish(self) -> None:
        """Put the footnote where it belongs; one without text is taken away."""
        self.asking.close()
        text = self.text.stored_text().strip()
        mark = str(Footnote(text)) if text else ""
        chip, place = self._chip(), self._place.position()
        if chip is not None and mark != chip.mark:
            self._edit.change_mark(chip, mark)
        elif chip is None and mark:
            self._edit.put_mark(mark, place, place)
        self.drop()

    def drop(self) -> None:
        """Close without changing anything, and give the keyboard back to the text."""
        if self.isHidden():
            return
        self.asking.close()
        self._edit.setFocus()  # before hiding: else Qt hands the keyboard to somebody else first
        self.hide()
        self.closed.emit()

    def _chip(self) -> Chip | None:
        """The chip of the footnote that is written; None for a new one, or one deleted since."""
        chip = chip_at(self._edit.document(), self._place.position())
        is_note = chip is not None and isinstance(chip.placed, PlacedNote)
        return chip if is_note and not self._is_new else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: it has its place now; let the page show it."""
        super().resizeEvent(event)
        self.text.caret_moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Return is done, Esc gives up; a footnote is one paragraph."""
        if watched is self.text and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if self.asking.is_open:
                return False
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.finish()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.drop()
                return True
        return super().eventFilter(watched, event)
