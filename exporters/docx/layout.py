"""The Word file laid out as an office program will: lines, rows and pages before it is written.

Word keeps page numbers in the contents as text; they are right when this comes out as Word does.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING, assert_never

from exporters.document import (
    Block,
    Caption,
    Contents,
    Document,
    DrawnFigure,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    PageMap,
    Paragraph,
    Run,
    SealBox,
    Table,
    TextRole,
)
from exporters.docx import dress, names
from exporters.docx.breaking import SetText, Span
from exporters.docx.contents import contents_entries
from exporters.docx.drawn import drawn_size_mm
from exporters.docx.figures import printed_size_mm
from exporters.docx.grid import Grid, lay_out_table
from exporters.docx.measures import (
    Sheet,
    character_spacing,
    sheet,
    twips,
    twips_of_mm,
)
from exporters.docx.pages import Box, Filling, Lines, Row, page_map
from exporters.docx.styles import DEEPEST_CONTENTS
from exporters.letting_go import let_go_one_by_one
from exporters.look import TextLook
from exporters.looks import official_look
from forms.breathing import breathing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from exporters.look import Look

_BULLET = "• "
_NOTE_MARK = "\u2032"
_SECTION_END = Lines(1, twips(dress.section_end().line_pt))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, and the grid of each table in print order."""

    pages: PageMap
    grids: list[Grid]
    hanging: frozenset[str]  # texts of paragraphs whose last mark stands outside the measure

    def let_go(self) -> None:
        """Forget the grids, row by row: other threads run between them.

        Gone at once, those of 4,000 projects kept Python to themselves for 300 ms.
        """
        while self.grids:
            grid = self.grids.pop()
            rows = [*grid.head, *grid.body]
            del grid
            let_go_one_by_one(rows)


