"""What the window does with plans as a whole: new, open, save as a file, export, remove."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from forms.answers import Answers
from forms.schema import Pack
from storage.errors import StorageError
from storage.library import AlreadyHere
from storage.plan_file import FILE_SUFFIX
from ui.continuing import Continuing
from ui.dialogs.new_plan import NewPlanDialog
from ui.jobs import Progress
from ui.merging.flow import Merging
from ui.print_desk import open_desk
from ui.printing.flow import Printing
from ui.returning import Returning
from ui.sending import Sending
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow
__all__ = ["FILE_SUFFIX", "Filing"]


class Filing:
    """Plans as a whole, in one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.merging = Merging(window)
        self.continuing = Continuing(window)
        self.printing = Printing(window)
        self._sending = Sending(window, self.merging)
        self._returning = Returning(window, self.merging)

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
        window = self._window
        window.notice.say(tr("正在打开“{0}”…").format(path.name))
        window.windows.files.add(window, lambda: _take(window, path, self._opened))

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
        self._sending.ask()

    def write_file(self, path: Path) -> None:
        """Write the plan file in the background."""
        self._sending.write(path)

    def export(self) -> None:
        """Show the export dialog."""
        open_desk(self._window)

    def print_report(self) -> None:
        """Show the export dialog with nothing but the check report chosen."""
        open_desk(self._window, report_only=True)

    def remove(self, folder: Path) -> None:
        """Move a plan to the trash, with the way back at hand."""
        window = self._window
        title = window.parts.desk.library.info(folder).title
        try:
            trashed = window.parts.desk.remove(folder)
        except StorageError as error:
            window.tell(error)
            window.windows.list_anew()
            return
        window.show_start()
        window.windows.list_anew()
        words = tr("“{0}”已移到回收站。").format(title)
        window.notice.say(words, offer=(tr("放回"), lambda: self._put_back(trashed)))

    def _put_back(self, trashed: Path) -> None:
        try:
            self._window.parts.desk.put_back(trashed)
        except StorageError as error:
            self._window.tell(error)
        self._window.show_start()

    def _create(self, pack: Pack, answers: Answers) -> None:
        try:
            folder = self._window.parts.desk.create(pack, answers)
        except StorageError as error:
            self._window.tell(error)
            return
        self._open(folder)

    def open_draft(self, folder: Path) -> None:
        """Open a draft here, or come to the window that has it."""
        self._window.windows.open(folder, self._window)

    def open_beside(self, folder: Path) -> None:
        """Open a draft in a window of its own, even where this one has no plan."""
        windows = self._window.windows
        near = windows.another(self._window, folder.name) if not windows.showing(folder) else None
        windows.open(folder, near or self._window)

    def compare(self, already: AlreadyHere | None, name: str) -> None:
        """Say how a plan file that was opened stands to the draft here."""
        self._returning.compare(already, name)

    def _open(self, folder: Path) -> None:
        self._window.notice.hide()
        self._window.windows.open(folder, self._window)

    def _opened(self, folder: Path, already: AlreadyHere | None, name: str) -> None:
        self._window.notice.hide()
        self._window.windows.open(
            folder, self._window, lambda window: window.filing.compare(already, name)
        )


def _take(
    window: MainWindow, path: Path, opened: Callable[[Path, AlreadyHere | None, str], object]
) -> None:
    """Verify a plan file in the background; the draft it has here then."""
    desk, files = window.parts.desk, window.windows.files

    def work(_: Progress) -> tuple[Path, AlreadyHere | None]:
        return desk.take_file(path)

    def done(found: tuple[Path, AlreadyHere | None]) -> None:
        files.taken()
        opened(*found, path.name)

    def failed(error: Exception) -> None:
        files.taken()
        window.tell(error)

    window.parts.jobs.start(work, done, failed)
