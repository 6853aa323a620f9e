"""Text as the plan stores it, shown as it will be printed: chips, headings, lists, tables."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from forms.inline.marks import Mark
from forms.prose_lines import LineKind
from ui.pictures.small import smalls_of
from ui.prose.chips import MarkChips
from ui.prose.headings import Headings, paint_labels
from ui.prose.insets import InsetObjects
from ui.prose.keys import COMMANDS, give_shape, shape_asked, take_key
from ui.prose.putting import insert_prose, refresh_chips, replace_prose
from ui.prose.rows import Rows, Touched
from ui.prose.saying import saying
from ui.prose.settling import make_room, settle, settle_marks, take_shape
from ui.prose.shape import PLAIN, block_format
from ui.prose.text import Chip, Said
from ui.session import PlanSession

NEW_NOTE = -1
_END = QTextCursor.MoveMode.KeepAnchor
_INDENT = 1.4  # width of an item's number, in letters


class MarkedText(QTextEdit):
    """A text area that gives and takes the text as the plan stores it."""

    edited = Signal()  # the text may be another one now; every mark and shape is in its place
    note_wanted = Signal(int)  # the place of the note to write, or NEW_NOTE

    def __init__(self, session: PlanSession, *, plain: bool = False) -> None:
        super().__init__()
        self.session = session
        self.is_plain = plain  # paragraphs only: no heading, list or table begins here
        self.setAcceptRichText(False)
        QTextCursor(self.document()).setBlockFormat(block_format(PLAIN))
        self.is_step = False  # whether what changes next is a step of undo of its own
        self._is_composing = False
        self._is_typing = False
        self._is_settling = False
        self._chips = MarkChips(self.document())
        self._insets = InsetObjects(self.document(), session)
        smalls_of(session).arrived.connect(self.viewport().update)
        self._headings = Headings(self.document())
        self.rows = Rows(self.document())
        self.fit_indents()
        self.textChanged.connect(self._settle)

    def stored_text(self) -> str:
        """The text as the plan stores it."""
        return self.rows.stored()

    def text_length(self) -> int:
        """Its length as planners count it."""
        return self.rows.length()

    def fit_indents(self) -> None:
        """Let indents be as wide as the letters of now ask for."""
        self.document().setIndentWidth(round(self.fontMetrics().height() * _INDENT))

    def replace_text(self, text: str) -> None:
        """Put in a whole new text, touching only what differs, so that the caret stays sensible."""
        self._is_settling = True  # everything comes in its shape
        cursor = replace_prose(self.document(), text, self.look, plain=self.is_plain)
        self.rows.take_touched()
        self._is_settling = False
        if self.hasFocus():
            self.setTextCursor(cursor)
        self.edited.emit()

    def refresh_figures(self) -> None:
        """Let the chips say what their marks say now; the caret stays where it is."""
        refresh_chips(self.document(), self.look)

    def look(self, mark: Mark) -> Said:
        """What a mark says now."""
        return saying(self.session, mark)

    def put_mark(self, text: str, start: int, end: int) -> None:
        """Put a stored text in the place of a part of the document, the caret behind it."""
        self.is_step = True
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, _END)
        insert_prose(cursor, text, self.look, plain=self.is_plain)
        self.setTextCursor(cursor)

    def change_mark(self, chip: Chip, mark: str) -> None:
        """Let another mark stand in the place of a chip, and stay chosen; none takes it away."""
        self.put_mark(mark, chip.position, chip.position + 1)
        if mark:
            self.choose_chip(chip.position)

    def make_text(self, chip: Chip) -> None:
        """Put what a chip says in its place as ordinary text."""
        self.put_mark(chip.words, chip.position, chip.position + 1)

    def choose_chip(self, position: int) -> None:
        """Select one chip, table or picture, as a click on it does."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        cursor.setPosition(position + 1, _END)
        self.setTextCursor(cursor)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: note whether a word is only half composed."""
        if event.preeditString() or event.commitString():
            self.make_room()
        self._is_composing = bool(event.preeditString())
        self._is_typing = bool(event.commitString())
        super().inputMethodEvent(event)
        self._is_typing = False

    def make_room(self) -> None:
        """Before something is typed beside a table or picture: give it a line of its own."""
        cursor = self.textCursor()
        if not self.isReadOnly() and not self.is_plain and not self._is_composing:
            make_room(cursor)
            self.setTextCursor(cursor)

    def give_shape(self, kind: LineKind) -> None:
        """Make what is selected headings, items or plain; what is so already becomes plain."""
        if not self.isReadOnly() and not self.is_plain:
            give_shape(self.textCursor(), kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys that shape blocks; what is typed may begin a heading or a list."""
        if not self.is_plain and not self.isReadOnly() and self._shapes(event):
            return
        if event.text() and not event.modifiers() & COMMANDS:
            self.make_room()
        self._is_typing = True
        super().keyPressEvent(event)
        self._is_typing = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw numbers and bullets beside the text."""
        super().paintEvent(event)
        if not self.is_plain:
            painter = QPainter(self.viewport())
            try:
                paint_labels(self, self.rows, painter, event.rect())
                self._insets.paint_chosen(self, painter)
            finally:
                painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: letters of another size ask for other indents."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit_indents()

    def _shapes(self, event: QKeyEvent) -> bool:
        kind = shape_asked(event)
        if kind is not None:
            self.give_shape(kind)
            return True
        cursor = self.textCursor()
        if not take_key(cursor, event):
            return False
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def _settle(self) -> None:
        """What was typed as a mark is one, what reads as a heading is one; then tell."""
        if self._is_settling:
            return
        touched = None if self._is_composing else self.rows.take_touched()
        if touched is not None:
            self._is_settling = True
            self._settle_touched(touched)
            self.rows.take_touched()
            self._is_settling = False
        self.edited.emit()

    def _settle_touched(self, touched: Touched) -> None:
        document = self.document()
        if self.is_plain:
            settle_marks(document, touched, self.look)
        elif not (self._is_typing and touched.grew and take_shape(self.textCursor(), self.rows)):
            settle(document, self.rows, touched, self.look)
