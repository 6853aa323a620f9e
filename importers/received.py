"""What comes out of a received file: plain data, every doubt in a line of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Sort(Enum):
    """What a cell of a workbook holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"
    ERROR = "error"  # such as #DIV/0!; has no text to take
    UNCALCULATED = "uncalculated"  # a formula whose result the file does not hold


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something; row and column from 1, `text` as it would be typed."""

    row: int
    column: int
    sort: Sort
    text: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with the cells that hold something, row by row; merged areas as written."""

    name: str
    cells: tuple[Cell, ...]
    merged: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the report: where (sheet and cell, or neither) and what is to be known."""

    sheet: str
    cell: str
    words: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """A received workbook."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `level` is 0 for text, 1 and more for headings."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list; `depth` from 0."""

    text: str
    ordered: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; cells that a span covers are empty."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture standing in the text, by its place in `Words.pictures`."""

    picture: int


Block: TypeAlias = Paragraph | Item | Grid | Drawn


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture made anew from its pixels: PNG or JPEG without any metadata; size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Words:
    """A received document as blocks in order."""

    blocks: tuple[Block, ...]
    pictures: tuple[CleanPicture, ...]
    notes: tuple[Note, ...]
