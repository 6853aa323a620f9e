"""The one writer thread of an open draft: what is submitted is written, in order, or stays here.

No Qt: callbacks and futures come from the writer thread, and who receives them changes threads.
Broad catches stand here only, because the thread must outlive whatever one job does.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

from forms.changes import ChangeSet
from storage.change_log import Source
from storage.draft import Draft, Saved
from storage.errors import ContentRefused, StorageError
from storage.reading import LoadedDraft

T = TypeVar("T")

_LONGEST_WAIT_MS = 30_000
_INFO_EVERY_MS = 10_000


@dataclass(frozen=True, slots=True)
class Saving:
    """Change sets are on their way to the disk."""

    pending: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The last attempt failed; `pending` change sets are kept in memory and tried again."""

    reason: Exception
    pending: int


SaveState: TypeAlias = Saving | Saved | Failed


@dataclass(slots=True, eq=False)
class _Commit:
    changes: ChangeSet
    who: str
    source: Source
    at: datetime
    futures: list[Future[Saved]]


@dataclass(slots=True, eq=False)
class _Task:
    work: Callable[[Draft], None]
    refuse: Callable[[Exception], None]


@dataclass(slots=True)
class _Trouble:
    """What is known about failing attempts; times in milliseconds of a clock that never jumps."""

    first_wait_ms: int
    in_a_row: int = 0
    attempts: int = 0
    next_try_ms: int = 0

    @property
    def failing(self) -> bool:
        """Whether the last attempt failed."""
        return self.in_a_row > 0

    def after_failure(self, now_ms: int) -> None:
        """Wait twice as long each time."""
        wait_ms = min(self.first_wait_ms << min(self.in_a_row, 10), _LONGEST_WAIT_MS)
        self.in_a_row += 1
        self.attempts += 1
        self.next_try_ms = now_ms + wait_ms

    def after_success(self) -> None:
        """All is well again."""
        self.in_a_row = 0


