"""How large a picture is, read from the head of its file; nothing of it is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_GIFS = (b"GIF87a", b"GIF89a")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # segments that tell the size
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a segment


@dataclass(frozen=True, slots=True)
class PictureSize:
    """The media type of a picture, and its width and height in pixels."""

    media_type: str
    width: int
    height: int


def picture_size(content: bytes) -> PictureSize | None:
    """The size of a PNG, JPEG or GIF; None when that cannot be told."""
    if content.startswith(_PNG):
        return _size("image/png", content[16:20], content[20:24])
    if content[:6] in _GIFS:
        return _size("image/gif", content[7:5:-1], content[9:7:-1])
    if content.startswith(_JPEG):
        for marker, segment in _segments(content):
            if marker in _FRAMES:
                return _size("image/jpeg", segment[3:5], segment[1:3])
    return None


def _size(media_type: str, width: bytes, height: bytes) -> PictureSize | None:
    across, down = int.from_bytes(width, "big"), int.from_bytes(height, "big")
    return PictureSize(media_type, across, down) if across and down else None


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG before its pixels, by their markers."""
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF or marker in _ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        yield marker, content[place + 4 : place + 2 + length]
        place += 2 + max(2, length)
