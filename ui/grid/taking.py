"""A table of the plan takes rows from a received workbook, by the very path of pasting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from importers.placing import Target
from importers.reader import read_workbook
from importers.received import Workbook
from ui.dialogs.take_cells import Foreseen, TakeCellsDialog
from ui.fields.roles import FAULT, HINT
from ui.grid.clipboard import paste, prepare_paste, told
from ui.grid.columns import SheetColumn
from ui.text import tr

if TYPE_CHECKING:
    from ui.grid.rows_panel import RowsPanel


def choose_workbook(panel: RowsPanel) -> None:
    """Ask for a workbook and show what of it would go where."""
    kinds = f"{tr('Excel 工作簿')} (*.xlsx *.xlsm *.xls *.et)"
    found, _ = QFileDialog.getOpenFileName(panel.window(), tr("从 Excel 取数"), "", kinds)
    if found:
        take_workbook(panel, Path(found))


def take_workbook(panel: RowsPanel, path: Path) -> None:
    """Read a workbook in the background, then show what of it would go where."""

    def show(workbook: Workbook) -> None:
        show_cells(panel, path.name, workbook)

    panel.rows.session.receiving.read(path, read_workbook, show)


def show_cells(panel: RowsPanel, name: str, workbook: Workbook) -> TakeCellsDialog:
    """The dialog over a workbook that was read."""
    columns = panel.rows.sheet_columns
    targets = [Target(each.label, each.group, each.is_numeric) for each in columns]
    labels = [each.label for each in columns]
    heads = [_head(each, labels) for each in columns]

    def foresee(block: list[list[str]]) -> Foreseen:
        pasting = prepare_paste(panel.rows, block, len(panel.rows.keys), 0, [])
        if not pasting.refused:
            return Foreseen(tr("各格都能识别。"), is_refused=False)
        first = next(iter(pasting.refused.values()))
        words = tr("{0} 格无法识别，会原样留在格中待改，例如：{1}")
        return Foreseen(words.format(len(pasting.refused), first.why), is_refused=True)

    dialog = TakeCellsDialog(
        name, workbook, (panel.table.label, targets, heads), foresee, panel.window()
    )

    def take(block: list[list[str]]) -> None:
        take_block(panel, block)

    dialog.taken.connect(take)
    dialog.open()
    return dialog


def _head(column: SheetColumn, labels: list[str]) -> str:
    """The head of a column, with its group only where the label alone would not tell."""
    if labels.count(column.label) > 1:
        return column.name
    return f"{column.label}（{column.unit}）" if column.unit else column.label


def take_block(panel: RowsPanel, block: list[list[str]]) -> None:
    """Put a block behind the last row as one step of undo."""
    panel.search.clear()
    pasting = prepare_paste(panel.rows, block, len(panel.rows.keys), 0, [])
    paste(panel.rows, pasting, tr("从 Excel 取 {count} 格").format(count=pasting.taken))
    panel.say(told(pasting), FAULT if pasting.refused else HINT)
    panel.view.setFocus()
