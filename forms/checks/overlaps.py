"""Overlaps: one benefit counted in two projects, under two headings, or twice in one project.

What to compare is pack data (`Pack.double_counting`); a benefit counted once is silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from forms.checks.finding import Finding, Step
from forms.evaluation import as_number
from forms.kinds import unit_of
from forms.schema import DoubleCounting, Severity, Table
from forms.view import PlanView
from forms.wording import figure_text, word

RULE_SAME_OWNER = "DBL-102"
RULE_SAME_AMOUNT = "DBL-103"
RULE_TWO_HEADINGS = "DBL-104"
RULE_WHOLE_AND_PARTS = "DBL-105"
RULE_CARBON_TWICE = "DBL-106"

_MEMORY = "overlaps"
_BREATH = 100  # rows looked at between two steps
_NAMED = 4
_TELLING_DIGITS = 3  # of different owners: rounder figures may agree by chance
_LEAST_NAME = 6
_LEAST_PARTS = 2
_NEAR = Decimal("0.005")
_PHASE = "期"  # 一期、二期 are projects of their own
_ENDINGS = ("项目", "工程")


@dataclass(frozen=True, slots=True)
class _Row:
    """What is compared of one project."""

    row: str
    name: str
    owner: str
    amounts: dict[str, Decimal]


def overlaps(view: PlanView) -> Iterator[Step]:
    """A finding for each benefit that seems to be counted twice."""
    spec = view.pack.double_counting
    if spec is None:
        return
    rows: list[_Row] = []
    for number, row in enumerate(view.rows(spec.table)):
        home = spec.table.at_row(row)
        rows.append(view.remembered(_MEMORY, home, lambda row=row: _row(view, spec, row)))
        if number % _BREATH == 0:
            yield None
    yield from _same_amounts(view, spec, rows)
    yield from _two_headings(view, spec, rows)
    yield from _wholes_and_parts(view, spec, rows)
    yield from _carbon_twice(view, spec, rows)


def _row(view: PlanView, spec: DoubleCounting, row: str) -> _Row:
    amounts = {key: as_number(view.typed(spec.table.at(row, key))) for key in spec.benefits}
    return _Row(
        row,
        str(view.typed(spec.table.at(row, _naming(view, spec))) or ""),
        "".join(str(view.typed(spec.table.at(row, spec.owner)) or "").split()),
        {key: amount for key, amount in amounts.items() if amount},
    )


def _naming(view: PlanView, spec: DoubleCounting) -> str:
    table = view.pack.index.items[spec.table.section, spec.table.item]
    assert isinstance(table, Table)  # the loader has checked this
    return table.naming


def _same_amounts(view: PlanView, spec: DoubleCounting, rows: list[_Row]) -> Iterator[Step]:
    """Projects whose figures of one benefit are equal: one finding for each set of projects."""
    shared: dict[tuple[str, ...], list[str]] = {}
    by_row = {row.row: row for row in rows}
    for key in spec.benefits:
        groups: dict[Decimal, list[_Row]] = {}
        for row in rows:
            if key in row.amounts:
                groups.setdefault(row.amounts[key], []).append(row)
        yield None
        for members in groups.values():
            if len(members) > 1:
                shared.setdefault(tuple(member.row for member in members), []).append(key)
    for group, keys in shared.items():
        yield from _shared(view, spec, [by_row[row] for row in group], keys)


def _shared(
    view: PlanView, spec: DoubleCounting, members: list[_Row], keys: list[str]
) -> Iterator[Finding]:
    owners: dict[str, list[_Row]] = {}
    for member in members:
        owners.setdefault(member.owner, []).append(member)
    same = [group for owner, group in owners.items() if owner and len(group) > 1]
    for group in same:
        yield _equal(view, spec, group, keys, RULE_SAME_OWNER, "同一建设单位的")
    telling = [k for k in keys if _digits(members[0].amounts[k]) >= _TELLING_DIGITS]
    if not same and (telling or len(keys) > 1):
        yield _equal(view, spec, members, keys, RULE_SAME_AMOUNT, "")


def _equal(
    view: PlanView, spec: DoubleCounting, members: list[_Row], keys: list[str], rule: str, who: str
) -> Finding:
    said = "、".join(_figure(view, spec, members[0], key) for key in keys[:_NAMED])
    names = _names(view, spec, members)
    cells = tuple(spec.table.at(m.row, key) for m in members[:_NAMED] for key in keys[:_NAMED])
    return Finding(
        rule,
        Severity.SHOULD,
        f"{who}{names}的{said}完全相同，可能是同一笔效益在不同项目中各计了一次。",
        "同一笔效益只计入一个项目；确为各自的效益的，在测算过程中分别写明算式。",
        cells,
    )


def _two_headings(view: PlanView, spec: DoubleCounting, rows: list[_Row]) -> Iterator[Step]:
    """One amount as this benefit of one project and as that benefit of another."""
    for one, other in spec.once:
        wanted: dict[Decimal, list[_Row]] = {}
        for row in rows:
            if other in row.amounts:
                wanted.setdefault(row.amounts[other], []).append(row)
        for row in rows:
            for match in wanted.get(row.amounts.get(one, Decimal(0)), ()):
                yield None
                if match.row != row.row:
                    yield _crossed(view, spec, (row, one), (match, other))


def _crossed(
    view: PlanView, spec: DoubleCounting, here: tuple[_Row, str], there: tuple[_Row, str]
) -> Finding:
    one, other = (
        f"“{_name(view, spec, row)}”的{_figure(view, spec, row, key)}" for row, key in (here, there)
    )
    return Finding(
        RULE_TWO_HEADINGS,
        Severity.SHOULD,
        f"{one}与{other}相同，可能是同一笔量计在两项效益中。",
        "同一笔量只计入一个项目的一项效益；确为两笔的，在测算过程中分别写明。",
        tuple(spec.table.at(row.row, key) for row, key in (here, there)),
    )


def _wholes_and_parts(view: PlanView, spec: DoubleCounting, rows: list[_Row]) -> Iterator[Step]:
    """A project beside its own parts: by its figures, or by its name."""
    owners: dict[str, list[_Row]] = {}
    for row in rows:
        if row.owner:
            owners.setdefault(row.owner, []).append(row)
    for group in owners.values():
        yield None
        said: set[str] = set()
        for key in spec.benefits:
            holding = sorted(
                (row for row in group if key in row.amounts),
                key=lambda row, key=key: row.amounts[key],
            )
            *parts, whole = holding or [None]
            if whole is None or len(parts) < _LEAST_PARTS or whole.row in said:
                continue
            real = [part for part in parts if part is not None]
            if sum((part.amounts[key] for part in real), Decimal(0)) == whole.amounts[key]:
                said.add(whole.row)
                yield _whole(
                    view,
                    spec,
                    whole,
                    real,
                    key,
                    f"等于{_names(view, spec, real)}之和，可能是总项目与其子项目",
                )
        yield from _named_alike(view, spec, group, said)


def _named_alike(
    view: PlanView, spec: DoubleCounting, group: list[_Row], said: set[str]
) -> Iterator[Finding]:
    """A project whose name begins with another's: its part, unless it is a later phase of it."""
    stems = {_stem(row.name): row for row in group if len(_stem(row.name)) >= _LEAST_NAME}
    for part in group:
        ends = range(_LEAST_NAME, len(_stem(part.name)))
        whole = next((stems[part.name[:end]] for end in ends if part.name[:end] in stems), None)
        if whole is None or whole.row in said or _PHASE in part.name.removeprefix(whole.name):
            continue
        common = [key for key in spec.benefits if key in whole.amounts and key in part.amounts]
        if common:
            why = f"与名称以它开头的“{part.name}”同时计列，可能是总项目与其子项目"
            yield _whole(view, spec, whole, [part], common[0], why)


