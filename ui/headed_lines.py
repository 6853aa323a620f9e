"""The model of a list whose lines stand under headings: only the lines can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
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
