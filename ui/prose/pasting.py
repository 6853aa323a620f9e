"""Prose that takes and gives what the clipboard and the mouse bring: words, tables, pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from shiboken6 import isValid

from forms.picture_marks import PictureMark
from importers.errors import ReceivedError
from importers.process import Watch
from storage.errors import StorageError
from ui.errors import explain
from ui.pictures.taking import Offer, holds_picture, local_files, no_picture, pictures_in
from ui.prose.clipboard import copied, copied_prose, pasted_prose, plain_pasted
from ui.prose.keys import PASTE_PLAIN
from ui.prose.marked_text import MarkedText
from ui.prose.putting import insert_prose
from ui.prose.settling import make_room
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
        offers, files = pictures_in(source), local_files(source)
        if files and not offers:
            self.refused.emit(no_picture(files[0]))
        elif offers and not self.is_plain:
            self.put_pictures(offers)
        else:
            self._paste_words(source)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt: text, and pictures where they may stand."""
        return source.hasText() or (not self.is_plain and holds_picture(source))

    def put_pictures(self, offers: list[Offer]) -> None:
        """Put pictures where the caret is now, or say why one cannot be taken."""
        place = QTextCursor(self.textCursor())  # the caret may be elsewhere when they are read

        def paste(marks: list[str]) -> None:
            held = [mark for mark in marks if mark]
            if held:
                is_here = place.position() == self.textCursor().position()
                self.paste_stored("\n".join(held), None if is_here else place)

        self._keep_all(offers, paste)

    def _paste_words(self, source: QMimeData) -> None:
        """Words, with the pictures that stand among them: these are read first."""
        found: list[bytes] = []
        lost = 0

        def note(content: bytes) -> str:
            nonlocal lost
            if content:
                found.append(content)
            else:
                lost += 1
            return ""

        text = pasted_prose(self.session, source, note)
        if not found or self.is_plain:
            self.paste_stored(text)
            self._tell_lost(lost)
            return
        kept = copied(source)  # the clipboard may be another's by then

        def paste(marks: list[str]) -> None:
            known = dict(zip(found, marks, strict=True))
            self.paste_stored(pasted_prose(self.session, kept, lambda each: known.get(each, "")))
            self._tell_lost(lost)

        name = tr("粘贴的图片.png")
        self._keep_all([(partial(bytes, each), name) for each in found], paste)

    def _tell_lost(self, count: int) -> None:
        if count and not self.is_plain:
            told = tr("有 {count} 张图片没有随文字复制过来，请在原文件中逐张复制，再粘贴到这里。")
            self.refused.emit(told.format(count=count))

    def _keep_all(self, offers: list[Offer], done: Callable[[list[str]], object]) -> None:
        """Keep pictures in the background: each is read by a process of its own."""
        session, refusals = self.session, list[str]()

        def keep(watch: Watch) -> list[str]:
            marks: list[str] = []
            for read, name in offers:
                watch()
                try:
                    picture = session.pictures.add_picture(read(), name)
                    marks.append(str(PictureMark(picture.sha256)))
                except (ReceivedError, StorageError) as error:
                    marks.append("")
                    refusals.append(explain(error).whole)
            return marks

        def take(marks: list[str]) -> None:
            if isValid(self):
                done(marks)  # first: what changes the text takes away what was said of it
                for sentence in refusals:
                    self.refused.emit(sentence)

        session.receiving.run(tr("正在取入图片…"), keep, take)

    def paste_stored(self, text: str, at: QTextCursor | None = None) -> None:
        """Put a stored text in the place of what is selected, or elsewhere."""
        self.is_step = True
        if at is not None:
            make_room(at)
            insert_prose(at, text, self.look, plain=self.is_plain)
            return
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
