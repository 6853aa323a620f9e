"""The live draft: what was acknowledged is there, whole, in order, under the promised settings."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from forms.address import Address
from forms.answers import Answers, answers_of
from forms.changes import ChangeSet, ValueChange, apply_changes, difference
from storage import database
from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.errors import (
    ContentRefused,
    DamagedDraft,
    DiskFull,
    DraftExists,
    DraftMissing,
    DraftReplaced,
    DraftSettingsRefused,
    NewerFormat,
    PictureMissing,
    PictureRefused,
    WriteFailed,
)
from storage.exchange import relation, send_out, take_over
from storage.history import history
from storage.plan_file import PlanFile, open_plan, pack_plan, read_plan
from storage.rows import root_of
from tests.storage.plans import (
    JPEG,
    NOON,
    PICTURES,
    PNG,
    moved,
    random_answers,
    same,
    small_plan,
    some_meta,
    typed,
)

PROJECTS = Address("projects", "list")


@pytest.fixture
def draft(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta(), small_plan(), PICTURES) as opened:
        yield opened


def commit(draft: Draft, changes: ChangeSet, at=NOON):
    return draft.commit(changes, who="王工", source="typed", at=at)


def reopened(draft: Draft):
    draft.close()
    with Draft.open(draft.folder) as again:
        return again.load()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=random_answers(), after=random_answers())
def test_that_whatever_was_typed_is_there_after_reopening(tmp_path_factory, before, after):
    folder = tmp_path_factory.mktemp("draft")
    with Draft.create(folder, some_meta(), before) as draft:
        assert same(draft.load().answers) == same(before)
        saved = commit(draft, difference(before, after, "改"))
        plan = read_plan(pack_plan(replace(draft.to_plan_file(), pictures=PICTURES)))
    with Draft.open(folder) as draft:
        loaded = draft.load()

    assert same(loaded.answers) == same(after) == same(plan.answers)
    assert (loaded.whole, loaded.damaged) == (True, ())
    assert loaded.meta.root == saved.root == plan.meta.root == str(root_of(after))
    shutil.rmtree(folder)


def test_that_one_action_raises_the_revision_by_one(draft):
    first = commit(draft, typed("park/name", "青峰经济开发区", "青峰高新区"))
    second = commit(draft, moved(PROJECTS, ("p2", "p0", "p1"), ("p0", "p1", "p2")))

    loaded = reopened(draft)
    assert (first.revision, second.revision, loaded.meta.revision) == (1, 2, 2)
    assert loaded.answers.get(Address("park", "name")) == "青峰高新区"
    assert loaded.answers.order(PROJECTS) == ("p0", "p1", "p2")


def test_that_writing_the_same_again_changes_nothing(draft):
    changes = typed("park/name", "青峰经济开发区", "青峰高新区")

    first = commit(draft, changes)

    assert commit(draft, changes) == first
    assert len(history(draft)) == 2


MANY = 1_300  # more than are asked for and written at once


def test_that_thousands_of_cells_changed_taken_back_and_changed_again_are_all_there(draft):
    cells = [PROJECTS.at(f"q{number}", "name") for number in range(MANY)]
    step = ChangeSet("粘贴", tuple(ValueChange(at, None, f"项目{at.row}") for at in cells))
    first = draft.meta.root
    last = commit(draft, step).root

    assert commit(draft, step.inverted()).root == first
    assert commit(draft, step).root == last
    commit(draft, ChangeSet("改", (ValueChange(cells[-1], f"项目{cells[-1].row}", "末"),)))

    loaded = reopened(draft)
    assert loaded.whole
    assert [loaded.answers.get(at) for at in cells[:-1]] == [f"项目{at.row}" for at in cells[:-1]]
    assert loaded.answers.get(cells[-1]) == "末"


def test_that_the_log_tells_thousands_of_cells_in_the_order_they_were_changed(draft):
    cells = [PROJECTS.at(f"q{number}", "name") for number in range(MANY)]
    step = ChangeSet("粘贴", tuple(ValueChange(at, None, at.row) for at in cells))
    commit(draft, step)
    assert history(draft)[0].changes.changes == step.changes


def test_that_a_place_changed_twice_in_one_action_ends_with_the_last_value(draft):
    name = Address("park", "name")
    twice = ChangeSet("改", (ValueChange(name, None, "甲"), ValueChange(name, "甲", "乙")))
    gone = ChangeSet("改", (ValueChange(name, "乙", "丙"), ValueChange(name, "丙", None)))

    saved = commit(draft, twice)
    assert saved.root == str(root_of(draft.load().answers))
    assert draft.load().answers.get(name) == "乙"
    saved = commit(draft, gone)
    assert saved.root == str(root_of(draft.load().answers))
    assert draft.load().answers.get(name) is None


def test_that_trailing_zeros_are_a_change(draft):
    commit(draft, typed("park/area", None, Decimal("1.5")))
    commit(draft, typed("park/area", Decimal("1.5"), Decimal("1.50")))

    assert str(reopened(draft).answers.get(Address("park", "area"))) == "1.50"


def test_that_half_characters_of_a_broken_paste_do_not_stop_saving(draft):
    commit(draft, typed("park/note", None, "好\ud83d", label="粘贴\udc00"))

    assert reopened(draft).answers.get(Address("park", "note")) == "好\ufffd"


def test_that_a_figure_that_could_not_be_read_back_is_refused_and_the_rest_goes_on(draft):
    with pytest.raises(ContentRefused, match="无法保存"):
        commit(draft, typed("park/area", None, Decimal("1E+60")))

    assert commit(draft, typed("park/area", None, Decimal("12"))).revision == 1


def test_that_an_action_is_written_whole_or_not_at_all(draft):
    two = (
        ValueChange(Address("park", "area"), None, Decimal("12")),
        ValueChange(Address("park", "share"), None, Decimal("NaN")),
    )

    with pytest.raises(ContentRefused):
        commit(draft, ChangeSet("导入", two))
    loaded = reopened(draft)
    assert same(loaded.answers) == same(small_plan())
    assert loaded.whole


SETTINGS = [*database._SETTINGS, database._JOURNAL]


def test_that_the_settings_are_those_the_measurements_rest_on(draft):
    for name, _, expected in SETTINGS:
        row = draft.database.conn.execute(f"PRAGMA {name}").fetchone()
        assert row is None or row[0] == expected, name
    assert draft.database.conn.execute("PRAGMA application_id").fetchone()[0] == 0x59554345
    assert draft.database.conn.execute("PRAGMA user_version").fetchone()[0] == 2


@pytest.mark.parametrize("setting", [name for name, _, _ in SETTINGS])
def test_that_a_draft_is_not_opened_without_a_setting(draft, setting):
    draft.close()

    class Deaf(sqlite3.Connection):
        """SQLite answers to an unknown setting as to a good one: with silence."""

        def execute(self, sql, *rest):
            if sql.startswith(f"PRAGMA {setting} ="):
                other = {"journal_mode": "DELETE", "locking_mode": "NORMAL"}.get(setting)
                other = other or {"mmap_size": "65536", "trusted_schema": "ON"}.get(setting, "OFF")
                sql = f"PRAGMA {setting} = {other}"
            return super().execute(sql, *rest)

    with pytest.raises(DraftSettingsRefused, match=setting):
        Draft.open(draft.folder, connection=Deaf)


def test_that_tables_refuse_what_is_not_text(draft):
    tables = draft.database.conn.execute("SELECT name, strict FROM pragma_table_list").fetchall()

    ours = {name: strict for name, strict in tables if not name.startswith(("sqlite_", "_"))}
    assert set(ours) == {"meta", "value", "row_order", "action", "change", "picture", "kept"}
    assert all(ours.values())


class LyingConnection(sqlite3.Connection):
    """Reports a disk error at COMMIT, before or after it was done."""

    lies = ""

    def execute(self, sql, *rest):
        if sql == "COMMIT" and LyingConnection.lies:
            if LyingConnection.lies == "done":
                super().execute(sql)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return super().execute(sql, *rest)


@pytest.fixture
def lying_draft(draft, monkeypatch):
    draft.close()
    with Draft.open(draft.folder, connection=LyingConnection) as opened:
        yield opened
        monkeypatch.setattr(LyingConnection, "lies", "")


def test_that_a_commit_that_stands_is_not_called_failed(lying_draft, monkeypatch):
    monkeypatch.setattr(LyingConnection, "lies", "done")

    saved = commit(lying_draft, typed("park/area", None, Decimal("12")))

    monkeypatch.setattr(LyingConnection, "lies", "")
    assert saved.revision == lying_draft.meta.revision == 1
    assert commit(lying_draft, typed("park/area", Decimal("12"), Decimal("13"))).revision == 2


def test_that_a_commit_that_failed_is_told_and_can_be_tried_again(lying_draft, monkeypatch):
    monkeypatch.setattr(LyingConnection, "lies", "not done")
    changes = typed("park/area", None, Decimal("12"))

    with pytest.raises(WriteFailed, match="磁盘报告读写错误"):
        commit(lying_draft, changes)

    monkeypatch.setattr(LyingConnection, "lies", "")
    assert lying_draft.load().answers.get(Address("park", "area")) is None
    assert commit(lying_draft, changes).revision == 1


def test_that_a_full_disk_is_told_and_loses_nothing(draft):
    pages = draft.database.conn.execute("PRAGMA page_count").fetchone()[0]
    draft.database.conn.execute(f"PRAGMA max_page_count = {pages}")
    long_text = "水" * 200_000

    with pytest.raises(DiskFull, match="磁盘空间不足"):
        commit(draft, typed("park/note", None, long_text))
    assert draft.load().whole

    draft.database.conn.execute("PRAGMA max_page_count = 1000000")
    assert commit(draft, typed("park/note", None, long_text)).revision == 1
    assert reopened(draft).answers.get(Address("park", "note")) == long_text


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses to replace an open file")
@pytest.mark.parametrize("how", ["replaced", "removed"])
def test_that_nothing_is_written_once_the_file_was_taken_away(draft, how):
    path = draft.folder / DRAFT_NAME
    path.rename(draft.folder / "away.sqlite")
    if how == "replaced":
        shutil.copy(draft.folder / "away.sqlite", path)

    with pytest.raises(DraftReplaced, match="移动、删除或替换"):
        commit(draft, typed("park/area", None, Decimal("12")))


def test_that_a_folder_without_a_draft_is_told(tmp_path, draft):
    with pytest.raises(DraftMissing):
        Draft.open(tmp_path / "nowhere")
    with pytest.raises(DraftExists):
        Draft.create(draft.folder, some_meta())


@pytest.mark.parametrize("content", [b"", b"hello" * 1000])
def test_that_another_file_in_its_place_is_not_taken_for_a_draft(draft, content):
    draft.close()
    (draft.folder / DRAFT_NAME).write_bytes(content)

    with pytest.raises(DamagedDraft):
        Draft.open(draft.folder)


def test_that_a_draft_of_a_newer_program_is_left_alone(draft):
    draft.database.conn.execute("PRAGMA user_version = 3")
    draft.close()
    before = (draft.folder / DRAFT_NAME).read_bytes()

    with pytest.raises(NewerFormat, match="请升级园策"):
        Draft.open(draft.folder)
    assert (draft.folder / DRAFT_NAME).read_bytes() == before


def test_that_a_planted_trigger_is_refused(draft):
    draft.database.conn.execute(
        "CREATE TRIGGER evil AFTER UPDATE ON meta BEGIN DELETE FROM value; END"
    )
    draft.close()

    with pytest.raises(DamagedDraft, match="触发器"):
        Draft.open(draft.folder)


def test_that_a_killed_creation_is_no_draft_and_can_be_repeated(tmp_path):
    folder = tmp_path / "draft"
    folder.mkdir()
    (folder / ".new-draft.sqlite").write_bytes(b"half")

    with pytest.raises(DraftMissing):
        Draft.open(folder)
    with Draft.create(folder, some_meta(), small_plan()) as draft:
        assert draft.load().whole


def test_that_a_plan_that_could_not_be_read_back_makes_no_draft(tmp_path):
    answers = answers_of([(Address("park", "area"), Decimal("1E+60"))], [])

    with pytest.raises(ContentRefused):
        Draft.create(tmp_path / "draft", some_meta(), answers)
    with pytest.raises(DraftMissing):
        Draft.open(tmp_path / "draft")


def test_that_pictures_come_back_and_are_never_mixed_up(draft):
    assert draft.add_picture(JPEG, "厂区.jpg", at=NOON) == next(
        name for name, content in PICTURES.items() if content == JPEG
    )
    for name, content in PICTURES.items():
        assert draft.picture(name) == content
    with pytest.raises(PictureRefused, match="页面"):
        draft.add_picture(b"<html>", "页面.png", at=NOON)


def test_that_a_damaged_or_lost_picture_is_named(draft):
    name = draft.add_picture(PNG + b"1", "区位图.png", at=NOON)
    (draft.folder / "pictures" / name).write_bytes(PNG)
    with pytest.raises(PictureMissing, match="区位图"):
        draft.picture(name)
    (draft.folder / "pictures" / name).unlink()
    with pytest.raises(PictureMissing, match="区位图"):
        draft.picture(name)

    draft.add_picture(PNG + b"1", at=NOON)
    assert draft.picture(name) == PNG + b"1"


def test_that_pictures_inside_prose_travel_and_unused_ones_stay(draft):
    unused = draft.add_picture(PNG + b"unused", at=NOON)
    used = draft.add_picture(PNG + b"used", at=NOON)
    commit(draft, typed("park/text", None, f"如图。\n\n![工艺]({used})"))

    plan = draft.to_plan_file("园策 0.2")

    assert used in plan.pictures
    assert unused not in plan.pictures
    assert plan.meta.program == "园策 0.2"
    assert read_plan(pack_plan(plan)).pictures == plan.pictures


def test_that_names_and_completion_are_kept_without_a_new_revision(draft):
    draft.describe(title="新标题", park="新园区", completion="37")

    loaded = reopened(draft)
    assert (loaded.meta.title, loaded.meta.park, loaded.completion) == ("新标题", "新园区", "37")
    assert (loaded.meta.revision, loaded.whole) == (0, True)


def test_that_the_draft_knows_how_a_plan_file_stands_to_it(draft, tmp_path):
    sent = open_plan(send_out(draft, tmp_path / "方案.yuance"))
    assert relation(draft, sent) == "same"
    commit(draft, typed("park/area", None, Decimal("12")))
    assert relation(draft, sent) == "draft newer"

    def changed(*lineage: str) -> PlanFile:
        meta = replace(sent.meta, root="1-" + "1" * 64, parent_root="")
        return replace(sent, meta=meta, lineage=lineage)

    assert relation(draft, changed("2-" + "2" * 64, draft.meta.root)) == "file newer"
    assert relation(draft, changed("2-" + "2" * 64, sent.meta.root)) == "both changed"
    assert relation(draft, changed("2-" + "2" * 64)) == "unknown"
    old = changed()
    old = replace(old, meta=replace(old.meta, parent_root=draft.meta.root))
    assert relation(draft, old) == "file newer"


def test_that_a_plan_file_is_taken_over_as_one_action_after_a_snapshot(draft):
    theirs = apply_changes(small_plan(), typed("park/name", "青峰经济开发区", "他们的名字"))
    plan = replace(draft.to_plan_file(), answers=theirs)
    plan = read_plan(pack_plan(plan))

    take_over(draft, plan, who="王工", at=NOON)

    assert same(draft.load().answers) == same(theirs)
    assert relation(draft, plan) == "same"
    assert history(draft)[0].action.source == "import"
    assert [each.name.split("-")[-1] for each in (draft.folder / "snapshots").glob("*.sqlite")] == [
        "import.sqlite"
    ]


def test_that_an_empty_draft_opens_empty(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta()) as draft:
        assert draft.load().answers == Answers()
        later = NOON + timedelta(hours=1)
        commit(draft, typed("park/name", None, "甲"), at=later)
        commit(draft, typed("park/name", "甲", None), at=later)
        assert draft.load().answers == Answers()
        assert draft.meta.changed == later
