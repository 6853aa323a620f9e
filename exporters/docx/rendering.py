"""The walk over the document tree: each block becomes paragraphs and tables of the Word file."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from exporters.document import (
    Block,
    Caption,
    Contents,
    Document,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    PageMap,
    Paragraph,
    Part,
    PartRole,
    Run,
    Table,
    TextRole,
)
from exporters.docx import names
from exporters.docx.anchors import Anchors
from exporters.docx.contents import contents_paragraphs
from exporters.docx.figures import Pictures
from exporters.docx.markup import Para, run
from exporters.docx.markup import field as word_field
from exporters.docx.measures import Sheet, sheet
from exporters.docx.numbering import CaptionCount, HeadingCount, ListCount, numbering_xml
from exporters.docx.package import Content, package_bytes
from exporters.docx.sections import PageNumbers
from exporters.docx.story import Story
from exporters.docx.styles import indents
from exporters.docx.tables import table_xml
from exporters.garbage import no_search_for_garbage
from exporters.look import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TYPED = 0  # the list that takes a style's own number away


@no_search_for_garbage()
def render(
    document: Document,
    pages: PageMap,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The plan as a Word file; `pages` fills the contents, `progress` hears of blocks done and all.

    Raises ExportError when a picture is of no kind that Word can show.
    """
    writer = _Writer(document, pages)
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
    sheet: Sheet = field(init=False)
    section: str = ""  # of the part being written
    counts_headings: bool = False
    story: Story = field(default_factory=Story)
    anchors: Anchors = field(default_factory=Anchors)
    headings: HeadingCount = field(default_factory=HeadingCount)
    captions: CaptionCount = field(default_factory=CaptionCount)
    lists: ListCount = field(default_factory=ListCount)
    pictures: Pictures = field(default_factory=Pictures)
    numbers: PageNumbers = field(default_factory=PageNumbers)

    def begin(self, part: Part) -> None:
        """Turn to a new part; the one before is complete."""
        if self.section:
            self.story.end_section(self.section)
        self.section = self.numbers.section(part)
        self.sheet = sheet(part.orientation)
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
            numbering=numbering_xml(self.lists.ordered),
            pictures=self.pictures.all(),
            properties=identity | self.anchors.long_addresses | self.anchors.live_marks,
        )
        return package_bytes(self.document, content)

    def _runs(self, runs: Iterable[Run]) -> str:
        values = groupby(runs, key=lambda part: part.address)  # pieces of one value: one control
        return "".join(
            self.anchors.value(address, "".join(map(self._run, parts))) for address, parts in values
        )

    def _run(self, part: Run) -> str:
        return self.anchors.live(part.live, run(part.text, strong=part.strong))

    def _heading(self, heading: Heading) -> None:
        level = min(max(heading.level, 1), max(HEADINGS))
        counted = self.counts_headings and self.headings.takes(heading)
        text = heading.text if counted else heading.number + heading.text
        self.story.add(
            Para(
                names.heading(level).id,
                self.anchors.heading(heading.anchor, run(text)),
                list_id=None if counted else TYPED,
                indent="" if counted else indents(HEADINGS[level]),
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
        if table.head or table.body:  # Word takes a table without rows for damage
            self.story.add_table(table_xml(table, self.sheet, self.anchors))
        for note in table.notes[:-1]:
            self.story.add(Para(names.TEXT[TextRole.NOTE].id, run(note)))
        for note in table.notes[-1:]:
            self.story.add(Para(names.LAST_NOTE.id, run(note)))
        if not table.notes:
            self.story.add(Para(names.SPACER.id))

    def _figure(self, figure: Figure) -> None:
        picture = self.pictures.drawing(figure, self.sheet)
        self.story.add(Para(names.FIGURE.id, self.anchors.picture(figure.address, picture)))
        self.story.add(Para(names.FIGURE_CAPTION.id, self._caption(figure.caption)))

    def _contents(self, contents: Contents) -> None:
        headings = tuple(self.document.headings())
        for entry in contents_paragraphs(contents, headings, self.pages):
            self.story.add(entry)

    def _caption(self, caption: Caption) -> str:
        counted = self.captions.takes(caption)
        label = (
            run(counted.prefix) + word_field(rf"SEQ {counted.sequence} \* ARABIC", counted.number)
            if counted
            else run(caption.label)
        )
        text = run(f" {caption.text}") if caption.text else ""
        return self.anchors.caption(caption.anchor, label) + text
