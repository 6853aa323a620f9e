"""What the rows of a table lack: worked out again only for rows that changed.

A plan of five thousand projects asks for ninety thousand values; all but the row just typed into
stand as they stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import NoneType

from forms.address import Address, Cell
from forms.conditions import Condition, addresses_in, holds
from forms.places import is_row_local
from forms.schema import Column, Mark, Table
from forms.values import Value
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that is asked for; `address` is a table's own when any row at all is missing."""

    address: Address
    label: str
    mark: Mark
    filled: bool


@dataclass(frozen=True, slots=True)
class _RowGaps:
    """How many values a row asks for among its typed cells, and which of them are empty."""

    asked: int
    missing: tuple[Cell, ...] = ()


_Typed = Mapping[Cell, Value]
_LACKING = "gaps"
_EMPTY: _Typed = {}


def missing_in_table(view: PlanView, table: Table, home: Address) -> Iterator[Asked]:
    """Every value a visible table asks for and lacks, by row, then in the order of columns."""
    rows = view.rows(home)
    if table.mark is not Mark.OPTIONAL and not rows:
        yield Asked(home, table.label, table.mark, filled=False)
        return
    plain, other = _split(view, table, home)
    empty: dict[str, list[Cell]] = {
        row: list(gaps.missing)
        for row, gaps in _row_gaps(view, home, plain).items()
        if gaps.missing
    }
    for row, cell in _empty_elsewhere(view, home, other):
        empty.setdefault(row, []).append(cell)
    if not empty:
        return
    place = {column.key: number for number, column in enumerate(table.columns)}
    for row in rows if len(empty) > 1 else tuple(empty):
        for key, year in sorted(empty.get(row, ()), key=lambda cell: (place[cell[0]], cell[1])):
            column = table.columns[place[key]]
            label = f"{column.label}（{year}年）" if year else column.label
            yield Asked(home.at(row, key, year), label, column.mark, filled=False)


def count_missing(view: PlanView, table: Table, home: Address) -> int:
    """How many values a visible table asks for and lacks."""
    if table.mark is not Mark.OPTIONAL and not view.rows(home):
        return 1
    plain, other = _split(view, table, home)
    count = sum(len(gaps.missing) for gaps in _row_gaps(view, home, plain).values())
    return count + sum(1 for _ in _empty_elsewhere(view, home, other))


def count_asked(view: PlanView, table: Table, home: Address) -> int:
    """How many values a visible table asks for."""
    rows = view.rows(home)
    if table.mark is not Mark.OPTIONAL and not rows:
        return 1
    plain, other = _split(view, table, home)
    count = sum(gaps.asked for gaps in _row_gaps(view, home, plain).values())
    for column in other:
        shown = rows
        if column.show_when is not None:
            shown = tuple(row for row in rows if view.shows_cell(column, home.at_row(row)))
        count += len(shown) * len(view.years(column.years))
    return count


def _split(view: PlanView, table: Table, home: Address) -> tuple[list[Column], list[Column]]:
    """The columns asked for: those settled by the row's own typed cells, and all others."""
    asked = [column for column in table.columns if column.mark is not Mark.OPTIONAL]
    plain = [column for column in asked if _is_plain(view, home, column)]
    return plain, [column for column in asked if column not in plain]


def _is_plain(view: PlanView, home: Address, column: Column) -> bool:
    """Whether a column's value and visibility rest on the row's own typed cells alone."""
    asked = tuple(addresses_in(column.show_when)) if column.show_when else ()
    columns = [column.key, *(text.removeprefix("./") for text in asked if text.startswith("./"))]
    return all(text.startswith("./") for text in asked) and all(
        is_row_local(view.pack, home, key) for key in columns
    )


def _row_gaps(view: PlanView, home: Address, columns: list[Column]) -> Mapping[str, _RowGaps]:
    return view.by_rows(_LACKING, home, partial(_gaps_of, view, home, columns))


def _gaps_of(
    view: PlanView, home: Address, columns: list[Column], rows: Sequence[str]
) -> dict[str, _RowGaps]:
    typed, sorts_in = view.figures.columns.typed(home, rows), view.figures.columns.sorts_in
    asked: dict[int, int] = {}  # by the number of the row, beside what is asked of every row
    empty: dict[int, list[Cell]] = {}
    always = 0
    for column in columns:
        cells = [(column.key, year) for year in view.years(column.years)]
        shown: Sequence[int] = range(len(rows))
        if column.show_when is None:
            always += len(cells)
        else:
            shown = tuple(_rows_shown(view, home, column.show_when, rows))
            asked |= {number: asked.get(number, 0) + len(cells) for number in shown}
        for cell in cells:
            values = typed.get(cell)
            if values is None or NoneType in sorts_in(values):
                for number in shown if values is None else [n for n in shown if values[n] is None]:
                    empty.setdefault(number, []).append(cell)
    full = [_RowGaps(always + more) for more in range(max(asked.values(), default=0) + 1)]
    found = {row: full[asked.get(number, 0)] for number, row in enumerate(rows)}
    for number, lacking in empty.items():
        found[rows[number]] = _RowGaps(always + asked.get(number, 0), tuple(lacking))
    return found


def _rows_shown(
    view: PlanView, home: Address, condition: Condition, rows: Sequence[str]
) -> Iterator[int]:
    """The rows in which a column is asked for, by their own typed cells."""
    answers = view.answers.table(home).rows
    for number, row in enumerate(rows):
        if holds(condition, partial(_typed_beside, answers.get(row, _EMPTY))):
            yield number


def _typed_beside(cells: _Typed, text: str) -> Value | None:
    return cells.get((text[2:], 0))


def _empty_elsewhere(
    view: PlanView, home: Address, columns: list[Column]
) -> Iterator[tuple[str, Cell]]:
    """The empty cells of columns that rest on more than the row's typed cells."""
    for column in columns:
        for year in view.years(column.years):
            values = view.figures.column(home, column.key, year)
            if NoneType not in view.figures.columns.sorts_in(values):
                continue
            for row, value in zip(view.rows(home), values, strict=True):
                if value is None and view.shows_cell(column, home.at_row(row)):
                    yield row, (column.key, year)
