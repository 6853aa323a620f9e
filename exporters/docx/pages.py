"""Filling the pages of the Word file as an office program does, to know what stands on which.

All lengths are in twips. Lines have exact heights, so a page is full when their sum says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias, assert_never

from exporters.document import PageMap, Part, PartRole, PartStart
from exporters.roman import roman

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE_RULE = 124  # what the rule above the first footnote of a page takes, in LibreOffice too
FRAME = 20  # the outer rule of a table, which takes room above and below
RULE = 10  # a rule between rows


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph: so many lines of one height; a picture is a single high line."""

    count: int
    line: int
    before: int = 0
    after: int = 0
    keeps_next: bool = False
    stays_whole: bool = False
    breaks_page: bool = False
    anchors: tuple[str, ...] = ()
    notes: tuple[tuple[int, int], ...] = ()  # footnotes: the line of the mark, the note's height

    @property
    def height(self) -> int:
        """All lines."""
        return self.count * self.line

    @property
    def lead(self) -> int:
        """What must stand on the page where the paragraph begins."""
        return self.height if self.stays_whole else self.line

    def notes_of(self, line: int) -> int:
        """The height of the footnotes whose marks stand in a line."""
        return sum(height for at, height in self.notes if at == line)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `head` is the height of the head rows that are repeated above it."""

    lines: int
    line: int
    padding: int  # above and below together
    keeps_next: bool = False
    stays_whole: bool = True
    head: int = 0
    is_first: bool = False
    is_last: bool = False
    anchors: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """The row without its rules."""
        return self.lines * self.line + self.padding

    @property
    def above(self) -> int:
        """The rule above the row."""
        return FRAME if self.is_first else RULE

    @property
    def below(self) -> int:
        """The rule below the last row."""
        return FRAME if self.is_last else 0


Box: TypeAlias = Lines | Row


@dataclass(slots=True)
class Filling:
    """The pages of one section while they fill up."""

    height: int  # of the text area
    pages: list[list[str]] = field(default_factory=lambda: [[]])  # the anchors on each page
    _used: int = 0
    _after: int = 0  # of the paragraph above, already used: the larger of two spaces counts
    _notes: int = 0  # of the page's height, for footnotes and their rule
    _is_untouched: bool = True
    _began_by_author: bool = True

    def pour(self, boxes: Sequence[Box]) -> None:
        """Place boxes in order on as many pages as they need."""
        at = 0
        while at < len(boxes):
            end = at
            while end + 1 < len(boxes) and _holds(boxes[end], boxes[end + 1]):
                end += 1
            self._make_room(boxes[at : end + 1])
            for box in boxes[at : end + 1]:
                self._place(box)
            at = end + 1

    @property
    def _room(self) -> int:
        return self.height - self._notes - self._used

    def _with_notes(self, height: int, notes: int) -> int:
        """What a line takes of the page with its footnotes."""
        rule = NOTE_RULE if notes and not self._notes else 0
        return height + notes + rule

    def _make_room(self, group: Sequence[Box]) -> None:
        """Turn the page where what must stand together does not fit on this one."""
        first = group[0]
        if isinstance(first, Lines) and first.breaks_page:
            self._turn(by_author=True)
        if self._is_untouched:
            return
        last = group[-1]
        needed = sum(map(_whole, group[:-1])) + _lead(last)
        if isinstance(last, Lines):
            needed = self._with_notes(needed, last.notes_of(0))
        if needed > self._room and needed <= self.height:
            self._turn()

    def _turn(self, *, by_author: bool = False) -> None:
        self.pages.append([])
        self._used = self._notes = self._after = 0
        self._is_untouched = True
        self._began_by_author = by_author

    def _advance(self, height: int) -> None:
        self._after = 0
        self._used += height
        self._is_untouched = False

    def _place(self, box: Box) -> None:
        match box:
            case Lines():
                self._place_lines(box)
            case Row():
                self._place_row(box)
            case _:
                assert_never(box)

    def _place_lines(self, box: Lines) -> None:
        if not self._is_untouched or self._began_by_author:
            self._used += max(box.before - self._after, 0)
        if box.notes:
            self._place_one_by_one(box)
        else:
            self._place_together(box)
        self._used += box.after
        self._after = box.after

    def _place_together(self, box: Lines) -> None:
        left, anchors = box.count, box.anchors
        while left:
            fitting = min(left, max(self._room, 0) // box.line)
            if box.stays_whole and fitting < left and not self._is_untouched:
                fitting = 0
            if not fitting and self._is_untouched:
                fitting = 1
            if fitting:
                self.pages[-1].extend(anchors)
                anchors = ()
                self._advance(fitting * box.line)
                left -= fitting
            if left:
                self._turn()

    def _place_one_by_one(self, box: Lines) -> None:
        """Lines with footnotes: each takes room for the notes it calls."""
        for line in range(box.count):
            notes = box.notes_of(line)
            if self._with_notes(box.line, notes) > self._room and not self._is_untouched:
                self._turn()
            if not line:
                self.pages[-1].extend(box.anchors)
            self._notes += self._with_notes(0, notes)
            self._advance(box.line)

    def _place_row(self, row: Row) -> None:
        above = row.above
        if (
            above + row.height + row.below > self._room
            and not self._is_untouched
            and row.stays_whole
        ):
            self._turn()
        if self._is_untouched and not row.is_first:
            above = FRAME + row.head
        if not row.stays_whole and above + row.height + row.below > self._room:
            self._split_row(row, above)
            return
        self.pages[-1].extend(row.anchors)
        self._advance(above + row.height + row.below)

    def _split_row(self, row: Row, above: int) -> None:
        fitting = min((self._room - above - row.padding) // row.line, row.lines)
        if fitting <= 0 and not self._is_untouched:
            self._turn()
            self._place_row(row)
            return
        fitting = max(fitting, 1)
        self.pages[-1].extend(row.anchors)
        self._advance(above + fitting * row.line + row.padding)
        if fitting == row.lines:
            return
        self._turn()
        self._place_row(replace(row, lines=row.lines - fitting, is_first=False, anchors=()))


def _holds(box: Box, following: Box) -> bool:
    """Whether a box stays on the page of the next one; a page break by the author is stronger."""
    return box.keeps_next and not (isinstance(following, Lines) and following.breaks_page)


def _whole(box: Box) -> int:
    if isinstance(box, Row):
        return box.above + box.height + box.below
    return box.before + box.height + box.after


def _lead(box: Box) -> int:
    if isinstance(box, Row):
        least = box.height if box.stays_whole else box.line + box.padding
        return box.above + least + box.below
    return box.before + box.lead


def page_map(parts: Sequence[Part], filled: Sequence[list[list[str]]]) -> PageMap:
    """The printed page of each anchor, from the anchors on the pages of each part."""
    places: dict[str, str] = {}
    counts = {"": 0, "roman": 0, "arabic": 0}
    sheets = 0
    for part, pages in zip(parts, filled, strict=True):
        kind = _KINDS[part.role]
        if part.start is PartStart.ODD and kind and counts[kind] % 2:
            counts[kind] += 1
            sheets += 1
        for anchors in pages:
            sheets += 1
            counts[kind] += 1
            label = {"": "", "roman": roman(counts[kind]), "arabic": str(counts[kind])}[kind]
            for anchor in anchors:
                places.setdefault(anchor, label)
    return PageMap(tuple(places.items()), sheets)


_KINDS = {
    PartRole.COVER: "",
    PartRole.FRONT: "roman",
    PartRole.BODY: "arabic",
    PartRole.ANNEX: "arabic",
}
