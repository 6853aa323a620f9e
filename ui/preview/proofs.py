"""Keeps the pages of an open plan current: in the background, a while after an edit, if looked at.

Typing gives up what is under way, so that the window never shares its time with it for long.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from forms.answers import Answers
from forms.schema import Pack
from ui.jobs import Cancelled, Job, Jobs, Progress

if TYPE_CHECKING:
    from exporters.preview import Preview

Set = Callable[[Pack, Answers, Progress], "Preview"]
_PAUSE_MS = 500
_LET_GO_MS = 1_000


class Proofs(QObject):
    """The newest pages of one plan, and word of newer ones."""

    begun = Signal()
    made = Signal(object)  # Preview; the one before is closed afterwards, in a worker
    failed = Signal(object)  # Exception

    def __init__(
        self,
        now: Callable[[], tuple[Pack, Answers]],
        set_pages: Set,
        parent: QObject | None = None,
        let_go: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._set = set_pages
        self._let_go = let_go  # of what was kept from one setting for the next
        self._jobs = Jobs()  # of its own: an export must not wait for it
        self._job: Job | None = None
        self._shown = False
        self._of: Answers | None = None
        self._newest: Preview | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._begin)

    @property
    def newest(self) -> Preview | None:
        """The pages as last made, if any."""
        return self._newest

    @property
    def is_current(self) -> bool:
        """Whether the newest pages are those of the plan as it is."""
        return self._newest is not None and self._now()[1] is self._of

    def show(self, *, shown: bool) -> None:
        """Say whether anybody looks; nobody waits for pages nobody looks at."""
        self._shown = shown
        if shown and not self.is_current:
            self._timer.start(0)
        elif not shown:
            self._give_up()

    def plan_changed(self) -> None:
        """Make the pages anew in a while; what is under way would be out of date."""
        self._give_up()
        if self._shown:
            self._timer.start()

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is under way, and nothing given up is still ending."""
        return not self._jobs.is_busy

    def close(self) -> None:
        """Give everything up, and let it go once the plan's widgets are gone.

        That frees hundreds of thousands of things; beside each other both took three times as long.
        """
        self._shown = False
        self._give_up()
        newest, self._newest = self._newest, None
        last = partial(_let_go, newest, self._let_go)
        QTimer.singleShot(_LET_GO_MS, partial(self._jobs.close, last))

    def _give_up(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.abandon()
            self._job = None

    def _begin(self) -> None:
        pack, answers = self._now()
        if self._job is not None or self.is_current:
            return
        set_pages = self._set

        def work(progress: Progress) -> Preview:
            return set_pages(pack, answers, progress)

        self._job = self._jobs.start(
            work, lambda preview: self._done(answers, preview), self._on_failed
        )
        self.begun.emit()

    def _done(self, answers: Answers, preview: Preview) -> None:
        if not isValid(self):
            preview.close()  # the plan was closed meanwhile
            return
        self._job = None
        before, self._newest, self._of = self._newest, preview, answers
        self.made.emit(preview)
        if before is not None:
            self._jobs.tidy(before.close)  # hundreds of thousands of things for a large plan

    def _on_failed(self, error: Exception) -> None:
        if isValid(self) and not isinstance(error, Cancelled):
            self._job = None
            self.failed.emit(error)


def _let_go(preview: Preview | None, others: Callable[[], None] | None) -> None:
    if preview is not None:
        preview.close()
    if others is not None:
        others()
