"""Draws lists of headings and lines of two rows, as history and comparison show them.

The model hands over the two texts of a line under `TEXTS`, None for a heading.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.headed_lines import Index, past_heading
from ui.lines import Line, line_of, scaled, shade, write

TEXTS = int(Qt.ItemDataRole.UserRole)

_PADDING = 6
_LEFT = 16
_RIGHT = 10
_SMALL = 0.9


class TwoLines(QStyledItemDelegate):
    """Draws one line; heights depend on the font only."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: two rows; a heading less, unless the list wants all of one height."""
        line, view = line_of(option), self.parent()
        is_even = isinstance(view, QListView) and view.uniformItemSizes()
        if not is_even and index.data(TEXTS) is None:
            return QSize(100, line.fontMetrics.height() + 2 * _PADDING + 4)
        small = QFontMetrics(scaled(line.font, _SMALL)).height()
        return QSize(100, line.fontMetrics.height() + small + 2 * _PADDING + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw it."""
        painter.save()
        texts, line = index.data(TEXTS), line_of(option)
        if not isinstance(texts, tuple):
            painter.setPen(theme.colour("soft"))
            font = scaled(line.font, _SMALL, strong=True)
            rect = line.rect.adjusted(_LEFT - 4, 0, -_RIGHT, -_PADDING)
            rect.setTop(rect.bottom() - QFontMetrics(font).height())
            write(painter, rect, str(index.data()), font)
        else:
            first, second = cast("tuple[str, str]", texts)
            _paint(painter, line, first, second)
        painter.restore()


def _paint(painter: QPainter, line: Line, upper: str, lower: str) -> None:
    colours = theme.colours()
    shade(painter, line, line.rect.adjusted(5, 1, -5, -1))
    room = line.rect.adjusted(_LEFT, _PADDING, -_RIGHT, 0)
    first = QRect(room.left(), room.top(), room.width(), line.fontMetrics.height())
    painter.setPen(QColor(colours.ink))
    write(painter, first, upper, line.font)
    small = scaled(line.font, _SMALL)
    below = QRect(first.left(), first.bottom() + 2, room.width(), QFontMetrics(small).height())
    painter.setPen(QColor(colours.soft))
    write(painter, below, lower, small)


class TwoLineList(QListView):
    """A list of such lines, moved through by mouse or keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyView")
        self.setItemDelegate(TwoLines(self))
        self.setUniformItemSizes(True)  # else each piece asks the size of every line anew
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def moveCursor(
        self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Qt: where a key leads; at a heading, which cannot be chosen, a page would end."""
        return past_heading(super().moveCursor(action, modifiers), action)
