"""A step undone from other answers than it left takes back what it changed, and nothing else."""

from __future__ import annotations

from forms.edits import SetValue


def test_that_a_step_undone_out_of_turn_leaves_what_came_after_it(opened, at):
    session = opened.plan.session
    session.edit(SetValue(at("face/compiler"), "甲院"))
    session.edit(SetValue(at("story/idea"), "以氯碱为主线。"))

    session.undo_stack.command(0).undo()

    assert session.answers.get(at("face/compiler")) is None
    assert session.answers.get(at("story/idea")) == "以氯碱为主线。"
    session.undo_stack.command(0).redo()
    assert session.answers.get(at("face/compiler")) == "甲院"
    assert session.answers.get(at("story/idea")) == "以氯碱为主线。"
