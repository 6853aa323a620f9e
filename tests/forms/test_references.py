"""References lead to what is printed, or are found; footnotes are read by the other checks."""

from __future__ import annotations

import pytest

from forms.checks import Finding, run_checks
from forms.edits import RemoveRow, SetValue, apply_edit
from forms.inline.references import Reference
from forms.schema import Severity
from forms.targets import named, targets
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


def told(view: PlanView, text: str) -> list[Finding]:
    found = run_checks(with_edits(view, SetValue(NOTE, text)))
    return [finding for finding in found if finding.rule.startswith(("REF", "NTE"))]


def rules(view: PlanView, *edits) -> list[str]:
    return [finding.rule for finding in run_checks(with_edits(view, *edits))]


def test_that_a_reference_to_something_printed_has_no_finding(view):
    assert told(view, "用水量见{{@water/supply}}，项目见{{@works/list#任务归属}}。") == []


def test_that_everything_offered_is_named_and_printed(view):
    for target in targets(view):
        assert named(view, Reference(target.name)).title == target.title


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("water/unheard", "方案中没有"),
        ("nowhere", "方案中没有"),
        ("annex.nothing", "方案中没有“nothing”这一部分"),
        ("maps/pictures/r9", "已删除"),
        ("Water/Supply", "写法有误"),
        ("", "写法有误"),
    ],
)
def test_that_a_reference_to_nothing_is_to_be_mended(view, name, words):
    (finding,) = told(view, f"用水量见{{{{@{name}}}}}。")

    assert (finding.rule, finding.severity) == ("REF-001", Severity.MUST)
    assert "“用水说明”中“用水量见”之后" in finding.sentence
    assert words in finding.sentence
    assert finding.places[0] == NOTE


def test_that_a_reference_to_an_empty_table_asks_to_fill_it(view):
    rows = view.rows(at("works/list"))
    plan = with_edits(view, *(RemoveRow(at("works/list").at_row(row)) for row in rows))

    (finding,) = told(plan, "项目见{{@works/list}}。")

    assert (finding.rule, finding.severity) == ("REF-002", Severity.MUST)
    assert finding.places == (NOTE, at("works/list"))


def test_that_a_reference_inside_a_note_is_looked_at_too(view):
    (finding,) = told(view, "用水量^[口径见{{@nowhere}}]较大。")

    assert finding.rule == "REF-001"
    assert "“口径见”之后" in finding.sentence


def test_that_an_empty_note_is_said(view):
    (finding,) = told(view, "用水量^[　]较大，面积^[含水面]较小。")

    assert (finding.rule, finding.severity) == ("NTE-001", Severity.SHOULD)
    assert "“用水量”之后" in finding.sentence


def test_that_a_live_figure_in_a_note_is_looked_at(view):
    assert "LIV-001" in rules(view, SetValue(NOTE, "用水^[{{works/list/p9/total}}]。"))


def test_that_numbers_of_a_note_are_held_against_the_data(view):
    assert "PRS-001" in rules(view, SetValue(NOTE, "用水充足^[规划面积99 km²]。"))
    assert "PRS-001" not in rules(view, SetValue(NOTE, "用水充足^[规划面积12.5 km²]。"))


def test_that_a_note_does_not_hide_the_number_behind_it(view):
    assert "PRS-001" in rules(view, SetValue(NOTE, "规划面积^[含水面]99 km²。"))
    assert "PRS-001" not in rules(view, SetValue(NOTE, "规划面积^[含水面]12.5 km²。"))


def test_that_mending_a_number_keeps_the_notes_and_swallows_none(view):
    def mends(text):
        plan = with_edits(view, SetValue(NOTE, text))
        return [f.mend for f in run_checks(plan) if f.rule == "PRS-001"]

    (mend,) = mends("水^[据\\[1\\]]足^[规划面积99 km²]。")
    assert mend is not None
    (edit,) = mend.edits
    assert isinstance(edit, SetValue)
    assert edit.value == "水^[据\\[1\\]]足^[规划面积{{overview/area|km²,0}}]。"
    assert mends("规划面积99^[取整] km²。") == [None]


def test_that_a_placeholder_in_a_note_is_a_leftover_and_an_address_is_none(view):
    assert "LFT-001" in rules(view, SetValue(NOTE, "用水^[待补充]。"))
    assert "LFT-001" not in rules(view, SetValue(NOTE, "见{{@works/list/XX}}。"))


def test_that_a_paragraph_told_twice_is_found_beside_another_note(view):
    long = "园区用水以地表水为主，取自园区东侧的河流，经水厂处理后由环状管网供给各企业，" * 2
    plan = [
        SetValue(at("overview/location"), f"{long}^[甲]"),
        SetValue(NOTE, f"{long}^[乙，另有说明]"),
    ]

    assert "LFT-002" in rules(view, *plan)
