"""合计: one row below a sheet, column under column, with the frozen columns in place."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from forms.wording import word
from ui.fields.roles import TOTALS, give_role
from ui.grid.delegate import PADDING
from ui.grid.grid_view import SheetView
from ui.grid.paints import ink
from ui.grid.rows_model import RowsModel
from ui.text import tr

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_MANY_ROWS = 300
_PAUSE_MS = 200
_AIR = 12


class TotalsRow(QWidget):
    """The sums of a table's columns; with very many rows they follow after a short pause."""

    def __init__(self, view: SheetView, model: RowsModel) -> None:
        super().__init__()
        self._view = view
        self._model = model
        self._totals: dict[tuple[str, int], Decimal] = {}
        self._is_part = False  # of the rows that are shown only
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.count)
        give_role(self, TOTALS)
        view.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        view.horizontalHeader().sectionResized.connect(self._on_resized)
        self.follow()

    def follow(self) -> None:
        """Count anew after a change: at once for a usual table."""
        if len(self._model.keys) > _MANY_ROWS:
            self._pause.start()
        else:
            self.count()

    def count(self) -> None:
        """Count now."""
        view, home = self._model.session.view, self._model.home
        self._is_part = self._model.arrangement.is_filtered
        shown = self._model.shown.rows
        self._totals = view.totals(home, shown if self._is_part else None)
        self.setAccessibleName(self.spoken())
        self.update()

    def text_of(self, key: str, year: int) -> str:
        """The sum of a column as it reads."""
        total = self._totals.get((key, year))
        kind = self._model.table.column(key).kind
        return word(self._model.session.pack, kind, total)

    def spoken(self) -> str:
        """All sums in one line, for screen readers."""
        parts = [
            f"{shape.name} {self.text_of(shape.key, shape.year)}"
            for shape in self._model.sheet_columns
            if (shape.key, shape.year) in self._totals
        ]
        words = tr("{head}：{sums}")
        return words.format(head=self.head(), sums="，".join(parts) or tr("无"))

    def head(self) -> str:
        """What the sums are of."""
        if not self._is_part:
            return tr("合计")
        return tr("合计（显示的 {count} 行）").format(count=len(self._model.shown.rows))

    def sizeHint(self) -> QSize:
        """One row high."""
        return QSize(100, self.fontMetrics().lineSpacing() + _AIR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sums under their columns, the frozen ones last and in place."""
        del event
        painter = QPainter(self)
        head, frozen = self._view.horizontalHeader(), self._view.frozen_width
        side = self._view.verticalHeader().width() + self._view.frameWidth()
        painter.fillRect(self.rect(), ink("canvas"))
        painter.setClipRect(QRect(side, 0, self._view.viewport().width(), self.height()))
        fixed: list[tuple[int, QRect]] = []
        left = side
        for place in range(len(self._model.sheet_columns)):
            wide = head.sectionSize(place)
            if left + wide <= side + frozen:
                fixed.append((place, QRect(left, 0, wide, self.height())))
            else:
                at = side + head.sectionViewportPosition(place)
                self._paint_cell(painter, place, QRect(at, 0, wide, self.height()))
            left += wide
        for place, rect in fixed:
            painter.fillRect(rect, ink("canvas"))
            self._paint_cell(painter, place, rect)
        painter.setClipping(False)
        painter.setPen(ink("soft"))
        self._paint_head(painter, side)
        painter.setPen(ink("edge"))
        painter.drawLine(0, 0, self.width(), 0)

    def changeEvent(self, event: QEvent) -> None:
        """Another font wants another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _on_scrolled(self, value: int) -> None:
        del value
        self.update()

    def _on_resized(self, place: int, old: int, new: int) -> None:
        del place, old, new
        self.update()

    def _paint_head(self, painter: QPainter, side: int) -> None:
        """What the sums are of, beside the rows' numbers; longer words run on over the names."""
        head = self.head()
        wide = self.fontMetrics().horizontalAdvance(head) + 2 * PADDING
        rect = QRect(0, 1, max(side, wide), self.height() - 1)
        if wide > side:
            painter.fillRect(rect, ink("canvas"))
        painter.setPen(ink("soft"))
        painter.drawText(rect, _CENTRE, head)

    def _paint_cell(self, painter: QPainter, place: int, rect: QRect) -> None:
        painter.setPen(ink("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        shape = self._model.sheet_columns[place]
        if (shape.key, shape.year) in self._totals:
            painter.setPen(ink("ink"))
            inner = rect.adjusted(PADDING, 0, -PADDING, 0)
            painter.drawText(inner, _RIGHT, self.text_of(shape.key, shape.year))
