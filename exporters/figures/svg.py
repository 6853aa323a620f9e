"""A drawing as an SVG file: outlines, lines and real text with Chinese fonts to fall back on."""

from __future__ import annotations

import re
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from exporters.drawing import Drawing, Hold, Label, Point
from exporters.figures.palette import INK
from exporters.figures.plain import Lines, Outline, plain_marks
from exporters.figures.words import MM_PER_POINT

_FONTS = "'Times New Roman', SimSun, 宋体, 'Songti SC', 'Noto Serif CJK SC', serif"
_STRONG_FONTS = "'Times New Roman', SimHei, 黑体, 'Heiti SC', 'Noto Sans CJK SC', sans-serif"
_ANCHORS = {Hold.START: "start", Hold.MIDDLE: "middle", Hold.END: "end"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def drawing_svg(drawing: Drawing) -> bytes:
    """The drawing at its own size in millimetres, UTF-8."""
    width, height = _number(drawing.width_mm), _number(drawing.height_mm)
    body = "".join(map(_mark, plain_marks(drawing)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" stroke-linejoin="round">{body}</svg>\n'
    ).encode()


def _mark(mark: Outline | Lines | Label) -> str:
    match mark:
        case Outline():
            return _outline(mark)
        case Lines():
            return _lines(mark)
        case Label():
            return _label(mark)
        case _:
            assert_never(mark)


def _outline(mark: Outline) -> str:
    path = f"{_path(mark.points)}Z"
    if mark.colour:
        return f'<path d="{path}" fill="{mark.colour}"/>'
    return (
        f'<path d="{path}" fill="none" stroke="{INK}" '
        f'stroke-width="{_number(mark.edge_pt * MM_PER_POINT)}"/>'
    )


def _lines(mark: Lines) -> str:
    dashes = ' stroke-dasharray="0.85 0.56"' if mark.dashed else ""
    return (
        f'<path d="{"".join(map(_path, mark.lines))}" fill="none" stroke="{mark.colour}" '
        f'stroke-width="{_number(mark.width_pt * MM_PER_POINT)}"{dashes}/>'
    )


def _label(label: Label) -> str:
    fonts = quoteattr(_STRONG_FONTS if label.strong else _FONTS)
    x, y = _number(label.x), _number(label.y)
    turn = f' transform="rotate(-90 {x} {y})"' if label.turned else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_number(label.size_pt * MM_PER_POINT)}" '
        f'font-family={fonts} text-anchor="{_ANCHORS[label.hold]}" fill="{INK}"{turn}>'
        f"{escape(_FORBIDDEN.sub('', label.text))}</text>"
    )


def _path(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"
