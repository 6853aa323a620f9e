"""Sheets take blocks of cells from a workbook or the clipboard: shown first, then one undo step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from forms.edits import AddRow, SetValue
from forms.units import UnitError
from importers.placing import (
    Fits,
    Lines,
    Row,
    Target,
    head_row,
    head_texts,
    in_order,
    matched,
    rows_by_name,
    turned_below_titles,
    unit_among,
    with_unit,
)
from importers.reader import read_workbook
from importers.received import Workbook
from ui.dialogs.take_cells import Block, Foreseen, Offer, TakeCellsDialog, Taken, Where, Words
from ui.dialogs.take_preview import Previewed
from ui.fields.roles import FAULT, HINT
from ui.grid.choosing import chosen_cells
from ui.grid.columns import SheetColumn
from ui.grid.pasting import (
    Line,
    Pasting,
    columns_of,
    paste_steps,
    prepare_steps,
    shown_places,
    told,
)
from ui.grid.rows_model import RowsModel
from ui.grid.sheet_model import SheetModel
from ui.grid.steps import carry_out
from ui.text import tr

if TYPE_CHECKING:
    from forms.schema import Pack
    from ui.grid.panel import SheetPanel

_MOST_NAMED = 5
_FEW = 6  # cells that are pasted without asking
_CELLS_AT_ONCE = 500  # between two pauses


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row where the chosen cells begin, and the columns on screen from there on."""

    row: int
    columns: Sequence[int]  # by their place among all


def choose_workbook(panel: SheetPanel) -> None:
    """Ask for a workbook and show what of it would go where."""
    kinds = f"{tr('Excel 工作簿')} (*.xlsx *.xlsm *.xls *.et)"
    found, _ = QFileDialog.getOpenFileName(panel.window(), tr("从 Excel 取数"), "", kinds)
    if found:
        take_workbook(panel, Path(found))


def take_workbook(panel: SheetPanel, path: Path) -> None:
    """Read a workbook in the background, then show what of it would go where."""

    def show(workbook: Workbook) -> None:
        show_cells(panel, path.name, workbook)

    panel.model.session.receiving.read(path, read_workbook, show)


def show_cells(panel: SheetPanel, name: str, workbook: Workbook) -> TakeCellsDialog:
    """The dialog over a workbook that was read."""
    label = panel.model.label
    words = Words(
        tr("从 Excel 取数到“{0}”").format(label),
        tr("来自“{0}”。取入后可一步撤销。").format(name),
        tr("取入"),
    )
    return _open(panel, words, workbook, is_paste=False)


def is_worth_showing(block: Block) -> bool:
    """Whether a pasted block has more than the few cells everybody sees at a glance."""
    return sum(len(line) for line in block) > _FEW


def show_block(panel: SheetPanel, block: Block) -> TakeCellsDialog:
    """The dialog over a block on the clipboard."""
    words = Words(
        tr("粘贴到“{0}”").format(panel.model.label),
        tr("剪贴板上有 {0} 行 {1} 列。粘贴后可一步撤销。").format(
            len(block), max(map(len, block), default=0)
        ),
        tr("粘贴"),
    )
    return _open(panel, words, block, is_paste=True)


def offer_of(model: SheetModel, cursor: Cursor, *, is_paste: bool = False) -> Offer:
    """What a sheet says of itself and of where its cursor is."""
    names, pack = _fixed_names(model), model.session.pack
    targets = [_target(model, column) for column in columns_of(model)]
    fits = fits_of(pack)
    return Offer(
        model.label,
        targets,
        _heads(columns_of(model)),
        _wheres(model, cursor.row),
        partial(_usual, model, targets, cursor.row if is_paste else -1),
        partial(_foresee, model, targets, cursor.row),
        fits,
        partial(_places, targets, names, cursor),
        _upright(targets, names) if names else lambda lines: lines,
    )


def lines_for(
    model: SheetModel, targets: Sequence[Target], rows: Sequence[Row], where: Where, top: int
) -> tuple[list[Line], list[str]]:
    """Where rows go, and the names among them that no row of a fixed table has."""
    if where is Where.NAMES:
        return _by_names(model, targets, rows)
    first = rows[0].number if rows else 0
    places = model.value_rows(max(0, top)) if where is Where.CURSOR else []
    shown = [model.keys[place] for place in places]
    lines: list[Line] = []
    for row in rows:
        at = row.number - first
        key = shown[at] if at < len(shown) else None
        lines.append(Line(key, _texts(_in_units(model, row, key, targets), targets)))
    return lines, []


