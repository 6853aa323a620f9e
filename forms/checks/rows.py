"""Results for rows, kept while the rows stand, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from forms.address import Address
from forms.checks.finding import Finding
from forms.view import PlanView

_T = TypeVar("_T")


def in_row_order(view: PlanView, table: Address, results: Mapping[str, _T]) -> Iterator[_T]:
    """The results of a table's rows from first to last."""
    if len(results) < 2:  # most rules find nothing: do not walk five thousand rows for that
        yield from results.values()
        return
    yield from (results[row] for row in view.rows(table) if row in results)


def findings_by_row(
    view: PlanView,
    what: str,
    table: Address,
    find: Callable[[Address], tuple[Finding, ...]],
    given: object = None,
) -> Iterator[Finding]:
    """The findings of each row; `find` takes a row, and is asked again only where that changed.

    It may rest on what `PlanView.by_rows` allows: the row's typed cells, its name, and `given`.
    """

    def find_all(rows: Sequence[str]) -> dict[str, tuple[Finding, ...]]:
        found = ((row, find(table.at_row(row))) for row in rows)
        return {row: findings for row, findings in found if findings}

    for findings in in_row_order(view, table, view.by_rows(what, table, find_all, given)):
        yield from findings
