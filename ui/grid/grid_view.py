"""The view of a sheet: frozen first columns, and the keys people know from Excel and WPS.

The frozen columns are a second, display-only view laid over the first while that is scrolled
sideways. Editors open in the first view only, which scrolls home for a frozen cell: an input method
that starts on the cell would be cut off by an editor in another view.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from forms.address import Address
from ui.fields.roles import SHEET, give_role
from ui.grid.cell_editors import RoomyEditor
from ui.grid.column_widths import ColumnWidths
from ui.grid.delegate import SheetDelegate
from ui.grid.fitted_rows import FittedRows
from ui.grid.header import SheetHeader
from ui.grid.in_sight import keep_cell, show_cell_soon
from ui.grid.sheet_model import SheetModel
from ui.grid.sheet_shape import Index
from ui.grid.way_out import leave_cells
from ui.scaling import sized

_PER_PIXEL = QAbstractItemView.ScrollMode.ScrollPerPixel
_NEVER = QAbstractItemView.EditTrigger.NoEditTriggers
_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
_HINT = QAbstractItemDelegate.EndEditHint
_MOVE = QAbstractItemView.CursorAction
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROW_AIR = 12
_LEAST_ROW = 30
_ALL_COLUMNS = -1  # a wrapped row is as high as its highest cell, in sight or not
_WIDEST_NUMBER = " 0000 "


class SheetView(QTableView):
    """The view that is typed into."""

    row_wanted = Signal()  # Tab beyond the last cell
    current_changed = Signal(object)  # Address or None
    copy_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()
    jump_requested = Signal(object)  # Address named in the editor of a cell

    def __init__(self, model: SheetModel, frozen: int = 0, *, wraps: bool = False) -> None:
        super().__init__()
        self._sheet = model
        self.wraps = wraps
        self._rows = FittedRows()
        self.adds_rows = False
        self.overlay: _Overlay | None = None
        delegate = SheetDelegate(model, self, wraps=wraps)
        dress(self, model, delegate)
        give_role(self, SHEET)
        self.setAccessibleName(model.label)
        self.setTabKeyNavigation(True)
        self.setEditTriggers(_NEVER if model.session.is_read_only else _TRIGGERS)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setMinimumWidth(self.fontMetrics().horizontalAdvance(_WIDEST_NUMBER))
        self.verticalHeader().setVisible(model.has_numbers)
        self.verticalHeader().setResizeContentsPrecision(_ALL_COLUMNS if wraps else 0)
        self.widths = ColumnWidths(self)
        delegate.editor_opens.connect(self._on_editor_opens)
        delegate.jump_requested.connect(self.jump_requested)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        model.modelReset.connect(self.fit_columns)
        self.fit_columns()
        freeze(self, frozen)

    @property
    def sheet(self) -> SheetModel:
        """The model with its own type."""
        return self._sheet

    @property
    def frozen_width(self) -> int:
        """How wide the columns are that stay in place."""
        return self.overlay.wanted_width() if self.overlay else 0

    def current_address(self) -> Address | None:
        """The value under the cursor."""
        index = self.currentIndex()
        return self._sheet.address_at(index.row(), index.column()) if index.isValid() else None

    def go_to(self, address: Address) -> bool:
        """Put the cursor on an address and take the keyboard; False when it is not shown."""
        index = self._sheet.place_of(address)
        if not index.isValid():
            return False
        select = self.selectionModel()  # not by the view: with Ctrl held it would add to the choice
        select.setCurrentIndex(index, select.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.setFocus()
        return True

    def fit_columns(self) -> None:
        """Give each column the width its kind and head want, and texts what room is left."""
        self.widths.fit(self._sheet.sheet_columns)
        if self.overlay is not None:
            self.overlay.follow()

    def fit_rows(self) -> None:
        """Give wrapped rows the height their texts want."""
        if self.wraps and self._rows.differ(self):
            self.resizeRowsToContents()
        if self.overlay is not None:
            self.overlay.follow()

    def step(self, action: QAbstractItemView.CursorAction) -> None:
        """Move the cursor one cell on, back or down."""
        index = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if index.isValid():
            self.setCurrentIndex(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After an editor the cursor moves as in Excel: Tab on, Return down."""
        if isinstance(editor, RoomyEditor):
            editor.is_done = True  # the keyboard leaves it
            within = cast("QWidget | None", self.window().focusWidget())
            if within is not None and editor.isAncestorOf(within):
                self.setFocus()  # Qt would take the next stop of Tab: another cell
        super().closeEditor(editor, _HINT.NoHint)
        if hint == _HINT.EditNextItem:
            self._step_on()
        elif hint == _HINT.EditPreviousItem:
            self.step(_MOVE.MovePrevious)
        elif hint == _HINT.SubmitModelCache:
            self.step(_MOVE.MoveDown)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Show a cell beside the frozen columns; a frozen one is always shown."""
        bar = self.horizontalScrollBar()
        kept = bar.value()
        super().scrollTo(index, hint)
        show_cell_soon(self)
        if self.overlay is None:
            return
        if self.overlay.covers(index):
            bar.setValue(kept)
        elif (hidden := self.frozen_width - self.visualRect(index).left()) > 0:  # pyright: ignore[reportArgumentType]
            bar.setValue(bar.value() - hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, clear, Return to edit, Tab to go on, Ctrl+Tab to leave the sheet."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_asked.emit()
        elif event.key() in _RETURNS and not event.modifiers():
            self._on_return()
        elif event.key() == Qt.Key.Key_Tab and _has_ctrl(event):
            leave_cells(self)
        elif event.key() == Qt.Key.Key_Tab and self._is_at_end():
            if not self.adds_rows:
                event.ignore()  # on to the next widget
                return
            self.row_wanted.emit()
        elif event.key() == Qt.Key.Key_Backtab and self._is_at_start():
            event.ignore()
            return
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width leaves another room for texts."""
        super().resizeEvent(event)
        keep_cell(self, event.oldSize().height())
        if event.size().width() != event.oldSize().width():
            self.fit_columns()
        elif self.overlay is not None:
            self.overlay.follow()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the sheet; what it cannot use goes to the page."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self.verticalScrollBar().maximum() == 0 and not event.angleDelta().x() and not shift:
            event.ignore()
            return
        super().wheelEvent(event)

    def sizeHint(self) -> QSize:
        """Any width will do; the height is the panel's business."""
        return QSize(320, 160)

    def _step_on(self) -> None:
        if self._is_at_end():
            self.row_wanted.emit()
        else:
            self.step(_MOVE.MoveNext)

    def _on_return(self) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the editor's own Return, handed up after it was used
        index = self.currentIndex()
        if index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable):
            self.edit(index)
        else:
            self.step(_MOVE.MoveDown)

    def _on_current_changed(self, current: QModelIndex) -> None:
        valid = current.isValid() and current.row() < len(self._sheet.keys)
        row, column = current.row(), current.column()
        self.current_changed.emit(self._sheet.address_at(row, column) if valid else None)

    def _on_editor_opens(self, index: Index) -> None:
        if self.overlay is not None and self.overlay.covers(index):
            self.horizontalScrollBar().setValue(0)

    def _is_at_end(self) -> bool:
        index, model = self.currentIndex(), self._sheet
        return (index.row(), index.column()) == (model.rowCount() - 1, model.columnCount() - 1)

    def _is_at_start(self) -> bool:
        index = self.currentIndex()
        return not index.isValid() or (index.row(), index.column()) == (0, 0)


