"""What planners answer to a 建议改: kept for that very finding alone, taken back at will."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.making import sample_plan
from forms.address import parse_address
from forms.answers import Answers
from forms.checks import run_checks
from forms.dismissals import (
    Answer,
    can_dismiss,
    clear_spent,
    dismiss,
    dismissals,
    restore,
    review,
)
from forms.edits import Edit, EditError, apply_edits, set_from_text
from forms.loading import load_pack, open_pack
from forms.loading.node import PackError
from forms.plan_json import plan_from_json, plan_to_json
from forms.schema import Severity
from forms.view import PlanView, evaluate
from tests.packs.loading import REAL

PACK = open_pack("ndrc-2021-1004")
MAY = date(2026, 5, 12)
GROWN = "pollution/emissions/so2/2025"
WHY = Answer("氯碱二期投产，已与企业核对。", "沈清和", MAY)


@pytest.fixture(scope="module")
def whole() -> Answers:
    return sample_plan().answers


def changed(answers: Answers, *texts: tuple[str, str]) -> PlanView:
    edits: tuple[Edit, ...] = tuple(
        set_from_text(PACK, parse_address(place), text) for place, text in texts
    )
    return evaluate(PACK, apply_edits(PACK, answers, edits, "改").answers)


def after(view: PlanView, edits: tuple[Edit, ...]) -> PlanView:
    return evaluate(PACK, apply_edits(PACK, view.answers, edits, "说明").answers)


@pytest.fixture(scope="module")
def grown(whole) -> PlanView:
    """The tax of the base year typed three places too far left, so that a 建议改 stands."""
    return changed(whole, (GROWN, "1650"))


@pytest.fixture(scope="module")
def leap(grown):
    found = [f for f in run_checks(grown) if str(f.places[0]) == GROWN]
    assert found, "the tax does not leap"
    return found[0]


@pytest.fixture(scope="module")
def answered(grown, leap) -> PlanView:
    return after(grown, dismiss(grown, leap, WHY))


def test_that_an_answered_finding_is_no_longer_open_and_keeps_reason_person_and_day(answered, leap):
    found = review(answered, run_checks(answered))

    assert leap not in found.open
    (kept,) = [each for each in found.dismissed if each.finding == leap]
    assert (kept.record.reason, kept.record.person, kept.record.day) == (
        "氯碱二期投产，已与企业核对。",
        "沈清和",
        MAY,
    )


def test_that_the_checks_still_give_every_finding(answered, leap):
    assert leap in run_checks(answered)


def test_that_a_finding_whose_number_changed_is_open_again_and_tells_the_old_reason(answered, leap):
    now = changed(answered.answers, (GROWN, "1700"))
    findings = run_checks(now)
    (returned,) = [f for f in findings if (f.rule, f.places) == (leap.rule, leap.places)]
    found = review(now, findings)

    assert returned.sentence != leap.sentence
    assert returned in found.open
    assert found.dismissed == ()
    before = found.answered_before(returned)
    assert before is not None
    assert before.reason == WHY.reason
    assert found.spent == ()


def test_that_answering_it_again_renews_the_record_instead_of_adding_one(answered, leap):
    now = changed(answered.answers, (GROWN, "1700"))
    found = review(now, run_checks(now))
    (returned,) = [f for f in found.open if f.rule == leap.rule]
    again = after(now, dismiss(now, returned, WHY, found.answered_before(returned)))

    assert len(dismissals(again)) == 1
    assert returned not in review(again, run_checks(again)).open


def test_that_a_record_whose_finding_is_gone_is_told_and_can_be_cleared(answered, whole):
    value = evaluate(PACK, whole).text(parse_address(GROWN))
    mended = changed(answered.answers, (GROWN, value))
    found = review(mended, run_checks(mended))

    assert [record.reason for record in found.spent] == [WHY.reason]
    assert dismissals(after(mended, clear_spent(found))) == ()


def test_that_taking_an_answer_back_opens_the_finding_again(answered, leap):
    (record,) = dismissals(answered)
    back = after(answered, restore(answered, record))

    assert leap in review(back, run_checks(back)).open
    assert dismissals(back) == ()


def test_that_answering_a_finding_twice_changes_its_reason(answered, leap):
    again = after(answered, dismiss(answered, leap, replace(WHY, reason="另有原因。")))

    assert [record.reason for record in dismissals(again)] == ["另有原因。"]


def test_that_what_must_be_mended_cannot_be_talked_away(whole):
    view = changed(whole, ("cover/park_name", ""))
    (must, *_) = [f for f in run_checks(view) if f.severity is Severity.MUST]

    assert not can_dismiss(PACK, must)
    with pytest.raises(EditError, match="必须改的问题不能以说明代替修改"):
        dismiss(view, must, WHY)


def test_that_a_record_does_not_silence_a_rule_that_has_become_grave(answered, leap):
    grave = replace(leap, severity=Severity.MUST)

    assert review(answered, [grave]).open == (grave,)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_that_an_answer_needs_a_reason(grown, leap, reason):
    with pytest.raises(EditError, match="请写明不改的理由"):
        dismiss(grown, leap, replace(WHY, reason=reason))


def test_that_two_findings_of_one_rule_at_one_place_are_answered_apart(whole):
    place = "foundation/foundation_text"
    said = "2025年地区生产总值达到99亿元。2025年新鲜水合计为77万m³。"
    view = changed(whole, (place, said))
    two = [f for f in run_checks(view) if str(f.places[0]) == place and f.rule.startswith("PRS")]
    assert len(two) == 2
    one = after(view, dismiss(view, two[0], WHY))
    found = review(one, run_checks(one))

    assert two[1] in found.open
    assert found.lapsed == ()  # the other one was never answered


def test_that_answers_travel_in_plan_data(answered):
    data = plan_to_json(PACK, answered.answers)
    read = evaluate(PACK, plan_from_json(PACK, data))

    assert dismissals(read) == dismissals(answered)


def test_that_the_records_have_no_page_and_are_not_asked_for(answered):
    roles = PACK.roles.dismissals
    assert roles is not None
    assert not answered.shows_section(PACK.index.sections[roles.table.section])


def copy_of_pack(tmp_path, old: str, new: str):
    import shutil

    folder = tmp_path / "pack"
    shutil.copytree(REAL, folder, ignore=shutil.ignore_patterns("pictures"))
    text = (folder / "pack.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "pack.toml").write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('table = "review_notes/dismissals"', 'table = "cover/park_name"', "应为表格"),
        ('table = "review_notes/dismissals"', 'table = "projects/list"', "nowhere"),
        ('day = "day"', 'day = "reason"', "应为日期"),
        ('sentence = "sentence"', 'sentence = "absent"', "应为文字"),
    ],
)
def test_that_roles_that_cannot_keep_answers_are_refused(tmp_path, old, new, said):
    with pytest.raises(PackError, match=said):
        load_pack(copy_of_pack(tmp_path, old, new))
