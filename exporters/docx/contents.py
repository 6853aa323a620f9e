"""The table of contents: a field Word can refresh, already filled with entries and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.docx import names
from exporters.docx.anchors import heading_bookmark
from exporters.docx.markup import Para, field, field_end, field_start, run
from exporters.docx.styles import DEEPEST_CONTENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.document import Contents, Heading, PageMap


def contents_paragraphs(
    contents: Contents, headings: Sequence[Heading], pages: PageMap
) -> Iterator[Para]:
    """The title and one entry for each heading down to the depth asked for."""
    depth = min(contents.depth, DEEPEST_CONTENTS)
    listed = [heading for heading in headings if heading.level <= depth]
    labels = dict(pages.pages)
    yield Para(names.CONTENTS_TITLE.id, run(contents.title))
    opening = field_start(rf'TOC \o "1-{depth}" \h \z') if listed else ""
    for heading in listed:
        style = names.contents_entry(heading.level).id
        yield Para(style, opening + _entry(heading, labels.get(heading.anchor, "")))
        opening = ""
    if listed:
        # Never the paragraph that ends the section: LibreOffice 7.4 would lose the page numbers.
        yield Para(names.SECTION_END.id, field_end())


def _entry(heading: Heading, page: str) -> str:
    title = run(heading.number + heading.text)
    if not heading.anchor:
        return title
    target = heading_bookmark(heading.anchor)
    number = field(rf"PAGEREF {target} \h", page)
    return (
        f'<w:hyperlink w:anchor="{target}" w:history="1">{title}<w:r><w:tab/></w:r>{number}'
        "</w:hyperlink>"
    )
