"""The one place that talks to reportlab's canvas: pages in, PDF bytes out.

The file depends on what is drawn and on nothing else: no clock, no random identifier.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import Protocol, cast

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import NoEncryption, PDFDictionary, PDFObject, PDFStream
from reportlab.pdfgen.canvas import Canvas

from exporters.pdf.embedding import EmbeddedFont, ObjectStore
from exporters.pdf.ink import number
from exporters.pdf.pictures import PdfImage
from forms.breathing import breathe

_PNG_PREDICTOR = 15  # each row says by itself how it is filtered
rl_config.useA85 = 0  # binary streams: smaller by a fifth, and much faster to write


class _Objects(ObjectStore, Protocol):
    """What is used of reportlab's document."""

    idToObject: dict[str, PDFObject]
    encrypt: NoEncryption

    def addForm(self, name: str, form: PDFObject) -> None: ...


class _Unlocked(NoEncryption):
    """Locks nothing; it hears of each object, and those of 800 pages take half a second."""

    def register(self, objnum: int, version: int) -> None:
        """reportlab: an object is about to be written."""
        del objnum, version
        breathe()


class _Canvas(Protocol):
    """What is used of reportlab's canvas, with the types it leaves out."""

    def setPageSize(self, size: tuple[float, float]) -> None: ...
    def showPage(self) -> None: ...
    def addLiteral(self, s: str) -> None: ...
    def doForm(self, name: str) -> None: ...
    def bookmarkHorizontalAbsolute(self, key: str, top: float) -> object: ...
    def addOutlineEntry(self, title: str, key: str, level: int, closed: bool) -> None: ...
    def linkRect(
        self,
        contents: str,
        destinationname: str,
        Rect: tuple[float, float, float, float],
        *,
        relative: int,
        F: int,
    ) -> object: ...
    def addPageLabel(self, pageNum: int, style: str | None, start: int | None) -> None: ...
    def showOutline(self) -> None: ...
    def save(self) -> None: ...
    @property
    def objects(self) -> _Objects: ...


class _PlainCanvas(Canvas):
    """reportlab's canvas without its own first font, which would not be embedded."""

    _doc: object
    _preamble: str

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    @property
    def objects(self) -> _Objects:
        """The PDF objects written so far."""
        return cast("_Objects", self._doc)


class PdfWriter:
    """A PDF file being written page by page; all lengths in points from the lower left corner."""

    def __init__(self) -> None:
        self._target = BytesIO()
        canvas = _PlainCanvas(
            self._target, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang="zh-CN"
        )
        self._canvas = cast("_Canvas", canvas)
        self._canvas.objects.encrypt = _Unlocked()
        self._level = -1
        self._images: set[str] = set()

    def start_page(self, width: float, height: float) -> None:
        """Begin a page of a size."""
        self._canvas.setPageSize((width, height))

    def end_page(self) -> None:
        """Finish the page."""
        self._canvas.showPage()

    def operators(self, text: str) -> None:
        """Add content stream operators."""
        self._canvas.addLiteral(text)

    def picture(self, image: PdfImage, x: float, y: float, width: float, height: float) -> None:
        """Draw an image into a rectangle; the same image is stored once."""
        name = f"I{sha256(image.content).hexdigest()[:20]}"
        if name not in self._images:
            self._images.add(name)
            self._canvas.objects.addForm(name, _image_stream(image))
        matrix = " ".join(map(number, (width, 0, 0, height, x, y)))
        self._canvas.addLiteral(f"q {matrix} cm")
        self._canvas.doForm(name)
        self._canvas.addLiteral("Q")

    def destination(self, key: str, y: float) -> None:
        """Name a height of the current page as a place to jump to."""
        self._canvas.bookmarkHorizontalAbsolute(key, y)

    def outline(self, title: str, key: str, level: int) -> None:
        """Add a bookmark; a level that skips one is drawn in."""
        self._level = min(level, self._level + 1)
        self._canvas.addOutlineEntry(title, key, self._level, closed=self._level >= 1)
        self._canvas.showOutline()

    def link(self, key: str, left: float, bottom: float, right: float, top: float) -> None:
        """Make a rectangle of the page lead to a destination."""
        self._canvas.linkRect("", key, (left, bottom, right, top), relative=0, F=4)

    def label_pages(self, first: int, style: str | None, start: int | None) -> None:
        """Number the pages from the zero-based `first` in a style; None for no number at all."""
        self._canvas.addPageLabel(first, style, start)

    def finish(self, fonts: tuple[EmbeddedFont, ...]) -> bytes:
        """The whole file, with the fonts its text was set in."""
        objects = self._canvas.objects
        page_fonts = cast("PDFDictionary", objects.idToObject["BasicFonts"])
        for font in fonts:
            page_fonts[font.name] = objects.Reference(font.write(objects), f"font:{font.name}")
        self._canvas.save()
        return self._target.getvalue()


def _image_stream(image: PdfImage) -> PDFObject:
    stream = PDFStream(content=image.content)
    stream.dictionary["Type"] = "/XObject"
    stream.dictionary["Subtype"] = "/Image"
    stream.dictionary["Width"] = image.width
    stream.dictionary["Height"] = image.height
    stream.dictionary["BitsPerComponent"] = image.depth
    stream.dictionary["ColorSpace"] = _colour_space(image)
    stream.dictionary["Filter"] = f"/{image.coding}"
    if image.is_filtered:
        channels = 3 if image.colours == "DeviceRGB" and not image.palette else 1
        stream.dictionary["DecodeParms"] = PDFDictionary(
            {
                "Predictor": _PNG_PREDICTOR,
                "Colors": channels,
                "BitsPerComponent": image.depth,
                "Columns": image.width,
            }
        )
    return stream


def _colour_space(image: PdfImage) -> str:
    if not image.palette:
        return f"/{image.colours}"
    last = len(image.palette) // 3 - 1
    return f"[/Indexed /{image.colours} {last} <{image.palette.hex()}>]"
