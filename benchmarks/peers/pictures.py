"""The pictures of the content: charts as SVG and PNG, photographs as JPEG, the same every time."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from paper import FONTS
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content import Chart

SIZE = (440, 240)  # of a chart, in points
_LEFT, _TOP, _RIGHT, _BOTTOM = 40, 30, 430, 200
_COLOURS = ("#1f4e79", "#c55a11", "#7f7f7f")
_PNG_SCALE = 4
Bar = tuple[float, float, float, float, str]  # left, top, width, height, colour


def bars(chart: Chart) -> Iterator[Bar]:
    """Each bar in points from the upper left corner."""
    step = (_RIGHT - _LEFT) / len(chart.categories)
    wide = step / (len(chart.series) + 1)
    for at in range(len(chart.categories)):
        for number, (_, values) in enumerate(chart.series):
            height = (_BOTTOM - _TOP) * values[at] / 100
            left = _LEFT + at * step + (number + 0.5) * wide
            yield left, _BOTTOM - height, wide, height, _COLOURS[number]


def labels(chart: Chart) -> Iterator[tuple[float, float, str, str]]:
    """Each label: x, base line, text, and its anchor as SVG names it."""
    step = (_RIGHT - _LEFT) / len(chart.categories)
    for at, category in enumerate(chart.categories):
        yield _LEFT + (at + 0.5) * step, _BOTTOM + 12, category, "middle"
    for value in range(0, 101, 20):
        yield _LEFT - 5, _grid(value) + 3, str(value), "end"
    yield _LEFT, _TOP - 8, chart.unit, "start"
    for number, (name, _) in enumerate(chart.series):
        yield _LEFT + 20 + number * 90, _BOTTOM + 30, name, "start"


def grid(_chart: Chart) -> Iterator[float]:
    """The height of each grid line."""
    for value in range(0, 101, 20):
        yield _grid(value)


def _grid(value: int) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * value / 100


def chart_svg(chart: Chart) -> str:
    """The chart as vectors."""
    width, height = SIZE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
        f' viewBox="0 0 {width} {height}"><g font-family="Noto Sans SC" font-size="9">'
    ]
    parts += (
        f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" stroke="#bbb" stroke-width=".5"/>'
        for y in grid(chart)
    )
    parts += (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{colour}"/>'
        for x, y, w, h, colour in bars(chart)
    )
    parts += (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
        for x, y, text, anchor in labels(chart)
    )
    return "".join((*parts, "</g></svg>"))


def chart_png(chart: Chart) -> bytes:
    """The chart in pixels, four to a point."""
    scale = _PNG_SCALE
    image = Image.new("RGB", (SIZE[0] * scale, SIZE[1] * scale), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONTS / "NotoSansSC-Medium.ttf", 9 * scale)
    for y in grid(chart):
        draw.line((_LEFT * scale, y * scale, _RIGHT * scale, y * scale), "#bbb", scale // 2)
    for x, y, w, h, colour in bars(chart):
        draw.rectangle((x * scale, y * scale, (x + w) * scale, (y + h) * scale), colour)
    for x, y, text, anchor in labels(chart):
        side = {"middle": "ms", "end": "rs", "start": "ls"}[anchor]
        draw.text((x * scale, y * scale), text, "black", font, side)
    return _saved(image, "PNG")


def photograph(seed: int, size: tuple[int, int]) -> bytes:
    """A JPEG with soft shapes and grain, about as large as a photograph."""
    chance = random.Random(seed)
    coarse = Image.frombytes("RGB", (24, 16), bytes(chance.randrange(40, 220) for _ in range(1152)))
    grain = Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).convert("RGB")
    soft = coarse.resize(size, Image.Resampling.BICUBIC)
    return _saved(Image.blend(soft, grain, 0.08), "JPEG")


def _saved(image: Image.Image, kind: str) -> bytes:
    target = BytesIO()
    image.save(target, kind, quality=85)
    return target.getvalue()


def file_of(folder: Path, chart: Chart, suffix: str) -> Path:
    """The file of a chart as "svg" or "png"."""
    return folder / f"{chart.name}.{suffix}"
