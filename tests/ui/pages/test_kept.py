"""Pages that were shown last are kept; none goes on which something stands that is nowhere else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QApplication, QStackedWidget

from ui.grid.rows_panel import RowsPanel
from ui.grid.sheet_model import Refused
from ui.pages.blocks import Block, parts_of
from ui.pages.kept import KeptPages
from ui.pages.section_page import SectionPage
from ui.settings import Look, Settings
from ui.theme import put_on


@pytest.fixture
def session(make_session):
    return make_session(rows=[f"steps/list/r{number}" for number in range(14)])


@pytest.fixture
def show(session, pack, qtbot):
    """Show a section's page, two pages being kept; whether it is the one shown before."""
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    stack.resize(814, 680)
    stack.show()
    kept = KeptPages(stack, session.receiving, 2)
    made = []

    def show(key):
        before = len(made)

        def make():
            made.append(SectionPage(session, pack.index.sections[key]))
            return made[-1]

        kept.show(key, make)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(made) == before

    show.kept = kept  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue]
    show.stack = stack  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue]
    return show


def test_that_the_pages_shown_last_are_kept_and_the_others_made_anew(show):
    assert [show(key) for key in ("kinds", "steps", "kinds")] == [False, False, True]
    assert show("works") is False
    assert [show("kinds"), show("steps")] == [True, False]
    assert show.stack.count() == 2


@pytest.fixture
def settings_of_now(qapp):
    """The settings of the tests; their size of text comes back."""
    settings = Settings(look=Look.LIGHT.value)
    yield settings
    put_on(qapp, settings.chosen_look(), settings.text_percent)


def scrolled_down(show, key):
    """A page made whole and scrolled down two thirds."""
    show(key)
    page = show.stack.currentWidget()
    page.make_whole()
    for _ in range(20):  # until all heights are found
        QApplication.processEvents()
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum() * 2 // 3)
    return page


def is_at(page, spot):
    """Whether a page is scrolled down to a spot, and all that stands above is made."""
    block = next(block for block in page.findChildren(Block) if block.holds(spot.item))
    place = block.mapTo(page.viewport(), QPoint(0, 0)).y()
    is_whole = len(page.findChildren(Block)) == len(parts_of(page.section))
    return is_whole and abs(place + spot.share * block.height()) <= 1


@pytest.mark.parametrize("percent", [100, 160])
def test_that_a_page_is_found_where_it_was_left_at_any_size_of_text(
    show, settings_of_now, qapp, qtbot, percent
):
    page = scrolled_down(show, "kinds")
    spot = page.steady.spot()
    for key in ("steps", "works"):
        show(key)

    put_on(qapp, settings_of_now.chosen_look(), percent)
    show("kinds")

    found = show.stack.currentWidget()
    assert found is not page
    qtbot.waitUntil(lambda: is_at(found, spot), timeout=3000)


def test_that_the_page_in_sight_stays_where_it_is_when_the_text_grows(
    show, settings_of_now, qapp, qtbot
):
    page = scrolled_down(show, "kinds")
    bar = page.verticalScrollBar()
    spot, before = page.steady.spot(), bar.maximum()

    show.kept.let_go_unseen()  # as the window does before
    put_on(qapp, settings_of_now.chosen_look(), 160)

    qtbot.waitUntil(lambda: bar.maximum() > before and is_at(page, spot), timeout=3000)


@pytest.mark.parametrize("left", ["refused", "searched"])
def test_that_a_page_with_something_that_is_not_in_the_plan_is_kept(show, at, left):
    show("steps")
    panel = show.stack.currentWidget().findChild(RowsPanel)
    if left == "refused":
        panel.model.refuse({at("steps/list/r1/cost"): Refused("十几万", "不是数字")})
    else:
        panel.search.setText("甲")
    for key in ("kinds", "works", "kinds"):
        show(key)

    assert show("steps") is True


def test_that_a_page_whose_field_could_not_be_taken_is_kept(show, at, write):
    show("kinds")
    page = show.stack.currentWidget()
    page.reveal(at("kinds/output"))
    write("十几万")
    page.commit_pending()
    for key in ("steps", "works", "steps"):
        show(key)

    assert show("kinds") is True
    assert show.stack.currentWidget() is page
