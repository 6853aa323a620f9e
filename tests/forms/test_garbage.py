"""What is kept out of Python's search for garbage is counted as seldom as can be."""

from __future__ import annotations

import gc
import sys

import pytest

from forms.garbage import count_kept_out, keep_out_of_search, search_everywhere

MANY = 40_000


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
