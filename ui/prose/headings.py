"""How headings and what counts itself look in prose: bold titles, numbers in the margin."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit

from forms.prose_lines import HEADINGS, LineKind
from ui import theme
from ui.prose.places import place_at
from ui.prose.rows import Rows
from ui.prose.shape import shape_of
from ui.prose.text import CLOSED

_LARGE = 1.12
_AIR = 0.35  # between a number and its text, in heights of a letter


class Headings(QSyntaxHighlighter):
    """Lets the headings of one document stand out; the text itself is never changed."""

    def highlightBlock(self, text: str) -> None:
        """Qt: make one block look as what it is."""
        kind = shape_of(self.currentBlock()).kind
        if kind in HEADINGS:
            made = QTextCharFormat()
            made.setFontWeight(QFont.Weight.Bold)
            if kind is LineKind.HEADING:
                made.setProperty(QTextFormat.Property.FontSizeAdjustment, 1)
            self.setFormat(0, len(text.encode("utf-16-le")) // 2, made)


def paint_labels(edit: QTextEdit, rows: Rows, painter: QPainter, shown: QRect) -> None:
    """Draw the numbers and bullets of the blocks in sight."""
    document = edit.document()
    layout = document.documentLayout()
    top = QPointF(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())
    painter.setPen(theme.colour("ink"))
    block = document.findBlock(place_at(edit, shown.topLeft()))
    while block.isValid():
        place = layout.blockBoundingRect(block).translated(-top)
        if place.top() > shown.bottom():
            return
        label = rows.label(block.blockNumber())
        if label:
            _paint(painter, block, label, top, document.defaultFont())
        block = block.next()


def _paint(painter: QPainter, block: QTextBlock, label: str, top: QPointF, plain: QFont) -> None:
    line = block.layout().lineAt(0)
    if not line.isValid():
        return
    font = QFont(plain)
    kind = shape_of(block).kind
    if kind in HEADINGS:
        font.setBold(True)
        if kind is LineKind.HEADING:
            font.setPointSizeF(font.pointSizeF() * _LARGE)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(label)
    air = 0 if label.endswith(CLOSED) else metrics.height() * _AIR
    place = block.layout().position() + line.position() - top
    painter.save()
    painter.setFont(font)
    baseline = QPointF(place.x() - air, place.y() + line.ascent())
    room = place.x() - air
    painter.translate(baseline)
    if width > room > 0:  # a long number of a narrow margin
        painter.scale(room / width, 1)
    painter.drawText(QPointF(-width, 0), label)
    painter.restore()
