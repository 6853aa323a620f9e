"""Pages of a finished PDF as images: the one place that touches pdfium.

pdfium knows no threads: everything goes through one lock, so that a job may paint a page while the
window paints another.
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

_PDFIUM = Lock()
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in pixels: rows from above without gaps, four bytes each: red, green, blue, unused."""

    width: int
    height: int
    pixels: bytes

    def picture(self) -> Image.Image:
        """The image for Pillow, in RGB."""
        size = self.width, self.height
        return Image.frombuffer("RGBX", size, self.pixels).convert("RGB")

    def png(self) -> bytes:
        """The image as a PNG file."""
        target = BytesIO()
        self.picture().save(target, "PNG")
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


class Pages:
    """A PDF file opened for painting; pages are counted from 0."""

    def __init__(self, content: bytes) -> None:
        with _PDFIUM:
            self._file = cast("_File", pypdfium2.PdfDocument(content))

    def __enter__(self) -> Pages:
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


def _without_gaps(pixels: bytes, row: int, stride: int) -> bytes:
    if stride == row:
        return pixels
    return b"".join(pixels[at : at + row] for at in range(0, len(pixels), stride))
