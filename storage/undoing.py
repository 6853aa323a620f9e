"""Undo across restarts: the steps of former sessions, read from the change log and proved.

Undo is linear over the log: an action that took others back ("undo") cancels them, one that made
them again ("redo") restores them. A step is given only when the rows before and after it and the
roots of both moments prove; behind one that does not, there is none.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from itertools import pairwise

from forms.changes import ChangeSet
from storage.change_log import Action, HistoryEntry
from storage.database import sentences
from storage.draft import Draft
from storage.errors import DamagedDraft
from storage.log_reading import Logged, StoredRows, changes_of, entry_of, read_action
from storage.roots import parse_root

STEPS = 200
_HEADINGS = 2_000  # looked through for them
_MOST_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class FormerSteps:
    """What earlier sessions left to undo, the oldest first, and to redo, the next first."""

    undo: tuple[ChangeSet, ...] = ()
    redo: tuple[ChangeSet, ...] = ()


def former_steps(draft: Draft, most: int = STEPS) -> FormerSteps:
    """The steps that lead back and forth from what the draft holds; in the writer's thread."""
    try:
        with sentences(draft.path):
            return _former_steps(draft.database.conn, draft.meta.root, most)
    except DamagedDraft:  # a broken page of the log: the plan is whole, its steps are not to be had
        return FormerSteps()


@dataclass(frozen=True, slots=True)
class _Step:
    """One undo step: the actions it is made of, and the root after them."""

    actions: tuple[Action, ...]

    @property
    def root(self) -> str:
        """The root after the step."""
        return self.actions[-1].root

    @property
    def label(self) -> str:
        """What the menu calls it."""
        return self.actions[-1].label


@dataclass(slots=True)
class _Replay:
    """The undo stack of the window, followed through the log; the first entry is its bottom."""

    done: list[_Step] = field(default_factory=list[_Step])
    undone: list[_Step] = field(default_factory=list[_Step])  # the next to redo is the last

    def take(self, action: Action) -> None:
        """Follow one action."""
        if not action.root:  # illegible: nothing before it can be reached
            self.done, self.undone = [_Step((action,))], []
        elif action.source == "undo" and (self._back(action.root) or self._forth(action.root)):
            pass  # drafts of version 1 call both by one name
        elif action.source == "redo" and self._forth(action.root):
            pass
        elif action.source == "more" and len(self.done) > 1:
            self._go_on(action)
        else:
            self.done.append(_Step((action,)))
            self.undone = []

    def _back(self, root: str) -> bool:
        reached = [n for n, step in enumerate(self.done[:-1]) if step.root == root]
        if not reached:
            return False
        while len(self.done) > reached[-1] + 1:
            self.undone.append(self.done.pop())
        return True

    def _forth(self, root: str) -> bool:
        reached = [n for n, step in enumerate(self.undone) if step.root == root]
        if not reached:
            return False
        while len(self.undone) > reached[-1]:
            self.done.append(self.undone.pop())
        return True

    def _go_on(self, action: Action) -> None:
        self.done[-1] = _Step((*self.done[-1].actions, action))
        self.undone = []
        if self.done[-1].root == self.done[-2].root:  # typed and taken back: no step at all
            self.done.pop()


def _former_steps(conn: sqlite3.Connection, root: str, most: int) -> FormerSteps:
    headings = conn.execute(
        "SELECT * FROM action ORDER BY revision DESC LIMIT ?", (_HEADINGS,)
    ).fetchall()
    replay = _Replay()
    for heading in reversed(headings):
        replay.take(read_action(heading))
    if not replay.done or replay.done[-1].root != root:
        return FormerSteps()
    back = [(one, before.root) for before, one in pairwise(replay.done)][: -most - 1 : -1]
    ahead = [replay.done[-1], *reversed(replay.undone)]
    forth = [(one, before.root) for before, one in pairwise(ahead)][:most]
    steps = _Steps(conn, [step for step, _ in (*back, *forth)])
    undo, redo = steps.while_proved(back), steps.while_proved(forth)
    return FormerSteps(tuple(reversed(undo)), tuple(redo))


class _Steps:
    """The changes of steps, read by one walk back through the log."""

    def __init__(self, conn: sqlite3.Connection, steps: list[_Step]) -> None:
        self._entries: dict[int, HistoryEntry] = {}
        self._logged: dict[int, tuple[Logged, ...]] = {}
        self._room = _MOST_CHARACTERS
        wanted = {action.revision: action for step in steps for action in step.actions}
        if wanted:
            self._read(conn, wanted)

    def while_proved(self, steps: list[tuple[_Step, str]]) -> list[ChangeSet]:
        """The change set of each step with the root before it, up to the first unproved one."""
        found: list[ChangeSet] = []
        for step, root_before in steps:
            changes = self._proved(step, root_before)
            if changes is None:
                break
            found.append(changes)
        return found

    def _read(self, conn: sqlite3.Connection, wanted: dict[int, Action]) -> None:
        rows = StoredRows(conn)
        later = conn.execute(
            "SELECT revision FROM action WHERE revision >= ? ORDER BY revision DESC", (min(wanted),)
        ).fetchall()
        for (revision,) in later:
            logged = changes_of(conn, revision)
            if revision in wanted:
                self._room -= sum(len(each.removed) + len(each.inserted) for each in logged)
                if self._room < 0:
                    return
                self._entries[revision] = entry_of(wanted[revision], logged, rows)
                self._logged[revision] = logged
            else:
                for each in logged:
                    rows[each.key], _ = each.rows(rows[each.key])

    def _proved(self, step: _Step, root_before: str) -> ChangeSet | None:
        entries = [self._entries.get(action.revision) for action in step.actions]
        root = parse_root(step.root)
        changes = ChangeSet(step.label)
        for entry in entries:
            if entry is None or entry.damaged:
                return None
            changes = changes.merged(entry.changes)
        for action in step.actions:
            for each in self._logged[action.revision]:
                root = root.minus(each.after_hash) if each.after_hash else root
                root = root.plus(each.before_hash) if each.before_hash else root
        return changes if str(root) == root_before else None
