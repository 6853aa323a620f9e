"""Kinds of pictures a plan may hold, told from their first bytes, never from their names."""

from __future__ import annotations

from hashlib import sha256

from storage.errors import PictureRefused

_FIRST_BYTES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def media_type(content: bytes, name: str) -> str:
    """The media type of a picture; `PictureRefused` when it is of no accepted kind."""
    for first, kind in _FIRST_BYTES:
        if content.startswith(first):
            return kind
    raise PictureRefused(name)


def picture_name(content: bytes) -> str:
    """The name a picture is kept under: its SHA-256 in hex."""
    return sha256(content).hexdigest()
