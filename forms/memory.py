"""What was worked out for a plan before, kept while the cells it rests on stand.

Views of one plan follow one another, an edit apart. Whatever is asked of each of them - findings,
gaps, totals - is worked out again for the rows that changed, and taken over for all others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

from forms.address import Address
from forms.answers import TableAnswers
from forms.dependence import RowChange, changed_rows

_T = TypeVar("_T")
Compute: TypeAlias = Callable[[Sequence[str]], Mapping[str, _T]]
_MOST_CHANGES = 16


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
        self._changes: dict[tuple[int, int], tuple[TableAnswers, TableAnswers, RowChange]] = {}

    def once(self, what: str, key: object, given: object, compute: Callable[[], _T]) -> _T:
        """What `compute` gave before, while what is `given` equals what was given then."""
        known = self._once.get((what, key))
        if known is not None and known[0] == given:
            return cast("_T", known[1])
        result = compute()
        self._once[what, key] = (given, result)
        return result

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
            results = compute(table.order or tuple(table.rows))
        elif known.table is table:
            return cast("Mapping[str, _T]", known.results)
        else:
            change = self._change(known.table, table, naming)
            old = cast("Mapping[str, _T]", known.results)
            new = compute(change.touched)
            results = old if _is_same(old, new, change) else _joined(old, new, change)
        self._rows[what, home] = _OfRows(table, given, results)
        return results

    def _change(self, before: TableAnswers, after: TableAnswers, naming: str) -> RowChange:
        key = (id(before), id(after))
        known = self._changes.get(key)
        if known is None or known[0] is not before or known[1] is not after:
            if len(self._changes) >= _MOST_CHANGES:
                self._changes.clear()
            known = (before, after, _with_unnamed(changed_rows(before, after), after, naming))
            self._changes[key] = known
        return known[2]


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
