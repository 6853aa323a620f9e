"""The quantities a plan knows: what prose may call each, where it stands, its value and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import assert_never

from forms.address import Address
from forms.dependence import sections_behind
from forms.evaluation import as_number
from forms.kinds import Kind, is_numeric, unit_of
from forms.places import is_row_local, slot_at
from forms.prose_figures import NO_YEAR, PERIOD
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_RATE,
    INDICATOR_TARGET,
    Diagram,
    Field,
    Indicator,
    IndicatorTable,
    Item,
    Listing,
    Section,
    Summary,
    Table,
    YearTable,
)
from forms.slots import Slot
from forms.standing import standing
from forms.view import PlanView
from forms.wording import decimals_of

_BASE, _TARGET, _OWN = "基准年", "目标年", "园区"
_BRACKETS = re.compile(r"（([^（）]*)）")
_AMOUNTS = re.compile(r"(.*(?:排放|消费|节能|节水|利用|处理|回用|减排))量")
_PART = "其中："
_SORTS = "columns that prose may name"
_QUANTITIES = "quantities that prose may name"
_UNKNOWN = Decimal(0)
_NEAR = 16  # characters behind a name in which its number begins
_NUMBER = "[0-9０-９一二两三四五六七八九十百千]"
_COUNTED, _COUNTS = ("家", "个", "人"), ("数量", "总数", "数")


@dataclass(frozen=True, slots=True)
class Known:
    """One value of the plan that prose may speak of."""

    label: str
    names: tuple[str, ...]
    address: Address
    value: Decimal
    unit: str
    decimals: int
    years: frozenset[int]  # the years of a text it may be compared in
    is_rate: bool = False  # the change from base to target, in per cent
    part_of: str = ""  # the label of the quantity it is a part of

    def at(self, address: Address, value: Decimal) -> Known:
        """The same quantity of another row."""
        names, unit, decimals = self.names, self.unit, self.decimals
        return Known(self.label, names, address, value, unit, decimals, self.years, self.is_rate)


@dataclass(frozen=True, slots=True)
class OwnNames:
    """What prose calls the figures of a table's rows that have a unit."""

    told: re.Pattern[str]  # a name with a number soon after it
    sorts: tuple[tuple[tuple[str, ...], tuple[Known, ...]], ...]  # names of a column; its figures


@dataclass(slots=True)
class _Sort:
    """A quantity whatever its value, and what it was when last asked for."""

    slot: Slot
    known: Known


def known_quantities(view: PlanView) -> tuple[Known, ...]:
    """Every figure of the visible plan that has a unit and a name of its own.

    A quantity whose value stands comes back as the very same object.
    """
    shown = tuple(
        (section, item)
        for section in view.pack.sections()
        if view.shows_section(section)
        for item in section.items
        if view.shows_item(item)
    )
    keys = [(section.key, item.key) for section, item in shown]
    sorts = view.once(_QUANTITIES, "", keys, partial(_sorts, view, shown))
    found: list[Known] = []
    for section, some in sorts.items():
        read = partial(_known_among, view, some)
        found += view.once(_QUANTITIES, section, standing(view, section), read)
    return tuple(found)


def _sorts(view: PlanView, shown: tuple[tuple[Section, Item], ...]) -> dict[str, list[_Sort]]:
    """The quantities of each section."""
    sorts: dict[str, list[_Sort]] = {}
    for section, item in shown:
        for known in _of_item(view, section, item):
            slot = slot_at(view.pack, known.address)
            if slot is not None:
                sorts.setdefault(section.key, []).append(_Sort(slot, known))
    return sorts


def _known_among(view: PlanView, sorts: list[_Sort]) -> list[Known]:
    found: list[Known] = []
    for sort in sorts:
        value = as_number(view.figures.slot_value(sort.slot, sort.known.address))
        if value is not None:
            if value != sort.known.value:
                sort.known = replace(sort.known, value=value)
            found.append(sort.known)
    return found


@lru_cache(maxsize=4096)
def names_of(label: str, synonyms: tuple[tuple[str, ...], ...] = ()) -> tuple[str, ...]:
    """What prose calls a quantity of this label: shortenings, and the pack's synonyms in them."""
    found = dict.fromkeys((label,))
    for step in (_without_brackets, _without_owner, _shortened, _turned):
        for name in tuple(found):
            found.update(dict.fromkeys(step(name)))
    for words in synonyms:
        for name in tuple(found):
            found.update(dict.fromkeys(_widened(name, words)))
    bare = (name for name in found if not name.startswith(_OWN))  # prose may put it there anyway
    return tuple(name for name in bare if len(name) > 1 and "（" not in name)


def _without_brackets(name: str) -> Iterator[str]:
    if found := _BRACKETS.search(name):
        before, inner, after = name[: found.start()], found[1], name[found.end() :]
        if after:
            yield before + after
            yield inner + after
        elif before.endswith("减排量"):
            yield f"{inner}减排量"


def _without_owner(name: str) -> Iterator[str]:
    if name.startswith(_OWN):
        yield name.removeprefix(_OWN)


def _shortened(name: str) -> Iterator[str]:
    if name.endswith("总量"):
        yield f"{name.removesuffix('总量')}量"
    if name.endswith("收入") and len(name) > len("收入") + 1:
        yield name.removesuffix("收入")
    for last in ("个数", "人数"):
        if name.endswith(last):
            yield name.removesuffix(last)
            yield f"重点{name.removesuffix(last)}"
    if name.endswith("面积"):
        yield name.removesuffix("面积")