def _whole(
    view: PlanView, spec: DoubleCounting, whole: _Row, parts: list[_Row], key: str, why: str
) -> Finding:
    cells = (spec.table.at(row.row, key) for row in (whole, *parts[:_NAMED]))
    return Finding(
        RULE_WHOLE_AND_PARTS,
        Severity.SHOULD,
        f"“{_name(view, spec, whole)}”的{_figure(view, spec, whole, key)}{why}，效益重复计算。",
        "总项目与子项目只列其一；确为不同项目的，在测算过程中写明各自的范围。",
        tuple(cells),
    )


def _carbon_twice(view: PlanView, spec: DoubleCounting, rows: list[_Row]) -> Iterator[Step]:
    """More CO2 than the energy saved can give: counted by the energy and once more beside it."""
    fuels = list(_fuels(view, spec))
    densest = max(fuels, key=lambda fuel: fuel[1], default=None)
    if densest is None:
        return
    for row in rows:
        energy, carbon = row.amounts.get(spec.energy), row.amounts.get(spec.carbon)
        yield None
        if energy is None or carbon is None or energy < 0 or carbon < 0:
            continue
        ratio = carbon / energy
        doubled = next((fuel for fuel in fuels if _is_near(ratio / 2, fuel[1])), None)
        if ratio > densest[1] * (1 + _NEAR):
            why = f"高于园区各能源品种中最高的{densest[0]}（{figure_text(densest[1], 2)}）"
        elif doubled is not None and not any(_is_near(ratio, fuel[1]) for fuel in fuels):
            why = f"正好是{doubled[0]}（{figure_text(doubled[1], 2)}）的两倍"
        else:
            continue
        yield Finding(
            RULE_CARBON_TWICE,
            Severity.SHOULD,
            f"“{_name(view, spec, row)}”的{_figure(view, spec, row, spec.carbon)}与节能量之比为 "
            f"{figure_text(ratio, 2)} tCO2/tce，{why}，二氧化碳减排可能按能源和按措施各计了一次。",
            "按节约的能源品种重新计算；含绿电、工艺减排的部分，在测算过程中分开写明。",
            (spec.table.at(row.row, spec.carbon), spec.table.at(row.row, spec.energy)),
        )


