"""A plan that takes long to put away: the window says so and lives; nobody can write in it."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QSplitter
from shiboken6 import isValid

from forms.address import parse_address
from forms.edits import SetValue

LONGEST = 5
PARK = parse_address("face/park")


@pytest.fixture
def disk():
    """A disk that does nothing more until it goes on."""
    goes_on = threading.Event()
    yield goes_on
    goes_on.set()


@pytest.fixture
def slow(opened, disk):
    """A window whose plan is saved, while something else is still being written for it."""
    opened.plan.writer.run(lambda _: disk.wait(LONGEST))
    return opened


def answer_with(monkeypatch, words):
    """Press a button of the next question; what was asked, and what stood behind it."""
    asked = []

    def press(box):
        asked.append((box.text(), box.parent().stack.currentWidget()))
        next(each for each in box.buttons() if each.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return asked


def test_that_the_window_is_alive_while_the_last_copy_is_written(slow, disk, qtbot):
    turns = []
    ticking = QTimer(slow, interval=1)
    ticking.timeout.connect(lambda: turns.append(len(turns)))
    ticking.start()

    slow.leave_plan(slow.show_start)
    qtbot.waitUntil(lambda: slow.notice.sentence == "正在保存，完成后关闭…")

    assert len(turns) > 20, "the window stood still"
    assert slow.bench is not None
    disk.set()
    qtbot.waitUntil(lambda: slow.bench is None)
    assert slow.stack.currentWidget() is slow.start
    assert not slow.notice.isVisible()


def test_that_nothing_can_be_done_to_a_plan_that_is_closing(slow, disk, qtbot):
    slow.leave_plan(slow.show_start)

    assert not slow.bench.isVisible()
    assert not slow.actions_by_id["export"].isEnabled()
    assert not slow.actions_by_id["undo"].isEnabled()
    slow.leave_plan(slow.show_start)  # impatience does no harm
    disk.set()
    qtbot.waitUntil(lambda: slow.bench is None)


def test_that_a_disk_that_hangs_is_said_to_whoever_waits(slow, disk, qtbot, monkeypatch):
    monkeypatch.setattr("ui.closing._LONGEST_MS", 10)
    monkeypatch.setattr("ui.closing._LONGEST_COPY_MS", 20)
    bench = slow.bench
    asked = answer_with(monkeypatch, "继续编辑")

    slow.leave_plan(slow.show_start)
    qtbot.waitUntil(lambda: bool(asked) and slow.bench.isVisible())

    assert asked == [("修改都已保存；关闭时要留的版本还没有写完，磁盘可能很慢。", bench)]
    assert slow.actions_by_id["export"].isEnabled()
    assert slow.bench.isAncestorOf(slow.focusWidget())


def test_that_nobody_need_wait_for_a_disk_that_hangs(slow, disk, qtbot, monkeypatch):
    monkeypatch.setattr("ui.closing._LONGEST_MS", 10)
    monkeypatch.setattr("ui.closing._LONGEST_COPY_MS", 20)
    monkeypatch.setattr("ui.drafting._LAST_TRY_MS", 10)
    answer_with(monkeypatch, "不等了，关闭")

    slow.leave_plan(slow.show_start)

    qtbot.waitUntil(lambda: slow.bench is None)


def test_that_a_closed_plan_goes_page_by_page_and_leaves_nothing(opened, qtbot, at):
    bench, plan = opened.bench, opened.plan
    for section in bench.navigator.outline.sections():
        bench.open_section(section.key)
    pages = list(bench.pages._pages.values())
    assert len(pages) > 2

    opened.leave_plan(opened.show_start)
    qtbot.waitUntil(lambda: opened.bench is None)
    assert isValid(bench), "all of it went in one turn"

    qtbot.waitUntil(lambda: not isValid(plan))
    assert not isValid(bench)
    assert not any(map(isValid, pages))


def test_that_another_plan_can_be_opened_while_the_last_one_goes(opened, new_draft, qtbot, at):
    gone, folder = opened.bench, new_draft(face__park="滨海园区")
    opened.plan.session.edit(SetValue(at("face/compiler"), "甲单位"))

    opened.open_draft(folder)
    qtbot.waitUntil(lambda: opened.plan is not None and opened.plan.folder == folder)

    assert opened.stack.currentWidget() is opened.bench
    qtbot.waitUntil(lambda: not isValid(gone))
    assert opened.plan.session.answers.get(at("face/park")) == "滨海园区"


def test_that_the_panes_are_as_wide_as_they_were_left(opened, new_draft, qtbot):
    splitter = opened.bench.findChild(QSplitter)
    splitter.moveSplitter(splitter.width() - 400, 2)
    left = splitter.sizes()

    opened.open_draft(new_draft(face__park="滨海园区"))
    qtbot.waitUntil(lambda: opened.plan.session.answers.get(PARK) == "滨海园区")

    anew = opened.bench.findChild(QSplitter)
    qtbot.waitUntil(lambda: anew.sizes() == left)
