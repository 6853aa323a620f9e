"""Notes to self: what somebody wants to remember about a place; kept, and never printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from forms.address import Address, AddressError, parse_address
from forms.edits import AddRow, Edit, EditError, RemoveRow, SetValue, has_row, new_row_id
from forms.naming import place_name
from forms.places import slot_at
from forms.roles import NoteRoles
from forms.values import Value
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Note:
    """One note; `row` is where it is kept, `place` what it is about."""

    row: Address
    place: Address  # without an item: a section as a whole
    text: str
    person: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody notes, who and when."""

    text: str
    person: str
    day: date


def notes(view: PlanView) -> tuple[Note, ...]:
    """Every note of the plan, in the order of the places they are about."""
    roles = view.pack.roles.notes
    if roles is None:
        return ()
    given = (view.answers.table(roles.table), view.answers)
    return view.once("notes", "", given, partial(_in_order, view, roles))


def notes_by_place(view: PlanView) -> Mapping[Address, tuple[Note, ...]]:
    """The notes of each place that has some."""
    roles = view.pack.roles.notes
    if roles is None:
        return {}
    given = (view.answers.table(roles.table),)
    return view.once("notes by place", "", given, partial(_by_place, view, roles))


def note(view: PlanView, place: Address, said: Written, before: Note | None = None) -> list[Edit]:
    """The edits that put a note at a place, or change one; without words the note goes."""
    roles = view.pack.roles.notes
    if roles is None:
        raise EditError("这个政策包没有工作记录，不能写备注。")
    text = said.text.strip()
    if not text:
        return [RemoveRow(before.row)] if before else []
    values: dict[str, Value | None] = {
        roles.place: str(place),
        roles.text: text,
        roles.person: " ".join(said.person.split()) or None,
        roles.day: said.day,
    }
    row = before.row if before else roles.table.at_row(new_row_id())
    setting: list[Edit] = [
        SetValue(roles.table.at(row.row, column), value) for column, value in values.items()
    ]
    return setting if before else [AddRow(roles.table, row.row), *setting]


def note_place(view: PlanView, place: Address) -> str:
    """What people call the place of a note, "" when it is gone from the plan."""
    section = view.pack.index.sections.get(place.section)
    if section is None:
        return ""
    if not place.item:
        return section.title
    item = view.pack.index.items.get((place.section, place.item))
    if item is None or (place.row and not has_row(view.pack, view.answers, place)):
        return ""
    if slot_at(view.pack, place) is None:
        return f"{item.label} · {view.row_name(place)}" if place.row else item.label
    name = place_name(view, place)
    return f"{item.label} · {name}" if place.row else name


def _by_place(view: PlanView, roles: NoteRoles) -> Mapping[Address, tuple[Note, ...]]:
    found: dict[Address, tuple[Note, ...]] = {}
    for each in _records(view, roles):
        found[each.place] = (*found.get(each.place, ()), each)
    return found


def _in_order(view: PlanView, roles: NoteRoles) -> tuple[Note, ...]:
    """In plan order; what stands nowhere any more comes last."""
    ranks = {key: number for number, key in enumerate(view.pack.index.sections)}
    items = {key: number for number, key in enumerate(view.pack.index.items)}

    def rank(each: Note) -> tuple[bool, int, int, int, str]:
        place = each.place
        rows = view.answers.order(place)
        row = rows.index(place.row) if place.row in rows else -1
        item = items.get((place.section, place.item), -1)
        return not note_place(view, place), ranks.get(place.section, 0), item, row, str(place)

    return tuple(sorted(_records(view, roles), key=rank))


def _records(view: PlanView, roles: NoteRoles) -> Iterable[Note]:
    for row in view.rows(roles.table):
        cells = (roles.place, roles.text, roles.person, roles.day)
        place, text, person, day = (view.typed(roles.table.at(row, each)) for each in cells)
        found = _place(str(place or ""))
        if found is not None and text:
            when = day if isinstance(day, date) else None
            yield Note(roles.table.at_row(row), found, str(text), str(person or ""), when)


def _place(text: str) -> Address | None:
    try:
        return parse_address(text) if "/" in text else Address(text, "") if text else None
    except AddressError:
        return None
