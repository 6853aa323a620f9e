"""The number linter: silent about true prose, loud about a changed number."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from commands.making import sample_plan
from forms.address import Address
from forms.checks import run_checks
from forms.checks.prose import RULE_PROSE, offers_in, prose_against_data
from forms.claims import Linter
from forms.edits import SetValue, apply_edit, apply_edits
from forms.inline.reading import filled, read_text
from forms.kinds import Narrative
from forms.loading import open_pack
from forms.places import slot_at
from forms.quantities import known_quantities, names_of
from forms.schema import Severity
from forms.view import PlanView, evaluate

sys.path.insert(0, str(Path(__file__).parent))
import later_sentences
from sentences import SILENT, WRONG

sys.path.pop(0)

PACK = open_pack("ndrc-2021-1004")
ECONOMY = Address("economy", "economy_text")


@pytest.fixture(scope="module")
def view() -> PlanView:
    return evaluate(PACK, sample_plan().answers)


@pytest.fixture(scope="module")
def linter(view) -> Linter:
    return Linter(known_quantities(view), view.calendar, PACK)


def narratives(view: PlanView) -> dict[Address, str]:
    return {
        address: filled(view, text)
        for address, text in view.answers.values()
        if not address.row
        and isinstance(text, str)
        and (slot := slot_at(PACK, address)) is not None
        and isinstance(slot.kind, Narrative)
    }


def differing(linter: Linter, text: str) -> list[str]:
    return [claim.written.text for claim in linter.claims(text) if not claim.agrees]


def changed(number: str) -> str:
    """The number with its first digit that is no zero made another."""
    place = next(i for i, sign in enumerate(number) if sign in "123456789")
    return f"{number[:place]}{int(number[place]) % 9 + 1}{number[place + 1 :]}"


def test_that_true_prose_has_no_finding(view):
    assert [step for step in prose_against_data(view) if step is not None] == []


def test_that_every_changed_number_is_found(view, linter):
    tried, missed = 0, []
    for address, text in narratives(view).items():
        for claim in linter.claims(text):
            start, end = claim.written.start, claim.written.end
            wrong = changed(text[start:end])
            tried += 1
            if wrong not in differing(linter, text[:start] + wrong + text[end:]):
                missed.append(f"{address}: {text[max(0, start - 16) : end]} -> {wrong}")
    print(f"perturbed {tried}, missed {len(missed)}", *missed, sep="\n")

    assert tried >= 40
    assert len(missed) <= tried * 0.05, "\n".join(missed)


def test_that_labelled_sentences_are_told_apart(linter):
    wrong, silent = WRONG + later_sentences.WRONG, SILENT + later_sentences.SILENT
    missed = [text for text in wrong if not differing(linter, text)]
    false_alarms = [text for text in silent if differing(linter, text)]
    print(f"{len(wrong)} wrong, {len(missed)} missed:", *missed, sep="\n")
    print(f"{len(silent)} right, {len(false_alarms)} alarms:", *false_alarms, sep="\n")

    assert len(wrong) + len(silent) >= 270
    assert len(missed) <= len(wrong) * 0.05, "\n".join(missed)
    assert len(false_alarms) <= len(silent) * 0.05, "\n".join(false_alarms)


def test_that_no_prose_of_a_project_that_tells_of_the_park_is_passed_over(linter):
    texts = (*WRONG, *SILENT, *later_sentences.WRONG, *later_sentences.SILENT)
    telling = [text for text in texts if "园区" in text and next(linter.claims(text), None)]

    assert len(telling) >= 30
    assert [t for t in telling if not linter.may_tell_of_park(t, linter.names)] == []


def test_that_prose_of_a_project_is_read_only_where_a_number_stands_beside_a_name(linter):
    aside = "接入园区能源管理平台，供汽3万t；具备循环化改造项目调度功能。"

    assert linter.may_tell_of_park("建成后园区能源消费总量降到5万吨标准煤。", linter.names)
    assert "项目" in linter.names
    assert not linter.may_tell_of_park(aside, linter.names)


def written(view: PlanView, text: str) -> PlanView:
    """The plan with this sentence for its economy."""
    answers = apply_edit(PACK, view.answers, SetValue(ECONOMY, text)).answers
    return evaluate(PACK, answers, view)


def mended(view: PlanView) -> PlanView:
    """The plan after the repair of every finding of the number linter was accepted in turn."""
    while mends := [f.mend for f in prose_against_data(view) if f is not None and f.mend]:
        answers = apply_edits(PACK, view.answers, mends[0].edits, mends[0].label).answers
        view = evaluate(PACK, answers, view)
    return view


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("2025年地区生产总值168.6亿元。", "2025年地区生产总值186.6亿元。"),
        ("2025年地区生产总值约1700000万元。", "2025年地区生产总值约1866000万元。"),
        ("2025年地区生产总值超过190亿元。", "2025年地区生产总值187亿元。"),
        ("2025年入园企业不足300家，运行平稳。", "2025年入园企业312家，运行平稳。"),
        ("2025年综合能源消费量90.05万吨标准煤。", "2025年综合能源消费量97.05万吨标准煤。"),
        ("到2030年综合能源消费量不超过110万tce。", "到2030年综合能源消费量不超过111.94万tce。"),
        ("筛选出二十六个重点项目。", "筛选出24个重点项目。"),
        ("规划面积28.6平方公里。", "规划面积26.8平方公里。"),
        (
            "2023、2024、2025年税收分别为17.1、18.9、19.9亿元。",
            "2023、2024、2025年税收分别为17.1、18.5、19.9亿元。",
        ),
        (
            "到2030年，单位生产总值能耗较2025年下降百分之十八。",
            "到2030年，单位生产总值能耗较2025年下降16%。",
        ),
        (
            "2025年园区二氧化硫421.6 t、氮氧化物1368.4 t。",
            "2025年园区二氧化硫412.6 t、氮氧化物1386.4 t。",
        ),
    ],
)
def test_that_a_wrong_number_made_live_prints_the_right_one(view, wrong, right):
    after = mended(written(view, wrong))

    assert "{{" in str(after.value(ECONOMY))
    assert read_text(after, ECONOMY) == right
    assert [f for f in run_checks(after) if f.rule == RULE_PROSE or f.rule.startswith("LIV")] == []


def test_that_a_slip_behind_the_point_of_a_percentage_is_left_alone(view):
    assert not any(prose_against_data(written(view, "到2030年，能耗下降百分之五点十。")))


def test_that_a_rate_told_the_wrong_way_round_asks_for_another_word(view):
    text = "到2030年，单位生产总值能耗提高15.83%。"
    (finding,) = [f for f in prose_against_data(written(view, text)) if f is not None]

    assert finding.mend is None
    assert "方向写反" in finding.remedy
    assert offers_in(written(view, text), ECONOMY) == ()


def test_that_numbers_that_agree_are_offered_too_and_nothing_else(view):
    text = "2025年地区生产总值186.6亿元，距市区7 km。"
    plan = written(view, text)
    (offer,) = offers_in(plan, ECONOMY)
    answers = apply_edits(PACK, plan.answers, offer.mend.edits, offer.mend.label).answers
    after = evaluate(PACK, answers, plan)

    assert text[offer.start : offer.end] == "186.6亿元"
    assert read_text(after, ECONOMY) == text
    assert offers_in(after, ECONOMY) == ()


def test_that_the_words_around_a_live_figure_are_still_understood(view):
    text = "园区规划面积{{overview/planned_area}}，核准面积23.16km²。"
    (finding,) = [f for f in prose_against_data(written(view, text)) if f is not None]

    assert "23.16km²" in finding.sentence
    assert finding.mend is not None
    assert read_text(mended(written(view, text)), ECONOMY).endswith("核准面积21.36 km²。")


def test_that_the_prose_of_a_project_is_read_against_that_project(view):
    table = PACK.roles.projects
    row = next(row for row in view.rows(table) if view.number(table.at(row, "save_energy")))
    right = view.text(table.at(row, "save_energy"))
    home = table.at(row, "content")

    def said(text: str) -> list[str]:
        answers = apply_edit(PACK, view.answers, SetValue(home, text)).answers
        after = evaluate(PACK, answers, view)
        return [f.sentence for f in prose_against_data(after) if f is not None]

    assert said(f"建成后年节能量{right} tce。") == []
    assert said("余热回收后，锅炉年节能量12 tce。") == []
    (sentence,) = said("建成后年节能量98765 tce。")
    assert view.row_name(home) in sentence
    assert right in sentence


def test_that_a_finding_names_both_values_and_both_places(view):
    home = Address("economy", "economy_text")
    text = read_text(view, home).replace("186.6亿元", "168.6亿元")
    answers = apply_edit(PACK, view.answers, SetValue(home, text)).answers
    (finding,) = [f for f in run_checks(evaluate(PACK, answers)) if f.rule == RULE_PROSE]

    assert finding.severity is Severity.SHOULD
    assert "168.6亿元" in finding.sentence
    assert "186.6 亿元" in finding.sentence
    assert finding.places[0] == home
    assert slot_at(PACK, finding.places[1]) is not None


def test_that_a_changed_value_is_found_in_prose_that_stayed(view):
    home = Address("economy", "output", "gdp", "", 2025)
    answers = apply_edit(PACK, view.answers, SetValue(home, Decimal("190.6"))).answers
    after = evaluate(PACK, answers, view)
    rules = [step.rule for step in prose_against_data(after) if step is not None]

    assert RULE_PROSE in rules
    assert [step for step in prose_against_data(view) if step is not None] == []


def test_that_shortenings_come_from_the_label():
    assert "再生水回用率" in names_of("再生水（中水）回用率")
    assert "中水回用率" in names_of("再生水（中水）回用率")
    assert "减排二氧化碳" in names_of("二氧化碳减排量")
    assert "单位GDP能耗" in names_of("园区单位生产总值能耗", PACK.synonyms)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "、，。；：",
        "地区生产总值" + "9" * 300 + "亿元",
        "2025年地区生产总值0." + "0" * 50 + "1亿元",
        "年末" * 3000 + "地区生产总值5亿元",
        "达到" * 3000 + "5亿元",
        "比" * 20_000 + "，地区生产总值5亿元",
        "2025年地区生产总值186.6亿元" * 2000,
        "百千十百千万亿元零〇个",
        "（（（2025年）地区生产总值（5亿元",
    ],
)
def test_that_odd_text_is_read_to_its_end_without_harm(linter, text):
    assert all(text[claim.written.start : claim.written.end] for claim in linter.claims(text))
