"""The classes of errors in indicators and in words, each with every place of the sample for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from forms.address import Address
from forms.answers import Answers
from forms.places import slot_at
from forms.schema import Direction, Table
from tests.mutation.places import (
    BASE,
    CLEAN,
    INDICATORS,
    PACK,
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

PLACEHOLDERS = ("XX", "×××", "待补充", "TBD", "……", "20XX年", "某某公司", "____")


# -- Indicators -----------------------------------------------------------------------------------


@error("指标方向写反（目标劣于基准，附理由）")
def direction_reversed() -> Iterator[Place]:
    for row in indicators().rows:
        base = number(INDICATORS.at(row.key, "base"))
        if base and row.has_base and row.key not in ("total_energy", "park_co2"):
            up = row.direction is Direction.LOWER
            for share in ("1.02", "1.2") if up else ("0.98", "0.8"):
                wrong = (base * Decimal(share)).quantize(Decimal("0.0001"))
                target = INDICATORS.at(row.key, "target")
                yield several((target, wrong), (INDICATORS.at(row.key, "reason"), "按实测"))


@error("手工改写指标而无理由")
def override_unexplained() -> Iterator[Place]:
    for row in indicators().rows:
        for side in ("base", "target"):
            cell = INDICATORS.at(row.key, side)
            value, slot = number(cell), slot_at(PACK, cell)
            if value and slot and slot.formula:
                better = "0.97" if row.direction is Direction.LOWER else "1.03"
                share = Decimal(better if side == "target" else "1")
                wrong = (value * share).quantize(Decimal("0.0001"))
                reason = INDICATORS.at(row.key, "reason")
                yield several((cell, wrong), (reason, None))


@error("指标已填定后改基准年生产总值")
def gdp_changed() -> Iterator[Place]:
    gdp = at(f"economy/output/gdp/{BASE}")
    value = number(gdp)
    assert value is not None
    pinned = [
        (INDICATORS.at(key, column), text)
        for key, places in (("energy_intensity", 4), ("water_intensity", 2))
        for column, text in (
            ("base", round(number(INDICATORS.at(key, "base")) or Decimal(0), places)),
            ("reason", "统计局口径"),
        )
    ]
    for percent in (*range(-30, -1, 3), *range(3, 31, 3)):
        yield several((gdp, value * (100 + percent) / 100), *pinned)


# -- Words ----------------------------------------------------------------------------------------


@error("名称重复的行")
def name_doubled() -> Iterator[Place]:
    for key, item in PACK.index.items.items():
        table = Address(*key)
        if not isinstance(item, Table) or any(item.naming in dict(seed) for seed in item.seeds):
            continue
        for one, other in zip(CLEAN.rows(table), CLEAN.rows(table)[1:], strict=False):
            yield put(table.at(one, item.naming), CLEAN.value(table.at(other, item.naming)))


@error("正文留有占位文字")
def placeholder_left() -> Iterator[Place]:
    for cell in narratives():
        yield Place(str(cell), lambda answers, random, cell=cell: _insert(answers, random, cell))


def _insert(answers: Answers, random: Random, cell: Address) -> Answers:
    text = str(answers.get(cell))
    stops = [i + 1 for i, sign in enumerate(text) if sign in "，。；、"] or [0]
    where = random.choice(stops)
    return answers.with_value(cell, text[:where] + random.choice(PLACEHOLDERS) + text[where:])


@error("短文本整格为占位文字")
def short_placeholder() -> Iterator[Place]:
    for cell in projects("owner", "site", "responsible", "filing_number"):
        for text in ("XX", "待补充", "TBD"):
            yield put(cell, text)


@error("整段文字复制到另一节")
def paragraph_copied() -> Iterator[Place]:
    cells = [cell for cell in narratives() if not cell.row]
    for one, other in zip(cells, cells[7:] + cells[:7], strict=True):
        long = [part for part in str(CLEAN.value(one)).split("\n") if len(part) >= 60]
        if long and one.section != other.section:
            yield put(other, f"{CLEAN.value(other)}\n{long[0]}")
