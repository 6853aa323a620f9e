"""new and set: what is typed at an address stands there, to the last digit."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from storage import open_plan
from tests.commands.filling import picture
from tests.commands.verbs import files_in, good, started, within


def dumped(capsys, path) -> dict:
    return json.loads(good(within(capsys, "dump", path)))


def values(capsys, path) -> dict:
    return dumped(capsys, path)["sections"]


def test_that_a_new_plan_has_the_rows_its_pack_offers(tmp_path, capsys, pack):
    path = tmp_path / "新.yuance"

    said = good(started("new", "--pack", pack.id, path))

    assert str(path) in said
    rows = values(capsys, path)["energy"]["balance"]
    assert [row["id"] for row in rows] == [f"s{number + 1}" for number in range(len(rows))]
    assert len({row["fuel"] for row in rows}) == len(rows)
    assert open_plan(path).meta.revision == 1


def test_that_a_new_plan_takes_values_after_one_set_or_several(tmp_path, capsys):
    path = tmp_path / "新.yuance"

    good(
        within(
            capsys, "new", path, "--set", "cover/park_name=青湖", "period/base_year=2025",
            "--set", "period/target_year=2030年",
        )
    )  # fmt: skip

    found = values(capsys, path)
    assert found["cover"]["park_name"] == "青湖"
    assert found["period"] == {"base_year": 2025, "target_year": 2030}
    assert open_plan(path).meta.park == "青湖"


def test_that_many_values_are_one_revision(plan, capsys):
    before = open_plan(plan).meta

    good(started("set", plan, "cover/compiler=管委会", "economy/output/gdp/2025=120.50"))

    after = open_plan(plan).meta
    assert after.revision == before.revision + 1
    assert after.parent_root == before.root
    assert after.plan_id == before.plan_id
    assert after.created == before.created


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("100", "100"),
        ("100.00", "100.00"),
        ("0.10", "0.10"),
        ("12345678901234567890.12", "12345678901234567890.12"),
        ("１，２３４．５", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1.25亿元", "12500"),
    ],
)
def test_that_a_figure_keeps_its_digits(plan, capsys, typed, kept):
    good(within(capsys, "set", plan, f"projects/list/p1/invest_total={typed}"))

    assert values(capsys, plan)["projects"]["list"][0]["invest_total"] == kept


def test_that_a_value_may_hold_an_equals_sign_and_lines(plan, capsys):
    text = "产值＝总量\n\n1. a=b\n2. c"

    good(within(capsys, "set", plan, f"overview/history={text}"))

    assert values(capsys, plan)["overview"]["history"] == text


def test_that_an_empty_value_clears(plan, capsys):
    good(within(capsys, "set", plan, "cover/park_name="))

    assert "cover" not in values(capsys, plan)


def test_that_rows_are_added_filled_and_removed(plan, capsys):
    good(
        within(
            capsys, "set", plan,
            "projects/list/p2=+", "projects/list/p2/name=中水", "projects/list/p2/invest/2027=3",
        )
    )  # fmt: skip
    rows = values(capsys, plan)["projects"]["list"]
    assert [row["id"] for row in rows] == ["p1", "p2"]
    assert rows[1]["invest"] == {"2027": "3"}

    good(within(capsys, "set", plan, "projects/list/p1=-", "projects/list/p2=-"))

    assert "projects" not in values(capsys, plan)


def test_that_setting_what_stands_there_writes_nothing(plan, tmp_path, capsys):
    before = files_in(tmp_path)

    said = good(within(capsys, "set", plan, "cover/park_name=青湖经济技术开发区"))

    assert "没有变化" in said
    assert files_in(tmp_path) == before


def test_that_a_picture_is_carried_in_the_plan(plan, tmp_path, capsys):
    drawing = tmp_path / "区位图.png"
    drawing.write_bytes(picture())
    name = sha256(picture()).hexdigest()

    good(started("set", plan, f"overview/location_map={drawing}"))
    drawing.unlink()

    found = values(capsys, plan)["overview"]["location_map"]
    assert found == {
        "height": 40, "media_type": "image/png", "name": "区位图.png", "sha256": name, "width": 60,
    }  # fmt: skip
    assert open_plan(plan).pictures == {name: picture()}


def test_that_a_picture_no_value_shows_any_more_leaves_the_plan(plan, tmp_path, capsys):
    drawing = tmp_path / "a.png"
    drawing.write_bytes(picture())
    good(within(capsys, "set", plan, f"overview/location_map={drawing}"))

    good(within(capsys, "set", plan, "overview/location_map="))

    assert open_plan(plan).pictures == {}
