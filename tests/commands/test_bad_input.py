"""Bad input: exit code 2, one Chinese line, nothing written, the original as it was."""

from __future__ import annotations

import base64
import io
import json
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from commands.making import MOST_PROJECTS
from storage.archive import pack_archive, read_archive
from tests.commands.filling import picture
from tests.commands.verbs import files_in, started, within

LONG_NAME = "很长的文件名" * 30 + ".yuance"


@pytest.fixture
def scene(tmp_path, plan, monkeypatch):
    """A folder with everything a mistake may need; verbs run in it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "no-picture.png").write_text("not a picture", encoding="utf-8")
    (tmp_path / "cut.png").write_bytes(picture()[:60])
    (tmp_path / "empty.png").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(scene, capsys, *arguments, apart=False) -> str:
    """The complaint about these arguments; nothing in the folder may change."""
    before = files_in(scene)
    done = started(*arguments, folder=scene) if apart else within(capsys, *arguments)
    assert files_in(scene) == before
    return done.complaint


# -- The command line -----------------------------------------------------------------------------

COMMAND_LINES = {
    "no file": (["dump"], "缺少 FILE.yuance"),
    "no assignment": (["set", "方案.yuance"], "缺少 地址=值"),
    "a word too many": (["verify", "方案.yuance", "b"], "不认识“b”"),
    "an unknown option": (["check", "方案.yuance", "--jsn"], "不认识“--jsn”"),
    "an unknown option first": (["--jsn"], "没有命令“--jsn”"),
    "an option without its value": (["sample", "a.yuance", "--projects"], "--projects 后面缺少"),
    "a negative number": (["sample", "a.yuance", "--projects", "-1"], "0 至"),
    "a number too large": (["sample", "a.yuance", "--projects", str(MOST_PROJECTS + 1)], "0 至"),
    "no number": (["sample", "a.yuance", "--projects", "many"], "“many”"),
    "half a project": (["sample", "a.yuance", "--projects", "1.5"], "“1.5”"),
    "no format": (["export", "方案.yuance"], "--docx、--pdf、--xlsx"),
    "one file for two formats": (
        ["export", "方案.yuance", "--docx", "a", "--pdf", "folder/../a"],
        "同一个文件名",
    ),
    "an unknown pack": (["new", "a.yuance", "--pack", "gb-1"], "没有这个政策包"),
    "a pack outside": (["addresses", "--pack", "../packs"], "没有这个政策包"),
}


@pytest.mark.parametrize(("arguments", "reason"), COMMAND_LINES.values(), ids=COMMAND_LINES)
def test_that_a_wrong_command_line_is_refused(scene, capsys, arguments, reason):
    assert reason in refused(scene, capsys, *arguments)


@pytest.mark.parametrize("arguments", [["frobnicate"], ["dumps", "方案.yuance"], []])
def test_that_a_missing_or_unknown_verb_is_refused(scene, capsys, arguments):
    assert "可用：sample、new、set" in refused(scene, capsys, *arguments)


@pytest.mark.parametrize(
    "name", ["no file", "an unknown option", "a number too large", "no format"]
)
def test_that_a_wrong_command_line_is_refused_by_the_program(scene, capsys, name):
    arguments, reason = COMMAND_LINES[name]

    assert reason in refused(scene, capsys, *arguments, apart=True)


# -- Values ---------------------------------------------------------------------------------------

ASSIGNMENTS = {
    "no equals sign": ("cover/park_name", "地址=值"),
    "no address": ("park_name=青湖", "2 至 5 段"),
    "an odd address": ("cover/../x=1", "不合规"),
    "an unknown section": ("covers/park_name=青湖", "没有地址“covers/park_name”"),
    "an unknown field": ("cover/name=青湖", "没有地址“cover/name”"),
    "a field with a row": ("cover/park_name/r1/x=1", "只有两段"),
    "a column without a row": ("projects/list/name=一", "章节/表/行号/列"),
    "a year where none belongs": ("projects/list/p1/name/2024=一", "章节/表/行号/列"),
    "no year where one belongs": ("economy/output/gdp=1", "章节/表/指标/年份"),
    "a row that is not there": ("projects/list/p9/name=一", "没有行“p9”"),
    "a row that is there already": ("projects/list/p1=+", "已有行“p1”"),
    "a row to remove that is not there": ("projects/list/p9=-", "没有行“p9”"),
    "a row of a fixed table": ("economy/output/gdp=+", "行是固定的"),
    "no year": ("period/base_year=去年", "不是年份"),
    "no number": ("projects/list/p1/invest_total=很多", "不是数字"),
    "a figure with an exponent": ("projects/list/p1/invest_total=1e5", "单位应为"),
    "no finite number": ("projects/list/p1/invest_total=NaN", "不是数字"),
    "another unit": ("projects/list/p1/invest_total=5吨", "单位应为万元"),
    "money below nothing": ("projects/list/p1/invest_total=-5", "不能小于 0"),
    "no option": ("cover/park_level=星际级", "可选："),
    "no month": ("projects/list/p1/start_month=2026-13", "不是年月"),
    "neither yes nor no": ("period/with_overall=也许", "“是”或“否”"),
    "a computed value": ("park/level=国家级", "由系统计算"),
    "a summary": ("project_summary/by_task=1", "自动生成的汇总"),
    "a text too long": (f"cover/park_name={'长' * 500}", "最多"),
    "a missing picture": ("overview/location_map=nowhere.png", "读不到图片"),
    "a folder as picture": ("overview/location_map=folder", "读不到图片"),
    "text as picture": ("overview/location_map=no-picture.png", "不是可用的图片"),
    "a truncated picture": ("overview/location_map=cut.png", "图片不完整或已损坏"),
    "an empty picture": ("overview/location_map=empty.png", "图片文件是空的"),
}


@pytest.mark.parametrize(("assignment", "reason"), ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_that_a_wrong_value_is_refused_whole(scene, capsys, assignment, reason):
    """The good value beside it is not written either, and neither is a new plan."""
    assert reason in refused(scene, capsys, "set", "方案.yuance", "cover/compiler=甲", assignment)
    if "p1" not in assignment:
        assert reason in refused(scene, capsys, "new", "新.yuance", "--set", assignment)


@pytest.mark.parametrize(
    "name", ["an unknown field", "no number", "a missing picture", "text as picture"]
)
def test_that_a_wrong_value_is_refused_by_the_program(scene, capsys, name):
    assignment, reason = ASSIGNMENTS[name]

    assert reason in refused(scene, capsys, "set", "方案.yuance", assignment, apart=True)


# -- JSON -----------------------------------------------------------------------------------------

NAME = sha256(picture()).hexdigest()
SHOWN = {"sha256": NAME, "name": "图.png", "media_type": "image/png", "width": 6, "height": 4}


def json_text(pack="ndrc-2021-1004", sections=None, **top) -> str:
    data = {"format": "yuance-plan", "version": 1, "pack": pack, "sections": sections or {}}
    return json.dumps({**data, **top}, ensure_ascii=False)


def pictured(content: bytes, text: str | None = None, name: str = NAME) -> str:
    listed = {name: base64.b64encode(content).decode() if text is None else text}
    return json_text(sections={"overview": {"location_map": SHOWN}}, pictures=listed)


def with_figure(written: str) -> str:
    text = json_text(sections={"economy": {"output": {"gdp": {"2025": "HERE"}}}})
    return text.replace('"HERE"', written)


BROKEN = b"\x89PNG\r\n\x1a\n" + bytes(64)
JSON_FILES = {
    "nothing": ("", "第 1 行"),
    "half": (json_text()[:-9], "第 1 行"),
    "no object": ("[]", "花括号"),
    "not JSON": ("园区名称：青湖", "不是有效的 JSON"),
    "nested without end": ("[" * 200_000, "嵌套过深"),
    "a key twice": ('{"pack": "a", "pack": "b"}', "“pack”重复"),
    "no pack": ("{}", "缺少 pack"),
    "another pack": (json_text(pack="gb-1"), "没有这个政策包"),
    "another format": (json_text(format="plan"), "yuance-plan"),
    "a newer version": (json_text(version=2), "version"),
    "an unknown key": (json_text(remarks=""), "不认识的键：remarks"),
    "an unknown section": (json_text(sections={"x": {"y": 1}}), "x/y"),
    "an unknown column": (json_text(sections={"projects": {"list": [{"x": "1"}]}}), "/x”"),
    "rows as an object": (json_text(sections={"projects": {"list": {}}}), "行的列表"),
    "one id twice": (json_text(sections={"projects": {"list": [{"id": "a"}] * 2}}), "不重复"),
    "an odd id": (json_text(sections={"projects": {"list": [{"id": "a/b"}]}}), "行号"),
    "an odd year": (json_text(sections={"economy": {"output": {"gdp": {"25": 1}}}}), "四位年份"),
    "no number": (with_figure('"许多"'), "不是数字"),
    "a truth as figure": (with_figure("true"), "不能是"),
    "not a number": (with_figure("NaN"), "“NaN”"),
    "without end": (with_figure("-Infinity"), "Infinity"),
    "a huge exponent": (with_figure("1e999999"), "不是可用的数值"),
    "a huge number": (with_figure("9" * 5000), "不是可用的数值"),
    "a computed value": (json_text(sections={"park": {"level": "国家级"}}), "由系统计算"),
    "no option": (json_text(sections={"cover": {"park_level": "x"}}), "可选："),
    "a picture without bytes": (pictured(b"", name="0" * 64), "与名称"),
    "a picture not given": (json_text(sections={"overview": {"location_map": SHOWN}}), "缺少图片"),
    "a picture with an odd name": (
        json_text(sections={"overview": {"location_map": {**SHOWN, "sha256": "a"}}}),
        "缺少图片",
    ),
    "half a picture": (pictured(picture()[:-9]), "与名称"),
    "a picture that is none": (
        pictured(BROKEN, name=sha256(BROKEN).hexdigest()),
        "图片不完整或已损坏",
    ),
    "a picture not in base64": (pictured(b"", "图片"), "base64"),
    "pictures as a list": (json_text(pictures=[]), "花括号"),
    "an odd plan id": (json_text(plan={"plan_id": "../../etc"}), "方案编号"),
    "a revision as text": (json_text(plan={"revision": "2"}), "revision"),
    "a time without zone": (json_text(plan={"created": "2026-01-01T00:00:00"}), "时区"),
    "an unknown key of the plan": (json_text(plan={"owner": "甲"}), "owner"),
    "odd other values": (json_text(other={"a/b": {"colour": "red"}}), "a/b"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), JSON_FILES.values(), ids=JSON_FILES)
def test_that_wrong_data_is_refused(scene, capsys, text, reason):
    (scene / "数据.json").write_text(text, encoding="utf-8")

    assert reason in refused(scene, capsys, "load", "数据.json", "新.yuance")


@pytest.mark.parametrize("name", ["half", "another pack", "no number", "nested without end"])
def test_that_wrong_data_is_refused_by_the_program(scene, capsys, name):
    text, reason = JSON_FILES[name]
    (scene / "数据.json").write_text(text, encoding="utf-8")

    assert reason in refused(scene, capsys, "load", "数据.json", "新.yuance", apart=True)


def test_that_data_in_another_encoding_is_refused(scene, capsys):
    (scene / "数据.json").write_bytes(json_text(remarks="青湖").encode("gb18030"))

    assert "UTF-8" in refused(scene, capsys, "load", "数据.json", "新.yuance")


def test_that_the_data_is_not_overwritten_by_its_plan(scene, capsys):
    (scene / "数据.json").write_text(json_text(), encoding="utf-8")

    assert "输入文件" in refused(scene, capsys, "load", "数据.json", "folder/../数据.json")


# -- Plan files -----------------------------------------------------------------------------------


def flipped(content: bytes, at: int) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


def newer(content: bytes) -> bytes:
    parts = read_archive(content)
    manifest = json.loads(parts["manifest.json"])
    manifest["format"] += 1
    parts["manifest.json"] = json.dumps(manifest).encode()
    return pack_archive(parts)


def forged(content: bytes) -> bytes:
    """Another park's name and a manifest that agrees, as a careful hand would do it."""
    parts = read_archive(content)
    parts["plan.json"] = parts["plan.json"].replace("青湖".encode(), "东湖".encode())
    manifest = json.loads(parts["manifest.json"])
    digest = sha256(parts["plan.json"]).hexdigest()
    manifest["parts"]["plan.json"] = {"bytes": len(parts["plan.json"]), "sha256": digest}
    parts["manifest.json"] = json.dumps(manifest).encode()
    return pack_archive(parts)


