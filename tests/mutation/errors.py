"""The classes of errors planners make, each with every place of the sample it can be made at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from forms.address import Address
from forms.answers import Answers
from forms.kinds import Percent
from forms.places import slot_at
from forms.schema import Mark
from forms.values import YearMonth
from tests.mutation.places import (
    BASE,
    CLASSES,
    CLEAN,
    INDICATORS,
    PACK,
    PROJECTS,
    SOURCES,
    Errors,
    Place,
    asked,
    at,
    error,
    fitting,
    history,
    indicators,
    number,
    parts,
    projects,
    put,
    several,
    tables,
    times,
    without_row,
    year_rows,
    yearly_investments,
)

WASTES = (at("waste/solid_waste"), at("waste/hazardous_waste"))


def _figures(*cells: Address) -> Iterator[tuple[Address, Decimal]]:
    for cell in cells:
        value = number(cell)
        if value:
            yield cell, value


# -- Values that are missing -------------------------------------------------------------------


@error("必填项（N）清空")
def required_emptied() -> Iterator[Place]:
    yield from (put(cell, None) for cell in asked(Mark.NOTICE))


@error("应填项（R）清空")
def recommended_emptied() -> Iterator[Place]:
    yield from (put(cell, None) for cell in asked(Mark.REVIEW))


@error("必填、应填表的行全部删除")
def table_emptied() -> Iterator[Place]:
    for table in (*tables(Mark.NOTICE), *tables(Mark.REVIEW)):
        yield Place(str(table), lambda answers, _, table=table: answers.with_order(table, ()))


def _row_removed(*homes: str) -> Errors:
    def errors() -> Iterator[Place]:
        for table in map(at, homes):
            for row in map(table.at_row, CLEAN.rows(table)):
                yield Place(f"-{row}", without_row(row))

    return errors


CLASSES["主导产业删去一行"] = _row_removed("industry/leading_industries")
CLASSES["一般固体废物删去一行"] = _row_removed("waste/solid_waste")
CLASSES["能源品种删去一行"] = _row_removed("energy/balance")


@error("项目所属任务清空")
def task_emptied() -> Iterator[Place]:
    yield from (put(cell, None) for cell in projects("task"))


@error("某任务的项目全部改归另一任务")
def task_moved() -> Iterator[Place]:
    cells = list(projects("task"))
    options = sorted({str(CLEAN.value(cell)) for cell in cells})
    for one in options:
        for other in options:
            if one != other:
                yield several(*((cell, other) for cell in cells if CLEAN.value(cell) == one))


@error("项目测算过程清空")
def basis_emptied() -> Iterator[Place]:
    yield from (put(cell, None) for cell in projects("benefit_basis"))


@error("单个效益数清空")
def benefit_emptied() -> Iterator[Place]:
    columns = ("save_energy", "save_water", "cut_co2", "cut_waste", "use_waste", "cut_nox")
    yield from (put(cell, None) for cell in projects(*columns))


# -- Money ----------------------------------------------------------------------------------------


@error("项目资金来源数额改动")
def source_changed() -> Iterator[Place]:
    for cell, value in _figures(*projects(*SOURCES)):
        yield Place(str(cell), _off(cell, value))


@error("项目分年投资改动")
def year_changed() -> Iterator[Place]:
    for cell, value in _figures(*yearly_investments()):
        yield Place(str(cell), _off(cell, value))


@error("项目总投资改动")
def total_changed() -> Iterator[Place]:
    for cell, value in _figures(*projects("invest_total")):
        yield Place(str(cell), _off(cell, value))


def _off(cell: Address, value: Decimal) -> Callable[[Answers, Random], Answers]:
    """Up to a third too much or too little."""

    def change(answers: Answers, random: Random) -> Answers:
        shift = value * random.choice((-1, 1)) * random.randint(1, 33) / 100
        return answers.with_value(cell, value + shift.quantize(Decimal("0.01")))

    return change


@error("项目金额两位数字颠倒")
def money_swapped() -> Iterator[Place]:
    for cell, value in _figures(*projects(*SOURCES, "invest_total"), *yearly_investments()):
        yield from _swapped(cell, value)


@error("项目金额小数点错位")
def money_point() -> Iterator[Place]:
    for cell, _ in _figures(*projects(*SOURCES, "invest_total"), *yearly_investments()):
        yield from (times(cell, factor) for factor in ("10", "0.1"))


def _swapped(cell: Address, value: Decimal) -> Iterator[Place]:
    digits = f"{value:f}"
    for i in range(len(digits) - 1):
        one, two = digits[i : i + 2]
        if one != two and "." not in (one, two):
            wrong = Decimal(digits[:i] + two + one + digits[i + 2 :])
            yield put(cell, fitting(cell, wrong))
            return


@error("项目分年投资整体后移一年")
def investment_shifted() -> Iterator[Place]:
    years = range(BASE + 1, CLEAN.calendar.target + 1)
    for row in CLEAN.rows(PROJECTS):
        old = {year: CLEAN.typed(PROJECTS.at(row, "invest", year)) for year in years}
        moved = [(PROJECTS.at(row, "invest", y), old.get(y - 1)) for y in years]
        if any(old.values()):
            yield several(*moved)


# -- Units and points in figures by year ----------------------------------------------------------


def _slipped(factor: str) -> Errors:
    def errors() -> Iterator[Place]:
        for cell in history():
            if not isinstance(CLEAN.typed(cell), int) or Decimal(factor) > 1:
                yield times(cell, factor)

    return errors


for _name, _factor in (
    ("分年数据 ×10⁴（单位错位）", "10000"),
    ("分年数据 ÷10⁴（单位错位）", "0.0001"),
    ("分年数据 ×1000（单位错位）", "1000"),
    ("分年数据 ×10（小数点错位）", "10"),
    ("分年数据 ÷10（小数点错位）", "0.1"),
):
    CLASSES[_name] = _slipped(_factor)


@error("分年数据两位数字颠倒（数值变动两成以上）")
def digits_swapped() -> Iterator[Place]:
    """What moves a figure less lies within what a year may bring: nobody could see it."""
    for cell, value in _figures(*history()):
        for place in _swapped(cell, value):
            wrong = place.change(CLEAN.answers, Random(0)).get(cell)
            assert isinstance(wrong, int | Decimal)
            if abs(wrong - value) >= value / 5:
                yield place


@error("分年数据串列（前移一年，末年留空）")
def years_shifted() -> Iterator[Place]:
    for cells in year_rows():
        values = [CLEAN.typed(cell) for cell in cells]
        yield several(*zip(cells, [*values[1:], None], strict=True))


@error("重点企业数据 ×10⁴（单位错位）")
def enterprise_slipped() -> Iterator[Place]:
    table = at("enterprises/key_enterprises")
    for row in CLEAN.rows(table):
        columns = ("output_value", "energy", "water", "waste_generated")
        for cell, _ in _figures(*(table.at(row, column) for column in columns)):
            yield times(cell, "10000")


# -- Time -----------------------------------------------------------------------------------------


@error("开工晚于完工")
def start_late() -> Iterator[Place]:
    for row in CLEAN.rows(PROJECTS):
        finish = CLEAN.value(PROJECTS.at(row, "finish_month"))
        assert isinstance(finish, YearMonth)
        for later in (1, 2, 3):
            yield put(PROJECTS.at(row, "start_month"), YearMonth(finish.year + later, finish.month))


@error("完工晚于目标年")
def finish_late() -> Iterator[Place]:
    for cell in projects("finish_month"):
        for later in (1, 2, 3):
            yield put(cell, YearMonth(CLEAN.calendar.target + later, 1 + later * 3))


@error("达产年早于完工年")
def full_early() -> Iterator[Place]:
    for row in CLEAN.rows(PROJECTS):
        finish = CLEAN.value(PROJECTS.at(row, "finish_month"))
        assert isinstance(finish, YearMonth)
        for earlier in (1, 2, 3):
            yield put(PROJECTS.at(row, "full_year"), finish.year - earlier)


@error("目标年不晚于基准年")
def target_early() -> Iterator[Place]:
    yield from (put(at("period/target_year"), BASE - earlier) for earlier in range(10))


# -- Physical bounds ------------------------------------------------------------------------------


@error("二氧化碳减排量 ×100")
def carbon_slipped() -> Iterator[Place]:
    yield from (times(cell, "100") for cell in projects("cut_co2"))


@error("节能量大于园区能耗")
def saving_above_base() -> Iterator[Place]:
    base = number(at(f"energy/totals/energy_total/{BASE}"))
    assert base is not None
    for row in CLEAN.rows(PROJECTS):
        for share in ("1.01", "3"):
            yield put(PROJECTS.at(row, "save_energy"), base * Decimal(share))


@error("固体废物产生、利用、处置、贮存不平衡")
def waste_unbalanced() -> Iterator[Place]:
    for table in WASTES:
        for row in CLEAN.rows(table):
            columns = ("generated", "utilised", "disposed", "stored")
            for cell, value in _figures(*(table.at(row, column) for column in columns)):
                yield Place(str(cell), _off(cell, value))


@error("利用往年贮存量大于综合利用量")
def stock_above() -> Iterator[Place]:
    for table in WASTES:
        for row in CLEAN.rows(table):
            used = number(table.at(row, "utilised")) or Decimal(0)
            yield put(table.at(row, "utilised_stock"), used + 1)
            yield put(table.at(row, "utilised_stock"), used * 2 + 5)


@error("“其中”大于总数")
def part_above() -> Iterator[Place]:
    for part, whole in parts():
        total = number(whole)
        if total:
            for share in ("1.02", "1.5", "3"):
                yield put(part, fitting(part, total * Decimal(share) + 1))


@error("比率大于 100%")
def rate_above() -> Iterator[Place]:
    for cell, _ in sorted(CLEAN.answers.values(), key=lambda entry: str(entry[0])):
        slot = slot_at(PACK, cell)
        if slot and isinstance(slot.kind, Percent) and slot.kind.maximum == 100:
            yield from (put(cell, Decimal(value)) for value in ("100.5", "876", "1250"))
    for row in indicators().rows:
        if isinstance(row.kind, Percent):
            for side in ("base", "target"):
                reason = INDICATORS.at(row.key, "reason")
                yield several((INDICATORS.at(row.key, side), Decimal(108)), (reason, "实测"))


@error("废水排放量大于取用水量")
def wastewater_above() -> Iterator[Place]:
    for year in range(BASE - 2, BASE + 1):
        fresh = number(at(f"water/supply/fresh_total/{year}"))
        assert fresh is not None
        for share in ("1.15", "1.3", "1.6", "2", "3"):
            yield put(at(f"water/supply/wastewater/{year}"), fresh * Decimal(share))
