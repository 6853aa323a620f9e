"""Keeps what somebody looks at in its place on a page while the page changes above it.

Blocks above it are made, wrap otherwise or take another size of text; each moves all that stands
below. Whoever scrolls is free at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.pages.blocks import Block
from ui.pages.growing import GrowingBody

_FOR_MS = 300
_ROUNDS = 2  # counted by a window that is free: dressing all of it anew may take as long


@dataclass(frozen=True, slots=True)
class Spot:
    """How far a page is scrolled down: to a block, and past its top by a share of its height.

    Holds at any size of text, other than pixels.
    """

    item: str  # the first of the block; "" for the heading
    share: float


class Steady:
    """One page's scroll position, told and kept by what stands there."""

    def __init__(self, bar: QScrollBar, body: GrowingBody) -> None:
        self._bar = bar
        self._body = body
        self._held: tuple[QWidget, float] | None = None
        self._is_own = False  # this, not a person, is what moves the page
        self._end = QTimer(body)
        self._end.setSingleShot(True)
        self._end.setInterval(_FOR_MS)
        self._end.timeout.connect(self._on_time_over)
        self._rounds = 0
        self._bar.rangeChanged.connect(self._on_range_changed)
        self._bar.valueChanged.connect(self._on_moved)

    @property
    def is_holding(self) -> bool:
        """Whether something is kept in its place."""
        return self._held is not None

    def spot(self) -> Spot:
        """How far the page is scrolled down."""
        block = self._at_top()
        return Spot("", 0.0) if block is None else Spot(block.items[0].key, self._share(block))

    def stand_at(self, spot: Spot) -> None:
        """Scroll to where the page was; what stands there is made at once."""
        block = self._body.block_of(spot.item)
        if block is not None:
            self._body.settle()
            self.hold(block, spot.share)

    def hold(self, block: QWidget, share: float | None = None) -> None:
        """Keep a block where it is, or where such a share of it is above the page."""
        self._held = (block, self._share(block) if share is None else share)
        self._begin()
        self.keep()

    def hold_after(self, scroll: Callable[[], object], block: QWidget) -> None:
        """Hold a block where it is when something else has scrolled."""
        scroll()
        self.hold(block)

    def hold_top(self) -> None:
        """What is at the top stays there for a moment, or what is held already."""
        block = self._at_top()
        if block is not None and self._held is None:
            self.hold(block)
        self._begin()

    def keep(self) -> None:
        """Scroll to where what is held is now."""
        if self._held is None:
            return
        block, share = self._held
        self._is_own = True
        self._bar.setValue(block.y() + round(share * block.height()))
        self._is_own = False

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._held = None

    def _at_top(self) -> Block | None:
        """The first block in sight, when the page is scrolled down."""
        top = self._bar.value()
        seen = (
            each for each in self._body.made if each.is_shown and each.geometry().bottom() > top
        )
        return next(seen, None) if top else None

    def _share(self, block: QWidget) -> float:
        """How far the page is scrolled past the top of a block, as a share of its height."""
        return (self._bar.value() - block.y()) / max(1, block.height())

    def _begin(self) -> None:
        self._rounds = _ROUNDS
        self._end.start()

    def _on_time_over(self) -> None:
        """Sheets and diagrams find their height a moment after they were made; then it is over."""
        self._rounds -= 1
        if self._rounds:
            self._end.start()
        else:
            self.let_go()

    def _on_range_changed(self, least: int, most: int) -> None:
        """A shorter page moves by itself, which Qt tells next; a longer one has room."""
        del least
        self.keep()
        self._is_own = self._bar.value() > most

    def _on_moved(self) -> None:
        if not self._is_own:
            self.let_go()
        self._is_own = False
