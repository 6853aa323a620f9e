"""A section's page: conditions, jumps, focus, echoes, the head, names for screen readers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from forms.edits import SetValue
from ui.pages.section_page import SectionPage

KEY = Qt.Key
SECTIONS = ("kinds", "span", "figures", "steps", "works", "water", "outcomes", "sums")


def frame(page, item):
    return next(b.frames[item] for b in page.blocks if b.holds(item))


def test_that_fields_appear_and_go_with_their_condition(open_page, session, at, keys):
    page = open_page(session, "figures")
    assert not frame(page, "details").isVisible()
    assert not page.reveal(at("figures/details"))

    page.reveal(at("figures/special"))
    keys(KEY.Key_Space)
    assert frame(page, "details").isVisible()
    keys(KEY.Key_Right)
    assert not frame(page, "details").isVisible()


def test_that_reveal_scrolls_to_a_field_and_gives_it_the_keyboard(open_page, session, at, qtbot):
    page = open_page(session, "kinds")
    with qtbot.waitSignal(page.focused) as focused:
        assert page.reveal(at("kinds/leading"))

    assert focused.args == [at("kinds/leading")]
    editor = frame(page, "leading").editor
    qtbot.waitUntil(lambda: not editor.visibleRegion().isEmpty())
    assert editor.isAncestorOf(QApplication.focusWidget()) or QApplication.focusWidget() is editor
    assert not page.reveal(at("span/base"))


def test_that_reveal_finds_a_cell_and_a_whole_table(make_session, open_page, at, qtbot):
    session = make_session({"works/list/p1/cost": "3"}, rows=["works/list/p1"])
    page = open_page(session, "works")
    with qtbot.waitSignal(page.focused) as focused:
        assert page.reveal(at("works/list/p1/cost"))
    assert focused.args == [at("works/list/p1/cost")]
    assert page.reveal(at("works/list/p1"))
    assert page.reveal(at("works/list"))
    assert not page.reveal(at("works/list/gone/cost"))


def test_that_a_cell_is_what_one_is_at_while_it_is_typed_into(make_session, open_page, at, keys):
    session = make_session({"works/list/p1/cost": "3"}, rows=["works/list/p1"])
    page = open_page(session, "works")
    page.reveal(at("works/list/p1/cost"))
    seen = []
    page.focused.connect(seen.append)
    keys(KEY.Key_F2)

    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert set(seen) == {at("works/list/p1/cost")}


def test_that_an_own_echo_never_moves_the_caret(open_page, session, at, keys):
    page = open_page(session, "kinds")
    page.reveal(at("kinds/park"))
    line = frame(page, "park").editor.line
    keys("abcd", KEY.Key_Home, KEY.Key_Right, "X ")

    assert line.text() == "aX bcd"
    assert line.cursorPosition() == 3
    assert session.answers.get(at("kinds/park")) == "aX bcd"


def test_that_a_page_in_the_background_catches_up_when_shown(pack, session, at, qtbot):
    page = SectionPage(session, pack.index.sections["kinds"])
    qtbot.addWidget(page)
    page.make_whole()
    session.edit(SetValue(at("kinds/park"), "临江"))
    assert frame(page, "park").editor.line.text() == ""
    page.show()
    assert frame(page, "park").editor.line.text() == "临江"


def test_that_what_is_pending_is_committed_on_demand(open_page, session, at, keys):
    page = open_page(session, "kinds")
    page.reveal(at("kinds/area"))
    keys("8")
    page.commit_pending()
    assert session.view.text(at("kinds/area")) == "8"


def test_that_a_cell_being_typed_is_committed_on_demand(make_session, open_page, at, keys, qtbot):
    session = make_session({}, rows=["steps/list/a"])
    page = open_page(session, "steps")
    page.reveal(at("steps/list/a/cost"))
    keys("8")
    page.commit_pending()
    qtbot.waitUntil(lambda: session.view.text(at("steps/list/a/cost")) == "8")


def test_that_clause_and_points_unfold_below_the_purpose(open_page, session):
    page = open_page(session, "kinds")
    assert page.heading.button.text() == "通知原文 1 条 · 内容要点 2 项"
    page.heading.button.click()
    texts = [label.text() for label in page.heading.findChildren(QLabel)]
    assert "·  要点一" in texts
    assert "一 工作目标：显著提升园区绿色低碳循环发展水平。" in texts


@pytest.mark.parametrize("section", SECTIONS)
def test_that_everything_that_takes_the_keyboard_has_a_name(make_session, open_page, section, at):
    session = make_session({"works/list/p1/name": "甲"}, rows=["works/list/p1", "steps/list/a"])
    page = open_page(session, section)
    page.reveal(at("works/list/p1/name"))
    unnamed = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.accessibleName()
        and widget.isVisible()
    ]
    assert unnamed == []


def test_that_received_text_is_never_taken_for_markup(make_session, open_page):
    hostile = "<b>粗</b><img src=x>"
    session = make_session({"works/list/p1/name": hostile}, rows=["works/list/p1"])
    page = open_page(session, "works")
    page.reveal(page.blocks[0].panel.sheet.rows.row_at(0))
    formats = {label.textFormat() for label in page.findChildren(QLabel) if hostile in label.text()}
    assert formats == {Qt.TextFormat.PlainText}


def test_that_undo_shows_the_value_even_while_the_field_has_the_keyboard(
    open_page, session, at, keys
):
    page = open_page(session, "kinds")
    page.reveal(at("kinds/area"))
    keys("8", KEY.Key_Return)
    session.undo_stack.undo()
    assert frame(page, "area").editor.line.text() == ""
    session.undo_stack.redo()
    assert frame(page, "area").editor.line.text() == "8"


def test_that_the_page_follows_the_cursor_of_a_sheet_that_is_only_partly_in_sight(
    make_session, open_page, keys, qtbot
):
    rows = [f"steps/list/r{number}" for number in range(12)]
    page = open_page(make_session({f"{row}/name": "甲" for row in rows}, rows=rows), "steps")
    page.resize(814, 260)
    view = page.blocks[0].panel.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    page.verticalScrollBar().setValue(0)

    def is_in_sight():
        cell = view.visualRect(view.currentIndex())
        return view.viewport().visibleRegion().contains(cell)

    keys(*(KEY.Key_Down,) * 11)
    qtbot.waitUntil(is_in_sight)
    keys(*(KEY.Key_Up,) * 11)
    qtbot.waitUntil(is_in_sight)


def test_that_a_sheet_that_becomes_lower_keeps_its_cursor_in_sight(open_page, make_session, keys):
    rows = [f"steps/list/r{number}" for number in range(12)]
    page = open_page(make_session({f"{row}/name": "甲" for row in rows}, rows=rows), "steps")
    view = page.blocks[0].panel.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(11, 0))

    view.setFixedHeight(200)

    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
