"""The small square at the corner of the chosen cells: dragged, it fills what it passes over."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionRange,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from ui.grid.filling import Cell
from ui.grid.grid_view import SheetView
from ui.grid.paints import ink
from ui.grid.sheet_model import SheetModel
from ui.text import tr

_SIZE = QSize(9, 9)


class FillHandle(QWidget):
    """Says from which cells into which others to fill, line by line."""

    filled = Signal(object)  # list[tuple[list[Cell], list[Cell]]]: sources and targets

    def __init__(self, view: SheetView, model: SheetModel) -> None:
        super().__init__(view.viewport())
        self._view, self._model = view, model
        self._until: Cell | None = None
        self._frame = QFrame(view.viewport())
        self._frame.setObjectName("fillFrame")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frame.hide()
        self.setFixedSize(_SIZE)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(tr("按住拖动：向下或向右填充"))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._place)
        for signal in (
            view.selectionModel().selectionChanged,
            view.verticalScrollBar().valueChanged,
            view.horizontalScrollBar().valueChanged,
            view.horizontalHeader().sectionResized,
            view.verticalHeader().sectionResized,
            model.layoutChanged,
            model.rowsInserted,
            model.rowsRemoved,
            model.modelReset,
        ):
            signal.connect(self._follow)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a square of the accent with a light edge."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), ink("paper"))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), ink("accent"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._until = None
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: show how far it would go."""
        span = self._span()
        if span is None:
            return
        point = self.mapTo(self._view.viewport(), event.position().toPoint())
        index = self._view.indexAt(self._inside(point))
        if not index.isValid():
            return
        self._view.scrollTo(index)
        down, right = index.row() - span.bottom(), index.column() - span.right()
        self._until = None
        if down > 0 and (down >= right or not self._room_right(span)):
            self._until = (index.row(), span.right())
        elif right > 0:
            self._until = (span.bottom(), index.column())
        self._show_frame(span)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: fill."""
        event.accept()
        self._frame.hide()
        span, until, self._until = self._span(), self._until, None
        if span is not None and until is not None:
            lines = self._lines(span, until)
            self._choose(span, until)
            self.filled.emit(lines)

    def _lines(self, span: QItemSelectionRange, until: Cell) -> list[tuple[list[Cell], list[Cell]]]:
        rows = range(span.top(), span.bottom() + 1)
        columns = self._shown(span.left(), span.right())
        if until[0] > span.bottom():
            below = range(span.bottom() + 1, until[0] + 1)
            return [([(r, c) for r in rows], [(r, c) for r in below]) for c in columns]
        beyond = self._shown(span.right() + 1, until[1])
        return [([(r, c) for c in columns], [(r, c) for c in beyond]) for r in rows]

    def _shown(self, first: int, last: int) -> list[int]:
        return [n for n in range(first, last + 1) if not self._view.isColumnHidden(n)]

    def _choose(self, span: QItemSelectionRange, until: Cell) -> None:
        """Choose what was filled with what it was filled from, as Excel does."""
        select = self._view.selectionModel()
        index = self._model.index
        wide = QItemSelection(index(span.top(), span.left()), index(*until))
        select.select(wide, select.SelectionFlag.ClearAndSelect)

    def _inside(self, point: QPoint) -> QPoint:
        room = self._view.viewport().rect().adjusted(1, 1, -1, -1)
        return QPoint(
            max(room.left(), min(point.x(), room.right())),
            max(room.top(), min(point.y(), room.bottom())),
        )

    def _room_right(self, span: QItemSelectionRange) -> bool:
        return span.right() + 1 < self._model.columnCount()

    def _show_frame(self, span: QItemSelectionRange) -> None:
        self._frame.setVisible(self._until is not None)
        if self._until is not None:
            corner = self._view.visualRect(self._model.index(*self._until))
            first = self._view.visualRect(self._model.index(span.top(), span.left()))
            self._frame.setGeometry(QRect(first.topLeft(), corner.bottomRight()))
            self._frame.raise_()

    def _follow(self) -> None:
        self._later.start()

    def _span(self) -> QItemSelectionRange | None:
        selection = self._view.selectionModel().selection()
        return selection.at(0) if selection.count() == 1 and selection.at(0).isValid() else None

    def _place(self) -> None:
        """At the lower right corner of what is chosen; nowhere when that is no one block."""
        span = self._span()
        editable = self._view.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers
        if span is None or not editable:
            self.hide()
            return
        corner = self._view.visualRect(self._model.index(span.bottom(), span.right())).bottomRight()
        room = self._view.viewport().rect()
        self.setVisible(room.contains(corner))
        self.move(
            min(corner.x() - _SIZE.width() // 2, room.right() - _SIZE.width()),
            min(corner.y() - _SIZE.height() // 2, room.bottom() - _SIZE.height()),
        )
        self.raise_()
