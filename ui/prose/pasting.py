"""Prose that takes and gives what the clipboard and the mouse bring: words, tables, pictures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from shiboken6 import isValid

from importers.errors import ReceivedError
from importers.process import Watch
from storage.errors import StorageError
from ui.errors import explain
from ui.prose.clipboard import copied, copied_prose, pasted_prose, plain_pasted
from ui.prose.keys import PASTE_PLAIN
from ui.prose.marked_text import MarkedText
from ui.prose.pictures import holds_picture, keep_picture, picture_in
from ui.prose.putting import insert_prose
from ui.text import tr


class PastingText(MarkedText):
    """A text area that cleans what it is given."""

    refused = Signal(str)  # why something was not put in

    def createMimeDataFromSelection(self) -> QMimeData:
        """Qt: copy plain text, and beside it the marks for our own editors."""
        cursor = self.textCursor()
        span = (cursor.selectionStart(), cursor.selectionEnd())
        top = self.rows.top_level
        return copied_prose(self.session, self.document(), span, self.look, top)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: paste what it says, in shapes of our own; fonts and colours of Word and WPS go."""
        picture = picture_in(source)
        if isinstance(picture, str):
            self.refused.emit(picture)
        elif picture is not None and not self.is_plain:
            self.put_picture(*picture)
        else:
            self._paste_words(source)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt: text, and pictures where they may stand."""
        return source.hasText() or (not self.is_plain and holds_picture(source))

    def put_picture(self, content: bytes, name: str) -> None:
        """Put a picture at the caret, or say why it cannot be taken."""
        self._keep_all([(content, name)], lambda marks: self._paste_mark(marks[content]))

    def _paste_mark(self, mark: str) -> None:
        if mark:
            self.paste_stored(mark)

    def _paste_words(self, source: QMimeData) -> None:
        """Words, with the pictures that stand among them: these are read first."""
        found: list[tuple[bytes, str]] = []

        def note(content: bytes, name: str = "") -> str:
            found.append((content, name))
            return ""

        text = pasted_prose(self.session, source, note)
        if not found or self.is_plain:
            self.paste_stored(text)
            return
        kept = copied(source)  # the clipboard may be another's by then

        def paste(marks: dict[bytes, str]) -> None:
            def mark(content: bytes, name: str = "") -> str:
                del name
                return marks.get(content, "")

            self.paste_stored(pasted_prose(self.session, kept, mark))

        self._keep_all(found, paste)

    def _keep_all(
        self, pictures: list[tuple[bytes, str]], done: Callable[[dict[bytes, str]], object]
    ) -> None:
        """Keep pictures in the background: each is read by a process of its own."""
        session, refusals = self.session, list[str]()

        def keep(watch: Watch) -> dict[bytes, str]:
            marks: dict[bytes, str] = {}
            for content, name in pictures:
                watch()
                try:
                    marks[content] = keep_picture(session, content, name or tr("粘贴的图片.png"))
                except (ReceivedError, StorageError) as error:
                    marks[content] = ""
                    refusals.append(explain(error).whole)
            return marks

        def take(marks: dict[bytes, str]) -> None:
            if isValid(self):
                for sentence in refusals:
                    self.refused.emit(sentence)
                done(marks)

        session.receiving.run(tr("正在取入图片…"), keep, take)

    def paste_stored(self, text: str) -> None:
        """Put a stored text in the place of what is selected."""
        self.make_room()
        cursor = self.textCursor()
        insert_prose(cursor, text, self.look, plain=self.is_plain)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Ctrl+Shift+V pastes letters only."""
        if event.keyCombination() == PASTE_PLAIN and not self.isReadOnly():
            self.paste_stored(plain_pasted(self.session, QGuiApplication.clipboard().mimeData()))
            return
        super().keyPressEvent(event)
