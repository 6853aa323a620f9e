"""The shape of a block of a document: heading, item or plain, carried by its format."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextFormat

from forms.prose_lines import ALONE, USUAL, LineKind, ProseLine, Spelling

_KIND = QTextFormat.Property.UserProperty.value + 11
_SPELLING = QTextFormat.Property.UserProperty.value + 12
_RESTARTS = QTextFormat.Property.UserProperty.value + 13
_BETWEEN = "\n"  # no part of a spelling holds it
_INDENTS = {
    LineKind.HEADING: 2,
    LineKind.SUBHEADING: 1,
    LineKind.BULLET: 1,
    LineKind.NUMBERED: 1,
}  # in widths of the document, which follow its font
_ABOVE = {LineKind.HEADING: 10, LineKind.SUBHEADING: 6}
_BELOW = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """What a block is, and how its line is spelled."""

    kind: LineKind = LineKind.TEXT
    spelling: Spelling = USUAL
    restarts: bool = False


PLAIN = Shape()


def shape_of(block: QTextBlock) -> Shape:
    """The shape of a block."""
    look = block.blockFormat()
    number = look.intProperty(_KIND)
    if not number:
        return PLAIN
    parts = str(look.property(_SPELLING) or "").split(_BETWEEN)
    spelling = Spelling(*parts) if len(parts) > 1 else USUAL
    return Shape(LineKind(number), spelling, look.boolProperty(_RESTARTS))


def shape_of_line(line: ProseLine) -> Shape:
    """The shape of the block that shows a line; tables and pictures stand in plain ones."""
    if line.kind is LineKind.TEXT or line.kind in ALONE:
        return PLAIN
    return Shape(line.kind, line.spelling, line.restarts)


def block_format(shape: Shape) -> QTextBlockFormat:
    """The format of blocks of this shape."""
    made = QTextBlockFormat()
    made.setBottomMargin(_BELOW)
    if shape.kind is LineKind.TEXT:
        return made
    made.setProperty(_KIND, shape.kind.value)
    if shape.spelling != USUAL:
        spelling = shape.spelling
        parts = (spelling.lead, spelling.mark, spelling.gap, spelling.tail)
        made.setProperty(_SPELLING, _BETWEEN.join(parts))
    if shape.restarts:
        made.setProperty(_RESTARTS, shape.restarts)
    made.setIndent(_INDENTS[shape.kind])
    made.setTopMargin(_ABOVE.get(shape.kind, 0))
    return made
