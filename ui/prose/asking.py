"""Asking for a figure or a reference in the middle of a sentence: some words, then Return.

The words stand in the text itself behind a sign, where any input method can write them; `=` asks
for a figure whenever it is typed. Until the asking is over the plan does not hear of them, so that
putting something in is one step of undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QScrollArea

from forms.live_figures import search_figures
from forms.target_search import search_targets
from ui.around import around
from ui.prose.edit import ProseEdit
from ui.prose.offers import Offer, OffersList
from ui.prose.text import CHIP, read_between
from ui.text import tr

_NO_QUESTION = "=＝<>≤≥≠!！:"  # an equals sign after one of these is a sign of its own
_NOT_MEANT = (
    " ",
    "\u3000",
    *"0123456789０１２３４５６７８９=＝",
)  # what follows a plain equals sign
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked for: its sign in the text, what fits some words, how the list is called."""

    sign: str
    search: Callable[[str], Sequence[Offer]]
    name: str
    nothing: str


class Asking(QObject):
    """Offers figures or references at the caret of one text while somebody asks for one."""

    closed = Signal()  # the text is as it is to be, and may go to the plan

    def __init__(self, edit: ProseEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._list: OffersList | None = None
        self._start = -1  # of the equals sign; -1 while nobody asks
        self._before: str | None = None  # the text to go back to; None: keep what was typed
        self._asked: str | None = None
        self._question = self._figures()
        edit.equals_coming.connect(self._on_equals_coming)
        edit.equals_typed.connect(self._on_equals_typed)
        edit.figure_wanted.connect(self.begin)
        edit.reference_wanted.connect(self.begin_reference)
        edit.textChanged.connect(self._follow)
        edit.cursorPositionChanged.connect(self._follow)

    @property
    def is_open(self) -> bool:
        """Whether somebody asks just now."""
        return self._start >= 0

    @property
    def offers(self) -> OffersList | None:
        """The list that is shown, if any."""
        return self._list

    def begin(self) -> None:
        """Ask for a figure on command: in the place of what is selected, which Esc brings back."""
        self._ask(self._figures())

    def begin_reference(self) -> None:
        """Ask for something to refer to, likewise."""
        self._ask(self._references())

    def _ask(self, question: _Question) -> None:
        if self._edit.isReadOnly():
            return
        self.close()
        self._question = question
        self._edit.setFocus()
        self._before = self._edit.stored_text()
        cursor = self._edit.textCursor()
        self._start = cursor.selectionStart()
        cursor.insertText(question.sign)
        self._edit.setTextCursor(cursor)
        self._show()

    def close(self) -> None:
        """Ask no more; words typed after a typed equals sign stay."""
        if not self.is_open:
            return
        before = self._before
        self._end()
        if before is not None:
            self._edit.replace_text(before)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the keys of the list while it is shown."""
        del watched
        if event.type() == QEvent.Type.FocusOut:
            self.close()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if self._list is not None and key in _MOVES:
            self._list.move_choice(_MOVES[Qt.Key(key)])
            return True
        if key in _TAKES:
            offer = self._list.current if self._list else None
            if offer is not None:
                self._put(offer)
            else:
                self.close()
            return offer is not None
        return False

    def _on_equals_coming(self) -> None:
        """Begin before the sign stands in the text, so that the plan does not take it over."""
        cursor = self._edit.textCursor()
        start = cursor.selectionStart()
        before = self._edit.document().characterAt(start - 1) if start else ""
        if not self.is_open and not (before and before in _NO_QUESTION):
            self._start, self._before, self._question = start, None, self._figures()

    def _on_equals_typed(self) -> None:
        if self.is_open and self._list is None:
            self._show()

    def _show(self) -> None:
        asked = self._question
        offers = self._list = OffersList(self._edit.window(), asked.name, asked.nothing)
        offers.chosen.connect(self._put)
        self._edit.installEventFilter(self)
        for each in around(self._edit.parentWidget()):
            if isinstance(each, QScrollArea):
                each.verticalScrollBar().valueChanged.connect(self._place)
        self._asked = None
        offers.show()
        offers.raise_()
        self._follow()

    def _follow(self) -> None:
        """Offer what fits the words up to the caret; ask no more when none are meant."""
        if self._list is None:
            return
        asked = self._words()
        if asked is None:
            self.close()
            return
        if asked != self._asked:
            self._asked = asked
            offers = self._question.search(asked.strip())
            if not offers and self._before is None:
                self.close()
                return
            self._list.show_offers(offers, choose=bool(asked) or self._before is not None)
        self._place()

    def _words(self) -> str | None:
        """What stands between the sign and the caret; None when that is no question."""
        cursor = self._edit.textCursor()
        document = self._edit.document()
        block = document.findBlock(self._start)
        if cursor.hasSelection() or cursor.block() != block or cursor.position() <= self._start:
            return None
        words = read_between(document, self._start + 1, cursor.position())
        is_sum = self._before is None and words.startswith(_NOT_MEANT)
        return None if CHIP in words or is_sum else words

    def _place(self) -> None:
        if self._list is None:
            return
        sign = QTextCursor(self._edit.document())
        sign.setPosition(self._start)
        here = self._edit.cursorRect(sign)
        top_left = self._edit.viewport().mapTo(self._edit.window(), here.topLeft())
        self._list.place_at(QRect(top_left, here.size()))

    def _put(self, offer: Offer) -> None:
        start, end = self._start, self._edit.textCursor().position()
        self._end()
        self._edit.put_mark(offer.mark, start, end)

    def _figures(self) -> _Question:
        session = self._edit.session
        nothing = tr("没有这样的数。换个词试试，Esc 关闭。")
        return _Question(
            "=", lambda words: search_figures(session.view, words), tr("可插入的数字"), nothing
        )

    def _references(self) -> _Question:
        session = self._edit.session
        nothing = tr("没有这样的表、图或标题。换个词试试，Esc 关闭。")
        return _Question(
            "@",
            lambda words: search_targets(session.view, words, session.numbers.label),
            tr("可引用的表、图和标题"),
            nothing,
        )

    def _end(self) -> None:
        self._start, self._before = -1, None
        self._edit.removeEventFilter(self)
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None
