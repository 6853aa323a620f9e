"""Puts other colours or another size of text on every window, in turns between which they live."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ui import theme
from ui.settings import Look, SettingsFile
from ui.turns import Turns

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workbench import Workbench


class Dressing(QObject):
    """What the windows wear; the settings remember it."""

    def __init__(
        self, windows: Sequence[MainWindow], settings: SettingsFile, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._windows = windows
        self._settings = settings
        self._turns = Turns(0, self)

    def put_on(self, look: Look | None = None, percent: int = 0) -> None:
        """Dress every window now."""
        self._turns.give_up()
        for _ in self._steps(look, percent):
            pass

    def change(self, look: Look | None = None, percent: int = 0) -> None:
        """Dress every window in turns: going through all that stands in them takes long.

        Nothing is painted in between, since they wear nothing for a moment.
        """
        self._turns.begin(self._steps(look, percent))

    def resize_text(self, by: int) -> None:
        """Make the text so many steps larger, or smaller."""
        self.change(percent=theme.next_size(self._settings.now.text_percent, by))

    def _steps(self, look: Look | None, percent: int) -> Generator[None]:
        settings = self._settings
        if look is not None:
            settings.change(look=look.value)
        if percent:
            settings.change(text_percent=percent)
        for bench in self._benches():
            bench.pages.let_go_unseen()
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        yield
        with _unpainted(application.topLevelWidgets()):
            with _laid_out_once([bench.page() for bench in self._benches()]):
                yield from theme.putting_on(
                    application, settings.now.chosen_look(), settings.now.text_percent
                )
                yield
                for bench in self._benches():
                    bench.widths.follow_text()
                yield
            yield
            for window in self._windows:
                window.tint()

    def _benches(self) -> list[Workbench]:
        return [window.bench for window in self._windows if window.bench is not None]


@contextmanager
def _laid_out_once(pages: list[QWidget | None]) -> Generator[None]:
    """Keep pages from being laid out while part of what stands on them wears something else."""
    kept = [page for page in pages if isinstance(page, QScrollArea) and page.widgetResizable()]
    for page in kept:
        page.setWidgetResizable(False)
    try:
        yield
    finally:
        for page in kept:
            if isValid(page):
                page.setWidgetResizable(True)


@contextmanager
def _unpainted(windows: list[QWidget]) -> Generator[None]:
    """Keep windows as they are on the screen, however long what stands in them changes."""
    kept = [window for window in windows if window.isVisible() and window.updatesEnabled()]
    for window in kept:
        window.setUpdatesEnabled(False)
    try:
        yield
    finally:
        for window in kept:
            if isValid(window):
                window.setUpdatesEnabled(True)
                window.repaint()  # Qt asks for no other while it waits for one it left out
