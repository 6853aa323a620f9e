"""The list below the caret of what can be put in: how it is called, where it stands, its value.

It never takes the keyboard, so that an input method goes on composing in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.fields.roles import HINT, OFFERS, give_role
from ui.fields.small import plain_label
from ui.lines import line_of, scaled, shade, write
from ui.text import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH = 440
_ROWS = 6
_FEWEST_ROWS = 2
_PADDING = 8
_LINE_GAP = 2
_BELOW = 4  # the caret's line stays readable
_SMALL = 0.9


class Offer(Protocol):
    """Something that can be put into prose: a figure, or something a reference can name."""

    @property
    def mark(self) -> str:
        """How it is stored."""
        ...

    @property
    def label(self) -> str:
        """What it is called."""
        ...

    @property
    def place(self) -> str:
        """Where it stands."""
        ...

    @property
    def text(self) -> str:
        """What it prints."""
        ...


class OffersModel(QAbstractListModel):
    """What is offered now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers: Sequence[Offer] = ()

    def show(self, offers: Sequence[Offer]) -> None:
        """Offer others."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: how many are offered."""
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of one."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        offer = self.offers[index.row()]
        return f"{offer.label}，{offer.text}，{offer.place}"


class OffersDelegate(QStyledItemDelegate):
    """Draws an offer: its name and value in one line, its place below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: two lines."""
        del index
        font = line_of(option).font
        small = QFontMetrics(scaled(font, _SMALL)).height()
        return QSize(_WIDTH // 2, QFontMetrics(font).height() + small + _LINE_GAP + _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw it."""
        model, line = index.model(), line_of(option)
        if not isinstance(model, OffersModel):
            return
        offer = model.offers[index.row()]
        colours = theme.colours()
        painter.save()
        shade(painter, line, line.rect.adjusted(1, 1, -1, -1))
        room = line.rect.adjusted(_PADDING, _PADDING // 2, -_PADDING, -_PADDING // 2)
        metrics = QFontMetrics(line.font)
        first = QRect(room.topLeft(), QSize(room.width(), metrics.height()))
        value = min(metrics.horizontalAdvance(offer.text) + 1, room.width() // 2)
        painter.setPen(QColor(colours.ink))
        write(painter, first.adjusted(0, 0, -value - _PADDING, 0), offer.label, line.font)
        painter.setPen(QColor(colours.accent))
        write(painter, first.adjusted(first.width() - value, 0, 0, 0), offer.text, line.font)
        painter.setPen(QColor(colours.soft))
        below = room.adjusted(0, metrics.height() + _LINE_GAP, 0, 0)
        write(painter, below, offer.place, scaled(line.font, _SMALL))
        painter.restore()


class OffersList(QFrame):
    """What is offered at one place of a text."""

    chosen = Signal(object)  # Offer

    def __init__(self, window: QWidget, name: str, nothing: str) -> None:
        super().__init__(window)
        self._window = window
        self._nothing = nothing  # said when nothing fits
        give_role(self, OFFERS)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = OffersModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(OffersDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(name)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._on_clicked)
        self._foot = plain_label("", HINT)
        self._foot.setContentsMargins(_PADDING, 2, _PADDING, 4)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addWidget(self._foot)

    @property
    def current(self) -> Offer | None:
        """What Return would put in."""
        row = self.view.currentIndex().row()
        return self.model.offers[row] if 0 <= row < len(self.model.offers) else None

    def show_offers(self, offers: Sequence[Offer], *, choose: bool) -> None:
        """Offer others; the first one is chosen when somebody is looking for one."""
        self.model.show(offers)
        if choose and offers:
            self.view.setCurrentIndex(self.model.index(0))
        self.view.setVisible(bool(offers))
        keys = tr("↑↓ 选择　Enter 插入　Esc 关闭")
        self._foot.setText(keys if offers else self._nothing)
        self._show_rows(_ROWS)

    def move_choice(self, by: int) -> None:
        """Choose the next or previous one, from the end to the start again."""
        count = len(self.model.offers)
        if not count:
            return
        row = self.view.currentIndex().row()
        first = 0 if by > 0 else count - 1
        self.view.setCurrentIndex(self.model.index((row + by) % count if row >= 0 else first))

    def place_at(self, caret: QRect) -> None:
        """Stand below the caret or above it, never on it; in the window's coordinates."""
        self._show_rows(_ROWS)
        below = self._window.height() - caret.bottom() - _BELOW
        above = caret.top() - _BELOW
        goes_below = below >= self.height() or below >= above
        lacking = self.height() - (below if goes_below else above)
        if lacking > 0:
            shown = min(len(self.model.offers), _ROWS)
            self._show_rows(max(_FEWEST_ROWS, shown - 1 - lacking // self._row_height()))
        x = max(0, min(caret.left(), self._window.width() - self.width()))
        y = caret.bottom() + _BELOW if goes_below else caret.top() - _BELOW - self.height()
        self.move(QPoint(x, y))

    def _show_rows(self, most: int) -> None:
        rows = min(len(self.model.offers), most)
        self.view.setFixedHeight(rows * self._row_height())
        self._layout.invalidate()  # else the size of the last list is hinted
        self._layout.activate()
        self.resize(min(_WIDTH, self._window.width()), self.sizeHint().height())

    def _row_height(self) -> int:
        return max(1, self.view.sizeHintForRow(0))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.offers[index.row()])
