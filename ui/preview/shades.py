"""What is shaded on the pages: the place being written, and what a search found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter

from ui import theme
from ui.preview.column import Column

if TYPE_CHECKING:
    from exporters.preview import Box, Hit, Spot

_MARKED, _FOUND, _FOUND_HERE = 48, 70, 150  # how dense, of 255
_FOUND_COLOUR = "#F2B705"  # on white paper, whatever the window wears


class Shades:
    """The shaded places of one preview; `hit` is the number of the one gone to, -1 for none."""

    def __init__(self) -> None:
        self.marked: tuple[Spot, ...] = ()
        self.hits: tuple[Hit, ...] = ()
        self.hit = -1

    def first_hit_from(self, page: int) -> int:
        """The first thing found on a page or after it; the first of all when there is none."""
        after = (number for number, hit in enumerate(self.hits) if hit.page >= page)
        return next(after, 0)

    def paint(self, painter: QPainter, column: Column, page: int) -> None:
        """Shade what stands on a page."""
        for box, colour, dense in self._on(page):
            colour.setAlpha(dense)
            spot = column.on_screen(page, box.left, box.top, box.right, box.bottom)
            painter.fillRect(spot, colour)

    def _on(self, page: int) -> Iterator[tuple[Box, QColor, int]]:
        for spot in self.marked:
            if spot.page == page:
                yield spot.box, theme.colour("accent"), _MARKED
        for number, hit in enumerate(self.hits):
            if hit.page == page:
                dense = _FOUND_HERE if number == self.hit else _FOUND
                for box in hit.boxes:
                    yield box, QColor(_FOUND_COLOUR), dense
