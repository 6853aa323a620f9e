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
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
    TextRole,
)
from exporters.look import (
    CAPTION,
    CONTENTS_LOOKS,
    FIGURE_MAX_HEIGHT_MM,
    HEADINGS,
    STRONG_FACE,
    TABLE,
    TEXT,
    UNIT_LINE,
    Face,
    TextLook,
)
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.lines import break_lines
from exporters.pdf.pages import POINTS_PER_MM, Landing
from exporters.pdf.prepared import prepare
from exporters.pdf.slabs import (
    BreakSlab,
    PictureSlab,
    Slab,
    TableSlab,
    TextSlab,
    printed_size,
    text_slab,
)
from exporters.pdf.tables import set_table

_BULLET = "•"
_LABEL_RESERVE_EM = 3.0  # of a contents line, for its page label
_SCREEN_DPI = 96  # a picture is never printed larger than its pixels at this density
_FIGURE_GAP_PT = 6.0


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the blocks of one document; `measure` is the text width of the part in points."""

    case: GlyphCase
    document: Document
    measure: float

    def slabs(self, block: Block) -> Iterator[Slab]:
        """The slabs of a block in print order."""
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield self._paragraph(block.runs, TEXT[block.role])
            case ListBlock():
                yield from self._list(block)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Contents():
                yield from self._contents(block)
            case PageBreak():
                yield BreakSlab()
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> TextSlab:
        look = HEADINGS[min(max(heading.level, 1), max(HEADINGS))]
        title = f"{heading.number}{heading.text}"
        return self._line(title, look, Landing(heading.anchor, title, max(heading.level, 1)))

    def _line(self, text: str, look: TextLook, landing: Landing | None = None) -> TextSlab:
        return text_slab(prepare(self.case, ((text, look.face),)), look, self.measure, landing)

    def _paragraph(self, runs: tuple[Run, ...], look: TextLook, mark: str = "") -> TextSlab:
        faced = [(mark, look.face)] if mark else []
        faced += [(run.text, _face_of(run, look)) for run in runs]
        return text_slab(prepare(self.case, faced), look, self.measure)

    def _list(self, block: ListBlock) -> Iterator[TextSlab]:
        for number, item in enumerate(block.items, 1):
            mark = f"{number}. " if block.ordered else f"{_BULLET} "
            yield self._paragraph(item, TEXT[TextRole.BODY], mark)

    def _caption(self, caption: Caption, look: TextLook) -> TextSlab:
        title = f"{caption.label} {caption.text}"
        return self._line(title, look, Landing(caption.anchor, title, 0))

    def _table(self, table: Table) -> Iterator[Slab]:
        if table.caption is not None:
            yield self._caption(table.caption, CAPTION)
        if table.unit:
            yield self._line(f"单位：{table.unit}", UNIT_LINE)
        notes = list(self._notes(table))
        tail = sum(slab.look.before_pt + slab.height + slab.look.after_pt for slab in notes)
        after = 0.0 if notes else TABLE.after_pt
        before = 0.0 if table.caption or table.unit else TABLE.before_pt
        yield TableSlab(set_table(self.case, table, self.measure), before, after, tail)
        yield from notes

    def _notes(self, table: Table) -> Iterator[TextSlab]:
        for number, note in enumerate(table.notes, 1):
            look = TEXT[TextRole.NOTE]
            if number == len(table.notes):
                look = replace(look, after_pt=TABLE.after_pt)
            yield self._line(note, look)

    def _figure(self, figure: Figure) -> Iterator[Slab]:
        limit = min(self.measure, max(figure.width, 1) * 72 / _SCREEN_DPI)
        scale = min(
            limit / max(figure.width, 1),
            FIGURE_MAX_HEIGHT_MM * POINTS_PER_MM / max(figure.height, 1),
        )
        width, height = figure.width * scale, figure.height * scale
        yield PictureSlab(figure.picture, width, height, _FIGURE_GAP_PT)
        look = replace(CAPTION, keep_with_next=False, after_pt=TABLE.after_pt)
        yield self._caption(figure.caption, look)

    def _contents(self, contents: Contents) -> Iterator[TextSlab]:
        yield self._paragraph((Run(contents.title),), TEXT[TextRole.FRONT_TITLE])
        for target, heading in enumerate(self.document.headings()):
            if heading.level <= contents.depth:
                yield self._entry(target, heading)

    def _entry(self, target: int, heading: Heading) -> TextSlab:
        look = CONTENTS_LOOKS[min(max(heading.level, 1), max(CONTENTS_LOOKS))]
        size = printed_size(look)
        left = look.first_indent * size
        texts = prepare(self.case, ((f"{heading.number}{heading.text}", look.face),))
        room = (self.measure - left) / size - _LABEL_RESERVE_EM
        return TextSlab(break_lines(texts, room), look, size, left=left, entry=target)


def _face_of(run: Run, look: TextLook) -> Face:
    return STRONG_FACE if run.strong else look.face
