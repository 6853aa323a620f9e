"""The sheet of a year table: fixed quantities down, years across, 其中 parts indented."""

from __future__ import annotations

from collections.abc import Iterable

from forms.address import Address
from forms.kinds import Text, unit_of
from forms.schema import Mark, YearRow, YearTable
from forms.view import PlanView
from ui.grid.columns import SheetColumn, year_label
from ui.grid.sheet_model import SheetModel
from ui.session import PlanSession
from ui.text import tr

FROZEN_COLUMNS = 2
_NAME, _UNIT = 0, 1
_DEEPEST = 4


class YearModel(SheetModel):
    """Quantities by year."""

    def __init__(self, session: PlanSession, home: Address, table: YearTable) -> None:
        super().__init__(session, home, table.label)
        self._table = table
        self._rows: dict[str, YearRow] = {row.key: row for row in table.rows}
        self.keys = tuple(self._rows)
        self.sheet_columns = _columns(session.view, table)

    def address_at(self, row: int, column: int) -> Address | None:
        """The value of a quantity in a year."""
        shape = self.sheet_columns[column]
        return None if shape.fixed else self.home.at(self.keys[row], year=shape.year)

    def fixed_text(self, row: int, column: int) -> str:
        """The quantity's name and unit."""
        quantity = self._rows[self.keys[row]]
        if column == _UNIT:
            return unit_of(quantity.kind)
        return (
            tr("其中：{name}").format(name=quantity.label) if quantity.of_which else quantity.label
        )

    def mark_of(self, row: int, column: int) -> Mark:
        """Who asks for the quantity."""
        del column
        return self._rows[self.keys[row]].mark

    def indent_of(self, row: int, column: int) -> int:
        """How deep a quantity is a part of others."""
        if column != _NAME:
            return 0
        depth, quantity = 0, self._rows[self.keys[row]]
        while quantity.of_which in self._rows and depth < _DEEPEST:
            depth, quantity = depth + 1, self._rows[quantity.of_which]
        return depth

    def take_changes(self, places: Iterable[Address]) -> None:
        """Follow the plan's years and values."""
        columns = _columns(self.session.view, self._table)
        if columns != self.sheet_columns:
            self.beginResetModel()
            self.sheet_columns = columns
            self.endResetModel()
        super().take_changes(places)


def _columns(view: PlanView, table: YearTable) -> tuple[SheetColumn, ...]:
    longest = max((len(row.label) + 3 * bool(row.of_which) for row in table.rows), default=0)
    kind = table.rows[0].kind if table.rows else Text()
    wide = max(8, min(15, longest + 1))
    name = SheetColumn("", tr("项目"), Text(), letters=wide, fixed=True, names_rows=True)
    unit = SheetColumn(
        "", tr("单位"), Text(), letters=5, fixed=True, stretches=False, says_units=True
    )
    years = view.years(table.years)
    return (name, unit, *(SheetColumn("", year_label(y), kind, y, letters=6) for y in years))
