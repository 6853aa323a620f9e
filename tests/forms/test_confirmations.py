"""Confirmations: bound to factor, value and edition; asked for until they hold."""

from __future__ import annotations

from datetime import date

import pytest

from forms.address import parse_address
from forms.answers import Answers
from forms.checks import run_checks
from forms.checks.factors import RULE_FACTOR
from forms.confirmations import confirm, confirmation_of, confirmations, is_open, withdraw
from forms.edits import RemoveRow, apply_edits, seed_answers, set_from_text
from forms.factors_in_use import factors_in_use
from forms.schema import Severity
from forms.view import evaluate
from tests.forms.samples import PACK, sample_answers, sample_view

DAY = date(2026, 5, 20)
DIESEL = "化石燃料二氧化碳排放因子：柴油 3.0959 tCO2/t"


def unconfirmed():
    """The sample with no confirmation at all."""
    home = parse_address("scope/factor_checks")
    edits = tuple(RemoveRow(home.at_row(row)) for row in sample_answers().order(home))
    return evaluate(PACK, apply_edits(PACK, sample_answers(), edits, "").answers)


def asked(view):
    return [finding for finding in run_checks(view) if finding.rule == RULE_FACTOR]


def after(view, edits):
    return evaluate(PACK, apply_edits(PACK, view.answers, tuple(edits), "").answers)


def used(view, name):
    return next(each for each in factors_in_use(view) if name in each.name)


def test_that_every_unconfirmed_factor_in_use_is_asked_for_by_name_value_and_place():
    found = asked(unconfirmed())
    diesel = next(finding for finding in found if DIESEL in finding.sentence)

    assert len(found) == 5
    assert diesel.severity is Severity.MUST
    assert "《省级温室气体清单编制指南（2025年版）》" in diesel.sentence
    assert "“柴油 · 二氧化碳因子”" in diesel.sentence
    assert "已核对" in diesel.remedy
    assert [str(place) for place in diesel.places] == [
        "scope/factor_checks",
        "energy/balance/f08/co2_factor",
    ]


def test_that_factors_several_copies_agree_on_are_not_asked_for():
    view = unconfirmed()

    assert not is_open(view, used(view, "液化石油气"))  # its coefficient
    assert not [finding for finding in asked(view) if "1.7143" in finding.sentence]


def test_that_one_confirmation_settles_one_factor_with_name_and_date():
    view = unconfirmed()
    settled = after(view, confirm(view, used(view, "因子：柴油"), " 邵一帆 ", DAY))
    record = confirmation_of(settled, used(settled, "因子：柴油"))

    assert record is not None
    assert (record.person, record.day) == ("邵一帆", DAY)
    assert len(asked(settled)) == len(asked(view)) - 1


@pytest.mark.parametrize(
    ("column", "text"),
    [("value", "3.0960"), ("edition", "《省级温室气体清单编制指南》第二次印刷"), ("person", "")],
)
def test_that_a_record_that_differs_no_longer_counts(column, text):
    view = unconfirmed()
    settled = after(view, confirm(view, used(view, "因子：柴油"), "邵一帆", DAY))
    row = confirmations(settled)[0].row
    edit = set_from_text(PACK, row.at(row.row, column), text)
    changed = after(settled, [edit])

    assert confirmation_of(changed, used(changed, "因子：柴油")) is None
    assert len(asked(changed)) == len(asked(view))


def test_that_confirming_again_leaves_one_record():
    view = sample_view()
    twice = after(view, confirm(view, used(view, "因子：柴油"), "罗佳宁", DAY))
    records = [each for each in confirmations(twice) if each.option.endswith("柴油")]

    assert [each.person for each in records] == ["罗佳宁"]
    assert len(confirmations(twice)) == len(confirmations(view))


def test_that_a_withdrawn_confirmation_is_asked_for_again():
    view = sample_view()
    diesel = used(view, "因子：柴油")

    assert asked(view) == []
    assert len(asked(after(view, withdraw(view, diesel.option)))) == 1


def test_that_a_confirmation_of_one_set_does_not_count_for_another_and_survives_the_way_back():
    guides = sample_view(scope__co2_set="分行业企业核算指南（2013—2015年）缺省值")
    back = after(
        guides,
        [
            set_from_text(
                PACK, parse_address("scope/co2_set"), "省级温室气体清单编制指南2025年版（转引）"
            )
        ],
    )

    assert len(asked(guides)) == 3
    again = after(guides, confirm(guides, used(guides, "因子：柴油"), "罗佳宁", DAY))
    assert not [finding for finding in run_checks(again) if "可能重复填报" in finding.sentence]
    assert asked(back) == []


def test_that_a_measured_coefficient_asks_for_a_reason_instead_of_a_confirmation():
    view = unconfirmed()
    measured = after(
        view,
        [set_from_text(PACK, parse_address("energy/balance/f08/co2_factor"), "3.1")],
    )

    assert not [finding for finding in asked(measured) if "柴油" in finding.sentence]
    assert any(finding.rule == "RSN-001" for finding in run_checks(measured))


def test_that_an_energy_row_without_coefficient_or_factor_is_named():
    view = sample_view(
        energy__balance__f07__coefficient=None, energy__balance__f08__fuel="甲醇（作燃料）"
    )
    found = {f.rule: f for f in run_checks(view) if f.rule.startswith("ENE")}

    assert "“沼气”填了实物量，却没有折标系数" in found["ENE-001"].sentence
    assert "“甲醇（作燃料）”填了实物量，却没有二氧化碳因子" in found["ENE-002"].sentence
    assert {finding.severity for finding in found.values()} == {Severity.MUST}


def test_that_an_empty_energy_row_is_not_named_for_its_coefficient():
    rules = {finding.rule for finding in run_checks(evaluate(PACK, seed_answers(PACK)))}

    assert not {rule for rule in rules if rule.startswith("ENE")}
    assert confirmations(evaluate(PACK, Answers())) == ()
