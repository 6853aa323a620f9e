"""What a writer feels: keys, pages, the start and the memory of the window, in CPU and wall time.

Other work on the machine slows wall time much and CPU time little; lines say which they are.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from forms.address import Address
    from ui.main_window import MainWindow
    from ui.pages.section_page import SectionPage
    from ui.workbench import Workbench

ROOT = Path(__file__).resolve().parents[1]
LARGE, PAPER = 2_000, 36  # projects; the latter make a plan of some 150 pages
PRESSES = 200
STARTS = 7
_LONGEST_OPENING_S = 60
KEYS = "123456789"
MEGABYTES = "MB:"
Rows = list[tuple[str, list[float]]]
_WRITE = """
import sys
from dataclasses import replace
from pathlib import Path
from commands.making import sample_plan
from storage import save_plan
from storage.meta import new_plan_id
plan = sample_plan(int(sys.argv[1]))
save_plan(Path(sys.argv[2]), replace(plan, meta=replace(plan.meta, plan_id=new_plan_id())))
"""


def plan_path(projects: int, folder: Path) -> Path:
    """A plan file with so many projects, made by another process: its memory is not ours.

    Each is a plan of its own; of the sample's id the window would open the draft it has already.
    """
    path = folder / f"{projects}.yuance"
    command = [sys.executable, "-c", _WRITE, str(projects), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return path


class Taken:
    """Seconds by what they were taken for, wall and CPU."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = {}
        self.work: dict[str, list[float]] = {}

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Measure once, in this thread."""
        wall, work = time.perf_counter(), time.thread_time()
        yield
        self.wall.setdefault(what, []).append(time.perf_counter() - wall)
        self.work.setdefault(what, []).append(time.thread_time() - work)

    def tell(self, rows: Rows, *, p99: bool) -> None:
        """Add a line of CPU time and one of wall time for each, and their p99."""
        for what in self.wall:
            for name, taken in ((f"{what}, CPU", self.work), (what, self.wall)):
                rows.append((name, taken[what]))
                if p99:
                    at = int(len(taken[what]) * 0.99) - 1
                    rows.append((f"{name}: p99", [sorted(taken[what])[at]]))


def open_window(path: Path) -> tuple[QApplication, MainWindow, Workbench]:
    """The real window with a plan of a file open, the first checks done."""
    from ui import application

    running = application.prepare(application.SettingsFile(application.settings_path()).now)
    application.Collecting(running)  # as in the program: garbage is looked for between events
    window = application.MainWindow(application.wire(None))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    running.processEvents()
    draft, _ = window.parts.desk.take_file(path)
    window.open_draft(draft)
    end = time.monotonic() + _LONGEST_OPENING_S
    while window.bench is None and time.monotonic() < end:
        rest(50)
    assert window.bench is not None
    settled(window.bench)
    return running, window, window.bench


def settled(bench: Workbench) -> None:
    """Wait until the copy of what the plan was is kept, and the first checks are done."""
    end = time.monotonic() + _LONGEST_OPENING_S
    rest(1500)
    while not bench.plan.is_put_away and time.monotonic() < end:
        rest(50)
    bench.session.check_now()


def rest(milliseconds: int) -> None:
    """Leave the window alone for so long."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def longest_prose(bench: Workbench) -> Address:
    """The text of the plan that has most words in it."""
    from forms.kinds import Narrative
    from forms.places import slot_at

    session = bench.session
    prose = [
        (len(str(value)), address)
        for address, value in session.answers.values()
        if not address.row and isinstance(slot_at(session.pack, address).kind, Narrative)
    ]
    return max(prose, key=lambda each: each[0])[1]


def first_of(bench: Workbench, *kinds: type) -> Address:
    """The first field of some kind that is typed into."""
    from forms.address import Address
    from forms.schema import Field

    for section in bench.navigator.outline.sections():
        for item in section.items:
            if isinstance(item, Field) and isinstance(item.kind, kinds) and not item.computed:
                return Address(section.key, item.key)
    raise LookupError(kinds)


def keys(folder: Path, rows: Rows) -> None:
    """From the key press to the painted window, in every editor of a large plan."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from forms.kinds import Integer, Money, Quantity, Text
    from forms.schema import Table
    from ui.grid.rows_panel import RowsPanel

    running, window, bench = open_window(plan_path(LARGE, folder))
    home = bench.session.pack.roles.projects
    table = bench.session.pack.index.items[home.section, home.item]
    assert isinstance(table, Table)
    row = bench.session.answers.order(home)[3]
    cell = home.at(row, table.naming)
    taken = Taken()

    def press(what: str, widget: Callable[[], QWidget | None], undo: Qt.Key) -> None:
        for number in range(PRESSES):
            focus = widget()
            assert focus is not None, what
            with taken.of(f"{LARGE:,} projects: a key in {what}, painted"):
                if number % 8 == 7:
                    QTest.keyClick(focus, undo)
                else:
                    QTest.keyClick(focus, KEYS[number % len(KEYS)])
                running.processEvents()
            if number % 40 == 39:
                rest(1200)  # checks and saving come in between, as they do

    places = (
        ("a text field", first_of(bench, Text)),
        ("a number field", first_of(bench, Money, Quantity, Integer)),
        ("prose", longest_prose(bench)),
    )
    for what, address in places:
        bench.go_to(address)
        rest(500)
        press(what, QApplication.focusWidget, Qt.Key.Key_Backspace)
    bench.go_to(cell)
    rest(800)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    rest(100)
    press("a cell of the project sheet", QApplication.focusWidget, Qt.Key.Key_Backspace)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    page = bench.page()
    assert page is not None
    search = page.findChild(RowsPanel).search
    search.setFocus()
    press("the search of the sheet", lambda: search, Qt.Key.Key_Backspace)
    taken.tell(rows, p99=True)
    window.parts.jobs.close()


def pages(projects: int) -> Callable[[Path, Rows], None]:
    """Each section's page of a plan, the first time and again."""

    def measure(folder: Path, rows: Rows) -> None:
        running, window, bench = open_window(plan_path(projects, folder))
        first, again = Taken(), Taken()
        sections = bench.navigator.outline.sections()
        for before, section in zip((sections[-1], *sections), sections, strict=False):
            for taken in (first, again):
                bench.open_section(before.key)
                rest(30)
                with taken.of(section.key):
                    bench.open_section(section.key)
                    running.processEvents()
                rest(30)
        for name, taken in (("first time", first), ("again", again)):
            for how, seconds in ((", CPU", taken.work), ("", taken.wall)):
                found = {key: each[0] for key, each in seconds.items()}
                rows.append((f"{projects:,} projects: a page, {name}{how}", list(found.values())))
                slow = sorted(found.items(), key=lambda each: -each[1])[:6]
                told = ", ".join(f"{key} {each * 1000:.0f} ms" for key, each in slow)
                print(f"{projects} projects, {name}{how}: {told}", file=sys.stderr)
        window.parts.jobs.close()

    return measure


