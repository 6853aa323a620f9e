"""Tables and pictures of a text are taken hold of at once, and dragged to where they should be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QDragLeaveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from ui.prose.pasting import PastingText
from ui.prose.picture_acts import place_inset
from ui.prose.places import inset_under
from ui.prose.text import Inset, inset_at

_LEFT = Qt.MouseButton.LeftButton


class InsetDrag(QObject):
    """Watches the mouse over one text."""

    def __init__(self, edit: PastingText) -> None:
        super().__init__(edit)
        self._edit = edit
        self._held: Inset | None = None
        self._begun = QPoint()
        edit.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: what begins on a table or picture is no selection of words."""
        del watched
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return isinstance(event, QMouseEvent) and self._press(event)
            case QEvent.Type.MouseMove if self._held is not None:
                return isinstance(event, QMouseEvent) and self._move(event)
            case QEvent.Type.MouseButtonRelease if self._held is not None:
                self._held = None
                return True
            case QEvent.Type.Drop if self._held is not None:
                return isinstance(event, QDropEvent) and self._drop(event)
            case _:
                return False

    def _press(self, event: QMouseEvent) -> bool:
        place = event.position().toPoint()
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        held = inset_under(self._edit, place) if event.button() == _LEFT and is_plain else None
        if held is None:
            return False
        self._held, self._begun = held, place
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)
        self._edit.choose_chip(held.position)
        return True

    def _move(self, event: QMouseEvent) -> bool:
        way = (event.position().toPoint() - self._begun).manhattanLength()
        if way >= QApplication.startDragDistance() and not self._edit.isReadOnly():
            self._drag()
        return True

    def _drag(self) -> None:
        edit, held = self._edit, self._held
        assert held is not None  # asked by the filter
        drag = QDrag(edit.viewport())
        drag.setMimeData(edit.createMimeDataFromSelection())
        action = drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction)
        if not isValid(edit):
            return
        self._held = None
        now = inset_at(edit.document(), held.position)
        is_away = action == Qt.DropAction.MoveAction and drag.target() is not edit.viewport()
        if is_away and now == held:
            edit.put_mark("", held.position, held.position + 1)

    def _drop(self, event: QDropEvent) -> bool:
        """Before or behind the line under the pointer, whichever is nearer."""
        edit, held = self._edit, self._held
        assert held is not None  # asked by the filter
        if event.source() is not edit.viewport():
            return False
        document, place = edit.document(), event.position().toPoint()
        block = edit.cursorForPosition(place).block()
        shift = QPoint(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())
        middle = document.documentLayout().blockBoundingRect(block).center().y()
        at = block.blockNumber() + ((place + shift).y() > middle)
        number = document.findBlock(held.position).blockNumber()
        event.acceptProposedAction()
        QApplication.sendEvent(edit.viewport(), QDragLeaveEvent())  # takes its sign away
        place_inset(edit, number, at - (at > number))
        return True
