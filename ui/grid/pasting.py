"""Texts into the cells of a sheet, many at a time: what becomes of each, and then one undo step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from forms.address import Address
from forms.edits import AddRow, Edit, SetValue, new_row_id
from forms.encoding import decimal_text
from forms.kinds import Choice, Kind, is_numeric, unit_of
from forms.row_units import kind_in
from forms.values import Value
from forms.wording import word
from ui.grid.choosing import Cell
from ui.grid.columns import SheetColumn
from ui.grid.entries import EntryError, other_unit, read_as
from ui.grid.rows_model import RowsModel
from ui.grid.sheet_model import Refused, SheetModel
from ui.grid.steps import counted, put_steps
from ui.text import tr


@dataclass(frozen=True, slots=True)
class Line:
    """Texts for one row by column; `row` is its key, None for a new one."""

    row: str | None
    texts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Landed:
    """What a text became in its cell; `why` when it is refused or may not stand there."""

    text: str
    why: str = ""
    refused: bool = False


@dataclass(slots=True)
class Conversion:
    """Figures of one column that were written in another unit, with the first as an example."""

    column: int
    source: str
    target: str
    example: str
    result: str
    count: int = 1


@dataclass(slots=True)
class Pasting:
    """What texts become: edits, entries that cannot be taken, and what has no place."""

    edits: list[Edit] = field(default_factory=list[Edit])
    refused: dict[Address, Refused] = field(default_factory=dict[Address, Refused])
    taken: int = 0
    skipped: int = 0  # texts on cells nobody may fill
    beyond: int = 0  # texts beyond the last column or row
    added: int = 0  # rows
    landed: dict[tuple[int, int], Landed] = field(default_factory=dict[tuple[int, int], Landed])
    converted: dict[tuple[int, str, str], Conversion] = field(
        default_factory=dict[tuple[int, str, str], Conversion]
    )


def columns_of(model: SheetModel) -> tuple[SheetColumn, ...]:
    """Every column of a table, those too that are not on screen: lines count by these."""
    return model.all_columns if isinstance(model, RowsModel) else model.sheet_columns


def shown_places(model: SheetModel, first: int = 0) -> list[int]:
    """The columns on screen from one of them on, from left to right, by their place among all."""
    if not isinstance(model, RowsModel):
        return list(range(first, len(model.sheet_columns)))
    places = {column.spot: at for at, column in enumerate(model.all_columns)}
    return [places[column.spot] for column in model.sheet_columns[first:]]


def block_lines(
    model: SheetModel, block: Sequence[Sequence[str]], top: int, columns: Sequence[int]
) -> list[Line]:
    """A block laid down at a row over these columns; what goes beyond them has the column -1."""
    rows = [model.keys[row] for row in model.value_rows(top)]
    lines: list[Line] = []
    for down, texts in enumerate(block):
        placed = ((columns[n] if n < len(columns) else -1, text) for n, text in enumerate(texts))
        lines.append(Line(rows[down] if down < len(rows) else None, tuple(placed)))
    return lines


def prepare_steps(model: SheetModel, lines: Iterable[Line], pasting: Pasting) -> Iterator[None]:
    """What putting these lines into the sheet does, line by line; nothing is changed yet."""
    for number, line in enumerate(lines):
        _Reader(model, pasting, number).take(line)
        yield


def cell_lines(model: SheetModel, places: Iterable[Cell], text: str) -> list[Line]:
    """The same text for each of these cells; what cannot be filled is left alone."""
    wanted: dict[str, list[tuple[int, str]]] = {}
    shown, rows = shown_places(model), set(model.value_rows(0))
    for row, column in sorted(places):
        if row in rows:
            wanted.setdefault(model.keys[row], []).append((shown[column], text))
    return [Line(row, tuple(texts)) for row, texts in wanted.items()]


def paste_steps(
    model: SheetModel, lines: Sequence[Line], pasting: Pasting, label: str
) -> Iterator[int]:
    """Read these lines into a pasting and put them into the plan as one undo step.

    What was refused is kept in its cells; `label` says how many were taken. Steps give how much of
    the whole is done, and only the last of them changes anything.
    """
    yield from counted(prepare_steps(model, lines, pasting), len(lines))
    if pasting.edits:
        yield from put_steps(model, pasting.edits, label.format(count=pasting.taken))
    if pasting.refused:
        model.refuse(pasting.refused)


def told(pasting: Pasting) -> str:
    """What pasting did, in one sentence."""
    said = [tr("已粘贴 {count} 格").format(count=pasting.taken)]
    if pasting.added:
        said.append(tr("新增 {count} 行").format(count=pasting.added))
    if pasting.converted:
        count = sum(each.count for each in pasting.converted.values())
        said.append(tr("{count} 格换算了单位").format(count=count))
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


class _Reader:
    """Reads one line; options first, since the unit of a figure may rest on one beside it."""

    def __init__(self, model: SheetModel, pasting: Pasting, number: int) -> None:
        self._model = model
        self._pasting = pasting
        self._number = number
        self._new: dict[Address, Value | None] = {}

    def take(self, line: Line) -> None:
        """Read the texts of a line into the pasting."""
        texts = [(column, text) for column, text in line.texts if not self._is_beyond(column, text)]
        if line.row is None:
            self._take_new(texts)
            return
        for column, text in self._in_order(texts):
            address = self._open_at(line.row, column)
            if address is None:
                self._skip(column, text)
                continue
            found = self._read(address, column, text)
            if found is not None:
                self._pasting.edits.append(SetValue(address, found[0]))
                self._pasting.taken += 1

    def _open_at(self, row: str, column: int) -> Address | None:
        """The value in a row, shown or not, where one is asked for."""
        model = self._model
        if not isinstance(model, RowsModel):
            at = model.keys.index(row)
            return model.address_at(at, column) if model.is_open(at, column) else None
        shape = columns_of(model)[column]
        is_asked = model.session.view.shows_cell(
            model.table.column(shape.key), model.home.at_row(row)
        )
        return model.home.at(row, shape.key, shape.year) if is_asked else None

    def _take_new(self, texts: list[tuple[int, str]]) -> None:
        model, pasting = self._model, self._pasting
        if not isinstance(model, RowsModel):
            pasting.beyond += sum(bool(text.strip()) for _, text in texts)
            return
        key = new_row_id()
        cells: list[tuple[Address, Value]] = []
        for column, text in self._in_order(texts):
            shape = columns_of(model)[column]
            if shape.fixed:
                self._skip(column, text)
                continue
            address = model.home.at(key, shape.key, shape.year)
            found = self._read(address, column, text)
            if found is not None and found[0] is not None:
                cells.append((address, found[0]))
                pasting.taken += 1
        pasting.edits.append(AddRow(model.home, key, None, tuple(cells)))
        pasting.added += 1

    def _is_beyond(self, column: int, text: str) -> bool:
        if 0 <= column < len(columns_of(self._model)):
            return False
        self._pasting.beyond += bool(text.strip())
        return True

    def _in_order(self, texts: list[tuple[int, str]]) -> list[tuple[int, str]]:
        columns = columns_of(self._model)
        return sorted(texts, key=lambda pair: not isinstance(columns[pair[0]].kind, Choice))

    def _skip(self, column: int, text: str) -> None:
        if text.strip():
            self._pasting.skipped += 1
            self._land(column, Landed(text.strip(), tr("此格不能填写，跳过。")))

    def _read(self, address: Address, column: int, text: str) -> tuple[Value | None] | None:
        """The value of a text in a tuple; None when it was counted as skipped or refused."""
        view = self._model.session.view
        kind = kind_in(view.pack, self._value_of, address)
        if kind is None or not self._model.is_fillable(address):
            self._skip(column, text)
            return None
        try:
            value = read_as(view, kind, text)
        except EntryError as error:
            self._pasting.refused[address] = Refused(text, str(error))
            self._land(column, Landed(text, str(error), refused=True))
            return None
        self._new[address] = value
        shown = decimal_text(value) if isinstance(value, Decimal) else word(view.pack, kind, value)
        if value is not None and (unit := other_unit(kind, text, value)):
            self._convert(column, kind, (text.strip(), unit), shown)
        self._land(column, Landed(shown if is_numeric(kind) else text.strip()))
        return (value,)

    def _value_of(self, address: Address) -> Value | None:
        if address in self._new:
            return self._new[address]
        return self._model.session.view.value(address)

    def _convert(self, column: int, kind: Kind, written: tuple[str, str], shown: str) -> None:
        text, unit = written
        key = (column, unit, unit_of(kind))
        if (known := self._pasting.converted.get(key)) is not None:
            known.count += 1
            return
        self._pasting.converted[key] = Conversion(column, unit, unit_of(kind), text, shown)

    def _land(self, column: int, landed: Landed) -> None:
        self._pasting.landed[self._number, column] = landed
