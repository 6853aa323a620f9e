"""Which values rest on which: read from a pack's formulas once, followed for every edit.

What an edit leaves alone keeps its figure; only what rests on a changed cell is worked out again.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.address import Address, Cell
from forms.answers import Answers, TableAnswers
from forms.formula import Ref
from forms.kinds import Reference
from forms.schema import INDICATOR_BASE, INDICATOR_TARGET, Pack, Rule, Table
from forms.slots import Slot, SlotKey, referenced_slot, slot_key
from forms.values import Value

TEMPLATE_PLACE = re.compile(  # one brace on either side: two are a live figure's
    r"(?<!\{)\{([a-z][a-z0-9_]*/[a-z0-9_/]+)\}(?!\})"
)


@dataclass(frozen=True, slots=True)
class Use:
    """That the formula of a slot takes in another; `same_row` when only from its own row."""

    by: SlotKey
    same_row: bool


Rows = frozenset[str] | None  # None: every row
Affected = dict[SlotKey, Rows]


def affected_by(pack: Pack, changed: Mapping[SlotKey, Rows]) -> Affected:
    """Every slot, and in which rows, whose value may differ after these slots have changed."""
    uses = uses_in(pack)
    found: Affected = dict(changed)
    waiting = deque(found)
    while waiting:
        key = waiting.popleft()
        for use in uses.get(key, ()):
            rows = found[key] if use.same_row else None
            known = found.get(use.by, frozenset())
            joined = None if rows is None or known is None else known | rows
            if use.by not in found or joined != known:
                found[use.by] = joined
                waiting.append(use.by)
    return found


class Stamps:
    """Marks of sections and slots: the very same in later versions while no value there changed."""

    def __init__(self) -> None:
        self._marks: dict[str | SlotKey, object] = {}

    def of(self, part: str | SlotKey) -> object:
        """The mark of a section, or of a slot."""
        return self._marks.setdefault(part, object())

    def take_over(self, before: Stamps, affected: Affected) -> None:
        """Keep the marks of every section and slot that an edit did not reach."""
        self._marks = dict(before._marks)
        for key in affected:
            self._marks.pop(key, None)
            self._marks.pop(key[0], None)


def slots_behind(pack: Pack, key: SlotKey) -> frozenset[SlotKey]:
    """A slot and every other its value rests on, directly or through further formulas."""
    known = pack.index.slots_behind.get(key)
    if known is None:
        seen: set[SlotKey] = set()
        stack = [key]
        while stack:
            current = stack.pop()
            if current not in seen:
                seen.add(current)
                slot = pack.index.slots.get(current)
                stack.extend(source for source, _ in _inputs(pack, slot) if slot)
        known = pack.index.slots_behind[key] = frozenset(seen)
    return known


def sections_behind(pack: Pack, key: SlotKey) -> frozenset[str]:
    """The sections a slot's value rests on."""
    return frozenset(section for section, _, _ in slots_behind(pack, key))


def uses_in(pack: Pack) -> Mapping[SlotKey, tuple[Use, ...]]:
    """Who takes in each slot of a pack."""
    if not pack.index.uses:
        uses: dict[SlotKey, list[Use]] = {}
        for slot in pack.index.slots.values():
            for source, same_row in _inputs(pack, slot):
                uses.setdefault(source, []).append(Use(slot.key, same_row))
        pack.index.uses.update({key: tuple(dict.fromkeys(found)) for key, found in uses.items()})
    return pack.index.uses


def changed_slots(pack: Pack, before: Answers, after: Answers) -> dict[SlotKey, Rows]:
    """The slots in which two versions of the answers differ, and in which rows."""
    found: dict[SlotKey, Rows] = {}
    for key in before.sections.keys() | after.sections.keys():
        old, new = before.section(key), after.section(key)
        if old is new:
            continue
        for item in old.fields.keys() | new.fields.keys():
            if old.fields.get(item) is not new.fields.get(item):
                found[key, item, ""] = None
        for item in old.tables.keys() | new.tables.keys():
            was, now = old.tables.get(item), new.tables.get(item)
            if was is not now:
                table = Address(key, item)
                found.update(_changed_in_table(pack, table, was or _NONE, now or _NONE))
    return found


