"""Paints the heading of a group of rows: its name across the columns that have no sum."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QStyle, QTableView

from ui.grid.arranged_model import ArrangedModel
from ui.grid.paints import ink
from ui.grid.sheet_shape import Index
from ui.lines import Line

_PADDING = 6
_SIGN = 9  # pixels, the arrow that says whether it is open
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def paint_heading(painter: QPainter, line: Line, view: QTableView, index: Index) -> None:
    """Paint one cell of a heading."""
    sheet = cast("ArrangedModel", index.model())
    row, column = index.row(), index.column()
    states = QStyle.StateFlag
    is_chosen = bool(line.state & states.State_Selected)
    painter.save()
    painter.setClipRect(line.rect)
    painter.fillRect(line.rect, ink("chosen" if is_chosen else "hover"))
    font = QFont(line.font)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(ink("ink"))
    if sheet.sheet_columns[column].is_numeric and column:
        inner = line.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.drawText(inner, _RIGHT, sheet.text_at(row, column))
    else:
        _paint_name(painter, line.rect, view, sheet, index)
    if line.state & states.State_HasFocus:
        painter.setPen(ink("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(line.rect.adjusted(0, 0, -1, -1))
    painter.restore()


def _paint_name(
    painter: QPainter, rect: QRect, view: QTableView, sheet: ArrangedModel, index: Index
) -> None:
    """The name begins in the first column and runs on; each cell paints its part of it."""
    columns = sheet.sheet_columns
    figures = (at for at, each in enumerate(columns) if at and each.is_numeric)
    end = next(figures, len(columns))
    if index.column() >= end:
        return
    left = view.columnViewportPosition(0)
    room = sum(view.columnWidth(at) for at in range(end))
    seen = min(room, view.viewport().width() - left)  # frozen columns end where the others begin
    whole = QRect(left, rect.top(), seen, rect.height())
    inner = whole.adjusted(2 * _PADDING + _SIGN, 0, -_PADDING, 0)
    key = sheet.keys[index.row()]
    painter.drawText(inner, _LEFT, heading_text(painter.fontMetrics(), sheet, index, inner.width()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("soft"))
    x, middle = left + _PADDING, whole.center().y()
    painter.drawPolygon(_arrow(x, middle, closed=key in sheet.closed))


def heading_text(metrics: QFontMetrics, sheet: ArrangedModel, index: Index, width: int) -> str:
    """The name with the number of rows, which stays when there is no room for both."""
    text = sheet.text_at(index.row(), 0)
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def _arrow(x: float, middle: float, *, closed: bool) -> QPolygonF:
    half = _SIGN / 2
    if closed:
        corners = ((x + 2, middle - half), (x + 2, middle + half), (x + 2 + half, middle))
    else:
        corners = ((x, middle - 2), (x + _SIGN, middle - 2), (x + half, middle - 2 + half))
    return QPolygonF([QPointF(*corner) for corner in corners])
