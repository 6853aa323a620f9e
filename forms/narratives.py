"""The narratives of a plan: every visible place where prose stands, in plan order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.address import Address
from forms.kinds import Narrative
from forms.schema import Column, Field, Section, Table
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Told:
    """One narrative that is not empty: where it stands, what it is called, what is stored."""

    address: Address
    label: str
    text: str


def narratives(view: PlanView) -> Iterator[Told | None]:
    """Every narrative of the visible plan; None where one is empty, so that work can be sliced."""
    for section in view.pack.sections():
        if view.shows_section(section):
            yield from _of_section(view, section)


def called(view: PlanView, told: Told) -> str:
    """What people call a narrative: its label, in a table with the row it belongs to."""
    if not told.address.row:
        return f"“{told.label}”"
    return f"“{view.row_name(told.address)}”的“{told.label}”"


def _of_section(view: PlanView, section: Section) -> Iterator[Told | None]:
    for item in section.items:
        home = Address(section.key, item.key)
        if isinstance(item, Field) and isinstance(item.kind, Narrative):
            if view.shows_item(item):
                yield _told(view, home, item.label)
        elif isinstance(item, Table):
            columns = [column for column in item.columns if isinstance(column.kind, Narrative)]
            if columns and view.shows_item(item):
                yield from _of_rows(view, home, columns)


def _of_rows(view: PlanView, home: Address, columns: list[Column]) -> Iterator[Told | None]:
    for row in view.rows(home):
        for column in columns:
            if column.show_when is None or view.shows_cell(column, home.at_row(row)):
                for year in view.years(column.years):
                    yield _told(view, home.at(row, column.key, year), column.label)


def _told(view: PlanView, address: Address, label: str) -> Told | None:
    text = view.value(address)
    return Told(address, label, text) if isinstance(text, str) and text else None
