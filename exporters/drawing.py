"""A drawing as a display list of four primitives: strokes, areas, ribbons and labels.

Every backend (PDF, SVG, PNG, the window) draws the same list. Lengths are in millimetres from the
upper left corner of the drawing, y downwards; type sizes and stroke widths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


class Hatch(Enum):
    """The lines over a fill: they tell areas apart where paper is printed black and white."""

    NONE = "none"
    UP = "up"  # ////
    DOWN = "down"  # \\\\
    CROSS = "cross"
    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"
    DOTS = "dots"


class Hold(Enum):
    """Which point of a label stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour as #RRGGBB with the hatch drawn over it in ink."""

    colour: str
    hatch: Hatch = Hatch.NONE


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    width_pt: float = 0.5
    colour: str = "#1F2A2E"
    dashed: bool = False
    arrow: bool = False  # a head at the last point


@dataclass(frozen=True, slots=True)
class Area:
    """A closed outline, filled; no edge is drawn at width 0."""

    points: tuple[Point, ...]
    fill: Fill
    edge_pt: float = 0.5


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band that flows from one upright edge to another in an S-curve."""

    start: Point  # upper end of the left edge
    start_height: float
    end: Point  # upper end of the right edge
    end_height: float
    fill: Fill


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; (x, y) is on its base line."""

    text: str
    x: float
    y: float
    size_pt: float = 9
    hold: Hold = Hold.START
    strong: bool = False
    turned: bool = False  # reads upwards


Mark: TypeAlias = Stroke | Area | Ribbon | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of a size, its marks in painting order."""

    width_mm: float
    height_mm: float
    marks: tuple[Mark, ...]

    def labels(self) -> Iterator[Label]:
        """The text in it, in painting order."""
        for mark in self.marks:
            if isinstance(mark, Label):
                yield mark
