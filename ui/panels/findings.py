"""问题: every finding, by severity and section, each with its remedy and the way there."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    Signal,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.checks import Finding
from forms.schema import Severity
from ui.bars import link_button
from ui.fields.small import plain_label
from ui.flow_row import FlowRow
from ui.panels.answer_form import Reviewer
from ui.panels.answering import Answering
from ui.panels.findings_model import FindingsModel, Only, Shelf, only_name
from ui.panels.findings_view import FindingsView
from ui.session import PlanSession
from ui.text import tr
from ui.turns import OwnTurn

_LATER_MS = 20  # after the page, which is looked at


class FindingsPanel(QWidget):
    """The findings with their filter and count, and what is done about them."""

    jump_requested = Signal(Address)
    went = Signal(object)  # Finding whose place was just gone to
    report_wanted = Signal()

    def __init__(
        self, session: PlanSession, reviewer: Reviewer, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._next = 0  # the line F4 goes on from
        self._turn = OwnTurn(self.refresh, lambda: len(session.findings), self, _LATER_MS)
        self.answering = Answering(session, reviewer, self)
        self.model = FindingsModel(session, self.answering.actions_of, self)
        self.view = self._build_view()
        self._empty = plain_label(role="soft", wraps=True)
        self._empty.setContentsMargins(16, 12, 16, 0)
        self.report = link_button(tr("打印校核报告…"))
        self.report.clicked.connect(self.report_wanted)
        self._filters = QButtonGroup(self)
        self._buttons: dict[Only, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_filter())
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addWidget(self.answering.form)
        column.addLayout(self._build_foot())
        self.answering.form.keyboard_left.connect(self.view.setFocus)
        self.answering.changed.connect(self.refresh)
        self.answering.mend_wanted.connect(self.mend)
        self.model.modelReset.connect(self._keep_next)
        session.findings_changed.connect(self._turn.take)
        self.refresh()

    def show_only(self, only: Only) -> None:
        """Keep one severity, the answered ones, or everything open."""
        self._turn.settle()
        self._buttons[only].setChecked(True)
        self.model.show_only(only)
        self._tell()

    def next_finding(self) -> Finding | None:
        """Go to the finding after the last one gone to; None when there is none."""
        self._turn.settle()
        if self.model.only is Shelf.ANSWERED:
            self.show_only(None)
        rows = self.model.lines.items
        if not rows:
            return None
        return self._go_to(next((row for row in rows if row >= self._next), rows[0]))

    def mend(self, finding: Finding) -> None:
        """Make the repair a finding offers, if any; keys go on from its place in the list."""
        self._next = self.model.lines.row_of(finding) + 1
        self._session.mend_wanted.emit(finding)

    def refresh(self) -> None:
        """Take over the findings of now and keep the place in the list."""
        self.model.refresh()
        self._tell()

    def _keep_next(self) -> None:
        if self._next:
            row, is_same = self.model.succession.follow(self._next - 1)
            self._next = row + 1 if is_same else max(row, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another size of text needs other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.view.scheduleDelayedItemsLayout()

    def _build_view(self) -> FindingsView:
        view = FindingsView(self.model, self)
        view.chosen.connect(self._go)
        view.mend_wanted.connect(self.mend)
        return view

    def _build_filter(self) -> FlowRow:
        row = FlowRow(4)
        row.setContentsMargins(10, 8, 10, 6)
        for only in (None, *Severity):
            row.addWidget(self._add_filter(only))
        self._buttons[None].setChecked(True)
        return row

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(10, 2, 10, 6)
        row.addWidget(self.report)
        row.addStretch(1)
        row.addWidget(self._add_filter(Shelf.ANSWERED))
        return row

    def _add_filter(self, only: Only) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "segment")
        button.setCheckable(True)
        self._filters.addButton(button)
        self._buttons[only] = button
        button.clicked.connect(lambda _=False: self.show_only(only))
        return button

    def _tell(self) -> None:
        reviewed = self._session.reviewed
        answered = len(reviewed.dismissed)
        counts: dict[Only, int] = {None: len(reviewed.open), Shelf.ANSWERED: answered}
        for only, button in self._buttons.items():
            count = reviewed.count(only) if isinstance(only, Severity) else counts[only]
            name = only_name(only)
            button.setText(f"{name} {count}")
            button.setAccessibleName(tr("只看{0}，{1} 项").format(name, count))
        has_records = bool(answered or reviewed.spent)
        self._buttons[Shelf.ANSWERED].setVisible(has_records)
        if not has_records and self.model.only is Shelf.ANSWERED:
            self.show_only(None)
            return
        self._empty.setText(tr("没有未处理的问题。") if answered else tr("没有问题。可以导出了。"))
        self._empty.setVisible(not self.model.lines)

    def _go(self, finding: Finding) -> None:
        self._go_to(self.model.lines.row_of(finding))

    def _go_to(self, row: int) -> Finding | None:
        index = self.model.index(row)
        line = self.model.item_at(index)
        if line is None:
            return None
        self._next = row + 1
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.jump_requested.emit(line.finding.places[0])
        self.went.emit(line.finding)
        return line.finding
