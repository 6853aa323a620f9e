"""The text area of prose: as tall as what is written, its marks as chips.

Undo, storing and reading belong to others: this widget gives the text as the plan stores it and
says when it changed.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QToolTip

from forms.inline.footnotes import PlacedNote
from ui.plain import plain_tip
from ui.prose.chip_menu import add_chip_actions, chip_tip
from ui.prose.dragging import InsetDrag
from ui.prose.keys import COMMANDS
from ui.prose.marked_text import NEW_NOTE
from ui.prose.pasting import PastingText
from ui.prose.picture_acts import add_inset_actions, move_inset
from ui.prose.places import (
    chip_beside,
    chip_chosen,
    chip_under,
    inset_chosen,
    inset_under,
)
from ui.prose.text import Chip, Inset
from ui.session import PlanSession
from ui.text import tr

_FRAME = 6
_ANY_HEIGHT = 16_777_215  # the most Qt gives a widget
_NEVER_SCROLLS = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
_EQUALS = ("=", "＝")
_ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_MOVES = {
    QKeyCombination(_ALT_SHIFT, Qt.Key.Key_Up): -1,
    QKeyCombination(_ALT_SHIFT, Qt.Key.Key_Down): 1,
}


class ProseEdit(PastingText):
    """A text area without inner scrolling, rich paste or an undo of its own."""

    entered = Signal()
    left = Signal()
    caret_moved = Signal()
    caret_asked = Signal()  # keep the caret in sight although the keyboard is elsewhere
    equals_coming = Signal()  # about to stand in the text
    equals_typed = Signal()
    figure_wanted = Signal()
    reference_wanted = Signal()
    find_wanted = Signal()
    words_wanted = Signal()  # from a Word document
    tidy_wanted = Signal()
    jump_requested = Signal(object)  # Address
    inset_wanted = Signal(object)  # Inset: a table or picture to be edited

    def __init__(self, session: PlanSession, least_lines: int, *, plain: bool = False) -> None:
        super().__init__(session, plain=plain)
        self._least_lines = least_lines
        self.takes_notes = not plain  # a note takes none
        self._most_height = _ANY_HEIGHT
        self.setUndoRedoEnabled(False)  # undo belongs to the plan
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(_NEVER_SCROLLS)
        self.setVerticalScrollBarPolicy(_NEVER_SCROLLS)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.cursorPositionChanged.connect(self.caret_moved)
        self._drag = InsetDrag(self)
        self._fit()

    @property
    def is_bounded(self) -> bool:
        """Whether it scrolls inside: there is little room."""
        return self._most_height < _ANY_HEIGHT

    def set_most_height(self, height: int) -> None:
        """Scroll inside from this height on."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._most_height = max(height, self.fontMetrics().lineSpacing() + self._margins())
        self._fit()

    def show_menu(self, place: QPoint, chip: Chip | None) -> None:
        """Show the menu of the text, of a chip above all when one is meant."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():  # this widget has no undo of its own
            if action.objectName() in ("edit-undo", "edit-redo"):
                menu.removeAction(action)
        find = QAction(tr("查找…\tCtrl+F"), menu)
        find.triggered.connect(self.find_wanted)
        insert = QAction(tr("插入数字…\tCtrl+Shift+D"), menu)
        insert.triggered.connect(self.figure_wanted)
        insert.setEnabled(not self.isReadOnly())
        menu.addSeparator()
        refer = QAction(tr("插入引用…\tCtrl+Shift+R"), menu)
        refer.triggered.connect(self.reference_wanted)
        refer.setEnabled(not self.isReadOnly())
        note = QAction(tr("插入脚注…\tCtrl+Alt+F"), menu)
        note.triggered.connect(self.ask_note)
        note.setEnabled(self.takes_notes and not self.isReadOnly())
        words = QAction(tr("从 Word 取文字…"), menu)
        words.triggered.connect(self.words_wanted)
        words.setEnabled(self.takes_notes and not self.isReadOnly())
        menu.addActions([insert, refer, note, words, find])
        if chip is not None:
            add_chip_actions(menu, self, chip, self.jump_requested.emit)
        elif (inset := inset_chosen(self.textCursor())) is not None:
            add_inset_actions(menu, self, inset, lambda: self.inset_wanted.emit(inset))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def ask_note(self) -> None:
        """Ask for a footnote behind what is selected, or at the caret."""
        if self.takes_notes and not self.isReadOnly():
            self.note_wanted.emit(NEW_NOTE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Return on a chosen chip opens it; an equals sign offers figures."""
        chosen = chip_chosen(self.textCursor()) or inset_chosen(self.textCursor())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen:
            self._open(chosen)
            return
        by = _MOVES.get(event.keyCombination())
        if by is not None and isinstance(chosen, Inset) and move_inset(self, chosen, by):
            return
        if event.matches(QKeySequence.StandardKey.Find):
            self.find_wanted.emit()
            return
        is_equals = event.text() in _EQUALS and not event.modifiers() & COMMANDS
        if is_equals and not self.isReadOnly():
            self.equals_coming.emit()
            super().keyPressEvent(event)
            self.equals_typed.emit()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: an input method may type the equals sign as well."""
        is_equals = event.commitString() in _EQUALS and not self.isReadOnly()
        if is_equals:
            self.equals_coming.emit()
        super().inputMethodEvent(event)
        if is_equals:
            self.equals_typed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on a chip chooses it."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        chip = chip_under(self, point) or inset_under(self, point)
        is_click = event.button() == Qt.MouseButton.LeftButton
        if chip and is_click and not self.textCursor().hasSelection():
            self.choose_chip(chip.position)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: a double click on a chip, table or picture opens it."""
        point = event.position().toPoint()
        chip = chip_under(self, point) or inset_under(self, point)
        if chip is None:
            super().mouseDoubleClickEvent(event)
            return
        self.choose_chip(chip.position)
        self._open(chip)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the menu of the chip under the mouse or beside the caret, else of the text."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = self.viewport().mapFromGlobal(event.globalPos())
            chip, inset = chip_under(self, point), inset_under(self, point)
        else:
            chip, inset = chip_beside(self.textCursor()), None
        meant = chip or inset
        if meant is not None:
            self.choose_chip(meant.position)
        self.show_menu(event.globalPos(), chip)

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt: a chip says in its tip what it is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            chip = chip_under(self, event.pos())
            if chip is not None:
                tip = chip_tip(self, chip.placed)
                QToolTip.showText(event.globalPos(), plain_tip(tip, wraps=False), self)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width wraps otherwise."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: say that somebody may write now."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: say that writing is over for now."""
        super().focusOutEvent(event)
        self.left.emit()

    def _open(self, chip: Chip | Inset) -> None:
        """A footnote, table or picture opens for writing, anything else shows its menu."""
        if isinstance(chip, Inset):
            if not self.isReadOnly():
                self.inset_wanted.emit(chip)
        elif isinstance(chip.placed, PlacedNote) and not self.isReadOnly():
            self.note_wanted.emit(chip.position)
        else:
            self._show_menu_at(chip)

    def _show_menu_at(self, chip: Chip) -> None:
        self.show_menu(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()), chip)

    def _margins(self) -> int:
        return 2 * round(self.document().documentMargin()) + 2 * self.frameWidth() + _FRAME

    def _fit(self) -> None:
        text = ceil(self.document().size().height()) - 2 * round(self.document().documentMargin())
        wanted = max(self._least_lines * self.fontMetrics().lineSpacing(), text) + self._margins()
        height = min(wanted, self._most_height)
        if height != self.minimumHeight():
            self.setFixedHeight(height)
