"""Draws the findings list; a click or Enter goes to the place."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimerEvent,
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
from ui.headed_lines import Index, past_heading
from ui.lines import Line, line_of, scaled, shade, write
from ui.panels.findings_heights import Heights
from ui.panels.findings_lines import Group, Row
from ui.panels.findings_model import FindingsModel
from ui.panels.row_actions import ActionList, RowAction, action_boxes, paint_actions
from ui.text import tr
from ui.turns import Turns

_AT_ONCE = 5_000  # lines laid out in one turn, as high as they are known or guessed to be
_TURN_SECONDS = 0.02  # of measuring
_SIGN_OF_LINE = 0.78  # of its height
_PADDING = 8
_BEFORE_SIGN, _AFTER_SIGN = 11, 7
_RIGHT = 10
_WRAP = int(Qt.TextFlag.TextWordWrap)
_LONG_WORD = re.compile(r"[!-~]{24,}")  # would be cut off at the edge


class FindingsDelegate(QStyledItemDelegate):
    """Draws a finding: sign, sentence, remedy; as high as its words need."""

    def __init__(self, view: FindingsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as the wrapped words at the width of the view."""
        del option
        return self._view.heights.of(index.row())

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


def _height(font: QFont, line: Group | Row, width: int) -> int:
    """How high a line is at a width."""
    if isinstance(line, Group):
        return QFontMetrics(font).height() + 18
    room = QRect(0, 0, width, 10_000)
    _, second = _boxes(font, line, room)
    below = _actions_below(font, line, room, second)
    return max((box.bottom() for box in below), default=second.bottom()) + _PADDING + 2


def _boxes(font: QFont, row: Row, rect: QRect) -> tuple[QRect, QRect]:
    """Where sentence and remedy stand."""
    room = rect.adjusted(_left(font), _PADDING, -_RIGHT, 0)
    first = QFontMetrics(font).boundingRect(
        room, _wrap_of(row.finding.sentence), row.finding.sentence
    )
    if not row.second:
        return first, first
    below = QRect(room)
    below.setTop(first.bottom() + 4)
    small = QFontMetrics(scaled(font, 0.9))
    return first, small.boundingRect(below, _wrap_of(row.second), row.second)


def sign_box(font: QFont, rect: QRect) -> QRect:
    """Where the sign stands: before the first line, as large as its letters."""
    high = QFontMetrics(font).height()
    size = round(high * _SIGN_OF_LINE)
    top = rect.top() + _PADDING + (high - size) // 2
    return QRect(rect.left() + _BEFORE_SIGN, top, size, size)


def _left(font: QFont) -> int:
    return sign_box(font, QRect()).width() + _BEFORE_SIGN + _AFTER_SIGN


def row_action_boxes(font: QFont, row: Row, rect: QRect) -> tuple[QRect, ...]:
    """Where the actions of a row stand."""
    _, second = _boxes(font, row, rect)
    return _actions_below(font, row, rect, second)


def _actions_below(font: QFont, row: Row, rect: QRect, second: QRect) -> tuple[QRect, ...]:
    room = rect.adjusted(_left(font), 0, -_RIGHT, 0)
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
    box = sign_box(line.font, line.rect)
    sign = icons.pixmap(severity, theme.colour(role), box.width(), ratio)
    painter.drawPixmap(box.topLeft(), sign)
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


@dataclass(frozen=True, slots=True)
class _Held:
    """A line that stays where it is in the view; -1: the list stays at its top.

    `chosen` is the current line that was in sight and stays so, or -1.
    """

    row: int
    top: int = 0  # pixels from that of the view
    chosen: int = -1


