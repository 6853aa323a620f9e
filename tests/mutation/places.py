"""Where the sample plan can be made wrong: its filled places by kind, mark and year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from commands.making import DEFAULT_PACK, sample_plan
from forms.address import Address, parse_address
from forms.answers import Answers
from forms.gaps import asked_in_section
from forms.kinds import Narrative
from forms.loading import open_pack
from forms.places import slot_at
from forms.schema import IndicatorTable, Mark, Period, Table, YearTable
from forms.values import Value
from forms.view import PlanView, evaluate

PACK = open_pack(DEFAULT_PACK)
CLEAN: PlanView = evaluate(PACK, sample_plan().answers)
PROJECTS = Address("projects", "list")
BASE = CLEAN.calendar.base
SOURCES = tuple(f"src_{key}" for key in ("own", "loan", "central", "province", "city", "other"))
INDICATORS = Address("outcomes", "indicators")
Change = Callable[[Answers, Random], Answers]


@dataclass(frozen=True)
class Place:
    """One place to make an error at, and the error."""

    name: str
    change: Change


Errors = Callable[[], Iterator[Place]]
CLASSES: dict[str, Errors] = {}  # filled by the modules of errors
TELLING: dict[str, tuple[str, ...]] = {}  # the only rules that catch a class, where it has its own


def at(text: str) -> Address:
    return parse_address(text)


def number(cell: Address) -> Decimal | None:
    return CLEAN.number(cell)


def put(cell: Address, value: Value | None) -> Place:
    return Place(f"{cell}={value}", lambda answers, _: answers.with_value(cell, value))


def several(*cells: tuple[Address, Value | None]) -> Place:
    def change(answers: Answers, _: Random) -> Answers:
        for cell, value in cells:
            answers = answers.with_value(cell, value)
        return answers

    return Place(str(cells[0][0]), change)


def times(cell: Address, factor: str) -> Place:
    """A figure typed so many times too large."""
    old = number(cell)
    assert old is not None
    return put(cell, fitting(cell, old * Decimal(factor)))


def fitting(cell: Address, value: Decimal) -> Value:
    """An integer where the plan holds integers."""
    return int(value) if isinstance(CLEAN.typed(cell), int) else value


def projects(*columns: str) -> Iterator[Address]:
    """The filled cells of some columns of the projects."""
    for row in CLEAN.rows(PROJECTS):
        for column in columns:
            if CLEAN.typed(PROJECTS.at(row, column)) is not None:
                yield PROJECTS.at(row, column)


def yearly_investments() -> Iterator[Address]:
    for row in CLEAN.rows(PROJECTS):
        for year in CLEAN.years(Period.PLAN):
            if number(PROJECTS.at(row, "invest", year)):
                yield PROJECTS.at(row, "invest", year)


def asked(mark: Mark) -> list[Address]:
    """Every typed value of that mark whose loss leaves nothing, no default and no formula."""
    found: list[Address] = []
    for section in PACK.sections():
        for entry in asked_in_section(CLEAN, section):
            cell = entry.address
            slot = slot_at(PACK, cell)
            bare = slot is not None and slot.formula is None and not slot.default
            if entry.mark is mark and bare and CLEAN.typed(cell) is not None:
                found.append(cell)
    return found


def history() -> list[Address]:
    """Every typed figure of a past year that is not zero: year tables and yearly columns."""
    return [
        address
        for address, value in sorted(CLEAN.answers.values(), key=lambda entry: str(entry[0]))
        if address.year and address.table != PROJECTS and isinstance(value, int | Decimal) and value
    ]


def year_rows() -> list[tuple[Address, ...]]:
    """The cells of each series of past years."""
    series: dict[Address, list[Address]] = {}
    for cell in history():
        series.setdefault(cell.table.at(cell.row, cell.column), []).append(cell)
    return [tuple(cells) for cells in series.values() if len(cells) > 1]


def narratives() -> list[Address]:
    return [
        address
        for address, value in sorted(CLEAN.answers.values(), key=lambda entry: str(entry[0]))
        if isinstance(value, str)
        and (slot := slot_at(PACK, address))
        and isinstance(slot.kind, Narrative)
    ]


def without_row(row: Address) -> Change:
    """A row taken out of its table with all its cells."""
    table = row.table

    def change(answers: Answers, _: Random) -> Answers:
        left = tuple(one for one in answers.order(table) if one != row.row)
        for cell in answers.row_values(row):
            answers = answers.with_value(cell, None)
        return answers.with_order(table, left)

    return change


def said_too(cell: Address, sentence: str) -> Place:
    """A paragraph more at the end of a narrative."""
    return put(cell, f"{CLEAN.value(cell)}\n{sentence}")


def parts() -> Iterator[tuple[Address, Address]]:
    """Each 其中 cell with the cell of its whole."""
    for (section, key), item in PACK.index.items.items():
        if not isinstance(item, YearTable):
            continue
        home = Address(section, key)
        for row in item.rows:
            for year in CLEAN.years(item.years) if row.of_which and not row.computed else ():
                yield home.at(row.key, year=year), home.at(row.of_which, year=year)


def tables(mark: Mark) -> list[Address]:
    """Every filled table of rows of that mark."""
    return [
        Address(*key)
        for key, item in PACK.index.items.items()
        if isinstance(item, Table) and item.mark is mark and CLEAN.rows(Address(*key))
    ]


def indicators() -> IndicatorTable:
    item = PACK.index.items["outcomes", "indicators"]
    assert isinstance(item, IndicatorTable)
    return item


def error(name: str, *rules: str) -> Callable[[Errors], Errors]:
    """A class of errors; with rules, only a finding of one of them catches it."""

    def add(errors: Errors) -> Errors:
        CLASSES[name] = errors
        if rules:
            TELLING[name] = rules
        return errors

    return add
