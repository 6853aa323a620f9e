"""The way to a plan that can be sealed: everything missing and everything that must be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.address import Address
from forms.checks.finding import Finding
from forms.checks.required import RULE_FIELD, RULE_ROW, RULE_TABLE
from forms.dismissals import Reviewed
from forms.gaps import missing_in_section
from forms.headway import explained_gaps
from forms.places import slot_at
from forms.row_gaps import Asked
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_TARGET,
    IndicatorTable,
    Mark,
    Section,
    Severity,
    Table,
    YearTable,
)
from forms.view import PlanView

_ASKED = (RULE_FIELD, RULE_ROW, RULE_TABLE)  # the same as the gaps, said once more
_DEEPEST = 8  # formulas behind formulas
_Rank = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to do: a missing value, or a finding that must be mended.

    `place` is where it is done: for a computed value the input it lacks.
    """

    address: Address
    place: Address
    asked: Asked | None = None
    finding: Finding | None = None

    @property
    def is_must(self) -> bool:
        """Whether the notice asks for it, or a check insists."""
        return self.asked is None or self.asked.mark is Mark.NOTICE


@dataclass(frozen=True, slots=True)
class Way:
    """The stops of a plan in its order."""

    stops: tuple[Stop, ...]

    @property
    def must(self) -> int:
        """How many of them the notice asks for."""
        return sum(stop.is_must for stop in self.stops)


def way_of(view: PlanView, reviewed: Reviewed) -> Way:
    """Everything that keeps a plan from being sealed; gaps with a reason are none."""
    explained = explained_gaps(reviewed)
    grave: dict[str, list[Finding]] = {}
    for finding in reviewed.open:
        if finding.severity is Severity.MUST and finding.rule not in _ASKED:
            grave.setdefault(finding.places[0].section, []).append(finding)
    stops: list[Stop] = []
    for number, section in enumerate(view.pack.sections()):
        here = list(_in_section(view, section, explained, grave.get(section.key, [])))
        here.sort(key=lambda stop: _rank(view, number, section, stop.address))
        stops += here
    return Way(tuple(stops))


def next_stop(
    view: PlanView, way: Way, section: str, focus: Address | None, last: Stop | None = None
) -> Stop | None:
    """The stop after the place that has the focus, from the start again after the end.

    `last` is where the way led before: of several stops at one place it tells which was shown.
    """
    if not way.stops:
        return None
    if last is not None and last.place == focus and last in way.stops:
        return way.stops[(way.stops.index(last) + 1) % len(way.stops)]
    numbers = {each.key: number for number, each in enumerate(view.pack.sections())}
    sections = view.pack.index.sections
    here = _rank(view, numbers.get(section, 0), sections.get(section), focus)
    for stop in way.stops:
        key = stop.address.section
        if _rank(view, numbers[key], sections[key], stop.address) > here:
            return stop
    return way.stops[0]


def _in_section(
    view: PlanView, section: Section, explained: frozenset[Address], grave: list[Finding]
) -> Iterator[Stop]:
    if not view.shows_section(section):
        return
    for asked in missing_in_section(view, section):
        if asked.address not in explained:
            yield Stop(asked.address, _to_fill(view, asked.address), asked=asked)
    for finding in grave:
        yield Stop(finding.places[0], finding.places[0], finding=finding)


def _to_fill(view: PlanView, address: Address) -> Address:
    """Where a missing value is filled in: itself, or what is missing behind its formula."""
    for _ in range(_DEEPEST):
        slot = slot_at(view.pack, address)
        missing = view.figure(address).missing if slot and slot.formula else ()
        if not missing:
            return address
        address = missing[0]
    return address


def _rank(view: PlanView, number: int, section: Section | None, address: Address | None) -> _Rank:
    """Where an address stands in its plan: section, item, row, column, year."""
    if section is None or address is None or address.section != section.key:
        return number, -1, -1, -1, 0
    place = next((n for n, item in enumerate(section.items) if item.key == address.item), -1)
    if place < 0 or not address.row:
        return number, place, -1, -1, 0
    item = section.items[place]
    match item:
        case Table():
            rows = _row_numbers(view, address.table)
            columns = {column.key: n for n, column in enumerate(item.columns)}
            return (
                number,
                place,
                rows.get(address.row, -1),
                columns.get(address.column, -1),
                address.year,
            )
        case YearTable() | IndicatorTable():
            fixed = {row.key: n for n, row in enumerate(item.rows)}
            sides = {INDICATOR_BASE: 0, INDICATOR_TARGET: 1}
            column = sides.get(address.column, 2 if address.column else 0)
            return number, place, fixed.get(address.row, -1), column, address.year
        case _:
            return number, place, -1, -1, 0


def _row_numbers(view: PlanView, table: Address) -> dict[str, int]:
    rows = view.rows(table)
    return view.once("row numbers", table, rows, lambda: {row: n for n, row in enumerate(rows)})
