"""A diagram that could never be drawn is refused when the pack is loaded."""

from __future__ import annotations

import pytest

from forms.loading import PackError, load_pack
from forms.schema import Diagram
from tests.packs.loading import changed, small_pack

WORKS = "chapters/projects.toml"
ITEM = '  draws = "summary"\n  source = "works/by_task"\n'

BAD = {
    "an unknown sort": ('draws = "photo"', "没有“photo”这种图"),
    "an unknown shape": (ITEM + 'shape = "cake"', "bars、stacked、line、pie 之一"),
    "an unknown key": (ITEM + 'colour = "red"', "不认识的键：colour"),
    "a summary that is none": (
        'draws = "summary"\nsource = "works/list"',
        "图的来源“works/list”不是汇总",
    ),
    "rows of no table": (
        'draws = "rows"\nsource = "works/by_task"\ncolumns = ["total"]',
        "图的来源“works/by_task”不是表格",
    ),
    "a missing column": (
        'draws = "rows"\nsource = "works/list"\ncolumns = ["weight"]',
        "图中没有列“weight”",
    ),
    "a column of words": (
        'draws = "rows"\nsource = "works/list"\ncolumns = ["name"]',
        "图中的列应为数值",
    ),
    "columns of two units": (
        'draws = "rows"\nsource = "works/list"\ncolumns = ["total", "saving"]',
        "图中各数应为同一单位",
    ),
    "a column whose unit changes from row to row": (
        'draws = "rows"\nsource = "energy/balance"\ncolumns = ["amount"]',
        "图的一列应只有一个单位",
    ),
    "rows a year table does not have": (
        'draws = "years"\nsource = "water/supply"\nrows = ["sea"]',
        "图的 rows 应为分年表的行",
    ),
    "indicators that are none": (
        'draws = "indicators"\nsource = "outcomes/indicators"\nrows = ["luck"]',
        "图的 rows 应为指标表的行",
    ),
    "contributions to no indicator": (
        'draws = "contributions"\nsource = "works/list"\nrow = "total"',
        "图的来源“works/list”不是指标表",
    ),
    "a schedule without months": (
        'draws = "schedule"\nsource = "works/list"\nstart = "start"\nfinish = "name"',
        "进度图的 start 和 finish 应为年月列",
    ),
    "a schedule grouped by words": (
        'draws = "schedule"\nsource = "works/list"\nstart = "start"\nfinish = "start"\n'
        'group = "name"',
        "进度图的 group 应为单选列",
    ),
    "a flow of nothing": (
        'draws = "flows"\nflows = [{ from = "甲", to = "乙" }]',
        "每一步流向应写 value 或 table 之一",
    ),
    "a flow of a value that is not there": (
        'draws = "flows"\nflows = [{ value = "energy/none", from = "甲", to = "乙" }]',
        "图中没有“energy/none”这个数",
    ),
    "a flow named after no column": (
        'draws = "flows"\nflows = [{ table = "works/list", amount = "saving", '
        'from = "{place}", to = "乙" }]',
        "图中没有列“place”",
    ),
    "a flow named by no vocabulary": (
        'draws = "flows"\nflows = [{ table = "works/list", amount = "saving", '
        'from = "{name|colour}", to = "乙" }]',
        "没有词表“colour”",
    ),
    "links planned by no choice": (
        'draws = "links"\nsource = "works/list"\nfrom = "name"\nto = "number"\n'
        'material = "number"\nplanned = ["name", "yes"]',
        "planned 应为单选列和它的选项",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_that_a_diagram_is_refused_for(name, tmp_path):
    text, reason = BAD[name]

    with pytest.raises(PackError) as refused:
        load_pack(changed(tmp_path, WORKS, ITEM, text + "\n"))

    assert reason in refused.value.reason
    assert "task_figure" in str(refused.value)


def test_that_bars_are_drawn_where_no_shape_is_said():
    diagram = small_pack().index.items["works", "task_figure"]

    assert isinstance(diagram, Diagram)
    assert diagram.label == "各任务投资图"
