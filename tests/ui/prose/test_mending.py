"""Accepting what a finding offers: from the list, from below the field, by key and by click."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from forms.edits import SetValue
from ui import session as session_module
from ui.fields.roles import FINDING_SHOULD
from ui.mending import mend
from ui.panels.answer_form import Reviewer
from ui.panels.findings import FindingsPanel
from ui.prose.text import chips

KEY = Qt.Key


@pytest.fixture
def wrong(session, at, edit):
    """A text that says another number than the plan, checked."""
    session.edit(SetValue(at("kinds/idea"), "园区产值为99万元，面积为12.5km²。"))
    session.check_now()
    session.mend_wanted.connect(lambda finding: mend(session, finding))  # else the window does
    return next(found for found in session.findings if found.mend is not None)


@pytest.fixture
def panel(qtbot, session, wrong):
    reviewer = Reviewer(lambda: "沈清和", lambda name: None, lambda: date(2026, 5, 12))
    panel = FindingsPanel(session, reviewer)
    qtbot.addWidget(panel)
    panel.resize(320, 600)
    panel.show()
    index = panel.model.index(panel.model.lines.row_of(wrong))
    panel.view.setCurrentIndex(index)
    panel.view.scrollTo(index)
    return panel


def test_that_control_return_on_a_finding_makes_its_number_live(panel, session, edit, stored):
    steps = session.undo_stack.count()
    QTest.keyClick(panel.view, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert stored().startswith("园区产值为{{kinds/output")
    assert len(list(chips(edit.document()))) == 1
    assert session.undo_stack.count() == steps + 1
    session.undo_stack.undo()
    assert stored() == "园区产值为99万元，面积为12.5km²。"


def test_that_a_click_on_the_link_does_the_same_and_goes_nowhere(panel, wrong, stored, qtbot):
    jumps = []
    panel.jump_requested.connect(jumps.append)
    index = panel.view.currentIndex()
    row = panel.model.item_at(index)
    (action,), (box,) = panel.view.actions_of(index)
    assert action.text == wrong.mend.label
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())

    assert stored().startswith("园区产值为{{kinds/output")
    assert jumps == []
    assert action.text in row.words()


def test_that_repairs_follow_one_another_by_keys_alone(qtbot, panel, session, at, stored):
    session.edit(SetValue(at("kinds/idea"), "园区产值为99万元，面积为77km²。"))
    session.check_now()
    panel.view.setCurrentIndex(panel.model.index(_first_offer(panel)))
    for left in (1, 0):
        QTest.keyClick(panel.view, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        session.check_now()
        assert sum(found.mend is not None for found in session.findings) == left

    assert stored().count("{{kinds/") == 2


def _first_offer(panel):
    findings = [getattr(line, "finding", None) for line in panel.model.lines]
    return next(n for n, found in enumerate(findings) if found is not None and found.mend)


def test_that_a_finding_without_a_repair_has_no_link(panel):
    lines = enumerate(panel.model.lines)
    plain = [n for n, line in lines if getattr(getattr(line, "finding", panel), "mend", 0) is None]

    assert plain
    assert all(panel.view.actions_of(panel.model.index(n)) == ((), ()) for n in plain)


def test_that_a_repair_never_brings_an_older_text_back(wrong, session, at, stored):
    session.edit(SetValue(at("kinds/idea"), "新写一段。园区产值为99万元，面积为12.5km²。"))
    assert mend(session, wrong)

    assert stored().startswith("新写一段。园区产值为{{kinds/output")


def test_that_no_repair_is_made_before_the_checks_of_a_later_text_are_done(
    wrong, session, at, stored, monkeypatch
):
    monkeypatch.setattr(session_module, "_AT_ONCE_NS", 0)
    session.edit(SetValue(at("kinds/idea"), "新写一段。园区产值为99万元，面积为12.5km²。"))

    assert not mend(session, wrong)
    assert stored().startswith("新写一段。园区产值为99万元")


def test_that_nothing_happens_when_the_finding_is_gone(wrong, session, at, stored):
    session.edit(SetValue(at("kinds/idea"), "没有数字。"))

    assert not mend(session, wrong)
    assert stored() == "没有数字。"


def test_that_the_offer_stands_below_the_field(wrong, editor, edit, stored, page, at, keys):
    frame = next(b.frames["idea"] for b in page.blocks if b.holds("idea"))
    hint = frame._hint
    assert hint.property("role") == FINDING_SHOULD or "必须改" in hint.text()
    assert wrong.mend.label in hint.text()
    hint.setFocus()
    keys(KEY.Key_Tab, KEY.Key_Return)  # the link is reached and followed by keys

    assert stored().startswith("园区产值为{{kinds/output")
