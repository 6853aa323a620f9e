"""Narratives to blocks: paragraphs, numbered headings, lists, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from exporters.compose.numbering import Numbers
from exporters.document import (
    Block,
    Caption,
    Cell,
    Column,
    Figure,
    ListBlock,
    Paragraph,
    Run,
    Table,
    TableRow,
    TextRole,
)
from forms.narrative import (
    ProseHeading,
    ProseList,
    ProseParagraph,
    ProsePicture,
    ProseTable,
    read_prose,
)

DrawPicture = Callable[[str, Caption], Figure | None]


def prose_blocks(
    text: str, address: str, numbers: Numbers, top_level: int, draw: DrawPicture
) -> Iterator[Block]:
    """The blocks of a narrative; its own headings start at `top_level`."""
    for block in read_prose(text):
        match block:
            case ProseParagraph():
                yield Paragraph((Run(block.text, address=address),), TextRole.BODY)
            case ProseHeading():
                yield numbers.heading(min(top_level + block.level - 1, 4), block.text)
            case ProseList():
                items = tuple((Run(item),) for item in block.items)
                yield ListBlock(items, block.ordered)
            case ProseTable():
                yield _table(block)
            case ProsePicture():
                figure = draw(block.sha256, numbers.figure(block.caption or "附图"))
                if figure is not None:
                    yield figure
            case _:
                assert_never(block)


def _table(block: ProseTable) -> Table:
    width = max((len(row) for row in block.rows), default=1)

    def row(cells: tuple[str, ...]) -> TableRow:
        padded = (*cells, *[""] * (width - len(cells)))
        return TableRow(tuple(Cell(text) for text in padded))

    head, *body = block.rows
    return Table(tuple(Column(10) for _ in range(width)), (row(head),), tuple(map(row, body)))
