"""reportlab's reader of font files, its long tables taken at once and not number by number.

It saves about 40 ms a face. A file whose characters are mapped in a rare way, or which is faulty,
is left to reportlab itself. Widths of glyphs past the full entries are reported in units of the
face, where reportlab 5.1 has them in 1/1000 em and would write them so into the cut file.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from typing import Literal

from reportlab.pdfbase.ttfonts import TTFontFile

_SPACE, _FIXED_SPACE = 0x20, 0xA0
_SHORT_OFFSETS, _LONG_OFFSETS = 0, 1  # formats of loca


class FontReader(TTFontFile):
    """A parsed face; `charWidths` stays empty, for `hmetrics` has them by glyph."""

    def extractInfo(self, charInfo: bool | Literal[0, 1] = 1) -> None:
        """What reportlab calls while it opens a file."""
        super().extractInfo(charInfo=0)
        if not charInfo:
            return
        characters = self._characters()
        offsets = self._offsets()
        if characters is None or offsets is None or not self._has_known_outlines():
            super().extractInfo(charInfo)
            self.hmetrics = self._measures()
            return
        self.charToGlyph = characters
        self.charWidths = {}
        self.hmetrics = self._measures()
        self.defaultWidth = self.hmetrics[0][0] * 1000 / self.unitsPerEm
        self.glyphPos = offsets
        if _SPACE in characters:
            characters[_FIXED_SPACE] = characters[_SPACE]
        elif _FIXED_SPACE in characters:
            characters[_SPACE] = characters[_FIXED_SPACE]

    def _has_known_outlines(self) -> bool:
        return struct.unpack_from(">H", self._bytes("head"), 52)[0] == 0

    def _bytes(self, tag: str) -> bytes:
        # The stubs of reportlab leave the type of a tag out.
        start, length = self.get_table_pos(tag)  # pyright: ignore[reportUnknownMemberType]
        return self.get_chunk(start, length)

    def _characters(self) -> dict[int, int] | None:
        """The glyph of each character; None where the mapping is of a rare kind."""
        table = self._bytes("cmap")
        start = _mapping_start(table)
        if start is None:
            return None
        match struct.unpack_from(">H", table, start)[0]:
            case 4:
                return dict(_pairs_of_segments(table, start))
            case 12:
                return _groups(table, start)
            case _:
                return None

    def _measures(self) -> list[tuple[int, int]]:
        """Advance width and left side bearing of each glyph, in units of the face."""
        full = struct.unpack_from(">H", self._bytes("hhea"), 34)[0]
        numbers = _shorts(self._bytes("hmtx")[: 2 * (full + self.numGlyphs)])
        advances, bearings = numbers[: 2 * full : 2], numbers[1 : 2 * full : 2]
        pairs = list(zip(advances, bearings, strict=True))
        return pairs + [(advances[-1], bearing) for bearing in numbers[2 * full :]]

    def _offsets(self) -> list[int] | None:
        """Where the outlines of each glyph begin and, at the end, where the last ones stop."""
        kind = struct.unpack_from(">H", self._bytes("head"), 50)[0]
        count = self.numGlyphs + 1
        table = self._bytes("loca") if "loca" in self.table else b""
        if kind == _SHORT_OFFSETS and len(table) >= 2 * count:
            return [number << 1 for number in _shorts(table[: 2 * count])]
        if kind == _LONG_OFFSETS and len(table) >= 4 * count:
            return list(struct.unpack_from(f">{count}L", table))
        return None


def _mapping_start(table: bytes) -> int | None:
    """The mapping reportlab would take: the last one for Unicode, else one for the Macintosh."""
    chosen: int | None = None
    is_unicode = False
    count = struct.unpack_from(">H", table, 2)[0]
    for platform, encoding, start in struct.iter_unpack(">HHL", table[4 : 4 + 8 * count]):
        if platform == 3 or (platform == 1 and encoding == 1) or (platform == 0 and encoding != 5):
            chosen, is_unicode = start, True
        elif platform == 1 and encoding == 0 and not is_unicode:
            chosen = start
    return chosen


def _groups(table: bytes, start: int) -> dict[int, int]:
    """A mapping of format 12."""
    characters: dict[int, int] = {}
    count = struct.unpack_from(">L", table, start + 12)[0]
    groups = table[start + 16 : start + 16 + 12 * count]
    for first, last, glyph in struct.iter_unpack(">LLL", groups):
        characters.update(
            zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)
        )
    return characters


def _pairs_of_segments(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    """A mapping of format 4."""
    length, double = struct.unpack_from(">HxxH", table, start + 2)
    count = double // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", table, start + at)
        for at in (14, 16 + double, 16 + 2 * double, 16 + 3 * double)
    )
    glyphs = _shorts(table[start + 16 + 3 * double : start + (length & ~1)])
    for at, (first, last, delta, reach) in enumerate(
        zip(starts, ends, deltas, ranges, strict=True)
    ):
        for character in range(first, last + 1):
            glyph: int = character
            if reach:
                place: int = at + reach // 2 + character - first
                glyph = glyphs[place] if place < len(glyphs) else 0
            is_drawn = glyph or not reach
            yield character, (glyph + delta) & 0xFFFF if is_drawn else 0


def _shorts(content: bytes) -> array[int]:
    numbers = array("H", content)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
