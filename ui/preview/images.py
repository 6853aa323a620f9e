"""The images of pages seen lately, so that scrolling back costs nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from exporters.preview import Preview

_MOST_PIXELS = 5_000_000  # four bytes each; what is in sight is kept in any case
_POINTS = 72
InSight = Collection[tuple[int, int]]  # pages with their widths in pixels


class PageImages:
    """Images by page and width in pixels; the ones unused longest are forgotten first."""

    def __init__(self) -> None:
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()

    def clear(self) -> None:
        """Forget all: the pages are others now."""
        self._images.clear()

    def get(self, page: int, width: int) -> QImage | None:
        """The image of a page at this width, if it is there."""
        found = self._images.get((page, width))
        if found is not None:
            self._images.move_to_end((page, width))
        return found

    def stand_in(self, page: int) -> QImage | None:
        """An image of a page at any width, to be shown until there is a sharp one."""
        return next((image for (each, _), image in self._images.items() if each == page), None)

    def make(self, preview: Preview, page: int, width: int, in_sight: InSight) -> QImage:
        """Paint a page and keep its image; some 5 ms for a page on a plain screen."""
        made = preview.image(page, width / preview.size(page)[0] * _POINTS)
        form = QImage.Format.Format_RGBX8888
        image = QImage(made.pixels, made.width, made.height, made.width * 4, form).copy()
        self._images[page, width] = image
        self._forget_some(in_sight)
        return image

    def _forget_some(self, in_sight: InSight) -> None:
        """Never of the pages in sight: they would be painted again and again for each other."""
        kept = sum(each.width() * each.height() for each in self._images.values())
        for place in tuple(self._images):
            if kept <= _MOST_PIXELS:
                return
            if place not in in_sight:
                gone = self._images.pop(place)
                kept -= gone.width() * gone.height()
