"""One sheet of a workbook: its cells as they would be typed, and a note for every doubt."""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.errors import Refused
from importers.guard.limits import LIMITS
from importers.guard.markup import Attributes, area_of, place_of
from importers.reading.numbers import is_number, tell
from importers.reading.strings import unescaped
from importers.reading.styles import Styles
from importers.received import Cell, Note, Sheet, Sort

_LISTENS = {"s:v", "s:f", "s:t"}
_MOST_NOTES = 2_000


@dataclass(slots=True)
class Book:
    """What all sheets share."""

    texts: list[str]
    styles: Styles
    is_1904: bool = False
    notes: list[Note] = field(default_factory=list[Note])
    told: int = 0
    left_out: int = 0  # notes

    def note(self, sheet: str, cell: str, words: str) -> None:
        """Add a line to the report; beyond a great many they are only counted."""
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(Note(sheet, cell, words))
        else:
            self.left_out += 1

    def count(self, text: str) -> str:
        """The same text, its length added to what is handed on; `Refused` beyond the limit."""
        self.told += len(text)
        if self.told > LIMITS.told_characters:
            raise Refused("文字内容过多", "请只保留需要的工作表，另存为一份较小的文件。")
        return text


@dataclass(slots=True)
class _Open:
    """The cell being read."""

    row: int = 0
    column: int = 0
    kind: str = "n"
    style: str = ""
    value: str = ""
    formula: str = ""
    has_formula: bool = False
    has_value: bool = False
    inline: list[str] = field(default_factory=list[str])


