"""Runs every check over an evaluated plan and puts the findings in the order of the plan."""

from __future__ import annotations

from forms.checks.comparison import compared
from forms.checks.finding import Finding
from forms.checks.limits import out_of_limits
from forms.checks.required import required
from forms.view import PlanView


def run_checks(view: PlanView) -> tuple[Finding, ...]:
    """Every finding, by section in print order, then by rule."""
    findings = (*required(view), *out_of_limits(view), *compared(view))
    order = {section.key: number for number, section in enumerate(view.pack.sections())}
    return tuple(
        sorted(findings, key=lambda finding: order.get(finding.places[0].section, len(order)))
    )
