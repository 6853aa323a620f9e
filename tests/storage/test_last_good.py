"""After damage every lost place is named, with the last content of it that proves."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from forms.address import Address
from forms.answers import answers_of
from forms.changes import ChangeSet, OrderChange, ValueChange
from storage.draft import Draft
from storage.last_good import find_losses
from storage.losses import LOSSES_NAME, Loss, read_losses, write_losses
from storage.recovery import keep_opened, look_after
from tests.storage.plans import NOON, small_plan, some_meta, typed

NAME = Address("park", "name")
IDEA = Address("story", "idea")
LIST = Address("projects", "list")
LONG = "蒸汽由热电厂集中供给，冷凝水回收率不足四成。" * 20


@pytest.fixture
def draft(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta(), small_plan(), person="王工") as opened:
        yield opened


def enter(draft, place, before, after, minutes):
    change = ChangeSet("输入", (ValueChange(place, before, after),))
    at = NOON + timedelta(minutes=minutes)
    draft.commit(change, who="王工", source="typed", at=at)
    return at


def spoil(draft, address, table="value", key="address"):
    column = "text" if table == "value" else "rows"
    draft.database.conn.execute(f"UPDATE {table} SET {column} = '坏' WHERE {key} = ?", (address,))


def losses(draft):
    return {str(loss.place): loss for loss in find_losses(draft, draft.load())}


def test_that_the_value_of_the_newest_snapshot_is_offered(draft):
    draft.snapshot("timed", at=NOON)
    spoil(draft, "park/name")

    assert losses(draft) == {"park/name": Loss(NAME, False, "青峰经济开发区", (), NOON, True)}


def test_that_a_value_typed_after_the_snapshot_is_offered_from_the_log(draft):
    draft.snapshot("timed", at=NOON)
    enter(draft, NAME, "青峰经济开发区", "甲", 1)
    last = enter(draft, NAME, "甲", "青峰高新区", 2)
    spoil(draft, "park/name")

    found = losses(draft)["park/name"]

    assert (found.value, found.known, found.is_last) == ("青峰高新区", last, True)


def test_that_a_long_text_is_put_together_from_its_pieces(draft):
    enter(draft, IDEA, None, LONG, 1)
    draft.snapshot("timed", at=NOON)
    changed = LONG.replace("四成", "五成", 3)
    enter(draft, IDEA, LONG, changed, 2)
    enter(draft, IDEA, changed, changed + "另有余热未用。", 3)
    spoil(draft, "story/idea")

    found = losses(draft)["story/idea"]

    assert (found.value, found.is_last) == (changed + "另有余热未用。", True)


def test_that_a_broken_log_offers_the_older_value_and_does_not_call_it_the_last(draft):
    draft.snapshot("timed", at=NOON)
    enter(draft, NAME, "青峰经济开发区", "青峰高新区", 2)
    draft.database.conn.execute("UPDATE change SET after_text = '坏'")
    spoil(draft, "park/name")

    found = losses(draft)["park/name"]

    assert (found.value, found.known, found.is_last) == ("青峰经济开发区", NOON, False)


def test_that_a_value_that_was_cleared_on_purpose_is_not_missed(draft):
    draft.snapshot("timed", at=NOON)
    enter(draft, NAME, "青峰经济开发区", None, 1)
    spoil(draft, "park/approved")

    assert list(losses(draft)) == ["park/approved"]


def test_that_a_vanished_row_nobody_logged_is_named_by_the_snapshot(draft):
    draft.snapshot("timed", at=NOON)
    draft.database.conn.execute("DELETE FROM value WHERE address = 'projects/list/p1/name'")

    assert draft.load().damaged == ()
    assert losses(draft)["projects/list/p1/name"].value == "蒸汽梯级利用项目1"


def test_that_the_order_of_rows_comes_back_with_those_added_since(draft):
    draft.snapshot("timed", at=NOON)
    spoil(draft, str(LIST), "row_order", "table_address")
    found = losses(draft)[str(LIST)]
    since = draft.load().answers.with_order(LIST, ("p9",))

    assert (found.is_order, found.order) == (True, ("p2", "p0", "p1"))
    assert found.is_open(since)
    assert found.put_back(since).order(LIST) == ("p2", "p0", "p1", "p9")
    assert not found.is_open(found.put_back(since))


def test_that_without_snapshot_and_log_the_place_is_named_all_the_same(draft):
    spoil(draft, "park/name")

    found = losses(draft)["park/name"]

    assert (found.can_be_had_back, found.known) == (False, None)


def test_that_a_snapshot_of_another_history_comes_last(draft):
    ours = draft.snapshot("timed", at=NOON)
    enter(draft, NAME, "青峰经济开发区", "别的", 1)
    draft.snapshot("timed", at=NOON + timedelta(hours=1))
    draft.close()
    from storage.snapshots import restore_snapshot

    restore_snapshot(draft.folder, ours, NOON)
    with Draft.open(draft.folder) as again:
        spoil(again, "park/name")
        assert losses(again)["park/name"].value == "青峰经济开发区"


def test_that_what_is_lost_is_remembered_until_the_place_is_filled(tmp_path):
    folder = tmp_path / "plan"
    with Draft.create(folder, some_meta(), small_plan()) as draft:
        draft.snapshot("timed", at=NOON)
        spoil(draft, "park/name")
        first = look_after(draft, draft.load(), who="", at=NOON)
    with Draft.open(folder) as draft:
        again = look_after(draft, draft.load(), who="", at=NOON)
        draft.commit(typed("park/name", None, "新名"), who="", source="typed", at=NOON)
        filled = look_after(draft, draft.load(), who="", at=NOON)

    assert [loss.value for loss in first.losses] == ["青峰经济开发区"]
    assert (first.damaged_now, again.damaged_now) == (True, False)
    assert again.losses == first.losses
    assert filled.losses == ()


def test_that_damage_of_another_day_keeps_the_marks_of_the_first(tmp_path):
    folder = tmp_path / "plan"
    with Draft.create(folder, some_meta(), small_plan()) as draft:
        draft.snapshot("timed", at=NOON)
        spoil(draft, "park/name")
        look_after(draft, draft.load(), who="", at=NOON)
        spoil(draft, "park/approved")
        found = look_after(draft, draft.load(), who="", at=NOON)

    assert {str(loss.place) for loss in found.losses} == {"park/name", "park/approved"}


def test_that_losses_are_kept_to_the_last_digit_and_an_odd_entry_keeps_its_mark(tmp_path):
    kept = (
        Loss(LIST, True, None, ("p2", "p0"), NOON, False),
        Loss(LIST.at("p0", "invest", 2024), False, Decimal("1.50"), (), NOON, True),
    )
    write_losses(tmp_path, kept)
    assert read_losses(tmp_path) == kept

    file = tmp_path / LOSSES_NAME
    file.write_text(file.read_text("utf-8").replace("1.50", "1.60"), "utf-8")
    assert read_losses(tmp_path)[1] == Loss(LIST.at("p0", "invest", 2024))

    write_losses(tmp_path, ())
    assert (read_losses(tmp_path), file.exists()) == ((), False)


def test_that_a_session_that_was_cut_off_is_told_with_its_last_commit(tmp_path):
    folder = tmp_path / "plan"
    with Draft.create(folder, some_meta(), answers_of([(NAME, "甲")], [])) as draft:
        at = enter(draft, NAME, "甲", "乙", 5)
        note = (folder / "lock.json").read_bytes()
    with Draft.open(folder) as draft:
        assert look_after(draft, draft.load(), who="", at=NOON).until is None
    (folder / "lock.json").write_bytes(note)
    with Draft.open(folder) as draft:
        assert look_after(draft, draft.load(), who="", at=NOON).until == at


def test_that_a_page_of_an_earlier_day_that_tells_an_old_revision_is_settled(draft):
    then = draft.database.conn.execute("SELECT key, text, hash FROM meta").fetchall()
    draft.snapshot("timed", at=NOON)
    enter(draft, NAME, "青峰经济开发区", "青峰高新区", 1)
    for key, text, digest in then:
        draft.database.conn.execute(
            "UPDATE meta SET text = ?, hash = ? WHERE key = ?", (text, digest, key)
        )

    past = look_after(draft, draft.load(), who="", at=NOON + timedelta(hours=1))

    assert (past.damaged_now, past.losses, past.trouble) == (True, (), None)
    assert draft.load().whole
    assert draft.load().answers.get(NAME) == "青峰高新区"
    assert draft.meta.revision == 2


def test_that_opening_keeps_a_snapshot_once(draft):
    first, second = keep_opened(draft, NOON), keep_opened(draft, NOON)

    assert first is not None
    assert second is None
    assert [path.name[-11:] for path in (draft.folder / "snapshots").glob("*.sqlite")] == [
        "open.sqlite"
    ]


def test_that_moved_rows_are_offered_as_they_were_last(draft):
    draft.snapshot("timed", at=NOON)
    moved = ChangeSet("移动", (OrderChange(LIST, ("p2", "p0", "p1"), ("p0", "p1", "p2")),))
    draft.commit(moved, who="", source="typed", at=NOON)
    spoil(draft, str(LIST), "row_order", "table_address")

    assert losses(draft)[str(LIST)].order == ("p0", "p1", "p2")
