"""Walks at random over the real window in a process of its own; `test_random_walk.py` starts it.

    walk_driver.py ACTS SEED FOLDER [full]    prints what came of it as JSON

`full` takes the sample plan and the real exporters and visits every page first, so that memory
can be compared; without it a small plan is walked over.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
import traceback
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import cast
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from commands.making import sample_plan
from forms.edits import seed_answers
from forms.loading import load_pack
from storage.library import Library
from tests.commands.filling import picture
from tests.commands.verbs import ROOT, good, started
from tests.journeys.random_walk import Seen, Walk, resident_mb, settle, wait_until, watched
from ui import application
from ui.collecting import Collecting
from ui.drafting import Desk
from ui.main_window import MainWindow, Parts
from ui.pages.section_page import SectionPage
from ui.settings import Look, Settings

SMALL_PACK = ROOT / "tests" / "ui" / "sample_pack"
PROVE_EVERY = 600
PAUSE_EVERY = {True: 12, False: 40}


@dataclass
class Outcome:
    """What the test that started this process reads."""

    acts: int
    seconds: float
    faults: list[str]
    pauses: list[tuple[int, int, str]]
    megabytes: list[float]
    log: list[str]


def choosers(folder: Path, chance: random.Random) -> ExitStack:
    """The dialogs of the system: somebody chooses one of these files, or cancels."""
    (folder / "图.png").write_bytes(picture())
    (folder / "不是图.png").write_bytes(b"GIF89a but not really")
    files = ("", str(folder / "图.png"), str(folder / "不是图.png"))
    out = ("", str(folder / "写出.yuance"))
    stack = ExitStack()
    for name, given in (
        ("getOpenFileName", lambda *_, **__: (chance.choice(files), "")),
        ("getSaveFileName", lambda *_, **__: (chance.choice(out), "")),
        ("getExistingDirectory", lambda *_, **__: chance.choice(("", str(folder)))),
    ):
        stack.enter_context(mock.patch.object(QFileDialog, name, staticmethod(given)))
    opened = staticmethod(lambda *_: True)
    stack.enter_context(mock.patch.object(QDesktopServices, "openUrl", opened))
    return stack


def small_parts(folder: Path) -> Parts:
    """The parts of the window over a small pack; nothing is exported."""
    pack = load_pack(SMALL_PACK)
    real = application.wire(None)
    desk = Desk(Library(folder / "plans"), {pack.id: pack}, "测试员")
    desk.create(pack, seed_answers(pack))
    return replace(real, desk=desk, exporter=lambda *_: [], foresight=None)


def full_parts() -> Parts:
    """The parts of the program, with the sample plan among its drafts."""
    parts = application.wire(sample_plan)
    parts.desk.take_copy(sample_plan())
    return parts


def open_window(parts: Parts) -> MainWindow:
    """The window with the plan open."""
    window = MainWindow(parts)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    wait_until(window.isActiveWindow, "the window is active")
    window.open_draft(parts.desk.recents()[0].folder)
    wait_until(lambda: window.bench is not None, "the plan is open")
    return window


def visit_all(walk: Walk) -> None:
    """Open every page, and the preview, once."""
    bench = walk.bench()
    for section in bench.navigator.outline.sections():
        bench.open_section(section.key)
        cast("SectionPage", bench.page()).make_whole()
        settle()
    walk.window.actions_by_id["show_preview"].trigger()
    settle(4000)


def round_of(walk: Walk, acts: int, seen: Seen, megabytes: list[float], *, full: bool) -> None:
    """Some of the walk, and the proof that it did no harm."""
    walk.go(acts, PAUSE_EVERY[full])
    walk.prove()
    if full:
        visit_all(walk)
        settle(300)
        megabytes.append(round(resident_mb(), 1))
        print(
            f"{len(seen.acts)} acts, {len(seen.faults)} faults, {megabytes[-1]} MB",
            file=sys.stderr,
            flush=True,
        )


def dump_equals(window: MainWindow, folder: Path) -> None:
    """The plan as a file, read by the verb, is the plan on screen."""
    plan = window.plan
    assert plan is not None
    file = folder / "走过.yuance"
    plan.save_file(file, plan.session.answers)
    from forms.plan_json import plan_to_json

    data = json.loads(good(started("dump", file)))
    mine = json.loads(json.dumps(plan_to_json(plan.session.pack, plan.session.answers)))
    assert data["sections"] == mine["sections"], "dump differs from the screen"


def walk(acts: int, seed: int, folder: Path, *, full: bool) -> Outcome:
    """The whole walk; what was seen on it."""
    began = time.monotonic()
    megabytes: list[float] = []
    collecting = Collecting(application.prepare(Settings(look=Look.LIGHT.value)))
    with watched() as seen, choosers(folder, random.Random(seed)):
        window = open_window(full_parts() if full else small_parts(folder))
        walker = Walk(window, seed, seen)
        try:
            if full:
                visit_all(walker)
                megabytes.append(round(resident_mb(), 1))
            for left in range(acts, 0, -PROVE_EVERY):
                round_of(walker, min(left, PROVE_EVERY), seen, megabytes, full=full)
            if full:
                dump_equals(window, folder)
            window.close()
            wait_until(lambda: not window.isVisible(), "the window is closed")
        except Exception:
            seen.fault(traceback.format_exc())
        window.deleteLater()
        settle()
    collecting.stop()
    application.prepare(Settings(look=Look.LIGHT.value))
    taken = round(time.monotonic() - began, 1)
    return Outcome(acts, taken, seen.faults, seen.pauses, megabytes, seen.acts)


def main() -> None:
    acts, seed, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    found = walk(acts, seed, folder, full="full" in sys.argv)
    print(json.dumps(asdict(found), ensure_ascii=False))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
