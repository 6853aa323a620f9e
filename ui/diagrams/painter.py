"""Paints a drawing with Qt in the colours of the window, light or dark."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from exporters.drawing import Drawing, Hold, Label, Point
from exporters.figures.palette import EDGE, INK, LINE, PAPER, SOFT
from exporters.figures.plain import Lines, Outline, plain_marks
from exporters.figures.words import MM_PER_POINT, width_mm
from ui.theme import colour, ui_font

_UNITS_PER_MM = 20.0  # fine enough that whole pixel sizes of fonts are exact
_ROLES = {INK: "ink", SOFT: "soft", LINE: "line", EDGE: "edge", PAPER: "paper"}
_PALE_ABOVE = 0.82  # lightness of a tint, which a dark paper shows as a shade
_SHADE = 0.30
_DARK_BELOW = 0.5


def paint_drawing(painter: QPainter, drawing: Drawing, pixels_per_mm: float) -> None:
    """Paint it at the painter's origin, so many pixels to the millimetre."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(pixels_per_mm / _UNITS_PER_MM, pixels_per_mm / _UNITS_PER_MM)
    for mark in plain_marks(drawing):
        match mark:
            case Outline():
                _paint_outline(painter, mark)
            case Lines():
                painter.setPen(_pen(mark.colour, mark.width_pt, dashed=mark.dashed))
                for line in mark.lines:
                    painter.drawPolyline(_polygon(line))
            case Label():
                _paint_label(painter, mark)
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


def _pen(name: str, width_pt: float, *, dashed: bool = False) -> QPen:
    pen = QPen(worn(name), width_pt * MM_PER_POINT * _UNITS_PER_MM)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([5.0, 3.5])
    return pen


def _point(point: Point) -> QPointF:
    return QPointF(point[0] * _UNITS_PER_MM, point[1] * _UNITS_PER_MM)


def _polygon(points: tuple[Point, ...]) -> QPolygonF:
    return QPolygonF([_point(point) for point in points])


def _paint_outline(painter: QPainter, mark: Outline) -> None:
    if mark.colour:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn(mark.colour))
    else:
        painter.setPen(_pen(INK, mark.edge_pt))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_polygon(mark.points))


def _font(label: Label) -> QFont:
    font = ui_font()
    font.setPixelSize(round(label.size_pt * MM_PER_POINT * _UNITS_PER_MM))
    font.setBold(label.strong)
    return font


def _paint_label(painter: QPainter, label: Label) -> None:
    """The text in its place, drawn together a little where the font is wider than reckoned."""
    font = _font(label)
    width = QFontMetricsF(font).horizontalAdvance(label.text)
    room = width_mm(label.text, label.size_pt) * _UNITS_PER_MM
    squeeze = min(1.0, room / max(width, 1.0))
    before = {Hold.START: 0.0, Hold.MIDDLE: 0.5, Hold.END: 1.0}[label.hold] * width
    painter.save()
    painter.setPen(worn(INK))
    painter.setFont(font)
    painter.translate(_point((label.x, label.y)))
    if label.turned:
        painter.rotate(-90)
    painter.scale(squeeze, 1.0)
    painter.drawText(QPointF(-before, 0.0), label.text)
    painter.restore()
