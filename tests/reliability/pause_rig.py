"""Types into the real window while everything is saved on a slow disk, and measures its pauses.

usage: pause_rig.py FOLDER SYNC_MS PICTURE_MB SECONDS   prints JSON

Every sync of SQLite and of the file layer takes so long, in the thread that asks for it. A process
of its own, over the folders of the environment, as the window is.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from commands.making import sample_plan
from forms.changes import ChangeSet, ValueChange
from storage.draft import Draft
from storage.files import Files
from storage.library import Library, NewPlan
from storage.plan_file import open_plan
from storage.saving import safe_save
from ui import application
from ui.drafting import Desk, OpenPlan
from ui.fields.prose import ProseEditor
from ui.jobs import Jobs
from ui.main_window import MainWindow, Parts
from ui.settings import SettingsFile

TICK_MS = 5
SYNCS_OF_A_COMMIT = 4


@dataclass
class Measured:
    """Pauses of the window in milliseconds, and from which threads the disk was waited for."""

    worst_ms: int = 0
    over_100: int = 0
    ticks: int = 0
    keys: int = 0
    syncs: int = 0
    syncs_in_window: int = 0
    saves: int = 0
    file_mb: int = 0
    gaps: list[int] = field(default_factory=list)


MEASURED = Measured()
SYNC_S = int(sys.argv[2]) / 1000


def wait_for_disk(times: int = 1) -> None:
    """A sync; sleeping lets other threads run, as the real call does."""
    MEASURED.syncs += times
    if threading.current_thread() is threading.main_thread():
        MEASURED.syncs_in_window += times
    time.sleep(SYNC_S * times)


class SlowConnection(sqlite3.Connection):
    """A draft on a slow disk."""

    def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
        if sql == "COMMIT" and self.total_changes:
            MEASURED.saves += 1
            wait_for_disk(SYNCS_OF_A_COMMIT)
        return super().execute(sql, *arguments)


class SlowLibrary(Library):
    """The real library, its drafts on a slow disk."""

    def open(self, folder: Path, *, person: str = "") -> Draft:
        return Draft.open(folder, person=person, connection=SlowConnection)


def slow_down(cls: type[Files]) -> None:
    for name in ("sync", "sync_folder"):
        real = getattr(cls, name)

        def slow(self: Files, what: Any, real: Any = real) -> None:
            wait_for_disk()
            real(self, what)

        setattr(cls, name, slow)


def noise(megabytes: int) -> list[bytes]:
    first = b"\x89PNG\r\n\x1a\n"
    return [first + os.urandom((1 << 20) - len(first)) for _ in range(megabytes)]


def make_plan(library: Library, megabytes: int) -> tuple[Path, str]:
    """The sample plan with so many megabytes of pictures in a text of it; that text's address."""
    plan = sample_plan()
    new = NewPlan(plan.meta.pack_id, plan.meta.pack_version, "示例", answers=plan.answers)
    folder = library.create_plan(new, at=datetime.now(UTC))
    prose = next(
        address
        for address, value in plan.answers.values()
        if isinstance(value, str) and len(value) > 200 and not address.row
    )
    with Draft.open(folder) as draft:
        for content in plan.pictures.values():
            draft.add_picture(content, at=datetime.now(UTC))
        names = [draft.add_picture(each, at=datetime.now(UTC)) for each in noise(megabytes)]
        before = plan.answers.get(prose)
        text = f"{before}\n\n" + " ".join(names)
        draft.commit(
            ChangeSet("插图", (ValueChange(prose, before, text),)),
            who="王工",
            source="typed",
            at=datetime.now(UTC),
        )
    return folder, prose.section


def write(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def process_until(holds: Any, seconds: float = 60) -> None:
    flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        QApplication.processEvents(flags, 20)


class Watch:
    """Ticks every few milliseconds; a tick that comes late is a pause of the window."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.monotonic()
        gap = int((now - self._last) * 1000)
        self._last = now
        MEASURED.ticks += 1
        MEASURED.worst_ms = max(MEASURED.worst_ms, gap)
        MEASURED.over_100 += gap > 100
        if gap > 50:
            MEASURED.gaps.append(gap)


def typing(
    window: MainWindow, plan: OpenPlan, editor: ProseEditor, file: Path, seconds: float
) -> None:
    """Type without end; save as a file, take snapshots and edit while that goes on."""
    begin = time.monotonic()
    window.filing.write_file(file)
    window.parts.settings.change(person="李工")
    snapshots = 0

    def key() -> None:
        nonlocal snapshots
        MEASURED.keys += 1
        write(editor.text, "园" if MEASURED.keys % 20 else "。")
        if time.monotonic() - begin > 2 * (snapshots + 1):
            snapshots += 1
            plan.autosave.flush()
            plan.snapshot("timed")
            if "YUANCE_RIG_SAVES_IN_WINDOW" in os.environ:  # known bad
                safe_save(file.with_suffix(".txt"), b"x")

    keys = QTimer()
    keys.timeout.connect(key)
    keys.start(40)
    process_until(lambda: time.monotonic() - begin > seconds and not window.parts.jobs.is_busy, 300)
    keys.stop()
    MEASURED.file_mb = file.stat().st_size >> 20
    assert open_plan(file).answers is not None


def main() -> None:
    folder, megabytes, seconds = Path(sys.argv[1]), int(sys.argv[3]), float(sys.argv[4])
    library = SlowLibrary(folder / "plans")
    draft, section = make_plan(library, megabytes)
    app = application.prepare(SettingsFile(folder / "settings.json").now)
    jobs = Jobs()
    settings = SettingsFile(folder / "settings.json", later=jobs.tidy)
    desk = Desk(library, application.Packs(), "王工")
    exporter = application.export_with_exporters
    parts = Parts(desk, settings, jobs, exporter, application.SectionPage, "0", None)
    window = MainWindow(parts)
    window.resize(1366, 768)
    window.show()
    window.open_draft(draft)
    process_until(lambda: window.bench is not None)
    assert window.bench is not None
    assert window.plan is not None
    window.bench.open_section(section)
    process_until(lambda: window.findChild(ProseEditor) is not None)
    editor = next(each for each in window.findChildren(ProseEditor) if each.isVisible())
    editor.text.setFocus()
    process_until(lambda: False, 3)  # the first checks are through
    slow_down(Files)
    watch = Watch()
    typing(window, window.plan, editor, folder / "方案.yuance", seconds)
    assert watch
    print(json.dumps(asdict(MEASURED)))
    assert app is not None
    sys.stdout.flush()
    os._exit(0)


main()
