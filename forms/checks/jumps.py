"""Jumps and breaks: figures by year that leap from one year to the next, or stop in between."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.rows import findings_by_row
from forms.places import locate, slot_at
from forms.schema import Mark, Period, Severity, Table, YearTable
from forms.view import PlanView
from forms.wording import figure_text

RULE_JUMP = "PLA-101"
RULE_UNIT = "PLA-102"
RULE_BREAK = "PLA-103"
_JUMP = 6  # times; what grows faster than this in a year needs a word of explanation
_UNITS = (10, 100, 1000, 10_000)
_NEAR = Decimal("0.02")
_RUN = 2  # years typed before a gap is a gap
_ASKED = (Mark.NOTICE, Mark.REVIEW)  # the required check speaks for these

Series = tuple[tuple[Address, Decimal], ...]


def jumps(view: PlanView) -> Iterator[Step]:
    """One finding for each typed series of past years that leaps between neighbouring years."""
    for home, columns in tables_of_years(view):
        yield None
        find = partial(_in_row, view, columns=columns)
        yield from findings_by_row(view, RULE_JUMP, home, find)


def tables_of_years(view: PlanView) -> Iterator[tuple[Address, tuple[str, ...]]]:
    """Every visible table that holds figures of past years, with the columns that do."""
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            if isinstance(item, Table | YearTable) and view.shows_item(item):
                columns = _yearly(item)
                if columns:
                    yield Address(section.key, item.key), columns


def _yearly(item: Table | YearTable) -> tuple[str, ...]:
    """The columns of past years; the only one of a year table has no name."""
    if isinstance(item, YearTable):
        return ("",) if item.years is Period.HISTORY else ()
    return tuple(column.key for column in item.columns if column.years is Period.HISTORY)


def _in_row(view: PlanView, row: Address, columns: tuple[str, ...]) -> tuple[Finding, ...]:
    found: list[Finding | None] = []
    for column in columns:
        found.append(_leap(view, typed_series(view, row, column)))
        found.append(_break(view, row, column))
    return tuple(finding for finding in found if finding is not None)


def _break(view: PlanView, row: Address, column: str) -> Finding | None:
    """A year left empty behind two typed ones or more, where no mark asks for every year."""
    cells = [row.at(row.row, column, year) for year in view.years(Period.HISTORY)]
    typed = [cell for cell in cells if view.typed(cell) is not None]
    first = typed[0].year if typed else 0
    empty = tuple(cell for cell in cells if cell not in typed and cell.year > first)
    if len(typed) < _RUN or not empty or locate(view.pack, empty[0]).mark in _ASKED:
        return None
    named = "、".join(f"{cell.year}" for cell in empty)
    return Finding(
        RULE_BREAK,
        Severity.SHOULD,
        f"{called(view, empty[0])}缺 {named} 年的数，其他年份已填。",
        "补齐各年数据，并核对已填的数有没有串年。",
        empty,
    )


def typed_series(view: PlanView, row: Address, column: str) -> Series:
    """The typed figures of the past years, without zeros: nothing is a multiple of nothing."""
    years = view.years(Period.HISTORY)
    typed = ((cell, view.typed(cell)) for cell in (row.at(row.row, column, y) for y in years))
    return tuple(
        (cell, Decimal(value))
        for cell, value in typed
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and value > 0
    )


def _leap(view: PlanView, series: Series) -> Finding | None:
    leaps = [
        (before, after)
        for before, after in pairwise(series)
        if before[0].year + 1 == after[0].year and _times(before, after) >= _JUMP
    ]
    if not leaps:
        return None
    said = "，".join(_said(before, after) for before, after in leaps)
    places = tuple(dict.fromkeys(cell for pair in leaps for cell, _ in reversed(pair)))
    is_unit = any(_is_unit(_times(before, after)) for before, after in leaps)
    return Finding(
        RULE_UNIT if is_unit else RULE_JUMP,
        Severity.SHOULD,
        f"{called(view, places[0])}相邻两年相差悬殊：{said}。",
        "核对这几年的单位和小数点是否错位；确属实际变化的，在文字中说明原因。",
        places,
    )


def called(view: PlanView, cell: Address) -> str:
    """What a cell is called in a sentence: its row, where it has a name, and its label."""
    slot, row = slot_at(view.pack, cell), cell.at_row(cell.row)
    name = f"“{view.row_name(row)}”的" if view.has_name(row) else ""
    return f"{name}“{slot.label if slot else ''}”"


def _said(before: tuple[Address, Decimal], after: tuple[Address, Decimal]) -> str:
    times = figure_text(_times(before, after), 1)
    word = "是上年的" if after[1] > before[1] else "只有上年的 1/"
    return f"{after[0].year}年{word}{times}{' 倍' if after[1] > before[1] else ''}"


def _times(before: tuple[Address, Decimal], after: tuple[Address, Decimal]) -> Decimal:
    return max(before[1], after[1]) / min(before[1], after[1])


def _is_unit(times: Decimal) -> bool:
    return any(abs(times / unit - 1) <= _NEAR for unit in _UNITS)
