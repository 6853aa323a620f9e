"""Writing the open plan as a file that travels; another version there is asked about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from storage.errors import OtherVersion
from storage.exchange import put_aside
from storage.plan_file import FILE_SUFFIX, PlanFile, standing_plan
from ui.dialogs.export import open_path
from ui.exporting import export_name
from ui.jobs import Progress
from ui.merging.flow import Merging
from ui.merging.other_version import OtherVersionDialog, Ways
from ui.sticks import tell_when_safe
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Sending:
    """Plan files made of the plan in one window."""

    def __init__(self, window: MainWindow, merging: Merging) -> None:
        self._window = window
        self._merging = merging

    def ask(self) -> None:
        """Write the plan as a file that can travel."""
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        self._merging.handed_over(plan)
        name = export_name(plan.summary.title, datetime.now().astimezone()) + FILE_SUFFIX
        folder = window.parts.settings.now.folder or str(Path.home())
        kinds = f"{tr('园策方案')} (*{FILE_SUFFIX})"
        found, _ = QFileDialog.getSaveFileName(
            window, tr("另存为文件"), str(Path(folder) / name), kinds
        )
        if found:
            path = Path(found)
            self.write(path if path.suffix == FILE_SUFFIX else Path(f"{found}{FILE_SUFFIX}"))

    def write(self, path: Path, *, over: PlanFile | None = None) -> None:
        """Write the plan file in the background; `over` is what the user wants replaced there.

        Another version that stands there is asked about, however late it came.
        """
        plan, window = self._window.plan, self._window
        if plan is None:
            return
        answers = plan.session.answers

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
        self._window.parts.settings.change(folder=str(written.parent))
        words = tr("已另存为“{0}”。") if written == asked else tr("原文件被占用，已另存为“{0}”。")
        words = words.format(written.name)
        words += tr("这是此刻的一份副本；方案仍在本机，之后的修改不会写进这个文件。")
        if aside is not None:
            words += tr("原来的文件改名为“{0}”。").format(aside.name)
        offer = (tr("打开所在文件夹"), lambda: open_path(written.parent))
        self._window.notice.say(words, offer=offer)
        tell_when_safe(self._window, written)

    def _ask_about(self, error: OtherVersion) -> None:
        """Another version stands where the file was to go: say whose, and what can be done."""
        window, path = self._window, error.place

        def done(there: PlanFile | None) -> None:
            if there is None:  # gone again
                self.write(path)
                return
            ways = Ways(
                merge=lambda: self._merging.begin(there, path.name),
                rename=self.ask,
                replace=lambda: self.write(path, over=there),
            )
            same = error.is_same_plan
            OtherVersionDialog(path, there, ways, is_same_plan=same, parent=window).open()

        window.parts.jobs.start(lambda _: standing_plan(path), done, window.tell)
