"""The window: holds the start page or one open plan, and keeps bars, title and actions in step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from forms.schema import Severity
from ui import icons
from ui.actions import Actions
from ui.autosave import Kept, SavedState, Unsaved
from ui.bars import Notice, StatusLine, TopBar, saved_words
from ui.closing import Closing
from ui.dialogs.texts import FaultDialog
from ui.drafting import OpenPlan
from ui.dropping import Dropping
from ui.errors import explain, report
from ui.filing import Filing
from ui.flows import Flows
from ui.jobs import Cancelled
from ui.logs import note_fault
from ui.opening import Opening
from ui.page_count import PageCount
from ui.pages.start_page import StartPage
from ui.panels.side import Tab
from ui.parts import Parts
from ui.plain import plain_title
from ui.reading_order import InReadingOrder
from ui.text import tr
from ui.versions import Versions
from ui.windows import Windows
from ui.workbench import Workbench

__all__ = ["MainWindow", "Parts"]

_SIZE = (1280, 720)
_LEAST = (900, 560)


class MainWindow(QMainWindow):
    """One window of the program."""

    def __init__(self, parts: Parts, windows: Windows | None = None) -> None:
        super().__init__()
        self.parts = parts
        self.windows = windows or Windows(parts, MainWindow)
        self.bench: Workbench | None = None
        self._closing: Closing | None = None
        self._tell_saved = False
        self._told_failure = ""
        self.setWindowIcon(icons.program_icon())
        self.setMinimumSize(*_LEAST)
        self.top, self.notice, self.status = TopBar(), Notice(), StatusLine()
        self.start = StartPage()
        self.stack, self._away = QStackedWidget(), QWidget()  # the latter while a plan is closing
        self.filing, self.opening, self.versions = Filing(self), Opening(self), Versions(self)
        self.flows = Flows(self)
        self.actions_by_id = Actions(self, self.flows.handlers())
        self._build()
        self.tint()
        self.show_start()
        self.windows.took(self)
        Dropping(self)

    @property
    def plan(self) -> OpenPlan | None:
        """The open plan, if any."""
        return self.bench.plan if self.bench else None

    def tell(self, error: Exception) -> None:
        """Say what went wrong, with the report at hand when the program is at fault."""
        if isinstance(error, Cancelled):
            return
        words = explain(error)
        note_fault(error, only_if=words.is_fault)
        offer = (tr("查看报告"), lambda: self.show_fault(error)) if words.is_fault else None
        self.notice.say(words.whole, trouble=True, offer=offer)

    def show_fault(self, error: BaseException) -> None:
        """Show the report of a fault."""
        FaultDialog(explain(error).whole, report(error, self.parts.version), self).show()

    def show_start(self) -> None:
        """Show the list of plans."""
        self.opening.leave_view()
        self.list_plans()
        self.stack.setCurrentWidget(self.start)
        self.start.take_focus()
        self._refresh()

    def list_plans(self) -> None:
        """Bring the list of plans up to date."""
        other = tr("另一个窗口")
        plans = [
            replace(info, locked_by=other) if self.windows.showing(info.folder) else info
            for info in self.parts.desk.recents()
        ]
        self.start.show_plans(plans, can_sample=self.parts.sample is not None)

    def open_draft(self, folder: Path, then: Callable[[], object] | None = None) -> None:
        """Open a draft of this machine in place of the open plan."""
        if self.plan is not None and self.plan.folder == folder:
            return
        self.leave_plan(lambda: self.opening.open(folder, then))

    def leave_plan(self, then: Callable[[], object]) -> None:
        """Close the open plan, everything saved, and go on with `then`."""
        if self.bench is None:
            then()
            return
        if self._closing is not None:
            return
        self.bench.commit(leaving=True)
        closing = self._closing = Closing(self.bench.plan, self.bench.proofs, self)
        for moment, shown in ((closing.begun, self._away), (closing.asked, self.bench)):
            moment.connect(partial(self.stack.setCurrentWidget, shown))
            moment.connect(self._refresh)
        closing.closed.connect(lambda: self._on_closed(then))
        closing.stayed.connect(self._on_stayed)
        closing.file_wanted.connect(self._on_stayed)
        closing.file_wanted.connect(self.filing.save_file)
        closing.noticed.connect(lambda: self.notice.say(tr("正在保存，完成后关闭…"), stays=True))
        closing.begin()

    def show_bench(self, bench: Workbench) -> None:
        """Show an open plan and follow it."""
        self.bench, plan = bench, bench.plan
        self.stack.addWidget(bench)
        self.stack.setCurrentWidget(bench)
        bench.panel.findings.report_wanted.connect(self.filing.print_report)
        plan.autosave.state_changed.connect(self._on_saved_state)
        PageCount(bench, self.status)
        plan.snapshot_ended.connect(self.versions.snapshot_ended)
        bench.place_changed.connect(plan.autosave.flush)
        plan.session.undo_stack.indexChanged.connect(self._refresh)
        plan.session.findings_changed.connect(self._refresh)
        self._on_saved_state(plan.autosave.state)
        self._refresh()

    def say_when_saved(self) -> None:
        """Tell the user explicitly, once everything is on the disk."""
        self._tell_saved = True
        if self.plan is not None:
            self._on_saved_state(self.plan.autosave.state)

    def tint(self) -> None:
        """Draw every icon in the colours of now."""
        now = self.parts.settings.now
        for key in (f"look_{now.look}", f"text_{now.text_percent}"):
            if self.actions_by_id.has(key):
                self.actions_by_id[key].setChecked(True)
        self.actions_by_id.tint()
        self.top.tint()
        self.start.tint()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: leaving the window hands over what was typed."""
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.bench is not None and self._closing is None:
            self.bench.commit()
            self.bench.plan.autosave.flush()
        elif event.type() == QEvent.Type.ActivationChange and self.bench is None:
            self.windows.list_anew()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: first the plan is saved and the worker done, then the window goes."""
        if self.bench is not None:
            event.ignore()
            self.leave_plan(self.close)
            return
        if self.opening.holds_back(self.close):
            event.ignore()
            return
        if self.parts.jobs.is_busy:
            event.ignore()
            self.notice.say(tr("正在停止后台工作…"))
            self.parts.jobs.idle.connect(self.close)
            if not self.versions.copying:
                self.parts.jobs.cancel_all()
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.parts.jobs.close()
        self.parts.settings.end(geometry=geometry)
        self.windows.left(self)
        super().closeEvent(event)

    def _build(self) -> None:
        self.actions_by_id.fill(self.top.menus)
        central = InReadingOrder()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stack.addWidget(self.start)
        self.stack.addWidget(self._away)
        for widget, stretch in (
            (self.top, 0),
            (self.notice, 0),
            (self.stack, 1),
            (self.status, 0),
        ):
            column.addWidget(widget, stretch)
        self.setCentralWidget(central)
        ways = ("previous_section", "next_section", "next_gap")
        for button, key in zip(self.status.ways, ways, strict=True):
            button.setDefaultAction(self.actions_by_id[key])
            button.setAccessibleName(self.actions_by_id[key].text())
        self.top.check.clicked.connect(self.flows.check)
        self.top.export.clicked.connect(self.filing.export)
        self.top.panel.clicked.connect(self.flows.toggle_panel)
        self.status.findings_wanted.connect(self._on_findings_wanted)
        self.status.retry_wanted.connect(self.flows.retry)
        self.status.file_wanted.connect(self.filing.save_file)
        self.start.new_wanted.connect(self.filing.new)
        self.start.file_wanted.connect(self.filing.open_file)
        self.start.sample_wanted.connect(self.filing.open_sample)
        self.start.recents.open_wanted.connect(self.filing.open_draft)
        self.start.recents.window_wanted.connect(self.filing.open_beside)
        self.start.recents.remove_wanted.connect(self.filing.remove)
        self.resize(*_SIZE)
        geometry = self.parts.settings.now.geometry
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def _refresh(self) -> None:
        """Bring title, counts and actions in step with the plan."""
        plan = self.plan
        stack = plan.session.undo_stack if plan else None
        title = plan.title if plan else ""
        self.setWindowTitle(plain_title(f"{title} — {tr('园策')}" if title else tr("园策")))
        self.top.show_plan(title)
        self.status.setVisible(plan is not None)
        undo, redo = bool(stack and stack.canUndo()), bool(stack and stack.canRedo())
        usable = plan is not None and self._closing is None
        self.actions_by_id.enable(plan=usable, undo=undo and usable, redo=redo and usable)
        self.actions_by_id.name_undo(
            stack.undoText() if stack else "", stack.redoText() if stack else ""
        )
        if self.bench is not None and plan is not None:
            self.status.show_counts(self.bench.gaps(), plan.session.reviewed.open)
            self.actions_by_id["panel"].setChecked(self.bench.panel.isVisibleTo(self.bench))

    def _on_saved_state(self, state: SavedState) -> None:
        before, failure = self._told_failure, ""
        if isinstance(state, Unsaved):
            failure = explain(state.reason).whole
        self._told_failure = failure
        self.top.show_saved(state)
        self.status.show_saved(state)
        if failure and failure != before and self._closing is None:
            offer = (tr("另存为文件…"), self.filing.save_file)
            self.notice.say(failure, trouble=True, offer=offer)
            if isinstance(state, Unsaved) and explain(state.reason).is_fault:
                self.show_fault(state.reason)
        elif before and not failure:
            self.notice.hide()
        if self._tell_saved and isinstance(state, Kept):
            self._tell_saved = False
            self.notice.say(tr("{0}。内容随写随存，不必手动保存。").format(saved_words(state)))

    def _on_findings_wanted(self, severity: Severity) -> None:
        if self.bench is not None:
            self.bench.show_tab(Tab.FINDINGS)
            self.bench.panel.findings.show_only(severity)

    def _on_closed(self, then: Callable[[], object]) -> None:
        self._end_closing()
        bench, self.bench = self.bench, None
        if bench is not None:
            self.windows.remember_place(bench.plan.folder, self)
            self.versions.copy_latest(bench.plan.folder)
            self.stack.removeWidget(bench)
            bench.end()
        self._refresh()
        then()

    def _on_stayed(self) -> None:
        self._end_closing()
        if self.bench is not None:
            self.bench.focus_page()
            self._refresh()

    def _end_closing(self) -> None:
        self.notice.hide()
        if self._closing is not None:
            self._closing.deleteLater()
            self._closing = None
