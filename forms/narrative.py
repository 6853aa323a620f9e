"""Prose as the plan stores it: a small subset of Markdown, read into plain blocks.

Paragraphs (every line is one), two levels of headings (`#`, `##`), lists (`-`, `1.`), pipe tables
and pictures inset alone (`![caption](sha256)`, see `picture_marks`). All else, such as `*`, `_` or
`<`, is text; the marks of `forms.inline` stay in the text of their block.

Read line by line: no character but these marks may be lost on the way to paper, so a number that
does not count on, such as `3.` after a paragraph, stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from forms.inline.marks import pieces_of
from forms.picture_marks import PictureMark
from forms.prose_lines import HEADINGS, INDENT, ITEMS, LineKind, ProseLine, picture_of, read_lines

_BAR = re.compile(r"(?<!\\)\|")
_STAND_IN = "\ufffe"  # no text of a plan holds it


@dataclass(frozen=True, slots=True)
class ProseParagraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class ProseHeading:
    """A heading inside prose, level 1 or 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class ProseList:
    """A list."""

    items: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class ProseTable:
    """A table; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ProsePicture:
    """A picture of the plan."""

    mark: PictureMark

    @property
    def caption(self) -> str:
        """What stands below it."""
        return self.mark.caption


ProseBlock: TypeAlias = ProseParagraph | ProseHeading | ProseList | ProseTable | ProsePicture


def read_prose(text: str) -> tuple[ProseBlock, ...]:
    """The blocks of a narrative; anything at all can be read."""
    return tuple(_blocks(read_lines(text)))


def table_rows(source: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a stored table row by row, without the ruler below its head."""
    lines = [line.strip(INDENT) for line in source.split("\n")]
    return tuple(_cells(line) for line in (lines[0], *lines[2:]))


def table_source(rows: Sequence[Sequence[str]]) -> str:
    """Cells as a stored table; the first row is its head."""
    width = max(len(row) for row in rows)
    head, *body = [_row_line(row, width) for row in rows]
    return "\n".join((head, f"|{'---|' * width}", *body))


def prose_length(text: str) -> int:
    """The length as planners count it: characters without blanks and line breaks."""
    return len("".join(text.split()))


def plain_prose(text: str) -> str:
    """A narrative as lines of plain text, for a cell of a table."""
    return "\n".join(line for block in read_prose(text) for line in _plain_lines(block))


def _plain_lines(block: ProseBlock) -> Iterator[str]:
    match block:
        case ProseParagraph() | ProseHeading():
            yield block.text
        case ProseList():
            for number, item in enumerate(block.items, start=1):
                yield f"{number}. {item}" if block.ordered else f"- {item}"
        case ProseTable():
            for row in block.rows:
                yield "，".join(row)
        case ProsePicture():
            yield f"（图：{block.caption}）" if block.caption else "（图）"
        case _:
            assert_never(block)


def _blocks(lines: Iterator[ProseLine]) -> Iterator[ProseBlock]:
    """Blocks of lines: items that follow each other are one list, empty lines between or not."""
    items: list[ProseLine] = []
    for line in lines:
        text = line.text.strip(INDENT)
        if not text:
            continue
        if items and (line.kind is not items[0].kind or line.restarts):
            yield _list(items)
            items = []
        if line.kind in ITEMS:
            items.append(line)
        else:
            yield _single(line, text)
    if items:
        yield _list(items)


def _list(items: list[ProseLine]) -> ProseList:
    return ProseList(tuple(item.text for item in items), items[0].kind is LineKind.NUMBERED)


def _single(line: ProseLine, text: str) -> ProseBlock:
    if line.kind in HEADINGS:
        return ProseHeading(1 if line.kind is LineKind.HEADING else 2, line.text)
    if line.kind is LineKind.TABLE:
        return ProseTable(table_rows(line.text))
    if line.kind is LineKind.PICTURE:
        return ProsePicture(picture_of(line.text))
    return ProseParagraph(text)


def _row_line(row: Sequence[str], width: int) -> str:
    cells = [_cell_source(cell) for cell in (*row, *[""] * (width - len(row)))]
    return f"| {' | '.join(cells)} |"


def _cell_source(cell: str) -> str:
    """A cell as stored: one line, its bars written so that they do not end it."""
    line = " ".join(cell.split("\n")).strip(INDENT)
    return "".join(
        piece.replace("|", "\\|") if isinstance(piece, str) else piece.source
        for piece in pieces_of(line)
    )


def _cells(line: str) -> tuple[str, ...]:
    inner = line.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    kept = "".join(
        piece if isinstance(piece, str) else piece.source.replace("|", _STAND_IN)
        for piece in pieces_of(inner)
    )
    cells = (cell.strip(INDENT).replace("\\|", "|") for cell in _BAR.split(kept))
    return tuple(cell.replace(_STAND_IN, "|") for cell in cells)
