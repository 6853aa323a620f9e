"""Each block of the document set to the measure of its part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from exporters.document import (
    Block,
    Caption,
    Contents,
    Document,
    DrawnFigure,
    Figure,
    Heading,
    ListBlock,
    Listed,
    PageBreak,
    Paragraph,
    Run,
    SealBox,
    Table,
    TextRole,
)
from exporters.look import Face, Look, TextLook
from exporters.pdf.characters import circled
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.lines import break_lines
from exporters.pdf.pages import POINTS_PER_MM, Landing
from exporters.pdf.prepared import SetText, prepare
from exporters.pdf.runs import set_runs
from exporters.pdf.slabs import (
    BreakSlab,
    DrawingSlab,
    PictureSlab,
    SealSlab,
    SetNote,
    Slab,
    TableSlab,
    TextSlab,
    printed_size,
    text_slab,
)
from exporters.pdf.tables import set_table

_BULLET = "•"
_LABEL_RESERVE_EM = 3.0  # of a contents line, for its page label
_FIGURE_GAP_PT = 6.0
_SEAL_GAP_PT = 8.0
_PLAIN_ENTRY = 3  # lists of tables and figures look like entries of this level


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the blocks of one document; `measure` is the text width of the part in points."""

    case: GlyphCase
    document: Document
    look: Look
    measure: float

    def slabs(self, block: Block) -> Iterator[Slab]:
        """The slabs of a block in print order."""
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield self._paragraph(block.runs, self.look.text[block.role])
            case ListBlock():
                yield from self._list(block)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case DrawnFigure():
                yield from self._drawn(block)
            case SealBox():
                yield self._seal(block)
            case Contents():
                yield from self._contents(block)
            case PageBreak():
                yield BreakSlab()
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> TextSlab:
        look = self.look.heading(heading.level)
        title = f"{heading.number}{heading.text}"
        landing = Landing(heading.anchor, title, max(heading.level, 1), Listed.HEADINGS)
        return self._line(title, look, landing)

    def _line(
        self, text: str, look: TextLook, landing: Landing | None = None, measure: float = 0.0
    ) -> TextSlab:
        return self._text(prepare(self.case, ((text, look.face),)), look, landing, measure)

    def _paragraph(self, runs: tuple[Run, ...], look: TextLook, mark: str = "") -> TextSlab:
        faced = [(Run(mark), look.face)] if mark else []
        faced += [(run, self._face_of(run, look)) for run in runs]
        slab = self._text(set_runs(self.case, faced, self._note_look.face), look)
        notes = tuple(self._note(run.note) for run in runs if run.note)
        return replace(slab, notes=notes) if notes else slab

    @property
    def _note_look(self) -> TextLook:
        return self.look.text[TextRole.FOOTNOTE]

    def _note(self, text: str) -> SetNote:
        look = self._note_look
        slab = self._line(f"{circled(1)} {text}", look)
        return SetNote(slab.lines, slab.size, look.line_pt)

    def _text(
        self,
        texts: tuple[SetText, ...],
        look: TextLook,
        landing: Landing | None = None,
        measure: float = 0.0,
    ) -> TextSlab:
        size = printed_size(look, self.look.page)
        return text_slab(texts, look, size, measure or self.measure, landing)

    def _face_of(self, run: Run, look: TextLook) -> Face:
        return self.look.strong_face if run.strong else look.face

    def _list(self, block: ListBlock) -> Iterator[TextSlab]:
        for number, item in enumerate(block.items, 1):
            mark = f"{number}. " if block.ordered else f"{_BULLET} "
            yield self._paragraph(item, self.look.text[TextRole.BODY], mark)

    def _caption(
        self, caption: Caption, look: TextLook, listed: Listed = Listed.FIGURES
    ) -> TextSlab:
        title = f"{caption.label} {caption.text}"
        return self._line(title, look, Landing(caption.anchor, title, 0, listed))

    def _seal(self, seal: SealBox) -> SealSlab:
        look = replace(self.look.text[TextRole.NOTE], before_pt=0, after_pt=0)
        width, height = seal.width_mm * POINTS_PER_MM, seal.height_mm * POINTS_PER_MM
        words = self._line(seal.text, look, measure=width - 2 * self.look.table.padding_pt)
        return SealSlab(words, width, height, _SEAL_GAP_PT, _SEAL_GAP_PT)

    def _table(self, table: Table) -> Iterator[Slab]:
        if table.caption is not None:
            yield self._caption(table.caption, self.look.caption, Listed.TABLES)
        if table.unit:
            yield self._line(f"单位：{table.unit}", self.look.unit_line)
        notes = list(self._notes(table.notes))
        tail = sum(slab.look.before_pt + slab.height + slab.look.after_pt for slab in notes)
        after = 0.0 if notes else self.look.table.after_pt
        before = 0.0 if table.caption or table.unit else self.look.table.before_pt
        yield TableSlab(
            set_table(self.case, table, self.measure, self.look.table),
            before,
            after,
            tail,
            table.caption.label if table.caption else "",
        )
        yield from notes

    def _notes(self, notes: tuple[str, ...], *, below_caption: bool = False) -> Iterator[TextSlab]:
        for number, note in enumerate(notes, 1):
            look = self.look.text[TextRole.NOTE]
            if below_caption:
                look = replace(look, before_pt=0)
            if number == len(notes):
                look = replace(look, after_pt=self.look.table.after_pt)
            yield self._line(note, look)

    def _figure(self, figure: Figure) -> Iterator[Slab]:
        printed = figure.printed_mm(self.measure / POINTS_PER_MM, self._highest_mm(figure))
        width, height = (side * POINTS_PER_MM for side in printed)
        yield PictureSlab(figure.picture, width, height, _FIGURE_GAP_PT, figure.address)
        yield self._caption(figure.caption, self.look.figure_caption)

    def _highest_mm(self, figure: Figure) -> float:
        return self.look.figure_height_mm(large=figure.large, page_mm=self._page_mm)

    @property
    def _page_mm(self) -> float:
        """The height of the text on a page of this part."""
        page = self.look.page
        is_upright = self.measure < page.text_height_mm * POINTS_PER_MM - 1
        return page.text_height_mm if is_upright else page.text_width_mm

    def _drawn(self, figure: DrawnFigure) -> Iterator[Slab]:
        """The drawing at its own size, smaller only where it is wider or higher than the page."""
        drawing, height = figure.drawing, self._page_mm
        notes = list(self._notes(figure.notes, below_caption=True))
        below = sum(slab.height + slab.look.after_pt for slab in notes)
        room = height * POINTS_PER_MM - _FIGURE_GAP_PT - self.look.caption.line_pt * 2 - below
        scale = min(
            1.0,
            self.measure / (drawing.width_mm * POINTS_PER_MM),
            room / (drawing.height_mm * POINTS_PER_MM),
        )
        yield DrawingSlab(drawing, scale, _FIGURE_GAP_PT)
        look = self.look.figure_caption
        if notes:
            look = replace(look, keep_with_next=True, after_pt=0)
        yield self._caption(figure.caption, look)
        yield from notes

    def _contents(self, contents: Contents) -> Iterator[TextSlab]:
        yield self._paragraph((Run(contents.title),), self.look.text[TextRole.FRONT_TITLE])
        match contents.listed:
            case Listed.HEADINGS:
                for target, heading in enumerate(self.document.headings()):
                    if heading.level <= contents.depth:
                        look = self.look.contents_entry(heading.level)
                        title = f"{heading.number}{heading.text}"
                        yield self._entry((contents.listed, target), title, look)
            case Listed.TABLES | Listed.FIGURES:
                look = replace(self.look.contents_entry(_PLAIN_ENTRY), first_indent=0)
                captions = (
                    c for listed, c in self.document.captions() if listed is contents.listed
                )
                for target, caption in enumerate(captions):
                    title = f"{caption.label} {caption.text}"
                    yield self._entry((contents.listed, target), title, look)
            case _:
                assert_never(contents.listed)

    def _entry(self, entry: tuple[Listed, int], title: str, look: TextLook) -> TextSlab:
        size = printed_size(look, self.look.page)
        left = look.first_indent * size
        texts = prepare(self.case, ((title, look.face),))
        room = (self.measure - left) / size - _LABEL_RESERVE_EM
        return TextSlab(break_lines(texts, room), look, size, left=left, entry=entry)
