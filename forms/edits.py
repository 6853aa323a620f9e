"""The four things anyone can do to a plan, and the one gate they all pass.

Window, command line, import and merge all speak these edits; `apply_edit` refuses what the pack
does not allow and returns the new answers with the exact changes.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TypeAlias, assert_never

from forms.address import Address, is_row_id
from forms.amending import Amending
from forms.answers import Answers
from forms.changes import (
    Change,
    ChangeSet,
    Gathering,
    OrderChange,
    ValueChange,
    apply_changes,
    put_change,
    same_value,
)
from forms.places import Place, item_at, locate
from forms.reading import ReadingError, check_value, read_value
from forms.row_units import kind_in
from forms.schema import Field, Pack, Section, Table
from forms.stepwise import ended
from forms.values import Value

_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_ID_LENGTH = 8
_ROWS_AT_ONCE = 25  # each such run writes the order of its table anew


class EditError(ValueError):
    """The edit is not possible; the message is a sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class SetValue:
    """Put a value at an address; None empties it."""

    address: Address
    value: Value | None


@dataclass(frozen=True, slots=True)
class AddRow:
    """Add a row to a table, at a position (None: at the end), with some of its cells filled."""

    table: Address
    row: str
    position: int | None = None
    cells: tuple[tuple[Address, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """Remove a row and its cells."""

    row: Address


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Put a row at another position."""

    row: Address
    position: int


Held: TypeAlias = Answers | Amending  # what an edit is checked against
Edit: TypeAlias = SetValue | AddRow | RemoveRow | MoveRow


@dataclass(frozen=True, slots=True)
class Applied:
    """The answers after an edit, and what changed."""

    answers: Answers
    changes: ChangeSet


def new_row_id() -> str:
    """A fresh stable id for a row: short, random, easy to read aloud."""
    number, letters = secrets.randbelow(len(_ID_ALPHABET) ** _ID_LENGTH), list[str]()
    for _ in range(_ID_LENGTH):  # asked of the system once, not once a letter
        number, letter = divmod(number, len(_ID_ALPHABET))
        letters.append(_ID_ALPHABET[letter])
    return "r" + "".join(letters)


def apply_edit(pack: Pack, answers: Answers, edit: Edit) -> Applied:
    """The answers after one edit; `EditError` or `UnknownAddressError` when it is not allowed."""
    changes = _changes_of(pack, answers, (edit,))
    return Applied(apply_changes(answers, changes), changes)


def apply_edits(pack: Pack, answers: Answers, edits: tuple[Edit, ...], label: str) -> Applied:
    """Several edits as one action."""
    return ended(edit_steps(pack, answers, edits, label))


def edit_steps(
    pack: Pack, answers: Answers, edits: Sequence[Edit], label: str
) -> Generator[int, None, Applied]:
    """`apply_edits` piece by piece: gives how many edits are taken, and at the end what came."""
    amending, gathered, taken = Amending(answers), Gathering(), 0
    for run in _runs(edits):
        for change in _changes_of(pack, amending, run).changes:
            put_change(amending, change)
            gathered.take(change)
        taken += len(run)
        yield taken
    return Applied(amending.done(), gathered.done(label))


def set_from_text(
    pack: Pack, address: Address, text: str, answers: Answers | None = None
) -> SetValue:
    """The edit that puts typed text at an address, read by the kind that stands there.

    `answers` say what a row has chosen, where the unit depends on it.
    """
    place = locate(pack, address)
    kind = kind_in(pack, answers.get, address) if answers else None
    try:
        return SetValue(address, read_value(pack, kind or place.kind, text))
    except ReadingError as error:
        raise EditError(f"{place.label}：{error}") from error


def has_row(pack: Pack, answers: Held, address: Address) -> bool:
    """Whether the row an address names exists: rows of fixed tables always do."""
    item = item_at(pack, address)
    return not isinstance(item, Table) or answers.has_row(address)


def seed_answers(pack: Pack) -> Answers:
    """The answers a new plan starts with: the rows its tables offer, and its decisive choices.

    The latter are typed, not left to the pack's defaults: a later pack must not move a figure.
    """
    answers = Answers()
    for section in pack.sections():
        for item in section.items:
            if isinstance(item, Table):
                answers = _seeded(pack, answers, section, item)
            elif isinstance(item, Field) and item.decisive and item.default:
                edit = set_from_text(pack, Address(section.key, item.key), item.default)
                answers = apply_edit(pack, answers, edit).answers
    return answers


def _seeded(pack: Pack, answers: Answers, section: Section, table: Table) -> Answers:
    address = Address(section.key, table.key)
    for number, seed in enumerate(table.seeds, start=1):
        row = f"s{number}"
        answers = apply_edit(pack, answers, AddRow(address, row)).answers
        for column, text in seed:
            edit = set_from_text(pack, address.at(row, column), text)
            answers = apply_edit(pack, answers, edit).answers
    return answers


def _runs(edits: Sequence[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Edits that are taken together: rows of one table that come, go or move, a few at a time."""
    for home, alike in groupby(edits, _order_changed):
        rest = iter(alike)
        most = _ROWS_AT_ONCE if home is not None else 1
        while run := tuple(islice(rest, most)):
            yield run


def _order_changed(edit: Edit) -> tuple[type[Edit], Address] | None:
    """What an edit does to the order of which table."""
    match edit:
        case AddRow():
            return AddRow, edit.table
        case RemoveRow() | MoveRow():
            return type(edit), edit.row.table
        case SetValue():
            return None
        case _:
            assert_never(edit)


def _changes_of(pack: Pack, answers: Held, run: Sequence[Edit]) -> ChangeSet:
    match run[0]:
        case SetValue():
            return _set_value(pack, answers, run[0])
        case AddRow():
            return _add_rows(pack, answers, run[0].table, run)
        case RemoveRow():
            return _remove_rows(pack, answers, run[0].row.table, run)
        case MoveRow():
            return _move_rows(pack, answers, run[0].row.table, run)
        case _:
            assert_never(run[0])


def _set_value(pack: Pack, answers: Held, edit: SetValue) -> ChangeSet:
    place = locate(pack, edit.address)
    if place.is_computed:
        raise EditError(f"“{place.label}”由系统计算，不能填写。")
    if not has_row(pack, answers, edit.address):
        raise EditError(f"表中没有行“{edit.address.row}”，请先新增该行。")
    value = None if edit.value is None else _fitting(pack, place, edit.value)
    before = answers.get(edit.address)
    if same_value(before, value):
        return ChangeSet(f"修改{place.label}")
    return ChangeSet(f"修改{place.label}", (ValueChange(edit.address, before, value),))


def _fitting(pack: Pack, place: Place, value: Value) -> Value:
    try:
        return check_value(pack, place.kind, value)
    except ReadingError as error:
        raise EditError(f"{place.label}：{error}") from error


def _add_rows(pack: Pack, answers: Held, home: Address, edits: Sequence[Edit]) -> ChangeSet:
    table, before = _table(pack, home), answers.order(home)
    order, there, cells = list(before), set(before), list[Change]()
    for edit in edits:
        assert isinstance(edit, AddRow)  # as `_runs` gives them
        _require(is_row_id(edit.row), f"行号“{edit.row}”不合规：只能用字母、数字、_ . -。")
        _require(edit.row not in there, f"{table.label}中已有行“{edit.row}”。")
        position = len(order) if edit.position is None else edit.position
        order.insert(max(0, position), edit.row)
        there.add(edit.row)
        cells += _cells_of(pack, answers, edit)
    return ChangeSet(f"新增{table.row_name}", (OrderChange(home, before, tuple(order)), *cells))


def _cells_of(pack: Pack, answers: Held, edit: AddRow) -> Iterator[ValueChange]:
    for address, value in edit.cells:
        place = locate(pack, address)
        if address.row != edit.row or address.table != edit.table or place.is_computed:
            raise EditError(f"“{address}”不是新增行的可填项。")
        yield ValueChange(address, answers.get(address), _fitting(pack, place, value))


def _remove_rows(pack: Pack, answers: Held, home: Address, edits: Sequence[Edit]) -> ChangeSet:
    table, order = _table(pack, home), answers.order(home)
    there, changes = set(order), list[Change]()
    for edit in edits:
        assert isinstance(edit, RemoveRow)  # as `_runs` gives them
        _require(edit.row.row in there, f"{table.label}中没有行“{edit.row.row}”。")
        there.discard(edit.row.row)
        cells = answers.row_values(edit.row)
        changes += (ValueChange(address, value, None) for address, value in cells.items())
    changes.append(OrderChange(home, order, tuple(row for row in order if row in there)))
    return ChangeSet(f"删除{table.row_name}", tuple(changes))


def _move_rows(pack: Pack, answers: Held, home: Address, edits: Sequence[Edit]) -> ChangeSet:
    table, before = _table(pack, home), answers.order(home)
    order = list(before)
    for edit in edits:
        assert isinstance(edit, MoveRow)  # as `_runs` gives them
        _require(edit.row.row in order, f"{table.label}中没有行“{edit.row.row}”。")
        order.remove(edit.row.row)
        order.insert(max(0, edit.position), edit.row.row)
    after, label = tuple(order), f"移动{table.row_name}"
    return ChangeSet(label, (OrderChange(home, before, after),) if after != before else ())


def _table(pack: Pack, address: Address) -> Table:
    item = item_at(pack, address)
    if not isinstance(item, Table):
        raise EditError(f"“{item.label}”的行是固定的，不能增删或移动。")
    return item


def _require(condition: bool, sentence: str) -> None:
    if not condition:
        raise EditError(sentence)
