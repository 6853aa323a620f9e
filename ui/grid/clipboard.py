"""The clipboard of sheets: cells out to Excel and WPS as they must stand there, and cells in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData, QModelIndex

from forms.inline.marks import may_hold_marks
from forms.sheet_cells import plain_figure
from ui.grid.sheet_model import SheetModel
from ui.prose.clipboard import plan_mark

CELLS_TYPE = "application/x-yuance-cells"
_HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
    "<body><table border=1>"
)
_FOOT = "</table></body></html>"
_BREAK = '<br style="mso-data-placement:same-cell">'
_AS_TEXT = 'style="mso-number-format:\'\\@\'" sdnum="2052;0;@" x:str'


@dataclass(frozen=True, slots=True)
class CopiedCell:
    """A cell on its way out; `is_figure` where a spreadsheet may take it for a number."""

    text: str
    is_figure: bool = False


def copied_cells(
    model: SheetModel, cells: Sequence[QModelIndex], *, heads: bool = False
) -> QMimeData:
    """The selected cells for the clipboard; live figures as printed, and live for this plan."""
    data = QMimeData()
    rows = _copied(model, cells)
    above = [_heads(model, cells)] if heads and cells else []
    data.setText(_as_lines([*above, *rows]))
    data.setData("text/html", _as_html(above, rows).encode())
    if not heads:
        stored = _as_lines(_copied(model, cells, live=True))
        kept = {"plan": plan_mark(model.session), "cells": stored}
        data.setData(CELLS_TYPE, json.dumps(kept, ensure_ascii=False).encode())
    return data


def pasted_cells(model: SheetModel, data: QMimeData) -> tuple[list[list[str]], bool]:
    """The cells on the clipboard, and whether they were copied from a sheet of this plan."""
    try:
        kept: object = json.loads(bytes(data.data(CELLS_TYPE).data()))
    except ValueError:
        return read_block(data.text()), False
    mine = plan_mark(model.session)
    match kept:
        case {"plan": str(plan), "cells": str(cells)} if plan == mine:
            return read_block(cells), True
        case _:
            return read_block(data.text()), False


def read_block(text: str) -> list[list[str]]:
    """A pasted text as rows of cells; quoted cells may hold line breaks."""
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _copied(
    model: SheetModel, cells: Sequence[QModelIndex], *, live: bool = False
) -> list[list[CopiedCell]]:
    rows = sorted({cell.row() for cell in cells})
    columns = sorted({cell.column() for cell in cells})
    chosen = {(cell.row(), cell.column()) for cell in cells}
    return [
        [
            _cell(model, row, column, live=live) if (row, column) in chosen else CopiedCell("")
            for column in columns
        ]
        for row in rows
    ]


def _cell(model: SheetModel, row: int, column: int, *, live: bool) -> CopiedCell:
    address = model.address_at(row, column)
    if address is None:
        return CopiedCell(model.text_at(row, column))
    if not model.is_open(row, column):
        return CopiedCell("")
    entry = model.entry_at(address)
    is_stored = live or not may_hold_marks(entry)
    text = entry if is_stored else model.text_at(row, column)
    figure = plain_figure(text)
    is_figure = model.sheet_columns[column].is_numeric and not figure.unit and figure.digits == text
    return CopiedCell(text, is_figure and address not in model.refused)


def _heads(model: SheetModel, cells: Sequence[QModelIndex]) -> list[CopiedCell]:
    columns = sorted({cell.column() for cell in cells})
    return [CopiedCell(model.sheet_columns[column].name) for column in columns]


def _as_lines(rows: Sequence[Sequence[CopiedCell]]) -> str:
    """Tab-separated lines, as Excel and WPS take them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell.text for cell in row])
    return out.getvalue()


def _as_html(heads: Sequence[Sequence[CopiedCell]], rows: Sequence[Sequence[CopiedCell]]) -> str:
    """A table whose texts no spreadsheet makes dates, figures or formulas of."""
    lines = [_line(row, "th") for row in heads] + [_line(row, "td") for row in rows]
    return _HEAD + "".join(lines) + _FOOT


def _line(row: Sequence[CopiedCell], tag: str) -> str:
    return "<tr>" + "".join(_tagged(cell, tag) for cell in row) + "</tr>"


def _tagged(cell: CopiedCell, tag: str) -> str:
    if cell.is_figure:
        return f'<{tag} x:num="{cell.text}" sdval="{cell.text}">{cell.text}</{tag}>'
    words = _BREAK.join(escape(line) for line in cell.text.split("\n"))
    return f"<{tag} {_AS_TEXT}>{words}</{tag}>"
