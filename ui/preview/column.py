"""Where the pages of a column stand on the screen: sizes in points in, rectangles in pixels out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize

GAP = 12  # pixels around each page
FIT_WIDTH = 0
_DPI_AT_100 = 96
_POINTS = 72
_LEAST = 80


@dataclass(frozen=True, slots=True)
class Column:
    """Pages one below the other in a room of so many pixels.

    `zoom` is in percent of the size of paper on a plain screen; `FIT_WIDTH` makes upright pages as
    wide as the room, and landscape pages too.
    """

    sizes: Sequence[tuple[float, float]] = ()
    room: QSize = field(default_factory=QSize)
    zoom: int = FIT_WIDTH
    _rects: tuple[QRectF, ...] = field(init=False)
    _tops: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        rects = tuple(self._placed())
        object.__setattr__(self, "_rects", rects)
        object.__setattr__(self, "_tops", tuple(rect.top() for rect in rects))

    @property
    def scale(self) -> float:
        """Pixels in a point of an upright page."""
        if self.zoom != FIT_WIDTH or not self.sizes:
            return (self.zoom or 100) / 100 * _DPI_AT_100 / _POINTS
        narrowest = min(width for width, _ in self.sizes)
        return max(self.room.width() - 2 * GAP, _LEAST) / narrowest

    @property
    def percent(self) -> int:
        """The size on screen in percent."""
        return round(self.scale * _POINTS / _DPI_AT_100 * 100)

    @property
    def height(self) -> int:
        """The height of everything."""
        return round(self._rects[-1].bottom() + GAP) if self._rects else 0

    @property
    def width(self) -> int:
        """The width of the widest page with the room beside it."""
        return round(max((rect.width() for rect in self._rects), default=0) + 2 * GAP)

    def rect(self, page: int) -> QRectF:
        """The rectangle of a page, counted from the upper left corner of the column."""
        return self._rects[page]

    def pixels(self, page: int, ratio: float) -> int:
        """How many pixels of the screen a page is wide; `ratio` is the sharpness of the screen."""
        return round(self._rects[page].width() * ratio)

    def page_at(self, y: float) -> int:
        """The page at a height, or the one above a gap; -1 without pages."""
        return max(bisect_right(self._tops, y) - 1, 0) if self._rects else -1

    def in_sight(self, top: float, bottom: float) -> Iterator[int]:
        """The pages between two heights."""
        for page in range(max(self.page_at(top), 0), len(self._rects)):
            if self._tops[page] > bottom:
                return
            yield page

    def on_screen(self, page: int, left: float, top: float, right: float, bottom: float) -> QRectF:
        """A rectangle of a page, given in points."""
        rect = self._rects[page]
        scale = self._scale_of(page)
        corner = QPointF(rect.left() + left * scale, rect.top() + top * scale)
        return QRectF(corner, QPointF(rect.left() + right * scale, rect.top() + bottom * scale))

    def on_paper(self, point: QPointF) -> tuple[int, float, float] | None:
        """The page at a point and where on it, in points; None beside the pages."""
        page = self.page_at(point.y())
        if page < 0 or not self._rects[page].contains(point):
            return None
        within = point - self._rects[page].topLeft()
        scale = self._scale_of(page)
        return page, within.x() / scale, within.y() / scale

    def _scale_of(self, page: int) -> float:
        return self._rects[page].width() / self.sizes[page][0]

    def _placed(self) -> Iterator[QRectF]:
        top = float(GAP)
        room, upright = self.room.width(), self.scale
        for width, height in self.sizes:
            scale = upright
            if self.zoom == FIT_WIDTH:
                scale = min(scale, max(room - 2 * GAP, _LEAST) / width)
            wide, high = width * scale, height * scale
            yield QRectF(max(GAP, (room - wide) / 2), top, wide, high)
            top += high + GAP
