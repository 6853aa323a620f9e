"""因子核对 on the page: what waits, who compared it, undone and withdrawn like anything else."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from forms.checks.factors import RULE_FACTOR
from forms.confirmations import confirmations, withdraw
from forms.edits import set_from_text
from forms.overrides import override_sentence
from ui.dialogs.confirming import ConfirmDialog
from ui.fields.factor_panel import FactorPanel
from ui.fields.trace import trace

DIESEL = "fuel_co2|C_省级温室气体清单编制指南2025年版（转引）|柴油"
GRID = "grid_co2|2023|全国|全国电力平均二氧化碳排放因子（不包括市场化交易的非化石能源电量）"
KEY = Qt.Key


def panel(page):
    return next(page.blocks[at].panel for at in range(len(page.blocks)) if is_panel(page, at))


def is_panel(page, at):
    return isinstance(getattr(page.blocks[at], "panel", None), FactorPanel)


def waiting(session, option):
    """Let one factor wait: its record is withdrawn."""
    session.edit_all(withdraw(session.view, option), "撤回")
    session.check_now()


def asked(session):
    session.check_now()
    return [finding for finding in session.findings if finding.rule == RULE_FACTOR]


@pytest.fixture
def dialog(qtbot):
    """The dialog that asks who compared, once it is open."""

    def found(page):
        def look():
            return [d for d in page.window().findChildren(ConfirmDialog) if d.isVisible()]

        qtbot.waitUntil(lambda: bool(look()))
        shown = look()[0]
        qtbot.waitUntil(shown.isActiveWindow)
        return shown

    return found


def test_that_every_factor_in_use_is_listed_with_its_edition_and_who_compared_it(scope):
    entries = panel(scope).entries

    assert len(entries) == 9
    assert entries[DIESEL].state.text() == "已核对：戴知行，2026-05-12"
    assert panel(scope).summary.text().startswith("共采用 9 个系数和因子，都有依据")


def test_that_what_waits_comes_first_and_is_counted(scope, session):
    waiting(session, DIESEL)

    assert next(iter(panel(scope).entries)) == DIESEL
    assert panel(scope).entries[DIESEL].state.text() == "● 待核对"
    assert "1 个待对照标准原文核对" in panel(scope).summary.text()
    assert len(asked(session)) == 1


def test_that_comparing_asks_for_a_name_and_records_it_with_the_day(
    scope, session, remembered, dialog, write, keys, qtbot
):
    waiting(session, DIESEL)
    count = session.undo_stack.count()
    qtbot.mouseClick(panel(scope).entries[DIESEL].action, Qt.MouseButton.LeftButton)
    shown = dialog(scope)
    shown.person.selectAll()
    keys(KEY.Key_Delete)
    keys(KEY.Key_Return)
    assert shown.complaint == "请填写核对人姓名。"
    assert session.undo_stack.count() == count

    write("邵一帆", shown.person)
    keys(KEY.Key_Return)
    record = confirmations(session.view)[-1]
    assert (record.option, record.person, record.day) == (DIESEL, "邵一帆", date(2026, 5, 20))
    assert remembered == ["邵一帆"]
    assert session.undo_stack.count() == count + 1
    assert asked(session) == []
    assert panel(scope).entries[DIESEL].state.text() == "已核对：邵一帆，2026-05-20"

    session.undo_stack.undo()
    assert panel(scope).entries[DIESEL].state.text() == "● 待核对"


def test_that_the_name_is_asked_only_once(scope, session, dialog, write, keys, qtbot):
    for option in (DIESEL, GRID):
        waiting(session, option)
    qtbot.mouseClick(panel(scope).entries[DIESEL].action, Qt.MouseButton.LeftButton)
    first = dialog(scope)
    first.person.clear()
    write("罗佳宁", first.person)
    keys(KEY.Key_Return)
    qtbot.waitUntil(lambda: not scope.window().findChildren(ConfirmDialog))
    scope.activateWindow()  # a window manager does that
    following = panel(scope).entries[GRID].action  # the next that waits
    qtbot.waitUntil(lambda: QApplication.focusWidget() is following)
    keys(KEY.Key_Space)

    second = dialog(scope)
    assert second.person.text() == "罗佳宁"
    keys(KEY.Key_Escape)
    assert len(asked(session)) == 1


def test_that_leaving_the_dialog_records_nothing(scope, session, dialog, keys, qtbot):
    waiting(session, DIESEL)
    answers = session.answers
    qtbot.mouseClick(panel(scope).entries[DIESEL].action, Qt.MouseButton.LeftButton)
    dialog(scope)
    keys(KEY.Key_Escape)

    assert session.answers is answers


def test_that_a_confirmation_can_be_withdrawn_in_one_step(scope, session, qtbot):
    count = session.undo_stack.count()
    qtbot.mouseClick(panel(scope).entries[DIESEL].action, Qt.MouseButton.LeftButton)

    assert session.undo_stack.count() == count + 1
    assert len(asked(session)) == 1


def test_that_old_records_are_told_and_cleared(scope, session, at, qtbot):
    row = at("scope/factor_checks/k04")
    session.edit(set_from_text(session.pack, row.at("k04", "value"), "3.09"))
    assert panel(scope).entries[DIESEL].state.text() == "● 待核对"
    qtbot.mouseClick(panel(scope).clear, Qt.MouseButton.LeftButton)

    assert "k04" not in session.view.rows(row.table)


def test_that_a_finding_leads_to_the_factor_that_waits(scope, session):
    waiting(session, DIESEL)
    finding = asked(session)[0]

    assert scope.reveal(finding.places[0])
    assert QApplication.focusWidget() is panel(scope).entries[DIESEL].action


def test_that_a_place_of_use_is_one_click_away(scope, session, at, qtbot):
    link = next(
        button
        for button in panel(scope).entries[DIESEL].findChildren(QPushButton)
        if button.text() == "柴油 · 二氧化碳因子"
    )
    with qtbot.waitSignal(scope.jump_requested) as asked_for:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)

    assert asked_for.args == [at("energy/balance/f08/co2_factor")]


def test_that_the_trace_of_a_number_names_its_factor_and_lets_it_be_compared(
    scope, session, dialog, write, keys, qtbot
):
    waiting(session, GRID)
    frame = next(b.frames["grid_factor"] for b in scope.blocks if b.holds("grid_factor"))
    frame.editor.focus_editor()
    keys(KEY.Key_Return)
    button = next(b for b in frame.findChildren(QPushButton) if b.text() == "记为已核对")
    qtbot.waitUntil(button.isVisible)
    button.click()
    shown = dialog(scope)
    shown.person.clear()
    write("许文昭", shown.person)
    keys(KEY.Key_Return)

    assert confirmations(session.view)[-1].option == GRID
    buttons = [b for b in frame.findChildren(QPushButton) if b.isVisible()]
    assert "记为已核对" not in [b.text() for b in buttons]


def test_that_the_trace_of_a_replaced_value_says_both_numbers_and_the_reason(session, at):
    found = trace(session.view, at("energy/balance/f01/coefficient")).override
    assert found is not None
    words = override_sentence(found)
    assert "计算值 0.7143 tce/t，采用填报值 0.70016 tce/t" in words
    assert "理由：2025年入厂煤" in words

    behind = trace(session.view, at("energy/balance/f01/tce/2025"))
    assert [each.instead for each in behind.inputs if each.instead] == [words]


def test_that_f8_leads_to_the_factor_it_speaks_of(scope, session):
    waiting(session, GRID)
    waiting(session, DIESEL)
    listed = panel(scope)
    for finding in asked(session):
        entry = listed.focus_on(finding)
        assert entry is not None
        assert entry.action is scope.window().focusWidget()
        assert entry.action.accessibleName()[2:].startswith(finding.sentence.split(" ")[0])
