"""A table as it stands in prose: how wide its columns are, how high its rows, and its drawing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from ui import theme

_SIDE, _ABOVE = 8, 5  # inside a cell
_HIGH = 100_000
_LEAST = 36  # of a column
_NUMBER = re.compile(r"[-+−]?[0-9][0-9,]*(\.[0-9]+)?%?|[-—–/]")
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Cells row by row, where columns and rows begin, and where the last one ends."""

    rows: tuple[tuple[str, ...], ...]
    lefts: tuple[float, ...]
    tops: tuple[float, ...]

    @property
    def size(self) -> QSizeF:
        """The room it takes, its outer lines included."""
        return QSizeF(self.lefts[-1] + 1, self.tops[-1] + 1)


def lay_out(rows: Sequence[Sequence[str]], width: float, font: QFont) -> TableLayout:
    """Lay a table out as wide as the text around it."""
    count = max(len(row) for row in rows)
    cells = tuple((*row, *[""] * (count - len(row))) for row in rows)
    bold = QFont(font)
    bold.setBold(True)
    metrics = QFontMetricsF(bold)
    natural = [
        max(_LEAST, *(metrics.horizontalAdvance(row[at]) + 2 * _SIDE + 1 for row in cells))
        for at in range(count)
    ]
    widths = _shared(natural, width - 1)
    heights = [
        max(_height(metrics, text, each) for text, each in zip(row, widths, strict=True))
        for row in cells
    ]
    return TableLayout(cells, (0.0, *accumulate(widths)), (0.0, *accumulate(heights)))


def paint_table(painter: QPainter, at: QPointF, table: TableLayout, font: QFont) -> None:
    """Draw a laid out table."""
    whole = QRectF(at, table.size).adjusted(0, 0, -1, -1)
    head = QRectF(whole.left(), whole.top(), whole.width(), table.tops[1])
    painter.fillRect(head, theme.colour("canvas"))
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.drawRect(whole)
    for left in table.lefts[1:-1]:
        x = round(at.x() + left)
        painter.drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()))
    for top in table.tops[1:-1]:
        y = round(at.y() + top)
        painter.drawLine(QPointF(whole.left(), y), QPointF(whole.right(), y))
    painter.setPen(theme.colour("ink"))
    bold = QFont(font)
    bold.setBold(True)
    for number, row in enumerate(table.rows):
        painter.setFont(font if number else bold)
        for place, text in enumerate(row):
            cell = QRectF(
                at.x() + table.lefts[place] + _SIDE,
                at.y() + table.tops[number],
                table.lefts[place + 1] - table.lefts[place] - 2 * _SIDE,
                table.tops[number + 1] - table.tops[number],
            )
            side = _CENTRE if not number else _RIGHT if _NUMBER.fullmatch(text) else _LEFT
            painter.drawText(cell, int(side) | int(_WRAP), text)


def _shared(natural: list[float], width: float) -> list[float]:
    """The width shared out: what is left over evenly, what is lacking from the wide columns."""
    spare = width - sum(natural)
    if spare >= 0:
        return [each + spare / len(natural) for each in natural]
    even = width / len(natural)
    narrow = sum(each for each in natural if each <= even)
    wide = sum(each for each in natural if each > even)
    left = width - narrow
    return [each if each <= even else each * left / wide for each in natural]


def _height(metrics: QFontMetricsF, text: str, width: float) -> float:
    room = QRectF(0, 0, max(1.0, width - 2 * _SIDE), _HIGH)
    return max(metrics.height(), metrics.boundingRect(room, int(_WRAP), text).height()) + 2 * _ABOVE
