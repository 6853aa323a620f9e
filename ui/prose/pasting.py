"""Prose that takes and gives what the clipboard and the mouse bring: words, tables, pictures."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from storage.errors import StorageError
from ui.prose.clipboard import copied_prose, pasted_prose, plain_pasted
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
        return copied_prose(self.session, self.document(), span, self.look)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: paste what it says, in shapes of our own; fonts and colours of Word and WPS go."""
        picture = picture_in(source)
        if isinstance(picture, str):
            self.refused.emit(picture)
        elif picture is not None and not self.is_plain:
            self.put_picture(*picture)
        else:
            self.paste_stored(pasted_prose(self.session, source, self._keep))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt: text, and pictures where they may stand."""
        return source.hasText() or (not self.is_plain and holds_picture(source))

    def put_picture(self, content: bytes, name: str) -> None:
        """Put a picture at the caret, or say why it cannot be taken."""
        mark = self._keep(content, name)
        if mark:
            self.paste_stored(mark)

    def _keep(self, content: bytes, name: str = "") -> str:
        """The mark of a picture that is kept from now on; "" when it cannot be."""
        if self.is_plain:
            return ""
        try:
            return keep_picture(self.session, content, name or tr("粘贴的图片.png"))
        except StorageError as error:
            self.refused.emit(str(error))
            return ""

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
