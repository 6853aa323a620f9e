"""Benefits counted twice are found; those that only look alike are not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from commands.making import sample_plan
from forms.address import parse_address
from forms.checks.finding import Finding
from forms.checks.overlaps import overlaps
from forms.edits import apply_edit, set_from_text
from forms.loading import open_pack
from forms.view import PlanView, evaluate

LIST = "projects/list"


@pytest.fixture(scope="module")
def sample() -> PlanView:
    plan = sample_plan()
    return evaluate(open_pack(plan.meta.pack_id), plan.answers)


def said(view: PlanView, cells: dict[str, str]) -> list[Finding]:
    """What the check says of the sample with some cells of projects typed."""
    answers = view.answers
    for address, text in cells.items():
        edit = set_from_text(view.pack, parse_address(f"{LIST}/{address}"), text)
        answers = apply_edit(view.pack, answers, edit).answers
    return [step for step in overlaps(evaluate(view.pack, answers)) if step is not None]


@pytest.mark.parametrize(
    ("cells", "rule", "words"),
    [
        (
            {"p20/save_energy": "13054.96", "p20/cut_co2": "44284.17"},  # p12, the same owner
            "DBL-102",
            "同一建设单位的“恒泰氯碱膜极距电解槽及合成余热利用改造项目”"
            "“恒泰氯碱盐泥减量与膜法除硝改造项目”的节能量 13054.96 tce/a、"
            "二氧化碳减排量 44284.17 tCO2/a完全相同，可能是同一笔效益在不同项目中各计了一次。",
        ),
        (
            {"p22/save_water": "61.5", "p11/save_water": "61.5"},  # two owners, a telling figure
            "DBL-103",
            "“金穗陶瓷干法制粉及宽体窑节能改造项目”“建陶片区窑炉烟气超低排放改造项目”的"
            "节水量 61.5 万m³/a完全相同，可能是同一笔效益在不同项目中各计了一次。",
        ),
        (
            {"p20/use_waste": "3800"},  # p07 avoids what p20 uses
            "DBL-104",
            "“副产盐酸制聚合氯化铝扩建项目”的固体废物减量 3800 t/a与"
            "“恒泰氯碱盐泥减量与膜法除硝改造项目”的固体废物新增综合利用量 3800 t/a相同，"
            "可能是同一笔量计在两项效益中。",
        ),
        (
            {"p17/save_water": "94"},  # 62 + 32, the water works' other two
            "DBL-105",
            "“园区再生水厂扩建及中水管网工程”的节水量 94 万m³/a等于"
            "“高盐废水分质处理与副产盐回用项目”“园区分质供水管网及漏损治理工程”之和，"
            "可能是总项目与其子项目，效益重复计算。",
        ),
        (
            {"p21/name": "园区再生水厂扩建及中水管网工程泵站部分"},
            "DBL-105",
            "“园区再生水厂扩建及中水管网工程”的节水量 220 万m³/a与名称以它开头的"
            "“园区再生水厂扩建及中水管网工程泵站部分”同时计列，可能是总项目与其子项目，"
            "效益重复计算。",
        ),
        (
            {"p10/cut_co2": "35459.92"},  # gas, twice
            "DBL-106",
            "“宏岩陶瓷窑炉余热梯级利用与富氧燃烧改造项目”的二氧化碳减排量 35459.92 tCO2/a与"
            "节能量之比为 3.25 tCO2/tce，正好是天然气（1.63）的两倍，"
            "二氧化碳减排可能按能源和按措施各计了一次。",
        ),
    ],
)
def test_that_a_benefit_counted_twice_is_found(sample, cells, rule, words):
    found = said(sample, cells)

    assert [finding.rule for finding in found] == [rule]
    assert found[0].sentence == words
    assert len(found[0].places) >= 2
    assert found[0].remedy.endswith("。")


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"p22/save_water": "60", "p11/save_water": "60"},  # two owners, a round figure
        {"p21/name": "园区再生水厂扩建及中水管网工程二期"},  # a phase of its own
        {"p17/save_water": "95"},  # no sum of the others
        {"p05/use_waste": "0", "p10/use_waste": "0"},  # nothing twice is nothing
        {"p10/cut_co2": "20000"},  # more than gas gives, but no double
    ],
)
def test_that_benefits_that_only_look_alike_are_let_be(sample, cells):
    assert said(sample, cells) == []


def test_that_each_set_of_projects_is_named_once(sample):
    columns = ("save_water", "cut_wastewater", "cut_cod", "cut_nh3n")
    texts = {c: sample.text(parse_address(f"{LIST}/p17/{c}")) for c in columns}
    found = said(sample, {f"p21/{column}": text for column, text in texts.items()})

    assert [finding.rule for finding in found] == ["DBL-102"]
    assert all(text in found[0].sentence for text in texts.values())


def test_that_moving_projects_changes_no_finding(sample):
    found = {f.sentence for f in said(sample, {"p20/use_waste": "3800"})}
    order = sample.rows(sample.pack.roles.projects)
    assert all(one < other for one, other in pairwise(order))
    answers = sample.answers.with_order(sample.pack.roles.projects, tuple(reversed(order)))
    moved = {f.sentence for f in said(evaluate(sample.pack, answers), {"p20/use_waste": "3800"})}

    assert moved == found
