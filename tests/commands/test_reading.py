"""check, verify, addresses, help: what the verbs say."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from commands import VERBS
from forms.address import parse_address
from forms.places import locate
from resources import version
from storage import open_plan
from tests.commands.verbs import ROOT, good, started, within


def test_that_check_ends_with_one_and_lists_the_findings(plan, capsys):
    done = started("check", plan)

    assert (done.code, done.err) == (1, "")
    first, *lines = done.out.splitlines()
    assert first.startswith("检查完成：必须改 ")
    severity, rule, sentence, place = lines[0].split("\t")
    assert severity == "必须改"
    assert rule == "REQ-001"
    assert "园区级别" in sentence
    assert place == "cover/park_level"


def test_that_check_gives_the_same_as_json(plan, capsys, pack):
    done = started("check", plan, "--json")

    found = json.loads(done.out)
    assert done.code == 1
    assert {tuple(sorted(each)) for each in found} == {
        ("clause", "places", "remedy", "rule", "sentence", "severity")
    }
    assert {each["severity"] for each in found} == {"must", "should"}
    for finding in found:
        assert finding["places"]
        assert all(parse_address(place) for place in finding["places"])
    first = found[0]
    assert locate(pack, parse_address(first["places"][0])).label in first["sentence"]
    assert len(within(capsys, "check", plan).out.splitlines()) == len(found) + 1


def test_that_verify_names_the_plan(plan, capsys):
    meta = open_plan(plan).meta

    said = good(started("verify", plan))

    assert "完好" in said
    assert meta.plan_id in said
    assert meta.root[:16] in said


def test_that_addresses_lists_every_place_once(capsys, pack):
    head, *lines = good(started("addresses", "--pack", pack.id)).splitlines()

    assert head.split("\t") == ["地址", "名称", "类型", "单位", "要求"]
    rows = [line.split("\t") for line in lines]
    assert all(len(row) == 5 for row in rows)
    assert len({row[0] for row in rows}) == len(rows) == len(pack.index.slots)
    for address, label, *_ in rows:
        place = (
            address.replace("{行}", "r1").replace("{历史年}", "2024").replace("{实施年}", "2027")
        )
        assert locate(pack, parse_address(place)).label == label


def test_that_the_schema_names_every_section(capsys, pack):
    schema = json.loads(good(within(capsys, "addresses", "--schema")))

    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["properties"]["sections"]["properties"]) == {
        section.key for section in pack.sections()
    }


def test_that_the_help_is_chinese_and_names_every_verb():
    said = good(started("--help"))

    assert all(f"  yuance {verb} " in said for verb in VERBS)
    for word in ("usage", "options", "positional", "show this"):
        assert word not in said
    for word in ("地址", "0 正常", "1 检查发现问题", "2 输入有误", "docs/plan-json.md"):
        assert word in said


@pytest.mark.parametrize("verb", VERBS)
def test_that_each_verb_explains_itself(verb, capsys):
    said = good(within(capsys, verb, "--help"))

    assert said.startswith(f"用法：yuance {verb} {VERBS[verb].usage}")
    assert VERBS[verb].words in said
    for word in ("usage", "options", "positional", "show this"):
        assert word not in said


def test_that_the_version_is_told():
    assert good(started("--version")) == f"yuance {version()}\n"


def test_that_a_reader_may_stop_reading(full_plan):
    """`dump | head -1` is no trouble."""
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "dump", str(full_plan)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
