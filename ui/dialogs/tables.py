"""A plain list with columns, as dialogs show it: whole lines are chosen, nothing is edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui.plain import plain_tip
from ui.text import tr

_ROW_AIR = 14
_FLAG = QItemSelectionModel.SelectionFlag
_ONLY = _FLAG.ClearAndSelect | _FLAG.Rows


class LineTable(QTableWidget):
    """Lines of texts; the columns named in `wide` share what width is left."""

    def __init__(self, name: str, heads: Sequence[str], wide: Sequence[int]) -> None:
        super().__init__(0, len(heads))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([tr(head) for head in heads])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setProperty("role", "lines")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + _ROW_AIR)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        mode = QHeaderView.ResizeMode
        for column in range(len(heads)):
            is_wide = column in wide
            header.setSectionResizeMode(column, mode.Stretch if is_wide else mode.ResizeToContents)

    def show_lines(self, lines: Sequence[Sequence[str]], strong: Sequence[int] = ()) -> None:
        """Show these texts, those of the lines `strong` in bold; the first is chosen."""
        self.setRowCount(len(lines))
        for row, texts in enumerate(lines):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if row in strong:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.setItem(row, column, item)
        if lines and not self.selectedIndexes():
            self.choose(0)

    def choose(self, row: int) -> None:
        """Choose a line, whatever keys are held: `selectRow` asks for them."""
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), _ONLY)

    @property
    def chosen_rows(self) -> tuple[int, ...]:
        """Which lines are chosen."""
        return tuple(sorted({index.row() for index in self.selectedIndexes()}))
