"""Finding and replacing in the whole plan, as somebody does who renames the park."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from forms.edits import SetValue
from ui.prose.plan_find import PlanFind


@pytest.fixture
def led():
    return []


@pytest.fixture
def session(make_session):
    return make_session(
        {
            "kinds/idea": "# 青湖概况\n青湖园区产值{{kinds/output}}。",
            "kinds/title": "青湖方案",
            "kinds/output": "5",
        }
    )


@pytest.fixture
def dialog(session, qtbot, led):
    dialog = PlanFind(session, led.append, None)
    qtbot.addWidget(dialog)
    return dialog


@pytest.fixture
def value(session, at):
    return lambda address: session.answers.get(at(address))


def look_for(dialog, words, by=""):
    dialog.words.setText(words)
    dialog.by.setText(by)
    dialog.look()
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_that_every_place_is_listed_with_section_field_and_words_around(dialog):
    told = look_for(dialog, "青湖")

    assert len(told) == 3
    assert all("【青湖】" in each for each in told)
    assert dialog.count.text() == "3 处"


def test_that_all_places_are_replaced_by_one_step_of_undo(dialog, session, value):
    look_for(dialog, "青湖", "东湖")
    dialog.all.click()

    assert value("kinds/idea") == "# 东湖概况\n东湖园区产值{{kinds/output}}。"
    assert value("kinds/title") == "东湖方案"
    assert dialog.count.text() == "已替换 3 处，关闭后可按 Ctrl+Z 撤销"
    session.undo_stack.undo()
    assert value("kinds/title") == "青湖方案"
    assert value("kinds/idea").count("青湖") == 2


def test_that_one_place_is_replaced_and_the_next_one_chosen(dialog, value):
    look_for(dialog, "青湖", "东湖")
    dialog.list.setCurrentRow(1)
    dialog.one.click()
    texts = value("kinds/idea") + value("kinds/title")

    assert texts.count("东湖") == 1
    assert dialog.list.currentRow() == 1


def test_that_what_a_figure_shows_is_found_but_cannot_be_replaced(dialog, value):
    (told,) = look_for(dialog, "5万元", "6万元")
    assert "不替换" in told
    assert not dialog.all.isEnabled()
    dialog.replace_all()

    assert "{{kinds/output}}" in value("kinds/idea")


def test_that_a_text_that_would_not_fit_stays_and_the_reason_is_told(dialog, value):
    look_for(dialog, "方案", "长" * 100_000)
    dialog.all.click()

    assert dialog.fault.text()
    assert value("kinds/title") == "青湖方案"


def test_that_a_place_leads_to_its_field(dialog, at, led):
    look_for(dialog, "概况")
    dialog.led.click()

    assert led == [at("kinds/idea")]


@pytest.fixture
def long_plan(make_session, qtbot, monkeypatch):
    """A plan with many texts; the window looks at one of them at a time."""
    monkeypatch.setattr("ui.prose.plan_find._SLICE_NS", -1)
    session = make_session(
        {"kinds/idea": "青湖\n青湖", "kinds/title": "青湖方案", "works/list/p1/name": "青湖一期"},
        rows=("works/list/p1",),
    )
    dialog = PlanFind(session, lambda _: None, None)
    qtbot.addWidget(dialog)
    dialog.words.setText("青湖")
    dialog.by.setText("东湖")
    dialog.look()
    assert dialog.is_looking
    return dialog, session


def found_all(dialog, qtbot):
    qtbot.waitUntil(lambda: not dialog.is_looking)
    return dialog.list.count()


def test_that_a_long_search_shows_places_as_they_come(long_plan, qtbot):
    dialog, _ = long_plan

    assert 0 < dialog.list.count() < 4
    assert "正在查找" in dialog.count.text()
    assert found_all(dialog, qtbot) == 4
    assert dialog.count.text() == "4 处"


def test_that_other_words_put_an_end_to_the_search_before(long_plan, qtbot):
    dialog, _ = long_plan
    dialog.words.setText("一期")
    dialog.look()

    assert found_all(dialog, qtbot) == 1


def test_that_esc_stops_a_long_search_and_closes_only_then(long_plan, qtbot):
    dialog, _ = long_plan
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()
    qtbot.keyClick(dialog.words, Qt.Key.Key_Escape)

    assert dialog.isVisible()
    assert not dialog.is_looking
    assert "已停止" in dialog.count.text()
    assert not dialog.all.isEnabled()
    qtbot.keyClick(dialog.words, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_replacing_all_during_a_search_waits_for_the_last_place(long_plan, qtbot, at):
    dialog, session = long_plan
    dialog.all.click()
    qtbot.waitUntil(lambda: session.undo_stack.index() == 1)

    assert session.answers.get(at("works/list/p1/name")) == "东湖一期"
    assert session.answers.get(at("kinds/idea")) == "东湖\n东湖"
    session.undo_stack.undo()
    assert session.answers.get(at("works/list/p1/name")) == "青湖一期"
    assert session.answers.get(at("kinds/idea")) == "青湖\n青湖"


def test_that_what_was_written_since_is_not_replaced_at_the_old_place(dialog, session, at, value):
    look_for(dialog, "方案", "规划")
    session.edit(SetValue(at("kinds/title"), "青湖园区2026年方案"))
    dialog.one.click()

    assert value("kinds/title") == "青湖园区2026年规划"
