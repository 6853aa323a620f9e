"""Brings back the undo steps of former sessions, read behind the window once a plan is open.

Uses only QtCore.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from storage.undoing import FormerSteps, former_steps
from ui.history.reader import LogReader
from ui.session import PlanSession


class Recall(QObject):
    """Between the log of a draft and the undo stack of its session, once."""

    done = Signal()

    def __init__(self, session: PlanSession, log: LogReader) -> None:
        super().__init__(log)
        self._session = session
        log.ask(former_steps, self._take)

    def _take(self, former: FormerSteps) -> None:
        if former.undo or former.redo:
            self._session.remember(former)
        self.done.emit()