class SheetReader:
    """Turns the events of one sheet part into a `Sheet`."""

    def __init__(self, name: str, book: Book) -> None:
        self._name, self._book = name, book
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merged: list[str] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._hidden_rows: set[int] = set()
        self._row = self._column = 0
        self._open: _Open | None = None
        self._parts: list[str] | None = None
        self._skips = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "s:c":
            self._begin_cell(attributes)
        elif tag in _LISTENS and self._open is not None:
            self._parts = []
            self._open.has_formula |= tag == "s:f"
            self._open.has_value |= tag == "s:v"
        elif tag == "s:rPh":
            self._skips = True
        elif tag == "s:row":
            self._begin_row(attributes)
        elif tag == "s:col":
            self._note_columns(attributes)
        elif tag == "s:mergeCell":
            self._merged.append(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "s:c" and self._open is not None:
            self._end_cell(self._open)
            self._open = None
        elif tag == "s:rPh":
            self._skips = False
        elif tag in _LISTENS and self._open is not None and self._parts is not None:
            self._keep(tag, self._open, "".join(self._parts))
            self._parts = None

    def text(self, text: str) -> None:
        """Some characters."""
        if self._parts is not None:
            self._parts.append(text)

    def sheet(self, *, hidden: bool) -> Sheet:
        """What was read."""
        self._mark_covered()
        cells = tuple(self._cells[place] for place in sorted(self._cells))
        return Sheet(self._name, cells, tuple(self._merged), hidden)

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0
        if _is_true(attributes.get("hidden", "")):
            self._hidden_rows.add(self._row)

    def _note_columns(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _is_true(attributes.get("hidden", "")) and first.isdigit() and last.isdigit():
            self._hidden_columns.append((int(first[:6]), int(last[:6])))

    def _begin_cell(self, attributes: Attributes) -> None:
        column, row = self._column + 1, self._row
        if "r" in attributes:
            column, row = place_of(attributes["r"])
        self._column = column
        kind, style = attributes.get("t", "n"), attributes.get("s", "")
        self._open = _Open(row, column, kind, style)

    def _keep(self, tag: str, cell: _Open, text: str) -> None:
        if tag == "s:v":
            cell.value = text
        elif tag == "s:f":
            cell.formula = text
        elif not self._skips:
            cell.inline.append(text)

    def _end_cell(self, cell: _Open) -> None:
        sort, text, note = self._read(cell)
        if note:
            self._book.note(self._name, _name_of(cell.row, cell.column), note)
        if sort is None:
            return
        place = (cell.row, cell.column)
        if place in self._cells:
            raise Refused("同一个单元格写了两次，无法判断哪一个是真的")
        hidden = cell.row in self._hidden_rows or any(
            first <= cell.column <= last for first, last in self._hidden_columns
        )
        text = self._book.count(text)
        self._cells[place] = Cell(cell.row, cell.column, sort, text, hidden)

    def _read(self, cell: _Open) -> tuple[Sort | None, str, str]:
        """What a cell holds, its text, and what is to be said of it."""
        if cell.has_formula and not cell.value and not cell.inline and cell.kind != "str":
            why = "是公式，但文件中没有它的结果；请在 WPS 或 Excel 中打开并保存一次后再取"
            return Sort.UNCALCULATED, "", why
        if cell.has_formula and cell.kind == "str" and not cell.has_value:
            why = "是公式，但文件中没有它的结果；请在 WPS 或 Excel 中打开并保存一次后再取"
            return Sort.UNCALCULATED, "", why
        outside = "公式取自其他文件，取的是文件中保存的结果" if _is_outside(cell.formula) else ""
        match cell.kind:
            case "s":
                return self._shared(cell.value)
            case "inlineStr":
                return _of_text(unescaped("".join(cell.inline)), outside)
            case "str":
                return _of_text(unescaped(cell.value), outside)
            case "b":
                return Sort.TRUTH, "TRUE" if cell.value.strip() == "1" else "FALSE", outside
            case "e":
                return Sort.ERROR, "", f"在 Excel 中是错误值 {cell.value[:20]}，没有取"
            case "d":
                return Sort.DATE, cell.value.strip().removesuffix("T00:00:00"), outside
            case _:
                return self._number(cell, outside)

    def _shared(self, value: str) -> tuple[Sort | None, str, str]:
        number = value.strip()
        if number.isascii() and number.isdigit() and int(number[:9]) < len(self._book.texts):
            return _of_text(self._book.texts[int(number[:9])], "")
        return Sort.ERROR, "", "所指的文字不在文件中，没有取"

    def _number(self, cell: _Open, outside: str) -> tuple[Sort | None, str, str]:
        text = cell.value.strip()
        if not text:
            return None, "", ""
        if not is_number(text):
            return Sort.TEXT, text, "标为数字但写法不是数字，按文字取"
        told = tell(text, self._book.styles.code(cell.style), is_1904=self._book.is_1904)
        note = "；".join(each for each in (told.note, outside) if each)
        return Sort.DATE if told.is_date else Sort.NUMBER, told.text, note

    def _mark_covered(self) -> None:
        """Cells below a merged area are there, but nobody sees them in Excel."""
        for reference in self._merged:
            left, top, right, bottom = area_of(reference)
            for place in self._inside(left, top, right, bottom):
                cell = self._cells[place]
                self._cells[place] = Cell(cell.row, cell.column, cell.sort, cell.text, hidden=True)
                words = f"被合并区域 {reference} 盖住，在 Excel 中看不见"
                self._book.note(self._name, _name_of(*place), words)

    def _inside(self, left: int, top: int, right: int, bottom: int) -> list[tuple[int, int]]:
        inside = (right - left + 1) * (bottom - top + 1)
        if inside > len(self._cells):
            places = [
                (row, column)
                for row, column in self._cells
                if top <= row <= bottom and left <= column <= right
            ]
        else:
            rows, columns = range(top, bottom + 1), range(left, right + 1)
            places = [(r, c) for r in rows for c in columns if (r, c) in self._cells]
        return [place for place in places if place != (top, left)]


def _of_text(text: str, note: str) -> tuple[Sort | None, str, str]:
    return (Sort.TEXT, text, note) if text.strip() else (None, "", "")


def _is_true(text: str) -> bool:
    return text in ("1", "true", "on")


def _is_outside(formula: str) -> bool:
    """Whether a formula names another file or program; it is never followed."""
    return ("[" in formula and "]" in formula) or "|" in formula


def _name_of(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
