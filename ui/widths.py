"""How wide the panes beside the page are: as the user made them, words and printed pages apart.

Widths are remembered in pixels of the ordinary size of text. With large text on a small screen
the side panel folds, so that the page stays wide enough to write in; F9 brings it back.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter

from ui import theme
from ui.panels.side import Tab
from ui.scaling import least
from ui.settings import SettingsFile

NAVIGATOR, PAGE, PANEL = range(3)
_LEAST = (160, 420)  # of navigator and page
_ALL_THREE = 880  # pixels at the ordinary size of text; with less room the side panel folds


class PaneWidths(QObject):
    """The widths of one splitter of navigator, page and side panel."""

    def __init__(self, splitter: QSplitter, settings: SettingsFile) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._settings = settings
        self._key = "panel_width"
        self._scale = theme.scale()
        self._is_new, self._is_moved = True, False
        now = settings.now
        self._set_least()
        splitter.setSizes([theme.px(now.navigator_width), 814, theme.px(now.panel_width)])
        splitter.installEventFilter(self)
        splitter.splitterMoved.connect(self._on_moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the splitter has got its room."""
        del watched
        if event.type() == QEvent.Type.Resize and self._is_new:
            self._is_new = False
            self._fold()
        return False

    def remember(self) -> None:
        """Note how wide the user made navigator and panel; want of room is no wish of anybody."""
        if not self._is_moved:
            return
        self._is_moved = False
        sizes = [round(size / self._scale) for size in self._splitter.sizes()]
        self._settings.change(navigator_width=sizes[NAVIGATOR])
        if self._splitter.widget(PANEL).isVisibleTo(self._splitter):
            self._settings.change(**{self._key: sizes[PANEL]})

    def give_room(self, tab: Tab) -> None:
        """Printed pages want more room than words: each of the two has a width of its own."""
        key = "preview_width" if tab is Tab.PREVIEW else "panel_width"
        if key == self._key:
            return
        self.remember()
        self._key = key
        wide = self._wanted_panel()
        sizes = self._splitter.sizes()
        sizes[PAGE] += sizes[PANEL] - wide
        sizes[PANEL] = wide
        self._splitter.setSizes(sizes)

    def follow_text(self) -> None:
        """Go along with another size of text, once all that stands here wears it."""
        if theme.scale() == self._scale:
            return
        self.remember()  # in the size of text they were made in
        self._scale = theme.scale()
        self._set_least()
        sizes = [theme.px(self._settings.now.navigator_width), 0, self._wanted_panel()]
        sizes[PAGE] = max(0, self._splitter.width() - sum(sizes))
        self._splitter.setSizes(sizes)
        self._fold()

    def _wanted_panel(self) -> int:
        now = self._settings.now
        return theme.px(now.preview_width if self._key == "preview_width" else now.panel_width)

    def _on_moved(self) -> None:
        self._is_moved = True

    def _set_least(self) -> None:
        for at, pixels in enumerate(_LEAST):
            self._splitter.widget(at).setMinimumWidth(least(pixels))

    def _fold(self) -> None:
        """Fold the side panel where it would leave no room; unfold what was folded for that."""
        panel = self._splitter.widget(PANEL)
        wide = self._splitter.width() >= theme.px(_ALL_THREE)
        panel.setVisible(wide and self._settings.now.panel_shown)
