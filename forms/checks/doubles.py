"""Doubles: rows of one table that bear the same name, which is mostly one thing entered twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.kinds import Text
from forms.schema import Severity, Table
from forms.values import Value
from forms.view import PlanView

RULE_NAME = "DBL-101"
_NAMED_AT_MOST = 6


def doubles(view: PlanView) -> Iterator[Step]:
    """One finding for each name that several rows of a table share."""
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            if isinstance(item, Table) and view.shows_item(item) and not _names_posts(item):
                yield from _in_table(view, item, Address(section.key, item.key))


def _names_posts(table: Table) -> bool:
    """Whether rows are named by what the pack offers (posts, kinds), which several may share."""
    return any(column == table.naming for seed in table.seeds for column, _ in seed)


def _in_table(view: PlanView, table: Table, home: Address) -> Iterator[Step]:
    yield None
    given = (_names(view, table, home), view.rows(home))
    yield from view.once(RULE_NAME, home, given, partial(_shared, table, home, *given))


def _names(view: PlanView, table: Table, home: Address) -> list[Value | None]:
    """How each row is called."""
    if isinstance(table.column(table.naming).kind, Text):
        return view.figures.column(home, table.naming)
    return [view.text(home.at(row, table.naming)) for row in view.rows(home)]


def _shared(
    table: Table, home: Address, names: list[Value | None], rows: tuple[str, ...]
) -> tuple[Finding, ...]:
    plain = ["".join(str(name).split()) if name else "" for name in names]
    if len(set(plain)) == len(plain):
        return ()
    cells: dict[str, list[Address]] = {}
    for row, name in zip(rows, plain, strict=True):
        if name:
            cells.setdefault(name, []).append(home.at(row, table.naming))
    return tuple(
        Finding(
            RULE_NAME,
            Severity.SHOULD,
            f"“{table.label}”中有 {len(places)} 行都叫“{name}”，可能重复填报。",
            "合并重复的行，或把名称改得能够区分。",
            tuple(places[:_NAMED_AT_MOST]),
        )
        for name, places in cells.items()
        if len(places) > 1
    )
