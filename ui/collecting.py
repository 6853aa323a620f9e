"""Looks for Python's garbage in the window's thread only, between one event and the next.

Python looks for garbage whenever enough was made, wherever it happens to be. Where a widget is
among it, that is fatal in another thread, and within a loop of Qt over its widgets: while the
look changed, Qt went on to a widget that was gone, and the program fell.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from forms.garbage import keep_out_of_search

_EVERY_MS = 500
_OLDEST = 2
_MOST = 30_000  # to look through at once: that takes a fiftieth of a second


class Collecting(QObject):
    """Frees what nothing reaches any more; as long as it stands, Python does not by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Look through what is young where much was made, and through all from time to time.

        So much at once is what a step through a large plan made, and nearly all of it lives on.
        """
        made, _, rounds = gc.get_count()
        allowed, _, rounds_allowed = gc.get_threshold()
        if made > _MOST:
            keep_out_of_search()
        elif made > allowed:
            gc.collect(_OLDEST if rounds > rounds_allowed else _OLDEST - 1)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
