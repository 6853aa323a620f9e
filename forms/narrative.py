"""Prose as the plan stores it: a small subset of Markdown, read into plain blocks.

Paragraphs (every line is one), two levels of headings (`#`, `##`), lists (`-`, `1.`), pipe tables
and pictures standing alone (`![caption](sha256)`). All else, such as `*`, `_` or `<`, is text; the
marks of `forms.inline` stay in the text of their block.

Read line by line: no character but these marks may be lost on the way to paper, so a number that
does not count on, such as `3.` after a paragraph, stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from forms.inline.marks import pieces_of

_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([0-9a-f]{64})\)")
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(.+)")
_BULLET = re.compile(r"-[ \t\u3000]+(.+)")
_NUMBERED = re.compile(r"([0-9]{1,9})\.[ \t\u3000]+(.+)")
_RULER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?")
_BAR = re.compile(r"(?<!\\)\|")
_INDENT = " \t\u3000"
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
    """A picture of the plan, by its SHA-256."""

    sha256: str
    caption: str


ProseBlock: TypeAlias = ProseParagraph | ProseHeading | ProseList | ProseTable | ProsePicture


def read_prose(text: str) -> tuple[ProseBlock, ...]:
    """The blocks of a narrative; anything at all can be read."""
    lines = [line.strip(_INDENT) for line in text.split("\n")]
    return tuple(_blocks(lines))


def numbered_items(text: str) -> dict[int, tuple[int, str]]:
    """By line the number and the text of each item of the numbered lists of a narrative."""
    lines = [line.strip(_INDENT) for line in text.split("\n")]
    found: dict[int, tuple[int, str]] = {}
    position = 0
    while position < len(lines):
        items = _list_items(lines, position) if lines[position] else []
        if items and not lines[position].startswith("-"):
            found |= {line: (number, words) for number, (line, words) in enumerate(items, 1)}
        position = items[-1][0] + 1 if items else position + 1
    return found


def starts_table(text: str, line: int) -> bool:
    """Whether the head of a table stands in a line of a narrative, its ruler below it."""
    return _starts_table([each.strip(_INDENT) for each in text.split("\n")], line)


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


def _blocks(lines: list[str]) -> Iterator[ProseBlock]:
    position = 0
    while position < len(lines):
        line = lines[position]
        if not line:
            position += 1
        elif _starts_table(lines, position):
            rows = list(_table_lines(lines, position))
            yield ProseTable(tuple(_cells(row) for row in rows))
            position += len(rows) + 1  # and the ruler
        elif items := _list_items(lines, position):
            yield ProseList(tuple(text for _, text in items), line[0] != "-")
            position = items[-1][0] + 1
        else:
            yield _single(line)
            position += 1


def _single(line: str) -> ProseBlock:
    if found := _HEADING.fullmatch(line):
        return ProseHeading(min(len(found[1]), 2), found[2])
    if found := _PICTURE.fullmatch(line):
        return ProsePicture(found[2], found[1])
    return ProseParagraph(line)


def _list_items(lines: list[str], start: int) -> list[tuple[int, str]]:
    """The items of the list that begins at a line, with their lines; none when none does."""
    items: list[tuple[int, str]] = []
    is_bulleted = lines[start].startswith("-")
    for position in range(start, len(lines)):
        line = lines[position]
        if not line:
            continue
        if is_bulleted:
            text = found[1] if (found := _BULLET.fullmatch(line)) else ""
        else:
            found = _NUMBERED.fullmatch(line)
            text = found[2] if found and found[1] == str(len(items) + 1) else ""
        if not text:
            break
        items.append((position, text))
    return items


def _starts_table(lines: list[str], start: int) -> bool:
    if not lines[start].startswith("|") or start + 1 >= len(lines):
        return False
    ruler = lines[start + 1]
    return "|" in ruler and _RULER.fullmatch(ruler) is not None


def _table_lines(lines: list[str], start: int) -> Iterator[str]:
    """The head of a table and its rows, without the ruler between them."""
    yield lines[start]
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return
        yield line


def _cells(line: str) -> tuple[str, ...]:
    inner = line.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    kept = "".join(
        piece if isinstance(piece, str) else piece.source.replace("|", _STAND_IN)
        for piece in pieces_of(inner)
    )
    cells = (cell.strip(_INDENT).replace("\\|", "|") for cell in _BAR.split(kept))
    return tuple(cell.replace(_STAND_IN, "|") for cell in cells)
