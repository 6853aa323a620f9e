"""Drafts and files of every released version open; new steps of the tables are all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from forms.address import Address
from storage import database
from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.history import history
from storage.media import picture_name
from storage.moments import answers_at_root
from storage.plan_file import open_plan
from tests.storage.plans import PNG, same

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def old_draft(tmp_path):
    """A draft as version 1 wrote it: three actions after a small plan."""
    folder = tmp_path / "11111111-sample"
    folder.mkdir()
    shutil.copy(SAMPLES / "draft-1.sqlite", folder / DRAFT_NAME)
    return folder


def check_content(draft: Draft) -> None:
    loaded = draft.load()
    assert (loaded.whole, loaded.meta.revision, loaded.completion) == (True, 3, "37")
    assert loaded.answers.get(Address("park", "name")) == "青峰高新区"
    assert str(loaded.answers.get(Address("park", "text"))).endswith("改造。续。")
    labels = [entry.action.label for entry in history(draft)]
    assert labels == ["输入", "输入", "改名", "新建方案"]
    assert sum(entry.damaged for entry in history(draft)) == 0


def test_that_a_draft_of_version_1_opens(old_draft):
    with Draft.open(old_draft) as draft:
        check_content(draft)
    assert len(list(old_draft.glob("snapshots/before-upgrade-*"))) == 1


def test_that_a_draft_of_version_2_opens_as_it_is(tmp_path):
    """It was sent out once; the moment of that is kept."""
    folder = tmp_path / "11111111-sample"
    folder.mkdir()
    shutil.copy(SAMPLES / "draft-2.sqlite", folder / DRAFT_NAME)
    with Draft.open(folder) as draft:
        check_content(draft)
        sent = draft.meta.parent_root
        kept = dict(draft.database.conn.execute("SELECT root, why FROM kept").fetchall())
        assert kept == {draft.meta.root: "upgrade", sent: "exchanged"}
        assert answers_at_root(draft, sent) is not None
    assert not (folder / "snapshots").exists()


def test_that_a_plan_file_of_format_1_opens(old_draft):
    plan = open_plan(SAMPLES / "plan-1.yuance")

    with Draft.open(old_draft) as draft:
        assert same(plan.answers) == same(draft.load().answers)
    assert plan.pictures == {picture_name(PNG): PNG}


def test_that_a_plan_file_of_format_2_opens_with_its_lineage():
    plan = open_plan(SAMPLES / "plan-2.yuance")

    assert (plan.meta.revision, plan.by) == (3, "王工")
    assert plan.lineage == (f"5-{'5' * 64}", f"4-{'4' * 64}")
    assert plan.ancestors == (*plan.lineage, f"3-{'3' * 64}")
    assert plan.pictures == {picture_name(PNG): PNG}


def with_third_step(monkeypatch, step) -> None:
    steps = Migrations("yuance-draft")
    steps(name="0001-tables")(database._tables)
    steps(name="0002-kept")(database._kept)
    steps(name="0003-note")(step)
    monkeypatch.setattr(database, "STEPS", steps)
    monkeypatch.setattr(database, "VERSION", 3)


def test_that_an_older_draft_is_brought_up_to_date_after_a_copy(old_draft, monkeypatch):
    def add_note(db) -> None:
        db.table("picture").add_column("note", str, not_null_default="")

    with_third_step(monkeypatch, add_note)
    with Draft.open(old_draft) as draft:
        check_content(draft)
        assert draft.database.conn.execute("PRAGMA user_version").fetchone()[0] == 3
    with Draft.open(old_draft) as draft:
        check_content(draft)

    (copy,) = (old_draft / "snapshots").glob("before-upgrade-*.sqlite")
    monkeypatch.undo()
    shutil.copy(copy, old_draft / DRAFT_NAME)
    with Draft.open(old_draft) as draft:
        check_content(draft)


def test_that_a_step_that_fails_leaves_the_draft_as_it_was(old_draft, monkeypatch):
    def break_off(db) -> None:
        db.conn.execute("DELETE FROM value")
        raise RuntimeError("power cut")

    with_third_step(monkeypatch, break_off)
    with pytest.raises(RuntimeError):
        Draft.open(old_draft)
    monkeypatch.undo()

    with Draft.open(old_draft) as draft:
        check_content(draft)
