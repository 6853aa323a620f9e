"""What is kept out of Python's search for garbage is counted as seldom as can be."""

from __future__ import annotations

import gc
import sys
import weakref

import pytest

from forms.garbage import (
    count_kept_out,
    keep_out_of_search,
    search_everywhere,
    search_everywhere_once,
)

MANY = 40_000


class Ring:
    """Something that holds itself, as closed windows do."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def nothing_kept_out():
    search_everywhere()
    yield
    search_everywhere()


@pytest.mark.usefixtures("nothing_kept_out")
def test_that_a_large_plan_is_counted_when_it_is_put_aside_and_not_again():
    keep_out_of_search()
    program = count_kept_out(sys.maxsize)
    assert program == gc.get_freeze_count()

    plan = [[] for _ in range(MANY)]
    keep_out_of_search()
    with_plan = count_kept_out(program + MANY // 2)
    assert with_plan >= program + MANY

    more = [[] for _ in range(MANY)]
    keep_out_of_search()
    assert count_kept_out(program + MANY // 2) == with_plan, "it is known to be large"
    assert len(plan) == len(more)


@pytest.mark.usefixtures("nothing_kept_out")
def test_that_a_small_plan_is_counted_anew_whenever_more_is_put_aside():
    keep_out_of_search()
    program = count_kept_out(sys.maxsize)
    some = [[] for _ in range(MANY)]
    keep_out_of_search()
    assert count_kept_out(sys.maxsize) >= program + len(some)


def test_that_nothing_is_kept_out_once_all_is_looked_through_again():
    keep_out_of_search()
    search_everywhere()
    assert count_kept_out(1) == 0


@pytest.mark.usefixtures("nothing_kept_out")
def test_that_a_plan_known_to_be_large_is_not_counted_at_all():
    keep_out_of_search()
    program = count_kept_out(sys.maxsize)
    keep_out_of_search(MANY)
    assert count_kept_out(program + MANY) == program + MANY


@pytest.mark.usefixtures("nothing_kept_out")
def test_that_one_look_through_all_frees_what_nothing_reaches_and_keeps_the_rest_out_again():
    closed = Ring()
    left = weakref.ref(closed)
    plan = [[] for _ in range(MANY)]
    keep_out_of_search()
    del closed
    gc.collect()
    assert left() is not None

    search_everywhere_once()
    assert left() is None
    assert gc.get_freeze_count() >= len(plan)
