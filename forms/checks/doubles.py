"""Doubles: rows of the same name, or projects nearly so, are mostly one thing entered twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.kinds import Text
from forms.schema import Severity, Table
from forms.values import Value
from forms.view import PlanView

RULE_NAME = "DBL-101"
RULE_PROJECT = "DBL-107"
_NAMED_AT_MOST = 6
_SHORTEST_CORE = 4  # characters; what is left of a shorter name says too little
# Words that the same project has in one place and lacks in another; 一期 and 二期 stay apart.
_EMPTY_WORDS = re.compile(
    r"[^\w\n]|有限责任公司|股份有限公司|有限公司|项目|工程|建设|新建|改建|扩建|改造|升级|提升|实施|年产|及|与|和|的"
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
    yield None
    given = (_names(view, table, home), view.rows(home))
    yield from view.once(RULE_NAME, home, given, partial(_shared, table, home, *given))
    if home == view.pack.roles.projects:
        cores = view.by_rows(RULE_PROJECT, home, partial(_cores, view, home))
        yield from view.once(
            RULE_PROJECT, home, (cores,), partial(_nearly_the_same, view, home, cores)
        )


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


def _cores(view: PlanView, home: Address, rows: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What of each row's name tells it from others, with the name itself."""
    names = _names_of(view, home, rows)
    if not names:
        return {}
    cores = _EMPTY_WORDS.sub("", "\n".join(names)).split("\n")  # names have no blanks, nor breaks
    found = zip(rows, names, cores, strict=True)
    return {row: (core, name) for row, name, core in found if len(core) >= _SHORTEST_CORE}


def _names_of(view: PlanView, home: Address, rows: Sequence[str]) -> list[str]:
    table = view.pack.index.items[home.section, home.item]
    column = view.figures.column_of(home, table.naming, 0, rows) if isinstance(table, Table) else []
    return ["".join(str(name).split()) if name else "" for name in column]


def _nearly_the_same(
    view: PlanView, home: Address, cores: Mapping[str, tuple[str, str]]
) -> tuple[Finding, ...]:
    """Projects whose names differ in nothing but words like 项目 and 工程."""
    if len({core for core, _ in cores.values()}) == len(cores):
        return ()
    alike: dict[str, dict[str, str]] = {}
    for row, (core, name) in cores.items():
        alike.setdefault(core, {}).setdefault(name, row)
    table = view.pack.index.items[home.section, home.item]
    naming = table.naming if isinstance(table, Table) else ""
    return tuple(
        Finding(
            RULE_PROJECT,
            Severity.SHOULD,
            f"项目{_quoted(tuple(names)[:3])}名称几乎相同，可能是同一项目填了两次。",
            "核对建设单位和建设内容；确为两个项目的，把名称改得能够区分。",
            tuple(home.at(row, naming) for row in tuple(names.values())[:_NAMED_AT_MOST]),
        )
        for names in alike.values()
        if len(names) > 1
    )


def _quoted(names: Sequence[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
