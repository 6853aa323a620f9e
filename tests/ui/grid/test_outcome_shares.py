"""Below the form of a project: its outcomes, live, each a click away."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from commands.making import sample_plan
from forms.address import parse_address
from forms.edits import set_from_text
from forms.loading import open_pack
from tests.ui.fields.plans import Shelf
from ui.grid import outcome_shares
from ui.grid.outcome_shares import OutcomeShares
from ui.session import PlanSession

HOME = parse_address("projects/list")
SAVING = parse_address("outcomes/indicators/energy_saving/target")


@pytest.fixture
def session():
    plan = sample_plan()
    return PlanSession(open_pack(plan.meta.pack_id), plan.answers, Shelf())


@pytest.fixture
def shares(session, qtbot):
    shown = OutcomeShares(session, HOME)
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.show()
    return shown


def told(shares):
    return [b.text() for b in shares.findChildren(QPushButton) if b.isVisibleTo(shares)]


def says(shares, qtbot, text):
    """Buttons show with the next round of events."""
    qtbot.waitUntil(lambda: text in told(shares))


def change(session, address, text):
    session.edit(set_from_text(session.pack, parse_address(address), text))


def test_that_a_project_names_its_outcomes_with_amount_and_share(shares, qtbot):
    shares.show_row("p13")

    says(shares, qtbot, "节能量 23805.44 tce/a · 25.4%")
    first = next(b for b in shares.findChildren(QPushButton) if b.isVisibleTo(shares))
    with qtbot.waitSignal(shares.jump_requested) as caught:
        first.click()
    assert caught.args == [SAVING]


def test_that_shares_follow_the_savings_and_what_keeps_them_out(shares, session, qtbot):
    shares.show_row("p13")
    change(session, "projects/list/p13/save_energy", "3805.44")
    shares.follow()
    says(shares, qtbot, "节能量 3805.44 tce/a · 5.2%")

    change(session, "projects/list/p13/full_year", "2031")
    shares.follow()
    qtbot.waitUntil(lambda: len(told(shares)) == 1)
    assert told(shares)[0].endswith("（达产年2031）")
    with qtbot.waitSignal(shares.jump_requested) as caught:
        next(b for b in shares.findChildren(QPushButton) if b.isVisibleTo(shares)).click()
    assert caught.args == [parse_address("projects/list/p13/counts")]


@pytest.mark.long
def test_that_a_very_long_table_is_counted_up_a_moment_later(shares, qtbot, monkeypatch):
    monkeypatch.setattr(outcome_shares, "_AT_ONCE", 3)
    shares.show_row("p13")

    qtbot.waitUntil(lambda: any(text.startswith("节能量") for text in told(shares)))
    shares.show_row("")
    assert shares.isHidden()


def test_that_the_heading_stays_where_room_is_scarce_and_opens_by_hand(shares, qtbot):
    shares.show_row("p13")
    shares.fold(folded=True)
    assert shares.title.text() == "对成效的贡献：计入 5 项"
    assert told(shares) == []

    shares.title.click()
    qtbot.waitUntil(lambda: len(told(shares)) == 5)
    shares.fold(folded=True)  # not against what was chosen by hand
    assert len(told(shares)) == 5
    shares.show_row("")
    shares.show_row("p13")
    assert not shares.isHidden()
