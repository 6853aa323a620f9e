"""The small sign beside a label where somebody noted something; a click opens the note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton

from forms.address import Address
from forms.notes import Note, notes_by_place
from ui import icons, theme
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

_SIGN = 14


class NoteMark(QToolButton):
    """There only while the place has a note."""

    def __init__(self, session: PlanSession, label: str) -> None:
        super().__init__()
        self._session = session
        self._label = label
        self._place: Address | None = None
        self._shown: tuple[Note, ...] = ()
        self.setAutoRaise(True)
        self.setObjectName("noteMark")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key for notes does the same
        self.clicked.connect(lambda: self._session.note_wanted.emit(self._place))
        self.hide()

    def show_note(self, place: Address) -> None:
        """Follow the notes of a place."""
        self.show_notes(place, notes_by_place(self._session.view).get(place, ()))

    def show_notes(self, place: Address, found: tuple[Note, ...]) -> None:
        """Show notes; a click opens that of the place."""
        if (place, found) == (self._place, self._shown):
            return
        self._place, self._shown = place, found
        self.setVisible(bool(found))
        if found:
            words = "\n".join(note_words(each) for each in found)
            self.setToolTip(plain_tip(words))
            self.setAccessibleName(tr("“{0}”的备注：{1}").format(self._label, words))
            self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: other colours draw the sign anew."""
        super().changeEvent(event)
        changes = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in changes and self._shown:
            self._tint()

    def _tint(self) -> None:
        size = theme.px(_SIGN)
        self.setIconSize(QSize(size, size))
        self.setFixedSize(size + 8, size + 4)
        self.setIcon(icons.icon("note", theme.colour("should")))


def note_words(note: Note) -> str:
    """A note with who wrote it, as a tip says it."""
    return f"{note.text}（{note.person}）" if note.person else note.text
