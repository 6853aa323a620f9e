"""Finding words inside one text, those on live figures among them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from forms.edits import SetValue
from ui.prose.text import CHIP

KEY = Qt.Key


@pytest.fixture
def bar(session, at, edit, editor, keys):
    """The bar over a text with the words 产值 twice and the figure 12345.68万元 once."""
    session.edit(SetValue(at("kinds/idea"), "产值😀{{kinds/output}}。\n产值GDP，{{kinds/area}}"))
    keys(KEY.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    assert editor.find_bar.line.hasFocus()
    return editor.find_bar


def test_that_words_are_found_one_after_the_other_and_around(bar, edit, write, keys):
    write("产值")
    assert bar.count.text() == "第 1 / 2 处"
    assert edit.textCursor().selectionStart() == 0
    keys(KEY.Key_Return)
    assert (edit.textCursor().selectionStart(), bar.count.text()) == (7, "第 2 / 2 处")
    keys(KEY.Key_Return)
    assert edit.textCursor().selectionStart() == 0
    QTest.keyClick(bar.line, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert edit.textCursor().selectionStart() == 7
    assert bar.line.hasFocus()


def test_that_what_a_figure_shows_is_found(bar, edit, write):
    write("345.68万元。")

    assert bar.count.text() == "第 1 / 1 处"
    assert edit.textCursor().selectedText() == f"{CHIP}。"


def test_that_every_figure_that_fits_is_marked_not_only_the_chosen_one(bar, edit, write, keys):
    def box_of_the_second():
        edit.viewport().repaint()
        cursor = edit.textCursor()
        cursor.setPosition(13)
        left = edit.cursorRect(cursor)
        return edit.viewport().grab(left.adjusted(4, 0, 20, 0)).toImage().pixelColor(3, 2)

    before = box_of_the_second()
    write("12")

    assert bar.count.text() == "第 1 / 2 处"
    assert edit.textCursor().selectionStart() == 4
    assert box_of_the_second() != before


def test_that_large_and_small_letters_are_alike(bar, edit, write, keys):
    write("gdp")
    assert edit.textCursor().selectedText() == "GDP"


def test_that_what_is_not_there_is_said(bar, write):
    write("没有")

    assert bar.count.text() == "没有找到"


def test_that_escape_gives_the_keyboard_back_and_what_was_found_stays_selected(
    bar, edit, write, keys
):
    write("gdp")
    keys(KEY.Key_Escape)

    assert edit.hasFocus()
    assert bar.isHidden()
    assert edit.extraSelections() == []
    assert edit.textCursor().selectedText() == "GDP"
    keys(KEY.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    assert bar.line.text() == "GDP"


def test_that_the_count_follows_the_plan(bar, write, session, at, qtbot):
    write("12345")
    assert bar.count.text() == "第 1 / 1 处"
    session.edit(SetValue(at("kinds/output"), Decimal(5)))

    qtbot.waitUntil(lambda: bar.count.text() == "没有找到")


def test_that_finding_takes_the_room_of_the_word_count_until_it_is_closed(bar, editor, keys):
    assert editor._foot.count.isHidden()
    keys(KEY.Key_Escape)
    assert not editor._foot.count.isHidden()
