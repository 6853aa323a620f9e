"""Bars, pies and lines: true lengths, and labels that can be read whatever the plan holds."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.charts import Chart, ChartKind, Series
from exporters.drawing import Drawing
from exporters.figures.axis import rounded, ticks_for
from exporters.figures.bars import bars, is_upright
from exporters.figures.lines import lines
from exporters.figures.palette import FILLS
from exporters.figures.pies import pie, slices_of
from tests.exporters.figures.charted import charts, figures
from tests.exporters.figures.inspecting import collisions, outside, rectangles

FEW = settings(max_examples=60, deadline=None)
TOLERANCE = 0.01  # mm


def drawn(chart: Chart) -> Drawing:
    match chart.kind:
        case ChartKind.LINE:
            return lines(chart)
        case ChartKind.PIE:
            return pie(chart)
        case _:
            return bars(chart)


def one(values: dict[str, str | None], kind: ChartKind = ChartKind.BAR, unit: str = "") -> Chart:
    figures = tuple(None if value is None else Decimal(value) for value in values.values())
    return Chart(kind, tuple(values), (Series("投资", figures),), unit)


@FEW
@given(charts())
def test_that_no_label_of_a_chart_touches_another(chart):
    assert collisions(drawn(chart)) == []


@FEW
@given(charts())
def test_that_nothing_of_a_chart_leaves_the_drawing(chart):
    assert outside(drawn(chart)) == []


@FEW
@given(charts(kinds=(ChartKind.BAR,), most=20))
def test_that_bars_are_as_long_as_their_figures(chart):
    chart = Chart(chart.kind, chart.categories, chart.series[:1], chart.unit)
    values = [value for value in chart.series[0].values if value]
    if not values:
        return
    side = 1 if is_upright(chart) else 0
    boxes = rectangles(bars(chart), FILLS[0].colour)
    lengths = [box[side + 2] - box[side] for box in boxes]

    longest = max(map(abs, values))
    scale = max(lengths) / float(longest)
    for length, value in zip(lengths, values, strict=False):
        assert length == pytest.approx(float(abs(value)) * scale, abs=TOLERANCE)


def test_that_a_figure_of_nothing_has_no_bar_but_its_label():
    drawing = bars(one({"已完成": "0", "在建": "5"}))

    assert len(rectangles(drawing, FILLS[0].colour)) == 1
    assert {"0", "5"} <= {label.text for label in drawing.labels()}


def test_that_a_figure_that_is_not_known_has_no_label():
    drawing = bars(one({"一季度": None, "二季度": "3"}))

    texts = [label.text for label in drawing.labels()]
    assert "一季度" in texts
    assert "" not in texts


def test_that_few_short_names_stand_upright_and_long_ones_lie():
    assert is_upright(one({"2026年": "1", "2027年": "2"}))
    long: dict[str, str | None] = {f"第{n}个名字很长很长很长很长很长的项目": "1" for n in range(6)}
    assert not is_upright(one(long))


def test_that_the_stacked_sum_reads_like_its_parts():
    chart = Chart(
        ChartKind.STACKED,
        ("2025年",),
        (
            Series("原煤", (Decimal("1.2345"),), ("1.23",)),
            Series("天然气", (Decimal("2.3456"),), ("2.35",)),
        ),
    )

    assert "3.58" in [label.text for label in bars(chart).labels()]


def test_that_a_negative_part_is_stacked_below_the_axis():
    chart = Chart(
        ChartKind.STACKED,
        ("2025年",),
        (Series("消费", (Decimal(10),)), Series("外供", (Decimal(-4),))),
    )
    above = rectangles(bars(chart), FILLS[0].colour)[-1]
    below = rectangles(bars(chart), FILLS[1].colour)[-1]

    assert above[3] == pytest.approx(below[1], abs=TOLERANCE)


@FEW
@given(charts(kinds=(ChartKind.PIE,), most=12, values=figures))
def test_that_the_slices_of_a_pie_make_a_whole(chart):
    slices = slices_of(chart)

    for each, following in pairwise(slices):
        assert each.end == pytest.approx(following.start)
    if slices:
        assert slices[0].start == 0
        assert slices[-1].end == pytest.approx(1)


def test_that_a_pie_says_name_figure_and_share_of_each_slice():
    drawing = pie(one({"企业自筹": "75", "银行贷款": "25"}, ChartKind.PIE, "万元"))

    texts = [label.text for label in drawing.labels()]
    assert {"企业自筹", "75（75.0%）", "银行贷款", "25（25.0%）", "单位：万元"} <= set(texts)


def test_that_a_pie_of_nothing_says_so():
    assert [label.text for label in pie(one({"甲": "0"}, ChartKind.PIE)).labels()] == [
        "没有可以画出的数据。"
    ]


@given(st.lists(st.decimals(-(10**12), 10**12, places=3, allow_nan=False), min_size=1, max_size=9))
def test_that_an_axis_reaches_over_all_figures_in_even_round_steps(values):
    ticks = ticks_for(values)
    steps = {after - before for before, after in pairwise(ticks)}

    assert ticks[0] <= min(*values, 0) <= max(*values, 0) <= ticks[-1]
    assert len(steps) == 1
    assert len(ticks) <= 8
    assert Decimal(0) in ticks


def test_that_halves_are_rounded_up_as_everywhere_in_the_plan():
    assert rounded(Decimal("2.345"), 2) == "2.35"
    assert rounded(Decimal("2.5000"), 2) == "2.5"
