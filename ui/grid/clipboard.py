"""The clipboard of sheets: cells out to Excel and WPS as they must stand there, and cells in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData

from forms.inline.marks import may_hold_marks
from forms.sheet_cells import plain_figure
from ui.dialogs.working import WHOLE
from ui.grid.choosing import Cell
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
    stored: str = ""  # as the plan holds it


class Copying:
    """The chosen cells on their way to the clipboard; `steps` reads them, then `data` has them."""

    def __init__(self, model: SheetModel, cells: Sequence[Cell], *, heads: bool = False) -> None:
        self._model = model
        self.rows = sorted({row for row, _ in cells})
        self._columns = sorted({column for _, column in cells})
        is_block = len(cells) == len(self.rows) * len(self._columns)
        self._chosen = None if is_block else frozenset(cells)
        self._heads = heads
        self._lines = io.StringIO()  # as other programs read them
        self._stored = io.StringIO()  # live figures live, for this plan
        self._html: list[str] = []
        self._data = QMimeData()

    def steps(self) -> Iterator[int]:
        """Read row by row; how much of the whole is done."""
        texts = csv.writer(self._lines, delimiter="\t", lineterminator="\r\n")
        stored = csv.writer(self._stored, delimiter="\t", lineterminator="\r\n")
        if self._heads:
            names = [CopiedCell(self._model.sheet_columns[n].name) for n in self._columns]
            texts.writerow([name.text for name in names])
            self._html.append(_line(names, "th"))
        for number, row in enumerate(self.rows, start=1):
            cells = [self._cell(row, column) for column in self._columns]
            texts.writerow([cell.text for cell in cells])
            stored.writerow([cell.stored or cell.text for cell in cells])
            self._html.append(_line(cells, "td"))
            yield WHOLE * number // len(self.rows)
        for put in (self._put_text, self._put_html, self._put_stored):
            put()  # 200,000 cells are put together in a moment of their own for each form
            yield WHOLE

    def data(self) -> QMimeData:
        """Live figures as printed, and live for this plan."""
        return self._data

    def _put_text(self) -> None:
        self._data.setText(self._lines.getvalue())

    def _put_html(self) -> None:
        self._data.setData("text/html", (_HEAD + "".join(self._html) + _FOOT).encode())

    def _put_stored(self) -> None:
        if not self._heads:
            kept = {"plan": plan_mark(self._model.session), "cells": self._stored.getvalue()}
            self._data.setData(CELLS_TYPE, json.dumps(kept, ensure_ascii=False).encode())

    def _cell(self, row: int, column: int) -> CopiedCell:
        model = self._model
        if self._chosen is not None and (row, column) not in self._chosen:
            return CopiedCell("")
        address = model.address_at(row, column)
        if address is None:
            return CopiedCell(model.text_at(row, column))
        if not model.is_open(row, column):
            return CopiedCell("")
        entry = model.entry_at(address)
        text = model.text_at(row, column) if may_hold_marks(entry) else entry
        figure = plain_figure(text) if model.sheet_columns[column].is_numeric else None
        is_figure = figure is not None and not figure.unit and figure.digits == text
        return CopiedCell(text, is_figure and address not in model.refused, entry)


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


def _line(row: Sequence[CopiedCell], tag: str) -> str:
    return "<tr>" + "".join(_tagged(cell, tag) for cell in row) + "</tr>"


def _tagged(cell: CopiedCell, tag: str) -> str:
    if cell.is_figure:
        return f'<{tag} x:num="{cell.text}" sdval="{cell.text}">{cell.text}</{tag}>'
    words = _BREAK.join(escape(line) for line in cell.text.split("\n"))
    return f"<{tag} {_AS_TEXT}>{words}</{tag}>"
