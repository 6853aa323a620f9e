"""园策: `exporters.pdf`, with the bundled fonts only."""

from __future__ import annotations

from pathlib import Path

from content import Content
from ours import document_of

from exporters import pdf
from exporters.pdf.fonts import FontChoice
from forms.garbage import no_search_for_garbage


@no_search_for_garbage()  # as the program exports
def make(content: Content, folder: Path, target: Path) -> None:
    """The PDF."""
    made = pdf.render(document_of(content, folder), fonts=FontChoice.bundled())
    target.write_bytes(made.content)
