"""What is meant: the place or chip under the mouse, the chosen one, the one beside the caret."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor, QTextLine
from PySide6.QtWidgets import QTextEdit

from ui.prose.text import Chip, Inset, chip_at, inset_at, inset_in


def place_at(edit: QTextEdit, point: QPoint) -> int:
    """The place of the text nearest to a point of the viewport.

    Qt counts a word that is being composed though it is no part of the text yet: its answer may
    lie behind the end.
    """
    document = edit.document()
    shift = QPoint(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())
    layout = document.documentLayout()
    near = layout.hitTest((point + shift).toPointF(), Qt.HitTestAccuracy.FuzzyHit)
    return max(0, min(near, document.characterCount() - 1))


def chip_under(edit: QTextEdit, point: QPoint) -> Chip | None:
    """The chip at a point of the viewport."""
    near = place_at(edit, point)
    for position in (near, near - 1):
        chip = chip_at(edit.document(), position)
        if chip is not None and _covers(edit, chip, point):
            return chip
    return None


def chip_chosen(cursor: QTextCursor) -> Chip | None:
    """The chip that alone is selected."""
    if cursor.selectionEnd() - cursor.selectionStart() != 1:
        return None
    return chip_at(cursor.document(), cursor.selectionStart())


def inset_chosen(cursor: QTextCursor) -> Inset | None:
    """The table or picture that alone is selected."""
    if cursor.selectionEnd() - cursor.selectionStart() != 1:
        return None
    return inset_at(cursor.document(), cursor.selectionStart())


def inset_under(edit: QTextEdit, point: QPoint) -> Inset | None:
    """The table or picture at a point of the viewport."""
    block = edit.document().findBlock(place_at(edit, point))
    shift = QPoint(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())
    room = edit.document().documentLayout().blockBoundingRect(block)
    return inset_in(block) if room.contains((point + shift).toPointF()) else None


def chip_beside(cursor: QTextCursor) -> Chip | None:
    """The chip that is chosen, else the one right behind or before the caret."""
    if cursor.hasSelection():
        return chip_chosen(cursor)
    document, position = cursor.document(), cursor.position()
    return chip_at(document, position) or chip_at(document, position - 1)


def _covers(edit: QTextEdit, chip: Chip, point: QPoint) -> bool:
    cursor = QTextCursor(edit.document())
    cursor.setPosition(chip.position)
    block = cursor.block()
    offset = chip.position - block.position()
    line = block.layout().lineForTextPosition(offset)
    if not line.isValid():
        return False
    origin = edit.cursorRect(cursor)
    left, right = _along(line, offset), _along(line, offset + 1)
    return origin.left() <= point.x() <= origin.left() + right - left and (
        origin.top() <= point.y() <= origin.bottom()
    )


def _along(line: QTextLine, offset: int) -> float:
    """How far into its line a place of the text is; the stubs do not know what Qt gives."""
    return cast("tuple[float, int]", line.cursorToX(offset))[0]
