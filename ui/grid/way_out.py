"""The way out of cells by the keyboard, where Tab goes from cell to cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget


def leave_cells(view: QTableView) -> None:
    """Hand the keyboard to the next widget outside the cells that takes it."""
    for stop in stops_from(view, on=True):
        if not view.isAncestorOf(stop):
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            return


def stops_from(begin: QWidget, *, on: bool) -> Iterator[QWidget]:
    """What takes the keyboard after a widget, or before it, once round Qt's chain."""
    stop = begin
    while True:
        stop = cast("QWidget", stop.nextInFocusChain() if on else stop.previousInFocusChain())
        if stop is begin:
            return
        takes = bool(stop.focusPolicy() & Qt.FocusPolicy.TabFocus) and stop.isEnabled()
        if takes and stop.isVisible():
            yield stop
