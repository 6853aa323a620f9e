"""Sums told in one sentence, and figures of some months that stand for a year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from commands.making import DEFAULT_PACK
from forms.address import parse_address
from forms.answers import Answers
from forms.checks.finding import Finding
from forms.checks.indicator_leaps import indicator_leaps
from forms.checks.part_years import part_years
from forms.checks.prose_sums import prose_sums
from forms.loading import open_pack
from forms.view import PlanView, evaluate

PACK = open_pack(DEFAULT_PACK)
TEXT = parse_address("economy/economy_text")


def told(text: str, **others: object) -> PlanView:
    answers = Answers().with_value(TEXT, text)
    for address, value in {"period/base_year": 2025, "period/history_years": 1, **others}.items():
        answers = answers.with_value(parse_address(address), value)  # type: ignore[arg-type]
    return evaluate(PACK, answers)


def found(steps) -> list[Finding]:
    return [step for step in steps if step is not None]


@pytest.mark.parametrize(
    "text",
    [
        "企业312家，其中规上106家。",  # one part is no list
        "企业312家，其中化工106家、建陶88家。",  # a list may leave out the rest
        "总投资3.3亿元，其中自筹1.5亿元、贷款1.8亿元。",
        "总投资3.3亿元，其中自筹15000万元、贷款18000万元。",
        "总投资33.0亿元，其中自筹16.52亿元、贷款16.52亿元。",  # rounding explains it
        "项目24个、33.01亿元，其中布局4个、6.21亿元；链接5个、8.02亿元；节能7个、10.49亿元；"
        "利用4个、4.06亿元；治理4个、4.23亿元。",
        "产值90亿元，其中化工40亿元、建陶30亿元，比上年增加50亿元。",  # the list has ended
        "产值90亿元，其中化工约60亿元、建陶近40亿元。",  # about
        "2024年产值90亿元，2025年120亿元，其中化工70亿元、建陶45亿元。",
        "排放268万t，其中原煤占55.5%、天然气占60%。",
        "耗煤78万t，其中热电70万t（1号炉40万t、2号炉30万t）、自备炉8万t。",
        "产值90亿元，其中化工40亿元、建陶30亿元，其中卫浴25亿元。",  # whose part is not told
    ],
)
def test_that_sums_that_may_be_right_are_silent(text):
    assert found(prose_sums(told(text))) == []


@pytest.mark.parametrize(
    ("text", "total", "whole"),
    [
        ("企业312家，其中化工206家、建陶188家。", "394 家", "312家"),
        ("总投资3.3亿元，其中自筹15000万元、贷款28000万元。", "4.3 亿元", "3.3亿元"),
        ("项目9个、总投资20亿元，其中补链4个、5亿元，公共设施5个、9亿元。", "14 亿元", "20亿元"),
        ("用水 2489 万m³，其中地表水1080.4万m³、自来水1936.6万m³。", "3017 万m³", "2489 万m³"),
    ],
)
def test_that_a_sum_that_cannot_be_right_names_both_numbers(text, total, whole):
    (finding,) = found(prose_sums(told(text)))

    assert total in finding.sentence
    assert whole in finding.sentence
    assert finding.places == (TEXT,)


def test_that_figures_of_some_months_are_not_a_year():
    tax = {"economy/output/tax_revenue/2025": Decimal("3.1352")}

    (finding,) = found(part_years(told("1—10月税收31352万元，同比增长26.4%。", **tax)))
    assert "3.1352 亿元" in finding.sentence
    assert "31352万元" in finding.sentence
    assert found(part_years(told("前三季度税收31352万元。", **tax)))
    assert not found(part_years(told("1—12月税收31352万元。", **tax)))
    assert not found(part_years(told("1—10月税收28000万元。", **tax)))
    assert not found(part_years(told("2025年上半年开工，全年税收2.8亿元。", **tax)))


def test_that_an_indicator_does_not_leap():
    def leaps(base: str, target: str) -> list[Finding]:
        home = "outcomes/indicators/land_output"
        sides = {f"{home}/base": Decimal(base), f"{home}/target": Decimal(target)}
        return found(indicator_leaps(told("", **sides)))

    assert not leaps("0.72", "1.44")
    (up,) = leaps("0.72", "82.64")
    assert "114.8 倍" in up.sentence
    (down,) = leaps("82.64", "0.72")
    assert "1/114.8" in down.sentence
