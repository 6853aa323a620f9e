"""Named versions and snapshots of the open plan: keep, look up, restore, send out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from forms.answers import Answers
from storage.copies import keep_copy
from storage.plan_file import save_plan
from storage.snapshots import Snapshot, list_snapshots
from storage.versions import answers_then, version_file
from ui.autosave import Unsaved
from ui.dialogs.export import open_path
from ui.dialogs.naming import NamingDialog
from ui.dialogs.versions import Shown, VersionsDialog, label_of
from ui.errors import explain
from ui.exporting import export_name
from ui.text import tr

if TYPE_CHECKING:
    from ui.drafting import OpenPlan
    from ui.main_window import MainWindow

_SUFFIX = ".yuance"
_SNAPSHOT_SECONDS = 60


class Versions:
    """What the window does with versions."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._dialog: VersionsDialog | None = None
        self._copied: tuple[Path, str] | None = None  # what was last written to the second place
        self.copying = 0  # copies under way: closing waits for them

    def show(self) -> None:
        """List the versions and snapshots of the open plan."""
        plan = self._window.plan
        if plan is None:
            return
        dialog = self._dialog = VersionsDialog(self._shown(plan), self._window)
        dialog.restore_wanted.connect(self.restore)
        dialog.file_wanted.connect(self.save_file)
        dialog.compare_wanted.connect(self.compare)
        dialog.name_wanted.connect(self.ask_name)
        dialog.place_wanted.connect(self.choose_place)
        dialog.place_dropped.connect(lambda: self._set_place(""))
        dialog.destroyed.connect(self._forget_dialog)
        dialog.open()

    def ask_name(self) -> None:
        """Ask for the name of a version of the plan as it is now."""
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        known = tuple(each.name for each in list_snapshots(plan.folder) if each.name)
        dialog = NamingDialog(known, self._dialog or window)
        dialog.named.connect(self.keep)
        dialog.open()

    def keep(self, name: str) -> None:
        """Keep the plan as it is now under a name, for good."""
        plan, window = self._window.plan, self._window
        if plan is None or window.bench is None:
            return
        window.bench.commit()
        plan.snapshot("named", name)

    def restore(self, snapshot: Snapshot) -> None:
        """Bring the plan to a snapshot as one change, with a snapshot of the state before."""
        plan, window = self._window.plan, self._window
        if plan is None or window.bench is None:
            return
        window.bench.commit()
        before = plan.snapshot("restore")
        label = label_of(snapshot)

        def work(_: object) -> Answers:
            if before is not None:
                before.result(_SNAPSHOT_SECONDS)  # without it nothing is restored
            return answers_then(snapshot)

        def done(answers: Answers) -> None:
            if window.plan is not plan:
                return
            if plan.session.take_over(answers, tr("恢复到“{0}”").format(label), "restore"):
                words = tr("已恢复到“{0}”，可以撤销；恢复前的内容也留了快照。")
            else:
                words = tr("“{0}”与现在的内容相同，没有改动。")
            window.notice.say(words.format(label))

        window.parts.jobs.start(work, done, window.tell)

    def compare(self, snapshot: Snapshot) -> None:
        """Show what the plan held then beside the plan as it is now."""
        plan, window = self._window.plan, self._window
        if plan is None:
            return

        def done(answers: Answers) -> None:
            if window.bench is not None and window.plan is plan:
                window.bench.panel.history.compare_version(answers, label_of(snapshot))

        window.parts.jobs.start(lambda _: answers_then(snapshot), done, window.tell)

    def save_file(self, snapshot: Snapshot) -> None:
        """Ask where to, and write the version as a plan file."""
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        name = f"{export_name(plan.summary.title, snapshot.at.astimezone())}_{label_of(snapshot)}"
        name = "".join(letter for letter in name if letter not in ':/\\*?"<>|') + _SUFFIX
        folder = window.parts.settings.now.folder or str(Path.home())
        kinds = f"{tr('园策方案')} (*{_SUFFIX})"
        found, _ = QFileDialog.getSaveFileName(
            window, tr("导出此版本"), str(Path(folder) / name), kinds
        )
        if found:
            self.write_file(snapshot, Path(found).with_suffix(_SUFFIX))

    def write_file(self, snapshot: Snapshot, path: Path) -> None:
        """Write the version in the background."""
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        folder = plan.folder
        window.parts.settings.change(folder=str(path.parent))

        def done(written: Path) -> None:
            offer = (tr("打开所在文件夹"), lambda: open_path(written.parent))
            window.notice.say(tr("已导出为“{0}”。").format(written.name), offer=offer)

        window.parts.jobs.start(
            lambda _: save_plan(path, version_file(folder, snapshot)), done, window.tell
        )

    def choose_place(self) -> None:
        """Ask for the second place of copies."""
        settings = self._window.parts.settings
        start = settings.now.copies_folder or str(Path.home())
        parent = self._dialog or self._window
        found = QFileDialog.getExistingDirectory(parent, tr("副本位置"), start)
        if found:
            self._set_place(found)

    def snapshot_ended(self, ended: Snapshot | Exception) -> None:
        """Say what concerns people of a snapshot that was kept or not, and copy it elsewhere."""
        plan, window = self._window.plan, self._window
        if isinstance(ended, Exception):
            if plan is not None and isinstance(plan.autosave.state, Unsaved):
                return  # said already, with another place on offer
            words = tr("快照没有保存：{0}").format(explain(ended).whole)
            window.notice.say(words, trouble=True)
            return
        if ended.name and plan is not None:
            offer = (tr("查看版本"), self.show) if self._dialog is None else None
            window.notice.say(tr("已保存版本“{0}”，它会一直保留。").format(ended.name), offer=offer)
        if plan is not None:
            self._refresh(plan)
            self.copy_latest(plan.folder)

    def copy_latest(self, folder: Path) -> None:
        """Write the newest snapshot to the second place, when there is one and it is not there."""
        place = self._window.parts.settings.now.copies_folder
        latest = next(iter(list_snapshots(folder)), None)
        if not place or latest is None or (latest.path.parent, latest.root) == self._copied:
            return
        self._copied = latest.path.parent, latest.root
        self.copying += 1

        def work(_: object) -> Path:
            return keep_copy(version_file(folder, latest), folder, Path(place), latest.at)

        def done(_: Path) -> None:
            self.copying -= 1

        def failed(error: Exception) -> None:
            self.copying -= 1
            self._copied = None
            words = tr("副本没有写到“{0}”：{1}").format(place, explain(error).whole)
            self._window.notice.say(words, trouble=True)

        self._window.parts.jobs.start(work, done, failed)

    def _set_place(self, place: str) -> None:
        plan, window = self._window.plan, self._window
        window.parts.settings.change(copies_folder=place)
        if plan is not None:
            self._refresh(plan)
            self._copied = None
            self.copy_latest(plan.folder)

    def _shown(self, plan: OpenPlan) -> Shown:
        place = self._window.parts.settings.now.copies_folder
        return Shown(list_snapshots(plan.folder), place, datetime.now().astimezone())

    def _refresh(self, plan: OpenPlan) -> None:
        if self._dialog is not None:
            self._dialog.show_versions(self._shown(plan))

    def _forget_dialog(self) -> None:
        self._dialog = None
