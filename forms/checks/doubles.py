"""Doubles: rows of one table that bear the same name, which is mostly one thing entered twice."""

from __future__ import annotations

from collections.abc import Iterator

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.schema import Severity, Table
from forms.view import PlanView

RULE_NAME = "DBL-101"
_BREATH = 100  # rows looked at between two steps
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
    cells: dict[str, list[Address]] = {}
    for number, row in enumerate(view.rows(home)):
        cell = home.at(row, table.naming)
        name = "".join(view.text(cell).split())
        if name:
            cells.setdefault(name, []).append(cell)
        if number % _BREATH == 0:
            yield None
    for name, places in cells.items():
        if len(places) > 1:
            yield Finding(
                RULE_NAME,
                Severity.SHOULD,
                f"“{table.label}”中有 {len(places)} 行都叫“{name}”，可能重复填报。",
                "合并重复的行，或把名称改得能够区分。",
                tuple(places[:_NAMED_AT_MOST]),
            )
