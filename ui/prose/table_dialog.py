"""Editing a table of the prose: a small grid with keyboard, paste from sheets, rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from forms.inline.marks import may_hold_marks, with_marks
from forms.narrative import table_rows, table_source
from ui.dialogs.base import PlainDialog
from ui.fields.roles import HINT, TOOL
from ui.fields.small import plain_label, quiet_button
from ui.grid.way_out import leave_cells
from ui.prose.clipboard import cell_block
from ui.prose.pasting import PastingText
from ui.prose.saying import saying
from ui.session import PlanSession
from ui.text import tr

_CTRL = Qt.KeyboardModifier.ControlModifier
_SOURCE = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT = 720, 420
_COLUMN = 132
_MOST_COLUMNS, _MOST_ROWS = 60, 2000
_NEW = (("", "", ""), ("", "", ""), ("", "", ""))
Index = QModelIndex | QPersistentModelIndex


class TableDialog(PlainDialog):
    """The cells of one table; what was made of it comes as stored text."""

    guide = "04-filling.md#正文"
    taken = Signal(str)

    def __init__(self, session: PlanSession, source: str, parent: QWidget) -> None:
        title = tr("编辑表格") if source else tr("插入表格")
        super().__init__(title, parent, _WIDTH)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._session = session
        rows = table_rows(source) if source else _NEW
        self.grid = _Grid(len(rows), max(map(len, rows)))
        self.grid.setItemDelegate(_CellDelegate(session, self.grid))
        self.grid.setMinimumHeight(_HEIGHT - 120)
        self.grid.setAccessibleName(tr("表格的内容，第一行是表头"))
        self.grid.pasted.connect(self._paste)
        self.grid.wants_row.connect(lambda: self._add_row(self.grid.rowCount()))
        self.content.addLayout(self._tools())
        self.content.addWidget(self.grid, 1)
        hint = tr(
            "第一行是表头。Tab 到下一格，Ctrl+Tab 离开表格，"
            "Ctrl+V 粘贴 Excel 或 WPS 的单元格，Ctrl+Enter 完成"
        )
        self.content.addWidget(plain_label(hint, HINT, wraps=True))
        self.put(0, 0, rows)
        self.dropped = self.add_button(tr("取消"))
        self.ready = self.add_button(tr("完成"), primary=True)
        self.dropped.clicked.connect(self.reject)
        self.ready.clicked.connect(self.take)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.take)
        self._name_rows()
        self.grid.setCurrentCell(0, 0)
        self.grid.setFocus()

    def put(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> None:
        """Put stored cells into the grid from a place on; it grows as needed."""
        width = column + max(map(len, cells))
        self.grid.setColumnCount(min(_MOST_COLUMNS, max(self.grid.columnCount(), width)))
        self.grid.setRowCount(min(_MOST_ROWS, max(self.grid.rowCount(), row + len(cells))))
        for down, line in enumerate(cells):
            for across, text in enumerate(line):
                self.grid.setItem(row + down, column + across, _item(self._session, text))
        self._name_rows()

    def take(self) -> None:
        """Hand on what was made; rows and columns without anything go."""
        self.grid.setFocus()  # commits a cell that is open
        rows = [
            [_source(self.grid.item(row, column)) for column in range(self.grid.columnCount())]
            for row in range(self.grid.rowCount())
        ]
        used = [row for row in rows if any(row)]
        if used:
            filled = [at for at in range(len(rows[0])) if any(row[at] for row in used)]
            used = used if rows[0] is used[0] else [rows[0], *used]
            self.taken.emit(table_source([[row[at] for at in filled] for row in used]))
        self.accept()

    def _tools(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        self.tools = tuple(
            quiet_button(words, words, TOOL)
            for words in (tr("插入行"), tr("删除行"), tr("插入列"), tr("删除列"))
        )
        does = (
            lambda: self._add_row(self.grid.currentRow() + 1),
            self._drop_rows,
            lambda: self._add_column(self.grid.currentColumn() + 1),
            self._drop_columns,
        )
        for button, do in zip(self.tools, does, strict=True):
            button.clicked.connect(do)
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _add_row(self, at: int) -> None:
        if self.grid.rowCount() < _MOST_ROWS:
            self.grid.insertRow(at)
            self._name_rows()
            self.grid.setCurrentCell(at, max(0, self.grid.currentColumn()))

    def _add_column(self, at: int) -> None:
        if self.grid.columnCount() < _MOST_COLUMNS:
            self.grid.insertColumn(at)
            self._name_rows()
            self.grid.setCurrentCell(max(0, self.grid.currentRow()), at)

    def _drop_rows(self) -> None:
        for row in sorted({each.row() for each in self.grid.selectedIndexes()}, reverse=True):
            if self.grid.rowCount() > 1:
                self.grid.removeRow(row)
        self._name_rows()

    def _drop_columns(self) -> None:
        for column in sorted({each.column() for each in self.grid.selectedIndexes()}, reverse=True):
            if self.grid.columnCount() > 1:
                self.grid.removeColumn(column)

    def _paste(self) -> None:
        cells = cell_block(self._session, QGuiApplication.clipboard().mimeData())
        if cells:
            at = (max(0, self.grid.currentRow()), max(0, self.grid.currentColumn()))
            self.put(*at, cells)

    def _name_rows(self) -> None:
        rows, columns = self.grid.rowCount(), self.grid.columnCount()
        self.grid.setVerticalHeaderLabels([tr("表头"), *map(str, range(1, rows))])
        self.grid.setHorizontalHeaderLabels([str(at) for at in range(1, columns + 1)])
        fits = columns * _COLUMN <= _WIDTH  # else columns keep their width, and the grid scrolls
        mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Interactive
        self.grid.horizontalHeader().setSectionResizeMode(mode)


class _Grid(QTableWidget):
    """The cells, with the keys people know from sheets."""

    pasted = Signal()
    wants_row = Signal()

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(rows, columns)
        self.horizontalHeader().setDefaultSectionSize(_COLUMN)
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: paste, clear, a new row behind the last cell, Return opens a cell."""
        is_last = (self.currentRow(), self.currentColumn()) == (
            self.rowCount() - 1,
            self.columnCount() - 1,
        )
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for index in self.selectedIndexes():
                self.model().setData(index, "", _SOURCE)
                self.model().setData(index, "")
        elif event.key() == Qt.Key.Key_Tab and event.modifiers() & _CTRL:
            leave_cells(self)
        elif event.key() == Qt.Key.Key_Tab and is_last:
            self.wants_row.emit()
            self.setCurrentCell(self.rowCount() - 1, 0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _CellDelegate(QStyledItemDelegate):
    """Edits one cell as a line of prose, its figures as chips."""

    def __init__(self, session: PlanSession, grid: QTableWidget) -> None:
        super().__init__(grid)
        self._session = session
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt: a text area over the cell."""
        del option, index
        editor = PastingText(self._session, plain=True)
        editor.setParent(parent)
        editor.setTabChangesFocus(True)
        editor.document().setDocumentMargin(1)
        editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: what is stored in the cell, all of it selected."""
        assert isinstance(editor, PastingText)
        if not editor.document().isEmpty():
            return
        editor.replace_text(str(index.data(_SOURCE) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Qt: keep what was written."""
        assert isinstance(editor, PastingText)
        source = " ".join(editor.stored_text().split("\n")).strip()
        model.setData(index, source, _SOURCE)
        model.setData(index, _words(self._session, source))

    def eventFilter(self, object: QObject, event: QEvent) -> bool:
        """Qt: Return ends the cell and goes down; the keys of the dialog are its own."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_return and not ctrl and isinstance(object, QWidget):
                self.commitData.emit(object)
                self.closeEditor.emit(object, QStyledItemDelegate.EndEditHint.NoHint)
                below = min(self._grid.currentRow() + 1, self._grid.rowCount() - 1)
                self._grid.setCurrentCell(below, self._grid.currentColumn())
                return True
        return super().eventFilter(object, event)


def _item(session: PlanSession, source: str) -> QTableWidgetItem:
    item = QTableWidgetItem(_words(session, source))
    item.setData(_SOURCE, source)
    return item


def _source(item: QTableWidgetItem | None) -> str:
    return str(item.data(_SOURCE) or "") if item is not None else ""


def _words(session: PlanSession, source: str) -> str:
    """A cell as it reads."""
    if not may_hold_marks(source):
        return source
    return with_marks(source, lambda mark: saying(session, mark).words)
