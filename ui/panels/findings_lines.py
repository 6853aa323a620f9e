"""What a line of the findings list is: a heading, or a finding with what can be said about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import overload

from forms.checks import Finding
from forms.dismissals import Dismissal
from ui.panels.answering import ActionsOf
from ui.panels.row_actions import RowAction
from ui.severities import severity_name
from ui.text import tr


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over findings."""

    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as it is shown."""

    finding: Finding
    clause: str
    answer: str = ""  # why it was left as it is, now or before its numbers changed
    record: Dismissal | None = None
    actions_of: ActionsOf = field(default=lambda _finding, _record: (), compare=False)

    @property
    def actions(self) -> tuple[RowAction, ...]:
        """What can be done about it: asked for the lines in sight only."""
        return self.actions_of(self.finding, self.record)

    @property
    def second(self) -> str:
        """Remedy and clause, or the reason it was left as it is."""
        parts = [self.finding.remedy if self.record is None else "", self.answer, self.clause]
        return " ".join(part for part in parts if part)

    def words(self) -> str:
        """The finding as a screen reader says it."""
        gravity = severity_name(self.finding.severity) if self.record is None else tr("已说明")
        words = f"{gravity}：{self.finding.sentence}{self.second}"
        offered = self.finding.mend if self.record is None else None
        return words + (tr("可按 Ctrl+Enter：{0}。").format(offered.label) if offered else "")


Part = Group | Finding | Row


class Lines(Sequence[Group | Row]):
    """Headings and lines; that of a finding is made when it is looked at: few are in sight.

    `given` is what lines rest on besides their findings.
    """

    def __init__(self, parts: list[Part], row: Callable[[Finding], Row], given: object) -> None:
        self.parts = parts
        self.given = given
        self._row = row

    @property
    def items(self) -> list[int]:
        """The lines that can be gone to."""
        return [n for n, part in enumerate(self.parts) if not isinstance(part, Group)]

    def row_of(self, finding: Finding) -> int:
        """The line of a finding; -1 when it is not among them."""
        for number, part in enumerate(self.parts):
            if finding == (part.finding if isinstance(part, Row) else part):
                return number
        return -1

    @overload
    def __getitem__(self, index: int) -> Group | Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Group | Row]: ...

    def __getitem__(self, index: int | slice) -> Group | Row | Sequence[Group | Row]:
        """The line at a place."""
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        part = self.parts[index]
        return self._row(part) if isinstance(part, Finding) else part

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.parts)

    def __eq__(self, other: object) -> bool:
        """Whether the lines say the same."""
        if not isinstance(other, Lines):
            return False
        return other.given == self.given and other.parts == self.parts

    def __hash__(self) -> int:
        """As they are compared."""
        return hash(tuple(self.parts))