class DraftWriter:
    """Owns a draft in its own thread; nothing here blocks but `flush` and `close`.

    What fails is tried again by itself, first after `first_wait_ms`, then twice as long each time.
    `loaded` gets the draft as read, or the `StorageError` for which it could not be opened.
    """

    def __init__(
        self,
        open_draft: Callable[[], Draft],
        on_state: Callable[[SaveState], None] = lambda _: None,
        first_wait_ms: int = 1_000,
    ) -> None:
        self.loaded: Future[LoadedDraft] = Future()
        self._open_draft = open_draft
        self._on_state = on_state
        self._changed = threading.Condition()
        self._jobs: deque[_Commit | _Task] = deque()
        self._active: _Commit | _Task | None = None
        self._trouble = _Trouble(first_wait_ms)
        self._closing = False
        self._refusal: Exception | None = None
        self._info_due_ms = 0
        self._thread = threading.Thread(target=self._main, name="draft-writer", daemon=True)
        self._thread.start()

    @property
    def unsaved(self) -> tuple[ChangeSet, ...]:
        """The change sets that are not on the disk yet, in order."""
        with self._changed:
            return tuple(job.changes for job in self._jobs if isinstance(job, _Commit))

    @property
    def is_idle(self) -> bool:
        """Whether everything handed over has been done: nobody would wait in `close`."""
        with self._changed:
            return not self._jobs

    def submit(self, changes: ChangeSet, *, who: str, source: Source = "typed") -> Future[Saved]:
        """Hand over one user action; the future ends when it is on the disk, however long it takes.

        While writing fails, actions of one person are kept as one, so that memory stays small.
        """
        future: Future[Saved] = Future()
        future.set_running_or_notify_cancel()  # a handed over action cannot be called back
        with self._changed:
            last = self._jobs[-1] if self._jobs else None
            if (
                self._trouble.failing
                and isinstance(last, _Commit)
                and last is not self._active
                and last.who == who
                and (last.source == source or {last.source, source} == {"typed", "more"})
            ):
                last.changes = last.changes.merged(changes)
                last.futures.append(future)
                self._changed.notify_all()
                return future
        self._add(_Commit(changes, who, source, datetime.now(UTC), [future]))
        return future

    def run(self, task: Callable[[Draft], T]) -> Future[T]:
        """Do something with the draft in the writer thread, after what was submitted before.

        While writing fails, tasks go ahead of the waiting actions: pictures stay readable.
        """
        future: Future[T] = Future()

        def work(draft: Draft) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(task(draft))
            except Exception as error:
                future.set_exception(error)

        self._add(_Task(work, future.set_exception))
        return future

    def retry(self) -> None:
        """Try again now what failed."""
        with self._changed:
            self._trouble.next_try_ms = 0
            self._changed.notify_all()

    def flush(self, timeout_ms: int = 10_000) -> bool:
        """Wait until all is written; False when an attempt failed or the time is over."""
        with self._changed:
            seen = self._trouble.attempts
            self.retry()
            self._changed.wait_for(
                lambda: not self._jobs or self._trouble.attempts > seen, timeout_ms / 1000
            )
            return not self._jobs and self._trouble.attempts == seen

    def close(self, timeout_ms: int = 10_000, *, abandon: bool = False) -> bool:
        """Write the rest and let the draft go; False, and nothing closed, when that failed.

        `abandon` closes all the same and gives up what is `unsaved`.
        """
        if not self.flush(timeout_ms) and not abandon:
            return False
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout_ms / 1000)
        return not self._thread.is_alive()

    def _add(self, job: _Commit | _Task) -> None:
        with self._changed:
            if self._refusal is None and not self._closing:
                self._jobs.append(job)
                self._changed.notify_all()
                return
        _refuse(job, self._refusal or StorageError("草稿已关闭。", "请重新打开方案。"))

    def _main(self) -> None:
        draft = self._open()
        if draft is None:
            return
        while (job := self._next()) is not None:
            if isinstance(job, _Commit):
                self._commit(draft, job)
            else:
                job.work(draft)
                self._done(job)
        try:
            draft.close()
        finally:
            self._refuse_all(StorageError("草稿已关闭。", "请重新打开方案。"))

    def _open(self) -> Draft | None:
        try:
            draft = self._open_draft()
        except Exception as error:
            self._could_not_open(error)
            return None
        try:
            loaded = draft.load()
        except Exception as error:
            draft.close()
            self._could_not_open(error)
            return None
        meta = loaded.meta
        self._tell(Saved(meta.revision, meta.root, meta.changed))
        self.loaded.set_result(loaded)
        return draft

    def _could_not_open(self, error: Exception) -> None:
        self._refuse_all(error)
        self._tell(Failed(error, 0))
        self.loaded.set_exception(error)

    def _refuse_all(self, error: Exception) -> None:
        with self._changed:
            self._refusal = error
            jobs = list(self._jobs)
            self._jobs.clear()
            self._changed.notify_all()
        for job in jobs:
            _refuse(job, error)

    def _next(self) -> _Commit | _Task | None:
        """The job to do next, still in the queue; None when it is time to close."""
        with self._changed:
            while True:
                self._active = self._ready()
                if self._active is not None:
                    return self._active
                if self._closing:
                    return None
                wait_ms = self._trouble.next_try_ms - _now_ms() if self._jobs else None
                self._changed.wait(None if wait_ms is None else max(wait_ms, 1) / 1000)

    def _ready(self) -> _Commit | _Task | None:
        waiting = self._trouble.failing and _now_ms() < self._trouble.next_try_ms
        for job in self._jobs:
            if isinstance(job, _Task) or not waiting:
                return job
        return None

    def _commit(self, draft: Draft, job: _Commit) -> None:
        self._tell(Saving(len(self.unsaved)))
        try:
            saved = draft.commit(job.changes, who=job.who, source=job.source, at=job.at)
        except ContentRefused as error:  # would be refused again; the rest must not wait for it
            with self._changed:
                self._trouble.attempts += 1
            self._done(job)
            _refuse(job, error)
            self._tell(Failed(error, len(self.unsaved)))
        except Exception as error:
            with self._changed:
                self._active = None
                self._trouble.after_failure(_now_ms())
                self._changed.notify_all()
            self._tell(Failed(error, len(self.unsaved)))
        else:
            self._written(draft, job, saved)

    def _written(self, draft: Draft, job: _Commit, saved: Saved) -> None:
        with self._changed:
            self._trouble.after_success()
        self._done(job)
        for future in job.futures:
            future.set_result(saved)
        pending = len(self.unsaved)
        self._tell(Saving(pending) if pending else replace(saved, at=datetime.now(UTC)))
        if _now_ms() >= self._info_due_ms:
            self._info_due_ms = _now_ms() + _INFO_EVERY_MS
            with suppress(StorageError):  # only the list of plans reads it
                draft.write_info()

    def _done(self, job: _Commit | _Task) -> None:
        with self._changed:
            self._jobs.remove(job)
            self._active = None
            self._changed.notify_all()

    def _tell(self, state: SaveState) -> None:
        with suppress(Exception):  # what a listener does wrong must not stop the writer
            self._on_state(state)


def _refuse(job: _Commit | _Task, error: Exception) -> None:
    if isinstance(job, _Task):
        job.refuse(error)
        return
    for future in job.futures:
        future.set_exception(error)


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000
