"""The side panel: 指引, 问题, 预览, 历史 and 备注 as tabs."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from forms.schema import Severity
from ui.drafting import OpenPlan
from ui.history.panel import HistoryPanel
from ui.panels.answer_form import Reviewer
from ui.panels.findings import FindingsPanel
from ui.panels.guide import GuidePanel
from ui.panels.notes import NotesPanel
from ui.preview.panel import PreviewPanel
from ui.preview.proofs import Proofs
from ui.text import tr

_LEAST_WIDTH = 240
_SIDE = 8


class Tab(Enum):
    """The tabs in order."""

    GUIDE = 0
    FINDINGS = 1
    PREVIEW = 2
    HISTORY = 3
    NOTES = 4


class SidePanel(QFrame):
    """The panels, one of them shown."""

    tab_shown = Signal(object)  # Tab

    def __init__(
        self, plan: OpenPlan, reviewer: Reviewer, proofs: Proofs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        session = self._session = plan.session
        self.guide = GuidePanel(session, self)
        self.findings = FindingsPanel(session, reviewer, self)
        self.preview = PreviewPanel(proofs, self)
        self.history = HistoryPanel(plan, self)
        self.notes = NotesPanel(plan, self)
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._buttons: dict[Tab, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_tabs())
        rule = QFrame()
        rule.setProperty("role", "rule")
        column.addWidget(rule)
        column.addWidget(self._stack, 1)
        for panel in (self.guide, self.findings, self.preview, self.history, self.notes):
            self._stack.addWidget(panel)
        session.findings_changed.connect(self._count)
        self.notes.changed.connect(self._count)
        self._count()

    @property
    def tab(self) -> Tab:
        """Which tab is shown."""
        return Tab(self._stack.currentIndex())

    def minimumSizeHint(self) -> QSize:
        """Qt: the names of the tabs are always whole; what stands below adapts itself."""
        tabs = sum(each.sizeHint().width() for each in self._buttons.values())
        return QSize(max(_LEAST_WIDTH, tabs + 2 * _SIDE), super().minimumSizeHint().height())

    def show_tab(self, tab: Tab) -> None:
        """Show one of the tabs."""
        self._buttons[tab].setChecked(True)
        self._stack.setCurrentIndex(tab.value)
        self.tab_shown.emit(tab)

    def take_focus(self) -> None:
        """Give the keyboard to the panel shown."""
        match self.tab:
            case Tab.GUIDE:
                self.guide.setFocus()
            case Tab.FINDINGS:
                self.findings.view.setFocus()
            case Tab.PREVIEW:
                self.preview.take_focus()
            case Tab.HISTORY:
                self.history.view.setFocus()
            case Tab.NOTES:
                (self.notes.view if self.notes.model.shown else self.notes.search).setFocus()
            case _:
                assert_never(self.tab)

    def _build_tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_SIDE, 2, _SIDE, 0)
        row.setSpacing(0)
        for tab in Tab:
            button = QToolButton()
            button.setProperty("role", "tab")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, each=tab: self.show_tab(each))
            self._group.addButton(button)
            self._buttons[tab] = button
            row.addWidget(button)
        row.addStretch(1)
        names = {Tab.GUIDE: tr("指引"), Tab.PREVIEW: tr("预览"), Tab.HISTORY: tr("历史")}
        for tab, words in names.items():
            self._buttons[tab].setText(words)
            self._buttons[tab].setAccessibleName(words)
        self._buttons[Tab.GUIDE].setChecked(True)
        return row

    def _count(self) -> None:
        reviewed = self._session.reviewed
        must, total = reviewed.count(Severity.MUST), len(reviewed.open)
        button = self._buttons[Tab.FINDINGS]
        button.setText(tr("问题 {0}").format(total) if total else tr("问题"))
        button.setAccessibleName(tr("问题，共 {0} 项，必须改 {1} 项").format(total, must))
        noted = self.notes.model.count
        self._buttons[Tab.NOTES].setText(tr("备注 {0}").format(noted) if noted else tr("备注"))
        self._buttons[Tab.NOTES].setAccessibleName(tr("备注，共 {0} 条").format(noted))
