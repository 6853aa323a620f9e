"""Summaries: the rows of a table gathered by task, year or source, with sums and shares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from forms.evaluation import without_padding
from forms.kinds import Choice, Choices, Kind, Percent, unit_of
from forms.schema import (
    GroupKind,
    Summary,
    Table,
)
from forms.values import Value
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


def with_unit(label: str, kind: Kind) -> str:
    """A column head with the unit in brackets, when there is one."""
    unit = unit_of(kind)
    return f"{label}（{unit}）" if unit else label


def _by_choice(view: PlanView, summary: Summary, table: Table) -> SummaryTable:
    choice, amounts = table.column(summary.columns[0]), [table.column(k) for k in summary.amounts]
    assert isinstance(choice.kind, Choice | Choices)  # a choice column by the pack's word
    rows = view.rows(summary.source)
    chosen: dict[Value | None, list[str]] = {}
    for row in rows:
        chosen.setdefault(view.value(summary.source.at(row, choice.key)), []).append(row)
    groups = [
        (option.label, tuple(chosen.get(option.key, ())))
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
