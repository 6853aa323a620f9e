"""Brings back the undo steps of former sessions, read behind the window once a plan is open.

Uses only QtCore.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from storage.draft import Draft
from storage.undoing import former_steps
from ui.history.reader import LogReader
from ui.session import PlanSession
from ui.undo import Former, with_answers


class Recall(QObject):
    """Between the log of a draft and the undo stack of its session, once."""

    done = Signal()

    def __init__(self, session: PlanSession, log: LogReader) -> None:
        super().__init__(log)
        self._session = session
        opened = session.answers

        def task(draft: Draft) -> Former:
            return with_answers(former_steps(draft), opened)

        log.ask(self, task, self._take)

    def _take(self, former: Former) -> None:
        if former.done or former.undone:
            self._session.remember(former)
        self.done.emit()
