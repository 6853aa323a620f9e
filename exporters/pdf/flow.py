"""Filling pages with slabs, top to bottom, once: headings stay with text, captions with tables.

A page is full when the lines and the footnotes that belong to them meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from exporters.document import Listed, PartRole
from exporters.look import Face, Setting
from exporters.pdf.cutting import Cutter
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.notes import Foot
from exporters.pdf.pages import (
    Page,
    PlacedDrawing,
    PlacedEntry,
    PlacedLine,
    PlacedPicture,
    PlacedValue,
    Region,
    Rule,
    Sheet,
    base_line,
)
from exporters.pdf.placing import line_places, placed_piece, values_of
from exporters.pdf.prepared import NOTE_MARK, Line
from exporters.pdf.slabs import (
    BreakSlab,
    DrawingSlab,
    PictureSlab,
    SealSlab,
    SetNote,
    Slab,
    TableSlab,
    TextSlab,
)
from forms.breathing import breathe

_EPSILON = 0.05
_SEAL_LINE_PT, _SEAL_DASH_PT = 0.75, 3.0
_SIGNING_LINES = 2


class Flow:
    """The pages of one part while they fill up."""

    def __init__(self, sheet: Sheet, role: PartRole, foot: Foot) -> None:
        self._sheet = sheet
        self._foot = foot
        self._role = role
        self._used = 0.0  # of the current page's text height, in points
        self._is_untouched = True
        self._began_by_author = True  # else the page began because the last one was full
        self.pages: list[Page] = [Page(sheet, role)]

    def pour(self, slabs: Sequence[Slab]) -> None:
        """Place slabs in order on as many pages as they need."""
        at = 0
        while at < len(slabs):
            breathe()
            end = at
            while end + 1 < len(slabs) and _keeps_together(slabs[end], slabs[end + 1]):
                end += 1
            group = slabs[at : end + 1]
            self._make_room(sum(map(_height, group[:-1])) + self._lead(group[-1]))
            for slab in group:
                self._place(slab)
            at = end + 1

    def finish(self) -> list[Page]:
        """The pages, the last one with its notes and with what they need beyond it."""
        self._foot.leave(self.pages[-1])
        while self._foot.is_open:
            self.pages.append(Page(self._sheet, self._role))
            self._foot.leave(self.pages[-1])
        return self.pages

    @property
    def _room(self) -> float:
        return self._sheet.text_height - self._used - self._foot.height

    def _make_room(self, needed: float) -> None:
        """Turn the page if what must stand together fits the next page but not this one."""
        if needed > max(self._room, 0.0) + _EPSILON and not self._is_untouched:
            self._turn_page()

    def _turn_page(self, *, by_author: bool = False) -> None:
        self._foot.leave(self.pages[-1])
        self.pages.append(Page(self._sheet, self._role))
        self._used = 0.0
        self._is_untouched = True
        self._began_by_author = by_author

    def _place(self, slab: Slab) -> None:
        match slab:
            case TextSlab():
                self._place_text(slab)
            case PictureSlab():
                self._place_picture(slab)
            case DrawingSlab():
                self._place_drawing(slab)
            case TableSlab():
                self._place_table(slab)
            case SealSlab():
                self._place_seal(slab)
            case BreakSlab():
                if not self._is_untouched or not self._began_by_author:
                    self._turn_page(by_author=True)
            case _:
                assert_never(slab)

    def _space_before(self, points: float) -> None:
        if not self._is_untouched or self._began_by_author:
            self._used += points

    def _advance(self, height: float) -> float:
        """Take a height off the page; the upper edge of what goes there, from the sheet's foot."""
        top = self._sheet.height - self._sheet.top - self._used
        self._used += height
        self._is_untouched = False
        return top

    def _place_text(self, slab: TextSlab) -> None:
        self._space_before(slab.look.before_pt)
        for at, (bare, notes) in enumerate(_with_notes(slab)):
            needed = slab.look.line_pt + self._foot.least(notes)
            if needed > self._room + _EPSILON and not self._is_untouched:
                self._turn_page()
            top = self._advance(slab.look.line_pt)
            line = self._foot.take(bare, notes, self._room) if notes else bare
            x = self._sheet.left + slab.left + self._line_start(slab, line.width, line.indent)
            y = base_line(top, slab.look.line_pt, slab.size)
            placed = PlacedLine(line, x, y, slab.size)
            self.pages[-1].items.append(placed)
            if line.text.spans:
                self._mark_places(placed, top, slab.look.line_pt)
            if at == 0 and slab.landing is not None:
                self.pages[-1].landings.append(replace(slab.landing, y=top))
            if at == len(slab.lines) - 1 and slab.entry is not None:
                self.pages[-1].items.append(self._entry(slab, slab.entry, x, y))
        self._used += slab.look.after_pt

    def _mark_places(self, placed: PlacedLine, top: float, line_pt: float) -> None:
        values, links = line_places(placed, top, top - line_pt)
        self.pages[-1].values.extend(values)
        self.pages[-1].links.extend(links)

    def _line_start(self, slab: TextSlab, width_em: float, indent_em: float) -> float:
        """How far from the left edge of its measure a line begins, in points."""
        free = self._sheet.text_width - slab.left - width_em * slab.size
        match slab.look.setting:
            case Setting.JUSTIFIED | Setting.LEFT:
                return indent_em * slab.size
            case Setting.CENTRE:
                return free / 2
            case Setting.RIGHT:
                return free - slab.look.right_indent * slab.size
            case _:
                assert_never(slab.look.setting)

    def _entry(self, slab: TextSlab, entry: tuple[Listed, int], x: float, y: float) -> PlacedEntry:
        return PlacedEntry(
            listed=entry[0],
            target=entry[1],
            x=x,
            text_end=x + slab.lines[-1].width * slab.size,
            right=self._sheet.left + self._sheet.text_width,
            y=y,
            size=slab.size,
            face=slab.look.face,
        )

    def _place_picture(self, slab: PictureSlab) -> None:
        self._space_before(slab.before)
        top = self._advance(slab.height)
        x = self._sheet.left + (self._sheet.text_width - slab.width) / 2
        self.pages[-1].items.append(
            PlacedPicture(slab.content, x, top - slab.height, slab.width, slab.height)
        )
        if slab.address:
            value = PlacedValue(slab.address, x, top - slab.height, x + slab.width, top)
            self.pages[-1].values.append(value)

    def _place_seal(self, slab: SealSlab) -> None:
        self._space_before(slab.before)
        top = self._advance(slab.height)
        right = self._sheet.left + self._sheet.text_width
        left, bottom = right - slab.width, top - slab.height
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        sides = (
            Rule(*start, *end, _SEAL_LINE_PT, _SEAL_DASH_PT) for start, end in pairwise(corners)
        )
        self.pages[-1].items.extend(sides)
        words, line_pt = slab.words, slab.words.look.line_pt
        top -= (slab.height - words.height) / 2
        for line in words.lines:
            x = left + (slab.width - line.width * words.size) / 2
            y = base_line(top, line_pt, words.size)
            self.pages[-1].items.append(PlacedLine(line, x, y, words.size))
            top -= line_pt
        self._used += slab.after

    def _place_drawing(self, slab: DrawingSlab) -> None:
        self._space_before(slab.before)
        top = self._advance(slab.height)
        x = self._sheet.left + (self._sheet.text_width - slab.width) / 2
        self.pages[-1].items.append(PlacedDrawing(slab.drawing, x, top, slab.scale))

    def _place_table(self, slab: TableSlab) -> None:
        cutter = Cutter(slab.table, self._sheet.text_height)
        self._space_before(slab.before)
        while not cutter.is_done:
            breathe()
            piece = cutter.take(self._room, slab.tail)
            if piece is None and not self._is_untouched:
                self._turn_page()
                continue
            piece = piece or cutter.take(self._room, must=True)
            if piece is None:
                break
            top = self._advance(piece.height)
            page = self.pages[-1]
            page.items.extend(placed_piece(slab.table, piece, self._sheet.left, top))
            page.values.extend(values_of(slab.table, piece, self._sheet.left, top))
            page.regions.append(Region(slab.label, top - piece.height, top))
        self._used += slab.after

    def _lead(self, slab: Slab) -> float:
        """What a slab needs at least of the page it starts on, in points."""
        match slab:
            case TextSlab():
                notes = next((notes for _, notes in _with_notes(slab)), ())
                return slab.look.before_pt + slab.lead + self._foot.least(notes)
            case PictureSlab() | DrawingSlab():
                return slab.before + slab.height
            case TableSlab():
                return slab.before + Cutter(slab.table, self._sheet.text_height).lead(slab.tail)
            case SealSlab():
                return slab.before + slab.height
            case BreakSlab():
                return 0.0
            case _:
                assert_never(slab)


