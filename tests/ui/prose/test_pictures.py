"""Pictures inside prose: put in, cut, turned, sized, moved, exchanged; each one step of undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from forms.edits import SetValue
from forms.prose_lines import picture_of
from forms.values import Cut, PaperWidth
from tests.ui.fields.plans import png_of
from ui.prose.inset_edit import edit_picture
from ui.prose.picture_acts import exchange_picture, place_inset, turn_picture
from ui.prose.places import inset_chosen
from ui.prose.text import insets

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
TABLE = "| 甲 |\n|---|\n| 1 |"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a menu, offscreen


@pytest.fixture
def sha256(session):
    """A kept picture of 40 × 20."""
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    return session.pictures.add_picture(png_of(image), "图.png").sha256


@pytest.fixture
def put(session, at):
    return lambda text: session.edit(SetValue(at("kinds/idea"), text))


@pytest.fixture
def picture(edit):
    """The picture in the text, chosen."""

    def choose():
        inset = next(each for each in insets(edit.document()) if not each.is_table)
        edit.choose_chip(inset.position)
        return inset

    return choose


@pytest.fixture
def menu(edit, picture):
    """Do what the menu of the picture says."""

    def do(words):
        picture()
        edit.show_menu(edit.mapToGlobal(edit.rect().center()), None)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        actions = [*menu.actions()]
        for inner in menu.findChildren(QMenu):
            actions += inner.actions()
        found = next(action for action in actions if action.text().startswith(words))
        assert found.isEnabled()
        found.trigger()
        menu.close()

    return do


def mark_of(stored):
    return picture_of(next(line for line in stored().split("\n") if line.startswith("![")))


def test_that_a_picture_is_turned_and_the_original_stays(put, edit, stored, session, sha256, menu):
    put(f"文\n![图]({sha256})")
    menu("右转 90°")
    mark = mark_of(stored)
    assert mark.cut == Cut(sha256, 1, 0, 0, 20, 40)
    size = QImage.fromData(session.pictures.picture(mark.sha256)).size()
    assert (size.width(), size.height(), mark.caption) == (20, 40, "图")
    menu("右转 90°")
    menu("右转 90°")
    menu("右转 90°")
    assert stored() == f"文\n![图]({sha256})"


def test_that_every_act_is_a_step_of_undo(put, edit, stored, session, sha256, menu):
    put(f"![图]({sha256})")
    before = session.undo_stack.count()
    menu("左转 90°")
    turned = stored()
    menu("半栏")
    assert mark_of(stored).printed == PaperWidth(50, is_percent=True)
    menu("还原原图")
    assert stored() == f"![图]({sha256}){{width=50%}}"
    assert session.undo_stack.count() == before + 3
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert stored() == turned
    session.undo_stack.undo()
    assert stored() == f"![图]({sha256})"


def test_that_a_cut_picture_is_turned_with_what_was_cut(put, edit, stored, sha256, picture):
    put(f"![图]({sha256}){{from={sha256} turn=0 crop=30,0,10,20}}")
    turn_picture(edit, picture(), 1)
    assert mark_of(stored).cut == Cut(sha256, 1, 0, 30, 20, 10)


def test_that_the_dialog_changes_all_at_once(put, edit, stored, session, sha256, picture):
    put(f"![图]({sha256})\n文")
    steps = session.undo_stack.count()
    dialog = edit_picture(edit, picture())
    dialog.turn(-1)
    dialog.caption.setText("厂区")
    dialog.width_choice.choice.setCurrentIndex(1)
    dialog.accept()
    mark = mark_of(stored)
    assert (mark.caption, mark.cut) == ("厂区", Cut(sha256, 3, 0, 0, 20, 40))
    assert mark.printed == PaperWidth(100, is_percent=True)
    assert session.undo_stack.count() == steps + 1


def test_that_a_picture_that_went_meanwhile_is_not_put_back(put, edit, editor, stored, sha256):
    put(f"![图]({sha256})")
    inset = next(insets(edit.document()))
    dialog = edit_picture(edit, inset)
    put("文")
    dialog.turn(1)
    dialog.accept()
    assert stored() == "文"
    assert "图片已经改动或移走" in editor.fault


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("甲\nP\n乙", Qt.Key.Key_Up, "P\n甲\n乙"),
        ("甲\nP\n乙", Qt.Key.Key_Down, "甲\n乙\nP"),
        ("1. 甲\n2. 乙\nP", Qt.Key.Key_Up, "1. 甲\nP\n1. 乙"),
        (f"{TABLE}\nP\n{TABLE}", Qt.Key.Key_Down, f"{TABLE}\n\n{TABLE}\nP"),
        ("P", Qt.Key.Key_Up, "P"),
    ],
)
def test_that_a_chosen_picture_moves_by_keys(
    put, edit, stored, sha256, picture, keys, before, key, after
):
    mark = f"![图]({sha256})"
    put(before.replace("P", mark))
    edit.setFocus()
    picture()
    keys(key, modifier=ALT_SHIFT)
    assert stored() == after.replace("P", mark)
    if before != after:
        keys(Qt.Key.Key_Down if key == Qt.Key.Key_Up else Qt.Key.Key_Up, modifier=ALT_SHIFT)
        assert mark in stored()


def test_that_a_press_on_a_picture_takes_hold_of_it(put, edit, sha256):
    """And begins no selection of words, so that it can be dragged at once."""
    put(f"甲\n![图]({sha256})\n乙")
    block = edit.document().findBlockByNumber(1)
    centre = edit.document().documentLayout().blockBoundingRect(block).center().toPoint()
    QTest.mousePress(edit.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    QTest.mouseMove(edit.viewport(), centre + QPoint(3, 0))
    QTest.mouseRelease(edit.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert inset_chosen(edit.textCursor()) is not None


@pytest.mark.parametrize(("block", "after"), [(0, "P甲乙"), (1, "甲P乙"), (2, "甲乙P")])
def test_that_a_dragged_picture_stands_where_it_is_dropped(
    put, edit, stored, session, sha256, block, after
):
    put(f"甲\n乙\n![图]({sha256})")
    steps = session.undo_stack.count()
    place_inset(edit, 2, block)
    lines = [f"![图]({sha256})" if each == "P" else each for each in after]
    assert stored() == "\n".join(lines)
    assert session.undo_stack.count() == steps + (block != 2)


def test_that_another_picture_takes_its_place(
    put, edit, stored, session, sha256, picture, png, tmp_path, monkeypatch
):
    put(f"![图]({sha256}){{width=50% from={sha256} turn=0 crop=0,0,10,10}}")
    file = tmp_path / "新.png"
    file.write_bytes(png)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    exchange_picture(edit, picture())
    mark = mark_of(stored)
    assert (mark.caption, mark.cut) == ("图", None)
    assert mark.printed == PaperWidth(50, is_percent=True)
    assert session.pictures.picture(mark.sha256) == png


def test_that_several_files_are_put_in_one_below_the_other(edit, stored, session, png, tmp_path):
    other = QImage(9, 9, QImage.Format.Format_RGB32)
    other.fill(Qt.GlobalColor.red)
    (tmp_path / "一.png").write_bytes(png)
    (tmp_path / "二.png").write_bytes(png_of(other))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("一.png", "二.png")])
    steps = session.undo_stack.count()
    edit.insertFromMimeData(data)
    first, second = session.pictures.kept
    assert stored() == f"![]({first})\n![]({second})"
    assert session.undo_stack.count() == steps + 1


def test_that_a_file_that_is_no_picture_is_refused_with_a_sentence(edit, editor, stored, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "图.heic"))])
    edit.insertFromMimeData(data)
    assert stored() is None
    assert "“图.heic”不是可用的图片，请用 PNG" in editor.fault


def test_that_a_large_picture_is_put_where_the_caret_was(put, edit, stored, session, png):
    """Reading takes a while; somebody may write on elsewhere by then."""
    put("甲乙\n丙")
    cursor = edit.textCursor()
    cursor.setPosition(1)
    edit.setTextCursor(cursor)

    def read():
        edit.moveCursor(QTextCursor.MoveOperation.End)
        return png

    edit.put_pictures([(read, "图.png")])
    (sha256,) = session.pictures.kept
    assert stored() == f"甲\n![]({sha256})\n乙\n丙"
    assert edit.textCursor().atEnd()
