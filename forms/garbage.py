"""Long reckoning without Python looking for garbage meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

_YOUNG, _OLD = 0, 2


@dataclass(slots=True)
class _KeptOut:
    """What is kept out of the search, by what is known of it."""

    of_plans: int = 0  # things of the large plans that are open, at least
    given_up: int = 0  # things put aside that may be of no use by now


_KEPT_OUT = _KeptOut()


@contextmanager
def no_search_for_garbage() -> Generator[None]:
    """Nearly all that is made meanwhile lives to the end; looking through it took a seventh.

    At the end it counts as old, so that it is not looked through at once, but with all the rest.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def keep_out_of_search(things: int = 0) -> None:
    """Look for garbage only in what is made from now on: what there is now lives for long.

    So many things among it may not; they are a reason to look through all again.
    """
    gc.freeze()
    _KEPT_OUT.given_up += things


def keep_plan_out_of_search(things: int) -> None:
    """Keep out what there is now, among it a large plan of at least so many things.

    A large plan is a million things, and looking through them holds the window for a sixth of a
    second each time.
    """
    gc.freeze()
    _KEPT_OUT.of_plans += things


def let_go_of_plan(things: int) -> None:
    """A large plan is closed: where Python looks for garbage by itself, it may find it."""
    _KEPT_OUT.of_plans -= things
    _KEPT_OUT.given_up += things
    if gc.isenabled():
        search_everywhere()


def count_of_plans() -> int:
    """How many things the large plans have that are open; Python would take 60 ms to count them."""
    return _KEPT_OUT.of_plans


def count_given_up() -> int:
    """How many things that were put aside since the last look through all may be of no use."""
    return _KEPT_OUT.given_up


def count_young() -> int:
    """How many things were made since the last look.

    Python's own number is no measure while many others go: each that goes is taken off it.
    """
    return _count(_YOUNG)


def count_old() -> int:
    """How many things have become old and are not kept out of the search."""
    return _count(_OLD)


def _count(generation: int) -> int:
    """Count in one go: between two steps Python would let another thread run.

    While they are counted each thing is held once more, and a tuple that is just being made
    could not take its size: an export failed for that.
    """
    return sum(map(len, map(gc.get_objects, (generation,))))


def search_everywhere() -> None:
    """Look through everything again."""
    gc.unfreeze()
    _KEPT_OUT.given_up = 0


def search_everywhere_once() -> None:
    """Free all that nothing reaches any more, and keep the rest out of the search as before."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    _KEPT_OUT.given_up = 0
