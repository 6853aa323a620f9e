"""Conflicts in words: where they stand, and what each version says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from forms.address import Address
from forms.changes import ChangeSet, ValueChange, same_value
from forms.comparing import differences
from forms.merging.conflicts import (
    Conflict,
    OrderConflict,
    ProseConflict,
    RowConflict,
    ValueConflict,
)
from forms.merging.plan import Merged
from forms.naming import place_name
from forms.schema import Pack
from forms.values import Value
from forms.view import PlanView, evaluate

GONE = "（已删除）"
EMPTY = "（空）"


@dataclass(frozen=True, slots=True)
class Versions:
    """What the common version, mine and theirs say at one place, in words."""

    base: str
    mine: str
    theirs: str


class Wording:
    """Names places and versions of one merge, rows and options by what each version calls them."""

    def __init__(self, pack: Pack, merged: Merged) -> None:
        self._pack = pack
        self._merged = merged

    @cached_property
    def mine(self) -> PlanView:
        """My version, evaluated."""
        return evaluate(self._pack, self._merged.mine)

    @cached_property
    def _theirs(self) -> PlanView:
        return evaluate(self._pack, self._merged.theirs)

    @cached_property
    def _base(self) -> PlanView:
        return evaluate(self._pack, self._merged.base)

    def section(self, conflict: Conflict) -> str:
        """The title of the section a conflict stands in."""
        section = self._pack.index.sections.get(conflict.address.section)
        return section.title if section else conflict.address.section

    def place(self, conflict: Conflict) -> str:
        """What people call the place within its section."""
        address = conflict.address
        item = self._pack.index.items.get((address.section, address.item))
        label = item.label if item else str(address)
        view = self._naming_view(address)
        match conflict:
            case ValueConflict() | ProseConflict():
                return f"{label} · {place_name(view, address)}" if address.row else label
            case RowConflict():
                return f"{label} · {view.row_name(address)}"
            case OrderConflict():
                return f"{label} · 行的先后"
            case _:
                assert_never(conflict)

    def versions(self, conflict: Conflict) -> Versions:
        """What each version says at a conflict."""
        match conflict:
            case ValueConflict(address, base, mine, theirs):
                return Versions(
                    _words(self._base, address, base),
                    _words(self.mine, address, mine),
                    _words(self._theirs, address, theirs),
                )
            case ProseConflict(address, _, base, mine, theirs):
                return Versions(
                    _words(self._base, address, base or None),
                    _words(self.mine, address, mine or None, GONE if base else EMPTY),
                    _words(self._theirs, address, theirs or None, GONE if base else EMPTY),
                )
            case RowConflict():
                return self._row(conflict)
            case OrderConflict(table, base, mine, theirs):
                return Versions(
                    _names(self._base, table, base),
                    _names(self.mine, table, mine),
                    _names(self._theirs, table, theirs),
                )
            case _:
                assert_never(conflict)

    def _naming_view(self, address: Address) -> PlanView:
        """The version in which a row still has its name."""
        row = Address(address.section, address.item, address.row)
        return self.mine if not address.row or self.mine.answers.row_values(row) else self._theirs

    def _row(self, conflict: RowConflict) -> Versions:
        kept_by = self._theirs if conflict.removed_by == "mine" else self.mine
        edited = [c for c in conflict.cells if not same_value(c.before, c.after)]
        base = _cells(self._base, [(cell.address, cell.before) for cell in edited])
        kept = _cells(kept_by, [(cell.address, cell.after) for cell in edited])
        return Versions(base, *((GONE, kept) if conflict.removed_by == "mine" else (kept, GONE)))


def _words(view: PlanView, address: Address, value: Value | None, empty: str = EMPTY) -> str:
    if value is None:
        return empty
    changes = ChangeSet("", (ValueChange(address, None, value),))
    found = differences(view, view, changes)[0]
    return found.said(found.after)


def _cells(view: PlanView, cells: list[tuple[Address, Value | None]]) -> str:
    lines = [
        f"{place_name(view, address).rpartition(' · ')[2]}：{_words(view, address, value)}"
        for address, value in cells
        if value is not None
    ]
    return "\n".join(lines) or EMPTY


def _names(view: PlanView, table: Address, order: tuple[str, ...]) -> str:
    return "\n".join(view.row_name(table.at_row(row)) for row in order) or EMPTY
