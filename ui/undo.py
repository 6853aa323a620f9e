"""Undo across the whole plan: one command for each step, with what it did.

Text widgets claim Ctrl+Z for themselves; `UndoKeys` takes it back for the plan. Uses only QtCore
and QtGui.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QUndoCommand

from forms.answers import Answers
from forms.changes import ChangeSet, apply_changes
from forms.splices import is_long, spliced
from storage.undoing import FormerSteps

_MERGE_SECONDS = 1


class Plan(Protocol):
    """What a step is done to."""

    @property
    def answers(self) -> Answers:
        """The answers as they are."""
        ...

    def put(self, answers: Answers, change: ChangeSet, source: str) -> None:
        """Take over other answers."""
        ...


@dataclass(frozen=True, slots=True)
class _Whole:
    """A step with the answers on both sides."""

    changes: ChangeSet
    before: Answers
    after: Answers


class EditCommand(QUndoCommand):
    """One undo step; typing into the same place within a second is taken into it.

    Of a long text a step keeps only what differs: it is done to the answers as they are. Qt never
    merges commands here: PySide would hold each merged one until the stack is gone.
    """

    def __init__(
        self,
        changes: ChangeSet,
        before: Answers,
        after: Answers,
        merge_key: str,
        plan: Plan,
        source: str = "typed",
    ) -> None:
        super().__init__(changes.label)
        whole = _Whole(changes, before, after)
        self._step = spliced(changes) if is_long(changes) else whole
        self._fresh: _Whole | None = whole  # until it was done
        self._merge_key = merge_key
        self._plan = plan
        self._first_source = source
        self._at = monotonic()
        self._is_again = False

    def joins(self, other: EditCommand) -> bool:
        """Whether a later command is of one step with this one."""
        same = bool(self._merge_key) and other._merge_key == self._merge_key
        return same and other._at - self._at <= _MERGE_SECONDS

    def again(self) -> EditCommand:
        """The same step for a stack that is put together anew; putting it there does nothing."""
        nothing = Answers()
        same = EditCommand(ChangeSet(self.text()), nothing, nothing, self._merge_key, self._plan)
        same._step, same._first_source, same._at = self._step, self._first_source, self._at
        same._is_again = True
        return same

    def take(self, later: EditCommand) -> None:
        """Take a later step of the same place, not done yet, into this one."""
        new = later._fresh
        assert new is not None  # nobody takes what was done
        step = self._step
        if isinstance(step, _Whole):
            changes = step.changes.merged(new.changes)
            is_whole = isinstance(later._step, _Whole)
            self._step = _Whole(changes, step.before, new.after) if is_whole else spliced(changes)
        else:
            changes = step.told(new.before, is_done=True).merged(new.changes)
            self._step = spliced(changes)
        self._at = later._at
        self.setObsolete(not changes)

    def redo(self) -> None:
        """Put the answers after the edit; the first time is the edit itself."""
        fresh, self._fresh = self._fresh, None
        if self._is_again:
            self._is_again = False
        elif fresh is not None:
            self._plan.put(fresh.after, fresh.changes, self._first_source)
        elif isinstance(self._step, _Whole):
            self._go(self._step.before, self._step.after, self._step.changes, "redo")
        else:
            changes = self._step.told(self._plan.answers, is_done=False)
            self._plan.put(apply_changes(self._plan.answers, changes), changes, "redo")

    def undo(self) -> None:
        """Put the answers before the edit."""
        if isinstance(self._step, _Whole):
            back = self._step.changes.inverted()
            self._go(self._step.after, self._step.before, back, "undo")
            return
        changes = self._step.told(self._plan.answers, is_done=True).inverted()
        self._plan.put(apply_changes(self._plan.answers, changes), changes, "undo")

    def _go(self, here: Answers, there: Answers, changes: ChangeSet, source: str) -> None:
        """From one side of the step to the other; from anywhere else only what it changed.

        The screen must never say anything but what the changes put on the disk.
        """
        now = self._plan.answers
        self._plan.put(there if now is here else apply_changes(now, changes), changes, source)


@dataclass(frozen=True, slots=True)
class FormerStep:
    """One step of a former session with the answers on both sides."""

    changes: ChangeSet
    before: Answers
    after: Answers


@dataclass(frozen=True, slots=True)
class Former:
    """The steps of former sessions: done, the oldest first, and undone, the next first."""

    done: tuple[FormerStep, ...] = ()
    undone: tuple[FormerStep, ...] = ()


def with_answers(steps: FormerSteps, answers: Answers) -> Former:
    """The steps around these answers; a large one takes a while, so not in the window's thread."""
    done: list[FormerStep] = []
    after = answers
    for changes in reversed(steps.undo):
        before = apply_changes(after, changes.inverted())
        done.append(FormerStep(changes, before, after))
        after = before
    undone: list[FormerStep] = []
    before = answers
    for changes in steps.redo:
        after = apply_changes(before, changes)
        undone.append(FormerStep(changes, before, after))
        before = after
    return Former(tuple(reversed(done)), tuple(undone))


class UndoKeys(QObject):
    """Keeps whatever has the keyboard, and what it stands in, from claiming undo, redo and more.

    Not a filter of the whole application: that is asked of each of the thousands of events while
    a page opens, and took a seventh of it.

    `others` are further keys of the window: on Linux a line edit takes Ctrl+E for itself.
    """

    def __init__(self, parent: QObject | None = None, others: Iterable[str] = ()) -> None:
        super().__init__(parent)
        self._others = frozenset(QKeySequence(keys).toString() for keys in others)

    def follow(self, old: QObject | None, new: QObject | None) -> None:
        """The keyboard went elsewhere; once more on the same widget does no harm."""
        del old  # may be half destroyed
        while new is not None:
            new.installEventFilter(self)
            new = new.parent()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse the claim, so that the window's own undo and redo actions get the keys."""
        del watched
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        pressed = QKeySequence(event.keyCombination()).toString()
        if event.matches(undo) or event.matches(redo) or pressed in self._others:
            event.ignore()
            return True
        return False
