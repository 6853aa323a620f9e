"""PNG files whose packed pixels a PDF stream can hold as they are.

Unpacking, filtering and packing anew would cost four times as much and make a larger file.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1}  # by the colour type of the header: grey, RGB, palette
_BY_PALETTE = 3
_TO_BE_HEEDED = {b"tRNS", b"eXIf"}  # what shows through, and how the camera was held
_STEP = 1 << 14  # of packed bytes, which may be a thousand times as many unpacked


@dataclass(frozen=True, slots=True)
class PackedPixels:
    """Rows of samples of `depth` bits, each row with its PNG filter, compressed by zlib."""

    width: int
    height: int
    depth: int
    channels: int
    content: bytes
    palette: bytes = b""  # red, green and blue of each number that stands for a colour


def packed_pixels(file: bytes) -> PackedPixels | None:
    """The pixels of a plain PNG; None if it is of another kind, see-through, turned or damaged."""
    if not file.startswith(_SIGNATURE):
        return None
    chunks = list(_chunks(file))
    kinds = {kind for kind, _ in chunks}
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND":
        return None
    if kinds & _TO_BE_HEEDED:
        return None
    width, height, depth, colour, *rest = struct.unpack(">LLBBBBB", chunks[0][1])
    if depth > 8 or colour not in _CHANNELS or any(rest):  # any: interlaced, for one
        return None
    palette = _content(chunks, b"PLTE") if colour == _BY_PALETTE else b""
    if colour == _BY_PALETTE and not palette:
        return None
    content = _content(chunks, b"IDAT")
    pixels = PackedPixels(width, height, depth, _CHANNELS[colour], content, palette)
    return pixels if _is_whole(pixels) else None


def _content(chunks: list[tuple[bytes, bytes]], wanted: bytes) -> bytes:
    return b"".join(content for kind, content in chunks if kind == wanted)


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each chunk, as far as they are sound."""
    at = len(_SIGNATURE)
    while at + 12 <= len(file):
        (length,) = struct.unpack_from(">L", file, at)
        end = at + 8 + length
        if end + 4 > len(file) or zlib.crc32(file[at + 4 : end]) != _number(file, end):
            return
        yield file[at + 4 : at + 8], file[at + 8 : end]
        at = end + 4


def _number(file: bytes, at: int) -> int:
    return int.from_bytes(file[at : at + 4], "big")


def _is_whole(pixels: PackedPixels) -> bool:
    """Whether the pixels unpack to just as many as they should."""
    unpacking = zlib.decompressobj()
    row_bits = pixels.width * pixels.channels * pixels.depth
    expected = pixels.height * (1 + (row_bits + 7) // 8)
    found = 0
    try:
        for at in range(0, len(pixels.content), _STEP):
            found += len(unpacking.decompress(pixels.content[at : at + _STEP]))
            if found > expected:
                return False
    except zlib.error:
        return False
    return unpacking.eof and found == expected and not unpacking.unused_data
