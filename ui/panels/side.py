"""The side panel: 指引, 问题, 预览, 历史 and 备注 as tabs."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
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
        self._counts: dict[Tab, int] = {}
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
        tabs = sum(_least_width(self._buttons[tab], tab_name(tab)) for tab in Tab)
        return QSize(max(_LEAST_WIDTH, tabs + 2 * _SIDE), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: numbers have room, or have none any more."""
        super().resizeEvent(event)
        self._name_tabs()

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
        for tab in (Tab.GUIDE, Tab.PREVIEW, Tab.HISTORY):
            self._buttons[tab].setText(tab_name(tab))
            self._buttons[tab].setAccessibleName(tab_name(tab))
        self._buttons[Tab.GUIDE].setChecked(True)
        return row

    def _count(self) -> None:
        reviewed = self._session.reviewed
        must, total = reviewed.count(Severity.MUST), len(reviewed.open)
        noted = self.notes.model.count
        self._counts = {Tab.FINDINGS: total, Tab.NOTES: noted}
        told = tr("问题，共 {0} 项，必须改 {1} 项").format(total, must)
        self._buttons[Tab.FINDINGS].setAccessibleName(told)
        self._buttons[Tab.NOTES].setAccessibleName(tr("备注，共 {0} 条").format(noted))
        self._name_tabs()

    def _name_tabs(self) -> None:
        """Numbers stand beside the names unless a large text leaves no room for both."""
        for tab, count in self._counts.items():
            name = tab_name(tab)
            self._buttons[tab].setText(f"{name} {count}" if count else name)
        wanted = sum(each.sizeHint().width() for each in self._buttons.values()) + 2 * _SIDE
        if self.isVisible() and self.width() < wanted:
            for tab in self._counts:
                self._buttons[tab].setText(tab_name(tab))


def tab_name(tab: Tab) -> str:
    """What stands on a tab."""
    match tab:
        case Tab.GUIDE:
            return tr("指引")
        case Tab.FINDINGS:
            return tr("问题")
        case Tab.PREVIEW:
            return tr("预览")
        case Tab.HISTORY:
            return tr("历史")
        case Tab.NOTES:
            return tr("备注")
        case _:
            assert_never(tab)


def _least_width(button: QToolButton, name: str) -> int:
    metrics = button.fontMetrics()
    number = metrics.horizontalAdvance(button.text()) - metrics.horizontalAdvance(name)
    return button.sizeHint().width() - number
