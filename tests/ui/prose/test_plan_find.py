"""Finding and replacing in the whole plan, as somebody does who renames the park."""

from __future__ import annotations

import pytest

from ui.prose import plan_find
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
    assert dialog.count.text() == "没有找到"
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
def slowly(monkeypatch):
    """A plan so large that one slice reads no more than one text."""
    monkeypatch.setattr(plan_find, "_SLICE_NS", -1)


def test_that_places_of_a_large_plan_come_while_the_window_lives(dialog, slowly, qtbot):
    first = look_for(dialog, "青湖", "东湖")
    assert len(first) < 3
    assert dialog.count.text().startswith("正在查找")
    assert not dialog.all.isEnabled()

    qtbot.waitUntil(lambda: not dialog.is_looking)
    assert dialog.list.count() == 3
    assert dialog.count.text() == "3 处"
    assert dialog.all.isEnabled()


def test_that_other_words_end_the_search_for_the_former(dialog, slowly, qtbot):
    look_for(dialog, "青湖")
    look_for(dialog, "概况")
    qtbot.waitUntil(lambda: not dialog.is_looking)

    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [
        dialog._told(hit) for hit in dialog._hits
    ]
    assert dialog.count.text() == "1 处"
