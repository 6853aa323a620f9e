"""Random edits of any plan for Hypothesis: cells, rows, years, prose, one by one or pasted at once.

Addresses are drawn where they matter most: at existing rows and the plan's years, at rows that do
not exist yet or no more, and at years beside the plan's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from forms.address import Address
from forms.answers import Answers
from forms.changes import ChangeSet
from forms.edits import AddRow, Edit, EditError, MoveRow, RemoveRow, SetValue, apply_edit
from forms.kinds import Integer, Kind, Narrative, Reference, Text, Year, is_numeric
from forms.places import slot_at
from forms.schema import Field, IndicatorTable, Pack, Period, Table, YearTable
from forms.slots import Slot, slots_of
from forms.view import PlanView, evaluate
from tests.forms import plans

NEW_ROWS = ("x1", "x2")
FRAGMENTS = (
    "2025年综合能源消费量为1234.5万吨标准煤。",
    "项目实施后年节能量达到3万tce，节水量约40万m³。",
    "单位生产总值能耗由0.9吨标准煤/万元下降至0.7吨标准煤/万元。",
    "地区生产总值 900 亿元，待补充。",
    "与某地园区相比，重复利用率为 91%。",
)


def slots_with_home(pack: Pack) -> Iterator[tuple[Slot, Address, Field | Table | YearTable]]:
    """Every slot with the address of its field or table."""
    for section in pack.sections():
        for item in section.items:
            for slot in slots_of(section, item):
                yield slot, Address(section.key, item.key), item  # type: ignore[misc]


def cells(view: PlanView, spare_rows: Sequence[str] = ()) -> Iterator[tuple[Slot, Address]]:
    """Every place of a plan with its slot: each field, row and year; `spare_rows` besides."""
    for slot, home, item in slots_with_home(view.pack):
        last = slot.key[2]
        years = view.years(slot.years)
        match item:
            case Field():
                yield slot, home
            case Table():
                for row in (*view.rows(home), *spare_rows):
                    for year in years:
                        yield slot, home.at(row, last, year)
            case IndicatorTable():
                row, _, column = last.partition(".")
                yield slot, home.at(row, column)
            case _:
                for year in years:
                    yield slot, home.at(last, year=year)


@dataclass(frozen=True)
class Ground:
    """Where edits of one plan are drawn from."""

    start: PlanView
    places: tuple[tuple[Slot, Address], ...]
    figures: tuple[tuple[Slot, Address], ...]  # typed figures: most of what others rest on
    years: tuple[Address, ...]
    tables: tuple[Address, ...]

    @classmethod
    def of(cls, pack: Pack, answers: Answers) -> Ground:
        """The ground of a plan, with rows and years that it does not have among them."""
        start = evaluate(pack, answers)
        places = [entry for entry in cells(start, NEW_ROWS) if not entry[0].is_computed]
        places += [
            (slot, Address(a.section, a.item, a.row, a.column, a.year + 1))
            for slot, a in places
            if a.year and a.year in (start.calendar.base, start.calendar.target)
        ]
        roles = pack.roles
        return cls(
            start,
            tuple(places),
            tuple(entry for entry in places if is_numeric(entry[0].kind)),
            (roles.base_year, roles.target_year, roles.history_years),
            tuple(home for _, home, item in slots_with_home(pack) if isinstance(item, Table)),
        )

    def edits(self) -> st.SearchStrategy[Edit]:
        """One random edit, possible or not."""
        figures = st.sampled_from(self.figures).flatmap(self._figure)
        return st.one_of(
            figures,
            figures,
            st.sampled_from(self.places).flatmap(self._value),
            st.sampled_from(self.places).map(lambda entry: SetValue(entry[1], None)),
            st.sampled_from(self.years).flatmap(self._year),
            st.sampled_from(self.tables).flatmap(self._added),
            self._rows().map(RemoveRow),
            st.builds(MoveRow, self._rows(), st.integers(0, 30)),
        )

    def bursts(self, most: int) -> st.SearchStrategy[list[list[Edit]]]:
        """Edits as a session makes them: one at a time, or several before anyone looks."""
        return st.lists(st.lists(self.edits(), min_size=1, max_size=3), min_size=1, max_size=most)

    def _figure(self, entry: tuple[Slot, Address]) -> st.SearchStrategy[Edit]:
        """The same figure slipped, swapped or off by little, or another one altogether."""
        slot, address = entry
        old = self.start.number(address)
        if old is None:
            return self._value(entry)
        wrong = [old * 10, old * 10_000, old / 1000, old * 2, old + 1, -old, Decimal(0)]
        if isinstance(slot.kind, Integer):
            return st.sampled_from([SetValue(address, int(value)) for value in wrong])
        return st.sampled_from([SetValue(address, value) for value in wrong])

    def _value(self, entry: tuple[Slot, Address]) -> st.SearchStrategy[Edit]:
        slot, address = entry
        return self._of_kind(slot.kind).map(lambda value: SetValue(address, value))

    def _of_kind(self, kind: Kind) -> st.SearchStrategy:
        if isinstance(kind, Narrative):
            return st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=3).map("".join)
        if isinstance(kind, Text):
            return st.sampled_from(("待补充", "甲公司", "乙公司", "2025年统计台账"))
        if isinstance(kind, Reference):
            section, _, item = kind.table.partition("/")
            rows = self.start.rows(Address(section, item))
            return st.sampled_from((*rows, *NEW_ROWS))
        return plans.values(self.start.pack, kind)

    def _year(self, address: Address) -> st.SearchStrategy[Edit]:
        slot = slot_at(self.start.pack, address)
        assert slot is not None
        span = st.integers(2022, 2032) if isinstance(slot.kind, Year) else st.integers(1, 5)
        return st.builds(SetValue, st.just(address), span | st.none())

    def _added(self, table: Address) -> st.SearchStrategy[Edit]:
        places = [e for e in self.places if e[1].table == table and e[1].row in NEW_ROWS]
        filled = st.lists(st.sampled_from(places).flatmap(self._value), max_size=6)
        return st.builds(
            lambda row, position, sets: AddRow(
                table,
                row,
                position,
                tuple((s.address, s.value) for s in sets if s.address.row == row),
            ),
            st.sampled_from(NEW_ROWS),
            st.none() | st.integers(0, 5),
            filled,
        )

    def _rows(self) -> st.SearchStrategy[Address]:
        rows = [
            table.at_row(row)
            for table in self.tables
            for row in (*self.start.rows(table), *NEW_ROWS)
        ]
        return st.sampled_from(rows)


def applied(pack: Pack, answers: Answers, chain: Sequence[Edit]) -> tuple[Answers, list[ChangeSet]]:
    """The answers after those edits that are possible, and what each of them changed."""
    done: list[ChangeSet] = []
    for edit in chain:
        try:
            step = apply_edit(pack, answers, edit)
        except EditError:
            continue
        answers = step.answers
        done.append(step.changes)
    return answers, done


def periods(view: PlanView) -> tuple[tuple[int, ...], ...]:
    """The years of a plan, past and promised."""
    return tuple(view.years(period) for period in Period)
