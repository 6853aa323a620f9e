"""On which page each value of a plan is printed: the composed document read with its page map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exporters.document import (
    Block,
    Contents,
    Document,
    DrawnFigure,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    PageMap,
    Paragraph,
    SealBox,
    Table,
)
from forms.address import Address

Pages = Mapping[str, str]  # an address, or the row, item or section it stands in: page label


def address_pages(document: Document, pages: PageMap) -> Pages:
    """The page where each printed value begins, as near as headings and captions tell.

    Rows, items and sections are in it too, each with the first page that prints anything of it.
    """
    labels = dict(pages.pages)
    found: dict[str, str] = {}
    page = ""
    for block in document.blocks():
        page = labels.get(_anchor(block), page)
        for address in _addresses(block) if page else ():
            parts = address.split("/")
            for length in range(len(parts), 0, -1):
                found.setdefault("/".join(parts[:length]), page)
    return found


def page_of(pages: Pages, address: Address) -> str:
    """The page of a value, else of its row, table or section; "" when none of it is printed."""
    parts = str(address).split("/")
    keys = ("/".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((pages[key] for key in keys if key in pages), "")


def _anchor(block: Block) -> str:
    match block:
        case Heading():
            return block.anchor
        case Table() | Figure() | DrawnFigure():
            return block.caption.anchor if block.caption else ""
        case Paragraph() | ListBlock() | SealBox() | Contents() | PageBreak():
            return ""


def _addresses(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from (run.address for run in block.runs if run.address)
        case Table():
            for row in block.body:
                yield from (cell.address for cell in row.cells if cell.address)
        case Figure() if block.address:
            yield block.address
        case _:
            return
