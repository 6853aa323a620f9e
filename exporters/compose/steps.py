"""How far composing is: the sections and annexes that are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from exporters.document import Block

Tell = Callable[[int, int], None]  # steps done, steps in all; may raise to cancel


def quiet(done: int, total: int) -> None:
    """Tell nobody."""
    del done, total


class Steps:
    """Counts them, and tells at every block: who hears of it may be waiting to cancel."""

    def __init__(self, total: int = 0, tell: Tell = quiet, done: int = 0) -> None:
        self._total = total
        self._tell = tell
        self._done = done

    def one(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks of one section or annex, counted when all have come."""
        for block in blocks:
            self._tell(self._done, self._total)
            yield block
        self._done += 1
        self._tell(self._done, self._total)
