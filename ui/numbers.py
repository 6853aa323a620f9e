"""The printed numbers of tables, figures and headings, as known while somebody writes.

They are given when a volume is composed, which takes too long for the window's thread: it is done
as a job, a while after the plan has changed, and only when some text shows a reference.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from forms.answers import Answers
from forms.schema import Pack
from ui.jobs import Job, Jobs, Progress

Count = Callable[[Pack, Answers, Progress], Mapping[str, str]]  # name of a target: its label
_PAUSE_MS = 1200
_PATIENCE = 10  # a count that took long is not taken again soon: so many times as long after


class PlanNumbers(QObject):
    """The labels of one open plan, as of the last count."""

    changed = Signal()

    def __init__(self, now: Callable[[], tuple[Pack, Answers]], parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._jobs: Jobs | None = None
        self._count: Count | None = None
        self._labels: Mapping[str, str] = {}
        self._is_wanted = False
        self._job: Job | None = None  # the count under way
        self._counted: Answers | None = None
        self._pause = _PAUSE_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._begin)

    def count_with(self, jobs: Jobs, count: Count) -> None:
        """Name who counts; until then no number is known."""
        self._jobs, self._count = jobs, count
        if self._is_wanted:
            self._timer.start(0)

    def label(self, name: str) -> str:
        """How something is numbered in print; "" while that is not known."""
        if not self._is_wanted:
            self._is_wanted = True
            self._timer.start(0)
        return self._labels.get(name, "")

    def plan_changed(self) -> None:
        """Count again in a while, when anybody wants to know."""
        if self._is_wanted:
            self._timer.start(self._pause)

    def give_up(self) -> None:
        """Count no further: the plan is about to be closed."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._counted = None

    def _begin(self) -> None:
        if self._jobs is None or self._count is None or self._job is not None:
            return
        pack, answers = self._now()
        if answers is self._counted:
            return
        count, began = self._count, time.monotonic()
        self._counted = answers

        def done(labels: Mapping[str, str]) -> None:
            self._pause = max(_PAUSE_MS, _PATIENCE * int((time.monotonic() - began) * 1000))
            self._end(labels)

        self._job = self._jobs.start_quietly(
            lambda progress: count(pack, answers, progress), done, self._failed
        )

    def _failed(self, error: Exception) -> None:
        """Numbers are a help, not the work: without them chips show titles."""
        del error
        self._end(self._labels)

    def _end(self, labels: Mapping[str, str]) -> None:
        if not isValid(self):  # the plan was closed meanwhile
            return
        self._job = None
        is_new, self._labels = labels != self._labels, labels
        if self._now()[1] is not self._counted:
            self._timer.start(self._pause)
        if is_new:
            self.changed.emit()
