"""What was worked out before is kept, and work through many rows can be paused and gone on with."""

from __future__ import annotations

from itertools import islice

import pytest

from commands.making import sample_plan
from forms.checks.engine import check_steps, in_plan_order, run_checks
from forms.edits import RemoveRow, SetValue, apply_edits
from forms.gaps import complete_plan
from forms.loading import open_pack
from forms.memory import Memory, Paused, in_pieces
from forms.view import evaluate


@pytest.fixture(scope="module")
def plan():
    return sample_plan()


@pytest.fixture(scope="module")
def pack(plan):
    return open_pack(plan.meta.pack_id)


@pytest.fixture
def hurried(monkeypatch):
    """A window that cannot wait for more than a few rows."""
    monkeypatch.setattr("forms.memory._ROWS_AT_ONCE", 9)
    monkeypatch.setattr("forms.memory._ITEMS_AT_ONCE", 5)
    monkeypatch.setattr("forms.memory._AT_ONCE_NS", 0)


def changed(pack, answers):
    """Some projects go, the others lose their names and contents."""
    home = pack.roles.projects
    gone, *left = answers.order(home)
    cells = [at for row in left for at in answers.row_values(home.at_row(row))]
    edits = (RemoveRow(home.at_row(gone)), *(SetValue(at, None) for at in cells[::2]))
    return apply_edits(pack, answers, edits, "改").answers


def test_that_checks_find_the_same_however_often_they_are_paused(plan, pack, hurried):
    before = evaluate(pack, plan.answers)
    assert in_plan_order(before, check_steps(before)) == run_checks(evaluate(pack, plan.answers))

    answers = changed(pack, plan.answers)
    after = evaluate(pack, answers, before)
    for _ in islice(check_steps(after), 40):
        pass  # given up half way for another edit
    back = evaluate(pack, plan.answers, after)
    for _ in islice(check_steps(back), 70):
        pass
    again = evaluate(pack, answers, back)
    assert in_plan_order(again, check_steps(again)) == run_checks(evaluate(pack, answers))


def test_that_what_comes_one_by_one_is_gone_on_with_after_a_pause(hurried):
    memory, begun = Memory(), []

    def items():
        begun.append("once")
        yield from range(12)

    pauses = 0
    while True:
        try:
            with memory.pausing():
                found = memory.gathered("numbers", "", "given", items)
            break
        except Paused:
            pauses += 1

    assert found == tuple(range(12))
    assert pauses == 2
    assert begun == ["once"]
    assert memory.gathered("numbers", "", "given", items) is found
    assert memory.gathered("numbers", "", "other", items) == found
    assert begun == ["once", "once"]


def test_that_how_far_a_plan_is_comes_out_the_same_in_pieces(plan, pack, hurried):
    view, told = evaluate(pack, plan.answers), []
    pauses = sum(1 for _ in in_pieces(view.memory, lambda: told.append(complete_plan(view))))
    assert pauses > 3
    assert told == [complete_plan(evaluate(pack, plan.answers))]
