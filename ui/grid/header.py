"""The head of a sheet: the group across its columns, below it each column's name and unit."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.grid.columns import SheetColumn
from ui.grid.paints import ink
from ui.grid.sheet_model import SheetModel

_PADDING = 6
_CENTRE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class SheetHeader(QHeaderView):
    """A head of one or two levels over a `SheetModel`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
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
        return QSize(super().sizeHint().width(), lines * line + 2 * _PADDING)

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
        painter.restore()

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
        return self.fontMetrics().horizontalAdvance(label) > self.sectionSize(at) - _PADDING

    def _columns(self) -> tuple[SheetColumn, ...]:
        model = cast("SheetModel | None", self.model())
        return model.sheet_columns if model is not None else ()
