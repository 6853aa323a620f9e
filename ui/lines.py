"""What delegates of lists share: the option as Qt really hands it over, and cut-off text."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem


class Line(Protocol):
    """The parts of a style option that the type stubs of PySide6 leave out."""

    rect: QRect
    font: QFont
    state: QStyle.StateFlag
    fontMetrics: QFontMetrics


def line_of(option: QStyleOptionViewItem) -> Line:
    """The option with its parts."""
    return cast("Line", option)


def write(painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
    """One line of text, cut off with … where it does not fit."""
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
    painter.drawText(rect, flags, shown)


def scaled(font: QFont, factor: float, *, strong: bool = False) -> QFont:
    """The font at another size or weight."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made
