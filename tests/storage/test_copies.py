"""Copies at a second place: one a day, the last ten, and nothing of anybody else's touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.copies import COPIES, keep_copy
from storage.errors import StorageError
from storage.plan_file import PlanFile, open_plan
from tests.storage.plans import NOON, PICTURES, PNG, names, same, small_plan, some_meta


@pytest.fixture
def plan():
    pictures = {name: content for name, content in PICTURES.items() if content == PNG}
    return PlanFile(some_meta(), small_plan(), pictures)


@pytest.fixture
def places(tmp_path):
    """The folder of the draft and the second place."""
    for name in ("draft", "second"):
        (tmp_path / name).mkdir()
    return tmp_path / "draft", tmp_path / "second"


def test_that_a_copy_is_a_whole_plan_file_named_by_plan_and_day(plan, places):
    draft, second = places

    written = keep_copy(plan, draft, second, NOON)

    assert same(open_plan(written).answers) == same(plan.answers)
    assert (
        written.name == f"青峰经济开发区循环化改造实施方案-{plan.meta.plan_id[:8]}-20260301.yuance"
    )


def test_that_a_day_has_one_copy_and_the_last_ten_days_stay(plan, places):
    draft, second = places
    (second / "别人的.yuance").write_bytes(b"x")
    keep_copy(plan, draft, second, NOON)
    for day in range(1, COPIES + 3):
        for hour in (0, 2):
            keep_copy(plan, draft, second, NOON + timedelta(days=day, hours=hour))

    days = [name[-15:-7] for name in names(second) if name != "别人的.yuance"]
    assert days == [f"202603{day:02}" for day in range(4, 14)]
    assert (second / "别人的.yuance").exists()


def test_that_without_its_register_nothing_is_removed(plan, places):
    draft, second = places
    for day in range(COPIES):
        keep_copy(plan, draft, second, NOON + timedelta(days=day))
    (draft / "copies.json").unlink()
    keep_copy(plan, draft, second, NOON + timedelta(days=COPIES))

    assert len(names(second)) == COPIES + 1


def test_that_a_title_no_file_may_have_is_made_plain(plan, places):
    odd = replace(plan, meta=replace(plan.meta, title='../一/期:"扩区"'))

    assert keep_copy(odd, places[0], places[1], NOON).name.startswith("一期扩区-")


def test_that_a_place_that_is_gone_is_a_sentence(plan, places):
    draft, second = places
    second.rmdir()

    with pytest.raises(StorageError, match="找不到文件夹"):
        keep_copy(plan, draft, second, NOON)
