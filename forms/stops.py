"""The way to a plan that can be sealed: everything missing and everything that must be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.address import Address
from forms.checks.clauses import RULE_CLAUSE
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
    """One thing to do: a missing value, or a finding that must be mended."""

    address: Address
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
    places = _Places(view)
    gaps = {section.key: _gaps(view, section, explained) for section in view.pack.sections()}
    stops: list[Stop] = []
    for section in view.pack.sections():
        here = gaps[section.key]
        found = [each for each in grave.get(section.key, ()) if not _waits(view, each, gaps)]
        if found and view.shows_section(section):  # gaps alone come in the order of the page
            here = [*here, *(Stop(each.places[0], finding=each) for each in found)]
            here.sort(key=lambda stop: places.rank(stop.address.section, stop.address))
        stops += here
    return Way(tuple(stops))


def place_of(view: PlanView, stop: Stop) -> Address:
    """Where a stop is settled: there, or where something is missing behind its formula."""
    address = stop.address
    for _ in range(_DEEPEST if stop.asked else 0):
        slot = slot_at(view.pack, address)
        missing = view.figure(address).missing if slot and slot.formula else ()
        if not missing:
            return address
        address = missing[0]
    return address


def next_stop(
    view: PlanView, way: Way, section: str, focus: Address | None, last: Stop | None = None
) -> Stop | None:
    """The stop after the place that has the focus, from the start again after the end.

    `last` is where the way led before: of several stops at one place it tells which was shown.
    """
    if not way.stops:
        return None
    if last is not None and last in way.stops and place_of(view, last) == focus:
        return way.stops[(way.stops.index(last) + 1) % len(way.stops)]
    places = _Places(view)
    here = places.rank(section, focus)
    is_settled = last is not None and last.finding is not None and last.address == focus
    for stop in way.stops:
        rank = places.rank(stop.address.section, stop.address)
        if rank > here or (is_settled and rank == here):  # the next of many findings here
            return stop
    return way.stops[0]


def _gaps(view: PlanView, section: Section, explained: frozenset[Address]) -> list[Stop]:
    if not view.shows_section(section):
        return []
    missing = missing_in_section(view, section)
    return [Stop(each.address, asked=each) for each in missing if each.address not in explained]


def _waits(view: PlanView, finding: Finding, gaps: Mapping[str, list[Stop]]) -> bool:
    """Whether a finding only says that something further on is not written yet.

    Nobody can settle it where it stands; once that is written it is gone, or it comes to stay.
    """
    if finding.rule == RULE_CLAUSE:
        answering = (s.key for s in view.pack.sections() if finding.clause in s.clauses)
        return any(gaps[key] for key in answering)
    rests_on = finding.places[1:]
    return any(stop.address in rests_on for at in rests_on for stop in gaps.get(at.section, ()))


class _Places:
    """Where addresses stand in their plan: section, item, row, column, year."""

    def __init__(self, view: PlanView) -> None:
        self._view = view
        self._sections = {each.key: n for n, each in enumerate(view.pack.sections())}
        self._items: dict[tuple[str, str], int] = {
            (section.key, item.key): number
            for section in view.pack.sections()
            for number, item in enumerate(section.items)
        }
        self._tables: dict[Address, tuple[dict[str, int], dict[str, int]]] = {}

    def rank(self, section: str, address: Address | None) -> _Rank:
        """The place of an address; that of a section as a whole comes before all in it."""
        number = self._sections.get(section, 0)
        if address is None or address.section != section:
            return number, -1, -1, -1, 0
        place = self._items.get((section, address.item), -1)
        if place < 0 or not address.row:
            return number, place, -1, -1, 0
        rows, columns = self._table(address.table)
        row = rows.get(address.row, -1)
        return number, place, row, columns.get(address.column, -1), address.year

    def _table(self, home: Address) -> tuple[dict[str, int], dict[str, int]]:
        found = self._tables.get(home)
        if found is None:
            found = self._tables[home] = self._order(home)
        return found

    def _order(self, home: Address) -> tuple[dict[str, int], dict[str, int]]:
        """The rows and columns of a table by their number."""
        item = self._view.pack.index.items[home.section, home.item]
        match item:
            case Table():
                rows, columns = self._view.rows(home), [each.key for each in item.columns]
            case YearTable() | IndicatorTable():
                rows, columns = [row.key for row in item.rows], [INDICATOR_BASE, INDICATOR_TARGET]
            case _:
                rows, columns = [], []
        return {key: n for n, key in enumerate(rows)}, {key: n for n, key in enumerate(columns)}
