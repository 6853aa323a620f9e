"""Plan files that were opened in any window, taken one after the other.

Two files may hold the same plan: taken at once, both would make its draft, and one that is being
opened would be found in use.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_LOOK_AGAIN_MS = 50


class FileQueue(QObject):
    """Begins with a file when the one before is taken and its plan open; for all windows."""

    def __init__(self, windows: Sequence[MainWindow], parent: QObject) -> None:
        super().__init__(parent)
        self._windows = windows
        self._waiting: deque[tuple[MainWindow, Callable[[], object]]] = deque()
        self._at_work: MainWindow | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_LOOK_AGAIN_MS)
        self._again.timeout.connect(self._go_on)

    @property
    def is_empty(self) -> bool:
        """Whether every file is taken."""
        return not self._waiting and not self._is_busy()

    def add(self, window: MainWindow, begin: Callable[[], object]) -> None:
        """Begin when it is its turn; never when the window is gone by then."""
        self._waiting.append((window, begin))
        self._go_on()

    def taken(self) -> None:
        """The file begun with last is taken, or could not be."""
        self._at_work = None
        self._again.start()  # when its plan is on its way

    def _go_on(self) -> None:
        if not self._waiting:
            return
        if self._is_busy():
            self._again.start()
            return
        window, begin = self._waiting.popleft()
        if window in self._windows:
            self._at_work = window
            begin()
        else:
            self._go_on()

    def _is_busy(self) -> bool:
        at_work = self._at_work
        if at_work in self._windows and at_work is not None and at_work.parts.jobs.is_busy:
            return True
        return any(window.opening.folder is not None for window in self._windows)
