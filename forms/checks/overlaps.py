"""Overlaps: one benefit counted in two projects, under two headings, or twice in one project.

What to compare is pack data (`Pack.double_counting`); a benefit counted once is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeVar

from forms.checks.finding import Finding, Step
from forms.checks.overlap_search import (
    ByAmount,
    Group,
    alike,
    by_amount,
    crossed,
    named_after,
    of_one_owner,
    sums_of_parts,
)
from forms.checks.rows import in_row_order
from forms.evaluation import as_number
from forms.kinds import unit_of
from forms.roles import DoubleCounting
from forms.schema import (
    Severity,
    Table,
)
from forms.values import Value
from forms.view import PlanView
from forms.wording import figure_text, word

RULE_SAME_OWNER = "DBL-102"
RULE_SAME_AMOUNT = "DBL-103"
RULE_TWO_HEADINGS = "DBL-104"
RULE_WHOLE_AND_PARTS = "DBL-105"
RULE_CARBON_TWICE = "DBL-106"

_T = TypeVar("_T")
_NAMED = 4
_TELLING_DIGITS = 3  # of different owners: rounder figures may agree by chance
_NEAR = Decimal("0.005")
_Kept = dict[tuple[Group, tuple[tuple[str, Decimal | None], ...]], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class _Fuel:
    """A fuel and the tCO2 of its tce; what lies between `least` and `most` is as good as that."""

    name: str
    carbon: Decimal
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class _Projects:
    """The columns that are compared; each stays the same list while nothing in it changes."""

    view: PlanView
    spec: DoubleCounting
    table: Table
    rows: tuple[str, ...]
    owners: list[str]
    names: list[str]
    amounts: dict[str, list[Decimal | None]]

    def name(self, row: int) -> str:
        """How a project is called in a sentence."""
        return self.view.row_name(self.spec.table.at_row(self.rows[row]))

    def all_names(self, rows: Sequence[int]) -> str:
        """Several projects in a sentence."""
        named = "".join(f"“{self.name(row)}”" for row in rows[:_NAMED])
        return f"{named}等{len(rows)}个项目" if len(rows) > _NAMED else named

    def rows_by(self, key: str) -> ByAmount:
        """The projects that have each amount of a benefit."""
        amounts = self.amounts[key]
        return self.view.once("rows by amount", key, (amounts,), partial(by_amount, amounts))

    def figure(self, row: int, key: str) -> str:
        """A benefit of a project with its label and unit."""
        column = self.table.column(key)
        amount = word(self.view.pack, column.kind, self.amounts[key][row])
        return f"{column.label} {amount} {unit_of(column.kind)}"


def overlaps(view: PlanView) -> Iterator[Step]:
    """A finding for each benefit that seems to be counted twice."""
    spec = view.pack.double_counting
    if spec is None:
        return
    projects = _projects(view, spec)
    given = (projects.rows, projects.owners, projects.names, *projects.amounts.values())
    yield None
    yield from view.once("overlaps", "", given, partial(_between, projects))
    yield None
    yield from _carbon_twice(view, spec)


def _between(projects: _Projects) -> tuple[Finding, ...]:
    """The findings between projects, while nothing compared has changed."""
    return (
        *_same_amounts(projects),
        *_two_headings(projects),
        *_wholes_and_parts(projects),
    )


def _projects(view: PlanView, spec: DoubleCounting) -> _Projects:
    table = view.pack.index.items[spec.table.section, spec.table.item]
    assert isinstance(table, Table)  # the loader has checked this
    return _Projects(
        view,
        spec,
        table,
        view.rows(spec.table),
        _read(view, spec, spec.owner, _joined),
        _read(view, spec, table.naming, _text),
        {key: _read(view, spec, key, _amounts) for key in spec.benefits},
    )


def _read(
    view: PlanView, spec: DoubleCounting, key: str, how: Callable[[list[Value | None]], list[_T]]
) -> list[_T]:
    """A column made ready for comparing, once for as long as it stands."""
    column = view.figures.column(spec.table, key)
    return view.once(how.__name__, key, (column,), partial(how, column))


def _joined(column: list[Value | None]) -> list[str]:
    return ["".join(str(value).split()) if value else "" for value in column]


def _text(column: list[Value | None]) -> list[str]:
    return [str(value) if value else "" for value in column]


def _amounts(column: list[Value | None]) -> list[Decimal | None]:
    return [
        (value if value is None or type(value) is Decimal else as_number(value)) or None
        for value in column
    ]


def _same_amounts(projects: _Projects) -> Iterator[Finding]:
    """Projects whose figures of one benefit are equal: one finding for each set of projects."""
    shared: dict[Group, list[str]] = {}
    for key, amounts in projects.amounts.items():
        search = partial(alike, projects.rows_by(key))
        for group in projects.view.once(RULE_SAME_AMOUNT, key, (amounts,), search):
            shared.setdefault(group, []).append(key)
    known = projects.view.once(
        "same amounts", "", (projects.rows, projects.owners, projects.names), _Kept
    )
    now: _Kept = {}
    for group, keys in shared.items():
        same = (group, tuple((key, projects.amounts[key][group[0]]) for key in keys))
        now[same] = known[same] if same in known else _shared(projects, group, keys)
    known.clear()  # what is no longer shared is not kept
    known.update(now)
    for findings in now.values():
        yield from findings


def _shared(projects: _Projects, members: Group, keys: list[str]) -> tuple[Finding, ...]:
    owners: dict[str, list[int]] = {}
    for row in members:
        owners.setdefault(projects.owners[row], []).append(row)
    same = [group for owner, group in owners.items() if owner and len(group) > 1]
    if same:
        who = "同一建设单位的"
        return tuple(_equal(projects, group, keys, RULE_SAME_OWNER, who) for group in same)
    first = members[0]
    telling = [k for k in keys if _digits(projects.amounts[k][first]) >= _TELLING_DIGITS]
    is_told = bool(telling) or len(keys) > 1
    return (_equal(projects, members, keys, RULE_SAME_AMOUNT, ""),) if is_told else ()


def _equal(
    projects: _Projects, members: Sequence[int], keys: list[str], rule: str, who: str
) -> Finding:
    said = "、".join(projects.figure(members[0], key) for key in keys[:_NAMED])
    home, rows = projects.spec.table, projects.rows
    return Finding(
        rule,
        Severity.SHOULD,
        f"{who}{projects.all_names(members)}的{said}完全相同，可能是同一笔效益在不同项目中各计了一次。",
        "同一笔效益只计入一个项目；确为各自的效益的，在测算过程中分别写明算式。",
        tuple(home.at(rows[m], key) for m in members[:_NAMED] for key in keys[:_NAMED]),
    )


def _two_headings(projects: _Projects) -> Iterator[Finding]:
    """One amount as this benefit of one project and as that benefit of another."""
    home, rows = projects.spec.table, projects.rows
    for pair in projects.spec.once:
        columns = (projects.amounts[pair[0]], projects.amounts[pair[1]])
        search = partial(crossed, projects.rows_by(pair[0]), projects.rows_by(pair[1]))
        for cells in projects.view.once(RULE_TWO_HEADINGS, pair, columns, search):
            here, there = (
                f"“{projects.name(row)}”的{projects.figure(row, key)}"
                for row, key in zip(cells, pair, strict=True)
            )
            yield Finding(
                RULE_TWO_HEADINGS,
                Severity.SHOULD,
                f"{here}与{there}相同，可能是同一笔量计在两项效益中。",
                "同一笔量只计入一个项目的一项效益；确为两笔的，在测算过程中分别写明。",
                tuple(home.at(rows[row], key) for row, key in zip(cells, pair, strict=True)),
            )


def _wholes_and_parts(projects: _Projects) -> Iterator[Finding]:
    """A project beside its own parts: by its figures, or by its name."""
    view, owners, said = projects.view, projects.owners, set[int]()
    groups = view.once("owners", "", (owners,), partial(of_one_owner, owners))
    for key, amounts in projects.amounts.items():
        search = partial(sums_of_parts, groups, amounts)
        for whole, parts in view.once(RULE_WHOLE_AND_PARTS, key, (groups, amounts), search):
            if whole not in said:
                said.add(whole)
                why = f"等于{projects.all_names(parts)}之和，可能是总项目与其子项目"
                yield _whole(projects, whole, parts, key, why)
    named = (owners, projects.names)
    for whole, part in view.once(RULE_WHOLE_AND_PARTS, "", named, partial(named_after, *named)):
        common = (k for k, a in projects.amounts.items() if a[whole] and a[part])
        key = next(common, "") if whole not in said else ""
        if key:
            name = projects.names[part]
            why = f"与名称以它开头的“{name}”同时计列，可能是总项目与其子项目"
            yield _whole(projects, whole, (part,), key, why)


def _whole(projects: _Projects, whole: int, parts: Group, key: str, why: str) -> Finding:
    home, rows = projects.spec.table, projects.rows
    return Finding(
        RULE_WHOLE_AND_PARTS,
        Severity.SHOULD,
        f"“{projects.name(whole)}”的{projects.figure(whole, key)}{why}，效益重复计算。",
        "总项目与子项目只列其一；确为不同项目的，在测算过程中写明各自的范围。",
        tuple(home.at(rows[row], key) for row in (whole, *parts[:_NAMED])),
    )


def _carbon_twice(view: PlanView, spec: DoubleCounting) -> Iterator[Finding]:
    """More CO2 than the energy saved can give: counted by the energy and once more beside it."""
    fuels = tuple(_fuels(view, spec))
    if fuels:
        search = partial(_too_much_carbon, view, spec, fuels)
        found = view.by_rows(RULE_CARBON_TWICE, spec.table, search, fuels)
        yield from in_row_order(view, spec.table, found)


def _too_much_carbon(
    view: PlanView, spec: DoubleCounting, fuels: tuple[_Fuel, ...], rows: Sequence[str]
) -> dict[str, Finding]:
    densest = max(fuels, key=lambda fuel: fuel.carbon)
    energies = view.figures.column_of(spec.table, spec.energy, 0, rows)
    carbons = view.figures.column_of(spec.table, spec.carbon, 0, rows)
    found: dict[str, Finding] = {}
    for row, energy, carbon in zip(rows, energies, carbons, strict=True):
        one, other = as_number(energy), as_number(carbon)
        if one and other and one > 0 and other > 0:
            why = _why_too_much(other / one, fuels, densest)
            if why:
                found[row] = _carbon(view, spec, row, (other, other / one), why)
    return found


def _why_too_much(ratio: Decimal, fuels: tuple[_Fuel, ...], densest: _Fuel) -> str:
    if ratio > densest.most:
        return f"高于园区各能源品种中最高的{densest.name}（{figure_text(densest.carbon, 2)}）"
    half = ratio / 2
    doubled = next((fuel for fuel in fuels if fuel.least <= half <= fuel.most), None)
    if doubled is None or any(fuel.least <= ratio <= fuel.most for fuel in fuels):
        return ""
    return f"正好是{doubled.name}（{figure_text(doubled.carbon, 2)}）的两倍"


def _carbon(
    view: PlanView, spec: DoubleCounting, row: str, figures: tuple[Decimal, Decimal], why: str
) -> Finding:
    table = view.pack.index.items[spec.table.section, spec.table.item]
    assert isinstance(table, Table)  # the loader has checked this
    column, (carbon, ratio) = table.column(spec.carbon), figures
    amount = f"{word(view.pack, column.kind, carbon)} {unit_of(column.kind)}"
    return Finding(
        RULE_CARBON_TWICE,
        Severity.SHOULD,
        f"“{view.row_name(spec.table.at_row(row))}”的{column.label} {amount}与节能量之比为 "
        f"{figure_text(ratio, 2)} tCO2/tce，{why}，二氧化碳减排可能按能源和按措施各计了一次。",
        "按节约的能源品种重新计算，折标口径与园区能耗一致；含绿电、工艺减排的部分，分开写明。",
        (spec.table.at(row, spec.carbon), spec.table.at(row, spec.energy)),
    )


def _fuels(view: PlanView, spec: DoubleCounting) -> Iterator[_Fuel]:
    """The CO2 of a tonne of coal equivalent of each fuel in the base year."""
    year = view.calendar.base
    for row in view.rows(spec.fuels):
        energy = view.number(spec.fuels.at(row, spec.fuel_energy, year))
        carbon = view.number(spec.fuels.at(row, spec.fuel_carbon, year))
        if energy and carbon and energy > 0 and carbon > 0:
            of_one, name = carbon / energy, view.row_name(spec.fuels.at_row(row))
            yield _Fuel(name, of_one, of_one * (1 - _NEAR), of_one * (1 + _NEAR))


def _digits(amount: Decimal | None) -> int:
    """How many digits a figure really says: 48000 says two, 16714 says five."""
    return len(amount.normalize().as_tuple().digits) if amount is not None else 0
