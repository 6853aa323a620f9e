"""What a figure shows in a sentence with its main numbers, for those who cannot see it."""

from __future__ import annotations

from typing import assert_never

from forms.diagram_data import Chain, DiagramData, Figures, Flows, Line, Schedule
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
    return f"{_SHAPES[data.shape]}{unit}。{_said(data)}。"


def _said(data: Figures) -> str:
    """The main numbers: of stacks the last one, of two sides from which to which."""
    if data.shape is Shape.STACKED:
        parts = [f"{line.name}{line.texts[-1]}" for line in data.lines if line.texts[-1]]
        return f"{data.categories[-1]}：{'，'.join(parts)}"
    if data.shape is Shape.BARS and len(data.lines) == 2:
        first, second = data.lines
        sides = zip(data.categories, first.texts, second.texts, strict=True)
        moved = [f"{name}由{one or '—'}到{other or '—'}" for name, one, other in sides]
        return "，".join(moved[:_NAMED]) + ("等" if len(moved) > _NAMED else "")
    if len(data.lines) == 1:
        return _line(data, data.lines[0])
    return "；".join(f"{line.name}：{_line(data, line)}" for line in data.lines)


def _line(data: Figures, line: Line) -> str:
    """Its figures in order, of many only the largest."""
    pairs = zip(data.categories, line.values, line.texts, strict=True)
    known = [(name, value, text) for name, value, text in pairs if value is not None]
    shown = known
    if len(known) > _NAMED:
        shown = sorted(known, key=lambda each: -each[1])[:_NAMED]
    words = "，".join(f"{name}{text}" for name, _, text in shown)
    return f"{words}等" if len(shown) < len(known) else words


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
        for link in data.links[:_NAMED]
    )
    planned = sum(link.is_planned for link in data.links)
    count = f"共{len(data.links)}个环节" + (f"，其中{data.planned}{planned}个" if planned else "")
    more = "等" if len(data.links) > _NAMED else ""
    return f"产业链图，{count}。{words}{more}。"
