"""Diagrams as printed figures: caption, words for those who cannot see them, notes, chart data."""

from __future__ import annotations

import pytest

from exporters.charts import ChartKind
from exporters.compose import compose
from exporters.document import DrawnFigure
from tests.exporters.compose import filling
from tests.forms.samples import sample_view


@pytest.fixture(scope="module")
def drawn() -> dict[str, DrawnFigure]:
    """The drawn figures of the sample by caption."""
    document = compose(sample_view(), filling.pictures)
    return {
        block.caption.text: block for block in document.blocks() if isinstance(block, DrawnFigure)
    }


def test_that_drawn_figures_are_numbered_with_the_pictures_of_their_chapter(drawn):
    assert drawn["园区主要经济指标变化"].caption.label == "图1-2"  # 图1-1 is the map of the park
    assert drawn["各项任务总投资"].caption.label == "图4-1"


def test_that_every_figure_says_in_words_what_it_shows(drawn):
    for title, figure in drawn.items():
        assert figure.alt.startswith(f"{title}：")
        assert any(sign.isdigit() for sign in figure.alt)
        assert len(figure.alt) < 400


def test_that_two_sides_are_told_from_which_to_which(drawn):
    assert (
        "园区单位生产总值能耗（tce/万元）由0.5201到0.4378"
        in drawn["效率与强度指标变化（基准年为100）"].alt
    )


def test_that_of_stacks_the_last_year_is_told(drawn):
    assert "2025年：煤炭及焦化产品546124.8，天然气210140" in drawn["能源消费结构变化"].alt


def test_that_figures_office_programs_can_edit_carry_their_data(drawn):
    kinds = {title: figure.chart.kind if figure.chart else None for title, figure in drawn.items()}

    assert kinds["各项任务总投资"] is ChartKind.BAR
    assert kinds["资金来源构成"] is ChartKind.PIE
    assert kinds["园区主要经济指标变化"] is ChartKind.LINE
    assert kinds["能源消费结构变化"] is ChartKind.STACKED
    assert kinds["基准年能流"] is None


def test_that_a_figure_names_its_source_and_what_is_not_in_it(drawn):
    assert drawn["基准年能流"].notes[0].startswith("数据来源：")
    view = sample_view(projects__list__p03__start_month=None)
    blocks = compose(view, filling.pictures).blocks()
    schedule = next(
        block
        for block in blocks
        if isinstance(block, DrawnFigure) and block.caption.text == "重点项目建设进度"
    )

    assert "另有1个项目未填起止年月，图中未列。" in schedule.notes