def other_pack(content: bytes) -> bytes:
    """A sound plan of a pack this program does not have."""
    parts = read_archive(content)
    parts["plan.json"] = parts["plan.json"].replace(b"ndrc-2021-1004", b"ndrc-2031-9999")
    manifest = json.loads(parts["manifest.json"])
    digest = sha256(parts["plan.json"]).hexdigest()
    manifest["parts"]["plan.json"] = {"bytes": len(parts["plan.json"]), "sha256": digest}
    parts["manifest.json"] = json.dumps(manifest).encode()
    return pack_archive(parts)


def ordinary_zip(_: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("plan.json", "{}")
    return out.getvalue()


DAMAGES = {
    "nothing left": (lambda content: b"", "不是园策方案文件"),
    "the first bytes only": (lambda content: content[:20], "不是园策方案文件"),
    "half": (lambda content: content[: len(content) // 2], "不完整或被改动"),
    "the last byte missing": (lambda content: content[:-1], "不完整或被改动"),
    "a byte too many": (lambda content: content + b"\0", "不完整或被改动"),
    "altered at the start": (lambda content: flipped(content, 40), "不是园策方案文件"),
    "altered in the plan": (lambda content: flipped(content, 160), "不完整或被改动"),
    "altered in the middle": (lambda content: flipped(content, len(content) // 2), "被改动"),
    "altered near the end": (lambda content: flipped(content, len(content) - 60), "不完整或被改动"),
    "forged with care": (forged, "校验根"),
    "a newer format": (newer, "请升级园策"),
    "another pack": (other_pack, "没有这个政策包"),
    "an ordinary zip": (ordinary_zip, "不是园策方案文件"),
    "a text": (lambda content: "方案".encode(), "不是园策方案文件"),
}  # fmt: skip
READERS = (
    ["verify"],
    ["dump"],
    ["check", "--json"],
    ["set", "cover/compiler=甲"],
    ["export", "--xlsx", "附表.xlsx"],
)


@pytest.mark.parametrize(("damage", "reason"), DAMAGES.values(), ids=DAMAGES)
def test_that_a_damaged_plan_file_is_refused_by_every_verb(scene, capsys, plan, damage, reason):
    plan.write_bytes(damage(plan.read_bytes()))

    for verb, *rest in READERS:
        assert reason in refused(scene, capsys, verb, "方案.yuance", *rest)


@pytest.mark.parametrize(
    "name", ["half", "altered in the middle", "a newer format", "an ordinary zip"]
)
def test_that_a_damaged_plan_file_is_refused_by_the_program(scene, capsys, plan, name):
    damage, reason = DAMAGES[name]
    plan.write_bytes(damage(plan.read_bytes()))

    assert reason in refused(scene, capsys, "set", plan, "cover/compiler=甲", apart=True)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader[0])
def test_that_a_missing_file_is_refused(scene, capsys, reader):
    verb, *rest = reader

    assert "文件不存在" in refused(scene, capsys, verb, "nowhere.yuance", *rest)
    assert "是文件夹" in refused(scene, capsys, verb, "folder", *rest)
    assert "文件不存在" in refused(scene, capsys, verb, "方案.yuance/below", *rest)


def test_that_missing_data_is_refused(scene, capsys):
    assert "读不到" in refused(scene, capsys, "load", "nowhere.json", "a.yuance", apart=True)
    assert "读不到" in refused(scene, capsys, "load", "folder", "a.yuance")


# -- Places to write ------------------------------------------------------------------------------

PLACES = {
    "a missing folder": ("nowhere/a", "不存在"),
    "a folder": ("folder", "不能写入"),
    "below a file": ("方案.yuance/a", "不存在"),
    "a name too long": (LONG_NAME, "文件名"),
    "nothing": ("", "不能写入"),
}
WRITERS = (
    ["sample", "HERE"],
    ["new", "HERE"],
    ["load", "数据.json", "HERE"],
    ["export", "方案.yuance", "--docx", "HERE"],
    ["export", "方案.yuance", "--xlsx", "good.xlsx", "--pdf", "HERE"],
)


@pytest.mark.parametrize("writer", WRITERS, ids=" ".join)
@pytest.mark.parametrize(("place", "reason"), PLACES.values(), ids=PLACES)
def test_that_a_place_that_cannot_be_written_is_refused(scene, capsys, writer, place, reason):
    (scene / "数据.json").write_text(json_text(), encoding="utf-8")
    arguments = [place if word == "HERE" else word for word in writer]

    assert reason in refused(scene, capsys, *arguments)


@pytest.mark.parametrize("name", ["a missing folder", "below a file", "a folder"])
def test_that_a_place_that_cannot_be_written_is_refused_by_the_program(scene, capsys, name):
    place, reason = PLACES[name]

    assert reason in refused(scene, capsys, "new", place, apart=True)


def test_that_a_plan_is_not_overwritten_by_its_export(scene, capsys):
    assert "输入文件" in refused(scene, capsys, "export", "方案.yuance", "--pdf", "方案.yuance")


@pytest.mark.skipif(sys.platform != "linux", reason="a folder nobody can write to")
def test_that_a_folder_that_takes_no_files_is_named(scene, capsys):
    before = set(Path("/proc").glob("*.yuance"))

    assert "“a.yuance”" in refused(scene, capsys, "new", "/proc/a.yuance")
    assert set(Path("/proc").glob("*.yuance")) == before


def test_that_a_demonstration_needs_a_folder(scene, capsys):
    assert "不能建立文件夹" in refused(scene, capsys, "demo", "--out", "方案.yuance")
