"""What the diagrams of the sample plan show, and that they go when there is nothing to show."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.address import Address, parse_address
from forms.answers import Answers
from forms.diagram_data import Chain, Figures, Flows, Schedule
from forms.diagrams import diagram_data
from forms.edits import RemoveRow, apply_edit
from forms.overview import summarise
from forms.schema import Diagram, Summary
from forms.values import YearMonth
from forms.view import PlanView, evaluate
from tests.forms.samples import PACK, sample_answers, sample_view

DIAGRAMS = [
    (section.key, item)
    for section in PACK.sections()
    for item in section.items
    if isinstance(item, Diagram)
]


def shown(address: str, view: PlanView | None = None):
    section, _, key = address.partition("/")
    item = PACK.index.items[section, key]
    assert isinstance(item, Diagram)
    return diagram_data(view or sample_view(), item)


def figures(address: str, view: PlanView | None = None) -> Figures:
    data = shown(address, view)
    assert isinstance(data, Figures)
    return data


def without_rows(table: str) -> PlanView:
    home = parse_address(table)
    answers = sample_answers()
    for row in answers.order(home):
        answers = apply_edit(PACK, answers, RemoveRow(home.at_row(row))).answers
    return evaluate(PACK, answers)


@pytest.mark.parametrize(("section", "item"), DIAGRAMS, ids=[item.key for _, item in DIAGRAMS])
def test_that_the_sample_shows_every_diagram_and_an_empty_plan_none(section, item):
    assert diagram_data(sample_view(), item) is not None
    assert diagram_data(evaluate(PACK, Answers()), item) is None


def test_that_investment_by_task_is_what_the_summary_says():
    view = sample_view()
    summary = PACK.index.items["project_summary", "by_task"]
    assert isinstance(summary, Summary)
    rows = summarise(view, summary).rows

    data = figures("project_summary/by_task_figure")
    assert data.categories == tuple(row.label for row in rows)
    assert data.lines[0].values == tuple(row.amounts[0] for row in rows)
    assert data.unit == "万元"


def test_that_an_edit_of_a_project_moves_the_figure_of_its_task():
    before = figures("project_summary/by_task_figure").lines[0].values
    view = sample_view(projects__list__p01__invest_total="20000")
    after = figures("project_summary/by_task_figure", view).lines[0].values

    assert after[0] == (before[0] or 0) + 20000 - 14600
    assert after[1:] == before[1:]


def test_that_fuels_of_one_sort_are_added_up_year_by_year():
    data = figures("energy/mix_figure")
    renewable = next(line for line in data.lines if line.name == "可再生能源")

    fuels = ("f04", "f05", "f06", "f07")
    view = sample_view()
    cells = [view.number(Address("energy", "balance", fuel, "tce", 2025)) for fuel in fuels]
    assert renewable.values[-1] == sum(cell for cell in cells if cell is not None)
    assert data.categories == ("2023年", "2024年", "2025年")


def test_that_indicators_of_many_units_are_drawn_from_a_common_base():
    data = figures("outcomes/moved_figure")
    base, target = data.lines

    assert data.is_index
    assert data.unit == ""
    assert set(base.values) == {Decimal(100)}
    assert base.texts[0] == "0.5201"
    assert target.texts[0] == "0.4378"
    assert target.values[0] == Decimal("84.17")
    assert data.categories[0].endswith("（tce/万元）")


def test_that_indicators_of_one_unit_are_drawn_as_they_are():
    data = figures("outcomes/rates_figure")

    assert not data.is_index
    assert data.unit == "%"
    assert data.lines[1].texts[0] == "95.52"


def test_that_the_largest_contributions_come_first_and_the_rest_together():
    data = figures("outcomes/energy_parts")
    values = [value for value in data.lines[0].values if value is not None]

    assert len(values) == 11
    assert values[:10] == sorted(values[:10], reverse=True)
    assert data.categories[-1].startswith("其余")


def test_that_the_schedule_has_projects_by_task_with_their_months():
    data = shown("schedule/schedule_figure")
    assert isinstance(data, Schedule)

    first = data.groups[0].spans[0]
    assert data.groups[0].name == "优化产业空间布局"
    assert (first.start, first.finish) == (YearMonth(2025, 9), YearMonth(2027, 10))
    assert sum(len(group.spans) for group in data.groups) == 24
    assert [year for year, _ in data.milestones] == sorted(year for year, _ in data.milestones)


def test_that_a_project_without_its_months_is_counted_and_not_drawn():
    data = shown("schedule/schedule_figure", sample_view(projects__list__p03__start_month=None))
    assert isinstance(data, Schedule)

    assert data.undated == 1
    assert sum(len(group.spans) for group in data.groups) == 23


def flow(data: Flows, start: str, end: str) -> Decimal:
    return next(p.amount for p in data.parts if (p.start, p.end) == (start, end))


def test_that_what_flows_into_the_total_flows_out_of_it():
    data = shown("energy/flow_figure")
    assert isinstance(data, Flows)

    into = sum(part.amount for part in data.parts if part.end == "能源消费合计")
    out = sum(part.amount for part in data.parts if part.start == "能源消费合计")
    used = sum(part.amount for part in data.parts if part.start == "综合能源消费量")
    assert into == out
    assert used == flow(data, "能源消费合计", "综合能源消费量")
    assert data.unit == "tce"


def test_that_fresh_water_flows_from_its_sources_to_who_takes_it():
    data = shown("water/flow_figure")
    assert isinstance(data, Flows)

    into = sum(part.amount for part in data.parts if part.end == "新鲜水合计")
    out = sum(part.amount for part in data.parts if part.start == "新鲜水合计")
    assert into == out == Decimal("2489")
    assert flow(data, "再生水（中水）", "非常规水利用") == Decimal(232)
    assert data.unit == "万m³"


def test_that_enterprises_that_use_more_than_the_park_are_not_drawn_as_parts_of_it():
    view = sample_view(enterprises__key_enterprises__e01__energy="9999999")
    data = shown("energy/flow_figure", view)
    assert isinstance(data, Flows)

    assert not [part for part in data.parts if part.start == "综合能源消费量"]


def test_that_planned_links_are_told_from_those_there():
    data = shown("industry/chain_diagram")
    assert isinstance(data, Chain)

    planned = {link.material for link in data.links if link.is_planned}
    assert "副产氢气2050万m³" in planned
    assert "氯气" not in planned
    assert data.planned == "规划补链"


def test_that_a_diagram_goes_with_the_rows_it_is_drawn_from():
    assert shown("industry/chain_diagram", without_rows("industry/chain_links")) is None
    assert shown("project_summary/by_year_figure", without_rows("projects/list")) is None
