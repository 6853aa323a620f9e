"""Runs every check over an evaluated plan and puts the findings in the order of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from forms.checks.clauses import unanswered_clauses
from forms.checks.comparison import compared
from forms.checks.doubles import doubles
from forms.checks.factors import unconfirmed_factors
from forms.checks.factors_used import factors_used
from forms.checks.finding import Finding, Step
from forms.checks.indicator_leaps import indicator_leaps
from forms.checks.jumps import jumps
from forms.checks.leftovers import leftovers
from forms.checks.limits import out_of_limits
from forms.checks.live import live_figures
from forms.checks.other_parks import other_parks
from forms.checks.overlaps import overlaps
from forms.checks.part_years import part_years
from forms.checks.prose import prose_against_data
from forms.checks.prose_sums import prose_sums
from forms.checks.reasons import unexplained
from forms.checks.references import references
from forms.checks.required import required
from forms.checks.stray_years import stray_years
from forms.checks.swapped_digits import swapped_digits
from forms.checks.workings import benefits_and_workings
from forms.garbage import no_search_for_garbage
from forms.memory import Paused
from forms.view import PlanView

Check: TypeAlias = Callable[[PlanView], Iterator[Step]]
_END = object()


@no_search_for_garbage()
def run_checks(view: PlanView) -> tuple[Finding, ...]:
    """Every finding, by section in print order, then by rule."""
    return in_plan_order(view, chain.from_iterable(check(view) for check in _CHECKS))


def check_steps(view: PlanView) -> Iterator[Step]:
    """The same checks in small steps, so that a window can breathe between them."""
    for check in _CHECKS:
        yield from _paused(view, check)


def _paused(view: PlanView, check: Check) -> Iterator[Step]:
    """The findings of a check at its end; begun anew after each pause, it knows what it found."""
    while True:
        steps, found = check(view), list[Finding]()
        try:
            while True:
                with view.memory.pausing():
                    step = next(steps, _END)
                if step is _END:
                    yield from found
                    return
                if isinstance(step, Finding):
                    found.append(step)
                yield None
        except Paused:
            yield None


_CHECKS: tuple[Check, ...] = (
    required,
    out_of_limits,
    compared,
    live_figures,
    references,
    prose_against_data,
    prose_sums,
    part_years,
    jumps,
    swapped_digits,
    indicator_leaps,
    benefits_and_workings,
    factors_used,
    doubles,
    overlaps,
    unexplained,
    leftovers,
    unanswered_clauses,
    other_parks,
    stray_years,
    unconfirmed_factors,
)


def in_plan_order(view: PlanView, steps: Iterable[Step]) -> tuple[Finding, ...]:
    """The findings among some steps, by section in print order, then as they were found."""
    order = {section.key: number for number, section in enumerate(view.pack.sections())}
    findings = [step for step in steps if step is not None]
    return tuple(
        sorted(findings, key=lambda finding: order.get(finding.places[0].section, len(order)))
    )
