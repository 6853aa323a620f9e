"""What nothing reaches any more is freed between events, never while something is going on."""

from __future__ import annotations

import gc
import threading
import weakref
from weakref import WeakSet

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from forms.answers import answers_of
from forms.garbage import (
    keep_out_of_search,
    keep_plan_out_of_search,
    let_go_of_plan,
    search_everywhere,
)
from tests.ui.frame.test_checking import NoPictures
from ui.collecting import Collecting
from ui.jobs import Jobs
from ui.session import PlanSession

ACTIVE = Qt.ApplicationState.ApplicationActive
application_state = QGuiApplication.applicationState


class Closed(QWidget):
    """A dialog somebody has closed: nothing holds it but itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collecting(qapp):
    started = Collecting(qapp)
    yield started
    started.stop()
    started.deleteLater()


def much_work() -> None:
    assert len([[] for _ in range(20 * gc.get_threshold()[0])]) > gc.get_threshold()[0]


def test_that_no_widget_goes_in_the_middle_of_an_act_or_in_another_thread(collecting):
    left = weakref.ref(Closed())
    much_work()
    other = threading.Thread(target=much_work)
    other.start()
    other.join()
    assert left() is not None


def test_that_what_was_closed_is_freed_when_the_window_has_a_moment(collecting, qtbot):
    left = weakref.ref(Closed())
    kept = [[] for _ in range(20 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: left() is None)
    assert kept


def test_that_what_has_become_old_is_freed_in_time(collecting):
    closed = Closed()
    left = weakref.ref(closed)
    gc.collect()
    del closed
    kept = []
    for _ in range(2 * gc.get_threshold()[2]):
        kept.extend([] for _ in range(2 * gc.get_threshold()[0]))
        collecting.collect()
    assert left() is None


@pytest.fixture
def at_work(qtbot):
    """Somebody works in a window."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: application_state() == ACTIVE)


@pytest.fixture
def left(collecting, at_work):
    """Something put aside before it was closed; None is told once it is freed."""
    closed = Closed()
    collecting._took = 0
    keep_out_of_search()
    return weakref.ref(closed)


@pytest.fixture
def large_plan():
    """A large plan is open."""
    keep_plan_out_of_search(40_000)
    yield
    let_go_of_plan(40_000)


def work(collecting, kept) -> None:
    """So much that what has become old is looked at, too."""
    for _ in range(gc.get_threshold()[2] + 2):
        kept.extend([] for _ in range(2 * gc.get_threshold()[0]))
        collecting.collect()


def pause(collecting, seconds) -> None:
    """Nothing happens for so long."""
    collecting.collect()
    for _ in range(4 * seconds):
        collecting.collect()


def test_that_what_is_old_waits_while_somebody_works_for_an_hour_at_most(collecting, left):
    kept = [[] for _ in range(150_000)]
    gc.collect()
    work(collecting, kept)
    assert left() is not None, "looking would hold the window"

    collecting._last -= 3_600
    kept.extend([] for _ in range(150_000))
    gc.collect()
    work(collecting, kept)
    assert left() is None


def test_that_who_never_pauses_is_held_for_a_moment_when_much_was_put_aside(collecting, left):
    much = [[] for _ in range(320_000)]
    gc.collect()
    work(collecting, much)
    assert left() is not None, "much has only now been put aside"
    much.extend([] for _ in range(150_000))
    gc.collect()
    work(collecting, much)
    assert left() is None


def test_that_nobody_looks_through_all_while_an_export_is_under_way(collecting, qtbot, monkeypatch):
    monkeypatch.setattr("ui.jobs._ALL", WeakSet())  # not what other tests have left
    closed = Closed()
    left = weakref.ref(closed)
    collecting._took, collecting._last = 0, 0
    keep_out_of_search(40_000)
    del closed
    jobs, gate = Jobs(), threading.Event()
    jobs.start(lambda _: gate.wait(5), lambda _: None, lambda _: None)
    pause(collecting, 20)
    assert left() is not None, "its pages are a million things, and most of them go by themselves"

    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    pause(collecting, 20)
    assert left() is None
    jobs.close()


@pytest.mark.usefixtures("at_work", "large_plan")
def test_that_nobody_is_held_after_an_export_for_what_has_gone_with_it(
    collecting, qtbot, monkeypatch
):
    monkeypatch.setattr("ui.jobs._ALL", WeakSet())  # not what other tests have left
    left = weakref.ref(Closed())
    collecting._took = 0
    keep_out_of_search()
    jobs, gate = Jobs(), threading.Event()
    jobs.start(lambda _: gate.wait(5), lambda _: None, lambda _: None)
    pages = [[] for _ in range(320_000)]
    collecting.collect()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    pages.clear()
    pause(collecting, 20)
    assert left() is not None
    jobs.close()


