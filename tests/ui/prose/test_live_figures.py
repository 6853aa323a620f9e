"""Live figures as a planner meets them: shown, followed, put in, changed, taken out, undone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from forms.edits import AddRow, RemoveRow, SetValue
from forms.live_figures import LiveFigure
from ui.fields.prose import ProseEditor
from ui.prose.edit import ProseEdit
from ui.prose.text import CHIP, chips, label_of

KEY = Qt.Key
OUTPUT = "{{kinds/output}}"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def shown(edit):
    return [chip.words for chip in chips(edit.document())]


def put(session, at, text, address="kinds/idea"):
    session.edit(SetValue(at(address), text))


def middle_of(edit, position):
    """A point inside the chip at a position of the text."""
    cursor = edit.textCursor()
    cursor.setPosition(position)
    return edit.cursorRect(cursor).center() + QPoint(12, 0)


def open_menu():
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def menu_action(text):
    """The entry of the open menu, or of a menu inside it, that begins like this."""
    inner = [each for each in open_menu().findChildren(QMenu) if each is not open_menu()]
    actions = [action for menu in (open_menu(), *inner) for action in menu.actions()]
    return next(action for action in actions if action.text().startswith(text))


def choose(text):
    """Choose an entry of the menu that is open, and close it."""
    menu = open_menu()
    menu_action(text).trigger()
    menu.close()


def text_with_keyboard():
    """The text area that has the keyboard."""
    focus = QApplication.focusWidget()
    assert isinstance(focus, ProseEdit)
    return focus


# -- Shown and followed ---------------------------------------------------------------------------


def test_that_a_stored_mark_is_shown_as_its_value_and_unit(session, at, edit, editor):
    put(session, at, f"产值{OUTPUT}，折{{{{kinds/output|亿元,1}}}}。")

    assert shown(edit) == ["12345.68万元", "1.2亿元"]
    assert edit.toPlainText() == f"产值{CHIP}，折{CHIP}。"
    assert "20 字" in editor._foot.count.text()  # 产值12345.68万元，折1.2亿元。


def test_that_a_figure_follows_the_plan_without_a_step_of_undo_or_a_jump_of_the_caret(
    session, at, edit, editor, stored
):
    put(session, at, f"产值{OUTPUT}，其余{{{{figures/rest}}}}。")
    cursor = edit.textCursor()
    cursor.setPosition(2)
    edit.setTextCursor(cursor)
    steps = session.undo_stack.count()
    session.edit(SetValue(at("kinds/output"), Decimal(20000)))
    session.edit(SetValue(at("figures/whole"), Decimal(11)))

    assert shown(edit) == ["20000万元", "7 t"]
    assert "15 字" in editor._foot.count.text()  # 产值20000万元，其余7 t。
    assert edit.textCursor().position() == 2
    assert session.undo_stack.count() == steps + 2
    assert stored() == f"产值{OUTPUT}，其余{{{{figures/rest}}}}。"
    session.undo_stack.undo()
    assert shown(edit)[1] == "6 t"


def test_that_a_page_out_of_sight_catches_up(session, at, edit, page):
    put(session, at, f"产值{OUTPUT}。")
    page.hide()
    session.edit(SetValue(at("kinds/output"), Decimal(20000)))
    page.show()

    assert shown(edit) == ["20000万元"]


def test_that_a_deleted_source_shows_as_an_error_and_undo_mends_it(session, at, edit):
    session.edit(AddRow(at("works/list"), "p1"))
    session.edit(SetValue(at("works/list/p1/cost"), Decimal(50)))
    put(session, at, "总投资{{works/list/p1/cost}}。")
    assert shown(edit) == ["50万元"]
    session.edit(RemoveRow(at("works/list/p1")))

    (chip,) = chips(edit.document())
    assert "已删除" in chip.fault
    session.undo_stack.undo()
    assert shown(edit) == ["50万元"]


def test_that_an_error_is_not_told_by_colour_alone(session, at, edit):
    put(session, at, "总投资{{works/list/p1/cost}}，面积{{kinds/area}}。")
    bad, good = chips(edit.document())
    assert bad.fault
    assert not good.fault
    cursor = _cursor(edit, bad.position + 1)
    assert label_of(cursor.charFormat())[0].startswith("！")
    area = edit.cursorRect(_cursor(edit, bad.position)).adjusted(0, -2, 60, 2)
    drawn = edit.viewport().grab(area).toImage()
    paper = edit.palette().base().color().lightness()
    shades = {
        drawn.pixelColor(x, y).lightness()
        for x in range(drawn.width())
        for y in range(drawn.height())
    }
    assert min(shades) < paper - 60  # sign and outline stand out on a grey screen too


def _cursor(edit, position):
    cursor = QTextCursor(edit.document())
    cursor.setPosition(position)
    return cursor


def test_that_lines_with_figures_are_as_high_as_lines_without(session, at, edit):
    put(session, at, "一\n二\n# 三\n- 四")
    before = edit.height()
    put(session, at, f"一{OUTPUT}\n二{OUTPUT}\n# 三{OUTPUT}\n- 四{OUTPUT}")

    assert edit.height() == before


def test_that_the_tip_says_where_the_number_comes_from(session, at, edit):
    put(session, at, "其余{{figures/rest}}。")
    point = middle_of(edit, 2)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, edit.viewport().mapToGlobal(point))
    QApplication.sendEvent(edit.viewport(), event)

    assert "其余" in QToolTip.text()
    assert "计算" in QToolTip.text()
    assert "10 t － 4 t = 6 t" in QToolTip.text()
    QToolTip.hideText()


# -- Asking by an equals sign ----------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["=", "＝"])
def test_that_a_figure_is_found_by_words_of_an_input_method(
    session, edit, editor, write, keys, stored, sign
):
    write("工业")
    before = session.undo_stack.count()
    write(sign)
    write("产值")
    assert editor.asking.offers.current.label == "产值"
    assert stored() == "工业"  # the plan does not hear of the asking
    keys(KEY.Key_Return)

    assert stored() == f"工业{OUTPUT}"
    assert edit.toPlainText() == f"工业{CHIP}"
    assert session.undo_stack.count() == before + 1
    write("。")
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert stored() == "工业"
    assert edit.toPlainText() == "工业"


def test_that_nothing_is_offered_while_a_word_is_half_composed(edit, editor, write, keys, compose):
    keys("=")
    compose("chan", edit)
    assert len(editor.asking.offers.model.offers) > 3
    write("产值")

    assert [offer.label for offer in editor.asking.offers.model.offers] == ["产值"]


def test_that_the_arrows_move_and_a_click_puts_in(edit, editor, write, keys, stored):
    keys("=")
    assert editor.asking.offers.current is None
    keys(KEY.Key_Down, KEY.Key_Down, KEY.Key_Up)
    first = editor.asking.offers.model.offers[0]
    assert editor.asking.offers.current == first
    view = editor.asking.offers.view
    place = view.visualRect(view.model().index(1, 0)).center()
    second = editor.asking.offers.model.offers[1]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert stored() == f"{{{{{second.address}}}}}"
    assert edit.hasFocus()


def test_that_escape_leaves_a_plain_equals_sign(edit, editor, write, keys, stored):
    keys("a=")
    write("产值")
    keys(KEY.Key_Escape)

    assert not editor.asking.is_open
    assert stored() == "a=产值"
    keys(KEY.Key_Return, "b")
    assert stored() == "a=产值\nb"


@pytest.mark.parametrize("typed", ["a=b", "x = y", "1+1=2", "p==q", "x>=3"])
def test_that_a_plain_formula_is_left_alone(editor, keys, stored, typed):
    keys(typed)

    assert not editor.asking.is_open
    assert stored() == typed


def test_that_return_after_a_lone_equals_sign_is_a_new_line(editor, keys, stored):
    keys("=", KEY.Key_Return, "b")

    assert stored() == "=\nb"


def test_that_leaving_the_text_keeps_what_was_typed(editor, edit, write, keys, stored, page, at):
    keys("=")
    write("产")
    page.reveal(at("kinds/title"))

    assert not editor.asking.is_open
    assert stored() == "=产"
    assert edit.toPlainText() == "=产"


def test_that_saving_takes_what_was_typed(editor, write, keys, stored, page):
    keys("=")
    write("产")
    page.commit_pending()

    assert stored() == "=产"


def test_that_the_list_stays_inside_the_window(page, edit, editor, keys, qtbot):
    edit.setPlainText("字" * 1000)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    keys("=")

    qtbot.waitUntil(lambda: page.rect().contains(editor.asking.offers.geometry()))
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 0)
    assert page.rect().contains(editor.asking.offers.geometry())


# -- Asking on command -----------------------------------------------------------------------------


def test_that_a_command_puts_a_figure_in_the_place_of_a_typed_number(
    edit, editor, write, keys, select, stored, session
):
    write("产值12345.68万元。")
    select(2, 12)
    editor.tools.insert.click()
    assert edit.hasFocus()
    write("产值")
    keys(KEY.Key_Return)

    assert stored() == f"产值{OUTPUT}。"
    session.undo_stack.undo()
    assert stored() == "产值12345.68万元。"


def test_that_a_command_given_up_leaves_no_trace(edit, editor, write, keys, select, stored):
    write("产值12345.68万元。")
    select(2, 12)
    edit.figure_wanted.emit()
    write("没有这样的数")
    assert editor.asking.is_open  # it says that there is none
    keys(KEY.Key_Escape)

    assert stored() == edit.toPlainText() == "产值12345.68万元。"


# -- Editing around figures ------------------------------------------------------------------------


def test_that_a_figure_is_deleted_stepped_over_and_selected_as_one(session, at, edit, keys, stored):
    put(session, at, f"产值{OUTPUT}。")
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    keys(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    assert edit.textCursor().position() == 3
    keys(KEY.Key_Backspace)
    assert stored() == "产值。"
    session.undo_stack.undo()
    assert stored() == f"产值{OUTPUT}。"

    cursor = edit.textCursor()
    cursor.setPosition(2)
    edit.setTextCursor(cursor)
    keys(KEY.Key_Delete)
    assert stored() == "产值。"
    session.undo_stack.undo()
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(edit, 2))
    assert edit.textCursor().selectedText() == CHIP


def test_that_deleting_a_figure_is_its_own_step_between_typing(
    session, at, edit, write, keys, stored
):
    write("甲")
    edit.put_mark(str(LiveFigure(at("kinds/output"))), 1, 1)
    write("乙")
    keys(KEY.Key_Backspace, KEY.Key_Backspace)
    write("丙")
    assert stored() == "甲丙"
    texts = []
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
        texts.append(stored())

    assert texts == ["甲", f"甲{OUTPUT}", "甲", None]


def test_that_typing_goes_on_beside_a_figure_in_any_way(session, at, edit, write, compose, stored):
    put(session, at, f"{OUTPUT}{OUTPUT}")
    cursor = edit.textCursor()
    cursor.setPosition(1)
    edit.setTextCursor(cursor)
    compose("he", edit)
    assert stored() == f"{OUTPUT}{OUTPUT}"
    write("和")

    assert stored() == f"{OUTPUT}和{OUTPUT}"
    assert edit.toPlainText() == f"{CHIP}和{CHIP}"


def test_that_a_mark_typed_by_hand_becomes_a_figure(edit, keys, stored):
    keys("{{kinds/output}}.")

    assert edit.toPlainText() == f"{CHIP}."
    assert stored() == f"{OUTPUT}."


# -- The menu of a figure --------------------------------------------------------------------------


def test_that_unit_and_decimals_are_chosen_as_they_would_read(session, at, edit, stored, keys):
    put(session, at, f"产值{OUTPUT}。")
    QTest.mouseDClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(edit, 2))
    assert menu_action("万元").isChecked()
    assert "1.23亿元" in menu_action("亿元").text()
    steps = session.undo_stack.count()
    choose("亿元")
    assert stored() == "产值{{kinds/output|亿元}}。"
    assert session.undo_stack.count() == steps + 1

    keys(KEY.Key_Return)  # the chip is still chosen
    choose("3 位")
    assert stored() == "产值{{kinds/output|亿元,3}}。"
    assert shown(edit) == ["1.235亿元"]
    keys(KEY.Key_Return)
    choose("不写单位")
    assert shown(edit) == ["1.235"]  # the number that was read stays, in its unit
    keys(KEY.Key_Return)
    assert menu_action("不写单位").isChecked()
    choose("万元")
    assert shown(edit) == ["12345.678"]
    session.undo_stack.undo()
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert stored() == "产值{{kinds/output|亿元}}。"


@pytest.mark.parametrize("by_mouse", [True, False])
def test_that_the_menu_of_the_text_begins_with_the_figure_that_is_meant(
    session, at, edit, select, by_mouse
):
    put(session, at, f"产值{OUTPUT}。")
    select(3, 3)  # the caret right behind the chip
    reason = QContextMenuEvent.Reason.Mouse if by_mouse else QContextMenuEvent.Reason.Keyboard
    point = middle_of(edit, 2) if by_mouse else QPoint(0, 0)
    event = QContextMenuEvent(reason, point, edit.viewport().mapToGlobal(point))
    QApplication.sendEvent(edit.viewport(), event)

    assert "产值" in open_menu().actions()[0].text()
    assert edit.textCursor().selectedText() == CHIP
    choose("插入数字")
    assert edit.textCursor().position() == 3


def test_that_the_menu_elsewhere_has_no_figure_but_the_commands(edit, editor, write, keys, stored):
    write("产值为")
    point = QPoint(5, edit.viewport().height() - 5)
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, point, edit.viewport().mapToGlobal(point))
    QApplication.sendEvent(edit.viewport(), event)
    texts = [action.text() for action in open_menu().actions()]
    assert not [text for text in texts if "撤销" in text or "小数" in text]
    choose("插入数字")
    write("产值")
    keys(KEY.Key_Tab)

    assert stored() == f"产值为{OUTPUT}"


def test_that_a_figure_becomes_ordinary_text(session, at, edit, stored, keys, select):
    put(session, at, f"产值{OUTPUT}。")
    select(2, 3)
    keys(KEY.Key_Return)
    choose("改为普通文字")

    assert stored() == "产值12345.68万元。"
    session.undo_stack.undo()
    assert stored() == f"产值{OUTPUT}。"


def test_that_the_menu_leads_to_the_source(session, at, edit, keys, select, page, qtbot):
    put(session, at, "其余{{figures/rest}}，产值{{kinds/output}}。")
    select(2, 3)
    keys(KEY.Key_Return)
    with qtbot.waitSignal(page.jump_requested) as asked:
        choose("查看来源")
    assert asked.args == [at("figures/rest")]

    select(6, 7)
    keys(KEY.Key_Return)
    choose("查看来源")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "产值"  # on the same page


def test_that_a_figure_without_source_offers_no_way_there(session, at, edit, keys, select):
    put(session, at, "总投资{{works/list/p1/cost}}。")
    select(3, 4)
    keys(KEY.Key_Return)

    assert not menu_action("查看来源").isEnabled()
    assert not menu_action("改为普通文字").isEnabled()
    open_menu().close()


def test_that_a_figure_follows_while_a_word_beside_it_is_half_composed(
    session, at, edit, write, compose, stored
):
    put(session, at, f"产值{OUTPUT}")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    compose("he", edit)
    session.edit(SetValue(at("kinds/output"), Decimal(20000)))
    assert shown(edit) == ["20000万元"]
    assert stored() == f"产值{OUTPUT}"
    write("和")

    assert stored() == f"产值{OUTPUT}和"
    assert edit.toPlainText() == f"产值{CHIP}和"


# -- Prose of tables -------------------------------------------------------------------------------


def test_that_prose_of_a_table_shows_and_takes_figures(make_session, open_page, at, write, keys):
    session = make_session(
        {"works/list/p1/name": "甲", "works/list/p1/story": f"产值{OUTPUT}。", "kinds/output": "5"},
        rows=["works/list/p1"],
    )
    page = open_page(session, "works", width=1200)
    panel = next(block.panel for block in page.blocks if block.holds("list"))
    assert panel.reveal(at("works/list/p1/story"))
    model = panel.sheet.model
    column = [column.key for column in model.sheet_columns].index("story")
    assert model.text_at(0, column) == "产值5万元。"

    text = panel.form.frames()["story", 0].editor.text
    assert shown(text) == ["5万元"]
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.End)
    keys("=")
    write("产值")
    keys(KEY.Key_Return)
    assert session.answers.get(at("works/list/p1/story")) == f"产值{OUTPUT}。{OUTPUT}"
    assert model.text_at(0, column) == "产值5万元。5万元"

    panel.reveal(at("works/list/p1/story"))
    keys(KEY.Key_F2)
    cell = text_with_keyboard()
    assert shown(cell) == ["5万元", "5万元"]
    cell.moveCursor(QTextCursor.MoveOperation.End)
    keys("=", KEY.Key_Escape)  # the list goes, the cell's editor stays
    assert QApplication.focusWidget() is cell
    keys(KEY.Key_Escape)
    assert session.answers.get(at("works/list/p1/story")).endswith(f"{OUTPUT}=")


def test_that_in_a_low_window_the_list_is_shorter_and_never_on_the_line(
    page, edit, editor, keys, qtbot
):
    page.resize(620, 360)
    edit.setPlainText("字\n" * 12)
    cursor = edit.textCursor()
    cursor.setPosition(8)
    edit.setTextCursor(cursor)
    page.ensureWidgetVisible(edit)
    keys("=")
    offers = editor.asking.offers

    def clear_of_the_line():
        line = edit.cursorRect().translated(edit.viewport().mapTo(page, QPoint(0, 0)))
        return page.rect().contains(offers.geometry()) and not offers.geometry().intersects(line)

    qtbot.waitUntil(clear_of_the_line)
    assert len(offers.model.offers) > offers.view.height() // offers.view.sizeHintForRow(0) >= 2


def test_that_a_cell_leads_to_the_source_of_its_figure(make_session, open_page, at, keys, qtbot):
    session = make_session(
        {"works/list/p1/story": "其余{{figures/rest}}。"}, rows=["works/list/p1"]
    )
    page = open_page(session, "works", width=1200)
    panel = next(block.panel for block in page.blocks if block.holds("list"))
    panel.reveal(at("works/list/p1/story"))
    keys(KEY.Key_F2)
    text_with_keyboard().choose_chip(2)
    keys(KEY.Key_Return)
    with qtbot.waitSignal(page.jump_requested) as asked:
        choose("查看来源")

    assert asked.args == [at("figures/rest")]


def test_that_a_long_text_scrolls_inside_a_low_sheet(make_session, open_page, at, keys, qtbot):
    session = make_session({"works/list/p1/story": "字\n" * 30 + "完"}, rows=["works/list/p1"])
    page = open_page(session, "works", width=1200)
    panel = next(block.panel for block in page.blocks if block.holds("list"))
    panel.reveal(at("works/list/p1/story"))
    keys(KEY.Key_F2)
    text = text_with_keyboard()
    text.moveCursor(QTextCursor.MoveOperation.End)
    editor = text.parentWidget()
    assert isinstance(editor, ProseEditor)
    cell = editor.parentWidget()
    assert cell is not None

    assert cell.rect().contains(text.geometry().translated(editor.pos()))
    assert text.viewport().rect().contains(text.cursorRect())
    keys(KEY.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: cell.rect().contains(text.geometry().translated(editor.pos())))
    assert editor.find_bar is not None
    assert editor.find_bar.geometry().bottom() < text.geometry().top()


def test_that_copied_cells_print_elsewhere_and_stay_live_here(make_session, open_page, at, keys):
    session = make_session(
        {"works/list/p1/story": f"产值{OUTPUT}。", "kinds/output": "5"},
        rows=["works/list/p1", "works/list/p2"],
    )
    page = open_page(session, "works", width=1200)
    panel = next(block.panel for block in page.blocks if block.holds("list"))
    panel.reveal(at("works/list/p1/story"))
    panel.sheet.editing.copy()
    assert QApplication.clipboard().text() == "产值5万元。\r\n"
    panel.reveal(at("works/list/p2/story"))
    panel.sheet.paste()
    assert session.answers.get(at("works/list/p2/story")) == f"产值{OUTPUT}。"

    QApplication.clipboard().setText(QApplication.clipboard().text())  # as from another program
    panel.sheet.paste()
    assert session.answers.get(at("works/list/p2/story")) == "产值5万元。"
