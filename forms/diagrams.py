"""Works out what a diagram shows, from nothing but the evaluated plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from forms.contributions import contributions, indicator_name
from forms.diagram_data import (
    Chain,
    DiagramData,
    Figures,
    Line,
    Link,
    Schedule,
    Span,
    SpanGroup,
)
from forms.diagram_sources import (
    FromContributions,
    FromFlows,
    FromIndicators,
    FromLinks,
    FromRows,
    FromSchedule,
    FromSummary,
    FromYears,
    Shape,
)
from forms.evaluation import as_number, without_padding
from forms.flow_diagrams import flows_of, row_words
from forms.kinds import Choice, Kind, unit_of
from forms.overview import summarise
from forms.places import slot_at
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_TARGET,
    Diagram,
    IndicatorTable,
    Summary,
    Table,
    YearTable,
)
from forms.values import YearMonth
from forms.view import PlanView
from forms.wording import figure_text, word

_HUNDRED = Decimal(100)
_INDEX_DECIMALS = 2


def diagram_data(view: PlanView, diagram: Diagram) -> DiagramData | None:
    """What a diagram shows now; it is worth drawing when this is not None."""
    source = diagram.source
    match source:
        case FromSummary():
            return _summary(view, source)
        case FromRows():
            return _rows(view, source)
        case FromYears():
            return _years(view, source)
        case FromIndicators():
            return _indicators(view, source)
        case FromContributions():
            return _contributions(view, source)
        case FromSchedule():
            return _schedule(view, source)
        case FromFlows():
            return flows_of(view, source)
        case FromLinks():
            return _links(view, source)
        case _:
            assert_never(source)


def _worth(figures: Figures) -> Figures | None:
    """The figures without empty categories and lines; None when nothing is left but zeros."""
    kept = [
        at
        for at in range(len(figures.categories))
        if any(line.values[at] is not None for line in figures.lines)
    ]
    lines = tuple(
        Line(
            line.name,
            tuple(line.values[at] for at in kept),
            tuple(line.texts[at] for at in kept),
        )
        for line in figures.lines
        if any(line.values)
    )
    if not lines:
        return None
    names = tuple(figures.categories[at] for at in kept)
    return replace(figures, categories=names, lines=lines)


def _line(view: PlanView, name: str, kind: Kind, values: Iterable[Decimal | None]) -> Line:
    figures = tuple(values)
    return Line(name, figures, tuple(word(view.pack, kind, figure) for figure in figures))


def _summary(view: PlanView, source: FromSummary) -> Figures | None:
    item = view.pack.index.items[source.source.section, source.source.item]
    assert isinstance(item, Summary)  # the loader has checked this
    if not view.rows(item.source) or not view.shows_item(item):
        return None
    made = summarise(view, item)
    kind = made.kinds[0]
    measured = made.heads[0].partition("（")[0]
    line = _line(view, measured, kind, (row.amounts[0] for row in made.rows))
    names = tuple(row.label for row in made.rows)
    return _worth(Figures(source.shape, names, (line,), unit_of(kind), measured))


def _rows(view: PlanView, source: FromRows) -> Figures | None:
    table = view.pack.index.items[source.source.section, source.source.item]
    assert isinstance(table, Table)  # the loader has checked this
    home, column = source.source, table.column(source.columns[0])
    groups = _row_groups(view, source)
    if not groups or not view.shows_item(table):
        return None
    unit, measured = unit_of(column.kind), f"{table.label}{column.label}"
    if column.years is None or source.shape is Shape.PIE:
        year = view.calendar.base if column.years else 0
        lines = tuple(
            _line(
                view,
                each.label,
                each.kind,
                (view.total(home, rows, each.key, year) for rows in groups.values()),
            )
            for each in map(table.column, source.columns)
        )
        return _worth(Figures(source.shape, tuple(groups), lines, unit, measured))
    years = view.years(column.years)
    lines = tuple(
        _line(
            view,
            name,
            column.kind,
            (view.total(home, rows, column.key, year) for year in years),
        )
        for name, rows in groups.items()
    )
    labels = tuple(f"{year}年" for year in years)
    return _worth(Figures(source.shape, labels, lines, unit, measured))


def _row_groups(view: PlanView, source: FromRows) -> dict[str, tuple[str, ...]]:
    """The rows by the name they are shown under."""
    found: dict[str, list[str]] = {}
    for row in view.rows(source.source):
        home = source.source.at_row(row)
        name = row_words(view, home, source.by) if source.by else view.row_name(home)
        found.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _years(view: PlanView, source: FromYears) -> Figures | None:
    table = view.pack.index.items[source.source.section, source.source.item]
    assert isinstance(table, YearTable)  # the loader has checked this
    if not view.shows_item(table):
        return None
    years = view.years(table.years)
    rows = [table.row(key) for key in source.rows]
    lines = tuple(
        _line(
            view,
            row.label,
            row.kind,
            (view.number(source.source.at(row.key, year=year)) for year in years),
        )
        for row in rows
    )
    labels = tuple(f"{year}年" for year in years)
    return _worth(Figures(source.shape, labels, lines, unit_of(rows[0].kind), table.label))


def _indicators(view: PlanView, source: FromIndicators) -> Figures | None:
    """Both values as they are where all have one unit, else the base year as 100."""
    table = view.pack.index.items[source.source.section, source.source.item]
    assert isinstance(table, IndicatorTable)  # the loader has checked this
    if not view.shows_item(table):
        return None
    found: list[_Moved] = []
    for row in map(table.row, source.rows):
        base, target = (
            view.number(source.source.at(row.key, side))
            for side in (INDICATOR_BASE, INDICATOR_TARGET)
        )
        if base is not None and target is not None:
            found.append(_Moved(row.label, row.kind, (base, target)))
    units = {unit_of(each.kind) for each in found}
    is_index = len(units) > 1
    if is_index:
        found = [each for each in found if each.sides[0]]
    names = tuple(
        f"{each.label}（{unit_of(each.kind)}）" if is_index and unit_of(each.kind) else each.label
        for each in found
    )
    lines = tuple(
        Line(
            f"{name}（{year}年）" if year else name,
            tuple(each.index(side) if is_index else each.sides[side] for each in found),
            tuple(word(view.pack, each.kind, each.sides[side]) for each in found),
        )
        for name, side, year in (
            ("基准年", 0, view.calendar.base),
            ("目标年", 1, view.calendar.target),
        )
    )
    unit = "" if is_index else next(iter(units), "")
    return _worth(Figures(Shape.BARS, names, lines, unit, table.label, is_index))


@dataclass(frozen=True, slots=True)
class _Moved:
    """An indicator with its base and its target."""

    label: str
    kind: Kind
    sides: tuple[Decimal, Decimal]

    def index(self, side: int) -> Decimal:
        """One side with the base as 100."""
        share = as_number(without_padding(self.sides[side] / self.sides[0] * _HUNDRED))
        return Decimal(figure_text(share or Decimal(0), _INDEX_DECIMALS))


def _contributions(view: PlanView, source: FromContributions) -> Figures | None:
    table = view.pack.index.items[source.source.section, source.source.item]
    address = source.source.at(source.row, INDICATOR_TARGET)
    slot = slot_at(view.pack, address)
    if slot is None or not view.shows_item(table):
        return None
    found = contributions(view, address)
    if found is None or not found.parts:
        return None
    shown = found.parts[: source.most]
    rest = found.parts[source.most :]
    names = [view.row_name(part.project) for part in shown]
    amounts: list[Decimal | None] = [part.amount for part in shown]
    if rest:
        names.append(f"其余{len(rest)}个项目")
        amounts.append(as_number(without_padding(sum((p.amount for p in rest), Decimal(0)))))
    measured = indicator_name(view.pack, address)
    line = _line(view, measured, slot.kind, amounts)
    return _worth(Figures(Shape.BARS, tuple(names), (line,), unit_of(slot.kind), measured))


def _schedule(view: PlanView, source: FromSchedule) -> Schedule | None:
    table = view.pack.index.items[source.source.section, source.source.item]
    assert isinstance(table, Table)  # the loader has checked this
    if not view.shows_item(table):
        return None
    spans: dict[str, list[Span]] = {}
    undated = 0
    for row in view.rows(source.source):
        start, finish = (
            view.value(source.source.at(row, key)) for key in (source.start, source.finish)
        )
        if not isinstance(start, YearMonth) or not isinstance(finish, YearMonth) or finish < start:
            undated += 1
            continue
        group = view.text(source.source.at(row, source.group)) if source.group else ""
        name = view.row_name(source.source.at_row(row))
        spans.setdefault(group, []).append(Span(name, start, finish))
    if not spans:
        return None
    order = _order(view, table, source.group)
    groups = sorted(
        spans.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 99
    )
    made = tuple(SpanGroup(name, tuple(rows)) for name, rows in groups)
    return Schedule(made, _milestones(view, source), table.row_name, undated)


def _order(view: PlanView, table: Table, group: str) -> list[str]:
    kind = table.column(group).kind if group else None
    if not isinstance(kind, Choice):
        return []
    return [option.label for option in view.pack.index.vocabularies[kind.vocabulary].options]


def _milestones(view: PlanView, source: FromSchedule) -> tuple[tuple[int, str], ...]:
    marks = source.milestones
    if marks is None:
        return ()
    found: list[tuple[int, str]] = []
    for row in view.rows(marks.source):
        year = view.number(marks.source.at(row, marks.year))
        text = view.text(marks.source.at(row, marks.text))
        if year is not None and text:
            found.append((int(year), text))
    return tuple(sorted(found, key=lambda pair: pair[0]))


def _links(view: PlanView, source: FromLinks) -> Chain | None:
    table = view.pack.index.items[source.source.section, source.source.item]
    assert isinstance(table, Table)  # the loader has checked this
    if not view.shows_item(table):
        return None
    home, (column, option) = source.source, source.planned

    def text(row: str, key: str) -> str:
        return view.text(home.at(row, key)).strip() if key else ""

    links = tuple(
        Link(
            text(row, source.start),
            text(row, source.end),
            text(row, source.material),
            text(row, source.owner),
            bool(column) and view.value(home.at(row, column)) == option,
        )
        for row in view.rows(home)
        if text(row, source.start) and text(row, source.end)
    )
    if not links:
        return None
    kind = table.column(column).kind if column else None
    if not isinstance(kind, Choice):
        return Chain(links)
    words = view.pack.index.vocabularies[kind.vocabulary]
    others = [each.label for each in words.options if each.key != option]
    return Chain(links, words.label(option), "、".join(others))
