"""The sheet of a table of rows: adding, removing and moving them, searching, totals."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex

from forms.address import Address
from forms.edits import AddRow, Edit, RemoveRow, new_row_id
from forms.inline.reading import read_text
from forms.schema import Column, Mark, Table
from ui.grid.columns import table_columns
from ui.grid.sheet_model import SheetModel
from ui.session import PlanSession
from ui.text import tr


class RowsModel(SheetModel):
    """The rows of one table, all or those that contain a searched text."""

    has_numbers = True

    def __init__(self, session: PlanSession, home: Address, table: Table) -> None:
        super().__init__(session, home, table.label)
        self.table = table
        self._columns: dict[str, Column] = {column.key: column for column in table.columns}
        self._search = ""
        self.sheet_columns = table_columns(session.view, table)
        self.keys = session.view.rows(home)

    @property
    def search(self) -> str:
        """The text rows must contain to be shown."""
        return self._search

    def set_search(self, text: str) -> None:
        """Show only rows that contain a text."""
        if text.strip() == self._search:
            return
        self._search = text.strip()
        self.beginResetModel()
        self.keys = self._wanted()
        self.endResetModel()

    def mark_of(self, row: int, column: int) -> Mark:
        """Who asks for the column."""
        del row
        return self._columns[self.sheet_columns[column].key].mark

    def is_open(self, row: int, column: int) -> bool:
        """Whether the column is asked for in this row."""
        shape = self._columns[self.sheet_columns[column].key]
        if shape.show_when is None:
            return True
        return self.session.view.shows_cell(shape, self.home.at_row(self.keys[row]))

    def take_changes(self, places: Iterable[Address]) -> None:
        """Follow rows, years and values."""
        del places
        columns = table_columns(self.session.view, self.table)
        if columns != self.sheet_columns:
            self.beginResetModel()
            self.sheet_columns, self.keys = columns, self._wanted()
            self.endResetModel()
            return
        order = self.session.view.rows(self.home)
        if order != self.keys and not self._search:
            self._follow_rows(order)
        elif self._search:
            self._follow_rows(tuple(key for key in self.keys if key in set(order)))
        self.repaint_all()

    def add_row(self, position: int | None = None) -> str:
        """A new row at a position among those shown, or at the end; its key."""
        key = new_row_id()
        at = None
        if position is not None and position < len(self.keys):
            at = self.session.view.rows(self.home).index(self.keys[position])
        self.session.edit(AddRow(self.home, key, at))
        if key not in self.keys:
            self._follow_rows((*self.keys, key))  # shown though it does not match the search yet
        return key

    def remove_rows(self, keys: Iterable[str]) -> None:
        """Remove rows as one undo step."""
        gone = tuple(keys)
        edits: tuple[Edit, ...] = tuple(RemoveRow(self.home.at_row(key)) for key in gone)
        label = tr("删除 {count} 个{name}").format(count=len(gone), name=self.table.row_name)
        if len(gone) == 1:
            label = tr("删除{name}").format(name=self.table.row_name)
        self.put_all(edits, label)
        self.accept([at for at in self.refused if at.row in gone])

    def row_at(self, row: int) -> Address:
        """The address of a shown row."""
        return self.home.at_row(self.keys[row])

    def _wanted(self) -> tuple[str, ...]:
        rows = self.session.view.rows(self.home)
        if not self._search:
            return rows
        return tuple(row for row in rows if self._contains(row, self._search))

    def _contains(self, row: str, text: str) -> bool:
        view = self.session.view
        return any(
            text in read_text(view, self.home.at(row, shape.key, shape.year))
            for shape in self.sheet_columns
        )

    def _follow_rows(self, order: tuple[str, ...]) -> None:
        """Tell the views exactly what came, went or moved, so that selection and place are kept."""
        if order == self.keys:
            return
        if len(order) == len(self.keys) + 1 and (at := _only_extra(order, self.keys)) is not None:
            self.beginInsertRows(QModelIndex(), at, at)
            self.keys = order
            self.endInsertRows()
        elif len(order) == len(self.keys) - 1 and (at := _only_extra(self.keys, order)) is not None:
            self.beginRemoveRows(QModelIndex(), at, at)
            self.keys = order
            self.endRemoveRows()
        else:
            self.layoutAboutToBeChanged.emit()
            old, kept = self.persistentIndexList(), {key: n for n, key in enumerate(order)}
            moved = [kept.get(self.keys[index.row()], -1) for index in old]
            self.keys = order
            fresh = [self.index(row, i.column()) for row, i in zip(moved, old, strict=True)]
            self.changePersistentIndexList(old, fresh)
            self.layoutChanged.emit()


def _only_extra(longer: tuple[str, ...], shorter: tuple[str, ...]) -> int | None:
    """Where the one key stands that only the longer order has; None when more differs."""
    at = next((n for n, key in enumerate(shorter) if longer[n] != key), len(shorter))
    return at if longer[at + 1 :] == shorter[at:] else None
