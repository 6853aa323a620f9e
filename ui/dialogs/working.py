"""Work in slices behind a small window that counts it and can stop it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.dialogs.base import PlainDialog
from ui.text import tr

WHOLE = 1_000  # what the last step gives: steps give how much is done of it
AT_ONCE_NS = 25_000_000  # of the window's thread: work that takes no longer shows nothing
SLICE_NS = 25_000_000


def take_steps(
    title: str, steps: Iterator[int], done: Callable[[], object], parent: QWidget
) -> None:
    """Take one step after the other and say when all are; what takes long can be stopped.

    Nothing may have changed before the last step, so that stopping leaves all as it was.
    """
    until = time.thread_time_ns() + AT_ONCE_NS
    for _ in steps:
        if time.thread_time_ns() > until:
            WorkingDialog(title, steps, done, parent).open()
            return
    done()


class WorkingDialog(PlainDialog):
    """Takes one step after the other; when all are taken it closes and says so."""

    def __init__(
        self,
        title: str,
        steps: Iterator[int],
        done: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, 420)
        self._steps, self._done = steps, done
        self.says = self.add_sentence("soft", " ")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, WHOLE)
        self.bar.setAccessibleName(title)
        self.content.addWidget(self.bar)
        self.stop = self.add_button(tr("取消"))
        self.stop.clicked.connect(self.reject)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def done(self, result: int) -> None:
        """Qt: however it ends, nothing goes on behind it."""
        self._timer.stop()
        super().done(result)
        self.deleteLater()

    def _go_on(self) -> None:
        try:
            is_over = self._slice()
        except Exception:
            self.reject()
            raise
        if is_over:
            self.accept()
            self._done()

    def _slice(self) -> bool:
        """Take steps for a moment; whether all are taken. The last step has a moment of its own."""
        until = time.monotonic_ns() + SLICE_NS
        for taken in self._steps:
            if taken >= WHOLE or time.monotonic_ns() > until:
                self.says.setText(
                    tr("已完成 {0}%，取消则什么都不改。").format(taken * 100 // WHOLE)
                )
                self.bar.setValue(taken)
                return False
        return True
