"""The data of a chart: what is compared, in exact figures, and nothing of how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class ChartKind(Enum):
    """A kind of chart that office programs have too, so that it can be edited there."""

    BAR = "bar"  # series side by side
    STACKED = "stacked"
    LINE = "line"
    PIE = "pie"  # the first series only


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one name, one for each category; None where there is none."""

    name: str
    values: tuple[Decimal | None, ...]
    texts: tuple[str, ...] = ()  # how each is printed; as it is when left out

    def text(self, number: int) -> str:
        """How the figure of a category is printed; "" where there is none."""
        value = self.values[number]
        if value is None:
            return ""
        return self.texts[number] if self.texts else f"{value:f}"


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures by category and series, all in one unit."""

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
