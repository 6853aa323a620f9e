"""The list of findings and F4 lead to the very factor that waits, not only to its section."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.checks.factors import RULE_FACTOR
from forms.confirmations import withdraw
from forms.edits import apply_edits
from forms.view import evaluate
from tests.forms import samples
from ui.drafting import Desk
from ui.fields.factor_panel import FactorPanel
from ui.panels.findings_lines import Row

OPTIONS = (
    "fuel_co2|C_省级温室气体清单编制指南2025年版（转引）|柴油",
    "grid_co2|2023|全国|全国电力平均二氧化碳排放因子（不包括市场化交易的非化石能源电量）",
)


@pytest.fixture
def desk(library):
    return Desk(library, {samples.PACK.id: samples.PACK}, "测试员")


@pytest.fixture
def opened(window, desk, qtbot):
    """A window with a plan in which nobody has compared two of its factors."""
    answers = samples.sample_answers()
    for option in OPTIONS:
        edits = withdraw(evaluate(samples.PACK, answers), option)
        answers = apply_edits(samples.PACK, answers, edits, "撤回").answers
    window.open_draft(desk.create(samples.PACK, answers))
    qtbot.waitUntil(lambda: window.plan is not None and window.plan.is_settled, timeout=20_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.plan.session.check_now()
    return window


def entries(window):
    (panel,) = window.bench.page().findChildren(FactorPanel)
    return [panel.entries[option].action for option in panel.entries][: len(OPTIONS)]


def test_that_f4_and_the_list_lead_to_each_factor_that_waits(opened, qtbot):
    findings = opened.bench.panel.findings
    wanted = sum(
        isinstance(line, Row) and line.finding.rule == RULE_FACTOR for line in findings.model.lines
    )
    reached = []
    for _ in findings.model.lines:
        QTest.keyClick(QApplication.focusWidget() or opened, Qt.Key.Key_F4)
        if findings.model.item_at(findings.view.currentIndex()).finding.rule == RULE_FACTOR:
            reached.append(QApplication.focusWidget())
    assert wanted == len(OPTIONS)
    assert set(reached) == set(entries(opened))

    rows = [n for n, line in enumerate(findings.model.lines) if isinstance(line, Row)]
    second = [n for n in rows if findings.model.lines[n].finding.rule == RULE_FACTOR][1]
    findings.view.setFocus()
    findings.view.setCurrentIndex(findings.model.index(second))
    QTest.keyClick(findings.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is entries(opened)[1])
