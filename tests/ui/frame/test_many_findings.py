"""Thousands of findings are told piece by piece: list, marks and way say what they always do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from forms.edits import AddRow, SetValue
from forms.schema import Severity
from ui import session, turns
from ui.panels.findings_lines import Row
from ui.panels.side import Tab


@pytest.fixture
def many(monkeypatch):
    """Every number of findings is as thousands are."""
    monkeypatch.setattr(turns, "MANY", -1)


def listed(window):
    """The lines of the list as they are seen, with what can be done about each."""
    model = window.bench.panel.findings.model
    return [
        (line.words(), line.second, [each.text for each in line.actions])
        if isinstance(line, Row)
        else line.title
        for line in model.lines
    ]


def edit(window, at):
    """A step that mends one finding and brings others."""
    session = window.plan.session
    session.edit(SetValue(at("face/compiler"), "甲"))
    session.edit(AddRow(at("works/list"), "r1", None, ()))
    session.check_now()


def test_that_the_list_says_the_same_as_of_few_findings(opened, at, many, qtbot):
    window, model = opened, opened.bench.panel.findings.model
    before = listed(window)
    edit(window, at)
    assert listed(window) == before, "the list is taken over in a turn of its own"
    qtbot.waitUntil(lambda: listed(window) != before)
    told = listed(window)

    model.show_only(Severity.MUST)
    model.show_only(None)
    assert listed(window) == told
    sentences = {line.finding.sentence for line in model.lines if isinstance(line, Row)}
    assert sentences == {each.sentence for each in window.plan.session.reviewed.open}


def test_that_f4_leads_to_what_is_wrong_now_though_the_list_is_to_come(opened, at, many):
    edit(opened, at)
    found = [opened.bench.panel.findings.next_finding() for _ in range(3)]
    assert set(found) <= set(opened.plan.session.reviewed.open)
    assert found[0] == opened.bench.panel.findings.model.lines[1].finding


def test_that_a_filter_chosen_meanwhile_shows_what_is_wrong_now(opened, at, many):
    opened.bench.show_tab(Tab.FINDINGS)
    edit(opened, at)
    opened.bench.panel.findings.show_only(Severity.MUST)
    shown = [
        line.finding for line in opened.bench.panel.findings.model.lines if isinstance(line, Row)
    ]
    must = [f for f in opened.plan.session.reviewed.open if f.severity is Severity.MUST]
    assert shown == must


def test_that_a_line_is_read_and_gone_to_as_ever(opened, at, many, qtbot):
    edit(opened, at)
    panel = opened.bench.panel.findings
    opened.bench.show_tab(Tab.FINDINGS)
    panel.refresh()
    row = panel.model.lines.items[-1]
    line = panel.model.lines[row]
    assert panel.model.lines.row_of(line.finding) == row
    assert panel.model.lines[row : row + 1] == [line]
    assert panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) == line.words()

    panel.view.setCurrentIndex(panel.model.index(row))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert opened.bench.focus == line.finding.places[0]


def test_that_checks_that_ran_since_the_last_change_are_not_run_again(opened, at, monkeypatch):
    edit(opened, at)
    plan = opened.plan.session
    found, told = plan.findings, []
    plan.findings_changed.connect(told.append)
    monkeypatch.setattr(session, "check_steps", None)
    plan.check_now()
    assert plan.findings == found == told[0]
