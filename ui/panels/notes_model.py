"""The lines of the list of notes: what was noted, where, by whom and when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from forms.notes import Note, note_place, notes
from forms.view import PlanView
from forms.wording import plain_words
from ui.headed_lines import ROOT, Index
from ui.history.two_lines import TEXTS
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

_FIRST = "　"


class NotesModel(QAbstractListModel):
    """The notes of the plan that hold the words looked for, in plan order."""

    def __init__(self, session: PlanSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = ""
        self.shown: tuple[Note, ...] = ()
        self.refresh()

    @property
    def count(self) -> int:
        """How many notes the plan has."""
        return len(notes(self._session.view))

    def look_for(self, words: str) -> None:
        """Keep the notes that hold some words, in text, place or name."""
        self._words = words.strip().casefold()
        self.refresh()

    def refresh(self) -> bool:
        """Take over the notes of now; whether the list is another one."""
        view = self._session.view
        found = tuple(each for each in notes(view) if self._is_wanted(view, each))
        if found == self.shown:
            return False
        self.beginResetModel()
        self.shown = found
        self.endResetModel()
        return True

    def note_at(self, index: Index) -> Note | None:
        """The note of a line."""
        return self.shown[index.row()] if 0 <= index.row() < len(self.shown) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        """Qt: one line a note."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of a line."""
        note = self.note_at(index)
        if note is None:
            return None
        first, second = " ".join(note.text.split()), self._facts(note)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{first}，{second}"
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{note.text}\n{second}")
            case _:
                return (first, second) if role == TEXTS else None

    def _facts(self, note: Note) -> str:
        place = note_place(self._session.view, note.place) or tr("原位置已删除")
        day = _day_words(note.day, self._session.signing.today()) if note.day else ""
        return _FIRST.join(filter(None, (place, note.person, day)))

    def _is_wanted(self, view: PlanView, note: Note) -> bool:
        said = f"{note.text} {note_place(view, note.place)} {note.person}"
        return self._words in said.casefold()


def _day_words(day: date, today: date) -> str:
    """A day of this year without its year."""
    if day.year == today.year:
        return tr("{0}月{1}日").format(day.month, day.day)
    return plain_words(day)
