"""Plan files dragged from the file manager onto a window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel

from storage.plan_file import save_plan


@pytest.fixture
def plan_file(new_draft, desk, tmp_path):
    """A plan file of a plan that is no longer on this machine."""
    folder = new_draft(face__park="临海园区")
    with desk.library.open(folder) as draft:
        path = save_plan(tmp_path / "临海<b>&.yuance", draft.to_plan_file())
    desk.remove(folder)
    return path


def mime(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag_in(window, data):
    """Bring something over the window; whether it would be taken."""
    event = QDragEnterEvent(
        QPoint(600, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window.windowHandle(), event)
    return event.isAccepted()


def drop(window, data):
    event = QDropEvent(
        QPointF(600, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window.windowHandle(), event)


def said(window):
    veils = [each for each in window.findChildren(QFrame, "veil") if each.isVisible()]
    return "".join(veil.findChild(QLabel).text() for veil in veils)


def test_that_a_dropped_plan_file_is_announced_and_opened(window, plan_file, qtbot):
    data = mime(plan_file)
    assert drag_in(window, data)
    assert said(window) == "松开后打开“临海<b>&.yuance”"

    drop(window, data)

    assert said(window) == ""
    qtbot.waitUntil(lambda: window.plan is not None, timeout=15_000)
    assert window.plan.summary.title == "临海园区方案"


@pytest.mark.long
def test_that_a_drag_that_goes_away_leaves_nothing(window, plan_file):
    drag_in(window, mime(plan_file))
    QApplication.sendEvent(window.windowHandle(), QDragLeaveEvent())
    assert said(window) == ""
    assert window.plan is None


@pytest.mark.long
def test_that_over_an_open_plan_another_window_is_announced(opened, plan_file):
    drag_in(opened, mime(plan_file))
    assert said(opened) == "松开后在另一个窗口打开“临海<b>&.yuance”"
    drag_in(opened, mime(plan_file, plan_file.with_name("另一个.yuance")))
    assert said(opened) == "松开后打开这 2 个方案，各用一个窗口"


def test_that_anything_else_is_left_to_the_fields(opened, plan_file, tmp_path):
    assert not drag_in(opened, mime(tmp_path / "表.xlsx"))
    assert not drag_in(opened, mime(plan_file, tmp_path / "图.png"))
    text = QMimeData()
    text.setText("方案.yuance")
    drag_in(opened, text)
    assert said(opened) == ""
