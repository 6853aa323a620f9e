"""The number linter: silent about true prose, loud about a changed number."""

from __future__ import annotations

import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from commands.making import sample_plan
from forms.address import Address
from forms.checks import run_checks
from forms.checks.prose import RULE_PROSE, prose_against_data
from forms.claims import Linter
from forms.edits import SetValue, apply_edit
from forms.kinds import Narrative
from forms.loading import open_pack
from forms.places import slot_at
from forms.quantities import known_quantities, names_of
from forms.schema import Severity
from forms.view import PlanView, evaluate

sys.path.insert(0, str(Path(__file__).parent))
from sentences import SILENT, WRONG

sys.path.pop(0)

PACK = open_pack("ndrc-2021-1004")


@pytest.fixture(scope="module")
def view() -> PlanView:
    return evaluate(PACK, sample_plan().answers)


@pytest.fixture(scope="module")
def linter(view) -> Linter:
    return Linter(known_quantities(view), view.calendar, PACK)


def narratives(view: PlanView) -> dict[Address, str]:
    return {
        address: text
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
    missed = [text for text in WRONG if not differing(linter, text)]
    false_alarms = [text for text in SILENT if differing(linter, text)]
    print(f"{len(WRONG)} wrong, {len(missed)} missed:", *missed, sep="\n")
    print(f"{len(SILENT)} right, {len(false_alarms)} alarms:", *false_alarms, sep="\n")

    assert len(WRONG) + len(SILENT) >= 120
    assert len(missed) <= len(WRONG) * 0.05, "\n".join(missed)
    assert len(false_alarms) <= len(SILENT) * 0.05, "\n".join(false_alarms)


def test_that_a_finding_names_both_values_and_both_places(view):
    home = Address("economy", "economy_text")
    text = str(view.value(home)).replace("186.6亿元", "168.6亿元")
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


def test_that_the_whole_sample_is_read_in_no_time(view):
    started = time.perf_counter()
    list(prose_against_data(evaluate(PACK, view.answers)))

    assert time.perf_counter() - started < 1  # 150 ms on a quiet machine, figures included


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
def test_that_odd_text_is_read_soon_and_without_harm(linter, text):
    started = time.perf_counter()
    list(linter.claims(text))

    assert time.perf_counter() - started < 3
