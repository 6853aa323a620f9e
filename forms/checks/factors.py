"""Evidence of factors: one that only few copies show is compared with its standard before use."""

from __future__ import annotations

from collections.abc import Iterator

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.confirmations import is_open
from forms.factors_in_use import FactorInUse, factors_in_use
from forms.naming import place_name
from forms.schema import Severity
from forms.view import PlanView

RULE_FACTOR = "EVD-101"
_NAMED_AT_MOST = 3


def unconfirmed_factors(view: PlanView) -> Iterator[Step]:
    """One finding for each factor in use that nobody has compared with its standard yet."""
    role = view.pack.roles.confirmations
    if role is None:
        return
    for used in factors_in_use(view):
        yield None
        if is_open(view, used):
            yield unconfirmed(view, used, role.table)


def unconfirmed(view: PlanView, used: FactorInUse, record: Address) -> Finding:
    """The finding that waits for a factor to be compared; `record` is where that is noted."""
    return Finding(
        RULE_FACTOR,
        Severity.MUST,
        _sentence(view, used),
        "对照标准原文核对后点“记为已核对”；与原文不符的，改填原文的数值并写明理由。",
        (record, *used.places),
    )


def _sentence(view: PlanView, used: FactorInUse) -> str:
    names = [f"“{place_name(view, place)}”" for place in used.places]
    more = f"等{len(names)}处" if len(names) > _NAMED_AT_MOST else ""
    return (
        f"{used.name} {used.amount}（{used.factor.edition}）尚未对照标准原文核对，"
        f"用于{'、'.join(names[:_NAMED_AT_MOST])}{more}。"
    )
