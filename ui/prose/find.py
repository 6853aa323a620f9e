"""Finding words in one text: a bar above it; what a live figure shows is found like any word."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from ui import theme
from ui.fields.roles import FIND, HINT, TOOL, give_role
from ui.fields.small import plain_label, quiet_button
from ui.prose.edit import ProseEdit
from ui.prose.text import FOUND, letters
from ui.text import tr

_END = QTextCursor.MoveMode.KeepAnchor
_MOST_SHADED = 500
Span = tuple[int, int]


def find_all(document: QTextDocument, words: str) -> list[Span]:
    """Where words stand in a document as people read it, large and small letters alike."""
    wanted = _folded(words)
    found: list[Span] = []
    if not wanted:
        return found
    for line in letters(document):
        text = "".join(_folded(letter.char) for letter in line)
        at = text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            found.append((line[at].start, line[end - 1].end))
            at = text.find(wanted, end)
    return found


def _folded(text: str) -> str:
    """Lower case letter by letter, so that no place moves."""
    return "".join(low if len(low := char.casefold()) == 1 else char for char in text)


class FindBar(QWidget):
    """Words to find, how often they stand there, and the ways through them."""

    closed = Signal()

    def __init__(self, edit: ProseEdit) -> None:
        super().__init__()
        give_role(self, FIND)
        self.edit = edit
        self._found: list[Span] = []
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("在本段正文中查找"))
        self.line.setAccessibleName(tr("在本段正文中查找"))
        self.line.setClearButtonEnabled(True)
        self.count = plain_label("", HINT)
        self.previous = quiet_button(tr("上一处"), tr("上一处（Shift+Enter）"), TOOL)
        self.next = quiet_button(tr("下一处"), tr("下一处（Enter）"), TOOL)
        self.done = quiet_button(tr("关闭"), tr("关闭查找（Esc）"), TOOL)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        for widget in (self.count, self.previous, self.next, self.done):
            layout.addWidget(widget)
        self.line.textChanged.connect(self._on_words_changed)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.done.clicked.connect(self.close_bar)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._look_again)
        edit.textChanged.connect(self._on_text_changed)

    def open_bar(self) -> None:
        """Show the bar and take the keyboard; what is selected in one line is looked for."""
        cursor = self.edit.textCursor()
        if cursor.hasSelection():
            words = self.edit.createMimeDataFromSelection().text()
            if "\n" not in words:
                self.line.setText(words)
        self.show()
        self.line.setFocus()
        self.line.selectAll()
        self._look_again()

    def close_bar(self) -> None:
        """Hide the bar and give the keyboard back to the text."""
        self.hide()
        self.edit.setExtraSelections([])
        self.edit.setFocus()
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next or previous place, from the end to the start again."""
        self._look_again()
        if not self._found:
            return
        cursor = self.edit.textCursor()
        if by > 0:
            at = bisect_left(self._found, (cursor.selectionEnd(), 0)) % len(self._found)
        else:
            at = bisect_left(self._found, (cursor.selectionStart(), 0)) - 1
        self._go(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Return goes on, with Shift back; Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step(-1 if shift else 1)
        else:
            super().keyPressEvent(event)

    def _go(self, at: int) -> None:
        start, end = self._found[at]
        cursor = self.edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, _END)
        self.edit.setTextCursor(cursor)
        self._say(at % len(self._found) + 1)
        self.edit.caret_asked.emit()

    def _on_words_changed(self) -> None:
        self._look_again()
        if self._found:
            start = self.edit.textCursor().selectionStart()
            self._go(bisect_left(self._found, (start, 0)) % len(self._found))

    def _on_text_changed(self) -> None:
        if self.isVisible():
            self._later.start()  # after an input method has put its word in place

    def _look_again(self) -> None:
        if not self.isVisible():
            return
        self._found = find_all(self.edit.document(), self.line.text())
        shade = QTextCharFormat()
        shade.setBackground(theme.colour("should_soft"))
        shade.setForeground(theme.colour("ink"))  # else Qt does not draw chips in this format
        shade.setProperty(FOUND, True)
        shaded: list[QTextEdit.ExtraSelection] = []
        for start, end in self._found[:_MOST_SHADED]:
            each = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.edit.document())
            cursor.setPosition(start)
            cursor.setPosition(end, _END)
            setattr(each, "cursor", cursor)  # noqa: B010 -- the stubs leave its attributes out
            setattr(each, "format", shade)  # noqa: B010
            shaded.append(each)
        self.edit.setExtraSelections(shaded)
        self._say(0)

    def _say(self, number: int) -> None:
        count = len(self._found)
        if not self.line.text():
            self.count.setText("")
        elif not count:
            self.count.setText(tr("没有找到"))
        elif number:
            self.count.setText(tr("第 {number} / {count} 处").format(number=number, count=count))
        else:
            self.count.setText(tr("{count} 处").format(count=count))