class FindingsView(ActionList):
    """The list; one click or Enter goes to the place.

    However it is made anew or laid out, what is looked at stays where it is.
    """

    chosen = Signal(object)  # Finding
    mend_wanted = Signal(object)  # Finding

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = model
        self.setObjectName("findingsView")
        self.setAccessibleName(tr("问题列表"))
        self.heights = Heights(self._measure)
        self._turns = Turns(_TURN_SECONDS, self)
        self._held: _Held | None = None  # until it is laid out
        self._current = -1
        self._is_in_parts = False  # is being laid out
        self._is_laid_out = False  # since heights were last measured
        model.modelAboutToBeReset.connect(self._leave)
        self.setModel(model)
        model.modelReset.connect(self._return)
        self.setItemDelegate(FindingsDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
        self.clicked.connect(self._choose)

    def doItemsLayout(self) -> None:
        """Qt: lay out every line, as soon as that can be seen; a hidden list does when shown."""
        if not self.isVisible() or not self.updatesEnabled():
            self.scheduleDelayedItemsLayout()
            return
        held = self._stand()
        width, font, lines = self.viewport().width(), self.font().key(), self.findings.lines
        self.heights.begin(lines, width, (font, lines.given))
        self._is_laid_out = False
        self._turns.begin(self._measured(max(held.row, 0)))
        self._is_laid_out = True
        self._held = held
        self._is_in_parts |= len(lines) > self.batchSize()
        super().doItemsLayout()
        self._settle(whole=not self._is_in_parts)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Qt: lay out some thousand lines more."""
        super().timerEvent(event)
        if self._is_in_parts:
            self._settle(whole=self._box(len(self.findings.lines) - 1).isValid())

    def updateGeometries(self) -> None:
        """Qt: how far can be scrolled; not before all lines are laid out, else it jumps back."""
        if not self._is_in_parts:
            super().updateGeometries()

    def moveCursor(
        self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Qt: where a key leads; at a heading, which cannot be chosen, a page would end."""
        return past_heading(super().moveCursor(action, modifiers), action)

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

    def _measure(self, line: Group | Row) -> int:
        return _height(self.font(), line, self.viewport().width())

    def _measured(self, first: int) -> Generator[None]:
        yield from self.heights.measured(self.findings.lines, first)
        if self._is_laid_out:  # by what was guessed till now
            self.scheduleDelayedItemsLayout()

    def _box(self, row: int) -> QRect:
        return self.visualRect(self.findings.index(row))

    def _is_in_sight(self, row: int) -> bool:
        return row >= 0 and self._box(row).intersects(self.viewport().rect())

    def _stand(self) -> _Held:
        self.executeDelayedItemsLayout()  # else the first question below does it
        if self._held is not None:
            return self._held
        current = self.currentIndex().row()
        chosen = current if self._is_in_sight(current) else -1
        first = self.indexAt(QPoint(0, 0)).row() if self.verticalScrollBar().value() else -1
        return _Held(first, self._box(first).top(), chosen)

    def _settle(self, *, whole: bool) -> None:
        """Scroll to where what is held stood, once all lines are laid out."""
        held = self._held
        if not whole or held is None:
            return
        self._held, self._is_in_parts = None, False
        self.updateGeometries()
        bar = self.verticalScrollBar()
        if held.row >= 0:
            bar.setValue(bar.value() + self._box(held.row).top() - held.top)
        if held.chosen >= 0 and not self._is_in_sight(held.chosen):
            self.scrollTo(self.findings.index(held.chosen))

    def _leave(self) -> None:
        """Remember the place before the list is made anew."""
        self._current = self.currentIndex().row()
        self._held = self._stand()

    def _return(self) -> None:
        """Find the place again, by what its lines are about."""
        went, held = self.findings.succession, self._held
        current = went.follow_item(self._current) if self._current >= 0 else -1
        if held is not None:
            row, is_same = went.follow(held.row) if held.row >= 0 else (-1, False)
            chosen = current if held.chosen >= 0 else -1
            self._held = _Held(row, held.top if is_same else 0, chosen)
        if current >= 0:
            self.setAutoScroll(False)  # to be seen, it need not move
            self.setCurrentIndex(self.findings.index(current))
            self.setAutoScroll(True)

    def _choose(self, index: QModelIndex) -> None:
        row = self.findings.item_at(index)
        if row is not None:
            self.chosen.emit(row.finding)


def _wrap_of(text: str) -> int:
    """How a text breaks: anywhere would put a comma at the head of a line, so only if it must."""
    return _WRAP | int(Qt.TextFlag.TextWrapAnywhere) if _LONG_WORD.search(text) else _WRAP
