"""What the user asked for never stands behind work that nobody asked for."""

from __future__ import annotations

import gc
import threading
import time
import traceback
import weakref
from weakref import WeakSet

import pytest

from ui.jobs import Cancelled, Jobs, is_at_work, take_short_turns

LONGEST = 5  # seconds; nothing here takes as long


@pytest.fixture
def jobs(qapp, nothing_left):
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def gate():
    """Opened by the test: work waits for it."""
    made = threading.Event()
    yield made
    made.set()


@pytest.fixture
def told():
    return []


def ignored(_):
    pass


def waits_for(gate, telling=None):
    def work(progress):
        if telling is not None:
            telling.set()
        assert gate.wait(LONGEST)
        progress.check()
        return "稿"

    return work


def test_that_opening_a_plan_does_not_wait_for_the_counting_of_numbers(jobs, gate, told, qtbot):
    begun = threading.Event()
    jobs.start_quietly(waits_for(gate, begun), lambda _: told.append("编号"), ignored)
    assert begun.wait(LONGEST)
    jobs.start(lambda _: "方案", told.append, ignored)
    qtbot.waitUntil(lambda: told == ["方案"])
    gate.set()

    qtbot.waitUntil(lambda: told == ["方案", "编号"])


def test_that_quiet_work_begins_when_what_was_asked_for_is_done(jobs, gate, told, qtbot):
    jobs.start(waits_for(gate), told.append, ignored)
    jobs.start_quietly(lambda _: told.append("编号") or "编号", ignored, ignored)
    jobs.start(lambda _: "方案", told.append, ignored)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)

    assert told == ["稿", "方案", "编号"]


def test_that_quiet_work_stops_half_way_for_what_is_asked(jobs, gate, told, qtbot):
    half, go_on, begun = threading.Event(), threading.Event(), threading.Event()

    def counting(progress):
        half.set()
        assert go_on.wait(LONGEST)
        progress.check()
        told.append("编号")

    jobs.start_quietly(counting, ignored, ignored)
    assert half.wait(LONGEST)
    jobs.start(waits_for(gate, begun), told.append, ignored)
    assert begun.wait(LONGEST)
    go_on.set()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)

    assert told == ["稿", "编号"]


def test_that_quiet_work_that_gives_way_can_be_cancelled(jobs, gate, told, qtbot):
    jobs.start(waits_for(gate), ignored, ignored)
    quiet = jobs.start_quietly(lambda _: "编号", ignored, told.append)
    quiet.cancel()
    qtbot.waitUntil(lambda: bool(told))

    assert isinstance(told[0], Cancelled)


def test_that_closing_waits_for_no_work_that_gives_way(jobs, gate, told):
    gate.set()
    jobs.start(waits_for(gate), told.append, ignored)
    jobs.start_quietly(lambda _: "编号", told.append, ignored)
    jobs.close()

    assert told == []
    assert not jobs.is_busy


def test_that_a_thousand_pages_in_a_moment_are_told_as_few_steps_with_both_ends(jobs, told, qtbot):
    def printing(progress):
        for part in ("Word", "PDF"):
            for page in range(1, 1_001):
                progress.report(page, 1_000, part)

    jobs.start(printing, ignored, ignored).progressed.connect(told.append)
    qtbot.waitUntil(lambda: not jobs.is_busy)

    seen = [(step.text, step.done) for step in told]
    assert seen == sorted(seen, key=lambda each: (each[0] != "Word", each[1]))
    assert {("Word", 1), ("Word", 1_000), ("PDF", 1), ("PDF", 1_000)} <= set(seen)
    assert len(seen) < 1_000


def test_that_a_worker_is_known_to_be_at_work_until_it_ends(jobs, gate, qtbot, monkeypatch):
    monkeypatch.setattr("ui.jobs._ALL", WeakSet([jobs]))  # not what other tests have left
    assert not is_at_work()
    jobs.start(waits_for(gate), ignored, ignored)
    assert is_at_work()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert not is_at_work()


class Page:
    """A page of a plan that is being set."""


@pytest.mark.parametrize("fault", [Cancelled(), ValueError("缺字体")])
def test_that_work_given_up_lets_go_of_what_it_had_made(jobs, told, qtbot, fault):
    """No search for garbage is needed, and the fault still tells the way to it."""
    page = Page()
    left = weakref.ref(page)
    waiting = [page]
    del page

    def work(_):
        half_set = waiting.pop()
        try:
            raise KeyError(str(half_set))
        except KeyError:
            raise fault from None

    gc.disable()
    try:
        jobs.start(work, ignored, told.append)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        assert left() is None
    finally:
        gc.enable()
    names = [frame.name for frame in traceback.extract_tb(told[0].__traceback__)]
    assert names == ["work", "work"]


def test_that_nobody_holds_a_fault_once_it_was_told(jobs, qtbot):
    faults = []

    def work(_):
        fault = Cancelled()
        faults.append(weakref.ref(fault))
        raise fault

    gc.disable()
    try:
        jobs.start(work, ignored, ignored)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        assert faults[0]() is None
    finally:
        gc.enable()


def test_that_the_last_chore_comes_after_all_work_and_nobody_waits_for_it(jobs, gate, told, qtbot):
    def given_up(progress):
        begun.set()
        while not progress.is_cancelled:
            time.sleep(0)
        told.append("given up")

    def last():
        assert gate.wait(LONGEST)
        told.append("last")

    begun = threading.Event()
    jobs.start(given_up, ignored, ignored)
    assert begun.wait(LONGEST)
    jobs.close(last)
    assert told == ["given up"]

    gate.set()
    qtbot.waitUntil(lambda: told == ["given up", "last"])


def test_that_a_worker_hands_over_within_a_millisecond(qapp, monkeypatch):
    """The window asks for the interpreter hundreds of times while it draws a page."""
    monkeypatch.setattr("sys.setswitchinterval", (asked := []).append)

    take_short_turns()

    assert len(asked) == 1
    assert 0 < asked[0] <= 0.001
