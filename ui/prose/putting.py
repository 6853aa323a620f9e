"""Putting stored prose into a document: marks become chips, lines the blocks they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from forms.inline.marks import marks_in, may_hold_marks, pieces_of, with_marks
from forms.narrative import table_rows
from forms.prose_lines import (
    ALONE,
    LineKind,
    ProseLine,
    is_blank,
    picture_of,
    read_lines,
)
from ui.prose.shape import PLAIN, Shape, block_format, shape_of_line
from ui.prose.text import (
    CHIP,
    PICTURE_TYPE,
    TABLE_TYPE,
    Look,
    blocks,
    chip_format,
    chips,
    inset_format,
    inset_in,
    insets,
    row_of,
    stored_between,
    words_length,
    words_of,
)

_END = QTextCursor.MoveMode.KeepAnchor
_Piece = tuple[Shape, str]  # a block: its shape and what it stores


def insert_prose(cursor: QTextCursor, text: str, look: Look, *, plain: bool = False) -> None:
    """Put a stored text at the cursor, its marks as chips, as one change of the document.

    `plain`: its lines are paragraphs, whatever marks they begin with.
    """
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    for place, line in enumerate(_lines(text, plain=plain)):
        shape = shape_of_line(line)
        if place:
            cursor.insertBlock(block_format(shape), QTextCharFormat())
        elif shape is not PLAIN and is_blank(cursor.block().text()):
            cursor.setBlockFormat(block_format(shape))
        _insert_line(cursor, line, look)
    cursor.endEditBlock()


def replace_prose(
    document: QTextDocument, text: str, look: Look, *, plain: bool = False
) -> QTextCursor:
    """Bring a document to a stored text, touching only what differs; where it was touched."""
    cursor = QTextCursor(document)
    lines = _lines(text, plain=plain)
    new = [_piece(line) for line in lines]
    old = [(row.shape, row.text) for row in map(row_of, blocks(document))]
    start = _common_start(old, new)
    room = min(len(old), len(new)) - start
    end = min(_common_start(old[::-1], new[::-1]), room)
    if start == len(old) == len(new):
        return cursor
    if room == end:  # only added or only taken away: begin or end with a block that stays
        start, end = (start - 1, end) if start else (start, end - 1)
    first = document.findBlockByNumber(start)
    cursor.setPosition(first.position())
    is_one = len(old) - end == len(new) - end == start + 1
    if is_one and old[start][0] == new[start][0] and not _stands(lines[start], first):
        _replace_inside(cursor, old[start][1], new[start][1], look)
        return cursor
    cursor.beginEditBlock()
    last = document.findBlockByNumber(len(old) - end - 1)
    cursor.setPosition(last.position() + last.length() - 1, _END)
    cursor.removeSelectedText()
    for place, line in enumerate(lines[start : len(lines) - end]):
        if place:
            cursor.insertBlock(block_format(PLAIN), QTextCharFormat())
        cursor.setBlockFormat(block_format(shape_of_line(line)))
        _insert_line(cursor, line, look)
    cursor.endEditBlock()
    return cursor


def absorb_marks(block: QTextBlock, look: Look) -> None:
    """Turn marks that stand as letters in a block, typed or pasted, into the chips they mean."""
    if not may_hold_marks(block.text()):
        return
    document = block.document()
    for placed in reversed(marks_in(block.text())):
        before = block.text()[: placed.start]
        cursor = QTextCursor(document)
        cursor.setPosition(block.position() + _length(list(before)))
        cursor.setPosition(cursor.position() + _length(list(placed.source)), _END)
        stored = stored_between(document, cursor.selectionStart(), cursor.selectionEnd())
        if [mark.source for mark in marks_in(stored)] == [stored]:  # whatever chips are in it
            _replace(cursor, stored, look)


def refresh_chips(document: QTextDocument, look: Look) -> None:
    """Let every chip and table say what its marks say now; nothing else changes."""
    stale: list[tuple[int, QTextCharFormat]] = []
    for chip in chips(document):
        now = look(chip.placed)
        if (now.words, now.label, now.fault) != (chip.words, chip.label, chip.fault):
            stale.append((chip.position, chip_format(chip.mark, now)))
    for inset in insets(document):
        if may_hold_marks(inset.source):
            made = _inset(inset.source, look, is_table=inset.is_table)
            if words_of(made) != inset.words:
                stale.append((inset.position, made))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for position, made in stale:
        cursor.setPosition(position)
        cursor.setPosition(position + 1, _END)
        cursor.setCharFormat(made)
    cursor.endEditBlock()


def put_inset(cursor: QTextCursor, source: str, look: Look, *, is_table: bool) -> None:
    """Put a table or a picture at the cursor."""
    cursor.insertText(CHIP, _inset(source, look, is_table=is_table))


def _lines(text: str, *, plain: bool) -> list[ProseLine]:
    if plain:
        return [ProseLine(LineKind.TEXT, line) for line in text.split("\n")]
    return list(read_lines(text))


def _piece(line: ProseLine) -> _Piece:
    lead, tail = line.spelling.lead, line.spelling.tail
    is_picture = line.kind is LineKind.PICTURE
    return shape_of_line(line), f"{lead}{line.text}{tail}" if is_picture else line.text


def _stands(line: ProseLine, block: QTextBlock) -> bool:
    return line.kind in ALONE or inset_in(block) is not None


def _insert_line(cursor: QTextCursor, line: ProseLine, look: Look) -> None:
    if line.kind in ALONE:
        is_table = line.kind is LineKind.TABLE
        put_inset(cursor, _piece(line)[1], look, is_table=is_table)
    else:
        _insert(cursor, line.text, look)


def _insert(cursor: QTextCursor, text: str, look: Look) -> None:
    """Letters and chips within one block."""
    for piece in pieces_of(text):
        if isinstance(piece, str):
            cursor.insertText(piece, QTextCharFormat())
        else:
            cursor.insertText(CHIP, chip_format(piece.source, look(piece)))


def _replace(cursor: QTextCursor, text: str, look: Look) -> None:
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    _insert(cursor, text, look)
    cursor.endEditBlock()


def _replace_inside(cursor: QTextCursor, before: str, after: str, look: Look) -> None:
    """Bring the block at the cursor from one stored text to another; the cursor goes along."""
    old, new = _pieces(before), _pieces(after)
    start = _common_start(old, new)
    room = min(len(old), len(new)) - start
    end = min(_common_start(old[::-1], new[::-1]), room)
    at = cursor.position()
    cursor.setPosition(at + _length(old[:start]))
    cursor.setPosition(at + _length(old[: len(old) - end]), _END)
    _replace(cursor, "".join(new[start : len(new) - end]), look)


def _inset(source: str, look: Look, *, is_table: bool) -> QTextCharFormat:
    def filled(text: str) -> str:
        return with_marks(text, lambda mark: look(mark).words)

    if is_table:
        rows = [[filled(cell).replace("\t", " ") for cell in row] for row in table_rows(source)]
        return inset_format(TABLE_TYPE, source, "\n".join("\t".join(row) for row in rows))
    return inset_format(PICTURE_TYPE, source, filled(picture_of(source).caption))


def _pieces(text: str) -> list[str]:
    """A stored text as what a document holds one by one: characters and whole marks."""
    pieces: list[str] = []
    for piece in pieces_of(text):
        pieces += [*piece] if isinstance(piece, str) else [piece.source]
    return pieces


def _length(pieces: list[str]) -> int:
    """How far a cursor goes over these."""
    return sum(words_length(piece) if len(piece) == 1 else 1 for piece in pieces)


def _common_start(one: Sequence[object], other: Sequence[object]) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
