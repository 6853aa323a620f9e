"""各项目对预期成效的贡献: project by saving, amounts and shares, each column adding up exactly."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from exporters.compose.grids import printed_order
from exporters.compose.setting import Setting, value_with_unit
from exporters.document import Align, Block, Cell, Column, RowRole, Table, TableRow
from forms.address import Address
from forms.breathing import breathing
from forms.contributions import (
    Contributions,
    Part,
    indicator_name,
    left_out_projects,
    shown_contributions,
)
from forms.evaluation import without_padding
from forms.kinds import Kind, Percent, unit_of
from forms.places import slot_at
from forms.schema import Table as PlanTable
from forms.view import PlanView
from forms.wording import word

AMOUNTS, SHARES = "各项目的贡献量", "各项目的贡献占比"
_ALL_PRINTED = 60  # as many projects are all printed
_LARGEST = 8  # of more projects: those among so many largest of any saving
_NAMED = 12
_SHARE = Percent(2)
_NAME_WIDTH, _FIGURE_WIDTH = 26, 9


def has_contributions(view: PlanView) -> bool:
    """Whether any project brings any saving."""
    return any(each.parts for each in shown_contributions(view))


def contribution_tables(setting: Setting) -> Iterator[Block]:
    """The table of amounts and the table of shares."""
    view = setting.view
    found = tuple(shown_contributions(view))
    rows, others = _printed(view, found)
    for title, body, notes in (
        (AMOUNTS, _amounts(view, found, rows, others), tuple(_notes(view, found))),
        (SHARES, _shares(view, found, rows, others), (_SHARE_NOTE,)),
    ):
        is_share = title == SHARES
        head = TableRow(
            tuple(
                Cell(text, align=Align.CENTRE)
                for text in ("序号", "项目", *(_head(view, each, is_share) for each in found))
            )
        )
        columns = (
            Column(5, Align.CENTRE),
            Column(_NAME_WIDTH),
            *(Column(_FIGURE_WIDTH, Align.RIGHT) for _ in found),
        )
        unit = "%" if is_share else ""
        yield Table(columns, (head,), tuple(body), setting.numbers.table(title), unit, notes)


_NUMBERED = "序号为项目在重点项目表中的序号。"
_SHARE_NOTE = (
    "占比为项目贡献量占全部计入项目贡献量之和的比例，因四舍五入，各项之和可能与100略有出入。"
)


def _numbers(view: PlanView) -> dict[Address, int]:
    """The number each project has in the tables of projects, in their order."""
    home = view.pack.roles.projects
    table = view.pack.index.items[home.section, home.item]
    rows = printed_order(view, home, table) if isinstance(table, PlanTable) else view.rows(home)
    return {home.at_row(row): number for number, row in enumerate(breathing(rows), start=1)}


def _printed(
    view: PlanView, found: tuple[Contributions, ...]
) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """The projects printed one by one in the order of their table, and those put together."""
    bringing = {part.project for each in found for part in each.parts}
    ordered = tuple(row for row in _numbers(view) if row in bringing)
    if len(ordered) <= _ALL_PRINTED:
        return ordered, ()
    large = {part.project for each in found for part in each.parts[:_LARGEST]}
    return (
        tuple(row for row in ordered if row in large),
        tuple(row for row in ordered if row not in large),
    )


def _amounts(
    view: PlanView,
    found: tuple[Contributions, ...],
    rows: tuple[Address, ...],
    others: tuple[Address, ...],
) -> Iterator[TableRow]:
    amounts = [{part.project: part.amount for part in each.parts} for each in found]
    kinds = [_kind(view, each) for each in found]

    def texts(figures: list[Decimal | None]) -> tuple[Cell, ...]:
        return tuple(
            Cell(word(view.pack, kind, figure) or "—")
            for kind, figure in zip(kinds, figures, strict=True)
        )

    numbers = _numbers(view)
    for row in breathing(rows):
        cells = texts([column.get(row) for column in amounts])
        yield TableRow((Cell(str(numbers[row])), Cell(view.row_name(row)), *cells), key=row.row)
    if others:
        sums = [_sum_of(column.get(row) for row in others) for column in amounts]
        yield TableRow((Cell(""), Cell(f"其余{len(others)}个项目"), *texts(sums)))
    rests = [_sum_of(rest.amount for rest in each.rests) for each in found]
    if any(rest is not None for rest in rests):
        whole: list[Decimal | None] = [each.from_projects for each in found]
        yield TableRow((Cell(""), Cell("项目小计"), *texts(whole)))
        yield TableRow((Cell(""), Cell("项目以外的部分（见表注）"), *texts(rests)))
    totals = texts([each.total for each in found])
    yield TableRow((Cell(""), Cell("合计（指标目标年值）"), *totals), RowRole.TOTAL)


def _shares(
    view: PlanView,
    found: tuple[Contributions, ...],
    rows: tuple[Address, ...],
    others: tuple[Address, ...],
) -> Iterator[TableRow]:
    parts: list[dict[Address, Part]] = [
        {part.project: part for part in each.parts} for each in found
    ]

    def text(share: Decimal | None) -> Cell:
        return Cell(word(view.pack, _SHARE, share) or "—")

    numbers = _numbers(view)
    for row in breathing(rows):
        cells = (text(column[row].share if row in column else None) for column in parts)
        yield TableRow((Cell(str(numbers[row])), Cell(view.row_name(row)), *cells), key=row.row)
    if others:
        sums = (
            text(_sum_of(column[row].share for row in others if row in column)) for column in parts
        )
        yield TableRow((Cell(""), Cell(f"其余{len(others)}个项目"), *sums))
    whole = (Cell("100" if each.from_projects else "—") for each in found)
    yield TableRow((Cell(""), Cell("合计"), *whole), RowRole.TOTAL)


def _sum_of(figures: Iterator[Decimal | None]) -> Decimal | None:
    present = [figure for figure in figures if figure is not None]
    whole = without_padding(sum(present, Decimal(0))) if present else None
    return whole if isinstance(whole, Decimal) else None


def _kind(view: PlanView, each: Contributions) -> Kind:
    slot = slot_at(view.pack, each.address)
    assert slot is not None  # it has contributions
    return slot.kind


def _head(view: PlanView, each: Contributions, is_share: bool) -> str:
    name = indicator_name(view.pack, each.address)
    unit = unit_of(_kind(view, each))
    return name if is_share or not unit else f"{name}（{unit}）"


def _notes(view: PlanView, found: tuple[Contributions, ...]) -> Iterator[str]:
    yield _NUMBERED
    for each in found:
        name = indicator_name(view.pack, each.address)
        said = "；".join(f"{rest.name} {_amount(view, each, rest.amount)}" for rest in each.rests)
        if said:
            yield f"{name}中项目以外的部分：{said}。"
    left = left_out_projects(view)
    if left:
        names = "、".join(f"“{view.row_name(one.project)}”（{one.why}）" for one in left[:_NAMED])
        more = f"等{len(left)}个项目" if len(left) > _NAMED else ""
        yield f"有效益而未计入目标年成效的项目：{names}{more}。"


def _amount(view: PlanView, each: Contributions, amount: Decimal) -> str:
    kind = _kind(view, each)
    sign = "+" if amount > 0 else ""
    return f"{sign}{value_with_unit(word(view.pack, kind, amount), kind)}"
