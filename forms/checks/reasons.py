"""Reasons: a typed value in place of a computed one says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.rows import in_row_order
from forms.places import slot_at
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_REASON,
    INDICATOR_TARGET,
    Field,
    IndicatorTable,
    Item,
    Severity,
    Table,
)
from forms.view import PlanView

RULE_REASON = "RSN-001"
_SIDES = (INDICATOR_BASE, INDICATOR_TARGET)


def unexplained(view: PlanView) -> Iterator[Step]:
    """One finding for each value typed over its formula while the reason asked for is empty."""
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            home = Address(section.key, item.key)
            if not view.shows_item(item):
                continue
            yield None
            for value, reason in _overrides(view, item, home):
                if view.value(reason) is None:
                    yield _finding(view, value, reason)


def _overrides(view: PlanView, item: Item, home: Address) -> Iterator[tuple[Address, Address]]:
    """Each value typed where a formula stands, with the place of the reason for it."""
    if isinstance(item, Field) and item.computed and item.computed.reason:
        if view.is_overridden(home):
            yield home, Address(home.section, item.computed.reason)
    elif isinstance(item, IndicatorTable):
        for row in view.rows(home):
            for side in _SIDES:
                if view.is_overridden(home.at(row, side)):
                    yield home.at(row, side), home.at(row, INDICATOR_REASON)
    elif isinstance(item, Table):
        reasons = {c.key: c.computed.reason for c in item.columns if c.computed}
        columns = {column: reason for column, reason in reasons.items() if reason}
        if columns:
            find = partial(_typed_over, view, home, tuple(columns))
            found = in_row_order(view, home, view.by_rows(RULE_REASON, home, find))
            for cell in (cell for cells in found for cell in cells):
                yield cell, home.at(cell.row, columns[cell.column])


def _typed_over(
    view: PlanView, home: Address, columns: tuple[str, ...], rows: Sequence[str]
) -> dict[str, tuple[Address, ...]]:
    cells = ((row, [home.at(row, column) for column in columns]) for row in rows)
    found = ((row, tuple(filter(view.is_overridden, places))) for row, places in cells)
    return {row: places for row, places in found if places}


def _finding(view: PlanView, value: Address, reason: Address) -> Finding:
    slot = slot_at(view.pack, value)
    name = view.row_name(value.at_row(value.row)) if value.row else ""
    label = slot.label if slot else ""
    called = f"“{name}”的“{label}”" if name and name != label else f"“{label}”"
    return Finding(
        RULE_REASON,
        Severity.SHOULD,
        f"{called}没有采用自动计算的值，也没有说明理由。",
        "写明改用此值的理由和来源，或清除后恢复自动计算。",
        (reason, value),
    )
