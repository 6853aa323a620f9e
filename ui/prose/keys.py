"""The keys that shape prose: Return, Backspace and Delete at the edges of blocks, and commands."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCharFormat, QTextCursor

from forms.prose_lines import HEADINGS, ITEMS, LineKind, is_blank
from ui.prose.shape import PLAIN, Shape, block_format, shape_of
from ui.prose.text import inset_in

_END = QTextCursor.MoveMode.KeepAnchor
_WITH_SHIFT = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
PASTE_PLAIN = QKeyCombination(_CTRL_SHIFT, Qt.Key.Key_V)
SHAPE_KEYS = {
    LineKind.TEXT: QKeyCombination(_CTRL_ALT, Qt.Key.Key_0),
    LineKind.HEADING: QKeyCombination(_CTRL_ALT, Qt.Key.Key_1),
    LineKind.SUBHEADING: QKeyCombination(_CTRL_ALT, Qt.Key.Key_2),
    LineKind.BULLET: QKeyCombination(_CTRL_SHIFT, Qt.Key.Key_L),
    LineKind.NUMBERED: QKeyCombination(_CTRL_SHIFT, Qt.Key.Key_N),
}


def shape_asked(event: QKeyEvent) -> LineKind | None:
    """The shape a key press asks for, if any."""
    pressed = event.keyCombination()
    return next((kind for kind, keys in SHAPE_KEYS.items() if keys == pressed), None)


def take_key(cursor: QTextCursor, event: QKeyEvent) -> bool:
    """Do what a key does at the edge of a heading, item, table or picture; False for all else."""
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if event.modifiers() & ~(_WITH_SHIFT if is_return else Qt.KeyboardModifier.KeypadModifier):
        return False
    block = cursor.block()
    match event.key():
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            _break(cursor)
            cursor.endEditBlock()
            return True
        case Qt.Key.Key_Backspace | Qt.Key.Key_Delete if cursor.hasSelection():
            cursor.removeSelectedText()  # Qt would take the indent of an item away instead
            return True
        case Qt.Key.Key_Backspace if cursor.atBlockStart():
            return _step_back(cursor)
        case Qt.Key.Key_Delete if cursor.atBlockEnd():
            below = block.next()
            return below.isValid() and not is_blank(block.text()) and _choose(cursor, below)
        case _:
            return False


def give_shape(cursor: QTextCursor, kind: LineKind) -> None:
    """Give the blocks of the selection a shape; those that all have it become plain again."""
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), cursor.selectionEnd()
    chosen: list[QTextBlock] = []
    while block.isValid() and block.position() <= last:
        if inset_in(block) is None:
            chosen.append(block)
        block = block.next()
    is_back = all(shape_of(each).kind is kind for each in chosen)
    shape = PLAIN if is_back else Shape(kind)
    change = QTextCursor(document)
    change.beginEditBlock()
    for each in chosen:
        change.setPosition(each.position())
        change.setBlockFormat(block_format(shape))
    change.endEditBlock()


def _break(cursor: QTextCursor) -> None:
    block = cursor.block()
    shape = shape_of(block)
    if shape is not PLAIN and is_blank(block.text()):
        cursor.setBlockFormat(block_format(PLAIN))  # a list ends at its empty item
        return
    below = PLAIN
    if shape.kind in ITEMS or (shape.kind in HEADINGS and cursor.positionInBlock() > 0):
        below = Shape(shape.kind)
    if shape.kind in HEADINGS and cursor.atBlockEnd():
        below = PLAIN
    is_before = cursor.atBlockStart() and not is_blank(block.text())
    cursor.insertBlock(
        block_format(Shape(shape.kind, shape.spelling) if is_before else below), QTextCharFormat()
    )
    if is_before and shape.kind not in ITEMS:  # an empty line above a heading or table
        above = QTextCursor(cursor)
        above.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        above.setBlockFormat(block_format(PLAIN))


def _step_back(cursor: QTextCursor) -> bool:
    """At the start of a block: make it plain, or choose the table above instead of joining it."""
    block = cursor.block()
    if shape_of(block) is not PLAIN:
        cursor.setBlockFormat(block_format(PLAIN))
        return True
    above = block.previous()
    if not above.isValid() or is_blank(block.text()):
        return False
    return _choose(cursor, above)


def _choose(cursor: QTextCursor, block: QTextBlock) -> bool:
    inset = inset_in(block)
    if inset is None:
        return False
    cursor.setPosition(inset.position)
    cursor.setPosition(inset.position + 1, _END)
    return True