@dataclass(frozen=True, slots=True)
class RowChange:
    """The rows of a table that are new or changed, and those that are gone."""

    touched: tuple[str, ...]
    gone: tuple[str, ...]
    is_reordered: bool


def changed_rows(before: TableAnswers, after: TableAnswers) -> RowChange:
    """What happened to the rows between two versions of a table, told by identity."""
    old, new = before.rows, after.rows
    same_order = before.order is after.order or before.order == after.order
    names = list(after.order or new)
    if len(old) == len(new) and list(old) == list(new):  # as after most edits: go side by side
        pairs = zip(new, old.values(), new.values(), strict=True)
        touched = [row for row, was, now in pairs if was is not now]
    else:
        touched = [row for row in names if old.get(row) is not new.get(row)]
    if same_order and after.order:
        return RowChange(tuple(touched), (), is_reordered=False)
    known, current = set(before.order or old), set(names)
    touched += [row for row in current - known if row not in new]  # added, still empty
    return RowChange(tuple(touched), tuple(known - current), is_reordered=not same_order)


_NONE = TableAnswers()
_NO_CELLS: Mapping[Cell, Value] = {}
_MANY_ROWS = 1_000  # beyond which it is not worth telling rows that changed from those that did not


@dataclass(frozen=True, slots=True)
class RuleInputs:
    """What a rule takes in.

    `are_rows`: the rule is asked for each row of a table of rows, so a row whose cells did not
    change need not be asked again while everything `outside` has the same values. While nothing
    happened to any of its `slots`, the rule as a whole need not be asked again.
    """

    are_rows: bool
    outside: tuple[Ref, ...]  # beside the typed cells of its own row
    slots: tuple[SlotKey, ...]  # these named in the rule, and the names of its rows


def rule_inputs(pack: Pack, rule: Rule) -> RuleInputs:
    """What a rule of a pack takes in."""
    known = pack.index.rule_inputs.get(rule.key)
    if known is None:
        scope = rule.scope
        item = pack.index.items.get((scope.section, scope.item)) if scope else None
        are_rows = isinstance(item, Table) and rule.years is None
        found: dict[Ref, None] = {}
        for formula in (rule.left, rule.right, *filter(None, (rule.when,))):
            for reference in formula.references():
                if not reference.is_local or scope is None:
                    found[reference] = None
                elif are_rows:
                    found.update(dict.fromkeys(_outside_row(pack, scope, reference.item)))
                else:
                    found[_whole_column(scope, reference.item, reference.year)] = None
        if scope is not None and isinstance(item, Table) and not are_rows:
            found[_whole_column(scope, item.naming, "")] = None
        slots = tuple(dict.fromkeys(_slots_of(pack, rule)))
        known = pack.index.rule_inputs[rule.key] = RuleInputs(are_rows, tuple(found), slots)
    return known


def _slots_of(pack: Pack, rule: Rule) -> Iterator[SlotKey]:
    scope = rule.scope
    home = (scope.section, scope.item, "") if scope else ("", "", "")
    for formula in (rule.left, rule.right, *filter(None, (rule.when,))):
        for reference in formula.references():
            yield from _slots_meant(pack, reference, home)
    if scope is not None:
        yield from _names_of_rows(pack, scope)


def _names_of_rows(pack: Pack, table: Address) -> dict[SlotKey, None]:
    """The columns rows are called by: where one names rows of another table, also those of it."""
    found: dict[SlotKey, None] = {}
    item = pack.index.items.get((table.section, table.item))
    while isinstance(item, Table) and item.naming:
        key = (table.section, table.item, item.naming)
        kind = item.column(item.naming).kind
        found[key] = None
        if not isinstance(kind, Reference):
            break
        table = kind.home
        item = pack.index.items.get((table.section, table.item))
    return found


