"""Paints a drawing with Qt in the colours of the window, light or dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from exporters.drawing import Drawing, Hold, Label, Point
from exporters.figures.palette import EDGE, INK, LINE, PAPER, SOFT
from exporters.figures.plain import Lines, Outline, plain_marks
from exporters.figures.words import MM_PER_POINT, width_mm
from ui.theme import colour, ui_font

_ROLES = {INK: "ink", SOFT: "soft", LINE: "line", EDGE: "edge", PAPER: "paper"}
_PALE_ABOVE = 0.82  # lightness of a tint, which a dark paper shows as a shade
_SHADE = 0.30
_DARK_BELOW = 0.5


def paint_drawing(painter: QPainter, drawing: Drawing, pixels_per_mm: float) -> None:
    """Paint it at the painter's origin, so many pixels to the millimetre."""
    brush = _Brush(painter, pixels_per_mm)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in plain_marks(drawing):
        match mark:
            case Outline():
                brush.outline(mark)
            case Lines():
                brush.lines(mark)
            case Label():
                brush.label(mark)
            case _:
                assert_never(mark)
    painter.restore()


def worn(name: str) -> QColor:
    """A colour of a drawing as the window wears it: tints become shades on dark paper."""
    role = _ROLES.get(name)
    if role is not None:
        return colour(role)
    plain, paper = QColor(name), colour("paper")
    if paper.lightnessF() >= _DARK_BELOW or plain.lightnessF() < _PALE_ABOVE:
        return plain
    strong = QColor.fromHslF(max(plain.hslHueF(), 0.0), min(plain.hslSaturationF(), 0.5), 0.55)
    return _mixed(strong, paper, _SHADE)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        *(
            a * share + b * (1 - share)
            for a, b in (
                (one.redF(), other.redF()),
                (one.greenF(), other.greenF()),
                (one.blueF(), other.blueF()),
            )
        )
    )


@dataclass(frozen=True, slots=True)
class _Brush:
    """A painter with the scale it paints at."""

    painter: QPainter
    scale: float  # pixels to the millimetre

    def outline(self, mark: Outline) -> None:
        """A filled outline or its edge."""
        if mark.colour:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(worn(mark.colour))
        else:
            self.painter.setPen(self._pen(INK, mark.edge_pt))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolygon(self._polygon(mark.points))

    def lines(self, mark: Lines) -> None:
        """Lines of one look."""
        pen = self._pen(mark.colour, mark.width_pt)
        if mark.dashed:
            pen.setDashPattern([5.0, 3.5])
        self.painter.setPen(pen)
        for line in mark.lines:
            self.painter.drawPolyline(self._polygon(line))

    def label(self, label: Label) -> None:
        """The text, drawn together a little where the font is wider than reckoned."""
        font = self._font(label)
        width = QFontMetricsF(font).horizontalAdvance(label.text)
        squeeze = min(1.0, width_mm(label.text, label.size_pt) * self.scale / max(width, 1.0))
        before = {Hold.START: 0.0, Hold.MIDDLE: 0.5, Hold.END: 1.0}[label.hold] * width
        self.painter.save()
        self.painter.setPen(worn(INK))
        self.painter.setFont(font)
        self.painter.translate(self._point((label.x, label.y)))
        if label.turned:
            self.painter.rotate(-90)
        if squeeze < 1.0:
            self.painter.scale(squeeze, 1.0)
        self.painter.drawText(QPointF(-before, 0.0), label.text)
        self.painter.restore()

    def _font(self, label: Label) -> QFont:
        font = ui_font()
        pixels = label.size_pt * MM_PER_POINT * self.scale
        font.setPointSizeF(pixels * 72 / self.painter.device().logicalDpiY())
        font.setBold(label.strong)
        return font

    def _pen(self, name: str, width_pt: float) -> QPen:
        pen = QPen(worn(name), width_pt * MM_PER_POINT * self.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _point(self, point: Point) -> QPointF:
        return QPointF(point[0] * self.scale, point[1] * self.scale)

    def _polygon(self, points: tuple[Point, ...]) -> QPolygonF:
        return QPolygonF([self._point(point) for point in points])
