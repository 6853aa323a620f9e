"""An open plan: its answers, the evaluated view, undo, and word of every change.

Everything on screen edits through `PlanSession.edit` and refreshes from its signals; nothing else
holds plan state. Uses only QtCore and QtGui.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QUndoStack

from forms.address import Address
from forms.answers import Answers
from forms.changes import ChangeSet, apply_changes, difference
from forms.checks import Finding, Step, check_steps, in_plan_order
from forms.dismissals import Reviewed, dismissals, review
from forms.edits import Applied, Edit, apply_edit, apply_edits, edit_steps
from forms.garbage import keep_plan_out_of_search, let_go_of_plan
from forms.schema import Pack
from forms.values import Cut, Picture
from forms.view import PlanView, evaluate
from ui.numbers import PlanNumbers
from ui.receiving import Receiving
from ui.sheet_layouts import SheetLayouts
from ui.signing import Signing
from ui.undo import EditCommand, Former

_MANY_ROWS = 1_000  # of a plan through which Python looks for garbage for too long
_THINGS_OF_A_ROW = 100  # at least
_CHECK_DELAY_MS = 250
_UNDO_LIMIT = 500
_SLICE_NS = 12_000_000  # of checking between two paints
_FIRST_SLICE_NS = 40_000_000  # at opening: small plans are done by then
_AT_ONCE_NS = 60_000_000  # for somebody who waits
_FOREVER_NS = 10**15


class PictureShelf(Protocol):
    """Where the bytes of pictures are kept."""

    def add_picture(self, content: bytes, name: str) -> Picture:
        """Keep a picture; raises a user-ready error when it is not one."""
        ...

    def cut_picture(self, cut: Cut, name: str) -> Picture:
        """Keep what is cut from a kept picture; as `add_picture`, KeyError when that is gone."""
        ...

    def picture(self, sha256: str) -> bytes:
        """The bytes of a kept picture; KeyError when it is missing."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """What just happened to the plan: the changes, and where the user should be taken (undo)."""

    changes: ChangeSet
    source: str  # "typed", "undo", "redo", "import", "restore"
    go_to: Address | None = None
    joins: bool = False  # of one undo step with the change before it


class PlanSession(QObject):
    """The state of one open plan in the window's thread."""

    changed = Signal(object)  # Change, after answers and view are current
    followed = Signal(object)  # the same Change, once everything shows it
    findings_changed = Signal(object)  # tuple[Finding, ...], a moment after the last change
    note_wanted = Signal(object)  # Address whose note somebody wants to read or write
    mend_wanted = Signal(object)  # Finding whose repair somebody accepts
    is_read_only = False

    def __init__(
        self, pack: Pack, answers: Answers, pictures: PictureShelf, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.pack = pack
        self.pictures = pictures
        self.signing = Signing()
        self.layouts = SheetLayouts()
        self.reminders: Callable[[], Iterable[Finding]] = tuple  # what no check can know
        self.receiving = Receiving(self)
        self.numbers = PlanNumbers(lambda: (self.pack, self._answers), self)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_UNDO_LIMIT)
        self.undo_stack.indexChanged.connect(self._tell)
        self._untold: list[Change] = []
        self._joining = self._remembering = False
        self._answers = answers
        self._view = evaluate(pack, answers)
        self._findings: tuple[Finding, ...] = ()
        self._reviewed: Reviewed | None = None
        self._reviewed_of: object = None
        self._steps: Iterator[Step] = iter(())
        self._found: list[Finding] = []
        self._check_timer = QTimer(self, singleShot=True, interval=_CHECK_DELAY_MS)
        self._check_timer.timeout.connect(self._begin_check)
        self._slice_timer = QTimer(self, interval=0)
        self._slice_timer.timeout.connect(lambda: self._check_for(_SLICE_NS))
        self._large_rows = _many_rows(answers)  # until they are kept out of the search for garbage
        if self._large_rows:
            self._check_timer.start()  # its window is shown first
        else:
            self._begin_check(_FIRST_SLICE_NS)

    @property
    def answers(self) -> Answers:
        """The current answers."""
        return self._answers

    @property
    def view(self) -> PlanView:
        """The current evaluated view."""
        return self._view

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings as of the last check."""
        return self._findings

    @property
    def reviewed(self) -> Reviewed:
        """Those findings with what people answered to them, as of now."""
        given = (self._findings, dismissals(self._view))
        if self._reviewed is None or given != self._reviewed_of:
            self._reviewed, self._reviewed_of = review(self._view, self._findings), given
        return self._reviewed

    def edit(self, edit: Edit, merge_key: str = "") -> bool:
        """Apply one edit; True when something changed.

        Edits with the same non-empty `merge_key` within a second become one undo step. Raises
        `EditError` or `UnknownAddressError` with a sentence for the user; nothing has changed then.
        """
        return self._push(apply_edit(self.pack, self._answers, edit), merge_key)

    def edit_all(self, edits: tuple[Edit, ...], label: str) -> bool:
        """Apply several edits as one action with one undo step; all or none."""
        return self._push(apply_edits(self.pack, self._answers, edits, label), "")

    def edit_steps(self, edits: Sequence[Edit], label: str) -> Iterator[int]:
        """`edit_all` piece by piece: gives how many edits are read; the last piece makes them.

        Given up half way, nothing has changed. An edit made meanwhile stands beneath this step.
        """
        before = self._answers
        applied = yield from edit_steps(self.pack, before, edits, label)
        if self._answers is not before:
            applied = apply_edits(self.pack, self._answers, tuple(edits), label)
        self._push(applied, "")

    def take_over(self, answers: Answers, label: str, source: str = "import") -> bool:
        """Put whole answers in place of the current ones as one action, with one undo step."""
        changes = difference(self._answers, answers, label)
        if not changes:
            return False
        command = EditCommand(changes, self._answers, answers, "", self, source)
        self.undo_stack.push(command)
        return True

    def restore(self, changes: ChangeSet, source: str = "restore") -> bool:
        """Take ready changes as one new change with one undo step; False when nothing differs."""
        if not changes:
            return False
        after = apply_changes(self._answers, changes)
        command = EditCommand(changes, self._answers, after, "", self, source)
        self.undo_stack.push(command)
        return True

    def remember(self, former: Former) -> None:
        """Put the steps of former sessions beneath those of this one; nothing changes by it."""
        stack = self.undo_stack
        now = [stack.command(number) for number in range(stack.count())]
        kept, index = [each.again() for each in now if isinstance(each, EditCommand)], stack.index()
        done, undone = (
            [EditCommand(each.changes, each.before, each.after, "", self) for each in steps]
            for steps in (former.done, former.undone)
        )
        self._remembering = True
        with QSignalBlocker(stack):
            stack.clear()
            for command in (*done, *(kept or undone)):
                stack.push(command)
            stack.setIndex(min(len(done), stack.undoLimit() - len(kept)) + index)
        self._remembering = False
        stack.indexChanged.emit(stack.index())

    def check_now(self) -> None:
        """Run the checks without waiting; those that ran since the last change stand."""
        if not self._slice_timer.isActive() and not self._check_timer.isActive():
            self._tell_findings()
            return
        if not self._slice_timer.isActive():  # else go on from where the slices are
            self._steps, self._found = check_steps(self._view), []
        self._check_timer.stop()
        self._check_for(_FOREVER_NS)

    def check_what_is_due(self) -> bool:
        """Do the checks that are due; False when that takes long: `findings_changed` tells."""
        if self._check_timer.isActive():
            self._check_timer.stop()
            self._begin_check(_AT_ONCE_NS)
        elif self._slice_timer.isActive():
            self._check_for(_AT_ONCE_NS)
        return not self._slice_timer.isActive()

    def remind(self) -> None:
        """Bring the reminders among the findings up to date, without checking anew."""
        if not self._slice_timer.isActive():
            self._tell_findings()

    def _begin_check(self, first_slice_ns: int = _SLICE_NS) -> None:
        self._steps, self._found = check_steps(self._view), []
        self._slice_timer.start()
        self._check_for(first_slice_ns)

    def _check_for(self, nanoseconds: int) -> None:
        """Go on with the checks for a moment; a large plan takes many, with the window alive."""
        until = time.monotonic_ns() + nanoseconds
        for step in self._steps:
            if step is not None:
                self._found.append(step)
            if time.monotonic_ns() > until:
                return
        self._slice_timer.stop()
        if self._large_rows:  # the plan as opened, its columns and what the checks remember
            things, self._large_rows = _THINGS_OF_A_ROW * self._large_rows, 0
            keep_plan_out_of_search(things)
            self.destroyed.connect(partial(let_go_of_plan, things))
        self._tell_findings()

    def _tell_findings(self) -> None:
        self._findings = in_plan_order(self._view, (*self.reminders(), *self._found))
        self.findings_changed.emit(self._findings)

    def _push(self, applied: Applied, merge_key: str) -> bool:
        if not applied.changes:
            return False
        before = self._answers
        command = EditCommand(applied.changes, before, applied.answers, merge_key, self)
        stack = self.undo_stack
        top = stack.command(stack.index() - 1) if stack.index() == stack.count() else None
        if isinstance(top, EditCommand) and top.joins(command):
            top.take(command)  # not pushed: every letter would be held for ever
            self._joining = True
            command.redo()
            self._joining = False
            if top.isObsolete():
                stack.undo()
            else:
                stack.indexChanged.emit(stack.index())
        else:
            stack.push(command)
        return True

    def put(self, answers: Answers, change: ChangeSet, source: str) -> None:
        """Take over other answers, as a step does; told when the stack stands behind the step.

        Whoever hears of it may edit: a command pushed inside another is put in the wrong place.
        """
        if self._remembering:
            return
        self._answers = answers
        self._view = evaluate(self.pack, answers, self._view)
        go_to = change.places[0] if source != "typed" and change.places else None
        self._slice_timer.stop()
        self._check_timer.start()
        self.numbers.plan_changed()
        self._untold.append(Change(change, source, go_to, self._joining))

    def _tell(self) -> None:
        while self._untold:
            change = self._untold.pop(0)
            self.changed.emit(change)
            self.followed.emit(change)


Put = Callable[[Answers, ChangeSet, str], None]


def _many_rows(answers: Answers) -> int:
    """How many rows a large plan has; 0 for any other."""
    rows = sum(len(order) for _, order in answers.orders())
    return rows if rows > _MANY_ROWS else 0
