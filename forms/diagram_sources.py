"""What a diagram is drawn from, as a pack says it: one shape of description a sort of diagram."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from forms.address import Address


class Shape(Enum):
    """How figures are shown."""

    BARS = "bars"  # side by side
    STACKED = "stacked"  # end to end
    LINE = "line"
    PIE = "pie"


@dataclass(frozen=True, slots=True)
class FromSummary:
    """The first amount of each row of a summary."""

    source: Address
    shape: Shape


@dataclass(frozen=True, slots=True)
class FromRows:
    """Figures of the rows of a table: of a yearly column by year, else of each column by row."""

    source: Address
    columns: tuple[str, ...]
    shape: Shape  # of a yearly column a pie shows the base year
    by: str = ""  # rows of one name by this, {column} or {column|vocabulary}, are summed


@dataclass(frozen=True, slots=True)
class FromYears:
    """Rows of one unit of a year table, by year."""

    source: Address
    rows: tuple[str, ...]
    shape: Shape


@dataclass(frozen=True, slots=True)
class FromIndicators:
    """Base against target of some indicators; those of different units as base = 100."""

    source: Address
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FromContributions:
    """What each project brings to one saving, the largest first."""

    source: Address
    row: str
    most: int = 12  # the rest is put together


@dataclass(frozen=True, slots=True)
class Milestones:
    """A table of what is to be reached in which year."""

    source: Address
    year: str  # columns
    text: str


@dataclass(frozen=True, slots=True)
class FromSchedule:
    """A time line of the rows of a table from their first month to their last."""

    source: Address
    start: str  # columns
    finish: str
    group: str = ""  # a choice
    milestones: Milestones | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A step of flows: one value, or the rows of a table with the same ends put together.

    `start` and `end` are names; {column} in them is what a row reads, {column|vocabulary} the label
    its option has in another vocabulary.
    """

    start: str
    end: str
    value: Address | None = None  # without its year: the base year counts
    table: Address | None = None
    amount: str = ""  # the column of the table
    most: int = 0  # the smallest beyond so many go to `others`
    others: str = ""
    within: Address | None = None  # a value that is flows of this step and the rest
    rest: str = ""  # the end of what is left of it


@dataclass(frozen=True, slots=True)
class FromFlows:
    """Flows of one unit from source to use."""

    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class FromLinks:
    """A chain of links: each row leads from one link to the next."""

    source: Address
    start: str  # columns
    end: str
    material: str
    owner: str = ""
    planned: tuple[str, str] = ("", "")  # a choice column and its option: not there yet


DiagramSource: TypeAlias = (
    FromSummary
    | FromRows
    | FromYears
    | FromIndicators
    | FromContributions
    | FromSchedule
    | FromFlows
    | FromLinks
)
