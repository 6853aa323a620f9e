"""Notes, responsible persons and ticks: kept with the plan like any answer, and never of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.making import sample_plan
from forms.address import Address, parse_address
from forms.changes import apply_changes
from forms.checks import run_checks
from forms.duties import assign, duties, known_people, person_of
from forms.edits import Edit, EditError, RemoveRow, apply_edits, seed_answers
from forms.gaps import complete_plan
from forms.loading import open_pack
from forms.merging import merge
from forms.notes import Note, Written, note, note_place, notes, notes_by_place
from forms.plan_json import plan_from_json, plan_to_json
from forms.searching import Wanted, find_in_plan
from forms.ticks import tick, tick_row, ticked
from forms.view import PlanView, evaluate

PACK = open_pack("ndrc-2021-1004")
MAY = date(2026, 5, 12)
GDP = parse_address("economy/output/gdp/2025")
INDUSTRY = PACK.index.sections["industry"]
LONG = Written("等热电公司返回供热量。\nXX 待补充", "周敏", MAY)


def after(view: PlanView, *edits: Edit) -> PlanView:
    return evaluate(PACK, apply_edits(PACK, view.answers, edits, "记").answers, view)


@pytest.fixture(scope="module")
def whole() -> PlanView:
    return evaluate(PACK, sample_plan().answers)


@pytest.fixture(scope="module")
def kept(whole) -> PlanView:
    """The sample with a note on a figure, a person for a section, and a ticked point."""
    edits = note(whole, GDP, LONG)
    edits += assign(whole, INDUSTRY, " 周敏 ")
    edits += tick(whole, INDUSTRY, INDUSTRY.points[1], on=True)
    return after(whole, *edits)


def test_that_what_is_kept_aside_is_found_at_its_place(kept):
    (found,) = notes(kept)

    assert (found.place, found.text, found.person, found.day) == (GDP, LONG.text, "周敏", MAY)
    assert notes_by_place(kept) == {GDP: (found,)}
    assert note_place(kept, GDP) == "主要经济指标 · 地区生产总值（2025年）"
    assert duties(kept) == {"industry": "周敏"}
    assert person_of(kept, INDUSTRY) == "周敏"
    assert known_people(kept)[0] == "周敏"
    assert len(known_people(kept)) > 3  # the authors of the plan can be chosen too
    assert ticked(kept, INDUSTRY) == (INDUSTRY.points[1],)


def test_that_nothing_of_the_plan_itself_moves(whole, kept):
    """Not even words that are placeholders in prose count, and nothing is asked for more."""
    assert run_checks(kept) == run_checks(whole) == ()
    before, now = complete_plan(whole), complete_plan(kept)
    assert (now.asked, now.filled) == (before.asked, before.filled)
    assert find_in_plan(kept, Wanted("热电公司返回供热量"), lambda _: "") == ()


def test_that_a_note_is_changed_and_taken_away(kept):
    (found,) = notes(kept)
    changed = after(kept, *note(kept, GDP, Written("已收到。", "罗佳宁", MAY), found))
    gone = after(changed, *note(changed, GDP, Written("  ", "", MAY), notes(changed)[0]))

    assert [(each.text, each.person) for each in notes(changed)] == [("已收到。", "罗佳宁")]
    assert notes(changed)[0].row == found.row
    assert notes(gone) == ()
    assert note(gone, GDP, Written("", "", MAY)) == []


def test_that_notes_stand_in_plan_order_and_outlive_their_place(whole):
    projects = PACK.roles.projects
    row = projects.at_row(whole.rows(projects)[3])
    view = whole
    for place in (projects.at(row.row, "name"), Address("economy", ""), GDP):
        view = after(view, *note(view, place, Written(str(place), "", MAY)))
    assert [each.place for each in notes(view)] == [
        Address("economy", ""),
        GDP,
        projects.at(row.row, "name"),
    ]
    assert note_place(view, Address("economy", "")) == "经济发展"

    without = after(view, RemoveRow(row))
    assert note_place(without, notes(without)[-1].place) == ""
    assert notes(without)[-1].text == str(projects.at(row.row, "name"))


def test_that_a_person_is_replaced_and_taken_away(kept):
    other = after(kept, *assign(kept, INDUSTRY, "罗佳宁"))
    nobody = after(other, *assign(other, INDUSTRY, ""))

    assert duties(other) == {"industry": "罗佳宁"}
    assert (duties(nobody), assign(nobody, INDUSTRY, " ")) == ({}, ())


def test_that_a_tick_holds_for_the_very_words_of_its_point(kept):
    section = PACK.index.sections["industry"]
    reworded = replace(section, points=("另一句话", *section.points[2:]))

    assert ticked(kept, reworded) == ()
    again = tick(kept, section, section.points[1], on=True)
    gone = after(kept, *tick(kept, section, section.points[1], on=False))
    assert (again, ticked(gone, section)) == ((), ())
    rows = {tick_row(each, point) for each in PACK.sections() for point in each.points}
    assert len(rows) == sum(len(each.points) for each in PACK.sections())


def test_that_undo_and_plan_data_hold_them_like_any_answer(whole, kept):
    text = plan_to_json(PACK, kept.answers)
    assert plan_from_json(PACK, text) == kept.answers

    edits = note(whole, GDP, LONG)
    applied = apply_edits(PACK, whole.answers, tuple(edits), "写备注")
    assert apply_changes(applied.answers, applied.changes.inverted()) == whole.answers


def test_that_a_new_plan_holds_none_of_them():
    answers = seed_answers(PACK)

    assert PACK.roles.notes is not None
    assert PACK.roles.notes.table.section not in answers.sections


def test_that_two_people_meet_in_merging_without_a_question(whole):
    """Ticks and persons stand in rows of the same name, so what both did is the same."""
    mine, theirs = whole, whole
    for name in ("mine", "theirs"):
        view = mine if name == "mine" else theirs
        view = after(
            view,
            *note(view, GDP, Written(name, name, MAY)),
            *assign(view, INDUSTRY, "周敏"),
            *tick(view, INDUSTRY, INDUSTRY.points[0], on=True),
        )
        mine, theirs = (view, theirs) if name == "mine" else (mine, view)
    merged = merge(PACK, whole.answers, mine.answers, theirs.answers)
    view = evaluate(PACK, merged.answers)

    assert merged.conflicts == ()
    assert sorted(each.text for each in notes(view)) == ["mine", "theirs"]
    assert duties(view) == {"industry": "周敏"}
    assert ticked(view, INDUSTRY) == INDUSTRY.points[:1]


def test_that_two_names_for_one_section_are_a_question(whole):
    sides = [after(whole, *assign(whole, INDUSTRY, name)).answers for name in ("周敏", "罗佳宁")]
    merged = merge(PACK, whole.answers, *sides)

    assert [str(each.address) for each in merged.conflicts] == [
        "review_notes/duties/industry/person"
    ]


def test_that_a_pack_without_the_tables_says_so(whole):
    roles = replace(PACK.roles, notes=None, duties=None, ticks=None)
    view = evaluate(replace(PACK, roles=roles), whole.answers)

    assert (notes(view), duties(view), known_people(view)) == ((), {}, ())
    assert ticked(view, INDUSTRY) == ()
    for make in (
        lambda: note(view, GDP, LONG),
        lambda: assign(view, INDUSTRY, "周敏"),
        lambda: tick(view, INDUSTRY, INDUSTRY.points[0], on=True),
    ):
        with pytest.raises(EditError, match="没有工作记录"):
            make()


def test_that_a_record_that_names_no_place_is_no_note(whole):
    assert PACK.roles.notes is not None
    table = PACK.roles.notes.table
    made = after(whole, *note(whole, Address("economy", ""), LONG))
    (found,) = notes(made)
    assert isinstance(found, Note)
    broken = made.answers.with_value(table.at(found.row.row, "place"), "不是/地址")

    assert notes(evaluate(PACK, broken)) == ()
