"""How tables and pictures look in prose: drawn whole, in a line of their own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit

from forms.prose_lines import picture_of
from ui import theme
from ui.pictures.small import Smalls, smalls_of
from ui.prose.places import inset_chosen
from ui.prose.table_layout import TableLayout, lay_out, paint_table
from ui.prose.text import FOUND, PICTURE_TYPE, TABLE_TYPE, mark_of, words_of
from ui.session import PlanSession
from ui.text import tr

_MOST_WIDTH, _MOST_HEIGHT = 420, 260
_MISSING = QSizeF(280, 96)
_AIR = 6
_HIGHEST = 480
_TEXT_MM = 156  # the width of the text on a page after GB/T 9704
_KEPT = 24  # layouts
_NARROWEST = 60
_CENTRE = Qt.AlignmentFlag.AlignCenter


class InsetObjects:
    """Draws the tables and pictures of one document."""

    def __init__(self, document: QTextDocument, session: PlanSession) -> None:
        self._tables = _Tables(document)
        self._pictures = _Pictures(document, smalls_of(session))
        document.documentLayout().registerHandler(TABLE_TYPE, self._tables)
        document.documentLayout().registerHandler(PICTURE_TYPE, self._pictures)

    def paint_chosen(self, edit: QTextEdit, painter: QPainter) -> None:
        """Draw what alone is chosen once more: a frame around it says so, no colour over it."""
        cursor = edit.textCursor()
        inset = inset_chosen(cursor)
        if inset is None:
            return
        document = edit.document()
        block = document.findBlock(inset.position)
        line = block.layout().lineAt(0)
        if not line.isValid():
            return
        top = QPointF(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())
        place = line.rect().translated(block.layout().position() - top)
        painter.fillRect(place, theme.colour("paper"))
        cursor.setPosition(inset.position + 1)
        look = cursor.charFormat()
        look.setForeground(theme.colour("accent"))
        handler = self._tables if inset.is_table else self._pictures
        handler.drawObject(painter, place, document, inset.position, look)


class _Tables(QPyTextObject):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._made: dict[tuple[str, int, str], TableLayout] = {}

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        """Qt: the room of a table: as wide as the text, as high as its cells, with air around."""
        del posInDocument
        return self._layout(doc, format).size + QSizeF(0, 2 * _AIR)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,
    ) -> None:
        """Qt: draw it."""
        del posInDocument
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        frame = QRectF(rect).adjusted(0, _AIR, 0, -_AIR)
        paint_table(painter, frame.topLeft(), self._layout(doc, format), _font(doc))
        _draw_edge(painter, frame, format)
        painter.restore()

    def _layout(self, doc: QTextDocument, format: QTextFormat) -> TableLayout:
        font, width = _font(doc), _width(doc)
        key = (words_of(format), round(width), font.key())
        if key not in self._made:
            if len(self._made) >= _KEPT:
                self._made.clear()
            rows = [line.split("\t") for line in key[0].split("\n")]
            self._made[key] = lay_out(rows, width, font)
        return self._made[key]


class _Pictures(QPyTextObject):
    def __init__(self, document: QTextDocument, smalls: Smalls) -> None:
        super().__init__(document)
        self._smalls = smalls

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        """Qt: the room of a picture and the line below it."""
        del posInDocument
        size = self._size(doc, format)
        below = QFontMetricsF(_font(doc)).height() + _AIR
        return QSizeF(_width(doc), size.height() + below + _AIR)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,
    ) -> None:
        """Qt: draw it in the middle of the line, its caption below."""
        del posInDocument
        rect, size = QRectF(rect), self._size(doc, format)
        frame = QRectF(QPointF(rect.center().x() - size.width() / 2, rect.top() + _AIR), size)
        pixmap = self._smalls.picture(picture_of(mark_of(format)).sha256)
        painter.save()
        if pixmap is None or pixmap.isNull():
            painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(frame)
            painter.setPen(theme.colour("soft"))
            words = tr("正在读取图片…") if pixmap is None else tr("图片无法显示")
            painter.drawText(frame, _CENTRE, words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(frame, pixmap, QRectF(pixmap.rect()))
        caption = words_of(format)
        painter.setPen(theme.colour("soft" if caption else "pale"))
        painter.setFont(_font(doc))
        below = QRectF(rect.left(), frame.bottom(), rect.width(), rect.bottom() - frame.bottom())
        painter.drawText(below, _CENTRE, caption or tr("双击填写图名、裁剪"))
        _draw_edge(painter, frame.adjusted(-2, -2, 2, 2), format)
        painter.restore()

    def _size(self, doc: QTextDocument, format: QTextFormat) -> QSizeF:
        mark = picture_of(mark_of(format))
        natural = QSizeF(self._smalls.size(mark.sha256))
        if natural.isEmpty():
            return _MISSING
        if mark.printed is not None:  # as wide beside the text as it will be on paper
            share = mark.printed.amount / (100 if mark.printed.is_percent else _TEXT_MM)
            most = QSizeF(_width(doc) * min(share, 1.0), _HIGHEST)
            return natural.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        most = QSizeF(min(_MOST_WIDTH, _width(doc)), _MOST_HEIGHT)
        if natural.width() <= most.width() and natural.height() <= most.height():
            return natural
        return natural.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)


def _draw_edge(painter: QPainter, rect: QRectF, format: QTextFormat) -> None:
    """A frame around what is chosen or found."""
    is_found = bool(format.property(FOUND))
    has_ink = format.toCharFormat().foreground().style() != Qt.BrushStyle.NoBrush
    if is_found or has_ink:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("should" if is_found else "accent"), 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _font(document: QTextDocument) -> QFont:
    return document.defaultFont()


def _width(document: QTextDocument) -> float:
    """The room between the margins of a document."""
    return max(_NARROWEST, document.textWidth() - 2 * document.documentMargin())
