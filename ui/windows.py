"""The windows of the program: one application, one window a plan, the same settings for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPoint, Qt

from ui.dressing import Dressing
from ui.file_queue import FileQueue
from ui.jobs import Jobs
from ui.parts import Parts

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_STEP = QPoint(32, 32)  # from one window to the next
_MOST_PLACES = 20  # plans whose window is remembered

Make = Callable[[Parts, "Windows"], "MainWindow"]
Then = Callable[["MainWindow"], object]


class Windows(QObject):
    """Every open window; a plan that is asked for twice comes to the front instead."""

    def __init__(self, parts: Parts, make: Make) -> None:
        super().__init__()
        self.parts = parts
        self.all: list[MainWindow] = []
        self._make = make
        self.files = FileQueue(self.all, self)
        self.dressing = Dressing(self.all, parts.settings, self)

    @property
    def in_use(self) -> MainWindow | None:
        """The window the user is in, else the one opened last."""
        active = (window for window in self.all if window.isActiveWindow())
        return next(active, self.all[-1] if self.all else None)

    def first(self) -> MainWindow:
        """The window the program starts with; it is not shown yet."""
        return self._make(self.parts, self)

    def another(self, near: MainWindow | None = None, plan: str = "") -> MainWindow:
        """One more window: where its plan was seen last, else a little beside the one in use."""
        near = near or self.in_use
        # Each window has a worker of its own: its work ends with it and holds no other up.
        window = self._make(replace(self.parts, jobs=Jobs()), self)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        where = self._places().get(plan, "")
        if where:
            window.restoreGeometry(QByteArray.fromBase64(where.encode()))
        elif near is not None:
            beside, room = (
                near.normalGeometry().translated(_STEP),
                near.screen().availableGeometry(),
            )
            beside.setSize(beside.size().boundedTo(room.size()))
            beside.moveRight(min(beside.right(), room.right()))
            beside.moveBottom(min(beside.bottom(), room.bottom()))
            window.setGeometry(beside)
        window.show()
        return window

    def took(self, window: MainWindow) -> None:
        """A window is there."""
        self.all.append(window)

    def left(self, window: MainWindow) -> None:
        """A window is closed."""
        if window in self.all:
            self.all.remove(window)

    def showing(self, folder: Path) -> MainWindow | None:
        """The window that has this draft open."""
        found = (each for each in self.all if each.plan and each.plan.folder == folder)
        return next(found, None)

    def open(self, folder: Path, near: MainWindow, then: Then | None = None) -> None:
        """Show a draft: in its window, else in a window without a plan, else in a new one."""

        def opened(window: MainWindow) -> None:
            window.notice.hide() if then is None else then(window)

        window = self.showing(folder)
        if window is not None:
            come_forward(window)
            opened(window)
            return
        waiting = next((each for each in self.all if each.opening.folder == folder), None)
        near = waiting or near
        free = near.plan is None and near.opening.folder in (None, folder)
        window = near if free else self.another(near, folder.name)
        if not free:
            near.notice.hide()
        window.open_draft(folder, None if then is None else lambda: opened(window))

    def take_files(self, files: Iterable[Path], near: MainWindow | None = None) -> None:
        """Open plan files, each in its window; without any, come to the front."""
        window = near or self.in_use or self.another()
        come_forward(window)
        for file in files:
            window.filing.take_file(file)

    def dress_again(self, system: object) -> None:
        """The system has changed its colours."""
        del system
        self.dressing.change()

    def sign(self, name: str) -> None:
        """From now on the history of every open plan bears this name."""
        self.parts.settings.change(person=name)
        self.parts.desk.person = name
        for window in self.all:
            if window.plan is not None:
                window.plan.sign(name)

    def list_anew(self) -> None:
        """Bring the lists of plans that are in sight up to date."""
        for window in self.all:
            if window.stack.currentWidget() is window.start:
                window.list_plans()

    def flush(self) -> None:
        """Hand over what was typed in every window."""
        for window in self.all:
            if window.plan is not None:
                window.plan.autosave.flush()

    def quit(self) -> None:
        """Close every window, each plan saved; one that cannot be saved asks and stays."""
        for window in tuple(self.all):
            window.close()

    def go_round(self, window: MainWindow) -> None:
        """Bring the next window to the front."""
        if window in self.all:
            come_forward(self.all[(self.all.index(window) + 1) % len(self.all)])

    def remember_place(self, folder: Path, window: MainWindow) -> None:
        """Note where the window of a plan is, and how large."""
        where = bytes(window.saveGeometry().toBase64().data()).decode()
        plan = folder.name
        places = {key: value for key, value in self._places().items() if key != plan}
        lines = [f"{key} {value}" for key, value in (places | {plan: where}).items()]
        self.parts.settings.change(places="\n".join(lines[-_MOST_PLACES:]))

    def _places(self) -> dict[str, str]:
        lines = (line.split(" ") for line in self.parts.settings.now.places.splitlines())
        return {line[0]: line[1] for line in lines if len(line) == 2}


def come_forward(window: MainWindow) -> None:
    """Bring a window into sight and give it the keyboard."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