class _Overlay(QTableView):
    """The first columns once more, shown while the sheet below is scrolled sideways."""

    def __init__(self, under: SheetView, model: SheetModel, *, wraps: bool) -> None:
        super().__init__(under)
        self._under = under
        self._columns = 0
        self._dress: Callable[[], None] | None = lambda: self._be_sheet(model, wraps=wraps)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("frozenColumns")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.setAutoScroll(False)
        self.setFocusProxy(under)
        bar = under.horizontalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        under.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        under.horizontalHeader().sectionResized.connect(self._on_resized)
        under.verticalHeader().sectionResized.connect(self._on_resized)
        self.hide()

    def freeze(self, columns: int) -> None:
        """Let so many columns stay in place."""
        self._columns = columns
        self._on_scrolled(self._under.horizontalScrollBar().value())

    def covers(self, index: Index) -> bool:
        """Whether a cell stands in the frozen columns."""
        return 0 <= index.column() < self._columns

    def wanted_width(self) -> int:
        """How wide the frozen columns are; never more than leaves room beside them."""
        wide = sum(self._under.columnWidth(place) for place in range(self._columns))
        return min(wide, self._under.viewport().width() * 3 // 5)

    def follow(self) -> None:
        """Take over widths, heights and place from the view below."""
        if not self.isVisible():
            return
        under = self._under
        for place in range(self._under.sheet.columnCount()):
            self.setColumnHidden(place, place >= self._columns)
            if place < self._columns:
                self.setColumnWidth(place, under.columnWidth(place))
        if under.verticalHeader().sectionResizeMode(0) != QHeaderView.ResizeMode.Fixed:
            for row in range(min(under.sheet.rowCount(), 200)):
                self.setRowHeight(row, under.rowHeight(row))
        left = under.viewport().x()
        head = under.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(head)
        height = head + under.viewport().height()
        self.setGeometry(left, under.frameWidth(), self.wanted_width(), height)
        self.verticalScrollBar().setValue(under.verticalScrollBar().value())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit in the view below."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable):
            self._under.setCurrentIndex(index)
            self._under.edit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the view below."""
        under = self._under
        place = under.viewport().mapFromGlobal(event.globalPos())
        under.customContextMenuRequested.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the view below."""
        self._under.wheelEvent(event)

    def _on_resized(self, place: int, old: int, new: int) -> None:
        del place, old, new
        self.follow()

    def _on_scrolled(self, value: int) -> None:
        is_wanted = value > 0 and self._columns > 0
        if is_wanted and self._dress is not None:  # most sheets are never scrolled sideways
            self._dress()
            self._dress = None
        self.setVisible(is_wanted)
        self.follow()

    def _be_sheet(self, model: SheetModel, *, wraps: bool) -> None:
        under = self._under
        dress(self, model, SheetDelegate(model, self, wraps=wraps))
        self.setSelectionModel(under.selectionModel())
        give_role(self, SHEET)
        head_of(self).menu_asked.connect(head_of(under).menu_asked)
        head_of(self).dragged.connect(head_of(under).dragged)


def freeze(view: SheetView, columns: int) -> None:
    """Let the first columns of a sheet stay in place while the others are scrolled; 0 for none."""
    if view.overlay is None and columns:
        view.overlay = _Overlay(view, view.sheet, wraps=view.wraps)
    if view.overlay is not None:
        view.overlay.freeze(columns)


def head_of(view: QTableView) -> SheetHeader:
    """The head of a view that is dressed as a sheet."""
    return cast("SheetHeader", view.horizontalHeader())


def delegate_of(view: QTableView) -> SheetDelegate:
    """What paints and opens the cells of a view that is dressed as a sheet."""
    return cast("SheetDelegate", view.itemDelegate())


def _has_ctrl(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def dress(view: QTableView, model: SheetModel, delegate: SheetDelegate) -> None:
    """The look both views share."""
    view.setModel(model)
    view.setItemDelegate(delegate)
    model.rearranging.connect(delegate.finish)
    head = SheetHeader(view)
    view.setHorizontalHeader(head)
    view.setVerticalScrollMode(_PER_PIXEL)
    view.setHorizontalScrollMode(_PER_PIXEL)
    view.setShowGrid(True)
    view.setWordWrap(False)
    view.setCornerButtonEnabled(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    head.setResizeContentsPrecision(0)
    view.verticalHeader().setResizeContentsPrecision(0)
    sized(view, partial(_fit_row_height, view))


def _fit_row_height(view: QTableView) -> None:
    """Rows are as high as a line of text wants, at any size of it."""
    height = max(_LEAST_ROW, view.fontMetrics().lineSpacing() + _ROW_AIR)
    rows = view.verticalHeader()
    rows.setMinimumSectionSize(height)
    rows.setDefaultSectionSize(height)
