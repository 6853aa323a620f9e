"""Commands that give many cells of a sheet their values: fill, type into all, change many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.fields.roles import HINT
from ui.grid.bulk import ask_bulk
from ui.grid.delegate import SheetDelegate
from ui.grid.fill_handle import FillHandle
from ui.grid.filling import Cell, Filling, fill_down, fill_from, fill_right
from ui.grid.filling import told as told_filling
from ui.grid.grid_view import SheetView
from ui.grid.pasting import paste, prepare_cells, told
from ui.text import tr

if TYPE_CHECKING:
    from ui.grid.panel import SheetPanel


class FillCommands(QObject):
    """Fills the chosen cells of one sheet, each time as one undo step."""

    def __init__(self, panel: SheetPanel) -> None:
        super().__init__(panel)
        self._panel, self._view, self._model = panel, panel.view, panel.model
        self.handle = FillHandle(panel.view, panel.model)
        self.handle.filled.connect(self._fill_lines)
        delegate = panel.view.itemDelegate()
        if isinstance(delegate, SheetDelegate):
            delegate.fill_asked.connect(self.fill_chosen)

    def fill_chosen(self, text: str) -> None:
        """Put one text into all chosen cells as one undo step."""
        pasting = prepare_cells(self._model, chosen_cells(self._view), text)
        paste(self._model, pasting, tr("填入 {count} 格").format(count=pasting.taken))
        self._panel.say(told(pasting) if len(chosen_cells(self._view)) > 1 else "", HINT)
        if pasting.refused:
            self._panel.say_refused()

    def fill_down(self) -> None:
        """Fill the chosen cells from the first of them, or from the row above."""
        self._fill(fill_down(self._model, chosen_cells(self._view)))

    def fill_right(self) -> None:
        """Fill the chosen cells from the first of them, or from the cell at their left."""
        self._fill(fill_right(self._model, chosen_cells(self._view), shown_columns(self._view)))

    def change_many(self) -> None:
        """Ask for one value of a column for the chosen rows."""
        values = set(self._model.value_rows(0))
        rows = sorted({row for row, _ in chosen_cells(self._view)} & values)
        column = max(0, self._view.currentIndex().column())
        if not rows or ask_bulk(self._panel, rows, column) is None:
            self._panel.say(tr("请先选中要改的行。"), HINT)

    def _fill_lines(self, lines: list[tuple[list[Cell], list[Cell]]]) -> None:
        filling = Filling()
        for sources, targets in lines:
            fill_from(self._model, filling, sources, targets)
        self._fill(filling)

    def _fill(self, filling: Filling) -> None:
        count = len(filling.edits)
        if count:
            self._model.put_all(tuple(filling.edits), tr("填充 {count} 格").format(count=count))
        self._panel.say(told_filling(filling), HINT)


def chosen_cells(view: SheetView) -> list[Cell]:
    """The chosen cells as rows and columns."""
    return [(cell.row(), cell.column()) for cell in view.selectedIndexes()]


def shown_columns(view: SheetView) -> list[int]:
    """The columns on screen, from left to right."""
    count = len(view.sheet.sheet_columns)
    return [n for n in range(count) if not view.isColumnHidden(n)]
