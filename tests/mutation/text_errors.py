"""The classes of errors between text and data, in workings, factors, years and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from forms.address import Address
from forms.claims import Claim, Linter
from forms.inline.reading import FilledProse, filled_prose
from forms.quantities import known_quantities
from forms.schema import Direction
from tests.mutation.places import (
    BASE,
    CLEAN,
    INDICATORS,
    PACK,
    PROJECTS,
    Place,
    at,
    error,
    indicators,
    narratives,
    number,
    projects,
    put,
    several,
)

SAVINGS = ("save_energy", "save_water", "cut_co2", "cut_waste", "use_waste", "cut_nox", "cut_cod")
SHIFT = Decimal("1.13")


# -- Text against data -----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def claims() -> tuple[tuple[Address, Claim], ...]:
    """Every typed number of the clean prose that names a quantity of the plan, and agrees."""
    linter = Linter(known_quantities(CLEAN), CLEAN.calendar, PACK)
    return tuple(
        (cell, one)
        for cell in narratives()
        for prose in (_prose(cell),)
        for one in linter.claims(prose.text)
        if not prose.touched(one.written.start, one.written.end)
    )


def _prose(cell: Address) -> FilledProse:
    return filled_prose(CLEAN, str(CLEAN.value(cell)))


def _rewritten(cell: Address, claim: Claim, words: str) -> Place:
    prose = _prose(cell)
    start, end = prose.stored_span(claim.written.start, claim.written.end)
    return put(cell, prose.stored[:start] + words + prose.stored[end:])


@error("正文中的数改动（表中未改）")
def told_number_changed() -> Iterator[Place]:
    for cell, claim in claims():
        wrong = (claim.written.low * SHIFT).quantize(Decimal(1).scaleb(-claim.written.digits))
        if abs(wrong - claim.written.low) * 20 > claim.written.low:  # 约 may be off by one in 20
            yield _rewritten(cell, claim, claim.written.text.replace(_digits(claim), str(wrong)))


@error("正文中的数单位错位（万、亿多写或漏写）")
def told_unit_slipped() -> Iterator[Place]:
    for cell, claim in claims():
        digits, unit = _digits(claim), claim.written.text.partition(_digits(claim))[2].strip()
        if unit[:1] in ("万", "亿"):
            yield _rewritten(cell, claim, f"{digits}{unit[1:]}")
        elif unit[:1] in ("t", "元", "m", "k"):
            yield _rewritten(cell, claim, f"{digits}万{unit}")


def _digits(claim: Claim) -> str:
    text = claim.written.text
    end = next((i for i, sign in enumerate(text) if sign not in "0123456789.,"), len(text))
    return text[:end]


@error("项目效益数改动（测算过程未改）")
def benefit_changed() -> Iterator[Place]:
    for cell in projects(*SAVINGS):
        value = number(cell)
        if value:
            yield put(cell, (value * SHIFT).quantize(Decimal("0.01")))


# -- Identities, balances, plausibility ------------------------------------------------------------


@error("互为倒数的两个指标只改一个（附理由）")
def reciprocal_broken() -> Iterator[Place]:
    reason = ("按统计局口径改写",)
    for key in ("energy_intensity", "energy_output"):
        for side in ("base", "target"):
            value = number(INDICATORS.at(key, side))
            assert value is not None
            for share in ("0.9", "0.95", "1.05", "1.1"):
                wrong = (value * Decimal(share)).quantize(Decimal("0.0001"))
                cells = ((INDICATORS.at(key, side), wrong), (INDICATORS.at(key, "reason"), *reason))
                yield several(*cells)


@error("重复扣除量大于扣除前合计")
def deduction_above() -> Iterator[Place]:
    for part, whole in (("conversion_deduction", "gross_tce"), ("co2_deduction", "co2_energy")):
        for year in range(BASE - 2, BASE + 1):
            total = number(at(f"energy/totals/{whole}/{year}"))
            assert total is not None
            for share in ("1.01", "1.5"):
                yield put(at(f"energy/totals/{part}/{year}"), total * Decimal(share))


@error("指标目标年值单位错位（附理由）")
def target_slipped() -> Iterator[Place]:
    for row in indicators().rows:
        base, target = (number(INDICATORS.at(row.key, side)) for side in ("base", "target"))
        if not base or not target or getattr(row.kind, "unit", "") == "" or not row.has_base:
            continue
        for factor in ("100", "10000") if row.direction is Direction.HIGHER else ("0.01", "0.0001"):
            reason = INDICATORS.at(row.key, "reason")
            wrong = target * Decimal(factor)
            yield several((INDICATORS.at(row.key, "target"), wrong), (reason, "按实测"))


# -- Double counting -------------------------------------------------------------------------------


@error("固体废物减量照抄新增综合利用量")
def waste_counted_twice() -> Iterator[Place]:
    for cell in projects("use_waste"):
        yield put(PROJECTS.at(cell.row, "cut_waste"), number(cell))
    for cell in projects("cut_waste"):
        yield put(PROJECTS.at(cell.row, "use_waste"), number(cell))


# -- Years, factors, evidence ----------------------------------------------------------------------


@error("进度安排的年份不在实施期内")
def milestone_outside() -> Iterator[Place]:
    table = at("schedule/milestones")
    for row in CLEAN.rows(table):
        for year in (BASE - 4, BASE, CLEAN.calendar.target + 1, CLEAN.calendar.target + 5):
            yield put(table.at(row, "year"), year)


@error("因子改填而无理由")
def factor_unexplained() -> Iterator[Place]:
    for value in ("0.5703", "0.581", "0.5306", "0.7035"):
        yield several((at("scope/grid_factor"), Decimal(value)), (at("scope/grid_reason"), None))
    for value in ("0.1", "0.12"):
        yield several((at("scope/heat_factor"), Decimal(value)), (at("scope/heat_reason"), None))
    table = at("energy/balance")
    for row in CLEAN.rows(table):
        for column, reason in (("coefficient", "coefficient_reason"), ("co2_factor", "co2_reason")):
            value = number(table.at(row, column))
            if value:
                wrong = (value * SHIFT).quantize(Decimal("0.0001"))
                yield several((table.at(row, column), wrong), (table.at(row, reason), None))


@error("换用另一年份、区域的电力因子（测算过程未改）")
def factor_edition_changed() -> Iterator[Place]:
    chosen = CLEAN.value(at("scope/grid_area"))
    for option in PACK.index.vocabularies["grid_area"].options:
        if option.key != chosen:
            yield put(at("scope/grid_area"), option.key)


@error("附件、附图的扫描件删除")
def scan_removed() -> Iterator[Place]:
    for table in (at("maps/pictures"), at("scans/documents")):
        for row in CLEAN.rows(table):
            yield put(table.at(row, "picture"), None)
