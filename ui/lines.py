"""What delegates of lists share: the option as Qt really hands it over, and cut-off text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui import theme
from ui.text import tr


class Line(Protocol):
    """The parts of a style option that the type stubs of PySide6 leave out."""

    rect: QRect
    font: QFont
    state: QStyle.StateFlag
    fontMetrics: QFontMetrics


def line_of(option: QStyleOptionViewItem) -> Line:
    """The option with its parts."""
    return cast("Line", option)


def shade(painter: QPainter, line: Line, box: QRect) -> None:
    """What lies behind a line that is chosen or pointed at; framed when it has the keyboard."""
    states = QStyle.StateFlag
    if not line.state & (states.State_Selected | states.State_MouseOver):
        return
    chosen = bool(line.state & states.State_Selected)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("chosen" if chosen else "hover"))
    if line.state & states.State_HasFocus:
        painter.setPen(QPen(theme.colour("accent"), 2))
    painter.drawRoundedRect(box, 4, 4)


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


def moment_words(at: datetime, now: datetime | None = None) -> str:
    """A moment as people say it, to the minute: today without its date."""
    there, here = at.astimezone(), (now or datetime.now(UTC)).astimezone()
    clock = f"{there:%H:%M}"
    days = (here.date() - there.date()).days
    if days == 0:
        return tr("今天 {0}").format(clock)
    if days == 1:
        return tr("昨天 {0}").format(clock)
    if there.year == here.year:
        return tr("{0}月{1}日 {2}").format(there.month, there.day, clock)
    return tr("{0}年{1}月{2}日 {3}").format(there.year, there.month, there.day, clock)
