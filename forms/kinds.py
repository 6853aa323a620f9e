"""The kinds of value: data that picks widget, codec, check and print shape.

Code switches on the kind, never on the key of a field, and ends each `match` in `assert_never`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from forms.address import Address


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text."""

    max_length: int = 200


@dataclass(frozen=True, slots=True)
class Narrative:
    """Prose in the documented Markdown subset; `target` is the advised length in characters."""

    target: int = 0
    max_length: int = 200_000


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a vocabulary, stored as the option's key."""

    vocabulary: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Any number of options of a vocabulary, stored as their keys in vocabulary order."""

    vocabulary: str


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year."""

    minimum: int = 1949
    maximum: int = 2100


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day."""


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number with a unit."""

    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A decimal number with a unit; `decimals` is how many digits are printed at most.

    `row_unit` is the unit where each row has another: {column.attribute} stands for the attribute
    of the option chosen in a column of the row. It is not printed.
    """

    unit: str = ""
    decimals: int = 2
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    row_unit: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money in its unit (万元 or 亿元)."""

    unit: str = "万元"
    decimals: int = 2
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share, stored as the number before the % sign."""

    decimals: int = 2
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = Decimal(100)


@dataclass(frozen=True, slots=True)
class YesNo:
    """是 or 否."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, printed as a numbered figure."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A row of a table of this plan, stored as the row's id; `table` is that table's address."""

    table: str

    @property
    def home(self) -> Address:
        """The table whose rows are meant."""
        section, _, item = self.table.partition("/")
        return Address(section, item)


Numeric: TypeAlias = Integer | Quantity | Money | Percent
Kind: TypeAlias = (
    Text | Narrative | Choice | Choices | Year | Month | Date | Numeric | YesNo | Image | Reference
)


def unit_of(kind: Kind) -> str:
    """The unit a value of this kind is written in, or "" for none."""
    match kind:
        case Integer() | Quantity() | Money():
            return kind.unit
        case Percent():
            return "%"
        case _:
            return ""


def is_numeric(kind: Kind) -> bool:
    """Whether values of this kind are figures that can be computed with."""
    return isinstance(kind, Integer | Quantity | Money | Percent)
