"""Long reckoning without Python looking for garbage meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def no_search_for_garbage() -> Generator[None]:
    """Nearly all that is made meanwhile lives to the end; looking through it took a seventh."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
