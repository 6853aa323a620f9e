"""A change of look goes on in turns; nobody sees a window half dressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ui import theme
from ui.palette.palette import Palette
from ui.settings import Look


def worn():
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application.styleSheet()


class Onlooker(QLabel):
    """Part of a window that notes what the application wears whenever it is painted."""

    def __init__(self, window):
        super().__init__("园区", window)
        self.seen = []

    def paintEvent(self, event):
        self.seen.append(worn())
        super().paintEvent(event)


@pytest.fixture
def dressed(opened):
    """The window; it wears the light colours again afterwards."""
    opened.windows.dressing.put_on(look=Look.LIGHT)
    yield opened
    opened.windows.dressing.put_on(look=Look.LIGHT, percent=100)


def is_worn(chosen, percent=100):
    return worn() == theme._sheet(chosen, percent / 100)


def is_painted(window):
    return window.updatesEnabled()


def test_that_no_window_is_painted_before_it_is_dressed_anew(dressed, qtbot):
    onlooker = Onlooker(dressed)
    onlooker.show()
    qtbot.waitUntil(lambda: bool(onlooker.seen))
    before = set(onlooker.seen)
    dressed.actions_by_id["look_dark"].trigger()
    onlooker.update()
    qtbot.waitUntil(lambda: set(onlooker.seen) != before)
    assert is_worn(theme.DARK)
    assert set(onlooker.seen) - before == {theme._sheet(theme.DARK, 1.0)}


def test_that_the_window_is_painted_in_the_colours_chosen_in_the_palette(dressed, qtbot, write):
    onlooker = Onlooker(dressed)
    onlooker.show()
    dressed.actions_by_id["palette"].trigger()
    line = dressed.findChild(Palette).words
    qtbot.waitUntil(line.hasFocus)
    write("深色", line)
    qtbot.waitUntil(lambda: bool(onlooker.seen))
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: theme._sheet(theme.DARK, 1.0) in onlooker.seen)


def test_that_of_two_quick_changes_the_last_is_worn(dressed, settings, qtbot):
    dressed.actions_by_id["look_dark"].trigger()
    dressed.actions_by_id["text_125"].trigger()
    dressed.actions_by_id["look_light"].trigger()
    qtbot.waitUntil(lambda: is_worn(theme.LIGHT, 125) and is_painted(dressed))
    assert (settings.now.look, settings.now.text_percent) == ("light", 125)


def test_that_a_window_opened_meanwhile_is_dressed_too(dressed, qtbot):
    dressed.actions_by_id["look_dark"].trigger()
    another = dressed.windows.another(dressed)
    qtbot.waitUntil(lambda: is_worn(theme.DARK) and is_painted(dressed) and is_painted(another))
    assert another.palette().window().color().name().upper() == theme.DARK.canvas
    another.close()


def test_that_the_page_and_the_panes_have_their_room_at_the_new_size_of_text(dressed, qtbot):
    page, navigator = dressed.bench.page(), dressed.bench.navigator
    wide = navigator.width()
    dressed.actions_by_id["text_125"].trigger()
    qtbot.waitUntil(lambda: is_worn(theme.LIGHT, 125) and is_painted(dressed))

    assert page.widget().width() == page.viewport().width()
    assert navigator.width() == pytest.approx(1.25 * wide, abs=2)
    dressed.resize(dressed.width() - 100, dressed.height())
    assert page.widget().width() == page.viewport().width()
