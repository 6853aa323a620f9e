"""What the window does with plans as a whole: new, open, save as a file, export, remove."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from exporters.order import PrintOrder
from forms.answers import Answers
from forms.schema import Pack
from storage.errors import OtherVersion, StorageError
from storage.exchange import put_aside, relation
from storage.library import AlreadyHere
from storage.lineage import Relation
from storage.plan_file import FILE_SUFFIX, PlanFile, standing_plan
from ui.dialogs.export import ExportDialog, Printable, open_path
from ui.dialogs.new_plan import NewPlanDialog
from ui.exporting import Checked, Order, export_name, offers
from ui.jobs import Progress
from ui.merging.flow import Merging, ask_draft, whose
from ui.merging.other_version import OtherVersionDialog, Ways
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow
__all__ = ["FILE_SUFFIX", "Filing"]


class Filing:
    """Plans as a whole, in one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.merging = Merging(window)

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

        def done(found: tuple[Path, AlreadyHere | None]) -> None:
            self._opened(*found, path.name)

        self._window.parts.jobs.start(work, done, self._window.tell)

    def open_sample(self) -> None:
        """Make the sample plan in the background and open it."""
        sample, desk = self._window.parts.sample, self._window.parts.desk
        if sample is None:
            return
        self._window.notice.say(tr("正在准备示例方案…"))

        def work(_: Progress) -> Path:
            return desk.take_copy(sample())

        self._window.parts.jobs.start(work, self._open, self._window.tell)

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

    def write_file(self, path: Path, *, over: PlanFile | None = None) -> None:
        """Write the plan file in the background; `over` is what the user wants replaced there.

        Another version that stands there is asked about, however late it came.
        """
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        answers = plan.session.answers
        window.parts.settings.change(folder=str(path.parent))

        def work(_: Progress) -> tuple[Path, Path | None]:
            aside = put_aside(path, datetime.now(UTC)) if over else None
            return plan.save_file(path, answers, over), aside

        def done(found: tuple[Path, Path | None]) -> None:
            self._tell_written(path, *found)

        def failed(error: Exception) -> None:
            if isinstance(error, OtherVersion):
                self._ask_about(error)
            else:
                window.tell(error)

        window.parts.jobs.start(work, done, failed)

    def _tell_written(self, asked: Path, written: Path, aside: Path | None) -> None:
        words = tr("已另存为“{0}”。") if written == asked else tr("原文件被占用，已另存为“{0}”。")
        words = words.format(written.name)
        if aside is not None:
            words += tr("原来的文件改名为“{0}”。").format(aside.name)
        offer = (tr("打开所在文件夹"), lambda: open_path(written.parent))
        self._window.notice.say(words, offer=offer)

    def _ask_about(self, error: OtherVersion) -> None:
        """Another version stands where the file was to go: say whose, and what can be done."""
        window, path = self._window, error.place

        def done(there: PlanFile | None) -> None:
            if there is None:  # gone again
                self.write_file(path)
                return
            ways = Ways(
                merge=lambda: self.merging.begin(there, path.name),
                rename=self.save_file,
                replace=lambda: self.write_file(path, over=there),
            )
            same = error.is_same_plan
            OtherVersionDialog(path, there, ways, is_same_plan=same, parent=window).open()

        window.parts.jobs.start(lambda _: standing_plan(path), done, window.tell)

    def export(self) -> None:
        """Show the export dialog."""
        self._show_export(report_only=False)

    def print_report(self) -> None:
        """Show the export dialog with nothing but the check report chosen."""
        self._show_export(report_only=True)

    def _show_export(self, *, report_only: bool) -> None:
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        self._hand_over()
        session = plan.session
        session.check_now()

        def order(printed: PrintOrder) -> Order:
            shelf = plan.shelf.picture
            day = datetime.now().astimezone().date()
            checked = Checked(
                day, self._revision(plan.folder), tr("园策 {0}").format(parts.version)
            )
            order = (session.pack, session.answers, shelf, plan.folder.name, printed)
            return Order(*order, checked)

        parts = window.parts
        told = Printable(order, plan.summary.title, session.reviewed, offers(session.view))
        dialog = ExportDialog(told, parts.jobs, parts.settings, parts.exporter, window)
        dialog.fault_told.connect(window.tell)
        if report_only:
            dialog.choose_report()
        dialog.open()
        if parts.foresight is not None:
            dialog.foresee(parts.foresight)

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

    def _revision(self, folder: Path) -> str:
        info = self._window.parts.desk.library.info(folder)
        return tr("{0}（校验 {1}）").format(info.revision, info.root[:16])

    def _put_back(self, trashed: Path) -> None:
        try:
            self._window.parts.desk.put_back(trashed)
        except StorageError as error:
            self._window.tell(error)
        self._window.show_start()

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

    def _opened(self, folder: Path, already: AlreadyHere | None, name: str) -> None:
        window = self._window
        window.notice.hide()
        is_open = window.plan is not None and window.plan.folder == folder
        if is_open:
            self._compare(already, name)
        else:
            window.open_draft(folder, lambda: self._compare(already, name))

    def _compare(self, already: AlreadyHere | None, name: str) -> None:
        """The plan was here before: ask the open draft how the file stands to it."""
        plan, window = self._window.plan, self._window
        if already is None or plan is None:
            return
        self._hand_over()
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
                merge = (tr("合并…"), lambda: self.merging.begin(file, name))
                say(words, trouble=True, offer=merge)

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
        plan.autosave.flush()
        plan.note_received(file)
        self._window.notice.say(tr("已更新为文件中的版本，可以撤销。"))