@pytest.mark.usefixtures("at_work")
def test_that_workers_who_never_rest_do_not_keep_what_is_closed_for_ever(collecting, left):
    jobs, gate = Jobs(), threading.Event()
    jobs.start(lambda _: gate.wait(5), lambda _: None, lambda _: None)
    keep_out_of_search(320_000)
    much = [[] for _ in range(150_000)]
    gc.collect()
    work(collecting, much)
    assert left() is None
    gate.set()
    jobs.close()


@pytest.mark.usefixtures("large_plan")
def test_that_what_an_export_makes_is_put_aside_though_it_lets_go_of_as_much(collecting):
    plan = [[] for _ in range(100_000)]
    keep_out_of_search()  # as once its first checks are done
    before = gc.get_freeze_count()
    made = []
    for _ in range(80_000):
        made.append([])
        plan.pop()
    collecting.collect()
    assert gc.get_freeze_count() >= before - 80_000 + len(made)
    search_everywhere()


@pytest.mark.usefixtures("at_work")
def test_that_what_is_old_is_not_looked_through_again_and_again_while_somebody_pauses(collecting):
    closed = Closed()
    left = weakref.ref(closed)
    keep_out_of_search(40_000)
    del closed
    collecting._took = 1
    pause(collecting, 20)
    assert left() is not None, "the last look was a moment ago"

    collecting._last -= 301
    pause(collecting, 20)
    assert left() is None


@pytest.mark.usefixtures("at_work")
def test_that_nothing_is_looked_through_for_little(collecting, left):
    pause(collecting, 20)
    assert left() is not None


@pytest.mark.usefixtures("at_work")
def test_that_who_pauses_for_a_moment_only_is_not_interrupted(collecting):
    left = weakref.ref(Closed())
    keep_out_of_search(40_000)
    collecting._took, collecting._last = 0.5, 0
    pause(collecting, 3)
    assert left() is not None
    pause(collecting, 5)
    assert left() is None


def test_that_python_looks_for_garbage_itself_when_the_window_has_gone(qapp):
    started = Collecting(qapp)
    assert not gc.isenabled()
    started.stop()
    started.deleteLater()
    assert gc.isenabled()


@pytest.mark.usefixtures("large_plan")
def test_that_what_a_step_through_a_large_plan_made_is_not_looked_through(collecting):
    before = gc.get_freeze_count()
    made = [[] for _ in range(80_000)]
    collecting.collect()
    assert gc.get_freeze_count() >= before + len(made)
    search_everywhere()


@pytest.mark.usefixtures("at_work", "large_plan")
def test_that_all_is_looked_through_when_somebody_pauses_after_much_in_a_large_plan(collecting):
    left = weakref.ref(Closed())
    made = [[] for _ in range(80_000)]
    collecting._took = 0
    collecting.collect()
    assert left() is not None
    pause(collecting, 2)
    assert left() is None
    assert made


@pytest.mark.usefixtures("at_work")
def test_that_a_large_plan_that_was_closed_is_freed_when_somebody_pauses(collecting):
    keep_plan_out_of_search(40_000)
    left = weakref.ref(Closed())
    keep_out_of_search()
    collecting._took = 0
    pause(collecting, 2)
    assert left() is not None, "it is open"
    let_go_of_plan(40_000)
    pause(collecting, 2)
    assert left() is None


def test_that_nothing_is_put_aside_while_no_large_plan_is_open(collecting, qtbot):
    before = gc.get_freeze_count()
    left = weakref.ref(Closed())
    made = [[] for _ in range(40_000)]
    qtbot.waitUntil(lambda: left() is None)
    assert made
    assert gc.get_freeze_count() <= before


def test_that_a_plan_being_read_is_not_held_up_by_a_look_through_what_is_old(collecting):
    closed = Closed()
    left = weakref.ref(closed)
    gc.collect()
    del closed
    read = []
    for _ in range(gc.get_threshold()[2] + 2):
        read.append([[] for _ in range(25_000)])
        collecting.collect()
    assert left() is not None
    read.clear()
    for _ in range(3):
        read.append([[] for _ in range(2 * gc.get_threshold()[0])])
        collecting.collect()
    assert left() is None, "once it is read there is time"


@pytest.mark.usefixtures("at_work")
def test_that_much_of_what_is_old_waits_until_somebody_pauses(collecting):
    much = [[] for _ in range(150_000)]
    closed = Closed()
    left = weakref.ref(closed)
    gc.collect()
    del closed
    work(collecting, much)
    assert left() is not None
    collecting._took = 0
    pause(collecting, 2)
    assert left() is None


@pytest.mark.usefixtures("collecting")
def test_that_a_large_plan_that_is_left_does_not_burden_the_next(pack, at):
    rows = tuple(f"r{number}" for number in range(1_001))
    session = PlanSession(pack, answers_of((), [(at("works/list"), rows)]), NoPictures())
    session.check_now()
    aside = gc.get_freeze_count()
    delete(session)
    assert gc.get_freeze_count() > aside // 2, "what is left of it waits until somebody pauses"
