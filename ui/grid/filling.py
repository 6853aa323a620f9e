"""Filling cells from their neighbours: down, to the right, and series that go on evenly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from forms.edits import Edit, SetValue
from forms.row_units import kind_at
from forms.values import Value, YearMonth
from ui.grid.choosing import Cell
from ui.grid.sheet_model import SheetModel
from ui.text import tr

Line = tuple[list[Cell], list[Cell]]  # sources, and the cells that go on from them

_MONTHS = 12
_LEAST_FOR_SERIES = 2


@dataclass(slots=True)
class Filling:
    """What filling does: edits, and cells that cannot take what they would be given."""

    edits: list[Edit] = field(default_factory=list[Edit])
    skipped: int = 0


def lines_down(cells: Iterable[Cell]) -> list[Line]:
    """The first chosen cell of each column into those below; of one row, the row above it."""
    columns: dict[int, list[int]] = {}
    for row, column in cells:
        columns.setdefault(column, []).append(row)
    lines: list[Line] = []
    for column, rows in columns.items():
        first, *rest = sorted(rows)
        source, targets = (first, rest) if rest else (first - 1, [first])
        if source >= 0:
            lines.append(([(source, column)], [(row, column) for row in targets]))
    return lines


def lines_right(cells: Iterable[Cell], shown: Sequence[int]) -> list[Line]:
    """The first chosen cell of each row into those at its right; of one column, that at its left.

    `shown` are the columns on screen from left to right.
    """
    rows: dict[int, list[int]] = {}
    for row, column in cells:
        rows.setdefault(row, []).append(column)
    lines: list[Line] = []
    for row, columns in rows.items():
        first, *rest = sorted(columns, key=shown.index)
        at = shown.index(first)
        source, targets = (first, rest) if rest else (shown[at - 1] if at else -1, [first])
        if source >= 0:
            lines.append(([(row, source)], [(row, column) for column in targets]))
    return lines


def fill_steps(model: SheetModel, filling: Filling, lines: Iterable[Line]) -> Iterator[None]:
    """Go on with the values of some cells in others, cell by cell; nothing is changed yet.

    A cell of another kind or unit is left.
    """
    view = model.session.view
    for sources, targets in lines:
        kept = model.address_at(*sources[0])
        kind = kind_at(view, kept) if kept is not None else None
        values = [_value_at(model, cell) for cell in sources]
        for cell, value in zip(targets, continued(values, len(targets)), strict=True):
            address = model.address_at(*cell)
            fits = (
                address is not None and model.is_editable(*cell) and kind_at(view, address) == kind
            )
            if address is None or not fits or any(at in model.refused for at in (kept, address)):
                filling.skipped += 1
            else:
                filling.edits.append(SetValue(address, value))
            yield


def continued(values: Sequence[Value | None], count: int) -> list[Value | None]:
    """What follows values: the next of an even series, else the same ones over again."""
    step = _step(values)
    if step is None:
        return [values[n % len(values)] for n in range(count)]
    last = _as_number(values[-1])
    assert last is not None  # of a series
    return [_like(values[-1], last + step * n) for n in range(1, count + 1)]


def told(filling: Filling) -> str:
    """What filling did, in one sentence."""
    said = tr("已填充 {count} 格").format(count=len(filling.edits))
    if filling.skipped:
        said += tr("；{count} 格不能填写或单位、种类不同，已跳过").format(count=filling.skipped)
    return f"{said}。"


def _value_at(model: SheetModel, cell: Cell) -> Value | None:
    address = model.address_at(*cell)
    return model.session.view.value(address) if address is not None else None


def _step(values: Sequence[Value | None]) -> Decimal | None:
    numbers = [_as_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    if len(known) < max(_LEAST_FOR_SERIES, len(numbers)) or len({type(v) for v in values}) > 1:
        return None
    steps = {later - earlier for earlier, later in pairwise(known)}
    return steps.pop() if len(steps) == 1 else None


def _as_number(value: Value | None) -> Decimal | None:
    match value:
        case bool():
            return None
        case int() | Decimal():
            return Decimal(value)
        case YearMonth():
            return Decimal(value.year * _MONTHS + value.month - 1)
        case _:
            return None


def _like(model: Value | None, number: Decimal) -> Value:
    match model:
        case int():
            return int(number)
        case YearMonth():
            years, months = divmod(int(number), _MONTHS)
            return YearMonth(years, months + 1)
        case _:
            return number
