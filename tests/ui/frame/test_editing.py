"""From the key to the disk and back: new plan, typing, saving, reopening, undo across sections."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from forms.edits import SetValue, set_from_text
from tests.ui.frame.conftest import stored
from ui.autosave import Unsaved
from ui.dialogs.new_plan import NewPlanDialog
from ui.fields.frame import frame_of
from ui.prose.edit import ProseEdit
from ui.prose.find import FindBar


def type_at(window, write, address, text):
    window.bench.go_to(address)
    write(text)


def close(window, qtbot):
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)


def test_that_a_new_plan_starts_from_the_dialog(window, qtbot, write, pack, at):
    window.filing.new()
    dialog = window.findChild(NewPlanDialog)
    dialog.accept()
    assert "请填写园区名称" in dialog.complaint

    write("临江经开区", dialog.park)
    dialog.target_year.setText("2019")
    dialog.accept()
    assert dialog.complaint == "目标年（2019）应晚于基准年（2020）。"

    dialog.target_year.setText("2026")
    dialog.accept()
    qtbot.waitUntil(lambda: window.plan is not None)

    view = window.plan.session.view
    assert view.text(pack.roles.park_name) == "临江经开区"
    assert view.number(pack.roles.target_year) == 2026
    assert window.windowTitle().startswith("临江经开区方案")


def test_that_what_is_typed_is_in_the_draft_within_two_seconds_and_after_reopening(
    opened, make_window, library, qtbot, write, at
):
    folder = opened.plan.folder
    type_at(opened, write, at("face/compiler"), "省循环经济研究院")
    qtbot.waitUntil(
        lambda: opened.plan.session.answers.get(at("face/compiler")) == "省循环经济研究院"
    )
    qtbot.waitUntil(lambda: opened.plan.is_settled, timeout=2000)
    assert opened.status.saved_text.startswith("已保存")
    close(opened, qtbot)

    assert stored(library, folder).get(at("face/compiler")) == "省循环经济研究院"
    again = make_window()
    again.open_draft(folder)
    assert again.plan.session.answers.get(at("face/compiler")) == "省循环经济研究院"


def test_that_undo_goes_to_the_other_section_and_is_saved_too(opened, library, qtbot, write, at):
    type_at(opened, write, at("face/compiler"), "甲单位")
    opened.bench.commit()
    opened.bench.open_section("story")
    assert opened.bench.section.key == "story"

    opened.actions_by_id["undo"].trigger()

    assert opened.bench.section.key == "face"
    assert opened.bench.focus == at("face/compiler")
    assert opened.plan.session.answers.get(at("face/compiler")) is None
    opened.actions_by_id["redo"].trigger()
    opened.actions_by_id["undo"].trigger()
    folder = opened.plan.folder
    close(opened, qtbot)
    assert stored(library, folder).get(at("face/compiler")) is None


def test_that_the_undo_key_reaches_the_window_from_a_line_edit(opened, qtbot, write, at):
    type_at(opened, write, at("face/compiler"), "甲单位")
    qtbot.waitActive(opened)

    qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier
    )

    qtbot.waitUntil(lambda: opened.plan.session.answers.get(at("face/compiler")) is None)


@pytest.mark.parametrize(
    ("field", "taken", "refused"),
    [("story/idea", "链接成环。", "长" * 200_001), ("story/cost", "12", "甲")],
)
def test_that_undo_takes_a_refused_entry_back_and_no_step_of_the_plan(
    opened, qtbot, write, at, field, taken, refused
):
    opened.plan.session.edit(set_from_text(opened.plan.session.pack, at(field), taken))
    type_at(opened, write, at(field), refused)
    opened.bench.commit()
    frame = frame_of(QApplication.focusWidget())
    assert frame is not None
    editor = frame.editor
    assert editor.fault

    opened.actions_by_id["undo"].trigger()
    assert not editor.fault
    assert str(opened.plan.session.answers.get(at(field))) == taken
    opened.actions_by_id["undo"].trigger()
    assert opened.plan.session.answers.get(at(field)) is None


@pytest.mark.parametrize("field", ["face/compiler", "story/idea"])
def test_that_no_field_claims_the_undo_key_for_itself(opened, qtbot, at, field):
    opened.bench.go_to(at(field))
    qtbot.waitActive(opened)
    keys = (QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    pressed = QKeyEvent(*keys)

    focused = QApplication.focusWidget()
    assert focused is not None
    QApplication.sendEvent(focused, pressed)

    assert not pressed.isAccepted(), "the window would not get it"


def test_that_a_failed_save_stays_visible_with_its_reason_and_is_retried(
    opened, library, full_disk, qtbot, write, at
):
    full_disk(True)
    type_at(opened, write, at("face/compiler"), "乙单位")
    opened.flows.save()
    qtbot.waitUntil(lambda: isinstance(opened.plan.autosave.state, Unsaved), timeout=3000)
    assert opened.status.saved_text.startswith("未保存：磁盘空间不足")
    type_at(opened, write, at("face/person"), "张三")
    opened.bench.commit()
    opened.plan.autosave.flush()
    qtbot.wait(150)
    assert opened.status.saved_text.startswith("未保存")

    full_disk(False)
    opened.status.retry_wanted.emit()

    qtbot.waitUntil(lambda: opened.plan.is_settled, timeout=3000)
    assert opened.status.saved_text.startswith("已保存")
    folder = opened.plan.folder
    close(opened, qtbot)
    kept = stored(library, folder)
    assert kept.get(at("face/compiler")) == "乙单位"
    assert kept.get(at("face/person")) == "张三"


def test_that_closing_waits_for_what_was_typed_last(opened, library, qtbot, write, at):
    folder = opened.plan.folder
    type_at(opened, write, at("face/compiler"), "丙单位")

    close(opened, qtbot)

    assert stored(library, folder).get(at("face/compiler")) == "丙单位"


def test_that_ctrl_s_says_that_it_is_saved(opened, qtbot, write, at):
    type_at(opened, write, at("face/compiler"), "丁单位")
    opened.actions_by_id["save"].trigger()
    qtbot.waitUntil(lambda: opened.notice.sentence.startswith("已保存"), timeout=3000)


def test_that_a_failure_offers_another_place_and_goes_when_it_is_over(
    opened, full_disk, qtbot, write, at
):
    full_disk(True)
    type_at(opened, write, at("face/compiler"), "乙单位")
    opened.flows.save()
    qtbot.waitUntil(lambda: "磁盘空间不足" in opened.notice.sentence, timeout=3000)
    full_disk(False)
    opened.flows.retry()
    qtbot.waitUntil(lambda: "磁盘空间不足" not in opened.notice.sentence, timeout=3000)


def test_that_a_close_that_cannot_save_asks_and_can_be_taken_back(
    opened, full_disk, qtbot, write, at, monkeypatch
):
    asked = []

    def stay(box):
        asked.append(box.text())
        box.escapeButton().click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", stay)
    full_disk(True)
    type_at(opened, write, at("face/compiler"), "乙单位")
    opened.close()

    qtbot.waitUntil(lambda: bool(asked), timeout=5000)
    assert asked == ["最后的修改还没有保存到本机。"]
    assert opened.isVisible()
    assert opened.bench.isEnabled()
    full_disk(False)
    opened.flows.retry()
    qtbot.waitUntil(lambda: opened.plan.is_settled, timeout=3000)


def test_that_a_damaged_value_is_named_and_the_rest_opens(window, new_draft, qtbot, at):
    import sqlite3

    folder = new_draft(face__park="临江园区", face__compiler="甲单位")
    with sqlite3.connect(folder / "draft.sqlite") as raw:
        raw.execute("UPDATE value SET text = ? WHERE address = ?", ("坏", "face/compiler"))
    raw.close()

    window.open_draft(folder)

    assert "没有通过校验" in window.notice.sentence
    session = window.plan.session
    assert session.answers.get(at("face/park")) == "临江园区"
    assert session.answers.get(at("face/compiler")) is None
    qtbot.waitUntil(lambda: window.plan.is_settled)


def test_that_figures_are_put_in_and_words_found_by_the_windows_own_keys(opened, at, write):
    session = opened.plan.session
    session.edit(SetValue(at("story/cost"), Decimal(1200)))
    opened.bench.go_to(at("story/idea"))
    edit = QApplication.focusWidget()
    assert isinstance(edit, ProseEdit)
    write("总费用")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(edit, Qt.Key.Key_D, both)
    write("总费用")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert session.answers.get(at("story/idea")) == "总费用{{story/cost}}"

    for _ in range(2):  # from the text, and again from the bar itself
        opened.actions_by_id["find"].trigger()
        assert QApplication.focusWidget() is not edit
    write("1200万元")
    assert edit.textCursor().selectionStart() == 3
    QTest.keyClick(opened.bench.page().findChild(FindBar).line, Qt.Key.Key_Escape)
    assert edit.hasFocus()
    opened.bench.navigator.setFocus()
    opened.actions_by_id["insert_figure"].trigger()
    assert "正文" in opened.notice.sentence
