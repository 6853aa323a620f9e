"""dump and load: a plan goes out as data and comes back the same."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256

import pytest

from storage import open_plan
from tests.commands.filling import picture
from tests.commands.verbs import ROOT, good, started, within

MANUAL = ROOT / "docs" / "plan-json.md"


def dump(capsys, path) -> str:
    return good(within(capsys, "dump", path))


def loaded(capsys, tmp_path, data) -> dict:
    """What a plan made from data dumps."""
    source, target = tmp_path / "数据.json", tmp_path / "载入.yuance"
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    source.write_text(text, encoding="utf-8")
    good(within(capsys, "load", source, target))
    return json.loads(dump(capsys, target))


def data_of(pack, **sections) -> dict:
    return {"format": "yuance-plan", "version": 1, "pack": pack.id, "sections": sections}


def test_that_a_dump_loads_and_dumps_the_same(full_plan, tmp_path, capsys):
    first = started("dump", full_plan)
    source, target = tmp_path / "a.json", tmp_path / "b.yuance"
    source.write_text(good(first), encoding="utf-8")

    good(started("load", source, target))

    assert good(started("dump", target)) == first.out
    ours, theirs = open_plan(full_plan), open_plan(target)
    assert theirs.answers == ours.answers
    assert theirs.pictures == ours.pictures
    assert len(ours.pictures) == 1
    assert theirs.meta == ours.meta


def test_that_a_dump_is_sorted_and_readable(full_plan, capsys):
    text = dump(capsys, full_plan)

    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, indent=1)
    assert text == again + "\n"
    assert "青湖经济技术开发区" in text


def test_that_a_dump_keeps_the_revision_and_its_parent(plan, capsys, tmp_path):
    good(within(capsys, "set", plan, "cover/compiler=管委会"))
    data = json.loads(dump(capsys, plan))

    assert data["plan"]["revision"] == 2
    assert loaded(capsys, tmp_path, data) == data


def test_that_changed_data_is_the_next_revision_of_the_same_plan(plan, capsys, tmp_path):
    data = json.loads(dump(capsys, plan))
    data["sections"]["cover"]["park_name"] = "东湖高新区"

    after = loaded(capsys, tmp_path, data)["plan"]

    assert after["plan_id"] == data["plan"]["plan_id"]
    assert after["revision"] == data["plan"]["revision"] + 1
    assert after["parent_root"] == data["plan"]["root"]
    assert after["root"] != data["plan"]["root"]


def test_that_data_without_history_is_a_new_plan(capsys, tmp_path, pack):
    data = data_of(pack, cover={"park_name": "青湖"})

    one, two = (loaded(capsys, tmp_path, data)["plan"] for _ in range(2))

    assert one["plan_id"] != two["plan_id"]
    assert one["revision"] == 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1.10", "1.10"),
        ("100", "100"),
        ("0.1", "0.1"),
        ("12345678901234567.123456789", "12345678901234567.123456789"),
        ("1.5e3", "1500"),
        ('"2.50"', "2.50"),
        ('"1,234.5"', "1234.5"),
    ],
)
def test_that_numbers_are_never_rounded(capsys, tmp_path, pack, written, kept):
    text = json.dumps(data_of(pack, economy={"output": {"gdp": {"2025": "HERE"}}}))

    found = loaded(capsys, tmp_path, text.replace('"HERE"', written))

    assert found["sections"]["economy"]["output"]["gdp"]["2025"] == kept


def test_that_rows_without_an_id_get_one(capsys, tmp_path, pack):
    rows = [{"name": "一"}, {"id": "p7", "name": "二"}]

    found = loaded(capsys, tmp_path, data_of(pack, projects={"list": rows}))

    first, second = found["sections"]["projects"]["list"]
    assert re.fullmatch(r"r[2-9a-z]{8}", first["id"])
    assert second == {"id": "p7", "name": "二"}


def test_that_a_file_with_a_byte_order_mark_loads(capsys, tmp_path, pack):
    text = "\ufeff" + json.dumps(data_of(pack, cover={"park_name": "青湖"}))

    assert loaded(capsys, tmp_path, text)["sections"]["cover"]["park_name"] == "青湖"


def test_that_values_the_pack_does_not_know_survive(capsys, tmp_path, pack):
    data = data_of(pack) | {"other": {"retired/old": {"decimal": "3.140"}}}

    assert loaded(capsys, tmp_path, data)["other"] == data["other"]


def test_that_pictures_come_as_base64(capsys, tmp_path, pack):
    name = sha256(picture()).hexdigest()
    shown = {
        "sha256": name, "name": "图.png", "media_type": "image/png", "width": 60, "height": 40,
    }  # fmt: skip
    data = data_of(pack, overview={"location_map": shown}) | {
        "pictures": {name: base64.b64encode(picture()).decode()}
    }

    found = loaded(capsys, tmp_path, data)

    assert found["sections"]["overview"]["location_map"] == shown
    assert found["pictures"] == data["pictures"]


def test_that_the_example_of_the_manual_loads_and_comes_back(capsys, tmp_path):
    examples = re.findall(r"```json\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    whole = [text for text in examples if '"format"' in text]
    assert len(whole) == 1

    found = loaded(capsys, tmp_path, whole[0])

    given = json.loads(whole[0])
    assert found["pictures"] == given["pictures"]
    assert found["plan"]["plan_id"] == given["plan"]["plan_id"]
    assert as_texts(found["sections"]) == as_texts(given["sections"])


def as_texts(data: object) -> object:
    """Data with its numbers as text, as a dump writes figures."""
    match data:
        case dict():
            return {key: as_texts(value) for key, value in data.items()}
        case list():
            return [as_texts(value) for value in data]
        case bool():
            return data
        case _:
            return str(data)
