"""The walk over the document tree: each block becomes paragraphs and tables of the Word file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
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
    Part,
    PartRole,
    Run,
    SealBox,
    Table,
    TextRole,
)
from exporters.docx import names
from exporters.docx.anchors import Anchors, caption_bookmark, heading_bookmark
from exporters.docx.contents import contents_entries, contents_paragraphs
from exporters.docx.drawn import DrawnFigures, FigureForm
from exporters.docx.figures import Pictures
from exporters.docx.footnotes import Footnotes
from exporters.docx.layout import Layout, lay_out
from exporters.docx.markup import Para, field_end, field_start, link, run
from exporters.docx.markup import field as word_field
from exporters.docx.measures import Sheet, sheet
from exporters.docx.numbering import CaptionCount, HeadingCount, ListCount, numbering_xml
from exporters.docx.package import Content, package_bytes
from exporters.docx.sections import PageNumbers
from exporters.docx.story import Story
from exporters.docx.styles import indents
from exporters.docx.tables import seal_xml, table_xml
from exporters.looks import official_look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from exporters.docx.grid import Grid
    from exporters.look import Look

TYPED = 0  # the list that takes a style's own number away


def render(
    document: Document,
    pages: PageMap | None = None,
    *,
    look: Look | None = None,
    figures: FigureForm = FigureForm(),  # noqa: B008  # frozen
    layout: Layout | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The plan as a Word file; `progress` hears of blocks done and all.

    `layout` spares laying the document out again; `pages`, if given, fill the contents instead of
    its own. `figures` says how drawn figures appear. Raises ExportError when a picture is of no
    kind that Word can show.
    """
    look = look or official_look()
    layout = layout or lay_out(document, look)
    drawn = DrawnFigures(look, figures)
    writer = _Writer(document, layout.pages if pages is None else pages, look, layout, drawn)
    total = sum(1 for _ in document.blocks())
    done = 0
    for part in document.parts:
        writer.begin(part)
        for block in part.blocks:
            writer.write(block)
            done += 1
            if progress:
                progress(done, total)
    return writer.file()


