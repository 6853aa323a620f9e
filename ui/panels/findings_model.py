"""The lines of the findings list: headings, findings, and those somebody answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

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
        lines = list(self._lines())
        if lines == self.lines:
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def row_of(self, finding: Finding) -> int:
        """The line of a finding, or of the one at the same place; -1 when it is gone."""
        same = [n for n, line in enumerate(self.lines) if _is_same(line, finding)]
        return same[0] if same else -1

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

    def _lines(self) -> list[Group | Row]:
        reviewed = self._session.reviewed
        if self._only is Shelf.ANSWERED:
            return self._answered(reviewed)
        lines: list[Group | Row] = []
        for severity in Severity:
            if self._only not in (None, severity):
                continue
            found = [f for f in reviewed.open if f.severity is severity]
            for key, group in groupby(found, key=lambda f: f.places[0].section):
                section = self._session.pack.index.sections.get(key)
                title = section.title if section else tr("全文")
                lines.append(Group(f"{severity_name(severity)} · {title}"))
                lines += [self._row(finding, reviewed) for finding in group]
        return lines

    def _row(self, finding: Finding, reviewed: Reviewed) -> Row:
        before = reviewed.answered_before(finding) if reviewed.lapsed else None
        words = tr("数据已变化，须重新核对；此前的{0}").format(said(before)) if before else ""
        return Row(finding, self._clause(finding.clause), words, None, self._actions_of)

    def _answered(self, reviewed: Reviewed) -> list[Group | Row]:
        def row(finding: Finding, record: Dismissal) -> Row:
            return Row(finding, "", said(record), record, self._actions_of)

        lines: list[Group | Row] = []
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


def _is_same(line: Group | Row, finding: Finding) -> bool:
    if isinstance(line, Group):
        return False
    return (line.finding.rule, line.finding.places[0]) == (finding.rule, finding.places[0])
