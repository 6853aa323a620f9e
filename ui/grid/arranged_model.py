"""The rows of a table as they are looked at: sorted, filtered, grouped, some columns hidden.

Between two arrangements rows stay where they are, whatever is typed: nothing moves by itself.
New rows are shown even where a filter would leave them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal

from forms.address import Address
from forms.schema import Column, Table
from forms.wording import word
from ui.grid.arranging import AS_IN_PLAN, HEADING, Arranged, Arrangement, Heading, arrange
from ui.grid.column_values import BLANK, ColumnValues, Spot
from ui.grid.columns import SheetColumn, laid_out, table_columns
from ui.grid.following import follow_rows
from ui.grid.sheet_model import CellLook, SheetModel
from ui.grid.sheet_shape import ACCESSIBLE_TEXT, DISPLAY, HeadSign, Index
from ui.session import PlanSession
from ui.sheet_layouts import USUAL_LAYOUT, SheetLayout
from ui.text import tr

_GROUP = CellLook(heading=True, group=True)
_VERTICAL = Qt.Orientation.Vertical


class ArrangedModel(SheetModel):
    """The rows of one table as arranged; `RowsModel` adds what changes them."""

    has_numbers = True
    arranged = Signal()  # other rows are shown, or in another order

    def __init__(self, session: PlanSession, home: Address, table: Table) -> None:
        super().__init__(session, home, table.label)
        self.table = table
        self.values = ColumnValues(home, table)
        self.arrangement = AS_IN_PLAN
        self.closed: frozenset[str] = frozenset()  # headings, by key
        self.all_columns = table_columns(session.view, table)
        self.sheet_columns = self.all_columns
        self._columns: dict[str, Column] = {column.key: column for column in table.columns}
        self._layout = USUAL_LAYOUT
        self._kept: frozenset[str] = frozenset()
        self._order = session.view.rows(home)
        self.shown = Arranged(self._order)  # folded under their heading or not
        self._headings: dict[str, Heading] = {}
        self.put_before = ""  # the row above which the next new one is wanted
        self._sums: dict[str, dict[Spot, Decimal]] = {}
        self._numbers: dict[str, str] = {}
        self.keys = self._order

    # -- What is asked of it ---------------------------------------------------------------------

    def heading_at(self, row: int) -> Heading | None:
        """The heading that stands in a row of the sheet."""
        key = self.keys[row] if 0 <= row < len(self.keys) else ""
        if not key.startswith(HEADING):
            return None
        return self._headings[key]

    def fresh(self) -> Arranged:
        """How the rows would stand if they were arranged now."""
        searched = tuple(column.spot for column in self.sheet_columns)
        return arrange(
            self.session.view,
            self.values,
            self._order,
            self.arrangement,
            searched=searched,
            kept=self._kept,
        )

    def is_stale(self) -> bool:
        """Whether the rows would stand otherwise if they were arranged now."""
        return self.arrangement != AS_IN_PLAN and self.fresh() != self.shown

    # -- What is done to it ----------------------------------------------------------------------

    def lay_out(self, layout: SheetLayout) -> None:
        """Show other columns, or in another order."""
        self._layout = layout
        columns = laid_out(self.all_columns, layout)
        if columns != self.sheet_columns:
            self.rearranging.emit()
            self.beginResetModel()
            self.sheet_columns = columns
            self.endResetModel()

    def arrange(self, wanted: Arrangement) -> None:
        """Sort, filter and group the rows; what was shown against the filter is so no longer."""
        self.rearranging.emit()
        self.arrangement, self._kept = wanted, frozenset()
        self._show(self.fresh())

    def fold(self, headings: Iterable[str], *, closed: bool) -> None:
        """Close or open headings, by key."""
        self.rearranging.emit()
        meant = frozenset(headings)
        self.closed = self.closed | meant if closed else self.closed - meant
        follow_rows(self, self.shown.keys(self.closed))
        self.repaint_all()
        self.arranged.emit()

    def show_row(self, row: str) -> None:
        """Let a row be seen, whatever sieve or closed heading hides it."""
        if row in self._order and row not in self.shown.rows:
            self._kept |= {row}
            self._show(self.fresh())
        heading = self.shown.heading_of(row)
        if heading is not None and heading.key in self.closed:
            self.fold([heading.key], closed=False)

    def take_changes(self, places: Iterable[Address]) -> None:
        """Follow rows, years and values."""
        del places
        self._sums.clear()
        columns = table_columns(self.session.view, self.table)
        if columns != self.all_columns:
            self._take_columns(columns)
        order = self.session.view.rows(self.home)
        if order != self._order:
            self._take_rows(order)
        self.repaint_all()

    # -- Cells -----------------------------------------------------------------------------------

    def address_at(self, row: int, column: int) -> Address | None:
        """The value a cell is; None in headings."""
        key = self.keys[row]
        if key.startswith(HEADING):
            return None
        shape = self.sheet_columns[column]
        return self.home.at(key, shape.key, shape.year)

    def fixed_text(self, row: int, column: int) -> str:
        """What a heading says: the group and its rows, and the sums of its columns."""
        heading = self.heading_at(row)
        if heading is None:
            return ""
        if column == 0:
            label = heading.label or tr("（空白）")
            return tr("{group}（{count} 行）").format(group=label, count=len(heading.rows))
        shape = self.sheet_columns[column]
        if heading.key not in self._sums:
            totals = self.session.view.totals(self.home, heading.rows)
            self._sums[heading.key] = totals
        return word(self.session.pack, shape.kind, self._sums[heading.key].get(shape.spot))

    def value_rows(self, first: int) -> list[int]:
        """The shown rows from one on, without headings."""
        rows = range(first, len(self.keys))
        return [row for row in rows if not self.keys[row].startswith(HEADING)]

    def head_sign(self, column: int) -> HeadSign:
        """How the sheet is arranged by a column."""
        spot, wanted = self.sheet_columns[column].spot, self.arrangement
        by = wanted.sorting if wanted.sorting and wanted.sorting.spot == spot else None
        return HeadSign(
            ascending=by is not None and not by.descending,
            descending=by is not None and by.descending,
            sieved=wanted.sieve_of(spot) is not None,
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        """Qt: at the left the number of the row in the plan, wherever it stands now."""
        if orientation != _VERTICAL:
            return super().headerData(section, orientation, role)
        if role != DISPLAY:
            return None
        if not self._numbers:
            self._numbers = {each: str(n) for n, each in enumerate(self._order, start=1)}
        return self._numbers.get(self.keys[section], "")

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """Qt: what a view asks of a cell; a heading says that it is one."""
        if role == ACCESSIBLE_TEXT and (heading := self.heading_at(index.row())) is not None:
            state = tr("已收起") if heading.key in self.closed else tr("已展开")
            return f"{self.fixed_text(index.row(), 0)}，{state}"
        return super().data(index, role)

    def _look(self, row: int, column: int) -> CellLook:
        if self.keys[row].startswith(HEADING):
            return _GROUP
        return super()._look(row, column)

    # -- Rows that came and went -----------------------------------------------------------------

    def _take_columns(self, columns: tuple[SheetColumn, ...]) -> None:
        self.beginResetModel()
        self.all_columns = columns
        self.sheet_columns = laid_out(columns, self._layout)
        self.arrangement = self.arrangement.of_columns(column.spot for column in columns)
        self._order = self.session.view.rows(self.home)
        self._numbers = {}
        self._kept, self.keys = frozenset(), ()
        self.endResetModel()
        self._show(self.fresh())

    def _take_rows(self, order: tuple[str, ...]) -> None:
        """Rows stay where they are; those that came stand where they were put."""
        before, there = frozenset(self._order), frozenset(order)
        came = [row for row in order if row not in before]
        self._order, self._numbers = order, {}
        if self.arrangement.is_filtered:
            self._kept = (self._kept | frozenset(came)) & there
        if self.arrangement.keeps_order:
            passed = frozenset(self.shown.rows) & there | frozenset(came)
            self._show(Arranged(tuple(row for row in order if row in passed)))
            return
        shown = self.shown.only(there)
        for row in came:
            shown = shown.with_row(row, **self._place_for(row))
        self._show(shown)

    def _place_for(self, row: str) -> dict[str, str]:
        """Where a row that came goes: to the end when it is the plan's last, else to its like."""
        at, group = self._order.index(row), self.arrangement.grouping
        label = self.values.texts(self.session.view, group)[at] if group else BLANK
        after = self._order[at - 1] if 0 < at < len(self._order) - 1 else ""
        return {"label": label, "after": after, "before": self.put_before}

    def _show(self, shown: Arranged) -> None:
        self._sums.clear()
        self.shown = shown
        self._headings = {each.key: each for each in shown.headings}
        follow_rows(self, shown.keys(self.closed))
        self.arranged.emit()
