"""Another plan from this one: what is taken is as it was typed, and the rest is told."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.making import sample_plan
from forms.address import Address, parse_address
from forms.answers import Answers
from forms.continuing import Cause, Continuation, Part, continue_plan
from forms.edits import EditError
from forms.kinds import Reference, is_numeric
from forms.loading import open_pack
from forms.places import slot_at
from forms.reading import check_value
from forms.schema import Table
from forms.values import Picture, YearMonth
from forms.view import evaluate
from tests.outputs.random_plans import PACK as SMALL
from tests.outputs.random_plans import random_plan

ALL = frozenset(Part)


@cache
def sample():
    plan = sample_plan()
    return open_pack(plan.meta.pack_id), plan.answers


def next_year(parts=ALL, park="", by=1):
    pack, answers = sample()
    view = evaluate(pack, answers)
    base, target = view.calendar.base + by, view.calendar.target + by
    return continue_plan(view, Continuation(base, target, frozenset(parts), park))


def sections_of(continued, cause):
    return {address.section for address in continued.by_cause().get(cause, ())}


parts = st.frozensets(st.sampled_from(Part))


@given(
    st.integers(0, 400), parts, st.integers(-3, 6), st.integers(1, 8), st.sampled_from(["", "新园"])
)
@settings(max_examples=60)
def test_that_nothing_is_invented_and_nothing_invalid_arises(seed, wanted, by, span, park):
    view, _ = random_plan(seed)
    asked = Continuation(2025 + by, 2025 + by + span, wanted, park)
    found = continue_plan(view, asked)
    holds(SMALL, view.answers, found, asked)


@pytest.mark.parametrize(
    "wanted", [frozenset(), ALL, frozenset({Part.TEXTS}), ALL - {Part.PROJECTS}]
)
def test_that_the_same_holds_for_a_whole_plan(wanted):
    pack, answers = sample()
    asked = Continuation(2026, 2031, wanted)
    holds(pack, answers, continue_plan(evaluate(pack, answers), asked), asked)


def holds(pack, before, continued, asked):
    roles, after = pack.roles, continued.answers
    typed = dict(before.values())
    set_anew = {roles.base_year: asked.base_year, roles.target_year: asked.target_year}
    if asked.park:
        set_anew[roles.park_name] = asked.park
    for address, value in after.values():
        assert value == set_anew.get(address, typed.get(address)), address
        slot = slot_at(pack, address)
        assert slot is not None
        check_value(pack, slot.kind, value)
        if slot.years is not None:
            assert address.year in evaluate(pack, after).years(slot.years)
        if isinstance(slot.kind, Reference):
            assert value in after.order(parse_address(slot.kind.table))
        if isinstance(pack.index.items[address.section, address.item], Table):
            assert address.row in after.order(address)
    kept = dict(after.values())
    gone = {each.address for each in continued.dropped}
    assert gone == {address for address in typed if address not in kept}, "the list is whole"
    for table, order in after.orders():
        assert [row for row in before.order(table) if row in order] == list(order)


@given(st.integers(0, 400), parts, st.sampled_from(Part))
@settings(max_examples=40)
def test_that_asking_for_more_never_takes_less(seed, wanted, more):
    view, _ = random_plan(seed)

    def taken(some):
        asked = Continuation(2026, 2028, frozenset(some))
        return dict(continue_plan(view, asked).answers.values()).keys()

    assert taken(wanted) <= taken(wanted | {more})


def test_that_a_figure_of_a_year_keeps_its_year_and_the_new_base_year_is_empty():
    _, before = sample()
    after = next_year().answers
    output = {a.year: v for a, v in before.values() if str(a).startswith("economy/output/gdp")}
    moved = {a.year: v for a, v in after.values() if str(a).startswith("economy/output/gdp")}
    assert set(output) == {2023, 2024, 2025}
    assert moved == {year: output[year] for year in (2024, 2025)}
    assert Cause.YEARS in next_year().by_cause()


def test_that_the_same_years_and_all_parts_lose_dates_and_records_only():
    found = next_year(by=0)
    assert set(found.by_cause()) <= {Cause.DATES, Cause.RECORDS}


def test_that_a_pattern_holds_no_figure_no_picture_and_no_project():
    pack, _ = sample()
    found = next_year(frozenset({Part.TEXTS}), park="临江经济开发区")
    for address, value in found.answers.values():
        slot = slot_at(pack, address)
        assert not isinstance(value, Picture | YearMonth), address
        assert slot is not None
        assert not is_numeric(slot.kind) or address == pack.roles.history_years, address
    assert found.answers.order(pack.roles.projects) == ()
    view = evaluate(pack, found.answers)
    assert view.text(pack.roles.plan_title) == "临江经济开发区循环化改造实施方案"
    assert "guiding" in {address.section for address, _ in found.answers.values()}


def test_that_projects_come_whole_or_not_at_all():
    pack, before = sample()
    with_them = next_year(ALL).answers
    without = next_year(ALL - {Part.PROJECTS})
    assert with_them.order(pack.roles.projects) == before.order(pack.roles.projects)
    assert without.answers.order(pack.roles.projects) == ()
    assert "projects" in sections_of(without, Cause.PROJECTS)


def test_that_promises_are_left_behind_unless_asked_for():
    assert sections_of(next_year(ALL - {Part.OUTCOMES}), Cause.OUTCOMES) >= {"targets"}
    assert Cause.OUTCOMES not in next_year(ALL).by_cause()


def test_that_signatures_and_records_are_always_left_behind():
    found = next_year(ALL)
    dates = set(found.by_cause()[Cause.DATES])
    assert {parse_address("cover/compiled_month"), parse_address("pledge/pledge_date")} <= dates


def test_that_what_the_pack_does_not_know_is_told():
    pack, _ = sample()
    strange = Answers().with_value(Address("nowhere", "thing"), "甲")
    found = continue_plan(evaluate(pack, strange), Continuation(2026, 2031, ALL))
    assert [each.cause for each in found.dropped] == [Cause.UNKNOWN]


def test_that_an_impossible_year_is_refused():
    pack, answers = sample()
    with pytest.raises(EditError, match="年"):
        continue_plan(evaluate(pack, answers), Continuation(1, 2031, ALL))
