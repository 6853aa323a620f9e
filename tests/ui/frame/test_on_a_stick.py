"""Files on a stick: said to be safe once they were read back, and by their other name when held."""

from __future__ import annotations

import pytest

from storage import places
from ui.dialogs.export import ExportDialog
from ui.logs import log_folder

SAFE = "已写入并核对，可以安全拔出 U 盘。"


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """A folder that the system calls a stick."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sdb1 {folder} vfat rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    monkeypatch.setattr(places, "_REMOVABLE_PLACES", (f"{folder}/",))
    return folder


def exported(window, folder, qtbot) -> ExportDialog:
    window.actions_by_id["export"].trigger()
    dialog = window.findChildren(ExportDialog)[-1]
    dialog.folder.setText(str(folder))
    dialog.name.setText("方案稿")
    dialog.start()
    qtbot.waitUntil(lambda: bool(dialog.written), timeout=5000)
    return dialog


def test_that_an_export_to_a_stick_says_when_it_may_be_pulled_out(opened, stick, tmp_path, qtbot):
    on_stick = exported(opened, stick, qtbot)
    qtbot.waitUntil(on_stick.safe.isVisible, timeout=5000)
    assert on_stick.safe.text() == SAFE
    assert all(each.on_stick for each in on_stick.written)
    on_stick.close()

    on_disk = exported(opened, tmp_path, qtbot)
    assert not on_disk.safe.isVisible()
    on_disk.close()


def test_that_a_plan_file_on_a_stick_says_when_it_may_be_pulled_out(opened, stick, tmp_path, qtbot):
    opened.filing.write_file(tmp_path / "甲.yuance")
    qtbot.waitUntil(lambda: not opened.parts.jobs.is_busy, timeout=5000)
    assert opened.notice.sentence.startswith("已另存为“甲.yuance”。这是此刻的一份副本；")

    opened.filing.write_file(stick / "乙.yuance")
    qtbot.waitUntil(lambda: opened.notice.sentence == f"“乙.yuance”{SAFE}", timeout=5000)


def test_that_the_folder_of_the_log_can_be_opened_or_is_named(opened, monkeypatch):
    shown = []
    monkeypatch.setattr("ui.flows.open_path", lambda path: shown.append(path) or True)
    opened.actions_by_id["logs"].trigger()
    assert opened.notice.sentence == f"日志文件夹还没有建立：{log_folder()}"

    log_folder().mkdir(parents=True)
    opened.actions_by_id["logs"].trigger()
    assert shown == [log_folder()]
    log_folder().rmdir()
