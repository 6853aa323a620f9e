"""How wide the columns of a sheet are: as somebody made them, else as kind and head want it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QTableView

from ui import theme
from ui.grid.columns import SheetColumn, fitted_widths


class ColumnWidths:
    """The widths of one sheet's columns."""

    def __init__(self, view: QTableView) -> None:
        self.chosen: Mapping[str, int] = {}  # by the column's id, at the ordinary size of text
        self._view = view

    def fit(self, columns: tuple[SheetColumn, ...]) -> None:
        """Give each column its width, and texts what room is left."""
        letter = self._view.fontMetrics().horizontalAdvance("国")
        room = self._view.viewport().width()
        chosen = {name: theme.px(wide) for name, wide in self.chosen.items()}
        for place, width in enumerate(fitted_widths(columns, letter, room, chosen)):
            self._view.setColumnWidth(place, width)
