"""Switching what many figures rest on: every effect first, then one step or nothing at all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from commands.making import sample_plan
from forms.edits import SetValue
from storage.library import Library
from storage.plan_file import PlanFile, pack_plan
from storage.rows import picture_names, rows_of
from tests.forms.samples import PACK
from ui.dialogs.impact import ImpactDialog
from ui.drafting import Desk
from ui.jobs import Jobs
from ui.main_window import MainWindow, Parts
from ui.pages.section_page import SectionPage
from ui.settings import SettingsFile

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of opened lists
KEY = Qt.Key


def frame(page, item):
    return next(b.frames[item] for b in page.blocks if b.holds(item))


def choose(page, keys, item, steps):
    """Open a list by an arrow, move through it and take what is marked, as one does."""
    frame(page, item).editor.focus_editor()
    keys(steps[0], *steps, KEY.Key_Return)


@pytest.fixture
def dialog(qtbot):
    """The dialog with the effects, once it is open."""

    def found(page):
        def look():
            return [d for d in page.window().findChildren(ImpactDialog) if d.isVisible()]

        qtbot.waitUntil(lambda: bool(look()))
        shown = look()[0]
        qtbot.waitUntil(shown.isActiveWindow)
        return shown

    return found


def press(dialog, qtbot, text):
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_no_option_is_taken_on_the_way_to_another(scope, session, keys):
    before = session.answers
    frame(scope, "co2_set").editor.focus_editor()
    keys(KEY.Key_Down, KEY.Key_Up, KEY.Key_Up)
    assert QApplication.activePopupWidget() is not None
    keys(KEY.Key_Escape)

    assert session.answers is before
    assert QApplication.activePopupWidget() is None


def test_that_a_switch_shows_every_number_before_and_after(scope, session, keys, dialog):
    choose(scope, keys, "co2_set", [KEY.Key_Up])
    shown = dialog(scope)

    assert shown.sentence.text() == "切换后将改变 32 个数"
    assert session.view.value(frame(scope, "co2_set").address) == "province_2025"
    diesel = next(row for row in shown.model.rows if row[1] == "柴油 · 二氧化碳排放（2025年）")
    assert diesel[2:] == ("21052.12 tCO2", "21386.68 tCO2", "+1.59%")
    coal = next(row for row in shown.model.rows if row[1] == "原煤 · 二氧化碳因子")
    assert coal[2:] == ("1.8263", "1.8263", "填报值，不变")
    keys(KEY.Key_Escape)


def test_that_the_numbers_can_be_searched(scope, keys, dialog, write):
    choose(scope, keys, "co2_set", [KEY.Key_Up])
    shown = dialog(scope)
    write("液化石油气", shown.search)

    assert len(shown.model.rows) == 4
    assert {row[1].split(" · ")[0] for row in shown.model.rows} == {"液化石油气"}
    keys(KEY.Key_Escape)


def test_that_switching_is_one_step_to_undo(scope, session, keys, dialog, qtbot):
    count, before = session.undo_stack.count(), session.answers
    choose(scope, keys, "co2_set", [KEY.Key_Up])
    press(dialog(scope), qtbot, "切换")

    assert session.view.text(frame(scope, "co2_set").address).startswith("分行业")
    assert frame(scope, "co2_set").editor.box.currentText().startswith("分行业")
    assert session.undo_stack.count() == count + 1
    assert session.undo_stack.undoText() == "切换燃料二氧化碳因子"
    session.undo_stack.undo()
    assert session.answers == before


def test_that_cancelling_shows_the_old_choice_again_and_leaves_no_step(
    scope, session, keys, dialog, qtbot
):
    count, before = session.undo_stack.count(), session.answers
    choose(scope, keys, "elec_basis", [KEY.Key_Down])
    press(dialog(scope), qtbot, "取消")

    assert session.answers is before
    assert session.undo_stack.count() == count
    assert frame(scope, "elec_basis").editor.box.key() == "equal"


@pytest.mark.qt_log_ignore("This plugin does not support")  # a list of matches, offscreen
def test_that_a_choice_searched_by_typing_asks_once(scope, session, keys, dialog, qtbot, write):
    area = frame(scope, "grid_area")
    line = area.editor.box.lineEdit()
    area.editor.focus_editor()
    line.selectAll()
    write("2022 江苏")
    popup = area.editor.box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    keys(KEY.Key_Down, KEY.Key_Return)
    dialog(scope)
    assert len(scope.window().findChildren(ImpactDialog)) == 1

    keys(KEY.Key_Escape)
    qtbot.waitUntil(lambda: not scope.window().findChildren(ImpactDialog))
    assert line.text().startswith("2023 全国 全国电力平均二氧化碳排放因子（不包括")
    frame(scope, "coverage").editor.focus_editor()
    assert not scope.window().findChildren(ImpactDialog)
    assert session.undo_stack.count() == 0


def test_that_a_choice_no_number_rests_on_is_taken_at_once(scope, session, keys):
    choose(scope, keys, "coverage", [KEY.Key_Down])

    assert not scope.window().findChildren(ImpactDialog)
    assert session.undo_stack.count() == 1


def test_that_a_first_choice_is_taken_at_once(scope, session, keys, at):
    session.edit(SetValue(at("scope/co2_set"), None))
    choose(scope, keys, "co2_set", [KEY.Key_Down])

    assert session.view.value(at("scope/co2_set")) == "industry_guides"
    assert not scope.window().findChildren(ImpactDialog)


def test_that_the_dialog_fits_a_small_screen(scope, keys, dialog):
    choose(scope, keys, "elec_basis", [KEY.Key_Down])
    shown = dialog(scope)

    assert shown.width() <= 1000
    assert shown.height() <= 640
    keys(KEY.Key_Escape)


@pytest.fixture
def window(qtbot, tmp_path, nothing_left):
    """The sample plan in a real window, over a draft on the disk."""
    desk = Desk(Library(tmp_path / "plans"), {PACK.id: PACK}, "测试员")
    settings = SettingsFile(tmp_path / "settings.json")
    parts = Parts(desk, settings, Jobs(), lambda *_: [], SectionPage, "0.0", None)
    made = MainWindow(parts)
    made.resize(1366, 740)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.open_draft(desk.take_copy(sample_plan()))
    plan = made.plan
    assert plan is not None
    qtbot.waitUntil(lambda: plan.is_settled)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=5000)
    made.deleteLater()


def test_that_cancelling_leaves_draft_and_plan_file_byte_for_byte(window, keys, dialog, qtbot, at):
    plan = window.plan
    draft = plan.folder / "draft.sqlite"

    def everything():
        qtbot.waitUntil(lambda: plan.is_settled)
        meta = plan.writer.run(lambda each: each.meta).result(5)
        pictures = {key: plan.shelf.picture(key) for key in picture_keys(plan)}
        file = pack_plan(PlanFile(meta, plan.session.answers, pictures))
        return draft.read_bytes(), meta.root, file

    before = everything()
    window.bench.go_to(at("scope/elec_basis"))
    keys(KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    shown = dialog(window)
    press(shown, qtbot, "取消")
    qtbot.waitUntil(lambda: not window.findChildren(ImpactDialog))
    window.bench.commit()
    plan.autosave.flush()

    assert everything() == before
    assert plan.session.undo_stack.count() == 0


def picture_keys(plan):
    return sorted(picture_names(rows_of(plan.session.answers)))
