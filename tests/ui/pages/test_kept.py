"""Pages that were shown last are kept; none goes on which something stands that is nowhere else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QStackedWidget

from ui.grid.rows_panel import RowsPanel
from ui.grid.sheet_model import Refused
from ui.pages.kept import KeptPages
from ui.pages.section_page import SectionPage


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

    show.stack = stack  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue]
    return show


def test_that_the_pages_shown_last_are_kept_and_the_others_made_anew(show):
    assert [show(key) for key in ("kinds", "steps", "kinds")] == [False, False, True]
    assert show("works") is False
    assert [show("kinds"), show("steps")] == [True, False]
    assert show.stack.count() == 2


def test_that_a_page_is_found_where_it_was_left(show):
    show("kinds")
    bar = show.stack.currentWidget().verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.maximum() > 0
    for key in ("steps", "works", "kinds"):
        show(key)

    bar = show.stack.currentWidget().verticalScrollBar()
    assert bar.value() == bar.maximum()


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
