"""Two moments compared field by field: every difference once, as a planner would say it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.address import Address
from forms.changes import difference
from forms.comparing import Difference, Sort, compare
from forms.edits import AddRow, Edit, MoveRow, RemoveRow, SetValue, apply_edits, set_from_text
from forms.view import PlanView, evaluate
from forms.word_difference import Fate
from tests.forms.plans import at, sample
from tests.packs.loading import small_pack


def after(*edits: Edit) -> PlanView:
    return evaluate(small_pack(), apply_edits(small_pack(), sample(), edits, "").answers)


def told(*edits: Edit) -> list[Difference]:
    return list(compare(evaluate(small_pack(), sample()), after(*edits)))


def typed(address: str, text: str) -> Edit:
    return set_from_text(small_pack(), at(address), text)


def test_that_nothing_differs_between_a_plan_and_itself():
    assert told() == []


def test_that_a_value_is_told_with_section_label_unit_and_words():
    (found,) = told(typed("overview/area", "13.5"))

    item = small_pack().index.items["overview", "area"]
    assert (found.section, found.item, found.name) == (
        small_pack().index.sections["overview"].title,
        item.label,
        "",
    )
    assert (found.before, found.after) == ("12.50", "13.5")
    assert found.said(found.after).startswith("13.5")


def test_that_a_cell_is_named_by_row_column_and_year():
    (found,) = told(typed("works/list/p1/invest/2026", "70"))

    assert found.place.startswith(
        small_pack().index.items["works", "list"].label + " · 中水回用 · "
    )
    assert found.place.endswith("（2026年）")
    assert (found.before, found.after) == ("50", "70")


def test_that_choices_references_and_answers_are_told_in_words():
    level, approved, project = told(
        typed("cover/level", "国家级"),
        typed("works/list/p1/approved", "否"),
        SetValue(at("maps/pictures/m1/project"), "p2"),
    )

    assert (level.before, level.after) == ("省级", "国家级")
    assert (approved.before, approved.after) == ("是", "否")
    assert (project.before, project.after) == ("中水回用", "余热利用")


def test_that_prose_is_compared_by_words():
    (found,) = told(typed("overview/history", "二〇〇三年设立，二〇一〇年扩区。"))

    assert [(each.fate, each.text) for each in found.pieces] == [
        (Fate.SAME, "二〇〇三年设立"),
        (Fate.ADDED, "，二〇一〇年扩区"),
        (Fate.SAME, "。"),
    ]


def test_that_marks_and_pictures_in_prose_are_read_not_spelled():
    digest = "ab" * 32
    (found,) = told(
        SetValue(at("overview/history"), f"面积{{{{overview/area}}}}。\n![总图]({digest})")
    )

    assert found.after == "面积〔12.50 km²〕。\n〔图：总图〕"
    assert digest not in found.after
    assert "{{" not in found.after


def test_that_a_figure_shows_every_digit_that_was_typed():
    (found,) = told(SetValue(at("works/list/p1/saving"), Decimal("10.000")))

    assert (found.before, found.after) == ("10", "10.000")


def test_that_rows_are_told_as_a_whole():
    added = AddRow(at("works/list"), "p9", cells=((at("works/list/p9/name"), "污泥处置"),))
    new, gone = told(added, RemoveRow(at("works/list/p2")))[::-1]
    assert {new.sort, gone.sort} == {Sort.ROW_ADDED, Sort.ROW_REMOVED}
    new, gone = (new, gone) if new.sort is Sort.ROW_ADDED else (gone, new)

    assert (new.name, gone.name) == ("污泥处置", "余热利用")
    assert new.address == at("works/list").at_row("p9")
    assert "污泥处置" in new.after
    assert not new.before
    assert "20.5" in gone.before
    assert not gone.after


def test_that_only_the_row_that_was_moved_counts_as_moved():
    rows = tuple(AddRow(at("works/list"), f"n{number}") for number in range(5))
    before = after(*rows)
    moved = evaluate(
        small_pack(),
        apply_edits(small_pack(), before.answers, (MoveRow(at("works/list/n4"), 0),), "").answers,
    )

    (found,) = compare(before, moved)

    assert (found.sort, found.address.row) == (Sort.ROW_MOVED, "n4")
    assert (found.before, found.after) == ("第7行", "第1行")


def test_that_differences_stand_in_the_order_of_the_plan():
    found = told(
        typed("works/list/p2/total", "210"),
        typed("works/list/p1/saving", "11"),
        typed("works/list/p1/total", "110"),
        typed("cover/park_name", "清湖园区"),
    )

    assert [str(each.address) for each in found] == [
        "cover/park_name",
        "works/list/p1/total",
        "works/list/p1/saving",
        "works/list/p2/total",
    ]


def test_that_what_the_pack_no_longer_has_is_shown_by_its_address():
    before = evaluate(small_pack(), sample())
    answers = sample().with_value(Address("gone", "field"), "旧内容")

    (found,) = compare(before, evaluate(small_pack(), answers))

    assert (found.section, found.item, found.after) == ("gone", "field", "旧内容")


PLACES = st.sampled_from(
    ["cover/park_name", "overview/history", "works/list/p1/name", "works/list/p2/total"]
)
EDITS = st.lists(
    st.one_of(
        st.builds(lambda place: SetValue(at(place), None), PLACES),
        st.just(RemoveRow(at("works/list/p1"))),
        st.just(MoveRow(at("works/list/p2"), 0)),
        st.integers(0, 9).map(lambda n: AddRow(at("works/list"), f"x{n}")),
    ),
    max_size=6,
    unique_by=str,
)


@settings(max_examples=40)
@given(EDITS)
def test_that_every_changed_place_is_told_once(edits):
    edits = [e for e in edits if not (isinstance(e, SetValue) and e.address.row == "p1")]
    before, now = evaluate(small_pack(), sample()), after(*edits)
    found = compare(before, now)
    changes = difference(before.answers, now.answers, "")

    assert bool(found) == bool(changes)
    assert len({(each.address, each.sort) for each in found}) == len(found)
    covered = {each.address for each in found} | {each.address.at_row("") for each in found}
    rows = {(each.address.table, each.address.row) for each in found if each.sort is not Sort.VALUE}
    for place in changes.places:
        assert place in covered or (place.table, place.row) in rows or not place.row
