"""The actions that guide through a plan: progress, the way to what is missing, notes, the tour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from ui.aside import note_here
from ui.pages.progress_page import ProgressPage
from ui.panels.side import Tab
from ui.tour import Tour
from ui.walk import Ends

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workbench import Workbench


class Guiding:
    """What the window asks to be guided by."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._page: ProgressPage | None = None
        self._page_of: Workbench | None = None
        self._back = ""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What each of these actions does, by its id."""
        return {
            "next_gap": self.walk_on,
            "show_progress": self.show_progress,
            "assign": self.assign,
            "note": lambda: self._with(note_here),
            "show_notes": self._show_notes,
            "tour": self.tour,
        }

    def walk_on(self) -> None:
        """Lead to the next thing that is missing, and say what it is."""
        bench = self._window.bench
        if bench is not None:
            bench.walk.ends = Ends(self._window.filing.export, self._show_findings)
            bench.walk.go_on()

    def show_progress(self) -> None:
        """Show how far the plan is."""
        bench = self._window.bench
        if bench is None:
            return
        if self._page is None or self._page_of is not bench:
            self._page, self._page_of = self._new_page(bench), bench
        if bench.section is not None:
            self._back = bench.section.key
        bench.show_aside(self._page)
        self._page.tree.setFocus()

    def assign(self) -> None:
        """Name who works on the section that is open."""
        bench = self._window.bench
        if bench is None:
            return
        key = bench.section.key if bench.section is not None else ""
        self.show_progress()
        if self._page is not None:
            self._page.stand_at(key)
            self._page.tree.name_person()

    def tour(self) -> None:
        """Lead through the parts of the window."""
        bench = self._window.bench
        if bench is not None:
            Tour(self._window).begin()

    def _new_page(self, bench: Workbench) -> ProgressPage:
        page = ProgressPage(bench.session)
        page.jump_requested.connect(bench.go_to)
        page.section_wanted.connect(partial(self._open, bench))
        page.gap_wanted.connect(self.walk_on)
        page.left.connect(lambda: self._open(bench, self._back))
        return page

    def _open(self, bench: Workbench, key: str) -> None:
        bench.open_section(key)
        bench.focus_page()

    def _show_findings(self) -> None:
        bench = self._window.bench
        if bench is not None:
            bench.show_tab(Tab.FINDINGS)
            bench.panel.findings.show_only(None)
            bench.panel.take_focus()

    def _show_notes(self) -> None:
        bench = self._window.bench
        if bench is not None:
            bench.show_tab(Tab.NOTES)
            bench.panel.take_focus()

    def _with(self, do: Callable[[Workbench], object]) -> None:
        if self._window.bench is not None:
            do(self._window.bench)
