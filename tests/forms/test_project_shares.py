"""What a project brings to the outcomes is the same as what the outcomes say of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from commands.making import sample_plan
from forms.address import Address, parse_address
from forms.contributions import all_contributions
from forms.edits import apply_edit, set_from_text
from forms.loading import open_pack
from forms.project_shares import by_project, outcome_steps
from forms.view import PlanView, evaluate

HOME = Address("outcomes", "indicators")


@pytest.fixture(scope="module")
def sample() -> PlanView:
    plan = sample_plan()
    return evaluate(open_pack(plan.meta.pack_id), plan.answers)


def test_that_the_shares_of_all_projects_make_up_each_outcome(sample):
    projects = by_project(outcome_steps(sample))
    totals: dict[Address, Decimal] = {}
    for shares in projects.values():
        for share in shares.counted:
            totals[share.outcome] = totals.get(share.outcome, Decimal(0)) + share.amount

    found = {each.address: each.from_projects for each in all_contributions(sample, HOME)}
    assert totals == {address: total for address, total in found.items() if total}


def test_that_a_late_project_is_left_out_with_what_decides_it(sample):
    late = set_from_text(sample.pack, parse_address("projects/list/p13/full_year"), "2031")
    answers = apply_edit(sample.pack, sample.answers, late).answers
    shares = by_project(outcome_steps(evaluate(sample.pack, answers)))["p13"]

    assert shares.counted == []
    assert {(left.why, left.column) for left in shares.left_out} == {("达产年2031", "counts")}
