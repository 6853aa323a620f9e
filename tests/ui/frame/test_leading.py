"""Undo and redo lead to what they change, however its sheet is sorted and searched."""

from __future__ import annotations

import pytest

from forms.edits import AddRow, RemoveRow, set_from_text
from ui.grid.rows_panel import RowsPanel


@pytest.fixture
def sheet(opened, at):
    """A sheet of two rows, sorted by name."""
    session = opened.plan.session
    for row, name in (("r1", "余热利用"), ("r2", "中水回用")):
        session.edit(AddRow(at("works/list"), row))
        session.edit(set_from_text(session.pack, at(f"works/list/{row}/name"), name))
    opened.bench.open_section("works")
    panel = opened.bench.page().findChild(RowsPanel)
    panel.arranger.sort(("name", 0), descending=False)
    return panel


def test_that_a_row_that_goes_again_while_a_search_hides_it_leaves_the_sheet_whole(
    opened, sheet, at
):
    session = opened.plan.session
    session.edit(RemoveRow(at("works/list/r2")))
    session.undo_stack.undo()
    sheet.search.setText("没有这样的项目")
    session.undo_stack.redo()
    assert session.view.rows(at("works/list")) == ("r1",)

    sheet.search.clear()
    assert sheet.rows.keys == ("r1",)


def test_that_a_row_that_comes_back_is_led_to_while_a_search_hides_all_others(opened, sheet, at):
    session = opened.plan.session
    session.edit(RemoveRow(at("works/list/r2")))
    sheet.search.setText("没有这样的项目")
    session.undo_stack.undo()
    assert sheet.current_row() == at("works/list/r2")
