"""No binary number touches a figure: every division of the plan's code watched while it works."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from commands.making import DEFAULT_PACK, sample_plan
from forms.address import Address
from forms.loading import open_pack
from forms.overview import summarise
from forms.schema import Summary, Table
from forms.view import PlanView, evaluate
from tests.forms.random_edits import cells
from tests.watched_division import WATCH, Watched, watched_division

ROOT = Path(__file__).resolve().parents[1]
WORK = f"""
from tests.watched_division import watch
watch()
from commands.making import DEFAULT_PACK, sample_plan
from exporters.compose import compose
from forms import evaluation
from forms.checks import run_checks
from forms.loading import open_pack
from forms.plan_json import plan_to_json
from forms.view import evaluate
plan = sample_plan()
view = evaluate(open_pack(DEFAULT_PACK), plan.answers)
run_checks(view)
compose(view, plan.pictures.__getitem__)
plan_to_json(view.pack, plan.answers)
assert {WATCH!r} in vars(evaluation)["__watched__"]
print("watched")
"""


# -- Every number ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def view() -> PlanView:
    return evaluate(open_pack(DEFAULT_PACK), sample_plan().answers)


def test_that_every_figure_of_the_sample_is_exact(view):
    kinds = {type(view.value(place)) for _, place in cells(view)}
    kinds |= {type(view.figure(place).value) for _, place in cells(view)}
    kinds |= {type(number) for number in overviews(view)}

    assert Decimal in kinds
    assert float not in kinds


def overviews(view: PlanView) -> Iterator[object]:
    """Totals and summaries, which stand in no slot."""
    for section in view.pack.sections():
        for item in section.items:
            if isinstance(item, Table):
                yield from view.totals(Address(section.key, item.key)).values()
            elif isinstance(item, Summary):
                for row in summarise(view, item).rows:
                    yield from (*row.amounts, row.share)


# -- Every division --------------------------------------------------------------------------------


def run(work: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", work], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_that_no_division_of_the_sample_makes_a_binary_number():
    """Figures, findings, the printed document and the plan's data, all made under watch."""
    done = run(WORK)

    assert done.stdout.strip() == "watched", done.stderr[-2000:]


def test_that_a_binary_division_would_be_caught():
    with pytest.raises(AssertionError, match="binary number"):
        watched_division(1, 3)
    assert watched_division(Decimal(1), 4) == Decimal("0.25")
    tree = Watched().visit(ast.parse("share = part / whole"))
    assert ast.unparse(tree) == f"share = {WATCH}(part, whole)"
