"""Tables the program itself writes to: each stands where nothing is printed, its columns fit."""

from __future__ import annotations

from dataclasses import fields
from typing import TypeAlias

from forms.kinds import Date, Kind, Narrative, Text
from forms.loading.node import PackError
from forms.roles import DismissalRoles, DutyRoles, NoteRoles, TickRoles
from forms.schema import Pack, Place, Table

_FILE = "pack.toml"
_Record: TypeAlias = DismissalRoles | NoteRoles | DutyRoles | TickRoles
_CALLED: dict[type[Kind], str] = {Date: "日期", Narrative: "正文", Text: "文字"}
_PEOPLE = "people"  # no column of the record, but one elsewhere


def check_records(pack: Pack) -> None:
    """Raise `PackError` for a record whose table or columns cannot be right."""
    roles = pack.roles
    for name in ("dismissals", "notes", "duties", "ticks"):
        record: _Record | None = getattr(roles, name)
        if record is not None:
            _check(pack, f"roles.{name}", record)
    if roles.duties is not None and roles.duties.people:
        _check_people(pack, roles.duties.people)


def _check(pack: Pack, place: str, record: _Record) -> None:
    table = pack.index.items.get((record.table.section, record.table.item))
    if not isinstance(table, Table):
        raise PackError(_FILE, place, "应为表格")
    if pack.index.sections[record.table.section].place is not Place.NOWHERE:
        raise PackError(_FILE, place, "所在节的 place 应为 nowhere")
    kinds: dict[str, type[Kind]] = {column.key: type(column.kind) for column in table.columns}
    for each in fields(record)[1:]:
        key, wanted = getattr(record, each.name), _wanted(record, each.name)
        if each.name != _PEOPLE and kinds.get(key) is not wanted:
            reason = f"列“{key}”应为{_CALLED[wanted]}"
            raise PackError(_FILE, f"{place}.{each.name}", reason)


def _wanted(record: _Record, column: str) -> type[Kind]:
    if column == "day":
        return Date
    return Narrative if isinstance(record, NoteRoles) and column == "text" else Text


def _check_people(pack: Pack, reference: str) -> None:
    section, _, rest = reference.partition("/")
    item, _, column = rest.partition("/")
    table = pack.index.items.get((section, item))
    if not isinstance(table, Table) or column not in {each.key for each in table.columns}:
        raise PackError(_FILE, "roles.duties.people", f"没有列“{reference}”")
