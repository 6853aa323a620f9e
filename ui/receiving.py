"""Received files of an open plan: read in the background, with a way to stop, or refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from importers.errors import ReceivedError
from importers.guard.limits import LIMITS
from importers.process import Watch
from storage.errors import StorageError
from ui.jobs import Job, Jobs, Progress
from ui.text import tr

_T = TypeVar("_T")
Read = Callable[[bytes, str, Watch], _T]


class Teller(Protocol):
    """The bar that says something, with one thing to do about it."""

    def say(
        self,
        sentence: str,
        *,
        trouble: bool = False,
        offer: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a sentence."""
        ...

    def hide(self) -> None:
        """Show nothing any more."""
        ...


class Receiving(QObject):
    """Reads one file after the other; without jobs it reads at once, as tests of widgets do."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs: Jobs | None = None
        self._notice: Teller | None = None
        self._tell: Callable[[Exception], object] | None = None
        self._job: Job | None = None

    def attend(self, jobs: Jobs, notice: Teller, tell: Callable[[Exception], object]) -> None:
        """Work in the background of a window from now on, and speak through it."""
        self._jobs, self._notice, self._tell = jobs, notice, tell

    @property
    def is_at_work(self) -> bool:
        """Whether something is being read for somebody."""
        return self._job is not None

    def read(
        self,
        path: Path,
        read: Read[_T],
        done: Callable[[_T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Read a file and hand on what it holds; a refusal goes to `failed`, else to the window."""
        self.run(tr("正在读取“{0}”…").format(path.name), _reading(path, read), done, failed)

    def run(
        self,
        sentence: str,
        work: Callable[[Watch], _T],
        done: Callable[[_T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Do some work on received bytes, saying so meanwhile."""
        told = failed or self._tell or _raise
        if self._jobs is None:
            try:
                found = work(lambda: None)
            except (ReceivedError, StorageError) as error:
                told(error)
                return
            done(found)
            return
        self._work(sentence, work, done, told)

    def quietly(self, work: Callable[[], _T], done: Callable[[_T], object]) -> None:
        """Do a small work nobody is told of; what goes wrong in it must be its result."""
        if self._jobs is None:
            done(work())
            return

        def finish(found: _T) -> None:
            done(found)

        self._jobs.start_quietly(lambda _: work(), finish, lambda _: None)

    def _work(
        self,
        sentence: str,
        work: Callable[[Watch], _T],
        done: Callable[[_T], object],
        told: Callable[[Exception], object],
    ) -> None:
        assert self._jobs is not None  # asked by `run`

        def in_job(progress: Progress) -> _T:
            return work(progress.check)

        def finish(found: _T) -> None:
            self._quiet()
            done(found)

        def fail(error: Exception) -> None:
            self._quiet()
            told(error)

        self._job = self._jobs.start(in_job, finish, fail)
        if self._notice is not None:
            self._notice.say(sentence, offer=(tr("取消"), self._job.cancel))

    def _quiet(self) -> None:
        self._job = None
        if self._notice is not None:
            self._notice.hide()


def _reading(path: Path, read: Read[_T]) -> Callable[[Watch], _T]:
    def work(watch: Watch) -> _T:
        return read(bytes_of(path), path.name, watch)

    return work


def bytes_of(path: Path) -> bytes:
    """What a file holds; a `ReceivedError` says why it cannot be had. For a job."""
    try:
        length = path.stat().st_size
        if length > LIMITS.file_bytes:
            reason = tr("文件约 {0} MB，超过 {1} MB 的上限").format(
                length >> 20, LIMITS.file_bytes >> 20
            )
            raise ReceivedError(path.name, reason, tr("请只保留需要的内容，另存为一份较小的文件。"))
        return path.read_bytes()
    except OSError as error:
        remedy = tr("请确认文件仍在、没有被其他程序独占，然后再试。")
        raise ReceivedError(path.name, tr("文件打不开"), remedy) from error


def _raise(error: Exception) -> None:
    raise error
