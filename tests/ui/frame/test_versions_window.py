"""版本与快照 in the window: naming, restoring, sending out, and what keeps snapshots by itself."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from forms.edits import AddRow, RemoveRow, SetValue
from storage.plan_file import open_plan
from storage.snapshots import list_snapshots
from storage.versions import answers_then
from tests.ui.frame.conftest import stored
from ui.dialogs.naming import NamingDialog
from ui.dialogs.versions import VersionsDialog
from ui.history.compare_dialog import CompareDialog


def keep(window, qtbot, name):
    window.actions_by_id["name_version"].trigger()
    dialog = window.findChild(NamingDialog)
    dialog.name.setCurrentText(name)
    with qtbot.waitSignal(window.plan.snapshot_ended, timeout=5000):
        dialog.accept()


def listed(window):
    window.actions_by_id["versions"].trigger()
    return window.findChild(VersionsDialog)


def lines(dialog):
    table = dialog.table
    return [table.item(row, 1).text() for row in range(table.rowCount())]


def write(window, at, text):
    window.plan.session.edit(SetValue(at("face/compiler"), text))


def snapshots(window):
    return list_snapshots(window.plan.folder)


def test_that_a_named_version_is_listed_by_name_with_who_kept_it(opened, qtbot, at):
    write(opened, at, "甲单位")
    keep(opened, qtbot, "送审稿")

    assert "已保存版本“送审稿”" in opened.notice.sentence
    dialog = listed(opened)
    assert lines(dialog) == ["送审稿", "打开方案时"]
    assert dialog.table.item(0, 2).text() == "测试员"
    dialog.only_named.setChecked(True)
    assert lines(dialog) == ["送审稿"]
    dialog.close()
    assert answers_then(snapshots(opened)[0]).get(at("face/compiler")) == "甲单位"


def test_that_a_name_is_given_once(opened, qtbot):
    keep(opened, qtbot, "送审稿")
    opened.actions_by_id["name_version"].trigger()
    dialog = opened.findChild(NamingDialog)
    assert dialog.name.currentText() == "报批稿"

    dialog.name.setCurrentText(" 送审稿 ")
    dialog.accept()
    assert "例如“送审稿2”" in dialog.complaint
    dialog.name.setCurrentText("  ")
    dialog.accept()
    assert dialog.complaint == "请填写版本名称。"
    dialog.reject()


def test_that_restoring_is_one_change_that_can_be_undone_and_leaves_a_snapshot(
    opened, library, qtbot, at
):
    write(opened, at, "甲单位")
    keep(opened, qtbot, "送审稿")
    write(opened, at, "乙单位")
    opened.plan.session.edit(SetValue(at("story/idea"), "新写的话。"))
    dialog = listed(opened)
    dialog.restore.click()
    session = opened.plan.session
    qtbot.waitUntil(lambda: session.answers.get(at("face/compiler")) == "甲单位", timeout=5000)

    assert session.answers.get(at("story/idea")) is None
    assert session.undo_stack.undoText() == "恢复到“送审稿”"
    before = next(each for each in snapshots(opened) if each.reason == "restore")
    assert answers_then(before).get(at("story/idea")) == "新写的话。"
    session.undo_stack.undo()
    assert session.answers.get(at("face/compiler")) == "乙单位"
    session.undo_stack.redo()
    folder = opened.plan.folder
    opened.actions_by_id["home"].trigger()
    qtbot.waitUntil(lambda: opened.plan is None, timeout=5000)
    assert stored(library, folder).get(at("face/compiler")) == "甲单位"


def test_that_a_version_is_sent_out_as_it_was(opened, qtbot, at, tmp_path, monkeypatch):
    write(opened, at, "甲单位")
    keep(opened, qtbot, "送审稿")
    write(opened, at, "乙单位")
    target = tmp_path / "送审.yuance"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog = listed(opened)

    dialog.file.click()
    qtbot.waitUntil(lambda: "已导出" in opened.notice.sentence, timeout=5000)

    assert open_plan(target).answers.get(at("face/compiler")) == "甲单位"
    dialog.close()


def test_that_a_damaged_version_is_not_restored(opened, qtbot, at):
    write(opened, at, "甲单位")
    keep(opened, qtbot, "送审稿")
    snapshots(opened)[0].path.write_bytes(b"broken")
    write(opened, at, "乙单位")
    opened.versions.restore(snapshots(opened)[0])
    qtbot.waitUntil(lambda: "没有通过校验" in opened.notice.sentence, timeout=5000)

    assert opened.plan.session.answers.get(at("face/compiler")) == "乙单位"


def test_that_a_version_is_compared_with_the_plan_as_it_is_now(opened, qtbot, at):
    write(opened, at, "甲单位")
    keep(opened, qtbot, "送审稿")
    write(opened, at, "乙单位")
    dialog = listed(opened)
    dialog.table.choose(0)

    dialog.compare.click()
    qtbot.waitUntil(lambda: opened.findChild(CompareDialog) is not None, timeout=5000)
    compared = opened.findChild(CompareDialog)
    qtbot.waitUntil(lambda: compared.sentence.text() == "1 处不同", timeout=5000)

    assert compared.one.currentText() == "送审稿"
    assert "甲乙单位" in compared.changes.toPlainText()  # 甲 struck out, 乙 underlined
    compared.close()
    dialog.close()


def test_that_much_deleted_at_once_leaves_a_snapshot_of_before(opened, qtbot, at, pack):
    session, table = opened.plan.session, at("works/list")
    rows = [f"r{number}" for number in range(40)]
    cells = {table.at(row, "name"): f"工程{row}" for row in rows}
    for address, text in cells.items():
        session.edit(AddRow(table, address.row, None, ((address, text),)))
    with qtbot.waitSignal(opened.plan.snapshot_ended, timeout=5000):
        session.edit_all(tuple(RemoveRow(table.at_row(row)) for row in rows), "删除 40 行")

    kept = next(each for each in snapshots(opened) if each.reason == "delete")
    assert {each: answers_then(kept).get(each) for each in cells} == cells
    qtbot.waitUntil(lambda: opened.plan.is_settled, timeout=5000)


def test_that_the_timer_keeps_a_snapshot_only_when_something_changed(opened, qtbot, at):
    opened.plan._take_timed_snapshot()
    write(opened, at, "甲单位")
    with qtbot.waitSignal(opened.plan.snapshot_ended, timeout=5000):
        opened.plan._take_timed_snapshot()

    assert [each.reason for each in snapshots(opened)] == ["timed", "open"]
    assert opened.plan._timer.interval() == 10 * 60 * 1000


@pytest.fixture
def second_place(opened, tmp_path):
    place = tmp_path / "另一块盘"
    place.mkdir()
    opened.parts.settings.change(copies_folder=str(place))
    return place


def test_that_a_copy_is_written_to_the_second_place_with_every_snapshot(
    opened, second_place, qtbot, at
):
    write(opened, at, "甲单位")
    opened.plan.snapshot("timed")
    qtbot.waitUntil(lambda: len(list(second_place.iterdir())) == 1, timeout=5000)
    qtbot.waitUntil(lambda: not opened.parts.jobs.is_busy, timeout=5000)

    copy = next(second_place.iterdir())
    assert open_plan(copy).answers.get(at("face/compiler")) == "甲单位"
    assert copy.suffix == ".yuance"


def test_that_closing_the_window_waits_for_the_last_copy(opened, second_place, qtbot, at):
    write(opened, at, "最后一句")
    opened.close()
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=8000)

    copy = next(second_place.glob("*.yuance"))
    assert open_plan(copy).answers.get(at("face/compiler")) == "最后一句"


def test_that_a_second_place_that_is_gone_is_told(opened, second_place, qtbot, at):
    second_place.rmdir()
    write(opened, at, "甲单位")
    opened.plan.snapshot("timed")
    qtbot.waitUntil(lambda: "副本没有写到" in opened.notice.sentence, timeout=5000)

    assert "找不到文件夹" in opened.notice.sentence
    opened.parts.settings.change(copies_folder="")


def test_that_the_second_place_is_chosen_and_given_up_in_the_list(
    opened, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog = listed(opened)
    dialog.place.click()

    assert str(tmp_path) in dialog._place.text()
    qtbot.waitUntil(lambda: not opened.parts.jobs.is_busy, timeout=5000)
    dialog.drop.click()
    assert opened.parts.settings.now.copies_folder == ""
    assert "没有设置" in dialog._place.text()
    dialog.close()


def test_that_a_snapshot_that_failed_is_told_and_tried_again(opened, qtbot, at):
    place = opened.plan.folder / "snapshots"
    moved = place.rename(place.with_name("away"))
    place.write_text("a file in the way")
    write(opened, at, "甲单位")
    with qtbot.waitSignal(opened.plan.snapshot_ended, timeout=5000):
        opened.plan.snapshot("timed")
    assert "快照没有保存" in opened.notice.sentence

    place.unlink()
    moved.rename(place)
    with qtbot.waitSignal(opened.plan.snapshot_ended, timeout=5000):
        opened.plan.snapshot("timed")
    assert snapshots(opened)[0].reason == "timed"
