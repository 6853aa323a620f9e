"""Blocks of cells out to Excel and WPS and in from them: one undo step, nothing lost."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field

from PySide6.QtCore import QMimeData, QModelIndex

from forms.address import Address
from forms.edits import AddRow, Edit, SetValue, new_row_id
from forms.inline.marks import may_hold_marks
from forms.values import Value
from ui.grid.entries import EntryError, read_entry
from ui.grid.rows_model import RowsModel
from ui.grid.sheet_model import Refused, SheetModel
from ui.prose.clipboard import plan_mark
from ui.text import tr

CELLS_TYPE = "application/x-yuance-cells"


@dataclass(slots=True)
class Pasting:
    """What a pasted block becomes: edits, entries that cannot be taken, and what has no place."""

    edits: list[Edit] = field(default_factory=list[Edit])
    refused: dict[Address, Refused] = field(default_factory=dict[Address, Refused])
    taken: int = 0
    skipped: int = 0  # texts on cells nobody may fill
    beyond: int = 0  # texts beyond the last column or row
    added: int = 0  # rows


def copied_cells(model: SheetModel, cells: list[QModelIndex]) -> QMimeData:
    """The selected cells for the clipboard; live figures as printed, and live for this plan."""
    data = QMimeData()
    data.setText(copied(model, cells))
    stored = copied(model, cells, live=True)
    if stored != data.text():
        kept = {"plan": plan_mark(model.session), "cells": stored}
        data.setData(CELLS_TYPE, json.dumps(kept, ensure_ascii=False).encode())
    return data


def pasted_cells(model: SheetModel, data: QMimeData) -> list[list[str]]:
    """The cells on the clipboard, with live figures where they were copied in this plan."""
    try:
        kept: object = json.loads(bytes(data.data(CELLS_TYPE).data()))
    except ValueError:
        return read_block(data.text())
    mine = plan_mark(model.session)
    match kept:
        case {"plan": str(plan), "cells": str(cells)} if plan == mine:
            return read_block(cells)
        case _:
            return read_block(data.text())


def copied(model: SheetModel, cells: list[QModelIndex], *, live: bool = False) -> str:
    """The selected cells as tab-separated lines, as Excel and WPS take them."""
    if not cells:
        return ""
    rows = sorted({cell.row() for cell in cells})
    columns = sorted({cell.column() for cell in cells})
    chosen = {(cell.row(), cell.column()) for cell in cells}
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            [
                _copied_text(model, row, column, live=live) if (row, column) in chosen else ""
                for column in columns
            ]
        )
    return out.getvalue()


def read_block(text: str) -> list[list[str]]:
    """A pasted text as rows of cells; quoted cells may hold line breaks."""
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def prepare_paste(
    model: SheetModel, block: list[list[str]], top: int, left: int, cells: list[QModelIndex]
) -> Pasting:
    """What pasting a block at a cell does; a single text fills all selected cells."""
    pasting = Pasting()
    if len(block) == 1 and len(block[0]) == 1 and len(cells) > 1:
        for cell in cells:
            _place(model, pasting, model.address_at(cell.row(), cell.column()), block[0][0])
        return pasting
    rows = model.value_rows(top)
    for down, line in enumerate(block):
        if down < len(rows):
            row = rows[down]
            for along, text in enumerate(line):
                column = left + along
                if column >= len(model.sheet_columns):
                    pasting.beyond += bool(text.strip())
                elif not model.is_open(row, column):
                    pasting.skipped += bool(text.strip())
                else:
                    _place(model, pasting, model.address_at(row, column), text)
        else:
            _add_row(model, pasting, line, left)
    return pasting


def paste(model: SheetModel, pasting: Pasting, label: str = "") -> None:
    """Put a prepared block into the plan as one undo step, and keep what was refused."""
    if pasting.edits:
        said = label or tr("粘贴 {count} 格").format(count=pasting.taken)
        model.put_all(tuple(pasting.edits), said)
    if pasting.refused:
        model.refuse(pasting.refused)


def told(pasting: Pasting) -> str:
    """What pasting did, in one sentence."""
    said = [tr("已粘贴 {count} 格").format(count=pasting.taken)]
    if pasting.added:
        said.append(tr("新增 {count} 行").format(count=pasting.added))
    if pasting.skipped:
        said.append(tr("{count} 格不能填写，已跳过").format(count=pasting.skipped))
    if pasting.beyond:
        said.append(tr("{count} 格超出表格范围，未粘贴").format(count=pasting.beyond))
    if pasting.refused:
        first = next(iter(pasting.refused.values()))
        said.append(
            tr("{count} 格无法识别，原样留在格中待改：{why}").format(
                count=len(pasting.refused), why=first.why.removesuffix("。")
            )
        )
    return "；".join(said) + "。"


def _copied_text(model: SheetModel, row: int, column: int, *, live: bool) -> str:
    address = model.address_at(row, column)
    entry = model.entry_at(address) if address else ""
    is_stored = address is not None and (live or not may_hold_marks(entry))
    return entry if is_stored else model.text_at(row, column)


def _place(model: SheetModel, pasting: Pasting, address: Address | None, text: str) -> None:
    if address is None:
        pasting.skipped += bool(text.strip())
        return
    found = _read(model, pasting, address, text)
    if found is not None:
        pasting.edits.append(SetValue(address, found[0]))
        pasting.taken += 1


def _add_row(model: SheetModel, pasting: Pasting, line: list[str], left: int) -> None:
    if not isinstance(model, RowsModel):
        pasting.beyond += sum(bool(text.strip()) for text in line)
        return
    key = new_row_id()
    cells: list[tuple[Address, Value]] = []
    for along, text in enumerate(line):
        if left + along >= len(model.sheet_columns):
            pasting.beyond += bool(text.strip())
            continue
        shape = model.sheet_columns[left + along]
        address = model.home.at(key, shape.key, shape.year)
        found = _read(model, pasting, address, text)
        if found is not None and found[0] is not None:
            cells.append((address, found[0]))
            pasting.taken += 1
    pasting.edits.append(AddRow(model.home, key, None, tuple(cells)))
    pasting.added += 1


def _read(
    model: SheetModel, pasting: Pasting, address: Address, text: str
) -> tuple[Value | None] | None:
    """The value of a text in a tuple; None when it was counted as skipped or refused instead."""
    if not model.is_fillable(address):
        pasting.skipped += bool(text.strip())
        return None
    try:
        return (read_entry(model.session.view, address, text),)
    except EntryError as error:
        pasting.refused[address] = Refused(text, str(error))
        return None
