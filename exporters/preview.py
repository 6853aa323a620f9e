"""A laid out plan as the screen shows it: pages as images, and where each value stands on them.

May be made and asked in a job: painting waits for whoever else paints, all else is read only.
"""

from __future__ import annotations

from types import TracebackType

from exporters.pdf import PdfFile
from exporters.pdf.pixels import PageImage, Pages
from exporters.pdf.places import Box, Hit, Places, Spot

__all__ = ["Box", "Hit", "PageImage", "Preview", "Spot"]


class Preview:
    """One rendered PDF; pages are counted from 0, lengths in points from the upper left corner."""

    def __init__(self, file: PdfFile) -> None:
        pages = file.volume.pages if file.volume else ()
        self._labels = tuple(each.label for each in file.volume.numbers) if file.volume else ()
        self._sizes = tuple((page.sheet.width, page.sheet.height) for page in pages)
        self._places = Places(pages)
        self._pages = Pages(file.content)

    def __enter__(self) -> Preview:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back and forget the places: nothing can be asked for afterwards."""
        self._pages.close()
        self._places.let_go()

    @property
    def page_count(self) -> int:
        """The number of sides of paper."""
        return len(self._sizes)

    def label(self, page: int) -> str:
        """The page number as it is printed; "" where none is."""
        return self._labels[page]

    def page_labelled(self, label: str) -> int | None:
        """The first page on which this number is printed."""
        return self._labels.index(label) if label and label in self._labels else None

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        return self._sizes[page]

    def image(self, page: int, dpi: float) -> PageImage:
        """A page as an image; at 96 dpi some 5 ms."""
        return self._pages.image(page, dpi)

    def pages_of(self, address: str) -> tuple[int, ...]:
        """The pages that print a value, or anything of a row, table or section."""
        return tuple(sorted({spot.page for spot in self._places.of(address)}))

    def spots_of(self, address: str) -> tuple[Spot, ...]:
        """The rectangles in which a value is printed, line by line or cell by cell."""
        return self._places.of(address)

    def spots_on(self, page: int) -> tuple[Spot, ...]:
        """The values a page prints, with their rectangles."""
        return self._places.on(page)

    def address_at(self, page: int, x: float, y: float) -> str:
        """The address of the value at a point of a page; "" where there is none."""
        return self._places.at(page, x, y)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Where a text is printed, in order; blanks, line ends and case do not count."""
        return self._places.find(text)
