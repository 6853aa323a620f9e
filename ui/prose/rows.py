"""Every block of a document as it is stored, kept up with each change of it.

A text of 200,000 characters has thousands of blocks; a letter typed touches one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextDocument

from forms.prose_lines import HEADINGS, LineKind, is_blank
from ui.prose.numbering import USUAL_LEVEL, Labelling
from ui.prose.shape import PLAIN
from ui.prose.text import Row, Written, blocks, row_of, write_rows


@dataclass(frozen=True, slots=True)
class Touched:
    """Which blocks changed, by number, and whether something was put in rather than taken away."""

    first: int
    last: int
    grew: bool


class Rows(QObject):
    """Follows one document; asked for the stored text, lengths and labels at any time."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._rows: list[Row] = [row_of(block) for block in blocks(document)]
        self._written: list[Written] | None = None
        self._length = sum(row.length for row in self._rows)
        self._top = USUAL_LEVEL
        self._labels: list[str] | None = None
        self._touched: Touched | None = None
        document.contentsChange.connect(self._on_change)

    @property
    def _document(self) -> QTextDocument:
        """Asked for anew: what Python holds of it dies when an editor is handed to a view."""
        return cast("QTextDocument", self.parent())

    @property
    def top_level(self) -> int:
        """The level at which the headings are printed."""
        return self._top

    def number_from(self, level: int) -> bool:
        """Number headings as those of this level are; whether that changes anything."""
        if level == self._top:
            return False
        self._top, self._labels = level, None
        return True

    def stored(self) -> str:
        """The text as the plan stores it."""
        if self._written is None:
            self._written = list(write_rows(self._rows))
        return "\n".join([line for line, _ in self._written])

    def all(self) -> list[Row]:
        """Every block in order."""
        return [*self._rows]

    def length(self) -> int:
        """The length of the text as planners count it."""
        return self._length

    def row(self, number: int) -> Row:
        """A block by its number."""
        return self._rows[number]

    def number_before(self, number: int) -> int:
        """How many items the list has that goes on, or may go on, at a block."""
        labelling = Labelling()
        for row in self._rows[self._list_start(number) : number]:
            _label(labelling, row)
        return labelling.items

    def label(self, number: int) -> str:
        """What stands before a block by itself: a number, a bullet, mostly nothing."""
        if self._labels is None:
            labelling = Labelling(self._top)
            self._labels = [_label(labelling, row) for row in self._rows]
        return self._labels[number] if number < len(self._labels) else ""

    def take_touched(self) -> Touched | None:
        """Which blocks changed since this was last asked."""
        touched, self._touched = self._touched, None
        return touched

    def _list_start(self, number: int) -> int:
        """Where the list above a block begins; items and empty lines only are walked over."""
        start = number
        while start and _may_go_on(self._rows[start - 1]):
            start -= 1
        return start

    def _on_change(self, position: int, removed: int, added: int) -> None:
        document = self._document
        first = document.findBlock(position)
        last = document.findBlock(position + added)
        if not last.isValid():
            last = document.lastBlock()
        fresh = [row_of(first)]
        block = first
        while block != last:
            block = block.next()
            fresh.append(row_of(block))
        self._put(first, last, fresh)
        grew = added > removed
        before = self._touched
        start, end = first.blockNumber(), last.blockNumber()
        if before is not None:
            start, end = min(start, before.first), max(end, before.last)
            grew = grew or before.grew
        self._touched = Touched(start, end, grew)

    def _put(self, first: QTextBlock, last: QTextBlock, fresh: list[Row]) -> None:
        start = first.blockNumber()
        end = len(self._rows) - (self._document.blockCount() - 1 - last.blockNumber())
        old = self._rows[start:end]
        self._rows[start:end] = fresh
        self._length += sum(row.length for row in fresh) - sum(row.length for row in old)
        before, behind = _alike(old, fresh)  # Qt names more blocks than have changed
        self._follow(
            start + before, old[before : len(old) - behind], fresh[before : len(fresh) - behind]
        )

    def _follow(self, start: int, old: list[Row], fresh: list[Row]) -> None:
        """Keep what is known of other blocks: the items of one list only count otherwise."""
        end = start + len(fresh)
        while start and not _ends_list(self._rows[start - 1]):
            start -= 1
        after = end
        while after < len(self._rows) and not _ends_list(self._rows[after]):
            after += 1
        was_after = after + len(old) - len(fresh)
        if self._written is not None:
            self._written[start:was_after] = write_rows(self._rows[start:after])
        if any(row.shape.kind in HEADINGS for row in (*old, *self._rows[start:after])):
            self._labels = None  # all headings below are counted anew
        elif self._labels is not None:
            labelling = Labelling(self._top)
            self._labels[start:was_after] = [
                _label(labelling, row) for row in self._rows[start:after]
            ]


def _alike(old: list[Row], fresh: list[Row]) -> tuple[int, int]:
    """How many rows at the beginning and at the end are the same."""
    most = min(len(old), len(fresh))
    before = next((at for at in range(most) if old[at] != fresh[at]), most)
    rest = most - before
    behind = next((at for at in range(rest) if old[-1 - at] != fresh[-1 - at]), rest)
    return before, behind


def _ends_list(row: Row) -> bool:
    """Whether no numbered list goes on over a block."""
    return row.shape.kind is not LineKind.NUMBERED and not is_blank(row.text)


def _may_go_on(row: Row) -> bool:
    return row.shape is not PLAIN or is_blank(row.text)


def _label(labelling: Labelling, row: Row) -> str:
    shape = row.shape
    return labelling.of(shape.kind, is_blank=is_blank(row.text), restarts=shape.restarts)
