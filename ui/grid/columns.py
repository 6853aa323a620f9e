"""The columns of a sheet: what stands in the head, how wide, and which value each cell is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Kind,
    Money,
    Month,
    Narrative,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
    is_numeric,
    unit_of,
)
from forms.schema import Column, Table
from forms.view import PlanView
from ui.sheet_layouts import SheetLayout
from ui.text import tr

_LEAST_LETTERS, _MOST_LETTERS = 5, 22
_AIR = 12
_MOST_GROWTH = 2  # times
_MOST_SHRINKING = 40  # percent


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column on screen; `key` is "" and `fixed` set for texts that are no values."""

    key: str
    label: str
    kind: Kind
    year: int = 0
    group: str = ""
    unit: str = ""
    letters: int = 8  # width in Chinese characters
    fixed: bool = False
    stretches: bool = True  # takes room that is left over
    names_rows: bool = False  # fixed texts by which people know the rows
    says_units: bool = False  # fixed texts that are the rows' units

    @property
    def is_numeric(self) -> bool:
        """Whether its cells are figures."""
        return is_numeric(self.kind) and not self.fixed

    @property
    def spot(self) -> tuple[str, int]:
        """Which column of the table it is, and of which year."""
        return (self.key, self.year)

    @property
    def id(self) -> str:
        """What a layout calls it."""
        year = f"@{self.year}" if self.year else ""
        return f"{self.key}{year}" or f"#{self.label}"

    @property
    def name(self) -> str:
        """The whole head in one line."""
        head = f"{self.group} · {self.label}" if self.group else self.label
        return f"{head}（{self.unit}）" if self.unit else head


def table_columns(view: PlanView, table: Table) -> tuple[SheetColumn, ...]:
    """The columns of a table, yearly ones once a year."""
    return tuple(
        made for column in table.columns for made in _expanded(column, view.years(column.years))
    )


def laid_out(columns: tuple[SheetColumn, ...], layout: SheetLayout) -> tuple[SheetColumn, ...]:
    """The columns that are shown, in the order they were put in; one at least."""
    order = column_order([column.key for column in columns], layout)
    places = {key: at for at, key in enumerate(order)}
    shown = [column for column in columns if column.key not in layout.hidden]
    return tuple(sorted(shown or columns[:1], key=lambda column: places[column.key]))


def column_order(keys: list[str], layout: SheetLayout) -> list[str]:
    """The keys of columns as they were put in order; new ones stand behind their neighbour."""
    own = list(dict.fromkeys(keys))
    order = [key for key in layout.order if key in own]
    if not order:
        return own
    for at, key in enumerate(own):
        if key not in order:
            order.insert(order.index(own[at - 1]) + 1 if at else 0, key)
    return order


def year_label(year: int) -> str:
    """The head of a year's column."""
    return tr("{year}年").format(year=year)


def fitted_widths(
    columns: tuple[SheetColumn, ...],
    letter: int,
    room: int,
    chosen: Mapping[str, int] | None = None,
) -> list[int]:
    """The width of each column in pixels; room that is left goes to texts, within limits.

    A width that was chosen stays as it is.
    """
    chosen = chosen or {}
    wanted = [chosen.get(each.id, each.letters * letter + _AIR) for each in columns]
    texts = [
        n
        for n, each in enumerate(columns)
        if not is_numeric(each.kind) and each.stretches and each.id not in chosen
    ]
    left, own = room - sum(wanted), sum(wanted[n] for n in texts)
    if not own or left < -own * _MOST_SHRINKING // 100:
        return wanted  # no text to give or take, or too little even then: the sheet scrolls
    share = min(left, own * _MOST_GROWTH)
    for place in texts:
        wanted[place] += share * wanted[place] // own
    return wanted


def _expanded(column: Column, years: tuple[int, ...]) -> Iterator[SheetColumn]:
    kind, unit = column.kind, unit_of(column.kind)
    for year in years:
        label, group = column.label, column.group
        if year:
            label = year_label(year)
            group = f"{column.group}·{column.label}" if column.group else column.label
        yield SheetColumn(
            column.key,
            label,
            kind,
            year,
            group,
            unit,
            _letters(column, kind, label),
        )


def _letters(column: Column, kind: Kind, label: str) -> int:
    head = min(len(label), 8) + 1
    wanted = max(head, _usual_letters(kind, column.width))
    return max(_LEAST_LETTERS, min(_MOST_LETTERS, wanted))


def _usual_letters(kind: Kind, printed: int) -> int:
    match kind:
        case Narrative():
            return max(18, printed)
        case Text() | Choices() | Reference():
            return max(8, printed)
        case Choice():
            return max(7, min(printed, 12))
        case Integer() | Quantity() | Money() | Percent():
            return 6
        case Year() | YesNo():
            return 5
        case Month():
            return 6
        case Date():
            return 8
        case Image():
            return 10
        case _:
            assert_never(kind)
