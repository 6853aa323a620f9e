"""A step undone takes back what it changed and nothing else, whatever is edited meanwhile."""

from __future__ import annotations

from decimal import Decimal

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


def test_that_what_is_edited_while_an_undo_is_told_is_the_step_after_it(opened, at):
    """As an open cell does whose row goes: it hands over what stands in it."""
    session, stack = opened.plan.session, opened.plan.session.undo_stack
    session.edit(SetValue(at("face/compiler"), "甲院"))
    session.edit(SetValue(at("story/cost"), Decimal(12)))

    def react(change):
        session.changed.disconnect(react)
        session.edit(SetValue(at("story/idea"), "以氯碱为主线。"))

    session.changed.connect(react)
    stack.undo()
    assert session.answers.get(at("story/idea")) == "以氯碱为主线。"
    assert session.answers.get(at("story/cost")) is None

    stack.undo()
    assert session.answers.get(at("story/idea")) is None
    assert session.answers.get(at("face/compiler")) == "甲院"
