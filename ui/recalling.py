"""Brings back the undo steps of former sessions, read behind the window once a plan is open.

Uses only QtCore.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future

from PySide6.QtCore import QObject, Qt, Signal

from storage.undoing import FormerSteps, former_steps
from storage.writer import DraftWriter
from ui.session import PlanSession

_LOG = logging.getLogger(__name__)


class Recall(QObject):
    """Between the log of a draft and the undo stack of its session, once."""

    done = Signal()
    _read = Signal(object)  # FormerSteps, from the writer's thread

    def __init__(self, session: PlanSession, writer: DraftWriter, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)
        writer.run(former_steps).add_done_callback(self._on_read)

    def _on_read(self, read: Future[FormerSteps]) -> None:
        error = read.exception()
        if error is not None:  # the plan is open all the same
            _LOG.warning("former steps not read: %s", type(error).__name__)
            return
        self._read.emit(read.result())

    def _take(self, former: FormerSteps) -> None:
        if former.undo or former.redo:
            self._session.remember(former)
        self.done.emit()
