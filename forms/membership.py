"""Which rows of a table belong in a listing."""

from __future__ import annotations

from forms.schema import INDICATOR_TARGET, IndicatorTable, Listing
from forms.view import PlanView


def listed_rows(view: PlanView, listing: Listing) -> tuple[str, ...]:
    """The rows a listing shows, in their order."""
    item = view.pack.index.items[listing.source.section, listing.source.item]
    if isinstance(item, IndicatorTable):
        target = INDICATOR_TARGET
        keys = (row.key for row in item.rows)
        return tuple(k for k in keys if view.value(listing.source.at(k, target)) is not None)
    return tuple(row for row in view.rows(listing.source) if _belongs(view, listing, row))


def _belongs(view: PlanView, listing: Listing, row: str) -> bool:
    column, option = listing.where
    if not column:
        return True
    value = view.value(listing.source.at(row, column))
    return option in value if isinstance(value, tuple) else value == option
