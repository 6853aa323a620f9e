"""The narratives of a plan: every visible place where prose stands, in plan order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from forms.address import Address
from forms.checks.rows import in_row_order
from forms.kinds import Narrative
from forms.schema import Column, Field, Table, next_of
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Told:
    """One narrative that is not empty: where it stands, what it is called, what is stored."""

    address: Address
    label: str
    text: str


Worth = Callable[[Told], bool]
Quick = Callable[[str], bool]


def narratives(
    view: PlanView, what: str, given: object, may: Quick, is_worth: Worth | None = None
) -> Iterator[Told | None]:
    """Every narrative of the fields, and those of rows that are worth it, in plan order.

    `may` is a quick look at the stored text, since there are thousands of rows; what passes is
    asked `is_worth`. That may rest on the row's own typed cells and on what is `given`; it is
    asked again only where a row changed. None where there is nothing to read.
    """
    for place in view.once("narratives", "", (view,), partial(_places, view)):
        if not isinstance(place, _Prose):
            yield place
            continue
        yield None
        look = partial(_worth_in, view, place.home, place.columns, (may, is_worth))
        found = view.by_rows(what, place.home, look, given)
        for told in (told for row in in_row_order(view, place.home, found) for told in row):
            column = next_of(place.columns, told.address.column)
            if column.show_when is None or view.shows_cell(column, told.address):
                yield told


@dataclass(frozen=True, slots=True)
class _Prose:
    """The columns of a table that hold prose."""

    home: Address
    columns: tuple[Column, ...]


def _places(view: PlanView) -> tuple[Told | _Prose | None, ...]:
    """The visible narratives of fields, and the tables that have some; once for all checks."""
    found: list[Told | _Prose | None] = []
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
                    found.append(_Prose(home, columns))
    return tuple(found)


def _worth_in(
    view: PlanView,
    home: Address,
    columns: tuple[Column, ...],
    tests: tuple[Quick, Worth | None],
    rows: Sequence[str],
) -> dict[str, tuple[Told, ...]]:
    may, is_worth = tests
    found: dict[str, tuple[Told, ...]] = {}
    for column in columns:
        texts = view.figures.column_of(home, column.key, 0, rows)
        for row, text in zip(rows, texts, strict=True):
            if isinstance(text, str) and may(text):
                told = Told(home.at(row, column.key), column.label, text)
                if is_worth is None or is_worth(told):
                    found[row] = (*found.get(row, ()), told)
    return found


def called(view: PlanView, told: Told) -> str:
    """What people call a narrative: its label, in a table with the row it belongs to."""
    if not told.address.row:
        return f"“{told.label}”"
    return f"“{view.row_name(told.address)}”的“{told.label}”"


def _told(view: PlanView, address: Address, label: str) -> Told | None:
    text = view.value(address)
    return Told(address, label, text) if isinstance(text, str) and text else None
