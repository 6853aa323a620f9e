"""check --report, and what check and export say of answered and open findings."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from commands.making import sample_plan
from commands.plans import write
from forms.address import parse_address
from forms.checks import run_checks
from forms.dismissals import Answer, dismiss
from forms.edits import apply_edits, set_from_text
from forms.loading import open_pack
from forms.view import evaluate
from tests.commands.verbs import files_in, good, started, within

PACK = open_pack("ndrc-2021-1004")
WHY = Answer("已与企业核对。", "沈清和", date(2026, 5, 12))


def saved(folder, *texts, rules=()):
    """A plan file of the sample with some values changed and some findings answered."""
    file = sample_plan()
    edits = tuple(set_from_text(PACK, parse_address(place), text) for place, text in texts)
    view = evaluate(PACK, apply_edits(PACK, file.answers, edits, "改").answers)
    for finding in [f for f in run_checks(view) if f.rule in rules]:
        answers = apply_edits(PACK, view.answers, dismiss(view, finding, WHY), "说明").answers
        view = evaluate(PACK, answers)
    return write(str(folder / "方案.yuance"), replace(file, answers=view.answers))


GROWN = ("pollution/emissions/so2/2025", "1650")


def test_that_a_plan_whose_findings_are_all_answered_passes(tmp_path, capsys):
    plan = saved(tmp_path, GROWN, rules=("PLA-017", "PRS-001"))
    said = good(within(capsys, "check", plan))

    assert said.splitlines()[0] == "检查完成：必须改 0 项，建议改 0 项，已说明 2 项。"
    assert "已说明\tPLA-017" in said
    assert "理由：已与企业核对（沈清和，2026年5月12日）" in said


def test_that_one_open_finding_still_fails_the_check(tmp_path, capsys):
    plan = saved(tmp_path, GROWN, rules=("PLA-017",))
    done = within(capsys, "check", plan)

    assert done.code == 1
    assert done.out.splitlines()[0] == "检查完成：必须改 0 项，建议改 1 项，已说明 1 项。"


def test_that_json_tells_who_answered_what(tmp_path, capsys):
    plan = saved(tmp_path, GROWN, rules=("PLA-017",))
    data = json.loads(within(capsys, "check", plan, "--json").out)

    assert [entry["rule"] for entry in data if "dismissed" not in entry] == ["PRS-001"]
    (answered,) = [entry for entry in data if "dismissed" in entry]
    assert answered["dismissed"] == {
        "reason": "已与企业核对。",
        "person": "沈清和",
        "day": "2026-05-12",
    }


@pytest.mark.parametrize("suffix", ["docx", pytest.param("pdf", marks=pytest.mark.long), "PDF"])
def test_that_the_report_is_written_as_word_or_pdf(tmp_path, suffix):
    plan = saved(tmp_path, GROWN)
    target = tmp_path / f"报告.{suffix}"
    done = started("check", plan, "--report", target)

    assert done.code == 1
    assert f"已写入 {target}" in done.out
    assert zipfile.is_zipfile(target) if suffix == "docx" else target.read_bytes()[:5] == b"%PDF-"


def test_that_the_report_is_there_even_when_nobody_reads_on(tmp_path):
    plan = saved(tmp_path, GROWN)
    target = tmp_path / "报告.docx"
    done = started("check", plan, "--json", "--report", target)

    assert json.loads(done.out)  # nothing but JSON on standard output
    assert target.exists()


@pytest.mark.parametrize("name", ["报告.txt", "报告", "报告.xlsx"])
def test_that_a_report_of_another_kind_is_refused_before_any_work(tmp_path, capsys, name):
    plan = saved(tmp_path)
    before = files_in(tmp_path)

    assert ".docx 或 .pdf" in within(capsys, "check", plan, "--report", tmp_path / name).complaint
    assert files_in(tmp_path) == before


def test_that_a_report_cannot_replace_the_plan_or_go_nowhere(tmp_path, capsys):
    plan = saved(tmp_path)
    clone = plan.rename(tmp_path / "方案.pdf")

    assert "是输入文件" in within(capsys, "check", clone, "--report", clone).complaint
    nowhere = tmp_path / "没有" / "报告.pdf"
    assert "不存在" in within(capsys, "check", clone, "--report", nowhere).complaint


def test_that_an_export_says_on_its_first_line_what_must_still_be_mended(tmp_path):
    plan = saved(tmp_path, ("cover/compiler", ""))
    done = started("export", plan, "--xlsx", tmp_path / "表.xlsx")

    assert done.code == 0
    first, second = done.out.splitlines()
    assert first == "方案还有必须改 1 项未改，用 check 命令查看。"
    assert second.startswith("已写入")
