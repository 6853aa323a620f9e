"""The plans on this machine: made, listed, taken in, copied, and never deleted."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.errors import DamagedPlanFile, DraftError, DraftLocked, PlaceRefused
from storage.exchange import send_out, take_over
from storage.history import history
from storage.info import INFO_NAME
from storage.library import AlreadyHere, Imported, Library, NewPlan
from storage.places import mount_reason, refuse_place
from tests.storage.plans import NOON, PNG, same, small_plan, typed

NEW = NewPlan("national-2021", "1", "青峰方案", "青峰", "园策 0.1", small_plan())
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "plans")


@pytest.fixture
def folder(library):
    """A plan with the picture it refers to."""
    place = library.create_plan(NEW, person="王工", at=NOON)
    with library.open(place) as draft:
        draft.add_picture(PNG, at=NOON)
    return place


@pytest.fixture
def sent(folder, tmp_path):
    """The plan as a file."""
    with Draft.open(folder) as draft:
        return send_out(draft, tmp_path / "青峰.yuance")


def edit(folder: Path, before: str | None, after: str, at=NOON) -> None:
    with Draft.open(folder) as draft:
        draft.commit(typed("park/note", before, after), who="王工", source="typed", at=at)


def test_that_plans_live_in_the_users_own_data_folder():
    root = Library().root

    assert root.name == "plans"
    assert root.is_relative_to(Path(os.environ["HOME"]))


def test_that_a_new_plan_stands_in_the_list(library, folder):
    (line,) = library.list()

    assert (line.folder, line.title, line.park) == (folder, "青峰方案", "青峰")
    assert (line.pack_id, line.changed, line.revision) == ("national-2021", NOON, 0)
    assert (line.completion, line.locked_by) == ("", "")


def test_that_the_last_changed_plan_stands_first(library, folder):
    other = library.create_plan(NEW, at=NOON)
    edit(folder, None, "甲", LATER)

    assert [line.folder for line in library.list()] == [folder, other]
    assert [line.revision for line in library.list()] == [1, 0]


def test_that_listing_leaves_an_open_draft_alone_and_names_who_has_it(library, folder):
    with library.open(folder, person="王工") as draft:
        draft.describe(completion="37")
        (line,) = library.list()
        with pytest.raises(DraftLocked):
            Draft.open(folder)
        draft.commit(typed("park/note", None, "甲"), who="", source="typed", at=NOON)

    assert (line.locked_by, line.completion) == ("王工", "37")


@pytest.mark.parametrize("content", [None, b"{", b"{}"])
def test_that_a_lost_line_is_rebuilt(library, folder, content):
    (folder / INFO_NAME).unlink()
    if content is not None:
        (folder / INFO_NAME).write_bytes(content)

    assert library.list()[0].title == "青峰方案"


def test_that_a_draft_that_cannot_be_opened_still_stands_in_the_list(library, folder):
    (folder / INFO_NAME).unlink()
    (folder / DRAFT_NAME).write_bytes(b"broken")

    assert library.list()[0].plan_id == folder.name


def test_that_a_plan_file_becomes_a_draft(library, sent, tmp_path):
    elsewhere = Library(tmp_path / "other" / "plans")

    found = elsewhere.import_plan_file(sent, person="李工")

    assert isinstance(found, Imported)
    with elsewhere.open(found.folder) as draft:
        assert same(draft.load().answers) == same(small_plan())
        assert draft.to_plan_file().pictures == found.plan.pictures
        assert draft.meta.parent_root == found.plan.meta.root
        assert history(draft)[0].action.label == "打开方案文件"


def test_that_a_plan_that_is_here_already_is_offered_not_overwritten(library, folder, sent):
    edit(folder, None, "本机新写的")

    found = library.import_plan_file(sent)

    assert isinstance(found, AlreadyHere)
    assert (found.draft.revision, found.plan.meta.revision, found.relation) == (1, 0, "draft newer")
    copy = library.import_copy(found.plan, at=LATER)
    assert copy != folder
    assert sorted(line.title for line in library.list()) == ["青峰方案", "青峰方案（副本）"]


def test_that_a_colleagues_edits_come_back_as_newer(library, folder, sent, tmp_path):
    elsewhere = Library(tmp_path / "other" / "plans")
    theirs = elsewhere.import_plan_file(sent)
    assert isinstance(theirs, Imported)
    edit(theirs.folder, None, "同事写的")
    with elsewhere.open(theirs.folder) as draft:
        back = send_out(draft, tmp_path / "back.yuance")

    found = library.import_plan_file(back)

    assert isinstance(found, AlreadyHere)
    assert found.relation == "file newer"
    with library.open(folder) as draft:
        take_over(draft, found.plan, who="王工", at=LATER)
        assert same(draft.load().answers) == same(found.plan.answers)
    again = library.import_plan_file(back)
    assert isinstance(again, AlreadyHere)
    assert again.relation == "same"


def test_that_an_open_draft_does_not_stop_reading_a_file(library, folder, sent):
    with library.open(folder, person="王工"):
        found = library.import_plan_file(sent)

    assert isinstance(found, AlreadyHere)
    assert (found.relation, found.draft.locked_by) == ("unknown", "王工")


def test_that_a_damaged_file_leaves_no_trace(library, sent, tmp_path):
    sent.write_bytes(sent.read_bytes()[:-30])
    elsewhere = Library(tmp_path / "other" / "plans")

    with pytest.raises(DamagedPlanFile):
        elsewhere.import_plan_file(sent)
    assert elsewhere.list() == ()


def test_that_a_copy_is_a_plan_of_its_own(library, folder):
    copy = library.duplicate(folder, at=LATER)
    edit(copy, None, "只在副本")

    with library.open(folder) as draft:
        assert same(draft.load().answers) == same(small_plan())


def test_that_a_removed_plan_goes_to_the_trash_and_comes_back(library, folder):
    with library.open(folder), pytest.raises(DraftLocked):
        library.remove(folder, at=NOON)

    trashed = library.remove(folder, at=NOON)

    assert library.list() == ()
    assert [line.title for line in library.trash()] == ["青峰方案"]
    assert library.put_back(trashed) == folder
    with library.open(folder) as draft:
        assert same(draft.load().answers) == same(small_plan())


def test_that_a_plan_from_the_trash_does_not_replace_one_that_is_here(library, folder, sent):
    trashed = library.remove(folder, at=NOON)
    library.import_plan_file(sent)

    with pytest.raises(DraftError, match="已有同一方案"):
        library.put_back(trashed)


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - 园区管委会",
        "坚果云",
        "Nutstore",
        "Dropbox",
        "百度网盘",
        "BaiduSyncdisk",
    ],
)
def test_that_drafts_are_refused_in_synced_folders(tmp_path, name):
    with pytest.raises(PlaceRefused, match="导出"):
        Library(tmp_path / name / "plans")


def test_that_the_synced_folder_of_the_system_is_known(tmp_path):
    synced = tmp_path / "同步"
    with pytest.raises(PlaceRefused, match="OneDrive"):
        refuse_place(synced / "plans", {"OneDriveCommercial": str(synced)})
    refuse_place(tmp_path / "plans", {"OneDriveCommercial": str(synced)})
    refuse_place(tmp_path / "onedriver", {})


MOUNTS = """\
/dev/vda / ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
/dev/sdb1 /media/wang/U\\040PAN vfat rw 0 0
host:/x /home/wang/remote fuse.sshfs rw 0 0
odd
"""


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/home/wang/.local/share/yuance/plans", ""),
        ("/mnt/share/plans", "网络"),
        ("/media/wang/U PAN/plans", "可移动"),
        ("/home/wang/remote/plans", "网络"),
    ],
)
def test_that_drafts_are_refused_on_sticks_and_shares(place, reason):
    found = mount_reason(Path(place), MOUNTS)

    assert reason in found
    assert bool(found) == bool(reason)
