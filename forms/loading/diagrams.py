"""Reads the diagrams of a pack and refuses those that could never be drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from forms.address import Address
from forms.diagram_sources import (
    DiagramSource,
    Flow,
    FromContributions,
    FromFlows,
    FromIndicators,
    FromLinks,
    FromRows,
    FromSchedule,
    FromSummary,
    FromYears,
    Milestones,
    Shape,
)
from forms.flow_diagrams import NAMED
from forms.kinds import Choice, Kind, Month, Quantity, Year, is_numeric, unit_of
from forms.loading.formulas import Complain
from forms.loading.node import Node
from forms.loading.shapes import read_address
from forms.places import slot_at
from forms.schema import (
    Column,
    Diagram,
    IndicatorTable,
    Item,
    Pack,
    Summary,
    Table,
    YearTable,
)
from forms.units import UnitError


def read_diagram_source(node: Node) -> DiagramSource:
    """What a diagram is drawn from, by its key `draws`."""
    name = node.text("draws")
    reader = _SOURCES.get(name)
    if reader is None:
        raise node.fail(f"没有“{name}”这种图", "draws")
    return reader(node)


def _shape(node: Node) -> Shape:
    return node.one_of("shape", Shape, Shape.BARS)


def _rows(node: Node) -> FromRows:
    return FromRows(
        read_address(node, "source"), node.texts("columns"), _shape(node), node.text("by", "")
    )


def _contributions(node: Node) -> FromContributions:
    return FromContributions(
        read_address(node, "source"), node.text("row"), node.integer("most", 12)
    )


def _schedule(node: Node) -> FromSchedule:
    marks = node.child("milestones")
    milestones = None
    if marks is not None:
        milestones = Milestones(
            read_address(marks, "source"), marks.text("year"), marks.text("text")
        )
        marks.done()
    return FromSchedule(
        read_address(node, "source"),
        node.text("start"),
        node.text("finish"),
        node.text("group", ""),
        milestones,
    )


def _flow(node: Node) -> Flow:
    def optional(key: str) -> Address | None:
        return read_address(node, key) if node.has(key) else None

    return Flow(
        node.text("from"),
        node.text("to"),
        optional("value"),
        optional("table"),
        node.text("amount", ""),
        node.integer("most", 0),
        node.text("others", ""),
        optional("within"),
        node.text("rest", ""),
    )


def _links(node: Node) -> FromLinks:
    planned = node.texts("planned")
    if planned and len(planned) != 2:
        raise node.fail("应为列和选项两项", "planned")
    return FromLinks(
        read_address(node, "source"),
        node.text("from"),
        node.text("to"),
        node.text("material"),
        node.text("owner", ""),
        (planned[0], planned[1]) if planned else ("", ""),
    )


_SOURCES: dict[str, Callable[[Node], DiagramSource]] = {
    "summary": lambda node: FromSummary(read_address(node, "source"), _shape(node)),
    "rows": _rows,
    "years": lambda node: FromYears(read_address(node, "source"), node.texts("rows"), _shape(node)),
    "indicators": lambda node: FromIndicators(read_address(node, "source"), node.texts("rows")),
    "contributions": _contributions,
    "schedule": _schedule,
    "flows": lambda node: FromFlows(node.children("flows", _flow)),
    "links": _links,
}


def check_diagram(pack: Pack, diagram: Diagram, complain: Complain) -> None:
    """Refuse a diagram of what does not exist, is no figure, or is not of one unit."""
    check = _Check(pack, complain)
    source = diagram.source
    match source:
        case FromSummary():
            if not isinstance(check.item(source.source), Summary):
                raise complain(f"图的来源“{source.source}”不是汇总")
        case FromRows():
            check.figures(check.columns(source.source, source.columns))
            check.names(source.source, source.by)
        case FromYears():
            check.years(source)
        case FromIndicators():
            check.indicators(source.source, source.rows)
        case FromContributions():
            check.indicators(source.source, (source.row,))
        case FromSchedule():
            check.schedule(source)
        case FromFlows():
            check.flows(source)
        case FromLinks():
            check.links(source)
        case _:
            assert_never(source)


class _Check:
    """The questions asked of what a diagram names."""

    def __init__(self, pack: Pack, complain: Complain) -> None:
        self._pack = pack
        self._complain = complain

    def item(self, address: Address) -> Item | None:
        return self._pack.index.items.get((address.section, address.item))

    def columns(self, address: Address, keys: Iterable[str]) -> list[Column]:
        table = self.item(address)
        if not isinstance(table, Table):
            raise self._complain(f"图的来源“{address}”不是表格")
        known = {column.key: column for column in table.columns}
        wanted = list(keys)
        unknown = [key for key in wanted if key not in known]
        if unknown or not wanted:
            raise self._complain(f"图中没有列“{'、'.join(unknown)}”")
        return [known[key] for key in wanted]

    def figures(self, columns: list[Column]) -> None:
        if any(isinstance(column.kind, Quantity) and column.kind.row_unit for column in columns):
            raise self._complain("图的一列应只有一个单位")
        self.one_unit([column.kind for column in columns])
        yearly = [column for column in columns if column.years]
        if yearly and len(columns) > 1:
            raise self._complain("分年的列一图只能有一个")

    def one_unit(self, kinds: Iterable[Kind]) -> None:
        units: list[object] = []
        for kind in kinds:
            if not is_numeric(kind):
                raise self._complain("图中的列应为数值")
            try:
                units.append(self._pack.units.parse(unit_of(kind)))
            except UnitError as error:
                raise self._complain(str(error)) from None
        if any(unit != units[0] for unit in units):
            raise self._complain("图中各数应为同一单位")

    def years(self, source: FromYears) -> None:
        table = self.item(source.source)
        if not isinstance(table, YearTable):
            raise self._complain(f"图的来源“{source.source}”不是分年表")
        known = {row.key: row.kind for row in table.rows}
        if not source.rows or not set(source.rows) <= set(known):
            raise self._complain("图的 rows 应为分年表的行")
        self.one_unit(known[key] for key in source.rows)

    def indicators(self, address: Address, rows: tuple[str, ...]) -> None:
        table = self.item(address)
        if not isinstance(table, IndicatorTable):
            raise self._complain(f"图的来源“{address}”不是指标表")
        if not rows or not set(rows) <= {row.key for row in table.rows}:
            raise self._complain("图的 rows 应为指标表的行")

    def schedule(self, source: FromSchedule) -> None:
        months = self.columns(source.source, (source.start, source.finish))
        if not all(isinstance(column.kind, Month) for column in months):
            raise self._complain("进度图的 start 和 finish 应为年月列")
        for column in self.columns(source.source, (source.group,)) if source.group else ():
            if not isinstance(column.kind, Choice):
                raise self._complain("进度图的 group 应为单选列")
        marks = source.milestones
        if marks is not None:
            year, _ = self.columns(marks.source, (marks.year, marks.text))
            if not isinstance(year.kind, Year):
                raise self._complain("进度图节点的 year 应为年份列")

    def flows(self, source: FromFlows) -> None:
        kinds: list[Kind] = []
        for flow in source.flows:
            if (flow.value is None) == (flow.table is None):
                raise self._complain("每一步流向应写 value 或 table 之一")
            kinds += [self._kind(place) for place in (flow.value, flow.within) if place]
            if flow.table is not None:
                kinds += [column.kind for column in self.columns(flow.table, (flow.amount,))]
                self.names(flow.table, flow.start)
                self.names(flow.table, flow.end)
        if not kinds:
            raise self._complain("流向图没有 flows")
        self.one_unit(kinds)

    def _kind(self, address: Address) -> Kind:
        slot = slot_at(self._pack, address)
        if slot is None:
            item = self.item(address)
            if isinstance(item, YearTable) and any(row.key == address.row for row in item.rows):
                return item.row(address.row).kind
            raise self._complain(f"图中没有“{address}”这个数")
        return slot.kind

    def names(self, table: Address, text: str) -> None:
        for found in NAMED.finditer(text):
            column = self.columns(table, (found["column"],))[0]
            words = found["vocabulary"]
            if words and words not in self._pack.index.vocabularies:
                raise self._complain(f"没有词表“{words}”")
            if words and not isinstance(column.kind, Choice):
                raise self._complain(f"图的“{column.key}”不是单选列")
        if "{" in NAMED.sub("", text):
            raise self._complain(f"图的“{text}”应为 {{列}} 或 {{列|词表}}")

    def links(self, source: FromLinks) -> None:
        texts = (source.start, source.end, source.material, source.owner)
        self.columns(source.source, filter(None, texts))
        column, option = source.planned
        if not column:
            return
        kind = self.columns(source.source, (column,))[0].kind
        words = (
            self._pack.index.vocabularies.get(kind.vocabulary) if isinstance(kind, Choice) else None
        )
        if words is None or words.option(option) is None:
            raise self._complain("产业链图的 planned 应为单选列和它的选项")
