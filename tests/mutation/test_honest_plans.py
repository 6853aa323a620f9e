"""A planner's honest choices: the checks say of them only what truly follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest

from commands.making import sample_plan
from forms.address import Address
from forms.answers import Answers
from forms.checks import run_checks
from forms.values import Value, YearMonth
from forms.view import evaluate
from tests.mutation.places import CLEAN, PACK, PROJECTS, at, without_row

Plan = Callable[[], Answers]
PLANS: dict[str, tuple[Plan, dict[str, int]]] = {}


def honest(name: str, **follows: int) -> Callable[[Plan], Plan]:
    """A variation of the clean plan, and how often which rule truly speaks of it.

    PRS_001: the prose still says the old figures. LIV_001: live figures of years that are gone.
    """

    def add(plan: Plan) -> Plan:
        PLANS[name] = (plan, {key.replace("_", "-"): n for key, n in follows.items()})
        return plan

    return add


def _with(*cells: tuple[str, Value | None]) -> Answers:
    answers = CLEAN.answers
    for text, value in cells:
        answers = answers.with_value(at(text), value)
    return answers


@honest("天然气按统计年鉴系数折标", EVD_101=1, PRS_001=5)
def yearbook_gas() -> Answers:
    return _with(("scope/gas_basis", "yearbook"))


@honest("电力按等价值折标", PRS_001=5, DBL_106=3)
def equivalent_power() -> Answers:
    """The workings of three projects still reckon electricity saved at 1.229: they must follow."""
    return _with(
        ("scope/elec_basis", "equivalent"),
        ("scope/elec_equivalent", Decimal("2.95")),
        ("scope/elec_source", "省统计局2025年公布的发电煤耗295 gce/kWh"),
    )


@honest("少报一个项目")
def one_project_fewer() -> Answers:
    row = CLEAN.rows(PROJECTS)[-1]
    return without_row(PROJECTS.at_row(row))(CLEAN.answers, Random(0))


@honest("一个项目目标年以后竣工，达产年照实填", TIM_005=1, TIM_008=1, PRS_001=1)
def one_project_later() -> Answers:
    row, target = CLEAN.rows(PROJECTS)[2], CLEAN.calendar.target
    return _with(
        (f"{PROJECTS}/{row}/finish_month", YearMonth(target + 1, 3)),
        (f"{PROJECTS}/{row}/full_year", target + 1),
    )


@honest("增加一个能源品种，系数自填", PRS_001=5)
def one_fuel_more() -> Answers:
    table = at("energy/balance")
    cells: dict[str, Value] = {
        "fuel": "other",
        "coefficient": Decimal("1.2"),
        "coefficient_reason": "入厂检测均值35.17 GJ/t，÷29.3076折1.2",
        "co2_factor": Decimal("2.9"),
        "co2_reason": "检测含碳量79.1%×44÷12",
        "data_source": "205-1表",
    }
    answers = CLEAN.answers
    for column, value in cells.items():
        answers = answers.with_value(table.at("f99", column), value)
    for year, amount in ((2023, 820), (2024, 830), (2025, 850)):
        answers = answers.with_value(table.at("f99", "amount", year), Decimal(amount))
    return answers.with_order(table, (*answers.order(table), "f99"))


@honest("历史数据只报一年", LIV_001=1)
def one_year() -> Answers:
    answers = _with(("period/history_years", 1))
    for cell, _ in CLEAN.answers.values():
        if cell.year and cell.year < CLEAN.calendar.base:
            answers = answers.with_value(cell, None)
    return answers


@honest("历史数据报五年")
def five_years() -> Answers:
    answers = _with(("period/history_years", 5))
    for cell, value in CLEAN.answers.values():
        if cell.year == CLEAN.calendar.base - 2 and cell.table != PROJECTS:
            for back, share in ((1, Decimal("0.96")), (2, Decimal("0.93"))):
                older = Address(cell.section, cell.item, cell.row, cell.column, cell.year - back)
                answers = answers.with_value(older, _scaled(value, share))
    return answers


def _scaled(value: Value, share: Decimal) -> Value:
    if isinstance(value, Decimal):
        return value * share
    return int(value * share) if isinstance(value, int) else value


@honest("按强度法测算节能量")
def by_intensity() -> Answers:
    return _with(("scope/saving_method", "intensity"))


@honest("固体废物含危险废物", PRS_001=2)
def with_hazardous() -> Answers:
    rate = ("targets/target_general_util", Decimal("95.5"))
    return _with(("scope/waste_basis", "with_hazardous"), rate)


@honest("用水量按用水总量", PRS_001=1)
def by_use() -> Answers:
    return _with(("scope/water_basis", "use"))


@honest("燃料因子取省级清单2011年版", EVD_101=3, PRS_001=1)
def older_factors() -> Answers:
    return _with(("scope/co2_set", "province_2011"))


@honest("多报五个项目", PRS_001=12)
def five_projects_more() -> Answers:
    return sample_plan(len(CLEAN.rows(PROJECTS)) + 5).answers


@honest("基准年前移一年，数据随之前移", LIV_001=8)
def earlier_base() -> Answers:
    answers = CLEAN.answers
    for cell, _ in CLEAN.answers.values():
        if cell.year and cell.table != PROJECTS:
            answers = answers.with_value(cell, None)
    for cell, value in CLEAN.answers.values():
        if cell.year and cell.table != PROJECTS:
            earlier = Address(cell.section, cell.item, cell.row, cell.column, cell.year - 1)
            answers = answers.with_value(earlier, value)
    return answers.with_value(at("period/base_year"), CLEAN.calendar.base - 1)


@pytest.mark.parametrize("name", PLANS)
def test_that_an_honest_choice_brings_no_finding_but_what_follows(name):
    plan, follows = PLANS[name]
    found = run_checks(evaluate(PACK, plan(), CLEAN))

    told = [f"{one.rule} {one.sentence}" for one in found]
    assert Counter(one.rule for one in found) == follows, told