@dataclass(slots=True)
class _Writer:
    """One Word file in the making."""

    document: Document
    pages: PageMap
    look: Look
    layout: Layout
    drawn: DrawnFigures
    sheet: Sheet = field(init=False)
    grids: Iterator[Grid] = field(init=False)
    section: str = ""  # of the part being written
    counts_headings: bool = False
    story: Story = field(default_factory=Story)
    anchors: Anchors = field(default_factory=Anchors)
    headings: HeadingCount = field(default_factory=HeadingCount)
    captions: CaptionCount = field(default_factory=CaptionCount)
    lists: ListCount = field(default_factory=ListCount)
    heading_anchors: set[str] = field(init=False)
    caption_anchors: set[str] = field(init=False)
    notes: Footnotes = field(default_factory=Footnotes)
    pictures: Pictures = field(default_factory=Pictures)
    numbers: PageNumbers = field(default_factory=PageNumbers)

    def __post_init__(self) -> None:
        self.grids = iter(self.layout.grids)
        self.heading_anchors = {each.anchor for each in self.document.headings() if each.anchor}
        self.caption_anchors = {each.anchor for _, each in self.document.captions() if each.anchor}

    def begin(self, part: Part) -> None:
        """Turn to a new part; the one before is complete."""
        if self.section:
            self.story.end_section(self.section)
        self.section = self.numbers.section(
            part, self.look, has_header=bool(self.document.watermark)
        )
        self.sheet = sheet(part.orientation, self.look.page)
        self.counts_headings = part.role is PartRole.BODY

    def write(self, block: Block) -> None:
        """Put a block at the end of the story."""
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self.story.add(Para(names.TEXT[block.role].id, self._runs(block.runs)))
            case ListBlock():
                self._list(block)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case DrawnFigure():
                self._drawn_figure(block)
            case SealBox():
                self.story.add_table((seal_xml(block, self.sheet.text_width),))
                self.story.add(Para(names.SPACER.id))
            case Contents():
                self._contents(block)
            case PageBreak():
                self.story.break_page()
            case _:
                assert_never(block)

    def file(self) -> bytes:
        """The finished file."""
        identity = {"plan_id": self.document.plan_id, "export_id": self.document.export_id}
        content = Content(
            body=self.story.xml(self.section),
            numbering=numbering_xml(self.lists.ordered, self.look),
            pictures=self.pictures.all(),
            attachments=tuple(self.drawn.attachments),
            footnotes=self.notes.xml() if self.notes else "",
            properties=identity | self.anchors.long_addresses | self.anchors.live_marks,
        )
        return package_bytes(self.document, content, self.look)

    def _runs(self, runs: Sequence[Run]) -> str:
        outside = ""
        if runs and "".join(part.text for part in runs) in self.layout.hanging:
            *others, last = runs
            runs, outside = (*others, replace(last, text=last.text[:-1])), last.text[-1:]
        values = groupby(runs, key=lambda part: part.address)  # pieces of one value: one control
        return "".join(
            self.anchors.value(address, "".join(map(self._run, parts))) for address, parts in values
        ) + run(outside)

    def _run(self, part: Run) -> str:
        content = self.anchors.live(part.live, run(part.text, strong=part.strong))
        return self._linked(part, content) + self.notes.mark(part.note)

    def _linked(self, part: Run, content: str) -> str:
        """The label of a heading or caption, leading there; a caption's is kept up by Word."""
        if part.target in self.heading_anchors:
            return link(heading_bookmark(part.target), content)
        if part.target in self.caption_anchors:
            bookmark = caption_bookmark(part.target)
            return field_start(rf"REF {bookmark} \h") + content + field_end()
        return content

    def _heading(self, heading: Heading) -> None:
        level = min(max(heading.level, 1), max(self.look.headings))
        counted = self.counts_headings and self.headings.takes(heading)
        text = heading.text if counted else heading.number + heading.text
        self.story.add(
            Para(
                names.heading(level).id,
                self.anchors.heading(heading.anchor, run(text)),
                list_id=None if counted else TYPED,
                indent="" if counted else indents(self.look.heading(level)),
            )
        )

    def _list(self, block: ListBlock) -> None:
        style = names.ORDERED_LIST if block.ordered else names.BULLET_LIST
        list_id = self.lists.next_id() if block.ordered else None
        for item in block.items:
            self.story.add(Para(style.id, self._runs(item), list_id=list_id))

    def _table(self, table: Table) -> None:
        if table.caption:
            self.story.add(Para(names.CAPTION.id, self._caption(table.caption)))
        if table.unit:
            self.story.add(Para(names.UNIT_LINE.id, run(f"单位：{table.unit}")))
        grid = next(self.grids)
        if table.head or table.body:  # Word takes a table without rows for damage
            self.story.add_table(table_xml(table, grid, self.sheet, self.anchors))
        for note in table.notes[:-1]:
            self.story.add(Para(names.TEXT[TextRole.NOTE].id, run(note)))
        for note in table.notes[-1:]:
            self.story.add(Para(names.LAST_NOTE.id, run(note)))
        if not table.notes:
            self.story.add(Para(names.SPACER.id))

    def _figure(self, figure: Figure) -> None:
        picture = self.pictures.drawing(figure, self.sheet, self.look)
        self.story.add(Para(names.FIGURE.id, self.anchors.picture(figure.address, picture)))
        self.story.add(Para(names.FIGURE_CAPTION.id, self._caption(figure.caption)))

    def _drawn_figure(self, figure: DrawnFigure) -> None:
        self.story.add(Para(names.FIGURE.id, self.drawn.run(figure, self.sheet)))
        self.story.add(Para(names.FIGURE_CAPTION.id, self._caption(figure.caption)))
        for note in figure.notes:
            self.story.add(Para(names.TEXT[TextRole.NOTE].id, run(note)))

    def _contents(self, contents: Contents) -> None:
        entries = tuple(contents_entries(contents, self.document))
        for line in contents_paragraphs(contents, entries, self.pages):
            self.story.add(line)

    def _caption(self, caption: Caption) -> str:
        counted = self.captions.takes(caption)
        label = (
            run(counted.prefix) + word_field(rf"SEQ {counted.sequence} \* ARABIC", counted.number)
            if counted
            else run(caption.label)
        )
        text = run(f" {caption.text}") if caption.text else ""
        return self.anchors.caption(caption.anchor, label) + text