def _open(
    panel: SheetPanel, words: Words, source: Workbook | Block, *, is_paste: bool
) -> TakeCellsDialog:
    model, index = panel.model, panel.view.currentIndex()
    chosen = chosen_cells(panel.view)
    top = min((row for row, _ in chosen), default=index.row())
    first = min((column for _, column in chosen), default=max(0, index.column()))
    offer = offer_of(model, Cursor(top, shown_places(model, first)), is_paste=is_paste)
    label = tr("粘贴 {count} 格") if is_paste else tr("从 Excel 取 {count} 格")
    dialog = TakeCellsDialog(words, source, offer, panel.window())

    def take(taken: Taken) -> None:
        lines, _ = lines_for(model, offer.targets, taken.rows, taken.where, top)
        pasting = Pasting()
        put = partial(_show_taken, panel, pasting)
        carry_out(panel, words.title, paste_steps(model, lines, pasting, label), put)

    dialog.taken.connect(take)
    dialog.open()
    return dialog


def _show_taken(panel: SheetPanel, pasting: Pasting) -> None:
    """Lead to the first new row, and say what was done."""
    panel.view.setFocus()
    if (row := _row_to_show(panel.model, pasting)) is not None:
        panel.reveal(panel.model.home.at_row(row))
    panel.say(told(pasting), FAULT if pasting.refused else HINT)


def _row_to_show(model: SheetModel, pasting: Pasting) -> str | None:
    """The first new row, else the first that was changed where a filter hides it."""
    added = (edit.row for edit in pasting.edits if isinstance(edit, AddRow))
    changed = (edit.address.row for edit in pasting.edits if isinstance(edit, SetValue))
    shown = frozenset(model.keys)
    return next(added, None) or next((row for row in changed if row not in shown), None)


def _target(model: SheetModel, column: SheetColumn) -> Target:
    is_name = column.fixed and column.names_rows
    if isinstance(model, RowsModel):
        is_name = column.key == model.table.naming
    return Target(
        column.label,
        column.group,
        column.is_numeric,
        column.unit,
        is_name,
        column.fixed and column.says_units,
        not column.fixed,
    )


def _heads(columns: Sequence[SheetColumn]) -> list[str]:
    """The head of each column, with its group only where the label alone would not tell."""
    labels = [column.label for column in columns]
    return [
        column.name
        if labels.count(column.label) > 1
        else f"{column.label}（{column.unit}）"
        if column.unit
        else column.label
        for column in columns
    ]


def _fixed_names(model: SheetModel) -> list[str]:
    """The names of the rows of a table whose rows are fixed."""
    named = [
        n for n, column in enumerate(model.sheet_columns) if column.fixed and column.names_rows
    ]
    return [model.fixed_text(row, named[0]) for row in range(len(model.keys))] if named else []


def _wheres(model: SheetModel, top: int) -> list[tuple[Where, str]]:
    found: list[tuple[Where, str]] = []
    if not isinstance(model, RowsModel):
        found.append((Where.NAMES, tr("按名称对应的行")))
    else:
        found.append((Where.END, tr("接在表格末尾")))
        if model.has_rows and model.table.naming:
            found.append((Where.NAMES, tr("同名的更新，其余新增")))
    if 0 <= top < len(model.keys):
        found.append((Where.CURSOR, tr("从光标所在行起覆盖")))
    return found


def _usual(
    model: SheetModel, targets: Sequence[Target], top: int, rows: Sequence[Row], has_heads: bool
) -> Where:
    """Where people would expect rows: at the cursor, but a table with heads goes by names."""
    names = next((n for n, target in enumerate(targets) if target.names), -1)
    has_names = names >= 0 and any(row.texts[names] for row in rows)
    if not isinstance(model, RowsModel):
        return Where.NAMES if has_names or top < 0 else Where.CURSOR
    at_cursor = 0 <= top < len(model.keys)
    if not has_heads:
        return Where.CURSOR if at_cursor else Where.END
    known = set(_names_of(model).values())
    if has_names and any((row.texts[names] or "").strip() in known for row in rows):
        return Where.NAMES
    row = model.row_at(top)
    is_blank = row is not None and not model.session.answers.row_values(row)
    return Where.CURSOR if is_blank else Where.END


