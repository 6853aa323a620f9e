"""How the columns of tables are remembered."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from forms.kinds import Text
from ui.grid.columns import SheetColumn, column_order, laid_out
from ui.sheet_layouts import USUAL, USUAL_LAYOUT, SheetLayout, SheetLayouts

LAYOUT = SheetLayout("name", ("b",), ("c", "a"), {"c": 90, "d@2026": 70})


def column(key, year=0):
    return SheetColumn(key, key, Text(), year)


def test_that_a_layout_comes_back_as_it_was_put():
    written = []
    layouts = SheetLayouts("", written.append)
    layouts.put("p:works/list", LAYOUT)

    assert SheetLayouts(written[-1]).of("p:works/list") == LAYOUT
    assert SheetLayouts(written[-1]).of("p:other/list") == USUAL_LAYOUT


def test_that_a_usual_layout_leaves_nothing_behind():
    written = []
    layouts = SheetLayouts("", written.append)
    layouts.put("a", LAYOUT)
    layouts.put("a", USUAL_LAYOUT)

    assert written[-1] == ""


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '"x"', "null", '{"a": 3}', '{"a": {"hidden": 3, "order": [1], "widths": []}}'],
)
def test_that_what_cannot_be_read_counts_as_usual(text):
    assert SheetLayouts(text).of("a") == USUAL_LAYOUT


def test_that_good_parts_of_a_damaged_layout_are_kept():
    text = json.dumps({"a": {"frozen": 1, "hidden": ["b", 2], "widths": {"c": 90, "d": "x"}}})

    assert SheetLayouts(text).of("a") == SheetLayout(USUAL, ("b",), (), {"c": 90})


def test_that_columns_stand_as_they_were_moved_and_new_ones_behind_their_neighbour():
    layout = replace(USUAL_LAYOUT, order=("c", "a", "gone"))

    assert column_order(["a", "b", "c", "d"], layout) == ["c", "d", "a", "b"]
    assert column_order(["a", "b"], USUAL_LAYOUT) == ["a", "b"]


def test_that_a_column_is_hidden_and_moved_in_all_its_years():
    columns = (column("a"), column("y", 2026), column("y", 2027), column("b"))
    moved = laid_out(columns, SheetLayout(order=("y", "a", "b")))

    assert [each.id for each in moved] == ["y@2026", "y@2027", "a", "b"]
    assert [c.id for c in laid_out(columns, SheetLayout(hidden=("y",)))] == ["a", "b"]


def test_that_one_column_is_left_when_all_are_hidden():
    assert laid_out((column("a"), column("b")), SheetLayout(hidden=("a", "b"))) == (column("a"),)
