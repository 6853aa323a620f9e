"""A column of printed pages: scrolled, zoomed, searched; a click says what is printed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui import theme
from ui.preview.column import FIT_WIDTH, GAP, Column
from ui.preview.images import PageImages
from ui.preview.shades import Shades
from ui.text import tr

if TYPE_CHECKING:
    from exporters.preview import Box, Hit, Preview

ZOOM_STEPS = (25, 33, 50, 67, 75, 90, 100, 125, 150, 200, 300)
_ROOM_BELOW = 60


class SheetView(QAbstractScrollArea):
    """The pages of a preview; only pages in sight are painted, one at a time."""

    page_changed = Signal(int)  # from 0; -1 without pages
    zoom_changed = Signal(int)  # percent
    address_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("printedPages")
        self.setObjectName("sheets")
        self.setAccessibleName(tr("印刷页面"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.page = -1
        self._preview: Preview | None = None
        self.column = Column()
        self.shades = Shades()
        self._images = PageImages()
        self._paint_next = QTimer(self, singleShot=True, interval=0)
        self._paint_next.timeout.connect(self._paint_one)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._on_scrolled)

    def show_preview(self, preview: Preview | None) -> None:
        """Show other pages, at the place where the old ones were."""
        self._preview = preview
        self._images.clear()
        self.shades = Shades()
        self.set_zoom(self.column.zoom)

    def mark(self, address: str) -> bool:
        """Shade where a value is printed and bring it into sight; False when it is not printed."""
        spots = self._preview.spots_of(address) if self._preview else ()
        self.shades.marked = spots
        self.viewport().update()
        return self.reveal(address)

    def reveal(self, address: str) -> bool:
        """Bring where a value is printed into sight; False when it is not printed."""
        spots = self._preview.spots_of(address) if self._preview else ()
        if spots:
            self._reveal(spots[0].page, spots[0].box)
        return bool(spots)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Shade what a search found and go to the first from the page in sight on."""
        self.shades.hits, self.shades.hit = hits, -1
        self.go_to_hit(self.shades.first_hit_from(self.page))
        self.viewport().update()

    def go_to_hit(self, number: int) -> None:
        """Bring one of the things found into sight; numbers go round."""
        hits = self.shades.hits
        if hits:
            self.shades.hit = number % len(hits)
            hit = hits[self.shades.hit]
            self._reveal(hit.page, hit.boxes[0])
            self.viewport().update()

    def go_to_page(self, page: int) -> None:
        """Bring a page into sight."""
        if self._preview is not None and 0 <= page < self._preview.page_count:
            self.verticalScrollBar().setValue(round(self.column.rect(page).top()) - GAP)

    def set_zoom(self, zoom: int) -> None:
        """Size the pages, in percent or by `FIT_WIDTH`; what stood at the upper edge stays."""
        bar, side = self.verticalScrollBar(), self.horizontalScrollBar()
        page = self.column.page_at(bar.value())
        share = 0.0
        if page >= 0:
            rect = self.column.rect(page)
            share = (bar.value() - rect.top()) / rect.height()
        shown = self._preview
        sizes = [shown.size(each) for each in range(shown.page_count)] if shown else []
        room = self.viewport().size()
        self.column = Column(sizes, room, zoom)
        bar.setRange(0, max(0, self.column.height - room.height()))
        bar.setPageStep(room.height())
        bar.setSingleStep(40)
        side.setRange(0, max(0, self.column.width - room.width()) if zoom != FIT_WIDTH else 0)
        side.setPageStep(room.width())
        if 0 <= page < len(sizes):
            rect = self.column.rect(page)
            bar.setValue(round(rect.top() + share * rect.height()))
        self._on_scrolled()
        self.zoom_changed.emit(self.column.percent)

    def zoom_by(self, steps: int) -> None:
        """The next larger or smaller size."""
        now = self.column.percent
        larger = [size for size in ZOOM_STEPS if size > now]
        smaller = [size for size in reversed(ZOOM_STEPS) if size < now]
        choices = larger if steps > 0 else smaller
        if choices:
            self.set_zoom(choices[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: pages that fill the width become larger or smaller."""
        super().resizeEvent(event)
        self.set_zoom(self.column.zoom)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the pages in sight; those without an image yet as white paper."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), theme.colour("line"))
        painter.translate(-self._scrolled())
        top = self.verticalScrollBar().value()
        for page in self.column.in_sight(top, top + self.viewport().height()):
            rect = self.column.rect(page).toAlignedRect()
            image = self._images.get(page, self.column.pixels(page, self.devicePixelRatioF()))
            if image is None:
                self._paint_next.start()
                image = self._images.stand_in(page)
            painter.fillRect(rect, QColor(Qt.GlobalColor.white))
            if image is not None:
                painter.drawImage(rect, image)
            self.shades.paint(painter, self.column, page)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on a value leads to its field."""
        super().mousePressEvent(event)
        address = self._address_at(event.position())
        if address and event.button() is Qt.MouseButton.LeftButton:
            self.address_clicked.emit(address)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: a hand over what can be clicked."""
        super().mouseMoveEvent(event)
        known = bool(self._address_at(event.position()))
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand if known else arrow)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: Ctrl and the wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: page by page, and to both ends."""
        last = self._preview.page_count - 1 if self._preview else 0
        pages = {
            Qt.Key.Key_PageDown: min(self.page + 1, last),
            Qt.Key.Key_PageUp: max(self.page - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        wanted = pages.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.go_to_page(wanted)

    # ---- where things are -----------------------------------------------------------------------

    def _on_scrolled(self) -> None:
        """The page a third below the upper edge is the one that is read."""
        self.viewport().update()
        page = self.column.page_at(self.verticalScrollBar().value() + self.viewport().height() / 3)
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)

    def _scrolled(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _address_at(self, point: QPointF) -> str:
        found = self.column.on_paper(point + self._scrolled())
        return self._preview.address_at(*found) if self._preview and found else ""

    def _reveal(self, page: int, box: Box) -> None:
        """Scroll a place into sight with room above it; stay when it is in sight already."""
        spot = self.column.on_screen(page, box.left, box.top, box.right, box.bottom)
        spot.translate(-self._scrolled())
        room = self.viewport().height()
        if not 0 <= spot.top() <= room - _ROOM_BELOW:
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + spot.top() - room / 4))
        if not 0 <= spot.left() <= self.viewport().width() - _ROOM_BELOW:
            side = self.horizontalScrollBar()
            side.setValue(round(side.value() + spot.left()) - GAP)

    def _paint_one(self) -> None:
        """Paint one page that is in sight and has no image, then let the window breathe."""
        top, ratio = self.verticalScrollBar().value(), self.devicePixelRatioF()
        pages = self.column.in_sight(top, top + self.viewport().height())
        wanted = [(page, self.column.pixels(page, ratio)) for page in pages]
        for page, width in wanted:
            if self._preview is not None and self._images.get(page, width) is None:
                self._images.make(self._preview, page, width, wanted)
                self.viewport().update()
                return
