"""A change of a long text as what went and what came in one place, so that undo keeps no copies."""

from __future__ import annotations

from dataclasses import dataclass

from forms.address import Address
from forms.answers import Answers
from forms.changes import ChangeSet, ValueChange

_MOST_CHANGES = 2_000  # of a step through many rows what is kept is little beside the rest
LONG = 10_000  # characters from which on a text is not kept whole


@dataclass(frozen=True, slots=True)
class Splice:
    """From `start` on, `removed` went and `added` came."""

    address: Address
    start: int
    removed: str
    added: str

    def change(self, answers: Answers, *, is_done: bool) -> ValueChange:
        """The change in full, from the answers after it (`is_done`) or before it."""
        now = answers.get(self.address)
        text = now if isinstance(now, str) else ""
        here, there = (self.added, self.removed) if is_done else (self.removed, self.added)
        other = text[: self.start] + there + text[self.start + len(here) :]
        before, after = (other, text) if is_done else (text, other)
        return ValueChange(self.address, before, after)


@dataclass(frozen=True, slots=True)
class Spliced:
    """The changes of one action, its texts as splices."""

    label: str
    parts: tuple[ValueChange | Splice, ...]

    def told(self, answers: Answers, *, is_done: bool) -> ChangeSet:
        """The changes in full, from the answers after them (`is_done`) or before them."""
        return ChangeSet(
            self.label,
            tuple(
                part.change(answers, is_done=is_done) if isinstance(part, Splice) else part
                for part in self.parts
            ),
        )


def is_long(changes: ChangeSet) -> bool:
    """Whether only values changed, few of them, a long text among them."""
    if len(changes.changes) > _MOST_CHANGES:
        return False
    found = False
    for change in changes.changes:
        if not isinstance(change, ValueChange):
            return False
        before, after = change.before, change.after
        if isinstance(before, str) and isinstance(after, str):
            found = found or len(before) + len(after) >= LONG
    return found


def spliced(changes: ChangeSet) -> Spliced:
    """Changes of values with each text that stays one as a splice."""
    values = (change for change in changes.changes if isinstance(change, ValueChange))
    return Spliced(changes.label, tuple(map(_splice, values)))


def _splice(change: ValueChange) -> ValueChange | Splice:
    before, after = change.before, change.after
    if not isinstance(before, str) or not isinstance(after, str):
        return change
    start = _common_start(before, after)
    most = min(len(before), len(after)) - start
    end = _common_start(before[: -most - 1 : -1], after[: -most - 1 : -1]) if most else 0
    gone, came = before[start : len(before) - end], after[start : len(after) - end]
    return Splice(change.address, start, gone, came)


def _common_start(one: str, other: str) -> int:
    """How many letters are the same; by halves, for comparing slices is quick."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
