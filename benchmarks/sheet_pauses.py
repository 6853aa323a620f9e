"""What holds the window in a sheet of 5,000 rows: paste, fill, sort, filter, move, remove, undo.

    python benchmarks/sheet_pauses.py [plan.yuance]

For each the longest stretch of the window's thread between two turns of its loop, in CPU time.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fluency import Rows, plan_path, rest
from pauses import LARGE, Heavy, tell_slowest

if TYPE_CHECKING:
    from ui.grid.rows_panel import RowsPanel

_PASTED, _FEW, _MANY = 2_000, 60, 1_000
_REMOVED = 4_000
_SETTLE_MS = 2_500  # until the checks of the step before are through


class Sheet:
    """The sheet of the projects, and what a person does to many of its rows."""

    def __init__(self, at: Heavy) -> None:
        self.at = at
        self.panel: RowsPanel = at.sheet()
        self.view, self.rows = self.panel.view, self.panel.rows
        self.session = self.rows.session

    def do(self, what: str, act: Callable[[], object]) -> None:
        """Do something, and wait until all of it and what follows has happened."""
        self.at.done(what, act, lambda: self.at.is_quiet() and not self.at.dialogs())
        rest(_SETTLE_MS)

    def open(self, what: str, act: Callable[[], object]) -> None:
        """Do something that opens a dialog."""
        self.at.done(what, act, lambda: bool(self.at.dialogs()))

    def step(self, what: str, act: Callable[[], object]) -> None:
        """Do something, take it back and do it again, and leave the plan as it was."""
        self.do(what, act)
        stack = self.session.undo_stack
        self.do(f"{what}: undo", stack.undo)
        self.do(f"{what}: redo", stack.redo)
        stack.undo()
        rest(_SETTLE_MS)

    def choose(self, rows: range, columns: range) -> None:
        """Select a block of cells."""
        from PySide6.QtCore import QItemSelection, QItemSelectionModel

        first = self.rows.index(rows[0], columns[0])
        last = self.rows.index(rows[-1], columns[-1])
        self.view.setCurrentIndex(first)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().select(QItemSelection(first, last), flags)
        rest(200)

    def spot(self, key: str) -> int:
        """The place of a column on screen."""
        return next(n for n, column in enumerate(self.rows.sheet_columns) if column.key == key)

    @property
    def whole(self) -> range:
        """All rows."""
        return range(len(self.rows.keys))

    @property
    def across(self) -> range:
        """All columns."""
        return range(len(self.rows.sheet_columns))


def block_of(sheet: Sheet, rows: int) -> str:
    """Rows of the sheet as text, under new names."""
    naming = sheet.spot(sheet.panel.table.naming)
    lines: list[str] = []
    for row in range(rows):
        texts = [sheet.rows.text_at(row, column) for column in sheet.across]
        texts[naming] = f"粘贴项目{row}"
        lines.append("\t".join(text.replace("\n", " ").replace("\t", " ") for text in texts))
    return "\n".join(lines)


def accept(at: Heavy) -> None:
    """Take what the open dialog offers."""
    for dialog in at.dialogs():
        dialog.accept()


def pasting(sheet: Sheet) -> None:
    """Rows from elsewhere: looked at, taken, undone."""
    from PySide6.QtGui import QGuiApplication

    for count in (_FEW, _PASTED):
        QGuiApplication.clipboard().setText(block_of(sheet, count))
        sheet.choose(range(1), range(1))
        sheet.open(f"look at a paste of {count:,} × {len(sheet.across)}", sheet.panel.paste)
        sheet.step(f"paste {count:,} × {len(sheet.across)}", lambda: accept(sheet.at))
    sheet.choose(sheet.whole, sheet.across)
    sheet.do("copy all cells", sheet.panel.editing.copy)
    sheet.choose(range(_MANY), sheet.across)
    sheet.do(f"copy {_MANY:,} rows", sheet.panel.editing.copy)
    sheet.choose(range(_MANY, _MANY + 1), range(1))
    sheet.step(f"paste {_MANY:,} own rows", sheet.panel.paste)


def filling(sheet: Sheet) -> None:
    """One column of all rows at once."""
    from ui.dialogs.bulk_edit import BulkEditDialog

    naming = sheet.spot(sheet.panel.table.naming)
    sheet.choose(sheet.whole, range(naming, naming + 1))
    sheet.step("fill down a column", sheet.panel.editing.filling.fill_down)
    sheet.choose(sheet.whole, range(naming, naming + 1))  # undoing leads to the first cell alone
    sheet.step("clear a column", sheet.panel.editing.clear)
    sheet.choose(sheet.whole, sheet.across)
    sheet.step("clear all cells", sheet.panel.editing.clear)
    sheet.choose(sheet.whole, range(naming, naming + 1))
    sheet.open("open bulk edit", sheet.panel.editing.filling.change_many)
    dialog = sheet.at.dialogs()[0]
    assert isinstance(dialog, BulkEditDialog)
    sheet.open("see what bulk edit would do", lambda: dialog.clears.setChecked(True))
    sheet.step("bulk edit", dialog.accept)


def looking(sheet: Sheet) -> None:
    """Sort, filter, group and search, and the sorted order made the plan's."""
    arranger, table = sheet.panel.arranger, sheet.panel.table
    place = sheet.spot(table.naming)
    naming = sheet.rows.sheet_columns[place]
    sheet.open("open the filter of all names", lambda: sheet.panel.menus.ask_sieve(place))
    sheet.at.close_dialogs()
    sheet.do("search", lambda: sheet.panel.search.setText("9"))
    sheet.do("search no more", sheet.panel.search.clear)
    sheet.do("sort by name", lambda: arranger.sort(naming.spot, descending=True))
    sheet.step("keep the sorted order", arranger.keep_order)
    grouped = arranger.groupable()[0]
    sheet.do("group", lambda: arranger.group(grouped.spot))
    sheet.do("group no more", lambda: arranger.group(None))


def moving(sheet: Sheet) -> None:
    """Many rows moved, copied and removed."""
    sheet.choose(range(_MANY, 2 * _MANY), range(1))
    sheet.step(f"move {_MANY:,} rows", sheet.panel.move_up)
    sheet.choose(range(_MANY), range(1))
    sheet.step(f"copy {_MANY:,} rows below", sheet.panel.copy_row)
    sheet.choose(range(_REMOVED), range(1))
    sheet.step(f"remove {_REMOVED:,} rows", sheet.panel.remove_rows)


_PARTS = {"pasting": pasting, "filling": filling, "looking": looking, "moving": moving}


def sheet_pauses(path: Path, folder: Path, rows: Rows, parts: list[str]) -> None:
    """Everything a person can do to many rows, one after the other."""
    at = Heavy(folder, rows)
    at.done(
        f"open a plan of {LARGE:,} projects",
        lambda: at.window.filing.take_file(path),
        lambda: at.window.bench is not None and at.is_quiet(),
    )
    rest(_SETTLE_MS)
    sheet = Sheet(at)
    for part in parts or _PARTS:
        _PARTS[part](sheet)


def main() -> None:
    """A look at what holds the window in a sheet."""
    rows: Rows = []
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="yuance-bench-") as folder:
        path = Path(given[0]) if given else plan_path(LARGE, Path(folder))
        sheet_pauses(path, Path(folder), rows, given[1:])
    tell_slowest(rows)


if __name__ == "__main__":
    main()
