"""Snapshots: proven copies, thinned by rule, and the way back after damage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forms.address import Address
from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.errors import DamagedDraft, DraftLocked, SnapshotFailed, StorageError
from storage.files import Files
from storage.reading import read_snapshot
from storage.retention import LATEST as KEPT
from storage.snapshots import list_snapshots, restore_snapshot
from storage.versions import version_file
from tests.storage.plans import NOON, PNG, names, same, small_plan, some_meta, typed


@pytest.fixture
def draft(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta(), small_plan()) as opened:
        yield opened


def later(minutes: int):
    return NOON + timedelta(minutes=minutes)


def test_that_a_snapshot_equals_the_draft(draft):
    draft.commit(typed("park/name", "青峰经济开发区", "新名"), who="", source="typed", at=NOON)

    taken = draft.snapshot("timed", at=NOON)

    loaded = read_snapshot(taken.path)
    assert (loaded.whole, same(loaded.answers)) == (True, same(draft.load().answers))
    assert (taken.revision, taken.root) == (1, draft.meta.root)
    assert list_snapshots(draft.folder) == (taken,)


def test_that_the_latest_twenty_and_all_named_ones_are_kept(draft):
    named = draft.snapshot("manual", "送审稿", at=later(0))
    for minute in range(1, KEPT + 6):
        draft.snapshot("timed", at=later(minute))

    found = list_snapshots(draft.folder)

    assert [each.at for each in found] == [
        *[later(minute) for minute in range(KEPT + 5, 5, -1)],
        named.at,
    ]
    assert found[-1].name == "送审稿"
    assert len(list((draft.folder / "snapshots").glob("*.sqlite"))) == KEPT + 1


def test_that_nothing_unregistered_is_ever_removed(draft):
    place = draft.folder / "snapshots"
    first = draft.snapshot("timed", at=later(0))
    (place / "register.json").unlink()
    (place / "my notes.txt").write_text("keep")
    for minute in range(1, KEPT + 3):
        draft.snapshot("timed", at=later(minute))

    assert first.path.exists()
    assert (place / "my notes.txt").exists()
    known = list_snapshots(draft.folder)[-1]
    assert (known.at, known.reason, known.revision) == (first.at, "timed", 0)


def test_that_a_damaged_draft_does_not_push_good_snapshots_out(draft):
    good = draft.snapshot("timed", at=NOON)
    draft.database.conn.execute("UPDATE value SET text = '9' WHERE address = 'period/base_year'")

    with pytest.raises(SnapshotFailed, match="没有保留"):
        draft.snapshot("timed", at=later(10))

    assert list_snapshots(draft.folder) == (good,)
    assert names(draft.folder / "snapshots") == sorted([good.path.name, "register.json"])


def test_that_a_snapshot_that_cannot_be_put_in_place_leaves_nothing(draft):
    class FullFiles(Files):
        def replace(self, source, target):
            raise OSError(28, "No space left on device")

    draft.files = FullFiles()
    with pytest.raises(StorageError, match="磁盘空间不足"):
        draft.snapshot("timed", at=NOON)
    assert names(draft.folder / "snapshots") == []


def test_that_a_snapshot_takes_the_place_of_a_damaged_draft_which_is_kept(draft):
    draft.snapshot("timed", at=NOON)
    draft.commit(typed("park/name", "青峰经济开发区", "新名"), who="", source="typed", at=NOON)
    snapshot = list_snapshots(draft.folder)[0]
    with pytest.raises(DraftLocked):
        restore_snapshot(draft.folder, snapshot, NOON)
    draft.close()
    path = draft.folder / DRAFT_NAME
    path.write_bytes(b"broken")
    with pytest.raises(DamagedDraft, match="从最近的快照恢复"):
        Draft.open(draft.folder)

    away = restore_snapshot(draft.folder, snapshot, NOON)

    assert (away / DRAFT_NAME).read_bytes() == b"broken"
    with Draft.open(draft.folder) as again:
        assert same(again.load().answers) == same(small_plan())


def test_that_a_damaged_snapshot_is_not_restored(draft):
    snapshot = draft.snapshot("timed", at=NOON)
    draft.close()
    snapshot.path.write_bytes(b"broken")

    with pytest.raises(DamagedDraft):
        restore_snapshot(draft.folder, snapshot, NOON)
    with Draft.open(draft.folder) as again:
        assert again.load().whole


def test_that_single_values_can_be_had_back_from_a_snapshot(draft):
    draft.snapshot("timed", at=NOON)
    draft.commit(typed("park/name", "青峰经济开发区", None), who="", source="typed", at=NOON)

    loaded = read_snapshot(list_snapshots(draft.folder)[0].path)

    assert loaded.answers.get(Address("park", "name")) == "青峰经济开发区"


def test_that_the_reason_is_a_plain_word(draft):
    with pytest.raises(ValueError, match="lower-case"):
        draft.snapshot("../x", at=NOON)


def test_that_a_version_travels_with_the_pictures_of_its_prose(draft):
    sha256 = draft.add_picture(PNG, "图.png", at=NOON)
    text = f"如图。\n![总图]({sha256})\n![没有的]({'0' * 64})"
    draft.commit(typed("park/note", None, text), who="王工", source="typed", at=NOON)

    file = version_file(draft.folder, draft.snapshot("named", "送审稿", at=NOON))

    assert dict(file.pictures) == {sha256: PNG}
