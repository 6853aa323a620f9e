"""What an edit changed: taking it back, its places, and how much goes by it."""

from __future__ import annotations

import pytest

from forms.address import parse_address
from forms.changes import ChangeSet, Gathering, OrderChange, ValueChange

A, B, C = (parse_address(f"works/list/{row}/name") for row in "abc")
HOME = A.table


@pytest.fixture
def step():
    return ChangeSet(
        "改",
        (
            ValueChange(A, "甲", None),
            ValueChange(B, None, "乙"),
            ValueChange(C, "丙", None),
            OrderChange(HOME, ("a", "b"), ("b",)),
        ),
    )


def test_that_what_takes_a_step_back_has_its_changes_the_other_way_round(step):
    back = step.inverted()
    expected = (
        OrderChange(HOME, ("b",), ("a", "b")),
        ValueChange(C, None, "丙"),
        ValueChange(B, "乙", None),
        ValueChange(A, None, "甲"),
    )
    assert back == ChangeSet("改", expected)
    assert tuple(back.changes) == expected
    assert back.changes[0] == expected[0]
    assert back.changes[-1] == expected[-1]
    assert back.changes[1:3] == expected[1:3]
    assert len(back.changes) == 4
    assert hash(back.changes) == hash(expected)
    assert back.inverted() == step


def test_that_a_step_and_its_inverse_name_the_same_places(step):
    assert step.places == (A, B, C, HOME)
    assert step.inverted().places == (HOME, C, B, A)


def test_that_only_values_that_go_are_counted(step):
    assert step.count_emptied() == 2
    assert step.inverted().count_emptied() == 1


def gathered(*changes):
    gathering = Gathering()
    for change in changes:
        gathering.take(change)
    return gathering.done("改")


def test_that_steps_through_the_order_of_a_table_are_told_as_one_where_it_first_changed():
    first = OrderChange(HOME, ("a", "b", "c"), ("a", "c"))
    gone, new = ValueChange(A, "甲", None), ValueChange(C, None, "丙")

    step = gathered(gone, first, new, OrderChange(HOME, ("a", "c"), ("c",)))
    assert step.changes == (gone, OrderChange(HOME, ("a", "b", "c"), ("c",)), new)
    assert step.places == (A, HOME, C)
    assert step.count_emptied() == step.inverted().count_emptied() == 1


def test_that_an_order_that_ends_as_it_began_is_no_change():
    there, back = OrderChange(HOME, ("a",), ("b",)), OrderChange(HOME, ("b",), ("a",))
    same = ValueChange(A, "甲", "甲")
    step = gathered(there, same, back, ValueChange(B, "乙", None))
    assert step.changes == (same, ValueChange(B, "乙", None))
    assert step.places == (A, B)
    assert step.inverted().inverted() == step


def test_that_what_was_counted_on_the_way_is_what_there_is_to_count(step):
    on_the_way = gathered(*step.changes)
    assert on_the_way == step
    assert on_the_way.count_emptied() == step.count_emptied() == 2
    assert on_the_way.inverted().count_emptied() == step.inverted().count_emptied() == 1
    assert on_the_way.inverted().inverted().count_emptied() == 2
