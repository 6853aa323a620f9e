"""The model of a list whose lines stand under headings: only the lines can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_UPWARDS = (QAbstractItemView.CursorAction.MovePageUp, QAbstractItemView.CursorAction.MoveEnd)
_Heading = TypeVar("_Heading")
_Item = TypeVar("_Item")


class HeadedLines(QAbstractListModel, Generic[_Heading, _Item]):
    """Headings and items in the order in which they are shown; what they say is a subclass's."""

    def __init__(self, item: type[_Item], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self.lines: Sequence[_Heading | _Item] = []

    def line_at(self, index: Index) -> _Heading | _Item | None:
        """The heading or item of a line; None beyond the last."""
        return self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None

    def item_at(self, index: Index) -> _Item | None:
        """The item of a line; None for a heading."""
        line = self.line_at(index)
        return line if isinstance(line, self._item) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        """Qt: how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: headings cannot be chosen."""
        if self.item_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def past_heading(wanted: QModelIndex, action: QAbstractItemView.CursorAction) -> QModelIndex:
    """Where a key leads: a line that can be chosen, before or after the heading it would end at.

    Qt stays where it is instead, for ever where each page ends at one.
    """
    if not wanted.isValid() or wanted.flags() & Qt.ItemFlag.ItemIsSelectable:
        return wanted
    model, row = wanted.model(), wanted.row()
    before, after = range(row - 1, -1, -1), range(row + 1, model.rowCount())
    ways = (before, after) if action in _UPWARDS else (after, before)
    lines = (model.index(each, 0) for way in ways for each in way)
    chosen = (line for line in lines if line.flags() & Qt.ItemFlag.ItemIsSelectable)
    return next(chosen, wanted)
