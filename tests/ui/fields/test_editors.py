"""Each kind of value typed, chosen and taken back by keyboard, on a real session."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from forms.values import Cut, YearMonth
from ui.fields.choosing import ChoiceBox
from ui.fields.roles import STATE
from ui.pictures.dialog import PictureDialog

KEY = Qt.Key


@pytest.fixture
def page(open_page, session):
    return open_page(session, "kinds")


def frame(page, item):
    return next(b.frames[item] for b in page.blocks if b.holds(item))


@pytest.mark.parametrize(
    ("item", "typed", "value", "shown"),
    [
        ("founded", "2001", 2001, "2001"),
        ("compiled", "2026-3", YearMonth(2026, 3), "2026年3月"),
        ("signed", "2026.3.15", date(2026, 3, 15), "2026年3月15日"),
        ("people", "1,200", 1200, "1200"),
        ("area", "12.345", Decimal("12.345"), "12.345"),
        ("output", "1,200.5", Decimal("1200.5"), "1200.5"),
        ("share", "45.5", Decimal("45.5"), "45.5"),
    ],
)
def test_that_a_figure_or_day_is_read_and_shown_in_its_own_form(
    page, session, at, keys, item, typed, value, shown
):
    assert page.reveal(at(f"kinds/{item}"))
    keys(typed, KEY.Key_Return)

    assert session.answers.get(at(f"kinds/{item}")) == value
    assert frame(page, item).editor.line.text() == shown


def test_that_an_amount_may_be_typed_in_another_unit_and_full_width(page, session, at, write, keys):
    page.reveal(at("kinds/output"))
    write("１．２亿元")
    keys(KEY.Key_Tab)

    assert session.answers.get(at("kinds/output")) == Decimal(12000)
    assert frame(page, "output").editor.line.text() == "12000"


def test_that_a_bad_figure_stays_is_explained_and_never_committed(page, session, at, keys):
    page.reveal(at("kinds/area"))
    keys("12", KEY.Key_Return, "ab", KEY.Key_Tab)
    field = frame(page, "area")

    assert field.editor.line.text() == "12ab"
    assert field.editor.line.property(STATE) == "fault"
    assert "请换算后填写" in field._hint.text() or "不是数字" in field._hint.text()
    assert session.answers.get(at("kinds/area")) == Decimal(12)

    page.reveal(at("kinds/people"))
    keys("5", KEY.Key_Tab)
    assert field.editor.line.text() == "12ab"  # another edit leaves it alone

    page.reveal(at("kinds/area"))
    keys(KEY.Key_End, KEY.Key_Backspace, KEY.Key_Backspace, "5", KEY.Key_Return)
    assert session.answers.get(at("kinds/area")) == Decimal(125)
    assert field._hint.isHidden()


def test_that_a_valid_figure_is_committed_after_a_pause(page, session, at, keys, qtbot):
    page.reveal(at("kinds/area"))
    keys("7.5")
    assert session.answers.get(at("kinds/area")) is None

    qtbot.waitUntil(lambda: session.answers.get(at("kinds/area")) == Decimal("7.5"), timeout=2000)
    assert frame(page, "area").editor.line.text() == "7.5"


def test_that_escape_gives_an_entry_up(page, session, at, keys):
    page.reveal(at("kinds/area"))
    keys("3", KEY.Key_Return, "x", KEY.Key_Escape)

    assert frame(page, "area").editor.line.text() == "3"
    assert session.answers.get(at("kinds/area")) == Decimal(3)


def test_that_text_is_committed_with_each_change_and_undone_as_one(
    page, session, at, write, compose
):
    page.reveal(at("kinds/park"))
    compose("lin")
    assert session.answers.get(at("kinds/park")) is None
    write("临江")
    write("园区")

    assert session.answers.get(at("kinds/park")) == "临江园区"
    assert frame(page, "title").editor.line.text() == "临江园区方案"  # its default follows
    session.undo_stack.undo()
    assert session.answers.get(at("kinds/park")) is None
    assert frame(page, "park").editor.line.text() == ""
    assert session.undo_stack.count() == 1


def test_that_a_text_too_long_stays_and_is_explained(page, session, at, write):
    page.reveal(at("kinds/park"))
    write("园" * 21)

    assert frame(page, "park").editor.line.text() == "园" * 21
    assert "最多 20 字" in frame(page, "park")._hint.text()
    assert session.answers.get(at("kinds/park")) is None


def test_that_a_cleared_default_comes_back_when_the_field_is_left(page, session, at, write, keys):
    page.reveal(at("kinds/park"))
    write("甲")
    page.reveal(at("kinds/title"))
    keys(KEY.Key_End)
    write("（初稿）")
    assert session.answers.get(at("kinds/title")) == "甲方案（初稿）"

    line = frame(page, "title").editor.line
    line.selectAll()
    keys(KEY.Key_Delete)
    assert line.text() == ""
    keys(KEY.Key_Tab)
    assert line.text() == "甲方案"
    assert line.property(STATE) == "default"


def test_that_prose_is_not_committed_while_it_is_composed(page, session, at, write, compose):
    page.reveal(at("kinds/idea"))
    edit = frame(page, "idea").editor.text
    compose("yuanqu", edit)
    assert session.answers.get(at("kinds/idea")) is None
    write("园区以氯碱化工为主线。", edit)

    assert session.answers.get(at("kinds/idea")) == "园区以氯碱化工为主线。"
    assert "11 字 · 建议约 300 字" in frame(page, "idea").editor._foot.count.text()


def test_that_prose_grows_and_undo_puts_the_text_back(page, session, at, write):
    page.reveal(at("kinds/idea"))
    edit = frame(page, "idea").editor.text
    before = edit.height()
    write("第一段。", edit)
    session.undo_stack.setClean()
    QApplication.clipboard().setText("　　第二段。\r\n" * 20)
    edit.paste()

    assert edit.height() > before
    assert "\n第二段。" in session.answers.get(at("kinds/idea"))
    assert "　" not in session.answers.get(at("kinds/idea"))
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    assert edit.toPlainText() == ""
    assert edit.height() == before


def test_that_an_option_is_chosen_by_keyboard_and_the_wheel_leaves_it_alone(
    page, session, at, keys
):
    page.reveal(at("kinds/level"))
    keys(KEY.Key_Down, KEY.Key_Down)
    assert session.answers.get(at("kinds/level")) == "province"

    keys(KEY.Key_Up, KEY.Key_Up)
    assert session.answers.get(at("kinds/level")) is None


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_a_long_list_is_searched_by_typing(page, session, at, write, keys):
    page.reveal(at("kinds/fuel"))
    box = frame(page, "fuel").editor.box
    assert isinstance(box, ChoiceBox)
    assert box.lineEdit() is not None
    write("天然", box.lineEdit())
    keys(KEY.Key_Tab)
    assert session.answers.get(at("kinds/fuel")) == "f4"
    assert box.currentText() == "天然气"

    page.reveal(at("kinds/fuel"))
    line = box.lineEdit()
    assert line is not None
    line.selectAll()
    write("煤", box.lineEdit())
    keys(KEY.Key_Tab)
    assert "不在选项中" in frame(page, "fuel").editor.fault
    assert box.currentText() == "煤"
    assert session.answers.get(at("kinds/fuel")) == "f4"


def test_that_options_are_ticked_in_vocabulary_order(page, session, at, keys):
    page.reveal(at("kinds/tasks"))
    boxes = frame(page, "tasks").editor.boxes()
    boxes["carbon"].setFocus()
    keys(KEY.Key_Space)
    boxes["use"].setFocus()
    keys(KEY.Key_Space)
    assert session.answers.get(at("kinds/tasks")) == ("use", "carbon")

    session.undo_stack.undo()
    assert not boxes["use"].isChecked()
    assert boxes["carbon"].isChecked()


def test_that_yes_no_is_answered_and_taken_back_by_keyboard(page, session, at, keys):
    page.reveal(at("kinds/agreed"))
    keys(KEY.Key_Space)
    assert session.answers.get(at("kinds/agreed")) is True
    keys(KEY.Key_Right)
    assert session.answers.get(at("kinds/agreed")) is False
    keys(KEY.Key_Delete)
    assert session.answers.get(at("kinds/agreed")) is None


def test_that_a_row_of_a_table_is_chosen_by_name(make_session, open_page, at, keys):
    session = make_session({"works/list/p1/name": "余热项目"}, rows=["works/list/p1"])
    page = open_page(session, "kinds")
    page.reveal(at("kinds/leading"))
    keys(KEY.Key_Down)

    assert session.answers.get(at("kinds/leading")) == "p1"
    assert session.view.text(at("kinds/leading")) == "余热项目"


def test_that_a_picture_is_taken_from_a_file_pasted_dropped_and_removed(
    page, session, at, keys, png, tmp_path
):
    file = tmp_path / "区位图.png"
    file.write_bytes(png)
    editor = frame(page, "map").editor
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(editor.frame, QDragEnterEvent(QPoint(5, 5), action, data, left, none))
    QApplication.sendEvent(editor.frame, QDropEvent(QPointF(5, 5), action, data, left, none))
    picture = session.answers.get(at("kinds/map"))
    assert (picture.name, picture.width, picture.height) == ("区位图.png", 8, 6)
    assert "8 × 6 像素" in editor._caption.text()

    page.reveal(at("kinds/map"))
    keys(KEY.Key_Delete)
    assert session.answers.get(at("kinds/map")) is None

    QApplication.clipboard().setImage(QImage.fromData(png))
    keys(KEY.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    assert session.answers.get(at("kinds/map")).name == "粘贴的图片.png"


def test_that_a_picture_is_cropped_and_its_original_comes_back(
    page, session, at, tmp_path, png, qtbot
):
    file = tmp_path / "区位图.png"
    file.write_bytes(png)
    editor = frame(page, "map").editor
    editor.take_file(file)
    original = session.answers.get(at("kinds/map"))

    def dialog():
        editor.crop.click()
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, PictureDialog)
        return shown

    first = dialog()
    first.turn(1)
    first.accept()
    cropped = session.answers.get(at("kinds/map"))
    assert (cropped.width, cropped.height) == (6, 8)
    assert cropped.cut == Cut(original.sha256, 1, 0, 0, 6, 8)
    assert "已裁剪或旋转" in editor._caption.text()
    second = dialog()
    second.restore.click()
    second.accept()
    assert session.answers.get(at("kinds/map")) == replace(original, name="区位图.png")
    session.undo_stack.undo()
    assert session.answers.get(at("kinds/map")) == cropped


def test_that_a_file_that_is_no_picture_is_explained(page, session, at, tmp_path):
    file = tmp_path / "数据.png"
    file.write_bytes(b"no picture")
    frame(page, "map").editor.take_file(file)

    assert "不是可用的图片" in frame(page, "map")._hint.text()
    assert session.answers.get(at("kinds/map")) is None
