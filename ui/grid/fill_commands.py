"""Commands that give many cells of a sheet their values: fill, type into all, change many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.fields.roles import HINT
from ui.grid.bulk import ask_bulk
from ui.grid.choosing import chosen_cells, chosen_rows
from ui.grid.delegate import SheetDelegate
from ui.grid.fill_handle import FillHandle
from ui.grid.filling import Filling, Line, fill_steps, lines_down, lines_right
from ui.grid.filling import told as told_filling
from ui.grid.grid_view import SheetView
from ui.grid.pasting import Pasting, cell_lines, paste_steps, told
from ui.grid.steps import carry_out, counted, put_steps
from ui.text import tr

if TYPE_CHECKING:
    from ui.grid.panel import SheetPanel


class FillCommands(QObject):
    """Fills the chosen cells of one sheet, each time as one undo step."""

    def __init__(self, panel: SheetPanel) -> None:
        super().__init__(panel)
        self._panel, self._view, self._model = panel, panel.view, panel.model
        self.handle = FillHandle(panel.view, panel.model)
        self.handle.filled.connect(self._fill)
        delegate = panel.view.itemDelegate()
        if isinstance(delegate, SheetDelegate):
            delegate.fill_asked.connect(self.fill_chosen)

    def fill_chosen(self, text: str) -> None:
        """Put one text into all chosen cells as one undo step."""
        cells, pasting = chosen_cells(self._view), Pasting()
        lines = cell_lines(self._model, cells, text)
        steps = paste_steps(self._model, lines, pasting, tr("填入 {count} 格"))

        def say() -> None:
            self._panel.say(told(pasting) if len(cells) > 1 else "", HINT)
            if pasting.refused:
                self._panel.say_refused()

        carry_out(self._panel, tr("填入 {count} 格").format(count=len(cells)), steps, say)

    def fill_down(self) -> None:
        """Fill the chosen cells from the first of them, or from the row above."""
        self._fill(lines_down(chosen_cells(self._view)))

    def fill_right(self) -> None:
        """Fill the chosen cells from the first of them, or from the cell at their left."""
        self._fill(lines_right(chosen_cells(self._view), shown_columns(self._view)))

    def change_many(self) -> None:
        """Ask for one value of a column for the chosen rows."""
        self._model.rearranging.emit()
        values = set(self._model.value_rows(0))
        rows = [row for row in chosen_rows(self._view) if row in values]
        column = max(0, self._view.currentIndex().column())
        if not rows or ask_bulk(self._panel, rows, column) is None:
            self._panel.say(tr("请先选中要改的行。"), HINT)

    def _fill(self, lines: Sequence[Line]) -> None:
        filling = Filling()

        def steps() -> Iterator[int]:
            cells = sum(len(targets) for _, targets in lines)
            yield from counted(fill_steps(self._model, filling, lines), cells)
            if filling.edits:
                said = tr("填充 {count} 格").format(count=len(filling.edits))
                yield from put_steps(self._model, filling.edits, said)

        def say() -> None:
            self._panel.say(told_filling(filling), HINT)

        carry_out(self._panel, tr("填充"), steps(), say)


def shown_columns(view: SheetView) -> list[int]:
    """The columns on screen, from left to right."""
    count = len(view.sheet.sheet_columns)
    return [n for n in range(count) if not view.isColumnHidden(n)]
