"""The view of a sheet: frozen first columns, Excel's keys, totals below.

The frozen columns are a second view on the same model and selection, laid over the first; whatever
is edited there opens its editor there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from forms.address import Address
from ui.fields.choosing import ChoiceBox
from ui.fields.roles import SHEET, give_role
from ui.grid.delegate import PADDING, SheetDelegate
from ui.grid.header import SheetHeader
from ui.grid.sheet_model import Index, SheetModel

_PER_PIXEL = QAbstractItemView.ScrollMode.ScrollPerPixel
_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
_MOVE = QAbstractItemView.CursorAction
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROW_PADDING = 12


class SheetView(QTableView):
    """One view on a sheet; with `frozen` columns it carries a second one over its left edge."""

    row_wanted = Signal()  # Tab or Return beyond the last cell
    current_changed = Signal(object)  # Address or None
    copy_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()

    def __init__(self, model: SheetModel, frozen: int = 0, *, wraps: bool = False) -> None:
        super().__init__()
        self._sheet = model
        self._frozen_columns = frozen
        self._wraps = wraps
        self._frozen: _FrozenView | None = None
        dress(self, model, wraps=wraps)
        self.setAccessibleName(model.label)
        self.setTabKeyNavigation(True)
        self.setEditTriggers(_TRIGGERS)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        if frozen:
            self._frozen = _FrozenView(self, model, frozen, wraps=wraps)
            self.horizontalHeader().sectionResized.connect(self._on_section_resized)
            self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
            self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        model.modelReset.connect(self.fit_columns)
        self.fit_columns()

    @property
    def sheet(self) -> SheetModel:
        """The model with its own type."""
        return self._sheet

    def current_address(self) -> Address | None:
        """The value under the cursor."""
        index = self.currentIndex()
        return self._sheet.address_at(index.row(), index.column()) if index.isValid() else None

    def selected_cells(self) -> list[QModelIndex]:
        """The selected cells in reading order."""
        return sorted(self.selectedIndexes(), key=lambda index: (index.row(), index.column()))

    def go_to(self, address: Address) -> bool:
        """Put the cursor on an address and take the keyboard; False when it is not shown."""
        index = self._sheet.place_of(address)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()
        return True

    def fit_columns(self) -> None:
        """Give each column the width its kind and head want."""
        letter = self.fontMetrics().horizontalAdvance("国")
        for place, column in enumerate(self._sheet.sheet_columns):
            self.setColumnWidth(place, column.letters * letter + 2 * PADDING)
            if self._frozen is not None:
                self._frozen.setColumnHidden(place, place >= self._frozen_columns)
                self._frozen.setColumnWidth(place, self.columnWidth(place))
        self._place_frozen()

    def fit_rows(self) -> None:
        """Give wrapped rows the height their texts want."""
        if self._wraps:
            self.resizeRowsToContents()
            if self._frozen is not None:
                for row in range(self._sheet.rowCount()):
                    self._frozen.setRowHeight(row, self.rowHeight(row))
        self._place_frozen()

    # -- Qt --------------------------------------------------------------------------------------

    def edit(self, index: Index, *rest: object) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Open an editor, in the frozen view when the cell stands there."""
        if not rest:
            target = self._frozen if self._is_frozen(index) else None
            if target is not None:
                QTableView.edit(target, index)
            else:
                super().edit(index)
            return True
        trigger, event = rest
        if self._is_frozen(index) and self._frozen is not None and index.isValid():
            return self._frozen.open_editor(index, trigger, event)
        return cast("bool", super().edit(index, trigger, event))  # pyright: ignore[reportArgumentType, reportCallIssue]

    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Move the cursor, and the columns from under the frozen ones; say when the end is passed."""
        old = self.currentIndex()
        if cursorAction == _MOVE.MoveNext and self._is_last(old):
            self.row_wanted.emit()
            return self.currentIndex()
        new = super().moveCursor(cursorAction, modifiers)
        return new if isinstance(new, QModelIndex) else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Show a cell, beside the frozen columns and not under them."""
        if self._is_frozen(index):
            bar, kept = self.horizontalScrollBar(), self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            bar.setValue(kept)
            return
        super().scrollTo(index, hint)
        if self._frozen is None:
            return
        hidden = self._frozen_width() - self.visualRect(index).left()
        if hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Excel's keys: copy, paste, clear, and Return to edit."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_asked.emit()
        elif event.key() in _RETURNS and self.state() != QAbstractItemView.State.EditingState:
            self._on_return()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the frozen columns in place."""
        super().resizeEvent(event)
        self._place_frozen()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the sheet; what it cannot use goes to the page."""
        bar = self.verticalScrollBar()
        sideways = bool(event.angleDelta().x()) or bool(
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        if bar.maximum() == 0 and not sideways:
            event.ignore()
            return
        super().wheelEvent(event)

    def sizeHint(self) -> QSize:
        """Wide as it may be; the height is the panel's business."""
        return QSize(400, 200)

    # -- Private ---------------------------------------------------------------------------------

    def _on_return(self) -> None:
        index = self.currentIndex()
        if index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable):
            self.edit(index)
        else:
            self.step_down()

    def step_down(self) -> None:
        """One row down, as after Return in Excel."""
        index = self.currentIndex()
        below = index.siblingAtRow(index.row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)

    def _on_current_changed(self, current: QModelIndex) -> None:
        valid = current.isValid() and current.row() < len(self._sheet.keys)
        self.current_changed.emit(
            self._sheet.address_at(current.row(), current.column()) if valid else None
        )

    def _on_section_resized(self, place: int, old: int, new: int) -> None:
        del old
        if self._frozen is not None and place < self._frozen_columns:
            self._frozen.setColumnWidth(place, new)
            self._place_frozen()

    def _is_frozen(self, index: Index) -> bool:
        return self._frozen is not None and index.column() < self._frozen_columns

    def _is_last(self, index: QModelIndex) -> bool:
        rows, columns = self._sheet.rowCount(), self._sheet.columnCount()
        return index.row() == rows - 1 and index.column() == columns - 1

    def _frozen_width(self) -> int:
        return sum(self.columnWidth(place) for place in range(self._frozen_columns))

    def _place_frozen(self) -> None:
        if self._frozen is None:
            return
        side, frame = self.verticalHeader().width(), self.frameWidth()
        width = min(self._frozen_width(), max(0, self.viewport().width() * 2 // 3))
        height = self.viewport().height() + self.horizontalHeader().height()
        self._frozen.setGeometry(side + frame, frame, width, height)
        self._frozen.horizontalHeader().setFixedHeight(self.horizontalHeader().height())
