"""One place comes back as it was, and nothing else changes."""

from __future__ import annotations

from forms.address import Address
from forms.answers import Answers, answers_of
from forms.changes import apply_changes
from forms.restoring import restored

LIST = Address("works", "list")


def plan(name: str, rows: dict[str, str], order: tuple[str, ...] = ()) -> Answers:
    cells = [(LIST.at(row, "name"), text) for row, text in rows.items()]
    return answers_of([(Address("cover", "name"), name), *cells], [(LIST, order or tuple(rows))])


def brought_back(now: Answers, then: Answers, place: Address) -> Answers:
    return apply_changes(now, restored(now, then, place, "恢复"))


def test_that_a_field_comes_back_alone():
    then, now = plan("旧", {"a": "甲"}), plan("新", {"a": "乙"})

    assert brought_back(now, then, Address("cover", "name")) == plan("旧", {"a": "乙"})


def test_that_a_cell_comes_back_alone():
    then, now = plan("旧", {"a": "甲", "b": "丙"}), plan("新", {"a": "乙", "b": "丁"})

    back = brought_back(now, then, LIST.at("a", "name"))
    assert back == plan("新", {"a": "甲", "b": "丁"})


def test_that_a_removed_row_comes_back_where_it_stood_with_its_cells():
    then = plan("旧", {"a": "甲", "b": "乙", "c": "丙"})
    now = plan("新", {"a": "甲", "c": "丁", "d": "戊"}, ("c", "a", "d"))

    whole = plan("新", {"a": "甲", "b": "乙", "c": "丁", "d": "戊"}, ("c", "a", "b", "d"))
    assert brought_back(now, then, LIST.at_row("b")) == whole
    assert brought_back(now, then, LIST.at("b", "name")) == whole


def test_that_a_row_that_was_not_there_goes_with_its_cells():
    then, now = plan("旧", {"a": "甲"}), plan("新", {"a": "乙", "b": "丙"})

    assert brought_back(now, then, LIST.at_row("b")) == plan("新", {"a": "乙"})


def test_that_a_moved_row_goes_back():
    then = plan("旧", {"a": "甲", "b": "乙", "c": "丙"})
    now = plan("旧", {"a": "甲", "b": "乙", "c": "丙"}, ("c", "a", "b"))

    assert brought_back(now, then, LIST.at_row("c")) == then


def test_that_a_table_comes_back_whole():
    then, now = plan("旧", {"a": "甲", "b": "乙"}), plan("新", {"c": "丙"})

    assert brought_back(now, then, LIST) == plan("新", {"a": "甲", "b": "乙"})


def test_that_nothing_changes_where_nothing_differs():
    assert not restored(plan("旧", {"a": "甲"}), plan("旧", {"a": "甲"}), LIST, "恢复")
