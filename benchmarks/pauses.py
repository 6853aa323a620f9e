"""What holds the window: the longest stretch of its thread while large things are done to a plan.

A timer ticks every few milliseconds; between two ticks the window neither paints nor takes a key.
CPU time of the window's thread is told beside wall time, which other work on the machine makes
longer.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fluency import Rows, plan_path, rest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from ui.grid.rows_panel import RowsPanel
    from ui.workbench import Workbench

LARGE, MIDDLE = 5_000, 2_000
_TICK_MS = 3
_LONGEST_S = 240
_PASTED = 2_000


class Watch:
    """The longest stretches between two ticks, wall and CPU of the window's thread."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.wall = self.work = 0.0
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    def begin(self) -> None:
        """Forget what was seen."""
        self.wall = self.work = 0.0
        self._last = (time.perf_counter(), time.thread_time())

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.wall = max(self.wall, now[0] - self._last[0])
        self.work = max(self.work, now[1] - self._last[1])
        self._last = now


def wait_until(holds: Callable[[], bool]) -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + _LONGEST_S
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        rest(10)


def pasted_text(columns: int) -> str:
    """Rows as a spreadsheet puts them on the clipboard."""
    return "\n".join(
        "\t".join([f"粘贴项目 {row}", *(str(row % 90 + at) for at in range(columns - 1))])
        for row in range(_PASTED)
    )


class Heavy:
    """One large plan in the real window, and the large things done to it."""

    def __init__(self, folder: Path, rows: Rows) -> None:
        from ui import application

        self.folder = folder
        self.rows = rows
        settings = application.SettingsFile(application.settings_path())
        self.collecting = application.Collecting(application.prepare(settings.now))
        self.window = application.MainWindow(application.wire(None))
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.watch = Watch()
        rest(300)

    def done(self, what: str, act: Callable[[], object], ended: Callable[[], bool]) -> None:
        """Do something and tell the longest stretch until it has ended."""
        self.watch.begin()
        began = time.perf_counter()
        act()
        rest(1)
        wait_until(ended)
        taken = time.perf_counter() - began
        rest(600)  # what comes after it: checks, saving, the guide
        self.rows.append((f"holds the window: {what}, CPU", [self.watch.work]))
        self.rows.append((f"holds the window: {what}", [self.watch.wall]))
        told = f"{what}: CPU {self.watch.work * 1000:.0f} ms, wall {self.watch.wall * 1000:.0f} ms"
        print(f"{told}, in all {taken:.1f} s", file=sys.stderr, flush=True)

    @property
    def bench(self) -> Workbench:
        """The open plan."""
        assert self.window.bench is not None
        return self.window.bench

    def is_quiet(self) -> bool:
        """Whether nothing is under way."""
        bench = self.window.bench
        busy = self.window.parts.jobs.is_busy or bench is None or not bench.plan.is_put_away
        return not busy

    def dialogs(self) -> list[QDialog]:
        """What stands before the window."""
        from PySide6.QtWidgets import QApplication, QDialog

        return [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QDialog) and each.isVisible()
        ]

    def close_dialogs(self) -> None:
        """Put them away."""
        for each in self.dialogs():
            each.close()
        rest(50)

    def sheet(self) -> RowsPanel:
        """The sheet of the projects."""
        from ui.grid.rows_panel import RowsPanel

        home = self.bench.session.pack.roles.projects
        self.bench.open_section(home.section)
        rest(500)
        page = self.bench.page()
        assert page is not None
        return next(
            panel for panel in page.findChildren(RowsPanel) if panel.model.home == home.table
        )