def _names_of(model: RowsModel) -> dict[str, str]:
    """The name of every row by its key: one that a filter hides must not be added once more."""
    view = model.session.view
    return {key: view.row_name(model.home.at_row(key)) for key in view.rows(model.home)}


def _by_names(
    model: SheetModel, targets: Sequence[Target], rows: Sequence[Row]
) -> tuple[list[Line], list[str]]:
    at = next((n for n, target in enumerate(targets) if target.names), -1)
    said = [(row.texts[at] or "").strip() if at >= 0 else "" for row in rows]
    if isinstance(model, RowsModel):
        known: dict[str, list[str]] = {}
        for key, name in _names_of(model).items():
            known.setdefault(name, []).append(key)
        places = [known[name].pop(0) if known.get(name) else None for name in said]
        return [
            Line(place, _texts(row, targets, blanks=place is None))
            for row, place in zip(rows, places, strict=True)
        ], []
    places = rows_by_name(said, _fixed_names(model))
    pairs = list(zip(rows, places, said, strict=True))
    lines = [
        Line(
            model.keys[at],
            _texts(_in_units(model, row, model.keys[at], targets), targets, blanks=False),
        )
        for row, at, _ in pairs
        if at is not None
    ]
    return lines, [name or tr("（没有名称）") for _, at, name in pairs if at is None]


def _in_units(model: SheetModel, row: Row, key: str | None, targets: Sequence[Target]) -> Row:
    """The row with the unit said for all, where its row of a fixed table has a like one."""
    at = next((n for n, target in enumerate(targets) if target.units), None)
    if at is None or key is None or not row.said or isinstance(model, RowsModel):
        return row
    own = model.fixed_text(model.keys.index(key), at)
    unit = unit_among(row.said, own, fits_of(model.session.pack))
    pairs = zip(row.texts, targets, strict=True)
    return replace(row, texts=tuple(t if t is None else with_unit(t, unit, to) for t, to in pairs))


def _kept(
    model: SheetModel, targets: Sequence[Target], rows: Sequence[Row], where: Where
) -> list[Row]:
    """The rows that become lines: a fixed table leaves out those it does not know."""
    if where is not Where.NAMES or isinstance(model, RowsModel):
        return list(rows)
    at = next((n for n, target in enumerate(targets) if target.names), -1)
    said = [(row.texts[at] or "").strip() if at >= 0 else "" for row in rows]
    places = rows_by_name(said, _fixed_names(model))
    return [row for row, place in zip(rows, places, strict=True) if place is not None]


def _texts(
    row: Row, targets: Sequence[Target], *, blanks: bool = True
) -> tuple[tuple[int, str], ...]:
    """The texts of a row by column; a blank in a row that is updated leaves what stands there."""
    return tuple(
        (at, text)
        for at, text in enumerate(row.texts)
        if text is not None and targets[at].takes and (blanks or text.strip())
    )


