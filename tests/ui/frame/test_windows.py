"""Several plans in several windows of one program."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from forms.edits import SetValue
from storage.plan_file import save_plan
from tests.ui.frame.conftest import FailingDraft, stored
from ui.application import ErrorHook
from ui.dialogs.texts import FaultDialog


@pytest.fixture
def windows(opened, qtbot):
    """The windows of the program, one of them with a plan; all are closed afterwards."""
    yield opened.windows
    FailingDraft.full = False
    extra = [each for each in opened.windows.all if each is not opened]
    for window in extra:
        window.close()
    qtbot.waitUntil(lambda: not [each for each in extra if each in opened.windows.all])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def other_of(windows, window):
    return next(each for each in windows.all if each is not window)


@pytest.fixture
def two(windows, opened, new_draft):
    """Two plans, each in its window."""
    windows.open(new_draft(face__park="临海园区"), opened)
    return opened, other_of(windows, opened)


def test_that_a_second_plan_opens_in_a_window_of_its_own(two, windows):
    one, other = two
    assert one.plan.summary.title == "临江园区方案"
    assert other.plan.summary.title == "临海园区方案"
    assert other.windowTitle() == "临海园区方案 — 园策"
    assert other.isVisible()
    assert one.parts.desk is other.parts.desk


def test_that_a_plan_asked_for_twice_comes_to_the_front(two, windows, qtbot):
    one, other = two
    windows.open(one.plan.folder, other)
    assert len(windows.all) == 2
    qtbot.waitUntil(one.isActiveWindow)
    other.showMinimized()
    windows.open(other.plan.folder, one)
    assert not other.isMinimized()


@pytest.mark.long
def test_that_a_window_without_a_plan_is_used_before_a_new_one_is_made(
    windows, opened, new_draft, qtbot
):
    opened.actions_by_id["window"].trigger()
    empty = other_of(windows, opened)
    assert empty.plan is None
    assert empty.start.recents.known.rowCount() == 1
    folder = new_draft(face__park="临海园区")
    empty.windows.open(folder, empty)
    assert windows.showing(folder) is empty
    assert len(windows.all) == 2


@pytest.mark.long
def test_that_the_list_of_plans_opens_a_plan_in_a_new_window_too(windows, opened, new_draft):
    folder = new_draft(face__park="临海园区")
    opened.filing.open_beside(folder)
    assert [each.plan.folder for each in windows.all] == [opened.plan.folder, folder]
    opened.filing.open_beside(folder)
    assert len(windows.all) == 2


def test_that_each_window_keeps_its_own_edits_and_undo(two, at, library, qtbot):
    one, other = two
    one.plan.session.edit(SetValue(at("face/compiler"), "甲"))
    other.plan.session.edit(SetValue(at("face/compiler"), "乙"))
    other.actions_by_id["undo"].trigger()
    folders = one.plan.folder, other.plan.folder

    one.actions_by_id["quit"].trigger()

    qtbot.waitUntil(lambda: not one.windows.all, timeout=15_000)
    assert stored(library, folders[0]).get(at("face/compiler")) == "甲"
    assert stored(library, folders[1]).get(at("face/compiler")) is None


@pytest.mark.long
def test_that_quitting_leaves_the_window_open_whose_plan_cannot_be_saved(
    two, at, full_disk, qtbot, monkeypatch
):
    one, other = two
    asked = []
    monkeypatch.setattr(
        "ui.closing.Closing._ask", lambda closing: (asked.append(closing), closing.stayed.emit())
    )
    qtbot.waitUntil(lambda: one.plan.is_settled and other.plan.is_settled)
    full_disk(True)
    other.plan.session.edit(SetValue(at("face/compiler"), "乙"))
    one.actions_by_id["quit"].trigger()
    qtbot.waitUntil(lambda: bool(asked) and one not in one.windows.all, timeout=15_000)
    assert one.windows.all == [other]
    assert other.plan is not None
    full_disk(False)
    other.plan.autosave.retry()
    qtbot.waitUntil(lambda: other.plan.is_settled)


@pytest.mark.long
def test_that_closing_one_window_ends_its_work_and_no_other(two, windows, qtbot):
    one, other = two
    other.close()
    qtbot.waitUntil(lambda: windows.all == [one], timeout=15_000)
    done = []
    one.parts.jobs.start(lambda _: "fertig", done.append, done.append)
    qtbot.waitUntil(lambda: done == ["fertig"])


@pytest.mark.long
def test_that_a_signature_is_that_of_every_window(two, windows):
    windows.sign("沈清和")
    assert [window.plan.who for window in windows.all] == ["沈清和"] * 2


@pytest.mark.long
def test_that_a_fault_is_shown_in_the_window_in_use_and_everything_is_handed_over(
    two, windows, at, qtbot
):
    one, other = two
    hook = ErrorHook(one)
    hook.windows = windows
    one.plan.session.edit(SetValue(at("face/compiler"), "甲"))
    try:
        raise RuntimeError("x")
    except RuntimeError as error:
        hook.on_exception(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(other.findChildren(FaultDialog)), timeout=3000)
    for dialog in other.findChildren(FaultDialog):
        dialog.close()
    qtbot.waitUntil(lambda: one.plan.is_settled)


@pytest.mark.long
def test_that_files_open_each_in_its_window(windows, opened, new_draft, desk, tmp_path, qtbot):
    files = []
    for name in ("甲园区", "乙园区"):
        folder = new_draft(face__park=name)
        with desk.library.open(folder) as draft:
            files.append(save_plan(tmp_path / f"{name}.yuance", draft.to_plan_file()))
        desk.remove(folder)
    windows.take_files(files)
    qtbot.waitUntil(lambda: len(windows.all) == 3, timeout=30_000)
    titles = [window.plan.summary.title for window in windows.all]
    assert titles == ["临江园区方案", "甲园区方案", "乙园区方案"]


@pytest.mark.long
def test_that_a_plan_comes_back_where_its_window_was(two, windows, qtbot):
    one, other = two
    folder = other.plan.folder
    other.resize(900, 600)
    QApplication.processEvents()
    other.close()
    qtbot.waitUntil(lambda: windows.all == [one], timeout=15_000)
    windows.open(folder, one)
    assert other_of(windows, one).height() == 600


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Delete])
def test_that_a_plan_that_is_gone_is_told_and_leaves_the_list(window, new_draft, key, qtbot):
    folder = new_draft(face__park="临海园区")
    window.show_start()
    shutil.rmtree(folder)
    qtbot.keyClick(window.start.recents, key)
    assert "已经不在这台电脑上了" in window.notice.sentence
    assert window.start.recents.known.rowCount() == 0
    assert window.plan is None


@pytest.fixture
def plan_file(new_draft, desk, tmp_path):
    """A plan as a file, and the folder its draft stands in; the draft is there already."""
    folder = new_draft(face__park="临海园区")
    with desk.library.open(folder) as draft:
        return save_plan(tmp_path / "临海.yuance", draft.to_plan_file()), folder


@pytest.mark.parametrize("is_here", [True, False])
def test_that_a_file_opened_everywhere_at_once_is_one_plan_in_one_window(
    windows, opened, plan_file, desk, is_here, qtbot
):
    file, folder = plan_file
    if not is_here:
        desk.remove(folder)
    free = windows.another(opened)
    windows.take_files([file], free)  # from its list, dragged onto the other, started again
    windows.take_files([file], opened)
    windows.take_files([file])

    qtbot.waitUntil(lambda: windows.files.is_empty, timeout=9000)
    assert "相同，已打开本机草稿" in free.notice.sentence
    qtbot.waitUntil(free.isActiveWindow)
    assert windows.all == [opened, free]
    assert windows.showing(folder) is free
    assert not opened.notice.isVisible(), "nothing there to tell of it"


def test_that_a_file_of_a_window_that_was_closed_holds_nothing_up(
    windows, opened, plan_file, qtbot
):
    file, folder = plan_file
    closed = windows.another(opened)
    closed.filing.take_file(file)
    closed.close()
    opened.filing.take_file(file)
    qtbot.waitUntil(lambda: windows.files.is_empty, timeout=9000)
    assert windows.showing(folder) is not None
