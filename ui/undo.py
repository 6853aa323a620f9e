"""Undo across the whole plan: one command holding the answers before and after.

Text widgets claim Ctrl+Z for themselves; `UndoKeys` takes it back for the plan. Uses only QtCore
and QtGui.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QUndoCommand

from forms.answers import Answers
from forms.changes import ChangeSet, apply_changes
from storage.undoing import FormerSteps

_MERGE_SECONDS = 1
_MERGE_ID = 1


class EditCommand(QUndoCommand):
    """One undo step; typing into the same place within a second merges into it."""

    def __init__(
        self,
        changes: ChangeSet,
        before: Answers,
        after: Answers,
        merge_key: str,
        put: Callable[[Answers, ChangeSet, str], None],
        source: str = "typed",
    ) -> None:
        super().__init__(changes.label)
        self._changes = changes
        self._before = before
        self._after = after
        self._merge_key = merge_key
        self._put = put
        self._first_source = source
        self._at = monotonic()
        self._done_once = False

    def joins(self, other: EditCommand) -> bool:
        """Whether a later command is of one step with this one."""
        same = bool(self._merge_key) and other._merge_key == self._merge_key
        return same and other._at - self._at <= _MERGE_SECONDS

    def again(self) -> EditCommand:
        """The same step for a stack that is put together anew."""
        same = EditCommand(self._changes, self._before, self._after, self._merge_key, self._put)
        same._first_source, same._at = self._first_source, self._at
        return same

    def id(self) -> int:
        """Commands that may merge share an id; -1 never merges."""
        return _MERGE_ID if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later command of the same place into this one."""
        if not isinstance(other, EditCommand) or not self.joins(other):
            return False
        self._changes = self._changes.merged(other._changes)
        self._after, self._at = other._after, other._at
        self.setObsolete(not self._changes)
        return True

    def redo(self) -> None:
        """Put the answers after the edit; the first time is the edit itself."""
        self._put(self._after, self._changes, "redo" if self._done_once else self._first_source)
        self._done_once = True

    def undo(self) -> None:
        """Put the answers before the edit."""
        self._put(self._before, self._changes.inverted(), "undo")


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
    """An application-wide filter that keeps text widgets from claiming undo, redo and more.

    `others` are further keys of the window: on Linux a line edit takes Ctrl+E for itself.
    """

    def __init__(self, parent: QObject | None = None, others: Iterable[str] = ()) -> None:
        super().__init__(parent)
        self._others = frozenset(QKeySequence(keys).toString() for keys in others)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse the claim, so that the window's own undo and redo actions get the keys."""
        del watched  # asked of every event there is: the quick question comes first
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        pressed = QKeySequence(event.keyCombination()).toString()
        if event.matches(undo) or event.matches(redo) or pressed in self._others:
            event.ignore()
            return True
        return False
