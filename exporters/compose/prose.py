"""Narratives to blocks: paragraphs, numbered headings, lists, tables and pictures.

The shape is read from what is stored, then each piece is printed with its marks filled in: no
number can turn a line into a list or split a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

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
from forms.heading_numbers import LAST_LEVEL
from forms.inline.footnotes import PlacedNote
from forms.inline.marks import Mark, may_hold_marks, pieces_of, with_marks
from forms.inline.reading import NOTE_AFTER, NOTE_BEFORE
from forms.inline.references import ANNEX, PlacedReference
from forms.live_figures import Placed, shown_at
from forms.narrative import (
    ProseHeading,
    ProseList,
    ProseParagraph,
    ProsePicture,
    ProseTable,
    read_prose,
)
from forms.targets import named_at


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
                yield setting.draw_inline(block.mark, printer.plain(block.caption))
            case _:
                assert_never(block)


def plain_text(setting: Setting, text: str) -> str:
    """Prose where paper holds letters only: footnotes stand in brackets where they belong."""
    return with_marks(text, lambda mark: _words(setting, mark)) if may_hold_marks(text) else text


def _words(setting: Setting, mark: Mark) -> str:
    match mark:
        case Placed():
            return shown_at(setting.view, mark).text
        case PlacedReference():
            return _reference(setting, mark).text
        case PlacedNote():
            return f"{NOTE_BEFORE}{plain_text(setting, mark.note.text)}{NOTE_AFTER}"
        case _:
            assert_never(mark)


def _reference(setting: Setting, mark: PlacedReference) -> Run:
    """What a reference prints: the label of what it names, or why there is none."""
    meant = named_at(setting.view, mark)
    if meant.fault or mark.reference is None:
        return Run(meant.text)
    annex = mark.reference.name.removeprefix(ANNEX)
    if annex != mark.reference.name and annex in setting.annexes:  # its label is known beforehand
        return setting.annex(annex)[0]
    found = setting.labels.of(mark.reference.name)
    if found is None or not found.label:
        return Run(meant.text)
    return Run(found.label, target=found.anchor)


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints the pieces of one narrative."""

    setting: Setting
    top_level: int

    def plain(self, text: str) -> str:
        return plain_text(self.setting, text)

    def runs(self, text: str, address: str = "") -> tuple[Run, ...]:
        """The text with each mark in a run of its own; a footnote hangs on the run before it."""
        runs: list[Run] = []
        for piece in pieces_of(text):
            if not isinstance(piece, PlacedNote):
                runs.append(self._run(piece, address))
                continue
            note = self.plain(piece.note.text).strip()
            before = runs[-1] if runs else None
            if before is not None and not before.note:
                runs[-1] = replace(before, note=note)
            else:
                runs.append(Run("", address=address, note=note))
        return tuple(runs) or (Run(text, address=address),)

    def _run(self, piece: str | Placed | PlacedReference, address: str) -> Run:
        match piece:
            case str():
                return Run(piece, address=address)
            case Placed():
                number = shown_at(self.setting.view, piece).text
                return Run(number, address=address, live=piece.source)
            case PlacedReference():
                return replace(_reference(self.setting, piece), address=address)
            case _:
                assert_never(piece)

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