def _slots_meant(pack: Pack, reference: Ref, home: SlotKey) -> Iterator[SlotKey]:
    """The slot a reference means; every slot of its table where it means one in each fixed row."""
    meant = referenced_slot(pack, reference, home)
    if meant is None or meant in pack.index.slots:
        yield from (meant,) if meant else ()
    else:
        yield from (key for key in pack.index.slots if key[:2] == meant[:2])


def _whole_column(table: Address, column: str, year: str) -> Ref:
    return Ref(table.section, table.item, "*", column, "*" if year else "")


def _outside_row(pack: Pack, table: Address, column: str) -> Iterator[Ref]:
    """What a column of a row takes in from elsewhere; for years of its own, every year."""
    waiting, seen = [column], set[str]()
    while waiting:
        current = waiting.pop()
        slot = pack.index.slots.get((table.section, table.item, current))
        if slot is None or current in seen:
            continue
        seen.add(current)
        for found in TEMPLATE_PLACE.finditer(slot.default):
            section, _, item = found[1].partition("/")
            yield Ref(section, item)
        for reference in slot.formula.references() if slot.formula else ():
            if reference.is_local:
                waiting.append(reference.item)
            elif reference.year in ("@year", "@prev"):
                section, item, row = reference.section, reference.item, reference.row
                yield Ref(section, item, row, reference.column, "*")
            else:
                yield reference


def _changed_in_table(
    pack: Pack, table: Address, before: TableAnswers, after: TableAnswers
) -> Iterator[tuple[SlotKey, Rows]]:
    item = pack.index.items.get((table.section, table.item))
    if item is None:
        return
    change = changed_rows(before, after)
    if change.is_reordered and isinstance(item, Table):
        for column in item.columns:
            yield (table.section, table.item, column.key), None
        return
    touched = (*change.touched, *change.gone)
    if len(touched) > _MANY_ROWS and isinstance(item, Table):
        for column in _changed_columns(touched, before, after):
            yield (table.section, table.item, column), None
        return
    is_fixed = not isinstance(item, Table)
    parts: dict[tuple[str, str], set[str]] = {}  # by row, where that makes a slot, and column
    for row in touched:
        old, new = before.rows.get(row, {}), after.rows.get(row, {})
        for cell in (old.keys() | new.keys()) if old and new else (old or new):
            if old.get(cell) is not new.get(cell):
                part = (row if is_fixed else "", cell[0])
                parts.setdefault(part, set()).add(row)
    slots: dict[SlotKey, set[str]] = {}
    for part, rows in parts.items():
        slots.setdefault(slot_key(item, table.at(*part)), set()).update(rows)
    for key, rows in slots.items():
        yield key, frozenset(rows)


def _changed_columns(
    rows: Sequence[str], before: TableAnswers, after: TableAnswers
) -> Iterator[str]:
    """The columns in which any of these rows differs: of very many rows, in all of them."""
    known: set[Cell] = set()
    for row in rows:
        old, new = before.rows.get(row, _NO_CELLS), after.rows.get(row, _NO_CELLS)
        if not old or not new:
            known.update(old or new)
        elif len(old) == len(new) and list(old) == list(new):  # as most often: go side by side
            pairs = zip(new, old.values(), new.values(), strict=True)
            known.update([cell for cell, was, now in pairs if was is not now])
        else:
            cells = (old.keys() | new.keys()) - known
            known.update([cell for cell in cells if old.get(cell) is not new.get(cell)])
    yield from {column for column, _ in known}


def _inputs(pack: Pack, slot: Slot | None) -> Iterator[tuple[SlotKey, bool]]:
    """What a slot's value takes in; True where only the same row counts."""
    if slot is None:
        return
    section, item, part = slot.key
    if slot.formula is not None:
        for reference in slot.formula.references():
            source = referenced_slot(pack, reference, slot.key)
            if source is not None:
                yield source, reference.is_local
    elif not slot.overridable:
        row = part.partition(".")[0]
        yield (section, item, f"{row}.{INDICATOR_BASE}"), True
        yield (section, item, f"{row}.{INDICATOR_TARGET}"), True
    for found in TEMPLATE_PLACE.finditer(slot.default):
        home, _, name = found[1].partition("/")
        yield (home, name, ""), False
