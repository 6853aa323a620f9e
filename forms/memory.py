"""What was worked out for a plan before, kept while the cells it rests on stand.

Views of one plan follow one another, an edit apart. Whatever is asked of each of them - findings,
gaps, totals - is worked out again for the rows that changed, and taken over for all others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

from forms.address import Address
from forms.answers import TableAnswers
from forms.dependence import RowChange, changed_rows

_T = TypeVar("_T")
Compute: TypeAlias = Callable[[Sequence[str]], Mapping[str, _T]]
_MOST_CHANGES = 16
_ROWS_AT_ONCE = 250  # before somebody who must not be held may be let go on
_ITEMS_AT_ONCE = 500
_AT_ONCE_NS = 15_000_000


class Paused(Exception):
    """Work through many rows is not through yet; asked again it goes on where it was."""


@dataclass(slots=True)
class _Begun:
    """Results of some rows of a table, and the rows still to be asked."""

    table: TableAnswers
    known: object
    given: object
    results: dict[str, object]
    rows: Sequence[str]


@dataclass(frozen=True, slots=True)
class _OfRows:
    table: TableAnswers
    given: object
    results: Mapping[str, object]


class Memory:
    """Results of earlier views of one plan; valid for one pack and one calendar."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, Address], _OfRows] = {}
        self._once: dict[tuple[str, object], tuple[object, object]] = {}
        self._begun: dict[tuple[str, Address], _Begun] = {}
        self._gathering: dict[
            tuple[str, object], tuple[object, Iterator[object], list[object]]
        ] = {}
        self._until = 0  # when work through many rows pauses; 0: never
        self._changes: dict[tuple[int, int], tuple[TableAnswers, TableAnswers, RowChange]] = {}

    def once(self, what: str, key: object, given: object, compute: Callable[[], _T]) -> _T:
        """What `compute` gave before, while what is `given` equals what was given then."""
        known = self._once.get((what, key))
        if known is not None and known[0] == given:
            return cast("_T", known[1])
        result = compute()
        self._once[what, key] = (given, result)
        return result

    def gathered(
        self, what: str, key: object, given: object, items: Callable[[], Iterator[_T]]
    ) -> tuple[_T, ...]:
        """As `once`, for what comes one by one."""
        begun = self._gathering.pop((what, key), None)
        if begun is None or begun[0] != given:
            begun = (given, items(), list[object]())

        def gather() -> tuple[_T, ...]:
            for item in begun[1]:
                begun[2].append(item)
                if self._until and not len(begun[2]) % _ITEMS_AT_ONCE and self._is_over():
                    self._gathering[what, key] = begun
                    raise Paused
            return cast("tuple[_T, ...]", tuple(begun[2]))

        return self.once(what, key, given, gather)

    @contextmanager
    def pausing(self) -> Generator[None]:
        """Within, work through many rows is given up by `Paused` from time to time."""
        self._until = time.monotonic_ns() + _AT_ONCE_NS
        try:
            yield
        finally:
            self._until = 0

    def by_rows(
        self,
        what: str,
        home: Address,
        table: TableAnswers,
        naming: str,
        given: object,
        compute: Compute[_T],
    ) -> Mapping[str, _T]:
        """The results for the rows of a table, by row id; worked out again where cells changed.

        `compute` takes row ids and leaves out those it has nothing to say of. It may rest on the
        cells of the row, on what is `given`, and on the row's name: a row without one is called by
        its number, so it is asked again when rows move. When nothing differs the very same mapping
        comes back.
        """
        known = self._rows.get((what, home))
        if known is None or known.given != given:
            rows = table.order or tuple(table.rows)
            results = self._computed((what, home), (table, None, given), rows, compute)
        elif known.table is table:
            return cast("Mapping[str, _T]", known.results)
        else:
            change = self._change(known.table, table, naming)
            old = cast("Mapping[str, _T]", known.results)
            now = (table, known, given)
            new = self._computed((what, home), now, change.touched, compute)
            results = old if _is_same(old, new, change) else _joined(old, new, change)
        self._rows[what, home] = _OfRows(table, given, results)
        return results

    def _computed(
        self,
        what: tuple[str, Address],
        now: tuple[TableAnswers, object, object],
        rows: Sequence[str],
        compute: Compute[_T],
    ) -> Mapping[str, _T]:
        """The results of these rows; of many a part after the other where one may be let go on."""
        if not self._until or len(rows) <= _ROWS_AT_ONCE:
            return compute(rows)
        table, known, given = now
        begun = self._begun.pop(what, None)
        is_same = begun is not None and begun.table is table and begun.known is known
        if begun is None or not is_same or begun.given != given:
            begun = _Begun(table, known, given, {}, rows)
        while begun.rows:
            begun.results |= compute(begun.rows[:_ROWS_AT_ONCE])
            begun.rows = begun.rows[_ROWS_AT_ONCE:]
            if begun.rows and self._is_over():
                self._begun[what] = begun
                raise Paused
        return cast("Mapping[str, _T]", begun.results)

    def _is_over(self) -> bool:
        return time.monotonic_ns() > self._until

    def _change(self, before: TableAnswers, after: TableAnswers, naming: str) -> RowChange:
        key = (id(before), id(after))
        known = self._changes.get(key)
        if known is None or known[0] is not before or known[1] is not after:
            if len(self._changes) >= _MOST_CHANGES:
                self._changes.clear()
            known = (before, after, _with_unnamed(changed_rows(before, after), after, naming))
            self._changes[key] = known
        return known[2]


def in_pieces(memory: Memory, work: Callable[[], object]) -> Iterator[None]:
    """Work that may be begun again, paused from time to time where it asks many rows."""
    while True:
        try:
            with memory.pausing():
                work()
            return
        except Paused:
            yield


def _with_unnamed(change: RowChange, table: TableAnswers, naming: str) -> RowChange:
    if not change.is_reordered or not naming:
        return change
    cell = (naming, 0)
    unnamed = (row for row in table.order if cell not in table.rows.get(row, {}))
    touched = tuple(dict.fromkeys((*change.touched, *unnamed)))
    return RowChange(touched, change.gone, is_reordered=True)


def _is_same(old: Mapping[str, _T], new: Mapping[str, _T], change: RowChange) -> bool:
    return not any(row in old for row in change.gone) and all(
        old.get(row) == new.get(row) for row in change.touched
    )


def _joined(old: Mapping[str, _T], new: Mapping[str, _T], change: RowChange) -> Mapping[str, _T]:
    results = dict(old)
    for row in (*change.gone, *change.touched):
        results.pop(row, None)
    results.update(new)
    return results
