"""Which rows of a table a sheet shows, in which order and under which headings; without Qt.

An arrangement is a way of looking only: the plan's rows, their order and numbers stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import TypeAlias, assert_never

from forms.evaluation import as_number
from forms.values import Value
from forms.view import PlanView
from ui.grid.column_values import BLANK, ColumnValues, Rank, Spot

HEADING = "="  # begins the key of a heading, and never that of a row


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column the rows stand."""

    spot: Spot
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Among:
    """Rows that read like one of these texts."""

    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """Rows whose number lies in a range, its ends included; None for an open end."""

    least: Decimal | None = None
    most: Decimal | None = None
    blanks: bool = False  # empty ones too


Sieve: TypeAlias = Among | Between


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a table is looked at; several sieves hold together."""

    sorting: Sorting | None = None
    grouping: Spot | None = None
    sieves: tuple[tuple[Spot, Sieve], ...] = ()
    search: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether rows may be left out."""
        return bool(self.sieves or self.search)

    @property
    def keeps_order(self) -> bool:
        """Whether the rows stand in the plan's order."""
        return self.sorting is None and self.grouping is None

    def sieve_of(self, spot: Spot) -> Sieve | None:
        """The sieve of a column."""
        return dict(self.sieves).get(spot)

    def sieved(self, spot: Spot, sieve: Sieve | None) -> Arrangement:
        """With another sieve for a column, or none."""
        others = {at: each for at, each in self.sieves if at != spot}
        if sieve is not None:
            others[spot] = sieve
        return replace(self, sieves=tuple(others.items()))

    def of_columns(self, spots: Iterable[Spot]) -> Arrangement:
        """As much of it as rests on columns there are."""
        there = frozenset(spots)
        return Arrangement(
            self.sorting if self.sorting and self.sorting.spot in there else None,
            self.grouping if self.grouping in there else None,
            tuple(each for each in self.sieves if each[0] in there),
            self.search,
        )


AS_IN_PLAN = Arrangement()


@dataclass(frozen=True, slots=True)
class Heading:
    """One group of rows; `label` is `BLANK` for rows without a value."""

    label: str
    rows: tuple[str, ...]

    @property
    def key(self) -> str:
        """What stands for the heading among the keys of rows."""
        return HEADING + self.label


@dataclass(frozen=True, slots=True)
class Arranged:
    """The rows that are shown, in order; where they are grouped, `headings` hold them all."""

    rows: tuple[str, ...]
    headings: tuple[Heading, ...] = ()

    def keys(self, closed: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Headings and rows as they follow one another, without the rows of closed headings."""
        if not self.headings:
            return self.rows
        lines = (
            (each.key,) if each.key in closed else (each.key, *each.rows) for each in self.headings
        )
        return tuple(chain.from_iterable(lines))

    def only(self, there: frozenset[str]) -> Arranged:
        """Without the rows that are no more, nor headings that lost all of theirs."""
        kept = (Heading(h.label, tuple(r for r in h.rows if r in there)) for h in self.headings)
        rows = tuple(row for row in self.rows if row in there)
        return Arranged(rows, tuple(heading for heading in kept if heading.rows))

    def with_row(
        self, row: str, *, label: str = BLANK, after: str = "", before: str = ""
    ) -> Arranged:
        """With one row more: beside a row that is shown under its heading, else at its end."""
        if not self.headings:
            return Arranged(_joined(self.rows, row, after, before))
        found = list(self.headings)
        at = next((n for n, each in enumerate(found) if each.label == label), -1)
        if at >= 0:
            found[at] = Heading(label, _joined(found[at].rows, row, after, before))
        else:
            last_is_blank = found[-1].label == BLANK
            found.insert(len(found) - last_is_blank, Heading(label, (row,)))
        return Arranged(tuple(chain.from_iterable(each.rows for each in found)), tuple(found))

    def heading_of(self, row: str) -> Heading | None:
        """The heading a row stands under."""
        return next((each for each in self.headings if row in each.rows), None)


def _joined(rows: tuple[str, ...], row: str, after: str, before: str) -> tuple[str, ...]:
    at = len(rows)
    if before in rows:
        at = rows.index(before)
    elif after in rows:
        at = rows.index(after) + 1
    return (*rows[:at], row, *rows[at:])


def arrange(
    view: PlanView,
    columns: ColumnValues,
    rows: tuple[str, ...],
    wanted: Arrangement,
    *,
    searched: Sequence[Spot] = (),
    kept: frozenset[str] = frozenset(),
) -> Arranged:
    """The rows of a table as they are wanted; `kept` rows are shown whatever the sieves say."""
    places = range(len(rows))
    passed: Iterable[int] = places
    for test in _tests(view, columns, wanted, searched):
        passed = [at for at in passed if test(at) or rows[at] in kept]
    found = list(passed)
    if wanted.sorting is not None:
        ranks = columns.ranks(view, wanted.sorting.spot)
        found = _in_order(found, ranks, descending=wanted.sorting.descending)
    if wanted.grouping is None:
        return Arranged(tuple(rows[at] for at in found))
    return _grouped(view, columns, rows, found, wanted)


def counted(parts: Iterable[tuple[str, ...]]) -> Counter[str]:
    """How many rows have each text."""
    return Counter(chain.from_iterable(parts))


def _tests(
    view: PlanView, columns: ColumnValues, wanted: Arrangement, searched: Sequence[Spot]
) -> Iterable[Callable[[int], bool]]:
    for spot, sieve in wanted.sieves:
        match sieve:
            case Among():
                yield _among(columns.parts(view, spot), sieve.texts)
            case Between():
                yield _between(columns.values(view, spot), sieve)
            case _:
                assert_never(sieve)
    if wanted.search:
        text, lines = wanted.search.casefold(), columns.lines(view, tuple(searched))
        yield lambda at: text in lines[at]


def _among(parts: Sequence[tuple[str, ...]], texts: frozenset[str]) -> Callable[[int], bool]:
    return lambda at: not texts.isdisjoint(parts[at])


def _between(values: Sequence[Value | None], sieve: Between) -> Callable[[int], bool]:
    def holds(at: int) -> bool:
        number = as_number(values[at])
        if number is None:
            return sieve.blanks
        return (sieve.least is None or number >= sieve.least) and (
            sieve.most is None or number <= sieve.most
        )

    return holds


def _in_order(places: list[int], ranks: Sequence[Rank | None], *, descending: bool) -> list[int]:
    """Sorted, equal ones in the plan's order, missing ones last whatever the direction."""
    there = [(rank, at) for at in places if (rank := ranks[at]) is not None]
    missing = [at for at in places if ranks[at] is None]
    there.sort(key=lambda pair: pair[0], reverse=descending)
    return [at for _, at in there] + missing


def _grouped(
    view: PlanView,
    columns: ColumnValues,
    rows: tuple[str, ...],
    found: list[int],
    wanted: Arrangement,
) -> Arranged:
    spot = wanted.grouping
    assert spot is not None
    texts, ranks = columns.texts(view, spot), columns.ranks(view, spot)
    members: dict[str, list[int]] = {}
    for at in found:
        members.setdefault(texts[at], []).append(at)
    first = [group[0] for group in members.values()]
    down = wanted.sorting is not None and wanted.sorting == Sorting(spot, descending=True)
    headings = tuple(
        Heading(texts[at], tuple(rows[each] for each in members[texts[at]]))
        for at in _in_order(first, ranks, descending=down)
    )
    return Arranged(tuple(chain.from_iterable(each.rows for each in headings)), headings)
