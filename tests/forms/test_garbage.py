"""Python's search for garbage: long reckoning without it, and what is kept out of it."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from forms.garbage import (
    count_given_up,
    count_of_plans,
    count_old,
    count_young,
    keep_out_of_search,
    keep_plan_out_of_search,
    let_go_of_plan,
    no_search_for_garbage,
    search_everywhere,
    search_everywhere_once,
)

MANY = 40_000


class Knot:
    """Refers to itself, so that only a search finds it when nobody else does."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def searched():
    """As in a program of verbs: garbage is looked for, and nothing is kept out of it."""
    search_everywhere()
    gc.enable()
    yield
    gc.enable()
    search_everywhere()


def test_that_garbage_made_meanwhile_is_found_by_the_next_whole_search(searched):
    with no_search_for_garbage():
        gone = weakref.ref(Knot())
    assert gc.isenabled()
    gc.collect()
    assert gone() is None


def test_that_what_is_made_meanwhile_counts_as_old(searched):
    with no_search_for_garbage():
        made = [Knot() for _ in range(100)]
    assert made[0] not in gc.get_objects(generation=0)
    assert gc.get_freeze_count() == 0


def test_that_what_was_kept_out_of_the_search_stays_out(searched):
    keep_out_of_search()
    kept = gc.get_freeze_count()
    with no_search_for_garbage():
        pass
    assert gc.get_freeze_count() >= kept - 10 > 0


@pytest.mark.usefixtures("searched")
def test_that_a_large_plan_is_known_until_it_is_closed():
    before, given_up = count_of_plans(), count_given_up()
    keep_plan_out_of_search(MANY)
    assert count_of_plans() == before + MANY
    assert count_given_up() == given_up, "it lives on"

    gc.disable()
    let_go_of_plan(MANY)
    assert count_of_plans() == before
    assert count_given_up() == given_up + MANY


@pytest.mark.usefixtures("searched")
def test_that_what_was_put_aside_counts_until_all_is_looked_through():
    keep_out_of_search(MANY)
    keep_out_of_search(MANY)
    assert count_given_up() == 2 * MANY
    search_everywhere_once()
    assert count_given_up() == 0


@pytest.mark.usefixtures("searched")
def test_that_a_large_plan_that_is_closed_is_found_where_python_looks_by_itself():
    keep_plan_out_of_search(MANY)
    let_go_of_plan(MANY)
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("searched")
def test_that_one_look_through_all_frees_what_nothing_reaches_and_keeps_the_rest_out_again():
    closed = Knot()
    left = weakref.ref(closed)
    plan = [[] for _ in range(MANY)]
    keep_out_of_search()
    del closed
    gc.collect()
    assert left() is not None

    search_everywhere_once()
    assert left() is None
    assert gc.get_freeze_count() >= len(plan)


@pytest.mark.usefixtures("searched")
def test_that_things_just_made_are_counted_though_as_many_others_went():
    gc.disable()
    old = [[] for _ in range(MANY)]
    gc.collect()
    made = []
    for _ in range(MANY):
        made.append([])
        old.pop()
    assert gc.get_count()[0] < MANY // 2
    assert count_young() >= len(made)


@pytest.mark.usefixtures("searched")
def test_that_a_tuple_in_the_making_elsewhere_comes_out_whole_while_things_are_counted():
    gc.disable()
    crowd = [[] for _ in range(2 * MANY)]
    done, made = threading.Event(), []

    def slowly():
        for number in range(15):
            yield number
            began.set()
            while not asked.is_set():
                pass
        asked.clear()

    def make():
        try:
            for _ in range(20):
                made.append(tuple(slowly()))
        finally:
            done.set()

    began, asked = threading.Event(), threading.Event()
    maker = threading.Thread(target=make)
    maker.start()
    began.wait()
    gc.collect()  # what is being made has become old, too
    while not done.is_set():
        asked.set()
        assert count_old() >= len(crowd)
        gc.collect(0)
        gc.collect(1)
    maker.join()
    assert made == [tuple(range(15))] * 20
