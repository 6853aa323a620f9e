"""The printed pages beside the page being written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from forms.address import parse_address
from forms.edits import SetValue
from ui.panels.side import Tab

HISTORY, ECONOMY = "overview/history", "economy/economy_text"


@pytest.fixture
def opened(shared):
    """The shared window as a test finds it: nothing searched, the first section open."""
    shared.plan.session.undo_stack.setIndex(0)
    shared.bench.show_tab(Tab.PREVIEW)
    shared.bench.panel.preview.words.clear()
    shared.bench.open_section("cover")
    return shared


@pytest.fixture
def panel(opened, qtbot):
    """The preview of the shared window, current."""
    qtbot.waitUntil(lambda: opened.bench.proofs.is_current, timeout=30_000)
    return opened.bench.panel.preview


@pytest.fixture
def newest(opened):
    """The pages as last made."""
    return lambda: opened.bench.proofs.newest


def text_found(preview, words):
    return len(preview.find(words))


def click(panel, address, preview):
    """A real click on the first line in which a value is printed."""
    spot = preview.spots_of(address)[0]
    panel.sheets.reveal(address)
    box, sheets = spot.box, panel.sheets
    place = sheets.column.on_screen(spot.page, box.left, box.top, box.right, box.bottom).center()
    place.setY(place.y() - sheets.verticalScrollBar().value())
    QTest.mouseClick(sheets.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())


def test_that_the_pages_are_those_that_are_exported(panel, newest):
    assert text_found(newest(), "园区始建于二〇〇三年") == 1
    assert text_found(newest(), "化工占比最高") == 1
    assert panel._pages.text() == f"/ {newest().page_count} 页"


def test_that_an_edit_is_on_the_pages_soon_after(opened, panel, newest, qtbot):
    opened.plan.session.edit(SetValue(parse_address(ECONOMY), "新材料占比最高。"))

    qtbot.waitUntil(lambda: opened.bench.proofs.is_current, timeout=20_000)

    assert text_found(newest(), "新材料占比最高") == 1
    assert text_found(newest(), "化工占比最高") == 0


def test_that_typing_on_gives_up_the_pages_under_way(opened, panel, newest, qtbot):
    session, begun = opened.plan.session, []
    opened.bench.proofs.begun.connect(lambda: begun.append(len(begun)))
    session.edit(SetValue(parse_address(ECONOMY), "第一稿。"))
    qtbot.waitUntil(lambda: begun != [], timeout=5_000)
    made = []
    opened.bench.proofs.made.connect(made.append)

    session.edit(SetValue(parse_address(ECONOMY), "第二稿。"))
    qtbot.waitUntil(lambda: opened.bench.proofs.is_current, timeout=20_000)

    assert len(made) == 1
    assert text_found(newest(), "第二稿") == 1


def test_that_the_pages_follow_the_place_being_written(opened, panel, newest):
    opened.bench.go_to(parse_address(ECONOMY))

    assert panel.sheets.page == newest().spots_of(ECONOMY)[0].page
    assert panel.sheets.shades.marked


def test_that_opening_a_section_shows_its_first_page(opened, panel, newest):
    opened.bench.open_section("economy")

    assert panel.sheets.page == newest().spots_of("economy")[0].page


def test_that_a_click_on_the_paper_leads_to_the_field(opened, panel, newest):
    opened.bench.open_section("cover")

    click(panel, HISTORY, newest())

    assert str(opened.bench.focus) == HISTORY
    assert opened.bench.section.key == "overview"


def test_that_words_are_found_on_the_paper_one_after_the_other(panel, newest, qtbot):
    panel.words.setFocus()
    panel.words.setText("沿江布局")
    qtbot.waitUntil(lambda: panel._found.text() != "")
    hits = newest().find("沿江布局")
    first = panel.sheets.shades.hit

    QTest.keyClick(panel.words, Qt.Key.Key_Return)

    assert len(hits) == 60
    assert panel.sheets.shades.hit == first + 1
    assert panel._found.text() == f"{first + 2}/60"
    QTest.keyClick(panel.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel._found.text() == "")


def test_that_words_that_are_not_there_are_told(panel, qtbot):
    panel.words.setText("不存在的词")

    qtbot.waitUntil(lambda: panel._found.text() == "没有")


def test_that_a_page_is_gone_to_by_its_number_and_by_keys(panel, newest):
    panel.page.setText("3")
    QTest.keyClick(panel.page, Qt.Key.Key_Return)
    assert panel.sheets.page == 2

    QTest.keyClick(panel.sheets, Qt.Key.Key_PageDown)
    assert panel.sheets.page == 3
    QTest.keyClick(panel.sheets, Qt.Key.Key_Home)
    assert panel.sheets.page == 0
    QTest.keyClick(panel.sheets, Qt.Key.Key_End)
    assert panel.sheets.page == newest().page_count - 1


def test_that_the_size_changes_and_the_page_stays(panel):
    panel.sheets.go_to_page(4)
    before = panel.sheets.column.percent

    QTest.keyClick(panel.sheets, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)

    assert panel.sheets.column.percent > before
    assert panel.sheets.page == 4
    QTest.keyClick(panel.sheets, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert panel.sheets.column.percent == before
    assert panel._zoom.text() == f"{before}%"


def test_that_a_page_in_sight_is_painted(panel, qtbot):
    panel.sheets.go_to_page(0)
    sheets = panel.sheets

    def ink():
        image = sheets.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        rect = sheets.column.rect(0)
        row = QPointF(rect.center().x(), rect.top() + rect.height() * 0.4).toPoint()
        return any(
            image.pixelColor(x, y).lightness() < 100
            for x in range(row.x() - 60, row.x() + 60)
            for y in range(row.y() - 60, row.y() + 60)
            if image.rect().contains(x, y)
        )

    qtbot.waitUntil(ink, timeout=3_000)


def test_that_the_preview_has_a_width_of_its_own(opened, panel):
    wide = opened.bench.panel.width()

    opened.bench.show_tab(Tab.GUIDE)

    assert opened.bench.panel.width() < wide
    opened.bench.show_tab(Tab.PREVIEW)
    assert opened.bench.panel.width() == wide


def test_that_every_control_has_a_name(panel):
    for widget in (panel.page, panel.words, panel.sheets, *panel.tools.values()):
        assert widget.accessibleName()
