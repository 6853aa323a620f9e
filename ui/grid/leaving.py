"""What is typed in a cell is taken when its page or plan is left, the keyboard there or not."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.grid.grid_view import SheetView, delegate_of


def finish_cells(page: QWidget) -> None:
    """Close the editors open in the sheets of a page; an editor without the keyboard stays else."""
    for view in page.findChildren(SheetView):
        delegate_of(view).finish()
