"""What two people did to the same place, with both versions and the common one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from forms.address import Address
from forms.changes import ValueChange
from forms.merging.prose import Choice, Pick
from forms.values import Value

Side: TypeAlias = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class ValueConflict:
    """One value, set differently by both; None is empty."""

    address: Address
    base: Value | None
    mine: Value | None
    theirs: Value | None


@dataclass(frozen=True, slots=True)
class ProseConflict:
    """The same paragraphs of a narrative, changed differently by both; "" is none.

    `part` counts the disputed places of the narrative from 0.
    """

    address: Address
    part: int
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A row one side removed and the other went on with; `cells` are those of the latter."""

    address: Address
    removed_by: Side
    cells: tuple[ValueChange, ...]


@dataclass(frozen=True, slots=True)
class OrderConflict:
    """Rows of a table that both sides put in different places."""

    address: Address
    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


Conflict: TypeAlias = ValueConflict | ProseConflict | RowConflict | OrderConflict


def choices_for(conflict: Conflict) -> tuple[Choice, ...]:
    """What can be chosen: a place for one value cannot hold both."""
    match conflict:
        case ProseConflict():
            both = conflict.mine and conflict.theirs
            return ("mine", "theirs", "both") if both else ("mine", "theirs")
        case ValueConflict() | RowConflict() | OrderConflict():
            return ("mine", "theirs")
        case _:
            assert_never(conflict)


def keeping_both(conflict: Conflict) -> Pick | None:
    """The pick that loses nothing anybody wrote, or None where two values exclude each other."""
    match conflict:
        case ProseConflict():
            return "both"
        case RowConflict():
            return "theirs" if conflict.removed_by == "mine" else "mine"
        case OrderConflict():
            return "mine"
        case ValueConflict(_, _, None, _):
            return "theirs"
        case ValueConflict(_, _, _, None):
            return "mine"
        case ValueConflict():
            return None
        case _:
            assert_never(conflict)
