"""The lines of the findings list: headings, findings, and those somebody answered."""

from __future__ import annotations

from enum import Enum
from functools import partial
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
from ui.panels.findings_lines import Group, Lines, Part, Row
from ui.panels.succession import Succession
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
        self.lines: Lines = self._now()  # pyright: ignore[reportIncompatibleVariableOverride] -- none but this class sets them
        self.succession = Succession((), ())  # from the lines before the last change

    @property
    def only(self) -> Only:
        """What is kept: one severity, the answered ones, or everything open."""
        return self._only

    def show_only(self, only: Only) -> None:
        """Keep one severity, the answered ones, or everything open."""
        self._only = only
        self.refresh()

    def refresh(self) -> None:
        """Take over the findings of now."""
        lines = self._now()
        if lines == self.lines:
            return
        succession = Succession(self.lines.parts, lines.parts)
        self.beginResetModel()
        self.succession = succession
        self.lines = lines  # pyright: ignore[reportIncompatibleVariableOverride] -- nobody else sets them
        self.endResetModel()

    def _now(self) -> Lines:
        reviewed = self._session.reviewed
        is_open = self._only is not Shelf.ANSWERED
        parts = self._open(reviewed) if is_open else self._answered(reviewed)
        return Lines(parts, partial(self._row, reviewed), (self._only, reviewed.lapsed))

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

    def _open(self, reviewed: Reviewed) -> list[Part]:
        parts: list[Part] = []
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

    def _answered(self, reviewed: Reviewed) -> list[Part]:
        def row(finding: Finding, record: Dismissal) -> Row:
            return Row(finding, "", said(record), record, self._actions_of)

        lines: list[Part] = []
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
