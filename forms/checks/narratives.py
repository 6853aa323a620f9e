"""The narratives of a plan: every visible place where prose stands, in plan order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from forms.address import Address
from forms.checks.rows import in_row_order
from forms.kinds import Narrative
from forms.schema import Column, Field, Table
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
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            home = Address(section.key, item.key)
            if isinstance(item, Field) and isinstance(item.kind, Narrative):
                if view.shows_item(item):
                    yield _told(view, home, item.label)
            elif isinstance(item, Table):
                columns = [c for c in item.columns if isinstance(c.kind, Narrative) and not c.years]
                if columns and view.shows_item(item):
                    yield None
                    look = partial(_worth_in, view, home, columns, (may, is_worth))
                    found = view.by_rows(what, home, look, given)
                    for told in (told for row in in_row_order(view, home, found) for told in row):
                        column = item.column(told.address.column)
                        if view.shows_cell(column, told.address):
                            yield told


def _worth_in(
    view: PlanView,
    home: Address,
    columns: list[Column],
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
