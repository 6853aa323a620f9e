"""A plan file of a plan that is here already: how it stands to the draft, and what can be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from forms.answers import Answers
from forms.merging import merge
from storage.exchange import add_pictures, note_merged, relation
from storage.library import AlreadyHere
from storage.lineage import Relation
from storage.plan_file import PlanFile
from storage.rows import root_of
from ui.drafting import OpenPlan
from ui.jobs import Progress
from ui.merging.flow import Merging, ask_draft, whose
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Returning:
    """Plan files that come back into one window."""

    def __init__(self, window: MainWindow, merging: Merging) -> None:
        self._window = window
        self._merging = merging

    def compare(self, already: AlreadyHere | None, name: str) -> None:
        """The plan was here before: ask the open draft how the file stands to it, and say so."""
        plan, window = self._window.plan, self._window
        if already is None or plan is None:
            return
        self._merging.handed_over(plan)
        file = already.plan

        def work(_: Progress) -> Relation:
            return ask_draft(plan, lambda draft: relation(draft, file))

        window.parts.jobs.start(work, lambda how: self._tell(how, file, name), window.tell)

    def _tell(self, how: Relation, file: PlanFile, name: str) -> None:
        """Say which version is open and offer the other one."""
        say = self._window.notice.say
        copy = (tr("以副本打开文件中的版本"), lambda: self._open_copy(file))
        update = (tr("更新为文件中的版本"), lambda: self._take_over(file))
        match how:
            case "same":
                say(tr("文件与本机草稿相同，已打开本机草稿。"))
            case "draft newer":
                say(tr("本机草稿比文件新，已打开本机草稿。"), offer=copy)
            case "file newer":
                say(tr("文件比本机草稿新；现在看到的是本机草稿。"), trouble=True, offer=update)
            case "both changed" | "unknown":
                words = tr("本机草稿与{0}各有修改；现在看到的是本机草稿。").format(
                    whose(file, name)
                )
                merge = (tr("合并…"), lambda: self._merging.begin(file, name))
                say(words, trouble=True, offer=merge)

    def _open_copy(self, plan: PlanFile) -> None:
        desk = self._window.parts.desk
        self._window.parts.jobs.start(lambda _: desk.take_copy(plan), self._open, self._window.tell)

    def _take_over(self, file: PlanFile) -> None:
        plan, window = self._window.plan, self._window
        if plan is None or plan.folder.name != file.meta.plan_id:
            return
        mine = self._merging.handed_over(plan)
        plan.snapshot("import")

        def work(_: Progress) -> None:
            ask_draft(plan, lambda draft: add_pictures(draft, file))

        def done(_: None) -> None:
            if window.plan is plan:
                self._put(plan, mine, file)

        window.parts.jobs.start(work, done, window.tell)

    def _put(self, plan: OpenPlan, mine: Answers, file: PlanFile) -> None:
        now, answers = self._merging.handed_over(plan), file.answers
        if now is not mine:  # typed meanwhile: that stays
            answers = merge(plan.session.pack, mine, now, answers).answers
        plan.session.take_over(answers, tr("更新为文件中的版本"))
        plan.autosave.flush()
        root = str(root_of(answers))
        plan.writer.run(lambda draft: note_merged(draft, file, root))
        self._window.notice.say(tr("已更新为文件中的版本，可以撤销。"))

    def _open(self, folder: Path) -> None:
        self._window.notice.hide()
        self._window.windows.open(folder, self._window)
