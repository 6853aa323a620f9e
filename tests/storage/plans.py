"""Plans for the storage tests: random ones, a small fixed one, and what makes two of them equal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from forms.address import Address
from forms.answers import Answers, answers_of
from forms.changes import ChangeSet, OrderChange, ValueChange
from forms.encoding import encode
from forms.values import Cut, PaperWidth, Picture, Value, YearMonth
from storage.media import picture_name
from storage.meta import PlanMeta, new_plan_id

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(255, -1, -1))
PICTURES = {picture_name(each): each for each in (PNG, JPEG)}

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FIGURES = st.decimals(
    min_value=-(10**15), max_value=10**15, places=4, allow_nan=False, allow_infinity=False
) | st.sampled_from([Decimal("1.0"), Decimal("1.00"), Decimal("-0"), Decimal("0.10")])
_SIDES = st.integers(0, 9999), st.integers(0, 9999), st.integers(1, 9999), st.integers(1, 9999)
CUTS = st.builds(Cut, st.sampled_from(sorted(PICTURES)), st.integers(0, 3), *_SIDES)
VALUES: st.SearchStrategy[Value] = st.one_of(
    TEXTS,
    st.integers(-(10**18), 10**18),
    st.booleans(),
    FIGURES,
    st.dates(),
    st.builds(YearMonth, st.integers(1900, 2100), st.integers(1, 12)),
    st.builds(
        Picture,
        st.sampled_from(sorted(PICTURES)),
        TEXTS,
        st.just("image/png"),
        st.integers(1, 9999),
        st.integers(1, 9999),
        st.none() | CUTS,
        st.none() | st.builds(PaperWidth, st.integers(10, 100), st.booleans()),
    ),
    st.lists(TEXTS, max_size=3).map(tuple),
)
TABLE_CELLS = st.builds(
    Address, NAMES, NAMES, NAMES, NAMES | st.just(""), st.sampled_from([0, 2020, 2024])
).filter(lambda address: bool(address.column or address.year))
HOMES = st.tuples(NAMES, NAMES).map(lambda names: Address(*names))
ADDRESSES = HOMES | TABLE_CELLS


@st.composite
def random_answers(draw: st.DrawFn) -> Answers:
    """Any plan: fields, tables and the order of their rows."""
    values = draw(st.dictionaries(ADDRESSES, VALUES, max_size=12))
    tables = draw(st.lists(HOMES, max_size=3, unique=True))
    orders = {
        table: draw(st.lists(NAMES, min_size=1, max_size=5, unique=True).map(tuple))
        for table in tables
    }
    return answers_of(values.items(), orders.items())


def same(answers: Answers) -> tuple[object, ...]:
    """What two plans have in common when they are the same to the last digit."""
    values = {(str(address), *encode(value)) for address, value in answers.values()}
    return values, dict(answers.orders())


def small_plan() -> Answers:
    """A plan with one value of each sort, three projects and a picture."""
    projects = Address("projects", "list")
    values: list[tuple[Address, Value]] = [
        (Address("period", "base_year"), 2023),
        (Address("park", "name"), "青峰经济开发区"),
        (Address("park", "approved"), date(2009, 6, 30)),
        (Address("park", "started"), YearMonth(2010, 4)),
        (Address("park", "national"), True),
        (Address("park", "fields"), ("chemistry", "machines")),
        (Address("park", "map"), Picture(picture_name(PNG), "区位图.png", "image/png", 16, 16)),
        (Address("water", "supply", "surface", "", 2023), Decimal("1234567.890")),
        *[(projects.at(f"p{n}", "name"), f"蒸汽梯级利用项目{n}") for n in range(3)],
        *[(projects.at(f"p{n}", "invest", 2024), Decimal(f"{n}.50")) for n in range(3)],
    ]
    return answers_of(values, [(projects, ("p2", "p0", "p1"))])


def some_meta(plan_id: str = "") -> PlanMeta:
    """The meta data of a new plan."""
    return PlanMeta(
        plan_id or new_plan_id(),
        "national-2021",
        "1",
        "青峰经济开发区循环化改造实施方案",
        "青峰经济开发区",
        0,
        "",
        "",
        NOON,
        NOON,
        "园策 0.1",
    )


def typed(place: str, before: Value | None, after: Value | None, label: str = "输入") -> ChangeSet:
    """One field typed."""
    section, item = place.split("/")
    return ChangeSet(label, (ValueChange(Address(section, item), before, after),))


def moved(table: Address, before: tuple[str, ...], after: tuple[str, ...]) -> ChangeSet:
    """The rows of a table moved."""
    return ChangeSet("移动行", (OrderChange(table, before, after),))


def names(folder: Path) -> list[str]:
    """The names in a folder, sorted."""
    return sorted(each.name for each in folder.iterdir())
