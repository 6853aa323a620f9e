"""Results for rows, in the order in which the rows stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from forms.address import Address
from forms.view import PlanView

_T = TypeVar("_T")


def in_row_order(view: PlanView, table: Address, results: Mapping[str, _T]) -> Iterator[_T]:
    """The results of a table's rows from first to last."""
    if len(results) < 2:  # most rules find nothing: do not walk five thousand rows for that
        yield from results.values()
        return
    yield from (results[row] for row in view.rows(table) if row in results)
