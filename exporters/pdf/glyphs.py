"""From a character to the glyph that prints it: the face's own, a small digit, or a fallback's.

Kept for one document: every glyph handed out is already coded in its embedded font.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from exporters.look import Face
from exporters.pdf.characters import FULL_WIDTH, Kind, circled, kind_of
from exporters.pdf.embedding import EmbeddedFont
from exporters.pdf.fonts import FontChoice
from exporters.pdf.typefaces import FontFile, Typeface, load

_SUBSCRIPTS = {
    **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)),
    **{"₊": "+", "₋": "−", "₌": "=", "₍": "(", "₎": ")", "ₓ": "x"},
}
_SUPERSCRIPTS = {
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
    **{"⁺": "+", "⁻": "−", "⁼": "=", "⁽": "(", "⁾": ")", "ⁿ": "n"},
}
_SMALL = 0.62
_SUBSCRIPT_RISE, _SUPERSCRIPT_RISE = -0.14, 0.33
_FULL_WIDTH_QUOTES = frozenset("“”‘’")
_BULLET = "•"
_DASH, _LONG_DASH = "—", "⸺"
_DASH_HEIGHT = 0.27  # of an em dash above the base line, where a lengthened one must stay
_MISSING_SIGN = "〓"  # the printer's sign for a sort that is not in the case
_LATIN_END = 0x0250


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printable sign: `code` is hex in `font`, widths and rise in em of the text's size."""

    font: EmbeddedFont
    code: str
    width: float
    kind: Kind
    scale: float = 1.0
    rise: float = 0.0
    is_missing: bool = False


class GlyphCase:
    """All faces of one document, with what could not be printed."""

    def __init__(self, choice: FontChoice) -> None:
        self._choice = choice
        self._fonts: dict[FontFile, EmbeddedFont] = {}
        self._glyphs: dict[Face, dict[str, Glyph]] = {face: {} for face in Face}
        self._dashes: dict[Face, tuple[Glyph, Glyph] | None] = {}
        self.missing: Counter[str] = Counter()

    @property
    def used_fonts(self) -> tuple[EmbeddedFont, ...]:
        """The fonts that something was set in, in order of first mention."""
        return tuple(font for font in self._fonts.values() if font.is_used)

    def face(self, face: Face) -> dict[str, Glyph]:
        """The glyphs of a face found so far; look up with `glyph` when one is not there."""
        return self._glyphs[face]

    def glyph(self, face: Face, character: str) -> Glyph:
        """The glyph that prints a character in a face."""
        known = self._glyphs[face].get(character)
        if known is None:
            known = self._glyphs[face][character] = self._find(face, character)
        return known

    def long_dash(self, face: Face) -> tuple[Glyph, Glyph] | None:
        """A closed —— as one glyph and an empty one, for faces whose dashes leave a gap."""
        if face not in self._dashes:
            self._dashes[face] = self._make_long_dash(face)
        return self._dashes[face]

    def _font(self, file: FontFile) -> EmbeddedFont:
        font = self._fonts.get(file)
        if font is None:
            font = self._fonts[file] = EmbeddedFont(load(file), f"F{len(self._fonts) + 1}")
        return font

    def _find(self, face: Face, character: str) -> Glyph:
        own = self._font(self._choice.file_of(face))
        if ord(character) < _LATIN_END and face not in self._choice.own_latin:
            latin = self._font(self._choice.latin)
            if character in latin.typeface:
                return self._make(latin, character, character)
        if self._suits(own, character):
            return self._make(own, character, character)
        return self._small_digit(face, character) or self._fall_back(own, character)

    def _fall_back(self, own: EmbeddedFont, character: str) -> Glyph:
        for font in map(self._font, self._choice.fallbacks):
            if self._suits(font, character):
                return self._make(font, character, character)
        if character in own.typeface:
            return self._make(own, character, character)
        for font in (own, *map(self._font, self._choice.fallbacks)):
            if _MISSING_SIGN in font.typeface:
                return self._make(font, _MISSING_SIGN, character, is_missing=True)
        return self._make(own, " ", character, is_missing=True)

    def _suits(self, font: EmbeddedFont, character: str) -> bool:
        """Whether a font has a character in the shape Chinese text asks for."""
        if character not in font.typeface:
            return False
        is_full = font.typeface.width(character) >= FULL_WIDTH
        if character == _BULLET:  # a full-width one is a tiny dot in a wide blank
            return not is_full
        return is_full or character not in _FULL_WIDTH_QUOTES

    def _small_digit(self, face: Face, character: str) -> Glyph | None:
        for signs, rise in ((_SUBSCRIPTS, _SUBSCRIPT_RISE), (_SUPERSCRIPTS, _SUPERSCRIPT_RISE)):
            base = signs.get(character)
            if base is not None:
                full = self.glyph(face, base)
                if not full.is_missing:
                    return self._make(full.font, base, character, scale=_SMALL, rise=rise)
        return None

    def _make(
        self,
        font: EmbeddedFont,
        drawn: str,
        meant: str,
        *,
        scale: float = 1.0,
        rise: float = 0.0,
        is_missing: bool = False,
    ) -> Glyph:
        return Glyph(
            font=font,
            code=font.code(drawn, meant),
            width=font.typeface.width(drawn) * scale,
            kind=kind_of(meant[0]),
            scale=scale,
            rise=rise,
            is_missing=is_missing,
        )

    def apostrophe(self, face: Face) -> Glyph:
        """A narrow ’ for use inside a Latin word, where the Chinese mark is a full square."""
        known = self._glyphs[face].get("'’")
        if known is None:
            straight = self.glyph(face, "'")
            known = self._make(straight.font, "'", "’")
            self._glyphs[face]["'’"] = known
        return known

    def note_mark(self, face: Face, number: int) -> Glyph:
        """The small raised mark of a footnote, by its number on the page."""
        mark = circled(number)
        known = self._glyphs[face].get(f"note {mark}")
        if known is None:
            full = self.glyph(face, mark)
            raised = self._make(full.font, mark, mark, scale=_SMALL, rise=_SUPERSCRIPT_RISE)
            known = self._glyphs[face][f"note {mark}"] = replace(raised, kind=Kind.NOTE)
        return known

    def outline_source(self, face: Face, character: str) -> tuple[Typeface, str]:
        """The typeface and the sign in it that draw a character, for what is not set as text."""
        chain = (self._choice.file_of(face), *self._choice.fallbacks)
        for typeface in map(load, chain):
            if character in typeface:
                return typeface, character
        self.missing[character] += 1
        return load(chain[0]), _MISSING_SIGN if _MISSING_SIGN in load(chain[0]) else " "

    def _make_long_dash(self, face: Face) -> tuple[Glyph, Glyph] | None:
        font = self.glyph(face, _DASH).font
        if font.typeface.width(_DASH) >= 0.99 or _LONG_DASH not in font.typeface:
            return None
        scale = 2.0 / font.typeface.width(_LONG_DASH)
        rise = -(scale - 1.0) * _DASH_HEIGHT
        long = self._make(font, _LONG_DASH, _DASH * 2, scale=scale, rise=rise)
        return long, Glyph(font=font, code="", width=0.0, kind=Kind.DASH)
