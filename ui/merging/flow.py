"""From a plan file with changes of its own to one plan: read, merge, show, keep what is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QFileDialog

from forms.answers import Answers
from forms.comparing import differences
from forms.merging import Merged, Pick, merge
from forms.merging.wording import Wording
from forms.view import evaluate
from storage.draft import Draft
from storage.exchange import StillOpen, add_pictures, ancestor, keep_open, note_merged, still_open
from storage.origin import read_origin
from storage.plan_file import FILE_SUFFIX, PlanFile, open_plan
from storage.rows import root_of
from ui.drafting import OpenPlan
from ui.jobs import Progress
from ui.merging.dialog import MergeDialog, ToMerge, told
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_SECONDS = 60
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Under:
    """A merge under way: with which file, or None for the rest of a former one."""

    plan: OpenPlan
    mine: Answers
    file: PlanFile | None
    shown: ToMerge


def whose(plan: PlanFile, name: str) -> str:
    """Whose version a plan file is and of when, in words."""
    at = f"{plan.meta.changed.astimezone():%Y-%m-%d %H:%M}"
    by = tr("{0} 保存，").format(plan.by) if plan.by else ""
    return tr("“{0}”（{1}{2} 修改）").format(name, by, at)


class Merging:
    """Merges of the plan that is open in one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def choose_file(self) -> None:
        """Ask for another version of the open plan and merge it."""
        if self._window.plan is None:
            return
        kinds = f"{tr('园策方案')} (*{FILE_SUFFIX})"
        folder = self._window.parts.settings.now.folder
        found, _ = QFileDialog.getOpenFileName(self._window, tr("与文件合并"), folder, kinds)
        if found:
            self.merge_path(Path(found))

    def merge_path(self, path: Path) -> None:
        """Verify a plan file and merge it into the open plan."""
        jobs = self._window.parts.jobs
        jobs.start(lambda _: open_plan(path), lambda f: self.begin(f, path.name), self._window.tell)

    def begin(self, file: PlanFile, name: str) -> None:
        """Merge a verified file into the open plan; what is left of a former merge comes first."""
        plan, say = self._window.plan, self._window.notice.say
        if plan is None:
            return
        if plan.folder.name != file.meta.plan_id:
            say(tr("“{0}”是另一个方案，只能合并同一方案的两个版本。").format(name), trouble=True)
            return
        mine = self.handed_over(plan)
        say(tr("正在比较两个版本…"))

        def work(_: Progress) -> _Under | None:
            if ask_draft(plan, still_open) is not None:
                return None
            base = ask_draft(plan, lambda draft: ancestor(draft, file))
            return _under(plan, mine, file, whose(file, name), base, file.answers)

        def done(under: _Under | None) -> None:
            if under is None:
                words = tr("上次合并还有冲突没有选定，请先选完，再合并“{0}”。").format(name)
                say(words, trouble=True, offer=(tr("继续选定…"), self.go_on))
            else:
                self._show(under)

        self._window.parts.jobs.start(work, done, self._window.tell)

    def go_on(self) -> None:
        """Show what a former merge left open."""
        plan = self._window.plan
        if plan is None:
            return
        mine = self.handed_over(plan)

        def work(_: Progress) -> _Under | None:
            left = ask_draft(plan, still_open)
            if left is None:
                return None
            under = _under(plan, mine, None, left.file, left.base, left.theirs)
            if not under.shown.merged.conflicts:  # settled by hand since
                ask_draft(plan, lambda draft: keep_open(draft, None))
                return None
            return under

        def done(under: _Under | None) -> None:
            if under is None:
                self._window.notice.say(tr("没有等待选定的冲突。"))
            else:
                self._show(under)

        self._window.parts.jobs.start(work, done, self._window.tell)

    def remind(self) -> None:
        """Say that a former merge left something open, when it did."""
        plan = self._window.plan
        if plan is None:
            return

        left = read_origin(plan.folder).open
        if left is not None:
            words = tr("与{0}合并时还有冲突没有选定；对方的内容都保存着。").format(left.file)
            self._window.notice.say(words, trouble=True, offer=(tr("继续选定…"), self.go_on))

    def _show(self, under: _Under) -> None:
        self._window.notice.hide()
        if self._window.plan is not under.plan:
            return
        dialog = MergeDialog(under.shown, lambda picks: self._finish(under, picks), self._window)
        dialog.open()

    def _finish(self, under: _Under, picks: dict[int, Pick]) -> None:
        """Keep everything first, then make the one change."""
        merged = under.shown.merged
        answers, left = merged.chosen(picks), _left(merged, picks, under.shown.file)
        self.handed_over(under.plan)

        def work(_: Progress) -> None:
            ask_draft(under.plan, lambda draft: _prepare(draft, under.file, left))

        def done(_: None) -> None:
            self._apply(under, answers, left)

        self._window.parts.jobs.start(work, done, self._window.tell)

    def _apply(self, under: _Under, answers: Answers, left: StillOpen | None) -> None:
        plan, window = under.plan, self._window
        if window.plan is not plan:
            return
        now = self.handed_over(plan)
        if now is not under.mine:  # typed meanwhile: that stays
            answers = merge(plan.session.pack, under.mine, now, answers).answers
        words = tr("合并{0}") if under.file else tr("选定合并{0}时的冲突")
        plan.session.take_over(answers, words.format(under.shown.file), "merge")
        plan.autosave.flush()
        file, root = under.file, str(root_of(plan.session.answers))
        if file is not None:
            plan.writer.run(lambda draft: note_merged(draft, file, root))
        if left is None:
            window.notice.say(tr("已合并，可以撤销；结果请另存为文件再发给对方。"))
            return
        words = tr("已合并，可以撤销。没有选定的冲突先留我的，对方的照样保存。")
        window.notice.say(words, trouble=True, offer=(tr("继续选定…"), self.go_on))

    def handed_over(self, plan: OpenPlan) -> Answers:
        """Hand over what is being typed; the answers as they then are."""
        bench = self._window.bench
        if bench is not None:
            bench.commit()
        plan.autosave.flush()
        return plan.session.answers


def _under(
    plan: OpenPlan,
    mine: Answers,
    file: PlanFile | None,
    name: str,
    base: Answers | None,
    theirs: Answers,
) -> _Under:
    pack = plan.session.pack
    merged = merge(pack, base, mine, theirs)
    wording = Wording(pack, merged)
    taken = differences(wording.mine, evaluate(pack, merged.answers), merged.taken())
    return _Under(plan, mine, file, told(name, merged, wording, taken))


def _left(merged: Merged, picks: dict[int, Pick], file: str) -> StillOpen | None:
    """What keeps the conflicts nobody chose; None when none is left."""
    base, theirs = merged.left_open(picks)
    return StillOpen(base, theirs, file) if root_of(base) != root_of(theirs) else None


def _prepare(draft: Draft, file: PlanFile | None, left: StillOpen | None) -> None:
    """Before anything changes: a snapshot, the pictures of the other side, what stays open."""
    draft.snapshot("merge", at=datetime.now(UTC))
    if file is not None:
        add_pictures(draft, file)
    keep_open(draft, left)


def ask_draft(plan: OpenPlan, work: Callable[[Draft], _T]) -> _T:
    """Do something to the draft in its writer's thread, and wait for it in that of a job."""
    return plan.writer.run(work).result(_SECONDS)
