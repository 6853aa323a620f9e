"""Text with marks in it: what the plan stores, shown with chips, and taken back exactly."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from forms.inline.marks import Mark, may_hold_marks
from ui.prose.chips import MarkChips
from ui.prose.clipboard import copied_prose, pasted_prose
from ui.prose.marks import ProseMarks
from ui.prose.saying import saying
from ui.prose.text import (
    Chip,
    Said,
    absorb_marks,
    insert_prose,
    printed_text,
    refresh_chips,
    replace_prose,
    stored_text,
)
from ui.session import PlanSession

NEW_NOTE = -1
_END = QTextCursor.MoveMode.KeepAnchor


class MarkedText(QPlainTextEdit):
    """A text area that gives and takes the text as the plan stores it."""

    note_wanted = Signal(int)  # the place of the note to write, or NEW_NOTE

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self.session = session
        self._is_composing = False
        self._chips = MarkChips(self.document())
        self._marks = ProseMarks(self.document())
        self.textChanged.connect(self._absorb)

    def stored_text(self) -> str:
        """The text as the plan stores it."""
        return stored_text(self.document())

    def printed_text(self) -> str:
        """The text as people read it."""
        return printed_text(self.document())

    def replace_text(self, text: str) -> None:
        """Put in a whole new text, touching only what differs, so that the caret stays sensible."""
        cursor = replace_prose(self.document(), text, self.look)
        if self.hasFocus():
            self.setTextCursor(cursor)

    def refresh_figures(self) -> None:
        """Let the chips say what their marks say now; the caret stays where it is."""
        refresh_chips(self.document(), self.look)

    def look(self, mark: Mark) -> Said:
        """What a mark says now."""
        return saying(self.session, mark)

    def put_mark(self, mark: str, start: int, end: int) -> None:
        """Put a mark in the place of a part of the text, the caret behind it."""
        self._put(mark, start, end)

    def change_mark(self, chip: Chip, mark: str) -> None:
        """Let another mark stand in the place of a chip, and stay chosen; none takes it away."""
        self._put(mark, chip.position, chip.position + 1)
        if mark:
            self.choose_chip(chip.position)

    def make_text(self, chip: Chip) -> None:
        """Put what a chip says in its place as ordinary text."""
        self._put(chip.words, chip.position, chip.position + 1)

    def choose_chip(self, position: int) -> None:
        """Select one chip, as a click on it does."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        cursor.setPosition(position + 1, _END)
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Qt: copy plain text, and beside it the marks for our own editors."""
        cursor = self.textCursor()
        span = (cursor.selectionStart(), cursor.selectionEnd())
        return copied_prose(self.session, self.document(), span, self.look)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: paste plain text; indents of Word and WPS go, since paper indents by itself."""
        cursor = self.textCursor()
        insert_prose(cursor, pasted_prose(self.session, source), self.look)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: note whether a word is only half composed."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def _put(self, text: str, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, _END)
        insert_prose(cursor, text, self.look)
        self.setTextCursor(cursor)

    def _absorb(self) -> None:
        """Marks that were typed letter by letter are marks like any other."""
        if not self._is_composing and may_hold_marks(self.toPlainText()):
            absorb_marks(self.document(), self.look)
