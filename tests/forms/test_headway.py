"""How far a plan is: by chapter, clause and person, and the way to where it can be sealed."""

from __future__ import annotations

from datetime import date

import pytest

from commands.making import sample_plan
from forms.address import parse_address
from forms.checks import run_checks
from forms.confirmations import confirm, confirmations, withdraw
from forms.dismissals import Answer, Reviewed, dismiss, review
from forms.duties import assign
from forms.edits import Edit, SetValue, apply_edits, seed_answers
from forms.factors_in_use import factors_in_use
from forms.gaps import complete_plan, missing_in_section
from forms.headway import UNASSIGNED, By, Headway, headways, overview, together
from forms.loading import open_pack
from forms.schema import Severity
from forms.stops import Stop, next_stop, place_of, way_of
from forms.ticks import tick
from forms.view import PlanView, evaluate
from tests.forms.known_answers import taken

PACK = open_pack("ndrc-2021-1004")
SAMPLE = sample_plan().answers


def reviewed(view: PlanView) -> Reviewed:
    return review(view, run_checks(view))


def after(view: PlanView, *edits: Edit) -> PlanView:
    return evaluate(PACK, apply_edits(PACK, view.answers, edits, "改").answers, view)


@pytest.fixture(scope="module")
def empty() -> PlanView:
    return evaluate(PACK, seed_answers(PACK))


@pytest.fixture(scope="module")
def found(empty):
    """How far each section of an empty plan is, with its findings."""
    checked = reviewed(empty)
    return checked, headways(empty, checked)


def test_that_all_sections_together_are_the_plan(empty, found):
    checked, by_section = found
    whole, plan = together(by_section.values()), complete_plan(empty)

    assert (whole.asked, whole.filled) == (plan.asked, plan.filled)
    assert whole.must + whole.should == len(checked.open)
    assert (whole.ticked, whole.points > 140, whole.is_done) == (0, True, False)


def test_that_chapters_share_out_the_plan_and_people_too(empty, found):
    _, by_section = found
    whole = together(by_section.values())
    people = after(empty, *assign(empty, PACK.index.sections["economy"], "周敏"))
    for view, by in ((empty, By.CHAPTER), (people, By.PERSON)):
        lines = overview(view, by_section, by)
        groups = [line for line in lines if not line.is_part]

        assert together(line.headway for line in groups) == whole
        assert len(lines) - len(groups) == len(by_section)
    assert [line.name for line in groups] == ["周敏", UNASSIGNED]
    assert [(line.name, line.person) for line in lines[:2]] == [("周敏", ""), ("经济发展", "周敏")]


def test_that_each_clause_has_the_sections_that_answer_it(empty, found):
    _, by_section = found
    lines = overview(empty, by_section, By.CLAUSE)
    of_air = next(line for line in lines if line.name.startswith("二（五）"))

    assert len([line for line in lines if not line.is_part]) == len(PACK.clauses)
    assert {section.key for section in of_air.sections} >= {"pollution", "task_pollution"}
    assert all("n2_5" in section.clauses for section in of_air.sections)


def test_that_ticks_are_counted_with_their_section(empty):
    section = PACK.index.sections["economy"]
    view = after(empty, *tick(empty, section, section.points[0], on=True))
    found = headways(view, Reviewed((), (), (), ()))["economy"]

    assert (found.ticked, found.points) == (1, 3)


def test_that_only_a_whole_part_counts_as_a_hundred_percent():
    assert Headway(1000, 999).percent == 99
    assert (Headway(3, 3).percent, Headway(3, 3).is_done, Headway(3, 3, must=1).is_done) == (
        100,
        True,
        False,
    )
    assert Headway().percent == 100


def test_that_the_way_holds_every_gap_and_grave_finding_once_in_plan_order(empty, found):
    checked, _ = found
    stops = way_of(empty, checked).stops
    gaps = [a for s in PACK.sections() for a in missing_in_section(empty, s)]
    order = [section.key for section in PACK.sections()]
    places = [order.index(stop.address.section) for stop in stops]

    assert places == sorted(places)
    assert sorted(str(s.asked.address) for s in stops if s.asked) == sorted(
        str(a.address) for a in gaps
    )
    assert {stop.finding.rule for stop in stops if stop.finding} == {"EVD-101"}


