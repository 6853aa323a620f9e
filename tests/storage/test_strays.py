"""What a killed program left: gone at the next start, and nothing that is anybody's is touched."""

from __future__ import annotations

import os
import time

import pytest

from storage.creating import NEW_NAME
from storage.draft import Draft
from storage.library import Library
from storage.saving import safe_save, temporary_beside
from tests.storage.plans import names, small_plan, some_meta

GONE = 2**22 + 1  # no process has this number


def name_of(pid: int, path) -> str:
    """The name a temporary file of that process would have here."""
    with temporary_beside(path) as mine:
        return mine.name.replace(f"-{os.getpid()}-", f"-{pid}-")


def test_that_a_save_clears_what_a_killed_program_left_beside(tmp_path):
    target = tmp_path / "方案.docx"
    dead, alive = name_of(GONE, target), name_of(os.getppid(), target)
    for name in (dead, alive):
        (tmp_path / name).write_bytes(b"half")

    safe_save(target, b"new")

    assert names(tmp_path) == sorted([alive, "方案.docx"])


def test_that_a_save_leaves_what_is_being_written_at_this_moment(tmp_path):
    with temporary_beside(tmp_path / "方案.pdf") as other:
        other.write_bytes(b"half")

        safe_save(tmp_path / "方案.docx", b"new")

        assert other.exists()
    assert not other.exists()


def test_that_opening_a_draft_clears_its_folder(tmp_path):
    folder = tmp_path / "draft"
    Draft.create(folder, some_meta(), small_plan()).close()
    before = names(folder)
    for place in (folder, folder / "snapshots", folder / "pictures"):
        (place / name_of(os.getppid(), place / "x")).write_bytes(b"half")
    (folder / NEW_NAME).write_bytes(b"half")

    Draft.open(folder).close()

    assert names(folder) == before
    assert names(folder / "snapshots") == names(folder / "pictures") == []


@pytest.mark.parametrize("hours", [0, 2])
def test_that_a_draft_whose_making_was_cut_short_is_removed_when_it_is_old(tmp_path, hours):
    folder = tmp_path / "plans" / "some-plan-id"
    for name in ("snapshots", "pictures"):
        (folder / name).mkdir(parents=True)
    (folder / "pictures" / ("0" * 64)).write_bytes(b"a picture")
    (folder / NEW_NAME).write_bytes(b"half")
    then = time.time() - hours * 3600
    os.utime(folder / NEW_NAME, (then, then))

    Library(tmp_path / "plans")

    assert folder.exists() == (hours == 0)


@pytest.mark.parametrize("more", ["notes.txt", "draft.sqlite"])
def test_that_a_folder_with_anything_else_in_it_is_left_alone(tmp_path, more):
    folder = tmp_path / "plans" / "some-plan-id"
    for name in ("snapshots", "pictures"):
        (folder / name).mkdir(parents=True)
    for name in (NEW_NAME, more):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (0, 0))

    Library(tmp_path / "plans")

    assert names(folder) == sorted([NEW_NAME, more, "pictures", "snapshots"])
