"""Long reckoning without Python looking for garbage meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

_YOUNG, _OLD = 0, 2


@dataclass(slots=True)
class _Aside:
    """How many things were kept out of the search when they were counted."""

    things: int = 0
    is_counted: bool = False


_ASIDE = _Aside()


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


def keep_out_of_search(known: int = 0) -> None:
    """Look for garbage only in what is made from now on: all there is now lives for long.

    A large plan is a million things, and looking through them holds the window for a sixth of a
    second each time. So many of them are `known` to be new, and need not be counted.
    """
    gc.freeze()
    _ASIDE.things += known
    _ASIDE.is_counted = False


def count_kept_out(enough: int) -> int:
    """How many things are kept out of the search; beyond enough they are not counted again.

    Python goes through all of them to count: a large plan took 60 ms each time.
    """
    if not _ASIDE.is_counted and _ASIDE.things < enough:
        _ASIDE.things, _ASIDE.is_counted = gc.get_freeze_count(), True
    return _ASIDE.things


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
    _ASIDE.things, _ASIDE.is_counted = 0, True


def let_go_of_what_was_kept() -> None:
    """What was kept out is gone: where Python looks for garbage by itself, it may find it."""
    if gc.isenabled():
        search_everywhere()


def search_everywhere_once() -> None:
    """Free all that nothing reaches any more, and keep the rest out of the search as before."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