def _turned(name: str) -> Iterator[str]:
    if found := _AMOUNTS.fullmatch(name):
        yield found[1]
    for verb in ("减排", "排放"):
        if name.endswith(f"{verb}量") and len(name) > len(verb) + 1:
            yield f"{verb}{name.removesuffix(f'{verb}量')}"
            if verb == "减排":
                yield f"少排{name.removesuffix(f'{verb}量')}"


def _widened(name: str, words: tuple[str, ...]) -> Iterator[str]:
    """The name with the longest of these words that it holds replaced by each of the others."""
    said = max((word for word in words if word in name), key=len, default="")
    if said:
        yield from (name.replace(said, word) for word in words)


def known_in_row(view: PlanView, cell: Address, text: str) -> tuple[Known, ...]:
    """The figures of a row that the prose in one of its cells may be speaking of.

    Only what `text` names with a number soon after it: most prose names nothing, and there may be
    thousands of rows.
    """
    own = own_names(view, cell.table)
    if not own.told.search(text):
        return ()
    typed = view.answers.table(cell).rows.get(cell.row, {})
    found: list[Known] = []
    for names, templates in own.sorts:
        if any(map(text.__contains__, names)):  # asked for every column of thousands of rows
            for known in templates:
                place = known.address
                value = as_number(typed.get((place.column, place.year)))
                if value is not None:
                    found.append(known.at(cell.table.at(cell.row, *place.cell), value))
    return tuple(found)


def own_names(view: PlanView, table: Address) -> OwnNames:
    """The columns of a table that hold figures with a unit, by their names; typed ones only."""
    return view.once(_SORTS, table, None, partial(_own_names, view, table))


def _own_names(view: PlanView, home: Address) -> OwnNames:
    pack, target = view.pack, view.calendar.target
    item = pack.index.items[home.section, home.item]
    sorts: list[tuple[tuple[str, ...], tuple[Known, ...]]] = []
    for column in item.columns if isinstance(item, Table) else ():
        if is_numeric(column.kind) and is_row_local(pack, home, column.key):
            templates = tuple(
                known
                for year in view.years(column.years)
                for known in _known(
                    view,
                    home.at("", column.key, year),
                    column.kind,
                    (column.label, column.label),
                    frozenset({year}) if year else frozenset({NO_YEAR, PERIOD, target}),
                )
            )
            if templates:
                sorts.append((shortest(names_of(column.label, pack.synonyms)), templates))
    words = "|".join(re.escape(name) for names, _ in sorts for name in names)
    told = re.compile(rf"(?:{words or '(?!)'}).{{0,{_NEAR}}}?{_NUMBER}")
    return OwnNames(told, tuple(sorts))


def shortest(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names without those that hold another one."""
    return tuple(
        name for name in names if not any(other in name for other in names if other != name)
    )


def _of_item(view: PlanView, section: Section, item: Item) -> Iterator[Known]:
    match item:
        case Field():
            yield from _of_field(view, section, item)
        case YearTable():
            yield from _of_year_table(view, section, item)
        case IndicatorTable():
            for row in item.rows:
                yield from _of_indicator(view, Address(section.key, item.key), row)
        case Table() | Summary() | Listing() | Diagram():
            return
        case _:
            assert_never(item)


def _of_field(view: PlanView, section: Section, item: Field) -> Iterator[Known]:
    calendar, label = view.calendar, item.label
    if label.startswith(_PART) or label.endswith("合计"):
        return  # it has no name of its own
    if label.startswith(_TARGET):
        years = frozenset({calendar.target})
        name = label.removeprefix(_TARGET)
    else:
        years, name = frozenset({calendar.base, NO_YEAR}), label
        key = (section.key, item.key, "")
        if view.pack.roles.projects.section in sections_behind(view.pack, key):
            years = frozenset({calendar.target, NO_YEAR, PERIOD})
        if _BASE in item.group:
            years = frozenset({calendar.base})
    yield from _known(view, Address(section.key, item.key), item.kind, (label, name), years)


def _of_year_table(view: PlanView, section: Section, item: YearTable) -> Iterator[Known]:
    labels = {row.key: row.label for row in item.rows}
    for row in item.rows:
        for year in view.years(item.years):
            address = Address(section.key, item.key, row.key, "", year)
            part_of = labels.get(row.of_which, "")
            years = frozenset({year})
            yield from _known(view, address, row.kind, (row.label, row.label), years, part_of)


def _of_indicator(view: PlanView, home: Address, row: Indicator) -> Iterator[Known]:
    calendar, labels = view.calendar, (row.label, row.label)
    base, target = frozenset({calendar.base}), frozenset({calendar.target})
    if not row.has_base:
        target |= {NO_YEAR, PERIOD}
    yield from _known(view, home.at(row.key, INDICATOR_TARGET), row.kind, labels, target)
    if row.has_base:
        yield from _known(view, home.at(row.key, INDICATOR_BASE), row.kind, labels, base)
        address = home.at(row.key, INDICATOR_RATE)
        names = names_of(row.label, view.pack.synonyms)
        yield Known(row.label, names, address, _UNKNOWN, "%", 2, target | {PERIOD}, True)


def _known(
    view: PlanView,
    address: Address,
    kind: Kind,
    labels: tuple[str, str],
    years: frozenset[int],
    part_of: str = "",
) -> Iterator[Known]:
    """The quantity at an address, its value still unknown; nothing when it has no unit."""
    unit, synonyms = unit_of(kind), view.pack.synonyms
    if not unit:
        return
    label, name = labels
    names = dict.fromkeys((*names_of(label, synonyms), *names_of(name, synonyms)))
    if unit in _COUNTED:
        names |= dict.fromkeys(f"{name}{word}" for name in names for word in _COUNTS)
    decimals = decimals_of(kind)
    yield Known(label, tuple(names), address, _UNKNOWN, unit, decimals, years, False, part_of)
