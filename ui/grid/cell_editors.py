"""The editors that open in a cell, by the kind of the value; what they hold goes to the model."""

from __future__ import annotations

from typing import assert_never, cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from forms.address import Address
from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Kind,
    Money,
    Month,
    Narrative,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
)
from forms.row_units import kind_at
from forms.values import Value
from ui.fields.choosing import ChoiceBox, ReferenceBox, vocabulary_options
from ui.fields.editors import Editor
from ui.fields.factory import how_to_type, make_editor
from ui.fields.prose import ProseEditor
from ui.fields.roles import FAULT, HINT
from ui.fields.small import plain_label
from ui.fields.standing import stand
from ui.grid.sheet_model import SheetModel
from ui.grid.way_out import stops_from
from ui.text import tr

_PADDING = 6
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TAB, _BACKTAB = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason
_TYPED = "openedByTyping"
_SHOWN = "shownEntry"
_LINE_AIR = 24
_YES, _NO = "yes", "no"
_ROOM = {Narrative: QSize(460, 190), Choices: QSize(400, 130), Image: QSize(400, 160)}


class RoomyEditor(QFrame):
    """A field's editor spread over its cell and beyond, for what does not fit into one line."""

    done = Signal()
    passed = Signal(bool)  # Tab went beyond what stands in it (True), or Shift+Tab before it

    def __init__(self, model: SheetModel, address: Address, editor: Editor, room: QSize) -> None:
        super().__init__()
        self.editor = editor
        self.is_done = False  # closing, whoever began it
        self._model = model
        self._address = address
        self._room = room
        self._fault = plain_label("", FAULT, wraps=True)
        self._fault.hide()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusProxy(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        layout.addWidget(editor)
        layout.addWidget(self._fault)
        layout.addStretch(1)
        layout.addWidget(plain_label(tr("点按别处或按 Ctrl+Enter 完成"), HINT))
        editor.committed.connect(self._take)
        editor.faulted.connect(self._say)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    @property
    def wanted(self) -> QSize:
        """The room it wants."""
        return self._room.expandedTo(self.sizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another height holds other lines."""
        super().resizeEvent(event)
        if isinstance(self.editor, ProseEditor):
            self.editor.relayout()  # what it wants is asked before Qt has laid it out
        self._hold_text()

    def event(self, event: QEvent) -> bool:
        """Qt: so it does when something comes to stand beside the text."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._hold_text()
        return handled

    def focusNextPrevChild(self, next: bool) -> bool:
        """Qt: Tab leads through what stands in it, then to the next cell."""
        if self.is_done or self.isHidden():
            return super().focusNextPrevChild(next)
        stop = _next_stop(self, on=next)
        if stop is None:
            self.passed.emit(next)
        else:  # not by Qt's own way: the sheet around would take it for a step between cells
            stop.setFocus(_TAB if next else _BACKTAB)
        return True

    def _hold_text(self) -> None:
        """In a low sheet a long text scrolls instead of standing behind what is below it."""
        if isinstance(self.editor, ProseEditor):
            text = self.editor.text
            around = self.sizeHint().height() - text.minimumHeight()
            text.set_most_height(self.height() - around)

    def _take(self, value: Value | None) -> None:
        self._model.offer(self._address, value, "", merges=self.editor.merges)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Be done when the keyboard goes elsewhere in the window, but not to a dialog or list."""
        del old
        is_gone = self.is_done or self.isHidden()  # hidden: its row was taken away under it
        if is_gone or new is None or self.isAncestorOf(new) or new is self:
            return
        if QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            self.is_done = True
            self.done.emit()

    def _say(self, why: str) -> None:
        self._fault.setText(why)
        self._fault.setVisible(bool(why))


def _next_stop(around: QWidget, *, on: bool) -> QWidget | None:
    """Where Tab (`on`) or Shift+Tab leads inside a widget; None when it leads out of it."""
    stop = next(stops_from(around.focusWidget() or around, on=on), None)
    return stop if stop is not None and around.isAncestorOf(stop) else None


class GrowingLine(QLineEdit):
    """A line that spreads over the cells at its right when its text is longer than its cell."""

    def __init__(self) -> None:
        super().__init__()
        self.textChanged.connect(self.grow)

    def grow(self) -> None:
        """Take the room the text wants, as far as the sheet goes."""
        around = cast("QWidget", self.parentWidget())
        wanted = self.fontMetrics().horizontalAdvance(self.text()) + _LINE_AIR
        self.resize(max(self.width(), min(wanted, around.width() - self.x())), self.height())


def make_cell_editor(
    model: SheetModel, address: Address, name: str, parent: QWidget, *, typed: bool = False
) -> QWidget:
    """The editor of the value at an address, named for screen readers.

    `typed`: it opens by typing, so that a list of options is searched by what is typed.
    """
    kind = kind_at(model.session.view, address)
    assert kind is not None  # only values are edited
    editor = _made(model, address, kind, name, typed=typed)
    editor.setParent(parent)
    editor.setAccessibleName(name)
    editor.setAutoFillBackground(True)
    return editor


def show_in_cell(editor: QWidget, model: SheetModel, address: Address, entry: str) -> None:
    """Show the plan's value, or the entry that could not be taken.

    Qt asks for this whenever anything of the sheet is repainted, also for the sake of a finding:
    what is being typed or composed stays as long as the plan holds what it held.
    """
    standing = stand(model.session.view, address)
    if not isinstance(editor, RoomyEditor):
        if editor.property(_SHOWN) == entry:
            return
        editor.setProperty(_SHOWN, entry)
    match editor:
        case ChoiceBox():
            value = standing.value
            key = (_YES if value else _NO) if isinstance(value, bool) else value
            editor.show_key(cast("str | None", key), standing.text)
            if editor.property(_TYPED):
                editor.setEditText("")  # what is typed takes the place of what was there
        case RoomyEditor():
            editor.editor.show_standing(standing)
        case QLineEdit():
            editor.setText(entry)
        case _:
            pass


def take_from_cell(editor: QWidget, model: SheetModel, address: Address) -> None:
    """Put what the editor holds into the plan, or keep it as refused."""
    match editor:
        case ChoiceBox():
            model.enter(address, editor.typed_or_chosen())
        case RoomyEditor():
            editor.editor.finish()
        case QLineEdit():
            model.enter_if_new(address, editor.text())
        case _:
            pass


def _box(box: ChoiceBox, *, typed: bool) -> ChoiceBox:
    box.setProperty(_TYPED, typed)
    return box


def _made(model: SheetModel, address: Address, kind: Kind, name: str, *, typed: bool) -> QWidget:
    session = model.session
    match kind:
        case Choice():
            options = vocabulary_options(session, kind.vocabulary)
            return _box(ChoiceBox(options, searched=typed), typed=typed)
        case YesNo():
            options = [(_YES, tr("是")), (_NO, tr("否"))]
            return _box(ChoiceBox(options, searched=typed), typed=typed)
        case Reference():
            return _box(ReferenceBox(session, kind, searched=typed), typed=typed)
        case Narrative() | Choices() | Image():
            return RoomyEditor(model, address, make_editor(session, kind, name), _ROOM[type(kind)])
        case Text():
            return GrowingLine()
        case Year() | Month() | Date():
            dated = QLineEdit()
            dated.setPlaceholderText(how_to_type(kind))
            return dated
        case Integer() | Quantity() | Money() | Percent():
            line = QLineEdit()
            line.setAlignment(_RIGHT)
            return line
        case _:
            assert_never(kind)
