"""Prose as the plan stores it and as it stands in a document: one character for each mark.

What is stored comes back exactly as it went in: a chip carries the mark it was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from forms.inline.marks import Mark, marks_in, may_hold_marks

CHIP = "\ufffc"  # the character a document holds in the place of a mark
CHIP_TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
_MARK = QTextFormat.Property.UserProperty.value + 1
_WORDS = QTextFormat.Property.UserProperty.value + 2
_FAULT = QTextFormat.Property.UserProperty.value + 3
_LABEL = QTextFormat.Property.UserProperty.value + 4
_RAISED = QTextFormat.Property.UserProperty.value + 6
FOUND = QTextFormat.Property.UserProperty.value + 5  # of the shade that found words wear
_END = QTextCursor.MoveMode.KeepAnchor
_BASIC_PLANE = 0xFFFF


@dataclass(frozen=True, slots=True)
class Said:
    """What a chip says: as people read and find it, as it is drawn, and what is wrong with it."""

    words: str
    label: str
    fault: str = ""
    is_raised: bool = False  # drawn small and high, as the sign of a footnote is


Look = Callable[[Mark], Said]


@dataclass(frozen=True, slots=True)
class Chip:
    """A mark in a document: where it is, how it is stored, and what it says."""

    position: int
    mark: str
    words: str
    fault: str
    label: str

    @property
    def placed(self) -> Mark:
        """The mark as it is read."""
        return marks_in(self.mark)[0]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as people read it, and what of the document it stands for."""

    char: str
    start: int
    end: int


def stored_text(document: QTextDocument) -> str:
    """The text as the plan stores it."""
    return "\n".join(_line(block, _mark_of) for block in blocks(document))


def printed_text(document: QTextDocument) -> str:
    """The text as people read it, every mark as it was last shown."""
    return "\n".join(_line(block, _words_of) for block in blocks(document))


def stored_between(document: QTextDocument, start: int, end: int) -> str:
    """A part of the text as the plan stores it."""
    return _between(document, start, end, _mark_of)


def read_between(document: QTextDocument, start: int, end: int) -> str:
    """A part of the text as people read it."""
    return _between(document, start, end, _words_of)


def chip_at(document: QTextDocument, position: int) -> Chip | None:
    """The chip that stands at a position, if any."""
    if position < 0 or document.characterAt(position) != CHIP:
        return None
    cursor = QTextCursor(document)
    cursor.setPosition(position + 1)
    look = cursor.charFormat()
    return _chip(position, look) if _mark_of(look) else None


def chips(document: QTextDocument) -> Iterator[Chip]:
    """Every chip of a document in order."""
    for block in blocks(document):
        if CHIP in block.text():
            for start, words, look in _fragments(block):
                for at, char in enumerate(words if _mark_of(look) else ""):
                    if char == CHIP:
                        yield _chip(start + at, look)


def letters(document: QTextDocument) -> Iterator[list[Letter]]:
    """The text as people read it, line by line and letter by letter."""
    for block in blocks(document):
        line: list[Letter] = []
        for start, words, look in _fragments(block):
            at = start
            for char in words:
                end = at + _length([char])
                read = _words_of(look) if char == CHIP else ""
                line += [Letter(each, at, end) for each in read or char]
                at = end
        yield line


