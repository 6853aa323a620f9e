"""The columns of tables of rows as lists: what counts in each row, worked out once a version.

A list that nothing changed is handed on to the next version of the answers as it is, so `is` tells
whether a column changed; of one in which few rows changed, only these are read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType
from typing import TYPE_CHECKING, TypeAlias, cast

from forms.address import Address, Cell
from forms.breathing import breathe
from forms.columnwise import Batch, Column, column_of
from forms.dependence import Affected
from forms.evaluation import ByOption, as_text, by_option, without_padding
from forms.joined import JoinedTexts, texts_of
from forms.slots import Slot
from forms.values import Value

if TYPE_CHECKING:
    from forms.figures import Figures

ColumnPlace: TypeAlias = tuple[Address, str, int]  # table, column, year
_NO_CELLS: dict[Cell, Value] = {}
_TEXT: frozenset[type] = frozenset((str,))
_FEW_ROWS = 200  # looking up the place of each row costs; of more rows all are read again


class Columns:
    """The columns of one version of the answers, read when first asked for."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._whole: dict[ColumnPlace, Column] = {}
        self._outdated: dict[ColumnPlace, tuple[Column, frozenset[str]]] = {}
        self._options: dict[ColumnPlace, tuple[Column, ByOption]] = {}
        self._typed: dict[Address, Mapping[Cell, Column]] = {}
        self._sorts: dict[int, tuple[Column, frozenset[type]]] = {}  # of those typed, by identity
        self._joined: dict[ColumnPlace, JoinedTexts] = {}
        self._batches: dict[Address, Batch] = {}

    def whole(self, place: ColumnPlace) -> Column:
        """What counts in each row, in the order of the rows; not to be changed."""
        known = self._whole.get(place)
        if known is not None:
            return known
        order = self._figures.rows(place[0])
        outdated = self._outdated.pop(place, None)
        if outdated is None:
            found = self._read(place, order)
        else:
            found, rows = list(outdated[0]), tuple(outdated[1])
            for row, value in zip(rows, self._read(place, rows), strict=True):
                found[order.index(row)] = value
        self._whole[place] = found
        return found

    def filled(self, place: ColumnPlace, numbers: Sequence[int] | None = None) -> list[Value]:
        """What is filled in a column, or in those of its rows; not to be changed."""
        column = self.whole(place)
        some = column if numbers is None else [*map(column.__getitem__, numbers)]
        if NoneType not in self.sorts_in(column):
            return cast("list[Value]", some)
        return [value for value in some if value is not None]

    def part(self, place: ColumnPlace, rows: Sequence[str]) -> Column:
        """What counts in some rows; of all of them the whole column, not to be changed."""
        is_whole = rows is self._figures.rows(place[0])
        return self.whole(place) if is_whole else self._read(place, rows)

    def texts(self, table: Address, column: str, rows: Sequence[str]) -> JoinedTexts:
        """The texts that count in some rows; those of all rows are joined once."""
        place = (table, column, 0)
        if rows is not self._figures.rows(place[0]):
            return JoinedTexts(texts_of(self._read(place, rows)))
        known = self._joined.get(place)
        if known is None:
            values = self.whole(place)
            is_text = self.sorts_in(values) <= _TEXT
            texts = cast("list[str]", values) if is_text else texts_of(values)
            known = self._joined[place] = JoinedTexts(texts)
        return known

    def batch(self, table: Address, rows: Sequence[str]) -> Batch:
        """Some rows to evaluate formulas for; those of a whole table keep what they gave."""
        if rows is not self._figures.rows(table):
            return Batch(self._figures, table, rows)
        return self._batches.setdefault(table, Batch(self._figures, table, rows))

    def typed(self, table: Address, rows: Sequence[str]) -> Mapping[Cell, Column]:
        """What somebody typed in some rows, column by column; empty columns are left out."""
        answers = self._figures.answers.table(table).rows
        if rows is not self._figures.rows(table):
            return _in_columns(answers, rows)[0]
        known = self._typed.get(table)
        if known is None:
            known, sorts = _in_columns(answers, rows)
            self._typed[table] = known
            for cell, column in known.items():
                self._sorts[id(column)] = (column, frozenset(sorts[cell]))
        return known

    def sorts_in(self, column: Sequence[object]) -> frozenset[type]:
        """The types of the values in a column; the typed columns are looked through once.

        Figures are slow to compare themselves with None: this tells whether a cell is empty.
        """
        known = self._sorts.get(id(column))
        return known[1] if known else frozenset(map(type, column))

    def _typed_in(self, table: Address, cell: Cell, rows: Sequence[str]) -> Column:
        if rows is self._figures.rows(table):
            return self.typed(table, rows).get(cell) or [None] * len(rows)
        answers = self._figures.answers.table(table).rows
        return [answers.get(row, _NO_CELLS).get(cell) for row in rows]

    def _read(self, place: ColumnPlace, rows: Sequence[str]) -> Column:
        """Typed, else computed, else the default."""
        breathe()
        table, column, year = place
        slot = self._figures.pack.index.slots.get((table.section, table.item, column))
        if slot is None or (slot.years is not None) != bool(year):
            return [None] * len(rows)
        if not slot.overridable:
            return self._untyped(slot, place, rows)
        typed = self._typed_in(table, (column, year), rows)
        if slot.is_plain or NoneType not in self.sorts_in(typed):
            return typed
        pairs = zip(typed, self._untyped(slot, place, rows), strict=True)
        return [other if value is None else value for value, other in pairs]

    def rows_with(self, place: ColumnPlace, option: Value) -> frozenset[str]:
        """The rows whose value is, or has among its choices, an option."""
        rows = self._figures.rows(place[0])
        return frozenset(rows[number] for number in self.choosing(place, option))

    def choosing(self, place: ColumnPlace, option: Value) -> Sequence[int]:
        """The numbers of the rows whose value is, or has among its choices, an option."""
        column = self.whole(place)
        known = self._options.get(place)
        if known is None or known[0] is not column:
            known = self._options[place] = (column, by_option(column))
        return known[1].get(as_text(option), ())

    def take_over(self, before: Columns, affected: Affected) -> None:
        """Keep every column of the version before that rests on nothing that changed since."""
        self._options = dict(before._options)
        for place, column in before._whole.items():
            self._take(place, column, frozenset(), affected)
        for place, (column, rows) in before._outdated.items():
            self._take(place, column, rows, affected)

    def _untyped(self, slot: Slot, place: ColumnPlace, rows: Sequence[str]) -> Column:
        table, column, year = place
        figures = self._figures
        if slot.formula is None:
            return [figures.slot_value(slot, table.at(row, column, year)) for row in rows]
        if slot.years is not None and year not in figures.calendar.years(slot.years):
            return [None] * len(rows)
        found = column_of(slot.formula, Batch(figures, table, rows, year))
        return [without_padding(value) for value in found]

    def _take(
        self, place: ColumnPlace, column: Column, outdated: frozenset[str], affected: Affected
    ) -> None:
        rows = affected.get((place[0].section, place[0].item, place[1]), frozenset())
        if rows is None:
            return
        outdated |= rows
        if not outdated:
            self._whole[place] = column
        elif len(outdated) <= _FEW_ROWS:
            self._outdated[place] = (column, outdated)


def _in_columns(
    answers: Mapping[str, Mapping[Cell, Value]],
    rows: Sequence[str],
) -> tuple[dict[Cell, Column], dict[Cell, set[type]]]:
    """Each column and the types in it, gathered while the values are at hand.

    Most rows have cells like many others: those are turned into columns together.
    """
    typed = [answers.get(row, _NO_CELLS) for row in rows]
    alike: dict[tuple[Cell, ...], list[int]] = {}
    for number, cells in enumerate(typed):
        alike.setdefault(tuple(cells), []).append(number)
    columns: dict[Cell, Column] = {}
    sorts: dict[Cell, set[type]] = {}
    filled: dict[Cell, int] = {}
    for shape, numbers in alike.items():
        values = zip(*[typed[number].values() for number in numbers], strict=True)
        for cell, some in zip(shape, values, strict=True):
            if cell not in columns:
                columns[cell], sorts[cell], filled[cell] = [None] * len(rows), set(), 0
            column = columns[cell]
            for number, value in zip(numbers, some, strict=True):
                column[number] = value
            sorts[cell].update(map(type, some))
            filled[cell] += len(some)
    for cell, count in filled.items():
        if count < len(rows):
            sorts[cell].add(NoneType)
    return columns, sorts
