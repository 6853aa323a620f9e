"""Reasons: a typed value in place of a computed one says why."""

from __future__ import annotations

from collections.abc import Iterator

from forms.address import Address
from forms.checks.finding import Finding, Step
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
            for value, reason in _pairs(view, item, home):
                yield None
                if view.is_overridden(value) and view.value(reason) is None:
                    yield _finding(view, value, reason)


def _pairs(view: PlanView, item: Item, home: Address) -> Iterator[tuple[Address, Address]]:
    """Each value a formula stands behind, with the place of the reason for another value."""
    if isinstance(item, Field) and item.computed and item.computed.reason:
        yield home, Address(home.section, item.computed.reason)
    elif isinstance(item, IndicatorTable):
        for row in view.rows(home):
            yield from ((home.at(row, side), home.at(row, INDICATOR_REASON)) for side in _SIDES)
    elif isinstance(item, Table):
        columns = [(c.key, c.computed.reason) for c in item.columns if c.computed]
        for row in view.rows(home) if any(reason for _, reason in columns) else ():
            for column, reason in columns:
                if reason:
                    yield home.at(row, column), home.at(row, reason)


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
