"""The images of pages seen lately, so that scrolling back costs nothing."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from exporters.preview import Preview

_MOST_PIXELS = 16_000_000  # four bytes each
_POINTS = 72


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

    def make(self, preview: Preview, page: int, width: int) -> QImage:
        """Paint a page and keep its image; some 5 ms for a page on a plain screen."""
        made = preview.image(page, width / preview.size(page)[0] * _POINTS)
        form = QImage.Format.Format_RGBX8888
        image = QImage(made.pixels, made.width, made.height, made.width * 4, form).copy()
        self._images[page, width] = image
        self._forget_some()
        return image

    def _forget_some(self) -> None:
        kept = sum(each.width() * each.height() for each in self._images.values())
        while kept > _MOST_PIXELS and len(self._images) > 1:
            _, gone = self._images.popitem(last=False)
            kept -= gone.width() * gone.height()
