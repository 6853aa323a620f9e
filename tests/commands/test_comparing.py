"""diff and history: what differs between two files, and what happened to a plan, in words."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime

import pytest

from commands import run
from forms.address import parse_address
from forms.changes import difference
from forms.edits import apply_edit, set_from_text
from storage import Draft, Imported, Library
from tests.commands.verbs import files_in, good, within

NAME = "cover/park_name"


@pytest.fixture
def other(plan, tmp_path):
    """The same plan with another name and another name of its project."""
    path = tmp_path / "后来.yuance"
    shutil.copy(plan, path)
    changed = [f"{NAME}=青湖高新技术产业园区", "projects/list/p1/name=中水回用"]
    assert run(["set", str(path), *changed]) == 0
    return path


def test_that_diff_names_every_place_with_its_words(plan, other, capsys):
    done = within(capsys, "diff", plan, other)

    assert (done.code, done.err) == (1, "")
    first, *lines = done.out.splitlines()
    assert first == "不同之处 2 项。"
    _, place, words, address = lines[0].split("\t")
    assert (place, address) == ("园区名称", NAME)
    assert words == "青湖[-经济-]{+高新+}技术[-开发-]{+产业园+}区"
    assert "中水回用" in lines[1]


def test_that_a_plan_does_not_differ_from_itself(plan, capsys):
    assert good(within(capsys, "diff", plan, plan)) == "两个方案的内容相同。\n"
    assert good(within(capsys, "diff", plan, plan, "--json")) == "[]\n"


def test_that_diff_gives_the_same_as_json(plan, other, capsys):
    found = json.loads(within(capsys, "diff", plan, other, "--json").out)

    assert [each["address"] for each in found] == [NAME, "projects/list/p1/name"]
    assert found[0]["before"] == "青湖经济技术开发区"
    assert found[0]["after"] == "青湖高新技术产业园区"
    came = [each["text"] for each in found[0]["pieces"] if each["fate"] == "added"]
    assert came == ["高新", "产业园"]


@pytest.fixture
def worked(plan, pack):
    """The plan with a draft on this machine, worked on by two people; the folder."""
    taken = Library().import_plan_file(plan, person="王工")
    assert isinstance(taken, Imported)
    with Draft.open(taken.folder, person="王工") as draft:
        for number, (who, place, text) in enumerate(
            [
                ("王工", NAME, "青湖高新区"),
                ("李工", "projects/list/p1/name", "中水回用"),
                ("李工", NAME, "青湖开发区"),
            ]
        ):
            answers = draft.load().answers
            edit = set_from_text(pack, parse_address(place), text)
            changes = difference(answers, apply_edit(pack, answers, edit).answers, "修改")
            at = datetime(2030, 3, 1 + number, 12, tzinfo=UTC)
            draft.commit(changes, who=who, source="typed", at=at)
    yield taken.folder
    shutil.rmtree(taken.folder)


def test_that_history_is_told_newest_first_from_file_or_folder(worked, plan, capsys):
    said = good(within(capsys, "history", plan))

    assert good(within(capsys, "history", worked)) == said
    *lines, last = said.splitlines()
    assert last == "修改记录共 4 条，新的在前。"
    headings = [line.split("\t") for line in lines if not line.startswith("\t")]
    assert [each[2] for each in headings] == ["李工", "李工", "王工", "王工"]
    assert [each[3] for each in headings] == ["录入", "录入", "录入", "导入"]
    changes = [line.split("\t")[3] for line in lines if line.startswith("\t")]
    assert changes == [
        "青湖[-高新-]{+开发+}区",
        "（空） → 中水回用",
        "青湖[-经济技术开发-]{+高新+}区",
    ]


def test_that_history_can_be_kept_to_a_section_a_person_or_a_time(worked, capsys):
    def revisions(*options):
        told = json.loads(good(within(capsys, "history", worked, "--json", *options)))
        return [each["revision"] for each in told]

    everything = revisions()
    assert len(everything) == 4
    assert revisions("--section", "cover") == [everything[0], everything[2]]
    assert revisions("--who", "李工") == everything[:2]
    assert revisions("--since", "2030-03-02") == everything[:2]
    assert revisions("--who", "李工", "--section", "cover") == everything[:1]


def test_that_a_file_without_a_draft_here_is_told_so_with_the_way_out(plan, tmp_path, capsys):
    complaint = within(capsys, "history", plan).complaint
    assert "不带修改记录" in complaint
    assert "草稿文件夹" in complaint

    assert "没有草稿" in within(capsys, "history", tmp_path).complaint


def test_that_a_draft_somebody_works_on_is_left_alone(worked, capsys):
    with Draft.open(worked, person="王工"):
        before = files_in(worked)
        assert "打开" in within(capsys, "history", worked).complaint
        assert files_in(worked) == before


@pytest.mark.parametrize(
    ("options", "named"), [(["--section", "没有"], "没有"), (["--since", "昨天"], "昨天")]
)
def test_that_an_unknown_section_or_day_is_named(worked, capsys, options, named):
    assert f"“{named}”" in within(capsys, "history", worked, *options).complaint
