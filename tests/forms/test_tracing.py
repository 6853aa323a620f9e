"""Tracing: every computed number of the sample leads to what was typed or published."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.making import sample_plan
from forms.address import Address, parse_address
from forms.edits import apply_edit, set_from_text
from forms.kinds import is_numeric
from forms.loading import open_pack
from forms.places import slot_at
from forms.schema import Field, IndicatorTable, Table, YearTable
from forms.tracing import sources
from forms.view import PlanView, evaluate

DEEPEST = 12


@pytest.fixture(scope="module")
def sample() -> PlanView:
    plan = sample_plan()
    return evaluate(open_pack(plan.meta.pack_id), plan.answers)


def computed(view: PlanView) -> Iterator[Address]:
    """Every computed value that has a result and is asked for."""
    for section in view.pack.sections():
        for item in section.items:
            if view.shows_section(section) and view.shows_item(item):
                for address in addresses(view, Address(section.key, item.key), item):
                    slot = slot_at(view.pack, address)
                    has_formula = slot is not None and (slot.formula or not slot.overridable)
                    if has_formula and view.value(address) is not None:
                        yield address


def addresses(view: PlanView, home: Address, item) -> Iterator[Address]:
    if isinstance(item, Field):
        yield home
    elif isinstance(item, Table):
        for row in view.rows(home):
            for column in item.columns:
                yield from (home.at(row, column.key, y) for y in view.years(column.years))
    elif isinstance(item, YearTable):
        yield from (home.at(r.key, year=y) for r in item.rows for y in view.years(item.years))
    elif isinstance(item, IndicatorTable):
        sides = ("base", "target", "change", "rate")
        yield from (home.at(row.key, side) for row in item.rows for side in sides)


def is_shown(view: PlanView, address: Address) -> bool:
    section = view.pack.index.sections[address.section]
    return view.shows_section(section) and view.shows_item(section.item(address.item))


def ends(view: PlanView, address: Address, depth: int = 0) -> Iterator[object]:
    """The typed values and the factors everything rests on in the end."""
    assert depth < DEEPEST
    slot = slot_at(view.pack, address)
    assert slot is not None, address
    found = sources(view, address)
    yield from found.factors
    is_end = slot.overridable and (slot.formula is None or view.typed(address) is not None)
    if is_end:
        yield address
        return
    for cell in found.cells:
        yield from ends(view, cell, depth + 1)


def test_that_every_computed_number_leads_to_typed_cells_or_factors(sample):
    walked = list(computed(sample))
    astray = [str(address) for address in walked if not list(ends(sample, address))]

    assert len(walked) > 300
    assert astray == []


def test_that_no_step_of_a_trace_leads_to_something_hidden_or_empty(sample):
    for address in computed(sample):
        for cell in sources(sample, address).cells:
            assert is_shown(sample, cell), f"{address} leads to {cell}"
            slot = slot_at(sample.pack, cell)
            assert slot is not None
            if is_numeric(slot.kind) and "or_zero" not in str(
                getattr(slot_at(sample.pack, address), "formula", "")
            ):
                assert sample.value(cell) is not None, f"{address} leads to empty {cell}"


def test_that_a_factor_is_named_with_set_edition_year_area_and_how_verified(sample):
    used = sources(sample, parse_address("scope/grid_factor")).factors

    assert len(used) == 1
    assert used[0].factor_set.title == "电力二氧化碳排放因子"
    assert "2023" in used[0].factor.label
    assert "全国" in used[0].factor.label
    assert used[0].factor.verified == "found-1"
    assert "公告2025年第47号" in used[0].factor.edition


def test_that_of_a_choice_only_the_branch_that_counted_is_named(sample):
    saving = parse_address("outcomes/indicators/energy_saving/target")
    by_project = [str(cell) for cell in sources(sample, saving).cells]
    edit = set_from_text(
        sample.pack,
        parse_address("scope/saving_method"),
        "强度法（基准年与目标年单耗之差×目标年产出）",
    )
    changed = evaluate(sample.pack, apply_edit(sample.pack, sample.answers, edit).answers)

    assert by_project == ["benefit_summary/total_save_energy", "scope/saving_method"]
    assert [str(cell) for cell in sources(changed, saving).cells] == [
        "targets/intensity_saving",
        "scope/saving_method",
    ]


def test_that_a_sum_names_only_the_rows_that_counted(sample):
    total = parse_address("benefit_summary/total_save_water")
    cells = [c for c in sources(sample, total).cells if c.column == "save_water"]
    late = set_from_text(sample.pack, parse_address("projects/list/p17/full_year"), "2031")
    changed = evaluate(sample.pack, apply_edit(sample.pack, sample.answers, late).answers)
    left = [c for c in sources(changed, total).cells if c.column == "save_water"]

    assert len(cells) == 8
    assert [c.row for c in cells if c not in left] == ["p17"]
