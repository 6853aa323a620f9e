"""Factors, sources, scans and procedures that do not bear the figures they are used for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from forms.places import slot_at
from forms.view import evaluate
from tests.mutation.places import (
    CLEAN,
    INDICATORS,
    PACK,
    PROJECTS,
    Place,
    at,
    error,
    number,
    projects,
    put,
    several,
    without_row,
)

BALANCE, CHECKS, SCANS = at("energy/balance"), at("scope/factor_checks"), at("scans/documents")
PROCEDURES = {
    "filing": "filing",
    "eia": "eia",
    "energy_review": "energy_review",
    "land": "land_use",
}


# -- Factors ---------------------------------------------------------------------------------------


@error("因子的核对记录删去、缺项或不符", "EVD-101")
def confirmation_gone() -> Iterator[Place]:
    for row in map(CHECKS.at_row, CLEAN.rows(CHECKS)):
        yield Place(f"-{row}", without_row(row))
        cells = {key: row.at(row.row, key) for key in ("value", "edition", "person", "date")}
        yield from (put(cell, None) for cell in cells.values())
        value = number(cells["value"])
        assert value is not None
        yield from (put(cells["value"], value * Decimal(share)) for share in ("1.1", "0.1"))
        yield put(cells["edition"], "GB/T 2589-2008")


def _lacking(column: str) -> Iterator[Place]:
    """Fuels that the standard gives no factor for, and a factor of one's own taken away."""
    for row in CLEAN.rows(BALANCE):
        own = [BALANCE.at(row, key) for key in (column, f"{column.removesuffix('_factor')}_reason")]
        for option in PACK.index.vocabularies["fuel"].options:
            cells = ((BALANCE.at(row, "fuel"), option.key), (own[0], None), (own[1], None))
            answers = CLEAN.answers
            for cell, value in cells:
                answers = answers.with_value(cell, value)
            if evaluate(PACK, answers, CLEAN).number(own[0]) is None:
                yield several(*cells)


@error("能源品种没有折标系数", "ENE-001")
def coefficient_lacking() -> Iterator[Place]:
    yield from _lacking("coefficient")


@error("能源品种没有二氧化碳因子", "ENE-002")
def co2_factor_lacking() -> Iterator[Place]:
    yield from _lacking("co2_factor")


@error("测算过程换用另一因子", "IDN-101")
def other_factor_used() -> Iterator[Place]:
    used = re.compile(r"(?<=[×÷])(?:6\.096|0\.6096)(?![0-9])")
    for cell in projects("benefit_basis"):
        text = str(CLEAN.value(cell))
        for found in used.finditer(text):
            for other in ("0.5703", "0.5568", "0.5366"):
                times = 10 if found[0].startswith("6") else 1
                wrong = f"{(Decimal(other) * times).normalize():f}"
                yield put(cell, text[: found.start()] + wrong + text[found.end() :])


# -- Sources, scans, procedures --------------------------------------------------------------------


@error("数据来源清空")
def source_emptied() -> Iterator[Place]:
    for cell, value in sorted(CLEAN.answers.values(), key=lambda entry: str(entry[0])):
        slot = slot_at(PACK, cell)
        told = cell.column in ("data_source", "source") or cell.item in (
            "data_basis",
            "grid_source",
        )
        if value and slot is not None and told and cell.table != INDICATORS:
            yield put(cell, None)


@error("手续已办而附件删去或改作他类", "EVD-003", "EVD-004", "EVD-005", "EVD-006")
def procedure_scan_gone() -> Iterator[Place]:
    for row in map(SCANS.at_row, CLEAN.rows(SCANS)):
        kind = CLEAN.value(row.at(row.row, "kind"))
        if kind in PROCEDURES:
            yield Place(f"-{row}", without_row(row))
            yield put(row.at(row.row, "picture"), None)
            yield put(row.at(row.row, "kind"), "park_approval")
            yield put(row.at(row.row, "kind"), "other")


@error("已办手续的附件没有文号、没有对应项目", "EVD-007", "EVD-008")
def scan_unnumbered() -> Iterator[Place]:
    for row in map(SCANS.at_row, CLEAN.rows(SCANS)):
        if CLEAN.value(row.at(row.row, "kind")) in PROCEDURES:
            yield from (put(row.at(row.row, key), None) for key in ("number", "project"))


@error("申请中央资金的项目手续改为未办、在办")
def funded_without_procedure() -> Iterator[Place]:
    for cell in projects("src_central"):
        for column in PROCEDURES.values():
            for state in ("not_done", "doing"):
                yield put(PROJECTS.at(cell.row, column), state)
    for row in CLEAN.rows(PROJECTS):
        cell = PROJECTS.at(row, "src_central")
        states = [CLEAN.value(PROJECTS.at(row, column)) for column in PROCEDURES.values()]
        whole, own = number(PROJECTS.at(row, "invest_total")), number(PROJECTS.at(row, "src_own"))
        if {"not_done", "doing"} & set(states) and number(cell) is None and whole and own:
            yield several((cell, Decimal(100)), (PROJECTS.at(row, "src_own"), own - 100))
