"""Long work breathes between two rows, cells or paragraphs: there it may be made to wait.

The interpreter runs one thread at a time. Who has a window lets work in other threads wait here
while the window is in the middle of something; without one nobody waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")
_WAITS: list[Callable[[], None]] = []


def breathe() -> None:
    """Wait here for as long as somebody asks for; it costs a tenth of a microsecond."""
    for wait in _WAITS:
        wait()


def breathing(things: Iterable[_T]) -> Iterator[_T]:
    """The things one by one, with a breath before each."""
    for each in things:
        breathe()
        yield each


def breathe_by(wait: Callable[[], None] | None) -> None:
    """Say what is done at each breath, in whatever thread; None for nothing."""
    _WAITS[:] = [] if wait is None else [wait]
