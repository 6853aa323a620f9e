"""Start page, plan files and exports."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt

from exporters.errors import ExportError
from exporters.made import Exported
from exporters.order import Format
from storage.plan_file import open_plan
from storage.saving import safe_save
from tests.ui.frame.conftest import stub_exporter
from ui.dialogs.export import ExportDialog
from ui.dialogs.new_plan import NewPlanDialog
from ui.exporting import export_name, name_trouble
from ui.pages.start_page import done_words, when_words


def dialog_of(window, folder):
    window.actions_by_id["export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.folder.setText(str(folder))
    dialog.name.setText("方案稿")
    return dialog


def home(window, qtbot):
    window.actions_by_id["home"].trigger()
    qtbot.waitUntil(lambda: window.plan is None, timeout=5000)


def test_that_the_start_page_lists_plans_with_park_and_completion(opened, qtbot):
    home(opened, qtbot)

    plans = opened.start.recents.known.plans
    assert [plan.title for plan in plans] == ["临江园区方案"]
    line = opened.start.recents.known.index(0)
    words = opened.start.recents.known.data(line, Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("临江园区方案，临江园区 · 今天")
    assert opened.windowTitle() == "园策"


def test_that_completion_reaches_the_list(opened, qtbot, at):
    from forms.edits import SetValue

    opened.plan.session.edit(SetValue(at("face/compiler"), "甲"))
    home(opened, qtbot)
    assert done_words(opened.start.recents.known.plans[0]) == "完成 50%"


def test_that_enter_opens_and_a_removed_plan_can_be_put_back(opened, qtbot):
    home(opened, qtbot)
    recents = opened.start.recents
    qtbot.keyClick(recents, Qt.Key.Key_Delete)
    assert recents.known.plans == ()
    assert opened.notice.sentence == "“临江园区方案”已移到回收站。"

    opened.notice.take_offer()

    assert len(recents.known.plans) == 1
    qtbot.keyClick(recents, Qt.Key.Key_Return)
    assert opened.plan is not None


def test_that_an_empty_list_says_what_to_do_first(window):
    assert window.start.recents.isHidden()
    assert "先点“新建方案”" in window.start.first_step
    window.start.new_wanted.emit()
    dialog = window.findChild(NewPlanDialog)
    assert dialog.isVisible()
    dialog.close()


def test_that_dates_read_as_people_say_them():
    now = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
    assert when_words(now - timedelta(minutes=1), now).startswith("今天 ")
    assert when_words(now - timedelta(days=1), now).startswith("昨天 ")
    assert when_words(now - timedelta(days=20), now) == "2月13日"
    assert when_words(now - timedelta(days=400), now) == "2025年1月29日"


def test_that_the_export_dialog_makes_the_chosen_files(opened, qtbot, tmp_path, settings):
    dialog = dialog_of(opened, tmp_path)
    dialog.choices.formats["xlsx"].setChecked(False)
    assert "必须改 3 项" in dialog.findings.text()

    dialog.start()
    qtbot.waitUntil(lambda: bool(dialog.written), timeout=5000)

    assert sorted(path.name for path in tmp_path.glob("方案稿*")) == ["方案稿.docx", "方案稿.pdf"]
    asked = []
    dialog.open_path = asked.append
    dialog.go.click()
    assert asked == [tmp_path]
    assert settings.now.formats == "docx,pdf"
    assert settings.now.folder == str(tmp_path)
    dialog.close()


def test_that_the_name_really_written_is_shown(opened, qtbot, tmp_path, monkeypatch):
    import ui.exporting as exporting

    def busy(target, content, verify=None):
        return safe_save(target.with_name(f"{target.stem}(1){target.suffix}"), content, verify)

    monkeypatch.setattr(exporting, "safe_save", busy)
    dialog = dialog_of(opened, tmp_path)
    dialog.start()
    qtbot.waitUntil(lambda: bool(dialog.written), timeout=5000)
    assert any("已另存为“方案稿(1).docx”" in remark for remark in dialog.remarks)
    dialog.close()


def test_that_a_running_export_can_be_cancelled(make_window, new_draft, qtbot, tmp_path):
    def slow(order, progress):
        for number in range(400):
            progress.report(number, 400, "PDF")
            time.sleep(0.01)
        return [Exported(Format.PDF, b"%PDF-%%EOF")]

    window = make_window(slow)
    window.open_draft(new_draft(face__park="临江"))
    dialog = dialog_of(window, tmp_path)
    dialog.start()
    qtbot.waitUntil(lambda: "正在生成 PDF" in dialog.says.text(), timeout=3000)

    dialog.cancel.click()

    qtbot.waitUntil(lambda: dialog.says.text() == "已取消，没有写入文件。", timeout=3000)
    assert list(tmp_path.glob("方案稿*")) == []
    dialog.close()


def test_that_closing_during_an_export_stops_it(make_window, new_draft, qtbot, tmp_path):
    def slow(order, progress):
        for number in range(400):
            progress.report(number, 400, "PDF")
            time.sleep(0.01)
        return []

    window = make_window(slow)
    window.open_draft(new_draft(face__park="临江"))
    dialog = dialog_of(window, tmp_path)
    dialog.start()
    qtbot.waitUntil(lambda: window.parts.jobs.is_busy)
    dialog.close()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=3000)


def test_that_a_failed_export_says_why_and_bad_names_are_refused(
    make_window, new_draft, qtbot, tmp_path, settings
):
    def failing(order, progress):
        raise ExportError("附图“总平面图”缺失，请重新插入。")

    window = make_window(failing)
    window.open_draft(new_draft(face__park="临江"))
    dialog = dialog_of(window, tmp_path)
    dialog.name.setText("a/b")
    dialog.start()
    assert dialog.says.text().startswith("文件名不能含有")
    dialog.name.setText("方案")
    dialog.folder.setText(str(tmp_path / "没有"))
    dialog.start()
    assert "找不到文件夹" in dialog.says.text()
    dialog.folder.setText(str(tmp_path))
    dialog.start()
    qtbot.waitUntil(lambda: dialog.says.text() == "附图“总平面图”缺失，请重新插入。")
    assert not settings.now.folder, "a folder nothing came to is not offered the next time"
    dialog.close()


def test_that_a_broken_file_is_never_put_in_place(make_window, new_draft, qtbot, tmp_path):
    (tmp_path / "方案稿.pdf").write_bytes(b"old")
    window = make_window(lambda order, progress: [Exported(Format.PDF, b"half")])
    window.open_draft(new_draft(face__park="临江"))
    dialog = dialog_of(window, tmp_path)
    dialog.start()
    qtbot.waitUntil(lambda: "不完整" in dialog.says.text(), timeout=3000)
    assert (tmp_path / "方案稿.pdf").read_bytes() == b"old"
    dialog.close()


def test_that_names_for_files_fit_every_system():
    now = datetime(2026, 3, 5, tzinfo=UTC)
    assert export_name('a/b:c*"园"', now) == "a_b_c_园_20260305"
    assert export_name("...", now) == "方案_20260305"
    assert name_trouble("好名字") == ""


def test_that_a_plan_travels_as_a_file_and_comes_back(opened, qtbot, tmp_path, at, library):
    from forms.edits import SetValue

    target = tmp_path / "带走.yuance"
    opened.plan.session.edit(SetValue(at("face/compiler"), "甲"))
    opened.filing.write_file(target)
    qtbot.waitUntil(target.exists, timeout=5000)
    qtbot.waitUntil(lambda: "已另存为" in opened.notice.sentence)
    assert open_plan(target).answers.get(at("face/compiler")) == "甲"
    folder = opened.plan.folder
    home(opened, qtbot)

    opened.filing.take_file(target)
    qtbot.waitUntil(lambda: opened.plan is not None, timeout=5000)
    assert opened.plan.folder == folder
    qtbot.waitUntil(lambda: "文件与本机草稿相同" in opened.notice.sentence, timeout=5000)

    home(opened, qtbot)
    library.remove(folder, at=datetime.now(UTC))
    opened.filing.take_file(target)
    qtbot.waitUntil(lambda: opened.plan is not None, timeout=5000)
    assert opened.plan.session.answers.get(at("face/compiler")) == "甲"


def test_that_a_foreign_file_is_refused_in_a_sentence(window, qtbot, tmp_path):
    bad = tmp_path / "x.yuance"
    bad.write_bytes(b"hello")
    window.filing.take_file(bad)
    qtbot.waitUntil(lambda: "不是园策方案文件" in window.notice.sentence, timeout=3000)
    assert window.plan is None


def test_that_the_sample_opens_as_a_plan_of_its_own(make_window, desk, new_draft, qtbot):
    folder = new_draft(face__park="示例园区")
    with desk.library.open(folder) as draft:
        plan = draft.to_plan_file()
    window = make_window(stub_exporter, lambda: plan)
    window.start.sample_wanted.emit()
    qtbot.waitUntil(lambda: window.plan is not None, timeout=5000)
    assert window.plan.folder != folder


def test_that_a_plan_that_is_open_elsewhere_stays_closed_and_says_so(window, desk, new_draft):
    folder = new_draft(face__park="临江")
    with desk.library.open(folder):
        window.open_draft(folder)
        assert window.plan is None
        assert "正在编辑" in window.notice.sentence
