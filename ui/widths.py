"""How wide the panes beside the page are: as the user made them, words and printed pages apart."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter

from ui.panels.side import Tab
from ui.settings import SettingsFile

NAVIGATOR, PAGE, PANEL = range(3)


class PaneWidths:
    """The widths of one splitter of navigator, page and side panel."""

    def __init__(self, splitter: QSplitter, settings: SettingsFile) -> None:
        self._splitter = splitter
        self._settings = settings
        self._key = "panel_width"
        now = settings.now
        splitter.setSizes([now.navigator_width, 814, now.panel_width])

    def remember(self) -> None:
        """Note how wide the user made navigator and panel."""
        sizes = self._splitter.sizes()
        self._settings.change(navigator_width=sizes[NAVIGATOR])
        if self._splitter.widget(PANEL).isVisible():
            self._settings.change(**{self._key: sizes[PANEL]})

    def give_room(self, tab: Tab) -> None:
        """Printed pages want more room than words: each of the two has a width of its own."""
        pages = tab is Tab.PREVIEW
        key = "preview_width" if pages else "panel_width"
        if key == self._key:
            return
        self.remember()
        self._key = key
        now = self._settings.now
        wide = now.preview_width if pages else now.panel_width
        sizes = self._splitter.sizes()
        sizes[PAGE] += sizes[PANEL] - wide
        sizes[PANEL] = wide
        self._splitter.setSizes(sizes)
