"""园策: `exporters.docx`, contents filled from a page map."""

from __future__ import annotations

from pathlib import Path

from content import Content
from ours import document_of

from exporters import docx
from exporters.document import PageMap
from forms.garbage import no_search_for_garbage


@no_search_for_garbage()  # as the program exports
def make(content: Content, folder: Path, target: Path) -> None:
    """The Word file; the page map is invented, since making one is the PDF's work."""
    document = document_of(content, folder)
    pages = PageMap(tuple((heading.anchor, "1") for heading in document.headings()))
    target.write_bytes(docx.render(document, pages))
