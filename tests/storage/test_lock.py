"""Two openers: the second is told at once who has the draft, and looks at a snapshot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import DRAFT_NAME, is_held
from storage.draft import Draft
from storage.errors import DraftLocked
from storage.lock import NOTE_NAME, LockNote, my_note, read_note, write_note
from storage.reading import read_snapshot
from storage.snapshots import list_snapshots
from tests.storage.plans import NOON, same, small_plan, some_meta, typed

HOLDER = """
import sys
from pathlib import Path
from storage.draft import Draft
with Draft.open(Path(sys.argv[1]), person="王工"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "draft"
    with Draft.create(place, some_meta(), small_plan()) as draft:
        draft.snapshot("close", at=NOON)
    return place


@pytest.fixture
def other_window(folder):
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    assert child.stdout.readline().strip() == b"held"
    yield child
    child.kill()
    child.stdin.close()
    child.stdout.close()
    child.wait()


def test_that_the_second_window_is_told_who_has_the_draft(folder, other_window):
    with pytest.raises(DraftLocked, match=r"已被 王工 在 .+ \d\d:\d\d 打开") as caught:
        Draft.open(folder, person="李工")

    assert (caught.value.person, caught.value.machine) == ("王工", os.uname().nodename)
    note = read_note(folder)
    assert note is not None
    assert note.person == "王工"


def test_that_the_second_window_can_look_at_the_last_snapshot(folder, other_window):
    loaded = read_snapshot(list_snapshots(folder)[0].path)

    assert same(loaded.answers) == same(small_plan())


def test_that_a_killed_window_holds_nothing(folder, other_window):
    other_window.kill()
    other_window.wait()

    assert read_note(folder) is None
    assert not is_held(folder / DRAFT_NAME)
    with Draft.open(folder) as draft:
        assert draft.load().whole


def test_that_a_second_window_of_the_same_program_is_told_too(folder):
    with Draft.open(folder, person="王工") as first:
        with pytest.raises(DraftLocked, match="王工"):
            Draft.open(folder)
        assert is_held(folder / DRAFT_NAME)
        with pytest.raises(DraftLocked):
            Draft.open(folder)
        saved = first.commit(typed("park/a", None, "甲"), who="", source="typed", at=NOON)
    assert saved.revision == 1
    assert not is_held(folder / DRAFT_NAME)
    assert read_note(folder) is None


def test_that_the_lock_holds_without_any_note(folder):
    with Draft.open(folder):
        (folder / NOTE_NAME).unlink()
        with pytest.raises(DraftLocked, match="在另一个窗口"):
            Draft.open(folder)


def test_that_a_note_without_a_lock_locks_nobody_out(folder):
    write_note(folder, my_note("王工", NOON))

    with Draft.open(folder, person="李工"):
        note = read_note(folder)
        assert note is not None
        assert note.person == "李工"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"person": 1}', b"\xff"])
def test_that_an_odd_note_is_no_note(folder, content):
    (folder / NOTE_NAME).write_bytes(content)

    assert read_note(folder) is None


def test_that_a_note_from_another_machine_counts_and_is_not_removed(folder):
    theirs = LockNote("王工", "另一台电脑", 1, NOON)
    write_note(folder, theirs)

    assert read_note(folder) == theirs
    assert "王工 在 另一台电脑" in str(theirs.as_error())


def test_that_only_our_own_note_is_taken_away_at_closing(folder):
    with Draft.open(folder):
        theirs = LockNote("李工", "另一台电脑", 1, NOON + timedelta(hours=1))
        write_note(folder, theirs)

    assert json.loads((folder / NOTE_NAME).read_text("utf-8"))["person"] == "李工"
