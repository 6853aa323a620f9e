"""Confirmations: who compared a factor in use with its standard, and when.

A confirmation holds for one value of one edition: when any of them differs it no longer counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forms.address import Address
from forms.edits import AddRow, Edit, RemoveRow, new_row_id
from forms.factors_in_use import FactorInUse
from forms.values import Value
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One record: the factor as it was when somebody compared it, by whom and when."""

    row: Address
    option: str
    value: Decimal
    edition: str
    person: str
    day: date


def confirmations(view: PlanView) -> tuple[Confirmation, ...]:
    """Every whole record, in the order they were made."""
    return tuple(_records(view))


def confirmation_of(view: PlanView, used: FactorInUse) -> Confirmation | None:
    """The record that holds for a factor as it is now; None when nobody has compared this one."""
    factor = used.factor
    for record in _records(view):
        is_same = record.option == used.option and record.value == factor.value
        if is_same and record.edition == factor.edition:
            return record
    return None


def is_open(view: PlanView, used: FactorInUse) -> bool:
    """Whether a factor still waits for somebody to compare it with the standard."""
    asks = view.pack.roles.confirmations is not None and not used.factor.is_confirmed
    return asks and confirmation_of(view, used) is None


def confirm(view: PlanView, used: FactorInUse, person: str, day: date) -> tuple[Edit, ...]:
    """The edits that record a comparison; an older record of the same factor goes."""
    role = view.pack.roles.confirmations
    if role is None:
        return ()
    row, factor = new_row_id(), used.factor
    cells: tuple[tuple[str, Value], ...] = (
        (role.factor, used.option),
        (role.value, factor.value),
        (role.unit, factor.unit),
        (role.edition, factor.edition),
        (role.person, person.strip()),
        (role.date, day),
    )
    filled = tuple((role.table.at(row, column), value) for column, value in cells if value != "")
    return (*withdraw(view, used.option), AddRow(role.table, row, cells=filled))


def withdraw(view: PlanView, option: str) -> tuple[Edit, ...]:
    """The edits that take every record of a factor out of the plan."""
    role = view.pack.roles.confirmations
    if role is None:
        return ()
    return tuple(
        RemoveRow(role.table.at_row(row))
        for row in view.rows(role.table)
        if view.value(role.table.at(row, role.factor)) == option
    )


def _records(view: PlanView) -> Iterator[Confirmation]:
    role = view.pack.roles.confirmations
    for row in view.rows(role.table) if role else ():
        if role is None:
            return
        columns = (role.factor, role.value, role.edition, role.person, role.date)
        match [view.value(role.table.at(row, column)) for column in columns]:
            case [str(option), Decimal() as value, str(edition), str(person), date() as day]:
                yield Confirmation(role.table.at_row(row), option, value, edition, person, day)
            case _:
                continue
