"""Runs every check over an evaluated plan and puts the findings in the order of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from forms.view import PlanView


@no_search_for_garbage()
def run_checks(view: PlanView) -> tuple[Finding, ...]:
    """Every finding, by section in print order, then by rule."""
    return in_plan_order(view, check_steps(view))


def check_steps(view: PlanView) -> Iterator[Step]:
    """The same checks in small steps, so that a window can breathe between them."""
    yield from required(view)
    yield from out_of_limits(view)
    yield from compared(view)
    yield from live_figures(view)
    yield from references(view)
    yield from prose_against_data(view)
    yield from prose_sums(view)
    yield from part_years(view)
    yield from jumps(view)
    yield from swapped_digits(view)
    yield from indicator_leaps(view)
    yield from benefits_and_workings(view)
    yield from factors_used(view)
    yield from doubles(view)
    yield from overlaps(view)
    yield from unexplained(view)
    yield from leftovers(view)
    yield from unanswered_clauses(view)
    yield from other_parks(view)
    yield from stray_years(view)
    yield from unconfirmed_factors(view)


def in_plan_order(view: PlanView, steps: Iterable[Step]) -> tuple[Finding, ...]:
    """The findings among some steps, by section in print order, then as they were found."""
    order = {section.key: number for number, section in enumerate(view.pack.sections())}
    findings = [step for step in steps if step is not None]
    return tuple(
        sorted(findings, key=lambda finding: order.get(finding.places[0].section, len(order)))
    )
