"""The chosen cells of a sheet, read from the blocks they make; a hundred thousand at once."""

from __future__ import annotations

from itertools import chain, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelectionRange

    from ui.grid.grid_view import SheetView

Cell = tuple[int, int]  # row, column


def chosen_cells(view: SheetView) -> list[Cell]:
    """The chosen cells on screen as rows and columns, block by block."""
    found: list[list[Cell]] = []
    for block in _blocks(view):
        shown = [n for n in range(block.left(), block.right() + 1) if not view.isColumnHidden(n)]
        rows = range(block.top(), block.bottom() + 1)
        found.append(list(product(rows, shown)))
    return found[0] if len(found) == 1 else list(dict.fromkeys(chain.from_iterable(found)))


def chosen_rows(view: SheetView) -> list[int]:
    """The rows that have chosen cells, from the top."""
    rows: set[int] = set()
    for block in _blocks(view):
        if any(not view.isColumnHidden(n) for n in range(block.left(), block.right() + 1)):
            rows.update(range(block.top(), block.bottom() + 1))
    return sorted(rows)


def _blocks(view: SheetView) -> list[QItemSelectionRange]:
    selection = view.selectionModel().selection()
    return [selection.at(number) for number in range(selection.count())]