def heavy(folder: Path, rows: Rows) -> None:
    """Everything a person can do that touches much, one after the other."""
    from PySide6.QtGui import QGuiApplication

    from ui.dialogs.export import ExportDialog
    from ui.prose.plan_find import PlanFind

    at = Heavy(folder, rows)
    window = at.window
    large, middle = plan_path(LARGE, folder), plan_path(MIDDLE, folder)
    at.done(
        f"open a plan of {LARGE:,} projects",
        lambda: window.filing.take_file(large),
        lambda: window.bench is not None and at.is_quiet(),
    )
    at.done(
        f"look around ({LARGE:,} projects): the palette",
        window.actions_by_id["palette"].trigger,
        lambda: True,
    )
    at.close_dialogs()
    at.done(
        f"leave a plan of {LARGE:,} projects",
        window.actions_by_id["home"].trigger,
        lambda: window.bench is None,
    )
    at.done(
        f"open a plan of {MIDDLE:,} projects",
        lambda: window.filing.take_file(middle),
        lambda: window.bench is not None and at.is_quiet(),
    )
    sheet = at.sheet()
    QGuiApplication.clipboard().setText(pasted_text(6))
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(0, 0))

    def accept() -> None:
        for dialog in at.dialogs():
            dialog.accept()

    at.done(f"look at {_PASTED:,} rows to paste", sheet.paste, lambda: True)
    at.done(f"paste {_PASTED:,} rows", accept, at.is_quiet)
    session = at.bench.session
    at.done("undo it", session.undo_stack.undo, at.is_quiet)
    at.done("do it again", session.undo_stack.redo, at.is_quiet)
    at.done("select all rows", sheet.view.selectAll, lambda: True)
    at.done("remove all rows", sheet.remove_rows, at.is_quiet)
    at.done("undo that", session.undo_stack.undo, at.is_quiet)
    find = PlanFind(session, at.bench.go_to, window)
    find.show()
    find.words.setText("园区")
    find.by.setText("开发区")
    at.done("find in the whole plan", find.look, lambda: not find.is_looking)
    found_all = lambda: at.is_quiet() and not find.is_looking  # noqa: E731
    at.done("replace in the whole plan", find.replace_all, found_all)
    find.close()
    history = at.bench.panel.history
    window.actions_by_id["show_history"].trigger()
    rest(1500)
    at.done("compare two moments", history.compare, at.is_quiet)
    at.close_dialogs()
    at.done("check at once", window.actions_by_id["show_findings"].trigger, at.is_quiet)
    window.actions_by_id["show_preview"].trigger()
    at.done("set the pages for the preview", lambda: None, lambda: at.bench.proofs.is_current)
    see(at)
    at.done("the export dialog", window.actions_by_id["export"].trigger, lambda: True)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    for box in dialog.choices.formats.values():
        box.setChecked(True)
    dialog.folder.setText(str(folder))
    dialog.name.setText("导出")
    at.done("export Word, PDF and Excel", dialog.go.click, lambda: not window.parts.jobs.is_busy)
    at.close_dialogs()
    merge(at)
    at.done("leave the plan", window.actions_by_id["home"].trigger, lambda: window.bench is None)
    window.parts.jobs.close()


def see(at: Heavy) -> None:
    """Go through all pages, and wear other colours and sizes of text."""

    def turn_pages() -> None:
        for section in at.bench.navigator.outline.sections():
            at.bench.open_section(section.key)
            rest(300)
        at.sheet()

    at.done("go through all pages", turn_pages, at.is_quiet)
    for what, act in (
        ("dark colours", "look_dark"),
        ("light colours", "look_light"),
        ("larger text", "larger"),
        ("smaller text", "smaller"),
    ):
        at.done(what, at.window.actions_by_id[act].trigger, at.is_quiet)


def merge(at: Heavy) -> None:
    """Merge with a version of the same plan that somebody else changed."""
    from forms.edits import SetValue

    mine = at.folder / "mine.yuance"
    at.done("save as a file", lambda: at.window.filing.write_file(mine), at.is_quiet)
    wait_until(mine.exists)
    session = at.bench.session
    session.edit(SetValue(session.pack.roles.park_name, "另一个园区"))
    rest(800)
    at.done("merge with a file", lambda: at.window.filing.merging.merge_path(mine), at.is_quiet)
    at.close_dialogs()


def main() -> None:
    """A look at what holds the window."""
    rows: Rows = []
    with tempfile.TemporaryDirectory(prefix="yuance-bench-") as folder:
        heavy(Path(folder), rows)
    tell_slowest(rows)


def tell_slowest(rows: Rows) -> None:
    """Print what held the window, the longest first, and end without tidying up."""
    slow = sorted(((each[0], what) for what, each in rows if what.endswith("CPU")), reverse=True)
    for seconds, what in slow:
        print(f"{seconds * 1000:6.0f} ms  {what}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
