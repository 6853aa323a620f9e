"""Listings: rows of another table shown where they are spoken of, each leading to its home."""

from __future__ import annotations

from dataclasses import dataclass

from forms.address import Address
from forms.inline.reading import read_text
from forms.kinds import Choice, Kind, unit_of
from forms.membership import listed_rows
from forms.overview import SHARE, with_unit
from forms.places import slot_at
from forms.schema import (
    INDICATOR_CHANGE,
    INDICATOR_RATE,
    IndicatorTable,
    Listing,
    Pack,
    Table,
)
from forms.slots import POINTS
from forms.view import PlanView

_MOVEMENTS = {INDICATOR_CHANGE, INDICATOR_RATE}
_INDICATOR_HEADS = {
    "base": "基准年值",
    "target": "目标年值",
    "change": "变化量",
    "rate": "变化率（%）",
}


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row shown from elsewhere."""

    address: Address
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedTable:
    """A listing as it stands now."""

    heads: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[ListedRow, ...]
    moves: bool = False  # whether it shows by how much indicators change


def list_rows(view: PlanView, listing: Listing) -> ListedTable:
    """The rows of a listing, each with the address of its home row."""
    item = view.pack.index.items[listing.source.section, listing.source.item]
    if isinstance(item, IndicatorTable):
        return _listed_indicators(view, listing, item)
    assert isinstance(item, Table)  # the loader has checked this
    columns = [item.column(key) for key in listing.columns]
    rows = tuple(
        ListedRow(
            listing.source.at_row(row),
            tuple(read_text(view, listing.source.at(row, column.key)) for column in columns),
        )
        for row in listed_rows(view, listing)
    )
    heads = tuple(with_unit(column.label, column.kind) for column in columns)
    return ListedTable(heads, tuple(column.kind for column in columns), rows)


def _listed_indicators(view: PlanView, listing: Listing, table: IndicatorTable) -> ListedTable:
    rows = tuple(
        ListedRow(
            listing.source.at_row(row.key),
            (
                row.label,
                unit_of(row.kind),
                *(
                    indicator_text(view, listing.source.at(row.key, column)) or "—"
                    for column in listing.columns
                ),
            ),
        )
        for row in map(table.row, listed_rows(view, listing))
    )
    heads = ("指标", "单位", *(_INDICATOR_HEADS[column] for column in listing.columns))
    kinds = tuple(_column_kind(view.pack, listing, table, column) for column in listing.columns)
    moves = any(column in _MOVEMENTS for column in listing.columns)
    return ListedTable(heads, (Choice(""), Choice(""), *kinds), rows, moves)


def indicator_text(view: PlanView, address: Address) -> str:
    """One side of an indicator without its unit, which the row names, save where it has its own."""
    slot, text = slot_at(view.pack, address), view.text(address)
    return f"{text}{POINTS}" if slot and text and unit_of(slot.kind) == POINTS else text


def _column_kind(pack: Pack, listing: Listing, table: IndicatorTable, column: str) -> Kind:
    slot = slot_at(pack, listing.source.at(table.rows[0].key, column))
    return slot.kind if slot else SHARE
