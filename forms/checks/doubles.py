"""Doubles: rows of the same name, or projects nearly so, are mostly one thing entered twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.schema import Severity, Table
from forms.view import PlanView

RULE_NAME = "DBL-101"
RULE_PROJECT = "DBL-102"
_BREATH = 100  # rows looked at between two steps
_NAMED_AT_MOST = 6
_SHORTEST_CORE = 4  # characters; what is left of a shorter name says too little
# Words that the same project has in one place and lacks in another; 一期 and 二期 stay apart.
_EMPTY_WORDS = re.compile(
    r"[^\w]|有限责任公司|股份有限公司|有限公司|项目|工程|建设|新建|改建|扩建|改造|升级|提升|实施|年产|及|与|和|的"
)


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
    if home == view.pack.roles.projects:
        yield from _nearly_the_same(view, cells)
    for name, places in cells.items():
        if len(places) > 1:
            yield Finding(
                RULE_NAME,
                Severity.SHOULD,
                f"“{table.label}”中有 {len(places)} 行都叫“{name}”，可能重复填报。",
                "合并重复的行，或把名称改得能够区分。",
                tuple(places[:_NAMED_AT_MOST]),
            )


def _nearly_the_same(view: PlanView, cells: dict[str, list[Address]]) -> Iterator[Step]:
    """Projects whose names differ in nothing but words like 项目 and 工程."""
    cores: dict[str, list[Address]] = {}
    for name, places in cells.items():
        core = _EMPTY_WORDS.sub("", name)
        if len(core) >= _SHORTEST_CORE:
            cores.setdefault(core, []).append(places[0])
    for places in cores.values():
        if len(places) > 1:
            named = "、".join(f"“{view.text(place)}”" for place in places[:3])
            yield Finding(
                RULE_PROJECT,
                Severity.SHOULD,
                f"项目{named}名称几乎相同，可能是同一项目填了两次。",
                "核对建设单位和建设内容；确为两个项目的，把名称改得能够区分。",
                tuple(places[:_NAMED_AT_MOST]),
            )
