"""Ctrl+K: a few letters of a name lead to any section, field, row or action."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from commands.making import sample_plan
from forms.edits import seed_answers
from forms.loading import open_pack, pack_ids
from forms.view import evaluate
from tests.packs.loading import small_pack
from ui.actions import all_specs
from ui.palette.entries import Entry, action_entries, find, plan_entries
from ui.palette.other_names import OTHER_NAMES
from ui.palette.palette import Palette
from ui.panels.side import Tab


@pytest.fixture
def palette(opened, qtbot):
    """The palette over an open plan."""
    opened.actions_by_id["palette"].trigger()
    found = opened.findChild(Palette)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is found.words)
    yield found
    if found in opened.findChildren(Palette):
        found.close()


def labels(palette):
    return [entry.label for entry in palette.model.offers]


def test_that_a_section_is_opened_by_letters_of_its_name(opened, palette, qtbot):
    section = list(opened.bench.navigator.outline.sections())[-1]

    palette.words.setText(section.title[:2])
    QTest.keyClick(palette.words, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: opened.bench.section.key == section.key)


def test_that_a_field_is_gone_to_and_takes_the_focus(opened, palette, qtbot, pack, at):
    item = pack.index.items["face", "compiler"]

    palette.words.setText(item.label)
    QTest.keyClick(palette.words, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: opened.bench.focus == at("face/compiler"))


def test_that_an_action_is_done_and_its_shortcut_is_told(opened, palette, qtbot):
    palette.words.setText("问题")
    entry = next(each for each in palette.model.offers if each.action == "show_findings")
    palette.view.setCurrentIndex(palette.model.index(palette.model.offers.index(entry)))
    assert entry.text == "Ctrl+J"

    QTest.keyClick(palette.words, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: opened.bench.panel.tab is Tab.FINDINGS)


def test_that_actions_that_cannot_be_used_now_are_not_offered(window, qtbot):
    window.actions_by_id["palette"].trigger()
    found = window.findChild(Palette)

    assert "新建方案" in labels(found)
    assert "导出" not in labels(found)
    found.close()


def test_that_arrows_move_through_the_list_and_around(palette):
    first = palette.view.currentIndex().row()

    QTest.keyClick(palette.words, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == palette.model.rowCount() - 1
    QTest.keyClick(palette.words, Qt.Key.Key_Down)
    assert palette.view.currentIndex().row() == first


def test_that_words_that_name_nothing_are_told(palette):
    palette.words.setText("查无此项")

    assert labels(palette) == []
    assert "没有叫这个名字" in palette._foot.text()
    QTest.keyClick(palette.words, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_that_escape_leaves_everything_as_it_was(opened, palette, qtbot):
    section = opened.bench.section

    QTest.keyClick(palette.words, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: opened.findChildren(Palette) == [])
    assert opened.bench.section is section


def test_that_the_keyboard_goes_back_where_it_was(opened, qtbot):
    navigator = opened.bench.navigator
    navigator.setFocus()
    before = QApplication.focusWidget()
    opened.actions_by_id["palette"].trigger()
    found = opened.findChild(Palette)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is found.words)

    QTest.keyClick(found.words, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: opened.findChildren(Palette) == [])
    assert QApplication.focusWidget() is before


def test_that_every_section_and_item_shown_can_be_gone_to(opened):
    for entry in plan_entries(opened.plan.session.view):
        opened.flows._take(entry)
        assert opened.bench.section.key == entry.section


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("地表水", "water/supply/surface/2025"),  # a row of a table by years
        ("单位产值能耗", "outcomes/indicators/intensity/target"),
        ("能源平衡 品种", "energy/balance/s1/fuel"),  # a column: its first cell
    ],
)
def test_that_what_a_table_asks_for_is_found_by_its_own_name(words, where, at):
    small = small_pack()
    first = find(tuple(plan_entries(evaluate(small, seed_answers(small)))), words)[0]

    assert first.address == at(where)


def entry(label, place="", rank=2):
    return Entry(label, place, "", rank)


def test_that_the_name_that_begins_so_comes_first():
    found = find([entry("园区能源"), entry("能源消费"), entry("总体", "能源")], "能源")

    assert [each.label for each in found] == ["能源消费", "园区能源", "总体"]


def test_that_letters_in_order_and_words_in_any_order_are_enough():
    energy = entry("能源消费与二氧化碳排放")

    assert find([energy, entry("水资源利用")], "能碳") == (energy,)
    assert find([energy], "排放 能源") == (energy,)
    assert find([energy], "碳能") == ()


def test_that_full_width_and_capital_letters_are_the_same():
    one = entry("VOCs 治理")

    assert find([one], "ｖｏｃ") == (one,)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("甘特图", "重点项目建设进度"),
        ("桑基", "基准年能流"),
        ("VOCs", "挥发性有机物"),
        ("万元GDP能耗", "单位生产总值能耗"),
        ("字号", "放大文字"),
    ],
)
def test_that_things_are_found_by_what_others_call_them(words, label):
    assert find([entry("综合能耗"), entry(label)], words)[-1].label == label


def test_that_every_other_name_means_something_the_plan_or_the_window_has():
    view = evaluate(open_pack(pack_ids()[0]), sample_plan().answers)
    offered = (*plan_entries(view), *action_entries([each.id for each in all_specs()], {}))
    labels = [each.label for each in offered]

    unknown = {
        name: piece
        for name, pieces in OTHER_NAMES.items()
        for piece in pieces
        if not any(piece in label for label in labels)
    }
    assert unknown == {}


def test_that_what_is_named_nearly_so_is_offered_and_said(opened, palette, qtbot):
    title = opened.bench.navigator.outline.sections()[-1].title

    palette.words.setText(f"{title}一览")

    assert labels(palette)[0] == title
    assert "下面是相近的" in palette._foot.text()
    palette.words.setText(title)
    assert "相近" not in palette._foot.text()
