"""What copying leaves behind: other parks, other years, parts of years, sums that do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from forms.address import Address
from forms.answers import Answers
from forms.prose_figures import half_width
from forms.quantities import Known, known_quantities
from forms.schema import Place as Part
from forms.schema import YearTable
from forms.wording import figure_text
from tests.mutation.places import (
    BASE,
    CLEAN,
    PACK,
    PROJECTS,
    Change,
    Place,
    error,
    narratives,
    number,
    projects,
    put,
    said_too,
)

TARGET = CLEAN.calendar.target
PARKS = ("临海滨江经济技术开发区", "安平高新技术产业开发区", "鹿山循环经济园", "长岭化工园区")
OUTSIDE = (
    f"到{TARGET + 5}年，单位生产总值能耗再降低一成，力争建成国内领先的循环型园区。",
    f"到{BASE - 5}年，工业固体废物综合利用率达到九成以上。",
    f"至{TARGET + 2}年底，重点企业全部达到清洁生产一级水平。",
)
OLD_CYCLE = (
    "“十三五”期间，园区将大力推进供热管网建设。",
    "“十二五”时期，园区计划新建再生水厂一座。",
)


def _tellers() -> list[Address]:
    return [cell for cell in narratives() if not cell.row]


@error("正文留有其他园区的名称", "LFT-101")
def other_park() -> Iterator[Place]:
    own = CLEAN.text(PACK.roles.park_name)
    for count, cell in enumerate(_tellers()):
        text, name = str(CLEAN.value(cell)), PARKS[count % len(PARKS)]
        if own in text:
            yield put(cell, text.replace(own, name))
        yield said_too(cell, f"{name}将按年度公布工作进展。")


@error("正文的目标年份在方案期以外", "LFT-102", "LFT-103")
def year_outside() -> Iterator[Place]:
    for count, cell in enumerate(_tellers()):
        text = str(CLEAN.value(cell))
        if text.count(f"到{TARGET}年") and "展望" not in text:
            yield put(cell, text.replace(f"到{TARGET}年", f"到{TARGET + 5}年"))
        yield said_too(cell, OUTSIDE[count % len(OUTSIDE)])


@error("正文把旧五年规划写作今后的安排", "LFT-104")
def old_cycle() -> Iterator[Place]:
    for count, cell in enumerate(_tellers()):
        yield said_too(cell, OLD_CYCLE[count % len(OLD_CYCLE)])


@error("通知条文没有内容作答", "COV-101")
def clause_unanswered() -> Iterator[Place]:
    for clause in PACK.clauses:
        homes = {s.key for s in PACK.sections() if clause.key in s.clauses and s.place is Part.BODY}
        if homes:
            yield Place(clause.key, _emptied(frozenset(homes)))


def _emptied(homes: frozenset[str]) -> Change:
    def change(answers: Answers, _: Random) -> Answers:
        for cell, _value in CLEAN.answers.values():
            if cell.section in homes:
                answers = answers.with_value(cell, None)
        for table, _rows in CLEAN.answers.orders():
            if table.section in homes:
                answers = answers.with_order(table, ())
        return answers

    return change


@error("同一项目换个叫法再填一次", "DBL-107", "DBL-101")
def project_twice() -> Iterator[Place]:
    for cell in projects("name"):
        name = str(CLEAN.value(cell))
        for other in (f"{name} ", f"{name}（新建）", _renamed(name), f"新建{name}"):
            yield Place(f"{cell}={other}", _copied(cell.row, other))


def _renamed(name: str) -> str:
    for end, other in (("项目", "工程"), ("工程", "项目"), ("中心", "中心建设项目")):
        if name.endswith(end):
            return name.removesuffix(end) + other
    return f"{name}项目"


def _copied(row: str, name: str) -> Change:
    def change(answers: Answers, _: Random) -> Answers:
        for cell, value in CLEAN.answers.row_values(PROJECTS.at_row(row)).items():
            own = name if cell.column == "name" else value
            answers = answers.with_value(PROJECTS.at("twice", cell.column, cell.year), own)
        return answers.with_order(PROJECTS, (*CLEAN.answers.order(PROJECTS), "twice"))

    return change


# -- Numbers of the prose among themselves ---------------------------------------------------------


@error("正文“其中”各项之和大于总数", "PRS-011")
def parts_exceed() -> Iterator[Place]:
    units = (("一般工业固体废物", "万t"), ("节水", "万m³"), ("技改投资", "亿元"), ("岗位", "个"))
    for count, cell in enumerate(_tellers()):
        what, unit = units[count % len(units)]
        for whole, first, second in ((48, 30, 21), (126, 96, 52)):
            told = f"园区另行安排的{what}{whole}{unit}，其中东片{first}{unit}、西片{second}{unit}。"
            yield said_too(cell, told)


@error("几个月的数当作全年数填报", "TIM-101")
def months_as_year() -> Iterator[Place]:
    for count, known in enumerate(_of_the_base_year()):
        teller = _tellers()[count % len(_tellers())]
        value = figure_text(known.value, known.decimals)
        label = re.sub(r"（[^（）]*）", "", known.label)
        for when in ("1—9月", "前三季度", "上半年"):
            yield said_too(teller, f"{BASE}年{when}，园区{label}{value}{known.unit}。")


def _of_the_base_year() -> Iterator[Known]:
    for known in known_quantities(CLEAN):
        item = PACK.index.items[known.address.section, known.address.item]
        if isinstance(item, YearTable) and known.address.year == BASE and not known.is_rate:
            exact = Decimal(figure_text(known.value, known.decimals).replace(",", ""))
            if known.value and exact == known.value:
                yield known


@error("测算过程的结果改动（效益数未改）", "PRS-022")
def working_changed() -> Iterator[Place]:
    for cell in projects("save_energy", "save_water", "cut_co2", "cut_waste", "use_waste"):
        basis, value = PROJECTS.at(cell.row, "benefit_basis"), number(cell)
        text = str(CLEAN.value(basis))
        said = f"{value.normalize():f}" if value else ""
        if value and said in half_width(text):
            for share in ("1.13", "10"):
                wrong = f"{(value * Decimal(share)).quantize(Decimal('0.01')):f}"
                yield put(basis, text.replace(said, wrong))
