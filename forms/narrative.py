"""Prose as the plan stores it: a small subset of Markdown, read into plain blocks.

Paragraphs (every line is one), two levels of headings (`#`, `##`), lists (`-`, `1.`), pipe tables
and pictures standing alone (`![caption](sha256)`). All else, such as `*`, `_` or `<`, is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([0-9a-f]{64})\)")
_INDENT = " \t\u3000"


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
    lines = "\n".join(
        line.lstrip(_INDENT) if _is_plain(line) else line for line in text.split("\n")
    )
    return tuple(_blocks(_parser().parse(lines)))


def prose_length(text: str) -> int:
    """The length as planners count it: characters without blanks and line breaks."""
    return sum(not char.isspace() for char in text)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": 20}
    return MarkdownIt("zero", options).enable(["table", "list", "heading"])


def _is_plain(line: str) -> bool:
    """Whether leading blanks are only the two-character indent of a typed paragraph."""
    stripped = line.lstrip(_INDENT)
    return not re.match(r"([-*+]|[0-9]{1,9}[.)])\s", stripped)


def _blocks(tokens: list[Token]) -> Iterator[ProseBlock]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _closing(tokens, position)
        inner = tokens[position : end + 1]
        match token.type:
            case "heading_open":
                yield ProseHeading(min(int(token.tag[1:]), 2), _text(inner))
            case "bullet_list_open" | "ordered_list_open":
                items = tuple(_items(inner[1:-1]))
                yield ProseList(items, token.type == "ordered_list_open")
            case "table_open":
                yield ProseTable(tuple(_rows(inner)))
            case "inline":
                yield from _paragraphs(token.content)
            case _:
                yield from _paragraphs(_text(inner))
        position = end + 1


def _closing(tokens: list[Token], start: int) -> int:
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth <= 0:
            return position
    return len(tokens) - 1


def _text(tokens: list[Token]) -> str:
    return "\n".join(token.content for token in tokens if token.type == "inline")


def _items(tokens: list[Token]) -> Iterator[str]:
    position = 0
    while position < len(tokens):
        end = _closing(tokens, position)
        yield _text(tokens[position : end + 1])
        position = end + 1


def _rows(tokens: list[Token]) -> Iterator[tuple[str, ...]]:
    row: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(token.content)
        elif token.type == "tr_close":
            yield tuple(row)


def _paragraphs(text: str) -> Iterator[ProseBlock]:
    for line in text.split("\n"):
        plain = line.strip(_INDENT)
        found = _PICTURE.fullmatch(plain)
        if found:
            yield ProsePicture(found[2], found[1])
        elif plain:
            yield ProseParagraph(plain)
