"""What can be done about a line of the findings, as quiet words under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QListView, QMenu

from ui import theme
from ui.headed_lines import Index
from ui.lines import scaled
from ui.plain import plain_caption
from ui.text import tr

_GAP = 14  # between two actions, and above them
_ABOVE = 4
_SIZE = 0.9


@dataclass(frozen=True, slots=True)
class RowAction:
    """One thing to do about a line: its words, and what happens."""

    text: str
    run: Callable[[], object]


def action_boxes(font: QFont, actions: tuple[RowAction, ...], room: QRect) -> tuple[QRect, ...]:
    """Where each action stands under a line that ends at the top of `room`."""
    metrics = QFontMetrics(scaled(font, _SIZE))
    left, top = room.left(), room.top() + _ABOVE
    boxes: list[QRect] = []
    for action in actions:
        width = metrics.horizontalAdvance(action.text)
        if left > room.left() and left + width > room.right():
            left, top = room.left(), top + metrics.height() + _ABOVE
        boxes.append(QRect(left, top, width, metrics.height()))
        left += width + _GAP
    return tuple(boxes)


def action_at(
    actions: tuple[RowAction, ...], boxes: tuple[QRect, ...], point: QPoint
) -> RowAction | None:
    """The action under the pointer, if any; a little beside it counts too."""
    for action, box in zip(actions, boxes, strict=True):
        if box.adjusted(-4, -3, 4, 3).contains(point):
            return action
    return None


def paint_actions(
    painter: QPainter, font: QFont, actions: tuple[RowAction, ...], boxes: tuple[QRect, ...]
) -> None:
    """Draw them in the colour of links."""
    painter.setFont(scaled(font, _SIZE))
    painter.setPen(QColor(theme.colours().accent))
    for action, box in zip(actions, boxes, strict=True):
        painter.drawText(box, action.text)


class ActionList(QListView):
    """A list whose lines offer actions: by click, by F2 for the first, by the context menu."""

    def actions_of(self, index: Index) -> tuple[tuple[RowAction, ...], tuple[QRect, ...]]:
        """What can be done about a line, and where that stands; for the heirs to say."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: F2 does the first thing that can be done about a line."""
        actions, _ = self.actions_of(self.currentIndex())
        if event.key() == Qt.Key.Key_F2 and actions:
            actions[0].run()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on an action does that, a click elsewhere goes to the place."""
        action = self._action_under(event.position().toPoint())
        if action is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        self.setCurrentIndex(self.indexAt(event.position().toPoint()))
        action.run()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: the hand over what can be clicked."""
        is_link = self._action_under(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: everything that can be done about a line."""
        by_keys = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keys else self.indexAt(event.pos())
        menu = self.menu_for(index)
        if menu is not None:
            self.setCurrentIndex(index)
            at = self.visualRect(index).bottomLeft() if by_keys else event.pos()
            menu.popup(self.viewport().mapToGlobal(at))

    def menu_for(self, index: QModelIndex) -> QMenu | None:
        """The menu of a line, which frees itself; None for a heading."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("转到")).triggered.connect(lambda: self.clicked.emit(index))
        for action in self.actions_of(index)[0]:
            entry = menu.addAction(plain_caption(action.text))
            entry.triggered.connect(lambda _=False, each=action: each.run())
        return menu

    def _action_under(self, point: QPoint) -> RowAction | None:
        index = self.indexAt(point)
        return action_at(*self.actions_of(index), point) if index.isValid() else None
