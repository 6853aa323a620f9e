"""Prose as it stands in a document, read as the plan stores it and as people read it.

A mark, a table and a picture are one character each, which carries what it was made from, so that
what is stored comes back exactly as it went in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from forms.inline.marks import Mark, marks_in
from forms.narrative import prose_length
from forms.prose_lines import Counting, ProseLine, is_blank, write_line
from ui.prose.numbering import USUAL_LEVEL, Labelling
from ui.prose.shape import PLAIN, Shape, shape_of

CHIP = "\ufffc"  # the character a document holds in the place of a mark
CHIP_TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
TABLE_TYPE = QTextFormat.ObjectTypes.UserObject.value + 2
PICTURE_TYPE = QTextFormat.ObjectTypes.UserObject.value + 3
INSET_TYPES = (TABLE_TYPE, PICTURE_TYPE)
_OURS = (CHIP_TYPE, *INSET_TYPES)
_MARK = QTextFormat.Property.UserProperty.value + 1
_WORDS = QTextFormat.Property.UserProperty.value + 2
_FAULT = QTextFormat.Property.UserProperty.value + 3
_LABEL = QTextFormat.Property.UserProperty.value + 4
_RAISED = QTextFormat.Property.UserProperty.value + 6
FOUND = QTextFormat.Property.UserProperty.value + 5  # of the shade that found words wear
_END = QTextCursor.MoveMode.KeepAnchor
_BASIC_PLANE = 0xFFFF
CLOSED = "）"  # brings its own room behind it


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


@dataclass(frozen=True, slots=True)
class Row:
    """One block as it is stored and counted."""

    shape: Shape
    text: str
    length: int

    def written(self, number: int) -> str:
        """The block as a line of the stored text; what stands alone in its line is text here."""
        shape = self.shape
        if shape is PLAIN:
            return self.text
        return write_line(ProseLine(shape.kind, self.text, shape.spelling), number)


Written = tuple[str, int]  # a stored line, and its number when it is a numbered item


def row_of(block: QTextBlock) -> Row:
    """A block as it is stored."""
    text = block.text()
    if CHIP not in text:
        return Row(shape_of(block), text, prose_length(text))
    return Row(shape_of(block), _line(block, mark_of), prose_length(_line(block, words_of)))


def write_rows(rows: Iterable[Row]) -> Iterator[Written]:
    """The lines of blocks as the plan stores them."""
    counting = Counting()
    for row in rows:
        shape = row.shape
        if shape is PLAIN and not counting.count:  # most lines
            yield row.text, 0
            continue
        empty = is_blank(row.text)
        number = counting.of(shape.kind, is_blank=empty, restarts=shape.restarts)
        yield row.written(number), number


def stored_text(document: QTextDocument) -> str:
    """The text as the plan stores it."""
    return "\n".join(line for line, _ in write_rows(map(row_of, blocks(document))))


def printed_text(document: QTextDocument) -> str:
    """The text as people read it, every mark as it was last shown, without what counts itself."""
    return "\n".join(_line(block, words_of) for block in blocks(document))


def stored_between(document: QTextDocument, start: int, end: int) -> str:
    """A part of the text as the plan stores it."""
    counting = Counting()
    lines: list[str] = []
    for text, shape in _parts(document, start, end, mark_of):
        number = counting.of(shape.kind, is_blank=is_blank(text), restarts=shape.restarts)
        lines.append(write_line(ProseLine(shape.kind, text, shape.spelling), number))
    return "\n".join(lines)


def read_between(document: QTextDocument, start: int, end: int, top: int = USUAL_LEVEL) -> str:
    """A part of the text as people read it, with the numbers of headings and items."""
    labelling = Labelling(top)
    lines: list[str] = []
    for text, shape in _parts(document, start, end, words_of):
        label = labelling.of(shape.kind, is_blank=is_blank(text), restarts=shape.restarts)
        gap = " " if label and not label.endswith(CLOSED) else ""
        lines.append(f"{label}{gap}{text}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Inset:
    """A table or picture in a document: where it is, and how it is stored."""

    position: int
    is_table: bool
    source: str
    words: str


def inset_at(document: QTextDocument, position: int) -> Inset | None:
    """The table or picture at a position, if any."""
    if position < 0 or document.characterAt(position) != CHIP:
        return None
    cursor = QTextCursor(document)
    cursor.setPosition(position + 1)
    look = cursor.charFormat()
    return _inset(position, look) if is_inset(look) else None


def inset_in(block: QTextBlock) -> Inset | None:
    """The first table or picture of a block, if any."""
    if CHIP not in block.text():
        return None
    found = (_inset(at, look) for at, _, look in fragments(block) if is_inset(look))
    return next(found, None)


def insets(document: QTextDocument) -> Iterator[Inset]:
    """The tables and pictures of a document in order; each has a block of its own."""
    for block in blocks(document):
        if (found := inset_in(block)) is not None:
            yield found


def chip_at(document: QTextDocument, position: int) -> Chip | None:
    """The chip that stands at a position, if any."""
    if position < 0 or document.characterAt(position) != CHIP:
        return None
    cursor = QTextCursor(document)
    cursor.setPosition(position + 1)
    look = cursor.charFormat()
    return _chip(position, look) if look.objectType() == CHIP_TYPE else None


def chips(document: QTextDocument) -> Iterator[Chip]:
    """Every chip of a document in order."""
    for block in blocks(document):
        if CHIP in block.text():
            for start, words, look in fragments(block):
                for at, char in enumerate(words if look.objectType() == CHIP_TYPE else ""):
                    if char == CHIP:
                        yield _chip(start + at, look)


def letters(document: QTextDocument) -> Iterator[list[Letter]]:
    """The text as people read it, line by line and letter by letter."""
    for block in blocks(document):
        line: list[Letter] = []
        for start, words, look in fragments(block):
            at = start
            for char in words:
                end = at + words_length(char)
                read = words_of(look) if char == CHIP else ""
                line += [Letter(each, at, end) for each in read or char]
                at = end
        yield line


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


def inset_format(kind: int, source: str, words: str) -> QTextCharFormat:
    """How a table or a picture stands in a document."""
    made = QTextCharFormat()
    made.setObjectType(kind)
    made.setProperty(_MARK, source)
    made.setProperty(_WORDS, words)
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
    return "".join(words.replace(CHIP, put(look) or CHIP) for _, words, look in fragments(block))


def _parts(
    document: QTextDocument, start: int, end: int, put: Callable[[QTextFormat], str]
) -> Iterator[tuple[str, Shape]]:
    """The blocks of a part; one that begins inside its block is plain, and so is a single one."""
    block = document.findBlock(start)
    is_single = end <= block.position() + block.length() - 1
    while block.isValid() and block.position() <= end:
        parts: list[str] = []
        for at, words, look in fragments(block):
            wide = words.encode("utf-16-le")
            part = wide[2 * max(0, start - at) : 2 * max(0, end - at)].decode("utf-16-le")
            parts.append(part.replace(CHIP, put(look) or CHIP))
        is_whole = block.position() >= start and not is_single
        yield "".join(parts), shape_of(block) if is_whole else PLAIN
        block = block.next()


def fragments(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    """The stretches of one format in a block, with where they begin."""
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        yield fragment.position(), fragment.text(), fragment.charFormat()
        walk += 1


def _chip(position: int, look: QTextFormat) -> Chip:
    fault, label = str(look.property(_FAULT) or ""), str(look.property(_LABEL) or "")
    return Chip(position, mark_of(look), words_of(look), fault, label)


def _inset(position: int, look: QTextFormat) -> Inset:
    return Inset(position, look.objectType() == TABLE_TYPE, mark_of(look), words_of(look))


def mark_of(look: QTextFormat) -> str:
    """What a chip, table or picture of this format was made from; "" for letters."""
    return str(look.property(_MARK) or "") if look.objectType() in _OURS else ""


def words_of(look: QTextFormat) -> str:
    """What it says as people read it; "" for letters."""
    return str(look.property(_WORDS) or "") if look.objectType() in _OURS else ""


def is_inset(look: QTextFormat) -> bool:
    """Whether a table or a picture is of this format."""
    return look.objectType() in INSET_TYPES


def words_length(char: str) -> int:
    """How far a cursor goes over a letter: one beyond the basic plane counts twice."""
    return 2 if ord(char) > _BASIC_PLANE else 1
