"""sample and demo: the plan that shows everything, at any size."""

from __future__ import annotations

import json
from decimal import Decimal

import docx
import openpyxl
import pypdfium2
import pytest

from commands.making import sample_plan, scaled
from forms.loading import open_pack
from forms.view import evaluate
from storage import open_plan
from tests.commands.verbs import good, started, within


def projects_of(capsys, path) -> list[dict]:
    data = json.loads(good(within(capsys, "dump", path)))
    return data["sections"].get("projects", {}).get("list", [])


def test_that_the_sample_is_a_plan_without_findings(tmp_path, capsys):
    path = tmp_path / "示例.yuance"

    good(started("sample", path))

    checked = within(capsys, "check", path, "--json")
    assert (checked.code, json.loads(checked.out)) == (0, [])
    assert open_plan(path).pictures
    assert len(projects_of(capsys, path)) >= 20


@pytest.mark.parametrize("count", [0, 3, 60])
def test_that_the_sample_has_as_many_projects_as_asked_for(tmp_path, capsys, count):
    path = tmp_path / "示例.yuance"

    good(within(capsys, "sample", "--projects", count, path))

    found = projects_of(capsys, path)
    assert len({row["id"] for row in found}) == len({row["name"] for row in found}) == count


def test_that_a_copied_project_has_its_own_name_and_a_little_more_benefit(tmp_path, capsys, pack):
    path = tmp_path / "示例.yuance"
    own = len(sample_plan().answers.order(open_pack("ndrc-2021-1004").roles.projects))

    good(within(capsys, "sample", "--projects", own + 1, path))

    first, *_, last = projects_of(capsys, path)
    assert pack.double_counting is not None
    benefits = {key for key in pack.double_counting.benefits if key in first}
    changed = {key for key in first if first[key] != last[key]}
    assert changed - {"benefit_basis"} == {"id", "name", *benefits}  # its working says the new ones
    assert all(Decimal(last[key]) - Decimal(first[key]) == Decimal("0.01") for key in benefits)
    assert last["name"] == f"{first['name']}（2期）"


def test_that_a_smaller_sample_refers_to_no_project_that_is_gone(pack):
    plan = sample_plan()

    few = scaled(pack, plan.answers, 1)

    kept = set(few.order(pack.roles.projects))
    rows = few.order(pack.roles.projects)
    view = evaluate(pack, few)
    assert rows == plan.answers.order(pack.roles.projects)[:1]
    documents = {
        str(view.value(address))
        for address, _ in few.values()
        if address.column == "project"
    }  # fmt: skip
    assert documents <= kept


def test_that_the_demonstration_makes_a_plan_and_its_documents(tmp_path, capsys):
    folder = tmp_path / "out" / "deeper"

    done = within(capsys, "demo", "--out", folder)

    assert done.code == 0
    assert "必须改 0 项" in done.out
    names = {path.suffix: path for path in folder.iterdir()}
    assert set(names) == {".yuance", ".docx", ".pdf", ".xlsx"}
    assert len(docx.Document(str(names[".docx"])).tables) > 10
    document = pypdfium2.PdfDocument(names[".pdf"])
    assert len(document) > 50
    document.close()
    workbook = openpyxl.load_workbook(names[".xlsx"])
    assert len(workbook.sheetnames) > 10
    workbook.close()


def test_that_the_self_test_passes_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    done = started("--self-test")

    assert done.code == 0, done.err
    assert done.out.endswith("自检通过\n")
    assert list(tmp_path.iterdir()) == []
