"""Asks the change log behind the window: tasks run in the writer's thread, answers come back here.

Uses only QtCore.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from forms.answers import Answers
from forms.changes import apply_changes
from forms.comparing import Difference, compare, differences
from forms.schema import Pack
from forms.view import evaluate
from storage.draft import Draft
from storage.history import Moment, moment
from storage.moments import answers_at
from storage.writer import DraftWriter
from ui.autosave import Autosave

_LOG = logging.getLogger(__name__)
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Answer(Protocol[T_co]):
    """What became of a task."""

    def exception(self) -> BaseException | None:
        """Why it failed, or None."""
        ...

    def result(self) -> T_co:
        """What it gave."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """One action with what it changed in words, and the plan on both sides where it proves."""

    moment: Moment
    found: tuple[Difference, ...]
    before: Answers | None
    after: Answers | None


class LogReader(QObject):
    """The way from the window to the log of the open draft and back."""

    grown = Signal()  # something new is on the disk
    _landed = Signal(object)  # a call to make in the window's thread

    def __init__(self, writer: DraftWriter, autosave: Autosave, parent: QObject) -> None:
        super().__init__(parent)
        self._writer = writer
        self._autosave = autosave
        self._landed.connect(_call, Qt.ConnectionType.QueuedConnection)
        autosave.state_changed.connect(self._on_state)

    def ask(self, asker: QObject, task: Callable[[Draft], T], then: Callable[[T], object]) -> None:
        """Run a task on the draft, after what was typed is written; then `then` in this thread.

        Nothing follows where the asker, a dialog perhaps, is gone by then.
        """
        self._autosave.flush()

        def on_done(done: Answer[T]) -> None:
            error = done.exception()
            if error is not None:  # closed meanwhile, or a log that cannot be read
                _LOG.warning("log not read: %s", type(error).__name__)
                return
            self._landed.emit(lambda: then(done.result()) if isValid(asker) else None)

        self._writer.run(task).add_done_callback(on_done)

    def _on_state(self, state: object) -> None:
        del state
        if self._autosave.is_settled:
            self.grown.emit()


def tell_action(pack: Pack, now: Answers, revision: int) -> Callable[[Draft], Told | None]:
    """A task: one action in words."""

    def task(draft: Draft) -> Told | None:
        found = moment(draft, revision)
        if found is None:
            return None
        after, changes = found.answers, found.entry.changes
        # Rows are named as of then; where that does not prove, as of now.
        there = evaluate(pack, after or now)
        before = apply_changes(after, changes.inverted()) if after else None
        here = evaluate(pack, before or now)
        return Told(found, differences(here, there, changes), before, after)

    return task


@dataclass(frozen=True, slots=True)
class Compared:
    """Two moments compared; `lost` names the one that cannot be proved."""

    one: Answers | None
    other: Answers | None
    found: tuple[Difference, ...] = ()


Side: TypeAlias = int | Answers | None


def compare_moments(
    pack: Pack, now: Answers, one: Side, other: Side
) -> Callable[[Draft], Compared]:
    """A task: two moments compared, by revision or content; None is the plan as it stands now."""

    def content(draft: Draft, moment: Side) -> Answers | None:
        if moment is None:
            return now
        return answers_at(draft, moment) if isinstance(moment, int) else moment

    def task(draft: Draft) -> Compared:
        old, new = content(draft, one), content(draft, other)
        if old is None or new is None:
            return Compared(old, new)
        return Compared(old, new, compare(evaluate(pack, old), evaluate(pack, new)))

    return task


def _call(call: Callable[[], object]) -> None:
    call()
