"""Narratives to blocks: paragraphs, numbered headings, lists, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from exporters.compose.numbering import LAST_LEVEL, Numbers
from exporters.document import (
    Block,
    Cell,
    Column,
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

DrawPicture = Callable[[str, str], Block]  # SHA-256 and caption


def prose_blocks(
    text: str, address: str, numbers: Numbers, top_level: int, draw: DrawPicture
) -> Iterator[Block]:
    """The blocks of a narrative; its own headings start at `top_level`, unnumbered from 5 on."""
    for block in read_prose(text):
        match block:
            case ProseParagraph():
                yield Paragraph((Run(block.text, address=address),), TextRole.BODY)
            case ProseHeading():
                yield _heading(numbers, top_level + block.level - 1, block.text)
            case ProseList():
                items = tuple((Run(item),) for item in block.items)
                yield ListBlock(items, block.ordered)
            case ProseTable():
                yield _table(block)
            case ProsePicture():
                yield draw(block.sha256, block.caption)
            case _:
                assert_never(block)


def _heading(numbers: Numbers, level: int, text: str) -> Block:
    if level > LAST_LEVEL:
        return Paragraph((Run(text, strong=True),), TextRole.BODY)
    return numbers.heading(level, text)


def _table(block: ProseTable) -> Table:
    width = max((len(row) for row in block.rows), default=1)

    def row(cells: tuple[str, ...]) -> TableRow:
        padded = (*cells, *[""] * (width - len(cells)))
        return TableRow(tuple(Cell(text) for text in padded))

    head, *body = block.rows
    return Table(tuple(Column(10) for _ in range(width)), (row(head),), tuple(map(row, body)))
