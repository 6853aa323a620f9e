"""Work in slices behind a small window that counts it and can stop it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.dialogs.base import PlainDialog
from ui.text import tr

_SLICE_NS = 40_000_000


class WorkingDialog(PlainDialog):
    """Takes one step after the other; when all are taken it closes and says so."""

    def __init__(
        self,
        title: str,
        steps: Iterator[object],
        count: int,
        done: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, 420)
        self._steps, self._count, self._done = steps, count, done
        self._taken = 0
        self.says = self.add_sentence("soft", " ")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, count)
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

    def _go_on(self) -> None:
        until = time.monotonic_ns() + _SLICE_NS
        for _ in self._steps:
            self._taken += 1
            if time.monotonic_ns() > until:
                self.says.setText(tr("已读取 {0} / {1} 行…").format(self._taken, self._count))
                self.bar.setValue(self._taken)
                return
        self.accept()
        self._done()
