"""What goes between program and worker: a length, JSON, and bytes; never pickles.

Both sides believe nothing: whatever does not fit exactly is a `WireError`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import BinaryIO, TypeAlias, cast

from forms.picture_marks import sound_cut
from forms.values import Cut
from importers.received import (
    Block,
    Cell,
    CleanPicture,
    Drawn,
    Grid,
    Item,
    Note,
    Paragraph,
    Sheet,
    Sort,
    Words,
    Workbook,
)

Loose: TypeAlias = dict[str, object]
_LENGTH_BYTES = 8
_MOST_JSON = 256 << 20
_MOST_BLOB = 256 << 20


class WireError(Exception):
    """What arrived is not what the other side was asked for."""


def pack(message: Loose, blobs: Sequence[bytes] = ()) -> bytes:
    """A message with the bytes that go with it."""
    listed = {**message, "blobs": [len(blob) for blob in blobs]}
    head = json.dumps(listed, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return b"".join((len(head).to_bytes(_LENGTH_BYTES), head, *blobs))


def read(stream: BinaryIO) -> tuple[Loose, list[bytes]]:
    """The message on a stream; `WireError` when there is none that is whole."""
    length = int.from_bytes(_exactly(stream, _LENGTH_BYTES))
    head = _exactly(stream, length)
    try:
        found: object = json.loads(head, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise WireError("no JSON") from error
    message = loose(found)
    blobs = [_exactly(stream, whole(length), _MOST_BLOB) for length in array(message, "blobs")]
    return message, blobs


def loose(found: object) -> Loose:
    """An object of JSON."""
    if not isinstance(found, dict):
        raise WireError("no object")
    return cast("Loose", found)


def array(message: Loose, key: str) -> list[object]:
    """A list under a key."""
    return _list(message.get(key))


def whole(found: object) -> int:
    """A whole number from 0."""
    if type(found) is not int or found < 0:
        raise WireError("no whole number")
    return found


def text(found: object) -> str:
    """A text."""
    if not isinstance(found, str):
        raise WireError("no text")
    return found


def from_workbook(workbook: Workbook) -> Loose:
    """A workbook as JSON."""
    sheets: list[object] = [
        {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "merged": list(sheet.merged),
            "cells": [[c.row, c.column, c.sort.value, c.text, c.hidden] for c in sheet.cells],
        }
        for sheet in workbook.sheets
    ]
    return {"sheets": sheets, "notes": _from_notes(workbook.notes)}


def to_workbook(message: Loose) -> Workbook:
    """The workbook in a message."""
    sheets = tuple(_sheet(loose(each)) for each in array(message, "sheets"))
    return Workbook(sheets, _to_notes(message))


def from_words(words: Words) -> tuple[Loose, list[bytes]]:
    """A document as JSON and the bytes of its pictures."""
    message: Loose = {
        "blocks": [_from_block(block) for block in words.blocks],
        "sizes": [[picture.width, picture.height] for picture in words.pictures],
        "notes": _from_notes(words.notes),
    }
    return message, [picture.content for picture in words.pictures]


def to_words(message: Loose, blobs: Sequence[bytes]) -> Words:
    """The document in a message."""
    sizes = array(message, "sizes")
    if len(sizes) != len(blobs):
        raise WireError("pictures")
    pictures = tuple(to_picture(size, blob) for size, blob in zip(sizes, blobs, strict=True))
    blocks = tuple(_to_block(each, len(pictures)) for each in array(message, "blocks"))
    return Words(blocks, pictures, _to_notes(message))


def to_picture(size: object, content: bytes) -> CleanPicture:
    """A picture from its size and bytes."""
    width, height = _sized(size, 2)
    return CleanPicture(content, whole(width), whole(height))


def from_cut(cut: Cut | None) -> list[object]:
    """What part of a picture is meant; the worker need not know of which."""
    if cut is None:
        return []
    return [cut.turns, cut.left, cut.top, cut.width, cut.height]


def to_cut(found: object) -> Cut | None:
    """What part of a picture is meant; None for all of it."""
    if not found:
        return None
    cut = Cut("", *map(whole, _sized(found, 5)))
    if not sound_cut(cut):
        raise WireError("cut")
    return cut


def _sheet(message: Loose) -> Sheet:
    cells = tuple(_cell(each) for each in array(message, "cells"))
    merged = tuple(text(each) for each in array(message, "merged"))
    return Sheet(text(message.get("name")), cells, merged, message.get("hidden") is True)


def _cell(found: object) -> Cell:
    row, column, sort, words, hidden = _sized(found, 5)
    try:
        kind = Sort(sort)
    except ValueError as error:
        raise WireError("sort") from error
    return Cell(whole(row), whole(column), kind, text(words), hidden is True)


def _from_notes(notes: Iterable[Note]) -> list[object]:
    return [[note.sheet, note.cell, note.words] for note in notes]


def _to_notes(message: Loose) -> tuple[Note, ...]:
    listed = (_sized(each, 3) for each in array(message, "notes"))
    return tuple(Note(text(sheet), text(cell), text(words)) for sheet, cell, words in listed)


def _from_block(block: Block) -> list[object]:
    match block:
        case Paragraph():
            return ["p", block.text, block.level]
        case Item():
            return ["i", block.text, block.ordered, block.depth]
        case Grid():
            return ["t", [list(row) for row in block.rows]]
        case Drawn():
            return ["d", block.picture]


def _to_block(found: object, pictures: int) -> Block:
    match _list(found):
        case ["p", str(words), int(level)]:
            return Paragraph(words, whole(level))
        case ["i", str(words), bool(ordered), int(depth)]:
            return Item(words, ordered, whole(depth))
        case ["t", rows]:
            return Grid(tuple(tuple(text(cell) for cell in _list(row)) for row in _list(rows)))
        case ["d", int(picture)] if 0 <= picture < pictures:
            return Drawn(picture)
        case _:
            raise WireError("block")


def _sized(found: object, length: int) -> list[object]:
    listed = _list(found)
    if len(listed) != length:
        raise WireError("length")
    return listed


def _list(found: object) -> list[object]:
    if not isinstance(found, list):
        raise WireError("no list")
    return cast("list[object]", found)


def _exactly(stream: BinaryIO, length: int, most: int = _MOST_JSON) -> bytes:
    if length > most:
        raise WireError("too long")
    content = stream.read(length)
    if len(content) != length:
        raise WireError("cut off")
    return content
