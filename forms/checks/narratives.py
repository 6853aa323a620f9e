"""The narratives of a plan: every visible place where prose stands, in plan order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from forms.address import Address
from forms.checks.rows import in_row_order
from forms.joined import JoinedTexts
from forms.kinds import Narrative
from forms.schema import Column, Field, Table, next_of
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Told:
    """One narrative that is not empty: where it stands, what it is called, what is stored."""

    address: Address
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose of a column in some rows of a table, and the same joined."""

    home: Address
    column: Column
    rows: Sequence[str]
    joined: JoinedTexts

    def told(self, number: int) -> Told:
        """The narrative of one of these rows."""
        address = self.home.at(self.rows[number], self.column.key)
        return Told(address, self.column.label, self.joined.texts[number])


Search = Callable[[Prose], Iterable[int]]


def narratives(view: PlanView, what: str, given: object, search: Search) -> Iterator[Told | None]:
    """Every narrative of the fields, and those of rows that are worth it, in plan order.

    `search` tells the numbers of the rows that are. It may rest on the rows' own typed cells and
    on what is `given`; it is asked again only where a row changed. None where there is nothing to
    read.
    """
    for place in view.once("narratives", "", (view,), partial(_places, view)):
        if not isinstance(place, _Columns):
            yield place
            continue
        yield None
        look = partial(_worth_in, view, place.home, place.columns, search)
        found = view.by_rows(what, place.home, look, given)
        for told in (told for row in in_row_order(view, place.home, found) for told in row):
            column = next_of(place.columns, told.address.column)
            if column.show_when is None or view.shows_cell(column, told.address):
                yield told


def holding(quick: re.Pattern[str], is_worth: Callable[[str], object] = bool) -> Search:
    """A search for the rows in whose prose a quick pattern finds something worth it."""

    def search(prose: Prose) -> Iterator[int]:
        texts = prose.joined.texts
        return (number for number in prose.joined.holding(quick) if is_worth(texts[number]))

    return search


def naming(*words: str, is_worth: Callable[[str], object] = bool) -> Search:
    """A search for the rows in whose prose one of a few words stands; quicker than a pattern."""

    def search(prose: Prose) -> Iterator[int]:
        texts = prose.joined.texts
        return (n for n in sorted(prose.joined.with_any(words)) if is_worth(texts[n]))

    return search


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table that hold prose."""

    home: Address
    columns: tuple[Column, ...]


def _places(view: PlanView) -> tuple[Told | _Columns | None, ...]:
    """The visible narratives of fields, and the tables that have some; once for all checks."""
    found: list[Told | _Columns | None] = []
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            home = Address(section.key, item.key)
            if isinstance(item, Field) and isinstance(item.kind, Narrative):
                if view.shows_item(item):
                    found.append(_told(view, home, item.label))
            elif isinstance(item, Table):
                prose = (c for c in item.columns if isinstance(c.kind, Narrative) and not c.years)
                columns = tuple(prose)
                if columns and view.shows_item(item):
                    found.append(_Columns(home, columns))
    return tuple(found)


def _worth_in(
    view: PlanView,
    home: Address,
    columns: tuple[Column, ...],
    search: Search,
    rows: Sequence[str],
) -> dict[str, tuple[Told, ...]]:
    found: dict[str, tuple[Told, ...]] = {}
    for column in columns:
        prose = Prose(home, column, rows, view.figures.columns.texts(home, column.key, rows))
        for number in search(prose):
            told = prose.told(number)
            found[rows[number]] = (*found.get(rows[number], ()), told)
    return found


def called(view: PlanView, told: Told) -> str:
    """What people call a narrative: its label, in a table with the row it belongs to."""
    if not told.address.row:
        return f"“{told.label}”"
    return f"“{view.row_name(told.address)}”的“{told.label}”"


def _told(view: PlanView, address: Address, label: str) -> Told | None:
    """The narrative of a field; the very same while its text stands."""
    text = view.value(address)
    if not isinstance(text, str) or not text:
        return None
    return view.once("told", address, text, lambda: Told(address, label, text))
