"""Tables of fixed rows to printed tables: quantities by year, indicators, summaries, listings."""

from __future__ import annotations

from exporters.compose.grids import common_unit, figure_align
from exporters.document import Align, Caption, Cell, Column, RowRole, Table, TableRow
from forms.address import Address
from forms.kinds import Percent, is_numeric, unit_of
from forms.listing import ListedTable, indicator_text
from forms.overrides import override_sentence, overrides
from forms.overview import SummaryRow, SummaryTable
from forms.places import slot_at
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_CHANGE,
    INDICATOR_NOTE,
    INDICATOR_RATE,
    INDICATOR_REASON,
    INDICATOR_SOURCE,
    INDICATOR_TARGET,
    Indicator,
    IndicatorTable,
    YearTable,
)
from forms.view import PlanView
from forms.wording import word

_SHARE = Percent()
_WORDED_WIDTH = 17  # a figure with its unit: 12.19 个百分点
NOT_APPLICABLE = "—"
_ROUNDED = "变化量、变化率按四舍五入前的数值计算，末位可能与表中数值直接计算的结果略有出入。"
_SEE_NOTE = "采用填报值，见表注"


def year_grid(
    view: PlanView, home: Address, table: YearTable, caption: Caption | None
) -> Table | None:
    """A year table with its rows down and years across; None when nothing is known yet."""
    years = view.years(table.years)
    addresses = {row.key: [home.at(row.key, year=year) for year in years] for row in table.rows}
    if not any(view.text(address) for cells in addresses.values() for address in cells):
        return None
    unit = common_unit([row.kind for row in table.rows])
    head = ["指标", *([] if unit else ["单位"]), *(f"{year}年" for year in years)]
    body = tuple(
        TableRow(
            (
                Cell(f"　其中：{row.label}" if row.of_which else row.label),
                *([] if unit else [Cell(unit_of(row.kind))]),
                *(Cell(view.text(address), address=str(address)) for address in addresses[row.key]),
            ),
            key=row.key,
        )
        for row in table.rows
        if any(view.text(address) for address in addresses[row.key])
    )
    columns = (
        Column(22),
        *([] if unit else [Column(8, Align.CENTRE)]),
        *(Column(10, Align.RIGHT) for _ in years),
    )
    return Table(columns, (_head(head),), body, caption, unit)


def indicator_grid(
    view: PlanView, home: Address, table: IndicatorTable, caption: Caption | None
) -> Table | None:
    """The indicator table; indicators without a target or anything typed are left out."""
    rows = [row for row in table.rows if _is_stated(view, home, row)]
    if not rows:
        return None
    names = ("基准年值", "目标年值", "变化量", "变化率（%）")
    head = ("序号", "类别", "指标", "单位", *names, "计算式", "数据来源", "备注")
    widths = (5, 9, 15, 9, 9, 9, 14, 8, 18, 17, 14)
    aligns = (Align.CENTRE,) * 4 + (Align.RIGHT,) * 4 + (Align.LEFT,) * 3
    columns = tuple(Column(w, a) for w, a in zip(widths, aligns, strict=True))
    body = tuple(_indicator(view, home, row, number) for number, row in enumerate(rows, start=1))
    notes = (_ROUNDED, *(override_sentence(override) for override in overrides(view, home)))
    return Table(columns, (_head(list(head)),), body, caption, notes=notes)


def summary_grid(
    summary: SummaryTable, label: str, view: PlanView, caption: Caption | None
) -> Table:
    """A summary with its 合计 row and shares."""
    head = [label, *(["项目数（个）"] if summary.counts else []), *summary.heads, "占比（%）"]
    columns = (
        Column(24),
        *([Column(10, Align.RIGHT)] if summary.counts else []),
        *(Column(14, Align.RIGHT) for _ in summary.heads),
        Column(10, Align.RIGHT),
    )
    rows = (*(_summary_row(view, summary, row) for row in summary.rows),)
    total = TableRow(_summary_row(view, summary, summary.total).cells, RowRole.TOTAL)
    return Table(columns, (_head(head),), (*rows, total), caption)


def listing_grid(listed: ListedTable, caption: Caption | None) -> Table | None:
    """A listing; None when nothing belongs here yet."""
    if not listed.rows:
        return None
    columns = [Column(5, Align.CENTRE)]
    for position, kind in enumerate(listed.kinds):
        align = Align.LEFT if position == 0 else figure_align(kind)
        worded = is_numeric(kind) and any(row.texts[position][-1:].isalpha() for row in listed.rows)
        width = _WORDED_WIDTH if worded else 12
        columns.append(Column(24 if position == 0 else width, align))
    notes = (_ROUNDED,) if listed.moves else ()
    body = tuple(
        TableRow((Cell(str(number)), *(Cell(text) for text in row.texts)))
        for number, row in enumerate(listed.rows, start=1)
    )
    return Table(tuple(columns), (_head(["序号", *listed.heads]),), body, caption, notes=notes)


def _is_stated(view: PlanView, home: Address, row: Indicator) -> bool:
    typed = view.answers.row_values(home.at_row(row.key))
    return bool(typed or view.text(home.at(row.key, INDICATOR_TARGET)))


def _head(labels: list[str]) -> TableRow:
    return TableRow(tuple(Cell(label, align=Align.CENTRE) for label in labels))


def _indicator(view: PlanView, home: Address, row: Indicator, number: int) -> TableRow:
    def cell(column: str) -> Cell:
        address = home.at(row.key, column)
        if slot_at(view.pack, address) is None:  # a saving has no base, a percentage no rate
            return Cell(NOT_APPLICABLE)
        return Cell(indicator_text(view, address), address=str(address))

    moved = (INDICATOR_BASE, INDICATOR_CHANGE, INDICATOR_RATE)
    first, change, rate = (cell(column) for column in moved)
    source, note = cell(INDICATOR_SOURCE), cell(INDICATOR_NOTE)
    stated = source if source.text else Cell(row.guidance.source)
    sides = (home.at(row.key, side) for side in (INDICATOR_BASE, INDICATOR_TARGET))
    is_overridden = any(view.is_overridden(side) for side in sides)
    reason = Cell(_SEE_NOTE) if is_overridden else cell(INDICATOR_REASON)
    if note.text and reason.text:
        note = Cell(f"{note.text}；{reason.text}")
    elif reason.text:
        note = reason
    return TableRow(
        (
            Cell(str(number)),
            Cell(row.category),
            Cell(row.label),
            Cell(unit_of(row.kind)),
            first,
            cell(INDICATOR_TARGET),
            change,
            rate,
            Cell(row.method),
            stated,
            note,
        ),
        key=row.key,
    )


def _summary_row(view: PlanView, summary: SummaryTable, row: SummaryRow) -> TableRow:
    amounts = zip(summary.kinds, row.amounts, strict=True)
    return TableRow(
        (
            Cell(row.label),
            *([Cell(str(row.count))] if summary.counts else []),
            *(
                Cell(word(view.pack, kind, amount) if is_numeric(kind) else "")
                for kind, amount in amounts
            ),
            Cell(word(view.pack, _SHARE, row.share)),
        )
    )
