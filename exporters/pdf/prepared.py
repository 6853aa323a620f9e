"""Text made ready for line breaking: its glyphs, the gaps between them, and where it may break.

All measures are in em of the text's own size, so one preparation serves every size and measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from exporters.look import Face
from exporters.pdf.characters import (
    BREAKS,
    FULL_WIDTH,
    GAPS,
    PUNCTUATION_GIVE,
    STRETCHES,
    Break,
    Kind,
    clean,
    glued_stretches,
)
from exporters.pdf.glyphs import Glyph, GlyphCase

NOTE_MARK = "\ufdd0"  # a noncharacter: where a footnote's mark stands until its page numbers it


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text that print a value of the plan, or lead to a place of the volume."""

    start: int
    end: int
    address: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SetText:
    """Text with its glyphs and, after each character, its gap; lists run parallel to `text`."""

    text: str
    glyphs: list[Glyph]
    gaps: list[float]
    breaks: list[Break]
    stretches: list[bool]
    gives: list[float]
    starts: list[float]  # where each character begins
    ends: list[float]
    given: list[float]  # sums of gives before a character
    stretched: list[int]  # counts of openable gaps before it
    spans: tuple[Span, ...] = ()

    @property
    def width(self) -> float:
        """The width on one line, without squeezing."""
        return self.ends[-1] if self.ends else 0.0

    def span(self, start: int, end: int) -> float:
        """The width of the characters from `start` to before `end`, without squeezing."""
        return self.ends[end - 1] - self.starts[start]

    def give(self, start: int, end: int) -> float:
        """How much those characters can be squeezed."""
        return self.given[end - 1] - self.given[start]

    def openings(self, start: int, end: int) -> int:
        """How many gaps among those characters may open."""
        return self.stretched[end - 1] - self.stretched[start]

    def hang(self, end: int) -> float:
        """How much of a closing mark before `end` may stand outside a line: its blank half."""
        glyph = self.glyphs[end - 1]
        return 0.5 if glyph.kind is Kind.CLOSE and glyph.width >= FULL_WIDTH else 0.0

    def skip_blanks(self, start: int) -> int:
        """Where a line really begins whose first characters are blanks."""
        while start < len(self.text) and self.glyphs[start].kind is Kind.SPACE:
            start += 1
        return start

    def drop_blanks(self, start: int, end: int) -> int:
        """Where a line really ends whose last characters are blanks."""
        while end - 1 > start and self.glyphs[end - 1].kind is Kind.SPACE:
            end -= 1
        return end


@dataclass(frozen=True, slots=True)
class Line:
    """A line cut from a text: characters from `start` to before `end`."""

    text: SetText
    start: int
    end: int
    indent: float = 0.0
    opening: float = 0.0  # added to each gap that may open
    squeeze: float = 0.0  # share of each gap's give that is taken, 0 to 1

    @property
    def width(self) -> float:
        """What the line covers, without its indent."""
        if self.end <= self.start:
            return 0.0
        text, start, end = self.text, self.start, self.end
        opened = text.openings(start, end) * self.opening
        return text.span(start, end) + opened - text.give(start, end) * self.squeeze

    @property
    def characters(self) -> str:
        """The characters on the line."""
        return self.text.text[self.start : self.end]

    def offset(self, at: int) -> float:
        """How far from the line's left end, without indent, a character of it begins."""
        text, start = self.text, self.start
        opened = (text.stretched[at] - text.stretched[start]) * self.opening
        squeezed = (text.given[at] - text.given[start]) * self.squeeze
        return text.starts[at] - text.starts[start] + opened - squeezed

    def reach(self, end: int) -> float:
        """How far from the line's left end, without indent, the character before `end` reaches."""
        if end <= self.start:
            return 0.0
        text, start = self.text, self.start
        opened = text.openings(start, end) * self.opening
        return text.span(start, end) + opened - text.give(start, end) * self.squeeze


def prepare(case: GlyphCase, runs: Sequence[tuple[str, Face]]) -> tuple[SetText, ...]:
    """Texts ready for breaking, one for each line the writer ended himself."""
    pieces: list[list[tuple[str, Face]]] = [[]]
    for text, face in runs:
        first, *rest = clean(text).split("\n")
        pieces[-1].append((first, face))
        pieces.extend([(line, face)] for line in rest)
    return tuple(_prepare_piece(case, piece) for piece in pieces)


