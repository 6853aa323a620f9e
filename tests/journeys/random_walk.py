"""A walk of random acts over the real window, watched: faults, pauses, memory, what was saved."""

from __future__ import annotations

import logging
import random
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from forms.checks import run_checks
from forms.plan_json import plan_to_json
from forms.view import evaluate
from storage.draft import Draft
from tests.journeys.random_acts import (
    CTRL,
    KEY,
    NONE,
    copy_something,
    name_of,
    use,
    use_menu,
    wheel,
    widgets_in,
)
from ui.actions import all_specs
from ui.main_window import MainWindow
from ui.settings import Look
from ui.workbench import Workbench

SPARED = (
    "quit",
    "close",
    "logs",
    "home",
    "sample",
    "open_file",
)  # they leave the plan that is walked over
SIZES = ((1366, 768), (1920, 1080), (1024, 640), (1366, 700))
LONGEST_S = 60.0
LONG_PAUSE_MS = 100
_DEEP = 12  # lines of the way to a fault that are told
_HARMLESS = ("This plugin does not support", "Detected locale")


@dataclass
class Seen:
    """What the watch over the window has noted."""

    acts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    pauses: list[tuple[int, int, str]] = field(default_factory=list)  # wall, CPU in ms, the act

    def fault(self, words: str) -> None:
        """Note a fault with the act it came with."""
        self.faults.append(f"act {len(self.acts)} ({self.acts[-1] if self.acts else ''}): {words}")
        print(self.faults[-1], file=sys.stderr, flush=True)  # a walk that is cut off has told it


class _Listener(logging.Handler):
    """Takes every error the program logs as a fault."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(logging.WARNING)
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.fault(f"log: {record.getMessage()}")


@contextmanager
def watched() -> Iterator[Seen]:
    """Note every exception nobody caught, every warning of Qt, every error in the log."""
    seen = Seen()
    listener = _Listener(seen)

    def caught(kind: type[BaseException], error: BaseException, trace: object) -> None:
        del trace
        seen.fault("".join(traceback.format_exception(kind, error, error.__traceback__)))

    def said(kind: object, context: object, message: str) -> None:
        del kind, context
        if not any(words in message for words in _HARMLESS):
            stack = "".join(traceback.format_stack(limit=_DEEP))
            seen.fault(f"Qt: {message}\n{stack}")

    hooks = sys.excepthook, threading.excepthook
    sys.excepthook = caught
    threading.excepthook = lambda found: caught(found.exc_type, found.exc_value, None)  # type: ignore[arg-type]
    before = qInstallMessageHandler(said)
    logging.getLogger().addHandler(listener)
    try:
        yield seen
    finally:
        logging.getLogger().removeHandler(listener)
        qInstallMessageHandler(before)
        sys.excepthook, threading.excepthook = hooks


def resident_mb() -> float:
    """The memory this process has in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / (1 << 20)


def settle(milliseconds: int = 0) -> None:
    """Let the window work for so long, and at least until nothing waits."""
    if milliseconds:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + LONGEST_S
    while not holds():
        assert time.monotonic() < end, f"waited in vain until {what}"
        settle(10)


