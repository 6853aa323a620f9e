"""From blocks of a received document to a narrative as the plan stores it; text stays text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from importers.received import Block, Drawn, Grid, Item, Paragraph

_LEVELS = 2


def narrative_of(blocks: Sequence[Block], pictures: Mapping[int, str]) -> str:
    """The blocks as a narrative; `pictures` are the names of those that were kept."""
    lines: list[str] = []
    number = 0
    for block in blocks:
        number = number + 1 if isinstance(block, Item) and block.ordered else 0
        text = _text(block, number, pictures)
        if text:
            lines.append(text)
    return "\n".join(lines)


def words_of(block: Block) -> str:
    """A block in one line, for a list to choose from."""
    match block:
        case Paragraph():
            return " ".join(block.text.split())
        case Item():
            return f"• {' '.join(block.text.split())}"
        case Grid():
            first = "，".join(filter(None, block.rows[0])) if block.rows else ""
            return f"表格（{len(block.rows)} 行）：{' '.join(first.split())}"
        case Drawn():
            return "图片"
        case _:
            assert_never(block)


def _text(block: Block, number: int, pictures: Mapping[int, str]) -> str:
    match block:
        case Paragraph():
            lines = [_plain(line) for line in block.text.split("\n")]
            marks = "#" * min(block.level, _LEVELS)
            return f"{marks} {' '.join(lines)}" if marks else "\n".join(lines)
        case Item():
            return f"{number}. {_plain(block.text)}" if block.ordered else f"- {_plain(block.text)}"
        case Grid():
            return _table(block)
        case Drawn():
            name = pictures.get(block.picture, "")
            return f"![]({name})" if name else ""
        case _:
            assert_never(block)


def _table(grid: Grid) -> str:
    rows = [[_cell(text) for text in row] for row in grid.rows]
    ruler = ["---"] * len(rows[0])
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ruler, *rows[1:]))


def _cell(text: str) -> str:
    return " ".join(_plain(text).split()).replace("|", "\\|")


def _plain(text: str) -> str:
    """A text without what the program would take for a mark of its own."""
    return (
        text.strip()
        .replace("{{", "｛｛")
        .replace("}}", "｝｝")
        .replace("^[", "^［")
        .replace("![", "！[")
    )
