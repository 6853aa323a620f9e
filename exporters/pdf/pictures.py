"""Photographs and drawings as PDF images: upright, opaque, no finer than paper can show."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

_PRINT_DPI = 300
_FAR_TOO_FINE = 1.5  # times that density: only then is a picture made smaller
_JPEG_QUALITY = 88
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


def pdf_image(content: bytes, printed_width_pt: float) -> PdfImage:
    """A PNG or JPEG ready for printing so wide; UnreadablePicture when it is broken."""
    try:
        with Image.open(BytesIO(content)) as opened:
            opened.load()
            return _coded(opened, content, printed_width_pt)
    except _FAULTS as fault:
        raise UnreadablePicture(str(fault)) from fault


def _coded(opened: Image.Image, content: bytes, printed_width_pt: float) -> PdfImage:
    upright = ImageOps.exif_transpose(opened)
    is_jpeg = opened.format == "JPEG"
    limit = max(int(printed_width_pt / 72 * _PRINT_DPI), 1)
    is_too_fine = upright.width > limit * _FAR_TOO_FINE
    is_turned = opened.getexif().get(0x0112, 1) != 1
    if is_jpeg and opened.mode in {"L", "RGB"} and not is_too_fine and not is_turned:
        return PdfImage(opened.width, opened.height, _COLOURS[opened.mode], "DCTDecode", content)
    opaque = _opaque(upright)
    if is_too_fine:
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
