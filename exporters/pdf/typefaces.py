"""Font files as reportlab reads them: parsed once a process, cut to the used glyphs at the end.

Only glyf outlines pass; CFF, bitmap-only and embedding-forbidden files are refused by `load`.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFError

from exporters.pdf.fontreading import FontReader


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face in a file; `index` counts inside a .ttc collection, `name` is for the reader."""

    path: Path
    name: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a PDF font descriptor says of a face, in 1/1000 em."""

    ascent: float
    descent: float
    cap_height: float
    italic_angle: float
    stem: float
    box: tuple[float, ...]


_FAULTS = (TTFError, OSError, ValueError, KeyError, IndexError, struct.error)


class UnusableFont(Exception):
    """A font file that cannot be embedded; the message is for the log."""


class Typeface:
    """A parsed face: which characters it draws, how wide, and its outlines on demand."""

    def __init__(self, file: FontFile) -> None:
        try:
            self._face = FontReader(str(file.path), subfontIndex=file.index)
        except _FAULTS as fault:
            raise UnusableFont(f"{file.path}: {fault}") from fault
        face = self._face
        self.name = face.name.decode("ascii") if isinstance(face.name, bytes) else str(face.name)
        self.glyphs: dict[int, int] = {
            code: glyph for code, glyph in face.charToGlyph.items() if glyph
        }
        self._em: int = face.unitsPerEm

    @property
    def metrics(self) -> Metrics:
        """The face's figures for its font descriptor."""
        face = self._face
        return Metrics(
            ascent=face.ascent,
            descent=face.descent,
            cap_height=face.capHeight,
            italic_angle=face.italicAngle,
            stem=face.stemV,
            box=tuple(face.bbox),
        )

    def __contains__(self, character: str) -> bool:
        return ord(character) in self.glyphs

    def width(self, character: str) -> float:
        """Advance of a character in em."""
        return self._face.hmetrics[self.glyphs.get(ord(character), 0)][0] / self._em

    def cut(self, codes: Sequence[int]) -> tuple[bytes, list[int]]:
        """A font file with just these characters, and each one's glyph number in it."""
        numbers: dict[int, int] = {0: 0}
        glyphs = [numbers.setdefault(self.glyphs[code], len(numbers)) for code in codes]
        reader = copy(self._face)  # it keeps its place while reading; two renders may run at once
        return reader.makeSubset(list(codes)), glyphs


@lru_cache(maxsize=32)
def load(file: FontFile) -> Typeface:
    """The parsed face of a file; UnusableFont when it cannot be embedded. 50-300 ms at first."""
    return Typeface(file)
