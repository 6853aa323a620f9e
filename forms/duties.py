"""Responsible persons: who works on which section, kept with the plan, never printed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from forms.address import Address
from forms.edits import AddRow, Edit, EditError, RemoveRow, SetValue
from forms.roles import DutyRoles
from forms.schema import Section
from forms.view import PlanView


def person_of(view: PlanView, section: Section) -> str:
    """Who works on a section; "" when nobody is named."""
    return duties(view).get(section.key, "")


def duties(view: PlanView) -> Mapping[str, str]:
    """Who works on each section somebody is named for, by the section's key."""
    roles = view.pack.roles.duties
    if roles is None:
        return {}
    given = (view.answers.table(roles.table),)
    return view.once("duties", "", given, partial(_duties, view, roles))


def assign(view: PlanView, section: Section, person: str) -> tuple[Edit, ...]:
    """The edits that name who works on a section; without a name nobody does.

    The row bears the section's key, so that two people who name somebody meet in one place.
    """
    roles = view.pack.roles.duties
    if roles is None:
        raise EditError("这个政策包没有工作记录，不能指定负责人。")
    name = " ".join(person.split())
    row = roles.table.at_row(section.key)
    is_there = section.key in view.answers.order(roles.table)
    if not name:
        return (RemoveRow(row),) if is_there else ()
    setting = (
        SetValue(roles.table.at(section.key, roles.section), section.title),
        SetValue(roles.table.at(section.key, roles.person), name),
    )
    return setting if is_there else (AddRow(roles.table, section.key), *setting)


def known_people(view: PlanView) -> tuple[str, ...]:
    """Names to choose from: those already named, then those the plan itself lists."""
    roles = view.pack.roles.duties
    if roles is None:
        return ()
    section, _, rest = roles.people.partition("/")
    item, _, column = rest.partition("/")
    table = Address(section, item)
    listed = (view.text(table.at(row, column)) for row in view.rows(table)) if item else ()
    return tuple(dict.fromkeys(filter(None, (*duties(view).values(), *listed))))


def _duties(view: PlanView, roles: DutyRoles) -> Mapping[str, str]:
    found = {row: view.typed(roles.table.at(row, roles.person)) for row in view.rows(roles.table)}
    return {section: str(person) for section, person in found.items() if person}