def pour_part(
    sheet: Sheet, role: PartRole, slabs: Iterable[Slab], case: GlyphCase, note_face: Face
) -> list[Page]:
    """The pages of one part; `note_face` draws the marks of footnotes."""
    flow = Flow(sheet, role, Foot(sheet, case, note_face))
    flow.pour(list(slabs))
    return flow.finish()


def _with_notes(slab: TextSlab) -> Iterator[tuple[Line, tuple[SetNote, ...]]]:
    """Each line with the footnotes whose marks stand on it."""
    if not slab.notes:
        yield from ((line, ()) for line in slab.lines)
        return
    first = 0
    for line in slab.lines:
        end = first + line.characters.count(NOTE_MARK)
        yield line, slab.notes[first:end]
        first = end


def _keeps_together(slab: Slab, following: Slab) -> bool:
    """Whether a page may not end between two slabs; a seal stays with the line of who signs."""
    signs = isinstance(slab, TextSlab) and len(slab.lines) <= _SIGNING_LINES
    return _keeps_with_next(slab) or (signs and isinstance(following, SealSlab))


def _keeps_with_next(slab: Slab) -> bool:
    match slab:
        case TextSlab():
            return slab.look.keep_with_next
        case PictureSlab() | DrawingSlab():
            return True
        case TableSlab() | SealSlab() | BreakSlab():
            return False
        case _:
            assert_never(slab)


def _height(slab: Slab) -> float:
    """The height of a slab that is kept whole, with the space around it."""
    match slab:
        case TextSlab():
            return slab.look.before_pt + slab.height + slab.look.after_pt
        case PictureSlab() | DrawingSlab():
            return slab.before + slab.height
        case TableSlab() | SealSlab() | BreakSlab():
            return 0.0
        case _:
            assert_never(slab)
