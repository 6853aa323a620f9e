"""Contributions: a promised figure is its projects and what is named beside them, exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from commands.making import sample_plan
from exporters.compose import compose
from exporters.document import RowRole, Table
from forms.address import Address, parse_address
from forms.contributions import all_contributions, contributions
from forms.edits import AddRow, apply_edit, set_from_text
from forms.loading import open_pack
from forms.overrides import override_at, override_sentence
from forms.schema import IndicatorTable
from forms.view import PlanView, evaluate

HOME = Address("outcomes", "indicators")
SAVING = HOME.at("energy_saving", "target")


@pytest.fixture(scope="module")
def sample() -> PlanView:
    plan = sample_plan()
    return evaluate(open_pack(plan.meta.pack_id), plan.answers)


def changed(view: PlanView, **cells: str) -> PlanView:
    """The plan with some values typed; addresses with / written as __."""
    answers = view.answers
    for address, text in cells.items():
        edit = set_from_text(view.pack, parse_address(address.replace("__", "/")), text)
        answers = apply_edit(view.pack, answers, edit).answers
    return evaluate(view.pack, answers)


def taken_apart(view: PlanView, address: Address = SAVING):
    found = contributions(view, address)
    assert found is not None
    return found


def annex(view: PlanView, title: str) -> Table:
    document = compose(view, lambda _: b"")
    blocks = (block for part in document.parts for block in part.blocks)
    return next(
        block
        for block in blocks
        if isinstance(block, Table) and block.caption and block.caption.text == title
    )


def test_that_every_indicator_is_the_sum_of_its_parts_to_the_last_digit(sample):
    item = sample.pack.index.items[HOME.section, HOME.item]
    assert isinstance(item, IndicatorTable)
    gathered = [
        found
        for row in item.rows
        if (found := contributions(sample, HOME.at(row.key, "target"))) is not None
    ]

    assert len(gathered) == 17
    for each in gathered:
        rests = sum((rest.amount for rest in each.rests), Decimal(0))
        assert each.from_projects + rests == each.total == sample.number(each.address)
        assert each.parts
        assert sum(part.share for part in each.parts if part.share) == pytest.approx(100)


def test_that_two_benefits_in_one_indicator_are_added_project_by_project(sample):
    found = taken_apart(sample, HOME.at("solid_waste_reduction", "target"))
    amounts = {sample.row_name(part.project): part.amount for part in found.parts}

    assert amounts["恒泰氯碱盐泥减量与膜法除硝改造项目"] == 6400  # less waste
    assert amounts["脱硫石膏煅烧制建筑石膏粉项目"] == 18000  # more use
    assert found.parts[0].amount == max(amounts.values())


def test_that_an_emission_names_its_base_and_what_new_plants_add(sample):
    found = taken_apart(sample, HOME.at("so2", "target"))

    assert found.from_projects == Decimal("-127.2")
    assert [(rest.name, str(rest.amount)) for rest in found.rests] == [
        ("二氧化硫（2025年）", "412.6"),
        ("新增产能二氧化硫排放量", "26.4"),
    ]


def test_that_a_ratio_has_no_contributions(sample):
    assert contributions(sample, HOME.at("energy_intensity", "target")) is None
    assert contributions(sample, parse_address("economy/output/gdp/2025")) is None


def test_that_a_typed_value_leaves_a_named_difference(sample):
    view = changed(sample, outcomes__indicators__energy_saving__target="95000")
    found = taken_apart(view)

    assert found.total == 95000
    assert [(rest.name, str(rest.amount)) for rest in found.rests] == [
        ("节能量（目标年值）：填报值与计算值之差", "1314.61")
    ]


def test_that_a_typed_value_further_down_is_named_too(sample):
    view = changed(sample, targets__target_energy="1200000")
    found = taken_apart(view, HOME.at("total_energy", "target"))
    rests = sum((rest.amount for rest in found.rests), Decimal(0))

    assert found.from_projects + rests == found.total == 1200000
    assert "目标年综合能源消费量：填报值与计算值之差" in [rest.name for rest in found.rests]


def test_that_the_intensity_method_names_what_its_saving_holds_besides_projects(sample):
    view = changed(sample, scope__saving_method="强度法（基准年与目标年单耗之差×目标年产出）")
    found = taken_apart(view)
    rests = sum((rest.amount for rest in found.rests), Decimal(0))

    assert abs(found.total - found.from_projects - rests) < Decimal("1e-15")  # a quotient
    assert any("地区生产总值" in rest.name for rest in found.rests)


def test_that_projects_that_do_not_count_are_left_out_by_name(sample):
    late = changed(sample, projects__list__p13__full_year="2031")
    found = taken_apart(late)

    assert [(late.row_name(left.project), left.why) for left in found.left_out] == [
        ("清源热电机组背压化与能量梯级利用改造项目", "达产年2031")
    ]
    assert found.total == taken_apart(sample).total - Decimal("23805.44")
    notes = annex(late, "各项目的贡献量").notes[1:]
    assert notes == (
        "有效益而未计入目标年成效的项目：“清源热电机组背压化与能量梯级利用改造项目”（达产年2031）。",
    )


def test_that_each_column_of_the_printed_table_adds_up_to_its_indicator(sample):
    view = changed(
        sample,
        outcomes__indicators__energy_saving__target="95000",
        outcomes__indicators__energy_saving__reason="节能审查核定",
    )
    table = annex(view, "各项目的贡献量")
    *body, total = table.body
    printed = [row for row in body if row.cells[0].text]
    rest = next(row for row in body if row.cells[1].text.startswith("项目以外"))

    assert total.role is RowRole.TOTAL
    for column, found in enumerate(all_contributions(view, HOME), start=2):
        figures = [row.cells[column].text for row in (*printed, rest)]
        amounts = [Decimal(text) for text in figures if text != "—"]
        assert sum(amounts) == Decimal(total.cells[column].text)
        assert total.cells[column].text == view.text(found.address)
    assert len(printed) == 22
    assert table.notes[1:] == (
        "节能量中项目以外的部分：节能量（目标年值）：填报值与计算值之差 +1314.61 tce/a。",
    )


def test_that_of_500_projects_the_largest_are_printed_and_the_others_put_together(sample):
    projects, answers = sample.pack.roles.projects, sample.answers
    for number in range(500):
        row = f"x{number}"
        answers = apply_edit(sample.pack, answers, AddRow(projects, row)).answers
        for column, text in (
            ("name", f"小项目{number}"), ("full_year", "2028"), ("save_energy", "1.5"),
        ):  # fmt: skip
            edit = set_from_text(sample.pack, projects.at(row, column), text)
            answers = apply_edit(sample.pack, answers, edit).answers
    table = annex(evaluate(sample.pack, answers), "各项目的贡献量")
    others = next(row for row in table.body if row.cells[1].text.startswith("其余"))

    assert len(table.body) < 30
    assert others.cells[1].text == "其余500个项目" or int(others.cells[1].text[2:-3]) > 490
    *figures, total = [row.cells[2].text for row in table.body]
    amounts = [Decimal(text) for text in figures if text != "—"]
    assert sum(amounts) == Decimal(total) == Decimal("94435.39")


def test_that_an_override_is_said_with_both_numbers_the_difference_and_the_reason(sample):
    view = changed(
        sample,
        outcomes__indicators__energy_saving__target="95000",
        outcomes__indicators__energy_saving__reason="节能审查核定",
    )
    found = override_at(view, SAVING)

    assert found is not None
    assert (found.computed, found.typed) == ("93685.39", "95000")
    assert (found.difference, found.percent) == ("+1314.61 tce/a", "+1.40%")
    assert override_sentence(found) == (
        "节能量（目标年值）：计算值 93685.39 tce/a，采用填报值 95000 tce/a，"
        "相差 +1314.61 tce/a（+1.40%）；理由：节能审查核定。"
    )
    assert override_at(sample, SAVING) is None


def test_that_an_override_of_a_percentage_differs_in_points(sample):
    view = changed(sample, outcomes__indicators__solid_waste_util_rate__target="94")
    found = override_at(view, HOME.at("solid_waste_util_rate", "target"))

    assert found is not None
    assert (found.difference, found.percent) == ("-1.52个百分点", "")
    assert "未写明理由" in override_sentence(found)


def test_that_overrides_stand_below_the_printed_indicators_and_the_workings(sample):
    view = changed(
        sample,
        targets__target_energy="1200000",
        outcomes__indicators__energy_saving__target="95000",
        outcomes__indicators__energy_saving__reason="节能审查核定",
    )
    document = compose(view, lambda _: b"")
    tables = [b for part in document.parts for b in part.blocks if isinstance(b, Table)]
    notes = [note for table in tables for note in table.notes]
    indicator = next(n for n in notes if n.startswith("节能量（目标年值）：计算值 93685.39"))

    assert notes.count(indicator) == 2  # below the indicators, and below the workings
    assert any(
        note.startswith("目标年综合能源消费量：计算值") and note.endswith("理由：见“测算说明”。")
        for note in notes
    )
