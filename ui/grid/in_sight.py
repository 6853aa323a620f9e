"""The page a sheet stands on follows the cursor of the sheet, as it follows the caret of a text."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QTableView, QWidget

from ui.around import nearest

_AIR = 24  # so that one sees that there is more


def show_cell_soon(view: QTableView) -> None:
    """Bring the current cell into sight once the sheet has its new height and the keyboard."""
    QTimer.singleShot(0, view, partial(_show_cell, view))


def keep_cell(view: QTableView, height: int) -> None:
    """Leave the current cell in sight when a sheet that was so high has become lower."""
    cell = view.visualRect(view.currentIndex())
    if _has_keyboard(view) and view.viewport().height() < cell.bottom() <= height:
        view.scrollTo(view.currentIndex())


def _show_cell(view: QTableView) -> None:
    page, cell = nearest(QScrollArea, view), view.visualRect(view.currentIndex())
    if page is None or not _has_keyboard(view) or not cell.intersects(view.viewport().rect()):
        return
    place = view.viewport().mapTo(page.widget(), cell.center())
    bar = page.horizontalScrollBar().value()
    page.ensureVisible(bar, place.y(), 0, cell.height() // 2 + _AIR)


def _has_keyboard(view: QTableView) -> bool:
    """Whether keys go there, or will as soon as a dialog has closed."""
    within = cast("QWidget | None", view.window().focusWidget())
    return within is view or (within is not None and view.isAncestorOf(within))
