"""The footnotes of the pages of a part: numbered on each page from ①, kept at its foot.

A long note may go on at the foot of the next page, before that page's own notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.look import Face
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.pages import Page, PlacedLine, Rule, Sheet, base_line
from exporters.pdf.prepared import Line
from exporters.pdf.runs import headed, numbered
from exporters.pdf.slabs import SetNote

_RULE_SPACE_PT = 10.0  # above the first note; the rule stands in its middle
_RULE_WIDTH_PT = 0.5
_RULE_LENGTH = 0.25  # of the measure
_WHOLE = 4  # lines: up to here a note is not parted
_LEAST_LINES = 2  # of a parted note on the page of its mark
_MOST_CARRIED = 0.6  # of a page for what is left of the notes before it
_EPSILON = 0.05


@dataclass(frozen=True, slots=True)
class _NoteLine:
    line: Line
    size: float
    line_pt: float


class Foot:
    """The notes of the page being filled; `face` draws the marks."""

    def __init__(self, sheet: Sheet, case: GlyphCase, face: Face) -> None:
        self._sheet = sheet
        self._case = case
        self._face = face
        self._lines: list[_NoteLine] = []
        self._carried: list[_NoteLine] = []
        self._count = 0

    @property
    def height(self) -> float:
        """What the notes take of the page, with the rule above them, in points."""
        return sum(line.line_pt for line in self._lines) + self._rule_space(bool(self._lines))

    @property
    def is_open(self) -> bool:
        """Whether notes wait to be put on the current page."""
        return bool(self._lines)

    def least(self, notes: Sequence[SetNote]) -> float:
        """What more these notes take at least, in points; 0 without any."""
        if not notes:
            return 0.0
        *before, last = notes
        lines = len(last.lines) if len(last.lines) <= _WHOLE else _LEAST_LINES
        whole = sum(len(note.lines) * note.line_pt for note in before)
        return self._rule_space(not self._lines) + whole + lines * last.line_pt

    def take(self, line: Line, notes: Sequence[SetNote], room: float) -> Line:
        """Number the marks of a line and put their notes into `room`; the rest is carried on."""
        line = numbered(self._case, line, self._face, self._count + 1)
        room -= self._rule_space(not self._lines)
        for note in notes:
            self._count += 1
            first = headed(self._case, note.lines[0], self._face, self._count)
            for each in (first, *note.lines[1:]):
                room -= note.line_pt
                fits = room >= -_EPSILON and not self._carried
                kept = self._lines if fits else self._carried
                kept.append(_NoteLine(each, note.size, note.line_pt))
        return line

    def leave(self, page: Page) -> None:
        """Put the notes on the page that is full; the next one begins with what was carried."""
        top = self._sheet.bottom + self.height
        if self._lines:
            y, left = top - _RULE_SPACE_PT / 2, self._sheet.left
            length = self._sheet.text_width * _RULE_LENGTH
            page.items.append(Rule(left, y, left + length, y, _RULE_WIDTH_PT))
        top -= self._rule_space(bool(self._lines))
        for each in self._lines:
            x = self._sheet.left + each.line.indent * each.size
            y = base_line(top, each.line_pt, each.size)
            page.items.append(PlacedLine(each.line, x, y, each.size))
            top -= each.line_pt
        self._begin()

    def _begin(self) -> None:
        room = self._sheet.text_height * _MOST_CARRIED
        self._lines, self._count = [], 0
        while self._carried and room >= self._carried[0].line_pt:
            room -= self._carried[0].line_pt
            self._lines.append(self._carried.pop(0))

    @staticmethod
    def _rule_space(is_needed: bool) -> float:
        return _RULE_SPACE_PT if is_needed else 0.0
