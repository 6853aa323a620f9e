"""Where the lines of the findings list went when the list was made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ui.panels.findings_lines import Group, Part, Row

Name = tuple[object, ...]


class Succession:
    """Knows the lines of a list before and after, by what they are about and not by their number.

    A finding says other words when its numbers change and is still the same one; of several of one
    rule at one place those are told apart by their words first, then by their order.
    """

    def __init__(self, before: Sequence[Part], after: Sequence[Part]) -> None:
        self._after = after
        self._head = _alike(before, after)
        self._tail = _alike(reversed(before[self._head :]), reversed(after[self._head :]))
        self._grown = len(after) - len(before)
        self._middle = list(_named(before[self._head : len(before) - self._tail]))
        self._rows: dict[Name, int] = {}
        words = {said for said, _ in self._middle}
        new = _named(after[self._head : len(after) - self._tail])
        for row, (said, about) in enumerate(new, self._head):
            self._rows[said] = row
            if said not in words:  # else it is another line's that says the same as before
                self._rows[about] = row

    def follow(self, row: int) -> tuple[int, bool]:
        """The line a line is now, True; or that which took its place, False; -1 when none did."""
        if row < self._head:
            return row, True
        end = self._head + len(self._middle)
        if row >= end:
            return row + self._grown, True
        for names in self._middle[row - self._head :]:
            for name in names:
                if name in self._rows:
                    return self._rows[name], names is self._middle[row - self._head]
        return min(end + self._grown, len(self._after) - 1), False

    def follow_item(self, row: int) -> int:
        """`follow` to a line that can be chosen; -1 when there is none."""
        found, _ = self.follow(row)
        rest = range(max(found, 0), len(self._after))
        return next((at for at in rest if not isinstance(self._after[at], Group)), -1)


def _alike(some: Iterable[Part], others: Iterable[Part]) -> int:
    """How many lines are the same from the beginning on."""
    count = 0
    for each, other in zip(some, others, strict=False):
        if each != other:
            break
        count += 1
    return count


def _named(parts: Sequence[Part]) -> Iterator[tuple[Name, Name]]:
    """Each line by its words, and by its rule and place and the how manieth of those it is."""
    seen: Counter[Name] = Counter()
    for part in parts:
        if isinstance(part, Group):
            yield (part.title,), (part.title,)
            continue
        finding = part.finding if isinstance(part, Row) else part
        name = (finding.rule, finding.places[0])
        seen[name] += 1
        yield (*name, finding.sentence), (*name, seen[name])
