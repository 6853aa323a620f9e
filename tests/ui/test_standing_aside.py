"""Workers wait while the window is in the middle of something, and only then."""

from __future__ import annotations

import gc
import sys
import threading
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from ui import standing_aside
from ui.standing_aside import StandingAside

LONGEST = 5  # seconds; nothing here takes as long


@pytest.fixture(autouse=True)
def python_looks_for_no_garbage():
    """As in the program while its window stands."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def pauses(monkeypatch):
    """What happens while a worker pauses, one after the other; how often it did."""

    class Pauses:
        def __init__(self):
            self.taken = 0
            self.meanwhile = iter(())

        def pause(self, seconds):
            assert 0 < seconds <= 0.01
            self.taken += 1
            next(self.meanwhile, lambda: None)()

    made = Pauses()
    monkeypatch.setattr(standing_aside.time, "sleep", made.pause)
    return made


@pytest.fixture
def short_turns():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


class Window(threading.Thread):
    """Stands at one place after another, and goes on when told to."""

    def __init__(self):
        super().__init__(daemon=True)
        self.gates = [threading.Lock() for _ in range(4)]
        for gate in self.gates:
            gate.acquire()
        self.at = threading.Semaphore(0)
        self.start()
        self.stands()

    def run(self):
        first, second, third, last = self.gates
        self.at.release()
        first.acquire()
        self.at.release()
        second.acquire()
        self.at.release()
        third.acquire()
        self.at.release()
        last.acquire()

    def stands(self):
        assert self.at.acquire(timeout=LONGEST)

    def go_on(self, gate):
        self.gates[gate].release()
        self.stands()

    def end(self):
        for gate in self.gates:
            if gate.locked():
                gate.release()
        self.join(LONGEST)


@pytest.fixture
def window():
    made = Window()
    yield made
    made.end()


def settled(aside, pauses):
    """The worker has seen where the window stands."""
    for _ in range(20):
        before = pauses.taken
        aside.wait()
        aside._looks_at = 0.0
        if pauses.taken == before:
            return
    raise AssertionError("the window never stood still")


def test_that_a_worker_goes_on_while_the_window_waits_for_the_next_event(window, pauses):
    aside = StandingAside(window.ident)
    settled(aside, pauses)
    before = pauses.taken

    aside.wait()

    assert pauses.taken == before


def test_that_a_worker_waits_until_the_window_is_through(window, pauses):
    aside = StandingAside(window.ident)
    settled(aside, pauses)
    window.go_on(0)
    pauses.taken = 0
    pauses.meanwhile = iter((lambda: window.go_on(1), lambda: window.go_on(2)))

    aside.wait()

    assert pauses.taken >= 3, "it went on while the window was in the middle of something"


def test_that_a_worker_waits_while_qt_calls_us(window, pauses):
    """Each such call wants the interpreter; none is seen, for it is over in no time."""

    class Asked(QObject):
        def event(self, event):
            return super().event(event)

    asked = Asked()
    aside = StandingAside(window.ident)
    settled(aside, pauses)

    def call():
        QCoreApplication.sendEvent(asked, QEvent(QEvent.Type.User))

    call()
    pauses.taken = 0
    pauses.meanwhile = iter((call, call))

    aside.wait()

    assert pauses.taken == 3


def test_that_a_worker_does_not_look_at_each_breath(window, pauses, monkeypatch):
    aside = StandingAside(window.ident)
    monkeypatch.setattr(standing_aside, "_EVERY_SECONDS", 60)
    aside.wait()
    looked = pauses.taken
    window.go_on(0)

    aside.wait()

    assert pauses.taken == looked


def test_that_work_goes_on_however_busy_the_window_is(window, monkeypatch):
    """It waits for a while, then it has an eighth of that for itself."""
    places, clock = count(1), [0.0]

    def pause(seconds):
        clock[0] += seconds

    monkeypatch.setattr(standing_aside, "_place_of", lambda _: ((0, next(places)), 0))
    monkeypatch.setattr(standing_aside.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(standing_aside.time, "sleep", pause)
    aside = StandingAside(window.ident)

    aside.wait()
    waited = clock[0]
    clock[0] += 0.99 * waited / 8
    aside.wait()

    assert 0.05 < waited < 0.15
    assert clock[0] < 1.13 * waited, "it waited again at once"


def test_that_the_window_never_waits_for_itself(pauses):
    StandingAside(threading.get_ident()).wait()
    assert pauses.taken == 0


def test_that_nobody_waits_while_python_looks_for_garbage(window, pauses):
    """Asked then where a thread is, Python before 3.11.5 could stop for ever."""
    gc.enable()
    StandingAside(window.ident).wait()
    assert pauses.taken == 0


def test_that_a_worker_outlives_the_window(window, pauses):
    window.end()
    StandingAside(window.ident).wait()
    assert pauses.taken == 0


def test_that_what_the_window_made_is_freed_at_once_and_in_its_own_thread(short_turns):
    """A painter that a worker holds goes on painting after its time, or is ended elsewhere."""
    made, freed = [], []

    class Painter:
        def __init__(self):
            made.append(threading.get_ident())

        def __del__(self):
            freed.append(threading.get_ident())

    def paint():
        painter = Painter()
        return repr(painter)

    window = threading.get_ident()
    looks = iter(range(30_000))

    def work():
        for _ in looks:
            standing_aside._place_of(window)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    while workers[0].is_alive() or workers[1].is_alive():
        paint()

    assert freed == made == [window] * len(made)
