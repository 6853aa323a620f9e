"""The data of a diagram as the plan stands: names, exact figures and how each is read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from forms.diagram_sources import Shape
from forms.values import YearMonth


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one name, one for each category, and how each is read."""

    name: str
    values: tuple[Decimal | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures by category, all of one unit."""

    shape: Shape
    categories: tuple[str, ...]
    lines: tuple[Line, ...]
    unit: str
    measured: str  # what the figures are of, for a sentence: 总投资
    is_index: bool = False  # drawn with the base year as 100, read as they are


@dataclass(frozen=True, slots=True)
class Span:
    """A row of a schedule; both months are known."""

    name: str
    start: YearMonth
    finish: YearMonth


@dataclass(frozen=True, slots=True)
class SpanGroup:
    """Rows of a schedule that belong together; the name is "" where they are not grouped."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A time line, with what is to be reached in which year."""

    groups: tuple[SpanGroup, ...]
    milestones: tuple[tuple[int, str], ...]
    row_name: str  # what a row is: 项目
    undated: int  # rows left out for want of a month


@dataclass(frozen=True, slots=True)
class FlowPart:
    """So much flows from one name to another."""

    start: str
    end: str
    amount: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows of one unit."""

    parts: tuple[FlowPart, ...]
    unit: str
    year: int
    decimals: int


@dataclass(frozen=True, slots=True)
class Link:
    """A step of a chain; a planned one is not there yet."""

    start: str
    end: str
    material: str
    owner: str
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of links."""

    links: tuple[Link, ...]
    planned: str = ""  # what the plan calls links that are not there yet
    existing: str = ""


DiagramData: TypeAlias = Figures | Schedule | Flows | Chain
