"""Swapped digits: a figure out of line with its neighbours that falls in line when read rightly."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.jumps import Series, called, tables_of_years, typed_series
from forms.checks.rows import findings_by_row
from forms.kinds import unit_of
from forms.places import slot_at
from forms.schema import Severity
from forms.view import PlanView
from forms.wording import plain_words

RULE_SWAP = "PLA-105"
_BEND = Decimal("1.22")  # how far from an even course makes a series suspicious
_LEFT = Decimal("0.3")  # how much of the bend may be left when two digits change places
_MOVES = Decimal("1.1")  # times; what moves a figure less is no visible slip
_RUN = 3


def swapped_digits(view: PlanView) -> Iterator[Step]:
    """One finding for each series of past years that two digits changing places make even."""
    for home, columns in tables_of_years(view):
        yield None
        find = partial(_in_row, view, columns=columns)
        yield from findings_by_row(view, RULE_SWAP, home, find)


def _in_row(view: PlanView, row: Address, columns: tuple[str, ...]) -> tuple[Finding, ...]:
    found = (_suspect(view, typed_series(view, row, column)) for column in columns)
    return tuple(finding for finding in found if finding is not None)


def _suspect(view: PlanView, series: Series) -> Finding | None:
    best: tuple[Decimal, Address, Decimal, Decimal] | None = None
    for start in range(len(series) - _RUN + 1):
        run = series[start : start + _RUN]
        if run[-1][0].year - run[0][0].year != _RUN - 1:
            continue
        bend = _bend([value for _, value in run])
        for place, (cell, value) in enumerate(run) if bend >= _BEND else ():
            for other in _swaps(value):
                values = [number for _, number in run]
                values[place] = other
                left = _bend(values)
                if left - 1 <= (bend - 1) * _LEFT and (best is None or left < best[0]):
                    best = (left, cell, value, other)
    return None if best is None else _finding(view, *best[1:])


def _finding(view: PlanView, cell: Address, value: Decimal, other: Decimal) -> Finding:
    slot = slot_at(view.pack, cell)
    unit = f" {unit_of(slot.kind)}" if slot and unit_of(slot.kind) else ""
    sentence = (
        f"{called(view, cell)}{cell.year}年为 {plain_words(value)}{unit}，与相邻年份不相称；"
        f"若为 {plain_words(other)}{unit} 则相称，可能是两位数字颠倒。"
    )
    remedy = "对照原始报表核对这一年的数；确实如此的，在文字中说明变化的原因。"
    return Finding(RULE_SWAP, Severity.SHOULD, sentence, remedy, (cell,))


def _bend(values: list[Decimal]) -> Decimal:
    """How far three years are from growing evenly; 1 when they do."""
    first, middle, last = values
    bend = first * last / (middle * middle)
    return max(bend, 1 / bend)


def _swaps(value: Decimal) -> Iterator[Decimal]:
    """The figures that two neighbouring digits changing places give."""
    digits = f"{value:f}"
    for i in range(len(digits) - 1):
        one, two = digits[i : i + 2]
        if one != two and "." not in (one, two):
            other = Decimal(digits[:i] + two + one + digits[i + 2 :])
            if other > 0 and max(other, value) / min(other, value) >= _MOVES:
                yield other
