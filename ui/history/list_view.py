"""The history list; choosing an action tells what it changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.headed_lines import Index
from ui.history.model import HistoryModel
from ui.history.two_lines import TwoLineList
from ui.text import tr


class HistoryView(TwoLineList):
    """The actions, the newest first."""

    chosen = Signal(object)  # Entry

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("修改记录列表"))
        self._entries = model
        self.setModel(model)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: another line is chosen, by mouse or key."""
        super().currentChanged(current, previous)
        entry = self._entries.item_at(current)
        if entry is not None:
            self.chosen.emit(entry)
