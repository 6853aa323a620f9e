"""Which rows of a table belong in a listing."""

from __future__ import annotations

from forms.schema import INDICATOR_TARGET, IndicatorTable, Listing
from forms.values import Value
from forms.view import PlanView


def listed_rows(view: PlanView, listing: Listing) -> tuple[str, ...]:
    """The rows a listing shows, in their order."""
    item = view.pack.index.items[listing.source.section, listing.source.item]
    if isinstance(item, IndicatorTable):
        target = INDICATOR_TARGET
        keys = (row.key for row in item.rows)
        return tuple(k for k in keys if view.value(listing.source.at(k, target)) is not None)
    rows, (column, option) = view.rows(listing.source), listing.where
    if not column:
        return rows
    values = view.figures.column(listing.source, column)  # the same list while nothing changed

    def read() -> tuple[str, ...]:
        return tuple(row for row, v in zip(rows, values, strict=True) if _belongs(v, option))

    return view.once("listed rows", (listing.source, column, option), (rows, values), read)


def _belongs(value: Value | None, option: str) -> bool:
    return option in value if isinstance(value, tuple) else value == option
