"""The start of another plan from this one: the next year's, or one by its pattern.

What is taken is taken as it was typed; nothing is worked out, moved or made up. The rule:

- Years: base and target year are set anew. A figure that belongs to a year keeps that year, for a
  fact stays one; it is dropped where the new plan has no such year.
- A figure without a year describes the old base year, so it is taken only when asked for.
- What the old plan promised for its target year stands in the chapter of the indicators: taken
  only when asked for.
- Months, days and years from the old base year on are of the old plan: dropped, but for projects.
- Who answered findings and compared factors did so for the old figures: dropped always.
- A row stays while anything of it is taken; a reference to a row that went goes too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from forms.address import Address
from forms.answers import Answers, answers_of
from forms.calendar import Calendar
from forms.edits import SetValue, apply_edits
from forms.kinds import Date, Kind, Month, Narrative, Reference, Text, Year, is_numeric
from forms.places import slot_at
from forms.schema import IndicatorTable, Pack, Period, Place, Table
from forms.slots import Slot
from forms.values import Picture, Value
from forms.view import PlanView


class Part(Enum):
    """What can be taken along."""

    TEXTS = "texts"
    PICTURES = "pictures"
    YEARLY = "yearly"  # figures that belong to a year
    SINGLE = "single"  # figures of the old base year that say no year
    PROJECTS = "projects"
    OUTCOMES = "outcomes"


class Cause(Enum):
    """Why something was not taken."""

    TEXTS = "texts"
    PICTURES = "pictures"
    YEARLY = "yearly"
    SINGLE = "single"
    PROJECTS = "projects"
    OUTCOMES = "outcomes"
    YEARS = "years"  # of a year the new plan has not
    DATES = "dates"
    RECORDS = "records"
    NAME = "name"
    REFERENCE = "reference"  # to a row that went
    UNKNOWN = "unknown"  # to this pack


@dataclass(frozen=True, slots=True)
class Continuation:
    """What another plan starts with; `park` "" keeps the park."""

    base_year: int
    target_year: int
    parts: frozenset[Part]
    park: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A typed value that was not taken."""

    address: Address
    cause: Cause


@dataclass(frozen=True, slots=True)
class Continued:
    """The beginning of the other plan, and everything that was left behind."""

    answers: Answers
    dropped: tuple[Dropped, ...]

    def by_cause(self) -> dict[Cause, tuple[Address, ...]]:
        """What was left behind, by the reason."""
        found: dict[Cause, list[Address]] = {}
        for each in self.dropped:
            found.setdefault(each.cause, []).append(each.address)
        return {cause: tuple(found[cause]) for cause in Cause if cause in found}


def continue_plan(view: PlanView, wanted: Continuation) -> Continued:
    """The answers another plan starts with; `EditError` when a year or the name is not possible."""
    pack, answers, sieve = view.pack, view.answers, _Sieve(view, wanted)
    causes = {address: sieve.cause(address, value) for address, value in answers.values()}
    orders = _surviving(pack, answers, causes, wanted)
    values: list[tuple[Address, Value]] = []
    dropped: list[Dropped] = []
    for address, value in answers.values():
        cause = causes[address] or _gone(pack, orders, address, value)
        if cause is None:
            values.append((address, value))
        elif address not in sieve.set_anew:
            dropped.append(Dropped(address, cause))
    taken = answers_of(values, orders.items())
    started = apply_edits(pack, taken, tuple(_edits(pack, wanted)), "新建方案").answers
    return Continued(started, tuple(sorted(dropped, key=lambda each: str(each.address))))


def _edits(pack: Pack, wanted: Continuation) -> Iterator[SetValue]:
    yield SetValue(pack.roles.base_year, wanted.base_year)
    yield SetValue(pack.roles.target_year, wanted.target_year)
    if wanted.park:
        yield SetValue(pack.roles.park_name, wanted.park)


