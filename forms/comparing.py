"""Two moments of a plan compared field by field, in the order and words of the pack.

Pure: history, the merge of two versions and reports all read the same differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import assert_never

from forms.address import Address
from forms.changes import ChangeSet, OrderChange, ValueChange, difference
from forms.inline.footnotes import PlacedNote
from forms.inline.marks import Mark, with_marks
from forms.inline.references import PlacedReference
from forms.kinds import (
    Integer,
    Kind,
    Money,
    Narrative,
    Percent,
    Quantity,
    Reference,
    Text,
    unit_of,
)
from forms.live_figures import Placed, shown_at
from forms.naming import place_name
from forms.picture_marks import without_marks
from forms.places import slot_at
from forms.targets import named_at
from forms.values import Value
from forms.view import PlanView
from forms.word_difference import Piece, word_difference
from forms.wording import is_tight, plain_words, word

_MOST_CELLS = 40  # of a row that came or went, told one by one


class Sort(Enum):
    """What sort of difference it is."""

    VALUE = "value"
    ROW_ADDED = "row added"
    ROW_REMOVED = "row removed"
    ROW_MOVED = "row moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value, or one row as a whole, that is not the same at two moments."""

    address: Address  # of the value, or of the row
    sort: Sort
    section: str  # its title
    item: str  # the label of the field or table
    name: str  # row, column and year within the item; "" for a field
    before: str  # in words, "" for empty
    after: str
    unit: str = ""
    is_text: bool = False

    @property
    def place(self) -> str:
        """Where it is: item, row, column, year."""
        return f"{self.item} · {self.name}" if self.name else self.item

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Before and after compared by words; figures and choices change as a whole."""
        return word_difference(self.before, self.after) if self.is_text else ()

    def said(self, words: str) -> str:
        """A value of this place with its unit, for people."""
        if not words or not self.unit:
            return words
        return f"{words}{self.unit}" if is_tight(self.unit) else f"{words} {self.unit}"


def compare(before: PlanView, after: PlanView) -> tuple[Difference, ...]:
    """Everything that differs between two moments of a plan of one pack, in plan order."""
    return differences(before, after, difference(before.answers, after.answers, ""))


def differences(before: PlanView, after: PlanView, changes: ChangeSet) -> tuple[Difference, ...]:
    """What a change set changed, in plan order; the views are the plan on both sides of it."""
    rows = {each.table: _Rows.of(each) for each in changes.changes if isinstance(each, OrderChange)}
    ranks = _Ranks(after, before)
    found = [
        each for table, order in rows.items() for each in _row_differences(ranks, table, order)
    ]
    found += [
        _value_difference(before, after, change)
        for change in changes.changes
        if isinstance(change, ValueChange) and not _is_of_whole_row(change.address, rows)
    ]
    return tuple(sorted(found, key=lambda each: ranks.of(each.address)))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table that came, went, or stand elsewhere."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[str, ...]

    @classmethod
    def of(cls, change: OrderChange) -> _Rows:
        """What became of the rows; as few as possible count as moved."""
        old, new = set(change.before), set(change.after)
        stayed = [row for row in change.before if row in new]
        now = [row for row in change.after if row in old]
        blocks = SequenceMatcher(None, stayed, now, autojunk=False).get_matching_blocks()
        still = {row for block in blocks for row in stayed[block.a : block.a + block.size]}
        return cls(
            tuple(row for row in change.after if row not in old),
            tuple(row for row in change.before if row not in new),
            tuple(row for row in now if row not in still),
        )


def _is_of_whole_row(address: Address, rows: dict[Address, _Rows]) -> bool:
    known = rows.get(address.table)
    return known is not None and address.row in (*known.added, *known.removed)


def _row_differences(ranks: _Ranks, table: Address, rows: _Rows) -> Iterator[Difference]:
    after, before = ranks.views
    section, item = _titles(after, table)
    for row in rows.added:
        place = table.at_row(row)
        words = _row_words(ranks, after, place)
        yield Difference(
            place, Sort.ROW_ADDED, section, item, after.row_name(place), "", words, is_text=True
        )
    for row in rows.removed:
        place = table.at_row(row)
        words = _row_words(ranks, before, place)
        yield Difference(
            place, Sort.ROW_REMOVED, section, item, before.row_name(place), words, "", is_text=True
        )
    for row in rows.moved:
        place = table.at_row(row)
        old, new = _number(before, place), _number(after, place)
        yield Difference(place, Sort.ROW_MOVED, section, item, after.row_name(place), old, new)


def _number(view: PlanView, row: Address) -> str:
    order = view.answers.order(row)
    return f"第{order.index(row.row) + 1}行" if row.row in order else ""


def _row_words(ranks: _Ranks, view: PlanView, row: Address) -> str:
    cells = sorted(view.answers.row_values(row).items(), key=lambda cell: ranks.of(cell[0]))
    told = [
        f"{_label(view, address)}：{_words(view, address, value)}"
        for address, value in cells[:_MOST_CELLS]
    ]
    return "；".join(told) + ("……" if len(cells) > _MOST_CELLS else "")


def _label(view: PlanView, address: Address) -> str:
    slot = slot_at(view.pack, address)
    label = slot.label if slot else address.column
    return f"{label}（{address.year}年）" if address.year else label


def _value_difference(before: PlanView, after: PlanView, change: ValueChange) -> Difference:
    address = change.address
    slot = slot_at(after.pack, address)
    kind = slot.kind if slot else None
    section, item = _titles(after, address)
    old, new = _words(before, address, change.before), _words(after, address, change.after)
    if old == new:  # they differ in marks that read the same
        old, new = _exact(change.before), _exact(change.after)
    here = after if address.row in after.answers.order(address) else before
    return Difference(
        address,
        Sort.VALUE,
        section,
        item,
        place_name(here, address) if address.row else "",
        old,
        new,
        unit_of(kind) if kind else "",
        isinstance(kind, Text | Narrative) or (kind is None and isinstance(change.after, str)),
    )


def _exact(value: Value | None) -> str:
    return "" if value is None else plain_words(value)


def _words(view: PlanView, address: Address, value: Value | None) -> str:
    slot = slot_at(view.pack, address)
    if slot is None or value is None:
        return _exact(value)
    return _worded(view, slot.kind, value)


def _worded(view: PlanView, kind: Kind, value: Value) -> str:
    match kind:
        case Narrative():
            text = with_marks(str(value), lambda mark: _mark_words(view, mark))
            return without_marks(text, "〔图：{0}〕")
        case Reference():
            row = kind.home.at_row(str(value))
            return view.row_name(row) if row.row in view.answers.order(row) else str(value)
        case Integer() | Quantity() | Money() | Percent():
            return plain_words(value)  # every digit that was typed: rounded ones may look the same
        case _:
            return word(view.pack, kind, value)


def _mark_words(view: PlanView, mark: Mark) -> str:
    match mark:
        case Placed():
            return f"〔{shown_at(view, mark).text}〕"
        case PlacedReference():
            return f"〔{named_at(view, mark).text}〕"
        case PlacedNote():
            return f"〔注：{with_marks(mark.note.text, lambda inner: _mark_words(view, inner))}〕"
        case _:
            assert_never(mark)


def _titles(view: PlanView, address: Address) -> tuple[str, str]:
    """The title of the section and the label of the item; what the pack has retired by its key."""
    section = view.pack.index.sections.get(address.section)
    item = view.pack.index.items.get((address.section, address.item))
    return section.title if section else address.section, item.label if item else address.item


class _Ranks:
    """Where addresses stand in the plan: section, item, row, column, year."""

    def __init__(self, after: PlanView, before: PlanView) -> None:
        self.views = after, before
        pack = after.pack
        self._items = {
            (section.key, item.key): number
            for number, (section, item) in enumerate(
                (section, item) for section in pack.sections() for item in section.items
            )
        }
        self._slots = {key: number for number, key in enumerate(pack.index.slots)}
        self._rows: dict[Address, dict[str, int]] = {}

    def of(self, address: Address) -> tuple[int, int, int, int, str]:
        """What addresses are sorted by."""
        last = len(self._items)
        item = self._items.get((address.section, address.item), last)
        row = self._order(address.table).get(address.row, -1 if not address.row else last)
        slot = slot_at(self.views[0].pack, address)
        column = self._slots[slot.key] if slot else -1
        return item, row, column, address.year, str(address)

    def _order(self, table: Address) -> dict[str, int]:
        if table not in self._rows:
            rows = [row for view in self.views for row in view.answers.order(table)]
            self._rows[table] = {row: number for number, row in enumerate(dict.fromkeys(rows))}
        return self._rows[table]
