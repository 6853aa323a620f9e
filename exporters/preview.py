"""A laid out plan as the screen shows it: pages as images, and where each value stands on them.

pdfium knows no threads: everything that touches it goes through one lock, so that a preview may be
used from a job while the window uses another.
"""

from __future__ import annotations

from ctypes import Array, c_ubyte
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from types import TracebackType
from typing import Protocol, cast

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]  # it comes without
from PIL import Image

from exporters.pdf import PdfFile
from exporters.pdf.places import Box, Hit, Places, Spot

__all__ = ["Box", "Hit", "PageImage", "Preview", "Spot"]

_PDFIUM = Lock()
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in pixels: rows from above without gaps, four bytes each: red, green, blue, unused."""

    width: int
    height: int
    pixels: bytes

    def png(self) -> bytes:
        """The image as a PNG file."""
        target = BytesIO()
        Image.frombuffer("RGBX", (self.width, self.height), self.pixels).convert("RGB").save(
            target, "PNG"
        )
        return target.getvalue()


class _Bitmap(Protocol):
    """What is used of pypdfium2's bitmap, page and file, with the types they leave out."""

    buffer: Array[c_ubyte]
    width: int
    height: int
    stride: int

    def close(self) -> None: ...


class _Sheet(Protocol):
    def render(self, *, scale: float, rev_byteorder: bool, prefer_bgrx: bool) -> _Bitmap: ...
    def close(self) -> None: ...


class _File(Protocol):
    def __getitem__(self, page: int) -> _Sheet: ...
    def close(self) -> None: ...


class Preview:
    """One rendered PDF; pages are counted from 0, lengths in points from the upper left corner."""

    def __init__(self, file: PdfFile) -> None:
        pages = file.volume.pages if file.volume else ()
        self._labels = tuple(each.label for each in file.volume.numbers) if file.volume else ()
        self._sizes = tuple((page.sheet.width, page.sheet.height) for page in pages)
        self._places = Places(pages)
        with _PDFIUM:
            self._file = cast("_File", pypdfium2.PdfDocument(file.content))

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
        """Give the file back; images cannot be asked for afterwards."""
        with _PDFIUM:
            self._file.close()

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
        with _PDFIUM:
            sheet = self._file[page]
            try:
                bitmap = sheet.render(
                    scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True
                )
                pixels = bytes(bitmap.buffer)
                size, stride = (bitmap.width, bitmap.height), bitmap.stride
                bitmap.close()
            finally:
                sheet.close()
        return PageImage(*size, _without_gaps(pixels, size[0] * 4, stride))

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


def _without_gaps(pixels: bytes, row: int, stride: int) -> bytes:
    if stride == row:
        return pixels
    return b"".join(pixels[at : at + row] for at in range(0, len(pixels), stride))
