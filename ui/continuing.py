"""Another plan from the open one: the next year's, or one by its pattern."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forms.continuing import Continuation, Continued, continue_plan
from forms.view import PlanView
from ui.dialogs.continuing import ContinueDialog, LeftBehindDialog
from ui.jobs import Progress
from ui.text import tr

if TYPE_CHECKING:
    from ui.drafting import OpenPlan
    from ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class _Made:
    folder: Path
    continued: Continued


class Continuing:
    """The two ways from one plan to another, in one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def next_year(self) -> None:
        """Ask what the next year's plan takes along, and make it."""
        self._ask(as_pattern=False)

    def pattern(self) -> None:
        """Ask for another park and make its plan by the pattern of this one."""
        self._ask(as_pattern=True)

    def _ask(self, *, as_pattern: bool) -> None:
        bench, jobs = self._window.bench, self._window.parts.jobs
        if bench is None:
            return
        bench.commit()
        plan, view = bench.plan, bench.session.view
        dialog = ContinueDialog(view, jobs, self._window, as_pattern=as_pattern)
        words = tr("以“{0}”为模板新建") if as_pattern else tr("由“{0}”复制为下一年度方案")
        label = words.format(plan.summary.title)

        def make(asked: Continuation) -> None:
            self._make(plan, view, asked, label)

        dialog.wanted.connect(make)
        dialog.open()

    def _make(self, plan: OpenPlan, view: PlanView, asked: Continuation, label: str) -> None:
        window, desk = self._window, self._window.parts.desk
        window.notice.say(tr("正在建立新方案…"))

        def work(_: Progress) -> _Made:
            continued = continue_plan(view, asked)
            folder = desk.continue_from(plan.folder, view.pack, continued.answers, label)
            return _Made(folder, continued)

        def done(made: _Made) -> None:
            window.windows.open(made.folder, window, lambda there: self._tell(there, view, made))

        window.parts.jobs.start(work, done, window.tell)

    def _tell(self, there: MainWindow, before: PlanView, made: _Made) -> None:
        left = len(made.continued.dropped)
        words = tr("新方案已建立，原方案没有改动。正文照原样带来，其中的数字和年份请逐节核对。")
        if left:
            words += tr("另有 {0} 项没有带来。").format(left)

        def show() -> None:
            LeftBehindDialog(before, made.continued, there).show()

        there.notice.say(words, stays=True, offer=(tr("查看清单"), show) if left else None)
