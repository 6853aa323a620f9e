"""Work that would hold the window, done in turns of its own between which the window is alive."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, QTimer

MANY = 2_000  # things; more are not taken in the turn in which others take them too


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


class OwnTurn(QObject):
    """Does something at once, or where it is about thousands of things, in a turn of its own."""

    def __init__(
        self,
        act: Callable[[], object],
        count: Callable[[], int],
        parent: QObject,
        milliseconds: int = 0,
    ) -> None:
        super().__init__(parent)
        self._act = act
        self._count = count
        self._timer = QTimer(self, singleShot=True, interval=milliseconds)
        self._timer.timeout.connect(act)

    def take(self) -> None:
        """Do it, now or soon; several times before it is done are one."""
        if self._count() > MANY:
            self._timer.start()
        else:
            self._timer.stop()
            self._act()

    def settle(self) -> None:
        """Do now what is still to be done."""
        if self._timer.isActive():
            self._timer.stop()
            self._act()
