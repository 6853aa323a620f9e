"""The narratives of a plan: every visible place where prose stands, in plan order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from forms.address import Address
from forms.checks.rows import in_row_order
from forms.inline.marks import may_hold_marks
from forms.joined import JoinedTexts
from forms.kinds import Narrative
from forms.schema import Column, Field, Section, Table, next_of
from forms.standing import standing
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


@dataclass(frozen=True, slots=True)
class Search:
    """Tells the narratives that are worth reading, in rows by their numbers.

    `rows` may rest on the rows' own typed cells and on what is given to `narratives`; it is asked
    again only where a row changed. `field` may rest on the text alone.
    """

    rows: Callable[[Prose], Iterable[int]]
    field: Callable[[str], object] = bool


def narratives(view: PlanView, what: str, given: object, search: Search) -> Iterator[Told | None]:
    """Every narrative that is worth it, in plan order; None where there is nothing to read."""
    places = view.once("narratives", "", (view,), partial(_places, view))
    for place in view.once(what, "narratives", places, partial(_worth_of, places, search)):
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

    def rows(prose: Prose) -> Iterator[int]:
        texts = prose.joined.texts
        return (number for number in prose.joined.holding(quick) if is_worth(texts[number]))

    return Search(rows, lambda text: may_hold_marks(text) or quick.search(text))


def naming(*words: str, is_worth: Callable[[str], object] = bool) -> Search:
    """A search for the rows in whose prose one of a few words stands; quicker than a pattern."""

    def rows(prose: Prose) -> Iterator[int]:
        texts = prose.joined.texts
        return (n for n in sorted(prose.joined.with_any(words)) if is_worth(texts[n]))

    return Search(rows, lambda text: may_hold_marks(text) or any(map(text.__contains__, words)))


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table that hold prose."""

    home: Address
    columns: tuple[Column, ...]


def _places(view: PlanView) -> tuple[Told | _Columns, ...]:
    """The visible narratives of fields, and the tables that have some; once for all checks."""
    found: list[Told | _Columns] = []
    for section in view.pack.sections():
        read = partial(_places_in, view, section)
        found += view.once("narratives", section.key, standing(view, section.key), read)
    return tuple(found)


def _places_in(view: PlanView, section: Section) -> tuple[Told | _Columns, ...]:
    found: list[Told | _Columns | None] = []
    for item in section.items if view.shows_section(section) else ():
        home = Address(section.key, item.key)
        if isinstance(item, Field) and isinstance(item.kind, Narrative):
            if view.shows_item(item):
                found.append(_told(view, home, item.label))
        elif isinstance(item, Table):
            prose = (c for c in item.columns if isinstance(c.kind, Narrative) and not c.years)
            columns = tuple(prose)
            if columns and view.shows_item(item):
                found.append(_Columns(home, columns))
    return tuple(place for place in found if place is not None)


def _worth_of(
    places: tuple[Told | _Columns, ...], search: Search
) -> tuple[Told | _Columns | None, ...]:
    """The same places, None for a field that is not worth it."""
    return tuple(
        place if isinstance(place, _Columns) or search.field(place.text) else None
        for place in places
    )


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
        for number in search.rows(prose):
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
