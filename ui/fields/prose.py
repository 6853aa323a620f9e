"""The editor of prose: text in the Markdown subset with its marks, and a count of its letters.

QTextEdit says `textChanged` while an input method still composes; texts are compared, so that
nothing half composed ever reaches the plan.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout

from forms.inline.marks import marks_in, may_hold_marks
from forms.kinds import Narrative
from forms.places import slot_at
from forms.reading import ReadingError, read_value
from ui.fields.editors import Editor
from ui.fields.standing import Standing
from ui.prose.asking import Asking
from ui.prose.edit import ProseEdit
from ui.prose.find import FindBar
from ui.prose.foot import ProseFoot
from ui.prose.inset_edit import choose_picture, edit_inset, edit_table
from ui.prose.note_bar import NoteBar
from ui.prose.taking import choose_document
from ui.prose.tidying import tidy_prose
from ui.prose.tools import ProseTools
from ui.session import Change, PlanSession

_LEAST_LINES = 3
_LEAST_LINES_OF_LONG = 5
_LONG_TARGET = 300
_MANY_CHANGES = 1_000
_SOON_MS = 30


class ProseEditor(Editor):
    """Prose with a count of its characters."""

    merges = True

    caret_moved = Signal()

    def __init__(self, session: PlanSession, kind: Narrative, label: str) -> None:
        super().__init__(session, kind, label)
        self._known = ""
        self._is_behind = self._is_refused = False
        self._find: FindBar | None = None
        self._note: NoteBar | None = None
        self._tools: ProseTools | None = None
        long = kind.target >= _LONG_TARGET
        self.text = ProseEdit(session, _LEAST_LINES_OF_LONG if long else _LEAST_LINES)
        self.asking = Asking(self.text)
        self._foot = ProseFoot(self.text, kind.target)
        self._build()
        self._become(self.text)
        self._foot.say()
        self.text.edited.connect(self._on_text_changed)
        self.asking.closed.connect(self._on_text_changed)
        self.text.left.connect(self._on_left)
        self.text.entered.connect(self._offer_tools)
        self.text.inset_wanted.connect(partial(edit_inset, self.text))
        self.text.refused.connect(self.set_fault)
        self.text.note_wanted.connect(self.ask_note)
        self.text.caret_moved.connect(self.caret_moved)
        self.text.caret_asked.connect(self.caret_moved)
        self.text.find_wanted.connect(self.ask_find)
        self.text.words_wanted.connect(lambda: choose_document(self.text))
        self.text.tidy_wanted.connect(self.tidy)
        self.text.jump_requested.connect(self.jump_requested)
        session.changed.connect(self._on_plan_changed)
        session.numbers.changed.connect(self._on_numbers_changed)

    @property
    def find_bar(self) -> FindBar | None:
        """The bar that finds words, once it was asked for."""
        return self._find

    @property
    def note_bar(self) -> NoteBar | None:
        """The place where a footnote is written, once one was asked for."""
        return self._note

    @property
    def is_refused(self) -> bool:
        """Whether the text is longer than may be; a fault may tell of less, as a lost picture."""
        return self._is_refused

    def relayout(self) -> None:
        """Work the wanted size out anew."""
        self._column.invalidate()
        self.updateGeometry()

    def finish(self) -> None:
        """Commit the text as it is."""
        self.asking.close()
        if self._note is not None and self._note.isVisible():
            self._note.finish()
        self._on_text_changed()

    def ask_find(self) -> None:
        """Find words in this text."""
        if self._find is None:
            self._find = FindBar(self.text)
            self._column.insertWidget(0, self._find)
            self._find.closed.connect(self._foot.come_back)
        self._foot.give_way()
        self._find.open_bar()

    def tidy(self) -> None:
        """Tidy punctuation and blanks of the whole text, as one step of undo."""
        if not self.text.isReadOnly():
            self.text.is_step = True
            self.text.replace_text(tidy_prose(self.text.stored_text()))

    def ask_note(self, place: int) -> None:
        """Write a footnote: a new one, or the one at a place of the text."""
        if self._note is None:
            self._note = NoteBar(self.text)
            self._column.insertWidget(self._column.indexOf(self.text) + 1, self._note)
            self._note.closed.connect(self._foot.come_back)
        self._foot.give_way()
        self._note.open_bar(place)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: catch up with what the figures became meanwhile."""
        super().showEvent(event)
        if self._is_behind:
            self._refresh_figures()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.text)
        self._column.addWidget(self._foot)

    @property
    def tools(self) -> ProseTools:
        """The bar below the text, shown while somebody writes."""
        if self._tools is None:
            tools = self._tools = ProseTools(self.text, self.label, self._foot, self._foot.count)
            tools.insert.clicked.connect(self.asking.begin)
            tools.refer.clicked.connect(self.asking.begin_reference)
            tools.annotate.clicked.connect(self.text.ask_note)
            tools.table.clicked.connect(lambda: edit_table(self.text, None))
            tools.picture.clicked.connect(lambda: choose_picture(self.text))
        return self._tools

    def _offer_tools(self) -> None:
        if not self.text.isReadOnly():
            self.tools.open()

    def _show(self, standing: Standing) -> None:
        self.text.setReadOnly(standing.is_locked)
        if standing.heading_level and self.text.rows.number_from(standing.heading_level):
            self.text.viewport().update()
        self._known, self._is_refused = standing.entry, False
        if self.text.stored_text() != standing.entry:
            self.text.replace_text(standing.entry)
        self._foot.say()

    def _on_text_changed(self) -> None:
        if self.asking.is_open:
            return
        is_step, self.text.is_step = self.text.is_step, False
        text, before = self.text.stored_text(), self._known
        if text == before:
            return
        self._known = text
        self._foot.say()
        try:
            value = read_value(self.session.pack, self.kind, text)
        except ReadingError as error:
            self._is_refused = True
            self.set_fault(str(error))
            return
        self._is_refused = False
        self.set_fault("")
        # putting in, changing or deleting a mark is a step of undo of its own
        self.merges = not is_step and _marks(text) == _marks(before)
        self.committed.emit(value)

    def _on_plan_changed(self, change: Change) -> None:
        if not may_hold_marks(self._known) or self._is_prose(change):
            return
        if len(change.changes.changes) > _MANY_CHANGES:
            QTimer.singleShot(_SOON_MS, self, self._on_numbers_changed)  # the step holds enough
        else:
            self._on_numbers_changed()

    def _on_numbers_changed(self) -> None:
        if not may_hold_marks(self._known):
            return
        if self.isVisible():
            self._refresh_figures()
        else:
            self._is_behind = True

    def _is_prose(self, change: Change) -> bool:
        """Whether only prose has changed, as with every letter typed; no figure rests on that."""
        slots = (slot_at(self.session.pack, place) for place in change.changes.places)
        return all(slot is not None and isinstance(slot.kind, Narrative) for slot in slots)

    def _refresh_figures(self) -> None:
        self._is_behind = False
        self.text.refresh_figures()
        self._foot.say()

    def _on_left(self) -> None:
        if self._tools is not None and QApplication.activePopupWidget() is None:
            self._tools.hide()
        if not self.fault:
            self.settled.emit()


def _marks(text: str) -> list[str]:
    return [mark.source for mark in marks_in(text)]
