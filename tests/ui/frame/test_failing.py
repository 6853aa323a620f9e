"""When the draft cannot be saved: said, kept, retried, and written to another place from memory."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from forms.edits import SetValue
from forms.values import Picture
from storage.plan_file import open_plan
from ui.autosave import Unsaved


def write(window, at, text):
    window.plan.session.edit(SetValue(at("face/compiler"), text))
    window.plan.autosave.flush()


def fails(window):
    return lambda: isinstance(window.plan.autosave.state, Unsaved)


@pytest.fixture
def target(tmp_path, monkeypatch):
    found = tmp_path / "另存.yuance"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(found), ""))
    return found


def file_button(window):
    name = "把未保存的内容另存为文件"
    return next(b for b in window.status.findChildren(QPushButton) if b.accessibleName() == name)


def test_that_another_place_takes_everything_while_the_disk_is_full(
    opened, full_disk, qtbot, at, target
):
    full_disk(True)
    write(opened, at, "只在内存里")
    qtbot.waitUntil(fails(opened), timeout=5000)
    opened.notice.hide()  # closed by the user; the status line still offers it
    assert file_button(opened).isVisible()

    file_button(opened).click()
    qtbot.waitUntil(target.exists, timeout=5000)
    qtbot.waitUntil(lambda: not opened.parts.jobs.is_busy, timeout=5000)

    assert open_plan(target).answers.get(at("face/compiler")) == "只在内存里"
    assert "未保存" in opened.status.saved_text
    full_disk(False)
    opened.flows.retry()
    qtbot.waitUntil(lambda: opened.plan.is_settled, timeout=5000)
    assert not file_button(opened).isVisible()


@pytest.fixture
def gone(opened, qtbot, tmp_path):
    """The folder of the open draft is moved away under the window, and put back at the end."""
    folder, away = opened.plan.folder, tmp_path / "moved away"

    def move():
        shutil.move(folder, away)

    yield move
    if away.exists():
        shutil.move(away, folder)
        opened.flows.retry()
        qtbot.waitUntil(lambda: opened.plan.is_settled, timeout=5000)


def test_that_a_draft_that_was_moved_away_is_said_and_the_text_is_written_elsewhere(
    opened, gone, qtbot, at, target
):
    gone()
    write(opened, at, "只在内存里")
    qtbot.waitUntil(fails(opened), timeout=5000)
    assert "移动、删除或替换" in opened.notice.sentence

    opened.notice.take_offer()
    qtbot.waitUntil(target.exists, timeout=5000)
    qtbot.waitUntil(lambda: not opened.parts.jobs.is_busy, timeout=5000)

    assert open_plan(target).answers.get(at("face/compiler")) == "只在内存里"


def test_that_pictures_gone_with_the_draft_do_not_hold_back_the_text(
    opened, gone, qtbot, at, target
):
    picture = Picture(
        opened.plan.shelf.add_picture(_png(), "图.png").sha256, "图", "image/png", 4, 4
    )
    answers = opened.plan.session.answers.with_value(at("face/compiler"), "文字")
    gone()

    from storage.errors import PicturesLeftOut

    with pytest.raises(PicturesLeftOut, match="有 1 张图片已缺失"):
        opened.plan.save_file(target, answers.with_value(at("story/map"), picture))

    assert open_plan(target).answers.get(at("face/compiler")) == "文字"


def test_that_another_reason_is_said_anew(opened, full_disk, gone, qtbot, at):
    full_disk(True)
    write(opened, at, "甲")
    qtbot.waitUntil(fails(opened), timeout=5000)
    assert "磁盘空间不足" in opened.notice.sentence

    gone()
    full_disk(False)
    opened.flows.retry()

    qtbot.waitUntil(lambda: "移动、删除或替换" in opened.notice.sentence, timeout=5000)


def _png():
    from io import BytesIO

    from PIL import Image

    held = BytesIO()
    Image.new("RGB", (4, 4), "white").save(held, "PNG")
    return held.getvalue()
