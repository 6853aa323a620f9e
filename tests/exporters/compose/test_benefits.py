"""The projects' benefits on paper: what counts is told from what does not, and heads stay whole."""

from __future__ import annotations

import pytest

from exporters.compose import compose
from exporters.document import Document, RowRole, Table
from forms.address import parse_address
from forms.view import PlanView
from tests.exporters.compose import filling
from tests.forms.samples import sample_view

RESOURCES, POLLUTANTS = "重点项目资源节约效益表", "重点项目污染物减排与经济效益表"
MOST_COLUMNS = 12  # on landscape paper more leave a project's name a strip of three characters


@pytest.fixture(scope="module")
def late() -> PlanView:
    return sample_view(projects__list__p13__full_year="2031")


def made(view: PlanView) -> Document:
    return compose(view, filling.pictures)


def table(document: Document, title: str) -> Table:
    return next(
        block
        for block in document.blocks()
        if isinstance(block, Table) and block.caption and block.caption.text == title
    )


def totals(printed: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in printed.body if row.role is RowRole.TOTAL]


def test_that_the_sum_of_what_counts_is_the_promised_saving(late):
    document = made(late)
    everything, counted = totals(table(document, RESOURCES))

    promised = late.text(parse_address("outcomes/indicators/energy_saving/target"))
    assert everything[1] == "合计"
    assert counted[1] == "其中：计入目标年成效"
    assert "93685.39" in everything
    assert promised == "69879.95"
    assert promised in counted
    assert len(totals(table(document, POLLUTANTS))) == 2
    (note,) = table(document, RESOURCES).notes
    assert "全部项目之和" in note
    assert "另外1个项目" in note


def test_that_a_project_without_its_year_does_not_count_either():
    _, counted = totals(table(made(sample_view(projects__list__p13__full_year=None)), RESOURCES))

    assert "69879.95" in counted


def test_that_investments_of_late_projects_stay_in_one_sum(late):
    printed = table(made(late), "重点项目汇总表")

    assert totals(printed)[-1][1] == "合计"
    assert printed.notes == ()


def test_that_one_sum_is_enough_where_every_project_counts():
    printed = table(made(sample_view()), RESOURCES)

    assert [row[1] for row in totals(printed)] == ["合计"]
    assert printed.notes == ()


def test_that_a_sum_is_written_as_the_indicator_is():
    (total,) = totals(table(made(sample_view()), RESOURCES))

    assert "454" in total
    assert "454.0" not in total


@pytest.mark.parametrize("title", [RESOURCES, POLLUTANTS])
def test_that_the_tables_of_benefits_leave_room_for_names(title):
    assert len(table(made(sample_view()), title).columns) <= MOST_COLUMNS


@pytest.mark.parametrize("title", ["主要目标", "预期成效指标表"])
def test_that_a_reader_who_subtracts_rounded_numbers_is_told_why_they_differ(title):
    printed = table(made(sample_view()), title)

    row = next(row for row in printed.body if any("再生水" in cell.text for cell in row.cells))
    texts = [cell.text for cell in row.cells]
    assert {"15.61", "27.81"} < set(texts)
    assert any(text.startswith("12.19") for text in texts)  # not 12.20
    assert any("四舍五入前" in note for note in printed.notes)


def test_that_a_lone_percentage_is_not_taken_for_the_unit_of_a_table():
    printed = table(made(sample_view()), "主要污染治理设施")

    assert printed.unit == ""
    assert "运行负荷率（%）" in [cell.text for cell in printed.head[0].cells]


def test_that_both_tables_of_the_working_annex_are_numbered():
    document = made(sample_view())
    captions = [
        block.caption.label
        for block in document.blocks()
        if isinstance(block, Table)
        and block.caption
        and block.caption.text in {"指标测算过程", "改用填报值的系数与数据"}
    ]

    label = captions[0].removesuffix("-1")
    assert captions == [f"{label}-1", f"{label}-2"]


def test_that_a_working_speaks_of_conditions_in_words():
    printed = table(made(sample_view()), "指标测算过程")
    words = [row.cells[2].text for row in printed.body]

    assert "个数（计入目标年成效为“是”的项目名称）" in words
    assert not any("where" in text or "yes" in text for text in words)
