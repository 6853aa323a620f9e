"""Footnotes and references as a planner meets them: put in, shown, opened, copied, undone."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from forms.edits import SetValue
from ui.jobs import Jobs
from ui.prose.text import CHIP, chips, label_of
from ui.text import tr

KEY = Qt.Key
SPAN = "{{@span/base}}"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def put(session, at, text, address="kinds/idea"):
    session.edit(SetValue(at(address), text))


def shown(edit):
    return [(chip.label, chip.fault) for chip in chips(edit.document())]


def choose_from_menu(edit, position, words):
    cursor = edit.textCursor()
    cursor.setPosition(position)
    edit.setTextCursor(cursor)
    reason = QContextMenuEvent.Reason.Keyboard
    point = edit.cursorRect().center()
    event = QContextMenuEvent(reason, point, edit.viewport().mapToGlobal(point))
    QApplication.sendEvent(edit.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text().startswith(words))
    action.trigger()
    menu.close()


def in_chip(edit, position):
    cursor = QTextCursor(edit.document())
    cursor.setPosition(position)
    return edit.cursorRect(cursor).center() + QPoint(8, 0)


def tip_at(edit, point):
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, edit.viewport().mapToGlobal(point))
    QApplication.sendEvent(edit.viewport(), event)
    text = QToolTip.text()
    QToolTip.hideText()
    return text


# -- References -----------------------------------------------------------------------------------


def test_that_a_reference_is_put_in_by_menu_and_words(session, edit, editor, write, keys, stored):
    write("期限见")
    steps = session.undo_stack.count()
    choose_from_menu(edit, 3, "插入引用")
    write("期限 表")
    assert stored() == "期限见"  # the plan does not hear of the asking
    assert editor.asking.offers.current.label == "期限"
    keys(KEY.Key_Return)

    assert stored() == f"期限见{SPAN}"
    assert edit.toPlainText() == f"期限见{CHIP}"
    assert session.undo_stack.count() == steps + 1
    session.undo_stack.undo()
    assert edit.toPlainText() == stored() == "期限见"


def test_that_asking_given_up_leaves_no_trace(edit, editor, write, keys, stored):
    write("见")
    editor.tools.refer.click()
    write("没有这样的表")
    assert editor.asking.is_open
    keys(KEY.Key_Escape)

    assert stored() == edit.toPlainText() == "见"


def test_that_an_at_sign_typed_by_hand_is_a_letter(editor, keys, stored):
    keys("a@b.cn")

    assert not editor.asking.is_open
    assert stored() == "a@b.cn"


def test_that_a_reference_shows_the_title_until_its_number_is_known(session, at, edit, qtbot):
    put(session, at, f"见{SPAN}。")
    assert shown(edit) == [("《期限》", "")]
    jobs = Jobs()
    with qtbot.waitSignal(session.numbers.changed):
        session.numbers.count_with(jobs, lambda *_: {"span/base": "表1-3"})
    jobs.close()

    assert shown(edit) == [("表1-3", "")]
    assert "现为表1-3" in tip_at(edit, in_chip(edit, 1))


def test_that_numbers_are_counted_again_after_a_change(session, at, edit, qtbot):
    jobs, counted = Jobs(), []

    def count(pack, answers, progress):
        counted.append(answers)
        return {"span/base": f"表1-{len(counted)}"}

    put(session, at, f"见{SPAN}。")
    with qtbot.waitSignal(session.numbers.changed):
        session.numbers.count_with(jobs, count)
    with qtbot.waitSignal(session.numbers.changed):
        session.edit(SetValue(at("kinds/title"), "方案"))
    jobs.close()

    assert shown(edit) == [("表1-2", "")]
    assert counted[-1] is session.answers


@pytest.mark.parametrize(
    ("name", "label"), [("kinds/map", "！引用无内容"), ("nowhere", "！引用已失效")]
)
def test_that_a_reference_to_nothing_is_told_in_words(session, at, edit, name, label):
    put(session, at, f"见{{{{@{name}}}}}。")

    (found,) = shown(edit)
    assert found[0] == tr(label)
    assert found[1]


def test_that_a_reference_leads_to_its_source_and_becomes_text(session, at, edit, stored, qtbot):
    put(session, at, f"见{SPAN}。")
    with qtbot.waitSignal(edit.jump_requested) as jumped:
        choose_from_menu(edit, 1, "查看来源")
    assert jumped.args == [at("span/base")]
    choose_from_menu(edit, 1, "改为普通文字")

    assert stored() == "见《期限》。"


# -- Footnotes ------------------------------------------------------------------------------------


def test_that_a_note_is_put_in_at_the_caret_as_one_step(session, edit, editor, write, keys, stored):
    write("能耗较高。")
    steps = session.undo_stack.count()
    choose_from_menu(edit, 2, "插入脚注")
    assert editor.note_bar.text.hasFocus()
    write("按等价值折算", editor.note_bar.text)
    assert stored() == "能耗较高。"  # nothing half written reaches the plan
    QTest.keyClick(editor.note_bar.text, KEY.Key_Return)

    assert stored() == "能耗^[按等价值折算]较高。"
    assert edit.toPlainText() == f"能耗{CHIP}较高。"
    assert edit.hasFocus()
    assert editor.note_bar.isHidden()
    assert session.undo_stack.count() == steps + 1
    session.undo_stack.undo()
    assert edit.toPlainText() == stored() == "能耗较高。"


def test_that_a_note_may_say_anything_in_brackets(edit, editor, write, stored):
    write("能耗")
    editor.tools.annotate.click()
    write("见]和[及\\", editor.note_bar.text)
    editor.note_bar.done.click()

    assert stored() == "能耗^[见\\]和\\[及\\\\]"
    edit.ask_note()
    editor.note_bar.drop()
    QTest.mouseDClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=in_chip(edit, 2))
    assert editor.note_bar.text.stored_text() == "见]和[及\\"


def test_that_escape_and_an_empty_note_change_nothing(edit, editor, write, stored):
    write("能耗")
    editor.tools.annotate.click()
    write("说明", editor.note_bar.text)
    QTest.keyClick(editor.note_bar.text, KEY.Key_Escape)
    assert stored() == "能耗"
    editor.tools.annotate.click()
    QTest.keyClick(editor.note_bar.text, KEY.Key_Return)

    assert stored() == "能耗"
    assert edit.hasFocus()


def test_that_a_chosen_note_opens_by_return_and_is_changed_or_emptied(
    session, at, edit, editor, write, select, stored
):
    put(session, at, "能耗^[甲]较高。")
    select(2, 3)
    QTest.keyClick(edit, KEY.Key_Return)
    write("乙", editor.note_bar.text)  # the old text is selected
    QTest.keyClick(editor.note_bar.text, KEY.Key_Return)
    assert stored() == "能耗^[乙]较高。"
    select(2, 3)
    QTest.keyClick(edit, KEY.Key_Return)
    QTest.keyClick(editor.note_bar.text, KEY.Key_Delete)
    QTest.keyClick(editor.note_bar.text, KEY.Key_Return)

    assert stored() == "能耗较高。"


def test_that_what_is_written_before_the_note_meanwhile_does_not_move_it(
    session, at, edit, editor, write, stored
):
    put(session, at, "能耗^[甲]较高。")
    edit.note_wanted.emit(2)
    put(session, at, "园区综合能耗^[甲]较高。")
    write("乙", editor.note_bar.text)
    editor.note_bar.finish()

    assert stored() == "园区综合能耗^[乙]较高。"


def test_that_a_text_is_as_high_as_its_lines_at_any_width(page, edit, qtbot):
    edit.setPlainText(("字" * 150 + "\n") * 12)
    for width in (900, 500, 700):
        page.resize(width, 600)
        QApplication.processEvents()
        assert edit.viewport().height() >= edit.document().size().height(), width


def test_that_a_figure_may_stand_in_a_note(edit, editor, write, stored):
    write("能耗")
    editor.tools.annotate.click()
    note = editor.note_bar.text
    write("产值", note)
    editor.note_bar.asking.begin()
    write("产值", note)
    QTest.keyClick(note, KEY.Key_Return)
    assert note.toPlainText() == f"产值{CHIP}"
    QTest.keyClick(note, KEY.Key_Return)

    assert stored() == "能耗^[产值{{kinds/output}}]"
    assert "产值12345.68万元" in tip_at(edit, in_chip(edit, 2))


def test_that_leaving_the_page_keeps_a_note_half_written(page, edit, editor, write, stored):
    write("能耗")
    editor.tools.annotate.click()
    write("说明", editor.note_bar.text)
    page.commit_pending()

    assert stored() == "能耗^[说明]"


def test_that_a_note_without_text_is_told(session, at, edit):
    put(session, at, "能耗^[]。")

    assert shown(edit) == [("注", tr("脚注没有文字。"))]


def test_that_a_mark_of_a_note_is_small_and_its_words_are_found(session, at, edit, editor):
    put(session, at, "能耗^[按等价值折算]。")
    editor.ask_find()
    editor.find_bar.line.setText("等价值")

    assert "1" in editor.find_bar.count.text()
    assert edit.textCursor().selectedText() == CHIP


def test_that_lines_with_notes_are_as_high_as_lines_without(session, at, edit):
    put(session, at, "一\n二\n- 三\n# 四")
    before = edit.height()
    put(session, at, f"一^[甲]\n{SPAN}二\n- 三^[乙]\n# 四{SPAN}")

    assert edit.height() == before


def test_that_notes_and_references_are_copied_as_read_and_pasted_as_marks(
    session, at, edit, select, stored
):
    put(session, at, f"能耗^[甲]见{SPAN}。")
    select(0, 6)
    edit.cut()
    assert QApplication.clipboard().text() == "能耗（注：甲）见《期限》。"
    edit.paste()
    edit.paste()

    assert stored() == f"能耗^[甲]见{SPAN}。" * 2


def test_that_drawn_chips_carry_their_sign(session, at, edit):
    put(session, at, f"能耗^[甲]见{SPAN}。")
    cursor = QTextCursor(edit.document())
    cursor.setPosition(3)

    assert label_of(cursor.charFormat()) == ("注", False)


def test_that_counting_stops_for_a_plan_that_is_closing_and_goes_on_if_it_stays(
    session, at, edit, qtbot
):
    jobs, begun, ended = Jobs(), threading.Event(), threading.Event()

    def count(pack, answers, progress):
        if begun.is_set():
            return {"span/base": "表1-3"}
        begun.set()
        while not ended.wait(0.001):
            progress.check()
        raise AssertionError("nobody told it to stop")

    put(session, at, f"见{SPAN}。")
    session.numbers.count_with(jobs, count)
    qtbot.waitUntil(begun.is_set)
    session.numbers.give_up()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    with qtbot.waitSignal(session.numbers.changed):
        session.edit(SetValue(at("kinds/title"), "方案"))
    jobs.close()

    assert shown(edit) == [("表1-3", "")]
