"""The contents and the lists of tables and figures: fields Word can refresh, already filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from exporters.document import Listed
from exporters.docx import names
from exporters.docx.anchors import caption_bookmark, heading_bookmark
from exporters.docx.markup import Para, field, field_end, field_start, run
from exporters.docx.styles import DEEPEST_CONTENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.document import Contents, Document, PageMap
    from exporters.docx.names import StyleName


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: its words, where they stand, and the style it is set in."""

    text: str
    anchor: str
    bookmark: str
    style: StyleName
    level: int = 0  # of a heading


def contents_entries(contents: Contents, document: Document) -> Iterator[Entry]:
    """What is listed, in print order."""
    match contents.listed:
        case Listed.HEADINGS:
            for heading in document.headings():
                if heading.level <= _depth(contents):
                    yield Entry(
                        heading.number + heading.text,
                        heading.anchor,
                        heading_bookmark(heading.anchor),
                        names.contents_entry(heading.level),
                        heading.level,
                    )
        case Listed.TABLES | Listed.FIGURES:
            for listed, caption in document.captions():
                if listed is contents.listed:
                    yield Entry(
                        f"{caption.label} {caption.text}",
                        caption.anchor,
                        caption_bookmark(caption.anchor),
                        names.LIST_ENTRY,
                    )
        case _:
            assert_never(contents.listed)


def contents_paragraphs(
    contents: Contents, entries: Sequence[Entry], pages: PageMap
) -> Iterator[Para]:
    """The title and one line for each entry."""
    labels = dict(pages.pages)
    yield Para(names.CONTENTS_TITLE.id, run(contents.title))
    opening = field_start(_instruction(contents)) if entries else ""
    for entry in entries:
        yield Para(entry.style.id, opening + _line(entry, labels.get(entry.anchor, "")))
        opening = ""
    if entries:
        # Never the paragraph that ends the section: LibreOffice 7.4 would lose the page numbers.
        yield Para(names.SECTION_END.id, field_end())


def _depth(contents: Contents) -> int:
    return min(contents.depth, DEEPEST_CONTENTS)


def _instruction(contents: Contents) -> str:
    """Lists go by the style of the captions: their numbers are a sequence for each chapter."""
    match contents.listed:
        case Listed.HEADINGS:
            return rf'TOC \o "1-{_depth(contents)}" \h \z'
        case Listed.TABLES:
            return rf'TOC \h \z \t "{names.CAPTION.name},{names.LIST_LEVEL}"'
        case Listed.FIGURES:
            return rf'TOC \h \z \t "{names.FIGURE_CAPTION.name},{names.LIST_LEVEL}"'
        case _:
            assert_never(contents.listed)


def _line(entry: Entry, page: str) -> str:
    title = run(entry.text)
    if not entry.anchor:
        return title
    number = field(rf"PAGEREF {entry.bookmark} \h", page)
    return (
        f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{title}<w:r><w:tab/></w:r>{number}'
        "</w:hyperlink>"
    )
