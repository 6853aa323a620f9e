"""What an edit changed: taking it back, its places, and how much goes by it."""

from __future__ import annotations

import pytest

from forms.address import parse_address
from forms.changes import ChangeSet, OrderChange, ValueChange

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


def test_that_only_values_that_go_are_counted_and_no_more_than_asked_for(step):
    assert step.count_emptied(10) == 2
    assert step.count_emptied(1) == 1
    assert step.inverted().count_emptied(10) == 1
