"""Lengths that go along with the size of the text, in widgets that outlive a change of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui import theme

_SLOWER = 0.62  # so that three panes at 200 % still fit 1366 pixels


def sized(widget: QWidget, apply: Callable[[], object]) -> None:
    """Give a widget its lengths, by `theme.px`, now and whenever the size of text changes."""
    apply()
    _Sized(widget, apply)


def least(pixels: int) -> int:
    """The narrowest a pane may be at the size of now; grows slower than the text."""
    return round(pixels * (1 + (theme.scale() - 1) * _SLOWER))


class _Sized(QObject):
    """Watches one widget being dressed anew."""

    def __init__(self, widget: QWidget, apply: Callable[[], object]) -> None:
        super().__init__(widget)
        self._apply = apply
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the style sheet is new."""
        del watched
        if event.type() == QEvent.Type.StyleChange:
            self._apply()
        return False
