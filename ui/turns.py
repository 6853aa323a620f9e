"""A work of several steps, done in turns between which the window is alive."""

from __future__ import annotations

import time
from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Takes steps for a moment at a time until there are none left, or they are given up."""

    def __init__(self, seconds: float, parent: QObject) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._steps: Generator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go_on)

    def begin(self, steps: Generator[None]) -> None:
        """Take steps for a moment; the rest follows by itself. Those before are given up."""
        self.give_up()
        self._steps = steps
        self.go_on()

    def go_on(self) -> None:
        """Take steps for a moment more."""
        steps = self._steps
        if steps is None:
            return
        until = time.monotonic() + self._seconds
        for _ in steps:
            if time.monotonic() > until:
                self._timer.start()
                return

    def give_up(self) -> None:
        """Take no further step; what the steps have made so far they put away themselves."""
        self._timer.stop()
        if self._steps is not None:
            self._steps.close()
            self._steps = None
