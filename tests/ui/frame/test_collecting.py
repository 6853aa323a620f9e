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
from forms.garbage import keep_out_of_search, search_everywhere
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
    collecting._look_through_much()
    return weakref.ref(closed)


def test_that_what_is_old_waits_while_somebody_works_for_an_hour_at_most(collecting, left):
    collecting._look_through_much()
    assert left() is not None, "looking would hold the window"

    collecting._last -= 3_600
    collecting._look_through_much()
    assert left() is None


def test_that_who_never_pauses_is_held_for_a_moment_when_much_was_put_aside(collecting, left):
    much = [[] for _ in range(320_000)]
    gc.collect()
    collecting._look_through_much()
    assert left() is not None, "much has only now been put aside"
    collecting._look_through_much()
    assert left() is None
    assert much


def test_that_nobody_looks_through_all_while_an_export_is_under_way(collecting, qtbot, monkeypatch):
    monkeypatch.setattr("ui.jobs._ALL", WeakSet())  # not what other tests have left
    closed = Closed()
    left = weakref.ref(closed)
    collecting._took, collecting._last = 0, 0
    keep_out_of_search()
    del closed
    jobs, gate = Jobs(), threading.Event()
    jobs.start(lambda _: gate.wait(5), lambda _: None, lambda _: None)
    collecting._look_through_much()
    assert left() is not None, "its pages are a million things, and most of them go by themselves"

    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    collecting._look_through_much()
    assert left() is None
    jobs.close()


@pytest.mark.usefixtures("at_work")
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
    gc.collect()
    collecting._look_through_much()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    pages.clear()
    collecting._look_through_much()
    assert left() is not None
    jobs.close()


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
    collecting._look_through_much()
    closed = Closed()
    left = weakref.ref(closed)
    keep_out_of_search()
    del closed
    collecting._rested, collecting._took = 1_000, 1_000
    collecting._look_through_much()
    assert left() is not None

    collecting._took = 0
    collecting._look_through_much()
    assert left() is None


def test_that_python_looks_for_garbage_itself_when_the_window_has_gone(qapp):
    started = Collecting(qapp)
    assert not gc.isenabled()
    started.stop()
    started.deleteLater()
    assert gc.isenabled()


def test_that_what_a_step_through_a_large_plan_made_is_not_looked_through(collecting):
    plan = [[] for _ in range(40_000)]
    keep_out_of_search()  # as once its first checks are done
    before = gc.get_freeze_count()
    made = [[] for _ in range(80_000)]
    collecting.collect()
    assert gc.get_freeze_count() >= before + len(made)
    assert plan
    search_everywhere()


@pytest.mark.usefixtures("at_work")
def test_that_all_is_looked_through_when_somebody_pauses_over_a_large_plan(collecting):
    plan = [[] for _ in range(40_000)]
    left = weakref.ref(Closed())
    keep_out_of_search()
    collecting._took = 0
    for _ in range(300):
        collecting.collect()
    assert plan
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
    for _ in range(gc.get_threshold()[2] + 2):
        much.extend([] for _ in range(2 * gc.get_threshold()[0]))
        collecting.collect()
    assert left() is not None
    collecting._took = 0
    for _ in range(300):
        collecting.collect()
    assert left() is None


@pytest.mark.usefixtures("collecting")
def test_that_a_large_plan_that_is_left_does_not_burden_the_next(pack, at):
    rows = tuple(f"r{number}" for number in range(1_001))
    session = PlanSession(pack, answers_of((), [(at("works/list"), rows)]), NoPictures())
    session.check_now()
    aside = gc.get_freeze_count()
    delete(session)
    assert gc.get_freeze_count() > aside // 2, "what is left of it waits until somebody pauses"
