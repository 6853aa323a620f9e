"""dump and load: a plan goes out as data and comes back the same."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
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


def example() -> dict:
    """The one complete example of the manual."""
    examples = re.findall(r"```json\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 1
    return json.loads(examples[0])


def test_that_the_example_of_the_manual_loads_and_comes_back(capsys, tmp_path):
    given = example()

    found = loaded(capsys, tmp_path, given)

    assert found["sections"] == given["sections"]
    assert found["pictures"] == given["pictures"]
    assert found["plan"]["plan_id"] == given["plan"]["plan_id"]


def misfits(schema: dict, data: object, where: str = "") -> Iterator[str]:
    """Where data does not fit a schema; knows the words of JSON Schema that ours uses."""
    types = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    wanted = types.get(schema.get("type", ""), object)
    if not isinstance(data, wanted) or (wanted is int and isinstance(data, bool)):
        yield f"{where} is no {schema['type']}"
        return
    if data not in schema.get("enum", [data]) or data != schema.get("const", data):
        yield f"{where} is not allowed: {data}"
    if isinstance(data, str) and not re.search(schema.get("pattern", ""), data):
        yield f"{where} is not written as {schema['pattern']}"
    if isinstance(data, dict):
        yield from (f"{where} lacks {key}" for key in schema.get("required", []) if key not in data)
        for key, value in data.items():
            inner = schema.get("properties", {}).get(key) or next(
                (kind for pattern, kind in schema.get("patternProperties", {}).items()
                 if re.search(pattern, key)), schema.get("additionalProperties", {}),
            )  # fmt: skip
            if inner is False:
                yield f"{where}/{key} is unknown"
            else:
                yield from misfits(inner, value, f"{where}/{key}")
    if isinstance(data, list):
        for number, value in enumerate(data):
            yield from misfits(schema.get("items", {}), value, f"{where}/{number}")


def test_that_dumps_and_the_manual_fit_the_schema(full_plan, capsys):
    schema = json.loads(good(within(capsys, "addresses", "--schema")))

    assert list(misfits(schema, json.loads(dump(capsys, full_plan)))) == []
    assert list(misfits(schema, example())) == []
    wrong = example()
    wrong["sections"]["cover"]["park_level"] = "星际级"
    wrong["sections"]["projects"]["list"][0]["invest"] = {"26": "1"}
    assert len(list(misfits(schema, wrong))) == 2
