"""Sorts, filters and groups the rows of one sheet, and makes a sorted order the plan's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from forms.address import Address
from forms.changes import ChangeSet, OrderChange
from forms.kinds import Choice, Choices, Narrative, Reference, Text, Year, YesNo
from forms.schema import Mark
from ui.grid.arranging import Among, Arrangement, Sieve, Sorting, arrange
from ui.grid.column_values import Spot
from ui.grid.columns import SheetColumn
from ui.grid.grid_view import SheetView
from ui.grid.layout_keeper import LayoutKeeper
from ui.grid.rows_model import RowsModel
from ui.text import tr


class Arranger:
    """How the rows of one sheet are looked at."""

    def __init__(self, rows: RowsModel, view: SheetView, keeper: LayoutKeeper) -> None:
        self.rows = rows
        self.keeper = keeper
        self._view = view

    @property
    def now(self) -> Arrangement:
        """How they are looked at now."""
        return self.rows.arrangement

    def arrange(self, wanted: Arrangement) -> None:
        """Look at them otherwise; the cell under the cursor stays in sight where it can."""
        self.rows.arrange(wanted)
        current = self._view.currentIndex()
        if current.isValid():
            self._view.scrollTo(current)

    def sort(self, spot: Spot, *, descending: bool) -> None:
        """Sort by a column."""
        self.arrange(replace(self.now, sorting=Sorting(spot, descending)))

    def unsort(self) -> None:
        """Back to the plan's order."""
        self.arrange(replace(self.now, sorting=None))

    def again(self) -> None:
        """Arrange anew after edits."""
        self.arrange(self.now)

    def group(self, spot: Spot | None) -> None:
        """Group by a column, or not at all."""
        self.rows.closed = frozenset()
        self.arrange(replace(self.now, grouping=spot))

    def fold_all(self, *, closed: bool) -> None:
        """Close or open all headings."""
        self.rows.fold([each.key for each in self.rows.shown.headings], closed=closed)

    def sieve(self, spot: Spot, sieve: Sieve | None) -> None:
        """Show only rows that pass by a column; None: whatever stands there."""
        self.arrange(self.now.sieved(spot, sieve))

    def only_like(self, at: Address) -> None:
        """Show only rows that read as this cell does in its column."""
        spot, view = (at.column, at.year), self.rows.session.view
        place = view.rows(self.rows.home).index(at.row)
        parts = self.rows.values.parts(view, spot)[place]
        self.sieve(spot, Among(frozenset(parts)))

    def show_all(self) -> None:
        """Take every sieve away, and the search, and open all headings."""
        self.rows.closed = frozenset()
        self.arrange(replace(self.now, sieves=(), search=""))

    def keep_order(self) -> None:
        """Make the order the rows are sorted in the plan's, as one undo step."""
        rows, session = self.rows, self.rows.session
        rows.rearranging.emit()
        before = session.view.rows(rows.home)
        wanted = Arrangement(self.now.sorting, self.now.grouping)
        after = arrange(session.view, rows.values, before, wanted).rows
        if after != before:
            label = tr("按此顺序排列“{table}”").format(table=rows.table.label)
            session.restore(ChangeSet(label, (OrderChange(rows.home, before, after),)), "typed")
        if not session.is_read_only:
            self.unsort()

    def uncover(self, at: Address) -> None:
        """Let a cell be seen, whatever sieve, heading or layout hides it."""
        if at.row:
            self.rows.show_row(at.row)
        if at.column in self.keeper.layout.hidden:
            self.keeper.show(at.column)

    def groupable(self) -> list[SheetColumn]:
        """The columns whose values are few enough to group by."""
        kinds = Choice | Choices | YesNo | Reference | Year
        naming = self.rows.table.naming
        return [
            column
            for column in self.rows.all_columns
            if column.key != naming and (isinstance(column.kind, kinds) or self._repeats(column))
        ]

    def gaps(self) -> dict[str, int]:
        """How many values lack in hidden columns that must be filled, by the column's label."""
        view, rows = self.rows.session.view, self.rows
        found: dict[str, int] = {}
        for column in rows.all_columns:
            shape = rows.table.column(column.key)
            is_asked = shape.mark is Mark.NOTICE and shape.computed is None
            if column.key in self.keeper.layout.hidden and is_asked:
                values = rows.values.values(view, column.spot)
                lacking = (
                    row for row, v in zip(view.rows(rows.home), values, strict=True) if v is None
                )
                count = sum(view.shows_cell(shape, rows.home.at_row(row)) for row in lacking)
                found[column.key] = found.get(column.key, 0) + count
        return {key: count for key, count in found.items() if count}

    def _repeats(self, column: SheetColumn) -> bool:
        """Whether a column of short texts names the same few things again and again."""
        if not isinstance(column.kind, Text) or isinstance(column.kind, Narrative):
            return False
        texts = self.rows.values.texts(self.rows.session.view, column.spot)
        return _differ(texts) * 4 <= len(texts) * 3


def _differ(texts: Iterable[str]) -> int:
    return len(frozenset(texts))
