"""Workings: what a row's own prose reckons must stand in the row's figures, and the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.kinds import Money, Narrative, Quantity, unit_of
from forms.prose_figures import Written, half_width, numbers_in, reader_of, split_unit
from forms.quantities import names_of
from forms.schema import Column, Severity, Table
from forms.view import PlanView
from forms.wording import plain_words

RULE_LACKING = "PRS-021"
RULE_DIFFERENT = "PRS-022"
_PART = re.compile(r"[^；;。\n]+")
_SAME = 4  # letters that a name in prose and a label have in common at least
_ENDS = ("减排量", "减量", "量")
_RESULT = ("＝", "=")
_EQUALS = re.compile("[＝=]")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row's prose says of one of its columns."""

    column: Column
    written: Written


def benefits_and_workings(view: PlanView) -> Iterator[Step]:
    """A finding for each figure that a row's prose works out and the row lacks or has otherwise."""
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            prose = [c for c in _columns(item) if isinstance(c.kind, Narrative)]
            figures = tuple(c for c in _columns(item) if _is_reckoned(c))
            if prose and figures and view.shows_item(item):
                yield from _in_table(view, Address(section.key, item.key), prose[-1], figures)


def _columns(item: object) -> tuple[Column, ...]:
    return item.columns if isinstance(item, Table) else ()


def _is_reckoned(column: Column) -> bool:
    is_figure = isinstance(column.kind, Quantity) and not isinstance(column.kind, Money)
    return is_figure and column.years is None and column.computed is None


def _in_table(
    view: PlanView, home: Address, prose: Column, figures: tuple[Column, ...]
) -> Iterator[Step]:
    for row in view.rows(home):
        yield None
        here = home.at_row(row)
        find = partial(_in_row, view, here, prose, figures)
        found = view.remembered(RULE_LACKING, here, find, view.row_name(here))
        yield from found


def _in_row(
    view: PlanView, row: Address, prose: Column, figures: tuple[Column, ...]
) -> tuple[Finding, ...]:
    text = view.typed(row.at(row.row, prose.key))
    if not isinstance(text, str):
        return ()
    plain = half_width(text)
    read = _reader(frozenset(unit_of(c.kind) for c in figures))
    numbers = tuple(numbers_in(_EQUALS.sub("，", plain), read))  # results are numbers of their own
    found: list[Finding] = []
    for column in figures:
        told = _told(column, plain, numbers, _is_only(column, figures))
        if told is not None:
            found.extend(_judged(view, row, prose, told, numbers))
    return tuple(found)


def _judged(
    view: PlanView, row: Address, prose: Column, told: _Told, numbers: tuple[Written, ...]
) -> Iterator[Finding]:
    place = row.at(row.row, told.column.key)
    value, unit = view.number(place), unit_of(told.column.kind)
    said = f"“{view.row_name(row)}”的“{prose.label}”中{told.column.label}为 {told.written.text}"
    places = (place, row.at(row.row, prose.key))
    if value is None:
        sentence = f"{said}，而“{told.column.label}”没有填。"
        remedy = "把算得的数填入表中；不计入的，在文字中写明“不计”。"
        yield Finding(RULE_LACKING, Severity.SHOULD, sentence, remedy, places)
    elif not any(_is_value(number, value, told.column) for number in numbers):
        sentence = f"{said}，表中填 {plain_words(value)} {unit}，两者不一致。"
        remedy = "核对测算过程与表中的数，只保留正确的一个。"
        yield Finding(RULE_DIFFERENT, Severity.SHOULD, sentence, remedy, places)


def _told(column: Column, text: str, numbers: tuple[Written, ...], is_only: bool) -> _Told | None:
    """The last amount behind the column's name in a part of the text, the last part first."""
    for part in reversed(tuple(_PART.finditer(text))):
        amounts = [n for n in numbers if part.start() <= n.start < part.end() and _fits(n, column)]
        start = _named_at(column.label, part[0])
        behind = [n for n in amounts if start >= 0 and n.start >= part.start() + start]
        if is_only:
            behind = behind or [n for n in amounts if text[: n.start].rstrip().endswith(_RESULT)]
        if behind:
            return _Told(column, behind[-1])
    return None


def _named_at(label: str, part: str) -> int:
    """Where the text names the column, -1 when it does not."""
    places = [part.find(name) for name in _spoken(label)]
    return min((place for place in places if place >= 0), default=-1)


@lru_cache(maxsize=256)
def _spoken(label: str) -> tuple[str, ...]:
    """What a working may call a column: its names, its core, and long pieces of the label."""
    cores = [label.removesuffix(end) for end in _ENDS if label.endswith(end)]
    long = [label[i:] for i in range(1, len(label) - _SAME)]
    bare = [name for name in (*cores[:1], *long) if len(name) >= _SAME]
    return tuple(dict.fromkeys((*names_of(label), *bare)))


def _fits(number: Written, column: Column) -> bool:
    return not number.is_range and _bare(number.unit) == _bare(unit_of(column.kind))


def _is_value(number: Written, value: Decimal, column: Column) -> bool:
    amount = number.low * split_unit(number.unit)[0]
    return _fits(number, column) and amount == value * split_unit(unit_of(column.kind))[0]


def _bare(unit: str) -> str:
    return split_unit(unit)[1].removesuffix("/a").replace("CO2", "")


def _is_only(column: Column, figures: tuple[Column, ...]) -> bool:
    """Whether no other column is counted in this unit, so that the unit alone names it."""
    unit = unit_of(column.kind)
    return sum(_bare(unit_of(other.kind)) == _bare(unit) for other in figures) == 1


@lru_cache(maxsize=16)
def _reader(units: frozenset[str]) -> re.Pattern[str]:
    return reader_of({*units, *(unit.removesuffix("/a").replace("CO2", "") for unit in units)})
