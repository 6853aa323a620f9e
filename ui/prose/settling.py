"""Letting what was typed or pasted become what it says: marks, headings, items, lone tables."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from forms.prose_lines import INDENT, LineKind, read_lines
from ui.prose.putting import absorb_marks, put_inset
from ui.prose.rows import Rows, Touched
from ui.prose.shape import PLAIN, Shape, block_format, shape_of
from ui.prose.text import CHIP, Look, inset_in, words_length

_END = QTextCursor.MoveMode.KeepAnchor
_MARKED = re.compile(r"[ \t\u3000]*[#\-!1-9]")
_CHINESE = "一二三四五六七八九十"
_BEGINNINGS = (
    (re.compile(r"#[ \u3000]"), LineKind.HEADING),
    (re.compile(r"##[ \u3000]"), LineKind.SUBHEADING),
    (re.compile(rf"[（(][{_CHINESE}]{{1,3}}[）)]"), LineKind.HEADING),
    (re.compile(r"[-*•·][ \u3000]"), LineKind.BULLET),
    (re.compile(r"([1-9][0-9]?)\.[ \u3000]"), LineKind.NUMBERED),
)

_NUMBER = re.compile(rf"[（(](?:[{_CHINESE}]{{1,3}}|[1-9][0-9]?)[）)]|[1-9][0-9]?\.[ \u3000]+")
_OWN = {
    LineKind.HEADING: _NUMBER,
    LineKind.SUBHEADING: _NUMBER,
    LineKind.BULLET: re.compile(r"[-•][ \u3000]+"),
    LineKind.NUMBERED: re.compile(r"[1-9][0-9]?\.[ \u3000]+"),
}
_SIGNS = ("-", "•")


def settle(document: QTextDocument, rows: Rows, touched: Touched, look: Look) -> None:
    """Bring the blocks that were touched into their shapes."""
    block = document.findBlockByNumber(max(0, touched.first - 1))
    last = touched.last + 1
    while block.isValid() and block.blockNumber() <= last:
        absorb_marks(block, look)
        before = document.blockCount()
        if inset_in(block) is not None:
            _stand_alone(block)
        elif _MARKED.match(block.text()) and shape_of(block) is PLAIN:
            _take_shape(block, rows.number_before(block.blockNumber()), look)
        last += document.blockCount() - before
        block = block.next()


def settle_marks(document: QTextDocument, touched: Touched, look: Look) -> None:
    """Let marks become chips in a text of paragraphs only."""
    block = document.findBlockByNumber(touched.first)
    while block.isValid() and block.blockNumber() <= touched.last:
        absorb_marks(block, look)
        block = block.next()


def take_shape(cursor: QTextCursor, rows: Rows) -> bool:
    """Whether what was just typed is the mark of a shape, and no letters any more."""
    label = rows.label(cursor.blockNumber())
    return _begin_shape(cursor, rows) or _drop_own_mark(cursor, label)


def _begin_shape(cursor: QTextCursor, rows: Rows) -> bool:
    """Give the block the shape its first letters ask for, when they have just been typed."""
    block = cursor.block()
    place = cursor.positionInBlock()
    text = block.text()[:place]
    if cursor.hasSelection() or not text or shape_of(block) is not PLAIN or CHIP in text:
        return False
    for pattern, kind in _BEGINNINGS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        restarts = False
        if kind is LineKind.NUMBERED:
            count = rows.number_before(block.blockNumber())
            if int(found[1]) not in (1, count + 1):
                return False
            restarts = int(found[1]) == 1 and count > 0
        take = QTextCursor(cursor)
        take.beginEditBlock()
        take.setPosition(block.position())
        take.setPosition(block.position() + place, _END)
        take.removeSelectedText()
        take.setBlockFormat(block_format(Shape(kind, restarts=restarts)))
        take.endEditBlock()
        return True
    return False


def _drop_own_mark(cursor: QTextCursor, label: str) -> bool:
    """Take out the number or bullet that somebody typed although the block has it already."""
    block = cursor.block()
    found = _OWN[shape_of(block).kind].match(block.text()) if shape_of(block) is not PLAIN else None
    if found is None or (found[0].strip(INDENT) != label and not found[0].startswith(_SIGNS)):
        return False
    take = QTextCursor(block)
    take.setPosition(block.position() + found.end(), _END)
    take.removeSelectedText()
    return True


def make_room(cursor: QTextCursor) -> None:
    """Before letters are typed beside a table or picture: give them a line of their own."""
    block = cursor.block()
    if cursor.hasSelection() or inset_in(block) is None:
        return
    is_before = cursor.positionInBlock() == 0
    cursor.insertBlock(block_format(PLAIN), QTextCharFormat())
    if is_before:
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)


def _take_shape(block: QTextBlock, count: int, look: Look) -> None:
    """Marks typed or pasted as letters become the shape they mean in print."""
    text = block.text()
    above = "".join(f"{number}. x\n" for number in range(1, count + 1))
    line = list(read_lines(f"{above}{text}"))[-1]
    if line.kind is LineKind.TEXT:
        return
    cursor = QTextCursor(block)
    cursor.beginEditBlock()
    if line.kind is LineKind.PICTURE:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _END)
        cursor.removeSelectedText()
        put_inset(cursor, text, look, is_table=False)
    else:
        tail = line.spelling.tail
        start = len(text) - len(tail) - len(line.text)  # up to there no letter counts twice
        cursor.setPosition(block.position() + start, _END)
        cursor.removeSelectedText()
        cursor.setBlockFormat(block_format(Shape(line.kind, restarts=line.restarts)))
    cursor.endEditBlock()


def _stand_alone(block: QTextBlock) -> None:
    """A table or picture has its line for itself, and two tables an empty one between."""
    inset = inset_in(block)
    assert inset is not None
    cursor = QTextCursor(block)
    cursor.beginEditBlock()
    text = block.text()
    length = sum(map(words_length, text))
    if not text.replace(CHIP, "", 1).strip(INDENT) and text != CHIP:  # blanks beside it
        _drop_blanks(cursor, inset.position)
    elif length > 1:
        cursor.setPosition(inset.position + 1)
        if not cursor.atBlockEnd():
            cursor.insertBlock(block_format(PLAIN), QTextCharFormat())
        cursor.setPosition(inset.position)
        if not cursor.atBlockStart():
            cursor.insertBlock(block_format(PLAIN), QTextCharFormat())
    if shape_of(cursor.block()) is not PLAIN and cursor.block().text() == CHIP:
        cursor.setBlockFormat(block_format(PLAIN))
    _part_tables(cursor)
    cursor.endEditBlock()


def _drop_blanks(cursor: QTextCursor, position: int) -> None:
    cursor.setPosition(position + 1)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _END)
    cursor.removeSelectedText()
    cursor.setPosition(position)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, _END)
    cursor.removeSelectedText()


def _part_tables(cursor: QTextCursor) -> None:
    """Lines of a table right below another one would be read as its rows."""
    above, here = cursor.block().previous(), inset_in(cursor.block())
    stands = inset_in(above) if above.isValid() else None
    if here is not None and here.is_table and stands is not None and stands.is_table:
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.insertBlock(block_format(PLAIN), QTextCharFormat())
