"""Sessions and pages for the tests of this folder, and a text with figures to quote."""

import pytest
from PySide6.QtGui import QTextCursor

from tests.ui.fields.plans import *  # noqa: F403

FILLED = {
    "kinds/output": "12345.678",
    "kinds/area": "12.5",
    "figures/whole": "10",
    "figures/part": "4",
}


@pytest.fixture
def session(make_session):
    return make_session(FILLED)


@pytest.fixture
def page(open_page, session):
    return open_page(session, "kinds")


@pytest.fixture
def editor(page, at):
    """The editor of a narrative, with the keyboard."""
    assert page.reveal(at("kinds/idea"))
    return next(b.frames["idea"] for b in page.blocks if b.holds("idea")).editor


@pytest.fixture
def edit(editor):
    """Its text area."""
    return editor.text


@pytest.fixture
def stored(session, at):
    """What the plan holds of the text."""
    return lambda: session.answers.get(at("kinds/idea"))


@pytest.fixture
def select(edit):
    """Select a part of the text, as Shift and the arrows do."""

    def between(start, end):
        cursor = edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)

    return between
