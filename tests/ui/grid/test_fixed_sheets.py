"""Year tables, indicators, summaries and listings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from forms.edits import SetValue
from forms.schema import Mark
from ui.grid.sheet_model import LOOK
from ui.grid.sheet_shape import ACCESSIBLE_DESCRIPTION

KEY = Qt.Key
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def water(session, open_page):
    return open_page(session, "water").blocks[0].panel


@pytest.fixture
def outcomes(make_session, open_page):
    session = make_session({"figures/whole": "4", "water/supply/ground/2022": "2"})
    return open_page(session, "outcomes").blocks[0].panel


def test_that_a_year_table_shows_its_years_and_computes_live(water, session, at, keys, qtbot):
    model = water.model
    assert [c.label for c in model.sheet_columns] == ["项目", "单位", "2020年", "2021年", "2022年"]
    assert model.index(3, 0).data() == "其中：工业用水"
    assert model.index(3, 0).data(LOOK).indent == 1
    assert "缺：地表水（2022年）、地下水（2022年）" in model.index(2, 4).data(TIP)

    water.view.setFocus()
    water.view.setCurrentIndex(model.index(0, 4))
    keys("10", KEY.Key_Return)
    qtbot.waitUntil(water.view.hasFocus)
    keys("5", KEY.Key_Return)
    qtbot.waitUntil(lambda: model.index(2, 4).data() == "15")
    assert model.index(2, 4).data(LOOK).computed
    assert not model.is_editable(2, 4)


def test_that_an_asked_empty_cell_is_marked(water):
    assert water.model.index(0, 2).data(LOOK).asked is Mark.REVIEW
    assert water.model.index(0, 2).data(ACCESSIBLE_DESCRIPTION) == "建议填"
    assert water.model.index(1, 2).data(LOOK).asked is None


def test_that_tab_leaves_a_sheet_of_fixed_rows_at_its_end(water, keys):
    water.view.setFocus()
    water.view.setCurrentIndex(water.model.index(3, 4))
    keys(KEY.Key_Tab)
    assert not water.view.hasFocus()


def test_that_an_indicator_is_computed_overridden_with_a_reason_and_restored(
    outcomes, at, keys, qtbot
):
    model, session = outcomes.model, outcomes.model.session
    assert "缺：地表水（2022年）" in model.index(0, 3).data(TIP)
    reason = next(n for n, c in enumerate(model.sheet_columns) if c.key == "reason")
    assert not model.is_editable(0, reason)

    outcomes.view.setFocus()
    outcomes.view.setCurrentIndex(model.index(0, 3))
    keys("0.8", KEY.Key_Tab)
    qtbot.waitUntil(lambda: model.index(0, 3).data(LOOK).overridden)
    assert model.is_editable(0, reason)
    assert model.index(0, reason).data(LOOK).asked is Mark.REVIEW
    keys("0.6", KEY.Key_Tab)
    qtbot.waitUntil(lambda: model.index(0, 5).data() == "-0.2")
    assert Decimal(model.index(0, 6).data()) == -25

    outcomes.view.setCurrentIndex(model.index(0, 3))
    keys(KEY.Key_Delete)
    assert session.answers.get(at("outcomes/indicators/intensity/base")) is None


def test_that_savings_have_no_base(outcomes):
    assert outcomes.model.index(1, 3).data() == "—"
    assert not outcomes.model.is_editable(1, 3)
    assert outcomes.model.is_editable(1, 4)


def test_that_overviews_follow_the_rows_and_lead_to_them(make_session, open_page, at, qtbot):
    session = make_session(
        {
            "works/list/p1/name": "余热项目",
            "works/list/p1/task": "推动节能降碳",
            "works/list/p1/cost": "30",
        },
        rows=["works/list/p1"],
    )
    page = open_page(session, "sums")
    summary, listing = (block._panel for block in page.blocks)
    assert summary.model.rows[2] == ("推动节能降碳", "1", "30", "100")
    assert summary.model.rows[-1] == ("合计", "1", "30", "100")
    assert listing.model.rows == (("余热项目", "30"),)

    session.edit(SetValue(at("works/list/p1/cost"), Decimal(45)))
    assert listing.model.rows == (("余热项目", "45"),)
    with qtbot.waitSignal(page.jump_requested) as jumped:
        listing.view.doubleClicked.emit(listing.model.index(0, 0))
    assert jumped.args == [at("works/list/p1")]

    session.edit(SetValue(at("works/list/p1/task"), None))
    assert listing.view.isHidden()
    assert "还没有内容" in listing._empty.text()
