"""What flows down the pages: blocks already set to the measure, with what they ask of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from exporters.document import Listed
from exporters.drawing import Drawing
from exporters.look import PageLook, Setting, TextLook
from exporters.pdf.lines import break_lines
from exporters.pdf.pages import POINTS_PER_MM, Landing
from exporters.pdf.prepared import Line, SetText
from exporters.pdf.tables import SetTable

_BALANCING_STEPS = 8


@dataclass(frozen=True, slots=True)
class SetNote:
    """The lines of a footnote, its mark first."""

    lines: tuple[Line, ...]
    size: float
    line_pt: float


@dataclass(frozen=True, slots=True)
class TextSlab:
    """Lines of one look, `left` points in.

    `entry` is what a line of a list points to; `notes` belong to the note marks in order.
    """

    lines: tuple[Line, ...]
    look: TextLook
    size: float
    left: float = 0.0
    landing: Landing | None = None
    entry: tuple[Listed, int] | None = None
    notes: tuple[SetNote, ...] = ()

    @property
    def lead(self) -> float:
        """What stands together with a heading above: the first line, in points.

        No more is kept together, since a page of body text has its full 22 lines.
        """
        return self.look.line_pt

    @property
    def height(self) -> float:
        """All lines, without the space around them."""
        return len(self.lines) * self.look.line_pt


@dataclass(frozen=True, slots=True)
class PictureSlab:
    """A picture at its printed size; its caption follows and stays with it."""

    content: bytes
    width: float
    height: float
    before: float
    address: str = ""


@dataclass(frozen=True, slots=True)
class DrawingSlab:
    """A drawing, printed so many times its own size; its caption follows and stays with it."""

    drawing: Drawing
    scale: float
    before: float

    @property
    def height(self) -> float:
        """The printed height in points."""
        return self.drawing.height_mm * POINTS_PER_MM * self.scale

    @property
    def width(self) -> float:
        """The printed width in points."""
        return self.drawing.width_mm * POINTS_PER_MM * self.scale


@dataclass(frozen=True, slots=True)
class TableSlab:
    """A table without its caption, unit line and notes, which are text slabs around it."""

    table: SetTable
    before: float
    after: float
    tail: float  # height of the notes, which the last row should not be parted from
    label: str = ""  # of its caption


@dataclass(frozen=True, slots=True)
class SealSlab:
    """The place for a seal at the right edge, the words in its middle; lengths in points."""

    words: TextSlab
    width: float
    height: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class BreakSlab:
    """A page break asked for in the document."""


Slab: TypeAlias = TextSlab | PictureSlab | DrawingSlab | TableSlab | SealSlab | BreakSlab


def printed_size(look: TextLook, page: PageLook) -> float:
    """The type size in points: body size shrinks a little so that 28 characters fill a line."""
    if look.size_pt != page.body_size_pt:
        return look.size_pt
    return min(look.size_pt, page.text_width_mm * POINTS_PER_MM / page.characters)


def text_slab(
    texts: tuple[SetText, ...],
    look: TextLook,
    size: float,
    measure: float,
    landing: Landing | None = None,
) -> TextSlab:
    """A paragraph of a type size broken to a measure, both in points, and set as its look says."""
    room = measure / size - (look.right_indent if look.setting is Setting.RIGHT else 0.0)
    justified = look.setting is Setting.JUSTIFIED
    lines = break_lines(texts, room, indent=look.first_indent, justified=justified)
    if look.setting is Setting.CENTRE and len(lines) > len(texts):
        lines = _balanced(texts, room, len(lines))
    return TextSlab(lines, look, size, landing=landing)


def _balanced(texts: tuple[SetText, ...], room: float, count: int) -> tuple[Line, ...]:
    """The same number of lines with the narrowest measure: a title in even steps."""
    narrow, wide = 1.0, room
    for _ in range(_BALANCING_STEPS):
        middle = (narrow + wide) / 2
        if len(break_lines(texts, middle)) > count:
            narrow = middle
        else:
            wide = middle
    return break_lines(texts, wide)
