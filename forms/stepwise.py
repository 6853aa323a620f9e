"""Work that is done step by step where a window has to live beside it, and at once elsewhere."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

_T = TypeVar("_T")


def ended(steps: Generator[object, None, _T]) -> _T:
    """What steps give, taken all at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
