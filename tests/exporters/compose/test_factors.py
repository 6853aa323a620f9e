"""口径说明 prints every factor in use with its edition; the annex prints what was replaced."""

from __future__ import annotations

from exporters.compose import compose
from exporters.compose.factors import factor_table, override_table
from exporters.document import Table
from forms.answers import Answers
from forms.view import evaluate
from tests.exporters.compose import filling
from tests.forms.samples import PACK, sample_view


def texts(table):
    assert table is not None
    return [[cell.text for cell in row.cells] for row in table.body]


def test_that_each_factor_is_printed_with_value_unit_edition_person_and_date():
    rows = texts(factor_table(sample_view(), None))

    assert [
        "2",
        "电力二氧化碳排放因子：2023 全国 全国电力平均二氧化碳排放因子"
        "（不包括市场化交易的非化石能源电量）",
        "0.6096",
        "kgCO2/kWh",
        "生态环境部、国家统计局公告2025年第47号《关于发布2023年电力二氧化碳排放因子的公告》"
        "（2025-12-31）",
        "戴知行",
        "2026年5月12日",
    ] in rows
    assert [row[0] for row in rows] == [str(number) for number in range(1, 10)]


def test_that_a_factor_nobody_need_compare_is_told_from_one_that_waits():
    rows = texts(
        factor_table(sample_view(scope__co2_set="分行业企业核算指南（2013—2015年）缺省值"), None)
    )
    people = {row[1]: row[5] for row in rows}

    assert people["能源折标准煤系数：柴油"] == "—"
    assert people["化石燃料二氧化碳排放因子：柴油"] == "待核对"


def test_that_a_replaced_value_is_printed_with_both_numbers_and_the_reason():
    rows = texts(override_table(sample_view(), None))
    coal, biomass = rows[0], next(row for row in rows if row[1].startswith("生物质"))

    assert coal[1:4] == ["原煤 · 折标系数", "0.7143 tce/t", "0.70016 tce/t"]
    assert coal[4].startswith("2025年入厂煤低位发热量加权平均20.52 GJ/t")
    assert biomass[2:4] == ["无缺省值", "0.49987 tce/t"]


def test_that_a_replaced_grid_factor_without_reason_says_so():
    rows = texts(override_table(sample_view(scope__grid_factor="0.5978"), None))

    assert rows[0][1:] == ["电力二氧化碳因子", "0.6096 kgCO2/kWh", "0.5978 kgCO2/kWh", "未说明"]


def test_that_the_volume_holds_both_tables_where_the_conventions_and_workings_are():
    document = compose(sample_view(), filling.pictures)
    tables = [block for block in document.blocks() if isinstance(block, Table)]
    heads = [[cell.text for cell in table.head[0].cells] for table in tables]

    assert sum("依据标准" in head for head in heads) == 1
    assert sum("改用理由" in head for head in heads) == 1
    assert heads.index(next(h for h in heads if "依据标准" in h)) < 10


def test_that_an_empty_plan_prints_no_table_of_replaced_values():
    assert override_table(evaluate(PACK, Answers()), None) is None
