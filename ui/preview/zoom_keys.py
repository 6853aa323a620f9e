"""With the focus among the printed pages, the keys of the text size are those of the pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0)


class ZoomKeys(QObject):
    """Claims Ctrl with plus, minus and zero for the widget it stands in."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a key is about to become a shortcut of the window."""
        del watched
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in _KEYS:
            event.accept()
            return True
        return False
