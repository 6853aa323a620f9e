"""Benefits counted twice: in two projects, under two headings, in a project and its parts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from forms.address import Address
from tests.mutation.places import (
    CLEAN,
    PACK,
    PROJECTS,
    Place,
    at,
    error,
    number,
    projects,
    put,
    several,
)

SPEC = PACK.double_counting
assert SPEC is not None
BENEFITS = SPEC.benefits


def _owner(cell: Address) -> str:
    return CLEAN.text(PROJECTS.at(cell.row, "owner"))


def _of_one_owner(cell: Address) -> list[str]:
    rows = CLEAN.rows(PROJECTS)
    return [r for r in rows if r != cell.row and _owner(PROJECTS.at(r)) == _owner(cell)]


@error("同一笔效益在同一单位两个项目各计一次")
def benefit_in_two_projects_of_one_owner() -> Iterator[Place]:
    for cell in projects(*BENEFITS):
        for row in _of_one_owner(cell)[:1]:
            yield put(PROJECTS.at(row, cell.column), number(cell))


@error("同一项目的各项效益在供、用两个单位各计一次")
def benefits_in_two_projects_of_two_owners() -> Iterator[Place]:
    rows = CLEAN.rows(PROJECTS)
    for row, other in itertools.pairwise(rows):
        if _owner(PROJECTS.at(row)) == _owner(PROJECTS.at(other)):
            continue
        amounts = [(key, number(PROJECTS.at(row, key))) for key in BENEFITS]
        filled = [(key, amount) for key, amount in amounts if amount]
        telling = [a for _, a in filled if len(a.normalize().as_tuple().digits) >= 3]
        if telling or len(filled) > 1:
            yield several(*((PROJECTS.at(other, key), amount) for key, amount in filled))


@error("同一吨固废在一个项目计减量、另一个项目计综合利用")
def waste_avoided_here_and_used_there() -> Iterator[Place]:
    rows = CLEAN.rows(PROJECTS)
    for one, other in (("cut_waste", "use_waste"), ("use_waste", "cut_waste")):
        for cell in projects(one):
            for row in rows:
                if row != cell.row and CLEAN.typed(PROJECTS.at(row, other)) is None:
                    yield put(PROJECTS.at(row, other), number(cell))


@error("总项目与其子项目同时计列")
def whole_beside_its_parts() -> Iterator[Place]:
    for cell in projects(*BENEFITS):
        others = _of_one_owner(cell)
        parts = [
            PROJECTS.at(row, cell.column) for row in others if number(PROJECTS.at(row, cell.column))
        ]
        if len(parts) > 1:
            yield put(cell, sum((number(part) or Decimal(0) for part in parts), Decimal(0)))
        for row in others[:1]:
            name = CLEAN.text(PROJECTS.at(cell.row, "name"))
            yield several(
                (PROJECTS.at(row, "name"), f"{name}（配套部分）"),
                (PROJECTS.at(row, cell.column), (number(cell) or Decimal(0)) / 2),
            )


@error("单一能源品种项目的二氧化碳减排按能源和按措施各计一次")
def carbon_counted_twice() -> Iterator[Place]:
    assert SPEC is not None
    year = CLEAN.calendar.base
    ratios = []
    for row in CLEAN.rows(SPEC.fuels):
        energy = number(SPEC.fuels.at(row, SPEC.fuel_energy, year))
        carbon = number(SPEC.fuels.at(row, SPEC.fuel_carbon, year))
        if energy and carbon:
            ratios.append(carbon / energy)
    for cell in projects(SPEC.carbon):
        saved, energy = number(cell), number(PROJECTS.at(cell.row, SPEC.energy))
        if saved and energy and any(abs(saved / energy - r) < r / 500 for r in ratios):
            yield put(cell, saved * 2)


@error("同一笔能量既计节能又计可再生能源替代")
def energy_saved_and_replaced() -> Iterator[Place]:
    target, base = (
        number(at("targets/target_renewable")),
        number(at(f"energy/totals/renewable/{CLEAN.calendar.base}")),
    )
    assert target is not None
    assert base is not None
    yield from (put(cell, target - base) for cell in projects("save_energy"))


@error("达产年填到目标年以后")
def runs_too_late() -> Iterator[Place]:
    yield from (put(cell, CLEAN.calendar.target + 1) for cell in projects("full_year"))
