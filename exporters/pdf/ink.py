"""Text lines as PDF operators.

A line whose gaps were opened carries its text as /ActualText: readers otherwise take the gaps for
blanks and copy "循 环 化". Not so a line with a rare character: pdfium, and with it Chrome, drops
from that text what lies above U+FFFF, which is worse than a blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from exporters.pdf.glyphs import Glyph
from exporters.pdf.prepared import Line

_READ_AS_BLANK = 0.05  # em; readers see a blank from about twice this
_WIDEST_MOVE = 90.0  # 1/1000 em; pypdf sees a blank in a move of half a blank's width
_NOTHING = 0.0005  # em
_LAST_COMMON = "\uffff"


def line_operators(line: Line, x: float, y: float, size: float) -> str:
    """The operators that print a line from (x, y), the left end of its base line, in points."""
    if line.end <= line.start:
        return ""
    pen = _Pen(size, line.opening)
    _write(pen, line)
    body = f"BT 1 0 0 1 {number(x)} {number(y)} Tm {' '.join(pen.operators)} ET"
    text = line.characters
    reads_well = pen.widest <= _READ_AS_BLANK and " " not in text
    if reads_well or max(text) > _LAST_COMMON:
        return body
    return f"/Span<</ActualText<FEFF{text.encode('utf-16-be').hex().upper()}>>>BDC {body} EMC"


def leader_operators(
    dot: Glyph, count: int, step: float, at: tuple[float, float], size: float
) -> str:
    """A row of dots `step` points apart from `at`, read and copied as two ellipses."""
    x, y = at
    spacing = number(step - dot.width * size)
    return (
        f"/Span<</ActualText<FEFF20262026>>>BDC BT 1 0 0 1 {number(x)} {number(y)} Tm "
        f"{spacing} Tc /{dot.font.name} {number(size)} Tf <{dot.code * count}>Tj 0 Tc ET EMC"
    )


@lru_cache(maxsize=1 << 14)
def number(value: float) -> str:
    """A PDF number with at most three decimals."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@dataclass(slots=True)
class _Pen:
    """Collects the operators of one line; strings of one font are joined as long as they can be."""

    size: float
    opening: float
    operators: list[str] = field(default_factory=list[str])
    widest: float = 0.0  # gap so far, in em
    _codes: list[str] = field(default_factory=list[str])
    _array: list[str] = field(default_factory=list[str])
    _glyph: Glyph | None = None

    def take(self, glyph: Glyph) -> None:
        """Switch to the font, size and height of a glyph."""
        last = self._glyph
        rise = last.rise if last else 0.0
        if (
            last is None
            or glyph.font is not last.font
            or glyph.scale != last.scale
            or glyph.rise != rise
        ):
            self.close()
            if glyph.rise != rise:
                self.operators.append(f"{number(glyph.rise * self.size)} Ts")
            size = number(self.size * glyph.scale)
            self.operators.append(f"/{glyph.font.name} {size} Tf")
            self._glyph = glyph

    def draw(self, signs: Iterable[tuple[Glyph, float, float, bool]], squeeze: float) -> None:
        """Draw glyphs with the gap, its give and whether it may open; most have nothing to do."""
        codes, opening = self._codes, self.opening
        font, scale, rise = None, 1.0, 0.0
        for glyph, gap, give, is_open in signs:
            if glyph.font is not font or glyph.scale != scale or glyph.rise != rise:
                self.take(glyph)
                font, scale, rise = glyph.font, glyph.scale, glyph.rise
            codes.append(glyph.code)
            if is_open and not gap and not give and glyph.code:
                continue
            left = gap - give * squeeze
            self.widest = max(self.widest, left + opening)
            if not is_open:
                left -= opening
            if not glyph.code:  # the second half of a long dash: there is no glyph to open after
                left += opening
            if abs(left) > _NOTHING:
                self.move(left, scale)

    def move(self, gap: float, scale: float) -> None:
        """Open or, below nothing, close the gap after the last glyph by so many em.

        A wide gap goes in steps, since readers judge each step by itself.
        """
        distance = gap * 1000 / scale
        steps = max(-int(-distance // _WIDEST_MOVE), 1)
        moves = " ".join([number(-distance / steps)] * steps)
        self._array.append(f"<{''.join(self._codes)}>{moves}")
        self._codes.clear()

    def end(self, glyph: Glyph) -> None:
        """Draw the last glyph, after which no gap counts."""
        self.take(glyph)
        self._codes.append(glyph.code)
        self.close()

    def close(self) -> None:
        """End the current string."""
        if self._codes:
            self._array.append(f"<{''.join(self._codes)}>")
        if self._array:
            self.operators.append(f"[{''.join(self._array)}]TJ")
        self._codes.clear()
        self._array.clear()


def _write(pen: _Pen, line: Line) -> None:
    """Draw every glyph of a line with the gap after it."""
    text, opening, first, last = line.text, line.opening, line.start, line.end - 1
    pen.widest = opening
    if opening:
        pen.operators.append(f"{number(opening * pen.size)} Tc")
    glyph = text.glyphs[last]
    pen.draw(
        zip(
            text.glyphs[first:last],
            text.gaps[first:last],
            text.gives[first:last],
            text.stretches[first:last],
            strict=True,
        ),
        line.squeeze,
    )
    pen.end(glyph)
    if glyph.rise:
        pen.operators.append("0 Ts")
    if opening:
        pen.operators.append("0 Tc")
