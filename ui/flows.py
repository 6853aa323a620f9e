"""What the actions of the window do: new, open, save, export, go, show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from forms.answers import Answers
from forms.schema import Pack
from storage.errors import StorageError
from storage.library import AlreadyHere
from storage.plan_file import PlanFile
from ui.dialogs.export import ExportDialog, open_path
from ui.dialogs.new_plan import NewPlanDialog
from ui.dialogs.texts import AboutDialog, ShortcutsDialog
from ui.exporting import Order, export_name
from ui.jobs import Progress
from ui.panels.side import Tab
from ui.settings import Look
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workbench import Workbench

FILE_SUFFIX = ".yuance"
Handler = Callable[[], object]


class Flows:
    """The actions of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by its id."""
        return {
            "home": lambda: self._window.leave_plan(self._window.show_start),
            "new": self.new,
            "open_file": self.open_file,
            "sample": self.open_sample,
            "save": self.save,
            "save_file": self.save_file,
            "export": self.export,
            "quit": self._window.close,
            "shortcuts": lambda: ShortcutsDialog(self._window).show(),
            "about": self._about,
            **self._ways(),
            **self._looks(),
        }

    def new(self) -> None:
        """Ask for the beginnings of a plan and open it."""
        packs = tuple(self._window.parts.desk.packs.values())
        dialog = NewPlanDialog(packs, self._window)
        dialog.made.connect(self._create)
        dialog.open()

    def open_file(self) -> None:
        """Choose a plan file and open it."""
        kinds = f"{tr('园策方案')} (*{FILE_SUFFIX})"
        folder = self._window.parts.settings.now.folder
        found, _ = QFileDialog.getOpenFileName(self._window, tr("从文件打开"), folder, kinds)
        if found:
            self.take_file(Path(found))

    def take_file(self, path: Path) -> None:
        """Verify a plan file in the background, then open its draft."""
        desk = self._window.parts.desk
        self._window.notice.say(tr("正在打开“{0}”…").format(path.name))

        def work(_: Progress) -> tuple[Path, AlreadyHere | None]:
            return desk.take_file(path)

        self._window.parts.jobs.start(work, lambda found: self._opened(*found), self._window.tell)

    def open_sample(self) -> None:
        """Make the sample plan in the background and open it."""
        sample, desk = self._window.parts.sample, self._window.parts.desk
        if sample is None:
            return
        self._window.notice.say(tr("正在准备示例方案…"))

        def work(_: Progress) -> Path:
            return desk.take_copy(sample())

        self._window.parts.jobs.start(work, self._open, self._window.tell)

    def save(self) -> None:
        """Save now, and tell."""
        plan = self._window.plan
        if plan is not None and self._window.bench is not None:
            self._window.bench.commit()
            plan.autosave.retry()
            self._window.say_when_saved()

    def retry(self) -> None:
        """Try again what could not be saved."""
        if self._window.plan is not None:
            self._window.plan.autosave.retry()

    def save_file(self) -> None:
        """Write the plan as a file that can travel."""
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        self._hand_over()
        name = export_name(plan.summary.title, datetime.now().astimezone()) + FILE_SUFFIX
        folder = window.parts.settings.now.folder or str(Path.home())
        kinds = f"{tr('园策方案')} (*{FILE_SUFFIX})"
        found, _ = QFileDialog.getSaveFileName(
            window, tr("另存为文件"), str(Path(folder) / name), kinds
        )
        if found:
            path = Path(found)
            self.write_file(path if path.suffix == FILE_SUFFIX else Path(f"{found}{FILE_SUFFIX}"))

    def write_file(self, path: Path) -> None:
        """Write the plan file in the background."""
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        answers = plan.session.answers
        window.parts.settings.change(folder=str(path.parent))

        def work(_: Progress) -> Path:
            return plan.save_file(path, answers)

        def done(written: Path) -> None:
            words = (
                tr("已另存为“{0}”。") if written == path else tr("原文件被占用，已另存为“{0}”。")
            )
            offer = (tr("打开所在文件夹"), lambda: open_path(written.parent))
            window.notice.say(words.format(written.name), offer=offer)

        window.parts.jobs.start(work, done, window.tell)

    def export(self) -> None:
        """Show the export dialog."""
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        self._hand_over()
        session = plan.session
        session.check_now()

        def order(suffixes: tuple[str, ...]) -> Order:
            shelf = plan.shelf.picture
            return Order(session.pack, session.answers, shelf, plan.folder.name, suffixes)

        parts = window.parts
        dialog = ExportDialog(order, parts.jobs, parts.settings, parts.exporter, window)
        dialog.fault_told.connect(window.tell)
        dialog.prepare(plan.summary.title, session.findings)
        dialog.open()

    def check(self) -> None:
        """Run the checks and show what they found."""
        bench = self._window.bench
        if bench is not None:
            bench.commit()
            bench.session.check_now()
            bench.show_tab(Tab.FINDINGS)

    def toggle_panel(self) -> None:
        """Open or fold the side panel."""
        bench = self._window.bench
        if bench is not None:
            shown = not bench.panel.isVisibleTo(bench)
            bench.show_panel(shown=shown)
            self._window.actions_by_id["panel"].setChecked(shown)

    def remove(self, folder: Path) -> None:
        """Move a plan to the trash, with the way back at hand."""
        window = self._window
        title = window.parts.desk.library.info(folder).title
        try:
            trashed = window.parts.desk.remove(folder)
        except StorageError as error:
            window.tell(error)
            return
        window.show_start()
        words = tr("“{0}”已移到回收站。").format(title)
        window.notice.say(words, offer=(tr("放回"), lambda: self._put_back(trashed)))

    def _put_back(self, trashed: Path) -> None:
        try:
            self._window.parts.desk.put_back(trashed)
        except StorageError as error:
            self._window.tell(error)
        self._window.show_start()

    def _ways(self) -> dict[str, Handler]:
        return {
            "undo": lambda: self._undo(redo=False),
            "redo": lambda: self._undo(redo=True),
            "previous_section": lambda: self._with(lambda bench: bench.step(-1)),
            "next_section": lambda: self._with(lambda bench: bench.step(1)),
            "next_gap": lambda: self._seek(lambda bench: bench.next_gap(), tr("没有缺口了。")),
            "next_finding": lambda: self._seek(
                lambda bench: bench.next_finding(), tr("没有问题。")
            ),
            "to_navigator": lambda: self._with(lambda bench: bench.navigator.setFocus()),
            "to_page": lambda: self._with(lambda bench: bench.focus_page()),
            "to_panel": lambda: self._with(lambda bench: bench.focus_panel()),
            "panel": self.toggle_panel,
            "show_guide": lambda: self._with(lambda bench: bench.show_tab(Tab.GUIDE)),
            "show_findings": self.check,
        }

    def _looks(self) -> dict[str, Handler]:
        looks: dict[str, Handler] = {
            f"look_{look.value}": lambda look=look: self._window.dress(look=look) for look in Look
        }
        sizes: dict[str, Handler] = {
            f"text_{size}": lambda size=size: self._window.dress(text_size=size)
            for size in (105, 120, 140)
        }
        return looks | sizes

    def _with(self, do: Callable[[Workbench], object]) -> None:
        if self._window.bench is not None:
            do(self._window.bench)

    def _seek(self, seek: Callable[[Workbench], bool], words: str) -> None:
        bench = self._window.bench
        if bench is not None and not seek(bench):
            self._window.notice.say(words)

    def _undo(self, *, redo: bool) -> None:
        bench = self._window.bench
        if bench is not None:
            bench.commit()
            stack = bench.session.undo_stack
            (stack.redo if redo else stack.undo)()

    def _hand_over(self) -> None:
        bench = self._window.bench
        if bench is not None:
            bench.commit()
            bench.plan.autosave.flush()

    def _create(self, pack: Pack, answers: Answers) -> None:
        try:
            folder = self._window.parts.desk.create(pack, answers)
        except StorageError as error:
            self._window.tell(error)
            return
        self._open(folder)

    def _open(self, folder: Path) -> None:
        self._window.notice.hide()
        self._window.open_draft(folder)

    def _opened(self, folder: Path, already: AlreadyHere | None) -> None:
        self._window.notice.hide()
        self._window.open_draft(folder, lambda: self._tell_relation(already))

    def _tell_relation(self, already: AlreadyHere | None) -> None:
        """The plan was here before: say which version is open and offer the other one."""
        if already is None:
            return
        say, plan = self._window.notice.say, already.plan
        copy = (tr("以副本打开文件中的版本"), lambda: self._open_copy(plan))
        update = (tr("更新为文件中的版本"), lambda: self._take_over(plan))
        match already.relation:
            case "same":
                say(tr("文件与本机草稿相同，已打开本机草稿。"))
            case "draft newer":
                say(tr("本机草稿比文件新，已打开本机草稿。"), offer=copy)
            case "file newer":
                say(tr("文件比本机草稿新；现在看到的是本机草稿。"), trouble=True, offer=update)
            case "both changed" | "unknown":
                words = tr("本机草稿与文件各有修改；现在看到的是本机草稿。")
                say(words, trouble=True, offer=copy)

    def _open_copy(self, plan: PlanFile) -> None:
        desk = self._window.parts.desk
        self._window.parts.jobs.start(lambda _: desk.take_copy(plan), self._open, self._window.tell)

    def _take_over(self, file: PlanFile) -> None:
        plan = self._window.plan
        if plan is None or plan.folder.name != file.meta.plan_id:
            return
        plan.snapshot("import")
        try:
            for name, content in file.pictures.items():
                plan.shelf.add_picture(content, name[:12])
        except StorageError as error:
            self._window.tell(error)
            return
        plan.session.take_over(file.answers, tr("更新为文件中的版本"))
        plan.note_exchange(file.meta.root)
        self._window.notice.say(tr("已更新为文件中的版本，可以撤销。"))

    def _about(self) -> None:
        packs = self._window.parts.desk.packs.values()
        names = tuple(f"{pack.title}（{pack.notice}）" for pack in packs)
        AboutDialog(self._window.parts.version, names, self._window).show()
