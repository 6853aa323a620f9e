"""Reads sections and their items from a chapter file."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from forms.loading.diagrams import read_diagram_source
from forms.loading.node import Node
from forms.loading.shapes import (
    read_address,
    read_computed,
    read_condition,
    read_guidance,
    read_kind,
)
from forms.schema import (
    Column,
    Diagram,
    Direction,
    Field,
    FieldPrint,
    GroupKind,
    Indicator,
    IndicatorTable,
    Item,
    Listing,
    Mark,
    Period,
    Place,
    PrintStyle,
    Section,
    Summary,
    Table,
    TablePrint,
    YearRow,
    YearTable,
)


def read_section(node: Node, place: Place) -> Section:
    """One section; `place` is its chapter's."""
    return Section(
        node.key(),
        node.text("title"),
        node.text("purpose"),
        node.children("items", _read_item),
        node.texts("clauses"),
        read_condition(node),
        node.one_of("place", Place, place),
        node.texts("points"),
        node.flag("headed", default=True),
        node.flag("new_page", default=True),
    )


def _read_item(node: Node) -> Item:
    name = node.text("type")
    reader = _ITEMS.get(name)
    if reader is None:
        raise node.fail(f"没有“{name}”这种项目", "type")
    return reader(node)


def _read_field(node: Node) -> Field:
    return Field(
        node.key(),
        node.text("label"),
        read_kind(node),
        read_guidance(node),
        node.one_of("mark", Mark, Mark.OPTIONAL),
        node.text("group", ""),
        read_condition(node),
        read_computed(node),
        node.text("default", ""),
        node.one_of("printed", FieldPrint, FieldPrint.AUTO),
        node.flag("decisive", default=False),
    )


def _read_table(node: Node) -> Table:
    columns = node.children("columns", _read_column)
    if not columns:
        raise node.fail("表格没有列", "columns")
    label = node.text("label")
    return Table(
        node.key(),
        label,
        node.text("row_name"),
        columns,
        read_guidance(node),
        node.one_of("mark", Mark, Mark.OPTIONAL),
        read_condition(node),
        node.children("prints", _read_print)
        or (TablePrint(label, tuple(column.key for column in columns)),),
        node.text("naming", columns[0].key),
        node.flag("grid", default=False),
        _read_seeds(node),
    )


def _read_seeds(node: Node) -> tuple[tuple[tuple[str, str], ...], ...]:
    value = node.raw("seeds")
    if value is None:
        return ()
    if not isinstance(value, list):
        raise node.fail("应为表的列表", "seeds")
    rows = {str(number): row for number, row in enumerate(cast("list[object]", value), start=1)}
    wrapped = Node(node.file, f"{node.path}.seeds", rows)
    return tuple(wrapped.pairs(number) for number in rows)


def _period(node: Node) -> Period | None:
    return node.one_of("years", Period) if node.has("years") else None


def _read_column(node: Node) -> Column:
    return Column(
        node.key(),
        node.text("label"),
        read_kind(node),
        read_guidance(node),
        node.one_of("mark", Mark, Mark.OPTIONAL),
        node.text("group", ""),
        _period(node),
        read_condition(node),
        read_computed(node),
        node.text("default", ""),
        node.flag("total", default=False),
        node.integer("width", 10),
    )


def _read_print(node: Node) -> TablePrint:
    return TablePrint(
        node.text("title"),
        node.texts("columns"),
        node.one_of("style", PrintStyle, PrintStyle.GRID),
        node.text("annex", ""),
        node.texts("repeats"),
        node.text("group_by", ""),
    )


def _read_year_table(node: Node) -> YearTable:
    return YearTable(
        node.key(),
        node.text("label"),
        node.children("rows", _read_year_row),
        node.one_of("years", Period),
        read_guidance(node),
        node.one_of("mark", Mark, Mark.OPTIONAL),
        read_condition(node),
        node.text("annex", ""),
    )


def _read_year_row(node: Node) -> YearRow:
    return YearRow(
        node.key(),
        node.text("label"),
        read_kind(node),
        read_guidance(node),
        node.one_of("mark", Mark, Mark.OPTIONAL),
        node.text("group", ""),
        read_computed(node),
        node.text("of_which", ""),
    )


def _read_indicators(node: Node) -> IndicatorTable:
    return IndicatorTable(
        node.key(),
        node.text("label"),
        node.children("rows", _read_indicator),
        read_guidance(node),
        node.one_of("mark", Mark, Mark.NOTICE),
        read_condition(node),
        node.text("annex", ""),
    )


def _read_indicator(node: Node) -> Indicator:
    return Indicator(
        node.key(),
        node.text("label"),
        node.text("category"),
        read_kind(node),
        read_guidance(node),
        node.one_of("mark", Mark, Mark.OPTIONAL),
        node.one_of("direction", Direction),
        node.text("method"),
        node.formula("base"),
        node.formula("target"),
        node.flag("has_base", default=True),
    )


def _read_summary(node: Node) -> Summary:
    return Summary(
        node.key(),
        node.text("label"),
        read_address(node, "source"),
        node.one_of("by", GroupKind),
        node.texts("columns"),
        node.texts("amounts"),
        read_guidance(node),
        node.text("extra", ""),
        read_condition(node),
        node.text("annex", ""),
    )


def _read_listing(node: Node) -> Listing:
    where = node.texts("where")
    if where and len(where) != 2:
        raise node.fail("应为列和选项两项", "where")
    return Listing(
        node.key(),
        node.text("label"),
        read_address(node, "source"),
        (where[0], where[1]) if where else ("", ""),
        node.texts("columns"),
        read_guidance(node),
        read_condition(node),
    )


def _read_diagram(node: Node) -> Diagram:
    return Diagram(
        node.key(),
        node.text("label"),
        read_diagram_source(node),
        read_guidance(node),
        node.text("note", ""),
        read_condition(node),
    )


_ITEMS: dict[str, Callable[[Node], Item]] = {
    "field": _read_field,
    "table": _read_table,
    "year_table": _read_year_table,
    "indicators": _read_indicators,
    "summary": _read_summary,
    "listing": _read_listing,
    "diagram": _read_diagram,
}
