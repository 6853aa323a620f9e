"""Photographs and drawings as PDF images: upright, opaque, no finer than paper can show."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from exporters.pdf.png import packed_pixels

_PRINT_DPI = 300
_FAR_TOO_FINE = 1.5  # times that density: only then is a picture made smaller
_JPEG_QUALITY = 88
_TURN = 0x0112  # the tag that says how the camera was held
_FAULTS = (
    OSError,
    ValueError,
    SyntaxError,  # Pillow's word for a broken PNG
    TypeError,
    EOFError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class UnreadablePicture(Exception):
    """Bytes that are no picture Pillow can read; the message is for the log."""


@dataclass(frozen=True, slots=True)
class PdfImage:
    """An image as a PDF stream holds it; sizes in pixels."""

    width: int
    height: int
    colours: str  # DeviceGray or DeviceRGB
    coding: str  # the name of the stream's filter
    content: bytes
    depth: int = 8  # bits of each sample
    palette: bytes = b""  # the RGB colours that samples stand for, if they do
    is_filtered: bool = False  # each row as PNG filters it


def pdf_image(content: bytes, printed_width_pt: float) -> PdfImage:
    """A PNG or JPEG ready for printing so wide; UnreadablePicture when it is broken."""
    try:
        with Image.open(BytesIO(content)) as opened:
            limit = max(int(printed_width_pt / 72 * _PRINT_DPI), 1)
            return _as_it_is(opened, content, limit) or _coded(opened, limit)
    except _FAULTS as fault:
        raise UnreadablePicture(str(fault)) from fault


def _as_it_is(opened: Image.Image, content: bytes, limit: int) -> PdfImage | None:
    """The file's own packed pixels, where a PDF can hold them and they are not far too many."""
    width, height = opened.size
    if width > limit * _FAR_TOO_FINE:
        return None
    if opened.format == "JPEG":
        if opened.mode not in _COLOURS or opened.getexif().get(_TURN, 1) != 1:
            return None
        opened.draft(
            opened.mode, (1, 1)
        )  # an eighth of the pixels says as well whether it is sound
        opened.load()
        return PdfImage(width, height, _COLOURS[opened.mode], "DCTDecode", content)
    pixels = packed_pixels(content) if opened.format == "PNG" else None
    if pixels is None:
        return None
    is_grey = pixels.channels == 1 and not pixels.palette
    return PdfImage(
        width,
        height,
        _COLOURS["L" if is_grey else "RGB"],
        "FlateDecode",
        pixels.content,
        pixels.depth,
        pixels.palette,
        is_filtered=True,
    )


def _coded(opened: Image.Image, limit: int) -> PdfImage:
    """The pixels packed anew."""
    opened.load()
    is_jpeg = opened.format == "JPEG"
    opaque = _opaque(ImageOps.exif_transpose(opened))
    if opaque.width > limit * _FAR_TOO_FINE:
        opaque.thumbnail((limit, opaque.height), Image.Resampling.LANCZOS)
    width, height = opaque.size
    if is_jpeg:
        target = BytesIO()
        opaque.save(target, "JPEG", quality=_JPEG_QUALITY)
        return PdfImage(width, height, _COLOURS[opaque.mode], "DCTDecode", target.getvalue())
    packed = zlib.compress(opaque.tobytes(), 6)
    return PdfImage(width, height, _COLOURS[opaque.mode], "FlateDecode", packed)


_COLOURS = {"L": "DeviceGray", "RGB": "DeviceRGB"}


def _opaque(image: Image.Image) -> Image.Image:
    """The picture in grey or RGB, what shows through filled with the white of the paper."""
    if image.has_transparency_data:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("RGB")
    if image.mode == "I;16":  # two bytes a pixel, the upper one second
        return Image.frombytes("L", image.size, image.tobytes()[1::2])
    if image.mode in {"1", "L"}:
        return image.convert("L")
    return image.convert("RGB")
