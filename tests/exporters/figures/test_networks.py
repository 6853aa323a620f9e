"""Time lines, flows and chains: nothing overlaps, nothing is lost, and circles do not hang."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.drawing import Ribbon, Stroke
from exporters.figures.chain import RETURN, ChainLink, chain
from exporters.figures.gantt import TimeGroup, Timeline, TimeSpan, gantt, month_number
from exporters.figures.palette import FILLS
from exporters.figures.sankey import Band, sankey
from exporters.figures.spreading import spread
from tests.exporters.figures.charted import names
from tests.exporters.figures.inspecting import collisions, outside, rectangles

FEW = settings(max_examples=40, deadline=None)
months = st.integers(month_number(2020, 1), month_number(2035, 12))
spans = st.builds(
    lambda name, start, more: TimeSpan(name, start, start + more),
    names,
    months,
    st.integers(0, 90),
)
groups = st.builds(TimeGroup, names, st.lists(spans, min_size=1, max_size=12).map(tuple))
milestones = st.lists(st.tuples(st.integers(2021, 2034), names), max_size=8)
timelines = st.builds(
    Timeline,
    st.lists(groups, min_size=1, max_size=5).map(tuple),
    milestones.map(lambda found: tuple(sorted(found))),
    st.just("个项目"),
)
ends = st.sampled_from([f"{name}环节" for name in "甲乙丙丁戊己庚辛"])
bands = st.lists(
    st.builds(Band, ends, ends, st.integers(1, 10**7).map(Decimal)), min_size=1, max_size=24
)
links = st.lists(
    st.builds(ChainLink, ends, ends, names, names, st.booleans()), min_size=1, max_size=24
)


@FEW
@given(timelines)
def test_that_a_time_line_is_readable_for_any_projects(timeline):
    drawing = gantt(timeline)

    assert collisions(drawing) == []
    assert outside(drawing) == []


@FEW
@given(bands)
def test_that_flows_are_readable_whatever_flows_where(found):
    drawing = sankey(found, "tce")

    assert collisions(drawing) == []
    assert outside(drawing) == []


@FEW
@given(links)
def test_that_a_chain_is_readable_whatever_leads_where(found):
    drawing = chain(found, "规划补链", "已有链接")

    assert collisions(drawing) == []
    assert outside(drawing) == []


def test_that_a_project_takes_its_months_on_the_scale_of_years():
    span = TimeSpan("供热", month_number(2026, 1), month_number(2026, 12))
    longer = TimeSpan("供水", month_number(2026, 7), month_number(2028, 12))
    drawing = gantt(Timeline((TimeGroup("", (span, longer)),)))

    first, second = rectangles(drawing, FILLS[0].colour)
    assert (second[2] - second[0]) / (first[2] - first[0]) == pytest.approx(30 / 12)
    assert second[0] == pytest.approx((first[0] + first[2]) / 2)


def test_that_a_time_line_names_the_months_of_each_project():
    span = TimeSpan("供热", month_number(2026, 9), month_number(2028, 6))
    drawing = gantt(Timeline((TimeGroup("", (span,)),)))

    assert "2026.9—2028.6" in [label.text for label in drawing.labels()]


def test_that_very_many_projects_are_drawn_group_by_group():
    many = tuple(TimeSpan(f"项目{n}", 24000 + n, 24012 + n) for n in range(30))
    drawing = gantt(Timeline((TimeGroup("节能", many), TimeGroup("节水", many)), (), "个项目"))

    texts = [label.text for label in drawing.labels()]
    assert "节能（30个项目）" in texts
    assert "项目7" not in texts


def test_that_bands_are_as_wide_as_their_amounts():
    found = [Band("原煤", "合计", Decimal(300)), Band("天然气", "合计", Decimal(100))]
    ribbons = [mark for mark in sankey(found).marks if isinstance(mark, Ribbon)]

    heights = sorted(ribbon.start_height for ribbon in ribbons)
    assert heights[1] / heights[0] == pytest.approx(3)
    assert all(ribbon.start_height == pytest.approx(ribbon.end_height) for ribbon in ribbons)


def test_that_every_end_of_a_flow_is_named_with_its_amount():
    drawing = sankey([Band("原煤", "合计", Decimal("300.456"))], "tce", 2)

    texts = [label.text for label in drawing.labels()]
    assert {"原煤", "合计", "300.46", "单位：tce"} <= set(texts)


def test_that_a_flow_that_skips_a_layer_passes_between_the_ends_there():
    found = [
        Band("煤", "电厂", Decimal(5)),
        Band("电厂", "用电", Decimal(5)),
        Band("光伏", "用电", Decimal(2)),
        Band("煤", "用电", Decimal(1)),
    ]

    assert len([m for m in sankey(found).marks if isinstance(m, Ribbon)]) == 1 + 1 + 2 + 2


def test_that_a_link_that_leads_back_ends_where_its_return_is_named():
    found = [
        ChainLink("造纸", "热电", "污泥", is_planned=True),
        ChainLink("热电", "造纸", "蒸汽"),
    ]

    texts = [label.text for label in chain(found).labels()]
    assert f"{RETURN}热电" in "".join(texts)
    assert "污泥" in texts
    assert f"{RETURN}造纸" not in "".join(texts)


def test_that_planned_links_are_dashed_and_the_key_says_so():
    found = [ChainLink("甲", "乙", "渣", is_planned=True), ChainLink("乙", "丙", "汽")]
    drawing = chain(found, "规划补链", "已有链接")

    arrows = [mark for mark in drawing.marks if isinstance(mark, Stroke) and mark.arrow]
    assert {arrow.dashed for arrow in arrows} == {True, False}
    assert {"规划补链", "已有链接"} <= {label.text for label in drawing.labels()}


def test_that_a_very_long_chain_is_drawn_link_by_link():
    found = [ChainLink(f"第{n}环", f"第{n + 1}环", f"料{n}") for n in range(12)]
    texts = [label.text for label in chain(found).labels()]

    assert all(f"料{n}" in texts for n in range(12))


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 10)), min_size=1, max_size=10),
)
def test_that_things_moved_apart_keep_their_order_and_never_touch(things):
    sizes = [size for _, size in things]
    middles = spread([wanted for wanted, _ in things], sizes, (0.0, 100.0))

    assert middles[0] - sizes[0] / 2 >= -1e-9
    for (one, size), (other, next_size) in zip(
        zip(middles, sizes, strict=True), list(zip(middles, sizes, strict=True))[1:], strict=False
    ):
        assert other - one >= (size + next_size) / 2 - 1e-6
