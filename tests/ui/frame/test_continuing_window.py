"""Another plan from the open one, asked for and made in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from forms.continuing import Part
from forms.edits import SetValue
from storage.log_reading import action_at
from ui.dialogs.continuing import ContinueDialog, LeftBehindDialog


@pytest.fixture
def asked(opened, qtbot):
    """Open one of the two dialogs; windows that come of it are closed afterwards."""

    def ask(action):
        opened.actions_by_id[action].trigger()
        dialog = opened.findChild(ContinueDialog)
        qtbot.waitUntil(lambda: bool(dialog.left.toPlainText()), timeout=3000)
        return dialog

    yield ask
    for window in [each for each in opened.windows.all if each is not opened]:
        window.close()
    qtbot.waitUntil(lambda: len(opened.windows.all) <= 1, timeout=15_000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def made(opened, qtbot):
    qtbot.waitUntil(lambda: len(opened.windows.all) == 2, timeout=15_000)
    window = opened.windows.all[1]
    qtbot.waitUntil(lambda: bool(window.notice.sentence), timeout=3000)
    return window


def test_that_the_next_year_opens_beside_and_says_what_was_left_behind(opened, asked, at, qtbot):
    opened.plan.session.edit(SetValue(at("face/compiler"), "临江管委会"))
    before = opened.plan.session.answers
    dialog = asked("next_year")
    assert not dialog.parts[Part.SINGLE].isChecked(), "figures of the old base year: only on demand"

    dialog.accept()

    window = made(opened, qtbot)
    view, roles = window.plan.session.view, window.plan.session.pack.roles
    old = opened.plan.session.view
    assert view.number(roles.base_year) == old.number(roles.base_year) + 1
    assert view.text(roles.park_name) == "临江园区"
    assert "请逐节核对" in window.notice.sentence
    assert opened.plan.session.answers is before
    assert opened.plan.folder != window.plan.folder
    first = window.plan.writer.run(lambda draft: action_at(draft.database.conn, 0)).result(5)
    assert first.label == "由“临江园区方案”复制为下一年度方案", "where it comes from"


@pytest.mark.long
def test_that_a_pattern_asks_for_the_other_park(opened, asked, at, qtbot):
    opened.plan.session.edit(SetValue(at("face/compiler"), "临江管委会"))
    dialog = asked("pattern")
    dialog.accept()
    assert "请填写新园区的名称" in dialog.complaint
    dialog.park.setText("临海园区")
    dialog.target_year.setText("2000")
    dialog.accept()
    assert "应晚于基准年" in dialog.complaint
    dialog.target_year.setText("2040")
    dialog.accept()
    window = made(opened, qtbot)
    assert window.plan.summary.title == "临海园区方案"
    window.notice.take_offer()
    shown = window.findChild(LeftBehindDialog)
    assert "方案名称等" in shown.text.toPlainText()
    shown.close()
