"""Long reckoning without a search for garbage: nothing is kept for ever, nothing is thawed."""

from __future__ import annotations

import gc
import weakref

import pytest

from forms.garbage import keep_out_of_search, no_search_for_garbage, search_everywhere


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
