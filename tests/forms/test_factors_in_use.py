"""Which published factors a plan really takes: those of the chosen branch, not those replaced."""

from __future__ import annotations

from decimal import Decimal

from forms.address import parse_address
from forms.answers import Answers
from forms.edits import RemoveRow, apply_edit, seed_answers
from forms.factors_in_use import factors_at, factors_in_use
from forms.overrides import override_at, overrides
from forms.view import evaluate
from tests.forms.samples import PACK, sample_answers, sample_view

POWER = "energy_tce|electricity_eq"
GUIDES = "A_24行业核算指南2013-2015缺省值"
PROVINCE = "C_省级温室气体清单编制指南2025年版（转引）"


def options(view):
    return {used.option for used in factors_in_use(view)}


def test_that_a_factor_in_use_says_value_unit_edition_source_and_where():
    used = {each.option: each for each in factors_in_use(sample_view())}
    grid = used[
        "grid_co2|2023|全国|全国电力平均二氧化碳排放因子（不包括市场化交易的非化石能源电量）"
    ]

    assert grid.amount == "0.6096 kgCO2/kWh"
    assert grid.factor.edition.startswith("生态环境部、国家统计局公告2025年第47号")
    assert "2023 全国" in grid.name
    assert grid.factor.verified == "found-1"
    assert [str(place) for place in grid.places] == ["scope/grid_factor"]
    assert len(used[POWER].places) == 3  # power bought, green power, own power


def test_that_power_at_its_equivalent_value_takes_no_factor_of_the_standard():
    basis = {"scope__elec_basis": "等价值（按发电煤耗）", "scope__elec_equivalent": "2.95"}

    assert POWER in options(sample_view())
    assert POWER not in options(sample_view(**basis))


def test_that_another_set_brings_other_factors_of_another_edition():
    guides = sample_view(scope__co2_set="分行业企业核算指南（2013—2015年）缺省值")

    assert f"fuel_co2|{PROVINCE}|柴油" in options(sample_view())
    assert f"fuel_co2|{PROVINCE}|柴油" not in options(guides)
    assert f"fuel_co2|{GUIDES}|柴油" in options(guides)


def test_that_a_replaced_factor_is_not_in_use_but_the_replacement_is_told():
    coal = parse_address("energy/balance/f01/coefficient")
    view = sample_view()
    restored = sample_view(energy__balance__f01__coefficient=None)

    assert "energy_tce|raw_coal" not in options(view)
    assert "energy_tce|raw_coal" in options(restored)
    assert factors_at(view, coal) == ()
    told = override_at(view, coal)
    assert told is not None
    assert (told.name, told.computed, told.typed) == ("原煤 · 折标系数", "0.7143", "0.70016")
    assert told.reason.startswith("2025年入厂煤低位发热量")
    assert coal in [each.address for each in overrides(view, coal.table)]
    assert override_at(restored, coal) is None


def test_that_a_removed_fuel_takes_its_factors_away():
    edit = RemoveRow(parse_address("energy/balance/f08"))
    gone = evaluate(PACK, apply_edit(PACK, sample_answers(), edit).answers)

    assert options(sample_view()) - options(gone) == {
        "energy_tce|diesel",
        f"fuel_co2|{PROVINCE}|柴油",
    }


def test_that_gas_takes_the_row_its_basis_names_and_none_when_it_is_measured():
    basis = {
        "标准区间上限（13.3）": ("13.3", "energy_tce|natural_gas_upper"),
        "标准区间下限（11.0）": ("11.0", "energy_tce|natural_gas"),
        "能源统计年鉴（12.15）": ("12.15", "energy_tce|yb_ng"),
    }
    for label, (value, option) in basis.items():
        view = sample_view(scope__gas_basis=label)
        assert view.number(parse_address("scope/gas_coefficient")) == Decimal(value)
        assert option in options(view)
    own = sample_view(
        scope__gas_basis="自行填写（检测值或当地口径）", scope__gas_coefficient="12.143"
    )
    assert not {each for each in options(own) if "natural_gas" in each and "tce" in each}
    assert own.number(parse_address("energy/balance/f02/coefficient")) == Decimal("12.143")


def test_that_bought_heat_counts_by_either_value():
    heat = {"energy__balance__f08__fuel": "热力"}
    equal = sample_view(**heat)
    by_coal = sample_view(
        **heat, scope__heat_basis="等价值（按供热煤耗）", scope__heat_equivalent="0.0386"
    )
    place = parse_address("energy/balance/f08/coefficient")

    assert equal.number(place) == Decimal("0.03412")
    assert by_coal.number(place) == Decimal("0.0386")
    assert "energy_tce|heat_eq" in options(equal)
    assert "energy_tce|heat_eq" not in options(by_coal)


def test_that_an_empty_plan_takes_only_what_its_first_rows_take():
    assert factors_in_use(evaluate(PACK, Answers())) != ()  # heat has but one default
    seeded = options(evaluate(PACK, seed_answers(PACK)))

    assert POWER in seeded
    assert not {each for each in seeded if each.startswith(("grid_co2", "fuel_co2"))}


def test_that_a_new_plan_types_the_choices_its_factors_hang_on():
    answers = seed_answers(PACK)
    typed = {str(address): value for address, value in answers.values()}

    assert typed["scope/elec_basis"] == "equal"
    assert typed["scope/gas_basis"] == "upper"
    assert typed["scope/heat_basis"] == "equal"
    assert "scope/co2_set" not in typed  # nobody chooses these for the planner
    assert "scope/grid_area" not in typed
