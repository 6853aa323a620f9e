"""The shape of a sheet: which value stands in which cell, and who may type there.

Plain integers stand for Qt's roles: comparing enums in `data` costs more than all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from forms.address import Address
from forms.places import slot_at
from forms.schema import Mark
from forms.slots import Slot
from ui.grid.columns import SheetColumn
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

Index = QModelIndex | QPersistentModelIndex

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
EDIT = int(Qt.ItemDataRole.EditRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
ACCESSIBLE_TEXT = int(Qt.ItemDataRole.AccessibleTextRole)
ACCESSIBLE_DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)
_SELECTABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _SELECTABLE | Qt.ItemFlag.ItemIsEditable
_HORIZONTAL = Qt.Orientation.Horizontal
_INVALID = QModelIndex()


@dataclass(frozen=True, slots=True)
class HeadSign:
    """What the head of a column tells besides its name."""

    ascending: bool = False
    descending: bool = False
    sieved: bool = False

    def spoken(self) -> str:
        """The same in words."""
        said = (
            (self.ascending, tr("升序")),
            (self.descending, tr("降序")),
            (self.sieved, tr("已筛选")),
        )
        return "".join(f"，{words}" for holds, words in said if holds)


NO_SIGN = HeadSign()


class SheetShape(QAbstractTableModel):
    """Rows and columns by address; the children of `SheetModel` say which there are."""

    has_numbers = False  # whether rows are numbered at the left

    def __init__(self, session: PlanSession, home: Address, label: str) -> None:
        super().__init__()
        self.session = session
        self.home = home
        self.label = label
        self.sheet_columns: tuple[SheetColumn, ...] = ()
        self._slots: dict[tuple[str, str, bool], Slot | None] = {}
        self.keys: tuple[str, ...] = ()  # one a row, in the order shown

    # -- What children say -----------------------------------------------------------------------

    def address_at(self, row: int, column: int) -> Address | None:
        """The value a cell is; None where no value can stand."""
        shape = self.sheet_columns[column]
        return None if shape.fixed else self.home.at(self.keys[row], shape.key, shape.year)

    def fixed_text(self, row: int, column: int) -> str:
        """The text of a cell that is no value."""
        del row, column
        return ""

    def mark_of(self, row: int, column: int) -> Mark:
        """Who asks for the value of a cell."""
        del row, column
        return Mark.OPTIONAL

    def is_open(self, row: int, column: int) -> bool:
        """Whether the value is asked for in this row."""
        del row, column
        return True

    def value_rows(self, first: int) -> list[int]:
        """The shown rows from one on that hold values: what a pasted block goes to."""
        return list(range(first, len(self.keys)))

    def head_sign(self, column: int) -> HeadSign:
        """How the sheet is arranged by a column."""
        del column
        return NO_SIGN

    def indent_of(self, row: int, column: int) -> int:
        """How deep the fixed text of a cell is indented."""
        del row, column
        return 0

    # -- What everybody asks ---------------------------------------------------------------------

    def is_fillable(self, address: Address) -> bool:
        """Whether the value at an address is typed, or may replace a computed one."""
        slot = self.slot_of(address)
        return slot is not None and slot.overridable

    def slot_of(self, address: Address) -> Slot | None:
        """The slot of a cell; in a table of rows all cells of a column share it."""
        key = ("" if self.has_numbers else address.row, address.column, address.year > 0)
        if key not in self._slots:
            self._slots[key] = slot_at(self.session.pack, address)
        return self._slots[key]

    def is_editable(self, row: int, column: int) -> bool:
        """Whether somebody may type into a cell."""
        address = self.address_at(row, column)
        return address is not None and self.is_open(row, column) and self.is_fillable(address)

    def place_of(self, address: Address) -> QModelIndex:
        """The cell of an address; of a row's address its first cell; invalid when not shown."""
        if address.row not in self.keys:
            return _INVALID
        row = self.keys.index(address.row)
        for column, shape in enumerate(self.sheet_columns):
            at = self.address_at(row, column)
            if at == address or (not address.column and not address.year and not shape.fixed):
                return self.index(row, column)
        return self.index(row, 0)

    def repaint_all(self) -> None:
        """Let the views read everything they show anew."""
        if self.keys and self.sheet_columns:
            last = self.index(len(self.keys) - 1, len(self.sheet_columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # -- Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _INVALID) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = _INVALID) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.sheet_columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Computed and closed cells are for reading only."""
        return _EDITABLE if self.is_editable(index.row(), index.column()) else _SELECTABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        """Column names for people and screen readers, row numbers at the left."""
        if orientation == _HORIZONTAL:
            name = self.sheet_columns[section].name
            if role == DISPLAY:
                return name
            if role in (ACCESSIBLE_TEXT, TOOL_TIP):
                said = f"{name}{self.head_sign(section).spoken()}"
                return said if role == ACCESSIBLE_TEXT else plain_tip(said)
            return None
        return str(section + 1) if role == DISPLAY else None
