"""The lines of the findings list: headings, findings, and those somebody answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from itertools import groupby
from typing import overload

from PySide6.QtCore import (
    Qt,
)
from PySide6.QtWidgets import (
    QWidget,
)

from forms.checks import Finding
from forms.dismissals import Dismissal, Reviewed
from forms.schema import Severity
from ui.headed_lines import HeadedLines, Index
from ui.panels.answering import ActionsOf, finding_of, said
from ui.panels.row_actions import RowAction
from ui.session import PlanSession
from ui.severities import severity_name
from ui.text import tr


class Shelf(Enum):
    """A filter besides the severities: findings somebody answered, and records left over."""

    ANSWERED = "answered"


Only = Severity | Shelf | None


def only_name(only: Only) -> str:
    """A filter in words."""
    match only:
        case None:
            return tr("全部")
        case Shelf.ANSWERED:
            return tr("已说明")
        case Severity():
            return severity_name(only)


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


class Lines(Sequence[Group | Row]):
    """Headings and lines; that of a finding is made when it is looked at: few are in sight.

    `given` is what lines rest on besides their findings.
    """

    def __init__(
        self, parts: list[Group | Finding | Row], row: Callable[[Finding], Row], given: object
    ) -> None:
        self.parts = parts
        self._row = row
        self._given = given

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
        return other._given == self._given and other.parts == self.parts

    def __hash__(self) -> int:
        """As they are compared."""
        return hash(tuple(self.parts))


class FindingsModel(HeadedLines[Group, Row]):
    """Findings with headings between them."""

    def __init__(
        self, session: PlanSession, actions_of: ActionsOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(Row, parent)
        self._session = session
        self._actions_of = actions_of
        self._only: Only = None
        self._clauses: dict[str, str] = {}
        self._parts: list[Group | Finding | Row] = []
        self.refresh()

    @property
    def only(self) -> Only:
        """What is kept: one severity, the answered ones, or everything open."""
        return self._only

    def show_only(self, only: Only) -> None:
        """Keep one severity, the answered ones, or everything open."""
        self._only = only
        self.refresh()

    def refresh(self) -> None:
        """Take over the findings of now; True changes only."""
        reviewed = self._session.reviewed
        is_open = self._only is not Shelf.ANSWERED
        parts = self._open(reviewed) if is_open else self._answered(reviewed)
        lines = Lines(parts, partial(self._row, reviewed), (self._only, reviewed.lapsed))
        if lines == self.lines:
            return
        self.beginResetModel()
        self.lines, self._parts = lines, parts
        self.endResetModel()

    @property
    def rows(self) -> list[int]:
        """The lines that can be gone to."""
        return [n for n, part in enumerate(self._parts) if not isinstance(part, Group)]

    def row_of(self, finding: Finding) -> int:
        """The line of a finding, or of the one at the same place; -1 when it is gone."""
        wanted = (finding.rule, finding.places[0])
        for number, part in enumerate(self._parts):
            each = part.finding if isinstance(part, Row) else part
            if isinstance(each, Finding) and (each.rule, each.places[0]) == wanted:
                return number
        return -1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of a line."""
        line = self.line_at(index)
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title if isinstance(line, Group) else line.finding.sentence
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.title if isinstance(line, Group) else line.words()
            case _:
                return None

    def _open(self, reviewed: Reviewed) -> list[Group | Finding | Row]:
        parts: list[Group | Finding | Row] = []
        found: dict[Severity, list[Finding]] = {severity: [] for severity in Severity}
        for finding in reviewed.open:
            found[finding.severity].append(finding)
        for severity, graver in found.items():
            if self._only not in (None, severity):
                continue
            for key, group in groupby(graver, key=lambda f: f.places[0].section):
                section = self._session.pack.index.sections.get(key)
                title = section.title if section else tr("全文")
                parts.append(Group(f"{severity_name(severity)} · {title}"))
                parts += group
        return parts

    def _row(self, reviewed: Reviewed, finding: Finding) -> Row:
        before = reviewed.answered_before(finding) if reviewed.lapsed else None
        words = tr("数据已变化，须重新核对；此前的{0}").format(said(before)) if before else ""
        return Row(finding, self._clause(finding.clause), words, None, self._actions_of)

    def _answered(self, reviewed: Reviewed) -> list[Group | Finding | Row]:
        def row(finding: Finding, record: Dismissal) -> Row:
            return Row(finding, "", said(record), record, self._actions_of)

        lines: list[Group | Finding | Row] = []
        if reviewed.dismissed:
            lines.append(Group(tr("已说明，不再计入问题")))
            lines += [row(each.finding, each.record) for each in reviewed.dismissed]
        if reviewed.spent:
            lines.append(Group(tr("问题已不存在，说明不再需要")))
            lines += [row(finding_of(record), record) for record in reviewed.spent]
        return lines

    def _clause(self, key: str) -> str:
        if key not in self._clauses:
            clause = self._session.pack.index.clauses.get(key)
            words = tr("〔{0}　{1}〕").format(clause.number, clause.title) if clause else ""
            self._clauses[key] = words
        return self._clauses[key]
