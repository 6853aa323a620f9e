"""Plan files: what comes back is what went out, or it is refused with a reason."""

from __future__ import annotations

import io
import json
import random
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from forms.address import Address
from forms.answers import Answers, answers_of
from forms.values import Cut, Picture
from storage import archive, plan_file
from storage.archive import pack_archive, read_archive
from storage.codec import dump
from storage.errors import (
    DamagedPlanFile,
    NewerFormat,
    NotAPlanFile,
    PictureMissing,
    PlanFileError,
    PlanFileTooLarge,
    ReadFailed,
)
from storage.plan_file import PlanFile, open_plan, pack_plan, read_plan, save_plan
from storage.rows import picture_names, root_of, rows_of
from tests.storage.plans import PICTURES, PNG, random_answers, same, small_plan, some_meta

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = PlanFile(some_meta("0" * 8), small_plan(), PICTURES, (f"5-{'5' * 64}",), "王工")
CONTENT = pack_plan(PLAN)


def repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The small plan with parts changed by hand, in an archive without a scratch."""
    parts = read_archive(CONTENT)
    change(parts)
    return pack_archive(parts)


def with_manifest(change: Callable[[dict], object]) -> bytes:
    def edit(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        change(manifest)
        parts["manifest.json"] = dump(manifest)

    return repacked(edit)


def with_plan(change: Callable[[dict], object]) -> bytes:
    """The small plan with another plan.json, and a manifest that agrees with it."""

    def edit(parts: dict[str, bytes]) -> None:
        plan, manifest = (json.loads(parts[name]) for name in ("plan.json", "manifest.json"))
        change(plan)
        parts["plan.json"] = dump(plan)
        manifest["parts"]["plan.json"] = {
            "bytes": len(parts["plan.json"]),
            "sha256": plan_file.sha256(parts["plan.json"]).hexdigest(),
        }
        parts["manifest.json"] = dump(manifest)

    return repacked(edit)


@given(random_answers())
def test_that_every_plan_comes_back_to_the_last_digit(answers):
    plan = PlanFile(some_meta(), answers, PICTURES)

    found = read_plan(pack_plan(plan))

    assert same(found.answers) == same(answers)
    assert found.pictures == PICTURES
    assert found.meta == replace(plan.meta, root=str(root_of(answers)))
    assert pack_plan(found) == pack_plan(plan)


def test_that_the_file_says_what_it_is_at_its_start():
    assert CONTENT[30:58] == b"mimetypeapplication/x-yuance"


def test_that_no_flipped_byte_changes_a_plan_unnoticed():
    expected = read_plan(CONTENT)
    refused = 0
    for at in range(len(CONTENT)):
        damaged = bytearray(CONTENT)
        damaged[at] ^= 1 << (at % 8)
        try:
            found = read_plan(bytes(damaged))
        except PlanFileError:
            refused += 1
        else:
            assert (found.meta, found.pictures) == (expected.meta, expected.pictures)
            assert (found.lineage, found.by) == (expected.lineage, expected.by)
            assert same(found.answers) == same(expected.answers)
    assert refused > len(CONTENT) * 0.8


def test_that_no_truncated_or_extended_file_is_taken():
    for length in range(0, len(CONTENT), 5):
        with pytest.raises(PlanFileError):
            read_plan(CONTENT[:length])
    with pytest.raises(DamagedPlanFile):
        read_plan(CONTENT + b"\0" * 7)
    with pytest.raises(DamagedPlanFile, match="截断"):
        read_plan(CONTENT[:900])


def test_that_an_altered_figure_is_refused_though_the_archive_is_sound():
    def raise_invest(plan: dict) -> None:
        plan["values"]["projects/list/p1/invest/2024"] = {"decimal": "9.50"}

    forged = with_plan(raise_invest)
    with zipfile.ZipFile(io.BytesIO(forged)) as trusting:  # a reader without our checks takes it
        assert trusting.testzip() is None

    with pytest.raises(DamagedPlanFile, match="校验根"):
        read_plan(forged)
    with pytest.raises(DamagedPlanFile, match="清单"):
        read_plan(repacked(lambda parts: parts.update({"plan.json": parts["plan.json"] + b" "})))


def test_that_parts_of_two_files_are_not_mixed():
    other = read_archive(pack_plan(replace(PLAN, meta=replace(PLAN.meta, revision=9))))

    with pytest.raises(DamagedPlanFile):
        read_plan(repacked(lambda parts: parts.update({"manifest.json": other["manifest.json"]})))


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan.update(extra=1),
        lambda plan: plan["meta"].update(extra="x"),
        lambda plan: plan["meta"].pop("title"),
        lambda plan: plan["meta"].update(plan_id="../../etc"),
        lambda plan: plan["meta"].update(created="2026-03-01T12:00:00"),
        lambda plan: plan["meta"].update(revision=True),
        lambda plan: plan["values"].update({"park/name": {"text": "a", "decimal": "1"}}),
        lambda plan: plan["values"].update({"park/name": {"decimal": "1e5"}}),
        lambda plan: plan["values"].update({"park/name": {"decimal": 1}}),
        lambda plan: plan["values"].update({"park/name": {"text": "\ud800"}}),
        lambda plan: plan["values"].update({" park/name": {"text": "a"}}),
        lambda plan: plan["values"].update({"park": {"text": "a"}}),
        lambda plan: plan["orders"].update({"projects/list": ["p0", "p0"]}),
        lambda plan: plan["orders"].update({"projects/list": ["../p0"]}),
    ],
)
def test_that_a_plan_of_another_shape_is_refused(change):
    def edit(plan: dict) -> None:
        change(plan)

    with pytest.raises(DamagedPlanFile):
        read_plan(with_surrogates(edit))


def with_surrogates(edit: Callable[[dict], object]) -> bytes:
    """As `with_plan`, also for text that is no UTF-8: JSON can spell it all the same."""

    def change(parts: dict[str, bytes]) -> None:
        plan, manifest = (json.loads(parts[name]) for name in ("plan.json", "manifest.json"))
        edit(plan)
        content = json.dumps(plan).encode()
        parts["plan.json"] = content
        digest = plan_file.sha256(content).hexdigest()
        manifest["parts"]["plan.json"] = {"bytes": len(content), "sha256": digest}
        parts["manifest.json"] = dump(manifest)

    return repacked(change)


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "a": 2}', '{"a": 0.5}', '{"a": NaN}', "[]", "[" * 100_000, '{"a": ' * 50_000],
)
def test_that_odd_json_is_refused(text):
    with pytest.raises(DamagedPlanFile):
        read_plan(repacked(lambda parts: parts.update({"manifest.json": text.encode()})))


def test_that_a_newer_format_asks_for_a_newer_program():
    newer = with_manifest(lambda manifest: manifest.update(format=3, secrets="of tomorrow"))

    with pytest.raises(NewerFormat, match="请升级园策"):
        read_plan(newer)


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan.update(lineage=["no root"]),
        lambda plan: plan.update(lineage=[f"5-{'5' * 64}"] * 51),
        lambda plan: plan.update(by="长" * 501),
        lambda plan: plan.pop("lineage"),
    ],
)
def test_that_an_odd_lineage_is_refused(change):
    with pytest.raises(DamagedPlanFile):
        read_plan(with_plan(change))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", CONTENT[30:], PNG])
def test_that_another_file_is_told_to_be_no_plan(content):
    with pytest.raises(NotAPlanFile, match=r"\.yuance.*重新发送"):
        read_plan(content)


def test_that_an_ordinary_zip_is_no_plan():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("word/document.xml", "<xml/>")

    with pytest.raises(NotAPlanFile):
        read_plan(out.getvalue())


def hostile(build: Callable[[zipfile.ZipFile], object], **options) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as zipped:
        zipped.writestr("mimetype", archive.MIMETYPE)
        build(zipped)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "build",
    [
        lambda zipped: [zipped.writestr("plan.json", "{}") for _ in range(2)],
        lambda zipped: zipped.writestr("../plan.json", "{}"),
        lambda zipped: zipped.writestr("plan.json", "{}", zipfile.ZIP_BZIP2),
        lambda zipped: zipped.writestr("plan.json", " " * (40 << 20), zipfile.ZIP_DEFLATED),
        lambda zipped: setattr(zipped, "comment", b"hidden"),
        lambda zipped: zipped.writestr(zipfile.ZipInfo("pictures/"), ""),
    ],
)
def test_that_a_hostile_archive_is_refused(build):
    with pytest.raises(DamagedPlanFile):
        read_plan(hostile(build))


def test_that_a_gap_between_parts_is_refused():
    at = CONTENT.index(b"PK\x03\x04", 4)

    with pytest.raises(DamagedPlanFile):
        read_plan(CONTENT[:at] + b"hidden" + CONTENT[at:])


def test_that_a_picture_the_plan_needs_must_travel_with_it():
    with pytest.raises(PictureMissing):
        pack_plan(replace(PLAN, pictures={}))
    with pytest.raises(PictureMissing):
        pack_plan(replace(PLAN, pictures={"0" * 64: PNG}))
    name = next(iter(PICTURES))
    with pytest.raises(DamagedPlanFile):
        read_plan(repacked(lambda parts: parts.pop(f"pictures/{name}")))


def test_that_the_original_of_a_cropped_picture_travels_but_is_not_needed():
    """Without it the plan can still be handed on; only 还原原图 is gone."""
    shown, original = PICTURES
    picture = Picture(shown, "图.png", "image/png", 8, 6, Cut(original, 1, 0, 0, 8, 6))
    answers = PLAN.answers.with_value(Address("overview", "map"), picture)
    alone = {shown: PICTURES[shown]}
    assert picture_names(rows_of(answers)) >= {shown, original}
    found = read_plan(pack_plan(replace(PLAN, answers=answers, pictures=PICTURES)))
    assert found.pictures == PICTURES

    bare = answers_of([(Address("overview", "map"), picture)], [])
    assert read_plan(pack_plan(replace(PLAN, answers=bare, pictures=alone))).pictures == alone
    with pytest.raises(PictureMissing):
        pack_plan(replace(PLAN, answers=bare, pictures={original: PICTURES[original]}))


def test_that_a_program_disguised_as_a_picture_is_refused():
    content = b"MZ\x90\x00 not a picture"
    name = archive_name(content)

    def smuggle(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"][f"pictures/{name}"] = {"bytes": len(content), "sha256": name}
        parts[f"pictures/{name}"] = content
        parts["manifest.json"] = dump(manifest)

    with pytest.raises(DamagedPlanFile, match="不是可用的图片"):
        read_plan(repacked(smuggle))


def archive_name(content: bytes) -> str:
    return plan_file.sha256(content).hexdigest()


def test_that_values_of_places_the_pack_no_longer_knows_are_kept():
    answers = answers_of([(Address("retired_2024", "gone"), Decimal("3.140"))], [])

    assert same(read_plan(pack_plan(PlanFile(some_meta(), answers))).answers) == same(answers)


def test_that_a_long_monotonous_text_can_be_sent_and_read():
    """It deflates like a bomb; what we write we must be able to read."""
    answers = answers_of([(Address("a", "b"), "。" * 5_000_000)], [])

    assert same(read_plan(pack_plan(PlanFile(some_meta(), answers))).answers) == same(answers)


def test_that_a_file_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "方案.yuance"
    path.write_bytes(CONTENT)
    monkeypatch.setattr(plan_file, "MAX_FILE_BYTES", 100)

    with pytest.raises(PlanFileTooLarge, match="过大"):
        open_plan(path)
    with pytest.raises(PlanFileTooLarge):
        read_plan(CONTENT)


def test_that_a_saved_plan_opens_again(tmp_path):
    path = save_plan(tmp_path / "方案.yuance", PLAN)

    found = open_plan(path)

    assert (same(found.answers), found.pictures) == (same(PLAN.answers), PICTURES)
    with pytest.raises(ReadFailed, match="文件不存在"):
        open_plan(tmp_path / "不在.yuance")


def test_that_saving_over_an_older_plan_that_fails_leaves_the_older_one(tmp_path):
    path = save_plan(tmp_path / "方案.yuance", PLAN)
    broken = answers_of([(Address("a", "b"), Picture("f" * 64, "缺.png", "image/png", 1, 1))], [])

    with pytest.raises(PictureMissing):
        save_plan(path, PlanFile(some_meta(), broken))
    assert path.read_bytes() == CONTENT


def test_that_an_empty_plan_travels_too():
    assert same(read_plan(pack_plan(PlanFile(some_meta(), Answers()))).answers) == (set(), {})


def test_that_random_bytes_never_break_the_reader():
    chance = random.Random(7)
    for _ in range(300):
        damaged = bytearray(CONTENT)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        start = chance.randrange(len(damaged))
        if chance.random() < 0.3:
            del damaged[start : start + chance.randrange(400)]
        try:
            found = read_plan(bytes(damaged))
        except PlanFileError:
            continue
        assert same(found.answers) == same(PLAN.answers)
