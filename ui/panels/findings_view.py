"""Draws the findings list; a click or Enter goes to the place."""

from __future__ import annotations

import re

from PySide6.QtCore import (
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import icons, theme
from ui.headed_lines import Index
from ui.lines import Line, line_of, scaled, shade, write
from ui.panels.findings_model import FindingsModel, Row
from ui.panels.row_actions import ActionList, RowAction, action_boxes, paint_actions
from ui.session import MANY_FINDINGS
from ui.text import tr

_AT_ONCE = 200  # lines laid out in one turn where there are thousands
_SIGN = 16
_PADDING = 8
_LEFT = 34
_RIGHT = 10
_WRAP = int(Qt.TextFlag.TextWordWrap)
_LONG_WORD = re.compile(r"[!-~]{24,}")  # would be cut off at the edge


class FindingsDelegate(QStyledItemDelegate):
    """Draws a finding: sign, sentence, remedy; as high as its words need."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as the wrapped words at the width of the view."""
        model, line = index.model(), line_of(option)
        if not isinstance(model, FindingsModel):
            return QSize()
        row = model.item_at(index)
        if row is None:
            return QSize(100, line.fontMetrics.height() + 18)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 300
        _, second = _boxes(line.font, row, QRect(0, 0, width, 10_000))
        below = _actions_below(line.font, row, QRect(0, 0, width, 10_000), second)
        bottom = max((box.bottom() for box in below), default=second.bottom())
        return QSize(width, bottom + _PADDING + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw it."""
        model = index.model()
        if not isinstance(model, FindingsModel):
            return
        painter.save()
        row = model.item_at(index)
        if row is None:
            _paint_group(painter, line_of(option), str(index.data()))
        else:
            _paint_row(painter, line_of(option), row)
        painter.restore()


def _boxes(font: QFont, row: Row, rect: QRect) -> tuple[QRect, QRect]:
    """Where sentence and remedy stand."""
    room = rect.adjusted(_LEFT, _PADDING, -_RIGHT, 0)
    first = QFontMetrics(font).boundingRect(
        room, _wrap_of(row.finding.sentence), row.finding.sentence
    )
    if not row.second:
        return first, first
    below = QRect(room)
    below.setTop(first.bottom() + 4)
    small = QFontMetrics(scaled(font, 0.9))
    return first, small.boundingRect(below, _wrap_of(row.second), row.second)


def row_action_boxes(font: QFont, row: Row, rect: QRect) -> tuple[QRect, ...]:
    """Where the actions of a row stand."""
    _, second = _boxes(font, row, rect)
    return _actions_below(font, row, rect, second)


def _actions_below(font: QFont, row: Row, rect: QRect, second: QRect) -> tuple[QRect, ...]:
    room = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
    room.setTop(second.bottom())
    return action_boxes(font, row.actions, room)


def _paint_group(painter: QPainter, line: Line, title: str) -> None:
    rect = line.rect.adjusted(12, 8, -_RIGHT, 0)
    painter.setPen(theme.colour("soft"))
    write(painter, rect, title, scaled(line.font, 0.9, strong=True))


def _paint_row(painter: QPainter, line: Line, row: Row) -> None:
    colours = theme.colours()
    shade(painter, line, line.rect.adjusted(5, 2, -5, -2))
    severity = row.finding.severity.value if row.record is None else "saved"
    role = row.finding.severity.value if row.record is None else "pale"
    ratio = painter.device().devicePixelRatio()
    sign = icons.pixmap(severity, theme.colour(role), _SIGN, ratio)
    painter.drawPixmap(line.rect.left() + 11, line.rect.top() + _PADDING + 1, sign)
    first, second = _boxes(line.font, row, line.rect)
    painter.setPen(QColor(colours.ink))
    painter.setFont(line.font)
    painter.drawText(first, _wrap_of(row.finding.sentence), row.finding.sentence)
    if row.second:
        painter.setPen(QColor(colours.soft))
        painter.setFont(scaled(line.font, 0.9))
        painter.drawText(second, _wrap_of(row.second), row.second)
    boxes = _actions_below(line.font, row, line.rect, second)
    paint_actions(painter, line.font, row.actions, boxes)


class FindingsView(ActionList):
    """The list; one click or Enter goes to the place."""

    chosen = Signal(object)  # Finding
    mend_wanted = Signal(object)  # Finding

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = model
        self.setObjectName("findingsView")
        self.setAccessibleName(tr("问题列表"))
        self.setModel(model)
        self.setItemDelegate(FindingsDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setBatchSize(_AT_ONCE)
        self.clicked.connect(self._choose)

    def doItemsLayout(self) -> None:
        """Qt: measure every line, as soon as that can be seen; a hidden list does when shown."""
        if self.isVisible() and self.updatesEnabled():
            super().doItemsLayout()
        elif self.isVisible():
            self.scheduleDelayedItemsLayout()

    def lay_out(self, lines: int) -> None:
        """Thousands of lines are laid out some at a time: each must be asked how high it is."""
        in_parts = lines > MANY_FINDINGS
        mode = QListView.LayoutMode.Batched if in_parts else QListView.LayoutMode.SinglePass
        if mode != self.layoutMode():
            self.setLayoutMode(mode)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes to the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.findings.item_at(self.currentIndex())
            if row is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.mend_wanted.emit(row.finding)
                return
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width wraps the words anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def actions_of(self, index: Index) -> tuple[tuple[RowAction, ...], tuple[QRect, ...]]:
        """What can be done about a line, and where that stands."""
        row = self.findings.item_at(index)
        if row is None:
            return (), ()
        return row.actions, row_action_boxes(self.font(), row, self.visualRect(index))

    def _choose(self, index: QModelIndex) -> None:
        row = self.findings.item_at(index)
        if row is not None:
            self.chosen.emit(row.finding)


def _wrap_of(text: str) -> int:
    """How a text breaks: anywhere would put a comma at the head of a line, so only if it must."""
    return _WRAP | int(Qt.TextFlag.TextWrapAnywhere) if _LONG_WORD.search(text) else _WRAP
