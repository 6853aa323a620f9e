"""A received picture, made anew from its pixels: nothing else of the file comes along.

Metadata (place and time of a photograph, texts, comments), colour profiles, further frames and
whatever follows the end of the picture stay behind. Runs in the worker.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import get_sampling

from forms.values import Cut
from importers.errors import Refused
from importers.guard.limits import (
    LONGEST_SIDE,
    MOST_OF_PHOTOGRAPH,
    MOST_PICTURE_BYTES,
    MOST_PIXELS,
)
from importers.received import CleanPicture

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_FIRST_BYTES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
)
_QUALITY = 92
_ORIENTATION = 0x0112
_TURNS = {  # quarters clockwise: Pillow turns the other way
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
_DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
_CLEAR = ("LA", "La", "PA", "RGBa")
_OTHER_FORMAT = "请用 PNG、JPEG、GIF、BMP 或 TIFF 图片。"
_SMALLER = "请用画图等程序缩小后另存，再试一次。"
_AGAIN = "请用看图程序打开它，另存为 PNG 或 JPEG 后再试。"
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,  # what Pillow raises for a broken PNG
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    ZeroDivisionError,
    RuntimeError,
    ArithmeticError,
    AttributeError,
    AssertionError,
)


def clean_picture(content: bytes, cut: Cut | None = None) -> CleanPicture:
    """The picture in received bytes as PNG or JPEG without metadata; otherwise `Refused`.

    With a `cut` only that part of it, turned.
    """
    if not content:
        raise Refused("图片文件是空的", _AGAIN)
    if len(content) > MOST_PICTURE_BYTES:
        raise Refused(f"图片超过 {MOST_PICTURE_BYTES >> 20} MB", _SMALLER)
    if not content.startswith(_FIRST_BYTES):
        raise Refused("不是可用的图片", _OTHER_FORMAT)
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = None  # the limit below is stricter and counts both sides
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata, which goes anyway
            return _made_anew(content, cut)
    except _BROKEN as error:
        raise Refused("图片不完整或已损坏", _AGAIN) from error


def _made_anew(content: bytes, cut: Cut | None) -> CleanPicture:
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        is_photograph = image.format == "JPEG"
        width, height = image.size
        if is_photograph and width * height > MOST_OF_PHOTOGRAPH:
            image.draft(None, (width // 2, height // 2))  # decoded at half or quarter size
        if image.width * image.height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            raise Refused(f"图片过大（{width} × {height} 像素）", _SMALLER)
        image.load()
        mode, ways = image.mode, _ways(image)
        upright = _upright(image)
        kept = ways if upright is image else {}
        if upright is not image:
            image.close()  # many megabytes of pixels nobody needs any more
    plain = _plain(upright)
    if plain.mode != mode:
        kept = {}
    if cut is not None:
        plain = _taken(plain, cut)
    plain.info = {}  # where profiles, comments and texts would come along from
    out = io.BytesIO()
    if is_photograph:
        inked = plain if plain.mode in ("L", "RGB") else plain.convert("RGB")
        try:
            inked.save(out, "JPEG", **(kept or {"quality": _QUALITY}))
        except _BROKEN:
            out = io.BytesIO()
            inked.save(out, "JPEG", quality=_QUALITY)
    else:
        plain.save(out, "PNG")
    return CleanPicture(out.getvalue(), *plain.size)


def _taken(image: Image.Image, cut: Cut) -> Image.Image:
    """The part of a picture that is meant; what of the box lies outside is left out."""
    if cut.turns:
        turned = image.transpose(_TURNS[cut.turns])
        image.close()
        image = turned
    right = min(cut.left + cut.width, image.width)
    lower = min(cut.top + cut.height, image.height)
    if right <= cut.left or lower <= cut.top:
        raise Refused("裁剪的范围在图片之外", "请重新框选。")
    return image.crop((cut.left, cut.top, right, lower))


def _ways(image: Image.Image) -> dict[str, Any]:
    """How a photograph was compressed: done the same way again, it loses next to nothing."""
    tables: dict[int, list[int]] = getattr(image, "quantization", {})
    sampling: int = get_sampling(image) if image.mode == "RGB" else -1
    return {"qtables": tables, "subsampling": sampling} if tables and sampling >= 0 else {}


def _upright(image: Image.Image) -> Image.Image:
    """The picture as a camera meant it to be seen; the very same when it stands upright."""
    try:
        if image.getexif().get(_ORIENTATION, 1) == 1:
            return image
        return ImageOps.exif_transpose(image)
    except _BROKEN:  # unreadable metadata turns nothing
        return image


def _plain(image: Image.Image) -> Image.Image:
    """Pixels only, in a mode that Word and PDF print: no palette, profile, depth or ink."""
    if image.mode in _DEEP:
        image = _eight_bits(image)
    if image.mode == "1":
        mode = "L"
    elif image.mode in ("L", "RGB", "RGBA"):
        mode = image.mode
    else:
        has_alpha = image.mode in _CLEAR or "transparency" in image.info
        mode = "RGBA" if has_alpha else "RGB"
    if mode in ("L", "RGB") and "transparency" in image.info:
        mode = "RGBA"
    return image if image.mode == mode else image.convert(mode)


def _eight_bits(image: Image.Image) -> Image.Image:
    """A deep grey picture with its own darkest and lightest tone as black and white."""
    low, high = image.getextrema()
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return image
    if image.mode.startswith("I;16"):
        low, high = 0, 65_535
    scale = 255 / (high - low) if high > low else 1
    grey = image.convert("F").point(  # pyright: ignore[reportUnknownMemberType] -- arrays of a library we do not have
        lambda tone: tone * scale - low * scale
    )
    return grey.convert("L")


def samples() -> Iterator[bytes]:
    """A tiny picture of every accepted format, to load what their decoders need."""
    for kind in FORMATS:
        out = io.BytesIO()
        Image.new("RGB", (1, 1)).save(out, kind)
        yield out.getvalue()