def lay_out(
    document: Document,
    look: Look | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Layout:
    """The whole document, laid out; `progress` is told (done, total) and may raise to cancel."""
    look = look or official_look()
    total, done = sum(len(part.blocks) for part in document.parts), 0
    grids: list[Grid] = []
    hanging: set[str] = set()
    filled: list[list[list[str]]] = []
    for part in document.parts:
        setter = _Setter(
            document,
            look,
            sheet(part.orientation, look.page),
            grids,
            hanging,
        )
        for block in part.blocks:
            setter.take(block)
            done += 1
            if progress:
                progress(done, total)
        filling = Filling(setter.height)
        filling.pour(setter.boxes())
        filled.append(filling.pages)
    return Layout(page_map(document.parts, filled), grids, frozenset(hanging))


@dataclass(slots=True)
class _Setter:
    """Turns the blocks of one part into boxes."""

    document: Document
    look: Look
    sheet: Sheet
    grids: list[Grid]
    hanging: set[str]
    _boxes: list[Box] = field(default_factory=list["Box"])
    _breaks: bool = False

    @property
    def height(self) -> int:
        """The height of the text area in twips."""
        return twips_of_mm(self.sheet.height_mm) - sum(
            map(twips_of_mm, (self.sheet.top_mm, self.sheet.bottom_mm))
        )

    @property
    def measure(self) -> int:
        """The width of the text area in twips."""
        return twips_of_mm(self.sheet.width_mm) - sum(
            map(twips_of_mm, (self.sheet.left_mm, self.sheet.right_mm))
        )

    def boxes(self) -> list[Box]:
        """All boxes of the part, once its blocks are taken."""
        ends_bare = not self._boxes or self._boxes[-1] in {self._spacer, _SECTION_END}
        if self._boxes and self._boxes[-1] == self._spacer:
            self._boxes.pop()
        return [*self._boxes, _SECTION_END] if ends_bare else self._boxes

    @property
    def _spacer(self) -> Lines:
        return Lines(1, twips(dress.spacer(self.look).line_pt))

    def take(self, block: Block) -> None:
        """Turn the next block into boxes."""
        match block:
            case Heading():
                look = self.look.heading(block.level)
                lines = self._lines(block.number + block.text, look, block.anchor)
                self._add(replace(lines, stays_whole=True))
            case Paragraph():
                self._runs(block.runs, dress.text(self.look, block.role))
            case ListBlock():
                for number, item in enumerate(block.items, 1):
                    mark = f"{number}. " if block.ordered else _BULLET
                    self._runs(item, self.look.text[TextRole.BODY], mark)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case DrawnFigure():
                self._drawn(block)
            case SealBox():
                self._seal(block)
            case Contents():
                self._contents(block)
            case PageBreak():
                self._breaks = bool(self._boxes)
            case _:
                assert_never(block)

    def _add(self, box: Box) -> None:
        if self._breaks and isinstance(box, Lines):
            box = replace(box, breaks_page=True)
            self._breaks = False
        self._boxes.append(box)

    def _runs(self, runs: Sequence[Run], look: TextLook, mark: str = "") -> None:
        """A paragraph of runs; the mark of a footnote is as narrow as a prime."""
        text, marks = mark, list[tuple[int, str]]()
        for run in runs:
            text += run.text
            if run.note:
                marks.append((len(text), run.note))
                text += _NOTE_MARK
        box = self._lines(text, look)
        if text in self.hanging:
            self.hanging.add("".join(run.text for run in runs))
        self._add(replace(box, notes=self._notes(text, look, marks)) if marks else box)

    def _notes(
        self, text: str, look: TextLook, marks: Sequence[tuple[int, str]]
    ) -> tuple[tuple[int, int], ...]:
        """The footnotes of a paragraph by the line of their mark, with their heights."""
        ends = list(accumulate(end - start for start, end in self._broken(text, look)))
        own = self.look.text[TextRole.FOOTNOTE]
        return tuple(
            (bisect_right(ends, at), self._lines(f"1 {note}", own).height) for at, note in marks
        )

    def _broken(self, text: str, look: TextLook, left: float = 0.0) -> Iterator[Span]:
        """The lines of a paragraph; a line end the writer made counts to the line above."""
        size = twips(look.size_pt)
        is_body = look.size_pt == self.look.page.body_size_pt
        on_grid = is_body and look.line_pt == self.look.page.line_pt
        spacing = character_spacing(self.look.page) if on_grid else 0
        room = self.measure - left - look.right_indent * size
        first = room - look.first_indent * size
        start = 0
        for piece in text.split("\n"):
            set_text = SetText(piece, size, spacing)
            lines = set_text.lines(first, room) or [(0, 0)]
            last_room = room if len(lines) > 1 else first
            if piece and set_text.ends_outside(lines[-1], last_room):
                self.hanging.add(text)
            for number, (begin, end) in enumerate(lines, 1):
                yield start + begin, start + end + (number == len(lines))
            start += len(piece) + 1
            first = room

    def _lines(self, text: str, look: TextLook, anchor: str = "", *, left: float = 0.0) -> Lines:
        return Lines(
            sum(1 for _ in self._broken(text, look, left)),
            twips(look.line_pt),
            twips(look.before_pt),
            twips(look.after_pt),
            keeps_next=look.keep_with_next,
            anchors=(anchor,) if anchor else (),
        )

    def _table(self, table: Table) -> None:
        look = self.look
        if table.caption:
            title = f"{table.caption.label} {table.caption.text}"
            self._add(self._lines(title, dress.caption(look), table.caption.anchor))
        if table.unit:
            self._add(self._lines(f"单位：{table.unit}", look.unit_line))
        grid = lay_out_table(table, self.measure, look.table)
        self.grids.append(grid)
        if self._breaks:
            self._add(self._spacer)
        for row in _rows(grid, self.height):
            self._add(row)
        for text in table.notes[:-1]:
            self._add(self._lines(text, dress.text(look, TextRole.NOTE)))
        for text in table.notes[-1:]:
            self._add(self._lines(text, dress.last_note(look)))
        if not table.notes:
            self._add(self._spacer)

    def _figure(self, figure: Figure) -> None:
        _, height_mm = printed_size_mm(figure, self.sheet, self.look)
        self._picture(height_mm, figure.caption)

    def _drawn(self, figure: DrawnFigure) -> None:
        _, height_mm = drawn_size_mm(figure.drawing, self.sheet)
        self._picture(height_mm, figure.caption)
        for text in figure.notes:
            self._add(self._lines(text, dress.text(self.look, TextRole.NOTE)))

    def _picture(self, height_mm: float, caption: Caption) -> None:
        height, before = twips_of_mm(height_mm), twips(self.look.caption.before_pt)
        self._add(Lines(1, height, before, keeps_next=True))
        title = f"{caption.label} {caption.text}"
        self._add(self._lines(title, self.look.figure_caption, caption.anchor))

    def _seal(self, seal: SealBox) -> None:
        height = twips_of_mm(seal.height_mm)
        self._add(Row(1, height, 0, is_first=True, is_last=True))
        self._add(self._spacer)

    def _contents(self, contents: Contents) -> None:
        self._add(self._lines(contents.title, self.look.text[TextRole.FRONT_TITLE]))
        for entry in contents_entries(contents, self.document):
            is_listed = entry.style == names.LIST_ENTRY
            look = self.look.contents_entry(DEEPEST_CONTENTS if is_listed else entry.level)
            left = 0.0 if is_listed else look.first_indent * twips(look.size_pt)
            self._add(self._lines(entry.text, replace(look, first_indent=0), left=left))
        self._add(_SECTION_END)


def _rows(grid: Grid, page_height: int) -> Iterator[Row]:
    heads = [grid.row_lines(places) for places in grid.head]
    line, padding = grid.line, grid.row_padding
    head = sum(lines * line + padding for lines in heads) + 10 * len(heads)
    count = len(grid.head) + len(grid.body)
    for number, lines in enumerate(heads):
        yield Row(
            lines, line, padding, keeps_next=True, is_first=not number, is_last=number == count - 1
        )
    for number, places in enumerate(breathing(grid.body)):
        lines = grid.row_lines(places)
        at = len(heads) + number
        yield Row(
            lines,
            line,
            padding,
            keeps_next=grid.keeps[number],
            stays_whole=grid.stays_whole(lines, page_height),
            head=head,
            is_first=at == 0,
            is_last=at == count - 1,
        )