def insert_prose(cursor: QTextCursor, text: str, look: Look) -> None:
    """Put a stored text at the cursor, its marks as chips, as one change of the document."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    end = 0
    for placed in marks_in(text):
        cursor.insertText(text[end : placed.start], QTextCharFormat())
        cursor.insertText(CHIP, chip_format(placed.source, look(placed)))
        end = placed.end
    cursor.insertText(text[end:], QTextCharFormat())
    cursor.endEditBlock()


def replace_prose(document: QTextDocument, text: str, look: Look) -> QTextCursor:
    """Bring a document to a stored text, touching only what differs; where it was touched."""
    old, new = _pieces(stored_text(document)), _pieces(text)
    start = _common_start(old, new)
    room = min(len(old), len(new)) - start
    end = min(_common_start(old[::-1], new[::-1]), room)
    cursor = QTextCursor(document)
    cursor.setPosition(_length(old[:start]))
    cursor.setPosition(_length(old[: len(old) - end]), _END)
    insert_prose(cursor, "".join(new[start : len(new) - end]), look)
    return cursor


def refresh_chips(document: QTextDocument, look: Look) -> None:
    """Let every chip say what its mark says now; nothing else of the document changes."""
    stale: list[tuple[int, QTextCharFormat]] = []
    for chip in chips(document):
        now = look(chip.placed)
        if (now.words, now.label, now.fault) != (chip.words, chip.label, chip.fault):
            stale.append((chip.position, chip_format(chip.mark, now)))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for position, made in stale:
        cursor.setPosition(position)
        cursor.setPosition(position + 1, _END)
        cursor.setCharFormat(made)
    cursor.endEditBlock()


def absorb_marks(document: QTextDocument, look: Look) -> None:
    """Turn marks that stand as letters, typed or pasted, into the chips they mean."""
    for block in blocks(document):
        if not may_hold_marks(block.text()):
            continue
        for placed in reversed(marks_in(block.text())):
            before = block.text()[: placed.start]
            cursor = QTextCursor(document)
            cursor.setPosition(block.position() + _length(list(before)))
            cursor.setPosition(cursor.position() + _length(list(placed.source)), _END)
            stored = stored_between(document, cursor.selectionStart(), cursor.selectionEnd())
            if [mark.source for mark in marks_in(stored)] == [stored]:  # whatever chips are in it
                insert_prose(cursor, stored, look)


def chip_format(mark: str, said: Said) -> QTextCharFormat:
    """How a chip stands in a document."""
    made = QTextCharFormat()
    made.setObjectType(CHIP_TYPE)
    made.setProperty(_MARK, mark)
    made.setProperty(_WORDS, said.words)
    made.setProperty(_FAULT, said.fault)
    made.setProperty(_LABEL, said.label)
    made.setProperty(_RAISED, said.is_raised)
    return made


def label_of(look: QTextFormat) -> tuple[str, bool]:
    """What is drawn on a chip of this format, and whether something is wrong with its mark."""
    return str(look.property(_LABEL) or ""), bool(look.property(_FAULT))


def is_raised(look: QTextFormat) -> bool:
    """Whether a chip of this format is drawn small and high."""
    return bool(look.property(_RAISED))


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """The paragraphs of a document."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _line(block: QTextBlock, put: Callable[[QTextFormat], str]) -> str:
    text = block.text()
    if CHIP not in text:
        return text
    return "".join(words.replace(CHIP, put(look) or CHIP) for _, words, look in _fragments(block))


def _between(
    document: QTextDocument, start: int, end: int, put: Callable[[QTextFormat], str]
) -> str:
    lines: list[str] = []
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        parts: list[str] = []
        for at, words, look in _fragments(block):
            wide = words.encode("utf-16-le")
            part = wide[2 * max(0, start - at) : 2 * max(0, end - at)].decode("utf-16-le")
            parts.append(part.replace(CHIP, put(look) or CHIP))
        lines.append("".join(parts))
        block = block.next()
    return "\n".join(lines)


def _fragments(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        yield fragment.position(), fragment.text(), fragment.charFormat()
        walk += 1


def _chip(position: int, look: QTextFormat) -> Chip:
    fault, label = str(look.property(_FAULT) or ""), str(look.property(_LABEL) or "")
    return Chip(position, _mark_of(look), _words_of(look), fault, label)


def _mark_of(look: QTextFormat) -> str:
    return str(look.property(_MARK) or "") if look.objectType() == CHIP_TYPE else ""


def _words_of(look: QTextFormat) -> str:
    return str(look.property(_WORDS) or "") if look.objectType() == CHIP_TYPE else ""


def _pieces(text: str) -> list[str]:
    """A stored text as what a document holds one by one: characters and whole marks."""
    pieces: list[str] = []
    end = 0
    for placed in marks_in(text):
        pieces += text[end : placed.start]
        pieces.append(placed.source)
        end = placed.end
    pieces += text[end:]
    return pieces


def _length(pieces: list[str]) -> int:
    """How far a cursor goes over these: a character beyond the basic plane counts twice."""
    return sum(2 if len(piece) == 1 and ord(piece) > _BASIC_PLANE else 1 for piece in pieces)


def _common_start(one: list[str], other: list[str]) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
