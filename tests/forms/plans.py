"""Plans of the small pack: one made by hand, and random edits for Hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from forms.address import Address, parse_address
from forms.answers import Answers
from forms.edits import AddRow, Edit, MoveRow, RemoveRow, SetValue, apply_edit, set_from_text
from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Kind,
    Month,
    Narrative,
    Numeric,
    Reference,
    Text,
    Year,
    YesNo,
)
from forms.places import slot_at
from forms.schema import Field, IndicatorTable, Pack, Table
from forms.slots import slots_of
from forms.values import Picture, Value, YearMonth
from tests.packs.loading import small_pack

PICTURE = Picture("ab" * 32, "平面图.png", "image/png", 40, 20)
ROWS = ("r1", "r2", "r3")
TYPED = {
    "cover/park_name": "青湖园区",
    "cover/level": "省级",
    "cover/compiler": "青湖管委会",
    "cover/month": "2026年6月",
    "overview/location": "位于东部。\n# 交通\n- 铁路\n- 水路",
    "overview/area": "12.50",
    "overview/share": "80",
    "overview/tasks": "节能降碳、优化布局",
    "overview/history": "二〇〇三年设立。",
    "water/supply/surface/2024": "110",
    "water/supply/surface/2025": "120.5",
    "water/supply/ground/2025": "12",
    "energy/balance/coal/fuel": "原煤",
    "energy/balance/coal/amount/2024": "90",
    "energy/balance/coal/amount/2025": "100",
    "energy/balance/gas/fuel": "天然气",
    "energy/balance/gas/amount/2025": "10",
    "works/list/p1/name": "中水回用",
    "works/list/p1/task": "高效利用、综合利用",
    "works/list/p1/approved": "是",
    "works/list/p1/number": "〔2025〕1号",
    "works/list/p1/start": "2026-03",
    "works/list/p1/content": "新建管网。",
    "works/list/p1/total": "100",
    "works/list/p1/own": "60",
    "works/list/p1/loan": "40",
    "works/list/p1/invest/2026": "50",
    "works/list/p1/invest/2027": "50",
    "works/list/p1/saving": "10",
    "works/list/p2/name": "余热利用",
    "works/list/p2/task": "节能降碳",
    "works/list/p2/total": "200",
    "works/list/p2/own": "200",
    "works/list/p2/saving": "20.5",
    "outcomes/output": "12",
    "outcomes/indicators/intensity/target": "0.1",
    "maps/pictures/m1/title": "平面图",
    "maps/pictures/m1/project": "p1",
}


def at(text: str) -> Address:
    """An address."""
    return parse_address(text)


def plan(pack: Pack | None = None, typed: dict[str, str] | None = None) -> Answers:
    """A plan with these typed texts; rows are added as they are met."""
    pack = pack or small_pack()
    answers = Answers()
    for text, value in (TYPED if typed is None else typed).items():
        address = at(text)
        item = pack.index.items[address.section, address.item]
        if isinstance(item, Table) and address.row not in answers.order(address):
            answers = apply_edit(pack, answers, AddRow(address.table, address.row)).answers
        answers = apply_edit(pack, answers, set_from_text(pack, address, value)).answers
    return answers


def sample() -> Answers:
    """The small plan, with its picture."""
    return apply_edit(
        small_pack(), plan(), SetValue(at("maps/pictures/m1/picture"), PICTURE)
    ).answers


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=20,
)


def values(pack: Pack, kind: Kind) -> st.SearchStrategy[Value]:
    """Values of a kind, limits kept."""
    match kind:
        case Text():
            return TEXTS.map(str.strip).filter(bool)
        case Narrative():
            return TEXTS.filter(lambda text: bool(text.strip()))
        case Choice():
            return st.sampled_from(
                [o.key for o in pack.index.vocabularies[kind.vocabulary].options]
            )
        case Choices():
            keys = [o.key for o in pack.index.vocabularies[kind.vocabulary].options]
            return st.sets(st.sampled_from(keys), min_size=1).map(
                lambda chosen: tuple(key for key in keys if key in chosen)
            )
        case Year():
            return st.integers(2020, 2030)
        case Month():
            return st.builds(YearMonth, st.integers(1990, 2090), st.integers(1, 12))
        case Date():
            return st.dates(date(1990, 1, 1), date(2090, 1, 1))
        case YesNo():
            return st.booleans()
        case Image():
            return st.just(PICTURE)
        case Reference():
            return st.sampled_from(ROWS)
        case Integer():
            return st.integers(kind.minimum or 0, kind.maximum or 9)
        case _:
            return decimals(kind)


def decimals(kind: Numeric) -> st.SearchStrategy[Decimal]:
    """Figures within the limits of a kind, trailing zeros and many digits among them."""
    low = -(10**9) if kind.minimum is None else int(kind.minimum)
    high = 10**12 if kind.maximum is None else int(kind.maximum)
    return st.decimals(low, high, allow_nan=False, places=3) | st.integers(low, high).map(Decimal)


def writable(pack: Pack) -> list[Address]:
    """A few addresses of every writable slot."""
    found: list[Address] = []
    for section in pack.sections():
        for item in section.items:
            for slot in slots_of(section, item):
                if slot.is_computed:
                    continue
                last, home = slot.key[2], Address(section.key, item.key)
                years = (2024, 2025, 2026) if slot.years else (0,)
                for year in years:
                    if isinstance(item, Field):
                        found.append(home)
                    elif isinstance(item, Table):
                        found += [home.at(row, last, year) for row in ROWS]
                    elif isinstance(item, IndicatorTable):
                        row, _, column = last.partition(".")
                        found.append(home.at(row, column))
                    else:
                        found.append(home.at(last, year=year))
    return found


def tables(pack: Pack) -> list[Address]:
    """Every table with rows of its own."""
    return [
        Address(section.key, item.key)
        for section in pack.sections()
        for item in section.items
        if isinstance(item, Table)
    ]


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One random edit of the small pack, possible or not."""
    pack = small_pack()
    sort = draw(st.sampled_from(["set", "set", "set", "clear", "add", "remove", "move"]))
    if sort in ("set", "clear"):
        address = draw(st.sampled_from(writable(pack)))
        slot = slot_at(pack, address)
        assert slot is not None
        return SetValue(address, draw(values(pack, slot.kind)) if sort == "set" else None)
    table, row = draw(st.sampled_from(tables(pack))), draw(st.sampled_from(ROWS))
    position = draw(st.integers(0, 4))
    if sort == "add":
        return AddRow(table, row, position)
    return (
        RemoveRow(table.at_row(row)) if sort == "remove" else MoveRow(table.at_row(row), position)
    )


def applied(answers: Answers, chain: Sequence[Edit]) -> Answers:
    """The answers after those edits that are possible."""
    from forms.edits import EditError

    for edit in chain:
        try:
            answers = apply_edit(small_pack(), answers, edit).answers
        except EditError:
            continue
    return answers
