"""Pictures on their way in: decoded once to prove they are pictures, cleaned of metadata.

PNG and JPEG stay as they are unless they hold metadata (place and time of a photograph); any
other accepted format becomes PNG, because Word and PDF print only these two.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from forms.values import Picture
from storage.errors import PictureRefused
from storage.media import media_type, picture_name

MAX_PIXELS = 80_000_000
_NAME_LENGTH = 120
_JPEG_QUALITY = 92
_KEPT = {"image/png": "PNG", "image/jpeg": "JPEG"}


def take_picture(content: bytes, name: str) -> tuple[Picture, bytes]:
    """The picture and the bytes to keep; `PictureRefused` when it is none or far too large."""
    kind = media_type(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            kept, size = _cleaned(content, kind)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,  # what Pillow raises for a broken PNG
    ) as error:
        raise PictureRefused(name) from error
    stored_kind = media_type(kept, name)
    return Picture(picture_name(kept), name[:_NAME_LENGTH], stored_kind, *size), kept


def _cleaned(content: bytes, kind: str) -> tuple[bytes, tuple[int, int]]:
    with Image.open(io.BytesIO(content)) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        image.load()
        if kind in _KEPT and not image.getexif() and not image.info.get("exif"):
            return content, image.size
        turned = ImageOps.exif_transpose(image)
        out = io.BytesIO()
        if kind == "image/jpeg":
            turned.convert("RGB").save(out, "JPEG", quality=_JPEG_QUALITY)
        else:
            mode = "RGBA" if "A" in turned.getbands() else "RGB"
            turned.convert(mode).save(out, "PNG")
        return out.getvalue(), turned.size
