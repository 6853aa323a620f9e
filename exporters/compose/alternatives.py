"""What a figure shows in a sentence with its main numbers, for those who cannot see it."""

from __future__ import annotations

from typing import assert_never

from forms.diagram_data import Chain, DiagramData, Figures, Flows, Schedule
from forms.diagram_sources import Shape

_NAMED = 6


def alternative(title: str, data: DiagramData) -> str:
    """The alternative text of a figure."""
    match data:
        case Figures():
            return f"{title}：{_figures(data)}"
        case Schedule():
            return f"{title}：{_schedule(data)}"
        case Flows():
            return f"{title}：{_flows(data)}"
        case Chain():
            return f"{title}：{_chain(data)}"
        case _:
            assert_never(data)


_SHAPES = {
    Shape.BARS: "柱形图",
    Shape.STACKED: "堆积柱形图",
    Shape.LINE: "折线图",
    Shape.PIE: "饼图",
}


def _figures(data: Figures) -> str:
    unit = f"，单位{data.unit}" if data.unit else ""
    said: list[str] = []
    for line in data.lines:
        pairs = zip(data.categories, line.values, line.texts, strict=True)
        present = [(name, value, text) for name, value, text in pairs if value is not None]
        if len(present) > _NAMED and data.shape is not Shape.LINE:
            present = sorted(present, key=lambda each: -each[1])[:_NAMED]
        words = "，".join(f"{name}{text}" for name, _, text in present)
        more = "等" if len(present) < sum(v is not None for v in line.values) else ""
        said.append(f"{line.name}：{words}{more}" if len(data.lines) > 1 else f"{words}{more}")
    return f"{_SHAPES[data.shape]}{unit}。{'；'.join(said)}。"


def _schedule(data: Schedule) -> str:
    spans = [span for group in data.groups for span in group.spans]
    first, last = min(span.start for span in spans), max(span.finish for span in spans)
    groups = "，".join(f"{group.name}{len(group.spans)}个" for group in data.groups if group.name)
    return (
        f"进度图。{len(spans)}个{data.row_name}，最早{first.year}年{first.month}月开始，"
        f"最晚{last.year}年{last.month}月完成{f'；{groups}' if groups else ''}。"
    )


def _flows(data: Flows) -> str:
    ends = {part.end for part in data.parts}
    sources = [part for part in data.parts if part.start not in ends]
    largest = sorted(data.parts, key=lambda part: -part.amount)[:_NAMED]
    words = "，".join(f"{part.start}到{part.end}{part.text}" for part in largest)
    starts = "、".join(dict.fromkeys(part.start for part in sources))
    return f"流向图，{data.year}年，单位{data.unit}。起点为{starts}；最大的流向：{words}。"


def _chain(data: Chain) -> str:
    words = "；".join(
        f"{link.start}经{link.material}到{link.end}"
        if link.material
        else f"{link.start}到{link.end}"
        for link in data.links[: _NAMED * 2]
    )
    planned = sum(link.is_planned for link in data.links)
    more = f"其中{data.planned}{planned}个" if planned else ""
    return f"产业链图，共{len(data.links)}个环节{f'，{more}' if more else ''}。{words}。"
