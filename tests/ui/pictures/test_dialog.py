"""Cropping, turning and sizing a picture, as a planner does it with the mouse and the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from forms.values import Cut, PaperWidth
from tests.ui.fields.plans import png_of
from ui.pictures.boxes import Box
from ui.pictures.dialog import PictureDialog, Shown

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sha256(session):
    """A kept picture of 400 × 200."""
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    return session.pictures.add_picture(png_of(image), "图.png").sha256


@pytest.fixture
def open_dialog(session, qtbot):
    """Open the dialog over a picture, and what it hands over."""
    opened = []

    def show(shown):
        dialog = PictureDialog(session, shown)
        opened.append(dialog)
        taken = []
        dialog.taken.connect(taken.append)
        dialog.show()
        return dialog, taken

    yield show
    for dialog in opened:
        qtbot.waitUntil(lambda dialog=dialog: not is_open(dialog))


def is_open(dialog):
    from shiboken6 import isValid

    return isValid(dialog) and dialog.isVisible()


def test_that_a_picture_nobody_changed_stays_as_it_is(open_dialog, sha256):
    dialog, taken = open_dialog(Shown(sha256, caption="图"))
    dialog.accept()
    assert taken == [Shown(sha256, None, None, "图")]


def test_that_a_caption_that_is_missing_is_asked_for_first(open_dialog, sha256, qtbot):
    dialog, _ = open_dialog(Shown(sha256, caption=""))
    qtbot.waitUntil(lambda: dialog.view.box.width > 0)
    assert dialog.focusWidget() is dialog.caption
    dialog.reject()


def test_that_keys_move_and_pull_the_box(open_dialog, sha256):
    dialog, taken = open_dialog(Shown(sha256))
    QTest.keyClick(dialog.view, KEY.Key_Left, SHIFT | CTRL)  # 5 % of the longer side
    QTest.keyClick(dialog.view, KEY.Key_Up, SHIFT)
    assert dialog.view.box == Box(0, 0, 380, 196)
    QTest.keyClick(dialog.view, KEY.Key_Right)
    dialog.accept()
    assert taken[0].cut == Cut(sha256, 0, 4, 0, 380, 196)


def test_that_a_handle_is_pulled_by_the_mouse(open_dialog, sha256):
    dialog, taken = open_dialog(Shown(sha256))
    view = dialog.view
    corner = view._on_screen(view.box).bottomRight().toPoint()
    middle = view._on_screen(view.box).center().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(view, middle)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle)
    dialog.accept()
    cut = taken[0].cut
    assert (cut.left, cut.top) == (0, 0)
    assert abs(cut.width - 200) <= 2
    assert abs(cut.height - 100) <= 2


def test_that_a_box_is_drawn_where_nothing_is_cut_yet(open_dialog, sha256):
    dialog, taken = open_dialog(Shown(sha256))
    view = dialog.view
    shown = view._on_screen(view.box).toRect()
    start = shown.topLeft() + QPoint(shown.width() // 4, shown.height() // 4)
    end = shown.center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    dialog.accept()
    cut = taken[0].cut
    assert all(
        abs(found - meant) <= 3
        for found, meant in zip(
            (cut.left, cut.top, cut.width, cut.height), (100, 50, 100, 50), strict=True
        )
    )


def test_that_the_box_turns_along_with_the_picture(open_dialog, sha256):
    dialog, taken = open_dialog(Shown(sha256, Cut(sha256, 0, 300, 0, 100, 50)))
    dialog.right.click()
    assert dialog.view.size_of_picture == (200, 400)
    assert dialog.view.box == Box(150, 300, 50, 100)
    dialog.left.click()
    dialog.left.click()
    dialog.accept()
    assert taken[0].cut == Cut(sha256, 3, 0, 0, 50, 100)


def test_that_a_fixed_shape_is_taken_at_once_and_kept(open_dialog, sha256):
    dialog, _ = open_dialog(Shown(sha256))
    dialog.ratio.setCurrentIndex(dialog.ratio.findText("1 : 1"))
    assert dialog.view.box == Box(100, 0, 200, 200)
    QTest.keyClick(dialog.view, KEY.Key_Left, SHIFT | CTRL)
    assert dialog.view.box.width == dialog.view.box.height
    dialog.reject()


def test_that_the_original_comes_back(open_dialog, sha256):
    dialog, taken = open_dialog(Shown("f" * 64, Cut(sha256, 1, 0, 0, 50, 60)))
    assert dialog.view.box == Box(0, 0, 50, 60)
    dialog.restore.click()
    dialog.accept()
    assert taken == [Shown(sha256)]


def test_that_a_gone_original_is_said_and_takes_nothing_away(open_dialog, sha256):
    cut = Cut("0" * 64, 1, 0, 0, 50, 60)
    dialog, taken = open_dialog(Shown(sha256, cut))
    assert "原图已不在方案中" in dialog.view._words
    assert not dialog.restore.isEnabled()
    dialog.accept()
    assert taken[0].cut == cut


@pytest.mark.parametrize(
    ("choice", "width"),
    [
        ("自动", None),
        ("通栏", PaperWidth(100, is_percent=True)),
        ("半栏", PaperWidth(50, is_percent=True)),
        ("按毫米", PaperWidth(80, is_percent=False)),
    ],
)
def test_that_a_width_on_paper_is_chosen(open_dialog, sha256, choice, width):
    dialog, taken = open_dialog(Shown(sha256))
    box = dialog.width_choice.choice
    box.setCurrentIndex(box.findText(choice))
    dialog.accept()
    assert taken[0].printed == width


def test_that_a_width_chosen_before_is_shown_and_coarse_print_is_told(open_dialog, sha256):
    dialog, taken = open_dialog(Shown(sha256, printed=PaperWidth(120, is_percent=False)))
    assert dialog.width_choice.millimetres.value() == 120
    assert dialog.width_choice._hint.text() == "约 120 毫米宽，印出来可能不够清晰"
    dialog.width_choice.millimetres.setValue(60)
    assert dialog.width_choice._hint.text() == "约 60 毫米宽"
    dialog.accept()
    assert taken[0].printed == PaperWidth(60, is_percent=False)
