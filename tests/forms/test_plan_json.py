"""A plan as JSON data: nothing is lost, and what is wrong is named with its place."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import Answers
from forms.encoding import encode
from forms.loading import open_pack
from forms.plan_json import PlanJsonError, plan_from_json, plan_to_json
from forms.plan_schema import plan_schema
from forms.schema import Field, IndicatorTable, Table, YearTable
from forms.slots import slots_of
from tests.forms import plans
from tests.forms.plans import at
from tests.packs.loading import REAL, small_pack

PACK = small_pack()


def exact(answers: Answers) -> object:
    return (
        {str(a): encode(v) for a, v in answers.values()},
        {str(a): order for a, order in answers.orders()},
    )


def through_text(data: Any) -> Any:
    return json.loads(json.dumps(data, ensure_ascii=False), parse_float=Decimal)


@settings(max_examples=60)
@given(st.lists(plans.edits(), max_size=25))
def test_that_a_plan_goes_out_and_comes_back_without_loss(chain):
    answers = plans.applied(plans.sample(), chain)
    data = through_text(plan_to_json(PACK, answers))

    assert exact(plan_from_json(PACK, data)) == exact(answers)
    assert "other" not in data


def test_that_what_the_pack_no_longer_has_is_kept():
    answers = plans.sample()
    strays = {
        "cover/old_field": "旧值",
        "gone/list/r1/name": "旧行",
        "works/list/p1/old_column": Decimal("1.50"),
        "works/list/p9/name": "无序的行",
        "water/supply/rain/2024": Decimal(3),
        "overview/area/r1/x": 7,
        "outcomes/indicators/intensity/rate": Decimal(1),
        "works/list/p1/total/2024": Decimal(2),
    }
    for text, value in strays.items():
        answers = answers.with_value(at(text), value)
    answers = answers.with_value(at("overview/share"), Decimal(900))  # outside the limits of today
    answers = answers.with_value(at("cover/level"), "town")
    answers = answers.with_order(at("gone/list"), ("r1", "r2"))
    data = through_text(plan_to_json(PACK, answers))

    assert exact(plan_from_json(PACK, data)) == exact(answers)
    assert set(data["other"]) == {*strays, "overview/share", "cover/level", "gone/list"}


def test_that_the_sample_of_the_real_pack_comes_back_without_loss():
    file = REAL / "sample.json"
    pack = open_pack(REAL.name)
    answers = plan_from_json(
        pack, json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    )

    assert exact(plan_from_json(pack, through_text(plan_to_json(pack, answers)))) == exact(answers)
    assert len(list(answers.values())) > 500


def data(**sections: Any) -> dict[str, Any]:
    return {"format": "yuance-plan", "version": 1, "pack": "small", "sections": sections}


def test_that_rows_without_an_id_get_one():
    answers = plan_from_json(
        PACK, data(works={"list": [{"name": "甲"}, {"name": "乙"}, {"id": "p1"}]})
    )
    order = answers.order(at("works/list"))

    assert len(set(order)) == 3
    assert order[2] == "p1"
    assert answers.get(at("works/list").at(order[0], "name")) == "甲"


def test_that_values_may_be_written_as_people_write_them():
    answers = plan_from_json(
        PACK,
        data(
            cover={"level": "省级", "month": "2026年6月"},
            overview={"area": Decimal("12.50"), "share": 80, "tasks": ["节能降碳"], "map": None},
            water={"supply": {"surface": {"2025": "1,200"}}},
            outcomes={"output": "12000万元"},
            period={"with_text": False},
        ),
    )

    assert answers.get(at("cover/level")) == "province"
    assert answers.get(at("overview/tasks")) == ("carbon",)
    assert str(answers.get(at("overview/area"))) == "12.50"
    assert answers.get(at("water/supply/surface/2025")) == 1200
    assert answers.get(at("outcomes/output")) == Decimal("1.2")
    assert answers.get(at("overview/map")) is None


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ([], "“最外层”应为对象"),
        ({**data(), "format": "x"}, "format 应为“yuance-plan”"),
        ({**data(), "version": 9}, "version 应为 1"),
        ({**data(), "pack": "other"}, "政策包“other”，当前是“small”"),
        ({**data(), "notes": 1}, "不认识的键：notes"),
        (data(cover=[]), "“cover”应为对象"),
        (data(cover={"colour": "red"}), "没有“cover/colour”"),
        (data(overview={"area": "很大"}), "“overview/area”（规划面积）：“很大”不是数字"),
        (data(overview={"area": "1000"}), "“overview/area”（规划面积）：不能大于 999.5km²"),
        (data(overview={"area": True}), "“overview/area”（规划面积）：数值不能是"),
        (data(overview={"map": {"name": "a"}}), "图片缺少 sha256、media_type、width、height"),
        (
            data(
                overview={
                    "map": {
                        **{k: "a" for k in ("sha256", "name", "media_type", "height")},
                        "width": "4",
                    }
                }
            ),
            "应为整数",
        ),
        (data(energy={"total": "1"}), "“energy/total”由系统计算"),
        (data(works={"by_task": []}), "“works/by_task”由系统汇总"),
        (data(works={"list": {}}), "“works/list”应为行的列表"),
        (data(works={"list": ["p1"]}), "“works/list 第 1 行”应为对象"),
        (
            data(works={"list": [{"id": "p1"}, {"id": "p1"}]}),
            "“works/list”第 2 行的 id 应为不重复的文字",
        ),
        (data(works={"list": [{"id": 7}]}), "第 1 行的 id 应为"),
        (data(works={"list": [{"id": "a/b"}]}), "行号“a/b”不合规"),
        (data(works={"list": [{"id": "p1", "colour": "red"}]}), "没有地址“works/list/p1/colour”"),
        (data(works={"list": [{"id": "p1", "invest": {"26": "1"}}]}), "“26”应为四位年份"),
        (data(works={"list": [{"id": "p1", "invest": "1"}]}), "没有地址“works/list/p1/invest”"),
        (data(water={"supply": {"rain": {"2025": "1"}}}), "没有地址“water/supply/rain/2025”"),
        (data(water={"supply": {"surface": "1"}}), "“water/supply/surface”应为对象"),
        (data(outcomes={"indicators": {"intensity": {"rate": "1"}}}), "由系统计算"),
        ({**data(), "other": {"a": {"text": "x"}}}, "other 中的“a”不能识别"),
        ({**data(), "other": {"a/b": {"decimal": "x"}}}, "other 中的“a/b”不能识别"),
    ],
)
def test_that_what_is_no_plan_is_refused_with_its_place(bad, sentence):
    with pytest.raises(PlanJsonError, match=re.escape(sentence)) as refused:
        plan_from_json(PACK, bad)
    assert str(refused.value).endswith("。")


# -- Schema --------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [PACK, open_pack(REAL.name)], ids=lambda pack: pack.id)
def test_that_the_schema_has_a_place_for_every_value_that_can_be_typed_and_no_other(pack):
    schema: Any = plan_schema(pack)
    sections = schema["properties"]["sections"]["properties"]

    assert schema["$schema"].startswith("https://json-schema.org/")
    assert json.loads(json.dumps(schema)) == schema
    for section in pack.sections():
        for item in section.items:
            for slot in slots_of(section, item):
                shape = sections[section.key]["properties"].get(item.key)
                assert (_within(item, shape, slot.key[2]) is None) == slot.is_computed, slot.key


def _within(item: Any, shape: Any, last: str) -> Any:
    match item:
        case Table():
            return shape["items"]["properties"].get(last)
        case YearTable():
            return shape["properties"].get(last)
        case IndicatorTable():
            row, _, column = last.partition(".")
            return shape["properties"][row]["properties"].get(column)
        case Field():
            return shape
        case _:
            raise AssertionError(item)


def test_that_the_schema_and_the_reader_agree_on_the_sample():
    fits(plan_schema(PACK), through_text(plan_to_json(PACK, plans.sample())), "")
    with pytest.raises(AssertionError):
        fits(plan_schema(PACK), data(overview={"area": 12, "colour": "red"}), "")


def fits(schema: Any, value: Any, place: str) -> None:
    """A reader of the few words of JSON Schema that ours uses."""
    if "const" in schema:
        assert value == schema["const"], place
    if "enum" in schema:
        assert value in schema["enum"], place
    sorts: dict[str, type] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "boolean": bool,
    }
    if "type" in schema:
        assert isinstance(value, sorts[schema["type"]]), place
    if "pattern" in schema:
        assert re.search(schema["pattern"], value), place
    if isinstance(value, str) and "maxLength" in schema:
        assert len(value) <= schema["maxLength"], place
    for entry in value if isinstance(value, list) else ():
        fits(schema["items"], entry, f"{place}[]")
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value), place
        for key, inner in value.items():
            known = schema.get("properties", {}).get(key)
            patterns = schema.get("patternProperties", {}).items()
            known = known or next((s for p, s in patterns if re.search(p, key)), None)
            assert known is not None or schema.get("additionalProperties", True) is not False, (
                f"{place}/{key}"
            )
            if known is not None:
                fits(known, inner, f"{place}/{key}")