def _prepare_piece(case: GlyphCase, runs: Sequence[tuple[str, Face]]) -> SetText:
    text = "".join([run for run, _ in runs])
    glyphs: list[Glyph] = []
    for run, face in runs:
        glyphs += _glyphs_of(case, run, face)
    count = len(text)
    gaps, breaks, stretches, gives = (
        [0.0] * count,
        [Break.FREE] * count,
        [True] * count,
        [0.0] * count,
    )
    _mark_pairs(glyphs, gaps, breaks, stretches, gives)
    _mark_glue(text, breaks)
    places = _places(glyphs, gaps)
    return SetText(
        text,
        glyphs,
        gaps,
        breaks,
        stretches,
        gives,
        starts=places[:-1:2],
        ends=places[1::2],
        given=list(accumulate(gives, initial=0.0)),
        stretched=list(accumulate(stretches, initial=0)),
    )


def _glyphs_of(case: GlyphCase, text: str, face: Face) -> list[Glyph]:
    if text == NOTE_MARK:
        return [case.note_mark(face, 1)]
    known = case.face(face)
    try:
        glyphs = [known[character] for character in text]
    except KeyError:
        glyphs = [case.glyph(face, character) for character in text]
    if "——" in text:
        _close_dashes(case, text, face, glyphs)
    if "’" in text:
        for at, character in enumerate(text):
            if character == "’" and _is_between_letters(text, at):
                glyphs[at] = case.apostrophe(face)
    if [glyph for glyph in glyphs if glyph.is_missing]:
        case.missing.update(
            character for character, glyph in zip(text, glyphs, strict=True) if glyph.is_missing
        )
    return glyphs


def _close_dashes(case: GlyphCase, text: str, face: Face, glyphs: list[Glyph]) -> None:
    pair = case.long_dash(face)
    at = text.find("——")
    while pair is not None and at >= 0:
        glyphs[at : at + 2] = pair
        at = text.find("——", at + 2)


def _is_between_letters(text: str, at: int) -> bool:
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return len(around) == 2 and around.isascii() and around.isalnum()


def _mark_pairs(
    glyphs: Sequence[Glyph],
    gaps: list[float],
    breaks: list[Break],
    stretches: list[bool],
    gives: list[float],
) -> None:
    """Fill the lists from each pair of neighbours; they come as two Han characters have them."""
    han = Kind.HAN
    kinds = [glyph.kind for glyph in glyphs]
    for at, (first, second) in enumerate(pairwise(kinds)):
        if first is han and second is han:
            continue
        breaks[at] = BREAKS[first][second]
        stretches[at] = STRETCHES[first][second]
        gap = gaps[at] = GAPS[first][second]
        closes = first is Kind.CLOSE and glyphs[at].width >= FULL_WIDTH
        opens = second is Kind.OPEN and glyphs[at + 1].width >= FULL_WIDTH
        if (closes and second in {Kind.CLOSE, Kind.OPEN}) or (opens and first is Kind.OPEN):
            gaps[at] = -0.5
        elif closes or opens:
            gives[at] = PUNCTUATION_GIVE
        elif gap > 0:
            gives[at] = gap / 2


def _mark_glue(text: str, breaks: list[Break]) -> None:
    for start, end in glued_stretches(text):
        for at in range(start, end - 1):
            if breaks[at] is Break.FREE:
                breaks[at] = Break.GLUED
    if text.startswith(" "):
        breaks[0] = Break.FORBIDDEN


def _places(glyphs: Sequence[Glyph], gaps: Sequence[float]) -> list[float]:
    """Where each character begins and ends in turn, and where a next one would begin."""
    steps = [0.0] * (2 * len(glyphs))
    steps[::2] = [glyph.width for glyph in glyphs]
    steps[1::2] = gaps
    return list(accumulate(steps, initial=0.0))


def widest_word(texts: Sequence[SetText]) -> float:
    """The width of the longest stretch that must not be cut, for the least width of a column."""
    widest, free, glued = 0.0, Break.FREE, Break.GLUED
    for text in texts:
        first, ends = 0, text.ends
        for at, after in enumerate(text.breaks[:-1]):
            if after is free or after is glued:
                widest = max(widest, ends[at] - text.starts[first])
                first = at + 1
        if ends:
            widest = max(widest, ends[-1] - text.starts[first])
    return widest
