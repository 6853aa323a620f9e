"""What stands around a value: badges, findings, computed values, overriding, from what it comes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from forms.edits import SetValue
from ui import turns
from ui.fields.frame import FieldFrame
from ui.fields.roles import ROLE, STATE

KEY = Qt.Key


@pytest.fixture
def page(open_page, session):
    return open_page(session, "figures")


def frame(page, item):
    return next(b.frames[item] for b in page.blocks if b.holds(item))


def typed(page, at, keys, item, text):
    page.reveal(at(f"figures/{item}"))
    keys(text, KEY.Key_Return)


def test_that_a_computed_value_names_what_it_lacks_and_then_follows_live(page, at, keys):
    rest = frame(page, "rest")
    assert rest._hint.text() == "缺：总量、部分"
    assert rest.editor.line.isReadOnly()
    assert rest.editor.line.property(STATE) == "computed"

    typed(page, at, keys, "whole", "100")
    assert rest._hint.text() == "缺：部分"
    typed(page, at, keys, "part", "40")
    assert rest.editor.line.text() == "60"
    assert rest._hint.isHidden()


def test_that_a_typed_value_replaces_a_computed_one_until_it_is_restored(page, session, at, keys):
    typed(page, at, keys, "whole", "3")
    typed(page, at, keys, "part", "1")
    factor = frame(page, "factor")
    assert factor.editor.line.text() == "0.333"

    page.reveal(at("figures/factor"))
    factor.editor.line.selectAll()
    keys("0.35", KEY.Key_Return)
    assert session.answers.get(at("figures/factor")) == Decimal("0.35")
    assert factor.editor.line.property(STATE) == "overridden"
    assert "计算值 0.333" in factor._override._text.text()

    factor._override.restore.click()
    assert session.answers.get(at("figures/factor")) is None
    assert factor.editor.line.text() == "0.333"
    assert factor._override.isHidden()


def test_that_leaving_a_computed_value_untouched_does_not_override_it(page, session, at, keys):
    typed(page, at, keys, "whole", "3")
    typed(page, at, keys, "part", "1")
    page.reveal(at("figures/factor"))
    keys(KEY.Key_Return, KEY.Key_Tab)

    assert session.answers.get(at("figures/factor")) is None


def test_that_a_finding_stands_in_words_under_the_first_of_its_fields(page, session, at, keys):
    typed(page, at, keys, "whole", "10")
    typed(page, at, keys, "part", "20")
    session.check_now()

    whole, part = frame(page, "whole"), frame(page, "part")
    assert whole._hint.text() == "● 必须改：部分 20 大于总量 10。核对两个数。"
    assert whole._hint.property(ROLE) == "finding-must"
    assert part._hint is None or part._hint.isHidden()
    assert "部分 20 大于总量 10" in part.editor.line.toolTip()

    typed(page, at, keys, "part", "")
    part.editor.line.selectAll()
    keys("5", KEY.Key_Return)
    session.check_now()
    assert whole._hint.isHidden()


def test_that_a_finding_among_thousands_stands_in_words_a_moment_later(
    page, session, at, keys, monkeypatch, qtbot
):
    monkeypatch.setattr(turns, "MANY", -1)
    typed(page, at, keys, "whole", "10")
    typed(page, at, keys, "part", "20")
    session.check_now()
    whole = frame(page, "whole")
    qtbot.waitUntil(lambda: whole._hint is not None and whole._hint.isVisible())
    assert whole._hint.text() == "● 必须改：部分 20 大于总量 10。核对两个数。"

    page.hide()
    session.edit(SetValue(at("figures/part"), Decimal(5)))
    session.check_now()
    page.show()
    assert whole._hint.isHidden()


def test_that_the_trace_shows_inputs_and_leads_to_them(page, session, at, keys, qtbot):
    typed(page, at, keys, "whole", "10")
    page.reveal(at("figures/rest"))
    rest = frame(page, "rest")
    qtbot.waitUntil(rest._trace.isVisible)  # who is led to a computed value sees from what it comes
    buttons = rest._trace.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["总量", "部分"]

    buttons[1].click()
    assert frame(page, "part").editor.line.hasFocus()


def test_that_an_asked_value_wears_a_badge_only_while_it_is_empty(session, at, qtbot):
    made = FieldFrame(
        session,
        at("kinds/park"),
        "园区名称",
        session.pack.index.sections["kinds"].item("park").mark,
    )
    qtbot.addWidget(made)
    assert made._badge is not None
    assert made._badge.text() == "必填"
    made.editor.committed.emit("临江")
    assert made._badge.text() == "*"


def test_that_the_trace_says_the_formula_in_words_and_with_its_numbers(
    page, session, at, keys, qtbot
):
    typed(page, at, keys, "whole", "10")
    typed(page, at, keys, "part", "4")
    page.reveal(at("figures/rest"))
    keys(KEY.Key_Return)
    said = [label.text() for label in frame(page, "rest")._trace.findChildren(QLabel)]
    assert "计算式：总量 － 部分" in said
    assert any(text.startswith("代入：10") and "－ 4" in text and "= 6" in text for text in said)


def test_that_an_override_says_both_numbers_the_difference_and_the_reason(page, at, keys):
    typed(page, at, keys, "whole", "10")
    typed(page, at, keys, "part", "4")
    page.reveal(at("figures/factor"))
    frame(page, "factor").editor.line.selectAll()
    keys("0.5", KEY.Key_Return)
    said = frame(page, "factor")._override._text

    assert said.text().startswith("已改用填报值；计算值 0.4")
    assert "相差 +0.1" in said.text()
    assert "（+25%）" in said.text()
    assert said.text().endswith("还没有写理由")

    frame(page, "why").editor.committed.emit("按实测值")  # the value stays: only the reason comes
    assert said.text().endswith("理由：按实测值")
