"""Leaps of indicators: a target so many times the base that mostly a unit has slipped."""

from __future__ import annotations

from collections.abc import Iterator

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.kinds import Percent, unit_of
from forms.schema import INDICATOR_BASE, INDICATOR_TARGET, Indicator, IndicatorTable, Severity
from forms.view import PlanView
from forms.wording import figure_text

RULE_LEAP = "PLA-104"
_LEAP = 8  # times; no park becomes that much better in one plan


def indicator_leaps(view: PlanView) -> Iterator[Step]:
    """One finding for each indicator, shares aside, whose target is far from its base."""
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            if isinstance(item, IndicatorTable) and view.shows_item(item):
                for row in item.rows:
                    yield _leap(view, Address(section.key, item.key), row)


def _leap(view: PlanView, home: Address, row: Indicator) -> Finding | None:
    if not row.has_base or isinstance(row.kind, Percent):
        return None
    places = (home.at(row.key, INDICATOR_TARGET), home.at(row.key, INDICATOR_BASE))
    target, base = (view.number(place) for place in places)
    if target is None or base is None or min(target, base) <= 0:
        return None
    times = max(target, base) / min(target, base)
    if times < _LEAP:
        return None
    unit, shown = unit_of(row.kind), figure_text(times, 1)
    far = f"是基准年的 {shown} 倍" if target > base else f"只有基准年的 1/{shown}"
    sentence = (
        f"“{row.label}”目标年 {view.text(places[0])} {unit}，基准年 {view.text(places[1])} {unit}，"
        f"目标年{far}。"
    )
    remedy = "核对两个数的单位和小数点；确实如此的，在测算说明中写明原因。"
    return Finding(RULE_LEAP, Severity.SHOULD, sentence, remedy, places)
