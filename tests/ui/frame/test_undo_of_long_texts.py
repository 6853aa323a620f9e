"""Undo in long texts: every step comes back, and no step keeps a copy of the text."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.address import parse_address
from forms.answers import Answers
from forms.edits import SetValue, seed_answers
from forms.loading import load_pack
from forms.splices import LONG
from tests.ui.fields.plans import PACK, Shelf
from ui.session import PlanSession

AT = parse_address("kinds/idea")
TEXT = "园区推进循环化改造，资源产出率持续提高。" * (LONG // 10)


@pytest.fixture(scope="module")
def pack():
    return load_pack(PACK)


@pytest.fixture
def session(pack, qapp):
    session = PlanSession(pack, seed_answers(pack), Shelf())
    session.edit(SetValue(AT, TEXT))
    yield session
    session.check_now()
    session.deleteLater()


def held_texts():
    """How many different long texts answers hold that anything keeps."""
    gc.collect()
    kept = [each.get(AT) for each in gc.get_objects() if type(each) is Answers]
    return len({id(text) for text in kept if isinstance(text, str) and len(text) >= LONG})


def test_that_typing_and_its_steps_keep_no_copies(session):
    before = held_texts()
    text = TEXT
    for number in range(40):
        text = f"{text[:500]}字{text[500:]}"
        session.edit(SetValue(AT, text), "" if number % 4 == 0 else "idea")
    assert held_texts() <= before + 3  # of forty
    assert session.answers.get(AT) == text
    for _ in range(session.undo_stack.count() - 1):
        session.undo_stack.undo()
    assert session.answers.get(AT) == TEXT
    while session.undo_stack.canRedo():
        session.undo_stack.redo()
    assert session.answers.get(AT) == text


def test_that_steps_the_stack_has_dropped_keep_nothing(session):
    before = held_texts()
    session.undo_stack.undo()
    for number in range(600):  # beyond the limit of the stack
        session.edit(SetValue(AT, f"{number}" * LONG) if number % 2 else SetValue(AT, None))
    assert session.undo_stack.count() == session.undo_stack.undoLimit()
    assert held_texts() <= before + session.undo_stack.count() // 2 + 2


def test_that_typing_back_what_there_was_is_no_step(session):
    steps = session.undo_stack.count()
    session.edit(SetValue(AT, f"{TEXT}字"), "idea")
    assert session.undo_stack.count() == steps + 1
    session.edit(SetValue(AT, TEXT), "idea")
    assert session.undo_stack.count() == steps
    assert not session.undo_stack.canRedo()
    session.undo_stack.undo()
    assert session.answers.get(AT) is None


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_that_any_steps_come_back_one_by_one(pack, qapp, data):
    session = PlanSession(pack, seed_answers(pack), Shelf())
    moments = [session.answers]
    for _ in range(data.draw(st.integers(1, 8))):
        text = data.draw(st.sampled_from([TEXT, "短", None, TEXT[:LONG], f"甲{TEXT}乙"]))
        place = data.draw(st.integers(0, 30))
        new = text and text[:place] + data.draw(st.text("甲乙", max_size=3)) + text[place:]
        if session.edit(SetValue(AT, new or None), data.draw(st.sampled_from(["", "idea"]))):
            stack = session.undo_stack
            moments[stack.index() :] = [session.answers]
    stack = session.undo_stack
    assert len(moments) == stack.count() + 1
    for moment in reversed(moments[:-1]):
        stack.undo()
        assert session.answers == moment
    for moment in moments[1:]:
        stack.redo()
        assert session.answers == moment
    session.check_now()
