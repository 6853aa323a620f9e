"""A picture with the part of it that is taken: pulled at its handles or moved by the keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pictures.boxes import ALL, Box, Edges, moved, spanned, stretched, whole
from ui.text import tr
from ui.theme import colour

_AROUND = 12  # room for the handles at the edge
_HANDLE = 9
_NEAR = 11
_DIM = QColor(0, 0, 0, 120)
_LEAST = QSize(420, 300)
_STEP, _LEAP = 0.01, 0.05  # of the longer side, with a key and with Ctrl
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS = {
    (0, 0): Qt.CursorShape.SizeAllCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
}


class CropView(QWidget):
    """Shows a turned picture and the box that is taken of it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = Box(0, 0, 0, 0)
        self.ratio = 0.0  # width : height, 0 for any
        self._size = (0, 0)
        self._words = ""
        self._pixmap = QPixmap()
        self._pulled: Edges | None = None
        self._begun: tuple[Box, QPoint] | None = None
        self._start: tuple[int, int] | None = None  # of a box being drawn anew
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("裁剪范围：方向键移动，按住 Shift 改大小，按住 Ctrl 走大步"))

    @property
    def size_of_picture(self) -> tuple[int, int]:
        """Width and height of the turned picture in pixels."""
        return self._size

    def say(self, words: str) -> None:
        """Show a sentence in place of a picture."""
        self._words = words
        self.update()

    def show_picture(self, image: QImage, size: tuple[int, int], turns: int, box: Box) -> None:
        """Show a picture of this size as turned, and the box in it."""
        self._size = size
        self._pixmap = QPixmap.fromImage(image.transformed(QTransform().rotate(90 * turns)))
        self._words = ""
        self.take(box)

    def take(self, box: Box) -> None:
        """Take another box."""
        self.box = box
        told = tr("左 {0}，上 {1}，宽 {2}，高 {3} 像素")
        self.setAccessibleDescription(told.format(box.left, box.top, box.width, box.height))
        self.update()
        self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the picture, dim where nothing is taken, and the handles."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._pixmap.isNull():
            painter.setPen(colour("soft"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
            painter.end()
            return
        shown, box = self._shown(), self._on_screen(self.box)
        painter.drawPixmap(shown, self._pixmap, QRectF(self._pixmap.rect()))
        painter.save()
        painter.setClipRegion(QRect(shown.toAlignedRect()))
        for each in _around(shown, box):
            painter.fillRect(each, _DIM)
        painter.restore()
        self._paint_frame(painter, box)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows move the box; with Shift they move its lower right corner."""
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None or self._pixmap.isNull():
            super().keyPressEvent(event)
            return
        is_leap = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        step = max(1, round(max(self._size) * (_LEAP if is_leap else _STEP)))
        by = (arrow[0] * step, arrow[1] * step)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            edges = (abs(arrow[0]), abs(arrow[1]))
            self.take(stretched(self.box, edges, by, self._size, self.ratio))
        else:
            self.take(moved(self.box, *by, self._size))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: pull a handle, move the box, or begin another one."""
        if event.button() != Qt.MouseButton.LeftButton or self._pixmap.isNull():
            return
        place = event.position().toPoint()
        self._pulled = self._edges_at(place)
        if self._pulled is None:
            self._start = self._in_picture(place)
        self._begun = (self.box, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: follow the pointer."""
        place = event.position().toPoint()
        if self._begun is None:
            edges = self._edges_at(place)
            self.setCursor(Qt.CursorShape.CrossCursor if edges is None else _CURSORS[edges])
            return
        box, begun = self._begun
        if self._start is not None:
            if (place - begun).manhattanLength() > _NEAR:
                end = self._in_picture(place)
                self.take(spanned(self._start, end, self._size, self.ratio))
            return
        scale = self._scale()
        by = (round((place.x() - begun.x()) / scale), round((place.y() - begun.y()) / scale))
        if self._pulled == ALL or self._pulled is None:
            self.take(moved(box, *by, self._size))
        else:
            self.take(stretched(box, self._pulled, by, self._size, self.ratio))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: let go."""
        del event
        self._begun = self._pulled = self._start = None

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        thirds = QPen(QColor(255, 255, 255, 110), 1)
        painter.setPen(thirds)
        for part in (1, 2):
            across = box.left() + box.width() * part / 3
            down = box.top() + box.height() * part / 3
            painter.drawLine(QPointF(across, box.top()), QPointF(across, box.bottom()))
            painter.drawLine(QPointF(box.left(), down), QPointF(box.right(), down))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = colour("accent") if self.hasFocus() else QColor("white")
        for pen in (QPen(QColor(0, 0, 0, 150), 4), QPen(edge, 2)):  # seen on light and on dark
            painter.setPen(pen)
            painter.drawRect(box)
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
        painter.setBrush(edge if self.hasFocus() else QColor("white"))
        for _, centre in _handles(box):
            half = QPointF(_HANDLE / 2, _HANDLE / 2)
            painter.drawRect(QRectF(centre - half, centre + half))

    def _shown(self) -> QRectF:
        """Where the picture is."""
        room = QRectF(self.rect()).adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        scale = self._scale()
        shown = QRectF(0, 0, self._size[0] * scale, self._size[1] * scale)
        shown.moveCenter(room.center())
        return shown

    def _scale(self) -> float:
        """Device-independent pixels to one of the picture."""
        width, height = max(1, self._size[0]), max(1, self._size[1])
        room = self.size() - QSize(2 * _AROUND, 2 * _AROUND)
        return min(room.width() / width, room.height() / height)

    def _on_screen(self, box: Box) -> QRectF:
        origin, scale = self._shown().topLeft(), self._scale()
        sides = (box.left * scale, box.top * scale, box.width * scale, box.height * scale)
        return QRectF(*sides).translated(origin)

    def _in_picture(self, place: QPoint) -> tuple[int, int]:
        at, scale = QPointF(place) - self._shown().topLeft(), self._scale()
        across, down = round(at.x() / scale), round(at.y() / scale)
        return max(0, min(across, self._size[0])), max(0, min(down, self._size[1]))

    def _edges_at(self, place: QPoint) -> Edges | None:
        """Which edges move when one pulls here; none while nothing is cut away, to draw a box."""
        box = self._on_screen(self.box)
        for edges, centre in _handles(box):
            if (QPointF(place) - centre).manhattanLength() <= _NEAR:
                return edges
        is_all = self.box == whole(self._size)
        return ALL if box.contains(QPointF(place)) and not is_all else None


def _handles(box: QRectF) -> list[tuple[Edges, QPointF]]:
    """The handles of a box: in its corners and in the middle of its sides."""
    centre = box.center()
    across = {-1: box.left(), 0: centre.x(), 1: box.right()}
    down = {-1: box.top(), 0: centre.y(), 1: box.bottom()}
    return [
        ((x, y), QPointF(across[x], down[y]))
        for x in (-1, 1, 0)
        for y in (-1, 1, 0)
        if (x, y) != ALL
    ]


def _around(shown: QRectF, box: QRectF) -> list[QRectF]:
    """What of the picture is not taken, in four strips."""
    return [
        QRectF(shown.topLeft(), QPointF(shown.right(), box.top())),
        QRectF(QPointF(shown.left(), box.bottom()), shown.bottomRight()),
        QRectF(QPointF(shown.left(), box.top()), box.bottomLeft()),
        QRectF(box.topRight(), QPointF(shown.right(), box.bottom())),
    ]