def memory(folder: Path, rows: Rows) -> None:
    """Megabytes in use with a plan of some 150 pages and its preview, written in for a while."""
    from forms.edits import SetValue
    from forms.schema import Table

    _, window, bench = open_window(plan_path(PAPER, folder))
    session = bench.session
    home = session.pack.roles.projects
    table = session.pack.index.items[home.section, home.item]
    assert isinstance(table, Table)
    cell = home.at(session.answers.order(home)[3], table.naming)

    def made() -> None:
        end = time.monotonic() + 120
        while not bench.proofs.is_current and time.monotonic() < end:
            rest(50)
        rest(500)

    rows.append((f"{MEGABYTES} a plan of some 150 pages", [resident()]))
    window.actions_by_id["show_preview"].trigger()
    made()
    rows.append((f"{MEGABYTES} and its preview", [resident()]))
    for number in range(4):
        bench.go_to(cell)
        session.edit(SetValue(cell, f"项目 {number}"))
        made()
    rows.append((f"{MEGABYTES} and written in", [resident()]))
    for section in bench.navigator.outline.sections():
        bench.open_section(section.key)
        cast("SectionPage", bench.page()).make_whole()
        rest(60)
    made()
    rows.append((f"{MEGABYTES} and every section opened", [resident()]))
    window.parts.jobs.close()


def resident() -> float:
    """Megabytes this process has in use now; not a number where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return int(told["VmRSS"].split()[0]) / 1024


_OURS = """
import json, os, sys, time
sys.path.insert(0, {root!r})
from main import main
from ui import application
from commands.making import sample_plan
running = application.prepare(application.SettingsFile(application.settings_path()).now)
shown = application.MainWindow(application.wire(sample_plan))
application.show_first(shown)
running.processEvents()
print(json.dumps([time.process_time(), time.time() - {began}, sorted(sys.modules)]))
sys.stdout.flush()
os._exit(0)
"""
_BARE = """
import json, os, sys, time
sys.path.insert(0, {root!r})
for name in json.load(open({modules!r})):
    try:
        __import__(name)
    except Exception:
        pass
from PySide6.QtWidgets import QApplication, QMainWindow
running = QApplication([])
shown = QMainWindow()
shown.resize(1280, 720)
shown.show()
running.processEvents()
print(json.dumps([time.process_time(), time.time() - {began}, []]))
sys.stdout.flush()
os._exit(0)
"""


def start(folder: Path, rows: Rows) -> None:
    """The window of the program against an empty one that imports the same modules, in turns."""
    modules = folder / "modules.json"
    settings = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(script: str) -> list[Any]:
        text = script.format(root=str(ROOT), modules=str(modules), began=time.time())
        command = [sys.executable, "-c", text]
        done = subprocess.run(command, env=settings, check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    skipped = ("__main__", "main", "sitecustomize", "usercustomize")
    modules.write_text(json.dumps([each for each in run(_OURS)[2] if each not in skipped]))
    run(_BARE)
    taken: dict[str, list[list[float]]] = {_OURS: [], _BARE: []}
    for _ in range(STARTS):
        for script in (_OURS, _BARE):
            taken[script].append(run(script)[:2])
    for at, how in ((0, ", CPU"), (1, "")):
        ours, bare = ([each[at] for each in taken[script]] for script in (_OURS, _BARE))
        rows.append((f"start to the usable window{how}", ours))
        rows.append((f"an empty window with the same modules{how}", bare))
        ratio = statistics.median(ours) / statistics.median(bare)
        rows.append((f"ratio: start to an empty window{how}", [ratio]))
        rows.append((f"ratio: start to an empty window{how}, of minima", [min(ours) / min(bare)]))


MEASUREMENTS: dict[str, Callable[[Path, Rows], None]] = {
    "keys": keys,
    "pages": pages(PAPER),
    "pages_large": pages(LARGE),
    "memory": memory,
    "start": start,
}


def main() -> None:
    """Run some measurements alone, for a look: `fluency.py keys pages`."""
    for name in sys.argv[1:] or MEASUREMENTS:
        rows: Rows = []
        with tempfile.TemporaryDirectory(prefix="yuance-bench-") as folder:
            MEASUREMENTS[name](Path(folder), rows)
        for what, values in rows:
            unit = 1 if what.startswith(("ratio", MEGABYTES)) else 1000
            middle, worst = statistics.median(values) * unit, max(values) * unit
            print(f"{what}: {middle:.2f}, at most {worst:.2f}", flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