def _fuels(view: PlanView, spec: DoubleCounting) -> Iterator[tuple[str, Decimal]]:
    """The CO2 of a tonne of coal equivalent of each fuel in the base year."""
    year = view.calendar.base
    for row in view.rows(spec.fuels):
        energy = view.number(spec.fuels.at(row, spec.fuel_energy, year))
        carbon = view.number(spec.fuels.at(row, spec.fuel_carbon, year))
        if energy and carbon and energy > 0 and carbon > 0:
            yield view.row_name(spec.fuels.at_row(row)), carbon / energy


def _is_near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= other * _NEAR


def _figure(view: PlanView, spec: DoubleCounting, row: _Row, key: str) -> str:
    table = view.pack.index.items[spec.table.section, spec.table.item]
    assert isinstance(table, Table)  # the loader has checked this
    column = table.column(key)
    return f"{column.label} {word(view.pack, column.kind, row.amounts[key])} {unit_of(column.kind)}"


def _name(view: PlanView, spec: DoubleCounting, row: _Row) -> str:
    return view.row_name(spec.table.at_row(row.row))


def _names(view: PlanView, spec: DoubleCounting, rows: list[_Row]) -> str:
    named = "".join(f"“{_name(view, spec, row)}”" for row in rows[:_NAMED])
    return f"{named}等{len(rows)}个项目" if len(rows) > _NAMED else named


def _digits(amount: Decimal) -> int:
    """How many digits a figure really says: 48000 says two, 16714 says five."""
    digits = amount.normalize().as_tuple().digits
    return len(digits)


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name
