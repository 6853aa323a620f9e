"""The field that searches a sheet; it reads the columns ahead: the first letter is quick."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from ui import theme
from ui.grid.column_values import Spot
from ui.grid.rows_model import RowsModel
from ui.scaling import sized
from ui.text import tr

_LEAST_WIDTH, _WIDTH = 84, 140


class SearchField(QLineEdit):
    """Takes the text rows must contain."""

    def __init__(self, rows: RowsModel) -> None:
        super().__init__()
        self._rows = rows
        self._unread: list[Spot] = []
        self._ahead = QTimer(self, interval=0)
        self._ahead.timeout.connect(self._read_one)
        self.setPlaceholderText(tr("查找"))
        self.setClearButtonEnabled(True)
        self.setProperty("role", "tool")
        sized(self, self._fit)
        rows.arranged.connect(self._follow)
        self.setAccessibleName(tr("在“{table}”中查找").format(table=rows.table.label))

    def _fit(self) -> None:
        self.setMinimumWidth(theme.px(_LEAST_WIDTH))
        self.setMaximumWidth(theme.px(_WIDTH))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: somebody is going to search."""
        super().focusInEvent(event)
        self._unread = [column.spot for column in self._rows.sheet_columns]
        self._ahead.start()

    def _follow(self) -> None:
        """Whoever takes the search away takes its text away too."""
        if self._rows.search != self.text().strip():
            self.setText(self._rows.search)

    def _read_one(self) -> None:
        """One column between two paints."""
        if self._unread:
            self._rows.values.texts(self._rows.session.view, self._unread.pop())
        else:
            self._ahead.stop()
