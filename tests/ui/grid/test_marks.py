"""Marked cells: the sign in the cell, the words under the cursor, the way to the next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from forms.address import Address
from forms.checks.finding import Finding
from forms.schema import Severity
from ui import turns
from ui.grid.delegate import _sign
from ui.grid.marked import said_of
from ui.grid.sheet_model import LOOK, Refused

KEY = Qt.Key
HOME = Address("steps", "list")


def finding(severity, *places):
    return Finding("rule", severity, "这里不对。", "请改正。", places)


@pytest.fixture
def panel(make_session, open_sheet):
    rows = [f"steps/list/{row}" for row in "abc"]
    session = make_session({f"{row}/name": row[-1] for row in rows}, rows=rows)
    panel = open_sheet(session, "steps", "list")
    panel.model.refuse({HOME.at("b", "cost"): Refused("约3", "“约3”不是数字。")})
    whole, one = HOME.at_row("c"), HOME.at("a", "done")
    panel.show_remarks(
        {
            one: (finding(Severity.SHOULD, one),),
            whole: (finding(Severity.MUST, whole),),
        }
    )
    return panel


def test_that_each_mark_has_a_sign_besides_its_colour(panel):
    signs = {
        place: _sign(panel.model.index(*place).data(LOOK)) for place in [(0, 2), (1, 3), (2, 0)]
    }

    assert signs == {(0, 2): "▲", (1, 3): "●", (2, 0): "●"}  # of a whole row in its first cell
    assert _sign(panel.model.index(0, 0).data(LOOK)) == ""


def test_that_f7_leads_from_mark_to_mark_and_the_words_follow(panel, keys, qtbot):
    view, note = panel.view, panel.editing.note.label
    view.setFocus()
    view.setCurrentIndex(panel.model.index(0, 0))
    said = []
    for _ in range(4):
        keys(KEY.Key_F7)
        qtbot.waitUntil(note.isVisible)
        index = view.currentIndex()
        qtbot.waitUntil(
            lambda: note.text() == "\n".join(said_of(panel.model, view.current_address()))
        )
        said.append(((index.row(), index.column()), note.text()))

    assert said[0] == ((0, 2), "▲ 建议改：这里不对。请改正。")
    assert said[1] == ((1, 3), "● 未采纳：“约3”不是数字。")
    assert said[2] == ((2, 0), "● 必须改：这里不对。请改正。")
    assert said[3] == said[0]
    keys(KEY.Key_F7, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert view.currentIndex().row() == 2


def test_that_the_words_go_while_one_types_and_with_escape(panel, keys, qtbot):
    note = panel.editing.note.label
    panel.view.setFocus()
    keys(KEY.Key_F7)
    qtbot.waitUntil(note.isVisible)
    keys(KEY.Key_Escape)
    assert not note.isVisible()
    keys(KEY.Key_F7)
    qtbot.waitUntil(note.isVisible)
    keys("5")
    qtbot.waitUntil(lambda: not note.isVisible())
    keys(KEY.Key_Escape)


def test_that_the_button_counts_the_marks_and_goes_with_the_last(panel, qtbot):
    button = panel.editing.marks.button
    assert button.text() == "● 3"
    assert button.accessibleName() == "“主要措施”有 3 格待看，转到下一格（F7）"
    button.click()
    assert panel.view.currentIndex().row() == 0

    panel.model.accept([HOME.at("b", "cost")])
    panel.show_remarks({})
    assert button.isHidden()


def test_that_mended_words_leave_the_result_of_a_paste_alone(panel):
    panel.say("已粘贴 3 格。", "hint")
    panel.show_remarks({})

    assert panel._foot.text() == "已粘贴 3 格。"


def test_that_thousands_of_marks_are_counted_as_few_are(panel, monkeypatch, qtbot):
    monkeypatch.setattr(turns, "MANY", 1)
    one, other = HOME.at("a", "done"), HOME.at("c", "done")
    panel.show_remarks({at: (finding(Severity.MUST, at),) for at in (one, other)})
    button = panel.editing.marks.button

    panel.model.accept([HOME.at("b", "cost")])
    qtbot.waitUntil(lambda: button.text() == "● 2")
    panel.show_remarks({one: (finding(Severity.SHOULD, one),)})
    assert button.text() == "▲ 1"
