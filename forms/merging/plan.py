"""Three-way merge of a plan by address: what only one side changed is taken, the rest is told.

Where both changed the same place, my version stands in the answers and the conflict keeps all
three. Without a common version every difference is a conflict, and rows of either side stay.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from forms.address import Address
from forms.answers import Answers, answers_of
from forms.breathing import breathing
from forms.changes import ChangeSet, ValueChange, difference, same_value
from forms.kinds import Narrative
from forms.merging.conflicts import (
    Conflict,
    OrderConflict,
    ProseConflict,
    RowConflict,
    Side,
    ValueConflict,
)
from forms.merging.orders import like, merge_order
from forms.merging.prose import MergedProse, Pick, merge_prose
from forms.places import slot_at
from forms.schema import Pack
from forms.values import Value

_Values: TypeAlias = dict[Address, Value]
_ABSENT = Answers()


@dataclass(frozen=True, slots=True)
class Merged:
    """Two versions put together: my version stands where a conflict is open."""

    base: Answers
    mine: Answers
    theirs: Answers
    answers: Answers
    conflicts: tuple[Conflict, ...] = ()
    prose: Mapping[Address, MergedProse] = field(default_factory=dict[Address, MergedProse])

    def taken(self, label: str = "") -> ChangeSet:
        """What came from the other side without a question."""
        return difference(self.mine, self.answers, label)

    def chosen(self, choices: Mapping[int, Pick]) -> Answers:
        """The plan with a version chosen for some conflicts, by their number; mine for the rest."""
        return _chosen(self, choices)

    def left_open(self, choices: Mapping[int, Pick]) -> tuple[Answers, Answers]:
        """What keeps the conflicts that are not chosen: a common version and theirs.

        Merging these with `chosen(choices)`, edited or not, gives the open conflicts again. An
        order of rows stays as I have it: nothing of it could get lost.
        """
        still = [
            number
            for number, conflict in enumerate(self.conflicts)
            if number not in choices and not isinstance(conflict, OrderConflict)
        ]
        base: dict[int, Pick] = dict.fromkeys(still, "base")
        theirs: dict[int, Pick] = dict.fromkeys(still, "theirs")
        return self.chosen({**choices, **base}), self.chosen({**choices, **theirs})


def merge(pack: Pack | None, base: Answers | None, mine: Answers, theirs: Answers) -> Merged:
    """Put two versions of a plan together that come from one; the pack tells which is prose."""
    merging = _Merging(pack, base or _ABSENT, mine, theirs)
    merging.merge_tables()
    merging.merge_values()
    merging.sort_conflicts()
    answers = answers_of(merging.values.items(), merging.orders.items())
    conflicts = tuple(merging.conflicts)
    return Merged(base or _ABSENT, mine, theirs, answers, conflicts, merging.prose)


class _Merging:
    """One merge under way."""

    def __init__(self, pack: Pack | None, base: Answers, mine: Answers, theirs: Answers) -> None:
        self._pack = pack
        self._sides = (base, mine, theirs)
        self.values: _Values = {}
        self.orders: dict[Address, tuple[str, ...]] = {}
        self.conflicts: list[Conflict] = []
        self.prose: dict[Address, MergedProse] = {}
        self._whole: dict[Address, Side] = {}  # by row: whose stands, whether it is there or gone

    def merge_tables(self) -> None:
        """Decide which rows there are, and their order."""
        base, mine, theirs = (dict(side.orders()) for side in self._sides)
        for table in mine | theirs | base:
            orders = (base.get(table, ()), mine.get(table, ()), theirs.get(table, ()))
            self._merge_table(table, *orders)

    def _merge_table(
        self, table: Address, base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
    ) -> None:
        sides = (frozenset(base), frozenset(mine), frozenset(theirs))
        kept = {row for row in breathing((*mine, *theirs)) if self._stays(table, row, *sides)}
        merged = merge_order(base, mine, theirs, kept)
        if merged.contested:
            self.conflicts.append(OrderConflict(table, base, mine, theirs))
        if merged.order:
            self.orders[table] = merged.order

    def _stays(
        self,
        table: Address,
        row: str,
        base: Collection[str],
        mine: Collection[str],
        theirs: Collection[str],
    ) -> bool:
        is_mine, is_theirs = row in mine, row in theirs
        if (is_mine and is_theirs) or row not in base:
            return True
        removed_by: Side = "theirs" if is_mine else "mine"
        cells = self._edited(table.at_row(row), self._sides[1 if is_mine else 2])
        self._whole[table.at_row(row)] = removed_by
        if all(same_value(cell.before, cell.after) for cell in cells):
            return False
        self.conflicts.append(RowConflict(table.at_row(row), removed_by, cells))
        self._whole[table.at_row(row)] = "mine"
        return is_mine

    def _edited(self, row: Address, side: Answers) -> tuple[ValueChange, ...]:
        before, after = self._sides[0].row_values(row), side.row_values(row)
        return tuple(
            ValueChange(cell, before.get(cell), after.get(cell))
            for cell in sorted(before | after, key=str)
        )

    def merge_values(self) -> None:
        """Put the values together, one by one."""
        base, mine, theirs = (dict(side.values()) for side in self._sides)
        for address in breathing(mine | theirs):
            ours, others = mine.get(address), theirs.get(address)
            whole = self._whole.get(Address(address.section, address.item, address.row))
            if address.row and whole:
                value = ours if whole == "mine" else others
            else:
                value = self._value(address, base.get(address), ours, others)
            if value is not None:
                self.values[address] = value

    def sort_conflicts(self) -> None:
        """Put the conflicts in the order of the plan."""
        items = tuple(self._pack.index.items) if self._pack else ()
        ranks = {key: rank for rank, key in enumerate(items)}
        rows = {
            table: {row: n for n, row in enumerate(order)} for table, order in self.orders.items()
        }

        def rank(conflict: Conflict) -> tuple[int, int, str]:
            at = conflict.address
            row = rows.get(at.table, {}).get(at.row, len(rows.get(at.table, ())))
            return ranks.get((at.section, at.item), len(ranks)), row, str(at)

        self.conflicts.sort(key=rank)

    def _value(
        self, address: Address, base: Value | None, mine: Value | None, theirs: Value | None
    ) -> Value | None:
        if same_value(base, theirs) or same_value(mine, theirs):
            return mine
        if same_value(base, mine):
            return theirs
        if (
            isinstance(mine, str)
            and isinstance(theirs, str)
            and self._is_prose(address, mine + theirs)
        ):
            return self._prose(address, base if isinstance(base, str) else "", mine, theirs)
        self.conflicts.append(ValueConflict(address, base, mine, theirs))
        return mine

    def _prose(self, address: Address, base: str, mine: str, theirs: str) -> str:
        merged = merge_prose(base, mine, theirs)
        self.prose[address] = merged
        for part in range(len(merged.disputed)):
            self.conflicts.append(_prose_conflict(address, merged, part))
        return merged.text(lambda _: "mine")

    def _is_prose(self, address: Address, texts: str) -> bool:
        slot = slot_at(self._pack, address) if self._pack else None
        return isinstance(slot.kind, Narrative) if slot else "\n" in texts


def _prose_conflict(address: Address, merged: MergedProse, part: int) -> ProseConflict:
    each = merged.disputed[part]
    return ProseConflict(
        address, part, each.words("base"), each.words("mine"), each.words("theirs")
    )


def _chosen(merged: Merged, choices: Mapping[int, Pick]) -> Answers:
    """The merged answers with the places of some conflicts put otherwise."""
    answers = merged.answers
    picks: dict[int, Pick] = {n: pick for n, pick in choices.items() if pick != "mine"}
    texts: dict[Address, dict[int, Pick]] = {}
    for number, pick in picks.items():
        match merged.conflicts[number]:
            case ValueConflict() as conflict:
                answers = answers.with_value(conflict.address, _version(conflict, pick))
            case ProseConflict(address, part):
                texts.setdefault(address, {})[part] = pick
            case RowConflict() | OrderConflict():
                pass
    for address, of_text in texts.items():
        text = merged.prose[address].text(_picking(of_text))
        answers = answers.with_value(address, text or None)
    return _with_rows(merged, answers, picks)


def _picking(picks: Mapping[int, Pick]) -> Callable[[int], Pick]:
    def pick(part: int) -> Pick:
        return picks.get(part, "mine")

    return pick


def _version(conflict: ValueConflict, pick: Pick) -> Value | None:
    return {"theirs": conflict.theirs, "base": conflict.base}.get(pick, conflict.mine)


def _with_rows(merged: Merged, answers: Answers, picks: Mapping[int, Pick]) -> Answers:
    """Rows brought back or taken away, and orders, as chosen."""
    chosen: list[tuple[Conflict, Pick]] = [(merged.conflicts[n], picks[n]) for n in picks]
    for conflict, pick in chosen:
        if isinstance(conflict, RowConflict):
            answers = _with_row(merged, answers, conflict, pick)
    for conflict, pick in chosen:
        if isinstance(conflict, OrderConflict) and pick == "theirs":
            order = like(answers.order(conflict.address), conflict.theirs)
            answers = answers.with_order(conflict.address, order)
    return answers


def _with_row(merged: Merged, answers: Answers, conflict: RowConflict, pick: Pick) -> Answers:
    """A row conflict chosen otherwise than mine."""
    row, table = conflict.address.row, conflict.address.table
    here = answers.order(table)
    if conflict.removed_by == "theirs" and pick == "theirs":
        for cell in answers.row_values(conflict.address):
            answers = answers.with_value(cell, None)
        return answers.with_order(table, tuple(each for each in here if each != row))
    for cell in conflict.cells:
        value = cell.before if pick == "base" else cell.after
        answers = answers.with_value(cell.address, value)
    if row in here:
        return answers
    theirs = merged.theirs.order(table)
    order = merge_order(here, here, theirs, {*here, row}).order
    return answers.with_order(table, order)


def open_places(merged: Merged) -> Iterator[Address]:
    """Where a conflict is open, each place once."""
    yield from dict.fromkeys(conflict.address for conflict in merged.conflicts)