def _foresee(
    model: SheetModel, targets: Sequence[Target], top: int, rows: Sequence[Row], where: Where
) -> Generator[None, None, Foreseen]:
    lines, lost = lines_for(model, targets, rows, where, top)
    pasting, lines_at_once = Pasting(), max(1, _CELLS_AT_ONCE // len(targets))
    for read, _ in enumerate(prepare_steps(model, lines, pasting), start=1):
        if not read % lines_at_once:
            yield
    cells = [
        [_previewed(pasting, number, column, texts) for column in range(len(targets))]
        for number, texts in enumerate(_seen(model, rows, lines, where))
    ]
    numbers = [row.number for row in _kept(model, targets, rows, where)]
    return Foreseen(
        _sentence(lines, lost, pasting),
        cells,
        numbers,
        _report(model, pasting, numbers, lost),
    )


def _seen(
    model: SheetModel, rows: Sequence[Row], lines: Sequence[Line], where: Where
) -> list[dict[int, str]]:
    """The texts to show for each line: of fixed rows their own names too."""
    if isinstance(model, RowsModel) or where is not Where.NAMES:
        return [{n: t for n, t in enumerate(row.texts) if t} for row in rows]
    fixed = [n for n, column in enumerate(model.sheet_columns) if column.fixed]
    return [
        {n: model.text_at(model.keys.index(line.row), n) for n in fixed} if line.row else {}
        for line in lines
    ]


def _previewed(pasting: Pasting, number: int, column: int, texts: dict[int, str]) -> Previewed:
    landed = pasting.landed.get((number, column))
    if landed is None:
        return Previewed(texts.get(column, ""))
    return Previewed(landed.text, landed.why, landed.refused)


def _sentence(lines: Sequence[Line], lost: Sequence[str], pasting: Pasting) -> str:
    updated = len(lines) - pasting.added
    said: list[str] = []
    if pasting.added:
        said.append(tr("将新增 {0} 行").format(pasting.added))
    if updated:
        said.append(tr("将改写 {0} 行").format(updated))
    begun = "，".join(said) or tr("没有一行对得上")
    if lost:
        begun += tr("，{0} 行没有对应的行、不取").format(len(lost))
    if not pasting.refused:
        return tr("{0}。各格都能识别。").format(begun)
    first = next(iter(pasting.refused.values()))
    words = tr("{0}。{1} 格无法识别，会原样留在格中待改，例如：{2}")
    return words.format(begun, len(pasting.refused), first.why)


def _report(
    model: SheetModel, pasting: Pasting, numbers: Sequence[int], lost: Sequence[str]
) -> list[str]:
    """What the planner should know before taking: conversions, cells left out, names not found."""
    said, heads = list[str](), _heads(columns_of(model))
    for each in pasting.converted.values():
        words = tr("“{0}”由{1}换算为{2}，{3} 格，如 {4} → {5}。")
        head = heads[each.column]
        said.append(
            words.format(
                head,
                each.source,
                each.target or tr("无单位"),
                each.count,
                each.example,
                each.result,
            )
        )
    if pasting.skipped:
        said.append(tr("{0} 格由公式计算或本行不用填，跳过。").format(pasting.skipped))
    if lost:
        named = "、".join(lost[:_MOST_NAMED])
        more = tr("等") if len(lost) > _MOST_NAMED else ""
        said.append(tr("表中没有这些行，不取：{0}{1}。").format(named, more))
    refused = [(place, landed) for place, landed in pasting.landed.items() if landed.refused]
    for (line, column), landed in refused[:_MOST_NAMED]:
        head = heads[column]
        said.append(tr("第 {0} 行“{1}”：{2}").format(numbers[line], head, landed.why))
    return said


def fits_of(pack: Pack) -> Fits:
    """Whether a figure in one unit can be read in another; of the same, whether it is one."""

    def fits(unit: str, wanted: str) -> bool:
        if unit == wanted:
            try:
                pack.units.parse(unit)
            except UnitError:
                return False
            return True
        return pack.units.ratio_typed(unit, wanted) is not None

    return fits


def _upright(targets: Sequence[Target], names: Sequence[str]) -> Callable[[Lines], Lines]:
    """Years down and quantities across are turned: a fixed table has them the other way."""
    years = [target for target in targets if target.takes]

    def score(lines: Lines) -> int:
        head = lines.heads(head_row(lines, years))
        along = sum(place is not None for place in matched(head, years))
        down = [row[0] for row in lines.rows if row]
        return along + sum(place is not None for place in rows_by_name(down, names))

    def upright(lines: Lines) -> Lines:
        other = turned_below_titles(lines)
        return other if score(other) > score(lines) else lines

    return upright


def _places(
    targets: Sequence[Target], names: Sequence[str], cursor: Cursor, lines: Lines, number: int
) -> list[int | None]:
    """By the heads, else in order from the cursor on; names of fixed rows by what they say."""
    naming = _naming_column(lines, names)
    if number:
        places = matched(head_texts(lines, number, targets), targets)
    elif naming is None:
        return in_order(lines, targets, cursor.columns)
    else:
        begins = cursor.columns and targets[cursor.columns[0]].takes
        order = cursor.columns if begins else range(len(targets))
        kept = [n for n in range(len(lines.columns)) if n != naming]
        rest = Lines(tuple(kept), lines.numbers, ())
        places = [None if n is None else kept[n] for n in in_order(rest, targets, order)]
    at = next((n for n, target in enumerate(targets) if target.names), None)
    if naming is not None and at is not None:
        places = [None if place == naming else place for place in places]
        places[at] = naming
    return places


def _naming_column(lines: Lines, names: Sequence[str]) -> int | None:
    """The column of a block that holds most names of the fixed rows, if any does."""
    best, most = None, 0
    for at in range(len(lines.columns) if names else 0):
        texts = [row[at] for row in lines.rows]
        found = sum(place is not None for place in rows_by_name(texts, names))
        if found > most:
            best, most = at, found
    return best
