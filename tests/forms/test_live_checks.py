"""Live figures without source, value or right words are found; other checks read them filled."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.checks import Finding, run_checks
from forms.edits import RemoveRow, SetValue, apply_edit
from forms.schema import Severity
from forms.view import PlanView, evaluate
from tests.forms.plans import at, sample
from tests.packs.loading import small_pack

PACK = small_pack()
NOTE = at("water/note")


@pytest.fixture
def view() -> PlanView:
    return evaluate(PACK, sample())


def with_edits(view: PlanView, *edits) -> PlanView:
    answers = view.answers
    for edit in edits:
        answers = apply_edit(PACK, answers, edit).answers
    return evaluate(PACK, answers, view)


def live(view: PlanView) -> list[Finding]:
    return [finding for finding in run_checks(view) if finding.rule.startswith("LIV")]


def test_that_a_live_figure_with_a_value_has_no_finding(view):
    assert live(with_edits(view, SetValue(NOTE, "用水{{water/supply/total/2025}}。"))) == []


def test_that_deleting_the_source_is_a_fault_to_mend(view):
    written = with_edits(view, SetValue(NOTE, "投资{{works/list/p1/total|亿元,2}}。"))
    assert live(written) == []

    (finding,) = live(with_edits(written, RemoveRow(at("works/list/p1"))))

    assert (finding.rule, finding.severity) == ("LIV-001", Severity.MUST)
    assert "“用水说明”" in finding.sentence
    assert "总投资，works/list/p1/total" in finding.sentence
    assert "项目已删除" in finding.sentence
    assert "删去这个活数字" in finding.remedy
    assert finding.places == (NOTE, at("works/list"))


def test_that_an_empty_source_asks_to_fill_it(view):
    (finding,) = live(with_edits(view, SetValue(NOTE, "贷款{{works/list/p2/loan}}。")))

    assert (finding.rule, finding.severity) == ("LIV-002", Severity.MUST)
    assert "贷款" in finding.sentence
    assert finding.places == (NOTE, at("works/list/p2/loan"))


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("单位能耗下降{{R}}。", []),
        ("单位能耗累计下降约{{R}}。", []),
        ("单位能耗提高{{R}}。", ["LIV-003"]),
        ("单位能耗变化率为{{R}}。", ["LIV-003"]),
    ],
)
def test_that_the_words_say_which_way_a_rate_goes(view, words, rules):
    rate = "outcomes/indicators/intensity/rate"
    plan = with_edits(
        view,
        SetValue(at("outcomes/indicators/intensity/target"), Decimal("0.05")),
        SetValue(NOTE, words.replace("R", f"{rate}|,1")),
    )

    assert [finding.rule for finding in live(plan)] == rules


def test_that_live_figures_in_the_prose_of_a_row_are_checked_too(view):
    content = at("works/list/p1/content")
    (finding,) = live(with_edits(view, SetValue(content, "总投资{{works/list/p7/total}}。")))

    assert finding.rule == "LIV-001"
    assert "“中水回用”的“建设内容”" in finding.sentence


def test_that_a_malformed_mark_is_found(view):
    (finding,) = live(with_edits(view, SetValue(NOTE, "{{overview/area|a b c}}")))

    assert finding.rule == "LIV-001"


def test_that_an_address_is_no_leftover_and_equal_print_is_a_copy(view):
    long = (
        "园区用水以地表水为主，取自园区东侧的河流，经水厂处理后由环状管网供给各企业，"
        "多年来供水平稳有保障，"
    )
    plan = with_edits(
        view,
        SetValue(
            at("overview/location"),
            f"{long}规划面积{{{{overview/area}}}}，足以满足今后发展的需要。",
        ),
        SetValue(NOTE, f"{long}规划面积12.50 km²，足以满足今后发展的需要。"),
    )
    rules = [f.rule for f in run_checks(plan) if f.rule.startswith("LFT")]

    assert rules == ["LFT-002"]
    assert "LFT-001" not in [
        f.rule for f in run_checks(with_edits(view, SetValue(NOTE, "见{{works/list/XX/total}}。")))
    ]
