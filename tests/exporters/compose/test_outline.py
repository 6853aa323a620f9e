"""The small plan as a whole: its outline is the golden one, or the difference is looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporters.compose import compose
from exporters.document import outline
from forms.answers import Answers
from forms.view import evaluate
from tests.exporters.compose.filling import pictures
from tests.forms import plans
from tests.packs.loading import small_pack

GOLDEN = Path(__file__).parent / "golden"
REGENERATE = "YUANCE_UPDATE_GOLDENS"
PLANS = {
    "small": plans.sample(),
    "empty": Answers(),
    "hidden": plans.plan(typed=plans.TYPED | {"period/with_text": "否"}),
}


@pytest.mark.parametrize("name", PLANS)
def test_that_the_outline_is_the_golden_one(name):
    file = GOLDEN / f"{name}.txt"
    made = outline(compose(evaluate(small_pack(), PLANS[name]), pictures))
    if os.environ.get(REGENERATE):
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(made, encoding="utf-8")

    assert made == file.read_text(encoding="utf-8")


def test_that_the_switch_that_rewrites_goldens_is_off():
    assert REGENERATE not in os.environ


def test_that_the_same_plan_is_composed_the_same_twice():
    view = evaluate(small_pack(), PLANS["small"])

    assert compose(view, pictures) == compose(view, pictures)
