"""merge: two versions of one plan file become one, and nothing is chosen silently."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from forms.address import parse_address
from storage.plan_file import open_plan
from tests.commands.verbs import good, within

COMPILER, CONTACT = "cover/compiler", "people/contact_name"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A small plan, written once."""
    from commands import run

    path = tmp_path_factory.mktemp("origin") / "base.yuance"
    assert run(["new", str(path), "--set", f"{COMPILER}=管委会", "scope/boundary=东。"]) == 0
    return path


@pytest.fixture
def scene(origin, tmp_path, monkeypatch, capsys):
    """Mine, theirs and the common version in one folder, both edited at one place and at others."""
    monkeypatch.chdir(tmp_path)
    for name in ("base", "mine", "theirs"):
        shutil.copy(origin, f"{name}.yuance")
    good(within(capsys, "set", "mine.yuance", f"{COMPILER}=甲", f"{CONTACT}=王工"))
    good(within(capsys, "set", "theirs.yuance", f"{COMPILER}=乙", "people/contact_phone=123"))
    return tmp_path


def value(path, address):
    return open_plan(Path(path)).answers.get(parse_address(address))


def test_that_conflicts_are_listed_with_both_values_and_nothing_is_written(scene, capsys):
    done = within(
        capsys, "merge", "mine.yuance", "theirs.yuance", "--base", "base.yuance", "out.yuance"
    )

    assert done.code == 1
    assert not (scene / "out.yuance").exists()
    assert "取自对方的修改 1 处，冲突 1 处" in done.out
    assert f"冲突\t{COMPILER}\t封面 › 编制单位\t未选定" in done.out
    for line in ("共同\t管委会", "我的\t甲", "对方\t乙"):
        assert line in done.out
    assert "取用\tpeople/contact_phone\t编制人员 › 联系电话\t123" in done.out


@pytest.mark.parametrize(("take", "expected"), [("mine", "甲"), ("theirs", "乙")])
def test_that_one_side_can_be_taken_for_every_conflict(scene, capsys, take, expected):
    good(
        within(
            capsys, "merge", "mine.yuance", "theirs.yuance", "out.yuance",
            "--base", "base.yuance", "--take", take,
        )
    )  # fmt: skip

    assert value("out.yuance", COMPILER) == expected
    assert (value("out.yuance", CONTACT), value("out.yuance", "people/contact_phone")) == (
        "王工",
        "123",
    )
    mine, theirs, out = (open_plan(scene / f"{name}.yuance") for name in ("mine", "theirs", "out"))
    assert {mine.meta.root, theirs.meta.root} <= set(out.ancestors)
    good(within(capsys, "verify", "out.yuance"))


def test_that_both_paragraphs_can_stay_but_not_two_values(scene, capsys):
    command = ("merge", "mine.yuance", "theirs.yuance", "--base", "base.yuance", "out.yuance")
    refused = within(capsys, *command, "--take", "both")
    assert refused.code == 1
    assert "同一个值不能两者都留" in refused.out

    good(within(capsys, "set", "theirs.yuance", f"{COMPILER}=管委会", "scope/boundary=东至乙。"))
    good(within(capsys, "set", "mine.yuance", "scope/boundary=东至甲。"))
    good(within(capsys, *command, "--take", "both"))

    assert str(value("out.yuance", "scope/boundary")).split() == ["东至甲。", "东至乙。"]
    assert value("out.yuance", COMPILER) == "甲"


def test_that_a_descendant_merges_without_a_base(scene, capsys):
    good(within(capsys, "merge", "base.yuance", "theirs.yuance", "out.yuance"))
    assert value("out.yuance", COMPILER) == "乙"
    good(within(capsys, "merge", "theirs.yuance", "base.yuance", "again.yuance"))
    assert value("again.yuance", COMPILER) == "乙"


def test_that_without_a_common_version_every_difference_is_a_conflict(scene, capsys):
    done = within(capsys, "merge", "mine.yuance", "theirs.yuance", "out.yuance")

    assert done.code == 1
    assert "取自对方的修改 1 处，冲突 1 处" in done.out


def test_that_another_plan_and_an_input_as_output_are_refused(scene, capsys):
    good(within(capsys, "new", "other.yuance"))
    command = ("merge", "mine.yuance", "other.yuance", "out.yuance")
    assert "另一个方案" in within(capsys, *command).complaint
    command = ("merge", "mine.yuance", "theirs.yuance", "mine.yuance", "--take", "mine")
    assert "输入文件" in within(capsys, *command).complaint
    command = ("merge", "mine.yuance", "theirs.yuance", "out.yuance", "--take", "last")
    assert "--take 应为" in within(capsys, *command).complaint


def test_that_a_version_neither_comes_from_is_not_replaced(scene, capsys):
    shutil.copy("theirs.yuance", "out.yuance")
    good(within(capsys, "set", "out.yuance", "people/contact_phone=9"))
    before = (scene / "out.yuance").read_bytes()

    command = ("merge", "mine.yuance", "base.yuance", "out.yuance")
    assert "另一个版本" in within(capsys, *command).complaint
    assert (scene / "out.yuance").read_bytes() == before


def test_that_set_does_not_replace_a_version_that_came_in_between(scene, monkeypatch, capsys):
    """Somebody saves over the file while the verb is at work."""
    from commands import changing

    other = (scene / "theirs.yuance").read_bytes()

    def arriving(plan, answers, pictures):
        (scene / "mine.yuance").write_bytes(other)
        return with_answers(plan, answers, pictures)

    with_answers = changing.with_answers
    monkeypatch.setattr(changing, "with_answers", arriving)

    assert "另一个版本" in within(capsys, "set", "mine.yuance", f"{COMPILER}=丙").complaint
    assert (scene / "mine.yuance").read_bytes() == other
