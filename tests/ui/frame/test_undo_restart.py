"""Undo goes on after a restart as if the program had never been closed."""

from __future__ import annotations

import random

import pytest

from forms.address import Address
from forms.answers import Answers
from forms.edits import AddRow, RemoveRow, SetValue
from storage.rows import root_of
from ui.session import PlanSession

FIELDS = (Address("face", "park"), Address("face", "title"))
TABLE = Address("works", "list")


class Clock:
    """Stands still until a test moves it."""

    now = 0.0

    def __call__(self) -> float:
        return Clock.now


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr("ui.undo.monotonic", Clock())
    return Clock


@pytest.fixture
def reopen(desk, qtbot):
    """Open a draft, its former steps recalled; whatever was open before is closed."""
    plans = []

    def close():
        while plans:
            plan = plans.pop()
            plan.prepare_close()
            assert plan.close()
            plan.deleteLater()

    def open_it(folder):
        close()
        plan = desk.open(folder)
        plans.append(plan)
        qtbot.waitSignal(plan.recall.done).wait()
        return plan

    yield open_it
    close()


def random_edit(session: PlanSession, chance: random.Random) -> None:
    rows = session.answers.order(TABLE)
    match chance.randrange(4):
        case 0 if rows:
            session.edit(RemoveRow(TABLE.at_row(chance.choice(rows))))
        case 1:
            session.edit(AddRow(TABLE, f"n{chance.randrange(10**9)}"))
        case 2 if rows:
            place = TABLE.at(chance.choice(rows), "name")
            session.edit(SetValue(place, f"项目{chance.randrange(9)}"), str(place))
        case _:
            place = chance.choice(FIELDS)
            session.edit(SetValue(place, f"园区{chance.randrange(9)}"), str(place))


def step(session: PlanSession, chance: random.Random) -> None:
    """One thing a user may do."""
    match chance.choice(("edit", "edit", "edit", "undo", "undo", "redo")):
        case "undo":
            session.undo_stack.undo()
        case "redo":
            session.undo_stack.redo()
        case _:
            random_edit(session, chance)


def content(answers: Answers) -> str:
    return str(root_of(answers))


@pytest.mark.parametrize("seed", range(3))
def test_that_restarts_change_nothing_of_what_undo_and_redo_lead_to(
    seed, clock, new_draft, reopen, pack
):
    folder = new_draft(face__park="临江园区")
    plan = reopen(folder)
    straight = PlanSession(pack, plan.session.answers, plan.shelf)
    chance, twin = random.Random(seed), random.Random(seed)
    when = random.Random(seed + 1)
    for _ in range(70):
        clock.now += when.choice((0.1, 0.4, 3))
        step(plan.session, chance)
        step(straight, twin)
        assert content(plan.session.answers) == content(straight.answers)
        if when.random() < 0.3:
            plan.autosave.flush()
        if when.random() < 0.08:
            clock.now += 3
            plan = reopen(folder)
            assert labels(plan.session) == labels(straight)
    plan = reopen(folder)
    while straight.undo_stack.canUndo():
        straight.undo_stack.undo()
        plan.session.undo_stack.undo()
        assert content(plan.session.answers) == content(straight.answers)
    assert not plan.session.undo_stack.canUndo()
    while straight.undo_stack.canRedo():
        straight.undo_stack.redo()
        plan.session.undo_stack.redo()
        assert content(plan.session.answers) == content(straight.answers)


def labels(session: PlanSession) -> tuple[list[str], int]:
    stack = session.undo_stack
    return [stack.text(number) for number in range(stack.count())], stack.index()
