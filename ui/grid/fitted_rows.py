"""What the heights of wrapped rows rest on: every text of a sheet is measured for them.

A page asks for them with each size it takes while it is laid out, mostly with the same answer.
"""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from ui.grid.sheet_model import SheetModel


class FittedRows:
    """The plan, rows, columns, refused entries, widths and letters of the last time."""

    def __init__(self) -> None:
        self._last: tuple[object, ...] = ()

    def differ(self, view: QTableView) -> bool:
        """Whether heights may be others now."""
        sheet = view.model()
        assert isinstance(sheet, SheetModel)
        widths = [view.columnWidth(at) for at in range(sheet.columnCount())]
        sideways = view.horizontalScrollBar().maximum() > 0
        refused = [entry.text for entry in sheet.refused.values()]
        rows, columns = sheet.keys, sheet.sheet_columns
        now = (sheet.session.answers, rows, columns, refused, widths, sideways, view.font())
        same = len(self._last) == len(now) and self._last[0] is now[0] and self._last[1:] == now[1:]
        self._last = now
        return not same
