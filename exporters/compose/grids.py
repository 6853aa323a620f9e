"""Row tables to printed tables: heads over groups and years, totals, sub-totals by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from exporters.compose.prose import plain_text
from exporters.compose.setting import Setting
from exporters.document import Align, Caption, Cell, Column, RowRole, Table, TableRow
from forms.address import Address
from forms.breathing import breathing
from forms.contributions import left_out_projects
from forms.evaluation import without_padding
from forms.kinds import Choice, Kind, Narrative, is_numeric, unit_of
from forms.narrative import plain_prose
from forms.schema import Column as PlanColumn
from forms.schema import Table as PlanTable
from forms.schema import TablePrint
from forms.view import PlanView
from forms.wording import word

_NUMBER_WIDTH = 5
_YEAR_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Slice:
    """One printed column: a column of the plan in one year (0 for none)."""

    column: PlanColumn
    year: int

    @property
    def is_figure(self) -> bool:
        """Whether its cells are right-aligned figures."""
        return is_numeric(self.column.kind)


def grid(
    setting: Setting, home: Address, table: PlanTable, shape: TablePrint, caption: Caption | None
) -> Table | None:
    """The printed table of one print shape; None when the table has no rows."""
    view = setting.view
    rows = view.rows(home)
    if not rows:
        return None
    slices = _slices(view, table, shape)
    figures = [part.column.kind for part in slices if part.is_figure]
    unit = common_unit(figures) if len(figures) > 1 else ""  # a lone figure names its own
    body = tuple(_body(setting, home, table, shape, slices))
    return Table(
        columns=(Column(_NUMBER_WIDTH, Align.CENTRE), *(_column(part) for part in slices)),
        head=_head(slices, unit),
        body=body,
        caption=caption,
        unit=unit,
        notes=_notes(view, home, table, shape),
    )


def printed_order(view: PlanView, home: Address, table: PlanTable) -> tuple[str, ...]:
    """The rows of a table in the order of its first print: every print numbers them alike."""
    rows = view.rows(home)
    if not table.prints:
        return rows
    groups = _groups(view, home, table, table.prints[0], rows)
    return tuple(row for _, members in groups for row in members)


def common_unit(kinds: list[Kind]) -> str:
    """The unit all figures share, or "" when they differ and each head names its own."""
    units = {unit_of(kind) for kind in kinds}
    return units.pop() if len(units) == 1 else ""


def figure_align(kind: Kind) -> Align:
    """Figures stand right, prose left, short words in the middle."""
    if is_numeric(kind):
        return Align.RIGHT
    return Align.LEFT if isinstance(kind, Narrative) else Align.CENTRE


def _slices(view: PlanView, table: PlanTable, shape: TablePrint) -> tuple[Slice, ...]:
    return tuple(
        Slice(column, year)
        for key in (*shape.repeats, *shape.columns)
        for column in (table.column(key),)
        for year in view.years(column.years)
    )


def _column(part: Slice) -> Column:
    width = _YEAR_WIDTH if part.year else part.column.width
    align = (
        Align.LEFT
        if part.column.width >= 14 and not part.is_figure
        else figure_align(part.column.kind)
    )
    return Column(max(width, 3), align)


def _head(slices: tuple[Slice, ...], unit: str) -> tuple[TableRow, ...]:
    groups = [(over, list(parts)) for over, parts in groupby(slices, key=_over)]
    if not any(_is_grouped(over, parts) for over, parts in groups):
        cells = (Cell("序号"), *(Cell(_label(part, unit)) for part in slices))
        return (_centred(cells),)
    upper, lower = [Cell("序号", rowspan=2)], list[Cell]()
    for over, parts in groups:
        if _is_grouped(over, parts):
            upper.append(Cell(_over_label(parts, over, unit), colspan=len(parts)))
            lower += [Cell(_under(part, unit)) for part in parts]
        else:
            upper += [Cell(_label(part, unit), rowspan=2) for part in parts]
    return (_centred(tuple(upper)), _centred(tuple(lower)))


def _is_grouped(over: str, parts: list[Slice]) -> bool:
    """Whether a head stands over columns: years always, a group only over two or more."""
    return bool(over) and (parts[0].year != 0 or len(parts) > 1)


def _centred(cells: tuple[Cell, ...]) -> TableRow:
    return TableRow(
        tuple(Cell(c.text, c.colspan, c.rowspan, Align.CENTRE, c.address) for c in cells)
    )


def _over(part: Slice) -> str:
    """What stands above a column: its own name over its years, else the group of its figures."""
    if part.year:
        return part.column.label
    return part.column.group if part.is_figure else ""


def _over_label(parts: list[Slice], over: str, unit: str) -> str:
    own = unit_of(parts[0].column.kind)
    return f"{over}（{own}）" if parts[0].year and own and not unit else over


def _under(part: Slice, unit: str) -> str:
    return f"{part.year}年" if part.year else _label(part, unit)


def _label(part: Slice, unit: str) -> str:
    own = unit_of(part.column.kind)
    return f"{part.column.label}（{own}）" if own and not unit else part.column.label


def _body(
    setting: Setting, home: Address, table: PlanTable, shape: TablePrint, slices: tuple[Slice, ...]
) -> Iterator[TableRow]:
    view = setting.view
    rows = printed_order(view, home, table)
    number = 0
    for label, members in _groups(view, home, table, shape, rows):
        if label:
            yield TableRow((Cell(label, colspan=len(slices) + 1),), RowRole.GROUP)
        for row in breathing(members):
            number += 1
            yield _row(setting, home, slices, row, number)
        if label:
            yield from _total(view, home, slices, members, "小计")
    yield from _total(view, home, slices, rows, "合计")
    left = _left_out(view, home, shape)
    if left:
        counted = tuple(row for row in rows if row not in left)
        names = [table.column(key).label for key in left.values()]
        yield from _total(view, home, slices, counted, f"其中：{names[0]}")


def _left_out(view: PlanView, home: Address, shape: TablePrint) -> dict[str, str]:
    """Projects whose benefits a promised saving leaves out, with the printed column that decides.

    Empty for a print without that column, such as one of investments: there everything counts.
    """
    if home != view.pack.roles.projects:
        return {}
    printed = {*shape.repeats, *shape.columns}
    left = {one.project.row: one.column for one in left_out_projects(view)}
    return {row: column for row, column in left.items() if column in printed}


def _notes(view: PlanView, home: Address, table: PlanTable, shape: TablePrint) -> tuple[str, ...]:
    left = _left_out(view, home, shape)
    if not left:
        return ()
    label = table.column(next(iter(left.values()))).label
    return (f"“合计”为全部项目之和；预期成效只取“其中：{label}”一行，不含另外{len(left)}个项目。",)


def _groups(
    view: PlanView, home: Address, table: PlanTable, shape: TablePrint, rows: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    kind = table.column(shape.group_by).kind if shape.group_by else None
    if not isinstance(kind, Choice):
        yield "", rows
        return
    options = view.pack.index.vocabularies[kind.vocabulary].options
    groups: dict[str, list[str]] = {option.key: [] for option in options}
    left: list[str] = []
    for row in breathing(rows):
        chosen = view.value(home.at(row, shape.group_by))
        group = groups.get(chosen, left) if isinstance(chosen, str) else left
        group.append(row)
    for option in options:
        members = tuple(groups[option.key])
        if members:
            yield f"{option.label}（{len(members)}个）", members
    if left:
        yield f"未归类（{len(left)}个）", tuple(left)


def _row(
    setting: Setting, home: Address, slices: tuple[Slice, ...], row: str, number: int
) -> TableRow:
    view = setting.view
    cells = [Cell(str(number))]
    for part in slices:
        address = home.at(row, part.column.key, part.year)
        shown = view.shows_cell(part.column, home.at_row(row))
        text = view.text(address) if shown else ""
        if isinstance(part.column.kind, Narrative):
            text = plain_text(setting, plain_prose(text))
        cells.append(Cell(text, address=str(address)))
    return TableRow(tuple(cells), key=row)


def _total(
    view: PlanView, home: Address, slices: tuple[Slice, ...], rows: tuple[str, ...], name: str
) -> Iterator[TableRow]:
    texts = [_sum(view, home, rows, part) for part in breathing(slices)]
    if not any(texts):
        return
    names = ["", name] if not texts[0] else [name, texts[0]]
    yield TableRow(tuple(Cell(text) for text in (*names, *texts[1:])), RowRole.TOTAL)


def _sum(view: PlanView, home: Address, rows: tuple[str, ...], part: Slice) -> str:
    if not part.column.total:
        return ""
    total = without_padding(view.total(home, rows, part.column.key, part.year))
    return word(view.pack, part.column.kind, total)
