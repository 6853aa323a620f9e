"""When the pages are made, and when not."""

from __future__ import annotations

import gc
import weakref

import pytest

from forms.address import parse_address
from forms.edits import SetValue
from ui.jobs import Cancelled, Progress
from ui.panels.side import Tab


def test_that_nothing_is_made_until_somebody_looks(fresh, qtbot):
    fresh.plan.session.edit(SetValue(parse_address("economy/economy_text"), "平稳。"))
    qtbot.waitUntil(lambda: fresh.plan.is_settled)

    assert fresh.bench.proofs.newest is None


def test_that_a_plan_can_be_closed_while_its_pages_are_made(fresh, qtbot):
    fresh.bench.show_tab(Tab.PREVIEW)
    qtbot.waitUntil(lambda: fresh.bench.proofs._job is not None, timeout=5_000)

    fresh.leave_plan(fresh.show_start)

    qtbot.waitUntil(lambda: fresh.bench is None, timeout=10_000)


def test_that_a_closed_plan_leaves_nothing_of_its_pages(fresh, qtbot):
    """The search for garbage is not needed for it: a large plan is a million things."""
    fresh.bench.show_tab(Tab.PREVIEW)
    qtbot.waitUntil(lambda: fresh.bench.proofs.is_current, timeout=30_000)
    left = weakref.ref(fresh.bench.proofs._set.__self__._memory)
    gc.disable()
    try:
        fresh.leave_plan(fresh.show_start)
        qtbot.waitUntil(lambda: fresh.bench is None, timeout=10_000)
        qtbot.waitUntil(lambda: left() is None)
    finally:
        gc.enable()


def test_that_pages_are_given_up_while_the_plan_is_still_composed(fresh):
    """Of a large plan that takes seconds, and whoever leaves it waits for its worker."""
    typesetter = fresh.bench.proofs._set.__self__
    session = fresh.plan.session
    told = []

    def give_up(step):
        told.append(step)
        progress.cancel()

    progress = Progress(give_up)
    with pytest.raises(Cancelled):
        typesetter.set(session.pack, session.answers, progress)

    assert len(told) == 1
    assert typesetter._volumes == (), "the plan was composed to its end"
