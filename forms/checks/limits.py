"""Limits and leftovers: stored values that do not fit their kind, and years out of use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import NoneType
from typing import cast

from forms.accepting import Accepts, accepting
from forms.address import Address, Cell
from forms.checks.finding import Finding, Step
from forms.checks.rows import in_row_order
from forms.places import slot_at
from forms.reading import ReadingError, check_value
from forms.schema import Severity, Table
from forms.slots import Slot
from forms.values import Value
from forms.view import PlanView

RULE_KIND = "LIM-001"
RULE_YEAR = "LIM-002"


def out_of_limits(view: PlanView) -> Iterator[Step]:
    """Values outside their limits, and figures typed for years the plan does not have."""
    stray: dict[Address, set[int]] = {}
    for unfit in _by_row(view):
        yield None
        for found in unfit:
            if isinstance(found, Finding):
                yield found
            else:
                stray.setdefault(found.table, set()).add(found.year)
    for table, years in stray.items():
        item = view.pack.index.items[table.section, table.item]
        named = "、".join(str(year) for year in sorted(years))
        yield Finding(
            RULE_YEAR,
            Severity.SHOULD,
            f"“{item.label}”保留有方案年度之外（{named} 年）的数据，不打印也不参与计算。",
            "如已调整基准年或目标年，请核对后清除。",
            (table,),
        )


def _by_row(view: PlanView) -> Iterator[tuple[Finding | Address, ...]]:
    """What is wrong with each field and row: findings, and the addresses of stray years."""
    for key, section in view.answers.sections.items():
        unfit = partial(_unfit_fields, view, key, section.fields)
        yield view.once(RULE_KIND, key, section.fields, unfit)
        for item in section.tables:
            home = Address(key, item)
            unfit = view.by_rows(RULE_KIND, home, partial(_unfit_rows, view, home))
            yield from in_row_order(view, home, unfit)


def _unfit_fields(
    view: PlanView, key: str, fields: Mapping[str, Value]
) -> tuple[Finding | Address, ...]:
    return _unfit(view, {Address(key, item): value for item, value in fields.items()})


def _unfit_rows(
    view: PlanView, home: Address, rows: Sequence[str]
) -> dict[str, tuple[Finding | Address, ...]]:
    known = _accepted_cells(view, home)
    doubted: set[int] = set()
    columns = view.figures.columns
    for cell, column in columns.typed(home, rows).items():
        accepts, sorts = known.get(cell, _nothing), columns.sorts_in(column)
        filled = [v for v in column if v is not None] if NoneType in sorts else column
        if not accepts(cast("Sequence[Value]", filled), sorts - {NoneType}):
            doubted.update(
                number
                for number, value in enumerate(column)
                if value is not None and not accepts([value], frozenset((type(value),)))
            )
    found: dict[str, tuple[Finding | Address, ...]] = {}
    for row in (rows[number] for number in sorted(doubted)):
        unfit = _unfit(view, view.answers.row_values(home.at_row(row)))
        if unfit:
            found[row] = unfit
    return found


def _nothing(values: Sequence[Value], sorts: frozenset[type]) -> bool:
    del sorts
    return not values


def _accepted_cells(view: PlanView, home: Address) -> dict[Cell, Accepts]:
    """What plainly fits in each cell of a row of a table of rows."""
    item = view.pack.index.items.get((home.section, home.item))
    if not isinstance(item, Table):
        return {}
    return {
        (column.key, year): accepting(view.pack, column.kind)
        for column in item.columns
        for year in view.years(column.years)
    }


def _unfit(view: PlanView, values: dict[Address, Value]) -> tuple[Finding | Address, ...]:
    found: list[Finding | Address] = []
    for address, value in values.items():
        slot = slot_at(view.pack, address)
        if slot is None:
            continue
        found.extend(_misfit(view, slot, address, value))
        if slot.years is not None and address.year not in view.years(slot.years):
            found.append(address)
    return tuple(found)


def _misfit(view: PlanView, slot: Slot, address: Address, value: Value) -> Iterator[Finding]:
    try:
        check_value(view.pack, slot.kind, value)
    except ReadingError as error:
        yield Finding(
            RULE_KIND, Severity.MUST, f"“{slot.label}”：{error}", "改为合规的值。", (address,)
        )
