"""Every computed number of the sample plan against the workbook worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import pytest

from commands.making import DEFAULT_PACK, sample_plan
from forms.address import Address, parse_address
from forms.edits import SetValue, apply_edit
from forms.kinds import Kind, Numeric, Percent, Year, is_numeric
from forms.loading import open_pack
from forms.overview import SummaryRow, summarise
from forms.places import slot_at
from forms.schema import Summary, Table
from forms.view import PlanView, evaluate
from forms.wording import word
from tests.forms.random_edits import cells
from tests.workbook.make_xlsx import VALUE, make_book, names_in
from tests.workbook.sheets import DIGITS, Cell, Workbook, read_sheets, rounded, significant

SHEETS = read_sheets()
BOOK = Workbook(SHEETS)
TOTAL, SUMMARY = "合计", "汇总"  # addresses of what stands in no slot
VALUE_COLUMN = "ABCDEFG".index(VALUE) + 1
PRECISE = Fraction(1, 10 ** (DIGITS - 7))  # of a value that goes on for ever: its first 27 digits


@lru_cache(maxsize=1)
def sample() -> PlanView:
    return evaluate(open_pack(DEFAULT_PACK), sample_plan().answers)


@lru_cache(maxsize=1)
def computed() -> dict[str, tuple[Decimal, Kind]]:
    """Every number the program works out for the sample, by address, with its kind."""
    return numbers_of(sample())


def numbers_of(view: PlanView) -> dict[str, tuple[Decimal, Kind]]:
    found: dict[str, tuple[Decimal, Kind]] = {}
    for slot, place in cells(view):
        value = view.figure(place).value
        if is_numeric(slot.kind) and isinstance(value, Decimal | int):
            found[str(place)] = (Decimal(value), slot.kind)
    for section in view.pack.sections():
        for item in section.items:
            home = Address(section.key, item.key)
            if isinstance(item, Table):
                for (column, year), value in view.totals(home).items():
                    place = f"{home}/{column}/{year}" if year else f"{home}/{column}"
                    found[f"{TOTAL}/{place}"] = (value, item.column(column).kind)
            elif isinstance(item, Summary):
                found.update(_of_summary(view, home, item))
    return found


def _of_summary(
    view: PlanView, home: Address, item: Summary
) -> Iterator[tuple[str, tuple[Decimal, Kind]]]:
    table = summarise(view, item)
    for row in (*table.rows, table.total):
        place = f"{SUMMARY}/{home}/{row.label}"
        if table.counts:
            yield f"{place}/个数", (Decimal(row.count), Percent(0))
        yield from _amounts(place, row, table.kinds)


def _amounts(
    place: str, row: SummaryRow, kinds: tuple[Kind, ...]
) -> Iterator[tuple[str, tuple[Decimal, Kind]]]:
    for number, (amount, kind) in enumerate(zip(row.amounts, kinds, strict=True), 1):
        if amount is not None:
            yield f"{place}/金额{number}", (amount, kind)
    if row.share is not None:
        yield f"{place}/占比", (row.share, Percent())


WORKED = [cell for cell in SHEETS if cell.formula]
TYPED = [cell for cell in SHEETS if not cell.formula]


# -- The workbook itself ---------------------------------------------------------------------------


def test_that_every_cell_has_a_name_of_its_own_and_a_meaning():
    names = [cell.name for cell in SHEETS]

    assert len(names) == len(set(names))
    assert [cell.name for cell in SHEETS if not cell.meaning or not cell.value] == []
    # a name a spreadsheet takes for no cell of its own, such as SO2
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", name)] == []


def test_that_the_values_written_are_those_of_the_formulas():
    wrong = {
        cell.name: (cell.value, significant(BOOK.result(cell.name)))
        for cell in WORKED
        if cell.value != significant(BOOK.result(cell.name))
    }

    assert wrong == {}


def test_that_every_typed_number_is_used():
    used = set(re.findall(r"[a-z][a-z0-9_]+", " ".join(cell.formula for cell in WORKED)))

    assert sorted({cell.name for cell in TYPED} - used) == []


# -- Against the program ---------------------------------------------------------------------------


def test_that_the_typed_numbers_are_those_of_the_sample():
    view = sample()
    wrong = {
        cell.name: (cell.value, str(typed))
        for cell in TYPED
        if cell.address
        and (typed := view.typed(parse_address(cell.address))) != Decimal(cell.value)
    }

    assert wrong == {}


def test_that_no_computed_number_of_the_sample_is_missing_from_the_workbook():
    """A new formula asks for its line here: see README.md of this folder."""
    places = [cell.address for cell in WORKED]

    assert sorted(set(computed()) - set(places)) == []
    assert sorted(set(places) - set(computed())) == []
    assert len(places) == len(set(places)) > 400


@pytest.mark.parametrize("cell", WORKED, ids=lambda cell: cell.name)
def test_that_the_program_gives_what_the_workbook_gives(cell):
    """Equal to the last digit; a value that goes on for ever, as far as the program carries it."""
    made, kind = computed()[cell.address]
    right = BOOK.result(cell.name)

    assert is_same(made, right), cell.meaning
    assert isinstance(kind, Numeric)
    printed = word(sample().pack, kind, made)
    assert printed == cell.printed, cell.meaning
    decimals = getattr(kind, "decimals", 0)
    assert Fraction(printed) == rounded(right, decimals), cell.meaning


def is_same(made: Decimal, right: Fraction) -> bool:
    if significant(right, 60) == significant(right):
        return Fraction(made) == right
    return abs(Fraction(made) - right) <= abs(right) * PRECISE


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("full_year_p12", 2031),  # ready after the target year: counted in no result of 2030
        ("added_cod", Decimal("204.88")),
        ("coal_2025", Decimal(700000)),
        ("used_w03", Decimal(100000)),
        ("save_energy_p01", Decimal(30000)),
        ("target_gdp", Decimal(300)),
    ],
)
def test_that_the_two_agree_when_the_planner_types_another_number(name, typed):
    """What is right for one set of numbers only was right by chance."""
    edit = SetValue(parse_address(BOOK.cells[name].address), typed)
    view = evaluate(sample().pack, apply_edit(sample().pack, sample().answers, edit).answers)
    numbers = numbers_of(view)
    book = Workbook([_retyped(cell, name, typed) for cell in SHEETS])
    moved = {cell.name for cell in WORKED if book.result(cell.name) != BOOK.result(cell.name)}
    wrong = {
        cell.name: (str(numbers[cell.address][0]), significant(book.result(cell.name)))
        for cell in WORKED
        if not is_same(numbers[cell.address][0], book.result(cell.name))
    }

    assert wrong == {}
    assert moved


def _retyped(cell: Cell, name: str, typed: Decimal | int) -> Cell:
    return replace(cell, value=str(typed)) if cell.name == name else cell


def test_that_the_units_are_those_of_the_plan():
    """A number is right in its unit only."""
    view = sample()
    for cell in SHEETS:
        slot = slot_at(view.pack, parse_address(cell.address)) if _is_plain(cell.address) else None
        unit = getattr(slot.kind, "unit", _unit_by_kind(slot.kind)) if slot else ""
        if unit:
            assert unit == cell.unit, cell.name


def _unit_by_kind(kind: Kind) -> str:
    return "年" if isinstance(kind, Year) else "%"


def _is_plain(address: str) -> bool:
    return bool(address) and not address.startswith((TOTAL, SUMMARY))


# -- As a spreadsheet ------------------------------------------------------------------------------


def test_that_the_spreadsheet_holds_every_cell_under_its_name():
    book = make_book(SHEETS)

    for cell in SHEETS:
        sheet, place = book.defined_names[cell.name].attr_text.replace("$", "").split("!")
        shown = book[sheet.strip("'")].cell(int(place[1:]), VALUE_COLUMN).value
        assert shown == (cell.formula or Decimal(cell.value)), cell.name
        assert names_in(cell.formula or "=0") <= set(BOOK.cells), cell.name
