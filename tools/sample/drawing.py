# ruff: noqa: E501
"""Simple line drawings with Chinese labels, in few colours so that they stay small."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSansSC-Medium.ttf"
INK, GREY, PALE, WHITE = "#1f2933", "#7b8794", "#e8edf2", "#ffffff"
BLUE, GREEN, AMBER, ROSE = "#2f6690", "#4f8a5b", "#c08a2e", "#b5534b"
TINTS = {BLUE: "#dbe8f1", GREEN: "#dfeee2", AMBER: "#f5e9d0", ROSE: "#f4dedb", GREY: "#e8edf2"}
PALETTE = (INK, GREY, PALE, WHITE, BLUE, GREEN, AMBER, ROSE, *TINTS.values())
Point = tuple[int, int]
Box = tuple[int, int, int, int]


@lru_cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The bundled sans face, laid out without shaping so that every machine draws the same."""
    return ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)


class Sheet:
    """One picture being drawn."""

    def __init__(self, width: int, height: int, title: str = "") -> None:
        self.image = Image.new("RGB", (width, height), WHITE)
        self.draw = ImageDraw.Draw(self.image)
        self.draw.fontmode = "1"  # no grey edges: smaller, and the same everywhere
        if title:
            self.text((width // 2, 62), title, 46)

    def text(
        self, at: Point, words: str, size: int = 30, fill: str = INK, anchor: str = "mm"
    ) -> None:
        """Words, one line or several."""
        lines = words.split("\n")
        step = size * 13 // 10
        top = at[1] - step * (len(lines) - 1) // 2
        for number, line in enumerate(lines):
            self.draw.text((at[0], top + number * step), line, fill, font(size), anchor)

    def box(self, where: Box, words: str, colour: str = BLUE, size: int = 30) -> None:
        """A labelled box."""
        self.draw.rounded_rectangle(where, 14, TINTS[colour], colour, 4)
        left, top, right, bottom = where
        self.text(((left + right) // 2, (top + bottom) // 2), words, size)

    def arrow(
        self, *points: Point, words: str = "", colour: str = INK, dashed: bool = False
    ) -> None:
        """An arrow along straight pieces, with words beside its longest piece."""
        pieces = list(pairwise(points))
        for start, end in pieces:
            self.line(start, end, colour, dashed=dashed)
        (x0, y0), (x1, y1) = pieces[-1]
        dx, dy = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
        back = (x1 - 22 * dx, y1 - 22 * dy)
        sides = [(back[0] + 11 * dy, back[1] + 11 * dx), (back[0] - 11 * dy, back[1] - 11 * dx)]
        self.draw.polygon([(x1, y1), *sides], fill=colour)
        if words:
            (ax, ay), (bx, by) = max(
                pieces, key=lambda p: abs(p[1][0] - p[0][0]) + abs(p[1][1] - p[0][1])
            )
            middle = ((ax + bx) // 2, (ay + by) // 2)
            if ay == by:
                self.text((middle[0], middle[1] - 20 - 16 * words.count("\n")), words, 25, colour)
            else:
                self.text((middle[0] + 12, middle[1]), words, 25, colour, "lm")

    def line(
        self, start: Point, end: Point, colour: str = INK, width: int = 4, *, dashed: bool = False
    ) -> None:
        """A straight line."""
        if not dashed:
            self.draw.line((start, end), colour, width)
            return
        length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
        for at in range(0, length, 28):
            to = min(at + 16, length)
            self.draw.line(
                [tuple(s + (e - s) * part // length for s, e in zip(start, end, strict=True)) for part in (at, to)],
                colour, width,
            )  # fmt: skip

    def legend(self, at: Point, entries: tuple[tuple[str, str], ...]) -> None:
        """A key of colours."""
        for number, (colour, words) in enumerate(entries):
            y = at[1] + number * 48
            self.draw.rectangle(
                (at[0], y - 14, at[0] + 44, y + 14), TINTS.get(colour, colour), colour, 3
            )
            self.text((at[0] + 58, y), words, 25, INK, "lm")

    def compass(self, at: Point, scale: str) -> None:
        """North and scale."""
        x, y = at
        self.draw.polygon([(x, y - 60), (x - 20, y), (x, y - 14), (x + 20, y)], INK)
        self.text((x, y - 82), "北", 28)
        self.line((x - 80, y + 50), (x + 80, y + 50))
        self.line((x - 80, y + 40), (x - 80, y + 50))
        self.line((x + 80, y + 40), (x + 80, y + 50))
        self.text((x, y + 76), scale, 24)

    def png(self) -> bytes:
        """The picture as a small PNG in the fixed palette."""
        flat = Image.new("P", (1, 1))
        flat.putpalette([part for colour in PALETTE for part in bytes.fromhex(colour[1:])])
        out = BytesIO()
        self.image.quantize(palette=flat, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()
