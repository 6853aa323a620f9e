"""What a row's own prose reckons against its figures, and figures against their neighbours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from commands.making import DEFAULT_PACK
from forms.address import parse_address
from forms.answers import Answers
from forms.checks.factors_used import factors_used
from forms.checks.finding import Finding
from forms.checks.swapped_digits import swapped_digits
from forms.checks.workings import benefits_and_workings
from forms.loading import open_pack
from forms.view import evaluate

PACK = open_pack(DEFAULT_PACK)
ROW = "projects/list/p1"


def plan(**typed: object):
    years = {"period/base_year": 2025, "period/target_year": 2030, "period/history_years": 3}
    answers = Answers().with_order(parse_address("projects/list"), ("p1",))
    for address, value in {**years, **typed}.items():
        answers = answers.with_value(parse_address(address), value)  # type: ignore[arg-type]
    return evaluate(PACK, answers)


def found(steps) -> list[Finding]:
    return [step for step in steps if step is not None]


def worked(text: str, **cells: str) -> list[Finding]:
    figures = {f"{ROW}/{column}": Decimal(value) for column, value in cells.items()}
    typed = {f"{ROW}/name": "余热项目", f"{ROW}/benefit_basis": text, **figures}
    return found(benefits_and_workings(plan(**typed)))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("节能420×1.4571＝611.98 tce。", {"save_energy": "611.98"}),
        ("节约天然气820万m³，不计节水。", {}),  # a volume of gas is no water
        ("管网漏损由9.6%降到5.2%，节水量：1409万m³×4.4%，取整＝62万m³/a。", {"save_water": "62"}),
        ("化学需氧量减排量：12.40万t×40 mg/L＝4.96 t/a。", {"cut_cod": "4.96"}),
        ("甲段节能100 tce，乙段节能200 tce。合计节能量300 tce/a。", {"save_energy": "300"}),
        ("本项目不计列效益。", {}),
        ("节能3000 tce。", {"save_energy": "3000.00"}),
        ("节能611.98 tce。", {"save_energy": "612"}),  # rounded in the table
        ("节能1.23万tce。", {"save_energy": "12345"}),  # rounded in the text
        ("节能约1.2万tce。", {"save_energy": "12345"}),
    ],
)
def test_that_a_working_that_agrees_is_silent(text, cells):
    assert worked(text, **cells) == []


@pytest.mark.parametrize(
    ("text", "cells", "rule", "words"),
    [
        ("节能420×1.4571＝611.98 tce。", {}, "PRS-021", ("611.98 tce", "节能量")),
        ("少用蒸汽折3.2万t×0.106＝3396.8 tce。", {}, "PRS-021", ("3396.8 tce",)),
        ("二氧化碳固定量＝48000 t×0.5＝24000 t。", {}, "PRS-021", ("24000 t",)),
        ("节能611.98 tce。", {"save_energy": "61.198"}, "PRS-022", ("611.98 tce", "61.198 tce/a")),
        ("废水减排量：计220万t/a。", {"cut_wastewater": "22"}, "PRS-022", ("220万t/a", "22 万t/a")),
    ],
)
def test_that_a_working_and_a_figure_that_differ_are_both_named(text, cells, rule, words):
    (finding,) = worked(text, **cells)

    assert finding.rule == rule
    assert all(word in finding.sentence for word in words)


@pytest.mark.parametrize(
    ("values", "right"),
    [
        (("63200", "37500", "38600"), "36200"),
        (("752000", "678000", "780000"), "768000"),
        (("17.12", "18.45", "91.86"), "19.86"),
    ],
)
def test_that_swapped_digits_are_seen_and_the_right_ones_named(values, right):
    (finding,) = found(swapped_digits(plan(**series(values))))

    assert right in finding.sentence
    assert "颠倒" in finding.sentence


@pytest.mark.parametrize(
    "values",
    [
        ("36200", "37500", "38600"),
        ("46.8", "43.6", "52.3"),  # up and down, but no digits changed places
        ("1800", "3900", "6000"),  # growing fast and evenly
        ("100", "250", "310"),
        ("36200", None, "83600"),  # a year is missing: nothing to be in line with
    ],
)
def test_that_figures_that_move_for_reasons_are_silent(values):
    assert found(swapped_digits(plan(**series(values)))) == []


def series(values) -> dict[str, Decimal]:
    years = zip((2023, 2024, 2025), values, strict=True)
    return {f"economy/output/tax_revenue/{y}": Decimal(v) for y, v in years if v is not None}


def test_that_a_working_uses_the_factor_of_the_plan():
    chosen = {"scope/grid_area": "2023|全国|电力平均二氧化碳排放因子", f"{ROW}/name": "光伏项目"}

    def used(text: str) -> list[Finding]:
        return found(factors_used(plan(**chosen, **{f"{ROW}/benefit_basis": text})))

    assert used("7140×5.306＝37884.84 t。") == []
    assert used("71400000 kWh×0.5306 kg/kWh＝37884.84 t。") == []
    assert used("管长12×1.829 km。") == []  # no published factor
    (finding,) = used("7140×6.096＝43525.44 t。")
    assert "6.096" in finding.sentence
    assert "0.5306 kgCO2/kWh" in finding.sentence
