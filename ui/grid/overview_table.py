"""Computed overviews, summaries and listings: read-only, quiet, always as the plan stands."""

from __future__ import annotations

from heapq import nlargest

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from forms.address import Address
from forms.kinds import Kind, is_numeric
from forms.listing import ListedTable, list_rows
from forms.overview import SHARE, SummaryRow, summarise
from forms.schema import Listing, Summary
from forms.view import PlanView
from forms.wording import word
from ui.fields.made import lay_out_made
from ui.fields.roles import QUIET_TABLE, give_role
from ui.scaling import sized
from ui.session import PlanSession
from ui.text import tr

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_HORIZONTAL = Qt.Orientation.Horizontal
_INVALID = QModelIndex()
_MOST_ROWS = 14
_ROW_AIR = 10
_LEAST_FIRST = 150
_COLUMN_AIR = 4  # more than the style sheet gives
_LEAST_COLUMN = 72
_MOST_COLUMN = 320
_MEASURED = 4  # texts of a column

Index = QModelIndex | QPersistentModelIndex


class OverviewModel(QAbstractTableModel):
    """Ready texts in rows; the last one may be a total."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[str, ...] = ()
        self.numeric: tuple[bool, ...] = ()
        self.rows: tuple[tuple[str, ...], ...] = ()
        self.has_total = False

    def show(
        self, heads: tuple[str, ...], numeric: tuple[bool, ...], rows: tuple[tuple[str, ...], ...]
    ) -> bool:
        """Show these texts; False when they are what is shown already."""
        if (heads, rows) == (self.heads, self.rows):
            return False
        self.beginResetModel()
        self.heads, self.numeric, self.rows = heads, numeric, rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _INVALID) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _INVALID) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """The text of a cell and how it stands."""
        if role == _DISPLAY:
            return self.rows[index.row()][index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if self.numeric[index.column()] else _LEFT
        if role == _FONT and self.has_total and index.row() == len(self.rows) - 1:
            return _bold()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """The column's name."""
        if orientation == _HORIZONTAL and role == _DISPLAY:
            return self.heads[section]
        if orientation == _HORIZONTAL and role == _ALIGNMENT:
            return _RIGHT if self.numeric[section] else _LEFT
        return None


def _bold() -> QFont:
    font = QGuiApplication.font()
    font.setBold(True)
    return font


class QuietView(QTableView):
    """A table that is only read; the wheel belongs to the page unless it has more rows than fit."""

    def __init__(self, model: OverviewModel, name: str) -> None:
        super().__init__()
        self._overview = model
        self._first = 0  # the width the first column wants
        self.setModel(model)
        self.setAccessibleName(name)
        give_role(self, QUIET_TABLE)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setResizeContentsPrecision(0)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        model.modelReset.connect(self.fit)
        sized(self, self.fit)

    def fit(self) -> None:
        """As wide as the texts, as high as the rows up to a limit."""
        for place in range(self.model().columnCount()):
            wide = self._wanted_width(place) + _COLUMN_AIR
            self.setColumnWidth(place, max(_LEAST_COLUMN, min(_MOST_COLUMN, wide)))
        self._first = self.columnWidth(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + _ROW_AIR)
        rows = min(_MOST_ROWS, self.model().rowCount())
        height = rows * self.verticalHeader().defaultSectionSize()
        height += self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        wide = self.horizontalHeader().length() > self.width() - 2 * self.frameWidth()
        bar = self.horizontalScrollBar().sizeHint().height() if wide and self.isVisible() else 0
        self.setFixedHeight(height + bar)
        across = self.horizontalHeader().length() + 2 * self.frameWidth()
        scrolls = self.model().rowCount() > _MOST_ROWS
        bar = self.verticalScrollBar().sizeHint().width() if scrolls else 0
        self.setMaximumWidth(across + bar)

    def _wanted_width(self, column: int) -> int:
        """Measures the longest texts only: Qt would measure all of a table not yet seen."""
        rows = range(self.model().rowCount())
        texts = [self._overview.rows[row][column] for row in rows]
        longest = nlargest(_MEASURED, rows, key=lambda row: len(texts[row].encode()))
        hints = (self.sizeHintForIndex(self.model().index(row, column)) for row in longest)
        head = self.horizontalHeader().sectionSizeHint(column)
        return max((head, *(hint.width() for hint in hints)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: rather a shorter first column than one at the end that is cut off."""
        super().resizeEvent(event)
        others = self.horizontalHeader().length() - self.columnWidth(0)
        room = min(self._first, self.viewport().width() - others)
        if room >= min(self._first, _LEAST_FIRST):
            self.setColumnWidth(0, room)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page when there is nothing to scroll."""
        if self.verticalScrollBar().maximum() == 0:
            event.ignore()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return is a double click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.doubleClicked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(320, self.height())


class OverviewPanel(QWidget):
    """A summary or listing under its name; when empty it says what would stand here."""

    jump_requested = Signal(object)  # Address of a listed row

    def __init__(self, session: PlanSession, item: Summary | Listing) -> None:
        super().__init__()
        self._session = session
        self._item = item
        self._addresses: tuple[Address, ...] = ()
        self._shown: PlanView | None = None
        self.model = OverviewModel()
        self.view = QuietView(self.model, item.label)
        self._empty = lay_out_made(self, item, self.view)
        if isinstance(item, Listing):
            self.view.setToolTip(tr("双击转到原处修改"))
            self.view.doubleClicked.connect(self._on_double_clicked)
        self.follow()

    def follow(self) -> None:
        """Show the plan as it stands."""
        if self._session.view is self._shown:
            return
        self._shown = self._session.view
        if isinstance(self._item, Summary):
            self._show_summary(self._item)
        else:
            self._show_listing(list_rows(self._session.view, self._item))
        some = bool(self.model.rows)
        self.view.setVisible(some)
        self._empty.setVisible(not some)

    def _show_listing(self, listed: ListedTable) -> None:
        self._addresses = tuple(row.address for row in listed.rows)
        numeric = tuple(is_numeric(kind) for kind in listed.kinds)
        self.model.show(listed.heads, numeric, tuple(row.texts for row in listed.rows))

    def _show_summary(self, item: Summary) -> None:
        made = summarise(self._session.view, item)
        count = (tr("数量"),) if made.counts else ()
        heads = (tr("分项"), *count, *made.heads, tr("占比（%）"))
        numeric = (False, *(True for _ in heads[1:]))
        lines = [
            self._line(row, made.kinds, counts=made.counts) for row in (*made.rows, made.total)
        ]
        self.model.has_total = True
        self.model.show(heads, numeric, tuple(lines))

    def _line(self, row: SummaryRow, kinds: tuple[Kind, ...], *, counts: bool) -> tuple[str, ...]:
        pack = self._session.pack
        amounts = (
            word(pack, kind, amount) or "—" for kind, amount in zip(kinds, row.amounts, strict=True)
        )
        count = (str(row.count),) if counts else ()
        return (row.label, *count, *amounts, word(pack, SHARE, row.share) or "—")

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.row() < len(self._addresses):
            self.jump_requested.emit(self._addresses[index.row()])
