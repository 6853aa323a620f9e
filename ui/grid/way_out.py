"""The way out of cells by the keyboard, where Tab goes from cell to cell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget


def leave_cells(view: QTableView) -> None:
    """Hand the keyboard to the next widget outside the cells that takes it."""
    target: QWidget | None = view.nextInFocusChain()
    while target is not None and target is not view:
        takes = bool(target.focusPolicy() & Qt.FocusPolicy.TabFocus) and target.isEnabled()
        if takes and target.isVisible() and not view.isAncestorOf(target):
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return
        target = target.nextInFocusChain()
