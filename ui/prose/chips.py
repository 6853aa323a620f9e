"""How a mark looks in prose: a shaded box as high as its line, on the same baseline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from ui import theme
from ui.prose.text import CHIP_TYPE, FOUND, is_raised, label_of

_SIDE = 4  # inside the box, left and right
_GAP = 1  # between the box and the letters beside it
_ROUND = 3
_MIDDLE = 128
_FAINT = 80
_SMALL, _RISE = 0.75, 0.18  # of the sign of a footnote, beside the letters around it
_MOST_LETTERS = 24  # longer texts are cut, so that a chip never breaks out of its line


class MarkChips(QPyTextObject):
    """Measures and draws the chips of one document.

    A chip is as high as the letters above the baseline; what hangs below is painted there without
    claiming room, so that lines with and without chips are equally high.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        document.documentLayout().registerHandler(CHIP_TYPE, self)

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        """Qt: the room of a chip."""
        del posInDocument
        font = _font(doc, format)
        metrics = QFontMetricsF(_small(font) if is_raised(format) else font)
        words = _cut(metrics, label_of(format)[0])
        height = QFontMetricsF(font).ascent()
        return QSizeF(metrics.horizontalAdvance(words) + 2 * (_SIDE + _GAP), height)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,
    ) -> None:
        """Qt: draw it; inside a selection the format carries the colour of selected letters."""
        del posInDocument
        font = _font(doc, format)
        metrics = QFontMetricsF(font)
        words, faulty = label_of(format)
        found = bool(format.property(FOUND))
        selected = _has_ink(format) and not found
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(rect)
        if selected:
            _draw_selected_box(painter, rect, metrics.descent())
            painter.setPen(_extreme("ink"))
        else:
            _draw_box(painter, rect, metrics.descent(), faulty=faulty, found=found)
            painter.setPen(theme.colour("must" if faulty else "ink"))
        place = QPointF(rect.left() + _GAP + _SIDE, rect.bottom())
        if is_raised(format):
            font, place = _small(font), place - QPointF(0, metrics.ascent() * _RISE)
        painter.setFont(font)
        painter.drawText(place, _cut(QFontMetricsF(font), words))
        painter.restore()


def _has_ink(format: QTextFormat) -> bool:
    return format.toCharFormat().foreground().style() != Qt.BrushStyle.NoBrush


def _draw_box(painter: QPainter, rect: QRectF, below: float, *, faulty: bool, found: bool) -> None:
    box = rect.adjusted(_GAP + 0.5, 0.5, -_GAP - 0.5, below - 0.5)
    if faulty:
        painter.setBrush(theme.colour("must_soft"))
        painter.setPen(QPen(theme.colour("must"), 1))
    elif found:
        painter.setBrush(theme.colour("should_soft"))
        painter.setPen(QPen(theme.colour("should"), 1))
    else:
        edge = theme.colour("accent")
        edge.setAlpha(_FAINT)
        painter.setBrush(theme.colour("chosen"))
        painter.setPen(QPen(edge, 1))
    painter.drawRoundedRect(box, _ROUND, _ROUND)


def _draw_selected_box(painter: QPainter, rect: QRectF, below: float) -> None:
    """Draw it so that it reads well under the half transparent accent that Qt lays over `rect`."""
    box = rect.adjusted(_GAP + 0.5, 0.5, -_GAP - 0.5, below - 0.5)
    ground, accent = _extreme("paper"), theme.colour("accent")
    mixed = QColor(
        (ground.red() + accent.red()) // 2,
        (ground.green() + accent.green()) // 2,
        (ground.blue() + accent.blue()) // 2,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mixed)
    painter.drawRoundedRect(box, _ROUND, _ROUND)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, _ROUND, _ROUND)
    painter.restore()


def _extreme(role: str) -> QColor:
    """White or black, whichever a colour is nearer to."""
    is_light = theme.colour(role).lightness() >= _MIDDLE
    return QColor(Qt.GlobalColor.white if is_light else Qt.GlobalColor.black)


def _font(document: QTextDocument, format: QTextFormat) -> QFont:
    """The font of the prose around: only what the format says itself differs from it."""
    return format.toCharFormat().font().resolve(document.defaultFont())


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(max(1.0, font.pointSizeF() * _SMALL))
    return made


def _cut(metrics: QFontMetricsF, words: str) -> str:
    most = _MOST_LETTERS * metrics.height()
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, most)
