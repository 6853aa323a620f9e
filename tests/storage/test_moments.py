"""Any moment of a plan can be had back exactly as it was, or is said to be lost."""

from __future__ import annotations

import random

import pytest

from forms.address import Address
from forms.answers import Answers
from forms.changes import ChangeSet, OrderChange, ValueChange, apply_changes
from storage.draft import Draft
from storage.exchange import send_out
from storage.moments import answers_at, answers_at_root
from tests.storage.plans import NOON, PICTURES, small_plan, some_meta, typed
from tests.storage.plans import same as parts

TABLE = Address("projects", "list")
LONG = "园区循环化改造。" * 60


@pytest.fixture
def draft(tmp_path):
    with Draft.create(
        tmp_path / "draft", some_meta(), small_plan(), PICTURES, person="王工"
    ) as opened:
        yield opened


def same(answers: Answers | None) -> tuple[object, ...]:
    assert answers is not None
    return parts(answers)


def some_edit(answers: Answers, chance: random.Random) -> ChangeSet:
    """A text in pieces, a figure cleared or set, a row added, removed or moved."""
    order = answers.order(TABLE)
    match chance.randrange(4):
        case 0:
            old = answers.get(Address("park", "text"))
            text = str(old or LONG)
            at = chance.randrange(len(text))
            new = text[:at] + chance.choice(["水", "𠮷", ""]) + text[at + 2 :]
            return typed("park/text", old, new + "。")
        case 1:
            place = TABLE.at(chance.choice(order or ("p1",)), "note")
            new = chance.choice([None, str(chance.random())])
            return ChangeSet("备注", (ValueChange(place, answers.get(place), new),))
        case 2:
            rows = (*order, f"n{chance.randrange(10**9)}")
        case _:
            rows = tuple(chance.sample(order, max(len(order) - 1, 0)))
    return ChangeSet("行", (OrderChange(TABLE, order, rows),))


def some_work(draft: Draft, actions: int, seed: int) -> dict[int, Answers]:
    """Work for a while; what the plan was after each revision."""
    chance, answers = random.Random(seed), draft.load().answers
    states = {draft.meta.revision: answers}
    for _ in range(actions):
        changes = some_edit(answers, chance)
        answers = apply_changes(answers, changes)
        draft.commit(changes, who="王工", source="typed", at=NOON)
        states[draft.meta.revision] = answers
    return states


@pytest.mark.parametrize("seed", range(4))
def test_that_every_revision_is_had_back_exactly(draft, seed):
    states = some_work(draft, 60, seed)

    for revision, expected in states.items():
        assert same(answers_at(draft, revision)) == same(expected)


def test_that_the_content_of_a_sent_file_is_found_by_its_root(draft, tmp_path):
    draft.commit(typed("park/text", None, LONG), who="王工", source="typed", at=NOON)
    sent = draft.load().answers
    send_out(draft, tmp_path / "送审.yuance")
    root = draft.meta.root
    some_work(draft, 20, 5)

    assert same(answers_at_root(draft, root)) == same(sent)
    assert answers_at_root(draft, "1-" + "0" * 64) is None


def test_that_a_moment_found_again_after_a_detour_is_one_content(draft):
    root = draft.meta.root
    draft.commit(typed("park/name", "青峰经济开发区", "青峰"), who="王工", source="typed", at=NOON)
    draft.commit(typed("park/name", "青峰", "青峰经济开发区"), who="王工", source="undo", at=NOON)

    assert draft.meta.root == root
    assert same(answers_at_root(draft, root)) == same(small_plan())


def test_that_moments_behind_a_damaged_change_are_not_shown(draft):
    texts = [LONG, LONG + "一", LONG + "一二"]
    for before, after in zip([None, *texts], texts, strict=False):
        draft.commit(typed("park/text", before, after), who="王工", source="typed", at=NOON)
    draft.database.conn.execute("UPDATE change SET before_text = '伍' WHERE revision = 3")

    assert answers_at(draft, 3) is not None
    assert answers_at(draft, 2) is None
    assert answers_at(draft, 1) is None
    assert same(answers_at(draft, 0)) == same(small_plan())  # whole texts need no later piece


def test_that_a_moment_with_a_forged_heading_is_not_shown(draft):
    draft.commit(typed("park/name", "青峰经济开发区", "青峰"), who="王工", source="typed", at=NOON)
    draft.database.conn.execute("UPDATE action SET at = 'yesterday' WHERE revision = 0")

    assert answers_at(draft, 0) is None
    assert answers_at(draft, 7) is None
