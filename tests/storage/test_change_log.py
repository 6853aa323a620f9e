"""The change log: who did what when, also after a restart, with every text as it was."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from forms.address import Address
from forms.changes import apply_changes
from storage.draft import Draft
from storage.history import history
from tests.storage.plans import NOON, moved, same, small_plan, some_meta, typed

PLACE = "park/text"


@pytest.fixture
def draft(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta(), small_plan(), person="王工") as opened:
        yield opened


def test_that_history_names_person_time_action_and_source(draft):
    at = NOON + timedelta(minutes=5)
    draft.commit(typed(PLACE, None, "甲", "输入园区概况"), who="李工", source="typed", at=at)

    latest, first = history(draft)

    assert (latest.action.who, latest.action.at, latest.action.label) == (
        "李工",
        at,
        "输入园区概况",
    )
    assert (latest.action.source, latest.action.revision) == ("typed", 1)
    assert latest.action.root == draft.meta.root
    assert latest.changes == typed(PLACE, None, "甲", "输入园区概况")
    assert (first.action.label, first.action.source, first.action.who) == (
        "新建方案",
        "new",
        "王工",
    )


def test_that_every_state_can_be_had_back_after_a_restart(draft):
    """The long text is logged in pieces; put together again, each state is exact."""
    chance = random.Random(3)
    states = [small_plan()]
    text = None
    for number in range(40):
        new = edited(text, chance) + f"{number}"
        changes = typed(PLACE, text, new)
        draft.commit(changes, who="王工", source="typed", at=NOON)
        states.append(apply_changes(states[-1], changes))
        text = new
    draft.close()
    with Draft.open(draft.folder) as again:
        entries = history(again)
        answers = again.load().answers

    for entry, expected in zip(entries, reversed(states), strict=True):
        assert same(answers) == same(expected)
        assert entry.damaged == 0
        answers = apply_changes(answers, entry.changes.inverted())


def edited(text: str | None, chance: random.Random) -> str:
    old = text or "园区循环化改造。" * 100
    at, gone = chance.randrange(len(old) + 1), chance.randrange(12)
    return old[:at] + chance.choice(["", "水", "𠮷\n", "蒸汽" * 30]) + old[at + gone :]


def test_that_writing_a_long_text_for_an_hour_costs_little(draft):
    text = "循环" * 20_000
    draft.commit(typed(PLACE, None, text), who="王工", source="typed", at=NOON)
    before = draft.database.conn.execute("PRAGMA page_count").fetchone()[0]
    for _ in range(50):
        draft.commit(typed(PLACE, text, text + "水"), who="王工", source="typed", at=NOON)
        text += "水"

    grown = draft.database.conn.execute("PRAGMA page_count").fetchone()[0] - before
    assert grown * 4096 < 250_000  # whole texts would be 12 MB


def test_that_moves_of_a_long_table_come_back(draft):
    table = Address("projects", "many")
    order = tuple(f"p{n}" for n in range(400))
    turned = (*order[200:], *order[:200])
    draft.commit(moved(table, (), order), who="王工", source="typed", at=NOON)
    draft.commit(moved(table, order, turned), who="王工", source="typed", at=NOON)
    draft.commit(moved(table, turned, ()), who="王工", source="typed", at=NOON)

    found = [entry.changes for entry in history(draft, 3)]

    assert found == [
        moved(table, turned, ()),
        moved(table, order, turned),
        moved(table, (), order),
    ]


def test_that_a_damaged_entry_is_marked_and_never_undone_into_the_text(draft):
    long = "园区循环化改造。" * 60
    texts = [long, long + "一", long + "一二", long + "一二三"]
    for before, after in zip([None, *texts], texts, strict=False):
        draft.commit(typed(PLACE, before, after), who="王工", source="typed", at=NOON)
    draft.database.conn.execute("UPDATE change SET before_text = '伍' WHERE revision = 3")

    latest, damaged, older, first, _ = history(draft)

    assert (latest.damaged, damaged.damaged) == (0, 1)
    assert not damaged.changes
    assert (older.damaged, first.damaged) == (1, 0)  # a piece rests on the one after it


def test_that_a_damaged_heading_does_not_hide_the_history(draft):
    draft.commit(typed(PLACE, None, "甲"), who="王工", source="typed", at=NOON)
    draft.database.conn.execute("UPDATE action SET at = 'yesterday' WHERE revision = 1")
    draft.database.conn.execute("UPDATE action SET who = '别人' WHERE revision = 0")

    assert [entry.action.label for entry in history(draft)] == ["（记录已损坏）"] * 2


def test_that_what_stood_before_is_taken_from_the_disk(draft):
    """A window that is mistaken about the old value cannot falsify the log."""
    draft.commit(typed("park/name", "不对的旧值", "新名"), who="王工", source="typed", at=NOON)

    assert history(draft, 1)[0].changes == typed("park/name", "青峰经济开发区", "新名")
