"""The head of a sheet: the group across its columns, below it each column's name and unit."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import theme
from ui.grid.columns import SheetColumn
from ui.grid.paints import ink
from ui.grid.sheet_model import SheetModel
from ui.grid.sheet_shape import NO_SIGN

_PADDING = 6
_ARROW = 14
# In tenths of the arrow's box.
_OPENS = ((2, 4), (8, 4), (5, 7.5))
_UP = ((5, 1.5), (8.5, 8), (1.5, 8))
_DOWN = ((5, 8.5), (8.5, 2), (1.5, 2))
_FUNNEL = ((1, 1.5), (9, 1.5), (6, 5.5), (6, 9), (4, 8), (4, 5.5))
_CENTRE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class SheetHeader(QHeaderView):
    """A head of one or two levels over a `SheetModel`, with a small arrow that opens its menu."""

    menu_asked = Signal(int, object)  # column, and the QPoint on the screen
    dragged = Signal(int, int)  # column, and the width somebody gave it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._pointed = -1
        self._widths: dict[str, int] = {}  # of names, asked again with every column's width
        self._opening = -1  # the column whose arrow is held down
        self._pressed: list[int] = []  # widths when the button went down
        self.setMouseTracking(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(36)

    def sizeHint(self) -> QSize:
        """High enough for groups, wrapped names and units, where there are any."""
        columns = self._columns()
        line = self.fontMetrics().lineSpacing()
        lines = max(
            (1 + self._wraps(place) + bool(column.unit) for place, column in enumerate(columns)),
            default=1,
        )
        lines += any(column.group for column in columns)
        return QSize(self.length(), lines * line + 2 * _PADDING)

    def changeEvent(self, event: QEvent) -> None:
        """Other letters are of another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._widths.clear()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one column's part of the head."""
        columns = self._columns()
        if logicalIndex >= len(columns):
            return
        column, line = columns[logicalIndex], self.fontMetrics().lineSpacing()
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, ink("canvas"))
        painter.setPen(ink("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        label = QRect(rect)
        if column.group:
            label.setTop(self._paint_group(painter, rect, logicalIndex) + 1)
        painter.setPen(ink("line"))
        painter.drawLine(QPoint(rect.right(), label.top()), rect.bottomRight())
        inner = label.adjusted(_PADDING // 2, 0, -_PADDING // 2, 0)
        if column.unit:
            foot = QRect(inner.left(), inner.bottom() - line - 2, inner.width(), line)
            painter.setPen(ink("soft"))
            painter.drawText(foot, _CENTRE, column.unit)
            inner.setBottom(foot.top())
        painter.setPen(ink("ink"))
        painter.drawText(inner, _CENTRE, column.label)
        self._paint_signs(painter, logicalIndex)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: the arrow opens the menu; a border may be dragged."""
        place = event.position().toPoint()
        column = self.logicalIndexAt(place)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._opening = -1
        if is_left and column >= 0 and self._arrow(column).contains(place):
            self._opening = column
            return
        self._pressed = self._sizes()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: open the menu, or tell which border was dragged."""
        opening, self._opening = self._opening, -1
        if opening >= 0:
            self.menu_asked.emit(opening, self.mapToGlobal(self._arrow(opening).bottomLeft()))
            return
        super().mouseReleaseEvent(event)
        before, self._pressed = self._pressed, []
        self._tell_widths(before)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: a double click on a border fits the column to its texts."""
        before = self._sizes()
        super().mouseDoubleClickEvent(event)
        self._tell_widths(before)

    def _tell_widths(self, before: list[int]) -> None:
        for column, (old, new) in enumerate(zip(before, self._sizes(), strict=False)):
            if old != new:
                self.dragged.emit(column, new)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: the arrow shows in the head under the pointer."""
        self._point_at(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: nothing is pointed at any more."""
        self._point_at(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the right button opens the menu too."""
        column = self.logicalIndexAt(event.pos())
        if column >= 0:
            self.menu_asked.emit(column, event.globalPos())

    def _point_at(self, column: int) -> None:
        if column != self._pointed:
            self._pointed = column
            self.viewport().update()

    def _sizes(self) -> list[int]:
        return [self.sectionSize(place) for place in range(self.count())]

    def _arrow(self, column: int) -> QRect:
        """Where the arrow stands: at the lower right, clear of the border that is dragged."""
        right = self.sectionViewportPosition(column) + self.sectionSize(column) - _PADDING
        side = theme.px(_ARROW)
        return QRect(right - side, self.height() - side - 2, side, side)

    def _paint_signs(self, painter: QPainter, column: int) -> None:
        model = cast("SheetModel", self.model())
        sign, box = model.head_sign(column), QRectF(self._arrow(column))
        if sign == NO_SIGN and column != self._pointed:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("canvas"))
        painter.drawRect(box.adjusted(-1, -1, 1, 1))
        painter.setBrush(ink("soft" if sign == NO_SIGN else "accent"))
        if sign.sieved:
            painter.drawPolygon(_scaled(_FUNNEL, box))
            box.moveRight(box.left())
        if sign.ascending or sign.descending:
            painter.drawPolygon(_scaled(_UP if sign.ascending else _DOWN, box))
        elif not sign.sieved:
            painter.drawPolygon(_scaled(_OPENS, box))

    def _paint_group(self, painter: QPainter, rect: QRect, at: int) -> int:
        """Paint this column's part of the band over its whole group; its lower edge."""
        columns, group = self._columns(), self._columns()[at].group
        first = last = at
        while first > 0 and columns[first - 1].group == group:
            first -= 1
        while last + 1 < len(columns) and columns[last + 1].group == group:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        height = self.fontMetrics().lineSpacing() + _PADDING
        band = QRect(left, rect.top(), right - left, height)
        painter.setPen(ink("line"))
        painter.drawLine(rect.left(), band.bottom(), rect.right(), band.bottom())
        painter.drawLine(band.topRight(), band.bottomRight())
        painter.setPen(ink("soft"))
        shown = band.intersected(self.viewport().rect()) if self._is_cut(band) else band
        painter.drawText(
            shown,
            _CENTRE,
            self.fontMetrics().elidedText(
                group, Qt.TextElideMode.ElideRight, max(0, shown.width() - _PADDING)
            ),
        )
        return band.bottom()

    def _is_cut(self, band: QRect) -> bool:
        return band.left() < 0 or band.right() > self.viewport().width()

    def _wraps(self, at: int) -> bool:
        label = self._columns()[at].label
        if label not in self._widths:
            self._widths[label] = self.fontMetrics().horizontalAdvance(label)
        return self._widths[label] > self.sectionSize(at) - _PADDING

    def _columns(self) -> tuple[SheetColumn, ...]:
        model = cast("SheetModel | None", self.model())
        return model.sheet_columns if model is not None else ()


def _scaled(shape: tuple[tuple[float, float], ...], box: QRectF) -> QPolygonF:
    wide, high = box.width() / 10, box.height() / 10
    return QPolygonF([QPointF(box.left() + x * wide, box.top() + y * high) for x, y in shape])
