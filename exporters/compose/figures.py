"""Diagrams of the plan as drawn figures: data from `forms`, drawn by `exporters.figures`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from exporters.charts import Chart, ChartKind, Series
from exporters.compose.alternatives import alternative
from exporters.compose.setting import Setting
from exporters.document import Block, DrawnFigure
from exporters.drawing import Drawing
from exporters.figures.bars import bars
from exporters.figures.chain import ChainLink, chain
from exporters.figures.gantt import TimeGroup, Timeline, TimeSpan, gantt, month_number
from exporters.figures.lines import lines
from exporters.figures.pies import pie
from exporters.figures.sankey import Band, sankey
from forms.diagram_data import Chain, DiagramData, Figures, Flows, Schedule
from forms.diagram_sources import Shape
from forms.diagrams import diagram_data
from forms.schema import Diagram

_KINDS = {
    Shape.BARS: ChartKind.BAR,
    Shape.STACKED: ChartKind.STACKED,
    Shape.LINE: ChartKind.LINE,
    Shape.PIE: ChartKind.PIE,
}


def diagram_blocks(setting: Setting, diagram: Diagram, home: str) -> Iterator[Block]:
    """The figure of a diagram at an address; nothing while there is nothing to draw."""
    data = diagram_data(setting.view, diagram)
    if data is None:
        return
    caption = setting.numbers.figure(diagram.label)
    setting.labels.add_caption(home, caption)
    if not setting.is_counting:
        yield DrawnFigure(
            drawing=drawing_of(data),
            caption=caption,
            alt=alternative(diagram.label, data),
            chart=chart_of(data),
            notes=tuple(_notes(diagram, data)),
        )


def drawing_of(data: DiagramData) -> Drawing:
    """The drawing of what a diagram shows."""
    match data:
        case Figures():
            return _drawn(_chart(data))
        case Schedule():
            return gantt(_timeline(data))
        case Flows():
            bands = [Band(part.start, part.end, part.amount) for part in data.parts]
            return sankey(bands, data.unit, data.decimals)
        case Chain():
            links = [
                ChainLink(link.start, link.end, link.material, link.owner, link.is_planned)
                for link in data.links
            ]
            return chain(links, data.planned, data.existing)
        case _:
            assert_never(data)


def _drawn(chart: Chart) -> Drawing:
    match chart.kind:
        case ChartKind.BAR | ChartKind.STACKED:
            return bars(chart)
        case ChartKind.LINE:
            return lines(chart)
        case ChartKind.PIE:
            return pie(chart)
        case _:
            assert_never(chart.kind)


def _timeline(data: Schedule) -> Timeline:
    groups = tuple(
        TimeGroup(
            group.name,
            tuple(
                TimeSpan(
                    span.name,
                    month_number(span.start.year, span.start.month),
                    month_number(span.finish.year, span.finish.month),
                )
                for span in group.spans
            ),
        )
        for group in data.groups
    )
    return Timeline(groups, data.milestones, f"个{data.row_name}")


def chart_of(data: DiagramData) -> Chart | None:
    """The figures behind a drawing, where it is a chart that office programs have too."""
    return _chart(data) if isinstance(data, Figures) else None


def _chart(data: Figures) -> Chart:
    series = tuple(Series(line.name, line.values, line.texts) for line in data.lines)
    return Chart(_KINDS[data.shape], data.categories, series, data.unit)


def _notes(diagram: Diagram, data: DiagramData) -> Iterator[str]:
    if diagram.note:
        yield diagram.note
    if isinstance(data, Figures) and data.is_index:
        yield "各指标单位不同，柱长以基准年为100，柱旁为指标数值。"
    if isinstance(data, Schedule) and data.undated:
        yield f"另有{data.undated}个{data.row_name}未填起止年月，图中未列。"
