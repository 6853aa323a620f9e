"""The editor of prose: plain text in the Markdown subset, as tall as what is written.

QPlainTextEdit says `textChanged` while an input method still composes; texts are compared, so that
nothing half composed ever reaches the plan.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout

from forms.kinds import Narrative
from forms.reading import ReadingError, read_value
from ui.fields.editors import Editor
from ui.fields.prose_marks import ProseMarks
from ui.fields.roles import HINT
from ui.fields.small import plain_label
from ui.fields.standing import Standing
from ui.session import PlanSession
from ui.text import tr

_LEAST_LINES = 3
_LEAST_LINES_OF_LONG = 5
_LONG_TARGET = 300
_FRAME = 6
_OUTSIDE_THE_BASIC_PLANE = 0xFFFF


class ProseEdit(QPlainTextEdit):
    """A text area without inner scrolling, rich paste or an undo of its own."""

    left = Signal()
    caret_moved = Signal()

    def __init__(self, least_lines: int) -> None:
        super().__init__()
        self._least_lines = least_lines
        self.setUndoRedoEnabled(False)  # undo belongs to the plan
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._marks = ProseMarks(self.document())
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.cursorPositionChanged.connect(self.caret_moved)
        self._fit()

    def replace_text(self, text: str) -> None:
        """Put in a whole new text, touching only what differs, so that the caret stays sensible."""
        old = self.toPlainText()
        if max(map(ord, old + text), default=0) > _OUTSIDE_THE_BASIC_PLANE:
            self.setPlainText(text)  # the cursor counts such a character twice
            return
        start = _common_start(old, text)
        end = min(
            _common_start(old[:start:-1], text[:start:-1]), len(old) - start, len(text) - start
        )
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(len(old) - end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - end])
        if self.hasFocus():
            self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain text only."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text; indents of Word and WPS go, since paper indents by itself."""
        self.insertPlainText(plain_paragraphs(source.text()))
        self.ensureCursorVisible()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu without the undo and redo this widget does not have."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in ("edit-undo", "edit-redo"):
                menu.removeAction(action)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that writing is over for now."""
        super().focusOutEvent(event)
        self.left.emit()

    def _fit(self) -> None:
        lines = max(self._least_lines, round(self.document().size().height()))
        margins = 2 * round(self.document().documentMargin()) + 2 * self.frameWidth() + _FRAME
        height = lines * self.fontMetrics().lineSpacing() + margins
        if height != self.minimumHeight():
            self.setFixedHeight(height)


class ProseEditor(Editor):
    """Prose with a count of its characters."""

    merges = True

    caret_moved = Signal()

    def __init__(self, session: PlanSession, kind: Narrative, label: str) -> None:
        super().__init__(session, kind, label)
        self._target = kind.target
        self._known = ""
        long = kind.target >= _LONG_TARGET
        self.text = ProseEdit(_LEAST_LINES_OF_LONG if long else _LEAST_LINES)
        self._count = plain_label("", HINT)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.text)
        layout.addWidget(self._count)
        self._become(self.text)
        self._say_count("")
        self.text.textChanged.connect(self._on_text_changed)
        self.text.left.connect(self._on_left)
        self.text.caret_moved.connect(self.caret_moved)

    def finish(self) -> None:
        """Commit the text as it is."""
        self._on_text_changed()

    def _show(self, standing: Standing) -> None:
        self.text.setReadOnly(standing.is_locked)
        self._known = standing.entry
        if self.text.toPlainText() != standing.entry:
            self.text.replace_text(standing.entry)
        self._say_count(standing.entry)

    def _on_text_changed(self) -> None:
        text = self.text.toPlainText()
        if text == self._known:
            return
        self._known = text
        self._say_count(text)
        try:
            value = read_value(self.session.pack, self.kind, text)
        except ReadingError as error:
            self.set_fault(str(error))
            return
        self.set_fault("")
        self.committed.emit(value)

    def _on_left(self) -> None:
        if not self.fault:
            self.settled.emit()

    def _say_count(self, text: str) -> None:
        count = tr("{count:,} 字").format(count=count_characters(text))
        if self._target:
            count += tr(" · 建议约 {target:,} 字").format(target=self._target)
        self._count.setText(count)


def count_characters(text: str) -> int:
    """How long a text is, as Chinese text is counted: without blanks and line breaks."""
    return sum(not char.isspace() for char in text)


def plain_paragraphs(text: str) -> str:
    """Pasted text without foreign line breaks, indents and invisible characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")
    return "\n".join(_visible(line.replace("\xa0", " ").strip(" \t\u3000")) for line in lines)


def _visible(line: str) -> str:
    return "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def _common_start(one: str, other: str) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
