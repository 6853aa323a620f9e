"""Narratives to blocks: paragraphs, numbered headings, lists, tables and pictures.

The shape is read from what is stored, then each piece is printed with its live figures filled in:
no number can turn a line into a list or split a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from exporters.compose.numbering import LAST_LEVEL
from exporters.compose.setting import Setting
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
from forms.live_figures import filled, live_figures_in, shown_at
from forms.narrative import (
    ProseHeading,
    ProseList,
    ProseParagraph,
    ProsePicture,
    ProseTable,
    read_prose,
)


def prose_blocks(setting: Setting, text: str, address: str, top_level: int) -> Iterator[Block]:
    """The blocks of a narrative; its own headings start at `top_level`, unnumbered from 5 on."""
    printer = _Printer(setting, top_level)
    for block in read_prose(text):
        match block:
            case ProseParagraph():
                yield Paragraph(printer.runs(block.text, address), TextRole.BODY)
            case ProseHeading():
                yield printer.heading(block)
            case ProseList():
                yield ListBlock(tuple(printer.runs(item) for item in block.items), block.ordered)
            case ProseTable():
                yield printer.table(block)
            case ProsePicture():
                yield setting.draw_inline(block.sha256, printer.plain(block.caption))
            case _:
                assert_never(block)


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints the pieces of one narrative."""

    setting: Setting
    top_level: int

    def plain(self, text: str) -> str:
        return filled(self.setting.view, text)

    def runs(self, text: str, address: str = "") -> tuple[Run, ...]:
        """The text with each live figure in a run of its own."""
        runs: list[Run] = []
        end = 0
        for placed in live_figures_in(text):
            if placed.start > end:
                runs.append(Run(text[end : placed.start], address=address))
            number = shown_at(self.setting.view, placed).text
            runs.append(Run(number, address=address, live=placed.source))
            end = placed.end
        if end < len(text) or not runs:
            runs.append(Run(text[end:], address=address))
        return tuple(runs)

    def heading(self, heading: ProseHeading) -> Block:
        level, text = self.top_level + heading.level - 1, self.plain(heading.text)
        if level > LAST_LEVEL:
            return Paragraph((Run(text, strong=True),), TextRole.BODY)
        return self.setting.numbers.heading(level, text)

    def table(self, block: ProseTable) -> Table:
        width = max((len(row) for row in block.rows), default=1)

        def row(cells: tuple[str, ...]) -> TableRow:
            padded = (*cells, *[""] * (width - len(cells)))
            return TableRow(tuple(Cell(self.plain(text)) for text in padded))

        head, *body = block.rows
        columns = tuple(Column(10) for _ in range(width))
        return Table(columns, (row(head),), tuple(map(row, body)))
