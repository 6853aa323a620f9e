"""Marks being gathered for a drawing, with the shapes all figures are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from exporters.drawing import Area, Drawing, Fill, Hold, Label, Mark, Point, Stroke
from exporters.figures.palette import (
    GRID_PT,
    LABEL_PT,
    LINE,
    PAPER,
    SMALL_PT,
)
from exporters.figures.words import (
    Box,
    broken,
    centred,
    label_box,
    line_mm,
    overlaps,
    shortened,
    width_mm,
)

WIDTH_MM = 150.0
MARGIN_MM = 1.5
_SWATCH = (5.0, 2.6)


@dataclass(slots=True)
class Canvas:
    """The marks of a drawing so many millimetres wide, and the boxes of its labels."""

    width: float = WIDTH_MM
    marks: list[Mark] = field(default_factory=list[Mark])
    taken: list[Box] = field(default_factory=list[Box])

    def drawing(self, height: float) -> Drawing:
        """What was drawn, with a height."""
        return Drawing(self.width, height, tuple(self.marks))

    def line(self, *points: Point, width: float = GRID_PT, colour: str = LINE) -> None:
        """A thin line."""
        self.marks.append(Stroke(points, width, colour))

    def box(self, left: float, top: float, width: float, height: float, fill: Fill) -> None:
        """A rectangle with a thin edge; nothing when it has no size."""
        if width <= 0 or height <= 0:
            return
        corners = (
            (left, top),
            (left + width, top),
            (left + width, top + height),
            (left, top + height),
        )
        self.marks.append(Area(corners, fill, GRID_PT))

    def label(
        self,
        text: str,
        at: Point,
        hold: Hold = Hold.START,
        size: float = LABEL_PT,
        *,
        strong: bool = False,
    ) -> None:
        """A line of text whose base line is at a place."""
        if text:
            made = Label(text, at[0], at[1], size, hold, strong)
            self.marks.append(made)
            self.taken.append(label_box(made))

    def lines(
        self,
        lines: tuple[str, ...],
        at: Point,
        hold: Hold = Hold.START,
        size: float = LABEL_PT,
        *,
        strong: bool = False,
    ) -> None:
        """Lines below each other, centred on the height of a place."""
        for text, y in centred(lines, at[1], size):
            self.label(text, (at[0], y), hold, size, strong=strong)

    def is_free(self, label: Label, slack: float = 0.0) -> bool:
        """Whether a label would touch no other and stay inside the width."""
        box = label_box(label)
        inside = box[0] >= 0 and box[2] <= self.width and box[1] >= 0
        return inside and not any(overlaps(box, other, slack) for other in self.taken)

    def patched(
        self,
        text: str,
        at: Point,
        hold: Hold = Hold.START,
        size: float = SMALL_PT,
        *,
        strong: bool = False,
    ) -> None:
        """A line of text centred on a height, on paper so that no line of the grid runs through."""
        if not text:
            return
        self.lines((text,), at, hold, size, strong=strong)
        left, top, right, bottom = label_box(self._last())
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        self.marks.insert(-1, Area(corners, Fill(PAPER), 0.0))

    def _last(self) -> Label:
        mark = self.marks[-1]
        assert isinstance(mark, Label)  # it was put there just now
        return mark

    def chip(self, text: str, at: Point, size: float = SMALL_PT) -> None:
        """A label centred on a place, on a patch of paper so that it reads over any fill."""
        half = width_mm(text, size) / 2 + 0.5
        tall = line_mm(size) / 2 + 0.1
        corners = (
            (at[0] - half, at[1] - tall),
            (at[0] + half, at[1] - tall),
            (at[0] + half, at[1] + tall),
            (at[0] - half, at[1] + tall),
        )
        self.marks.append(Area(corners, Fill(PAPER), 0.0))
        self.lines((text,), at, Hold.MIDDLE, size)

    def legend(self, entries: list[tuple[str, Fill]], top: float, left: float = MARGIN_MM) -> float:
        """Swatches with their names in as many rows as needed; the height they end at."""
        x, row = left, line_mm(LABEL_PT) + 1.0
        right = self.width - MARGIN_MM
        for name, fill in entries:
            text = shortened(name, right - left - _SWATCH[0] - 2, LABEL_PT)
            wide = _SWATCH[0] + 1.2 + width_mm(text, LABEL_PT) + 4
            if x > left and x + wide - 4 > right:
                x, top = left, top + row
            self.box(x, top + row / 2 - _SWATCH[1] / 2, *_SWATCH, fill)
            self.lines((text,), (x + _SWATCH[0] + 1.2, top + row / 2), size=LABEL_PT)
            x += wide
        return top + (row if entries else 0.0)

    def unit(self, unit: str, top: float) -> float:
        """单位：… in the upper right corner; the height it ends at."""
        if not unit:
            return top
        row = line_mm(LABEL_PT)
        text = shortened(f"单位：{unit}", self.width - 2 * MARGIN_MM, LABEL_PT)
        self.lines((text,), (self.width - MARGIN_MM, top + row / 2), Hold.END)
        return top + row


def empty(sentence: str = "没有可以画出的数据。") -> Drawing:
    """A drawing that only says there is nothing to draw."""
    canvas = Canvas()
    canvas.lines(broken(sentence, WIDTH_MM - 4, LABEL_PT), (WIDTH_MM / 2, 8.0), Hold.MIDDLE)
    return canvas.drawing(16.0)
