"""The sheet of a table of rows: adding, removing and moving them, searching."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from forms.address import Address
from forms.edits import AddRow, new_row_id
from forms.schema import Mark
from ui.grid.arranged_model import ArrangedModel
from ui.grid.arranging import HEADING


class RowsModel(ArrangedModel):
    """The rows of one table, with what changes them."""

    @property
    def search(self) -> str:
        """The text rows must contain to be shown."""
        return self.arrangement.search

    @property
    def has_rows(self) -> bool:
        """Whether the table has any row, shown or not."""
        return bool(self.session.view.rows(self.home))

    @property
    def open_rows(self) -> tuple[str, ...]:
        """The rows one can step through, top to bottom."""
        return tuple(key for key in self.keys if not key.startswith(HEADING))

    def set_search(self, text: str) -> None:
        """Show only rows that contain a text."""
        if text.strip() != self.search:
            self.arrange(replace(self.arrangement, search=text.strip()))

    def mark_of(self, row: int, column: int) -> Mark:
        """Who asks for the column."""
        del row
        return self._columns[self.sheet_columns[column].key].mark

    def is_open(self, row: int, column: int) -> bool:
        """Whether the column is asked for in this row."""
        shape = self._columns[self.sheet_columns[column].key]
        if shape.show_when is None or self.heading_at(row) is not None:
            return True
        return self.session.view.shows_cell(shape, self.home.at_row(self.keys[row]))

    def add_row(self, position: int | None = None) -> str:
        """A new row above one that is shown, or at the end; its key."""
        self.rearranging.emit()
        key, at = new_row_id(), None
        above = self.row_keys([position])[:1] if position is not None else []
        if above:
            at = self.session.view.rows(self.home).index(above[0])
        self.put_before = above[0] if above else ""
        self.session.edit(AddRow(self.home, key, at))
        self.put_before = ""
        self.show_row(key)  # whoever follows the session may not be on screen yet
        return key

    def row_at(self, row: int) -> Address | None:
        """The address of a shown row; None for a heading."""
        found = self.row_keys([row])
        return self.home.at_row(found[0]) if found else None

    def row_keys(self, rows: Iterable[int]) -> list[str]:
        """The keys of some rows of the sheet, headings left out."""
        there = (self.keys[row] for row in rows if 0 <= row < len(self.keys))
        return [key for key in there if not key.startswith(HEADING)]

    def _cell_of(self, at: Address) -> Address:
        """What is said of a whole row stands in its first cell, shown or not."""
        of_row = at.row and not at.column and not at.year
        return self.home.at(at.row, *self.all_columns[0].spot) if of_row else at
