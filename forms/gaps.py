"""What a plan still lacks: every value somebody asks for, whether it is there, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from forms.address import Address
from forms.row_gaps import Asked, count_asked, count_missing, missing_in_table
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_TARGET,
    Column,
    Diagram,
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
        return percent_there(self.asked, self.filled)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.gaps == 0


def percent_there(asked: int, filled: int) -> int:
    """The share of values that are there; 100 only when none is missing."""
    return 100 if not asked else filled * 100 // asked


def asked_in_section(view: PlanView, section: Section) -> Iterator[Asked]:
    """Every value a visible section asks for, in page order."""
    for item in _visible(view, section):
        yield from _asked(view, section, item)


def missing_in_section(view: PlanView, section: Section) -> Iterator[Asked]:
    """Every value a visible section asks for and lacks, in page order."""
    for item in _visible(view, section):
        if isinstance(item, Table):
            yield from missing_in_table(view, item, Address(section.key, item.key))
        else:
            yield from (asked for asked in _asked(view, section, item) if not asked.filled)


def complete_section(view: PlanView, section: Section) -> Completion:
    """How far one section is."""
    asked = missing = 0
    for item in _visible(view, section):
        if isinstance(item, Table):
            home = Address(section.key, item.key)
            asked += count_asked(view, item, home)
            missing += count_missing(view, item, home)
        else:
            values = tuple(_asked(view, section, item))
            asked += len(values)
            missing += sum(not value.filled for value in values)
    answers = view.answers.section(section.key)
    typed = len(answers.fields) + sum(len(table.rows) for table in answers.tables.values())
    return Completion(asked, asked - missing, typed)


def complete_plan(view: PlanView) -> Completion:
    """How far the whole plan is."""
    parts = [complete_section(view, section) for section in view.pack.sections()]
    return Completion(
        sum(part.asked for part in parts),
        sum(part.filled for part in parts),
        sum(part.typed for part in parts),
    )


def _visible(view: PlanView, section: Section) -> Iterator[Item]:
    if view.shows_section(section):
        yield from (item for item in section.items if view.shows_item(item))


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
        case Summary() | Listing() | Diagram():
            return
        case _:
            assert_never(item)


def _asked_of_table(view: PlanView, table: Table, home: Address) -> Iterator[Asked]:
    rows = view.rows(home)
    if table.mark is not Mark.OPTIONAL and not rows:
        yield Asked(home, table.label, table.mark, filled=False)
    columns = [column for column in table.columns if column.mark is not Mark.OPTIONAL]
    for row in rows:
        yield from _asked_of_row(view, columns, home.at_row(row))


def _asked_of_row(view: PlanView, columns: list[Column], row: Address) -> Iterator[Asked]:
    for column in columns:
        if view.shows_cell(column, row):
            for year in view.years(column.years):
                address = row.at(row.row, column.key, year)
                label = f"{column.label}（{year}年）" if year else column.label
                yield Asked(address, label, column.mark, view.value(address) is not None)


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
