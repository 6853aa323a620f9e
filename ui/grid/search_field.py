"""The field that searches a sheet; it reads a large one in turns, ahead where it can."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView

from ui import theme
from ui.grid.rows_model import RowsModel
from ui.scaling import sized
from ui.text import tr
from ui.turns import Turns

_LEAST_WIDTH, _WIDTH = 84, 140
_MANY = 500  # rows of a sheet that is not read in one go
_TURN_S = 0.012
_TO_ROWS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchField(QLineEdit):
    """Takes the text rows must contain; they are shown once all columns are read."""

    left = Signal()  # for the rows

    def __init__(self, rows: RowsModel) -> None:
        super().__init__()
        self._rows = rows
        self._turns = Turns(_TURN_S, self)
        self._is_looking = False
        self.setPlaceholderText(tr("查找"))
        self.setClearButtonEnabled(True)
        self.setProperty("role", "tool")
        sized(self, self._fit)
        self.textChanged.connect(self._look)
        rows.arranged.connect(self._follow)
        self.setAccessibleName(tr("在“{table}”中查找").format(table=rows.table.label))

    def _fit(self) -> None:
        self.setMinimumWidth(theme.px(_LEAST_WIDTH))
        self.setMaximumWidth(theme.px(_WIDTH))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: somebody is going to search."""
        super().focusInEvent(event)
        if not self._is_looking:
            self._turns.begin(self._reading())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc gives the search up, then the field; Return and ↓ lead to what was found."""
        is_escape = event.key() == Qt.Key.Key_Escape
        if is_escape and self.text():
            self.clear()
        elif is_escape or event.key() in _TO_ROWS:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _look(self, text: str) -> None:
        """Search for a text; none shows all rows at once."""
        self._turns.give_up()
        self._is_looking = bool(text.strip())
        if self._is_looking:
            self._turns.begin(self._looking(text))
        else:
            self._rows.set_search("")

    def _looking(self, text: str) -> Generator[None]:
        yield from self._reading()
        self._is_looking = False
        self._rows.set_search(text)

    def _reading(self) -> Generator[None]:
        """One column after the other, as the plan is by then."""
        rows, home = self._rows, self._rows.home
        spots = tuple(column.spot for column in rows.sheet_columns)
        for spot in spots if len(rows.session.view.rows(home)) > _MANY else ():
            rows.values.texts(rows.session.view, spot)
            yield

    def _follow(self) -> None:
        """Whoever takes the search away takes its text away too."""
        if not self._is_looking and self._rows.search != self.text().strip():
            self.setText(self._rows.search)


def enter_rows(view: QTableView) -> None:
    """Take the keyboard into a sheet, to its first cell when it has no cursor."""
    if not view.currentIndex().isValid():
        view.setCurrentIndex(view.model().index(0, 0))
    view.setFocus()
