"""Copying, cutting, pasting and dragging prose: live among our own, as printed for all others."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from forms.edits import AddRow, RemoveRow, SetValue
from ui.prose.clipboard import PROSE_TYPE
from ui.prose.text import CHIP, chips

OUTPUT = "{{kinds/output}}"


@pytest.fixture
def quoting(session, at, edit, select):
    """A text with a figure, all of it selected."""
    session.edit(SetValue(at("kinds/idea"), f"产值{OUTPUT}。"))
    select(0, 4)
    return edit


@pytest.fixture
def other_editor(make_session, open_page, at):
    """The same narrative of another plan, empty."""

    def make(texts):
        other = make_session(texts)
        page = open_page(other, "kinds")
        page.reveal(at("kinds/idea"))
        editor = next(b.frames["idea"] for b in page.blocks if b.holds("idea")).editor
        return editor.text, lambda: other.answers.get(at("kinds/idea"))

    return make


def test_that_a_copy_reads_as_printed_for_every_program(quoting):
    quoting.copy()

    assert QApplication.clipboard().text() == "产值12345.68万元。"
    assert not QApplication.clipboard().mimeData().hasHtml()


def test_that_cut_and_paste_keep_figures_live(quoting, stored, session):
    quoting.cut()
    assert stored() is None
    quoting.paste()
    quoting.paste()

    assert stored() == f"产值{OUTPUT}。" * 2
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert stored() is None


def test_that_a_part_between_two_lines_is_copied_with_its_figures(edit, session, at, select):
    session.edit(SetValue(at("kinds/idea"), f"一😀{OUTPUT}\n{OUTPUT}二\n三"))
    select(1, 6)  # a smile counts twice
    edit.copy()

    assert QApplication.clipboard().text() == "😀12345.68万元\n12345.68万元"
    kept = json.loads(bytes(QApplication.clipboard().mimeData().data(PROSE_TYPE).data()))
    assert kept["text"] == f"😀{OUTPUT}\n{OUTPUT}"


def test_that_another_plan_takes_figures_it_has_itself(quoting, other_editor):
    quoting.copy()
    text, stored = other_editor({"kinds/output": "7"})
    text.paste()

    assert stored() == f"产值{OUTPUT}。"
    assert [chip.words for chip in chips(text.document())] == ["7万元"]


def test_that_another_plan_without_the_source_takes_what_was_printed(
    session, at, edit, select, other_editor
):
    session.edit(AddRow(at("works/list"), "p1"))
    session.edit(SetValue(at("works/list/p1/name"), "甲"))
    session.edit(SetValue(at("kinds/idea"), "{{works/list/p1/name}}产值{{kinds/output}}"))
    select(0, 4)
    edit.copy()
    text, stored = other_editor({})
    text.paste()

    assert stored() == f"甲产值{OUTPUT}"  # the one is not there, the other only empty
    assert [chip.fault for chip in chips(text.document())] != [""]


def test_that_a_broken_figure_moves_within_its_own_plan(session, at, edit, select, stored):
    session.edit(AddRow(at("works/list"), "p1"))
    session.edit(SetValue(at("kinds/idea"), "总投资{{works/list/p1/cost}}"))
    session.edit(RemoveRow(at("works/list/p1")))
    select(3, 4)
    edit.cut()
    assert stored() == "总投资"
    edit.paste()

    assert stored() == "总投资{{works/list/p1/cost}}"


def test_that_pasted_text_is_plain_and_its_marks_count_only_when_they_name_something(edit, stored):
    pasted = f"　　产值\u200b{OUTPUT}\r\n名称{{{{name/of_nothing}}}}、{{{{不是}}}}{CHIP}"
    QApplication.clipboard().setText(pasted)
    edit.paste()

    assert stored() == f"产值{OUTPUT}\n名称｛｛name/of_nothing｝｝、{{{{不是}}}}"
    assert edit.toPlainText().count(CHIP) == 1


@pytest.mark.parametrize(
    "foreign",
    [
        b"{",
        b"[1]",
        b'{"plan": 1, "text": "x", "printed": []}',
        b'{"plan": "x", "text": "{{kinds/output}}", "printed": []}',
    ],
)
def test_that_what_only_calls_itself_ours_is_read_as_text(edit, stored, foreign):
    data = QMimeData()
    data.setText("甲")
    data.setData(PROSE_TYPE, foreign)
    edit.insertFromMimeData(data)

    assert stored() == "甲"


def test_that_dropped_prose_keeps_its_figures(quoting, stored):
    data = quoting.createMimeDataFromSelection()
    cursor = quoting.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    quoting.setTextCursor(cursor)
    place = QPointF(quoting.cursorRect().center())
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    viewport = quoting.viewport()
    enter = QDragEnterEvent(place.toPoint(), action, data, button, none)
    QApplication.sendEvent(viewport, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(viewport, QDropEvent(place, action, data, button, none))

    assert stored() == f"产值{OUTPUT}。" * 2
