"""Computed overviews: summaries by task, year or source, and listings of rows elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from forms.address import Address
from forms.evaluation import without_padding
from forms.inline.reading import read_text
from forms.kinds import Choice, Choices, Kind, Percent, unit_of
from forms.membership import listed_rows
from forms.places import slot_at
from forms.schema import (
    INDICATOR_CHANGE,
    INDICATOR_RATE,
    GroupKind,
    IndicatorTable,
    Listing,
    Pack,
    Summary,
    Table,
)
from forms.slots import POINTS
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One group: its name, how many rows it has, its amounts, and its share of the first amount."""

    label: str
    count: int
    amounts: tuple[Decimal | None, ...]
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """A summary as it stands now."""

    heads: tuple[str, ...]  # one an amount, with unit
    kinds: tuple[Kind, ...]
    rows: tuple[SummaryRow, ...]
    total: SummaryRow
    counts: bool  # whether the count of rows means something here


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


SHARE = Percent()


def summarise(view: PlanView, summary: Summary) -> SummaryTable:
    """The summary's rows with 合计 and shares."""
    table = view.pack.index.items[summary.source.section, summary.source.item]
    assert isinstance(table, Table)  # the loader has checked this
    match summary.by:
        case GroupKind.CHOICE:
            return _by_choice(view, summary, table)
        case GroupKind.YEAR:
            return _by_year(view, summary, table)
        case GroupKind.COLUMNS:
            return _by_columns(view, summary, table)
        case _:
            assert_never(summary.by)


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


def with_unit(label: str, kind: Kind) -> str:
    """A column head with the unit in brackets, when there is one."""
    unit = unit_of(kind)
    return f"{label}（{unit}）" if unit else label


_MOVEMENTS = {INDICATOR_CHANGE, INDICATOR_RATE}
_INDICATOR_HEADS = {
    "base": "基准年值",
    "target": "目标年值",
    "change": "变化量",
    "rate": "变化率（%）",
}


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


def _by_choice(view: PlanView, summary: Summary, table: Table) -> SummaryTable:
    choice, amounts = table.column(summary.columns[0]), [table.column(k) for k in summary.amounts]
    assert isinstance(choice.kind, Choice | Choices)  # a choice column by the pack's word
    rows = view.rows(summary.source)
    groups = [
        (option.label, _rows_of(view, summary.source, rows, choice.key, option.key))
        for option in view.pack.index.vocabularies[choice.kind.vocabulary].options
    ]
    grouped = {row for _, members in groups for row in members}
    left = tuple(row for row in rows if row not in grouped)
    groups += [("未归类", left)] if left else []
    sums = [
        (label, members, tuple(view.total(summary.source, members, a.key) for a in amounts))
        for label, members in groups
    ]
    total = tuple(view.total(summary.source, rows, amount.key) for amount in amounts)
    made = tuple(
        SummaryRow(label, len(members), values, _share(values, total))
        for label, members, values in sums
    )
    return SummaryTable(
        tuple(with_unit(amount.label, amount.kind) for amount in amounts),
        tuple(amount.kind for amount in amounts),
        made,
        SummaryRow("合计", len(rows), total, _share(total, total)),
        counts=True,
    )


def _rows_of(
    view: PlanView, table: Address, rows: tuple[str, ...], column: str, option: str
) -> tuple[str, ...]:
    return tuple(row for row in rows if view.value(table.at(row, column)) == option)


def _by_year(view: PlanView, summary: Summary, table: Table) -> SummaryTable:
    column, rows = table.column(summary.columns[0]), view.rows(summary.source)
    entries = [
        (f"{year}年", view.total(summary.source, rows, column.key, year))
        for year in view.years(column.years)
    ]
    if summary.extra:
        extra = table.column(summary.extra)
        entries.insert(0, (extra.label, view.total(summary.source, rows, extra.key)))
    return _amounts(entries, column.kind, "金额")


def _by_columns(view: PlanView, summary: Summary, table: Table) -> SummaryTable:
    columns = [table.column(key) for key in summary.columns]
    rows = view.rows(summary.source)
    entries = [(c.label, view.total(summary.source, rows, c.key)) for c in columns]
    return _amounts(entries, columns[0].kind, "金额")


def _amounts(entries: list[tuple[str, Decimal | None]], kind: Kind, head: str) -> SummaryTable:
    present = [amount for _, amount in entries if amount is not None]
    total = (sum(present, Decimal(0)) if present else None,)
    rows = tuple(
        SummaryRow(label, 0, (amount,), _share((amount,), total)) for label, amount in entries
    )
    return SummaryTable(
        (with_unit(head, kind),),
        (kind,),
        rows,
        SummaryRow("合计", 0, total, _share(total, total)),
        counts=False,
    )


def _share(
    amounts: tuple[Decimal | None, ...], total: tuple[Decimal | None, ...]
) -> Decimal | None:
    if not amounts or amounts[0] is None or not total[0]:
        return None
    share = without_padding(amounts[0] / total[0] * 100)
    return share if isinstance(share, Decimal) else None