def test_that_the_way_leads_to_what_is_to_be_written_before_it_complains_of_its_absence(found):
    checked, _ = found
    view = evaluate(PACK, SAMPLE)
    absent = [f for f in checked.open if f.rule.startswith("COV-") and f.severity is Severity.MUST]
    moved = [
        SetValue(address, "chain")
        for address, value in view.answers.values()
        if str(address).startswith("projects/list/")
        and address.column == "task"
        and value == "layout"
    ]
    unsupported = after(view, *moved)

    assert len(absent) > 10
    assert [str(s.address) for s in way_of(unsupported, reviewed(unsupported)).stops] == [
        "task_layout/not_involved"
    ]


def test_that_the_way_goes_from_factor_to_factor_before_it_leaves_their_list():
    sample = evaluate(PACK, SAMPLE)
    options = [record.option for record in confirmations(sample)]
    view = after(sample, *(edit for each in options for edit in withdraw(sample, each)))
    first, *others = way_of(view, reviewed(view)).stops
    used = next(each for each in factors_in_use(view) if is_meant(each, first))
    compared = after(view, *confirm(view, used, "周敏", date(2026, 5, 20)))
    way = way_of(compared, reviewed(compared))

    assert way.stops == tuple(others)
    assert len(others) > 2
    assert next_stop(compared, way, "scope", first.address, first) == others[0]


def is_meant(used, stop):
    return stop.finding.places[1:] == used.places


def test_that_the_way_goes_through_every_stop_and_around(empty, found):
    way = way_of(empty, found[0])
    at, seen = None, []
    for _ in range(len(way.stops) + 1):
        section, focus = (at.address.section, place_of(empty, at)) if at else ("", None)
        at = next_stop(empty, way, section, focus, at)
        seen.append(at)

    assert tuple(seen[:-1]) == way.stops
    assert seen[-1] == way.stops[0]


def test_that_the_way_goes_on_from_where_somebody_typed(empty, found):
    way = way_of(empty, found[0])
    here = parse_address("economy/output/gross_output/2024")
    stop = next_stop(empty, way, "economy", here)
    filled = next_stop(empty, way, "scope", parse_address("scope/waste_basis"))

    assert (str(stop and stop.address), str(filled and filled.address)) == (
        "economy/output/gross_output/2025",
        "scope/air_pollutants",
    )


def test_that_a_gap_with_a_reason_keeps_no_plan_from_being_sealed():
    place = parse_address("economy/output/tax_revenue/2023")
    view = evaluate(PACK, SAMPLE)
    lacking = after(view, SetValue(place, None))
    finding = next(f for f in run_checks(lacking) if place in f.places)
    assert [stop.address for stop in way_of(lacking, reviewed(lacking)).stops] == [place]
    said = after(lacking, *dismiss(lacking, finding, Answer("尚未公布。", "周敏", date.today())))
    checked = reviewed(said)

    assert way_of(said, checked).stops == ()
    assert headways(said, checked)["economy"].gaps == 0


def test_that_the_sample_is_where_the_way_ends():
    view = evaluate(PACK, SAMPLE)

    assert way_of(view, reviewed(view)).stops == ()
    assert next_stop(view, way_of(view, reviewed(view)), "", None) is None


@pytest.mark.long
def test_that_the_way_alone_makes_a_whole_plan_of_an_empty_one():
    """At each stop what the sample says there is put in, and nothing else: the way must end.

    A value that is computed leads to its inputs; a finding waits for what else is missing.
    """
    view = evaluate(PACK, seed_answers(PACK))
    source, stop, focus, steps = evaluate(PACK, SAMPLE), None, None, 0
    passed: list[Stop] = []
    while steps < 5_000:
        way = way_of(view, Reviewed((), (), (), ()))
        if not any(each.asked for each in way.stops):
            way = way_of(view, reviewed(view))
        stop = next_stop(view, way, focus.section if focus else "", focus, stop)
        if stop is None:
            break
        steps, focus = steps + 1, place_of(view, stop)
        edits = taken(view, source, stop)
        passed = [] if edits else [*passed, stop]
        assert len(passed) <= len(way.stops), [str(each.address) for each in passed]
        view = after(view, *edits)
    assert way_of(view, reviewed(view)).stops == ()
    assert 150 < steps < 500
