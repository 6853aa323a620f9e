"""Long work off the window's thread: a pure function of immutable input, on a worker.

What the user asked for has a worker of its own and never stands behind quiet work, which gives
way to it. The only threads of `ui`. Results, faults and progress come back by queued signals, so
callbacks always run in the window's thread. Uses only QtCore.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal

from forms.breathing import breathe

_T = TypeVar("_T")
_LOOK_SECONDS = 0.05  # how often quiet work that gives way looks whether it is cancelled
_TURN_SECONDS = 0.001 if sys.platform == "win32" else 0.0002  # Windows waits in milliseconds
_TOLD_SECONDS = 0.05  # between two steps of the same part: each takes the window milliseconds


class Cancelled(Exception):
    """The work was given up because the user cancelled it."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is; `total` is 0 while unknown."""

    done: int
    total: int
    text: str = ""


class Progress:
    """What a running job is handed: where it reports and asks whether to go on."""

    def __init__(
        self, tell: Callable[[Step], None], way_is_free: threading.Event | None = None
    ) -> None:
        self._cancelled = threading.Event()
        self._way_is_free = way_is_free
        self._tell = tell

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the user has cancelled."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Stop here when the user has cancelled; let what is more urgent go first."""
        breathe()
        while True:
            if self.is_cancelled:
                raise Cancelled
            if self._way_is_free is None or self._way_is_free.wait(_LOOK_SECONDS):
                return

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the job is, and stop here when the user has cancelled."""
        self.check()
        self._tell(Step(done, total, text))


class _Pace:
    """Which steps the window is told: the ends of each part, and between them one at a time.

    Eight hundred pages laid out in a second would be as many events at once.
    """

    def __init__(self, tell: Callable[[Step], None]) -> None:
        self._tell = tell
        self._part: str | None = None
        self._told = 0.0

    def take(self, step: Step) -> None:
        """From the worker: tell a step on, or leave it out."""
        now = time.monotonic()
        is_end = step.text != self._part or step.done >= step.total
        if is_end or now >= self._told + _TOLD_SECONDS:
            self._part, self._told = step.text, now
            self._tell(step)


@dataclass(frozen=True, slots=True)
class _Result:
    value: object


class Job(QObject):
    """One piece of work under way; lives in the window's thread."""

    progressed = Signal(object)  # Step
    ended = Signal()
    _arrived = Signal(object)  # Step, _Result or an exception, from the worker

    def __init__(self, parent: QObject, gives_way_to: threading.Event | None = None) -> None:
        super().__init__(parent)
        self.is_quiet = gives_way_to is not None
        self.progress = Progress(_Pace(self._arrived.emit).take, gives_way_to)
        self._on_done: Callable[[object], None] | None = None
        self._on_failed: Callable[[Exception], None] | None = None
        self._arrived.connect(self._on_arrival, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop; its end is still reported, as `Cancelled`."""
        self.progress.cancel()

    def abandon(self) -> None:
        """Cancel, and call nobody back: they are gone."""
        self._on_done = self._on_failed = None
        self.cancel()

    def answer_to(
        self, on_done: Callable[[object], None], on_failed: Callable[[Exception], None]
    ) -> None:
        """Name who is called back in the window's thread."""
        self._on_done, self._on_failed = on_done, on_failed

    def work(self, work: Callable[[Progress], object]) -> None:
        """Run in the worker's thread and send back what came of it."""
        try:
            self.progress.check()
            outcome: object = _Result(work(self.progress))
        except Exception as error:
            _let_go_of_what_was_made(error)
            outcome = error
        self._arrived.emit(outcome)
        del outcome  # else the error and this frame hold each other

    def _on_arrival(self, arrived: object) -> None:
        if isinstance(arrived, Step):
            self.progressed.emit(arrived)
            return
        try:
            if isinstance(arrived, _Result) and self._on_done is not None:
                self._on_done(arrived.value)
            elif isinstance(arrived, Exception) and self._on_failed is not None:
                self._on_failed(arrived)
        finally:
            self.ended.emit()


class Jobs(QObject):
    """The worker for what the user asked, the one for quiet work, and what they have to do."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="yuance-job")
        self._quiet_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="yuance-job")
        self._way_is_free = threading.Event()  # nothing the user asked for is under way
        self._way_is_free.set()
        self._open: list[Job] = []
        _ALL.add(self)

    @property
    def is_busy(self) -> bool:
        """Whether any job has not ended."""
        return bool(self._open)

    def start(
        self,
        work: Callable[[Progress], _T],
        on_done: Callable[[_T], None],
        on_failed: Callable[[Exception], None],
    ) -> Job:
        """Queue what the user asked for; one of the two is called in the window's thread."""
        self._way_is_free.clear()
        return self._queue(self._pool, Job(self), work, on_done, on_failed)

    def start_quietly(
        self,
        work: Callable[[Progress], _T],
        on_done: Callable[[_T], None],
        on_failed: Callable[[Exception], None],
    ) -> Job:
        """The same for what nobody asked for: it begins, and goes on, when nothing else is open."""
        job = Job(self, self._way_is_free)
        return self._queue(self._quiet_pool, job, work, on_done, on_failed)

    def _queue(
        self,
        pool: ThreadPoolExecutor,
        job: Job,
        work: Callable[[Progress], _T],
        on_done: Callable[[_T], None],
        on_failed: Callable[[Exception], None],
    ) -> Job:
        job.answer_to(on_done, on_failed)  # pyright: ignore[reportArgumentType] -- _T is what work gives
        job.ended.connect(self._on_ended)
        self._open.append(job)
        pool.submit(job.work, work)
        return job

    def tidy(self, work: Callable[[], None]) -> None:
        """Queue a small chore nobody waits for; done at once when no more is taken."""
        try:
            self._quiet_pool.submit(work)
        except RuntimeError:
            work()

    def cancel_all(self) -> None:
        """Ask everything under way to stop."""
        for job in self._open:
            job.cancel()

    def close(self, last: Callable[[], object] | None = None) -> None:
        """Give everything up and wait for the workers; nobody is called back any more.

        Nobody waits for the `last` chore of a worker.
        """
        for job in self._open:
            job.abandon()
        self._quiet_pool.shutdown(wait=True, cancel_futures=True)
        if last is not None:
            all_before = self._pool.submit(bool)
            self._pool.submit(last)
            self._pool.shutdown(wait=False)
            all_before.result()
        else:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._open.clear()

    def _on_ended(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._open:
            self._open.remove(job)
            job.deleteLater()
        if all(each.is_quiet for each in self._open):
            self._way_is_free.set()
        if not self._open:
            self.idle.emit()


_ALL: WeakSet[Jobs] = WeakSet()


def _let_go_of_what_was_made(error: BaseException) -> None:
    """Keep of the way to an error its lines only: a plan half set is a hundred thousand things."""
    on_the_way: BaseException | None = error
    while on_the_way is not None:
        traceback.clear_frames(on_the_way.__traceback__)
        on_the_way = on_the_way.__context__


def is_at_work() -> bool:
    """Whether any worker of any window has something to do. For the window's thread."""
    return any(each.is_busy for each in _ALL)


def take_short_turns() -> None:
    """Have workers hand the interpreter over soon; Python's own choice are five milliseconds.

    The window asks for it each time it comes back from Qt, hundreds of times for one page.
    """
    sys.setswitchinterval(_TURN_SECONDS)
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            ctypes.WinDLL("winmm").timeBeginPeriod(1)  # else its clock ticks every 16 ms


def watch_threads(hook: Callable[[type[BaseException], BaseException], None]) -> None:
    """Tell the last-resort hook of exceptions that end a thread."""

    def on_crash(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            hook(found.exc_type, found.exc_value)

    threading.excepthook = on_crash
