"""What earlier sessions left to undo and redo: only what proves, and only what still stands."""

from __future__ import annotations

import pytest

from forms.changes import ChangeSet, apply_changes
from storage.change_log import Source
from storage.draft import Draft
from storage.undoing import FormerSteps, former_steps
from tests.storage.plans import NOON, same, small_plan, some_meta, typed

NAME = "park/name"
BEGIN = "青峰经济开发区"


@pytest.fixture
def draft(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta(), small_plan(), person="王工") as opened:
        yield opened


def renamed(draft: Draft, *texts: str, source: Source = "typed") -> None:
    for text in texts:
        before = str(draft.load().answers.get(typed(NAME, None, "").places[0]))
        draft.commit(typed(NAME, before, text, f"改为{text}"), who="王工", source=source, at=NOON)


def words(steps: tuple[ChangeSet, ...]) -> list[str]:
    return [step.label for step in steps]


def test_that_every_step_leads_back_to_the_plan_of_before(draft):
    renamed(draft, "甲", "乙", "丙")

    answers = draft.load().answers
    for step in reversed(former_steps(draft).undo):
        answers = apply_changes(answers, step.inverted())

    assert words(former_steps(draft).undo) == ["改为甲", "改为乙", "改为丙"]
    assert same(answers) == same(small_plan())


def test_that_a_new_plan_has_nothing_to_undo(draft):
    assert former_steps(draft) == FormerSteps()


def test_that_what_was_undone_can_be_redone_until_something_new_is_typed(draft):
    renamed(draft, "甲", "乙")
    renamed(draft, "甲", BEGIN, source="undo")
    assert words(former_steps(draft).undo) == []
    assert words(former_steps(draft).redo) == ["改为甲", "改为乙"]

    renamed(draft, "甲", source="redo")
    assert words(former_steps(draft).undo) == ["改为甲"]
    assert words(former_steps(draft).redo) == ["改为乙"]

    renamed(draft, "丁")
    assert words(former_steps(draft).undo) == ["改为甲", "改为丁"]
    assert words(former_steps(draft).redo) == []


def test_that_drafts_of_version_1_are_understood_where_a_redo_was_called_undo(draft):
    renamed(draft, "甲", "乙")
    renamed(draft, "甲", "乙", source="undo")

    assert words(former_steps(draft).undo) == ["改为甲", "改为乙"]


def test_that_typing_on_is_one_step_with_what_it_goes_on_with(draft):
    renamed(draft, "甲")
    renamed(draft, "甲乙", "甲乙丙", source="more")

    (step,) = former_steps(draft).undo

    assert step == typed(NAME, BEGIN, "甲乙丙", "改为甲乙丙")


def test_that_imports_and_restores_are_undone_like_anything_else(draft):
    renamed(draft, "甲", source="import")
    renamed(draft, "乙", source="merge")
    renamed(draft, "丙", source="restore")

    assert words(former_steps(draft).undo) == ["改为甲", "改为乙", "改为丙"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE change SET before_text = '丁' WHERE revision = 2",
        "UPDATE change SET before_hash = after_hash WHERE revision = 2",
        "DELETE FROM change WHERE revision = 2",
        "UPDATE action SET label = '别的' WHERE revision = 1",
    ],
)
def test_that_undo_ends_before_a_step_that_does_not_prove(draft, damage):
    renamed(draft, "甲", "乙", "丙")
    draft.database.conn.execute(damage)

    assert words(former_steps(draft).undo) == ["改为丙"]


def test_that_only_so_many_steps_are_kept_in_memory(draft):
    renamed(draft, *"甲乙丙丁")

    assert words(former_steps(draft, 2).undo) == ["改为丙", "改为丁"]
