"""The words beside the marked cell under the cursor: what is wrong there, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QLabel

from ui.fields.roles import CELL_NOTE, CELL_NOTE_MUST, give_role
from ui.fields.small import plain_label
from ui.grid.grid_view import SheetView
from ui.grid.marked import said_of
from ui.grid.sheet_model import SheetModel

_WIDTH = 380
_GAP = 3
_GRAVE = "●"  # what begins a sentence that must be heeded


class CellNote(QObject):
    """Follows the cursor of a sheet with the sentences of its cell; gone while one types."""

    def __init__(self, view: SheetView, model: SheetModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self.label: QLabel = plain_label("", CELL_NOTE, view, wraps=True)
        self.label.hide()
        view.current_changed.connect(self._follow)
        model.marks_changed.connect(self._follow)
        model.layoutChanged.connect(self._follow)
        view.verticalScrollBar().valueChanged.connect(self._follow)
        view.horizontalScrollBar().valueChanged.connect(self._follow)
        view.installEventFilter(self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show)

    def eventFilter(self, object: QObject, event: QEvent) -> bool:
        """Qt: words come and go with the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self._follow()
        return super().eventFilter(object, event)

    def hide(self) -> None:
        """Leave the cells below free, until the cursor moves."""
        self.label.hide()

    def _follow(self) -> None:
        self._later.start()

    def _show(self) -> None:
        address = self._view.current_address() if self._has_keyboard() else None
        said = said_of(self._model, address) if address is not None else []
        self.label.setVisible(bool(said))
        if said:
            self.label.setText("\n".join(said))
            is_grave = any(line.startswith(_GRAVE) for line in said)
            give_role(self.label, CELL_NOTE_MUST if is_grave else CELL_NOTE)
            self._place()

    def _has_keyboard(self) -> bool:
        view = self._view
        is_typing = view.state() == QAbstractItemView.State.EditingState
        return (
            view.hasFocus() and not is_typing and view.currentIndex().row() < len(self._model.keys)
        )

    def _place(self) -> None:
        """Below the cell, else above it, else beside it in a sheet of few rows."""
        view, label = self._view, self.label
        label.setFixedWidth(min(_WIDTH, view.width() - 2 * _GAP))
        label.setFixedHeight(label.heightForWidth(label.width()))
        cell = view.visualRect(view.currentIndex())
        if not view.viewport().rect().intersects(cell):
            label.hide()  # scrolled away
            return
        cell.moveTopLeft(view.viewport().mapTo(view, cell.topLeft()))
        head, foot = view.horizontalHeader().height(), view.height() - label.height() - _GAP
        left, below = cell.left(), cell.bottom() + _GAP
        above = cell.top() - label.height() - _GAP
        top = below if below <= foot else above
        if top < head:
            top = max(head, min(cell.top(), foot))
            beside = cell.right() + _GAP
            is_room = beside + label.width() + _GAP <= view.width()
            left = beside if is_room else cell.left() - label.width() - _GAP
        label.move(max(_GAP, min(left, view.width() - label.width() - _GAP)), top)
        label.raise_()
