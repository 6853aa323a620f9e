"""What holds for every merge, whatever two people did to one plan."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms.address import Address
from forms.answers import Answers, answers_of
from forms.changes import same_value
from forms.merging import OrderConflict, merge
from forms.merging.prose import merge_prose

TABLES = (Address("a", "t"), Address("b", "u"))
ROWS = ("r1", "r2", "r3", "r4", "r5", "r6")
PARAGRAPHS = (
    "甲段。",
    "乙段，年产3万t。",
    "# 标题",
    "- 一项",
    "1. 第一",
    "2. 第二",
    "丙段^[脚注]。",
)
PROSE = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5, unique=True).map("\n\n".join)
VALUES = st.sampled_from((1, 2, "甲", "乙", True)) | PROSE
PLACES = st.sampled_from(
    [Address("a", f"f{n}") for n in range(4)]
    + [table.at(row, column) for table in TABLES for row in ROWS for column in ("x", "y")]
)


@st.composite
def plans(draw: st.DrawFn) -> Answers:
    """A plan with fields and two tables; cells only where there are rows."""
    orders = {
        table: tuple(draw(st.lists(st.sampled_from(ROWS), unique=True, max_size=6)))
        for table in TABLES
    }
    values = draw(st.dictionaries(PLACES, VALUES, max_size=14))
    return answers_of(
        ((a, v) for a, v in values.items() if not a.row or a.row in orders[a.table]),
        ((table, order) for table, order in orders.items() if order),
    )


def content(answers: Answers) -> tuple[object, object]:
    """What a plan says, without the order of rows and paragraphs."""
    return (
        {(str(a), type(v), *sorted(str(v).split("\n\n"))) for a, v in answers.values()},
        {table: frozenset(order) for table, order in answers.orders()},
    )


def whole(answers: Answers) -> object:
    """What a plan says to the letter."""
    return {(str(a), type(v), str(v)) for a, v in answers.values()}, dict(answers.orders())


@given(plans(), plans())
def test_that_a_side_that_changed_nothing_adds_nothing(base, changed):
    mine = merge(None, base, changed, base)
    theirs = merge(None, base, base, changed)

    assert whole(mine.answers) == whole(changed) == whole(theirs.answers)
    assert mine.conflicts == theirs.conflicts == ()


@given(plans(), plans())
def test_that_the_same_change_on_both_sides_is_no_conflict(base, changed):
    merged = merge(None, base, changed, changed)

    assert whole(merged.answers) == whole(changed)
    assert merged.conflicts == ()


@settings(max_examples=40)
@given(plans(), plans(), plans())
def test_that_all_of_theirs_is_all_of_mine_seen_from_the_other_side(base, mine, theirs):
    here = merge(None, base, mine, theirs)
    there = merge(None, base, theirs, mine)

    chosen = here.chosen(dict.fromkeys(range(len(here.conflicts)), "theirs"))

    assert content(chosen) == content(there.answers)
    assert len(here.conflicts) == len(there.conflicts)


@example("", "甲段。\n\n# 标题\n\n1. 第一", "甲段。\n\n1. 第一\n\n2. 第二\n\n# 标题")
@given(st.just("") | PROSE, PROSE, PROSE)
def test_that_a_narrative_merges_to_the_letter_whoever_merges_it(base, mine, theirs):
    here, there = merge_prose(base, mine, theirs), merge_prose(base, theirs, mine)

    assert here.text(lambda _: "theirs") == there.text(lambda _: "mine")
    assert len(here.disputed) == len(there.disputed)


@settings(max_examples=40)
@given(plans(), plans(), plans())
def test_that_every_value_of_either_side_is_in_the_plan_or_in_a_conflict(base, mine, theirs):
    """Whatever differs from the common version stands in the result or is asked about."""
    merged = merge(None, base, mine, theirs)
    asked = {conflict.address for conflict in merged.conflicts}
    for side, other in ((mine, theirs), (theirs, mine)):
        for address, value in side.values():
            row = Address(address.section, address.item, address.row)
            unedited = same_value(base.get(address), value)
            if unedited or address in asked or (address.row and row in asked):
                continue
            now = merged.answers.get(address)
            assert same_value(now, value) or (
                isinstance(now, str) and "\n" in now + str(value) + str(other.get(address))
            )


@settings(max_examples=40)
@given(plans(), plans(), plans(), st.data())
def test_that_conflicts_left_open_are_asked_again_and_no_others(base, mine, theirs, data):
    merged = merge(None, base, mine, theirs)
    numbers = range(len(merged.conflicts))
    decided = data.draw(
        st.dictionaries(st.sampled_from(numbers), st.sampled_from(("mine", "theirs")))
        if numbers
        else st.just({})
    )
    now = merged.chosen(decided)

    again = merge(None, merged.left_open(decided)[0], now, merged.left_open(decided)[1])

    assert whole(again.answers) == whole(now)
    left = {
        conflict.address
        for number, conflict in enumerate(merged.conflicts)
        if number not in decided and not isinstance(conflict, OrderConflict)
    }
    assert {c.address for c in again.conflicts} == left
