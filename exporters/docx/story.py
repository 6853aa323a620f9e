"""The body of the Word file as it grows: paragraphs, tables and sections in print order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from exporters.docx import names
from exporters.docx.markup import Para

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Table = tuple[str, ...]  # the pieces of its XML: a large one is written row by row


@dataclass(slots=True)
class Story:
    """What has been written so far."""

    _blocks: list[Para | _Table] = field(default_factory=list["Para | _Table"])
    _section_start: int = 0
    _page_break_due: bool = False

    def add(self, paragraph: Para) -> None:
        """Put a paragraph at the end; a page break that is due goes before it."""
        if self._page_break_due:
            paragraph = replace(paragraph, breaks_page=True)
            self._page_break_due = False
        self._blocks.append(paragraph)

    def add_table(self, xml: Iterable[str]) -> None:
        """Put a table at the end; two tables never touch, for Word would join them."""
        touches = bool(self._blocks) and isinstance(self._blocks[-1], tuple)
        if touches or self._page_break_due:
            self.add(Para(names.SPACER.id))
        self._blocks.append(tuple(xml))

    def break_page(self) -> None:
        """Let what follows start on a new page; a section does so by itself."""
        self._page_break_due = len(self._blocks) > self._section_start

    def end_section(self, section: str) -> None:
        """Give all since the last section the sheet and page numbers of a `w:sectPr`."""
        self._page_break_due = False
        self._blocks.append(replace(self._closing(), section=section))
        self._section_start = len(self._blocks)

    def xml(self, last_section: str) -> Iterator[str]:
        """The body element in pieces; the last section stands at its end."""
        self._blocks.append(self._closing())
        yield "<w:body>"
        for block in self._blocks:
            if isinstance(block, tuple):
                yield from block
            else:
                yield block.xml()
        yield last_section
        yield "</w:body>"

    def _closing(self) -> Para:
        """Take off the paragraph that ends a section.

        That is the last one with text; one of its own could fall on a page of its own, and so is
        almost without height.
        """
        own = Para(names.SECTION_END.id)
        if len(self._blocks) == self._section_start:
            return own
        last = self._blocks[-1]
        if isinstance(last, tuple) or last.style == names.SECTION_END.id:
            return own
        self._blocks.pop()
        return own if last.style == names.SPACER.id else last
