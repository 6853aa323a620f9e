"""What a plan still lacks: every value somebody asks for, whether it is there, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from forms.address import Address
from forms.conditions import addresses_in
from forms.places import is_row_local
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_TARGET,
    Column,
    Field,
    IndicatorTable,
    Item,
    Listing,
    Mark,
    Section,
    Summary,
    Table,
    YearTable,
)
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that is asked for; `address` is a table's own when any row at all is missing."""

    address: Address
    label: str
    mark: Mark
    filled: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """How far a section or plan is: values asked for, and those that are there."""

    asked: int = 0
    filled: int = 0
    typed: int = 0

    @property
    def gaps(self) -> int:
        """How many values are missing."""
        return self.asked - self.filled

    @property
    def percent(self) -> int:
        """The share that is there; 100 only when nothing is missing."""
        return 100 if not self.asked else self.filled * 100 // self.asked

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.gaps == 0


def asked_in_section(view: PlanView, section: Section) -> Iterator[Asked]:
    """Every value a visible section asks for, in page order."""
    if not view.shows_section(section):
        return
    for item in section.items:
        if view.shows_item(item):
            yield from _asked(view, section, item)


def complete_section(view: PlanView, section: Section) -> Completion:
    """How far one section is."""
    asked = tuple(asked_in_section(view, section))
    answers = view.answers.section(section.key)
    typed = len(answers.fields) + sum(len(table.rows) for table in answers.tables.values())
    return Completion(len(asked), sum(entry.filled for entry in asked), typed)


def complete_plan(view: PlanView) -> Completion:
    """How far the whole plan is."""
    parts = [complete_section(view, section) for section in view.pack.sections()]
    return Completion(
        sum(part.asked for part in parts),
        sum(part.filled for part in parts),
        sum(part.typed for part in parts),
    )


def _asked(view: PlanView, section: Section, item: Item) -> Iterator[Asked]:
    home = Address(section.key, item.key)
    match item:
        case Field():
            if item.mark is not Mark.OPTIONAL:
                yield Asked(home, item.label, item.mark, view.value(home) is not None)
        case Table():
            yield from _asked_of_table(view, item, home)
        case YearTable():
            for row in item.rows:
                for year in view.years(item.years) if row.mark is not Mark.OPTIONAL else ():
                    address = home.at(row.key, year=year)
                    label = f"{row.label}（{year}年）"
                    yield Asked(address, label, row.mark, view.value(address) is not None)
        case IndicatorTable():
            yield from _asked_of_indicators(view, item, home)
        case Summary() | Listing():
            return
        case _:
            assert_never(item)


def _asked_of_table(view: PlanView, table: Table, home: Address) -> Iterator[Asked]:
    rows = view.rows(home)
    if table.mark is not Mark.OPTIONAL and not rows:
        yield Asked(home, table.label, table.mark, filled=False)
    columns = [column for column in table.columns if column.mark is not Mark.OPTIONAL]
    is_local = all(_is_local(view, home, column) for column in columns)
    for row in rows:
        here = home.at_row(row)
        if is_local:
            yield from view.remembered("asked", here, partial(_asked_of_row, view, columns, here))
        else:
            yield from _asked_of_row(view, columns, here)


def _asked_of_row(view: PlanView, columns: list[Column], row: Address) -> tuple[Asked, ...]:
    asked: list[Asked] = []
    for column in columns:
        if view.shows_cell(column, row):
            for year in view.years(column.years):
                address = row.at(row.row, column.key, year)
                label = f"{column.label}（{year}年）" if year else column.label
                filled = view.value(address) is not None
                asked.append(Asked(address, label, column.mark, filled))
    return tuple(asked)


def _is_local(view: PlanView, home: Address, column: Column) -> bool:
    """Whether a column's value and visibility rest on the row's own typed cells alone."""
    asked = tuple(addresses_in(column.show_when)) if column.show_when else ()
    columns = [column.key, *(text.removeprefix("./") for text in asked if text.startswith("./"))]
    return all(text.startswith("./") for text in asked) and all(
        is_row_local(view.pack, home, key) for key in columns
    )


def _asked_of_indicators(view: PlanView, table: IndicatorTable, home: Address) -> Iterator[Asked]:
    for row in table.rows:
        if row.mark is Mark.OPTIONAL:
            continue
        sides = (INDICATOR_BASE, INDICATOR_TARGET) if row.has_base else (INDICATOR_TARGET,)
        for side in sides:
            address = home.at(row.key, side)
            name = "基准年值" if side == INDICATOR_BASE else "目标年值"
            label = f"{row.label}（{name}）"
            yield Asked(address, label, row.mark, view.value(address) is not None)