class _Sieve:
    """Says of each typed value why it is not taken, None when it is."""

    def __init__(self, view: PlanView, wanted: Continuation) -> None:
        pack = view.pack
        self._pack, self._wanted, self._before = pack, wanted, view.calendar
        self._after = Calendar(wanted.base_year, wanted.target_year, view.calendar.history)
        self._same_years = (self._before.base, self._before.target) == (
            wanted.base_year,
            wanted.target_year,
        )
        self._records = _records(pack)
        self._promising = frozenset(
            section.key
            for chapter in pack.chapters
            if any(isinstance(item, IndicatorTable) for s in chapter.sections for item in s.items)
            for section in chapter.sections
        )
        self._named = self._names()
        self.set_anew = {pack.roles.base_year, pack.roles.target_year}
        if wanted.park:
            self.set_anew.add(pack.roles.park_name)

    def cause(self, address: Address, value: Value) -> Cause | None:
        """Why this value is not taken by itself; its row may still go."""
        roles, slot = self._pack.roles, slot_at(self._pack, address)
        if slot is None:
            return Cause.UNKNOWN
        if address.table in self._records or self._is_aside(address):
            return Cause.RECORDS
        if address in self._named:
            return self._named[address]
        is_project = address.table == roles.projects
        if is_project and Part.PROJECTS not in self._wanted.parts:
            return Cause.PROJECTS
        if address.year and not self._has_year(slot.years, address.year):
            return Cause.YEARS
        if is_project:
            return self._unless(Part.PICTURES) if isinstance(value, Picture) else None
        return self._of_plan(slot, address, value)

    def _names(self) -> dict[Address, Cause | None]:
        """What names the plan: its park may be another, and its title then, or with other years."""
        roles, other = self._pack.roles, Cause.NAME if self._wanted.park else None
        return {
            roles.base_year: Cause.NAME,
            roles.target_year: Cause.NAME,
            roles.history_years: None,
            roles.park_name: other,
            roles.level: other,
            roles.compiler: other,
            roles.plan_title: other if self._same_years else Cause.NAME,
        }

    def _of_plan(self, slot: Slot, address: Address, value: Value) -> Cause | None:
        if isinstance(value, Picture):
            return self._unless(Part.PICTURES)
        if self._is_old_date(slot.kind, value):
            return Cause.DATES
        item = self._pack.index.items[address.section, address.item]
        if isinstance(item, IndicatorTable):
            return self._unless(Part.OUTCOMES)
        if is_numeric(slot.kind):
            if address.section in self._promising:
                return self._unless(Part.OUTCOMES)
            return self._unless(Part.YEARLY if address.year else Part.SINGLE)
        is_prose = isinstance(slot.kind, Narrative)
        is_line = isinstance(slot.kind, Text) and not address.row
        return self._unless(Part.TEXTS) if is_prose or is_line else None

    def _is_old_date(self, kind: Kind, value: Value) -> bool:
        if isinstance(kind, Month | Date):
            return True
        is_late = isinstance(value, int) and value >= self._before.base
        return isinstance(kind, Year) and is_late and not self._same_years

    def _has_year(self, period: Period | None, year: int) -> bool:
        return period is not None and all(
            year in calendar.years(period) for calendar in (self._before, self._after)
        )

    def _is_aside(self, address: Address) -> bool:
        section = self._pack.index.sections.get(address.section)
        return section is None or section.place is Place.NOWHERE

    def _unless(self, part: Part) -> Cause | None:
        return None if part in self._wanted.parts else Cause(part.value)


def _records(pack: Pack) -> frozenset[Address]:
    roles = pack.roles
    kept = (roles.dismissals, roles.confirmations)
    return frozenset(each.table for each in kept if each is not None)


def _surviving(
    pack: Pack, answers: Answers, causes: dict[Address, Cause | None], wanted: Continuation
) -> dict[Address, tuple[str, ...]]:
    """The rows each table keeps: those of which more is taken than what names them."""
    held: set[Address] = set()
    for address, cause in causes.items():
        slot = slot_at(pack, address)
        if cause is None and slot is not None and address.row:
            figure = is_numeric(slot.kind) or isinstance(answers.get(address), Picture)
            if figure or Part.TEXTS in wanted.parts:
                held.add(address.table.at_row(address.row))
    found: dict[Address, tuple[str, ...]] = {}
    for table, order in answers.orders():
        if table == pack.roles.projects:
            rows = order if Part.PROJECTS in wanted.parts else ()
        else:
            rows = tuple(row for row in order if table.at_row(row) in held)
        if rows:
            found[table] = rows
    return found


def _gone(
    pack: Pack, orders: dict[Address, tuple[str, ...]], address: Address, value: Value
) -> Cause | None:
    """Why a value goes whose own kind would be taken: its row went, or what it points at."""
    item, slot = pack.index.items.get((address.section, address.item)), slot_at(pack, address)
    if isinstance(item, Table) and address.row not in orders.get(address.table, ()):
        return Cause.TEXTS
    kind = slot.kind if slot is not None else None
    if isinstance(kind, Reference) and str(value) not in orders.get(kind.home, ()):
        return Cause.REFERENCE
    return None