class Walk:
    """One person at one window, doing anything."""

    def __init__(self, window: MainWindow, seed: int, seen: Seen) -> None:
        self.window = window
        self.seen = seen
        self._chance = random.Random(seed)
        self._acting = False
        self._ways: tuple[tuple[int, Callable[[], str]], ...] = (
            (60, self._use_something),
            (8, self._use_focus),
            (8, self._turn),
            (6, self._undo),
            (5, self._press_action),
            (3, self._scroll),
            (1, self._resize),
            (1, self._dress),
        )

    def go(self, acts: int, pause_every: int) -> None:
        """Do so many acts; after some of them the window is left alone for a moment."""
        for number in range(acts):
            self.step()
            if number % 100 == 0:
                told = f"act {len(self.seen.acts)}: {resident_mb():.0f} MB"
                print(told, len(self.seen.faults), "faults", file=sys.stderr, flush=True)
            if number % pause_every == pause_every - 1:
                settle(self._chance.choice((300, 800, 1300)))

    def step(self) -> None:
        """One act, and what the window makes of it."""
        wall, work = time.monotonic(), time.thread_time()
        self._acting = True
        self._lend_a_hand()
        self.seen.acts.append("…")
        self.seen.acts[-1] = self._act()
        self._acting = False
        settle()
        taken = int((time.monotonic() - wall) * 1000), int((time.thread_time() - work) * 1000)
        if taken[0] > LONG_PAUSE_MS:
            self.seen.pauses.append((*taken, self.seen.acts[-1]))

    def _lend_a_hand(self) -> None:
        """While an act waits for an answer (a menu, a question), somebody gives one."""

        def answer() -> None:
            if not self._acting:
                return
            asking = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if asking is not None:
                QTimer.singleShot(10, self.window, answer)
                self.seen.acts.append(f"  asked: {self._answer(asking)}")

        QTimer.singleShot(10, self.window, answer)

    def _act(self) -> str:
        asking = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if asking is not None and self._chance.random() < 0.8:
            return self._answer(asking)
        if self.window.bench is None:
            self._come_back()
            return "come back"
        weights = [weight for weight, _ in self._ways]
        return self._chance.choices(self._ways, weights)[0][1]()

    def _answer(self, asking: QWidget) -> str:
        if isinstance(asking, QMenu):
            return use_menu(asking, self._chance, lambda key: key in SPARED)
        if self._chance.random() < 0.25:
            QTest.keyClick(asking, KEY.Key_Escape)
            return f"Esc in {name_of(asking)}"
        within = widgets_in(iter((asking,)))
        if not within:
            QTest.keyClick(asking, KEY.Key_Escape)
            return f"Esc in {name_of(asking)}"
        widget = self._chance.choice(within)
        return f"{name_of(widget)} in {name_of(asking)}: {use(widget, self._chance)}"

    def _come_back(self) -> None:
        settle(20)
        if self.window.bench is None and not self.window.parts.jobs.is_busy:
            self.window.open_draft(self.window.parts.desk.recents()[0].folder)
            wait_until(lambda: self.window.bench is not None, "the plan is open")

    def _roots(self) -> Iterator[QWidget]:
        bench = self.window.bench
        for each in QApplication.topLevelWidgets():
            if each.isVisible() and isinstance(each, QDialog):
                yield each
        page = bench.page() if bench else None
        if bench is None or page is None:
            return
        yield page
        if self._chance.random() < 0.4:
            yield from (bench.panel, bench.navigator, self.window.top, self.window.status)
            yield from (self.window.notice,)

    def _use_something(self) -> str:
        within = widgets_in(self._roots())
        if not within:
            return "nothing in reach"
        kinds = sorted({type(each).__name__ for each in within})  # rare kinds come up as often
        kind = self._chance.choice(kinds)
        widget = self._chance.choice([each for each in within if type(each).__name__ == kind])
        named = name_of(widget)
        return f"{named}: {use(widget, self._chance)}"

    def _use_focus(self) -> str:
        focus = QApplication.focusWidget()
        if focus is None:
            self.window.activateWindow()
            return "no focus"
        return f"{name_of(focus)}: {use(focus, self._chance)}"

    def _turn(self) -> str:
        target = QApplication.focusWidget() or self.window
        key, held = self._chance.choice(
            (
                (KEY.Key_PageDown, CTRL),
                (KEY.Key_PageUp, CTRL),
                (KEY.Key_F8, NONE),
                (KEY.Key_F4, NONE),
                (KEY.Key_Tab, NONE),
            )
        )
        if self._chance.random() < 0.4 and self.window.bench is not None:
            sections = [each.key for each in self.window.bench.navigator.outline.sections()]
            key_of = self._chance.choice(sections)
            self.window.bench.open_section(key_of)
            return f"open {key_of}"
        QTest.keyClick(target, key, held)
        return f"go by {key.name}"

    def _undo(self) -> str:
        key = self._chance.choice((KEY.Key_Z, KEY.Key_Z, KEY.Key_Y))
        for _ in range(self._chance.choice((1, 1, 1, 6))):
            QTest.keyClick(QApplication.focusWidget() or self.window, key, CTRL)
        return f"undo by {key.name}"

    def _press_action(self) -> str:
        usable = [
            spec.id
            for spec in all_specs()
            if spec.id not in SPARED and self.window.actions_by_id[spec.id].isEnabled()
        ]
        chosen = self._chance.choice(usable)
        self.window.actions_by_id[chosen].trigger()
        return f"action {chosen}"

    def _scroll(self) -> str:
        page = self.window.bench.page() if self.window.bench else None
        if page is not None:
            wheel(page, self._chance)
        return "scroll"

    def _resize(self) -> str:
        size = self._chance.choice(SIZES)
        self.window.resize(*size)
        copy_something(self._chance)
        return f"resize to {size}"

    def _dress(self) -> str:
        look = self._chance.choice(tuple(Look))
        self.window.windows.dressing.put_on(look=look)
        return f"look {look.value}"

    # -- what must hold ----------------------------------------------------------------------------

    def leave_dialogs(self) -> None:
        """Put away every dialog, as somebody does who wants the plan."""
        asking: list[QWidget] = []
        for _ in range(20):
            asking = [
                each
                for each in QApplication.topLevelWidgets()
                if each.isVisible() and each is not self.window
            ]
            if not asking:
                return
            for each in asking:
                each.close()
            settle(20)
        raise AssertionError(f"these do not close: {[name_of(each) for each in asking]}")

    def bench(self) -> Workbench:
        """The plan on screen; brought back when it was left."""
        self.leave_dialogs()
        wait_until(lambda: not self.window.parts.jobs.is_busy, "the jobs are done")
        self.leave_dialogs()
        if self.window.bench is None:
            self._come_back()
        wait_until(lambda: self.window.bench is not None, "the plan is open")
        assert self.window.bench is not None
        return self.window.bench

    def prove(self) -> None:
        """Close and open the plan: what was typed is there, and everything worked out is right."""
        bench = self.bench()
        bench.commit()
        plan = bench.plan
        wait_until(lambda: plan.is_settled, "everything is saved")
        self._prove_worked_out(bench)
        answers, folder = plan.session.answers, plan.folder
        before = plan_to_json(plan.session.pack, answers)
        pack = plan.session.pack
        self.seen.acts.append("close and open again")
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow, "the window is active")
        QTest.keyClick(QApplication.focusWidget() or self.window, KEY.Key_W, CTRL)
        wait_until(lambda: self.window.bench is None, "the plan is closed")
        with Draft.open(folder) as draft:
            stored = plan_to_json(pack, draft.load().answers)
        assert stored == before, "what is on the disk is not what was on screen"
        self.window.open_draft(folder)
        wait_until(lambda: self.window.bench is not None, "the plan is open again")
        session = self.bench().session
        assert plan_to_json(session.pack, session.answers) == before

    def _prove_worked_out(self, bench: Workbench) -> None:
        session = bench.session
        session.check_now()
        fresh = run_checks(evaluate(session.pack, session.answers))
        kept = [each for each in session.findings if each in set(fresh)]
        missing = [each.rule for each in fresh if each not in set(session.findings)]
        assert not missing, f"findings that a fresh look has and the window has not: {missing}"
        assert len(kept) == len(fresh)
